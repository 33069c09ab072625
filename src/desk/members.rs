//! Who is who, as a device believes it: the signed list, without the devices that a coordinator took out.

use std::collections::BTreeSet;
use std::str::FromStr as _;

use age::x25519::Recipient;
use chrono::{DateTime, NaiveDate, SecondsFormat, Utc};

use super::client::Removal;
use crate::device::{PublicKey, Statement};
use crate::directory::{Anchor, Member, MemberDevice, Role, ServiceName};
use crate::ids::AssociationId;

/// The associations of the signed list.
pub(super) struct Members {
    anchor: Anchor,
    list: Vec<Member>,
    /// Devices that were taken out of an association, each by a signature of its coordinator.
    removed: BTreeSet<(AssociationId, String)>,
}

impl Members {
    pub(super) fn of(anchor: Anchor, list: Vec<Member>, removals: &[Removal]) -> Self {
        let mut all = Self { anchor, list, removed: BTreeSet::new() };
        let proved = removals.iter().filter(|one| all.proves(one));
        all.removed = proved.map(|one| (one.association.clone(), one.device.clone())).collect();
        all
    }

    fn proves(&self, removal: &Removal) -> bool {
        let devices = self.find(&removal.association).map(|member| member.devices.as_slice());
        is_removed(devices.unwrap_or_default(), &self.anchor.service, removal)
    }

    pub(super) const fn anchor(&self) -> &Anchor {
        &self.anchor
    }

    pub(super) fn find(&self, id: &AssociationId) -> Option<&Member> {
        self.list.iter().find(|member| member.id == *id)
    }

    /// Returns what a device's signatures are checked with; none where it has no key in the signed list, or was taken
    /// out: whoever has it now could write under any date.
    pub(super) fn key(&self, association: &AssociationId, recipient: &str) -> Option<PublicKey> {
        let devices = &self.find(association)?.devices;
        let device = devices.iter().find(|device| device.recipient == recipient);
        device.filter(|_| !self.is_out(association, recipient))?.signing.parse().ok()
    }

    /// A coordinator takes devices out of their own association alone: another one may know the same device.
    fn is_out(&self, association: &AssociationId, recipient: &str) -> bool {
        self.removed.contains(&(association.clone(), recipient.to_owned()))
    }

    /// Returns whom to seal to for one association; nobody where the list has ended.
    pub(super) fn recipients(&self, association: &AssociationId, today: NaiveDate) -> Vec<Recipient> {
        if !self.anchor.holds_on(today) {
            return Vec::new();
        }
        let named = self.find(association).into_iter().flat_map(|member| &member.recipients);
        named
            .filter(|name| !self.is_out(association, name))
            .filter_map(|name| Recipient::from_str(name).ok())
            .collect()
    }

    /// Returns who reads what is passed on to an association: its own, and the national team that the request was sealed
    /// to (`chosen`, out of its signed record). Of a request from before that names none: the team of the target's
    /// country; where it has none, that of `home`.
    pub(super) fn readers(
        &self,
        target: &Member,
        chosen: Option<&AssociationId>,
        home: &AssociationId,
    ) -> Vec<&AssociationId> {
        let team = |country| {
            let mut teams = self.list.iter().filter(|member| member.role == Role::NationalTeam);
            teams.find(|team| team.country == country && team.id != target.id)
        };
        let own = self.find(home).map(|member| member.country);
        let chosen = chosen.and_then(|id| self.find(id));
        let chosen = chosen.filter(|team| team.role == Role::NationalTeam && team.id != target.id);
        let reads = chosen.or_else(|| team(target.country)).or_else(|| own.and_then(team));
        let target = self.find(&target.id).map(|member| &member.id);
        target.into_iter().chain(reads.map(|team| &team.id)).collect()
    }
}

/// Returns whether a coordinator among these devices of an association took another device out: the server alone can take
/// nobody out.
#[must_use]
pub fn is_removed(devices: &[MemberDevice], service: &ServiceName, removal: &Removal) -> bool {
    let statement = Statement::Removal {
        service: service.as_str(),
        association: &removal.association,
        device: &removal.device,
        by: &removal.by,
        at: &removal.at,
    };
    let by = devices.iter().find(|device| device.recipient == removal.by && device.coordinator);
    let key = by.and_then(|device| PublicKey::from_str(&device.signing).ok());
    removal.by != removal.device
        && removed_at(&removal.at).is_some()
        && key.is_some_and(|key| key.has_signed(&statement, &removal.signature))
}

/// Reads the moment of a removal, which has one form alone: what some devices believed and others did not would leave
/// some sealing to who is out.
pub(super) fn removed_at(text: &str) -> Option<DateTime<Utc>> {
    let at = DateTime::parse_from_rfc3339(text).ok()?.with_timezone(&Utc);
    (at.to_rfc3339_opts(SecondsFormat::Secs, true) == text).then_some(at)
}
