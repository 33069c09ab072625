//! What chats did within the last hour, counted in memory and nowhere else.

use std::num::NonZeroUsize;

use chrono::{DateTime, TimeDelta, Utc};
use lru::LruCache;

use crate::ids::ChatId;

/// How long something counts, from the first of its kind on.
const COUNTED: TimeDelta = TimeDelta::hours(1);
/// For how many chats it is counted at most.
const CHATS: NonZeroUsize = NonZeroUsize::new(10_000).unwrap();

/// Counts for each chat. A restart forgets them, and so does the next count after their hour.
///
/// # Privacy
/// It holds which chats did something within the hour, in memory only, and has no `Debug`.
pub(super) struct Hourly(LruCache<ChatId, (u32, DateTime<Utc>)>);

impl Hourly {
    pub(super) fn new() -> Self {
        // Not sized beforehand: most servers never see so many people in an hour.
        let mut chats = LruCache::unbounded();
        chats.resize(CHATS);
        Self(chats)
    }

    /// Returns how often a chat did it within the hour.
    pub(super) fn so_far(&self, chat: ChatId, now: DateTime<Utc>) -> u32 {
        self.0.peek(&chat).filter(|(_, since)| counts(*since, now)).map_or(0, |(times, _)| *times)
    }

    /// Counts one more.
    pub(super) fn add(&mut self, chat: ChatId, now: DateTime<Utc>) {
        while self.0.peek_lru().is_some_and(|(_, (_, since))| !counts(*since, now)) {
            self.0.pop_lru();
        }
        let (times, since) = match self.0.peek(&chat) {
            Some(&(times, since)) if counts(since, now) => (times, since),
            Some(_) | None => (0, now),
        };
        self.0.put(chat, (times.saturating_add(1), since));
    }

    /// Forgets a chat.
    pub(super) fn forget(&mut self, chat: ChatId) {
        self.0.pop(&chat);
    }
}

fn counts(since: DateTime<Utc>, now: DateTime<Utc>) -> bool {
    now - since < COUNTED
}
