//! The ways to read what a person typed: a name, a postcode, a name with where it lies.

use super::fold::is_unspaced;
use super::gazetteer::{Entry, Gazetteer, How};
use crate::ids::{Country, Department};

/// Words before a name that only say that it is a place: "à Paris", "near Lyon", "in Köln", "في باريس".
const BEFORE: &[&str] = &[
    "a",
    "au",
    "aux",
    "en",
    "dans",
    "de",
    "du",
    "des",
    "d",
    "pres",
    "vers",
    "sur",
    "ville",
    "commune",
    "departement",
    "dept",
    "dpt",
    "code",
    "postal",
    "cp",
    "le",
    "la",
    "les",
    "l",
    "je",
    "suis",
    "j",
    "habite",
    "cote",
    "chez",
    "region",
    "in",
    "at",
    "near",
    "the",
    "city",
    "of",
    "to",
    "from",
    "i",
    "am",
    "im",
    "m",
    "live",
    "around",
    "close",
    "town",
    "zu",
    "bei",
    "nahe",
    "ich",
    "bin",
    "la",
    "in",
    "din",
    "langa",
    "vicino",
    "presso",
    "el",
    "cerca",
    "em",
    "perto",
    "w",
    "kolo",
    "u",
    "v",
    "k",
    "yakinlari",
    "в",
    "у",
    "под",
    "около",
    "возле",
    "г",
    "город",
    "місто",
    "біля",
    "град",
    "до",
    "край",
    "في",
    "ب",
    "قرب",
    "مدينه",
    "انا",
    "در",
    "شهر",
    "نزديك",
    "په",
    "میں",
    "我在",
    "在",
];
/// How many words of a text are read; the rest says nothing about the name.
const MAX_WORDS: usize = 10;

/// What an answer must lie in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Within {
    Department(Department),
    Country(Country),
    /// A postcode that stood beside the name.
    Postcode(u32),
}

/// One way to read a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Reading {
    pub(super) name: String,
    pub(super) within: Option<Within>,
}

impl Reading {
    fn plain(words: &[&str]) -> Self {
        Self { name: words.join(" "), within: None }
    }
}

/// Returns the ways to read a folded text, the most literal first.
pub(super) fn readings(places: &Gazetteer, folded: &str) -> Vec<Reading> {
    let folded = joined_postcode(folded);
    let words: Vec<&str> = folded.split(' ').filter(|word| !word.is_empty()).take(MAX_WORDS).collect();
    let mut readings = vec![Reading::plain(&words)];
    narrow(places, &words, &mut readings);
    if let [number, middle @ .., city] = words.as_slice()
        && number.len() < 3
        && number.bytes().all(|byte| byte.is_ascii_digit())
        && middle.iter().all(|word| BEFORE.contains(word))
    {
        readings.push(Reading::plain(&[*city, *number]));
    }
    let start = words.iter().take_while(|word| BEFORE.contains(word)).count();
    if start > 0
        && let Some(rest) = words.get(start..).filter(|rest| !rest.is_empty())
    {
        readings.push(Reading::plain(rest));
        narrow(places, rest, &mut readings);
    }
    readings
}

/// Returns the text with "75 010" written as "75010".
fn joined_postcode(folded: &str) -> String {
    let words: Vec<&str> = folded.split(' ').collect();
    let mut joined = String::with_capacity(folded.len());
    for (index, word) in words.iter().enumerate() {
        let before = index.checked_sub(1).and_then(|index| words.get(index)).map_or("", |before| before);
        let digits =
            |word: &str, length| word.len() == length && word.bytes().all(|byte| byte.is_ascii_digit());
        if index > 0 && !(digits(before, 2) && digits(word, 3)) {
            joined.push(' ');
        }
        joined.push_str(word);
    }
    joined
}

/// Returns every run of words of a text that nothing else explains, the longest first: "calais jungle", "my
/// hotel is in lyon", "我住在里昂".
///
/// Words of a script without spaces are cut between any two characters.
pub(super) fn runs(folded: &str) -> Vec<Reading> {
    let words: Vec<&str> = folded.split(' ').filter(|word| !BEFORE.contains(word)).take(MAX_WORDS).collect();
    let mut runs = Vec::new();
    for length in (1..=words.len()).rev() {
        runs.extend(words.windows(length).map(Reading::plain));
    }
    let letters: Vec<char> = folded.chars().take(2 * MAX_WORDS).collect();
    if letters.iter().any(|letter| is_unspaced(*letter)) {
        for length in (2..letters.len()).rev() {
            runs.extend(
                letters.windows(length).map(|run| Reading { name: run.iter().collect(), within: None }),
            );
        }
    }
    runs
}

/// Adds the readings in which some words say where the others lie: "Saint-Denis 974", "75018 Paris", "Bath UK".
fn narrow(places: &Gazetteer, words: &[&str], readings: &mut Vec<Reading>) {
    for (index, word) in words.iter().enumerate() {
        let Some(postcode) = postcode(word) else { continue };
        let others: Vec<&str> =
            words.iter().enumerate().filter(|(other, _)| *other != index).map(|(_, w)| *w).collect();
        if !others.is_empty() {
            readings.push(Reading { name: others.join(" "), within: Some(Within::Postcode(postcode)) });
            readings.push(Reading::plain(&[*word]));
        }
    }
    for split in (1..words.len()).rev().take(4) {
        let Some((name, place)) = words.split_at_checked(split) else { continue };
        push_within(places, name, place, readings);
    }
    if let Some((place, name)) = words.split_at_checked(1)
        && !name.is_empty()
    {
        push_within(places, name, place, readings);
    }
}

fn push_within(places: &Gazetteer, name: &[&str], place: &[&str], readings: &mut Vec<Reading>) {
    let name = match name {
        [rest @ .., "en" | "in" | "dans" | "de" | "le" | "la" | "du"] if !rest.is_empty() => rest,
        whole => whole,
    };
    for within in within(places, &place.join(" ")) {
        readings.push(Reading { name: name.join(" "), within: Some(within) });
    }
}

/// Returns the départements or the country with exactly this name or number.
fn within(places: &Gazetteer, name: &str) -> Vec<Within> {
    let Some(value) = places.spellings.get(name) else { return Vec::new() };
    let found = places.places(value).filter(|(_, how)| *how <= How::OtherName);
    found
        .filter_map(|(place, _)| match places.entry(place)? {
            Entry::Department(department) => Some(Within::Department(department)),
            Entry::Country(country) => Some(Within::Country(country)),
            Entry::French { .. } | Entry::Foreign { .. } => None,
        })
        .take(8)
        .collect()
}

/// Returns the number of a French postcode.
fn postcode(word: &str) -> Option<u32> {
    (word.len() == 5 && word.bytes().all(|byte| byte.is_ascii_digit())).then(|| word.parse().ok()).flatten()
}
