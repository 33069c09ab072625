//! Signs a file of a directory, beside it.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use chrono::{DateTime, Utc};

use super::extract::{BEFORE, HEAD};
use super::fault::{Faults, Weakness};
use super::files::{LINES, UntrustedDirectory, UntrustedFile, has_extension, is_signature_of};
use super::service::SERVICE;
use super::signature::{KeyFault, SigningKey, Trust, TrustedKey, signer};

/// A signature that was written.
#[derive(Debug)]
pub struct Signed {
    /// The signature file.
    pub signature: PathBuf,
    /// The id of the key.
    pub key: String,
    /// What is weak about the file that was signed.
    pub weaknesses: Vec<Weakness>,
    /// What became of the list for desks.
    pub extract: ExtractStep,
}

/// What signing a file did for the list for desks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ExtractStep {
    /// It was signed, in this version.
    Signed {
        /// The version.
        version: u64,
    },
    /// It waits until the same key has signed these files too: whoever signs the list vouches for all of it.
    Waits {
        /// Their names.
        files: Vec<String>,
    },
    /// There is no `service.toml`, so there is no list.
    NoService,
}

/// Why a file is not signed.
#[derive(Debug, thiserror::Error)]
pub enum SignFault {
    /// It is no file of a directory.
    #[error("only *.toml files of a directory are signed; service.toml is signed for with the last of them")]
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
    if !has_extension(&name, "toml") || name == SERVICE {
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
    let extract = sign_extract(file, key, now)?;
    Ok(Signed { signature, key: key.id(), weaknesses, extract })
}

/// Signs the list for desks, once the same key has signed every file that it is made of.
fn sign_extract(file: &Path, key: &SigningKey, now: DateTime<Utc>) -> Result<ExtractStep, SignFault> {
    let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let directory = UntrustedDirectory::read(folder);
    if directory.service.is_none() {
        return Ok(ExtractStep::NoService);
    }
    let own = [TrustedKey::parse(&key.public()?).map_err(|_| KeyFault::Malformed)?];
    let trust = Trust { keys: &own, threshold: 1 };
    let unsigned = |file: &&UntrustedFile| trust.verify(&file.content, &file.signatures).is_err();
    // Public numbers are no part of the list.
    let files = directory.files.iter().filter(|file| file.name != LINES).filter(unsigned);
    let files: Vec<String> = files.map(|file| file.name.clone()).collect();
    if !files.is_empty() {
        return Ok(ExtractStep::Waits { files });
    }
    let today = now.date_naive();
    let checked = directory.check(today);
    if !checked.faults.is_empty() {
        return Err(SignFault::Faulty(Faults(checked.faults)));
    }
    let Some(head) = directory.next_head(today) else { return Ok(ExtractStep::NoService) };
    let text = head.text();
    let path = folder.join(HEAD);
    if fs::read_to_string(&path).ok().as_deref() != Some(&text) {
        set_aside(folder).map_err(SignFault::Write)?;
        fs::write(&path, &text).map_err(SignFault::Write)?;
    }
    let signature = key.sign(text.as_bytes(), HEAD, now.timestamp())?;
    let beside = folder.join(signature_name(&path, HEAD, &signature, key));
    fs::write(beside, signature).map_err(SignFault::Write)?;
    Ok(ExtractStep::Signed { version: head.version })
}

/// Sets the list that is there aside, with its signatures, so that it goes on until enough have signed the next. One that
/// fewer have signed than the one before never takes its place.
fn set_aside(folder: &Path) -> io::Result<()> {
    let of = |head: &str| -> io::Result<Vec<String>> {
        let mut names = Vec::new();
        for entry in fs::read_dir(folder)? {
            let name = entry?.file_name().to_string_lossy().into_owned();
            if is_signature_of(&name, head) {
                names.push(name);
            }
        }
        Ok(names)
    };
    let (now, before) = (of(HEAD)?, of(BEFORE)?);
    if !folder.join(HEAD).exists() {
        return Ok(());
    }
    let takes_its_place = now.len() >= before.len();
    for name in if takes_its_place { &before } else { &now } {
        fs::remove_file(folder.join(name))?;
    }
    if takes_its_place {
        for name in &now {
            fs::rename(folder.join(name), folder.join(name.replacen(HEAD, BEFORE, 1)))?;
        }
        fs::rename(folder.join(HEAD), folder.join(BEFORE))?;
    }
    Ok(())
}

fn signature_name(file: &Path, name: &str, signature: &str, key: &SigningKey) -> String {
    let first = format!("{name}.minisig");
    let taken = fs::read_to_string(file.with_file_name(&first));
    match taken {
        Ok(other) if signer(&other) != signer(signature) => format!("{name}.{}.minisig", key.id()),
        Ok(_) | Err(_) => first,
    }
}
