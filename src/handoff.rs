//! The handoff token: a record, signed by the server, padded, and encrypted with age to the association.
//!
//! The plaintext is two lines and padding: the record as JSON, a seal as JSON, then spaces up to the next of
//! 2, 4, 8 or 16 KiB, so that the length of a token says nothing. A token that was passed on has a third line
//! before the padding: who says to have done it, and to whom it is sealed now, and a fourth, which the device that
//! did it has signed. The server's signature still proves that the server wrote the record. `age -d` shows it as text.
//! Nothing home-made sits in the age layer: the official `age`, `rage` and typage decrypt every token.
//!
//! # Privacy
//! Plaintexts live in buffers that never grow and are overwritten when they are dropped. What age holds of one
//! chunk while it works, and what the compiler leaves on the stack, is not in our hands.

mod outgoing;
mod passed_on;
mod return_address;
mod sign;
mod withdrawn;

use std::fmt;
use std::io::Read as _;
use std::marker::PhantomData;

use age::x25519;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use ed25519_dalek::{Signature, Signer as _, SigningKey, VerifyingKey};
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use zeroize::Zeroizing;

pub use outgoing::{Outgoing, Said};
pub use passed_on::{PassedOn, pass_on};
pub use return_address::ReturnAddress;
pub use sign::{PICTURES, sign};
pub use withdrawn::{Opened, open_any, seal_withdrawal};

use self::passed_on::{Attested, PassedLine};
use crate::record::{Record, to_json};

/// Separates these signatures from any other the same key may ever make.
const DOMAIN: &[u8] = b"relais handoff token v1\n";
/// Lengths of the padded plaintext, in bytes.
const BUCKETS: [usize; 4] = [2 << 10, 4 << 10, 8 << 10, 16 << 10];
/// Tokens longer than this are refused before they are read, in bytes.
const LONGEST_TOKEN: usize = 64 << 10;

/// Ciphertext that knows what it holds.
#[derive(Clone, PartialEq, Eq)]
pub struct Encrypted<T> {
    bytes: Vec<u8>,
    plaintext: PhantomData<fn() -> T>,
}

impl<T> Encrypted<T> {
    /// Returns the age file.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// Returns the age file.
    #[must_use]
    pub fn into_bytes(self) -> Vec<u8> {
        self.bytes
    }
}

impl<T> fmt::Debug for Encrypted<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Encrypted").field("bytes", &self.bytes.len()).finish_non_exhaustive()
    }
}

/// A record that cannot be sealed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SealFault {
    /// There is nobody to seal it to.
    #[error("no recipient to encrypt to")]
    NoRecipient,
    /// The record is longer than the largest padded size.
    #[error("the record is longer than {} bytes", BUCKETS[3])]
    TooLong,
    /// age refused.
    #[error("age could not encrypt")]
    Encryption,
}

/// A token that cannot be opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum OpenFault {
    /// Not an age file, or a damaged one.
    #[error("this is not an age file, or it is damaged")]
    NotAge,
    /// None of the identities is among the recipients.
    #[error("this token was not sealed to any of your keys")]
    NotForYou,
    /// An age file, but not a token of Relais.
    #[error("this age file is not a handoff token of Relais")]
    NotToken,
    /// The signature does not fit the content: forged, or passed on as if meant for you.
    #[error("the signature is wrong: this token does not come from the server as it is; do not trust it")]
    BadSignature,
    /// Signed by the server, for another request than the one it is shown as.
    #[error("this token belongs to another request than the server says; do not trust it")]
    OtherRequest,
    /// Signed by a server that is not the expected one.
    #[error("this token is signed by another server than the one you named")]
    OtherServer,
}

/// The second line of the plaintext.
#[derive(Serialize, Deserialize)]
struct SealLine {
    /// base64 of the Ed25519 signature over domain ‖ fingerprint of the recipients ‖ first line.
    signature: String,
    /// base64 of the server's verifying key.
    key: String,
    /// Whom the server sealed it to.
    recipients: Vec<String>,
}

/// A token that was opened and whose signature fits.
pub struct OpenedToken {
    record: Record,
    key: VerifyingKey,
    recipients: usize,
    passed_on: Option<PassedOn>,
    /// The first two lines, as they were.
    signed: Zeroizing<String>,
    /// Which device says to have passed it on.
    attested: Option<Attested>,
}

impl OpenedToken {
    /// Returns the record.
    #[must_use]
    pub const fn record(&self) -> &Record {
        &self.record
    }

    /// Returns the key that signed it, in base64. The volunteer compares it with the server's published key.
    #[must_use]
    pub fn signed_by(&self) -> String {
        key_text(&self.key)
    }

    /// Returns who passed it on, as they say themselves: unlike the record, nobody has signed this.
    #[must_use]
    pub const fn passed_on(&self) -> Option<&PassedOn> {
        self.passed_on.as_ref()
    }

    /// Returns to how many recipients the server sealed it.
    #[must_use]
    pub const fn recipients(&self) -> usize {
        self.recipients
    }
}

impl fmt::Debug for OpenedToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("OpenedToken").finish_non_exhaustive()
    }
}

/// Returns a verifying key as it is published, in base64.
#[must_use]
pub fn key_text(key: &VerifyingKey) -> String {
    STANDARD.encode(key.as_bytes())
}

/// Signs, pads and encrypts a record to every recipient.
///
/// # Errors
/// Returns why it cannot be sealed; nothing of the record stands in the error.
pub fn seal(
    record: &Record,
    recipients: &[x25519::Recipient],
    signing: &SigningKey,
) -> Result<Encrypted<Record>, SealFault> {
    seal_line(record, recipients, signing)
}

/// Signs, pads and encrypts what becomes the first line.
fn seal_line<T: Serialize>(
    content: &T,
    recipients: &[x25519::Recipient],
    signing: &SigningKey,
) -> Result<Encrypted<T>, SealFault> {
    let line = to_json(content).ok_or(SealFault::TooLong)?;
    let mut names: Vec<String> = recipients.iter().map(ToString::to_string).collect();
    names.sort_unstable();
    names.dedup();
    let signature = signing.sign(&signed_bytes(&names, &line));
    let seal = SealLine {
        signature: STANDARD.encode(signature.to_bytes()),
        key: key_text(&signing.verifying_key()),
        recipients: names,
    };
    let seal = serde_json::to_string(&seal).map_err(|_| SealFault::TooLong)?;
    encrypt(&padded(&[&line, "\n", &seal, "\n"])?, recipients)
}

/// Encrypts a text with age to every recipient.
///
/// # Errors
/// Returns why it cannot be sealed.
pub fn encrypt<T>(plaintext: &str, recipients: &[x25519::Recipient]) -> Result<Encrypted<T>, SealFault> {
    if recipients.is_empty() {
        return Err(SealFault::NoRecipient);
    }
    let recipients = recipients.iter().map(|recipient| recipient as &dyn age::Recipient);
    let encryptor = age::Encryptor::with_recipients(recipients).map_err(|_| SealFault::Encryption)?;
    let mut bytes = Vec::with_capacity(plaintext.len() + 1024);
    let mut writer = encryptor.wrap_output(&mut bytes).map_err(|_| SealFault::Encryption)?;
    std::io::Write::write_all(&mut writer, plaintext.as_bytes()).map_err(|_| SealFault::Encryption)?;
    writer.finish().map_err(|_| SealFault::Encryption)?;
    Ok(Encrypted { bytes, plaintext: PhantomData })
}

/// Decrypts a token, binary or armored, and checks its signature.
///
/// `server` is the verifying key of the server one expects; without it, whoever reads must compare
/// [`OpenedToken::signed_by`] with the published key.
///
/// # Errors
/// Returns why it does not open. A token with a wrong signature is never shown.
pub fn open(
    token: &[u8],
    identities: &[x25519::Identity],
    server: Option<&str>,
) -> Result<OpenedToken, OpenFault> {
    prove(token, identities, server)?.request()
}

/// What a token holds, with a signature that fits.
struct Proven {
    line: Zeroizing<String>,
    signed: Zeroizing<String>,
    key: VerifyingKey,
    recipients: usize,
    passed_on: Option<PassedOn>,
    attested: Option<Attested>,
}

impl Proven {
    fn request(self) -> Result<OpenedToken, OpenFault> {
        let Self { line, signed, key, recipients, passed_on, attested } = self;
        let record = serde_json::from_str(&line).map_err(|_| OpenFault::NotToken)?;
        Ok(OpenedToken { record, key, recipients, passed_on, signed, attested })
    }
}

fn prove(token: &[u8], identities: &[x25519::Identity], server: Option<&str>) -> Result<Proven, OpenFault> {
    let plaintext = decrypt(token, identities)?;
    let mut lines = plaintext.splitn(4, '\n');
    let (Some(line), Some(seal)) = (lines.next(), lines.next()) else { return Err(OpenFault::NotToken) };
    let signed = Zeroizing::new(format!("{line}\n{seal}\n"));
    // Padding is spaces alone.
    let third = lines.next().map(str::trim).filter(|third| !third.is_empty());
    let fourth = lines.next().filter(|fourth| !fourth.trim().is_empty());
    // A fourth line that names no device is no signature of one.
    let attested = |(third, rest)| Attested::read(&signed, third, rest).ok_or(OpenFault::BadSignature);
    let attested = third.zip(fourth).map(attested).transpose()?;
    let passed: Option<PassedLine> =
        third.map(serde_json::from_str).transpose().map_err(|_| OpenFault::NotToken)?;
    serde_json::from_str::<serde::de::IgnoredAny>(line).map_err(|_| OpenFault::NotToken)?;
    let mut seal: SealLine = serde_json::from_str(seal).map_err(|_| OpenFault::NotToken)?;
    let key = decode_array(&seal.key).and_then(|key| VerifyingKey::from_bytes(&key).ok());
    let signature = decode_array(&seal.signature).map(|bytes| Signature::from_bytes(&bytes));
    let (Some(key), Some(signature)) = (key, signature) else { return Err(OpenFault::BadSignature) };
    seal.recipients.sort_unstable();
    // Whoever reads must be among those it was meant for: otherwise someone sealed it on as if it were ours.
    let meant_for = passed.as_ref().map_or(&seal.recipients, |passed| &passed.recipients);
    let mut readers = identities.iter().map(|identity| identity.to_public().to_string());
    let meant = readers.any(|reader| meant_for.contains(&reader));
    let fits = key.verify_strict(&signed_bytes(&seal.recipients, line), &signature).is_ok();
    if !meant || !fits {
        return Err(OpenFault::BadSignature);
    }
    if server.is_some_and(|server| server != seal.key) {
        return Err(OpenFault::OtherServer);
    }
    let (recipients, passed_on) = (seal.recipients.len(), passed.map(|passed| passed.passed_on));
    Ok(Proven { line: Zeroizing::new(line.to_owned()), signed, key, recipients, passed_on, attested })
}

/// Decrypts an age file, binary or armored, that holds a text.
///
/// # Errors
/// Returns why it does not open.
pub fn decrypt(token: &[u8], identities: &[x25519::Identity]) -> Result<Zeroizing<String>, OpenFault> {
    if token.len() > LONGEST_TOKEN {
        return Err(OpenFault::NotToken);
    }
    let decryptor = age::Decryptor::new_buffered(age::armor::ArmoredReader::new(unframed(token)))
        .map_err(|_| OpenFault::NotAge)?;
    let identities = identities.iter().map(|identity| identity as &dyn age::Identity);
    let mut reader = decryptor.decrypt(identities).map_err(|fault| {
        let not_meant = matches!(fault, age::DecryptError::NoMatchingKeys);
        if not_meant { OpenFault::NotForYou } else { OpenFault::NotAge }
    })?;
    // Longer than what stands in it, so that the buffer never grows and leaves a copy behind.
    let mut plaintext = Zeroizing::new(String::with_capacity(token.len()));
    reader.read_to_string(&mut plaintext).map_err(|_| OpenFault::NotAge)?;
    Ok(plaintext)
}

/// Cuts the blanks that a copied armor often brings along before and after it.
fn unframed(token: &[u8]) -> &[u8] {
    let cut = token.trim_ascii();
    if cut.starts_with(b"-----BEGIN") { cut } else { token }
}

fn decode_array<const N: usize>(text: &str) -> Option<[u8; N]> {
    STANDARD.decode(text).ok()?.try_into().ok()
}

/// Returns what is signed: the domain, the fingerprint of the sorted recipients, the record's line.
fn signed_bytes(recipients: &[String], line: &str) -> Zeroizing<Vec<u8>> {
    let fingerprint = Sha256::digest(recipients.join("\n"));
    Zeroizing::new([DOMAIN, fingerprint.as_slice(), line.as_bytes()].concat())
}

/// Puts the parts of a plaintext together and fills it up to the next of the padded lengths.
fn padded(parts: &[&str]) -> Result<Zeroizing<String>, SealFault> {
    let length: usize = parts.iter().map(|part| part.len()).sum();
    let bucket = BUCKETS.into_iter().find(|&bucket| length < bucket).ok_or(SealFault::TooLong)?;
    let mut text = Zeroizing::new(String::with_capacity(bucket));
    text.extend(parts.iter().copied());
    text.extend(std::iter::repeat_n(' ', bucket - 1 - length));
    text.push('\n');
    Ok(text)
}
