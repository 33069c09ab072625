//! At what pace a chat of volunteers is told. Pure.
//!
//! A few notices come alone, each with its file. What comes beyond that is told together, in one message that
//! is edited in place, so that a thousand requests in a night make no thousand sounds. Where minutes count,
//! notices have room of their own, and wait less.

use chrono::{DateTime, TimeDelta, Utc};

use crate::store::{Arrivals, DueNotice, NoticeId, NoticeReason, NoticeWay, Pace};
use crate::terms::Kind;

/// How many notices of either kind come alone in a quarter of an hour.
const ALONE: u32 = 6;
/// In how many minutes room for notices that come alone is counted.
const QUARTER: TimeDelta = TimeDelta::minutes(15);
/// How long an urgent notice waits at most to be told together with others.
pub const URGENT_WAITS: TimeDelta = TimeDelta::minutes(5);
/// How long any other notice waits at most to be told together with others.
pub const USUAL_WAITS: TimeDelta = TimeDelta::minutes(15);
/// For how long a message for many is edited before a new one, with its sound, takes its place.
const EDITED_FOR: TimeDelta = TimeDelta::hours(1);
/// An answer time up to this one means that minutes count: half an hour, and what rounding the hour of
/// reception down and the deadline up can add.
const URGENT_ANSWER: TimeDelta = TimeDelta::hours(2);

/// How a message for many is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tell {
    /// As a new message; the one before goes.
    Anew,
    /// By editing this message, without a sound.
    Edit(i64),
}

/// What to do with what is due for one chat.
#[derive(Debug)]
pub(super) struct Plan {
    /// What was told of late, this round included.
    pub(super) pace: Pace,
    /// How each notice is told.
    pub(super) ways: Vec<(NoticeId, NoticeWay)>,
    /// Each by a message of its own, the most urgent first.
    pub(super) alone: Vec<DueNotice>,
    /// By one message for many, if it is told now.
    pub(super) together: Vec<NoticeId>,
    /// Taken back, and nothing stands in the chat that says otherwise.
    pub(super) forgotten: Vec<NoticeId>,
    /// How many of these are more about a request that is known.
    pub(super) more: u32,
    /// How, if now.
    pub(super) tell: Option<Tell>,
    /// When those that are told together come again, if not now.
    pub(super) later: DateTime<Utc>,
}

/// Decides how each notice is told. Without a desk there is no other way to the files: each comes alone.
pub(super) fn plan(notices: Vec<DueNotice>, pace: Pace, now: DateTime<Utc>, desk: bool) -> Plan {
    let mut pace = turned_to(pace, now);
    let (mut alone, mut together, mut ways) = (Vec::new(), Vec::new(), Vec::new());
    let mut notices = notices;
    notices.sort_by_key(|notice| {
        (notice.reason != NoticeReason::Withdrawn, !is_urgent(notice), notice.respond_by, notice.id)
    });
    for notice in notices {
        let new = |pace: &mut Pace| if desk { way(&notice, pace) } else { NoticeWay::Alone };
        let way = notice.way.unwrap_or_else(|| new(&mut pace));
        ways.push((notice.id, way));
        match way {
            NoticeWay::Alone => alone.push(notice),
            NoticeWay::Together => together.push(notice),
        }
    }
    // What was taken back is in the count of the message for many; where none stands, there is nothing to mend.
    let mut forgotten = Vec::new();
    if pace.digest.is_none() {
        forgotten.extend(together.extract_if(.., |notice| notice.reason == NoticeReason::Withdrawn));
    }
    let urgent = together.iter().any(is_urgent);
    let waits = if urgent { URGENT_WAITS } else { USUAL_WAITS };
    // Where the clock was set back, what was told in the future holds nothing up.
    let open = !together.is_empty() && (pace.digest_told < cut(now, waits) || pace.digest_told > now);
    let news = together.iter().any(|notice| notice.reason != NoticeReason::Withdrawn);
    let tell = match pace.digest {
        Some(digest) if !news || (!urgent && now - digest.begun < EDITED_FOR) => Tell::Edit(digest.message),
        Some(_) | None => Tell::Anew,
    };
    let more = together.iter().filter(|notice| notice.kind != Kind::Handoff).count();
    Plan {
        pace,
        ways,
        alone,
        more: u32::try_from(more).unwrap_or(u32::MAX),
        tell: open.then_some(tell),
        forgotten: forgotten.into_iter().map(|notice| notice.id).collect(),
        later: cut(now, waits) + waits,
        together: together.into_iter().map(|notice| notice.id).collect(),
    }
}

/// Returns the way of a notice for which there is none yet, and counts it.
fn way(notice: &DueNotice, pace: &mut Pace) -> NoticeWay {
    if notice.reason == NoticeReason::Withdrawn {
        // Its file stands in the chat and has to go; there are never more than came alone.
        return NoticeWay::Alone;
    }
    let (came, before) = if is_urgent(notice) {
        (&mut pace.came.urgent, pace.before.urgent)
    } else {
        (&mut pace.came.usual, pace.before.usual)
    };
    *came = came.saturating_add(1);
    // A storm is over after a calm quarter, not because the clock turned.
    if *came <= ALONE && before <= ALONE { NoticeWay::Alone } else { NoticeWay::Together }
}

/// Returns whether minutes count, as far as the columns tell: a short answer time, or a national team that is
/// told at once.
fn is_urgent(notice: &DueNotice) -> bool {
    let short = notice.respond_by - notice.received_hour <= URGENT_ANSWER;
    let at_once = notice.reason == NoticeReason::New && notice.audience != notice.association;
    notice.kind == Kind::Handoff && notice.reason != NoticeReason::Withdrawn && (short || at_once)
}

fn turned_to(pace: Pace, now: DateTime<Utc>) -> Pace {
    let quarter = cut(now, QUARTER);
    if quarter == pace.quarter {
        return pace;
    }
    let before = if quarter - pace.quarter == QUARTER { pace.came } else { Arrivals::default() };
    Pace { quarter, came: Arrivals::default(), before, ..pace }
}

/// Cuts a moment to the beginning of the step in which it lies.
pub(super) fn cut(moment: DateTime<Utc>, step: TimeDelta) -> DateTime<Utc> {
    let seconds = moment.timestamp().rem_euclid(step.num_seconds().max(1));
    DateTime::from_timestamp(moment.timestamp() - seconds, 0).unwrap_or(moment)
}
