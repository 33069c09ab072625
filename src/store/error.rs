//! What can go wrong with the database, by what the caller can do about it.

use std::io;
use std::path::PathBuf;

use sqlx::migrate::MigrateError;

/// A failure of the store.
///
/// # Privacy
/// Holds no value of a row and nothing of the database's URL but the path of a file.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum StoreError {
    /// The location is written wrongly: correct `store.url`.
    #[error("the store's url must be \"sqlite:PATH\" or \"postgres://USER@HOST/DATABASE\"")]
    Url,
    /// The file of the database cannot be made or written: correct the path or the folder's owner.
    #[error("cannot write the database {}: {kind}; make its folder and let the service's account write there", path.display())]
    Location {
        /// The path of the database file.
        path: PathBuf,
        /// What the system says.
        kind: io::ErrorKind,
    },
    /// The database server turns the account away: correct name, password or database in `store.url`.
    #[error(
        "the database server refuses the connection ({code}); check name, password and database in the store's url"
    )]
    Refused {
        /// The SQLSTATE code.
        code: String,
    },
    /// The tables cannot be brought to this version: see what the cause says, restore or upgrade.
    #[error("cannot bring the database to this version: {0}")]
    Migration(MigrationFault),
    /// The database does not do the work now; where `retry` is set, the same call may succeed soon.
    #[error("the database does not do the work: {cause}")]
    Unavailable {
        /// Whether the same call may succeed soon.
        retry: bool,
        /// What happened.
        cause: Cause,
    },
    /// A row says what no state allows: it was changed by hand or by another program.
    #[error("the database holds a value that cannot be: table {table}, column {column}")]
    Corrupt {
        /// The table of the row.
        table: &'static str,
        /// The column of the value.
        column: String,
    },
}

/// Why a database does not do the work.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Cause {
    /// Others held the lock for too long.
    #[error("others hold it for too long")]
    Busy,
    /// The connection broke or could not be made.
    #[error("the connection to it is lost")]
    Lost,
    /// No connection came free in time.
    #[error("no connection came free in time")]
    Exhausted,
    /// The disk is full.
    #[error("its disk is full")]
    DiskFull,
    /// The file is damaged or no database.
    #[error("its file is damaged or is no database; restore it from a backup")]
    Damaged,
    /// The store was closed.
    #[error("it was closed")]
    Closed,
    /// A rule of the tables refused the row.
    #[error("a rule of its tables refuses the row")]
    Rejected,
    /// Something else, by the driver's code where there is one.
    #[error("unexpected failure {0}")]
    Other(String),
}

/// Why the tables cannot be brought to this version.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum MigrationFault {
    /// The tables come from a newer program.
    #[error("it has step {0}, which this program does not know; run the newer program")]
    Newer(i64),
    /// A step was applied in another form, or only in part.
    #[error("step {0} was applied in another form or only in part; restore a backup")]
    Changed(i64),
    /// A step failed.
    #[error("a step failed ({0})")]
    Failed(String),
}

impl StoreError {
    /// Returns the error for a store that was closed.
    pub(super) const fn closed() -> Self {
        Self::Unavailable { retry: false, cause: Cause::Closed }
    }

    /// Returns the error for a value that no state allows.
    pub(super) fn corrupt(table: &'static str, column: &str) -> Self {
        Self::Corrupt { table, column: column.to_owned() }
    }

    /// Tells what a failure of the driver means; `table` is where its statement reads or writes.
    pub(super) fn of(table: &'static str, error: &sqlx::Error) -> Self {
        use sqlx::Error as Driver;
        if let Driver::ColumnDecode { index, .. } = error {
            return Self::corrupt(table, index);
        }
        let (retry, cause) = if let Driver::Database(database) = error {
            let code = database.code().unwrap_or_default();
            if is_refusal(&code) {
                return Self::Refused { code: code.into_owned() };
            }
            cause_of_code(&code)
        } else if matches!(
            error,
            Driver::Io(_) | Driver::Tls(_) | Driver::WorkerCrashed | Driver::BeginFailed
        ) {
            (true, Cause::Lost)
        } else if matches!(error, Driver::PoolTimedOut) {
            (true, Cause::Exhausted)
        } else if matches!(error, Driver::PoolClosed) {
            (false, Cause::Closed)
        } else {
            (false, Cause::Other("of the driver".to_owned()))
        };
        Self::Unavailable { retry, cause }
    }
}

impl From<MigrateError> for StoreError {
    fn from(error: MigrateError) -> Self {
        use MigrateError as Fault;
        if let Fault::Execute(error) | Fault::ExecuteMigration(error, _) = &error {
            let failure = Self::of("_sqlx_migrations", error);
            return if let Self::Unavailable { retry: false, cause } = failure {
                Self::Migration(MigrationFault::Failed(cause.to_string()))
            } else {
                failure
            };
        }
        Self::Migration(if let Fault::VersionMissing(step) | Fault::VersionTooNew(step, _) = error {
            MigrationFault::Newer(step)
        } else if let Fault::VersionMismatch(step)
        | Fault::Dirty(step)
        | Fault::VersionTooOld(step, _)
        | Fault::VersionNotPresent(step) = error
        {
            MigrationFault::Changed(step)
        } else {
            MigrationFault::Failed("of the driver".to_owned())
        })
    }
}

/// Returns whether a SQLSTATE says that the account or the database is wrong.
fn is_refusal(code: &str) -> bool {
    matches!(code, "3D000" | "42501") || (code.len() == 5 && code.starts_with("28"))
}

/// Reads a SQLSTATE (five characters) or an extended result code of SQLite (a number).
///
/// <https://www.postgresql.org/docs/current/errcodes-appendix.html>, <https://sqlite.org/rescode.html>
fn cause_of_code(code: &str) -> (bool, Cause) {
    if code.len() == 5 {
        return match code.get(..2) {
            Some("08" | "57") => (true, Cause::Lost),
            Some("40" | "55") => (true, Cause::Busy),
            Some("53") if code == "53100" => (false, Cause::DiskFull),
            Some("53") => (true, Cause::Exhausted),
            Some("58" | "XX") => (false, Cause::Damaged),
            Some("22" | "23") => (false, Cause::Rejected),
            Some(_) | None => (false, Cause::Other(code.to_owned())),
        };
    }
    match code.parse::<u32>().map(|number| number & 0xff) {
        Ok(5 | 6) => (true, Cause::Busy),
        Ok(10) => (true, Cause::Lost),
        Ok(13) => (false, Cause::DiskFull),
        Ok(11 | 26) => (false, Cause::Damaged),
        Ok(18..=20) => (false, Cause::Rejected),
        Ok(_) | Err(_) => (false, Cause::Other(code.to_owned())),
    }
}
