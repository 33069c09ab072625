//! What else belongs to a request: what the person added, and what the association wrote down.

use std::fmt;

use chrono::{DateTime, Utc};
use chrono_tz::Europe::Paris;
use serde::Deserialize;
use serde_json::Value;
use zeroize::Zeroizing;

use super::client::ShownToken;
use super::slots::Args;
use crate::device::{DeviceKey, PublicKey, Statement};
use crate::directory::ServiceName;
use crate::handoff::{OpenFault, OpenedToken};
use crate::ids::{AssociationId, HandoffId};
use crate::phrase::{Phrase, PhraseId};

/// A piece of a request beside its first token.
pub struct Paper {
    /// What it is, as the server calls it.
    pub kind: String,
    /// What became of it, where it is a reply.
    pub delivery: Option<String>,
    /// What stands in it.
    pub content: Content,
}

/// What stands in a piece.
pub enum Content {
    /// The person said it: the server's signature fits.
    Said(Box<OpenedToken>),
    /// It is not as the server signed it, and so it is not shown.
    Refused(OpenFault),
    /// A colleague wrote it, as they say themselves: nobody has signed it.
    Own(Own),
}

/// Whether it is proved which device wrote something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Proof {
    /// A device of the signed list signed it.
    Proved,
    /// Nobody signed it, or a device that has no key in the signed list: whoever could seal it may have written it.
    NotProved,
}

/// What a colleague wrote.
pub struct Own {
    /// Whether that is proved.
    pub proof: Proof,
    /// When and by whom, and whatever else stands in it.
    pub fields: Value,
    /// The phrase, where it is one.
    pub phrase: Option<Phrase>,
}

impl fmt::Debug for Paper {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Paper").field("kind", &self.kind).finish_non_exhaustive()
    }
}

impl Paper {
    /// Returns whether the person's own words stand in such a piece, under the server's signature.
    pub(super) fn is_signed(kind: &str) -> bool {
        matches!(kind, "addition" | "message" | "withdrawal")
    }

    pub(super) fn of(token: &ShownToken, content: Content) -> Self {
        Self { kind: token.kind.clone(), delivery: token.delivery.clone(), content }
    }
}

impl Content {
    /// Reads what a colleague wrote: its first line.
    pub(super) fn own(line: &str, proof: Proof) -> Self {
        #[derive(Deserialize)]
        struct Said {
            at: DateTime<Utc>,
            phrase: String,
            #[serde(default)]
            args: Args,
        }
        let text = line;
        let fields = serde_json::from_str(text).unwrap_or_else(|_| Value::String(text.to_owned()));
        let phrase = serde_json::from_str(text).ok().and_then(|written: Said| {
            // Tomorrow is the day after it was written.
            let day = written.at.with_timezone(&Paris).date_naive();
            written.args.phrase(PhraseId::from_key(&written.phrase)?, day)
        });
        Self::Own(Own { proof, fields, phrase })
    }
}

/// The second line of what is written down: who wrote it.
#[derive(Deserialize, serde::Serialize)]
struct Attestation {
    device: String,
    signature: String,
}

/// What was decrypted of what is written down.
pub(super) struct Written<'a> {
    line: &'a str,
    by: Option<Attestation>,
}

impl<'a> Written<'a> {
    pub(super) fn read(plaintext: &'a str) -> Self {
        let (line, rest) = plaintext.split_once('\n').unwrap_or((plaintext, ""));
        Self { line: line.trim_end(), by: serde_json::from_str(rest.trim_end()).ok() }
    }

    pub(super) const fn line(&self) -> &'a str {
        self.line
    }

    /// Returns the device that it says it is by.
    pub(super) fn device(&self) -> Option<&str> {
        self.by.as_ref().map(|by| by.device.as_str())
    }

    /// Returns whether it is proved who wrote it; nothing where the signature of a known device does not fit.
    pub(super) fn proof(
        &self,
        key: Option<PublicKey>,
        service: &ServiceName,
        association: &AssociationId,
        handoff: HandoffId,
    ) -> Option<Proof> {
        let (Some(key), Some(by)) = (key, &self.by) else { return Some(Proof::NotProved) };
        let statement = Statement::Paper { service: service.as_str(), association, handoff, line: self.line };
        key.has_signed(&statement, &by.signature).then_some(Proof::Proved)
    }
}

/// Returns what is sealed of something that is written down: its line, and who signed it.
pub(super) fn signed(
    line: &str,
    key: &DeviceKey,
    service: &ServiceName,
    association: &AssociationId,
    handoff: HandoffId,
) -> Zeroizing<String> {
    let statement = Statement::Paper { service: service.as_str(), association, handoff, line };
    let by = Attestation { device: key.recipient().to_string(), signature: key.sign(&statement) };
    // Two texts: serde_json writes them always.
    let by = serde_json::to_string(&by).unwrap_or_default();
    Zeroizing::new(format!("{line}\n{by}\n"))
}
