//! The clock: what becomes due, and what it does. Every state that waits for somebody has one.

use chrono::{DateTime, Utc};

use super::draft::Draft;
use super::hours::half_way;
use super::{Change, Clock, ClockAct, Counted, End, Facts, Open, Referral, Refusal, State, Why};

/// What becomes due next, and when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Due {
    /// The moment, to be taken as now where it has passed.
    pub at: DateTime<Utc>,
    /// What.
    pub act: ClockAct,
}

/// Returns what becomes due next; nothing once all of it is deleted.
///
/// Of two that are due at one moment the one that ends something comes first.
#[must_use]
pub fn due(referral: &Referral) -> Option<Due> {
    let mut found = match &referral.state {
        State::Ended(End::Expired) => return None,
        State::Ended(End::Closed { .. } | End::Withdrawn | End::NobodyLeft | End::NobodyTook)
        | State::Open(_) => Due { at: referral.deleted_at, act: ClockAct::Delete },
    };
    let Some(open) = referral.open() else { return Some(found) };
    let mut sooner = |at: Option<DateTime<Utc>>, act| {
        if let Some(at) = at.filter(|at| *at < found.at) {
            found = Due { at, act };
        }
    };
    let rings = if open.taken.is_some() { ClockAct::Silent } else { ClockAct::Late };
    sooner(gives_up(referral, open).then(|| referral.given_up_at()), ClockAct::GiveUp);
    sooner(open.offer.as_ref().map(|offer| offer.back_at), ClockAct::Return);
    sooner(open.clock.map(|clock| clock.alarm_at), rings);
    sooner(open.clock.and_then(|clock| clock.remind_at), ClockAct::Remind);
    Some(found)
}

/// Returns whether nobody is looked for any more once there is a day left: nobody has taken it, or ever answered.
const fn gives_up(referral: &Referral, open: &Open) -> bool {
    open.clock.is_some() && (open.taken.is_none() || !referral.answered)
}

/// Returns the clock with an alarm at this moment at the latest, and a reminder half-way to it.
pub(super) fn sooner(clock: Option<Clock>, at: DateTime<Utc>, now: DateTime<Utc>) -> Clock {
    let alarm_at = clock.map_or(at, |clock| clock.alarm_at.min(at));
    let remind_at = (now < alarm_at).then(|| half_way(now, alarm_at));
    Clock { remind_at, alarm_at, rung: clock.map_or(0, |clock| clock.rung) }
}

/// Does what is due.
pub(super) fn take<'a>(
    referral: &Referral,
    act: &ClockAct,
    facts: &'a Facts<'a>,
) -> Result<Draft<'a>, Refusal> {
    let due = due(referral).filter(|due| due.act == *act);
    let at = due.map(|due| due.at);
    if at.is_none_or(|at| facts.now < at) {
        return Err(Refusal::NotYet { at });
    }
    let mut draft = Draft::of(referral, facts);
    let open = referral.open().cloned();
    match (act, open) {
        (ClockAct::Delete, _) => delete(&mut draft),
        (ClockAct::Remind, Some(open)) => remind(&mut draft, open),
        (ClockAct::Late, Some(open)) => alarm(&mut draft, open, Why::Late),
        (ClockAct::Silent, Some(open)) => alarm(&mut draft, open, Why::Silent),
        (ClockAct::Return, Some(open)) => come_back(&mut draft, open),
        (ClockAct::GiveUp, Some(open)) => give_up(&mut draft, open),
        // Nothing of this is due where nothing is open.
        (
            ClockAct::Remind | ClockAct::Late | ClockAct::Silent | ClockAct::Return | ClockAct::GiveUp,
            None,
        ) => return Err(Refusal::NotYet { at: None }),
    }
    Ok(draft)
}

fn remind(draft: &mut Draft<'_>, mut open: Open) {
    if let Some(clock) = &mut open.clock {
        clock.remind_at = None;
    }
    draft.notify(&open.leg.holder, Why::Reminder);
    draft.stay(open);
}

fn alarm(draft: &mut Draft<'_>, mut open: Open, why: Why) {
    if let Some(clock) = &mut open.clock {
        clock.alarm_at = draft.facts.now + draft.referral.class.again(clock.rung);
        clock.remind_at = None;
        clock.rung = clock.rung.saturating_add(1);
    }
    if let Some(taken) = &mut open.taken {
        taken.silent = true;
    }
    open.leg.late = true;
    draft.notify(&open.leg.holder, why);
    draft.tell_team(&open.leg.holder, why);
    draft.count(Counted::Alarm);
    draft.stay(open);
}

fn come_back(draft: &mut Draft<'_>, mut open: Open) {
    let by = open.offer.as_ref().map(|offer| offer.by.clone());
    draft.recall(&mut open);
    if let Some(by) = by {
        draft.notify(&by, Why::Back);
    }
    draft.stay(open);
}

fn give_up(draft: &mut Draft<'_>, mut open: Open) {
    draft.recall(&mut open);
    draft.ring(&open, Why::GivenUp);
    draft.count(Counted::NobodyTook);
    draft.referral.hops.push(super::Hop { leg: open.leg, how: super::HopEnd::GivenUp });
    draft.referral.state = State::Ended(End::NobodyTook);
}

fn delete(draft: &mut Draft<'_>) {
    draft.clear_push();
    draft.referral.unread = 0;
    draft.changes.push(Change::EraseAll);
    draft.referral.state = State::Ended(End::Expired);
}
