//! Files that hold secrets: readable by their owner alone.

use std::fs::{self, OpenOptions};
use std::io::{self, Write as _};
use std::path::Path;

use secrecy::SecretString;
use zeroize::Zeroizing;

use super::ConfigFaults;
use crate::sealing::KeyRing;

/// Reads a file that holds one secret.
///
/// # Errors
/// Returns a sentence that says what to do. It never holds any of the content.
pub(super) fn read(file: &Path) -> Result<SecretString, String> {
    private(file)?;
    let text = fs::read_to_string(file).map(Zeroizing::new).map_err(|fault| explain(file, &fault))?;
    let text = text.trim();
    if text.is_empty() {
        return Err(format!("{} is empty; put the secret into it", file.display()));
    }
    Ok(SecretString::from(text))
}

/// Returns a secret that stands in a variable of the environment.
#[must_use]
#[expect(clippy::disallowed_methods, reason = "this is where the environment is read")]
pub fn secret_in_environment(variable: &str) -> Option<SecretString> {
    std::env::var(variable).ok().map(SecretString::from)
}

/// Reads the key file.
///
/// # Errors
/// Returns a sentence that says what to do. It never holds any of the content.
pub fn key_file(file: &Path) -> Result<KeyRing, ConfigFaults> {
    let fault = |says: String| ConfigFaults::one("keys.file", says);
    private(file).map_err(fault)?;
    let text = fs::read_to_string(file).map(Zeroizing::new).map_err(|io| fault(explain(file, &io)))?;
    KeyRing::parse(&text).map_err(|shape| fault(format!("{}: {shape}", file.display())))
}

/// Writes a new file that only its owner can read; refuses to overwrite.
///
/// # Errors
/// Returns the fault of the file system.
pub fn write_private(file: &Path, content: &[u8]) -> io::Result<()> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt as _;
        options.mode(0o600);
    }
    let mut opened = options.open(file)?;
    opened.write_all(content)?;
    opened.sync_all()
}

#[cfg(unix)]
fn private(file: &Path) -> Result<(), String> {
    use std::os::unix::fs::PermissionsExt as _;
    let mode = fs::metadata(file).map_err(|fault| explain(file, &fault))?.permissions().mode() & 0o777;
    if mode & 0o077 != 0 {
        let file = file.display();
        return Err(format!("{file} can be read by others (mode {mode:04o}); run: chmod 600 {file}"));
    }
    Ok(())
}

#[cfg(not(unix))]
fn private(file: &Path) -> Result<(), String> {
    fs::metadata(file).map(|_| ()).map_err(|fault| explain(file, &fault))
}

fn explain(file: &Path, fault: &io::Error) -> String {
    let file = file.display();
    if fault.kind() == io::ErrorKind::NotFound {
        format!("{file} is not there; `relais init` writes what is needed")
    } else if fault.kind() == io::ErrorKind::PermissionDenied {
        format!("{file} cannot be read by this account; check its owner and mode")
    } else {
        format!("{file} cannot be read")
    }
}
