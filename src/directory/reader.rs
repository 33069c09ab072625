//! Takes the settings of a TOML file one by one, so that every fault is told at once, with its line.

use std::cell::RefCell;
use std::str::FromStr;

use chrono::NaiveDate;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::address;
use super::fault::{Fault, Spot, Wrong};

/// How alike a misspelt key and a known one must be for the known one to be named.
const ALIKE: f64 = 0.75;
/// Keys that somebody may try, and that must not be there.
const STREETS: [&str; 8] =
    ["address", "adresse", "street", "rue", "postal_code", "postcode", "location", "shelter"];

/// The text of one file.
pub(super) struct Source<'t> {
    pub(super) file: &'t str,
    pub(super) text: &'t str,
    starts: Vec<usize>,
    faults: RefCell<Vec<Fault>>,
}

impl<'t> Source<'t> {
    pub(super) fn new(file: &'t str, text: &'t str) -> Self {
        let breaks = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n').map(|(at, _)| at + 1);
        let starts = std::iter::once(0).chain(breaks).collect();
        Self { file, text, starts, faults: RefCell::default() }
    }

    /// Reads the TOML, noting what is no TOML.
    pub(super) fn parse(&self) -> Spanned<DeTable<'t>> {
        let (table, faults) = DeTable::parse_recoverable(self.text);
        for fault in faults {
            let at = fault.span().map_or(0, |span| span.start);
            self.fault(at, None, fault.message().replace('\n', " "));
        }
        table
    }

    pub(super) fn line(&self, at: usize) -> usize {
        self.starts.partition_point(|start| *start <= at).max(1)
    }

    pub(super) fn fault(&self, at: usize, entry: Option<&str>, says: impl Into<String>) {
        let spot =
            Spot { file: self.file.to_owned(), line: Some(self.line(at)), entry: entry.map(str::to_owned) };
        self.faults.borrow_mut().push(Fault { spot, wrong: Wrong::Malformed(says.into()) });
    }

    /// Returns every fault, in the order of the lines.
    pub(super) fn finish(self) -> Vec<Fault> {
        let mut faults = self.faults.into_inner();
        faults.sort_by_key(|fault| fault.spot.line);
        faults
    }
}

/// One table of a file: an entry, or a table inside one.
#[derive(Clone, Copy)]
pub(super) struct Table<'a, 't> {
    source: &'a Source<'t>,
    keys: &'a DeTable<'t>,
    at: usize,
    entry: Option<&'a str>,
    /// The key of this table inside its entry.
    under: Option<&'a str>,
}

impl<'a, 't> Table<'a, 't> {
    pub(super) const fn root(source: &'a Source<'t>, table: &'a DeTable<'t>) -> Self {
        Self { source, keys: table, at: 0, entry: None, under: None }
    }

    pub(super) const fn of(
        source: &'a Source<'t>,
        table: &'a DeTable<'t>,
        at: usize,
        entry: &'a str,
    ) -> Self {
        Self { source, keys: table, at, entry: Some(entry), under: None }
    }

    pub(super) fn spot(&self) -> Spot {
        self.spot_at(self.at)
    }

    /// Returns where a key stands, or the entry where there is none.
    pub(super) fn spot_of(&self, key: &str) -> Spot {
        self.spot_at(self.keys.get(key).map_or(self.at, |value| value.span().start))
    }

    fn spot_at(&self, at: usize) -> Spot {
        Spot {
            file: self.source.file.to_owned(),
            line: Some(self.source.line(at)),
            entry: self.entry.map(str::to_owned),
        }
    }

    fn name(&self, key: &str) -> String {
        self.under.map_or_else(|| key.to_owned(), |under| format!("{under}.{key}"))
    }

    /// Notes a fault of one key.
    pub(super) fn fault(&self, key: &str, says: &str) {
        let at = self.keys.get(key).map_or(self.at, |value| value.span().start);
        self.fault_at(at, key, says);
    }

    fn fault_at(&self, at: usize, key: &str, says: &str) {
        self.source.fault(at, self.entry, format!("{} {says}", self.name(key)));
    }

    pub(super) fn has(&self, key: &str) -> bool {
        self.keys.contains_key(key)
    }

    /// Faults a key that is not there.
    pub(super) fn need<T>(&self, key: &str, found: Option<T>) -> Option<T> {
        if !self.has(key) {
            self.fault(key, "is missing");
        }
        found
    }

    /// Faults every key that is none of these, and names the one it may have been meant for.
    pub(super) fn refuse_unknown(&self, known: &[&str]) {
        for key in self.keys.keys() {
            let (name, at) = (key.get_ref().as_ref(), key.span().start);
            if known.contains(&name) {
                continue;
            }
            let says = if STREETS.contains(&name) {
                "is not a key: no street can be given, so that no shelter can be found through this file"
                    .into()
            } else {
                let scored = known.iter().map(|known| (strsim::jaro_winkler(name, known), known));
                let best = scored.max_by(|one, other| one.0.total_cmp(&other.0));
                let near = best.filter(|(alike, _)| *alike > ALIKE);
                let near = near.map(|(_, known)| format!("; did you mean {}?", self.name(known)));
                format!("is not a known key{}", near.unwrap_or_default())
            };
            self.fault_at(at, name, &says);
        }
    }

    pub(super) fn text(&self, key: &str) -> Option<&'a str> {
        let value = self.keys.get(key)?;
        let Some(text) = value.get_ref().as_str() else {
            self.fault(key, "must be text in quotes");
            return None;
        };
        self.plain(key, value.span().start, text)
    }

    /// Refuses text that is empty, or could lead somebody to a door.
    fn plain(&self, key: &str, at: usize, text: &'a str) -> Option<&'a str> {
        if text.trim().is_empty() {
            self.fault_at(at, key, "is empty");
            return None;
        }
        if let Some(found) = address::find(text) {
            self.fault_at(at, key, &format!("{found}: no address can stand in a directory; leave it out"));
            return None;
        }
        Some(text)
    }

    /// Reads a text of a closed form, such as a key: its random letters may look like an address, and cannot be one.
    pub(super) fn coded<T, E: std::fmt::Display>(
        &self,
        key: &str,
        parse: impl Fn(&str) -> Result<T, E>,
    ) -> Option<T> {
        let value = self.keys.get(key)?;
        let Some(text) = value.get_ref().as_str() else {
            self.fault(key, "must be text in quotes");
            return None;
        };
        parse(text).map_err(|fault| self.fault(key, &fault.to_string())).ok()
    }

    pub(super) fn parsed<T: FromStr<Err: std::fmt::Display>>(&self, key: &str) -> Option<T> {
        let parsed = self.text(key)?.parse();
        parsed.map_err(|fault| self.fault(key, &format!("is {fault}"))).ok()
    }

    pub(super) fn flag(&self, key: &str) -> Option<bool> {
        let flag = self.keys.get(key)?.get_ref().as_bool();
        if flag.is_none() {
            self.fault(key, "must be true or false, without quotes");
        }
        flag
    }

    pub(super) fn integer(&self, key: &str) -> Option<i64> {
        let value = self.keys.get(key)?.get_ref().as_integer();
        let number = value.and_then(|value| i64::from_str_radix(value.as_str(), value.radix()).ok());
        if number.is_none() {
            self.fault(key, "must be a whole number, without quotes");
        }
        number
    }

    /// Returns a decimal number, which may be written without decimals.
    pub(super) fn decimal(&self, key: &str) -> Option<f64> {
        let value = self.keys.get(key)?.get_ref();
        let written = value.as_float().map(toml::de::DeFloat::as_str);
        let written = written.or_else(|| value.as_integer().map(toml::de::DeInteger::as_str));
        let number: Option<f64> = written.and_then(|text| text.parse().ok()).filter(|n: &f64| n.is_finite());
        if number.is_none() {
            self.fault(key, "must be a number such as 45.76, without quotes");
        }
        number
    }

    pub(super) fn date(&self, key: &str) -> Option<NaiveDate> {
        let value = self.keys.get(key)?.get_ref().as_datetime();
        let date = value
            .filter(|value| value.time.is_none())
            .and_then(|value| value.date)
            .and_then(|date| NaiveDate::from_ymd_opt(date.year.into(), date.month.into(), date.day.into()));
        if date.is_none() {
            self.fault(key, "must be a date such as 2027-05-01, without quotes");
        }
        date
    }

    pub(super) fn table(&self, key: &'a str) -> Option<Self> {
        let value = self.keys.get(key)?;
        let Some(table) = value.get_ref().as_table() else {
            self.fault(key, "must be a table: { … }");
            return None;
        };
        Some(Self { keys: table, at: value.span().start, under: Some(key), ..*self })
    }

    /// Returns the tables of a list `[{ … }, { … }]`; what is none is a fault.
    pub(super) fn tables(&self, key: &'a str) -> Vec<Self> {
        let Some(value) = self.keys.get(key) else { return Vec::new() };
        let Some(array) = value.get_ref().as_array() else {
            self.fault(key, "must be a list of tables: [{ … }, { … }]");
            return Vec::new();
        };
        let mut tables = Vec::new();
        for value in array {
            match value.get_ref().as_table() {
                Some(keys) => {
                    tables.push(Self { keys, at: value.span().start, under: Some(key), ..*self });
                }
                None => self.fault_at(value.span().start, key, "must hold tables: { … }"),
            }
        }
        tables
    }

    /// Returns the texts of a list that can be read, each with where it stands.
    fn items(&self, key: &str) -> Option<Vec<(&'a str, usize)>> {
        let Some(array) = self.keys.get(key)?.get_ref().as_array() else {
            self.fault(key, "must be a list: [\"…\", \"…\"]");
            return None;
        };
        let text = |value: &'a Spanned<DeValue<'t>>| {
            let text = value.get_ref().as_str();
            if text.is_none() {
                self.fault_at(value.span().start, key, "must hold texts in quotes");
            }
            text.map(|text| (text, value.span().start))
        };
        Some(array.iter().filter_map(text).collect())
    }

    /// Returns how many items a list has, whatever they are.
    pub(super) fn length(&self, key: &str) -> usize {
        let array = self.keys.get(key).and_then(|value| value.get_ref().as_array());
        array.map_or(0, |array| array.len())
    }

    /// Returns the texts of a list.
    pub(super) fn list(&self, key: &str) -> Option<Vec<&'a str>> {
        let items = self.items(key)?;
        Some(items.into_iter().filter_map(|(text, at)| self.plain(key, at, text)).collect())
    }

    /// Returns what a list of texts means; what means nothing is a fault.
    pub(super) fn parsed_list<T, E: std::fmt::Display>(
        &self,
        key: &str,
        parse: impl Fn(&str) -> Result<T, E>,
    ) -> Option<Vec<T>> {
        let items = self.items(key)?;
        let meant = |(text, at): (&str, usize)| {
            parse(text).map_err(|fault| self.fault_at(at, key, &fault.to_string())).ok()
        };
        Some(items.into_iter().filter_map(meant).collect())
    }

    /// Returns the terms of a closed list; a code that is none names those that are.
    pub(super) fn terms<T: FromStr + Copy + PartialEq>(
        &self,
        key: &str,
        known: &[(T, &'static str)],
    ) -> Option<Vec<T>> {
        let codes: Vec<&str> = known.iter().map(|(_, code)| *code).collect();
        let parse = |text: &str| {
            let term = known.iter().find(|(_, code)| *code == text).map(|(term, _)| *term);
            term.ok_or_else(|| format!("can hold {}", codes.join(", ")))
        };
        let mut terms = self.parsed_list(key, parse)?;
        let mut seen = Vec::new();
        terms.retain(|term| {
            let new = !seen.contains(term);
            seen.push(*term);
            new
        });
        Some(terms)
    }

    /// Returns the tables of an array `[[key]]`, each with where it stands.
    pub(super) fn entries(&self, key: &str) -> Vec<(&'a DeTable<'t>, usize)> {
        let Some(value) = self.keys.get(key) else { return Vec::new() };
        let Some(array) = value.get_ref().as_array() else {
            self.fault(key, &format!("must be written [[{key}]]"));
            return Vec::new();
        };
        let mut tables = Vec::new();
        for value in array {
            match value.get_ref().as_table() {
                Some(table) => tables.push((table, value.span().start)),
                None => self.fault_at(value.span().start, key, &format!("must be written [[{key}]]")),
            }
        }
        tables
    }

    /// Returns a text without looking at it, for naming an entry.
    pub(super) fn peek(table: &'a DeTable<'t>, key: &str) -> Option<&'a str> {
        table.get(key)?.get_ref().as_str()
    }

    /// Returns whether a key holds a text rather than anything else.
    pub(super) fn is_text(&self, key: &str) -> bool {
        self.keys.get(key).is_some_and(|value| value.get_ref().is_str())
    }
}
