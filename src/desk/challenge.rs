//! Signing in, as both sides reckon it: what a challenge says, and what proves that it was read.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use ed25519_dalek::{Signature, VerifyingKey};
use hmac::{Hmac, Mac as _};
use sha2::Sha256;
use zeroize::Zeroizing;

/// The first line of a challenge.
const CHALLENGE: &str = "relais desk challenge v2";
/// The first line of what a proof covers.
const PROOF: &str = "relais desk proof v2";
/// What stands before the age file where the server signs it.
const SIGNATURE: &[u8] = b"relais desk challenge signature v2\n";

/// What a challenge is for.
#[derive(Clone, Copy, Debug)]
pub struct Challenge<'a> {
    /// The server's key whose signature fitted, in base64.
    pub server_key: &'a str,
    /// The origin that the device talks to.
    pub origin: &'a str,
    /// The association.
    pub association: &'a str,
    /// The challenge's id.
    pub id: &'a str,
}

impl Challenge<'_> {
    /// Returns the plaintext: six lines, each with its LF.
    #[must_use]
    pub fn text(&self, secret: &[u8; 32]) -> Zeroizing<String> {
        let Self { server_key, origin, association, id } = self;
        let secret = Zeroizing::new(STANDARD.encode(secret));
        let secret = secret.as_str();
        Zeroizing::new(format!("{CHALLENGE}\n{server_key}\n{origin}\n{association}\n{id}\n{secret}\n"))
    }

    /// Returns the secret of a plaintext, where it is exactly the one that belongs to this sign-in.
    #[must_use]
    pub fn secret_in(&self, plaintext: &str) -> Option<Zeroizing<[u8; 32]>> {
        // The server says the id: one with a line break in it would make more lines than six.
        if self.id.chars().any(char::is_control) {
            return None;
        }
        let line = plaintext.strip_suffix('\n')?.rsplit('\n').next()?;
        let bytes = Zeroizing::new(STANDARD.decode(line).ok()?);
        let secret = Zeroizing::new(<[u8; 32]>::try_from(bytes.as_slice()).ok()?);
        (*self.text(&secret) == plaintext).then_some(secret)
    }

    /// Returns what proves that the secret was read.
    #[must_use]
    pub fn proof(&self, secret: &[u8; 32]) -> [u8; 32] {
        let Self { server_key, origin, association, id } = self;
        let covered = [PROOF, origin, association, id, server_key].join("\n");
        // HMAC takes keys of any length: the error cannot come, and would give a proof that nothing matches.
        Hmac::<Sha256>::new_from_slice(secret).map_or([0; 32], |mut mac| {
            mac.update(covered.as_bytes());
            mac.finalize().into_bytes().into()
        })
    }
}

/// Returns the key among these that has signed the age file of a challenge; a signature in base64.
#[must_use]
pub fn signer<'a>(server_keys: &'a [String], file: &[u8], signature: &str) -> Option<&'a str> {
    let signature: [u8; 64] = STANDARD.decode(signature).ok()?.try_into().ok()?;
    let signature = Signature::from_bytes(&signature);
    let signed = signed_bytes(file);
    let has_signed = |key: &&String| {
        let bytes: Option<[u8; 32]> = STANDARD.decode(key).ok().and_then(|bytes| bytes.try_into().ok());
        let key = bytes.and_then(|bytes| VerifyingKey::from_bytes(&bytes).ok());
        key.is_some_and(|key| key.verify_strict(&signed, &signature).is_ok())
    };
    server_keys.iter().find(has_signed).map(String::as_str)
}

/// Returns what the server signs of a challenge: its age file behind a domain of its own.
pub(super) fn signed_bytes(file: &[u8]) -> Vec<u8> {
    [SIGNATURE, file].concat()
}
