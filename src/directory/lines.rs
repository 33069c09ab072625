//! Public numbers to call, with who confirmed them and until when that is to be believed.

use chrono::NaiveDate;

use super::fault::{Spot, Weak, Weakness};
use super::reader::{Source, Table};
use crate::ids::{AssociationId, Country};

/// The members of the European Union, where 112 answers (code "EU" of ISO 3166's reserved list).
const UNION: [&str; 27] = [
    "AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU", "IE", "IT", "LT",
    "LU", "LV", "MT", "NL", "PL", "PT", "RO", "SE", "SI", "SK",
];
const KEYS: &[&str] = &[
    "id",
    "name",
    "country",
    "number",
    "channel",
    "for_whom",
    "hours",
    "languages",
    "police_answers",
    "free",
    "on_bill",
    "source",
    "verified_on",
    "until",
    "notes",
];
/// How long before its end a number is reported.
pub(super) const SOON_DAYS: i64 = 30;

/// For whom a number is, in the order in which numbers are shown: by urgency.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Audience {
    /// In danger now.
    Danger,
    /// In danger, and cannot speak.
    CannotSpeak,
    /// Under 18.
    Minor,
    /// Hurt or sick.
    Hurt,
    /// No bed tonight.
    Homeless,
    /// Forced, or not free.
    Exploitation,
    /// Violence against women.
    Women,
    /// Whoever suffered an offence.
    Offence,
    /// Everyone else.
    Other,
}

impl Audience {
    const CODES: [(Self, &'static str); 9] = [
        (Self::Danger, "danger"),
        (Self::CannotSpeak, "cannot_speak"),
        (Self::Minor, "minor"),
        (Self::Hurt, "hurt"),
        (Self::Homeless, "homeless"),
        (Self::Exploitation, "exploitation"),
        (Self::Women, "women"),
        (Self::Offence, "offence"),
        (Self::Other, "other"),
    ];
}

/// How a number is used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Channel {
    /// By calling.
    Voice,
    /// By text message.
    Sms,
    /// By chat.
    Chat,
}

impl Channel {
    const CODES: [(Self, &'static str); 3] =
        [(Self::Voice, "voice"), (Self::Sms, "sms"), (Self::Chat, "chat")];
}

/// One public number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublicLine {
    /// Its slug.
    pub id: AssociationId,
    /// The name of the service, in its own language.
    pub name: String,
    /// The number, as it is written in its country.
    pub number: String,
    /// How it is used.
    pub channel: Channel,
    /// For whom it is.
    pub for_whom: Audience,
    /// The languages that a source confirms (BCP 47).
    pub languages: Vec<String>,
    /// Police officers answer.
    pub police_answers: bool,
    /// It costs nothing; nothing where no source says so.
    pub free: Option<bool>,
    /// It shows on the bill; nothing where no source says so.
    pub on_bill: Option<bool>,
    country: Place,
    hours: Option<String>,
    verified_on: Option<NaiveDate>,
    until: NaiveDate,
    spot: Spot,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    Country(Country),
    Union,
}

impl PublicLine {
    /// Returns whether it is for a country.
    #[must_use]
    pub fn serves(&self, country: Country) -> bool {
        match self.country {
            Place::Country(own) => own == country,
            Place::Union => UNION.contains(&country.as_str()),
        }
    }

    /// Returns the country it belongs to; nothing for a number of the whole Union.
    #[must_use]
    pub const fn country(&self) -> Option<Country> {
        match self.country {
            Place::Country(country) => Some(country),
            Place::Union => None,
        }
    }

    /// Returns whether it may be shown on a day: somebody has confirmed it, and recently enough.
    #[must_use]
    pub fn is_shown(&self, today: NaiveDate) -> bool {
        self.verified_on.is_some_and(|on| on <= today) && today <= self.until
    }

    /// Returns whether it answers day and night.
    #[must_use]
    pub fn is_always_open(&self) -> bool {
        self.hours.as_deref() == Some("24/7")
    }

    /// Returns its hours in OpenStreetMap's syntax, where a source confirms them.
    #[must_use]
    pub fn hours(&self) -> Option<&str> {
        self.hours.as_deref()
    }

    pub(super) fn weakness(&self, today: NaiveDate) -> Option<Weakness> {
        let soon = self.until - chrono::TimeDelta::days(SOON_DAYS);
        let weak = match self.verified_on {
            None => Weak::NeverConfirmed,
            Some(_) if today > self.until => Weak::PhoneOver(self.until),
            Some(_) if today >= soon => Weak::PhoneEndsSoon(self.until),
            Some(_) => return None,
        };
        Some(Weakness { spot: self.spot.clone(), weak })
    }
}

/// Reads the `[[line]]` entries of a file.
pub(super) fn read(source: &Source<'_>, root: &Table<'_, '_>) -> Vec<PublicLine> {
    let mut lines: Vec<PublicLine> = Vec::new();
    for (number, (table, at)) in root.entries("line").into_iter().enumerate() {
        let fallback = format!("line {}", number + 1);
        let entry = Table::peek(table, "id").unwrap_or(&fallback);
        let Some(line) = read_line(&Table::of(source, table, at, entry)) else { continue };
        if lines.iter().any(|other| other.id == line.id) {
            source.fault(at, Some(entry), "id stands in this file already");
        }
        lines.push(line);
    }
    lines
}

fn read_line(table: &Table<'_, '_>) -> Option<PublicLine> {
    table.refuse_unknown(KEYS);
    let id = table.need("id", table.parsed("id"));
    let name = table.need("name", table.text("name"));
    let country = table.need("country", country(table));
    let number = table.need("number", number(table));
    let channel = one_of(table, "channel", &Channel::CODES);
    let for_whom = one_of(table, "for_whom", &Audience::CODES);
    let hours = table.text("hours");
    if hours.is_some_and(|hours| hours.parse::<opening_hours::OpeningHours>().is_err()) {
        table.fault("hours", "is not in OpenStreetMap's syntax, such as \"24/7\" or \"Mo-Fr 09:00-18:00\"");
    }
    let languages = table.parsed_list("languages", super::entry::language).unwrap_or_default();
    let (police, free) = (table.flag("police_answers"), table.flag("free"));
    let on_bill = table.flag("on_bill");
    table.need("source", table.text("source"));
    table.text("notes");
    let verified_on = table.date("verified_on");
    let until = table.need("until", table.date("until"));
    Some(PublicLine {
        id: id?,
        name: name?.to_owned(),
        number: number?.to_owned(),
        channel: channel?,
        for_whom: for_whom?,
        languages,
        police_answers: police.unwrap_or(false),
        free,
        on_bill,
        country: country?,
        hours: hours.map(str::to_owned),
        verified_on,
        until: until?,
        spot: table.spot(),
    })
}

fn country(table: &Table<'_, '_>) -> Option<Place> {
    if table.text("country")? == "EU" {
        return Some(Place::Union);
    }
    table.parsed("country").map(Place::Country)
}

fn number<'a>(table: &Table<'a, '_>) -> Option<&'a str> {
    let number = table.text("number")?;
    let plain = number.strip_prefix('+').unwrap_or(number);
    if !plain.bytes().any(|b| b.is_ascii_digit()) || !plain.bytes().all(|b| b.is_ascii_digit() || b == b' ') {
        table.fault("number", "must hold digits and spaces, as people dial it");
        return None;
    }
    Some(number)
}

fn one_of<T: Copy>(table: &Table<'_, '_>, key: &str, codes: &[(T, &'static str)]) -> Option<T> {
    let text = table.need(key, table.text(key))?;
    let found = codes.iter().find(|(_, code)| *code == text).map(|(term, _)| *term);
    if found.is_none() {
        let known: Vec<&str> = codes.iter().map(|(_, code)| *code).collect();
        table.fault(key, &format!("must be one of {}", known.join(", ")));
    }
    found
}
