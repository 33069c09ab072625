//! What a device believes: whose signatures count, and the newest signed list that it has seen.
//!
//! Everything else about who is who comes from the server, which a device does not believe.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use super::extract::{Extract, Head, Member, hash};
use super::service::ServiceName;
use super::signature::{Trust, TrustedKey};
use crate::fingerprint;

/// What a device keeps from its enrolment on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Anchor {
    /// The name of the service.
    pub service: ServiceName,
    /// The minisign keys whose signatures count, as minisign writes them.
    pub signers: Vec<String>,
    /// How many different ones must have signed.
    pub threshold: u32,
    /// The server's keys in base64, newest first.
    pub server_keys: Vec<String>,
    /// The version of the newest list that was seen.
    pub version: u64,
    /// The SHA-256 of its head in base64: two lists with one version are an attack.
    pub head: String,
    /// The last day on which that list holds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<NaiveDate>,
    /// The hash of the list of associations.
    pub associations: String,
}

/// The answer of `GET /extract`. Nothing in it is believed.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Offered {
    /// The text that was signed.
    pub head: String,
    /// The texts of the signature files.
    pub signatures: Vec<String>,
    /// Whose signatures the server says count; asked once, at the enrolment.
    #[serde(default)]
    pub signers: Vec<String>,
    /// How many of them.
    #[serde(default)]
    pub threshold: u32,
}

/// The signed list as a server hands it out.
#[derive(Clone, Debug)]
pub struct Published {
    /// What anybody may read.
    pub offered: Offered,
    /// What was signed, parsed.
    pub head: Head,
    /// The list of associations, for who is signed in.
    pub list: String,
}

impl Published {
    /// Puts beside a list whose signatures the operator trusts.
    #[must_use]
    pub fn of(extract: Extract, trust: &Trust<'_>) -> Self {
        let Extract { head, text, signatures, list } = extract;
        let signers = trust.keys.iter().map(|key| key.text().to_owned()).collect();
        let threshold = trust.threshold.max(1);
        Self { offered: Offered { head: text, signatures, signers, threshold }, head, list }
    }

    /// Returns the words by which a device is enrolled at this server, one for each key that the list holds.
    #[must_use]
    pub fn fingerprints(&self) -> Vec<String> {
        let Offered { signers, threshold, .. } = &self.offered;
        let words = |key: &String| fingerprint(&self.head.service, signers, *threshold, key);
        self.head.server_keys.iter().map(words).collect()
    }
}

/// Why a list is not believed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Untrusted {
    /// It is no list.
    #[error("the server's signed list cannot be read")]
    Malformed,
    /// Too few of the right people have signed it.
    #[error("the server's list is not signed by the people whom your fingerprint names")]
    Unsigned,
    /// The words that were typed are others.
    #[error("the fingerprint does not fit this server")]
    OtherFingerprint,
    /// It is the list of another service.
    #[error("the server's list belongs to another service")]
    OtherService,
    /// It is older than one that this device has seen.
    #[error("the server shows an older list than before")]
    Older,
    /// It differs from the one that this device has seen under the same version.
    #[error("the server shows two lists with one number")]
    Twofold,
    /// The associations are not those that were signed for.
    #[error("the server's associations are not those that were signed for")]
    OtherAssociations,
}

/// Returns the text that a fingerprint's words stand for.
#[must_use]
fn fingerprint_text(service: &ServiceName, signers: &[String], threshold: u32, server_key: &str) -> String {
    let mut signers = signers.to_vec();
    signers.sort_unstable();
    let signers = signers.join(",");
    format!("relais desk fingerprint v1\n{service}\n{threshold}\n{signers}\n{server_key}\n")
}

/// Returns the twelve words that are handed over at an enrolment.
#[must_use]
pub fn fingerprint(service: &ServiceName, signers: &[String], threshold: u32, server_key: &str) -> String {
    fingerprint::words(&fingerprint_text(service, signers, threshold, server_key), fingerprint::SERVICE_WORDS)
}

impl Anchor {
    /// Believes a server for the first time: only where one of its keys makes the words that were typed.
    ///
    /// # Errors
    /// Returns why it is not believed.
    pub fn enrol(offered: &Offered, words: &str) -> Result<Self, Untrusted> {
        let head = read(&offered.head)?;
        let typed = fingerprint::typed(words);
        let makes = |key: &String| {
            let said = fingerprint(&head.service, &offered.signers, offered.threshold, key);
            fingerprint::typed(&said) == typed
        };
        if !head.server_keys.iter().any(makes) {
            return Err(Untrusted::OtherFingerprint);
        }
        verify(offered, &offered.signers, offered.threshold)?;
        Ok(Self::of(&head, &offered.head, offered.signers.clone(), offered.threshold))
    }

    /// Takes a newer list of the same service; the same one changes nothing.
    ///
    /// # Errors
    /// Returns why it is not believed.
    pub fn follow(&self, offered: &Offered) -> Result<Self, Untrusted> {
        let head = read(&offered.head)?;
        verify(offered, &self.signers, self.threshold)?;
        if head.service != self.service {
            return Err(Untrusted::OtherService);
        }
        let same = hash(&offered.head) == self.head;
        match head.version.cmp(&self.version) {
            std::cmp::Ordering::Less => Err(Untrusted::Older),
            std::cmp::Ordering::Equal if !same => Err(Untrusted::Twofold),
            std::cmp::Ordering::Equal => Ok(self.clone()),
            std::cmp::Ordering::Greater => {
                Ok(Self::of(&head, &offered.head, self.signers.clone(), self.threshold))
            }
        }
    }

    fn of(head: &Head, text: &str, signers: Vec<String>, threshold: u32) -> Self {
        Self {
            service: head.service.clone(),
            signers,
            threshold,
            server_keys: head.server_keys.clone(),
            version: head.version,
            head: STANDARD.encode(Sha256::digest(text)),
            until: head.until,
            associations: head.associations.clone(),
        }
    }

    /// Reads the list of associations that this device believes.
    ///
    /// # Errors
    /// [`Untrusted::OtherAssociations`] where it is not the one that the head names.
    pub fn members(&self, list: &str) -> Result<Vec<Member>, Untrusted> {
        if hash(list) != self.associations {
            return Err(Untrusted::OtherAssociations);
        }
        serde_json::from_str(list).map_err(|_| Untrusted::Malformed)
    }

    /// Returns whether anything may be sealed by this list on a day.
    #[must_use]
    pub fn holds_on(&self, today: NaiveDate) -> bool {
        self.until.is_none_or(|until| today <= until)
    }
}

/// One line of JSON and its LF, nothing else.
fn read(text: &str) -> Result<Head, Untrusted> {
    let line = text.strip_suffix('\n').filter(|line| !line.contains('\n')).ok_or(Untrusted::Malformed)?;
    let head: Head = serde_json::from_str(line).map_err(|_| Untrusted::Malformed)?;
    if head.v != 1 || head.version == 0 || head.server_keys.is_empty() {
        return Err(Untrusted::Malformed);
    }
    Ok(head)
}

fn verify(offered: &Offered, signers: &[String], threshold: u32) -> Result<(), Untrusted> {
    let keys: Result<Vec<TrustedKey>, _> = signers.iter().map(|key| TrustedKey::parse(key)).collect();
    let keys = keys.map_err(|_| Untrusted::Unsigned)?;
    let signatures: Vec<(String, String)> =
        offered.signatures.iter().map(|text| (String::new(), text.clone())).collect();
    let trust = Trust { keys: &keys, threshold };
    trust.verify_hashed(offered.head.as_bytes(), &signatures).map(|_| ()).map_err(|_| Untrusted::Unsigned)
}
