//! Delivery: tells the volunteers' chats what has come, until they have been told.
//!
//! Every notice stands in the database before anyone reads "Sent". All that is due for one chat is handed out
//! under a lease, sent, and noted as sent; a crash in between leaves it to the next run. A notice says nothing
//! but a sign and a time. Where many come at once, they are told together: see `pace`.

mod notice;
mod outbox;
mod pace;
mod proofs;
mod push;
mod round;

use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use chrono_tz::Europe::Paris;
use tokio::sync::{Notify, watch};
use url::Url;

use crate::clock::Clock;
use crate::directory::Directory;
use crate::i18n::Catalog;
use crate::store::{Round, Store, StoreError};
use crate::telegram::{Bot, CallFault};

use self::outbox::Outbox;
pub use pace::{URGENT_WAITS, USUAL_WAITS};

pub use proofs::ProofWatch;
pub use push::Messenger;

/// How long a notice is ours once handed out: longer than any call takes.
const LEASE: Duration = Duration::from_secs(90);
/// How long what is due is ours until it is decided how it is told: who dies so early has sent nothing.
const FIRST_LEASE: Duration = Duration::from_secs(10);
/// How many chats are told at once.
const CHATS: usize = 16;
/// How many notices are handed out at once, for one chat.
const BATCH: u32 = 512;
/// The first and the longest pause before a notice is tried again.
const PAUSES: (TimeDelta, TimeDelta) = (TimeDelta::seconds(1), TimeDelta::minutes(10));

/// What tells the volunteers.
pub struct Delivery {
    /// The bot's account.
    pub bot: Bot,
    /// What keeps the notices.
    pub store: Store,
    /// Whose chats they go to.
    pub directory: Arc<Directory>,
    /// What says them.
    pub catalog: Arc<Catalog>,
    /// The present time.
    pub clock: Clock,
    /// Rung when a notice may be due.
    pub due: Arc<Notify>,
    /// This service has a desk, where volunteers find what they are told of together.
    pub desk: bool,
    /// Where volunteers reach their desk, where notices should lead there.
    pub desk_url: Option<Url>,
}

impl std::fmt::Debug for Delivery {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Delivery").finish_non_exhaustive()
    }
}

impl Delivery {
    /// Sends what is due, until told to stop. What is under way then is finished.
    pub async fn run(&self, stop: watch::Receiver<bool>) {
        outbox::run(self, stop).await;
    }

    /// Sends what is due now, each chat on its own, and returns how many notices that were.
    ///
    /// # Errors
    /// Returns the store's fault; notices that were handed out come again after their lease.
    pub async fn send_due(&self) -> Result<usize, StoreError> {
        let mut rounds = Vec::new();
        while rounds.len() < CHATS {
            match self.next_round().await {
                Ok(Some(round)) => rounds.push(self.tell(round)),
                Err(fault) if rounds.is_empty() => return Err(fault),
                // Where a fault comes later, what was handed out before is still told.
                Ok(None) | Err(_) => break,
            }
        }
        Ok(futures::future::join_all(rounds).await.into_iter().sum())
    }
}

impl Delivery {
    async fn next_round(&self) -> Result<Option<Round>, StoreError> {
        // An empty round must not write.
        if self.store.next_due().await?.is_none_or(|next| next > self.clock.now()) {
            return Ok(None);
        }
        self.store.claim_round(self.clock.now(), FIRST_LEASE, BATCH).await
    }
}

impl Outbox for Delivery {
    const WHAT: &'static str = "notices";

    fn rung(&self) -> Option<&Notify> {
        Some(&self.due)
    }

    async fn round(&self) -> Result<Duration, StoreError> {
        if self.send_due().await? > 0 {
            return Ok(Duration::ZERO);
        }
        Ok(outbox::until(self.store.next_due().await?, self.clock.now()))
    }
}

/// How long to wait before a notice is tried again.
fn pause(fault: CallFault, attempts: u32) -> TimeDelta {
    if let CallFault::RetryAfter(asked) = fault {
        return TimeDelta::from_std(asked).unwrap_or(PAUSES.1);
    }
    let doubled = 1_i32.checked_shl(attempts.saturating_sub(1)).unwrap_or(i32::MAX);
    PAUSES.0.checked_mul(doubled.max(1)).unwrap_or(PAUSES.1).min(PAUSES.1)
}

/// Returns a deadline as volunteers read it in a message that tells its day.
fn clock_time(moment: DateTime<Utc>) -> String {
    moment.with_timezone(&Paris).format("%d/%m %H:%M").to_string()
}
