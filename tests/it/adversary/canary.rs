//! Words that must never be heard, in whatever form.

use std::fmt::Write as _;

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE};

/// What a person said, and what an association wrote down.
pub const WORDS: &str = "Zyxcanarywords, déjà dit";
pub const ADDED: &str = "Zyxcanaryadded, déjà dit";
pub const CLAIM: &str = "Zyxcanaryclaimant";
pub const NOTE: &str = "Zyxcanarynote, déjà dit";
pub const COPY: &str = "Zyxcanarycopy, déjà dit";
pub const PASSED: &str = "Zyxcanarypassed, déjà dit";

/// All of them.
pub const ALL: [&str; 6] = [WORDS, ADDED, CLAIM, NOTE, COPY, PASSED];

/// What is looked for: the forms of a secret, each under its name.
#[derive(Clone, Default)]
pub struct Needles(Vec<(String, Vec<u8>)>);

impl Needles {
    /// Of every word.
    pub fn of_words() -> Self {
        let mut needles = Self::default();
        for words in ALL {
            needles.add(words, words.as_bytes());
        }
        needles
    }

    /// Looks for these bytes as well.
    pub fn add(&mut self, name: &str, secret: &[u8]) {
        let mut form = |form: &str, bytes: Vec<u8>| self.0.push((format!("{name} in {form}"), bytes));
        form("clear", secret.to_vec());
        let hex = hex(secret);
        form("capital hex", hex.to_uppercase().into_bytes());
        form("hex", hex.into_bytes());
        for skip in 0..3 {
            // The middle of base64 is the same wherever the text begins in a group of three.
            let whole = &secret[skip..skip + (secret.len() - skip) / 3 * 3];
            form("base64", STANDARD.encode(whole).into_bytes());
            form("base64url", URL_SAFE.encode(whole).into_bytes());
        }
        let all = percent(secret);
        form("percent", all.to_lowercase().into_bytes());
        form("capital percent", all.into_bytes());
        form("an address", url::form_urlencoded::byte_serialize(secret).collect::<String>().into_bytes());
        if let Ok(text) = std::str::from_utf8(secret) {
            let sparing = text.replace(' ', "%20").replace('é', "%C3%A9").replace('à', "%C3%A0");
            form("a path", sparing.into_bytes());
            let escaped = text.replace('é', "\\u00e9").replace('à', "\\u00e0");
            form("escaped JSON", escaped.into_bytes());
        }
    }

    /// Returns what was found, if anything.
    pub fn found_in(&self, heard: &[u8]) -> Option<&str> {
        let holds = |needle: &&(String, Vec<u8>)| memchr::memmem::find(heard, &needle.1).is_some();
        self.0.iter().find(holds).map(|(name, _)| name.as_str())
    }

    /// Asserts that nothing was found.
    pub fn are_not_in(&self, heard: &[u8], when: &str) {
        let found = self.found_in(heard);
        assert!(found.is_none(), "{when}: {found:?} in {}", String::from_utf8_lossy(heard));
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

fn percent(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "%{byte:02X}");
        text
    })
}

#[test]
fn whatever_is_planted_is_found() {
    let needles = Needles::of_words();
    for words in ALL {
        let before = format!("{{\"answer\":\"{words}\"}}");
        for planted in [
            before.clone(),
            STANDARD.encode(&before),
            STANDARD.encode(&before[1..]),
            URL_SAFE.encode(&before[2..]),
            hex(words.as_bytes()),
            url::form_urlencoded::byte_serialize(before.as_bytes()).collect(),
            percent(words.as_bytes()),
        ] {
            assert!(needles.found_in(planted.as_bytes()).is_some(), "{planted}");
        }
    }
    assert_eq!(needles.found_in(b"nothing of theirs"), None);
}
