//! Devices that a coordinator took out at once, before the signers of the directory have followed.

use std::collections::BTreeMap;

use chrono::{DateTime, TimeDelta, Utc};

use super::Directory;
use super::association::{Association, Recipient};
use crate::ids::AssociationId;

/// How long one device that is left may read alone: until then the signatures have to follow.
const ALONE: TimeDelta = TimeDelta::days(7);
/// How many devices read for an association otherwise: one key that is lost must not lock a request away.
pub(super) const READERS: usize = 2;

/// The devices that were taken out, by their association and their recipient, and when. A device that reads for two
/// associations is taken out of one of them alone.
#[derive(Clone, Debug, Default)]
pub struct Removed(BTreeMap<(AssociationId, String), DateTime<Utc>>);

impl FromIterator<(AssociationId, String, DateTime<Utc>)> for Removed {
    fn from_iter<T: IntoIterator<Item = (AssociationId, String, DateTime<Utc>)>>(removed: T) -> Self {
        Self(removed.into_iter().map(|(association, recipient, at)| ((association, recipient), at)).collect())
    }
}

impl Removed {
    /// Returns whether this device was taken out of an association.
    #[must_use]
    pub fn holds(&self, association: &AssociationId, recipient: &Recipient) -> bool {
        self.since(association, recipient).is_some()
    }

    fn since(&self, association: &AssociationId, recipient: &Recipient) -> Option<DateTime<Utc>> {
        if self.0.is_empty() {
            return None;
        }
        self.0.get(&(association.clone(), recipient.to_string())).copied()
    }

    /// Returns when the last device of an association was taken out.
    fn last_of(&self, association: &Association) -> Option<DateTime<Utc>> {
        association.devices.iter().filter_map(|device| self.since(&association.id, &device.recipient)).max()
    }
}

impl Directory {
    /// Returns the associations that too few devices are left to read for: none, or one for more than seven days.
    #[must_use]
    pub fn without_readers(&self, removed: &Removed, now: DateTime<Utc>) -> Vec<AssociationId> {
        if removed.0.is_empty() {
            return Vec::new();
        }
        let too_few = |association: &&Association| {
            let left = association.readers(removed).count();
            let last = removed.last_of(association);
            left < READERS && (left == 0 || last.is_some_and(|last| last + ALONE < now))
        };
        self.associations().iter().filter(too_few).map(|association| association.id.clone()).collect()
    }

    /// Returns the associations for which one device alone reads, and until when that suffices.
    #[must_use]
    pub fn alone(&self, removed: &Removed) -> Vec<(AssociationId, DateTime<Utc>)> {
        let alone = |association: &Association| {
            let last = removed.last_of(association)?;
            (association.readers(removed).count() == 1).then(|| (association.id.clone(), last + ALONE))
        };
        self.associations().iter().filter_map(alone).collect()
    }
}
