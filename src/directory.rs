//! The directory: who can be asked, obtainable only by verification.
//!
//! A directory is a folder of TOML files, one `[[association]]` each or more, with minisign signatures beside
//! them. [`UntrustedDirectory`] reads it; [`UntrustedDirectory::verify`] is the only way to a [`Directory`],
//! and a directory holds only associations that enough trusted keys have signed for, whose vetting holds, and
//! that two people at least can read for.
//!
//! An index by country is made once, so that choosing among ten thousand associations looks at those of one
//! country only.
//!
//! # Format
//! `[directory]` with `issued` and `until` says how long the signed text holds; then every `[[association]]`.
//! The signatures of `F.toml` are all files `F.toml*.minisig` beside it: `F.toml.minisig` for the first, and
//! `F.toml.<key id>.minisig` for others, which is how `relais directory sign` names them. Different trusted
//! keys are counted, not files. `lines.toml` holds public numbers, and replaces those that come with the
//! program for the countries it names.

mod address;
mod anchor;
mod association;
mod candidate;
mod check;
mod demo;
mod embedded;
mod entry;
mod export;
mod extract;
mod fault;
mod files;
mod hours;
mod import;
mod lines;
mod link;
mod listing;
mod reader;
mod removed;
mod service;
mod signature;
mod signing;
mod verify;
mod zone;

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::ids::{AssociationId, Country};

pub use anchor::{Anchor, Offered, Published, Untrusted, fingerprint};
pub use association::{Association, Coverage, Device, Display, Recipient, Role, Serves};
pub use candidate::{Candidate, to_toml as candidates_to_toml};
pub use demo::{Demo, DemoFault};
pub use extract::{Extract, Head, Member, MemberDevice};
pub use fault::{Fault, Faults, Spot, Weak, Weakness, Wrong};
pub use files::{UntrustedDirectory, UntrustedFile};
pub use hours::{Closes, Hours};
pub use import::{ImportFault, from_csv, from_hsds};
pub use lines::{Audience, Channel, PublicLine};
pub use listing::Listed;
pub use removed::Removed;
pub use service::{MalformedName, ServiceFile, ServiceName};
pub use signature::{KeyFault, MalformedKey, SigningKey, Trust, TrustedKey};
pub use signing::{ExtractStep, SignFault, Signed, sign_file};
pub use verify::{Checked, Verified};

/// The associations that may be asked, and the public numbers. Only verification makes one.
#[derive(Debug)]
pub struct Directory {
    /// In the order of their ids.
    associations: Vec<Association>,
    /// Where in that order the associations stand that take requests from one country.
    by_country: BTreeMap<Country, Vec<usize>>,
    /// The same of those that work everywhere.
    everywhere: Vec<usize>,
    /// The same of national teams.
    teams: Vec<usize>,
    lines: Vec<PublicLine>,
}

impl Directory {
    fn new(mut associations: Vec<Association>, mut lines: Vec<PublicLine>) -> Self {
        associations.sort_by(|one, other| one.id.cmp(&other.id));
        // Stable: among equals the order of the file stands.
        lines.sort_by_key(|line| line.for_whom);
        let mut by_country: BTreeMap<Country, Vec<usize>> = BTreeMap::new();
        let (mut everywhere, mut teams) = (Vec::new(), Vec::new());
        for (place, association) in associations.iter().enumerate() {
            match (association.role, &association.coverage) {
                (Role::NationalTeam, _) => teams.push(place),
                (Role::Association, Coverage::All) => everywhere.push(place),
                (Role::Association, Coverage::Country | Coverage::Departments(_)) => {
                    by_country.entry(association.country).or_default().push(place);
                }
            }
        }
        Self { associations, by_country, everywhere, teams, lines }
    }

    /// Returns a directory without associations: the public numbers alone, so that a service whose directory
    /// is refused can still say whom to call.
    ///
    /// # Errors
    /// Returns the faults of the numbers that come with the program; a test holds that there are none.
    pub fn numbers_only() -> Result<Self, Faults> {
        Ok(Self::new(Vec::new(), embedded::lines().map_err(Faults)?))
    }

    /// Returns every association that could be asked on the day of the verification.
    ///
    /// A service runs longer than a day: whoever chooses among them asks [`Self::routable`].
    #[must_use]
    pub fn associations(&self) -> &[Association] {
        &self.associations
    }

    /// Returns the associations that may be asked on a day, in the order of their ids.
    pub fn routable(&self, today: NaiveDate) -> impl Iterator<Item = &Association> {
        self.associations.iter().filter(move |association| association.is_routable(today))
    }

    /// Returns the associations that take requests from a country, in no order that matters: its own, and those
    /// that work everywhere. No national team is among them.
    pub fn working_in(&self, country: Country) -> impl Iterator<Item = &Association> {
        let own = self.by_country.get(&country).into_iter().flatten();
        own.chain(&self.everywhere).filter_map(|&place| self.associations.get(place))
    }

    /// Returns the national teams, in the order of their ids.
    pub fn teams(&self) -> impl Iterator<Item = &Association> {
        self.teams.iter().filter_map(|&place| self.associations.get(place))
    }

    /// Returns the national team of a country, else that of another: who reads along where nobody was chosen yet.
    #[must_use]
    pub fn team_for(&self, country: Country, otherwise: Country) -> Option<&Association> {
        let of = |country| self.teams().find(|team| team.country == country);
        of(country).or_else(|| of(otherwise))
    }

    /// Returns the association with an id, whether it may still be asked or not: what it got before must
    /// still reach it.
    #[must_use]
    pub fn find(&self, id: &AssociationId) -> Option<&Association> {
        let found = self.associations.binary_search_by(|association| association.id.cmp(id)).ok()?;
        self.associations.get(found)
    }

    /// Returns the numbers of a country that may be shown on a day, in the order of urgency; its own before
    /// those of the whole Union.
    pub fn lines(&self, country: Country, today: NaiveDate) -> impl Iterator<Item = &PublicLine> {
        self.lines.iter().filter(move |line| line.serves(country) && line.is_shown(today))
    }

    /// Returns the countries for which there is an association or a number of its own.
    #[must_use]
    pub fn countries(&self) -> Vec<Country> {
        let associations = self.associations.iter().map(|association| association.country);
        let mut countries: Vec<Country> =
            associations.chain(self.lines.iter().filter_map(PublicLine::country)).collect();
        countries.sort();
        countries.dedup();
        countries
    }
}
