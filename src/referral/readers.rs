//! Who reads along. Nothing else in the program names the national team of a request.

use std::collections::BTreeSet;

use super::{End, Offer, Open, Referral, State};
use crate::ids::{AssociationId, Country};

/// A national team that can be asked today.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Team {
    /// Which.
    pub id: AssociationId,
    /// The country it is for.
    pub country: Country,
}

/// Who can read a request: whoever is asked, and the national team beside them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Readers {
    asked: AssociationId,
    team: Option<AssociationId>,
}

impl Readers {
    /// Returns who reads a request that goes to this association: it and the team of the person's country, else
    /// the team of the country that the service is for. `teams` are those that can be asked today, in the order
    /// of the directory.
    ///
    /// The country of the association that is asked counts for nothing: a request from Belgium that an
    /// association in France takes is read by Belgium's team, and so is everything that is added to it.
    #[must_use]
    pub fn of(asked: &AssociationId, person: Country, service: Country, teams: &[Team]) -> Self {
        let of = |country| teams.iter().find(|team| team.country == country).map(|team| team.id.clone());
        Self { asked: asked.clone(), team: of(person).or_else(|| of(service)) }
    }

    /// Returns who reads what goes to this association beside a team that was chosen before.
    pub(super) fn beside(asked: &AssociationId, team: Option<&AssociationId>) -> Self {
        Self { asked: asked.clone(), team: team.cloned() }
    }

    /// Returns who is asked.
    #[must_use]
    pub const fn asked(&self) -> &AssociationId {
        &self.asked
    }

    /// Returns the team. It can be the one that is asked.
    #[must_use]
    pub const fn team(&self) -> Option<&AssociationId> {
        self.team.as_ref()
    }

    /// Returns all of them, each once, in the order of their ids.
    #[must_use]
    pub fn all(&self) -> Vec<AssociationId> {
        let all: BTreeSet<_> = std::iter::once(&self.asked).chain(self.team()).cloned().collect();
        all.into_iter().collect()
    }
}

impl Referral {
    /// Returns who reads what is added now, each once, in the order of their ids: all who could read the request
    /// and have not parted with it. Of what was withdrawn or deleted nobody reads anything.
    #[must_use]
    pub fn readers(&self) -> Vec<AssociationId> {
        let could = match &self.state {
            State::Open(open) => self.could_read(Some(open)),
            State::Ended(End::Withdrawn | End::Expired) => BTreeSet::new(),
            State::Ended(End::Closed { .. } | End::NobodyLeft | End::NobodyTook) => self.could_read(None),
        };
        could.into_iter().filter(|id| !self.has_parted(id)).cloned().collect()
    }

    /// Returns who had the request in hand, each once: whoever was asked, and the team once it was told. A team
    /// that could read it and was never told has not had it.
    #[must_use]
    pub fn had_by(&self) -> Vec<AssociationId> {
        let offered = self.open().and_then(|open| open.offer.as_ref()).map(to);
        let told = self.team.iter().filter(|team| team.told).map(|team| &team.id);
        let all: BTreeSet<_> = self.asked(self.open()).chain(offered).chain(told).cloned().collect();
        all.into_iter().collect()
    }

    /// Returns the team, where it has not parted with the request.
    #[must_use]
    pub fn team_that_reads(&self) -> Option<&AssociationId> {
        self.team.as_ref().map(|team| &team.id).filter(|team| !self.has_parted(team))
    }

    /// Returns whether an association had the request in hand.
    pub(super) fn was_had_by(&self, association: &AssociationId) -> bool {
        let offered = self.open().and_then(|open| open.offer.as_ref()).map(to);
        let told = self.team.iter().filter(|team| team.told).map(|team| &team.id);
        self.asked(self.open()).chain(offered).chain(told).any(|had| had == association)
    }

    pub(super) fn has_parted(&self, association: &AssociationId) -> bool {
        self.parted.contains_key(association)
    }

    /// Returns whether an association was ever asked, or has said no: it is not asked again.
    pub(super) fn was_asked(&self, open: &Open, association: &AssociationId) -> bool {
        self.has_parted(association)
            || self.asked(Some(open)).any(|asked| asked == association)
            || open.offer.as_ref().map(to) == Some(association)
    }

    pub(super) fn asked<'a>(&'a self, open: Option<&'a Open>) -> impl Iterator<Item = &'a AssociationId> {
        self.hops.iter().map(|hop| &hop.leg.holder).chain(open.map(|open| &open.leg.holder))
    }

    fn could_read<'a>(&'a self, open: Option<&'a Open>) -> BTreeSet<&'a AssociationId> {
        let offered = open.and_then(|open| open.offer.as_ref()).map(to);
        let team = self.team.as_ref().map(|team| &team.id);
        self.asked(open).chain(offered).chain(team).collect()
    }
}

fn to(offer: &Offer) -> &AssociationId {
    &offer.leg.holder
}
