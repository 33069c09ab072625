//! The composition root: builds every part, starts them, and stops them in an order that loses nothing.

use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::time::Duration;

use chrono_tz::Tz;
use futures::FutureExt as _;
use tokio::net::TcpListener;
use tokio::sync::{Notify, watch};
use tokio::task::JoinSet;
use url::Url;

use crate::clock::Clock;
use crate::delivery::{Delivery, Messenger, ProofWatch};
use crate::desk::{self, DeskServer, DeskSettings};
use crate::directory::{Directory, Published};
use crate::health::Watched;
use crate::i18n::Catalog;
use crate::intake::{Intake, IntakeSettings, Repeats, Tries};
use crate::retention::LastSweep;
use crate::sealing::KeyRing;
use crate::store::Store;
use crate::telegram::{self, Bot, BotSettings, CallFault, Parts, PollingFault, Telegram, Webhook};
use crate::{health, retention};

/// The zone in which persons and volunteers tell the time.
const ZONE: Tz = Tz::Europe__Paris;
/// How long a part rests that a fault of its own has stopped.
const REST: Duration = Duration::from_secs(1);
/// How long the last notices may take when the service stops.
const LAST_NOTICES: Duration = Duration::from_secs(10);

/// Everything a service is made of.
pub struct Service {
    /// The bot's account.
    pub bot: BotSettings,
    /// What keeps.
    pub store: Store,
    /// What seals.
    pub keys: Arc<KeyRing>,
    /// Who can be asked.
    pub directory: Arc<Directory>,
    /// What says it.
    pub catalog: Arc<Catalog>,
    /// What the operator sets.
    pub settings: IntakeSettings,
    /// How updates come in: by webhook, or by long polling where there is none.
    pub webhook: Option<Webhook>,
    /// The present time.
    pub clock: Clock,
    /// The volunteers' desk, where there is one.
    pub desk: Option<Desk>,
    /// Where volunteers reach them, where notices should lead there.
    pub desk_url: Option<Url>,
    /// Where health checks are answered.
    pub health: Option<TcpListener>,
}

impl std::fmt::Debug for Service {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Service").finish_non_exhaustive()
    }
}

/// The volunteers' desk.
#[derive(Debug)]
pub struct Desk {
    /// Where it is answered.
    pub listener: TcpListener,
    /// The signed list that devices believe.
    pub published: Arc<Published>,
}

/// Why a service ended by itself.
#[derive(Debug, thiserror::Error)]
pub enum ServiceFault {
    /// Updates cannot be taken in.
    #[error(transparent)]
    Polling(#[from] PollingFault),
    /// No secure connection can be made on this machine.
    #[error("no secure connection can be prepared on this machine")]
    Connection,
}

impl Service {
    /// Runs until told to stop, or until a fault that only the operator can mend. Where it is dropped before, all
    /// that it started ends with it.
    ///
    /// # Errors
    /// Returns that fault.
    pub async fn run(self, stop: watch::Receiver<bool>) -> Result<(), ServiceFault> {
        let bot = Bot::new(&self.bot).map_err(|_| ServiceFault::Connection)?;
        let name = name_of(&bot).await?;
        let (due, messages_due) = (Arc::new(Notify::new()), Arc::new(Notify::new()));
        let telegram = self.telegram(&bot, name, &due);
        let delivery = self.delivery(&bot, &due);
        let messenger = self.messenger(&bot, &messages_due);
        let proofs = self.proofs(&bot);
        let desk = self.desk.as_ref().map(|desk| self.desk_server(desk, due, messages_due));
        // Intake ends first: what it stored last is still told before the rest ends.
        let (end, ending) = watch::channel(false);
        let (store, clock) = (self.store.clone(), self.clock);
        let (mut telling, mut beside) = (JoinSet::new(), JoinSet::new());
        telling.spawn({
            let ending = ending.clone();
            async move {
                tokio::join!(
                    again("the notices", || delivery.run(ending.clone())),
                    again("the messages", || messenger.run(ending.clone())),
                )
            }
        });
        beside.spawn({
            let ending = ending.clone();
            async move { again("the proofs", || proofs.run(ending.clone())).await }
        });
        if let Some((server, desk)) = desk.zip(self.desk) {
            beside.spawn(server.serve(desk.listener, ending.clone()));
        }
        let last_sweep = LastSweep::since(clock.now());
        if let Some(listener) = self.health {
            let watched =
                Watched { store: store.clone(), last_sweep: last_sweep.clone(), clock: clock.clone() };
            beside.spawn(health::serve(listener, watched, ending.clone()));
        }
        let sweeping = beside.spawn({
            let store = store.clone();
            let sweep = move || {
                let (store, clock, last_sweep) = (store.clone(), clock.clone(), last_sweep.clone());
                let ending = ending.clone();
                async move { retention::run(&store, &clock, &last_sweep, ending).await }
            };
            async move { again("the sweep", sweep).await }
        });
        let ended = match self.webhook {
            Some(webhook) => telegram.listen(webhook, stop).await,
            None => telegram.poll(stop).await,
        };
        end.send_replace(true);
        if tokio::time::timeout(LAST_NOTICES, telling.join_next()).await.is_err() {
            tracing::warn!("stopped before every notice was sent; the next start sends them");
        }
        sweeping.abort();
        store.close().await;
        Ok(ended?)
    }

    fn telegram(&self, bot: &Bot, name: Option<String>, due: &Arc<Notify>) -> Telegram {
        let intake = Arc::new(Intake {
            settings: self.settings.clone(),
            keys: self.keys.clone(),
            store: self.store.clone(),
            directory: self.directory.clone(),
            clock: self.clock.clone(),
            catalog: self.catalog.clone(),
            due: due.clone(),
            tries: Tries::default(),
            repeats: Repeats::default(),
            bot: name,
        });
        Telegram::new(Parts {
            bot: bot.clone(),
            intake,
            catalog: self.catalog.clone(),
            keys: self.keys.clone(),
            clock: self.clock.clone(),
        })
    }

    fn delivery(&self, bot: &Bot, due: &Arc<Notify>) -> Delivery {
        Delivery {
            bot: bot.clone(),
            store: self.store.clone(),
            directory: self.directory.clone(),
            catalog: self.catalog.clone(),
            clock: self.clock.clone(),
            due: due.clone(),
            desk: self.desk.is_some(),
            desk_url: self.desk_url.clone(),
        }
    }

    fn messenger(&self, bot: &Bot, due: &Arc<Notify>) -> Messenger {
        Messenger {
            bot: bot.clone(),
            store: self.store.clone(),
            keys: self.keys.clone(),
            catalog: self.catalog.clone(),
            clock: self.clock.clone(),
            zone: ZONE,
            due: due.clone(),
        }
    }

    fn proofs(&self, bot: &Bot) -> ProofWatch {
        ProofWatch {
            bot: bot.clone(),
            store: self.store.clone(),
            directory: self.directory.clone(),
            catalog: self.catalog.clone(),
            clock: self.clock.clone(),
            proof_days: self.settings.proof_days,
            desk_url: self.desk_url.clone(),
        }
    }

    fn desk_server(&self, desk: &Desk, due: Arc<Notify>, messages_due: Arc<Notify>) -> DeskServer {
        DeskServer {
            settings: DeskSettings {
                country: self.settings.country,
                zone: ZONE,
                proof_days: self.settings.proof_days,
                intake_cap: self.settings.intake_cap,
                origins: desk::origins(self.desk_url.as_ref(), desk.listener.local_addr().ok()),
            },
            published: desk.published.clone(),
            store: self.store.clone(),
            keys: self.keys.clone(),
            directory: self.directory.clone(),
            clock: self.clock.clone(),
            due,
            messages_due,
        }
    }
}

/// Asks Telegram for the bot's name; none where Telegram is not reached yet.
async fn name_of(bot: &Bot) -> Result<Option<String>, ServiceFault> {
    match telegram::who_am_i(bot).await {
        Ok(name) => {
            tracing::info!("Telegram knows this bot; taking requests");
            Ok(name)
        }
        Err(CallFault::Unauthorized) => Err(PollingFault::Unauthorized.into()),
        Err(fault) => {
            tracing::warn!(%fault, "Telegram is not reached yet; trying on");
            Ok(None)
        }
    }
}

/// Runs something to its end, and begins anew where a fault of its own stops it: a service that takes requests
/// and tells nobody would be worse than none.
async fn again<F: Future<Output = ()>>(what: &'static str, run: impl Fn() -> F) {
    while AssertUnwindSafe(run()).catch_unwind().await.is_err() {
        tracing::error!(what, "stopped by a fault of this program; starting again");
        tokio::time::sleep(REST).await;
    }
}
