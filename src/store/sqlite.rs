//! SQLite: one file, one writer, a few readers.

use std::fs::OpenOptions;
use std::io;
use std::path::{Path, PathBuf};
use std::str::FromStr as _;
use std::time::Duration;

use sqlx::migrate::Migrator;
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};
use sqlx::{ConnectOptions as _, SqlitePool};

use super::link::{Link, Operation, read};
use super::writer::{Answer, Writer, empty_log};
use super::{InForce, StoreError};

pub(super) static STEPS: Migrator = sqlx::migrate!("migrations/sqlite");

/// How long a statement waits for another process that writes.
pub(super) const BUSY_TIMEOUT: Duration = Duration::from_secs(5);
const READERS: u32 = 2;

/// An open file.
#[derive(Clone)]
pub(super) struct Sqlite {
    pub(super) readers: SqlitePool,
    writer: Writer,
}

impl Sqlite {
    /// Opens the file, makes it where it is missing, and brings its tables to this version.
    pub(super) async fn open(url: &str) -> Result<Self, StoreError> {
        let options = SqliteConnectOptions::from_str(url).map_err(|_| StoreError::Url)?;
        let path = path_in(url, &options)?;
        make_private(&path)?;
        let options = options
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Full)
            .foreign_keys(true)
            .busy_timeout(BUSY_TIMEOUT)
            .pragma("secure_delete", "ON")
            .pragma("trusted_schema", "OFF")
            .disable_statement_logging();
        let mut connection = options.connect().await.map_err(|error| of_opening(&path, &error))?;
        STEPS.run(&mut connection).await?;
        // Whoever was here before may have ended between deleting and emptying the log.
        let emptied = empty_log(&mut connection).await.unwrap_or(false);
        let readers = SqlitePoolOptions::new()
            .max_connections(READERS)
            .connect_lazy_with(options.clone().pragma("query_only", "ON"));
        Ok(Self { readers, writer: Writer::start(connection, options, !emptied) })
    }

    pub(super) async fn write<O: Operation>(&self, operation: O) -> Answer<O::Output> {
        self.writer.write(operation).await
    }

    pub(super) async fn close(&self) {
        // The writer goes last: the last connection to close empties and removes the log.
        self.readers.close().await;
        self.writer.stop().await;
    }
}

/// Returns the path of the file that a URL names, if it names one to be kept.
pub(super) fn path_in(url: &str, options: &SqliteConnectOptions) -> Result<PathBuf, StoreError> {
    let path = options.get_filename();
    if url.contains(":memory:") || url.contains("mode=") || path.as_os_str().is_empty() {
        return Err(StoreError::Url);
    }
    Ok(path.to_owned())
}

/// Makes the file with no rights for others; SQLite gives its log the same rights.
///
/// A file that exists is not opened: closing it would drop the locks that this process may hold on it
/// (<https://sqlite.org/howtocorrupt.html>, section 2.2).
fn make_private(path: &Path) -> Result<(), StoreError> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt as _;
        options.mode(0o600);
    }
    match options.open(path) {
        Ok(_) => Ok(()),
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(()),
        Err(error) => Err(StoreError::Location { path: path.to_owned(), kind: error.kind() }),
    }
}

pub(super) fn of_opening(path: &Path, error: &sqlx::Error) -> StoreError {
    let code = error.as_database_error().and_then(|error| error.code()?.parse::<u32>().ok());
    match code.map(|code| code & 0xff) {
        // SQLITE_READONLY, SQLITE_CANTOPEN
        Some(8 | 14) => StoreError::Location { path: path.to_owned(), kind: io::ErrorKind::PermissionDenied },
        Some(_) | None => StoreError::of("tokens", error),
    }
}

/// Reads the settings that hold for the connection that writes.
pub(super) struct Settings;

#[derive(sqlx::FromRow)]
struct Setting {
    name: String,
    value: String,
}

impl Setting {
    const TABLE: &'static str = "settings";
}

impl Operation for Settings {
    type Output = Vec<InForce>;

    async fn apply(&self, link: &mut Link<'_>) -> Result<Vec<InForce>, StoreError> {
        let sql = match link {
            Link::Sqlite(_) => {
                "SELECT 'journal_mode' AS name, journal_mode AS value FROM pragma_journal_mode
                 UNION ALL SELECT 'synchronous', CAST(synchronous AS TEXT) FROM pragma_synchronous
                 UNION ALL SELECT 'secure_delete', CAST(secure_delete AS TEXT) FROM pragma_secure_delete
                 UNION ALL SELECT 'foreign_keys', CAST(foreign_keys AS TEXT) FROM pragma_foreign_keys
                 UNION ALL SELECT 'busy_timeout', CAST(timeout AS TEXT) FROM pragma_busy_timeout
                 UNION ALL SELECT 'trusted_schema', CAST(trusted_schema AS TEXT) FROM pragma_trusted_schema"
            }
            Link::Postgres(_) => {
                "SELECT name, setting AS value FROM pg_settings
                 WHERE name IN ('synchronous_commit', 'fsync', 'full_page_writes') ORDER BY name"
            }
        };
        let found = read!(link, fetch_all, Setting, sql)?;
        Ok(found.into_iter().map(|Setting { name, value }| InForce { name, value }).collect())
    }
}
