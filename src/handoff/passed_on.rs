//! What was passed on: the server's two lines as they were, then who did it, and that device's signature.

use std::fmt;

use age::x25519;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use super::{Encrypted, OpenedToken, SealFault, encrypt, padded};
use crate::device::{DeviceKey, PublicKey, Statement};
use crate::ids::AssociationId;
use crate::record::Record;

/// The third line of a token that was passed on: what whoever passed it on says, which nobody has signed.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PassedOn {
    /// The association that passed it on.
    pub by: AssociationId,
    /// The association it was passed on to.
    pub to: AssociationId,
    /// When.
    pub at: DateTime<Utc>,
    /// What they say about it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

impl fmt::Debug for PassedOn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PassedOn").finish_non_exhaustive()
    }
}

/// The third line of the plaintext, where there is one.
#[derive(Serialize, Deserialize)]
pub(super) struct PassedLine {
    pub(super) passed_on: PassedOn,
    /// Whom it was sealed to this time.
    pub(super) recipients: Vec<String>,
}

/// The fourth line of the plaintext, where there is one: which device passed it on.
#[derive(Serialize, Deserialize)]
struct Attestation {
    device: String,
    /// base64 of its Ed25519 signature over the first three lines.
    signature: String,
}

/// A fourth line, with the lines that it stands for.
pub(super) struct Attested {
    by: Attestation,
    lines: Zeroizing<String>,
}

impl Attested {
    /// Reads what follows the third line; nothing where no signature of a device stands there.
    pub(super) fn read(signed: &str, third: &str, rest: &str) -> Option<Self> {
        let by = serde_json::from_str(rest.lines().next()?.trim()).ok()?;
        Some(Self { by, lines: Zeroizing::new(format!("{signed}{third}\n")) })
    }
}

impl OpenedToken {
    /// Returns the device that says it passed this on.
    #[must_use]
    pub fn passed_on_device(&self) -> Option<&str> {
        self.attested.as_ref().map(|attested| attested.by.device.as_str())
    }

    /// Returns whether this device passed it on with exactly these words.
    #[must_use]
    pub fn was_passed_on_by(&self, key: &PublicKey) -> bool {
        self.attested.as_ref().is_some_and(|attested| {
            key.has_signed(&Statement::PassedOn { lines: &attested.lines }, &attested.by.signature)
        })
    }
}

/// Seals an opened token to others: the record and the server's signature stay as they are, a third line says
/// who passed it on.
///
/// # Errors
/// Returns why it cannot be sealed.
pub fn pass_on(
    token: &OpenedToken,
    passed_on: PassedOn,
    recipients: &[x25519::Recipient],
    by: &DeviceKey,
) -> Result<Encrypted<Record>, SealFault> {
    let names = recipients.iter().map(ToString::to_string).collect();
    let line = PassedLine { passed_on, recipients: names };
    let line = serde_json::to_string(&line).map_err(|_| SealFault::TooLong)?;
    let lines = Zeroizing::new([token.signed.trim_end_matches('\n'), "\n", &line, "\n"].concat());
    let signature = by.sign(&Statement::PassedOn { lines: &lines });
    let attested = Attestation { device: by.recipient().to_string(), signature };
    let attested = serde_json::to_string(&attested).map_err(|_| SealFault::TooLong)?;
    encrypt(&padded(&[&lines, &attested, "\n"])?, recipients)
}
