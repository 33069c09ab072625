//! The association's identities, in age's own format.

use std::str::FromStr as _;

use age::x25519::Identity;
use zeroize::Zeroizing;

/// What is wrong with an identity file. Holds nothing of its content.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum IdentityFault {
    /// No line is an identity.
    #[error("no identity in this file: expected a line that begins with AGE-SECRET-KEY-1")]
    Empty,
    /// The file is protected by a passphrase.
    #[error("this identity file is protected by a passphrase; unlock it first with: age -d FILE > KEY")]
    Protected,
    /// A line that is neither a comment nor an identity.
    #[error("line {0} is neither a comment nor an identity")]
    Line(usize),
}

/// Reads identities as `age-keygen` writes them: one a line, comments begin with `#`.
///
/// # Errors
/// Returns which line is wrong.
pub fn identities(file: &Zeroizing<String>) -> Result<Vec<Identity>, IdentityFault> {
    if file.starts_with("age-encryption.org/") || file.starts_with("-----BEGIN AGE") {
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
