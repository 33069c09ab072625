//! The one loop of everything that is sent when it is due.

use std::time::Duration;

use chrono::{DateTime, Utc};
use tokio::sync::{Notify, watch};

use crate::store::StoreError;

/// The longest sleep: another replica may have stored something that is due.
const LONGEST_SLEEP: Duration = Duration::from_secs(30);
/// The shortest sleep where something is due that another is about to send.
const SHORTEST_SLEEP: Duration = Duration::from_millis(100);
/// How long to rest where the database does not answer.
const REST: Duration = Duration::from_secs(2);

/// Something that is sent when it is due.
pub(super) trait Outbox: Sync {
    /// What it sends, for the log.
    const WHAT: &'static str;

    /// Rung when something may be due.
    fn rung(&self) -> Option<&Notify>;

    /// Sends what is due now, and returns after how long to look again.
    fn round(&self) -> impl Future<Output = Result<Duration, StoreError>> + Send;
}

/// Sends what is due, until told to stop. What is under way then is finished.
pub(super) async fn run<O: Outbox>(outbox: &O, mut stop: watch::Receiver<bool>) {
    while !*stop.borrow() {
        let sleep = match outbox.round().await {
            Ok(sleep) => sleep,
            Err(fault) => {
                tracing::error!(%fault, what = O::WHAT, "what is due cannot be read; trying again");
                REST
            }
        };
        let rung = async {
            match outbox.rung() {
                Some(rung) => rung.notified().await,
                None => std::future::pending().await,
            }
        };
        tokio::select! {
            () = tokio::time::sleep(sleep) => {}
            () = rung => {}
            // Whoever could say so may be gone: that is the end, too.
            _ = stop.wait_for(|&stop| stop) => return,
        }
    }
}

/// Returns how long to sleep until something is due.
pub(super) fn until(next: Option<DateTime<Utc>>, now: DateTime<Utc>) -> Duration {
    let due = next.map_or(LONGEST_SLEEP, |next| (next - now).to_std().unwrap_or_default());
    due.clamp(SHORTEST_SLEEP, LONGEST_SLEEP)
}
