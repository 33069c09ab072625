//! The association's identities, in age's own format: as `age-keygen` writes them, or under a passphrase as
//! `age -p` does.

use std::fs::OpenOptions;
use std::io::{self, Read as _, Write as _};
use std::path::Path;
use std::str::FromStr as _;

use age::scrypt;
use age::secrecy::{ExposeSecret as _, SecretString};
use age::x25519::Identity;
use chrono::{DateTime, SecondsFormat, Utc};
use zeroize::Zeroizing;

use crate::device::DeviceKey;

/// A passphrase that would take longer than this to try (2^n rounds of scrypt) is not tried.
const LONGEST_WORK: u8 = 22;

/// What is wrong with an identity file. Holds nothing of its content.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum IdentityFault {
    /// No line is an identity.
    #[error("no identity in this file: expected a line that begins with AGE-SECRET-KEY-1")]
    Empty,
    /// The file is protected by a passphrase.
    #[error("this identity file is protected by a passphrase, which was not given")]
    Protected,
    /// The passphrase does not open the file, or the file is damaged.
    #[error("this passphrase does not open the identity file")]
    WrongPassphrase,
    /// age could not write the file.
    #[error("the identity file could not be sealed")]
    Sealing,
    /// A line that is neither a comment nor an identity.
    #[error("line {0} is neither a comment nor an identity")]
    Line(usize),
}

/// Reads identities as `age-keygen` writes them: one a line, comments begin with `#`.
///
/// # Errors
/// Returns which line is wrong.
pub fn identities(file: &Zeroizing<String>) -> Result<Vec<Identity>, IdentityFault> {
    if is_protected(file.as_bytes()) {
        return Err(IdentityFault::Protected);
    }
    let mut found = Vec::new();
    for (number, line) in file.lines().enumerate() {
        let line = line.trim();
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        found.push(Identity::from_str(line).map_err(|_| IdentityFault::Line(number + 1))?);
    }
    if found.is_empty() { Err(IdentityFault::Empty) } else { Ok(found) }
}

/// Returns whether an identity file is protected by a passphrase.
#[must_use]
pub fn is_protected(file: &[u8]) -> bool {
    file.starts_with(b"age-encryption.org/") || file.starts_with(b"-----BEGIN AGE")
}

/// Opens an identity file that is protected by a passphrase.
///
/// # Errors
/// Returns what is wrong with the passphrase or with the file inside.
pub fn unlock(file: &[u8], passphrase: &SecretString) -> Result<Vec<Identity>, IdentityFault> {
    let wrong = |_| IdentityFault::WrongPassphrase;
    let decryptor = age::Decryptor::new_buffered(age::armor::ArmoredReader::new(file)).map_err(wrong)?;
    let mut key = scrypt::Identity::new(passphrase.clone());
    key.set_max_work_factor(LONGEST_WORK);
    let mut reader = decryptor.decrypt(std::iter::once(&key as &dyn age::Identity)).map_err(wrong)?;
    let mut text = Zeroizing::new(String::new());
    reader.read_to_string(&mut text).map_err(|_| IdentityFault::WrongPassphrase)?;
    identities(&text)
}

/// Makes a fresh identity, and the file that holds it: as `age-keygen` writes it, under the passphrase where
/// there is one.
///
/// # Errors
/// [`IdentityFault::Sealing`] where age cannot seal it.
pub fn generate(
    passphrase: Option<SecretString>,
    now: DateTime<Utc>,
) -> Result<(Zeroizing<Vec<u8>>, DeviceKey), IdentityFault> {
    let identity = Identity::generate();
    let key = DeviceKey::of(&identity);
    let recipient = key.recipient();
    let secret = identity.to_string();
    let created = now.to_rfc3339_opts(SecondsFormat::Secs, true);
    let text = Zeroizing::new(format!(
        "# created: {created}\n# public key: {recipient}\n{}\n",
        secret.expose_secret()
    ));
    let Some(passphrase) = passphrase else {
        return Ok((Zeroizing::new(text.as_bytes().to_vec()), key));
    };
    let mut file = Vec::new();
    let sealing = |_| IdentityFault::Sealing;
    let encryptor = age::Encryptor::with_user_passphrase(passphrase);
    let mut writer = encryptor.wrap_output(&mut file).map_err(sealing)?;
    writer.write_all(text.as_bytes()).map_err(sealing)?;
    writer.finish().map_err(sealing)?;
    Ok((Zeroizing::new(file), key))
}

/// Writes an identity file that only its owner can read; refuses to overwrite.
///
/// # Errors
/// Returns the fault of the file system.
pub fn write_identity(path: &Path, file: &[u8]) -> io::Result<()> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt as _;
        options.mode(0o600);
    }
    let mut opened = options.open(path)?;
    opened.write_all(file)?;
    opened.sync_all()
}
