//! A message to a person while it waits on the server: sealed to the server's own recipient.

use std::fmt;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use super::{ReturnAddress, SealFault, decrypt, encrypt, padded};
use crate::ids::HandoffId;
use crate::phrase::Phrase;
use crate::record::to_json;
use crate::sealing::KeyRing;

/// What a volunteer says to a person.
#[derive(Clone, PartialEq, Eq)]
pub enum Said {
    /// A phrase of the phrasebook.
    Phrase(Phrase),
    /// Own words.
    Text(Zeroizing<String>),
}

impl fmt::Debug for Said {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Phrase(_) => "Phrase(…)",
            Self::Text(_) => "Text(…)",
        })
    }
}

/// A message and whom it is for.
#[derive(Debug)]
pub struct Outgoing {
    /// Whom it is for.
    pub to: ReturnAddress,
    /// What is said.
    pub said: Said,
}

/// The plaintext.
#[derive(Serialize, Deserialize)]
struct Line {
    v: u8,
    return_address: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    phrase: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    text: Option<Zeroizing<String>>,
}

impl Outgoing {
    /// Seals a message to the server itself, padded. The return address stays as sealed as it came.
    ///
    /// # Errors
    /// Returns why it cannot be sealed.
    pub fn seal(keys: &KeyRing, return_address: &str, said: &Said) -> Result<Vec<u8>, SealFault> {
        let (phrase, text) = match said {
            Said::Phrase(phrase) => (Some(phrase.bits().to_string()), None),
            Said::Text(text) => (None, Some(text.clone())),
        };
        let line = Line { v: 1, return_address: return_address.to_owned(), phrase, text };
        let line = to_json(&line).ok_or(SealFault::TooLong)?;
        encrypt::<Self>(&padded(&[&line, "\n"])?, &[keys.recipient()]).map(super::Encrypted::into_bytes)
    }

    /// Opens a message of this handoff; nothing where this server cannot, or where its return address has expired.
    #[must_use]
    pub fn open(keys: &KeyRing, handoff: HandoffId, sealed: &[u8], now: DateTime<Utc>) -> Option<Self> {
        Self::open_for(keys, handoff, (sealed, None), now)
    }

    /// Opens a message of this handoff, to the address that replaced the one in it, where one did; nothing where this server cannot, or where its return address has
    /// expired.
    #[must_use]
    pub fn open_for(
        keys: &KeyRing,
        handoff: HandoffId,
        (sealed, newest): (&[u8], Option<&str>),
        now: DateTime<Utc>,
    ) -> Option<Self> {
        let identities: Vec<_> = keys.identities().cloned().collect();
        let plaintext = decrypt(sealed, &identities).ok()?;
        let line: Line = serde_json::from_str(plaintext.trim_end()).ok()?;
        let to = ReturnAddress::open(keys, handoff, newest.unwrap_or(&line.return_address), now)?;
        let said = match (line.phrase, line.text) {
            (Some(bits), None) => Said::Phrase(Phrase::from_bits(bits.parse().ok()?)?),
            (None, Some(text)) => Said::Text(text),
            (Some(_), Some(_)) | (None, None) => return None,
        };
        Some(Self { to, said })
    }
}
