//! The key file, and one key for each purpose derived from it.

use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use bech32::{Bech32, Hrp};
use ed25519_dalek::{SigningKey, VerifyingKey};
use hkdf::Hkdf;
use hmac::{Hmac, Mac as _};
use secrecy::SecretString;
use sha2::Sha256;
use zeroize::{ZeroizeOnDrop, Zeroizing};

use super::key_file;

/// Fills a buffer with random bytes of the operating system.
///
/// # Errors
/// Returns [`KeyFault::NoRandomness`] where the system has none.
#[expect(clippy::disallowed_methods, reason = "this is the place")]
pub fn random(buffer: &mut [u8]) -> Result<(), KeyFault> {
    getrandom::fill(buffer).map_err(|_| KeyFault::NoRandomness)
}

/// What is wrong with a key file.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum KeyFault {
    /// The operating system gives no random bytes.
    #[error("the operating system gives no random bytes")]
    NoRandomness,
    /// Not the shape of a key file. Carries no content of it.
    #[error("not a key file; `relais init` writes one")]
    Shape,
    /// A file without a key.
    #[error("the key file holds no key; `relais init` writes one")]
    Empty,
    /// A key that is not 32 bytes long.
    #[error("key {0} is not 32 bytes in base64")]
    Length(u8),
    /// Two keys with one number.
    #[error("two keys have the number {0}; each number is used once")]
    Duplicate(u8),
    /// No number is left for another key.
    #[error("the key file is full; prune it")]
    Full,
}

/// The server's keys, newest first. Older ones still open what they sealed.
pub struct KeyRing {
    /// Made, but not in force yet: no device believes them. They open nothing, for they have sealed nothing.
    to_come: Vec<MasterKey>,
    newest: MasterKey,
    older: Vec<MasterKey>,
}

impl KeyRing {
    /// Reads a key file.
    ///
    /// # Errors
    /// Returns what is wrong with it, without any of its content.
    pub fn parse(file: &str) -> Result<Self, KeyFault> {
        let mut keys = Vec::new();
        for (number, secret) in key_file::read(file)? {
            keys.push(MasterKey::derive(number, secret.as_slice()).ok_or(KeyFault::Length(number))?);
        }
        let mut keys = keys.into_iter();
        let newest = keys.next().ok_or(KeyFault::Empty)?;
        Ok(Self { to_come: Vec::new(), newest, older: keys.collect() })
    }

    /// Lets only keys seal and sign that the signed list for desks holds, so that a rotation never makes a key speak
    /// that no device believes. Where it holds none of them, nothing changes: after a leak the old keys are gone, and
    /// persons must still be able to write. `listed` are verifying keys in base64.
    #[must_use]
    pub fn in_force(mut self, listed: &[String]) -> Self {
        while !self.is_listed(listed) && self.older.iter().any(|key| listed.contains(&key.verifying_text())) {
            let next = self.older.remove(0);
            self.to_come.push(std::mem::replace(&mut self.newest, next));
        }
        self
    }

    /// Returns whether the key that signs is one of these.
    #[must_use]
    pub fn is_listed(&self, listed: &[String]) -> bool {
        listed.contains(&self.newest.verifying_text())
    }

    /// Returns the verifying keys of the whole file in base64, newest first, those that are not in force yet
    /// included: what the operator gives to the signers.
    #[must_use]
    pub fn published(&self) -> Vec<String> {
        self.to_come.iter().chain(self.all()).map(MasterKey::verifying_text).collect()
    }

    /// Returns the key that seals.
    pub(super) const fn newest(&self) -> &MasterKey {
        &self.newest
    }

    /// Returns every key, newest first.
    pub(super) fn all(&self) -> impl Iterator<Item = &MasterKey> {
        std::iter::once(&self.newest).chain(&self.older)
    }

    /// Returns the key with this number, if it is still held.
    pub(super) fn numbered(&self, number: u8) -> Option<&MasterKey> {
        self.all().find(|key| key.number == number)
    }

    /// Returns the secret that Telegram has to show at the webhook, where the operator sets none.
    #[must_use]
    pub fn webhook_secret(&self) -> SecretString {
        SecretString::from(URL_SAFE_NO_PAD.encode(self.newest.webhook))
    }

    /// Returns to whom this server seals what it has to keep for itself for a while.
    #[must_use]
    pub fn recipient(&self) -> age::x25519::Recipient {
        self.newest.identity.to_public()
    }

    /// Returns the identities that open what was sealed to this server, newest first.
    pub fn identities(&self) -> impl Iterator<Item = &age::x25519::Identity> {
        self.all().map(|key| &key.identity)
    }

    /// Returns the key that signs tokens.
    #[must_use]
    pub const fn signing(&self) -> &SigningKey {
        &self.newest.signing
    }

    /// Returns the keys by which this server's tokens are checked, newest first: what was signed before the keys
    /// were rotated is still the server's.
    pub fn verifying(&self) -> impl Iterator<Item = VerifyingKey> {
        self.all().map(|key| key.signing.verifying_key())
    }
}

impl fmt::Debug for KeyRing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("KeyRing").field("keys", &(1 + self.older.len())).finish_non_exhaustive()
    }
}

/// One master key with what is derived from it, a key for each purpose (HKDF-SHA256, RFC 5869).
#[derive(ZeroizeOnDrop)]
pub struct MasterKey {
    #[zeroize(skip)]
    number: u8,
    state: [u8; 64],
    return_address: [u8; 64],
    handoff_id: [u8; 32],
    code: [u8; 32],
    webhook: [u8; 32],
    desk_session: [u8; 64],
    signing: SigningKey,
    #[zeroize(skip)] // It clears itself.
    identity: age::x25519::Identity,
}

impl MasterKey {
    fn derive(number: u8, secret: &[u8]) -> Option<Self> {
        let hkdf = Hkdf::<Sha256>::new(None, secret);
        let signing = Zeroizing::new(expand::<32>(&hkdf, "sign"));
        let identity = identity(&Zeroizing::new(expand::<32>(&hkdf, "age")))?;
        Some(Self {
            number,
            state: expand(&hkdf, "state"),
            return_address: expand(&hkdf, "return-address"),
            handoff_id: expand(&hkdf, "handoff-id"),
            code: expand(&hkdf, "code"),
            webhook: expand(&hkdf, "webhook"),
            desk_session: expand(&hkdf, "desk-session"),
            signing: SigningKey::from_bytes(&signing),
            identity,
        })
    }

    fn verifying_text(&self) -> String {
        STANDARD.encode(self.signing.verifying_key().as_bytes())
    }

    pub(super) const fn number(&self) -> u8 {
        self.number
    }
    pub(super) const fn state(&self) -> &[u8; 64] {
        &self.state
    }
    pub(super) const fn return_address(&self) -> &[u8; 64] {
        &self.return_address
    }
    pub(super) const fn handoff_id(&self) -> &[u8; 32] {
        &self.handoff_id
    }
    pub(super) const fn code(&self) -> &[u8; 32] {
        &self.code
    }
    pub(super) const fn desk_session(&self) -> &[u8; 64] {
        &self.desk_session
    }
}

impl fmt::Debug for MasterKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("MasterKey").field("number", &self.number).finish_non_exhaustive()
    }
}

/// Makes an age identity of 32 secret bytes, through the text form that is age's only way in.
fn identity(secret: &[u8; 32]) -> Option<age::x25519::Identity> {
    let prefix = Hrp::parse("age-secret-key-").ok()?;
    let text = Zeroizing::new(bech32::encode_upper::<Bech32>(prefix, secret).ok()?);
    text.parse().ok()
}

fn expand<const N: usize>(hkdf: &Hkdf<Sha256>, purpose: &str) -> [u8; N] {
    let mut key = [0; N];
    // It fails on more than 255 · 32 bytes only.
    let _ = hkdf.expand_multi_info(&[b"relais v1 ", purpose.as_bytes()], &mut key);
    key
}

/// Computes HMAC-SHA256 (RFC 2104).
pub(super) fn hmac(key: &[u8; 32], message: &[u8]) -> [u8; 32] {
    // HMAC takes keys of any length: the error cannot come, and would give a digest nothing matches.
    Hmac::<Sha256>::new_from_slice(key).map_or([0; 32], |mut mac| {
        mac.update(message);
        mac.finalize().into_bytes().into()
    })
}
