//! A step under way: the request as it will be, and what has to be done for it.

use std::collections::btree_map::Entry;

use chrono::{DateTime, Utc};

use super::clock::sooner;
use super::hours::hour;
use super::{
    Change, Class, Clock, Counted, End, Facts, Hop, HopEnd, Leg, News, Offer, Open, Parting, Piece, Push,
    Receipt, Referral, State, Told, Why, clock, news,
};
use crate::ids::AssociationId;

/// A step under way.
pub(super) struct Draft<'a> {
    pub(super) referral: Referral,
    pub(super) changes: Vec<Change>,
    pub(super) facts: &'a Facts<'a>,
}

impl<'a> Draft<'a> {
    pub(super) fn of(referral: &Referral, facts: &'a Facts<'a>) -> Self {
        Self { referral: referral.clone(), changes: Vec::new(), facts }
    }

    /// Ends the step: the person learns what is new, and the clock when to look again.
    pub(super) fn finish(mut self, before: &Referral) -> (Referral, Vec<Change>) {
        let told = news::news(&self.referral);
        if told != news::news(before) {
            // An end without a helper must not wait until somebody looks.
            let pushes = matches!(told, News::NobodyLeft | News::NobodyTook) && self.announce();
            let how = if pushes { Told::Pushed } else { Told::OnHub };
            self.changes.push(Change::TellPerson { news: told, how });
        }
        let look_at = clock::due(&self.referral).map(|due| due.at);
        if look_at != clock::due(before).map(|due| due.at) {
            self.changes.push(Change::LookAt(look_at));
        }
        (self.referral, self.changes)
    }

    pub(super) fn seal(&mut self, piece: Piece, to: Vec<AssociationId>) {
        if !to.is_empty() {
            self.changes.push(Change::Seal { piece, to });
        }
    }

    /// Seals a piece to those who read the request as it stands.
    pub(super) fn seal_to_readers(&mut self, piece: Piece) {
        let readers = self.referral.readers();
        self.seal(piece, readers);
    }

    /// Seals a piece to an association and to the team beside it.
    pub(super) fn seal_beside(&mut self, piece: Piece, association: &AssociationId) {
        let readers = super::Readers::beside(association, self.referral.team_that_reads());
        self.seal(piece, readers.all());
    }

    pub(super) fn notify(&mut self, to: &AssociationId, why: Why) {
        self.changes.push(Change::Notify { to: to.clone(), why });
    }

    pub(super) fn count(&mut self, counted: Counted) {
        self.changes.push(Change::Count(counted));
    }

    /// Tells the team beside the holder, which may act from then on.
    pub(super) fn tell_team(&mut self, holder: &AssociationId, why: Why) {
        let team = self.referral.team_that_reads().filter(|team| *team != holder).cloned();
        if let Some(team) = team {
            self.notify(&team, why);
            self.team_is_told();
        }
    }

    fn team_is_told(&mut self) {
        if let Some(team) = &mut self.referral.team {
            team.told = true;
        }
    }

    /// Rings where the request is worked on: at the holder, and at the team where it was told.
    pub(super) fn ring(&mut self, open: &Open, why: Why) {
        let told = self.referral.team.as_ref().is_some_and(|team| team.told);
        let team = self.referral.team_that_reads().filter(|team| told && **team != open.leg.holder).cloned();
        self.notify(&open.leg.holder, why);
        if let Some(team) = team {
            self.notify(&team, why);
        }
    }

    /// Notes that an association has parted with the request. A report stays what it is.
    pub(super) fn part(&mut self, association: &AssociationId, how: Parting) {
        match self.referral.parted.entry(association.clone()) {
            Entry::Vacant(entry) => {
                entry.insert(how);
            }
            Entry::Occupied(mut entry) => {
                if how == Parting::Reported {
                    entry.insert(how);
                }
            }
        }
    }

    /// Returns the leg of an association that is asked now; the team is told at once where nobody is there in the
    /// time that the class allows.
    pub(super) fn leg(&mut self, holder: &AssociationId) -> Leg {
        let class = self.referral.class;
        let deadline = self.facts.deadline(class, holder);
        if deadline.closed && class != Class::Usual {
            self.tell_team(holder, Why::New);
        }
        let begun = hour(self.facts.now);
        Leg { holder: holder.clone(), begun, due: deadline.at, receipt: Receipt::None, late: false }
    }

    /// Asks an association.
    pub(super) fn ask(&mut self, holder: &AssociationId, clock: Option<Clock>, why: Why) {
        let leg = self.leg(holder);
        self.notify(holder, why);
        self.hold(leg, clock);
    }

    /// Gives the request to a leg. The clock goes on, or begins.
    pub(super) fn hold(&mut self, leg: Leg, clock: Option<Clock>) {
        if self.referral.team.as_ref().is_some_and(|team| team.id == leg.holder) {
            self.team_is_told();
        }
        let clock = Some(sooner(clock, self.rings_by(&leg), self.facts.now));
        self.stay(Open { leg, taken: None, offer: None, clock });
    }

    /// Returns when the alarm rings at the latest for a leg: by the hours of the team where it was told in the place
    /// of who is not there.
    fn rings_by(&self, leg: &Leg) -> DateTime<Utc> {
        let class = self.referral.class;
        let closed = self.facts.deadline(class, &leg.holder).closed && class != Class::Usual;
        let team = self.referral.team_that_reads().filter(|team| closed && **team != leg.holder);
        team.map_or(leg.due, |team| leg.due.min(self.facts.deadline(class, team).at))
    }

    pub(super) fn stay(&mut self, open: Open) {
        self.referral.state = State::Open(open);
    }

    /// Ends a leg whose holder has parted with the request: whoever it was passed on to has it now, else the team;
    /// where nobody is left it has ended.
    pub(super) fn move_on(&mut self, open: Open, how: HopEnd, why: Why) {
        self.referral.hops.push(Hop { leg: open.leg, how });
        if let Some(Offer { leg, .. }) = open.offer {
            self.hold(leg, open.clock);
        } else if let Some(team) = self.referral.team_that_reads().cloned() {
            self.ask(&team, open.clock, why);
        } else {
            self.count(Counted::NobodyLeft);
            self.referral.state = State::Ended(End::NobodyLeft);
        }
    }

    /// Takes back what was passed on and not opened: who acts before the next has opened it keeps it.
    pub(super) fn recall(&mut self, open: &mut Open) {
        if let Some(Offer { leg, .. }) = open.offer.take() {
            self.changes.push(Change::TakeAway { from: leg.holder.clone() });
            self.changes.push(Change::DropNotices { to: leg.holder.clone() });
            self.part(&leg.holder, Parting::NotOpened);
            self.referral.hops.push(Hop { leg, how: HopEnd::NotOpened });
        }
    }

    /// Lets the person know that something waits, and returns whether by a push.
    pub(super) fn announce(&mut self) -> bool {
        let pushes = self.referral.reach.may_push();
        if pushes {
            self.referral.push = Push::Due;
            self.changes.push(Change::Push);
        } else {
            self.changes.push(Change::Hold);
        }
        pushes
    }

    /// Takes away what stands in the chat, or was to be sent there.
    pub(super) fn clear_push(&mut self) {
        if self.referral.push == Push::Standing {
            self.changes.push(Change::DropPush);
        }
        self.referral.push = Push::None;
    }
}
