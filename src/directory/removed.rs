//! Devices that a coordinator took out at once, before the signers of the directory have followed.

use std::collections::BTreeMap;

use chrono::{DateTime, TimeDelta, Utc};

use super::Directory;
use super::association::Recipient;
use crate::ids::AssociationId;

/// How long one device that is left may read alone: until then the signatures have to follow.
const ALONE: TimeDelta = TimeDelta::days(7);
/// How many devices read for an association otherwise: one key that is lost must not lock a request away.
pub(super) const READERS: usize = 2;

/// The devices that were taken out, by their recipients, and when.
#[derive(Clone, Debug, Default)]
pub struct Removed(BTreeMap<String, DateTime<Utc>>);

impl FromIterator<(String, DateTime<Utc>)> for Removed {
    fn from_iter<T: IntoIterator<Item = (String, DateTime<Utc>)>>(removed: T) -> Self {
        Self(removed.into_iter().collect())
    }
}

impl Removed {
    /// Returns whether this device was taken out.
    #[must_use]
    pub fn holds(&self, recipient: &Recipient) -> bool {
        !self.0.is_empty() && self.0.contains_key(&recipient.to_string())
    }
}

impl Directory {
    /// Returns the associations that too few devices are left to read for: none, or one for more than seven days.
    #[must_use]
    pub fn without_readers(&self, removed: &Removed, now: DateTime<Utc>) -> Vec<AssociationId> {
        if removed.0.is_empty() {
            return Vec::new();
        }
        let too_few = |association: &&super::Association| {
            let left = association.readers(removed).count();
            let out =
                association.devices.iter().filter_map(|device| removed.0.get(&device.recipient.to_string()));
            left < READERS && (left == 0 || out.max().is_some_and(|&last| last + ALONE < now))
        };
        self.associations().iter().filter(too_few).map(|association| association.id.clone()).collect()
    }

    /// Returns the associations for which one device alone reads, and until when that suffices.
    #[must_use]
    pub fn alone(&self, removed: &Removed) -> Vec<(AssociationId, DateTime<Utc>)> {
        let alone = |association: &super::Association| {
            let out =
                association.devices.iter().filter_map(|device| removed.0.get(&device.recipient.to_string()));
            let last = out.max()?;
            (association.readers(removed).count() == 1).then(|| (association.id.clone(), *last + ALONE))
        };
        self.associations().iter().filter_map(alone).collect()
    }
}
