//! What a step must be told: the time, and what only the outside knows.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};

use super::hours::{Class, Deadline, Duty};
use crate::ids::AssociationId;

/// What is the case while a step is taken.
#[derive(Clone, Copy, Debug)]
pub struct Facts<'a> {
    /// The present time.
    pub now: DateTime<Utc>,
    /// Who is on duty at each association, by its roster, else by its hours; one that is not named is unknown.
    pub duty: &'a BTreeMap<AssociationId, Duty>,
    /// The associations that can be asked now, best first. Whether they fit, only a device knows that has read
    /// the request; they are known, vetted, and take requests.
    pub next: &'a [AssociationId],
    /// The directory holds a safeguarding key that does not belong to the association in question.
    pub safeguarding: bool,
    /// How many messages may wait unread.
    pub most_unread: u16,
}

impl Facts<'_> {
    /// Reckons until when an association should have answered that is asked now.
    pub(super) fn deadline(&self, class: Class, association: &AssociationId) -> Deadline {
        let duty = self.duty.get(association).copied().unwrap_or(Duty::Unknown);
        class.deadline(duty, self.now)
    }
}
