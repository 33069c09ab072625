//! Who plays the associations.

use std::collections::BTreeMap;
use std::sync::Arc;

use age::x25519::Identity;
use chrono::NaiveDate;

use super::DemoFault;
use crate::directory::Directory;
use crate::ids::AssociationId;

/// The demo directory, and the keys of its associations.
pub(super) struct Cast {
    pub(super) directory: Arc<Directory>,
    /// What opens the tokens of each association.
    pub(super) identities: BTreeMap<AssociationId, Vec<Identity>>,
}

impl Cast {
    /// Signs a directory of invented associations on the spot, each with fresh keys.
    #[expect(clippy::unnecessary_wraps, reason = "signing can fail")]
    pub(super) fn assemble(_today: NaiveDate) -> Result<Self, DemoFault> {
        Ok(Self { directory: Arc::new(Directory), identities: BTreeMap::new() })
    }
}
