//! What comes again and again from one chat: nothing is refused, but volunteers hear of it later.
//!
//! A phone in a shelter, a training in one room and a person who begins anew all send more than once, so the
//! first requests of an hour are as any other. Beyond these, every request is stored and answered at once as
//! ever, and stands on the desk at once; only its notice waits.

use std::sync::{Mutex, PoisonError};

use chrono::{DateTime, DurationRound as _, TimeDelta, Utc};

use super::hourly::Hourly;
use crate::ids::ChatId;

/// How many requests of one chat within an hour are told at once.
const REQUESTS_AT_ONCE: u32 = 3;
/// How many additions and messages of one chat within an hour are told at once.
const MORE_AT_ONCE: u32 = 10;
/// How long the first notice beyond these waits; each next one waits twice as long.
const FIRST_WAIT: TimeDelta = TimeDelta::minutes(5);
/// How long a notice waits at most: less than a quarter of every answer time that is not urgent.
const LONGEST_WAIT: TimeDelta = TimeDelta::minutes(45);

/// What chats sent within the last hour. In memory only; each replica has its own.
pub struct Repeats(Mutex<Counted>);

struct Counted {
    requests: Hourly,
    more: Hourly,
}

impl std::fmt::Debug for Repeats {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Repeats").finish_non_exhaustive()
    }
}

impl Default for Repeats {
    fn default() -> Self {
        Self(Mutex::new(Counted { requests: Hourly::new(), more: Hourly::new() }))
    }
}

/// What is known of a chat before it sends something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Repeat {
    /// It would be this one within the hour; 1 is the first.
    pub(super) number: u32,
    /// How many are told at once.
    at_once: u32,
}

impl Repeat {
    /// Returns whether the volunteers should know that it is one of many.
    pub(super) const fn is_one_of_many(self) -> bool {
        self.number > self.at_once
    }

    /// Returns when volunteers are told of it. Where minutes count, that is the next five minutes of the clock.
    pub(super) fn told_at(self, now: DateTime<Utc>, urgent: bool) -> DateTime<Utc> {
        let Some(beyond) = self.number.checked_sub(self.at_once + 1) else { return now };
        if urgent {
            return now.duration_round_up(FIRST_WAIT).unwrap_or(now);
        }
        let doubled = 1_i32.checked_shl(beyond).filter(|doubled| *doubled > 0).unwrap_or(i32::MAX);
        now + FIRST_WAIT.checked_mul(doubled).unwrap_or(LONGEST_WAIT).min(LONGEST_WAIT)
    }
}

impl Repeats {
    /// Returns what the next request of a chat would be.
    pub(super) fn request(&self, chat: ChatId, now: DateTime<Utc>) -> Repeat {
        let number = self.counted().requests.so_far(chat, now).saturating_add(1);
        Repeat { number, at_once: REQUESTS_AT_ONCE }
    }

    /// Counts a request that was stored.
    pub(super) fn requested(&self, chat: ChatId, now: DateTime<Utc>) {
        self.counted().requests.add(chat, now);
    }

    /// Returns what the next addition or message of a chat would be.
    pub(super) fn more(&self, chat: ChatId, now: DateTime<Utc>) -> Repeat {
        let number = self.counted().more.so_far(chat, now).saturating_add(1);
        Repeat { number, at_once: MORE_AT_ONCE }
    }

    /// Counts an addition or message that was stored.
    pub(super) fn added(&self, chat: ChatId, now: DateTime<Utc>) {
        self.counted().more.add(chat, now);
    }

    fn counted(&self) -> std::sync::MutexGuard<'_, Counted> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: i64) -> DateTime<Utc> {
        // On a full hour.
        DateTime::from_timestamp(1_800_000_000 + seconds, 0).unwrap_or_default()
    }

    #[test]
    fn the_first_three_are_told_at_once_and_the_next_wait_longer_and_longer() {
        let repeats = Repeats::default();
        let waits: Vec<(bool, i64)> = (0..9)
            .map(|_| {
                let repeat = repeats.request(ChatId(1), at(10));
                repeats.requested(ChatId(1), at(10));
                (repeat.is_one_of_many(), (repeat.told_at(at(10), false) - at(10)).num_minutes())
            })
            .collect();
        let once = (false, 0);
        let many = |minutes| (true, minutes);
        assert_eq!(waits, [once, once, once, many(5), many(10), many(20), many(40), many(45), many(45)]);
        assert_eq!(repeats.request(ChatId(2), at(10)).number, 1, "another chat has its own count");
        assert_eq!(repeats.request(ChatId(1), at(3_610)).number, 1, "after the hour it begins anew");
    }

    #[test]
    fn where_minutes_count_no_repeat_waits_longer_than_five() {
        for number in [4, 5, 40, u32::MAX] {
            let repeat = Repeat { number, at_once: REQUESTS_AT_ONCE };
            for second in 0..600 {
                let wait = repeat.told_at(at(second), true) - at(second);
                assert!(wait >= TimeDelta::zero() && wait <= FIRST_WAIT, "{number} {second} {wait}");
            }
            assert!(repeat.told_at(at(1), false) - at(1) <= LONGEST_WAIT);
        }
    }
}
