//! The files of a directory, as they lie in a folder: read, and not believed.

use std::fs;
use std::path::Path;

use super::extract::{BEFORE, HEAD};
use super::fault::{Fault, Spot, Wrong};
use super::service::SERVICE;

/// The largest file that is read: a directory of 10,000 associations is smaller.
const LARGEST_BYTES: u64 = 32 * 1024 * 1024;
/// The largest signature file that is read; minisign's own are under 400 bytes.
const LARGEST_SIGNATURE_BYTES: u64 = 16 * 1024;
/// The file of public numbers.
pub(super) const LINES: &str = "lines.toml";

/// One file that nobody has verified.
#[derive(Clone, Debug)]
pub struct UntrustedFile {
    /// Its name in the folder.
    pub name: String,
    /// What stands in it.
    pub content: Vec<u8>,
    /// The signature files beside it: name and text.
    pub signatures: Vec<(String, String)>,
}

/// The files of a directory; [`UntrustedDirectory::verify`] is the one way from here to associations.
#[derive(Clone, Debug, Default)]
pub struct UntrustedDirectory {
    pub(super) files: Vec<UntrustedFile>,
    /// The name of the service and the server's keys.
    pub(super) service: Option<UntrustedFile>,
    /// The head of the signed list for desks.
    pub(super) extract: Option<UntrustedFile>,
    /// The one before it.
    pub(super) before: Option<UntrustedFile>,
    pub(super) faults: Vec<Fault>,
}

impl UntrustedDirectory {
    /// Reads every `*.toml` of a folder with every `*.toml*.minisig` beside it; folders inside are left out.
    ///
    /// The signatures of `lyon.toml` are `lyon.toml.minisig`, and beside it any number of others such as
    /// `lyon.toml.2.minisig` or `lyon.toml.1A2B3C4D5E6F7788.minisig`. What cannot be read is told by
    /// [`Self::verify`] and [`Self::check`] with all the rest.
    #[must_use]
    pub fn read(folder: &Path) -> Self {
        let mut directory = Self::default();
        let mut names = match names(folder) {
            Ok(names) => names,
            Err(fault) => {
                let says = format!("the folder {} cannot be read: {}", folder.display(), fault.kind());
                directory.fault("", says);
                return directory;
            }
        };
        names.sort();
        let (signatures, others): (Vec<String>, Vec<String>) =
            names.into_iter().partition(|name| has_extension(name, "minisig"));
        let ours = |name: &String| {
            name == HEAD || name == BEFORE || (has_extension(name, "toml") && !name.starts_with('.'))
        };
        for name in others.into_iter().filter(ours) {
            match bytes(&folder.join(&name), LARGEST_BYTES) {
                Ok(content) => {
                    let beside = signatures.iter().filter(|signature| is_signature_of(signature, &name));
                    let signatures = beside.map(|beside| directory.signature(folder, beside)).collect();
                    directory.put(UntrustedFile { name, content, signatures });
                }
                Err(says) => directory.fault(&name, says),
            }
        }
        if directory.files.is_empty() && directory.faults.is_empty() {
            let says = format!("{} holds no *.toml file: `relais init` writes an example", folder.display());
            directory.fault("", says);
        }
        directory
    }

    /// Takes files that were not read from a folder.
    #[must_use]
    pub fn of(files: Vec<UntrustedFile>) -> Self {
        let mut directory = Self::default();
        for file in files {
            directory.put(file);
        }
        directory
    }

    fn put(&mut self, file: UntrustedFile) {
        match file.name.as_str() {
            SERVICE => self.service = Some(file),
            HEAD => self.extract = Some(file),
            BEFORE => self.before = Some(file),
            _ => self.files.push(file),
        }
    }

    fn signature(&mut self, folder: &Path, name: &str) -> (String, String) {
        let read = bytes(&folder.join(name), LARGEST_SIGNATURE_BYTES);
        let text = read.map(|bytes| String::from_utf8_lossy(&bytes).into_owned());
        let text = text.unwrap_or_else(|says| {
            self.fault(name, says);
            String::new()
        });
        (name.to_owned(), text)
    }

    fn fault(&mut self, name: &str, says: String) {
        self.faults.push(Fault { spot: Spot::file(name), wrong: Wrong::Unreadable(says) });
    }
}

fn names(folder: &Path) -> std::io::Result<Vec<String>> {
    let mut names = Vec::new();
    for entry in fs::read_dir(folder)? {
        names.push(entry?.file_name().to_string_lossy().into_owned());
    }
    Ok(names)
}

pub(super) fn has_extension(name: &str, wanted: &str) -> bool {
    Path::new(name).extension().is_some_and(|extension| extension.eq_ignore_ascii_case(wanted))
}

fn bytes(path: &Path, largest: u64) -> Result<Vec<u8>, String> {
    let told = |fault: std::io::Error| format!("cannot be read: {}", fault.kind());
    if fs::metadata(path).map_err(told)?.len() > largest {
        return Err(format!("is larger than {largest} bytes, which no file of a directory is"));
    }
    fs::read(path).map_err(told)
}

/// `F.toml.minisig` and `F.toml.<anything without a further .toml>.minisig` sign `F.toml`.
pub(super) fn is_signature_of(signature: &str, file: &str) -> bool {
    let between = signature.strip_prefix(file).and_then(|rest| rest.strip_suffix(".minisig"));
    between
        .is_some_and(|between| between.is_empty() || (between.starts_with('.') && !between.contains(".toml")))
}
