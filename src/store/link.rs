//! One statement, two drivers.

use sqlx::pool::PoolConnection;
use sqlx::{PgConnection, Postgres, Sqlite, SqliteConnection};

/// A connection to either database, for the length of one operation.
pub(super) enum Link<'c> {
    Sqlite(&'c mut SqliteConnection),
    Postgres(&'c mut PgConnection),
}

/// A connection taken from a pool.
pub(super) enum Held {
    Sqlite(PoolConnection<Sqlite>),
    Postgres(PoolConnection<Postgres>),
}

impl Held {
    pub(super) fn link(&mut self) -> Link<'_> {
        match self {
            Self::Sqlite(connection) => Link::Sqlite(connection),
            Self::Postgres(connection) => Link::Postgres(connection),
        }
    }
}

/// Something that writes, as a whole or not at all.
///
/// It may be applied again after a failed attempt was rolled back, so it must not change itself.
pub(super) trait Operation: Send + Sync + 'static {
    /// What the caller hears once it is committed.
    type Output: Send + 'static;

    /// Whether it erases something that must then not stay in the write-ahead log.
    const ERASES: bool = false;

    /// Writes, without committing.
    fn apply(
        &self,
        link: &mut Link<'_>,
    ) -> impl Future<Output = Result<Self::Output, super::StoreError>> + Send;
}

/// Runs a statement of a table and counts the rows it changed.
macro_rules! change {
    ($link:expr, $table:literal, $sql:expr $(, $bind:expr)* $(,)?) => {
        match $link {
            $crate::store::link::Link::Sqlite(connection) => sqlx::query($sql)
                $(.bind($bind))*.execute(&mut **connection).await.map(|done| done.rows_affected()),
            $crate::store::link::Link::Postgres(connection) => sqlx::query($sql)
                $(.bind($bind))*.execute(&mut **connection).await.map(|done| done.rows_affected()),
        }
        .map_err(|error| $crate::store::StoreError::of($table, &error))
    };
}

/// Runs a statement and reads its rows: `fetch_all` or `fetch_optional`.
macro_rules! read {
    ($link:expr, $how:ident, $row:ty, $sql:expr $(, $bind:expr)* $(,)?) => {
        match $link {
            $crate::store::link::Link::Sqlite(connection) => sqlx::query_as::<_, $row>($sql)
                $(.bind($bind))*.$how(&mut **connection).await,
            $crate::store::link::Link::Postgres(connection) => sqlx::query_as::<_, $row>($sql)
                $(.bind($bind))*.$how(&mut **connection).await,
        }
        .map_err(|error| $crate::store::StoreError::of(<$row>::TABLE, &error))
    };
}

pub(super) use {change, read};
