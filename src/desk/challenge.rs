//! Signing in, as both sides reckon it: what a challenge says, and what proves that it was read.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
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
#[derive(Clone, Copy)]
pub(super) struct Challenge<'a> {
    pub(super) server_key: &'a str,
    pub(super) origin: &'a str,
    pub(super) association: &'a str,
    pub(super) id: &'a str,
}

impl Challenge<'_> {
    /// Returns the plaintext: six lines, each with its LF.
    pub(super) fn text(&self, secret: &[u8; 32]) -> Zeroizing<String> {
        let Self { server_key, origin, association, id } = self;
        let secret = Zeroizing::new(STANDARD.encode(secret));
        let secret = secret.as_str();
        Zeroizing::new(format!("{CHALLENGE}\n{server_key}\n{origin}\n{association}\n{id}\n{secret}\n"))
    }

    /// Returns the secret of a plaintext, where it is exactly the one that belongs to this sign-in.
    pub(super) fn secret_in(&self, plaintext: &str) -> Option<Zeroizing<[u8; 32]>> {
        let line = plaintext.strip_suffix('\n')?.rsplit('\n').next()?;
        let bytes = Zeroizing::new(STANDARD.decode(line).ok()?);
        let secret = Zeroizing::new(<[u8; 32]>::try_from(bytes.as_slice()).ok()?);
        (*self.text(&secret) == plaintext).then_some(secret)
    }

    /// Returns what proves that the secret was read.
    pub(super) fn proof(&self, secret: &[u8; 32]) -> [u8; 32] {
        let Self { server_key, origin, association, id } = self;
        let covered = [PROOF, origin, association, id, server_key].join("\n");
        // HMAC takes keys of any length: the error cannot come, and would give a proof that nothing matches.
        Hmac::<Sha256>::new_from_slice(secret).map_or([0; 32], |mut mac| {
            mac.update(covered.as_bytes());
            mac.finalize().into_bytes().into()
        })
    }
}

/// Returns what the server signs of a challenge: its age file behind a domain of its own.
pub(super) fn signed_bytes(file: &[u8]) -> Vec<u8> {
    [SIGNATURE, file].concat()
}
