//! Candidates: what others say about organisations, written down for whoever will call them.
//!
//! A candidate is no association. It stands under another name in its file, which the loader refuses, and it
//! lacks what only people who vet can add: vouchers, recipients, a chat, a number that was called.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::address;
use crate::ids::{AssociationId, Country, Department};
use crate::terms::{Age, Gender, Offer, Situation};

const HEADER: &str = "\
# Candidates, not vetted: nobody here is ever asked for help or shown to anyone. The loader refuses this file.
# Before one of them can be asked: call them, confirm every line, and agree with them on how requests come.
# Then move the entry into a file of its own under [[association]], add what its first comment names, and have
# enough trusted keys sign it. Street addresses were left out on purpose.
";

/// What is said about one organisation.
#[derive(Clone, Debug, Default)]
pub struct Candidate {
    /// Its slug.
    pub id: Option<AssociationId>,
    /// Its name.
    pub name: String,
    /// The country it works in.
    pub country: Option<Country>,
    /// The INSEE code of its commune, and the name of its town.
    pub place: (Option<String>, Option<String>),
    /// The middle of its town, for other countries: latitude and longitude.
    pub point: Option<(f64, f64)>,
    /// It works in the whole country.
    pub nationwide: bool,
    /// The département it works in.
    pub department: Option<Department>,
    /// It works on every problem.
    pub generalist: bool,
    /// The problems it works on.
    pub situations: Vec<Situation>,
    /// The ages it serves.
    pub ages: Vec<Age>,
    /// The genders it serves.
    pub genders: Vec<Gender>,
    /// Adults with their children.
    pub children: bool,
    /// What it offers.
    pub offers: Vec<Offer>,
    /// The languages it speaks.
    pub languages: Vec<String>,
    /// Its website.
    pub website: Option<String>,
    /// What the source says in its own words: what it is about, and the words.
    pub remarks: Vec<(&'static str, String)>,
}

/// Returns one TOML file for each country; candidates without a country stand under ZZ.
#[must_use]
pub fn to_toml(candidates: &[Candidate]) -> BTreeMap<Country, String> {
    let mut files: BTreeMap<Country, String> = BTreeMap::new();
    for candidate in candidates {
        let country = candidate.country.unwrap_or(Country::ELSEWHERE);
        let file = files.entry(country).or_insert_with(|| HEADER.to_owned());
        candidate.write(file);
    }
    files
}

impl Candidate {
    /// Notes what the source says, where it says anything.
    pub(super) fn remark(&mut self, about: &'static str, says: &str) {
        let says = says.split_whitespace().collect::<Vec<_>>().join(" ");
        if !says.is_empty() {
            self.remarks.push((about, says));
        }
    }

    fn write(&self, file: &mut String) {
        let mut line = |text: String| {
            file.push_str(&text);
            file.push('\n');
        };
        line("\n[[candidate]]".to_owned());
        line(format!("# Missing: {}.", self.missing().join(", ")));
        if let Some(id) = &self.id {
            line(format!("id = {}", quoted(id.as_str())));
        }
        line(format!("name = {}", quoted(&plain(&self.name))));
        if let Some(country) = self.country {
            line(format!("country = {}", quoted(country.as_str())));
        }
        let town = self.place.1.as_deref().map(|town| format!("  # {}", plain(town))).unwrap_or_default();
        match (&self.place.0, self.point) {
            (Some(insee), _) => line(format!("place = {}{town}", quoted(insee))),
            (None, Some((lat, lon))) => line(format!("place = {{ lat = {lat:.2}, lon = {lon:.2} }}{town}")),
            (None, None) if !town.is_empty() => {
                line(format!("# town: {}", town.trim_start_matches([' ', '#'])));
            }
            (None, None) => {}
        }
        match (self.nationwide, self.department, self.country) {
            (false, Some(department), _) => line(format!("coverage = [\"{department}\"]")),
            (true, _, Some(country)) => line(format!("coverage = \"{country}\"")),
            (_, _, _) => {}
        }
        if self.generalist {
            line("generalist = true".to_owned());
        }
        line(format!(
            "serves = {{ situations = {}, ages = {}, genders = {}, children = {} }}",
            list(&self.situations),
            list(&self.ages),
            list(&self.genders),
            self.children,
        ));
        line(format!("offers = {}", list(&self.offers)));
        if !self.languages.is_empty() {
            line(format!("languages = {}", list(&self.languages)));
        }
        if let Some(website) = &self.website {
            line(format!("website = {}", quoted(&plain(website))));
        }
        for (about, says) in &self.remarks {
            line(format!("# {about}: {}", plain(says)));
        }
    }

    /// What must be found out or agreed before the entry can be signed.
    fn missing(&self) -> Vec<&'static str> {
        let mut missing = vec!["vetting (two people at least)", "devices (two at least)", "volunteers_chat"];
        let mut lacks = |is: bool, what| {
            if is {
                missing.push(what);
            }
        };
        lacks(true, "opening_hours");
        lacks(true, "phone (called and confirmed)");
        lacks(true, "display (agreed with them)");
        lacks(self.id.is_none(), "id");
        lacks(self.country.is_none(), "country");
        lacks(self.place.0.is_none() && self.point.is_none(), "place");
        let covers = if self.nationwide { self.country.is_some() } else { self.department.is_some() };
        lacks(!covers, "coverage");
        lacks(self.situations.is_empty(), "serves.situations");
        lacks(self.ages.is_empty(), "serves.ages");
        lacks(self.genders.is_empty(), "serves.genders");
        lacks(self.offers.is_empty(), "offers");
        lacks(self.languages.is_empty(), "languages");
        missing
    }
}

/// Returns a text on one line, without what looks like a door.
fn plain(text: &str) -> String {
    if address::find(text).is_some() {
        return "(left out: it looks like an address)".to_owned();
    }
    text.chars().filter(|character| !character.is_control()).collect()
}

fn quoted(text: &str) -> String {
    toml::Value::String(text.to_owned()).to_string()
}

fn list<T: ToString>(items: &[T]) -> String {
    let mut text = String::from("[");
    for (number, item) in items.iter().enumerate() {
        let comma = if number == 0 { "" } else { ", " };
        // Writing to a String cannot fail.
        let _ = write!(text, "{comma}{}", quoted(&item.to_string()));
    }
    text.push(']');
    text
}
