//! The clock behind "passed on": until when an association should have answered.

use chrono::{DateTime, TimeDelta, Utc};

use super::Route;
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

/// Returns whether the national team is told at once: minutes count, and the association is closed or full.
#[must_use]
pub fn told_at_once(request: &Request, route: &Route<'_>, now: DateTime<Utc>) -> bool {
    request.is_urgent() && (route.is_full || !route.first.hours.is_open(now))
}

/// Open long enough to answer.
const NOW: u16 = 0;
/// Opening within the time that an urgent answer may take.
const WITHIN_HALF_AN_HOUR: u16 = 1;
/// Opening within four hours.
const WITHIN_FOUR_HOURS: u16 = 2;
/// Opening within a day; one more for each day after.
const WITHIN_A_DAY: u16 = 3;

/// Returns how soon an association can answer where minutes count, in steps that make a difference to somebody
/// who waits: within a step the language that is spoken counts more.
///
/// What is measured is by when it has been open for half an hour, so that one about to close is not taken for
/// one that is there. Hours that are not known come last.
pub(super) fn wait(association: &Association, now: DateTime<Utc>) -> u16 {
    let Some(answered) = association.hours.open_for(now, URGENT) else { return u16::MAX };
    let late = (answered - now - TimeDelta::from_std(URGENT).unwrap_or_default()).max(TimeDelta::zero());
    if late.is_zero() {
        NOW
    } else if late <= TimeDelta::minutes(30) {
        WITHIN_HALF_AN_HOUR
    } else if late <= TimeDelta::hours(4) {
        WITHIN_FOUR_HOURS
    } else {
        u16::try_from(late.num_days()).unwrap_or(u16::MAX).saturating_add(WITHIN_A_DAY)
    }
}
