//! How much one association and one address may ask: token buckets in bounded memory, kept nowhere else.
//!
//! A training of twenty-five people sits behind one address, so there is room for all of them to sign in more than
//! once; who asks for more waits a little before anyone is told to come back later.

use std::net::IpAddr;
use std::num::NonZeroUsize;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use chrono::{DateTime, Utc};
use lru::LruCache;

use super::problem::Problem;
use crate::ids::AssociationId;

/// How many buckets are kept; the one that was longest idle goes first.
const BUCKETS: NonZeroUsize = NonZeroUsize::MIN.saturating_add(16 * 1024 - 1);

/// How long a call waits for its turn before it is refused.
const PATIENCE: Duration = Duration::from_secs(5);

/// What is limited.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Limit {
    /// Challenges for one association. Anyone can ask for these: what is little would lock its volunteers out.
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
            Self::ChallengesOf | Self::Read => (1_200.0, 40.0),
            Self::SignIn => (200.0, 4.0),
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

    /// Takes one call, if need be after a little while.
    pub(super) async fn pass(&self, limit: Limit, asker: Asker, now: DateTime<Utc>) -> Result<(), Problem> {
        let wait = self.take(limit, asker, now).map_err(Problem::rate_limited)?;
        if !wait.is_zero() {
            tokio::time::sleep(wait).await;
        }
        Ok(())
    }

    /// Takes one call, and says how long it has to wait; or after how many seconds there is one.
    fn take(&self, limit: Limit, asker: Asker, now: DateTime<Utc>) -> Result<Duration, u64> {
        let (most, each_second) = limit.rate();
        let mut buckets = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let bucket = buckets.get_or_insert_mut((limit, asker), || Bucket { left: most, at: now });
        // A clock that steps back gives nothing, and takes nothing.
        let passed = (now - bucket.at).to_std().unwrap_or_default().as_secs_f64();
        bucket.left = (bucket.left + passed * each_second).min(most);
        bucket.at = now;
        let wait = Duration::from_secs_f64((1.0 - bucket.left).max(0.0) / each_second);
        if let Some(more) = wait.checked_sub(PATIENCE).filter(|more| !more.is_zero()) {
            return Err(more.as_secs() + 1);
        }
        bucket.left -= 1.0;
        Ok(wait)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn room() -> Asker {
        Asker::address(IpAddr::from([192, 0, 2, 7]))
    }

    #[test]
    fn twenty_five_people_behind_one_address_sign_in_without_a_wait() {
        let (limits, now) = (Limits::new(), DateTime::UNIX_EPOCH);
        // A challenge and its answer, four times over.
        for call in 0..25 * 2 * 4 {
            assert_eq!(limits.take(Limit::SignIn, room(), now), Ok(Duration::ZERO), "{call}");
        }
    }

    #[test]
    fn what_is_too_much_waits_a_little_and_then_is_told_for_how_long() {
        let (limits, now) = (Limits::new(), DateTime::UNIX_EPOCH);
        let taken: Vec<_> = (0..300).map(|_| limits.take(Limit::SignIn, room(), now)).collect();
        let waits: Vec<Duration> = taken.iter().flatten().copied().collect();
        assert_eq!(waits.len(), 220);
        assert!(waits.is_sorted() && waits.last().is_some_and(|longest| *longest == PATIENCE));
        assert_eq!(taken.last(), Some(&Err(1)));
        let later = now + chrono::TimeDelta::seconds(10);
        assert_eq!(limits.take(Limit::SignIn, room(), later), Ok(Duration::ZERO));
    }
}
