//! Who has as many unanswered requests as they wish: others are asked before them.

use std::collections::{BTreeMap, BTreeSet};

use crate::directory::{Association, Directory, Role};
use crate::ids::AssociationId;

/// Returns whether anybody has a limit, so that requests need be counted.
#[must_use]
pub fn has_caps(directory: &Directory, service_cap: Option<u32>) -> bool {
    service_cap.is_some()
        || directory.associations().iter().any(|association| cap(association, None).is_some())
}

/// Returns the associations where as many requests wait as they take, or more. The association's own limit
/// counts before that of the service.
///
/// Two requests of the same moment can both find the last free place: the limit spares volunteers a flood,
/// and one more is none.
#[must_use]
pub fn who_is_full(
    directory: &Directory,
    waiting: &BTreeMap<AssociationId, u32>,
    service_cap: Option<u32>,
) -> BTreeSet<AssociationId> {
    let is_full = |(id, waiting): &(&AssociationId, &u32)| {
        let association = directory.find(id);
        association.and_then(|it| cap(it, service_cap)).is_some_and(|cap| **waiting >= cap)
    };
    waiting.iter().filter(is_full).map(|(id, _)| id.clone()).collect()
}

/// The limit of an association; a national team has none, for nobody stands behind it.
fn cap(association: &Association, service_cap: Option<u32>) -> Option<u32> {
    match association.role {
        Role::Association => association.intake_cap.or(service_cap),
        Role::NationalTeam => None,
    }
}
