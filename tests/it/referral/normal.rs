//! The normal form of a state, so that a search ends: one moment, at which all states live, and nothing that makes
//! no difference to any rule.
//!
//! Time is left open: what is pending may become due in any order, also in one that no clock of ours would show.
//! An alarm stands *near*, before everything that is set now, or *far*, behind all of it, and what is far can come
//! near. So the search sees every order of moments, and more.

use chrono::{DateTime, TimeDelta, Utc};
use relais::referral::{
    Class, ClockAct, End, Helped, HopEnd, Mute, Open, Parting, Push, Reach, Receipt, Referral, State, Way,
    due,
};

use super::book::Book;
use super::world::noon;

/// A state of the search: the request in its normal form, and what was noted.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Node {
    pub referral: Referral,
    pub book: Book,
}

/// What a search does not tell apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Aside {
    /// What waits for the person.
    Messages,
    /// Whether the holder was reminded.
    Reminders,
    /// Whether an alarm is near, and whether it rang.
    Alarms,
    /// Whether minutes count.
    Class,
    /// Whether it helped.
    Helped,
}

/// All that a search does not tell apart.
pub type Fold = &'static [Aside];

/// The number of the address that holds, in every state.
pub const ADDRESS: u32 = 10;

/// An alarm that comes before whatever is set now.
fn near() -> DateTime<Utc> {
    noon() + TimeDelta::minutes(20)
}

/// An alarm that comes after whatever is set now.
fn far() -> DateTime<Utc> {
    noon() + TimeDelta::hours(40)
}

fn half(at: DateTime<Utc>) -> DateTime<Utc> {
    noon() + (at - noon()) / 2
}

/// Returns the normal form of a state that was reached at a moment.
pub fn normal(mut referral: Referral, book: Book, now: DateTime<Utc>, fold: Fold) -> Node {
    referral.received = noon() - TimeDelta::days(30);
    referral.deleted_at = noon() + TimeDelta::days(30);
    referral.parted.values_mut().for_each(|parting| *parting = Parting::Left);
    for aside in fold {
        set_aside(&mut referral, *aside);
    }
    fold_hops(&mut referral);
    if let State::Open(open) = &mut referral.state {
        fold_moments(open, now);
    }
    if let Mute::Until(end) = referral.mute {
        referral.mute = if end > now { Mute::Until(noon() + TimeDelta::days(30)) } else { Mute::Off };
    }
    let reach = &mut referral.reach;
    // Of two phones the second is known once it was chosen, and then so is the first.
    (reach.phone, reach.known) = (reach.phone.min(1), if reach.phone > 0 { ADDRESS } else { 0 });
    (reach.addresses, reach.address_no) = (ADDRESS + u32::from(reach.addresses > reach.address_no), ADDRESS);
    let mut node = Node { referral, book };
    if matches!(node.referral.state, State::Ended(End::Withdrawn | End::Expired)) {
        forget(&mut node);
    }
    node
}

/// Keeps who was asked, each once: in which order, when, and how it ceased, only the person reads.
fn fold_hops(referral: &mut Referral) {
    for hop in &mut referral.hops {
        (hop.leg.begun, hop.leg.due, hop.leg.receipt, hop.leg.late) = (noon(), noon(), Receipt::None, false);
        // What came back unopened was told to nobody.
        hop.how = if hop.how == HopEnd::NotOpened { HopEnd::NotOpened } else { HopEnd::PassedOn };
    }
    referral.hops.sort_unstable();
    referral.hops.dedup();
    // Whether it helped is asked of who had it last, and once: that it was closed is all that is left of it.
    if let Some(hop) = referral.hops.first_mut().filter(|_| referral.helped != Helped::NotAsked) {
        hop.how = HopEnd::Closed;
    }
}

fn fold_moments(open: &mut Open, now: DateTime<Utc>) {
    let bucket = |at: DateTime<Utc>| if at - now <= TimeDelta::minutes(30) { near() } else { far() };
    open.leg.receipt = open.leg.receipt.min(Receipt::Said);
    (open.leg.begun, open.leg.due) = (noon(), noon() + TimeDelta::minutes(10));
    if let Some(offer) = &mut open.offer {
        (offer.leg.begun, offer.leg.due) = (noon(), bucket(offer.leg.due));
        offer.back_at = noon() + TimeDelta::minutes(45);
    }
    if let Some(clock) = &mut open.clock {
        clock.alarm_at = bucket(clock.alarm_at);
        clock.remind_at = clock.remind_at.map(|_| half(clock.alarm_at));
        clock.rung = clock.rung.min(1);
    }
}

fn set_aside(referral: &mut Referral, aside: Aside) {
    match aside {
        Aside::Messages => (referral.unread, referral.push) = (0, Push::None),
        Aside::Class => referral.class = Class::Usual,
        Aside::Helped => referral.helped = Helped::NotAsked,
        Aside::Reminders => {
            if let Some(Open { clock: Some(clock), .. }) = open(referral) {
                clock.remind_at = None;
            }
        }
        Aside::Alarms => {
            let Some(open) = open(referral) else { return };
            open.leg.late = false;
            if let Some(clock) = &mut open.clock {
                (clock.alarm_at, clock.rung) = (far(), 0);
            }
        }
    }
}

/// Of what is gone nothing differs.
fn forget(Node { referral, book }: &mut Node) {
    *book = Book::default();
    (referral.class, referral.answered, referral.helped) = (Class::Usual, false, Helped::NotAsked);
    (referral.team, referral.mute) = (None, Mute::Off);
    referral.hops.clear();
    referral.parted.clear();
    referral.reach =
        Reach { way: Way::Never, address_no: ADDRESS, addresses: ADDRESS, phone: 0, known: 0, doubt: false };
}

/// Returns the request at the moment at which this is due, where it can become due.
pub fn when_due(referral: &Referral, act: &ClockAct) -> Option<Referral> {
    let mut referral = referral.clone();
    match act {
        ClockAct::Delete => referral.deleted_at = noon(),
        ClockAct::GiveUp => referral.deleted_at = noon() + TimeDelta::hours(24),
        ClockAct::Remind => open(&mut referral)?.clock.as_mut()?.remind_at = Some(noon()),
        ClockAct::Return => open(&mut referral)?.offer.as_mut()?.back_at = noon(),
        ClockAct::Late | ClockAct::Silent => {
            let clock = open(&mut referral)?.clock.as_mut()?;
            (clock.alarm_at, clock.remind_at) = (noon(), None);
        }
    }
    due(&referral).is_some_and(|due| due.at <= noon() && due.act == *act).then_some(referral)
}

/// Returns the request a while later: an alarm that was far is near.
pub fn a_while_later(mut referral: Referral) -> Referral {
    if let Some(Open { clock: Some(clock), .. }) = open(&mut referral) {
        clock.alarm_at = clock.alarm_at.min(near());
        clock.remind_at = clock.remind_at.map(|_| half(clock.alarm_at));
    }
    referral
}

const fn open(referral: &mut Referral) -> Option<&mut Open> {
    match &mut referral.state {
        State::Open(open) => Some(open),
        State::Ended(_) => None,
    }
}
