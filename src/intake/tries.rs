//! The brake on guessed codes: five tries an hour for a chat, and so many for all chats together.
//!
//! In memory only. A restart forgets it, which gives a guesser a handful of tries among 10¹² codes.

use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};

use super::hourly::Hourly;
use crate::ids::ChatId;

/// Tries an hour for one chat (design).
const A_CHAT: u32 = 5;
/// Tries of all chats that may come at once.
const AT_ONCE: i64 = 60;
/// After how long one more try of all chats is allowed. With a thousand open requests among 10¹² codes, a year
/// of guessing at this rate finds one with a chance of 3 in 100.
const ONE_MORE: TimeDelta = TimeDelta::seconds(1);
/// How long every look-up takes at least: longer than any look-up takes, found or not.
pub(super) const ANSWERS_AFTER: Duration = Duration::from_millis(250);

/// The brake.
pub struct Tries(Mutex<Counted>);

struct Counted {
    chats: Hourly,
    /// How many tries of all chats are left, as of this moment.
    left: i64,
    at: DateTime<Utc>,
}

impl std::fmt::Debug for Tries {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Tries").finish_non_exhaustive()
    }
}

impl Default for Tries {
    fn default() -> Self {
        Self(Mutex::new(Counted { chats: Hourly::new(), left: AT_ONCE, at: DateTime::UNIX_EPOCH }))
    }
}

impl Tries {
    /// Takes one try, if this chat and all chats together have one left.
    pub(super) fn take(&self, chat: ChatId, now: DateTime<Utc>) -> bool {
        let mut counted = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if counted.chats.so_far(chat, now) >= A_CHAT || !counted.take_of_all(now) {
            return false;
        }
        counted.chats.add(chat, now);
        true
    }

    /// Forgets the tries of a chat that had a right code.
    pub(super) fn forgive(&self, chat: ChatId) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).chats.forget(chat);
    }
}

impl Counted {
    fn take_of_all(&mut self, now: DateTime<Utc>) -> bool {
        let more = (now - self.at).num_seconds().max(0) / ONE_MORE.num_seconds();
        if more > 0 {
            self.left = self.left.saturating_add(more).min(AT_ONCE);
            self.at = now;
        }
        let allowed = self.left > 0;
        self.left -= i64::from(allowed);
        allowed
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: i64) -> DateTime<Utc> {
        DateTime::from_timestamp(1_800_000_000 + seconds, 0).unwrap_or_default()
    }

    #[test]
    fn a_chat_has_five_tries_an_hour() {
        let tries = Tries::default();
        let taken = (0..7).filter(|&n| tries.take(ChatId(1), at(n * 60))).count();
        assert_eq!(taken, 5);
        assert!(tries.take(ChatId(2), at(420)), "another chat has its own");
        assert!(!tries.take(ChatId(1), at(3_599)));
        assert!(tries.take(ChatId(1), at(3_600)), "after the hour it begins anew");
    }

    #[test]
    fn all_chats_together_are_braked_too() {
        let tries = Tries::default();
        let taken = (0..1_000).filter(|&chat| tries.take(ChatId(chat), at(0))).count();
        assert_eq!(taken, 60);
        assert!(tries.take(ChatId(5_000), at(1)) && !tries.take(ChatId(5_001), at(1)));
    }

    #[test]
    fn a_right_code_is_no_try() {
        let tries = Tries::default();
        for _ in 0..20 {
            assert!(tries.take(ChatId(1), at(0)));
            tries.forgive(ChatId(1));
        }
    }
}
