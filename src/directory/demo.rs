//! The demo directory: invented associations, signed on the spot by a key that is kept nowhere.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::Path;

use chrono::{Months, NaiveDate, NaiveTime};

use super::anchor::Published;
use super::extract::HEAD;
use super::fault::Faults;
use super::files::{UntrustedDirectory, UntrustedFile};
use super::service::{SERVICE, ServiceFile};
use super::signature::{KeyFault, SigningKey, Trust, TrustedKey};
use super::verify::Verified;
use super::{Directory, embedded};
use crate::device::DeviceKey;
use crate::ids::AssociationId;

/// What the service of the demo is called.
const SERVICE_NAME: &str = "demo";
/// For how long what the demo signs is good.
const MONTHS: Months = Months::new(12);
/// Stand in the files where the keys of a device are filled in, side by side.
const RECIPIENT: &str = "{recipient}";
const SIGNING: &str = "{signing}";
/// Stands, with its quotes, where the day of signing is filled in.
const TODAY: &str = "\"{today}\"";
/// Stands, with its quotes, where the day a year later is filled in.
const IN_A_YEAR: &str = "\"{in a year}\"";

/// Why the demo directory cannot be made.
#[derive(Debug, thiserror::Error)]
pub enum DemoFault {
    /// No key.
    #[error("the key that signs the demo {0}")]
    Key(#[from] KeyFault),
    /// The files of the demo are faulty; a test holds that they are not.
    #[error(transparent)]
    Faults(#[from] Faults),
    /// It has no signed list for desks.
    #[error("the demo was prepared for no server's keys")]
    NoList,
}

/// The demo directory with the keys of its associations.
pub struct Demo {
    /// Its files, signed.
    pub files: Vec<UntrustedFile>,
    /// The public key that signed them, as it stands in `directory.trusted_keys`.
    pub trusted_key: String,
    /// What opens the tokens of each association: one identity for each of its recipients.
    pub identities: BTreeMap<AssociationId, Vec<age::x25519::Identity>>,
    signer: SigningKey,
}

impl std::fmt::Debug for Demo {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Demo").field("trusted_key", &self.trusted_key).finish_non_exhaustive()
    }
}

impl Demo {
    /// Makes fresh keys for every association, fills them and the dates in, and signs with a fresh key.
    ///
    /// # Errors
    /// Fails where the system gives no random bytes.
    pub fn prepare(today: NaiveDate) -> Result<Self, DemoFault> {
        Self::prepare_for(today, &[])
    }

    /// Makes the same with a signed list for desks, which names these keys of a server, newest first.
    ///
    /// # Errors
    /// Fails where the system gives no random bytes.
    pub fn prepare_for(today: NaiveDate, server_keys: &[String]) -> Result<Self, DemoFault> {
        let signer = SigningKey::throw_away()?;
        let mut demo = Self::files(today, signer)?;
        if !server_keys.is_empty() {
            demo.list(server_keys, today)?;
        }
        Ok(demo)
    }

    /// Signs the list for desks anew, as the signers do after a change.
    ///
    /// # Errors
    /// Fails where the system gives no random bytes.
    pub fn list(&mut self, server_keys: &[String], today: NaiveDate) -> Result<(), DemoFault> {
        let name = SERVICE_NAME.parse().map_err(|_| KeyFault::Malformed)?;
        let service = ServiceFile { name, server_keys: server_keys.to_vec() };
        self.files.retain(|file| file.name != SERVICE);
        let content = service.text().into_bytes();
        self.files.push(UntrustedFile { name: SERVICE.to_owned(), content, signatures: Vec::new() });
        let head = UntrustedDirectory::of(self.files.clone()).next_head(today);
        let text = head.ok_or(KeyFault::Malformed)?.text();
        let at = today.and_time(NaiveTime::MIN).and_utc().timestamp();
        let signature = self.signer.sign(text.as_bytes(), HEAD, at)?;
        let signatures = vec![(format!("{HEAD}.minisig"), signature)];
        self.files.retain(|file| file.name != HEAD);
        self.files.push(UntrustedFile { name: HEAD.to_owned(), content: text.into_bytes(), signatures });
        Ok(())
    }

    fn files(today: NaiveDate, key: SigningKey) -> Result<Self, DemoFault> {
        let mut identities: BTreeMap<AssociationId, Vec<age::x25519::Identity>> = BTreeMap::new();
        let mut files = Vec::new();
        let later = today.checked_add_months(MONTHS).unwrap_or(NaiveDate::MAX);
        for (name, text) in embedded::demo() {
            let text = text.replace(TODAY, &today.to_string()).replace(IN_A_YEAR, &later.to_string());
            let content = with_recipients(&text, &mut identities).into_bytes();
            let at = today.and_time(NaiveTime::MIN).and_utc().timestamp();
            let signature = key.sign(&content, &name, at)?;
            let signatures = vec![(format!("{name}.minisig"), signature)];
            files.push(UntrustedFile { name, content, signatures });
        }
        Ok(Self { files, trusted_key: key.public()?, identities, signer: key })
    }

    /// Verifies it like any other directory.
    ///
    /// # Errors
    /// Returns the faults of its files; a test holds that there are none.
    pub fn verify(&self, today: NaiveDate) -> Result<Verified, DemoFault> {
        let keys = [TrustedKey::parse(&self.trusted_key).map_err(|_| KeyFault::Malformed)?];
        let trust = Trust { keys: &keys, threshold: 1 };
        Ok(UntrustedDirectory::of(self.files.clone()).verify(&trust, today)?)
    }

    /// Verifies it, and puts its signed list together as a server hands it out.
    ///
    /// # Errors
    /// Returns the faults of its files; [`DemoFault::NoList`] where it was prepared for no server.
    pub fn published(&self, today: NaiveDate) -> Result<(Directory, Published), DemoFault> {
        let keys = [TrustedKey::parse(&self.trusted_key).map_err(|_| KeyFault::Malformed)?];
        let trust = Trust { keys: &keys, threshold: 1 };
        let Verified { directory, extract, .. } = self.verify(today)?;
        Ok((directory, Published::of(extract.ok_or(DemoFault::NoList)?, &trust)))
    }

    /// Writes the files and their signatures into a folder that is there, over no file that is there.
    ///
    /// # Errors
    /// Returns the first file that cannot be written.
    pub fn write(&self, folder: &Path) -> io::Result<()> {
        for file in &self.files {
            write_new(&folder.join(&file.name), &file.content)?;
            for (name, signature) in &file.signatures {
                write_new(&folder.join(name), signature.as_bytes())?;
            }
        }
        Ok(())
    }
}

fn write_new(path: &Path, content: &[u8]) -> io::Result<()> {
    io::Write::write_all(&mut fs::File::create_new(path)?, content)
}

/// Fills in fresh recipients, for the association whose id stands last above them.
fn with_recipients(
    text: &str,
    identities: &mut BTreeMap<AssociationId, Vec<age::x25519::Identity>>,
) -> String {
    let mut filled = String::with_capacity(text.len());
    let mut current: Option<AssociationId> = None;
    for line in text.lines() {
        if let Some(id) = line.strip_prefix("id = \"").and_then(|rest| rest.split('"').next()) {
            current = id.parse().ok();
        }
        let mut line = line.to_owned();
        while let Some(id) = current.as_ref().filter(|_| line.contains(RECIPIENT)) {
            let identity = age::x25519::Identity::generate();
            let key = DeviceKey::of(&identity);
            line = line.replacen(RECIPIENT, &key.recipient().to_string(), 1);
            line = line.replacen(SIGNING, &key.public().to_string(), 1);
            identities.entry(id.clone()).or_default().push(identity);
        }
        filled.push_str(&line);
        filled.push('\n');
    }
    filled
}
