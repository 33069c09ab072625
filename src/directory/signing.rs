//! Signs a file of a directory, beside it.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use chrono::{DateTime, Utc};

use super::fault::{Faults, Weakness};
use super::files::{UntrustedDirectory, UntrustedFile, has_extension};
use super::signature::{KeyFault, SigningKey, signer};

/// A signature that was written.
#[derive(Debug)]
pub struct Signed {
    /// The signature file.
    pub signature: PathBuf,
    /// The id of the key.
    pub key: String,
    /// What is weak about the file that was signed.
    pub weaknesses: Vec<Weakness>,
}

/// Why a file is not signed.
#[derive(Debug, thiserror::Error)]
pub enum SignFault {
    /// It is no file of a directory.
    #[error("only *.toml files of a directory are signed")]
    NotToml,
    /// It cannot be read.
    #[error("the file cannot be read: {}", .0.kind())]
    Read(io::Error),
    /// It would be refused whoever signs it.
    #[error("the file would be refused, so it is not signed:\n{0}")]
    Faulty(Faults),
    /// The key cannot sign.
    #[error("the key {0}")]
    Key(#[from] KeyFault),
    /// The signature cannot be written.
    #[error("the signature cannot be written: {}", .0.kind())]
    Write(io::Error),
}

/// Signs `F.toml` into `F.toml.minisig`, or into `F.toml.<key id>.minisig` where another key has signed there.
/// Signing again with the same key replaces its signature.
///
/// # Errors
/// Refuses a file that the loader would refuse: a signature says that somebody has looked.
pub fn sign_file(file: &Path, key: &SigningKey, now: DateTime<Utc>) -> Result<Signed, SignFault> {
    let name = file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    if !has_extension(&name, "toml") {
        return Err(SignFault::NotToml);
    }
    let content = fs::read(file).map_err(SignFault::Read)?;
    let alone = UntrustedFile { name: name.clone(), content, signatures: Vec::new() };
    let checked = UntrustedDirectory::of(vec![alone.clone()]).check(now.date_naive());
    if !checked.faults.is_empty() {
        return Err(SignFault::Faulty(Faults(checked.faults)));
    }
    let text = key.sign(&alone.content, &name, now.timestamp())?;
    let signature = file.with_file_name(signature_name(file, &name, &text, key));
    fs::write(&signature, text).map_err(SignFault::Write)?;
    let mut weaknesses = checked.weaknesses;
    // What the directory lacks as a whole is not this file's fault.
    weaknesses.retain(|weakness| weakness.spot.file == name);
    Ok(Signed { signature, key: key.id(), weaknesses })
}

fn signature_name(file: &Path, name: &str, signature: &str, key: &SigningKey) -> String {
    let first = format!("{name}.minisig");
    let taken = fs::read_to_string(file.with_file_name(&first));
    match taken {
        Ok(other) if signer(&other) != signer(signature) => format!("{name}.{}.minisig", key.id()),
        Ok(_) | Err(_) => first,
    }
}
