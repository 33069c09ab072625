//! What helps, and may be lost: which message lives in a chat, and where its conversation stands.
//!
//! Everything needed travels in the buttons. But a person may type instead of tapping, and what they typed
//! carries no state. For a while, and for so many chats only, memory helps them on; and it knows where nothing
//! has happened for so long that the screen is to be hidden. A restart forgets both.

use std::num::NonZeroUsize;
use std::sync::{Mutex, MutexGuard, PoisonError};

use chrono::{DateTime, TimeDelta, Utc};
use lru::LruCache;

use crate::conversation::{Awaited, Conversation};
use crate::ids::ChatId;

/// For how many chats a hint is kept at most.
const CHATS: NonZeroUsize = NonZeroUsize::new(10_000).unwrap();
/// How long a message of an association stays on the screen (S12).
const MESSAGE_STAYS: TimeDelta = TimeDelta::minutes(10);
/// How long the screen stays at least on which someone writes in their own words: hiding it would lose them.
const WRITING_STAYS: TimeDelta = TimeDelta::hours(1);
/// How long a hint outlives the moment at which its screen is hidden, should nothing hide it.
const SPARE: TimeDelta = TimeDelta::minutes(5);

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
pub(super) struct Hints {
    /// After how long without a tap a screen is hidden.
    idle: TimeDelta,
    kept: Mutex<Kept>,
}

type Kept = LruCache<ChatId, (Hint, DateTime<Utc>)>;

impl Hints {
    pub(super) fn new(idle_minutes: u32) -> Self {
        // Not sized beforehand: most servers never see so many people in an hour.
        let mut hints = LruCache::unbounded();
        hints.resize(CHATS);
        Self { idle: TimeDelta::minutes(idle_minutes.into()), kept: Mutex::new(hints) }
    }

    /// Returns the hint for a chat, unless it is too old.
    pub(super) fn get(&self, chat: ChatId, now: DateTime<Utc>) -> Option<Hint> {
        self.current(now).peek(&chat).map(|(hint, _)| *hint)
    }

    /// Remembers which message lives now.
    pub(super) fn put(&self, chat: ChatId, hint: Hint, now: DateTime<Utc>) {
        self.current(now).put(chat, (hint, now));
    }

    /// Forgets a chat.
    pub(super) fn forget(&self, chat: ChatId) {
        self.kept().pop(&chat);
    }

    /// Returns the hint for a chat whose screen is to be hidden now.
    pub(super) fn overdue(&self, chat: ChatId, now: DateTime<Utc>) -> Option<Hint> {
        let hints = self.kept();
        let &(hint, put) = hints.peek(&chat)?;
        (now - put >= self.stays(&hint)).then_some(hint)
    }

    /// Returns the chats whose screens are to be hidden now.
    pub(super) fn all_overdue(&self, now: DateTime<Utc>) -> Vec<ChatId> {
        let hints = self.kept();
        // The least recently put stand at the end: nothing is looked at in vain but messages that stay longer.
        let shortest = self.idle.min(MESSAGE_STAYS);
        let old = hints.iter().rev().take_while(|(_, (_, put))| now - *put >= shortest);
        let overdue = old.filter(|(_, (hint, put))| now - *put >= self.stays(hint));
        overdue.map(|(&chat, _)| chat).collect()
    }

    fn stays(&self, hint: &Hint) -> TimeDelta {
        match hint.conversation.awaits() {
            Some(Awaited::Words) => self.idle.max(WRITING_STAYS),
            None if hint.conversation.shows_message() => self.idle.min(MESSAGE_STAYS),
            Some(Awaited::Place | Awaited::Code) | None => self.idle,
        }
    }

    fn kept(&self) -> MutexGuard<'_, Kept> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn current(&self, now: DateTime<Utc>) -> MutexGuard<'_, Kept> {
        let mut hints = self.kept();
        let longest = self.idle.max(WRITING_STAYS) + SPARE;
        while hints.peek_lru().is_some_and(|(_, (_, put))| now - *put > longest) {
            hints.pop_lru();
        }
        hints
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::conversation::Over;
    use crate::ids::Nonce;
    use crate::locale::Locale;

    fn at(minutes: i64) -> DateTime<Utc> {
        DateTime::UNIX_EPOCH + TimeDelta::minutes(minutes)
    }

    fn hint(over: Option<Over>) -> Hint {
        let begun = Conversation::begin(Locale::FRENCH, Nonce::new(1));
        Hint { message: 1, prompt: None, conversation: Conversation { over, ..begun } }
    }

    #[test]
    fn a_message_is_hidden_after_ten_minutes_and_the_rest_when_it_is_idle() {
        let hints = Hints::new(30);
        hints.put(ChatId(1), hint(None), at(0));
        hints.put(ChatId(2), hint(Some(Over::Message)), at(0));
        hints.put(ChatId(3), hint(None), at(25));
        assert_eq!(hints.all_overdue(at(9)), []);
        assert_eq!(hints.all_overdue(at(10)), [ChatId(2)]);
        assert_eq!(hints.all_overdue(at(30)), [ChatId(1), ChatId(2)]);
        hints.put(ChatId(1), hint(None), at(30));
        assert!(hints.overdue(ChatId(1), at(30)).is_none(), "a tap begins the time anew");
        assert!(hints.get(ChatId(2), at(66)).is_none() && hints.get(ChatId(3), at(66)).is_some());
    }
}
