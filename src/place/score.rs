//! How likely a place is meant: more is better, and errors cost.

use super::fold::fold;
use super::gazetteer::{How, Size};

/// What a place scores; more is better. One unit stands for a population ten times as large.
pub(super) type Score = f32;

/// How much a French place is preferred to a foreign one that fits as well: as much as thirty times the people.
const FRENCH: Score = 1.5;
/// How much a place of Europe is preferred to one outside that fits as well.
const FAR: Score = 1.5;
/// How alike a name that sounds like a text must look (Jaro and Winkler's measure).
const ALIKE: f64 = 0.75;

/// How much less a name fits with so many errors.
pub(super) fn penalty(errors: u8) -> Score {
    [0.5, 4.5, 6.2].get(usize::from(errors)).copied().unwrap_or(8.0)
}

/// Returns how likely a place is before anything is known but that it fits.
pub(super) fn weight(size: Size) -> Score {
    match size {
        Size::French(population) => tens(population) + FRENCH,
        Size::Foreign(population) => tens(population),
        Size::Far(population) => tens(population) - FAR,
        // As a town of 100,000 and one of eight million: people name towns more often.
        Size::Department => 5.0 + FRENCH,
        Size::Country => 6.9,
    }
}

fn tens(population: u32) -> Score {
    #[expect(clippy::cast_precision_loss, reason = "only the size of the number matters")]
    let people = population as Score;
    (people + 10.0).log10()
}

/// Returns how much less a spelling that is not the name of today says.
pub(super) const fn loss(how: How) -> Score {
    match how {
        How::Name | How::Postcode => 0.0,
        How::OtherName => 0.3,
        How::Loosely => 1.0,
    }
}

/// Returns whether a folded text looks like the name of a town that it sounds like: two or three consonants in
/// common are not enough.
pub(super) fn looks_alike(folded: &str, town: &str) -> bool {
    strsim::jaro_winkler(folded, &fold(town)) >= ALIKE
}
