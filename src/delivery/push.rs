//! Messages to persons: "You have 1 message", silently, in the part of the day they chose.
//!
//! A message is opened for this one call: whom it is for is known while the call lasts, and nowhere after.

use std::sync::Arc;
use std::time::Duration;

use chrono_tz::Tz;
use teloxide::payloads::{SendMessage, SendMessageSetters as _};
use tokio::sync::{Notify, watch};

use super::outbox::{self, Outbox};
use super::{LEASE, pause};
use crate::clock::Clock;
use crate::conversation::{Conversation, push};
use crate::handoff::{Outgoing, ReturnAddress};
use crate::i18n::Catalog;
use crate::ids::{ChatId, Nonce};
use crate::sealing::{self, KeyRing};
use crate::store::{Came, DueMessage, Store, StoreError};
use crate::telegram::{Bot, CallFault, SentMessage, render};

/// How many messages are handed out at once.
const BATCH: u32 = 16;

/// What tells persons that a message has come.
pub struct Messenger {
    /// The bot's account.
    pub bot: Bot,
    /// What keeps the messages.
    pub store: Store,
    /// What opens them.
    pub keys: Arc<KeyRing>,
    /// What says it.
    pub catalog: Arc<Catalog>,
    /// The present time.
    pub clock: Clock,
    /// The zone in which persons tell the time.
    pub zone: Tz,
    /// Rung when a message may be due.
    pub due: Arc<Notify>,
}

impl std::fmt::Debug for Messenger {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Messenger").finish_non_exhaustive()
    }
}

impl Messenger {
    /// Tells persons what is due, until told to stop. What is under way then is finished.
    pub async fn run(&self, stop: watch::Receiver<bool>) {
        outbox::run(self, stop).await;
    }

    /// Tells persons what is due now, and returns how many messages that were.
    ///
    /// # Errors
    /// Returns the store's fault; messages that were handed out come again after their lease.
    pub async fn send_due(&self) -> Result<usize, StoreError> {
        // An empty round must not write.
        if self.store.next_message().await?.is_none_or(|next| next > self.clock.now()) {
            return Ok(0);
        }
        let due = self.store.claim_messages(self.clock.now(), LEASE, BATCH).await?;
        let count = due.len();
        futures::future::join_all(due.into_iter().map(|message| self.deliver(message))).await;
        Ok(count)
    }

    async fn deliver(&self, message: DueMessage) {
        let now = self.clock.now();
        let sealed = (message.sealed.as_slice(), message.address.as_deref());
        let opened = Outgoing::open_for(&self.keys, message.handoff, sealed, now);
        let told = opened.and_then(|out| Some((out.to.may_be_told(now, self.zone)?, out.to)));
        let noted = match told {
            // The return address has expired, or this server has lost the key for it.
            None => self.store.message_settled(message.token, Came::Nowhere).await,
            Some((later, _)) if later > now => self.store.message_retry(message.token, later).await,
            // The person has changed how to be reached since it was handed out, which gave it another time.
            Some((_, to)) if !self.holds(&message, &to).await => Ok(()),
            Some((_, to)) => match self.tell(&to).await {
                Ok(()) => self.store.message_settled(message.token, Came::Waits).await,
                Err(CallFault::Blocked | CallFault::Rejected(_) | CallFault::Gone) => {
                    self.store.message_settled(message.token, Came::Nowhere).await
                }
                Err(fault) => {
                    tracing::warn!(%fault, "a person could not be told of a message; trying again");
                    self.store.message_retry(message.token, now + pause(fault, message.attempts)).await
                }
            },
        };
        if let Err(fault) = noted {
            tracing::error!(%fault, "what became of a message cannot be noted; it may be told twice");
        }
    }

    /// Returns whether an address is still the one to be written to.
    async fn holds(&self, message: &DueMessage, to: &ReturnAddress) -> bool {
        match self.store.handoff(message.handoff).await {
            Ok(Some(row)) => row.address_no == to.number && !row.held && !row.stopped,
            Ok(None) | Err(_) => false,
        }
    }

    async fn tell(&self, to: &ReturnAddress) -> Result<(), CallFault> {
        match self.tell_in(to.chat, to).await {
            Err(CallFault::Migrated(new)) => self.tell_in(new, to).await,
            told => told,
        }
    }

    /// Sends silently: a sound could call the wrong person to the phone.
    async fn tell_in(&self, chat: ChatId, to: &ReturnAddress) -> Result<(), CallFault> {
        let conversation = Conversation::of_sent(to.locale, Self::nonce(), to.sent);
        let shown = render(&push(), &conversation, &self.catalog, &self.keys, chat, self.clock.now());
        let call = SendMessage::new(teloxide::types::ChatId(chat.0), shown.text)
            .disable_notification(true)
            .reply_markup(shown.keyboard);
        self.bot.call::<_, SentMessage>(&call).await.map(|_| ())
    }

    /// Without randomness the nonce is no secret; it names no request until one is made.
    fn nonce() -> Nonce {
        let mut random = [0; 8];
        let _ = sealing::random(&mut random);
        Nonce::new(u64::from_be_bytes(random))
    }
}

impl Outbox for Messenger {
    const WHAT: &'static str = "messages";

    fn rung(&self) -> Option<&Notify> {
        Some(&self.due)
    }

    async fn round(&self) -> Result<Duration, StoreError> {
        if self.send_due().await? > 0 {
            return Ok(Duration::ZERO);
        }
        Ok(outbox::until(self.store.next_message().await?, self.clock.now()))
    }
}
