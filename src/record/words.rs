//! What a person typed in their own words.

use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

/// The longest text that is sealed in one piece, in characters: it fits the largest padded size in any script.
pub const LONGEST_WORDS: usize = 2_000;
/// The longest text that is held while it waits for its turn, in characters: two messages of Telegram.
const LONGEST_HELD: usize = 8_192;

/// Words that a person typed. Overwritten in memory when they are dropped.
///
/// # Privacy
/// They live in memory while their turn lasts, and otherwise only inside a sealed token.
#[derive(Clone, PartialEq, Eq)]
pub struct Words(Zeroizing<String>);

impl Words {
    /// Takes what was typed.
    #[must_use]
    pub fn new(text: String) -> Self {
        Self(Zeroizing::new(text))
    }

    /// Returns the words.
    #[must_use]
    pub fn as_str(&self) -> &str {
        self.0.as_str()
    }

    /// Adds what was typed next, on a line of its own; what is far too much is left out.
    pub fn add(&mut self, next: &Self) {
        let room = LONGEST_HELD.saturating_sub(self.0.chars().count());
        if room == 0 {
            return;
        }
        // The old buffer must not stay behind with the words in it.
        let mut joined = Zeroizing::new(String::with_capacity(self.0.len() + next.0.len() + 1));
        joined.push_str(&self.0);
        joined.push('\n');
        joined.extend(next.0.chars().take(room));
        self.0 = joined;
    }

    /// Returns the words without white space around them, cut to what is sealed in one piece, and whether
    /// something was cut.
    #[must_use]
    pub fn cut(&self) -> (Self, bool) {
        let text = self.0.trim();
        let kept: String = text.chars().take(LONGEST_WORDS).collect();
        let cut = kept.len() < text.len();
        (Self::new(kept), cut)
    }
}

impl Serialize for Words {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for Words {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer).map(Self::new)
    }
}

redacted!(Words);
