//! Who plays the associations.

use std::collections::BTreeMap;
use std::sync::Arc;

use age::x25519::Identity;
use chrono::NaiveDate;

use super::DemoFault;
use crate::directory::{Demo, Directory};
use crate::ids::AssociationId;

/// The demo directory, and the keys of its associations.
pub(super) struct Cast {
    pub(super) directory: Arc<Directory>,
    /// What opens the tokens of each association.
    pub(super) identities: BTreeMap<AssociationId, Vec<Identity>>,
}

impl Cast {
    /// Signs a directory of invented associations on the spot, each with fresh keys.
    pub(super) fn assemble(today: NaiveDate) -> Result<Self, DemoFault> {
        let broken = |_| DemoFault::Prepare("the directory that comes with the program is broken");
        let demo = Demo::prepare(today).map_err(broken)?;
        let directory = demo.verify(today).map_err(broken)?.directory;
        Ok(Self { directory: Arc::new(directory), identities: demo.identities })
    }
}
