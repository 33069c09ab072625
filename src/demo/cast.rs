//! Who plays the associations.

use std::collections::BTreeMap;
use std::sync::Arc;

use age::x25519::Identity;
use chrono::NaiveDate;

use super::DemoFault;
use crate::directory::{Demo, Directory, Published};
use crate::ids::AssociationId;

/// The demo directory, and the keys of its associations.
pub(super) struct Cast {
    pub(super) directory: Arc<Directory>,
    /// The signed list that desks believe.
    pub(super) published: Arc<Published>,
    /// What opens the tokens of each association.
    pub(super) identities: BTreeMap<AssociationId, Vec<Identity>>,
}

impl Cast {
    /// Signs a directory of invented associations on the spot, each with fresh keys.
    pub(super) fn assemble(today: NaiveDate, server_keys: &[String]) -> Result<Self, DemoFault> {
        let broken = |_| DemoFault::Prepare("the directory that comes with the program is broken");
        let demo = Demo::prepare_for(today, server_keys).map_err(broken)?;
        let (directory, published) = demo.published(today).map_err(broken)?;
        Ok(Self {
            directory: Arc::new(directory),
            published: Arc::new(published),
            identities: demo.identities,
        })
    }
}
