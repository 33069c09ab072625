//! The people who sign the directory: a few files of the demo, signed anew by one key after every change.

use std::sync::Arc;

use relais::device::DeviceKey;
use relais::directory::{
    Published, ServiceFile, SigningKey, Trust, TrustedKey, UntrustedDirectory, Verified, sign_file,
};
use tempfile::TempDir;

use crate::desk::stage::{LYON, PARIS, Stage, TEAM};

pub struct Signers {
    folder: TempDir,
    key: SigningKey,
}

impl Signers {
    /// Takes over the directory of a stage, with two associations and the team.
    pub fn of(stage: &Stage) -> Self {
        let (folder, key) = (tempfile::tempdir().unwrap(), SigningKey::throw_away().unwrap());
        for file in &stage.demo.files {
            if [LYON, PARIS, TEAM].iter().any(|id| file.name == format!("{id}.toml")) {
                std::fs::write(folder.path().join(&file.name), &file.content).unwrap();
            }
        }
        let service = ServiceFile { name: "demo".parse().unwrap(), server_keys: stage.keys.published() };
        std::fs::write(folder.path().join("service.toml"), service.text()).unwrap();
        Self { folder, key }
    }

    /// Writes the entry of an association anew: these devices, by which alone they read where `named` is false.
    pub fn list(&self, association: &str, devices: &[(&DeviceKey, bool, bool)]) {
        let path = self.folder.path().join(format!("{association}.toml"));
        let text = std::fs::read_to_string(&path).unwrap();
        let mut kept: Vec<&str> = Vec::new();
        let mut inside = false;
        for line in text.lines() {
            inside |= line.starts_with("devices = [");
            if !inside && !line.starts_with("recipients = ") {
                kept.push(line);
            }
            inside &= line != "]";
        }
        let (mut alone, mut named) = (Vec::new(), Vec::new());
        for (key, has_name, coordinator) in devices {
            let recipient = key.recipient();
            if *has_name {
                named.push(format!(
                    "    {{ recipient = \"{recipient}\", signing = \"{}\", coordinator = {coordinator} }},\n",
                    key.public()
                ));
            } else {
                alone.push(format!("\"{recipient}\""));
            }
        }
        let mut entry = Vec::new();
        if !alone.is_empty() {
            entry.push(format!("recipients = [{}]", alone.join(", ")));
        }
        if !named.is_empty() {
            entry.push(format!("devices = [\n{}]", named.concat()));
        }
        let at = kept.iter().position(|line| line.starts_with("display = ")).unwrap();
        let entry = entry.join("\n");
        kept.insert(at, &entry);
        std::fs::write(path, kept.join("\n") + "\n").unwrap();
    }

    /// Signs everything, and gives it to the server of a stage; it counts once that is started again.
    pub fn sign(&self, stage: &mut Stage) {
        let (now, today) = (stage.hand.now(), stage.hand.now().date_naive());
        for association in [LYON, PARIS, TEAM] {
            sign_file(&self.folder.path().join(format!("{association}.toml")), &self.key, now).unwrap();
        }
        let keys = [TrustedKey::parse(&self.key.public().unwrap()).unwrap()];
        let trust = Trust { keys: &keys, threshold: 1 };
        let Verified { directory, extract, .. } =
            UntrustedDirectory::read(self.folder.path()).verify(&trust, today).unwrap();
        stage.directory = Arc::new(directory);
        stage.published = Arc::new(Published::of(extract.unwrap(), &trust));
    }
}
