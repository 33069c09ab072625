//! The clock behind "passed on": until when an association should have answered.

use chrono::{DateTime, TimeDelta, Utc};

use crate::directory::Association;
use crate::record::Request;
use crate::terms::Need;

/// Danger, or under 18: within the opening hours of the association.
const URGENT: std::time::Duration = std::time::Duration::from_mins(30);
/// To leave, or a place to sleep.
const TONIGHT: TimeDelta = TimeDelta::hours(4);
/// Everything else.
const USUAL: TimeDelta = TimeDelta::hours(24);
/// Someone who worries about someone else.
const WORRIED: TimeDelta = TimeDelta::hours(72);
/// What is usual, counted from the next opening where that comes later: nobody answers on a Sunday.
const AFTER_OPENING: TimeDelta = TimeDelta::hours(4);

/// Returns until when the association should have answered; then the national team is told.
#[must_use]
pub fn respond_by(request: &Request, association: &Association, now: DateTime<Utc>) -> DateTime<Utc> {
    if request.is_urgent() {
        return association.hours.add_open_time(now, URGENT);
    }
    if request.about.is_other() {
        return now + WORRIED;
    }
    match request.need() {
        Some(Need::Leave | Need::Shelter) => now + TONIGHT,
        Some(Need::Talk | Need::Medical | Need::Legal | Need::Unsure) | None => {
            let opens = association.hours.next_open(now).unwrap_or(now);
            (now + USUAL).max(opens + AFTER_OPENING)
        }
    }
}

/// Returns whether the national team is told at once: minutes count, and the association is closed.
#[must_use]
pub fn told_at_once(request: &Request, association: &Association, now: DateTime<Utc>) -> bool {
    request.is_urgent() && !association.hours.is_open(now)
}
