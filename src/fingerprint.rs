//! Texts as words that two people can compare on the phone, or that one types from a paper.

use sha2::{Digest as _, Sha256};

/// 256 clear words of French, one a line: a word stands for a byte.
const WORDS: &str = include_str!("../web/desk/words.txt");
/// How many words name the keys of a device: 64 bits, compared by two people who speak with each other.
pub const DEVICE_WORDS: usize = 8;
/// How many words name whom a device believes: 96 bits, for whoever could make keys to fit them has all the time.
pub const SERVICE_WORDS: usize = 12;

/// Returns the first `count` bytes of a text's SHA-256, each as the word with that number.
#[must_use]
pub fn words(text: &str, count: usize) -> String {
    let words: Vec<&str> = WORDS.lines().collect();
    let digest = Sha256::digest(text);
    let word = |byte: &u8| words.get(usize::from(*byte)).copied().unwrap_or_default();
    digest.iter().take(count).map(word).collect::<Vec<_>>().join("-")
}

/// Returns words as they are compared: small letters without accents, one hyphen between two, whatever stood there.
///
/// People type them from paper: with capitals, spaces or line breaks.
#[must_use]
pub fn typed(words: &str) -> String {
    let plain = any_ascii::any_ascii(words).to_lowercase();
    let parts: Vec<&str> =
        plain.split(|c: char| !c.is_ascii_alphanumeric()).filter(|part| !part.is_empty()).collect();
    parts.join("-")
}
