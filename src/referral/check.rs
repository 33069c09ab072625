//! What no state allows: for rows that another hand has changed, and for the search.

use super::{Class, End, Helped, Open, Parting, Push, Referral, State, Way};

/// A state that no history leads to. The row is damaged: no guess, an error.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("no history leads to this state: {0}")]
pub struct Impossible(pub &'static str);

impl Referral {
    /// Checks that a history can lead to this state, as far as the state alone can tell.
    ///
    /// # Errors
    /// [`Impossible`], with the rule that is broken.
    pub fn check(&self) -> Result<(), Impossible> {
        let rule = |holds: bool, rule| if holds { Ok(()) } else { Err(Impossible(rule)) };
        let gone = matches!(self.state, State::Ended(End::Withdrawn | End::Expired));
        let ended = matches!(self.state, State::Ended(_));
        let reach = &self.reach;
        rule(self.deleted_at > self.received, "it ends after it came")?;
        rule(reach.address_no <= reach.addresses, "an address has a number that was given")?;
        rule(reach.phone <= reach.addresses, "a phone has a number that was given")?;
        rule(reach.way == Way::Window || self.push == Push::None, "nothing is pushed to who wants nothing")?;
        rule(!reach.doubt || self.push != Push::Due, "nothing is pushed while two phones are in doubt")?;
        rule(self.push == Push::None || self.unread > 0 || ended, "a push stands for something")?;
        rule(!gone || (self.unread == 0 && self.push == Push::None), "of what is gone nothing waits")?;
        rule(self.unread == 0 || self.answered, "what waits was answered")?;
        let closed = self.hops.iter().any(|hop| hop.how == super::HopEnd::Closed);
        rule(self.helped == Helped::NotAsked || closed, "whether it helped is asked once it was closed")?;
        match &self.state {
            State::Open(open) => self.check_open(open),
            State::Ended(End::Closed { by }) => {
                rule(self.hops.iter().any(|hop| hop.leg.holder == *by), "who closed it had it")
            }
            State::Ended(End::Withdrawn | End::NobodyLeft | End::NobodyTook | End::Expired) => Ok(()),
        }
    }

    fn check_open(&self, open: &Open) -> Result<(), Impossible> {
        let rule = |holds: bool, rule| if holds { Ok(()) } else { Err(Impossible(rule)) };
        let holder = &open.leg.holder;
        rule(!self.has_parted(holder), "who has parted with it does not hold it")?;
        rule(open.taken.is_none() || open.leg.receipt > super::Receipt::None, "what is taken was read")?;
        rule(
            open.clock.is_some() || (self.answered && open.taken.is_some()),
            "a clock runs until an answer",
        )?;
        let reminds = open.clock.and_then(|clock| clock.remind_at.map(|at| at < clock.alarm_at));
        rule(reminds.unwrap_or(true), "a reminder comes before the alarm")?;
        let team = self.team.as_ref().is_none_or(|team| team.told || team.id != *holder);
        rule(team, "a team that holds it was told")?;
        let Some(offer) = &open.offer else { return Ok(()) };
        let to = &offer.leg.holder;
        rule(to != holder && !self.has_parted(to), "it is passed on to somebody else")?;
        rule(!self.hops.iter().any(|hop| hop.leg.holder == *to), "nobody is asked twice")?;
        rule(offer.leg.receipt == super::Receipt::None, "what was passed on is not opened yet")
    }
}

impl Parting {
    /// Returns the class of a refusal, where it is one.
    #[must_use]
    pub const fn reason(&self) -> Option<super::Reason> {
        match self {
            Self::Declined(reason) => Some(*reason),
            Self::PassedOn | Self::Left | Self::Reported | Self::NotOpened => None,
        }
    }
}

impl Class {
    /// Returns whether minutes count.
    #[must_use]
    pub const fn is_urgent(self) -> bool {
        matches!(self, Self::Urgent)
    }
}
