//! Per-chat order without a queue for everyone: what happens in one chat happens one after the other, and no
//! chat waits for another.
//!
//! An idle chat has no lane. A lane is bounded: what a flood in one chat brings is folded together, never
//! kept in full, and what came last is never what is left out. A panic in one turn ends that turn only.

use std::collections::{HashMap, VecDeque};
use std::hash::Hash;
use std::panic::AssertUnwindSafe;
use std::sync::{Arc, Mutex, PoisonError};

use futures::FutureExt as _;
use futures::future::BoxFuture;
use tokio::sync::watch;

/// How many pieces of work one lane holds at most.
const DEPTH: usize = 32;

/// Work that a rush cannot pile up.
pub(super) trait Fold: Sized + Send + 'static {
    /// Folds `next` into this waiting work, or gives it back.
    fn fold(&mut self, next: Self) -> Result<(), Self>;

    /// Hears that `next` waits behind this work, which is about to be done.
    fn is_followed_by(&mut self, next: &Self);

    /// Returns whether this waiting work may make room for newer work, where a lane is full.
    fn may_make_room(&self) -> bool;

    /// Takes what has to be settled of work that made room for this.
    fn settle_for(&mut self, gone: Self);
}

type Handler<W> = dyn Fn(W) -> BoxFuture<'static, ()> + Send + Sync;
type Queues<K, W> = HashMap<K, VecDeque<W>>;

/// The lanes; clones share them.
pub(super) struct Lanes<K, W> {
    queues: Arc<Mutex<Queues<K, W>>>,
    handler: Arc<Handler<W>>,
    busy: Arc<watch::Sender<usize>>,
    ended: Arc<watch::Sender<bool>>,
}

/// Ends every lane where it stands when this is dropped.
pub(super) struct Ending(Arc<watch::Sender<bool>>);

impl Drop for Ending {
    fn drop(&mut self) {
        self.0.send_replace(true);
    }
}

impl<K, W> Clone for Lanes<K, W> {
    fn clone(&self) -> Self {
        Self {
            queues: self.queues.clone(),
            handler: self.handler.clone(),
            busy: self.busy.clone(),
            ended: self.ended.clone(),
        }
    }
}

impl<K: Eq + Hash + Copy + Send + 'static, W: Fold> Lanes<K, W> {
    /// Makes lanes that do their work with this handler.
    pub(super) fn new(handler: impl Fn(W) -> BoxFuture<'static, ()> + Send + Sync + 'static) -> Self {
        Self {
            queues: Arc::new(Mutex::new(HashMap::new())),
            handler: Arc::new(handler),
            busy: Arc::new(watch::Sender::new(0)),
            ended: Arc::new(watch::Sender::new(false)),
        }
    }

    /// Ties the lanes to whoever takes updates in: no lane outlives it, however it ends.
    pub(super) fn tied(&self) -> Ending {
        Ending(self.ended.clone())
    }

    /// Puts work into the lane of `key`. In a full lane the newest work stays, for it is what is wanted now, and
    /// the newest that may go makes room.
    pub(super) fn put(&self, key: K, work: W) {
        {
            let mut queues = self.queues.lock().unwrap_or_else(PoisonError::into_inner);
            if let Some(queue) = queues.get_mut(&key) {
                let Err(mut work) = fold_in(queue, work) else { return };
                if queue.len() >= DEPTH {
                    let place = queue.iter().rposition(W::may_make_room);
                    let Some(gone) = place.and_then(|place| queue.remove(place)) else { return };
                    work.settle_for(gone);
                }
                queue.push_back(work);
                return;
            }
            queues.insert(key, VecDeque::new());
        }
        self.busy.send_modify(|lanes| *lanes += 1);
        let lanes = self.clone();
        tokio::spawn(async move {
            let mut ended = lanes.ended.subscribe();
            tokio::select! {
                () = lanes.run(key, work) => {}
                _ = ended.wait_for(|&ended| ended) => {}
            }
        });
    }

    async fn run(self, key: K, first: W) {
        let mut next = Some(first);
        while let Some(work) = next {
            // The default hook has reported the panic; the lane goes on with what comes after.
            let _ = AssertUnwindSafe((self.handler)(work)).catch_unwind().await;
            let mut queues = self.queues.lock().unwrap_or_else(PoisonError::into_inner);
            let queue = queues.get_mut(&key);
            next = queue.and_then(|queue| {
                let mut next = queue.pop_front()?;
                if let Some(behind) = queue.front() {
                    next.is_followed_by(behind);
                }
                Some(next)
            });
            if next.is_none() {
                queues.remove(&key);
                if queues.is_empty() {
                    // What a rush needed is given back.
                    queues.shrink_to_fit();
                }
            }
        }
        self.busy.send_modify(|lanes| *lanes -= 1);
    }

    /// Waits until no lane has work.
    pub(super) async fn drained(&self) {
        // It fails only where the sender is gone, and that is held here.
        let _ = self.busy.subscribe().wait_for(|&lanes| lanes == 0).await;
    }
}

fn fold_in<W: Fold>(queue: &mut VecDeque<W>, work: W) -> Result<(), W> {
    match queue.back_mut() {
        Some(last) => last.fold(work),
        None => Err(work),
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use tokio::sync::Notify;

    use super::*;

    enum Work {
        Wait(Arc<Notify>),
        Panic,
        Count(usize),
        /// Its number, whether it may go, and how many went for it.
        Tap(usize, bool, usize),
    }

    impl Fold for Work {
        fn fold(&mut self, next: Self) -> Result<(), Self> {
            match (self, next) {
                (Self::Count(sum), Self::Count(more)) => {
                    *sum += more;
                    Ok(())
                }
                (_, next) => Err(next),
            }
        }

        fn is_followed_by(&mut self, _: &Self) {}

        fn may_make_room(&self) -> bool {
            matches!(self, Self::Tap(_, true, _))
        }

        fn settle_for(&mut self, gone: Self) {
            if let (Self::Tap(.., settled), Self::Tap(.., before)) = (self, gone) {
                *settled += before + 1;
            }
        }
    }

    fn counting() -> (Lanes<u8, Work>, Arc<AtomicUsize>) {
        let sum = Arc::new(AtomicUsize::new(0));
        let seen = sum.clone();
        let lanes = Lanes::new(move |work| {
            let sum = sum.clone();
            Box::pin(async move {
                match work {
                    Work::Wait(notify) => notify.notified().await,
                    Work::Panic => panic!("tried"),
                    Work::Tap(number, _, settled) => {
                        sum.fetch_add(1_000_000 * settled + number, Ordering::SeqCst);
                    }
                    Work::Count(more) => {
                        sum.fetch_add(more, Ordering::SeqCst);
                    }
                }
            })
        });
        (lanes, seen)
    }

    #[tokio::test]
    async fn a_waiting_chat_delays_no_other_and_a_flood_folds() {
        let (lanes, sum) = counting();
        let gate = Arc::new(Notify::new());
        lanes.put(1, Work::Wait(gate.clone()));
        for _ in 0..10_000 {
            lanes.put(1, Work::Count(1));
        }
        lanes.put(2, Work::Count(100_000));
        while sum.load(Ordering::SeqCst) < 100_000 {
            tokio::task::yield_now().await;
        }
        assert_eq!(sum.load(Ordering::SeqCst), 100_000, "chat 2 has been served, chat 1 waits");
        gate.notify_one();
        lanes.drained().await;
        assert_eq!(sum.load(Ordering::SeqCst), 110_000);
        assert_eq!(lanes.queues.lock().unwrap().len(), 0, "nothing is kept for idle chats");
    }

    #[tokio::test]
    async fn a_full_lane_keeps_the_newest_and_what_may_not_go() {
        let (lanes, sum) = counting();
        let gate = Arc::new(Notify::new());
        lanes.put(1, Work::Wait(gate.clone()));
        lanes.put(1, Work::Tap(1_000, false, 0));
        for _ in 0..100 {
            lanes.put(1, Work::Tap(0, true, 0));
        }
        lanes.put(1, Work::Tap(10_000, true, 0));
        gate.notify_one();
        lanes.drained().await;
        // 102 taps, of which a lane holds 32: 70 made room, and were settled all the same.
        assert_eq!(sum.load(Ordering::SeqCst), 70 * 1_000_000 + 11_000);
    }

    #[tokio::test]
    async fn a_panic_ends_its_own_turn_only() {
        let (lanes, sum) = counting();
        lanes.put(1, Work::Panic);
        lanes.put(1, Work::Count(1));
        lanes.drained().await;
        assert_eq!(sum.load(Ordering::SeqCst), 1);
    }
}
