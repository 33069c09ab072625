//! A look at a database that changes nothing: for who asks before the service starts.

use std::fs::OpenOptions;
use std::io;
use std::path::Path;
use std::str::FromStr as _;

use sqlx::migrate::Migrator;
use sqlx::sqlite::SqliteConnectOptions;

use super::beside::Beside;
use super::link::{Link, read};
use super::row::Number;
use super::{MigrationFault, StoreError, postgres, sqlite};

/// What a database looks like to this program.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Examined {
    /// There is no file yet; the first start makes it.
    Missing,
    /// Its tables are older than this program; the next start adds so many steps.
    Behind(usize),
    /// Its tables are those of this program.
    Ready,
}

/// Looks at a file, if it is there, without making, locking or changing anything.
pub(super) async fn sqlite(url: &str) -> Result<Examined, StoreError> {
    let options = SqliteConnectOptions::from_str(url).map_err(|_| StoreError::Url)?;
    let path = sqlite::path_in(url, &options)?;
    match OpenOptions::new().write(true).open(&path) {
        Ok(_) => {}
        Err(error) if error.kind() == io::ErrorKind::NotFound => return missing(&path),
        Err(error) => return Err(StoreError::Location { path, kind: error.kind() }),
    }
    beside(url, &sqlite::STEPS).await
}

/// The folder has to be there: nobody else makes it.
fn missing(path: &Path) -> Result<Examined, StoreError> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    if folder.is_dir() {
        Ok(Examined::Missing)
    } else {
        Err(StoreError::Location { path: path.to_owned(), kind: io::ErrorKind::NotFound })
    }
}

/// Looks at a server's database in a session that may not write.
pub(super) async fn postgres(url: &str) -> Result<Examined, StoreError> {
    beside(url, &postgres::STEPS).await
}

async fn beside(url: &str, steps: &Migrator) -> Result<Examined, StoreError> {
    let mut beside = Beside::open(url).await?;
    let examined = examine(&mut beside.link(), steps).await;
    beside.close().await;
    examined
}

#[derive(sqlx::FromRow)]
struct Step {
    version: i64,
    checksum: Vec<u8>,
    success: bool,
}

impl Step {
    const TABLE: &'static str = "_sqlx_migrations";
}

async fn examine(link: &mut Link<'_>, steps: &Migrator) -> Result<Examined, StoreError> {
    let sql = match link {
        Link::Sqlite(_) => "SELECT count(*) AS number FROM sqlite_schema WHERE name = '_sqlx_migrations'",
        Link::Postgres(_) => "SELECT count(to_regclass('_sqlx_migrations')) AS number",
    };
    let known = read!(link, fetch_optional, Number, sql)?.and_then(|row| row.number).unwrap_or(0);
    if known == 0 {
        return Ok(Examined::Behind(steps.iter().count()));
    }
    let sql = "SELECT version, checksum, success FROM _sqlx_migrations ORDER BY version";
    let applied: Vec<Step> = read!(link, fetch_all, Step, sql)?;
    for step in &applied {
        let ours = steps.iter().find(|ours| ours.version == step.version);
        let Some(ours) = ours else {
            return Err(StoreError::Migration(MigrationFault::Newer(step.version)));
        };
        if !step.success || *ours.checksum != *step.checksum {
            return Err(StoreError::Migration(MigrationFault::Changed(step.version)));
        }
    }
    match steps.iter().count() - applied.len().min(steps.iter().count()) {
        0 => Ok(Examined::Ready),
        missing => Ok(Examined::Behind(missing)),
    }
}
