//! How a person may be reached: one value, replaced in the same write as the piece that says so.

use chrono::{DateTime, Utc};

use super::entry::NewReach;
use super::link::{Link, change};
use super::row;
use super::{Cause, StoreError};
use crate::ids::HandoffId;

/// When a message is pushed whose person wants none: never, in the time that it has. The year 9999, in seconds.
pub(super) const NEVER: i64 = 253_402_300_799;

/// Replaces how a person is reached. What waits and was not pushed is timed anew, or waits until they look; what was
/// stopped before begins again, for they chose hours now.
///
/// A number that is not the next one was sealed beside another change: the caller begins anew.
pub(super) async fn replace(
    link: &mut Link<'_>,
    handoff: HandoffId,
    reach: &NewReach,
    (changed, now): (i64, DateTime<Utc>),
) -> Result<(), StoreError> {
    let handoff = handoff.as_bytes().as_slice();
    let (held, number) = (i64::from(reach.to.is_none()), i64::from(reach.number));
    let sql = "UPDATE tokens SET address_no = $2, held = $3, changed = $4,
                   stopped = CASE WHEN $3 = 0 THEN 0 ELSE stopped END
               WHERE handoff = $1 AND kind = 'handoff' AND address_no = $2 - 1";
    if change!(link, "tokens", sql, handoff, number, held, changed)? == 0 {
        return Err(StoreError::Unavailable { retry: true, cause: Cause::Busy });
    }
    let (address, at) = match &reach.to {
        Some((address, at)) if *at > now => (Some(address.as_str()), row::quarter(*at)),
        Some((address, _)) => (Some(address.as_str()), row::hour(now)),
        None => (None, NEVER),
    };
    let sql = "UPDATE waiting SET address = $2, next_attempt = $3 WHERE handoff = $1 AND state = 'queued'";
    change!(link, "waiting", sql, handoff, address, at).map(|_| ())
}
