//! PostgreSQL: several replicas, one database.

use std::str::FromStr as _;
use std::time::Duration;

use sqlx::migrate::Migrator;
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use sqlx::{ConnectOptions as _, Connection as _, Executor as _, PgPool};

use super::StoreError;
use super::link::{Link, Operation};

pub(super) static STEPS: Migrator = sqlx::migrate!("migrations/postgres");

const CONNECTIONS: u32 = 8;
/// How long a caller waits for a connection.
const ACQUIRE: Duration = Duration::from_secs(5);
/// A commit is durable when it returns, whatever the server's default; nothing waits for ever.
const SESSION: &str = "SET synchronous_commit = on; SET statement_timeout = '20s'; SET lock_timeout = '10s'";

/// Connects and brings the tables to this version; replicas that start together take turns.
pub(super) async fn connect(url: &str) -> Result<PgPool, StoreError> {
    let options = PgConnectOptions::from_str(url).map_err(|_| StoreError::Url)?;
    let options = options.application_name("relais").disable_statement_logging();
    let mut connection = options.connect().await.map_err(|error| of_driver(&error))?;
    STEPS.run(&mut connection).await?;
    connection.close().await.map_err(|error| of_driver(&error))?;
    PgPoolOptions::new()
        .max_connections(CONNECTIONS)
        .acquire_timeout(ACQUIRE)
        .after_connect(|connection, _| Box::pin(async move { connection.execute(SESSION).await.map(|_| ()) }))
        .connect_with(options)
        .await
        .map_err(|error| of_driver(&error))
}

/// Returns what the operation says once it is durable.
pub(super) async fn write<O: Operation>(pool: &PgPool, operation: O) -> Result<O::Output, StoreError> {
    let mut transaction = pool.begin().await.map_err(|error| of_driver(&error))?;
    let output = operation.apply(&mut Link::Postgres(&mut transaction)).await?;
    transaction.commit().await.map_err(|error| of_driver(&error))?;
    Ok(output)
}

/// The tables that hold ciphertext or lead to it.
const WRITTEN_ANEW: [&str; 4] =
    ["VACUUM (FULL) tokens", "VACUUM (FULL) waiting", "VACUUM (FULL) notices", "VACUUM (FULL) refusals"];

/// Lets the server write its tables anew, so that their files hold nothing of deleted rows: a plain `VACUUM`
/// only marks the room as free and leaves the bytes where they are. The tables hold days of requests, not
/// years: it takes moments. Returns whether all were written.
pub(super) async fn write_anew(pool: &PgPool) -> bool {
    let mut all = true;
    for sql in WRITTEN_ANEW {
        // Where another replica does the same, this one waits its turn.
        all &= pool.execute(sql).await.is_ok();
    }
    all
}

fn of_driver(error: &sqlx::Error) -> StoreError {
    StoreError::of("tokens", error)
}
