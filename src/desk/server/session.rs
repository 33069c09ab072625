//! Sessions by proof: whoever can decrypt for an association is one of its volunteers.
//!
//! Nothing is kept: the challenge and the session travel sealed with the volunteer's device. Only the ids of
//! challenges that were answered are remembered, for the two minutes in which they could be answered again.

use std::collections::{HashSet, VecDeque};
use std::sync::{Mutex, PoisonError};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use chrono::{DateTime, TimeDelta, Utc};
use sha2::{Digest as _, Sha256};
use subtle::ConstantTimeEq as _;
use zeroize::Zeroizing;

use crate::directory::{Association, Recipient};
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

/// A challenge as it goes to a device.
pub(super) struct Challenge {
    pub(super) id: String,
    /// base64 of the age file.
    pub(super) challenge: String,
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
        association: Option<&Association>,
        slug: &str,
        now: DateTime<Utc>,
    ) -> Option<Challenge> {
        let mut answer = Zeroizing::new([0_u8; 32]);
        sealing::random(answer.as_mut_slice()).ok()?;
        let mut recipients: Vec<&Recipient> =
            association.map_or_else(Vec::new, |a| a.recipients.iter().collect());
        let missing = STANZAS.saturating_sub(recipients.len());
        recipients.extend(self.decoys.iter().take(missing));
        let recipients = recipients.into_iter().map(|recipient| recipient as &dyn age::Recipient);
        let mut file = Vec::with_capacity(2048);
        let mut writer = age::Encryptor::with_recipients(recipients).ok()?.wrap_output(&mut file).ok()?;
        std::io::Write::write_all(&mut writer, answer.as_slice()).ok()?;
        writer.finish().ok()?;
        let mut plain = Vec::with_capacity(8 + SLUG_BYTES + 32);
        plain.extend((now + CHALLENGE_LIFE).timestamp().to_be_bytes());
        plain.extend(slug_bytes(slug));
        plain.extend(Sha256::digest(answer.as_slice()));
        Some(Challenge { id: keys.seal_desk(DeskSeal::Challenge, &plain), challenge: STANDARD.encode(file) })
    }

    /// Checks an answer, and returns whose it is; each answer counts once.
    pub(super) fn answer(
        &self,
        keys: &KeyRing,
        id: &str,
        answer: &[u8],
        now: DateTime<Utc>,
    ) -> Result<AssociationId, Refused> {
        let plain = keys.open_desk(DeskSeal::Challenge, id).ok_or(Refused::Wrong)?;
        let (expires, rest) = plain.split_first_chunk::<8>().ok_or(Refused::Wrong)?;
        let (slug, hash) = rest.split_first_chunk::<SLUG_BYTES>().ok_or(Refused::Wrong)?;
        if i64::from_be_bytes(*expires) < now.timestamp() {
            return Err(Refused::Expired);
        }
        let given: [u8; 32] = Sha256::digest(answer).into();
        if !bool::from(given.as_slice().ct_eq(hash)) {
            return Err(Refused::Wrong);
        }
        let association = slug_of(slug).ok_or(Refused::Wrong)?;
        self.use_up(given, now)?;
        Ok(association)
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

/// Seals a session of an association, bound to the keys it has now.
pub(super) fn seal(keys: &KeyRing, association: &Association, until: DateTime<Utc>) -> Option<String> {
    let mut random = [0_u8; 8];
    sealing::random(&mut random).ok()?;
    let mut plain = Vec::with_capacity(8 + SLUG_BYTES + 16);
    plain.extend(until.timestamp().to_be_bytes());
    plain.extend(slug_bytes(association.id.as_str()));
    plain.extend(keys_of(association));
    plain.extend(random);
    Some(keys.seal_desk(DeskSeal::Session, &plain))
}

/// A session that was opened; whether its association still has the same keys is for the caller to check.
pub(super) struct Session {
    pub(super) association: AssociationId,
    pub(super) expires: DateTime<Utc>,
    keys: [u8; 8],
}

impl Session {
    pub(super) fn open(keys: &KeyRing, token: &str, now: DateTime<Utc>) -> Option<Self> {
        let plain = keys.open_desk(DeskSeal::Session, token)?;
        let (expires, rest) = plain.split_first_chunk::<8>()?;
        let (slug, rest) = rest.split_first_chunk::<SLUG_BYTES>()?;
        let (bound, _) = rest.split_first_chunk::<8>()?;
        let expires = DateTime::from_timestamp(i64::from_be_bytes(*expires), 0).filter(|&at| now < at)?;
        Some(Self { association: slug_of(slug)?, expires, keys: *bound })
    }

    /// A key that was taken out of the directory takes its sessions with it.
    pub(super) fn is_bound_to(&self, association: &Association) -> bool {
        self.keys == keys_of(association)
    }
}

fn keys_of(association: &Association) -> [u8; 8] {
    let mut names: Vec<String> = association.recipients.iter().map(ToString::to_string).collect();
    names.sort_unstable();
    let digest = Sha256::digest(names.join("\n"));
    digest.first_chunk::<8>().copied().unwrap_or_default()
}

fn slug_bytes(slug: &str) -> [u8; SLUG_BYTES] {
    let mut bytes = [0; SLUG_BYTES];
    for (slot, byte) in bytes.iter_mut().zip(slug.bytes()) {
        *slot = byte;
    }
    bytes
}

fn slug_of(bytes: &[u8]) -> Option<AssociationId> {
    std::str::from_utf8(bytes).ok()?.trim_end_matches('\0').parse().ok()
}
