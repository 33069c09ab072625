//! Retention: what is deleted when, and a sweep that proves what it did.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use tokio::sync::watch;

use crate::clock::Clock;
use crate::store::{Store, StoreError, Swept};

/// How often the sweep runs: requests end on the hour in which they came.
const EVERY: TimeDelta = TimeDelta::hours(1);
/// A sweep that has not succeeded for so long is an alarm: what had to be deleted may still be there.
const LATE: TimeDelta = TimeDelta::hours(6);

/// When a sweep was last known to have left nothing behind; clones are the same.
#[derive(Clone, Debug)]
pub struct LastSweep(Arc<AtomicI64>);

impl LastSweep {
    /// Begins to count at this moment.
    #[must_use]
    pub fn since(now: DateTime<Utc>) -> Self {
        Self(Arc::new(AtomicI64::new(now.timestamp())))
    }

    /// Returns whether something may still be there that had to be deleted hours ago.
    #[must_use]
    pub fn is_late(&self, now: DateTime<Utc>) -> bool {
        now.timestamp() - self.0.load(Ordering::Relaxed) > LATE.num_seconds()
    }

    fn note(&self, now: DateTime<Utc>) {
        self.0.store(now.timestamp(), Ordering::Relaxed);
    }
}

/// Deletes what is past its time, at every full hour, until told to stop.
pub async fn run(store: &Store, clock: &Clock, last: &LastSweep, mut stop: watch::Receiver<bool>) {
    while !*stop.borrow() {
        sweep_once(store, clock.now(), last).await;
        tokio::select! {
            () = tokio::time::sleep(until_next_hour(clock.now())) => {}
            // Whoever could say so may be gone: that is the end, too.
                _ = stop.wait_for(|&stop| stop) => return,
        }
    }
}

/// Deletes what is past its time at this moment, and looks whether anything was left. Says to the log what it
/// did, in numbers.
pub async fn sweep_once(store: &Store, now: DateTime<Utc>, last: &LastSweep) {
    match sweep(store, now).await {
        Ok(0) => last.note(now),
        Ok(overdue) => {
            tracing::error!(overdue, "the sweep left what had to be deleted: look at the database");
        }
        Err(fault) => tracing::error!(%fault, "the sweep failed; trying again at the next hour"),
    }
    if last.is_late(now) {
        tracing::error!("NOTHING HAS BEEN DELETED FOR HOURS: look at the database now");
    }
}

/// Returns how many rows are past their time and still there.
async fn sweep(store: &Store, now: DateTime<Utc>) -> Result<u64, StoreError> {
    let unopened = store.expire_messages(now).await?;
    if unopened > 0 {
        tracing::info!(unopened, "deleted messages that nobody opened in time");
    }
    let swept = store.sweep(now).await?;
    say(&swept);
    store.overdue(now).await
}

fn say(swept: &Swept) {
    for (kind, count) in &swept.tokens {
        tracing::info!(%kind, count, "deleted what was past its time");
    }
    if swept.all_tokens() > 0 {
        let Swept { unanswered, notices, refusals, .. } = *swept;
        tracing::info!(unanswered, notices, refusals, "deleted with it");
    }
    if !swept.wiped {
        tracing::warn!("deleted rows are still in the database's files; the next sweep wipes them");
    }
}

/// A few seconds after the full hour: what ends with the hour is over then.
fn until_next_hour(now: DateTime<Utc>) -> Duration {
    let hour = EVERY.num_seconds();
    let left = hour - now.timestamp().rem_euclid(hour);
    Duration::from_secs(u64::try_from(left).unwrap_or_default() + 5)
}
