//! `GET /events`: a bell that rings when there is something to fetch, and says nothing else.
//!
//! It rings for changes on the caller's own desk alone: when others get requests is not theirs to know.

use std::convert::Infallible;
use std::sync::{Arc, Weak};
use std::time::Duration;

use axum::extract::State;
use axum::response::Sse;
use axum::response::sse::{Event, KeepAlive};
use futures::Stream;
use tokio::sync::{OwnedSemaphorePermit, watch};

use super::Shared;
use super::inbox::Since;
use super::problem::Problem;
use super::signed::Signed;

/// How many desks are rung for at once.
pub(super) const LISTENERS: usize = 1_000;
/// How often it is looked whether anything has changed at all.
const EVERY: Duration = Duration::from_secs(1);
const KEEP_ALIVE: Duration = Duration::from_secs(20);

/// What one listener holds.
struct Listener {
    shared: Arc<Shared>,
    signed: Signed,
    since: i64,
    changes: watch::Receiver<i64>,
    stop: watch::Receiver<bool>,
    _place: OwnedSemaphorePermit,
}

pub(super) async fn listen(
    State(shared): State<Arc<Shared>>,
    signed: Signed,
    since: Since,
) -> Result<Sse<impl Stream<Item = Result<Event, Infallible>>>, Problem> {
    let place = shared.listeners.clone().try_acquire_owned().map_err(|_| Problem::rate_limited(15))?;
    let since = since.place(&shared.keys, &signed.viewer, shared.store.latest_change().await?);
    let (changes, stop) = (shared.changes.subscribe(), shared.stop.clone());
    let listener = Listener { shared, signed, since, changes, stop, _place: place };
    let events = futures::stream::unfold(listener, |listener| async move { listener.next().await });
    Ok(Sse::new(events).keep_alive(KeepAlive::new().interval(KEEP_ALIVE)))
}

impl Listener {
    /// Waits for the next change on this desk; ends with the session or the server.
    async fn next(mut self) -> Option<(Result<Event, Infallible>, Self)> {
        loop {
            let latest = *self.changes.borrow_and_update();
            if self.shared.store.session_has_ended(&self.signed.of()).await.unwrap_or(true) {
                return None;
            }
            if let Ok((found, _)) = self.shared.store.on_desk(&self.signed.viewer, self.since, 1).await
                && let Some(newest) = found.last()
            {
                self.since = latest.max(newest.changed);
                return Some((Ok(Event::default().data("changed")), self));
            }
            let left = (self.signed.expires - self.shared.clock.now()).to_std().ok()?;
            tokio::select! {
                changed = self.changes.changed() => changed.ok()?,
                _ = self.stop.wait_for(|&stop| stop) => return None,
                () = tokio::time::sleep(left) => return None,
            }
        }
    }
}

/// Looks for changes, for all listeners together, as long as the desk is there.
pub(super) async fn watch_changes(desk: Weak<Shared>) {
    while let Some(shared) = desk.upgrade() {
        if shared.changes.receiver_count() > 0
            && let Ok(latest) = shared.store.latest_change().await
        {
            shared.changes.send_if_modified(|known| std::mem::replace(known, latest) != latest);
        }
        drop(shared);
        tokio::time::sleep(EVERY).await;
    }
}
