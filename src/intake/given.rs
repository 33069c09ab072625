//! What a person typed or shared, read only as far as the present question asks.

use super::Hand;
use crate::conversation::{Awaited, Conversation, Event, Places};
use crate::ids::Code;
use crate::place::{self, Spot};
use crate::record::Words;
use crate::terms::Place;

/// Something that a person put into the chat beside a tap or a command.
#[derive(Clone, PartialEq, Eq)]
pub enum Given {
    /// Words.
    Words(Words),
    /// A position, reduced at once to the département or the country; nothing where it lies in none.
    Position(Option<Place>),
    /// Anything else.
    Other,
}

/// More than what is shown is looked for: several places abroad are one country.
const LOOKED_FOR: usize = 3 * Places::MOST;
/// The longest label of a button, in characters (design).
const LABEL: usize = 32;
/// The digits zero of every script that writes numbers with ten digits in a row (Unicode 16, category Nd).
const ZEROS: [u32; 75] = [
    0x30, 0x660, 0x6f0, 0x7c0, 0x966, 0x9e6, 0xa66, 0xae6, 0xb66, 0xbe6, 0xc66, 0xce6, 0xd66, 0xde6, 0xe50,
    0xed0, 0xf20, 0x1040, 0x1090, 0x17e0, 0x1810, 0x1946, 0x19d0, 0x1a80, 0x1a90, 0x1b50, 0x1bb0, 0x1c40,
    0x1c50, 0xa620, 0xa8d0, 0xa900, 0xa9d0, 0xa9f0, 0xaa50, 0xabf0, 0xff10, 0x104a0, 0x10d30, 0x10d40,
    0x11066, 0x110f0, 0x11136, 0x111d0, 0x112f0, 0x11450, 0x114d0, 0x11650, 0x116c0, 0x116d0, 0x116da,
    0x11730, 0x118e0, 0x11950, 0x11bf0, 0x11c50, 0x11d50, 0x11da0, 0x11f50, 0x16a60, 0x16ac0, 0x16b50,
    0x16d70, 0x1ccf0, 0x1d7ce, 0x1d7d8, 0x1d7e2, 0x1d7ec, 0x1d7f6, 0x1e140, 0x1e2f0, 0x1e4f0, 0x1e5f1,
    0x1e950, 0x1fbf0,
];

/// Reads what was given as what the conversation waits for.
pub(super) fn read(conversation: Conversation, given: Given, deleted: bool) -> (Event, Hand) {
    let mut hand = Hand { left: !deleted, ..Hand::default() };
    let event = match (conversation.awaits(), given) {
        (Some(Awaited::Place), Given::Words(words)) => {
            hand.found = places(&words);
            Event::PlaceGiven(Places::of(hand.found.iter().map(|(place, _)| *place)))
        }
        (Some(Awaited::Place), Given::Position(place)) => {
            hand.found = place.and_then(named).into_iter().collect();
            Event::PlaceGiven(Places::of(hand.found.iter().map(|(place, _)| *place)))
        }
        (Some(Awaited::Code), Given::Words(words)) => Event::CodeGiven(typed_code(&words)),
        (Some(Awaited::Words), Given::Words(words)) => {
            hand.words = Some(words);
            Event::WordsGiven
        }
        (Some(Awaited::Place | Awaited::Code | Awaited::Words) | None, _) => Event::Typed { deleted },
    };
    (event, hand)
}

/// What a typed name may mean, best first, with the names that tell places apart.
fn places(words: &Words) -> Vec<(Place, String)> {
    let mut found: Vec<(Place, String)> = Vec::new();
    for one in place::search(words.as_str(), LOOKED_FOR) {
        let place = match one.spot {
            Spot::Commune(commune) => Place::Commune(commune),
            Spot::Department(department) => Place::Department(department),
            Spot::Abroad { country, .. } | Spot::Country(country)
                if country != crate::ids::Country::FRANCE =>
            {
                Place::Abroad(country)
            }
            Spot::Abroad { .. } | Spot::Country(_) => continue,
        };
        if found.len() < Places::MOST && found.iter().all(|(known, _)| *known != place) {
            let where_to = one.department().map_or(one.country().to_string(), |code| code.to_string());
            found.push((place, label(one.name, &where_to)));
        }
    }
    found
}

/// Returns a place with the name that tells it from others, where it has one.
pub(super) fn named(place: Place) -> Option<(Place, String)> {
    place_label(place).map(|name| (place, name))
}

/// Returns the name of a place with the code that tells it from others of the same name, as a button shows it.
#[must_use]
pub fn place_label(place: Place) -> Option<String> {
    Some(match place {
        Place::Department(department) => {
            label(place::name(department).unwrap_or_default(), &department.to_string())
        }
        Place::Commune(commune) => {
            let name = place::commune(commune).map(|town| town.name).unwrap_or_default();
            label(name, &commune.department().to_string())
        }
        Place::Abroad(country) => country.to_string(),
        Place::Unsaid | Place::Area(_) => return None,
    })
}

/// Joins a name with the code that tells it from others of the same name. A long name is cut: the code is not.
fn label(name: &str, code: &str) -> String {
    let room = LABEL.saturating_sub(code.chars().count() + 3);
    if name.chars().count() <= room {
        return format!("{name} ({code})");
    }
    let start: String = name.chars().take(room.saturating_sub(1)).collect();
    format!("{}… ({code})", start.trim_end())
}

/// Reads a code in any grouping and the digits of any script, if there are exactly twelve.
#[must_use]
pub fn typed_code(words: &Words) -> Option<Code> {
    let mut digits = words.as_str().chars().filter_map(digit);
    let mut number = 0;
    for _ in 0..12 {
        number = number * 10 + u64::from(digits.next()?);
    }
    if digits.next().is_some() { None } else { Code::from_number(number) }
}

fn digit(character: char) -> Option<u32> {
    ZEROS.iter().find_map(|&zero| {
        let value = u32::from(character).checked_sub(zero)?;
        (value < 10).then_some(value)
    })
}

redacted!(Given);

#[cfg(test)]
mod tests {
    use super::*;

    fn read_code(text: &str) -> Option<u64> {
        typed_code(&Words::new(text.to_owned())).map(Code::number)
    }

    #[test]
    fn a_code_is_read_in_any_grouping_and_script() {
        let same = [
            "012345678901",
            "0123-4567-8901",
            " 0123 4567 8901 ",
            "01 23 45 67 89 01",
            "my code: 0123.4567.8901",
            "\u{2068}0123-4567-8901\u{2069}",
            "٠١٢٣٤٥٦٧٨٩٠١",
            "۰۱۲۳ ۴۵۶۷ ۸۹۰۱",
            "०१२३-४५६७-८९०१",
            "০১২৩৪৫৬৭৮৯০১",
            "012345678901",
        ];
        for text in same {
            assert_eq!(read_code(text), Some(12_345_678_901), "{text}");
        }
    }

    #[test]
    fn what_has_not_twelve_digits_is_no_code() {
        for text in ["", "hello", "01234567890", "0123456789012", "𝟎𝟏𝟐", "①②③④⑤⑥⑦⑧⑨①②③"]
        {
            assert_eq!(read_code(text), None, "{text}");
        }
    }

    #[test]
    fn a_code_is_read_in_the_digits_of_every_script() {
        for zero in ZEROS {
            let digit = |value: u32| char::from_u32(zero + value).unwrap();
            assert!((0..10).all(|value| digit(value).is_numeric()), "{zero:x}");
            let text: String = "012345678901".chars().map(|c| digit(c.to_digit(10).unwrap())).collect();
            assert_eq!(read_code(&text), Some(12_345_678_901), "{text}");
        }
    }
}
