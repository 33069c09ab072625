//! Reads one `[[association]]`.

mod devices;
mod people;
mod place;

use chrono::NaiveDate;

use self::devices::devices;
use self::people::{everyone, read_phone, read_serves, read_vetting};
use self::place::{coverage, hours, place};
use super::association::{Association, Display, Role};
use super::fault::Weak;
use super::reader::Table;
use crate::ids::{ChatId, Country};
use crate::terms::Offer;

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
    "devices",
    "volunteers_chat",
    "intake_cap",
    "vetting",
    "website",
    "notes",
];

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
    let devices = devices(table);
    let vetting = table.need("vetting", table.table("vetting")).and_then(|vetting| read_vetting(&vetting));
    let phone = table.table("phone").and_then(|phone| read_phone(&phone, today));
    let display = display(table);
    let generalist = table.flag("generalist").unwrap_or(is_team);
    let volunteers_chat = table.integer("volunteers_chat").map(ChatId);
    let intake_cap = intake_cap(table);
    if is_team && intake_cap.is_some() {
        weak.push(("intake_cap", Weak::CapOfTeam));
    }
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
        devices: devices?,
        volunteers_chat,
        intake_cap,
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
    let role = Role::from_code(table.text("role")?);
    if role.is_none() {
        table.fault("role", "must be \"association\" or \"national_team\"");
    }
    role
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

/// The most that a cap can be; a larger one is a slip of the finger.
const MOST_WAITING: u32 = 10_000;

fn intake_cap(table: &Table<'_, '_>) -> Option<u32> {
    let number = table.integer("intake_cap")?;
    let cap = u32::try_from(number).ok().filter(|cap| (1..=MOST_WAITING).contains(cap));
    if cap.is_none() {
        table.fault(
            "intake_cap",
            "must be from 1 to 10000; an association that takes nothing is paused at its desk, or left out",
        );
    }
    cap
}

fn website(table: &Table<'_, '_>) -> Option<String> {
    let website = table.text("website")?;
    if !url::Url::parse(website).is_ok_and(|url| matches!(url.scheme(), "https" | "http")) {
        table.fault("website", "must begin with https:// or http://");
        return None;
    }
    Some(website.to_owned())
}

pub(super) fn language(tag: &str) -> Result<String, &'static str> {
    let parsed = tag.parse::<unic_langid::LanguageIdentifier>();
    let parsed = parsed.map_err(|_| "must hold language tags such as \"fr\", \"en\" or \"zh-Hans\"")?;
    Ok(parsed.to_string())
}
