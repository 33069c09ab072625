//! The moment a request is sent.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};

use super::draft::Draft;
use super::hours::hour;
use super::{
    Change, Class, Facts, Helped, Mute, Piece, Push, Reach, Readers, Referral, State, TeamBeside, Way, Why,
    clock,
};
use crate::ids::HandoffId;

/// A request that a person sends.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sending {
    /// Names it.
    pub id: HandoffId,
    /// Who reads it.
    pub readers: Readers,
    /// How soon an answer is owed.
    pub class: Class,
    /// Whether the person may be written to.
    pub way: Way,
    /// Who is asked has as much as they can do, and was asked all the same: where minutes count the team is told
    /// at once.
    pub full: bool,
    /// The hour in which all of it is deleted.
    pub deleted_at: DateTime<Utc>,
}

impl Referral {
    /// Begins: an association is asked, and the clock runs. The number of the first address and phone is 0.
    ///
    /// Nothing here is refused: a request that was routed is kept, whatever else is the case.
    #[must_use]
    pub fn begin(sending: &Sending, facts: &Facts<'_>) -> (Self, Vec<Change>) {
        let holder = sending.readers.asked();
        let team = sending.readers.team().map(|team| TeamBeside { id: team.clone(), told: team == holder });
        let leg = super::Leg {
            holder: holder.clone(),
            begun: hour(facts.now),
            due: facts.now,
            receipt: super::Receipt::None,
            late: false,
        };
        let mut draft = Draft {
            referral: Self {
                id: sending.id,
                class: sending.class,
                team,
                hops: Vec::new(),
                parted: BTreeMap::new(),
                state: State::Open(super::Open { leg, taken: None, offer: None, clock: None }),
                answered: false,
                reach: Reach {
                    way: sending.way,
                    address_no: 0,
                    addresses: 0,
                    phone: 0,
                    known: 0,
                    doubt: false,
                },
                unread: 0,
                push: Push::None,
                mute: Mute::Off,
                helped: Helped::NotAsked,
                received: hour(facts.now),
                deleted_at: sending.deleted_at,
            },
            changes: Vec::new(),
            facts,
        };
        draft.seal(Piece::Request, sending.readers.all());
        draft.ask(holder, None, Why::New);
        if sending.full && sending.class == Class::Urgent {
            draft.tell_team(holder, Why::New);
        }
        draft.before_it_is_given_up();
        let look_at = clock::due(&draft.referral).map(|due| due.at);
        draft.changes.push(Change::LookAt(look_at));
        (draft.referral, draft.changes)
    }
}

impl Draft<'_> {
    /// Where a request is kept for a day only, or nobody opens for days, the alarm still rings while somebody can
    /// act on it.
    fn before_it_is_given_up(&mut self) {
        let last = super::hours::half_way(self.facts.now, self.referral.given_up_at());
        if let State::Open(open) = &mut self.referral.state
            && open.clock.is_some_and(|clock| clock.alarm_at > last)
        {
            open.clock = Some(clock::sooner(open.clock, last, self.facts.now));
        }
    }
}
