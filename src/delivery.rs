//! Delivery: tells the volunteers' chats what has come, until they have been told.
//!
//! Every notice stands in the database before anyone reads "Sent". It is handed out under a lease, sent, and
//! noted as sent; a crash in between leaves it to the next run. A notice says nothing but a sign and a time.

mod notice;
mod proofs;
mod push;

use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use teloxide::payloads::{DeleteMessage, SendMessage};
use teloxide::types::MessageId;
use tokio::sync::{Notify, watch};

use crate::clock::Clock;
use crate::directory::Directory;
use crate::i18n::Catalog;
use crate::ids::{AssociationId, ChatId};
use crate::store::{DueNotice, NoticeReason, Store, StoreError};
use crate::telegram::{Bot, CallFault, SentMessage};

pub use proofs::ProofWatch;
pub use push::Messenger;

/// How long a notice is ours once handed out: longer than any call takes.
const LEASE: Duration = Duration::from_secs(90);
/// How many notices are handed out at once.
const BATCH: u32 = 16;
/// The first and the longest pause before a notice is tried again.
const PAUSES: (TimeDelta, TimeDelta) = (TimeDelta::seconds(1), TimeDelta::minutes(10));
/// The longest sleep: another replica may have stored something that is due.
const LONGEST_SLEEP: Duration = Duration::from_secs(30);
/// How long to rest where the database does not answer.
const REST: Duration = Duration::from_secs(2);

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
}

impl std::fmt::Debug for Delivery {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Delivery").finish_non_exhaustive()
    }
}

impl Delivery {
    /// Sends what is due, until told to stop. What is under way then is finished.
    pub async fn run(&self, mut stop: watch::Receiver<bool>) {
        while !*stop.borrow() {
            let sleep = match self.send_due().await {
                Ok(0) => self.until_next().await,
                Ok(_) => Duration::ZERO,
                Err(fault) => {
                    tracing::error!(%fault, "the notices that are due cannot be read; trying again");
                    REST
                }
            };
            tokio::select! {
                () = tokio::time::sleep(sleep) => {}
                () = self.due.notified() => {}
                _ = stop.wait_for(|&stop| stop) => {}
            }
        }
    }

    /// Sends what is due now, and returns how many notices that were.
    ///
    /// # Errors
    /// Returns the store's fault; notices that were handed out come again after their lease.
    pub async fn send_due(&self) -> Result<usize, StoreError> {
        let due = self.store.claim_due(self.clock.now(), LEASE, BATCH).await?;
        let count = due.len();
        futures::future::join_all(due.into_iter().map(|notice| self.deliver(notice))).await;
        Ok(count)
    }

    async fn until_next(&self) -> Duration {
        match self.store.next_due().await {
            Ok(Some(next)) => (next - self.clock.now()).to_std().unwrap_or_default().min(LONGEST_SLEEP),
            Ok(None) => LONGEST_SLEEP,
            Err(_) => REST,
        }
    }

    async fn deliver(&self, notice: DueNotice) {
        let audience = notice.audience.clone();
        let id = notice.id;
        let noted = match self.chat_of(&audience) {
            None => {
                tracing::warn!(%audience, "no volunteers' chat in the directory; the desk alone shows it");
                self.store.notice_failed(id).await
            }
            Some(chat) => match self.send(&notice, chat).await {
                Ok(message) => self.store.notice_sent(id, i64::from(message)).await.map(|_| ()),
                Err(fault) => {
                    tracing::warn!(%audience, %fault, "a notice has not arrived; trying again");
                    let pause = pause(fault, notice.attempts);
                    self.store.notice_retry(id, self.clock.now() + pause).await
                }
            },
        };
        if let Err(fault) = noted {
            tracing::error!(%audience, %fault, "what became of a notice cannot be noted; it may come twice");
        }
    }

    fn chat_of(&self, audience: &AssociationId) -> Option<ChatId> {
        self.directory.find(audience)?.volunteers_chat
    }

    async fn send(&self, due: &DueNotice, chat: ChatId) -> Result<i32, CallFault> {
        match self.send_to(due, chat).await {
            Err(CallFault::Migrated(new)) => {
                let audience = &due.audience;
                tracing::warn!(%audience, "the volunteers' group has a new id; correct it in the directory");
                self.send_to(due, new).await
            }
            sent => sent,
        }
    }

    async fn send_to(&self, due: &DueNotice, chat: ChatId) -> Result<i32, CallFault> {
        let country = self.directory.find(&due.audience).map(|association| association.country);
        let text = notice::text(&self.catalog, due, country);
        let to = teloxide::types::ChatId(chat.0);
        if due.reason == NoticeReason::Withdrawn {
            if let Some(old) = due.message.and_then(|message| i32::try_from(message).ok()) {
                match self.bot.call::<_, bool>(&DeleteMessage::new(to, MessageId(old))).await {
                    // Too old or gone: the words below still tell.
                    Ok(_) | Err(CallFault::Gone | CallFault::TooOld | CallFault::Rejected(_)) => {}
                    Err(fault) => return Err(fault),
                }
            }
            let sent: SentMessage = self.bot.call(&SendMessage::new(to, text)).await?;
            return Ok(sent.message_id);
        }
        let name = notice::file_name(due);
        Ok(self.bot.send_document(chat, text, name, due.ciphertext.clone()).await?.message_id)
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

/// Returns a deadline as volunteers read it.
fn clock_time(moment: DateTime<Utc>) -> String {
    moment.with_timezone(&chrono_tz::Europe::Paris).format("%d/%m %H:%M").to_string()
}
