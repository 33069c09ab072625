//! A warning to volunteers before their association gets no more requests for want of a proof.

use std::sync::Arc;
use std::time::Duration;

use chrono::{Days, NaiveDate};
use teloxide::payloads::SendMessage;
use tokio::sync::{Notify, watch};
use url::Url;

use super::notice;
use super::outbox::{self, Outbox};
use crate::clock::Clock;
use crate::directory::{Association, Directory};
use crate::i18n::Catalog;
use crate::routing::proved_until;
use crate::store::{Store, StoreError};
use crate::telegram::{Bot, CallFault, SentMessage};

/// How often it is looked whether a warning is due.
const EVERY: Duration = Duration::from_hours(1);
/// How many days before the end they are warned first.
const BEFORE: u64 = 3;
/// How many days lie between two reminders once it has come to that.
const AGAIN: i64 = 7;

/// What warns volunteers that a proof is due.
pub struct ProofWatch {
    /// The bot's account.
    pub bot: Bot,
    /// What remembers proofs and warnings.
    pub store: Store,
    /// Whose chats are warned.
    pub directory: Arc<Directory>,
    /// What says it.
    pub catalog: Arc<Catalog>,
    /// The present time.
    pub clock: Clock,
    /// For how many days a proof counts.
    pub proof_days: u32,
    /// The public address under which the desk is found, if it is known.
    pub desk_url: Option<Url>,
}

impl std::fmt::Debug for ProofWatch {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("ProofWatch").field("proof_days", &self.proof_days).finish_non_exhaustive()
    }
}

impl ProofWatch {
    /// Warns whom it has to, every hour, until told to stop.
    pub async fn run(&self, stop: watch::Receiver<bool>) {
        outbox::run(self, stop).await;
    }

    /// Warns whom it has to now, and returns how many associations that were.
    ///
    /// # Errors
    /// Returns the store's fault.
    pub async fn warn_due(&self) -> Result<usize, StoreError> {
        let today = self.clock.now().date_naive();
        let mut warned = 0;
        for association in self.directory.routable(today) {
            let state = self.store.association_state(&association.id).await?;
            let until = proved_until(association, state.last_proof_on, self.proof_days);
            let Some(closing) = until.succ_opt() else { continue };
            let due = latest_warning(closing, today).filter(|day| state.proof_warned_on < Some(*day));
            if due.is_none() || !self.store.warn_of_proof(association.id.clone(), today).await? {
                continue;
            }
            warned += 1;
            let days = u32::try_from((closing - today).num_days()).unwrap_or(0);
            tracing::warn!(association = %association.id, days, "no proof of late that it can read");
            self.warn(association, days).await;
        }
        Ok(warned)
    }

    async fn warn(&self, association: &Association, days: u32) {
        let Some(chat) = association.volunteers_chat else { return };
        let locale = notice::locale(Some(association.country));
        let text = notice::proof(&self.catalog, locale, days, self.desk_url.as_ref());
        let tell = async |chat: i64| {
            let call = SendMessage::new(teloxide::types::ChatId(chat), text.clone());
            self.bot.call::<_, SentMessage>(&call).await
        };
        let sent = match tell(chat.0).await {
            Err(CallFault::Migrated(new)) => tell(new.0).await,
            sent => sent,
        };
        if let Err(fault) = sent {
            tracing::warn!(association = %association.id, %fault, "its volunteers could not be warned");
        }
    }
}

impl Outbox for ProofWatch {
    const WHAT: &'static str = "proofs";

    fn rung(&self) -> Option<&Notify> {
        None
    }

    async fn round(&self) -> Result<Duration, StoreError> {
        self.warn_due().await.map(|_| EVERY)
    }
}

/// Returns the last day up to today on which a warning was due: three days before, the day before, the day
/// itself, and every week after.
fn latest_warning(closing: NaiveDate, today: NaiveDate) -> Option<NaiveDate> {
    let since = (today - closing).num_days();
    let after = u64::try_from(since.div_euclid(AGAIN) * AGAIN).ok();
    let after = after.and_then(|days| closing.checked_add_days(Days::new(days)));
    let before = [1, BEFORE].into_iter().filter_map(|days| closing.checked_sub_days(Days::new(days)));
    after.into_iter().chain(before).find(|day| *day <= today)
}
