//! What comes of what volunteers may do.

use chrono::TimeDelta;

use super::clock::sooner;
use super::draft::Draft;
use super::hours::half_way;
use super::volunteer::Volunteer;
use super::{
    Action, Change, Clock, Counted, End, Facts, Helped, Hop, HopEnd, Leg, Mute, Offer, Open, Parting, Piece,
    Reason, Receipt, Referral, Seat, State, Taken, Why, Wish,
};
use crate::ids::AssociationId;

/// How long what a person writes rings nobody, where two volunteers agree on it.
const MUTED: TimeDelta = TimeDelta::days(30);

/// An open request on a desk.
pub(super) struct Desk<'a, 'v> {
    pub(super) open: Open,
    pub(super) volunteer: Volunteer<'v>,
    pub(super) draft: Draft<'a>,
}

impl<'a> Desk<'a, '_> {
    /// The first to open what was passed on has it from then on, and only then the former leg has ended. A team
    /// goes on reading what it passed on: it is who hears where nobody answers.
    pub(super) fn read(mut self, signed: bool, offered: bool) -> Draft<'a> {
        let receipt = if signed { Receipt::Signed } else { Receipt::Said };
        if let Some(Offer { leg, by, .. }) = self.open.offer.take_if(|_| offered) {
            let before = self.open.leg;
            let passed_on = by == before.holder;
            if passed_on && self.draft.referral.team.as_ref().is_none_or(|team| team.id != by) {
                self.draft.part(&by, Parting::PassedOn);
            }
            let how = if passed_on { HopEnd::PassedOn } else { HopEnd::TakenOver };
            if !passed_on {
                self.draft.notify(&before.holder, Why::TakenOver);
            }
            self.draft.referral.hops.push(Hop { leg: before, how });
            self.draft.hold(Leg { receipt, ..leg }, self.open.clock);
            return self.draft;
        }
        if *self.volunteer.of == self.open.leg.holder {
            self.open.leg.receipt = self.open.leg.receipt.max(receipt);
        }
        self.stay()
    }

    /// What was passed on comes back at once. A first request that cannot be read is a fault of ours: the team is
    /// told, and the association keeps it, for another of its devices may be able to.
    pub(super) fn unreadable(mut self, offered: bool) -> Draft<'a> {
        self.draft.count(Counted::Unreadable);
        if offered {
            let by = self.open.offer.as_ref().map(|offer| offer.by.clone());
            self.draft.recall(&mut self.open);
            if let Some(by) = by {
                self.draft.notify(&by, Why::Back);
            }
        } else {
            self.draft.tell_team(&self.open.leg.holder, Why::Unreadable);
        }
        self.stay()
    }

    /// Takes it. The clock runs on: to accept is not to answer.
    pub(super) fn accept(mut self) -> Draft<'a> {
        let (of, seat) = (self.volunteer.of, self.volunteer.seat);
        self.draft.recall(&mut self.open);
        if *of != self.open.leg.holder {
            self.take_over(of);
        }
        if self.open.leg.receipt == Receipt::None {
            self.open.leg.receipt = Receipt::Said;
        }
        self.open.taken = Some(Taken { seat, silent: false });
        self.open.clock = self.open.clock.map(|clock| again(clock, self.draft.facts));
        self.draft.seal(Piece::Claim, vec![of.clone()]);
        self.audit(Action::Accepted);
        self.stay()
    }

    fn take_over(&mut self, of: &AssociationId) {
        let before = self.open.leg.clone();
        let leg = self.draft.leg(of);
        self.open.clock = Some(sooner(self.open.clock, leg.due, self.draft.facts.now));
        let leg = Leg { due: leg.due.min(before.due), ..leg };
        self.draft.notify(&before.holder, Why::TakenOver);
        self.draft.referral.hops.push(Hop { leg: before, how: HopEnd::TakenOver });
        self.open.leg = leg;
    }

    /// Says no, for good. Who does not hold it says no for itself alone.
    pub(super) fn decline(mut self, reason: Reason, holds: bool) -> Draft<'a> {
        let of = self.volunteer.of;
        self.draft.seal_beside(Piece::Reason, of);
        self.draft.part(of, Parting::Declined(reason));
        self.draft.changes.push(Change::DropNotices { to: of.clone() });
        self.audit(Action::Declined);
        if holds {
            self.draft.move_on(self.open, HopEnd::Declined, Why::Declined);
            return self.draft;
        }
        self.stay()
    }

    /// Passes it on. The former leg stands until the next has opened it.
    pub(super) fn pass_on(mut self, to: &AssociationId) -> Draft<'a> {
        self.draft.recall(&mut self.open);
        let (now, class) = (self.draft.facts.now, self.draft.referral.class);
        let leg = self.draft.leg(to);
        let back_at = now + class.time_to_open();
        self.open.offer = Some(Offer { leg, by: self.volunteer.of.clone(), back_at });
        self.draft.seal_beside(Piece::PassedOn, to);
        self.draft.notify(to, Why::New);
        self.audit(Action::PassedOn);
        self.stay()
    }

    /// Gives it back to the association. The person is owed an answer again.
    pub(super) fn give_back(mut self) -> Draft<'a> {
        self.open.taken = None;
        if self.open.clock.is_none() {
            let due = self.draft.facts.deadline(self.draft.referral.class, &self.open.leg.holder).at;
            self.open.clock = Some(sooner(None, due, self.draft.facts.now));
        }
        self.draft.ring(&self.open, Why::GivenBack);
        self.audit(Action::GivenBack);
        self.stay()
    }

    pub(super) fn hand_to(mut self, seat: Seat) -> Draft<'a> {
        if let Some(taken) = &mut self.open.taken {
            taken.seat = seat;
        }
        self.draft.seal(Piece::Claim, vec![self.volunteer.of.clone()]);
        self.draft.notify(self.volunteer.of, Why::Handed);
        self.audit(Action::Handed);
        self.stay()
    }

    /// An answer stands ready for the person: that ends the clock. Whoever answers has it; what the team had passed
    /// on in the meantime comes back.
    pub(super) fn answer(mut self) -> Draft<'a> {
        let by = self.open.offer.as_ref().map(|offer| offer.by.clone());
        if let Some(team) = by.filter(|by| *by != self.open.leg.holder) {
            self.draft.recall(&mut self.open);
            self.draft.notify(&team, Why::Back);
        }
        self.open.taken = Some(Taken { seat: self.volunteer.seat, silent: false });
        (self.open.clock, self.open.leg.late) = (None, false);
        self.draft.referral.answered = true;
        self.draft.seal(Piece::Reply, vec![self.volunteer.of.clone()]);
        self.draft.keep_message();
        self.audit(Action::Replied);
        self.stay()
    }

    /// Closes it. What waits can still be read, and the person is asked once whether it helped.
    pub(super) fn close(mut self) -> Draft<'a> {
        let by = self.volunteer.of;
        self.draft.recall(&mut self.open);
        self.draft.seal_beside(Piece::Outcome, by);
        self.audit(Action::Closed);
        let referral = &mut self.draft.referral;
        referral.hops.push(Hop { leg: self.open.leg, how: HopEnd::Closed });
        if referral.helped == Helped::NotAsked {
            referral.helped = Helped::Asked;
        }
        referral.state = State::Ended(End::Closed { by: by.clone() });
        self.draft
    }

    pub(super) fn mute(mut self, second: bool) -> Draft<'a> {
        let Volunteer { of, seat } = self.volunteer;
        self.draft.referral.mute = if second {
            self.audit(Action::Muted);
            Mute::Until(self.draft.facts.now + MUTED)
        } else {
            Mute::Asked { by: of.clone(), seat }
        };
        self.stay()
    }

    pub(super) fn unmute(mut self) -> Draft<'a> {
        self.draft.referral.mute = Mute::Off;
        self.stay()
    }

    /// A volunteer has asked which phone is safe.
    pub(super) fn choose_phone(mut self, wish: Option<Wish>) -> Draft<'a> {
        let reach = &mut self.draft.referral.reach;
        (reach.doubt, reach.known) = (false, reach.addresses);
        match wish {
            Some(wish) => self.draft.reach_at(wish),
            None => self.draft.follow(),
        }
        self.audit(Action::PhoneChosen);
        self.stay()
    }

    fn stay(mut self) -> Draft<'a> {
        self.draft.stay(self.open);
        self.draft
    }

    fn audit(&mut self, action: Action) {
        audit(&mut self.draft, self.volunteer.of, action);
    }
}

/// Keeps a note for one's own association.
pub(super) fn note<'a>(referral: &Referral, volunteer: Volunteer<'_>, facts: &'a Facts<'a>) -> Draft<'a> {
    let mut draft = Draft::of(referral, facts);
    draft.seal(Piece::Note, vec![volunteer.of.clone()]);
    audit(&mut draft, volunteer.of, Action::Noted);
    draft
}

/// Returns whether somebody could have wished for this on another phone.
pub(super) const fn is_a_wish(referral: &Referral, wish: Wish) -> bool {
    let reach = &referral.reach;
    wish.address_no <= reach.addresses
        && wish.address_no != reach.address_no
        && wish.phone <= wish.address_no
        && wish.phone != reach.phone
}

/// The one who has it now is reminded half-way to the same alarm.
fn again(clock: Clock, facts: &Facts<'_>) -> Clock {
    let ahead = facts.now < clock.alarm_at;
    Clock { remind_at: ahead.then(|| half_way(facts.now, clock.alarm_at)), ..clock }
}

fn audit(draft: &mut Draft<'_>, association: &AssociationId, action: Action) {
    draft.changes.push(Change::Audit { association: association.clone(), action });
}
