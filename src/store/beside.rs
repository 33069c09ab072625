//! A connection beside the service: it reads, and neither makes, locks nor changes anything.

use std::io;
use std::path::Path;
use std::str::FromStr as _;

use sqlx::postgres::PgConnectOptions;
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{ConnectOptions as _, Connection as _, PgConnection, SqliteConnection};

use super::link::Link;
use super::{StoreError, sqlite};

/// A connection of its own that may not write.
pub(super) enum Beside {
    Sqlite(SqliteConnection),
    Postgres(PgConnection),
}

impl Beside {
    /// Opens what a URL names, if it is there.
    ///
    /// # Errors
    /// [`StoreError::Url`], and [`StoreError::Location`] where the file is missing or cannot be read;
    /// [`StoreError::Unavailable`] and [`StoreError::Refused`] where a server does not let us in.
    pub(super) async fn open(url: &str) -> Result<Self, StoreError> {
        match url.split_once(':') {
            Some(("sqlite", _)) => open_file(url).await.map(Self::Sqlite),
            Some(("postgres" | "postgresql", _)) => open_session(url).await.map(Self::Postgres),
            Some(_) | None => Err(StoreError::Url),
        }
    }

    pub(super) const fn link(&mut self) -> Link<'_> {
        match self {
            Self::Sqlite(connection) => Link::Sqlite(connection),
            Self::Postgres(connection) => Link::Postgres(connection),
        }
    }

    /// Takes leave. What was read stays read where that fails.
    pub(super) async fn close(self) {
        let _ = match self {
            Self::Sqlite(connection) => connection.close().await,
            Self::Postgres(connection) => connection.close().await,
        };
    }
}

async fn open_file(url: &str) -> Result<SqliteConnection, StoreError> {
    let options = SqliteConnectOptions::from_str(url).map_err(|_| StoreError::Url)?;
    let path = sqlite::path_in(url, &options)?;
    if !path.exists() {
        return Err(StoreError::Location { path, kind: io::ErrorKind::NotFound });
    }
    // Without a log nobody has it open, and nothing has to be made beside it to read it.
    let mut log = path.clone().into_os_string();
    log.push("-wal");
    let options = options
        .read_only(true)
        .immutable(!Path::new(&log).exists())
        .busy_timeout(sqlite::BUSY_TIMEOUT)
        .disable_statement_logging();
    options.connect().await.map_err(|error| sqlite::of_opening(&path, &error))
}

async fn open_session(url: &str) -> Result<PgConnection, StoreError> {
    let options = PgConnectOptions::from_str(url).map_err(|_| StoreError::Url)?;
    let options = options
        .application_name("relais")
        .options([("default_transaction_read_only", "on")])
        .disable_statement_logging();
    options.connect().await.map_err(|error| StoreError::of("tokens", &error))
}
