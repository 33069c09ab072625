//! The signed list for desks: who is who, with which keys, and which keys are the server's.
//!
//! A device must not believe the server about any of this, for whoever runs the server could name a key of theirs
//! and read what is passed on. So the signers of the directory sign an extract of it as well. It has two parts:
//! the *head*, `extract.json`, is what is signed and may be read by anybody; it names the list of associations by
//! its hash. The list itself is made again from the directory's files, and goes only to who is signed in, because
//! some associations do not want to be known. `docs/desk-api.md` is the contract.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use super::association::{Association, Role};
use super::service::ServiceName;
use crate::ids::{AssociationId, Country};

/// The file of the head.
pub(super) const HEAD: &str = "extract.json";
/// The head before, with its signatures: it goes on until enough have signed the next.
pub(super) const BEFORE: &str = "extract.before.json";

/// What is signed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Head {
    /// The format's version, 1.
    pub v: u8,
    /// The name of the service, which never changes.
    pub service: ServiceName,
    /// Counts up with each change.
    pub version: u64,
    /// The last day on which it holds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<NaiveDate>,
    /// The server's verifying keys in base64, newest first.
    pub server_keys: Vec<String>,
    /// The SHA-256 of the list of associations, in base64.
    pub associations: String,
}

impl Head {
    /// Returns the one line that is signed, with its LF.
    #[must_use]
    pub fn text(&self) -> String {
        line(self)
    }
}

/// An association as devices know it. No number, no chat, no place: nothing that could lead to a door.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Member {
    /// Its slug.
    pub id: AssociationId,
    /// Its name.
    pub name: String,
    /// What it is asked for.
    pub role: Role,
    /// The country it works in.
    pub country: Country,
    /// Everybody who reads for it.
    pub recipients: Vec<String>,
    /// Those of them that have a signing key.
    #[serde(default)]
    pub devices: Vec<MemberDevice>,
}

/// A device in the list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MemberDevice {
    /// What is sealed to it; also its name.
    pub recipient: String,
    /// What its signatures are checked with, in base64.
    pub signing: String,
    /// It may take another device of its association out at once.
    #[serde(default)]
    pub coordinator: bool,
}

impl Member {
    fn of(association: &Association) -> Self {
        let device = |device: &super::association::Device| {
            let signing = device.signing?.to_string();
            Some(MemberDevice {
                recipient: device.recipient.to_string(),
                signing,
                coordinator: device.coordinator,
            })
        };
        Self {
            id: association.id.clone(),
            name: association.name.clone(),
            role: association.role,
            country: association.country,
            recipients: association.devices.iter().map(|device| device.recipient.to_string()).collect(),
            devices: association.devices.iter().filter_map(device).collect(),
        }
    }
}

/// The extract as the server hands it out.
#[derive(Clone, Debug)]
pub struct Extract {
    /// What is signed, parsed.
    pub head: Head,
    /// What is signed, as it was.
    pub text: String,
    /// The signature files' texts.
    pub signatures: Vec<String>,
    /// The list of associations that the head names.
    pub list: String,
}

/// What the head would have to say today, apart from its version.
pub(super) struct Wanted {
    pub(super) service: ServiceName,
    pub(super) until: Option<NaiveDate>,
    pub(super) server_keys: Vec<String>,
    pub(super) list: String,
}

impl Wanted {
    /// Of every association of the files, whether it may be asked today or not: the text must not depend on the day
    /// on which a signer signs.
    pub(super) fn of<'a>(
        service: ServiceName,
        server_keys: Vec<String>,
        associations: impl Iterator<Item = &'a Association>,
    ) -> Self {
        let mut associations: Vec<&Association> = associations.collect();
        associations.sort_by(|one, other| one.id.cmp(&other.id));
        let until = associations.iter().filter_map(|association| association.file_until).min();
        let members: Vec<Member> = associations.into_iter().map(Member::of).collect();
        Self { service, until, server_keys, list: line(&members) }
    }

    pub(super) fn head(&self, version: u64) -> Head {
        Head {
            v: 1,
            service: self.service.clone(),
            version,
            until: self.until,
            server_keys: self.server_keys.clone(),
            associations: hash(&self.list),
        }
    }

    /// Returns whether a head says the same of everything but the server's keys: those follow when it is signed anew.
    pub(super) fn agrees(&self, head: &Head) -> bool {
        let same = Head { version: head.version, server_keys: head.server_keys.clone(), ..self.head(0) };
        same == *head
    }

    /// Returns the head that follows this one: the same where nothing has changed.
    pub(super) fn after(&self, head: Option<&Head>) -> Head {
        match head {
            Some(head) if *head == self.head(head.version) => head.clone(),
            Some(head) => self.head(head.version.saturating_add(1)),
            None => self.head(1),
        }
    }
}

/// Returns the hash by which a head names a list.
pub(super) fn hash(list: &str) -> String {
    STANDARD.encode(Sha256::digest(list))
}

fn line(content: &impl Serialize) -> String {
    // Strings, numbers and lists of them: serde_json writes them always.
    let mut line = serde_json::to_string(content).unwrap_or_default();
    line.push('\n');
    line
}

impl Serialize for Role {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.code())
    }
}

impl<'de> Deserialize<'de> for Role {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::from_code(&text).ok_or_else(|| serde::de::Error::custom("no role of an association"))
    }
}
