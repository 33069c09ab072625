//! What helps, and may be lost: which message lives in a chat, and where its conversation stands.
//!
//! Everything needed travels in the buttons. But a person may type instead of tapping, and what they typed
//! carries no state. For an hour, and for so many chats only, memory helps them on.

use std::num::NonZeroUsize;
use std::sync::{Mutex, PoisonError};

use chrono::{DateTime, TimeDelta, Utc};
use lru::LruCache;

use crate::conversation::Conversation;
use crate::ids::ChatId;

/// For how many chats a hint is kept at most.
const CHATS: NonZeroUsize = NonZeroUsize::new(10_000).unwrap();
/// How long a hint is kept.
const LIFE: TimeDelta = TimeDelta::hours(1);

/// What helps with one chat.
#[derive(Clone, Copy)]
pub(super) struct Hint {
    /// The message that lives.
    pub(super) message: i32,
    /// The prompt that waits for an answer.
    pub(super) prompt: Option<i32>,
    /// Where its conversation stands.
    pub(super) conversation: Conversation,
}

impl Hint {
    /// Returns the messages of ours that it knows in the chat.
    pub(super) fn messages(self) -> impl Iterator<Item = i32> {
        std::iter::once(self.message).chain(self.prompt)
    }
}

/// The hints. In memory only.
pub(super) struct Hints(Mutex<LruCache<ChatId, (Hint, DateTime<Utc>)>>);

impl Hints {
    pub(super) fn new() -> Self {
        // Not sized beforehand: most servers never see so many people in an hour.
        let mut hints = LruCache::unbounded();
        hints.resize(CHATS);
        Self(Mutex::new(hints))
    }

    /// Returns the hint for a chat, unless it is too old.
    pub(super) fn get(&self, chat: ChatId, now: DateTime<Utc>) -> Option<Hint> {
        let mut hints = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        forget_old(&mut hints, now);
        hints.peek(&chat).map(|(hint, _)| *hint)
    }

    /// Remembers which message lives now.
    pub(super) fn put(&self, chat: ChatId, hint: Hint, now: DateTime<Utc>) {
        let mut hints = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        forget_old(&mut hints, now);
        hints.put(chat, (hint, now));
    }

    /// Forgets a chat.
    pub(super) fn forget(&self, chat: ChatId) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).pop(&chat);
    }
}

/// The least recently put stand at the end, so that forgetting costs nothing where there is nothing to do.
fn forget_old(hints: &mut LruCache<ChatId, (Hint, DateTime<Utc>)>, now: DateTime<Utc>) {
    while hints.peek_lru().is_some_and(|(_, (_, put))| now - *put > LIFE) {
        hints.pop_lru();
    }
}
