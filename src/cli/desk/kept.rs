//! The file in which a terminal keeps whom it believes and its session, for its owner alone.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use url::Url;
use zeroize::Zeroizing;

use crate::cli::console::Failure;
use crate::config::write_private;
use crate::desk::DeskMemory;
use crate::ids::AssociationId;

/// What is kept, by desk: its origin and the association, with a space between.
#[derive(Default, Serialize, Deserialize)]
struct File {
    desks: BTreeMap<String, DeskMemory>,
}

/// What is kept of one desk, and where.
pub(super) struct Kept {
    path: PathBuf,
    desk: String,
    file: File,
}

impl Kept {
    /// Opens it: the file that is named, else one beside the key.
    ///
    /// A file that cannot be read is never taken for an empty one: whom a device believes would be forgotten, and the
    /// next server believed.
    pub(super) fn open(
        named: Option<&Path>,
        identity: &Path,
        server: &Url,
        association: &AssociationId,
    ) -> Result<Self, Failure> {
        let path = named.map_or_else(|| beside(identity), Path::to_owned);
        let file = match fs::read_to_string(&path) {
            Ok(text) => {
                let text = Zeroizing::new(text);
                serde_json::from_str(&text).map_err(|_| {
                    Failure::one(format!(
                        "{} is damaged. It holds whom this device believes: compare the fingerprint on your paper \
                         with the operator, then remove the file and sign in again with --fingerprint",
                        path.display()
                    ))
                })?
            }
            Err(fault) if fault.kind() == ErrorKind::NotFound => File::default(),
            Err(fault) => return Err(Failure::one(format!("{}: {}", path.display(), fault.kind()))),
        };
        let desk = format!("{} {association}", server.origin().ascii_serialization());
        Ok(Self { path, desk, file })
    }

    /// What is kept of this desk.
    pub(super) fn memory(&mut self) -> &mut DeskMemory {
        self.file.desks.entry(self.desk.clone()).or_default()
    }

    /// Keeps it, in one step, so that a crash leaves the old or the new.
    pub(super) fn keep(&self) -> Result<(), Failure> {
        let told = |fault: std::io::Error| Failure::one(format!("{}: {}", self.path.display(), fault.kind()));
        let text = Zeroizing::new(serde_json::to_string(&self.file).unwrap_or_default());
        let new = with_end(&self.path, format!(".{}.new", std::process::id()));
        write_private(&new, text.as_bytes()).map_err(told)?;
        fs::rename(&new, &self.path).map_err(told)
    }
}

/// `my.key` keeps its desks in `my.key.desk`.
fn beside(identity: &Path) -> PathBuf {
    with_end(identity, ".desk".to_owned())
}

fn with_end(path: &Path, end: String) -> PathBuf {
    let mut name: OsString = path.as_os_str().to_owned();
    name.push(end);
    PathBuf::from(name)
}
