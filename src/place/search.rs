//! The search for a typed place: every way to read it, then prefixes, typing errors and other scripts.

use std::collections::BTreeMap;

use fst::automaton::{Automaton, Str};
use fst::{IntoStreamer, Streamer};
use serde::ser::SerializeStruct;
use serde::{Serialize, Serializer};

use super::fold::{fold, is_unspaced, skeleton};
use super::gazetteer::{CROWDED, Entry, Gazetteer, How, Size, gazetteer};
use super::query::{Reading, Within, readings, runs};
use super::score::{Score, looks_alike, loss, penalty, weight};
use super::typo::Typo;
use super::{Point, department};
use crate::ids::{Commune, Country, Department};

/// What the gazetteer found: where it lies on the map of responsibilities.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Spot {
    /// A French commune, or an arrondissement of Paris, Lyon or Marseille.
    Commune(Commune),
    /// A place outside France, by its GeoNames number.
    Abroad {
        /// The country it lies in.
        country: Country,
        /// Its number in GeoNames.
        geoname: u32,
    },
    /// A whole département.
    Department(Department),
    /// A whole country.
    Country(Country),
}

/// How well a text and a place fit, best first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Match {
    /// The text is a name, a number or a postcode of the place.
    Exact,
    /// A name of the place begins with the text.
    Prefix,
    /// The text is a name with one or two typing errors, or as it sounds in another script.
    Similar,
}

/// One answer to a search.
#[derive(Clone, Debug, PartialEq)]
pub struct Found {
    /// Which place it is.
    pub spot: Spot,
    /// Its name, such as "Marseille" or "Paris 18e"; French where there is a French one.
    pub name: &'static str,
    /// Where it is; nothing for a country.
    pub point: Option<Point>,
    /// How many people live there; 0 where the gazetteer does not say.
    pub population: u32,
    /// How well it fits.
    pub matched: Match,
}

impl Found {
    /// Returns the country it lies in; France for everything French.
    #[must_use]
    pub const fn country(&self) -> Country {
        match self.spot {
            Spot::Commune(_) | Spot::Department(_) => Country::FRANCE,
            Spot::Abroad { country, .. } | Spot::Country(country) => country,
        }
    }

    /// Returns the département it lies in, if it lies in one.
    #[must_use]
    pub const fn department(&self) -> Option<Department> {
        match self.spot {
            Spot::Commune(commune) => Some(commune.department()),
            Spot::Department(department) => Some(department),
            Spot::Abroad { .. } | Spot::Country(_) => None,
        }
    }

    /// Returns the name with what tells it from others of the same name: "Marseille (13)", "Bruxelles (BE)".
    #[must_use]
    pub fn label(&self) -> String {
        match self.department() {
            Some(department) => format!("{} ({department})", self.name),
            None => format!("{} ({})", self.name, self.country()),
        }
    }
}

impl Serialize for Found {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut fields = serializer.serialize_struct("Found", 4)?;
        fields.serialize_field("country", &self.country())?;
        match self.spot {
            Spot::Commune(commune) => fields.serialize_field("insee", &commune)?,
            Spot::Abroad { geoname, .. } => fields.serialize_field("geonameid", &geoname)?,
            Spot::Department(_) | Spot::Country(_) => {}
        }
        fields.serialize_field("name", self.name)?;
        match self.department() {
            Some(department) => fields.serialize_field("departement", &department)?,
            None => fields.skip_field("departement")?,
        }
        fields.end()
    }
}

/// Returns the places that a typed text may mean, the likeliest first.
///
/// Scripts, accents, hyphens, "st" for "saint", former names, postcodes, numbers of départements and a typing
/// error or two are all understood. A name that several places have gives all of them: always show the
/// département and let the person choose.
///
/// The work is bounded whatever the text: 64 characters of it are read.
#[must_use]
pub fn search(text: &str, limit: usize) -> Vec<Found> {
    let folded = fold(text);
    let Some(places) = gazetteer().filter(|_| !folded.is_empty()) else { return Vec::new() };
    let mut hits = Hits { places, best: BTreeMap::new() };
    let readings = readings(places, &folded);
    for reading in &readings {
        hits.exactly(reading);
    }
    let mut left = MAX_SPELLINGS;
    for reading in readings.iter().filter(|reading| is_word(&reading.name)) {
        hits.by_prefix(reading, &mut left);
    }
    if hits.best.is_empty() && folded.chars().any(is_unspaced) {
        hits.by_runs(&folded);
    }
    if !hits.satisfied() {
        for reading in readings.iter().filter(|reading| is_word(&reading.name)).take(4) {
            hits.by_typo(reading);
        }
    }
    if hits.best.is_empty() {
        hits.by_runs(&folded);
    }
    if !hits.satisfied() {
        hits.by_sound(text);
    }
    hits.ranked(limit)
}

/// Returns whether a text can be the start of a name: a wrong digit would mean another place.
fn is_word(name: &str) -> bool {
    let letters = name.chars().filter(|letter| letter.is_alphabetic()).count();
    letters >= 3 || letters > 0 && name.chars().any(|letter| u32::from(letter) > 0x2e80)
}

/// How many spellings all prefixes of a text may lead to before the rest is left out.
const MAX_SPELLINGS: usize = 6_000;
/// How many places that sound like a text are compared with it letter by letter.
const MAX_HEARD: usize = 128;
/// How much it counts that the place lies where the text says.
const WITHIN: Score = 4.0;

/// What an exact answer must score for guesses to be left out: a French town of 3,000, a foreign one of 100,000.
const SATISFIED: Score = 4.9;

/// The places found so far.
struct Hits {
    places: &'static Gazetteer,
    best: BTreeMap<u32, (Score, Match)>,
}

impl Hits {
    fn exactly(&mut self, reading: &Reading) {
        if let Some(value) = self.places.spellings.get(&reading.name) {
            self.add(value, reading, 0.0, Match::Exact);
        }
    }

    /// Looks up the parts of a text that is no name as a whole.
    fn by_runs(&mut self, folded: &str) {
        for run in &runs(folded) {
            if let Some(value) = self.places.spellings.get(&run.name) {
                self.add(value, run, 0.0, Match::Similar);
            }
        }
    }

    fn by_prefix(&mut self, reading: &Reading, left: &mut usize) {
        let places = self.places;
        let name = reading.name.as_str();
        if let Some(value) = places.spellings.get(format!("{}{name}", char::from(CROWDED))) {
            return self.add(value, reading, 2.0, Match::Prefix);
        }
        let mut stream = places.spellings.search(Str::new(name).starts_with()).into_stream();
        while *left > 0 {
            let Some((key, value)) = stream.next() else { break };
            *left -= 1;
            let penalty = match key.get(name.len()) {
                None => continue,
                Some(b' ') => 1.3,
                Some(_) => 2.5,
            };
            self.add(value, reading, penalty, Match::Prefix);
        }
    }

    fn by_typo(&mut self, reading: &Reading) {
        let name = reading.name.as_str();
        let errors = match name.chars().count() {
            0..=3 => return,
            4..=6 => 1,
            _ => 2,
        };
        let places = self.places;
        let typo = Typo::new(name, errors);
        let mut stream = places.spellings.search_with_state(&typo).into_stream();
        while let Some((key, value, state)) = stream.next() {
            let Some(distance) = typo.distance(&state) else { continue };
            if distance == 0 {
                continue;
            }
            let first = if key.first() == name.as_bytes().first() { 0.0 } else { 0.7 };
            self.add(value, reading, first + penalty(distance), Match::Similar);
        }
    }

    /// Looks a text up as it sounds in Latin letters: for scripts in which the gazetteer has few names, and for
    /// names written by ear.
    fn by_sound(&mut self, text: &str) {
        let latin = fold(&any_ascii::any_ascii(&text.chars().take(64).collect::<String>()));
        for reading in readings(self.places, &latin).iter().take(4) {
            if !is_word(&reading.name) {
                continue;
            }
            if !text.is_ascii() {
                if let Some(value) = self.places.spellings.get(&reading.name) {
                    self.add(value, reading, 1.0, Match::Similar);
                }
                self.by_typo(reading);
            }
            let sound = skeleton(&reading.name);
            let errors = u8::from(sound.len() > 5 && !text.is_ascii());
            // Two or three consonants fit many names.
            let extra = if sound.len() > 4 { 3.0 } else { 4.5 };
            if sound.len() > 2 {
                self.heard(&sound, errors, reading, extra);
            }
        }
    }

    /// Adds what sounds alike and also looks alike: "marsel" is Marseille, "kinshasa" is not Caen though both
    /// have the same consonants.
    fn heard(&mut self, sound: &str, errors: u8, reading: &Reading, extra: Score) {
        let places = self.places;
        let mut found = Vec::new();
        let typo = Typo::new(sound, errors);
        let mut stream = places.spellings.search_with_state(&typo).into_stream();
        while let Some((_, value, state)) = stream.next() {
            let Some(distance) = typo.distance(&state) else { continue };
            let penalty = extra + penalty(distance);
            let scored =
                |(place, how)| Some((self.score(place, how, reading, penalty, Match::Similar)?, place));
            found.extend(places.places(value).filter_map(scored));
        }
        // Names are compared from the likeliest on: thousands can share a few consonants.
        found.sort_unstable_by(|one, other| other.0.total_cmp(&one.0).then(one.1.cmp(&other.1)));
        found.dedup_by_key(|(_, place)| *place);
        let alike = |place: u32| {
            let entry = places.entry(place);
            entry.as_ref().and_then(Entry::town).is_some_and(|town| looks_alike(&reading.name, town))
        };
        for (score, place) in found.into_iter().take(MAX_HEARD).filter(|(_, place)| alike(*place)) {
            self.keep(place, score, Match::Similar);
        }
    }

    fn add(&mut self, value: u64, reading: &Reading, penalty: Score, matched: Match) {
        for (place, how) in self.places.places(value) {
            if let Some(score) = self.score(place, how, reading, penalty, matched) {
                self.keep(place, score, matched);
            }
        }
    }

    fn keep(&mut self, place: u32, score: Score, matched: Match) {
        let best = self.best.entry(place).or_insert((score, matched));
        if score > best.0 {
            best.0 = score;
        }
        best.1 = best.1.min(matched);
    }

    /// Returns how likely a place is meant by a reading; nothing where it lies elsewhere.
    fn score(
        &self,
        place: u32,
        how: How,
        reading: &Reading,
        penalty: Score,
        matched: Match,
    ) -> Option<Score> {
        let size = self.places.size(place)?;
        if !self.lies_within(place, reading.within) {
            return None;
        }
        let bonus = match (reading.within, matched) {
            (None, _) => 0.0,
            (Some(_), Match::Exact) => WITHIN,
            (Some(_), Match::Prefix | Match::Similar) => WITHIN / 4.0,
        };
        // "Roma" begins more towns than it begins "Romania"; "Lille, France" asks for Lille.
        let unlikely = match (size, matched) {
            (Size::Country, Match::Prefix) => 1.0,
            (Size::Country | Size::Department, Match::Similar) => 3.0,
            _ => 0.0,
        };
        Some(weight(size) + bonus - penalty - unlikely - loss(how))
    }

    fn lies_within(&self, place: u32, within: Option<Within>) -> bool {
        let Some(within) = within else { return true };
        match (within, self.places.entry(place)) {
            (Within::Department(wanted), Some(Entry::French { commune, .. })) => {
                commune.department() == wanted
            }
            (Within::Country(wanted), Some(Entry::French { .. })) => wanted == Country::FRANCE,
            (Within::Country(wanted), Some(Entry::Foreign { country, .. })) => country == wanted,
            (Within::Postcode(wanted), Some(Entry::French { .. })) => {
                let value = self.places.spellings.get(format!("{wanted:05}"));
                value.is_some_and(|value| self.places.places(value).any(|(other, _)| other == place))
            }
            _ => false,
        }
    }

    /// Returns whether a place of some size fits exactly, so that nobody need guess at typing errors.
    fn satisfied(&self) -> bool {
        self.best.values().any(|(score, matched)| *matched == Match::Exact && *score > SATISFIED)
    }

    fn ranked(self, limit: usize) -> Vec<Found> {
        let mut ranked: Vec<(u32, Score, Match)> =
            self.best.into_iter().map(|(place, (score, matched))| (place, score, matched)).collect();
        ranked.sort_by(|one, other| other.1.total_cmp(&one.1).then(one.0.cmp(&other.0)));
        let mut found: Vec<Found> = Vec::new();
        for (place, _, matched) in ranked.into_iter().take(limit.saturating_mul(2)) {
            let next = self.places.entry(place).and_then(|entry| found_of(entry, matched, self.places));
            // Two answers that read alike cannot be told apart: the larger place stays.
            found.extend(next.filter(|next| found.iter().all(|other| other.label() != next.label())));
        }
        found.truncate(limit);
        found
    }
}

fn found_of(entry: Entry, matched: Match, places: &Gazetteer) -> Option<Found> {
    Some(match entry {
        Entry::French { commune, record } => Found {
            spot: Spot::Commune(commune),
            name: record.name,
            point: Some(record.point),
            population: record.population,
            matched,
        },
        Entry::Foreign { country, geoname, record } => Found {
            spot: Spot::Abroad { country, geoname },
            name: record.name,
            point: Some(record.point),
            population: record.population,
            matched,
        },
        Entry::Department(code) => Found {
            spot: Spot::Department(code),
            name: department::name(code)?,
            point: department::centroid(code),
            population: 0,
            matched,
        },
        Entry::Country(country) => Found {
            spot: Spot::Country(country),
            name: places.country_name(country)?,
            point: None,
            population: 0,
            matched,
        },
    })
}
