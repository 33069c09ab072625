//! Spellings within one or two typing errors of a word, found by walking the index once.

use fst::Automaton;

use super::gazetteer::CROWDED;

/// The most errors that can be asked for.
const MOST: usize = 2;
/// How many neighbouring columns of the table of distances can still lead to a match.
const BAND: usize = 2 * MOST + 1;
/// More than any distance that is asked for.
const FAR: u8 = 9;

/// Accepts every spelling within some typing errors of a word.
///
/// An error is a letter too many, one missing, another letter, or two letters that changed places (the
/// restricted Damerau-Levenshtein distance), counted in characters of any script.
///
/// The walk stays short because it takes one error at most in the first letters, and leaves at once where a
/// spelling is written in another script than the word, or is no name at all.
pub(super) struct Typo {
    word: Vec<char>,
    most: u8,
    /// The bytes that begin a character of the word, as a set of the upper half of all bytes.
    leads: u128,
    /// Whether the word has digits.
    counted: bool,
}

/// How many letters at the start of a word may hold one error at most.
const STEADY: usize = 4;

/// Where the walk stands: the band of distances around the diagonal.
#[derive(Clone, Copy)]
pub(super) struct Walk {
    depth: usize,
    band: [u8; BAND],
    band_before: [u8; BAND],
    letter: char,
    /// A character whose bytes are not all there: its bits so far and the bytes that are missing.
    partial: (u32, u8),
}

impl Typo {
    pub(super) fn new(word: &str, most: u8) -> Self {
        let leads = word.bytes().filter(|byte| *byte >= 0xc0).fold(0, |set, byte| set | 1 << (byte & 0x7f));
        let counted = word.bytes().any(|byte| byte.is_ascii_digit());
        Self { word: word.chars().collect(), most, leads, counted }
    }

    /// Returns how far the spelling walked so far is from the word, if it is near enough.
    pub(super) fn distance(&self, walk: &Walk) -> Option<u8> {
        let column = (self.word.len() + MOST).checked_sub(walk.depth)?;
        let distance = *walk.band.get(column)?;
        (walk.partial.1 == 0 && distance <= self.most).then_some(distance)
    }

    fn letter_at(&self, column: usize) -> Option<char> {
        column.checked_sub(1).and_then(|index| self.word.get(index)).copied()
    }

    fn step(&self, walk: &Walk, letter: char) -> Walk {
        let depth = walk.depth + 1;
        let mut band = [FAR; BAND];
        let mut left = FAR;
        for (offset, slot) in band.iter_mut().enumerate() {
            let Some(column) = (depth + offset).checked_sub(MOST) else { continue };
            if column > self.word.len() {
                break;
            }
            let at = |band: &[u8; BAND], index: usize| band.get(index).copied().unwrap_or(FAR);
            let here = self.letter_at(column);
            let mut least = at(&walk.band, offset + 1).min(left).saturating_add(1);
            if column > 0 {
                least = least.min(at(&walk.band, offset) + u8::from(here != Some(letter)));
            }
            if column > 1 && here == Some(walk.letter) && self.letter_at(column - 1) == Some(letter) {
                least = least.min(at(&walk.band_before, offset) + 1);
            }
            left = least.min(FAR);
            *slot = left;
        }
        Walk { depth, band, band_before: walk.band, letter, partial: (0, 0) }
    }
}

impl Automaton for Typo {
    type State = Walk;

    fn start(&self) -> Walk {
        let mut band = [FAR; BAND];
        for (slot, distance) in band.iter_mut().skip(MOST).zip(0..) {
            *slot = distance;
        }
        Walk { depth: 0, band, band_before: [FAR; BAND], letter: '\0', partial: (0, 0) }
    }

    fn is_match(&self, walk: &Walk) -> bool {
        self.distance(walk).is_some()
    }

    fn can_match(&self, walk: &Walk) -> bool {
        let most = if walk.depth <= STEADY { self.most.min(1) } else { self.most };
        walk.band.iter().any(|distance| *distance <= most)
    }

    fn accept(&self, walk: &Walk, byte: u8) -> Walk {
        let elsewhere = match byte {
            b'a'..=b'z' => self.leads != 0,
            b'0'..=b'9' => !self.counted,
            b'~' => walk.depth > 0 || self.letter_at(1) != Some('~'),
            CROWDED => true,
            0xc0..=0xff => self.leads & 1 << (byte & 0x7f) == 0,
            _ => false,
        };
        let elsewhere = elsewhere || walk.depth == 0 && byte != b'~' && self.letter_at(1) == Some('~');
        if elsewhere {
            return Walk { band: [FAR; BAND], ..*walk };
        }
        let partial = match (byte, walk.partial) {
            (0x00..=0x7f, _) => (u32::from(byte), 0),
            (0x80..=0xbf, (bits, missing)) => (bits << 6 | u32::from(byte & 0x3f), missing.saturating_sub(1)),
            (0xc0..=0xdf, _) => (u32::from(byte & 0x1f), 1),
            (0xe0..=0xef, _) => (u32::from(byte & 0x0f), 2),
            (0xf0..=0xff, _) => (u32::from(byte & 0x07), 3),
        };
        if partial.1 > 0 {
            return Walk { partial, ..*walk };
        }
        self.step(walk, char::from_u32(partial.0).unwrap_or(char::REPLACEMENT_CHARACTER))
    }
}
