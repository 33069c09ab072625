//! Until when, in words that a person uses.

use chrono::{DateTime, Datelike as _, TimeDelta, Utc, Weekday};
use chrono_tz::Tz;

use crate::message::Message;

/// Returns how a deadline is said: today, tomorrow, a day of this week, or a date.
#[must_use]
pub fn time_message(until: DateTime<Utc>, now: DateTime<Utc>, zone: Tz) -> Message {
    if until <= now {
        return Message::TimeNow;
    }
    let (until, now) = (until.with_timezone(&zone), now.with_timezone(&zone));
    let time = until.format("%H:%M").to_string();
    let days = (until.date_naive() - now.date_naive()).num_days();
    match days {
        0 => Message::TimeToday { time },
        1 => Message::TimeTomorrow { time },
        2..=6 => weekday(until.weekday(), time),
        _ => Message::TimeDate { date: until.format("%d/%m").to_string() },
    }
}

const fn weekday(day: Weekday, time: String) -> Message {
    match day {
        Weekday::Mon => Message::TimeMonday { time },
        Weekday::Tue => Message::TimeTuesday { time },
        Weekday::Wed => Message::TimeWednesday { time },
        Weekday::Thu => Message::TimeThursday { time },
        Weekday::Fri => Message::TimeFriday { time },
        Weekday::Sat => Message::TimeSaturday { time },
        Weekday::Sun => Message::TimeSunday { time },
    }
}

/// Returns whether a deadline has passed for so long that the person should hear of it.
pub(super) fn is_late(respond_by: DateTime<Utc>, now: DateTime<Utc>) -> bool {
    now > respond_by + TimeDelta::minutes(15)
}
