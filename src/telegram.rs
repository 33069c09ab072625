//! The adapter to Telegram: updates in, one living message out.
//!
//! A person's chat holds one message, edited in place. Everything the conversation needs travels sealed in
//! its buttons. Updates come in through a tolerant model and per-chat lanes, so that neither a panic, nor a
//! flood in one chat, nor a new kind of update stops the bot, delays others or loses a message.

mod client;
mod fault;
mod hints;
mod lanes;
mod outbound;
mod patience;
mod polling;
mod setup;
mod turn;
mod understood;
mod update;
mod webhook;
mod window;

use std::sync::Arc;
use std::time::Duration;

use teloxide::payloads::{DeleteWebhook, GetMe};
use tokio::sync::watch;
use tokio::task::JoinSet;

pub use client::{Bot, BotSettings, SentMessage};
pub use fault::CallFault;
pub use outbound::{Rendered, render, text};
pub use polling::PollingFault;
pub use understood::Understood;
pub use update::Command;
pub use webhook::Webhook;

use self::hints::Hints;
use self::lanes::Lanes;
use self::turn::{Turns, Work};
use self::update::RawUpdate;
use self::window::{Held, Window};
use crate::clock::Clock;
use crate::conversation::Choice;
use crate::i18n::Catalog;
use crate::ids::ChatId;
use crate::intake::Intake;
use crate::sealing::KeyRing;

/// How long turns under way may take to end when the bot stops.
const DRAIN: Duration = Duration::from_secs(10);

/// How often is looked for screens to hide.
const HIDING: Duration = Duration::from_secs(1);

/// How long setting the webhook may be tried.
const SETTING: Duration = Duration::from_mins(1);

/// What the adapter works with.
#[derive(Clone)]
pub struct Parts {
    /// The bot's account.
    pub bot: Bot,
    /// What decides and stores.
    pub intake: Arc<Intake>,
    /// What says it.
    pub catalog: Arc<Catalog>,
    /// What seals it.
    pub keys: Arc<KeyRing>,
    /// The present time.
    pub clock: Clock,
}

impl std::fmt::Debug for Parts {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Parts").finish_non_exhaustive()
    }
}

/// The adapter.
#[derive(Clone)]
pub struct Telegram {
    parts: Parts,
    lanes: Arc<Lanes<ChatId, Work>>,
    turns: Arc<Turns>,
    window: Window,
}

impl std::fmt::Debug for Telegram {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Telegram").finish_non_exhaustive()
    }
}

impl Telegram {
    /// Puts the adapter together. Nothing is sent yet.
    #[must_use]
    pub fn new(parts: Parts) -> Self {
        let hints = Hints::new(parts.intake.settings.idle_minutes);
        let turns = Arc::new(Turns { parts: parts.clone(), hints });
        let taking = turns.clone();
        let lanes = Lanes::new(move |work: Work| {
            let turns = taking.clone();
            Box::pin(async move { turns.take(work).await })
        });
        Self { parts, lanes: Arc::new(lanes), turns, window: Window::default() }
    }

    /// Takes updates in by long polling until told to stop, then lets turns under way end.
    ///
    /// # Errors
    /// Returns a fault that only the operator can mend.
    pub async fn poll(&self, stop: watch::Receiver<bool>) -> Result<(), PollingFault> {
        let _tied = self.lanes.tied();
        let mut beside = self.beside();
        let ended =
            polling::run(&self.parts.bot, &self.window, stop, |update, held| self.put(update, held)).await;
        beside.abort_all();
        self.drain().await;
        if ended.is_ok() {
            polling::confirm(&self.parts.bot, &self.window).await;
        }
        ended
    }

    /// Lets Telegram bring the updates until told to stop, then lets turns under way end.
    ///
    /// # Errors
    /// Returns a fault that only the operator can mend.
    pub async fn listen(&self, webhook: Webhook, stop: watch::Receiver<bool>) -> Result<(), PollingFault> {
        match patience::patiently(SETTING, || webhook::set(&self.parts.bot, &webhook)).await {
            Ok(()) => {}
            Err(CallFault::Unauthorized) => return Err(PollingFault::Unauthorized),
            // Telegram may still know the address from the last start.
            Err(fault) => tracing::warn!(%fault, "the webhook could not be set"),
        }
        let _tied = self.lanes.tied();
        let mut beside = self.beside();
        let adapter = self.clone();
        if !webhook::serve(webhook, stop, move |update, held| adapter.put(update, held)).await {
            tracing::error!("updates are no longer taken in");
        }
        beside.abort_all();
        self.drain().await;
        Ok(())
    }

    async fn drain(&self) {
        if tokio::time::timeout(DRAIN, self.lanes.drained()).await.is_err() {
            tracing::warn!("stopped before every turn had ended; Telegram sends those again");
        }
    }

    fn put(&self, update: RawUpdate, held: Held) {
        if let Some(happened) = update.happened {
            let (chat, work) = Work::of(happened, held, |sealed, chat| self.is_urgent(sealed, chat));
            self.lanes.put(chat, work);
        }
    }

    /// Does what goes on beside the updates, until it is dropped: introduces the bot, and hides screens that
    /// nobody has touched for long.
    fn beside(&self) -> JoinSet<()> {
        let mut beside = JoinSet::new();
        let (bot, catalog) = (self.parts.bot.clone(), self.parts.catalog.clone());
        beside.spawn(async move {
            if let Err(fault) = setup::introduce(&bot, &catalog).await {
                tracing::warn!(%fault, "cannot set the bot's menu and description; they stay as they are");
            }
        });
        let (turns, lanes) = (self.turns.clone(), self.lanes.clone());
        beside.spawn(async move {
            loop {
                tokio::time::sleep(HIDING).await;
                for chat in turns.hints.all_overdue(turns.parts.clock.now()) {
                    lanes.put(chat, Work::idle(chat));
                }
            }
        });
        beside
    }

    /// Returns whether a button shows numbers to call, or leaves.
    fn is_urgent(&self, sealed: &str, chat: ChatId) -> bool {
        let opened = self.parts.keys.open(sealed, chat, self.parts.clock.now());
        opened.is_ok_and(|opened| {
            matches!(opened.choice, Choice::Danger | Choice::NumbersOnly | Choice::Leave | Choice::ClearChat)
        })
    }
}

/// Asks Telegram whether the token is one, and what the bot is called there, without its @.
///
/// # Errors
/// Returns the fault; [`CallFault::Unauthorized`] is for the operator.
pub async fn who_am_i(bot: &Bot) -> Result<Option<String>, CallFault> {
    #[derive(serde::Deserialize)]
    struct Account {
        username: Option<String>,
    }
    bot.call::<_, Account>(&GetMe::new()).await.map(|account| account.username)
}

/// Removes the webhook of this bot, so that updates can be polled. Waiting updates are kept.
///
/// # Errors
/// Returns the fault.
pub async fn drop_webhook(bot: &Bot) -> Result<(), CallFault> {
    bot.call::<_, bool>(&DeleteWebhook::new()).await.map(|_| ())
}
