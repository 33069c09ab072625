//! How much one association and one address may ask: token buckets in bounded memory, kept nowhere else.

use std::net::IpAddr;
use std::num::NonZeroUsize;
use std::sync::{Mutex, PoisonError};

use chrono::{DateTime, Utc};
use lru::LruCache;

use crate::ids::AssociationId;

/// How many buckets are kept; the one that was longest idle goes first.
const BUCKETS: NonZeroUsize = NonZeroUsize::MIN.saturating_add(16 * 1024 - 1);

/// What is limited.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Limit {
    /// Challenges for one association.
    ChallengesOf,
    /// Challenges and answers from one address.
    SignIn,
    /// Reading: 200 volunteers who ask every 15 seconds are 14 calls a second.
    Read,
    /// Everything that changes something.
    Act,
}

impl Limit {
    /// How many calls at once, and how many more each second.
    const fn rate(self) -> (f64, f64) {
        match self {
            Self::ChallengesOf => (120.0, 2.0),
            Self::SignIn => (60.0, 0.5),
            Self::Read => (1_200.0, 40.0),
            Self::Act => (240.0, 4.0),
        }
    }
}

/// Who asks.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) enum Asker {
    Association(AssociationId),
    /// An address; of IPv6 the network of 64 bits, which is one subscriber.
    Address(IpAddr),
}

impl Asker {
    pub(super) fn address(address: IpAddr) -> Self {
        Self::Address(match address {
            IpAddr::V4(_) => address,
            IpAddr::V6(long) => IpAddr::V6((u128::from(long) & !u128::from(u64::MAX)).into()),
        })
    }
}

struct Bucket {
    left: f64,
    at: DateTime<Utc>,
}

pub(super) struct Limits(Mutex<LruCache<(Limit, Asker), Bucket>>);

impl Limits {
    pub(super) fn new() -> Self {
        Self(Mutex::new(LruCache::new(BUCKETS)))
    }

    /// Takes one call, or says after how many seconds there is one.
    pub(super) fn take(&self, limit: Limit, asker: Asker, now: DateTime<Utc>) -> Result<(), u64> {
        let (most, each_second) = limit.rate();
        let mut buckets = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let bucket = buckets.get_or_insert_mut((limit, asker), || Bucket { left: most, at: now });
        // A clock that steps back gives nothing, and takes nothing.
        let passed = (now - bucket.at).to_std().unwrap_or_default().as_secs_f64();
        bucket.left = (bucket.left + passed * each_second).min(most);
        bucket.at = now;
        if bucket.left >= 1.0 {
            bucket.left -= 1.0;
            return Ok(());
        }
        let wait = std::time::Duration::from_secs_f64((1.0 - bucket.left) / each_second);
        Err(wait.as_secs() + 1)
    }
}
