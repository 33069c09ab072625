//! What a database knows of who can be asked, and what is said where none can be read.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};

use crate::cli::console::Failure;
use crate::cli::line::{Line, line};
use crate::cli::serve::runtime;
use crate::config::RoutingConfig;
use crate::directory::{Directory, Removed};
use crate::foreign::Foreign;
use crate::ids::AssociationId;
use crate::routing;
use crate::store::{self, Availability};

/// Who takes nothing now, and who is full.
pub(super) struct Pauses {
    paused: BTreeSet<AssociationId>,
    without_proof: BTreeSet<AssociationId>,
    without_readers: BTreeSet<AssociationId>,
    full: BTreeSet<AssociationId>,
    proof_days: u32,
    /// Why nothing is known, where nothing is.
    unknown: Option<String>,
}

impl Pauses {
    /// The demonstration has no database to be asked.
    pub(super) fn of_demo() -> Self {
        Self::unknown("the demonstration's associations have no database here".to_owned())
    }

    fn unknown(why: String) -> Self {
        Self {
            paused: BTreeSet::new(),
            without_proof: BTreeSet::new(),
            without_readers: BTreeSet::new(),
            full: BTreeSet::new(),
            proof_days: 0,
            unknown: Some(why),
        }
    }

    /// Looks into the database of a service. One that cannot be read is told, and stops nothing.
    pub(super) fn read(
        config: &RoutingConfig,
        directory: &Directory,
        at: DateTime<Utc>,
    ) -> Result<Self, Failure> {
        let looked = runtime()?.block_on(store::look(&config.store_url, at));
        let Availability { proofs, paused, waiting, removed } = match looked {
            Ok(found) => found,
            Err(fault) => return Ok(Self::unknown(fault.to_string())),
        };
        let removed: Removed = removed.into_iter().map(|(of, one)| (of, one.recipient, one.at)).collect();
        Ok(Self {
            without_readers: directory.without_readers(&removed, at).into_iter().collect(),
            paused: paused.into_iter().collect(),
            without_proof: routing::without_proof(directory, &proofs, at.date_naive(), config.proof_days),
            full: routing::who_is_full(directory, &waiting, config.intake_cap),
            proof_days: config.proof_days,
            unknown: None,
        })
    }

    pub(super) fn closed_to(&self) -> BTreeSet<AssociationId> {
        let closed = self.paused.iter().chain(&self.without_proof).chain(&self.without_readers);
        closed.cloned().collect()
    }

    pub(super) fn full(&self) -> BTreeSet<AssociationId> {
        self.full.clone()
    }

    /// Why an association takes nothing now.
    pub(super) fn why_closed(&self, id: &AssociationId) -> Option<String> {
        if self.paused.contains(id) {
            return Some("it has paused".to_owned());
        }
        if self.without_readers.contains(id) {
            return Some("devices were taken out, and too few are left to read for it".to_owned());
        }
        self.without_proof.contains(id).then(|| {
            format!(
                "nobody there has shown for {} days that they can read: sign in at its desk",
                self.proof_days
            )
        })
    }

    /// What the reader should know about the list.
    pub(super) fn says(&self) -> Line {
        match &self.unknown {
            Some(why) => line!(
                "Not known here: who has paused, who is full, whose proof is too old ({}).",
                Foreign::name(why)
            ),
            None => Line::from(
                "Pauses, proofs of reading and full associations are those of the database. What a person was \
                 refused before is not looked at.",
            ),
        }
    }
}
