//! What the person can read of it, at any time, on their hub.

use super::{End, Hop, HopEnd, Parting, Reason, Receipt, Referral, State};

/// What became of a request, in the person's terms.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum News {
    /// An association is asked.
    Asked,
    /// It is asked, and the national team was told at once.
    TeamTold,
    /// A volunteer has opened it.
    Read,
    /// An association has taken it.
    Taken,
    /// An association has taken it and has not answered in time, and the national team was told.
    Silent,
    /// Another association has it now; somebody there has opened it.
    PassedOn,
    /// Another association is asked.
    OtherAsked,
    /// Nobody answered in time, and the national team was told.
    Late,
    /// The association said no; the national team has it.
    WithTeam {
        /// Why it said no, where that is why.
        reason: Option<Reason>,
    },
    /// It was closed.
    Closed,
    /// They took it back.
    Withdrawn,
    /// Nobody is left who could help: these numbers can.
    NobodyLeft,
    /// Nobody has answered, and nobody is looked for any more: these numbers can help.
    NobodyTook,
    /// Its time is over.
    Expired,
}

/// Returns what the person can read of their request.
#[must_use]
pub fn news(referral: &Referral) -> News {
    let open = match &referral.state {
        State::Open(open) => open,
        State::Ended(End::Closed { .. }) => return News::Closed,
        State::Ended(End::Withdrawn) => return News::Withdrawn,
        State::Ended(End::NobodyLeft) => return News::NobodyLeft,
        State::Ended(End::NobodyTook) => return News::NobodyTook,
        State::Ended(End::Expired) => return News::Expired,
    };
    let team = referral.team.as_ref();
    let told = team.is_some_and(|team| team.told);
    match &open.taken {
        Some(taken) if told && taken.silent => return News::Silent,
        Some(_) => return News::Taken,
        None if told && open.leg.late => return News::Late,
        None => {}
    }
    // What came back unopened was told to nobody, and who is asked once more is no other.
    let other = |hop: &&Hop| hop.how != HopEnd::NotOpened && hop.leg.holder != open.leg.holder;
    let before = referral.hops.iter().rfind(other);
    match (open.leg.receipt, before) {
        (_, Some(hop)) if team.is_some_and(|team| team.id == open.leg.holder) => {
            News::WithTeam { reason: reason(referral.parted.get(&hop.leg.holder)) }
        }
        (Receipt::None, Some(_)) => News::OtherAsked,
        (Receipt::Said | Receipt::Signed, Some(_)) => News::PassedOn,
        (Receipt::Said | Receipt::Signed, None) => News::Read,
        (Receipt::None, None) if told => News::TeamTold,
        (Receipt::None, None) => News::Asked,
    }
}

const fn reason(parting: Option<&Parting>) -> Option<Reason> {
    match parting {
        Some(Parting::Declined(reason)) => Some(*reason),
        Some(Parting::PassedOn | Parting::Left | Parting::Reported | Parting::NotOpened) | None => None,
    }
}
