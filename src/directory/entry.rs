//! Reads one `[[association]]`.

use chrono::NaiveDate;
use chrono_tz::Tz;

use super::association::{Association, Coverage, Display, Phone, Recipient, Role, Serves, Vetting};
use super::commune::{Commune, commune};
use super::fault::Weak;
use super::hours::Hours;
use super::reader::Table;
use super::zone::zone;
use crate::ids::{ChatId, Country, Department};
use crate::place::Point;
use crate::terms::{Age, Gender, Offer, Situation};

const KEYS: &[&str] = &[
    "id",
    "name",
    "country",
    "place",
    "coverage",
    "generalist",
    "serves",
    "offers",
    "languages",
    "opening_hours",
    "time_zone",
    "phone",
    "display",
    "role",
    "recipients",
    "volunteers_chat",
    "vetting",
    "website",
    "notes",
];
/// How many recipients an association has at least: one key that is lost must not lock a request away.
const RECIPIENTS: usize = 2;
/// How many people vouch for an association at least.
const VOUCHERS: usize = 2;
/// 10² keeps coordinates to about a kilometre: the town, not the house.
const TOWN: f64 = 100.0;

/// One entry that was read, with what is weak about it whatever the day.
pub(super) struct Read {
    pub(super) association: Association,
    pub(super) weak: Vec<(&'static str, Weak)>,
}

/// Reads an entry; every fault is noted, and one is enough for there to be no association.
pub(super) fn read(table: &Table<'_, '_>, today: NaiveDate) -> Option<Read> {
    table.refuse_unknown(KEYS);
    let mut weak = Vec::new();
    let id = table.need("id", table.parsed("id"));
    let name = table.need("name", table.text("name"));
    let country = table.need("country", country(table));
    let role = role(table);
    let place = table.need("place", place(table, country, &mut weak));
    let coverage = coverage(table, country);
    let is_team = role == Some(Role::NationalTeam);
    let serves = match table.table("serves") {
        Some(serves) => read_serves(&serves),
        None if is_team => Some(everyone()),
        None => table.need("serves", None),
    };
    let offers = match table.terms("offers", &codes(Offer::ALL, Offer::code)) {
        None if is_team && !table.has("offers") => Some(Offer::ALL.to_vec()),
        offers => table.need("offers", offers),
    };
    let languages = table.parsed_list("languages", language);
    let department = place.as_ref().and_then(|place| place.department);
    let hours = hours(table, country, department);
    let recipients = table.need("recipients", table.parsed_list("recipients", recipient));
    let recipients = recipients.and_then(|recipients| enough(table, recipients));
    let vetting = table.need("vetting", table.table("vetting")).and_then(|vetting| read_vetting(&vetting));
    let phone = table.table("phone").and_then(|phone| read_phone(&phone, today));
    let display = display(table);
    let generalist = table.flag("generalist").unwrap_or(is_team);
    let volunteers_chat = table.integer("volunteers_chat").map(ChatId);
    let website = website(table);
    let notes = table.text("notes").map(str::to_owned);
    let association = Association {
        id: id?,
        name: name?.to_owned(),
        country: country?,
        department,
        point: place?.point,
        coverage: coverage?,
        generalist,
        serves: serves?,
        offers: offers?,
        languages: languages.unwrap_or_default(),
        hours: hours?,
        role: role?,
        recipients: recipients?,
        volunteers_chat,
        phone,
        display: display?,
        vetting: vetting?,
        website,
        notes,
        file_until: None,
    };
    Some(Read { association, weak })
}

fn codes<T: Copy>(all: &[T], code: impl Fn(T) -> &'static str) -> Vec<(T, &'static str)> {
    all.iter().map(|&term| (term, code(term))).collect()
}

fn country(table: &Table<'_, '_>) -> Option<Country> {
    let country = table.parsed("country")?;
    if country == Country::ELSEWHERE {
        table.fault("country", "must be a country; ZZ is none");
        return None;
    }
    Some(country)
}

fn role(table: &Table<'_, '_>) -> Option<Role> {
    if !table.has("role") {
        return Some(Role::Association);
    }
    match table.text("role")? {
        "association" => Some(Role::Association),
        "national_team" => Some(Role::NationalTeam),
        _ => {
            table.fault("role", "must be \"association\" or \"national_team\"");
            None
        }
    }
}

fn display(table: &Table<'_, '_>) -> Option<Display> {
    if !table.has("display") {
        return Some(Display::None);
    }
    match table.text("display")? {
        "full" => Some(Display::Full),
        "phone" => Some(Display::Phone),
        "name" => Some(Display::Name),
        "none" => Some(Display::None),
        _ => {
            table.fault("display", "must be \"full\", \"phone\", \"name\" or \"none\"");
            None
        }
    }
}

fn website(table: &Table<'_, '_>) -> Option<String> {
    let website = table.text("website")?;
    if !url::Url::parse(website).is_ok_and(|url| matches!(url.scheme(), "https" | "http")) {
        table.fault("website", "must begin with https:// or http://");
        return None;
    }
    Some(website.to_owned())
}

/// The town: a French commune by its INSEE code, or coordinates that were rounded to a kilometre.
fn place(
    table: &Table<'_, '_>,
    country: Option<Country>,
    weak: &mut Vec<(&'static str, Weak)>,
) -> Option<Commune> {
    if !table.has("place") {
        return None;
    }
    if table.is_text("place") {
        let code = table.text("place")?;
        if country.is_some_and(|country| country != Country::FRANCE) {
            table.fault("place", "must be { lat = …, lon = … } of the town: INSEE codes are French");
            return None;
        }
        let found = commune(code);
        match &found {
            None => {
                table.fault("place", "is not the INSEE code of a commune, such as \"69123\" or \"2A004\"");
            }
            Some(commune) if !commune.is_known => weak.push(("place", Weak::UnknownCommune)),
            Some(_) => {}
        }
        return found;
    }
    let point = table.table("place")?;
    point.refuse_unknown(&["lat", "lon"]);
    let coordinate = |key, limit: f64| {
        let number = point.need(key, point.decimal(key))?;
        if number.abs() > limit {
            point.fault(key, "is no place on earth");
            return None;
        }
        Some(number)
    };
    let (lat, lon) = (coordinate("lat", 90.0), coordinate("lon", 180.0));
    let (lat, lon) = (lat?, lon?);
    let rounded = |number: f64| (number * TOWN).round() / TOWN;
    if [lat, lon].iter().any(|number| (number - rounded(*number)).abs() > 1e-9) {
        weak.push(("place", Weak::TooExact));
    }
    if country == Some(Country::FRANCE) {
        weak.push(("place", Weak::NoDepartment));
    }
    let point = Some(Point { lat: rounded(lat), lon: rounded(lon) });
    Some(Commune { department: None, point, is_known: true })
}

fn coverage(table: &Table<'_, '_>, country: Option<Country>) -> Option<Coverage> {
    if !table.has("coverage") {
        return table.need("coverage", None);
    }
    if table.is_text("coverage") {
        let text = table.text("coverage")?;
        return match country {
            _ if text == "all" => Some(Coverage::All),
            Some(country) if text == country.as_str() => Some(Coverage::Country),
            Some(_) | None => {
                table.fault(
                    "coverage",
                    "must be a list of départements, the association's own country, or \"all\"",
                );
                None
            }
        };
    }
    let departments: Vec<Department> = table.parsed_list("coverage", str::parse)?;
    if country.is_some_and(|country| country != Country::FRANCE) {
        table.fault("coverage", "can name départements in France only; elsewhere the country, or \"all\"");
        return None;
    }
    if departments.is_empty() {
        table.fault("coverage", "names no département");
        return None;
    }
    Some(Coverage::Departments(departments))
}

fn everyone() -> Serves {
    Serves {
        situations: Situation::ALL.to_vec(),
        ages: vec![Age::Adult, Age::Minor],
        genders: Gender::ALL.to_vec(),
        children: true,
    }
}

fn read_serves(table: &Table<'_, '_>) -> Option<Serves> {
    table.refuse_unknown(&["situations", "ages", "genders", "children"]);
    let ages = [(Age::Adult, Age::Adult.code()), (Age::Minor, Age::Minor.code())];
    let situations =
        table.need("situations", table.terms("situations", &codes(Situation::ALL, Situation::code)));
    let ages = table.need("ages", table.terms("ages", &ages));
    let genders = table.need("genders", table.terms("genders", &codes(Gender::ALL, Gender::code)));
    for (key, is_empty) in [
        ("ages", ages.as_ref().is_some_and(Vec::is_empty)),
        ("genders", genders.as_ref().is_some_and(Vec::is_empty)),
    ] {
        if is_empty {
            table.fault(key, "is empty: nobody could ever be sent there");
        }
    }
    let children = table.flag("children").unwrap_or(false);
    Some(Serves { situations: situations?, ages: ages?, genders: genders?, children })
}

pub(super) fn language(tag: &str) -> Result<String, &'static str> {
    let parsed = tag.parse::<unic_langid::LanguageIdentifier>();
    let parsed = parsed.map_err(|_| "must hold language tags such as \"fr\", \"en\" or \"zh-Hans\"")?;
    Ok(parsed.to_string())
}

fn recipient(text: &str) -> Result<Recipient, &'static str> {
    if text.to_ascii_uppercase().starts_with("AGE-SECRET-KEY") {
        return Err(
            "holds a secret identity: take it out at once, make a new one, and give its public recipient",
        );
    }
    if text.starts_with("age1pq1") {
        return Err(
            "holds a post-quantum recipient (age1pq1…): this version cannot encrypt to it, and age does not mix it with others; give an X25519 recipient",
        );
    }
    text.parse().map_err(|_| "holds what is no age recipient (age1…); a letter may be wrong or missing")
}

fn enough(table: &Table<'_, '_>, recipients: Vec<Recipient>) -> Option<Vec<Recipient>> {
    let mut names: Vec<String> = recipients.iter().map(ToString::to_string).collect();
    names.sort();
    names.dedup();
    if names.len() < recipients.len() {
        table.fault("recipients", "names one recipient twice: a second key must be kept by somebody else");
        return None;
    }
    if recipients.len() < RECIPIENTS {
        table.fault(
            "recipients",
            "must name two different recipients at least: one lost key would lock requests away",
        );
        return None;
    }
    Some(recipients)
}

fn hours(table: &Table<'_, '_>, country: Option<Country>, department: Option<Department>) -> Option<Hours> {
    let named = table.text("time_zone").map(str::parse::<Tz>);
    if matches!(named, Some(Err(_))) {
        table.fault("time_zone", "must be a name such as \"Europe/Paris\"");
        return None;
    }
    if !table.has("opening_hours") {
        return Some(Hours::unknown());
    }
    let text = table.text("opening_hours")?;
    let country = country?;
    let Some(zone) = named.and_then(Result::ok).or_else(|| zone(country, department)) else {
        table.fault(
            "opening_hours",
            "needs time_zone beside it, such as \"Europe/Paris\": the country has none that is known here",
        );
        return None;
    };
    Hours::parse(text, zone, country).map_err(|says| table.fault("opening_hours", &says)).ok()
}

/// Returns a number without the spaces that people write; it must be dialled from anywhere.
fn number(table: &Table<'_, '_>) -> Option<String> {
    let number = table.need("number", table.text("number"))?;
    let digits = number.strip_prefix('+').unwrap_or_default().replace([' ', '\u{a0}', '\u{202f}'], "");
    if !(6..=15).contains(&digits.len()) || !digits.bytes().all(|b| b.is_ascii_digit()) {
        table.fault("number", "must be a number as it is dialled from abroad, such as \"+33 1 99 00 12 34\"");
        return None;
    }
    Some(number.to_owned())
}

fn read_phone(table: &Table<'_, '_>, today: NaiveDate) -> Option<Phone> {
    table.refuse_unknown(&["number", "verified_on", "verified_by", "source", "until"]);
    let number = number(table);
    let verified_on = table.need("verified_on", table.date("verified_on"));
    let verified_by = table.need("verified_by", table.text("verified_by"));
    let source = table.need("source", table.text("source"));
    let until = table.need("until", table.date("until"));
    let (verified_on, until) = (verified_on?, until?);
    if verified_on > today {
        table.fault("verified_on", "is still to come");
        return None;
    }
    if until < verified_on {
        table.fault("until", "lies before verified_on");
        return None;
    }
    Some(Phone {
        number: number?,
        verified_on,
        verified_by: verified_by?.to_owned(),
        source: source?.to_owned(),
        until,
    })
}

fn read_vetting(table: &Table<'_, '_>) -> Option<Vetting> {
    table.refuse_unknown(&["by", "on", "until"]);
    let by = table.need("by", table.list("by"));
    let on = table.need("on", table.date("on"));
    let until = table.need("until", table.date("until"));
    let by = by?;
    let mut names: Vec<String> = by.iter().map(|name| name.trim().to_lowercase()).collect();
    names.sort();
    names.dedup();
    if names.len() < VOUCHERS {
        table.fault("by", "must name two different people or bodies at least");
        return None;
    }
    let (on, until) = (on?, until?);
    if until < on {
        table.fault("until", "lies before on");
        return None;
    }
    Some(Vetting { by: by.into_iter().map(str::to_owned).collect(), on, until })
}
