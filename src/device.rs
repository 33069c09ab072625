//! A volunteer's device: its two keys, and the closed list of what it signs.
//!
//! A device holds one age identity. Its Ed25519 key is derived from it, so that one file and one set of words stand
//! for both. `docs/desk-api.md` is the contract; `tests/vectors/desk.json` holds its cases.

use std::fmt;
use std::str::FromStr;

use age::secrecy::ExposeSecret as _;
use age::x25519::{Identity, Recipient};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use ed25519_dalek::{Signature, Signer as _, SigningKey, VerifyingKey};
use hkdf::Hkdf;
use sha2::{Digest as _, Sha256};
use zeroize::Zeroizing;

use crate::fingerprint;
use crate::ids::{AssociationId, HandoffId};

/// Says what the derived key is for, so that no other key of ours can ever be the same.
const PURPOSE: &[u8] = b"relais device signing key v1";

/// What a device signs. Each has a domain of its own: one signature can never pass for another.
#[derive(Clone, Copy)]
pub enum Statement<'a> {
    /// That this device answers a challenge.
    Session {
        /// The origin that the device talks to.
        origin: &'a str,
        /// Its association.
        association: &'a str,
        /// The challenge's id.
        id: &'a str,
        /// The server's key, in base64.
        server_key: &'a str,
        /// Its recipient.
        device: &'a str,
    },
    /// Something that is done at the desk's server.
    Act {
        /// The origin that the device talks to.
        origin: &'a str,
        /// Its association.
        association: &'a str,
        /// `POST` or `DELETE`.
        method: &'a str,
        /// The path, from `/api/v1/` on.
        path: &'a str,
        /// The bytes of the body.
        body: &'a [u8],
        /// The session's token.
        token: &'a str,
    },
    /// A claim, a note or the copy of a reply.
    Paper {
        /// The name of the service.
        service: &'a str,
        /// The association that keeps it.
        association: &'a AssociationId,
        /// The request it belongs to.
        handoff: HandoffId,
        /// Its first line.
        line: &'a str,
    },
    /// That a request was passed on.
    PassedOn {
        /// Its first three lines, each with its LF.
        lines: &'a str,
    },
    /// That another device of the association is taken out.
    Removal {
        /// The name of the service.
        service: &'a str,
        /// The association.
        association: &'a AssociationId,
        /// The recipient of the device that is taken out.
        device: &'a str,
        /// The recipient of the coordinator's device.
        by: &'a str,
        /// When, as RFC 3339 writes it.
        at: &'a str,
    },
}

impl Statement<'_> {
    fn bytes(&self) -> Zeroizing<Vec<u8>> {
        let hash = |bytes: &[u8]| STANDARD.encode(Sha256::digest(bytes));
        let bytes = match *self {
            Self::Session { origin, association, id, server_key, device } => {
                ["relais desk device v2", origin, association, id, server_key, device].join("\n").into_bytes()
            }
            Self::Act { origin, association, method, path, body, token } => {
                let (body, token) = (hash(body), hash(token.as_bytes()));
                ended(&["relais desk act v1", origin, association, method, path, &body, &token])
            }
            Self::Paper { service, association, handoff, line } => {
                let handoff = handoff.to_string();
                let mut bytes = ended(&["relais desk paper v1", service, association.as_str(), &handoff]);
                bytes.extend(line.as_bytes());
                bytes
            }
            Self::PassedOn { lines } => {
                let mut bytes = ended(&["relais desk passed on v1"]);
                bytes.extend(lines.as_bytes());
                bytes
            }
            Self::Removal { service, association, device, by, at } => {
                ended(&["relais device removal v1", service, association.as_str(), device, by, at])
            }
        };
        Zeroizing::new(bytes)
    }
}

impl fmt::Debug for Statement<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Statement(…)")
    }
}

/// Each line ended by LF.
fn ended(lines: &[&str]) -> Vec<u8> {
    let mut text = lines.join("\n");
    text.push('\n');
    text.into_bytes()
}

/// The keys of one device.
pub struct DeviceKey {
    recipient: Recipient,
    signing: SigningKey,
}

impl DeviceKey {
    /// Derives the signing key of an identity.
    #[must_use]
    pub fn of(identity: &Identity) -> Self {
        let text = identity.to_string();
        let hkdf = Hkdf::<Sha256>::new(None, text.expose_secret().as_bytes());
        let mut seed = Zeroizing::new([0_u8; 32]);
        // It fails on more than 255 · 32 bytes only.
        let _ = hkdf.expand(PURPOSE, seed.as_mut_slice());
        Self { recipient: identity.to_public(), signing: SigningKey::from_bytes(&seed) }
    }

    /// Returns what the device is named by, and what is sealed to.
    #[must_use]
    pub const fn recipient(&self) -> &Recipient {
        &self.recipient
    }

    /// Returns what its signatures are checked with.
    #[must_use]
    pub fn public(&self) -> PublicKey {
        PublicKey(self.signing.verifying_key())
    }

    /// Returns the words that an operator compares on the phone: they cover both keys.
    #[must_use]
    pub fn words(&self) -> String {
        device_words(&self.recipient, &self.public())
    }

    /// Signs, and returns the signature in base64.
    #[must_use]
    pub fn sign(&self, statement: &Statement<'_>) -> String {
        STANDARD.encode(self.signing.sign(&statement.bytes()).to_bytes())
    }
}

impl fmt::Debug for DeviceKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("DeviceKey").finish_non_exhaustive()
    }
}

/// Returns the words for a recipient and a signing key.
#[must_use]
pub fn device_words(recipient: &Recipient, signing: &PublicKey) -> String {
    fingerprint::words(&format!("{recipient} {signing}"), fingerprint::DEVICE_WORDS)
}

/// What the signatures of a device are checked with.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct PublicKey(VerifyingKey);

impl PublicKey {
    /// Returns whether the device signed this; a signature in base64.
    #[must_use]
    pub fn has_signed(&self, statement: &Statement<'_>, signature: &str) -> bool {
        let bytes: Option<[u8; 64]> = STANDARD.decode(signature).ok().and_then(|bytes| bytes.try_into().ok());
        bytes.is_some_and(|bytes| {
            self.0.verify_strict(&statement.bytes(), &Signature::from_bytes(&bytes)).is_ok()
        })
    }
}

impl fmt::Display for PublicKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&STANDARD.encode(self.0.as_bytes()))
    }
}

impl fmt::Debug for PublicKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "PublicKey({self})")
    }
}

/// A text that is no Ed25519 public key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("no signing key of a device: 44 letters of base64, as `relais desk keygen` says it")]
pub struct MalformedKey;

impl FromStr for PublicKey {
    type Err = MalformedKey;

    fn from_str(text: &str) -> Result<Self, MalformedKey> {
        let bytes: Option<[u8; 32]> = STANDARD.decode(text).ok().and_then(|bytes| bytes.try_into().ok());
        let key = bytes.and_then(|bytes| VerifyingKey::from_bytes(&bytes).ok());
        // A weak key would fit signatures that nobody made.
        key.filter(|key| !key.is_weak()).map(Self).ok_or(MalformedKey)
    }
}
