//! Which updates are in hand, so that each is confirmed to Telegram only after it was handled.
//!
//! Telegram forgets all updates below the offset of the next poll. The offset is therefore the oldest update
//! still in hand; what comes again because of that is recognised and left alone.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::sync::{Notify, oneshot};
use tokio::time::Instant;

/// How long an update may hold back the confirmation of later ones. A turn that waits longer (for a chat that
/// Telegram holds back) goes on, but no longer in the way of all.
const HOLD: Duration = Duration::from_secs(20);

/// The updates in hand; clones share them.
#[derive(Clone, Default)]
pub(super) struct Window {
    inner: Arc<Inner>,
}

#[derive(Default)]
struct Inner {
    state: Mutex<State>,
    finished: Notify,
}

#[derive(Default)]
struct State {
    /// In hand, with the moment they came.
    pending: BTreeMap<i64, Instant>,
    /// Not yet confirmed, finished or not: what Telegram may send again.
    seen: BTreeSet<i64>,
    /// One more than the newest.
    next: i64,
}

/// An update in hand. It is finished when this is dropped, however its handling ended.
pub(super) struct Held(Whose);

enum Whose {
    /// It was polled, and stands in the window.
    Window { id: i64, inner: Arc<Inner> },
    /// It came by webhook: whoever waits at the other end answers Telegram now.
    Hook { _waiting: oneshot::Sender<()> },
}

impl Held {
    /// Takes an update into hand for someone who waits until it is finished: the receiver then reports an
    /// error, for nothing is ever sent.
    pub(super) fn hooked() -> (Self, oneshot::Receiver<()>) {
        let (waiting, finished) = oneshot::channel();
        (Self(Whose::Hook { _waiting: waiting }), finished)
    }
}

impl Inner {
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Held {
    fn drop(&mut self) {
        if let Whose::Window { id, inner } = &self.0 {
            inner.state().pending.remove(id);
            inner.finished.notify_one();
        }
    }
}

impl Window {
    /// Takes an update into hand, unless it is there or was finished already.
    pub(super) fn take(&self, id: i64) -> Option<Held> {
        let mut state = self.inner.state();
        if !state.seen.insert(id) {
            return None;
        }
        state.pending.insert(id, Instant::now());
        // Not the larger of both: after a quiet week Telegram may begin anew with any number.
        state.next = id.saturating_add(1);
        Some(Held(Whose::Window { id, inner: self.inner.clone() }))
    }

    /// Returns the offset of the next poll: it confirms every update below it.
    pub(super) fn offset(&self) -> i64 {
        let mut state = self.inner.state();
        let now = Instant::now();
        let holds = |since: &Instant| now.duration_since(*since) < HOLD;
        let oldest = state.pending.iter().find(|(_, since)| holds(since)).map(|(&id, _)| id);
        let offset = oldest.unwrap_or(state.next);
        state.seen = state.seen.split_off(&offset);
        offset
    }

    /// Steps past an update without a number that stands first at Telegram. What stands first is not older than
    /// the offset, so that one step confirms nothing behind it; where its number is higher, more steps come.
    ///
    /// Before the first update that has a number, nobody knows where to step to.
    pub(super) fn step(&self) {
        let mut state = self.inner.state();
        if state.next > 0 {
            state.next = state.next.saturating_add(1);
        }
    }

    /// Lets go of the oldest updates in hand, where so many wait that Telegram shows no new ones.
    ///
    /// Many at once: one at a time would cost a poll for each, and everybody else would wait behind a flood.
    pub(super) fn let_go_of_oldest(&self, count: usize) {
        let mut state = self.inner.state();
        for _ in 0..count {
            state.pending.pop_first();
        }
    }

    /// Waits until an update in hand is finished, or `at_most` so long.
    pub(super) async fn one_finished(&self, at_most: Duration) {
        // Running into the limit is no fault: the next poll will tell.
        let _ = tokio::time::timeout(at_most, self.inner.finished.notified()).await;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn the_offset_stays_at_the_oldest_in_hand() {
        let window = Window::default();
        let first = window.take(10).unwrap();
        let second = window.take(11).unwrap();
        assert_eq!(window.offset(), 10);
        drop(second);
        assert_eq!(window.offset(), 10, "the first is still in hand");
        assert!(window.take(11).is_none(), "what was finished is not done twice");
        drop(first);
        assert_eq!(window.offset(), 12);
        assert!(window.take(3).is_some(), "after a quiet week the numbers may begin anew");
    }

    #[tokio::test(start_paused = true)]
    async fn a_flood_that_waits_is_let_go_of_in_one() {
        let window = Window::default();
        let flood: Vec<_> = (10..110).filter_map(|id| window.take(id)).collect();
        assert_eq!(window.offset(), 10);
        window.let_go_of_oldest(50);
        assert_eq!(window.offset(), 60);
        drop(flood);
        assert_eq!(window.offset(), 110);
    }

    #[tokio::test(start_paused = true)]
    async fn a_turn_that_waits_long_holds_nobody_back() {
        let window = Window::default();
        let waiting = window.take(10).unwrap();
        drop(window.take(11));
        tokio::time::advance(HOLD).await;
        assert_eq!(window.offset(), 12);
        drop(waiting);
        assert_eq!(window.offset(), 12);
    }
}
