//! `service.toml`: the name of the service and the server's keys, as the operator gives them to the signers.
//!
//! It is no file of associations and has no signature of its own: what stands in it counts only once the signed
//! extract says the same.

use std::fmt;
use std::str::FromStr;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::{Deserialize, Serialize};

use super::reader::{Source, Table};

/// The file's name.
pub(super) const SERVICE: &str = "service.toml";
/// The longest name of a service, in characters.
const LONGEST: usize = 48;

/// The name of a service: what its signatures are bound to, so that those of one say nothing at another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ServiceName(String);

/// A text that is no name of a service.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("no name of a service: 1 to 48 of a-z, 0-9 and \"-\"")]
pub struct MalformedName;

impl ServiceName {
    /// Returns the name.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for ServiceName {
    type Err = MalformedName;

    fn from_str(text: &str) -> Result<Self, MalformedName> {
        let fits = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-';
        let is_name = (1..=LONGEST).contains(&text.len()) && text.bytes().all(fits);
        is_name.then(|| Self(text.to_owned())).ok_or(MalformedName)
    }
}

impl fmt::Display for ServiceName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Serialize for ServiceName {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for ServiceName {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

/// What stands in the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ServiceFile {
    /// The name.
    pub name: ServiceName,
    /// The server's verifying keys in base64, newest first.
    pub server_keys: Vec<String>,
}

impl ServiceFile {
    /// Returns the text of the file.
    #[must_use]
    pub fn text(&self) -> String {
        let keys: Vec<String> = self.server_keys.iter().map(|key| format!("    \"{key}\",\n")).collect();
        format!(
            "# The name of this service, and the keys of its server, newest first: written by `relais directory\n\
             # service`. Devices believe a key once the signers of the directory have signed for it. A signer\n\
             # compares its words with the operator on the phone: `relais keys show`.\n\
             [service]\nname = \"{}\"          # never changes\nserver_keys = [\n{}]\n",
            self.name,
            keys.concat(),
        )
    }

    pub(super) fn read(source: &Source<'_>) -> Option<Self> {
        let parsed = source.parse();
        let root = Table::root(source, parsed.get_ref());
        root.refuse_unknown(&["service"]);
        let table = root.need("service", root.table("service"))?;
        table.refuse_unknown(&["name", "server_keys"]);
        let name = table.need("name", table.parsed("name"));
        let server_keys = table.need("server_keys", table.parsed_list("server_keys", server_key))?;
        if server_keys.is_empty() {
            table.fault("server_keys", "is empty: no device could believe the server");
            return None;
        }
        Some(Self { name: name?, server_keys })
    }
}

/// Reads a server's key: 32 bytes in base64.
fn server_key(text: &str) -> Result<String, &'static str> {
    let bytes = STANDARD.decode(text).ok().filter(|bytes| bytes.len() == 32);
    let key = bytes.map(|bytes| STANDARD.encode(bytes)).filter(|key| key == text);
    key.ok_or("holds what is no key of a server: 44 letters of base64, as `relais keys show` says them")
}
