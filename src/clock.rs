//! Time as a parameter: the one place that reads the system's clock.

use std::fmt;
use std::sync::Arc;

use chrono::{DateTime, TimeZone as _, Utc};

/// Seconds between 1970-01-01 and 2025-01-01, where the minutes of sealed state begin.
const EPOCH_2025: i64 = 1_735_689_600;

/// Where the present time comes from.
#[derive(Clone)]
pub struct Clock(Arc<dyn Fn() -> DateTime<Utc> + Send + Sync>);

impl Clock {
    /// Returns the system's clock.
    #[must_use]
    #[expect(clippy::disallowed_methods, reason = "this is the place")]
    pub fn system() -> Self {
        Self(Arc::new(Utc::now))
    }

    /// Returns a clock that reads its time from a function.
    #[must_use]
    pub fn from_fn(read: impl Fn() -> DateTime<Utc> + Send + Sync + 'static) -> Self {
        Self(Arc::new(read))
    }

    /// Returns the present time.
    #[must_use]
    pub fn now(&self) -> DateTime<Utc> {
        (self.0)()
    }
}

impl fmt::Debug for Clock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Clock").finish_non_exhaustive()
    }
}

/// A minute since 2025-01-01 UTC; 24 bits reach to 2056.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Minute(u32);

impl Minute {
    /// How many bits a minute takes in sealed state.
    pub const BITS: u32 = 24;

    /// Returns the minute of a moment; times out of range are clamped.
    #[must_use]
    pub fn of(moment: DateTime<Utc>) -> Self {
        let minutes = (moment.timestamp() - EPOCH_2025) / 60;
        Self(u32::try_from(minutes.clamp(0, (1 << Self::BITS) - 1)).unwrap_or(0))
    }

    /// Returns the minute with this number; higher bits are dropped.
    #[must_use]
    pub const fn from_number(number: u32) -> Self {
        Self(number & ((1 << Self::BITS) - 1))
    }

    /// Returns the number of minutes since 2025-01-01 UTC.
    #[must_use]
    pub const fn number(self) -> u32 {
        self.0
    }

    /// Returns the moment at which this minute begins.
    #[must_use]
    pub fn start(self) -> DateTime<Utc> {
        Utc.timestamp_opt(EPOCH_2025 + i64::from(self.0) * 60, 0).single().unwrap_or_default()
    }
}
