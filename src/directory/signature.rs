//! minisign: who has signed a file, and signing one.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use secrecy::{ExposeSecret as _, SecretString};

use super::fault::{Weak, Wrong};

/// Where the Ed25519 seed begins in a minisign secret key: after three algorithms, the salt, two limits of
/// scrypt and the id; its public half follows it.
const SEED: usize = 3 * 2 + 32 + 3 * 8;

/// A public key whose signature counts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TrustedKey {
    key: minisign_verify::PublicKey,
    id: [u8; 8],
    /// The Ed25519 key itself: two ids over one key are one signer.
    point: [u8; 32],
    text: String,
}

/// A text that is no minisign public key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a minisign public key: the one line of letters that begins with RW")]
pub struct MalformedKey;

impl TrustedKey {
    /// Parses the line of base64, or a whole `minisign.pub` file.
    ///
    /// # Errors
    /// Refuses what is no minisign public key.
    pub fn parse(text: &str) -> Result<Self, MalformedKey> {
        let line = text.lines().map(str::trim).rfind(|line| !line.is_empty()).ok_or(MalformedKey)?;
        let key = minisign_verify::PublicKey::from_base64(line).map_err(|_| MalformedKey)?;
        let bytes = BASE64.decode(line).map_err(|_| MalformedKey)?;
        let (Some(&id), Some(&point)) = (bytes.get(2..).and_then(<[u8]>::first_chunk), bytes.last_chunk())
        else {
            return Err(MalformedKey);
        };
        Ok(Self { key, id, point, text: line.to_owned() })
    }

    /// Returns the id, as minisign prints it.
    #[must_use]
    pub fn id(&self) -> String {
        printed(self.id)
    }

    /// Returns the line of base64 that is the key.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }
}

/// minisign prints the 8 bytes as a little-endian number.
fn printed(id: [u8; 8]) -> String {
    format!("{:016X}", u64::from_le_bytes(id))
}

/// Whose signatures count, and how many are asked for.
#[derive(Clone, Copy, Debug)]
pub struct Trust<'a> {
    /// The keys.
    pub keys: &'a [TrustedKey],
    /// How many different ones must have signed; 0 counts as 1.
    pub threshold: u32,
}

impl Trust<'_> {
    /// Verifies a file. Different keys are counted, not signatures; what counts for nothing is returned.
    ///
    /// Legacy signatures (over the text itself, not its hash) are taken too: one scheme's signature
    /// can pass for the other's only over a text that is a hash, and no hash is a TOML file.
    pub(super) fn verify(&self, content: &[u8], signatures: &[(String, String)]) -> Result<Vec<Weak>, Wrong> {
        self.count(content, signatures, true)
    }

    /// Verifies as [`Self::verify`] does, and takes signatures over the hash alone: what the signed list asks for.
    pub(super) fn verify_hashed(
        &self,
        content: &[u8],
        signatures: &[(String, String)],
    ) -> Result<Vec<Weak>, Wrong> {
        self.count(content, signatures, false)
    }

    fn count(
        &self,
        content: &[u8],
        signatures: &[(String, String)],
        legacy: bool,
    ) -> Result<Vec<Weak>, Wrong> {
        let mut signers: Vec<&[u8; 32]> = Vec::new();
        let mut altered = None;
        let mut idle = Vec::new();
        for (name, text) in signatures {
            let signature = minisign_verify::Signature::decode(text).ok();
            let found = signature.and_then(|signature| {
                let verified = |key: &&TrustedKey| key.key.verify(content, &signature, legacy).is_ok();
                self.keys.iter().find(verified)
            });
            match found {
                Some(key) if !signers.contains(&&key.point) => signers.push(&key.point),
                Some(_) => idle.push(Weak::IdleSignature(name.clone())),
                None => {
                    altered = altered.or_else(|| self.keys.iter().find(|key| Some(key.id) == signer(text)));
                    idle.push(Weak::IdleSignature(name.clone()));
                }
            }
        }
        let (valid, threshold) = (u32::try_from(signers.len()).unwrap_or(u32::MAX), self.threshold.max(1));
        match altered {
            _ if valid >= threshold => Ok(idle),
            Some(key) => Err(Wrong::Altered { key: key.id() }),
            None if signatures.is_empty() => Err(Wrong::Unsigned),
            None if valid == 0 => Err(Wrong::NotTrusted),
            None => Err(Wrong::TooFew { valid, threshold }),
        }
    }
}

/// Returns the id of the key that a signature says it is by.
pub(super) fn signer(signature: &str) -> Option<[u8; 8]> {
    let bytes = BASE64.decode(signature.lines().nth(1)?.trim()).ok()?;
    bytes.get(2..)?.first_chunk().copied()
}

/// Why a secret key cannot be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum KeyFault {
    /// It is no minisign secret key.
    #[error("is not a minisign secret key")]
    Malformed,
    /// It is protected, and no password was given.
    #[error("is protected by a password, and none was given")]
    PasswordNeeded,
    /// The password is not the right one.
    #[error("does not open with this password")]
    WrongPassword,
    /// The system gives no random bytes.
    #[error("cannot be made: the operating system gives no random bytes")]
    Randomness,
}

/// A minisign secret key that is open.
pub struct SigningKey(minisign::SecretKey);

impl std::fmt::Debug for SigningKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("SigningKey").finish_non_exhaustive()
    }
}

impl SigningKey {
    /// Opens the text of a minisign secret key file.
    ///
    /// # Errors
    /// Tells a key that is none from one whose password is missing or wrong.
    pub fn open(file: &SecretString, password: Option<&SecretString>) -> Result<Self, KeyFault> {
        let text = file.expose_secret();
        let line = text.lines().nth(1).ok_or(KeyFault::Malformed)?;
        let bytes = zeroize::Zeroizing::new(BASE64.decode(line.trim()).map_err(|_| KeyFault::Malformed)?);
        // The third and fourth byte name how the key is protected: "Sc" for scrypt, zeros for nothing.
        let key = match (bytes.get(2..4), password) {
            (Some([0, 0]), _) => unprotected(&bytes)?,
            (Some(b"Sc"), None) => return Err(KeyFault::PasswordNeeded),
            (Some(b"Sc"), Some(password)) => minisign::SecretKeyBox::from(text.to_owned())
                .into_secret_key(Some(password.expose_secret().to_owned()))
                .map_err(|_| KeyFault::WrongPassword)?,
            (Some(_) | None, _) => return Err(KeyFault::Malformed),
        };
        Ok(Self(key))
    }

    /// Makes a key for one occasion; it is kept nowhere.
    ///
    /// # Errors
    /// Fails where the system gives no random bytes.
    pub fn throw_away() -> Result<Self, KeyFault> {
        let pair = minisign::KeyPair::generate_unencrypted_keypair().map_err(|_| KeyFault::Randomness)?;
        Ok(Self(pair.sk))
    }

    /// Returns the id, as minisign prints it.
    #[must_use]
    pub fn id(&self) -> String {
        printed(self.0.keynum().first_chunk().copied().unwrap_or_default())
    }

    /// Returns the public key, as it stands in `directory.trusted_keys`.
    ///
    /// # Errors
    /// Fails where the secret key does not hold its public half.
    pub fn public(&self) -> Result<String, KeyFault> {
        let public = minisign::PublicKey::from_secret_key(&self.0).map_err(|_| KeyFault::Malformed)?;
        Ok(public.to_base64())
    }

    /// Signs a file and returns the text of the signature file. The name and the moment (Unix seconds) stand
    /// in the trusted comment, as minisign writes them.
    ///
    /// # Errors
    /// Fails where the system gives no random bytes.
    pub fn sign(&self, content: &[u8], name: &str, at: i64) -> Result<String, KeyFault> {
        let trusted = format!("timestamp:{at}\tfile:{name}\thashed");
        let untrusted = format!("signature from minisign secret key {}", self.id());
        let signature = minisign::sign(None, &self.0, content, Some(&trusted), Some(&untrusted));
        signature.map(|signature| signature.to_string()).map_err(|_| KeyFault::Randomness)
    }
}

/// Opens a key without password. minisign leaves its checksum empty, so the two halves are compared instead.
fn unprotected(bytes: &[u8]) -> Result<minisign::SecretKey, KeyFault> {
    let seed = bytes.get(SEED..).and_then(<[u8]>::first_chunk).ok_or(KeyFault::Malformed)?;
    let public =
        bytes.get(SEED + seed.len()..).and_then(<[u8]>::first_chunk::<32>).ok_or(KeyFault::Malformed)?;
    let derived = ed25519_dalek::SigningKey::from_bytes(seed).verifying_key();
    if derived.as_bytes() != public {
        return Err(KeyFault::Malformed);
    }
    minisign::SecretKey::from_bytes(bytes).map_err(|_| KeyFault::Malformed)
}
