//! Identifiers: small, closed types for what is named by a code or a number.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// An identifier that does not have the shape it must have.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum MalformedId {
    /// Not a two-letter country code.
    #[error("expected a two-letter country code such as \"FR\"")]
    Country,
    /// Not a code of a French département.
    #[error("expected a département such as \"13\", \"2A\" or \"974\"")]
    Department,
    /// Not an INSEE code of a commune.
    #[error("expected the INSEE code of a commune such as \"13055\" or \"2A004\"")]
    Commune,
    /// Not the slug of an association.
    #[error("expected a slug of a-z, 0-9 and \"-\", 2 to 48 characters")]
    Association,
    /// Not the 12 digits of a code.
    #[error("expected 12 digits")]
    Code,
    /// Not a handoff id.
    #[error("expected 32 hexadecimal digits")]
    Handoff,
}

/// Derives serde through `Display` and `FromStr`.
macro_rules! serde_as_text {
    ($name:ty) => {
        impl Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }
        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = String::deserialize(deserializer)?;
                text.parse().map_err(serde::de::Error::custom)
            }
        }
    };
}

/// An ISO 3166-1 alpha-2 country code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Country([u8; 2]);

impl Country {
    /// France.
    pub const FRANCE: Self = Self(*b"FR");
    /// A country that is none of those we list (ZZ is left to such uses by ISO 3166).
    pub const ELSEWHERE: Self = Self(*b"ZZ");

    /// Returns the code as a number under 676, for sealed state.
    #[must_use]
    pub fn number(self) -> u16 {
        let [a, b] = self.0;
        u16::from(a.saturating_sub(b'A')) * 26 + u16::from(b.saturating_sub(b'A'))
    }

    /// Returns the country with this number, if it is one.
    #[must_use]
    pub fn from_number(number: u16) -> Option<Self> {
        let letter = |value: u16| u8::try_from(value).ok().map(|v| b'A' + v);
        (number < 676).then_some(())?;
        Some(Self([letter(number / 26)?, letter(number % 26)?]))
    }

    /// Returns the two letters.
    #[must_use]
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or("??")
    }
}

impl fmt::Display for Country {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for Country {
    type Err = MalformedId;
    fn from_str(text: &str) -> Result<Self, MalformedId> {
        match text.as_bytes() {
            &[a, b] if a.is_ascii_uppercase() && b.is_ascii_uppercase() => Ok(Self([a, b])),
            _ => Err(MalformedId::Country),
        }
    }
}
serde_as_text!(Country);

/// A French département (or overseas collectivity) by its INSEE code.
///
/// Kept as a number: the code itself, with 2A as 200 and 2B as 201.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Department(u16);

impl Department {
    /// Returns the number that stands in sealed state, under 1,000.
    #[must_use]
    pub const fn number(self) -> u16 {
        self.0
    }

    /// Returns the département with this number, if the number can be one.
    #[must_use]
    pub const fn from_number(number: u16) -> Option<Self> {
        match number {
            1..=19 | 21..=95 | 200 | 201 | 971..=989 => Some(Self(number)),
            _ => None,
        }
    }

    /// Returns whether it lies overseas.
    #[must_use]
    pub const fn is_overseas(self) -> bool {
        self.0 >= 971
    }
}

impl fmt::Display for Department {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            200 => f.write_str("2A"),
            201 => f.write_str("2B"),
            number => write!(f, "{number:02}"),
        }
    }
}

impl FromStr for Department {
    type Err = MalformedId;
    fn from_str(text: &str) -> Result<Self, MalformedId> {
        let number = match text {
            "2A" => 200,
            "2B" => 201,
            digits => digits.parse().map_err(|_| MalformedId::Department)?,
        };
        // Only as it is written: neither "033" nor "+7", nor 200 for the south of Corsica.
        let written = Self::from_number(number).filter(|department| department.to_string() == text);
        written.ok_or(MalformedId::Department)
    }
}
serde_as_text!(Department);

/// A French commune, or an arrondissement of Paris, Lyon or Marseille, by its INSEE code.
///
/// Kept as a number under 2¹⁷: the five digits of the code, with 2A as 20 and 2B as 96, which no code uses.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Commune(u32);

impl Commune {
    /// How many bits the number of a commune has.
    pub const BITS: u32 = 17;

    /// Returns the number that stands in sealed state, under 99,000.
    #[must_use]
    pub const fn number(self) -> u32 {
        self.0
    }

    /// Returns the commune with this number, if the number can be one.
    ///
    /// Whether the code is in use, only the gazetteer knows.
    #[must_use]
    pub const fn from_number(number: u32) -> Option<Self> {
        match department_number(number) {
            Some(_) if !number.is_multiple_of(1_000) => Some(Self(number)),
            _ => None,
        }
    }

    /// Returns the département that the code begins with.
    #[must_use]
    pub const fn department(self) -> Department {
        match department_number(self.0) {
            Some(number) => Department(number),
            None => Department(0),
        }
    }
}

/// Returns the number of the département that a commune's number lies in, if there can be one.
const fn department_number(commune: u32) -> Option<u16> {
    let number = match commune / 1_000 {
        20 => 200,
        96 => 201,
        metropolitan @ (1..=19 | 21..=95) => metropolitan,
        97 | 98 => commune / 100,
        _ => return None,
    };
    #[expect(clippy::cast_possible_truncation, reason = "989 at most")]
    match number {
        970 | 980 => None,
        number => Some(number as u16),
    }
}

impl fmt::Display for Commune {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.0 / 1_000, self.0 % 1_000) {
            (20, rest) => write!(f, "2A{rest:03}"),
            (96, rest) => write!(f, "2B{rest:03}"),
            (first, rest) => write!(f, "{first:02}{rest:03}"),
        }
    }
}

impl FromStr for Commune {
    type Err = MalformedId;
    fn from_str(text: &str) -> Result<Self, MalformedId> {
        let (first, rest) = text.split_at_checked(2).ok_or(MalformedId::Commune)?;
        if rest.len() != 3 || !rest.bytes().all(|b| b.is_ascii_digit()) {
            return Err(MalformedId::Commune);
        }
        let first = match first {
            "2A" => 20,
            "2B" => 96,
            "20" | "96" => return Err(MalformedId::Commune),
            digits if digits.bytes().all(|b| b.is_ascii_digit()) => {
                digits.parse().map_err(|_| MalformedId::Commune)?
            }
            _ => return Err(MalformedId::Commune),
        };
        let rest: u32 = rest.parse().map_err(|_| MalformedId::Commune)?;
        Self::from_number(first * 1_000 + rest).ok_or(MalformedId::Commune)
    }
}
serde_as_text!(Commune);

/// The stable slug of an association in the directory.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct AssociationId(String);

impl AssociationId {
    /// Returns the slug.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for AssociationId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl FromStr for AssociationId {
    type Err = MalformedId;
    fn from_str(text: &str) -> Result<Self, MalformedId> {
        let allowed = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-';
        let shape = (2..=48).contains(&text.len()) && text.bytes().all(allowed);
        shape.then(|| Self(text.to_owned())).ok_or(MalformedId::Association)
    }
}
serde_as_text!(AssociationId);

/// The random number of one conversation, 40 bits.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Nonce(u64);

impl Nonce {
    /// How many bits a nonce has.
    pub const BITS: u32 = 40;

    /// Takes the low 40 bits of a random number.
    #[must_use]
    pub const fn new(random: u64) -> Self {
        Self(random & ((1 << Self::BITS) - 1))
    }

    /// Returns the 40 bits.
    #[must_use]
    pub const fn get(self) -> u64 {
        self.0
    }
}

impl fmt::Debug for Nonce {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Nonce(…)")
    }
}

/// The 12 digits by which a person finds their request again.
///
/// # Privacy
/// Whoever has the code has the request; `Debug` hides it.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Code(u64);

impl Code {
    /// One more than the largest code.
    pub const LIMIT: u64 = 1_000_000_000_000;

    /// Returns the code with this number, if it has 12 digits at most.
    #[must_use]
    pub const fn from_number(number: u64) -> Option<Self> {
        if number < Self::LIMIT { Some(Self(number)) } else { None }
    }

    /// Reduces any number to a code.
    #[must_use]
    pub const fn reduce(number: u64) -> Self {
        Self(number % Self::LIMIT)
    }

    /// Returns the code as a number under 10¹².
    #[must_use]
    pub const fn number(self) -> u64 {
        self.0
    }

    /// Returns the digits in groups of four, as a person copies them.
    #[must_use]
    pub fn grouped(self) -> String {
        let (high, low) = (self.0 / 100_000_000, self.0 % 100_000_000);
        format!("{high:04}-{:04}-{:04}", low / 10_000, low % 10_000)
    }

    /// Returns the 12 digits.
    #[must_use]
    pub fn digits(self) -> String {
        format!("{:012}", self.0)
    }
}

impl fmt::Debug for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Code(…)")
    }
}

/// The id of a handoff: 16 bytes that only its code and the server's key can produce.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct HandoffId([u8; 16]);

impl HandoffId {
    /// Wraps the 16 bytes.
    #[must_use]
    pub const fn new(bytes: [u8; 16]) -> Self {
        Self(bytes)
    }

    /// Returns the 16 bytes.
    #[must_use]
    pub const fn as_bytes(&self) -> &[u8; 16] {
        &self.0
    }
}

impl fmt::Display for HandoffId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl FromStr for HandoffId {
    type Err = MalformedId;
    fn from_str(text: &str) -> Result<Self, MalformedId> {
        if text.len() != 32 || !text.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return Err(MalformedId::Handoff);
        }
        let mut bytes = [0; 16];
        for (slot, pair) in bytes.iter_mut().zip(text.as_bytes().chunks_exact(2)) {
            let pair = std::str::from_utf8(pair).map_err(|_| MalformedId::Handoff)?;
            *slot = u8::from_str_radix(pair, 16).map_err(|_| MalformedId::Handoff)?;
        }
        Ok(Self(bytes))
    }
}
serde_as_text!(HandoffId);

/// The Telegram chat of a person or of a volunteers' group.
///
/// # Privacy
/// Names a person; neither `Debug` nor `Display` shows it, and it is never stored in clear.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ChatId(pub i64);

impl fmt::Debug for ChatId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ChatId(…)")
    }
}
