//! What an onlooker notes of a request: from the changes that steps ask for, and from what was done.
//!
//! The rules compare it with what the request itself says; nothing here asks the request who reads or was asked.

use std::collections::BTreeSet;

use relais::ids::AssociationId;
use relais::referral::{Act, Change, End, PersonAct, Piece, Referral, State, VolunteerAct, Way, Who, Why};

/// What an onlooker has noted.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Book {
    /// To whom the request was sealed, unless that was taken away again.
    pub could_read: BTreeSet<AssociationId>,
    /// Who has said no, passed it on, been left or reported.
    pub parted: BTreeSet<AssociationId>,
    /// Who was asked.
    pub asked: BTreeSet<AssociationId>,
    /// The person wants no messages.
    pub silent: bool,
    /// Somebody came by the code, and no volunteer has asked.
    pub doubt: bool,
}

impl Book {
    /// Notes how a request begins.
    pub fn of(referral: &Referral, changes: &[Change]) -> Self {
        let mut book = Self { silent: referral.reach.way == Way::Never, ..Self::default() };
        book.note_changes(team(referral), changes);
        book
    }

    /// Notes what a step did.
    pub fn after(
        &self,
        before: &Referral,
        (who, act): (&Who, &Act),
        after: &Referral,
        changes: &[Change],
    ) -> Self {
        let mut book = self.clone();
        book.note_changes(team(before), changes);
        book.note_partings(before, who, act, after);
        book.note_reach(before, who, act);
        if matches!(after.state, State::Ended(End::Withdrawn | End::Expired)) {
            book.could_read.clear();
        }
        book
    }

    fn note_changes(&mut self, team: Option<&AssociationId>, changes: &[Change]) {
        for change in changes {
            match change {
                Change::Seal { piece: Piece::Request | Piece::PassedOn, to } => {
                    self.could_read.extend(to.iter().cloned());
                }
                Change::TakeAway { from } => {
                    self.could_read.remove(from);
                }
                Change::Notify { to, why: Why::New } if Some(to) != team => {
                    self.asked.insert(to.clone());
                }
                _ => {}
            }
        }
    }

    fn note_partings(&mut self, before: &Referral, who: &Who, act: &Act, after: &Referral) {
        let holder = before.open().map(|open| open.leg.holder.clone());
        let closer = match &before.state {
            State::Ended(End::Closed { by }) => Some(by.clone()),
            _ => None,
        };
        match (who, act) {
            (Who::Volunteer { of, .. }, Act::Volunteer(VolunteerAct::Decline { .. })) => {
                self.parted.insert(of.clone());
            }
            // The team stays beside what it passes on.
            (Who::Volunteer { of, .. }, Act::Volunteer(VolunteerAct::Read { .. })) => {
                let offer = before.open().and_then(|open| open.offer.as_ref());
                let opened =
                    after.open().is_some_and(|open| open.leg.holder == *of && holder.as_ref() != Some(of));
                let by =
                    offer.filter(|_| opened).map(|offer| &offer.by).filter(|by| holder.as_ref() == Some(by));
                self.parted.extend(by.filter(|by| Some(*by) != team(before)).cloned());
            }
            (Who::Person { .. }, Act::Person(PersonAct::AskForAnother)) => {
                self.parted.extend(holder.or(closer));
            }
            (Who::Person { .. }, Act::Person(PersonAct::Report { about })) => {
                self.parted.insert(about.clone());
            }
            _ => {}
        }
    }

    fn note_reach(&mut self, before: &Referral, who: &Who, act: &Act) {
        let own = *who == Who::Person { phone: Some(before.reach.phone) };
        match (who, act) {
            (Who::Person { .. }, Act::Person(PersonAct::ChangeReach { way })) if own => {
                self.silent = *way == Way::Never;
            }
            (Who::Person { .. }, Act::Person(act)) => {
                let known = matches!(who, Who::Person { phone: Some(phone) } if *phone <= before.reach.known);
                self.doubt |= !own && !known && *act != PersonAct::Withdraw;
            }
            (Who::Volunteer { .. }, Act::Volunteer(VolunteerAct::ChoosePhone { wish })) => {
                self.doubt = false;
                self.silent = wish.map_or(self.silent, |wish| wish.way == Way::Never);
            }
            _ => {}
        }
    }
}

fn team(referral: &Referral) -> Option<&AssociationId> {
    referral.team.as_ref().map(|team| &team.id)
}
