//! A look at the database from beside the service: reads, and neither makes tables nor changes them.

use std::collections::BTreeMap;
use std::io;
use std::str::FromStr as _;

use chrono::{DateTime, NaiveDate, Utc};
use secrecy::{ExposeSecret as _, SecretString};
use sqlx::postgres::PgConnectOptions;
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{ConnectOptions as _, Connection as _};

use super::link::Link;
use super::{StoreError, associations, sqlite};
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
}

impl Availability {
    async fn read(link: &mut Link<'_>, at: DateTime<Utc>) -> Result<Self, StoreError> {
        Ok(Self {
            proofs: associations::proofs(link).await?,
            paused: associations::paused_at(link, at).await?,
            waiting: associations::waiting(link).await?,
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
    let url = url.expose_secret();
    let failed = |error: sqlx::Error| StoreError::of("associations", &error);
    if url.starts_with("sqlite:") {
        let options = SqliteConnectOptions::from_str(url).map_err(|_| StoreError::Url)?;
        let path = options.get_filename().to_owned();
        if !path.exists() {
            return Err(StoreError::Location { path, kind: io::ErrorKind::NotFound });
        }
        let options = options
            .create_if_missing(false)
            .busy_timeout(sqlite::BUSY_TIMEOUT)
            .pragma("query_only", "ON")
            .disable_statement_logging();
        let mut connection = options.connect().await.map_err(failed)?;
        let read = Availability::read(&mut Link::Sqlite(&mut connection), at).await;
        connection.close().await.map_err(failed)?;
        return read;
    }
    if !url.starts_with("postgres:") && !url.starts_with("postgresql:") {
        return Err(StoreError::Url);
    }
    let options = PgConnectOptions::from_str(url).map_err(|_| StoreError::Url)?;
    let options = options
        .application_name("relais")
        .options([("default_transaction_read_only", "on")])
        .disable_statement_logging();
    let mut connection = options.connect().await.map_err(failed)?;
    let read = Availability::read(&mut Link::Postgres(&mut connection), at).await;
    connection.close().await.map_err(failed)?;
    read
}
