//! Who has shown of late that a human can still decrypt: nobody else is asked.
//!
//! Every sign-in at the desk is such a proof. Vetting counts as one too, for whoever signs an entry has seen its
//! keys work; so a new association is asked from its vetting on, and an old entry on a new server is not asked
//! before one of its volunteers has signed in once.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Days, NaiveDate};

use crate::directory::{Association, Directory};
use crate::ids::AssociationId;

/// Returns the last day on which an association counts as able to read.
#[must_use]
pub fn proved_until(association: &Association, proof: Option<NaiveDate>, days: u32) -> NaiveDate {
    let last = proof.map_or(association.vetted_on(), |proof| proof.max(association.vetted_on()));
    last.checked_add_days(Days::new(days.into())).unwrap_or(NaiveDate::MAX)
}

/// Returns the associations whose last proof is too old.
#[must_use]
pub fn without_proof(
    directory: &Directory,
    proofs: &BTreeMap<AssociationId, NaiveDate>,
    today: NaiveDate,
    days: u32,
) -> BTreeSet<AssociationId> {
    // Both stand in the order of ids, so one walk along them is enough for any number of associations.
    let mut proofs = proofs.iter().peekable();
    let mut without = BTreeSet::new();
    for association in directory.associations() {
        while proofs.next_if(|(id, _)| **id < association.id).is_some() {}
        let proof = proofs.next_if(|(id, _)| **id == association.id).map(|(_, day)| *day);
        if proved_until(association, proof, days) < today {
            without.insert(association.id.clone());
        }
    }
    without
}
