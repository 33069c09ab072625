//! A look at the database from beside the service: reads, and neither makes tables nor changes them.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use secrecy::{ExposeSecret as _, SecretString};

use super::beside::Beside;
use super::devices::{self, RemovedDevice};
use super::link::Link;
use super::{StoreError, associations};
use crate::ids::AssociationId;

/// What is known, without a new signature, of who can be asked at a moment.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Availability {
    /// The last day on which each association proved that it can decrypt.
    pub proofs: BTreeMap<AssociationId, NaiveDate>,
    /// The associations that take no new requests.
    pub paused: Vec<AssociationId>,
    /// How many requests wait unanswered at each association; none where it is not named.
    pub waiting: BTreeMap<AssociationId, u32>,
    /// The devices that coordinators took out.
    pub removed: Vec<(AssociationId, RemovedDevice)>,
}

impl Availability {
    async fn read(link: &mut Link<'_>, at: DateTime<Utc>) -> Result<Self, StoreError> {
        Ok(Self {
            proofs: associations::proofs(link).await?,
            paused: associations::paused_at(link, at).await?,
            waiting: associations::waiting(link).await?,
            removed: devices::removals(link).await?,
        })
    }
}

/// Reads what a database knows of who can be asked, over a connection that cannot write.
///
/// # Errors
/// [`StoreError::Url`] and [`StoreError::Location`] are for the operator to correct;
/// [`StoreError::Unavailable`] where the database does not answer or has not got its tables yet;
/// [`StoreError::Corrupt`] where a row was changed by another hand.
pub async fn look(url: &SecretString, at: DateTime<Utc>) -> Result<Availability, StoreError> {
    let mut beside = Beside::open(url.expose_secret()).await?;
    let read = Availability::read(&mut beside.link(), at).await;
    beside.close().await;
    read
}
