//! The languages Relais speaks, as a closed table.
//!
//! The number of a locale stands in sealed state and is never reused. Names are given in the language's own
//! script: a person who reads nothing else must still find their language.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// The direction in which a script runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// Left to right.
    Ltr,
    /// Right to left.
    Rtl,
}

/// What is known of a locale.
struct Entry {
    number: u8,
    tag: &'static str,
    native: &'static str,
    direction: Direction,
    /// `language_code` values of Telegram clients that mean this locale.
    telegram: &'static [&'static str],
}

/// All locales, in the order in which they are offered.
const TABLE: &[Entry] = &[
    Entry { number: 1, tag: "fr", native: "français", direction: Direction::Ltr, telegram: &["fr"] },
    Entry { number: 2, tag: "en", native: "English", direction: Direction::Ltr, telegram: &["en"] },
    Entry { number: 3, tag: "ar", native: "العربية", direction: Direction::Rtl, telegram: &["ar"] },
];

/// A language that Relais speaks.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Locale(u8);

/// A language tag that Relais does not know.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a locale that Relais has")]
pub struct UnknownLocale;

impl Locale {
    /// French, one of the two source languages.
    pub const FRENCH: Self = Self(1);
    /// English, the other source language and the fallback for a missing message.
    pub const ENGLISH: Self = Self(2);
    /// Arabic.
    pub const ARABIC: Self = Self(3);

    /// Returns every locale, in the order in which they are offered.
    pub fn all() -> impl Iterator<Item = Self> {
        TABLE.iter().map(|entry| Self(entry.number))
    }

    /// Returns the locale with this number, if there is one.
    #[must_use]
    pub fn from_number(number: u8) -> Option<Self> {
        Self::all().find(|locale| locale.0 == number)
    }

    /// Returns the number that stands in sealed state, under 128.
    #[must_use]
    pub const fn number(self) -> u8 {
        self.0
    }

    fn entry(self) -> Option<&'static Entry> {
        TABLE.iter().find(|entry| entry.number == self.0)
    }

    /// Returns the BCP 47 tag, which is also the name of the locale's folder.
    #[must_use]
    pub fn tag(self) -> &'static str {
        self.entry().map_or("en", |entry| entry.tag)
    }

    /// Returns the language's name in its own script.
    #[must_use]
    pub fn native(self) -> &'static str {
        self.entry().map_or("", |entry| entry.native)
    }

    /// Returns the direction of the script.
    #[must_use]
    pub fn direction(self) -> Direction {
        self.entry().map_or(Direction::Ltr, |entry| entry.direction)
    }

    /// Returns the `language_code` values of Telegram that mean this locale.
    #[must_use]
    pub fn telegram_codes(self) -> &'static [&'static str] {
        self.entry().map_or(&[], |entry| entry.telegram)
    }
}

impl fmt::Display for Locale {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.tag())
    }
}

impl fmt::Debug for Locale {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Locale({})", self.tag())
    }
}

impl FromStr for Locale {
    type Err = UnknownLocale;
    fn from_str(tag: &str) -> Result<Self, UnknownLocale> {
        TABLE.iter().find(|entry| entry.tag == tag).map(|entry| Self(entry.number)).ok_or(UnknownLocale)
    }
}

impl Serialize for Locale {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.tag())
    }
}

impl<'de> Deserialize<'de> for Locale {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}
