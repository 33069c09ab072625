//! Long polling: takes updates in, and confirms them only after they were handled.

use std::time::Duration;

use serde::Serialize;
use serde_json::value::RawValue;
use tokio::sync::watch;
use tokio::time::Instant;

use super::client::Bot;
use super::fault::CallFault;
use super::update::RawUpdate;
use super::window::{Held, Window};

/// How long Telegram keeps a poll open where nothing happens.
const WAIT: Duration = Duration::from_secs(25);
/// How many updates one poll brings at most; Telegram's own limit.
const BATCH: usize = 100;
/// The first and the longest pause after a fault.
const PAUSES: (Duration, Duration) = (Duration::from_millis(200), Duration::from_secs(10));
/// How often another instance may take the updates away before a newcomer gives up.
const CONFLICTS: u32 = 3;
/// An instance that ran so long is no newcomer: it leaves the giving up to the other.
const NEWCOMER: Duration = Duration::from_mins(1);
/// How often another instance may take the updates away before an old one gives up.
const CONFLICTS_OF_OLD: u32 = 60;
/// After so long without updates Telegram may begin anew with a lower number, which an offset would hide.
const QUIET: Duration = Duration::from_hours(6 * 24);

/// Why no updates can be taken in. The operator has to act.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PollingFault {
    /// The token is wrong.
    #[error(
        "Telegram does not accept the token (401). Ask @BotFather for the bot's token and put it into the \
         token file, or into RELAIS_TELEGRAM__TOKEN"
    )]
    Unauthorized,
    /// Another instance polls.
    #[error(
        "another instance takes this bot's updates (409). Stop the other one, or give this one a bot of its \
         own: two instances on one token lose messages"
    )]
    OtherInstance,
    /// A webhook is set.
    #[error(
        "a webhook is set for this bot (409), so updates cannot be polled. Another instance may be using it; \
         where none does, start once with --drop-webhook"
    )]
    Webhook,
}

#[derive(Serialize)]
struct Poll {
    offset: Option<i64>,
    limit: usize,
    timeout: u64,
    allowed_updates: [&'static str; 2],
}

fn poll(offset: Option<i64>, limit: usize, wait: Duration) -> Poll {
    Poll { offset, limit, timeout: wait.as_secs(), allowed_updates: ["message", "callback_query"] }
}

/// Takes updates in until told to stop.
pub(super) async fn run(
    bot: &Bot,
    window: &Window,
    mut stop: watch::Receiver<bool>,
    take: impl Fn(RawUpdate, Held),
) -> Result<(), PollingFault> {
    let mut last_update = Instant::now();
    let mut troubles = Troubles { began: last_update, conflicts: 0, pause: PAUSES.0 };
    let mut unread = 0;
    loop {
        let offset = (last_update.elapsed() < QUIET).then(|| window.offset()).filter(|&offset| offset > 0);
        let query = poll(offset, BATCH, WAIT);
        let answer = tokio::select! {
            answer = bot.poll::<_, Vec<Box<RawValue>>>(&query, WAIT) => answer,
            _ = stop.wait_for(|&stop| stop) => return Ok(()),
        };
        let updates = match answer {
            Ok(updates) => updates,
            Err(fault) => {
                let rest = troubles.rest_after(fault)?;
                tokio::select! {
                    () = tokio::time::sleep(rest) => continue,
                    _ = stop.wait_for(|&stop| stop) => return Ok(()),
                }
            }
        };
        (troubles.conflicts, troubles.pause) = (0, PAUSES.0);
        let taken = take_in(&updates, window, &take);
        if taken.unread > 0 && taken.unread != unread {
            tracing::warn!(unread = taken.unread, "updates without a number are passed over");
        }
        unread = taken.unread;
        if taken.new > 0 {
            last_update = Instant::now();
        } else if updates.len() >= BATCH && unread < updates.len() {
            window.let_go_of_oldest(BATCH / 2);
        } else if !updates.is_empty() {
            window.one_finished(Duration::from_secs(1)).await;
        }
    }
}

/// What went wrong since the last poll that went well.
struct Troubles {
    began: Instant,
    conflicts: u32,
    pause: Duration,
}

impl Troubles {
    /// Returns how long to rest before the next poll, or the fault that only the operator can mend.
    fn rest_after(&mut self, fault: CallFault) -> Result<Duration, PollingFault> {
        match fault {
            CallFault::Unauthorized => Err(PollingFault::Unauthorized),
            CallFault::Conflict { webhook: true } => Err(PollingFault::Webhook),
            CallFault::Conflict { webhook: false } => {
                self.conflicts += 1;
                let newcomer = self.began.elapsed() < NEWCOMER;
                if self.conflicts >= if newcomer { CONFLICTS } else { CONFLICTS_OF_OLD } {
                    return Err(PollingFault::OtherInstance);
                }
                tracing::warn!(conflicts = self.conflicts, "another instance takes this bot's updates (409)");
                Ok(Duration::from_secs(1))
            }
            CallFault::RetryAfter(rest) => Ok(rest),
            CallFault::Gone
            | CallFault::TooOld
            | CallFault::NotModified
            | CallFault::Blocked
            | CallFault::Migrated(_)
            | CallFault::Rejected(_)
            | CallFault::Server(_)
            | CallFault::Network
            | CallFault::Malformed => {
                if self.pause > PAUSES.0 * 4 {
                    tracing::warn!(%fault, "cannot take updates in; trying again");
                }
                let rest = self.pause;
                self.pause = (self.pause * 2).min(PAUSES.1);
                Ok(rest)
            }
        }
    }
}

/// Confirms everything that was handled, so that the next start does not see it again.
pub(super) async fn confirm(bot: &Bot, window: &Window) {
    let offset = window.offset();
    if offset > 0 {
        let last = poll(Some(offset), 1, Duration::ZERO);
        // Where it fails, the next start sees old updates again and does the same once more.
        let _ = bot.poll::<_, serde::de::IgnoredAny>(&last, Duration::ZERO).await;
    }
}

/// What a poll brought.
#[derive(Default)]
struct Taken {
    /// How many were not in hand yet.
    new: usize,
    /// How many have no number that we can read.
    unread: usize,
}

fn take_in(updates: &[Box<RawValue>], window: &Window, take: &impl Fn(RawUpdate, Held)) -> Taken {
    let mut taken = Taken::default();
    for (place, json) in updates.iter().enumerate() {
        let Some(update) = RawUpdate::read(json) else {
            taken.unread += 1;
            if place == 0 {
                // It would stand first for ever. One that follows takes the window past it anyway.
                window.step();
            }
            continue;
        };
        if let Some(held) = window.take(update.id) {
            taken.new += 1;
            take(update, held);
        }
    }
    taken
}
