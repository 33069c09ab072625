//! Sessions by proof: whoever can decrypt for an association is one of its volunteers.
//!
//! The challenge is signed, names everything it is for, and is answered by a proof alone: what a device decrypts never
//! travels back. `docs/desk-api.md` is the contract. Nothing is kept but the ids of challenges that were answered, for
//! the two minutes in which they could be answered again: challenge and session travel sealed with the device.

use std::collections::{HashSet, VecDeque};
use std::sync::{Mutex, PoisonError};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use chrono::{DateTime, TimeDelta, Utc};
use sha2::{Digest as _, Sha256};
use subtle::ConstantTimeEq as _;
use zeroize::Zeroizing;

use crate::desk::challenge::{Challenge, signed_bytes};
use crate::device::Statement;
use crate::directory::{Association, Recipient, Removed};
use crate::handoff::key_text;
use crate::ids::AssociationId;
use crate::sealing::{self, DeskSeal, KeyRing};

/// How long a challenge can be answered.
const CHALLENGE_LIFE: TimeDelta = TimeDelta::minutes(2);
/// How long a session holds.
pub(super) const SESSION_LIFE: TimeDelta = TimeDelta::hours(12);
/// Every challenge is encrypted to so many recipients at least, so that their number says nothing.
const STANZAS: usize = 8;
/// How many answered challenges are remembered; only volunteers can make one.
const REMEMBERED: usize = 16 * 1024;
/// Bytes in which the slug of an association stands, filled up with zeros.
const SLUG_BYTES: usize = 48;
/// Bytes in which the recipient of a device stands, filled up with zeros; none where the device has no name.
const DEVICE_BYTES: usize = 64;

/// A challenge as it goes to a device.
#[derive(serde::Serialize)]
pub(super) struct Asked {
    pub(super) id: String,
    /// base64 of the age file.
    pub(super) challenge: String,
    /// base64 of the server's signature over it.
    pub(super) signature: String,
}

/// What a device answers.
#[derive(serde::Deserialize)]
pub(super) struct Answered {
    pub(super) id: String,
    pub(super) proof: String,
    #[serde(default)]
    pub(super) device: Option<String>,
    #[serde(default)]
    pub(super) signature: Option<String>,
}

/// A challenge that was answered well.
pub(super) struct Proved {
    pub(super) association: AssociationId,
    /// When the challenge was made.
    pub(super) asked: DateTime<Utc>,
    origin: String,
}

/// Why an answer gives no session.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Refused {
    Wrong,
    Expired,
    Used,
    /// Too many were answered in the last two minutes.
    Busy,
}

/// Makes and checks challenges and sessions.
pub(super) struct Sessions {
    /// Recipients whose identities nobody has.
    decoys: Vec<Recipient>,
    used: Mutex<Used>,
}

#[derive(Default)]
struct Used {
    order: VecDeque<(DateTime<Utc>, [u8; 32])>,
    answers: HashSet<[u8; 32]>,
}

impl Sessions {
    pub(super) fn new() -> Self {
        let decoys = (0..STANZAS).map(|_| age::x25519::Identity::generate().to_public()).collect();
        Self { decoys, used: Mutex::default() }
    }

    /// Makes a challenge for an association; one that is not there gets the same, which nobody can answer.
    pub(super) fn challenge(
        &self,
        keys: &KeyRing,
        (association, removed): (Option<&Association>, &Removed),
        (slug, origin): (&str, &str),
        now: DateTime<Utc>,
    ) -> Option<Asked> {
        let mut secret = Zeroizing::new([0_u8; 32]);
        sealing::random(secret.as_mut_slice()).ok()?;
        let mut plain = Zeroizing::new(Vec::with_capacity(8 + SLUG_BYTES + 32 + origin.len()));
        plain.extend((now + CHALLENGE_LIFE).timestamp().to_be_bytes());
        plain.extend(filled::<SLUG_BYTES>(slug));
        plain.extend(secret.as_slice());
        plain.extend(origin.bytes());
        let id = keys.seal_desk(DeskSeal::Challenge, &plain);
        let server_key = key_text(&keys.signing().verifying_key());
        let text = Challenge { server_key: &server_key, origin, association: slug, id: &id }.text(&secret);
        let mut recipients = association.map_or_else(Vec::new, |known| known.recipients(removed));
        let missing = STANZAS.saturating_sub(recipients.len());
        recipients.extend(self.decoys.iter().take(missing).cloned());
        let file = crate::handoff::encrypt::<()>(&text, &recipients).ok()?.into_bytes();
        let signature = ed25519_dalek::Signer::sign(keys.signing(), &signed_bytes(&file));
        Some(Asked { id, challenge: STANDARD.encode(file), signature: STANDARD.encode(signature.to_bytes()) })
    }

    /// Checks an answer, and returns whose it is; each challenge is answered once.
    pub(super) fn answer(
        &self,
        keys: &KeyRing,
        answered: &Answered,
        now: DateTime<Utc>,
    ) -> Result<Proved, Refused> {
        let plain =
            keys.open_desk(DeskSeal::Challenge, &answered.id).map(Zeroizing::new).ok_or(Refused::Wrong)?;
        let (expires, rest) = plain.split_first_chunk::<8>().ok_or(Refused::Wrong)?;
        let (slug, rest) = rest.split_first_chunk::<SLUG_BYTES>().ok_or(Refused::Wrong)?;
        let (secret, origin) = rest.split_first_chunk::<32>().ok_or(Refused::Wrong)?;
        let expires = DateTime::from_timestamp(i64::from_be_bytes(*expires), 0).ok_or(Refused::Wrong)?;
        if expires.timestamp() < now.timestamp() {
            return Err(Refused::Expired);
        }
        let origin = std::str::from_utf8(origin).map_err(|_| Refused::Wrong)?.to_owned();
        let association: AssociationId = read(slug).ok_or(Refused::Wrong)?;
        let given = STANDARD.decode(&answered.proof).unwrap_or_default();
        // A key may have come into force since: the challenge holds for the key that made it.
        let fits = keys.verifying().any(|key| {
            let server_key = key_text(&key);
            let asked = Challenge {
                server_key: &server_key,
                origin: &origin,
                association: association.as_str(),
                id: &answered.id,
            };
            bool::from(asked.proof(secret).ct_eq(given.as_slice()))
        });
        if !fits {
            return Err(Refused::Wrong);
        }
        self.use_up(Sha256::digest(&answered.id).into(), now)?;
        Ok(Proved { association, asked: expires - CHALLENGE_LIFE, origin })
    }

    fn use_up(&self, answer: [u8; 32], now: DateTime<Utc>) -> Result<(), Refused> {
        let mut used = self.used.lock().unwrap_or_else(PoisonError::into_inner);
        while let Some((_, old)) = used.order.front().copied().filter(|(until, _)| *until < now) {
            used.order.pop_front();
            used.answers.remove(&old);
        }
        if used.answers.contains(&answer) {
            return Err(Refused::Used);
        }
        if used.order.len() >= REMEMBERED {
            return Err(Refused::Busy);
        }
        // A second more, for the challenge's own time is cut to seconds.
        used.order.push_back((now + CHALLENGE_LIFE + TimeDelta::seconds(1), answer));
        used.answers.insert(answer);
        Ok(())
    }
}

impl Proved {
    /// The origin that the device talks to.
    pub(super) fn origin(&self) -> &str {
        &self.origin
    }

    /// Returns the device that has answered: one that the directory lists with a signing key, and that signed. Nothing
    /// where it lists none such under that name.
    pub(super) fn device(
        &self,
        keys: &KeyRing,
        answered: &Answered,
        association: &Association,
    ) -> Result<Option<String>, Refused> {
        let Some(device) = answered.device.as_deref() else { return Ok(None) };
        let listed = association.device(device).and_then(|device| device.signing);
        let Some(listed) = listed else { return Ok(None) };
        let signature = answered.signature.as_deref().ok_or(Refused::Wrong)?;
        let signed = keys.verifying().any(|key| {
            let statement = Statement::Session {
                origin: &self.origin,
                association: self.association.as_str(),
                id: &answered.id,
                server_key: &key_text(&key),
                device,
            };
            listed.has_signed(&statement, signature)
        });
        if signed { Ok(Some(device.to_owned())) } else { Err(Refused::Wrong) }
    }
}

/// Seals a session: of a device, or, where it has no name, bound to the keys that its association has now.
pub(super) fn seal(
    keys: &KeyRing,
    association: &Association,
    (device, origin): (Option<&str>, &str),
    until: DateTime<Utc>,
) -> Option<String> {
    let mut id = [0_u8; 16];
    sealing::random(&mut id).ok()?;
    let mut plain = Vec::with_capacity(8 + SLUG_BYTES + DEVICE_BYTES + 24 + origin.len());
    plain.extend(until.timestamp().to_be_bytes());
    plain.extend(filled::<SLUG_BYTES>(association.id.as_str()));
    plain.extend(filled::<DEVICE_BYTES>(device.unwrap_or_default()));
    plain.extend(keys_of(association));
    plain.extend(id);
    plain.extend(origin.bytes());
    Some(keys.seal_desk(DeskSeal::Session, &plain))
}

/// A session that was opened; whether the directory still knows who holds it is for the caller to check.
pub(super) struct Session {
    pub(super) id: [u8; 16],
    pub(super) association: AssociationId,
    /// The recipient of the device, where it has a name.
    pub(super) device: Option<String>,
    /// The origin that the device talked to as it signed in.
    pub(super) origin: String,
    pub(super) expires: DateTime<Utc>,
    keys: [u8; 8],
}

impl Session {
    pub(super) fn open(keys: &KeyRing, token: &str, now: DateTime<Utc>) -> Option<Self> {
        let plain = keys.open_desk(DeskSeal::Session, token)?;
        let (expires, rest) = plain.split_first_chunk::<8>()?;
        let (slug, rest) = rest.split_first_chunk::<SLUG_BYTES>()?;
        let (device, rest) = rest.split_first_chunk::<DEVICE_BYTES>()?;
        let (bound, rest) = rest.split_first_chunk::<8>()?;
        let (id, origin) = rest.split_first_chunk::<16>()?;
        let expires = DateTime::from_timestamp(i64::from_be_bytes(*expires), 0).filter(|&at| now < at)?;
        let device: String = read(device)?;
        Some(Self {
            id: *id,
            association: read(slug)?,
            device: Some(device).filter(|device| !device.is_empty()),
            origin: String::from_utf8(origin.to_vec()).ok()?,
            expires,
            keys: *bound,
        })
    }

    /// When it began.
    pub(super) fn began(&self) -> DateTime<Utc> {
        self.expires - SESSION_LIFE
    }

    /// A device that was taken out of the directory takes its sessions with it. One without a name goes with any change
    /// of the keys, and is taken only where there are devices that have none.
    pub(super) fn is_bound_to(&self, association: &Association) -> bool {
        match &self.device {
            Some(device) => association.device(device).is_some_and(|device| device.signing.is_some()),
            None => {
                self.keys == keys_of(association)
                    && association.devices.iter().any(|one| one.signing.is_none())
            }
        }
    }
}

fn keys_of(association: &Association) -> [u8; 8] {
    let mut names: Vec<String> =
        association.devices.iter().map(|device| device.recipient.to_string()).collect();
    names.sort_unstable();
    let digest = Sha256::digest(names.join("\n"));
    digest.first_chunk::<8>().copied().unwrap_or_default()
}

/// Fills a text up with zeros; what does not fit is cut, and then fits nothing.
fn filled<const N: usize>(text: &str) -> [u8; N] {
    let mut bytes = [0; N];
    for (slot, byte) in bytes.iter_mut().zip(text.bytes()) {
        *slot = byte;
    }
    bytes
}

fn read<T: std::str::FromStr>(bytes: &[u8]) -> Option<T> {
    std::str::from_utf8(bytes).ok()?.trim_end_matches('\0').parse().ok()
}
