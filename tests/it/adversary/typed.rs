//! The real program, as a volunteer types it.

use std::path::PathBuf;
use std::process::{Command, Stdio};

use age::secrecy::ExposeSecret as _;
use age::x25519::Identity;
use serde_json::Value;
use tempfile::TempDir;

use crate::desk::stage::Stage;

/// A volunteer at a terminal, with a folder for the key and for what the program keeps.
pub struct Typed {
    folder: TempDir,
    server: String,
    association: String,
    fingerprint: String,
}

impl Typed {
    pub fn at(server: &str, stage: &Stage, association: &str, identity: &Identity) -> Self {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("key"), identity.to_string().expose_secret()).unwrap();
        let (server, association) = (server.to_owned(), association.to_owned());
        Self { folder, server, association, fingerprint: stage.fingerprint() }
    }

    /// Returns what is printed, or what is said to be wrong.
    pub fn types(&self, arguments: &[&str]) -> Result<String, String> {
        let mut command = Command::new(env!("CARGO_BIN_EXE_relais"));
        command.current_dir(self.folder.path()).arg("desk").args(arguments).stdin(Stdio::null());
        command.env("RELAIS_DESK_URL", &self.server).env("RELAIS_DESK_ASSOCIATION", &self.association);
        command.env("RELAIS_DESK_IDENTITY", "key").env("RELAIS_DESK_NAME", "Ana");
        command.env("RELAIS_DESK_FINGERPRINT", &self.fingerprint);
        let output = command.output().unwrap();
        let text = |bytes| String::from_utf8(bytes).unwrap();
        if output.status.success() { Ok(text(output.stdout)) } else { Err(text(output.stderr)) }
    }

    /// Writes a file beside the key, for a command to read.
    pub fn write(&self, name: &str, text: &str) {
        std::fs::write(self.folder.path().join(name), text).unwrap();
    }

    /// Where the program keeps whom it believes.
    pub fn kept_in(&self) -> PathBuf {
        self.folder.path().join("key.desk")
    }

    /// What it keeps of its one desk.
    pub fn kept(&self) -> Value {
        let text = std::fs::read_to_string(self.kept_in()).unwrap();
        let kept: Value = serde_json::from_str(&text).unwrap();
        kept["desks"].as_object().unwrap().values().next().unwrap().clone()
    }
}
