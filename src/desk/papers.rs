//! What else belongs to a request: what the person added, and what the association wrote down.

use std::fmt;

use age::x25519::Identity;
use chrono::{DateTime, Utc};
use chrono_tz::Europe::Paris;
use serde::Deserialize;
use serde_json::Value;
use zeroize::Zeroizing;

use super::client::ShownToken;
use super::slots::Args;
use crate::device::{DeviceKey, PublicKey, Statement};
use crate::directory::ServiceName;
use crate::handoff::{self, OpenFault, OpenedToken};
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

/// Where something that is written down belongs.
#[derive(Clone, Copy, Debug)]
pub struct Place<'a> {
    /// The name of the service.
    pub service: &'a ServiceName,
    /// The association that keeps it.
    pub association: &'a AssociationId,
    /// The request it belongs to.
    pub handoff: HandoffId,
    /// What the server calls it: `claim`, `note` or `reply`.
    pub kind: &'a str,
}

/// Reads what was decrypted of something that is written down: its first line, and whether it is proved who wrote it.
/// `key_of` returns what the signatures of a device are checked with.
///
/// # Errors
/// [`OpenFault::NotToken`] where it has another form, [`OpenFault::BadSignature`] where the signature of a device does not
/// fit, [`OpenFault::OtherRequest`] where it is of another kind than the server says: it is not shown.
pub fn read_paper<'a>(
    plaintext: &'a str,
    place: &Place<'_>,
    key_of: impl FnOnce(&str) -> Option<PublicKey>,
) -> Result<(&'a str, Proof), OpenFault> {
    #[derive(Deserialize)]
    struct Kind {
        kind: String,
    }
    let (line, rest) = plaintext.split_once('\n').unwrap_or((plaintext, ""));
    let said: Kind = serde_json::from_str(line).map_err(|_| OpenFault::NotToken)?;
    let Place { service, association, handoff, kind } = *place;
    let service = service.as_str();
    let proof = match rest.strip_suffix('\n').unwrap_or(rest) {
        "" => Proof::NotProved,
        by => {
            let by: Attestation = serde_json::from_str(by).map_err(|_| OpenFault::BadSignature)?;
            match key_of(&by.device) {
                None => Proof::NotProved,
                Some(key) => {
                    let statement = Statement::Paper { service, association, handoff, line };
                    let fits = key.has_signed(&statement, &by.signature);
                    if fits { Proof::Proved } else { return Err(OpenFault::BadSignature) }
                }
            }
        }
    };
    if said.kind == kind { Ok((line, proof)) } else { Err(OpenFault::OtherRequest) }
}

/// Opens a token that a server shows: one of these keys of a server must have signed it, and it must be what the server
/// says it is, a piece of that kind of that request.
///
/// # Errors
/// Returns why it is not shown.
pub fn open_shown(
    file: &[u8],
    identities: &[Identity],
    server_keys: &[String],
    (handoff, kind): (HandoffId, &str),
) -> Result<OpenedToken, OpenFault> {
    let opened = handoff::open(file, identities, None)?;
    if !server_keys.contains(&opened.signed_by()) {
        return Err(OpenFault::OtherServer);
    }
    let record = opened.record();
    let is_it = record.handoff == handoff && record.kind.code() == kind;
    if is_it { Ok(opened) } else { Err(OpenFault::OtherRequest) }
}

/// Returns whether it is proved who passed a token on; nothing where it was not passed on. `key_of` returns what the
/// signatures of a device of the association that did it are checked with.
///
/// # Errors
/// [`OpenFault::BadSignature`] where the signature of a device does not fit: it is not shown.
pub fn passed_on_proof(
    opened: &OpenedToken,
    key_of: impl FnOnce(&AssociationId, &str) -> Option<PublicKey>,
) -> Result<Option<Proof>, OpenFault> {
    let Some(passed_on) = opened.passed_on() else { return Ok(None) };
    match opened.passed_on_device().and_then(|device| key_of(&passed_on.by, device)) {
        None => Ok(Some(Proof::NotProved)),
        Some(key) if opened.was_passed_on_by(&key) => Ok(Some(Proof::Proved)),
        Some(_) => Err(OpenFault::BadSignature),
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
