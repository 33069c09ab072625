//! How long an association has, and who is on duty: the truth about when.

use chrono::{DateTime, DurationRound as _, TimeDelta, Utc};

/// How soon an answer is owed.
///
/// # Privacy
/// All that stands on the server of how a person is: *urgent* says neither whether it is danger nor whether
/// somebody is under 18, and the deadline beside it says as much.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Class {
    /// Minutes count: danger, or somebody under 18.
    Urgent,
    /// To leave, or a place to sleep.
    Tonight,
    /// Everything else.
    Usual,
}

/// Who is there at an association, by its roster, else by its opening hours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Duty {
    /// Somebody is there now, and stays for half an hour at least.
    Now,
    /// Nobody is there before this moment.
    From(DateTime<Utc>),
    /// Neither a roster nor hours are known.
    Unknown,
}

/// Until when an association should have answered, and whether that is soon enough.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Deadline {
    /// The moment.
    pub at: DateTime<Utc>,
    /// Nobody is known to be there in the time that the class allows: who can wait no longer needs the team now.
    pub closed: bool,
}

impl Class {
    /// Every class, the most urgent first.
    pub const ALL: [Self; 3] = [Self::Urgent, Self::Tonight, Self::Usual];

    /// Returns how long an association has that is there.
    #[must_use]
    pub const fn time(self) -> TimeDelta {
        match self {
            Self::Urgent => TimeDelta::minutes(30),
            Self::Tonight => TimeDelta::hours(4),
            Self::Usual => TimeDelta::hours(24),
        }
    }

    /// Returns how long an association has from its opening, where that ends later.
    #[must_use]
    pub const fn after_opening(self) -> TimeDelta {
        match self {
            Self::Urgent => TimeDelta::minutes(30),
            Self::Tonight => TimeDelta::hours(1),
            Self::Usual => TimeDelta::hours(4),
        }
    }

    /// Returns how long what was passed on may stay unopened before it comes back.
    #[must_use]
    pub const fn time_to_open(self) -> TimeDelta {
        match self {
            Self::Urgent => TimeDelta::minutes(30),
            Self::Tonight | Self::Usual => TimeDelta::hours(2),
        }
    }

    /// Returns how long it is until an alarm that rang so often rings again: doubled each time, a day at most.
    #[must_use]
    pub fn again(self, rung: u8) -> TimeDelta {
        let first = match self {
            Self::Urgent => TimeDelta::hours(1),
            Self::Tonight => TimeDelta::hours(4),
            Self::Usual => TimeDelta::hours(24),
        };
        (first * (1 << rung.min(5))).min(TimeDelta::hours(24))
    }

    /// Reckons until when an association should have answered that is asked now.
    ///
    /// Nothing is promised for an hour at which nobody works. A deadline is rounded down, so that what was said
    /// holds: to the hour where it is more than an hour away, which also hides the minute in which somebody
    /// wrote; else, and where the hour would leave too little time, to five minutes.
    #[must_use]
    pub fn deadline(self, duty: Duty, now: DateTime<Utc>) -> Deadline {
        let in_time = now + self.time();
        let (begins, at) = match duty {
            Duty::Now | Duty::Unknown => (now, in_time),
            Duty::From(opens) => (opens.max(now), in_time.max(opens.max(now) + self.after_opening())),
        };
        let enough = begins + self.after_opening() / 2;
        let hour = down(at, TimeDelta::hours(1));
        let rounded = if at - now > TimeDelta::hours(1) && hour >= enough { hour } else { five_minutes(at) };
        let closed = match duty {
            Duty::Now => false,
            Duty::From(_) => at > in_time,
            Duty::Unknown => true,
        };
        Deadline { at: rounded, closed }
    }
}

/// Returns the beginning of the hour of a moment: nothing on the server tells the minute in which somebody wrote.
pub(super) fn hour(moment: DateTime<Utc>) -> DateTime<Utc> {
    down(moment, TimeDelta::hours(1))
}

/// Returns the moment, rounded down to five minutes of the clock.
pub(super) fn five_minutes(moment: DateTime<Utc>) -> DateTime<Utc> {
    down(moment, TimeDelta::minutes(5))
}

/// Returns the moment half-way between two.
pub(super) fn half_way(from: DateTime<Utc>, to: DateTime<Utc>) -> DateTime<Utc> {
    from + (to - from) / 2
}

fn down(moment: DateTime<Utc>, step: TimeDelta) -> DateTime<Utc> {
    // Only a moment some centuries away cannot be rounded, and stays as it is.
    moment.duration_trunc(step).unwrap_or(moment)
}
