//! Retention: what is deleted when, and a sweep that says what it did.

use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use tokio::sync::watch;

use crate::clock::Clock;
use crate::store::Store;

/// How often the sweep runs.
const EVERY: Duration = Duration::from_hours(1);
/// A sweep that has not succeeded for so long is an alarm: what had to be deleted may still be there.
const LATE: TimeDelta = TimeDelta::hours(6);

/// Deletes what is past its last day, every hour, until told to stop.
pub async fn run(store: &Store, clock: &Clock, mut stop: watch::Receiver<bool>) {
    let mut last_success = clock.now();
    while !*stop.borrow() {
        sweep(store, clock.now(), &mut last_success).await;
        expire(store, clock.now()).await;
        tokio::select! {
            () = tokio::time::sleep(EVERY) => {}
            _ = stop.wait_for(|&stop| stop) => {}
        }
    }
}

async fn expire(store: &Store, now: DateTime<Utc>) {
    match store.expire_messages(now).await {
        Ok(0) => {}
        Ok(messages) => tracing::info!(messages, "deleted messages that nobody opened in time"),
        Err(fault) => tracing::error!(%fault, "old messages are not deleted yet; trying again in an hour"),
    }
}

async fn sweep(store: &Store, now: DateTime<Utc>, last_success: &mut DateTime<Utc>) {
    match store.sweep(now.date_naive()).await {
        Ok(swept) => {
            *last_success = now;
            if swept.tokens > 0 {
                let (tokens, unanswered, notices) = (swept.tokens, swept.unanswered, swept.notices);
                tracing::info!(tokens, unanswered, notices, "deleted what was past its last day");
            }
            if !swept.log_emptied {
                tracing::warn!("deleted pages are still in the write-ahead log; the next commit clears it");
            }
        }
        Err(fault) if now - *last_success > LATE => {
            tracing::error!(%fault, "NOTHING HAS BEEN DELETED FOR HOURS: look at the database now");
        }
        Err(fault) => tracing::error!(%fault, "the sweep failed; trying again in an hour"),
    }
}
