//! A key's fingerprint as words that two people can compare on the phone.

use std::fmt;

use sha2::{Digest as _, Sha256};

/// 256 clear words of French, one a line.
const WORDS: &str = include_str!("../../web/desk/words.txt");
/// How many words a fingerprint has: one for each of the first bytes of the hash.
const LENGTH: usize = 8;

/// Returns eight words that stand for a public key as it is written: an age recipient, or a server's key in base64.
/// Each is a byte of the SHA-256 of its text, taken as the number of a word.
#[must_use]
pub fn fingerprint(key: &impl fmt::Display) -> String {
    let words: Vec<&str> = WORDS.lines().collect();
    let digest = Sha256::digest(key.to_string());
    let word = |byte: &u8| words.get(usize::from(*byte)).copied().unwrap_or_default();
    digest.iter().take(LENGTH).map(word).collect::<Vec<_>>().join("-")
}
