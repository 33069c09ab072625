//! What the server keeps: sealed tokens, the notices about them, and nothing about a person in clear.
//!
//! One type over two databases. SQLite suits one server: its one writer commits together what has gathered.
//! PostgreSQL suits several replicas. Both run the same statements and pass the same tests.
//!
//! Whatever writes is durable when it returns, so that nobody reads "sent" about a token that a crash can
//! lose. A token is saved once per handoff, however often its update comes in.

mod acts;
mod associations;
mod audit;
mod beside;
mod changes;
mod desk;
mod devices;
mod entry;
mod error;
mod examine;
mod link;
mod look;
mod met;
mod notices;
mod pace;
mod postgres;
mod reach;
mod rounds;
mod row;
mod sqlite;
mod stand;
mod sweep;
mod tokens;
mod volunteers;
mod waiting;
mod withdraw;
mod writer;

use std::fmt;

use chrono::{DateTime, NaiveDate, Utc};
use secrecy::{ExposeSecret as _, SecretString};
use sqlx::PgPool;

use self::link::{Held, Operation};
use self::sqlite::Sqlite;
use crate::ids::{AssociationId, HandoffId};

pub use self::acts::{Act, Paper};
pub use self::audit::{Action, Audited};
pub use self::desk::{DeliveryState, DeskToken, Viewer};
pub use self::devices::{RemovedDevice, SessionOf};
pub use self::entry::{
    AssociationState, DueNotice, HandoffRow, NewNotice, NewReach, NewToken, Noted, NoticeId, NoticeReason,
    NoticeRow, NoticeState, Saved, StoredToken, Swept, TokenId, TokenState, Told, Withdrawn,
};
pub use self::error::{Cause, MigrationFault, StoreError};
pub use self::examine::Examined;
pub use self::look::{Availability, look};
pub use self::met::Met;
pub use self::pace::{Arrivals, Digest, Pace};
pub use self::rounds::{NoticeWay, Reckoned, Round, RoundEnd, Unanswered};
pub use self::waiting::{Came, DueMessage, LONGEST_WAIT, NewReply, WaitingMessage};
pub use self::withdraw::SealedWithdrawal;

/// The database; clones share it.
#[derive(Clone)]
pub struct Store(Backend);

#[derive(Clone)]
enum Backend {
    Sqlite(Sqlite),
    Postgres(PgPool),
}

/// A setting of the database, as it is in force where the store writes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InForce {
    /// Its name in the database's own words.
    pub name: String,
    /// Its value in the database's own words.
    pub value: String,
}

impl Store {
    /// Connects to `sqlite:PATH` or `postgres://…` and brings the tables to this version.
    ///
    /// The file of SQLite is made where it is missing, for this account alone.
    ///
    /// # Errors
    /// [`StoreError::Url`], [`StoreError::Location`] and [`StoreError::Refused`] are for the operator to
    /// correct; [`StoreError::Migration`] where the tables come from another version;
    /// [`StoreError::Unavailable`] where the database does not answer.
    pub async fn connect(url: &SecretString) -> Result<Self, StoreError> {
        let url = url.expose_secret();
        let backend = match url.split_once(':') {
            Some(("sqlite", _)) => Backend::Sqlite(Sqlite::open(url).await?),
            Some(("postgres" | "postgresql", _)) => Backend::Postgres(postgres::connect(url).await?),
            Some(_) | None => return Err(StoreError::Url),
        };
        Ok(Self(backend))
    }

    /// Looks at a database without changing anything, not even its version.
    ///
    /// # Errors
    /// What [`connect`](Self::connect) would return for it.
    pub async fn examine(url: &SecretString) -> Result<Examined, StoreError> {
        let url = url.expose_secret();
        match url.split_once(':') {
            Some(("sqlite", _)) => examine::sqlite(url).await,
            Some(("postgres" | "postgresql", _)) => examine::postgres(url).await,
            Some(_) | None => Err(StoreError::Url),
        }
    }

    /// Keeps a token with its notices, durably, unless its handoff is kept already.
    ///
    /// # Privacy
    /// Moments are made coarse, so that no row tells when exactly a person wrote: the reception is cut to
    /// its hour, deadlines are rounded up to a quarter of an hour.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`]: nothing was kept, or nobody knows whether it was; saving again is safe.
    pub async fn save(&self, token: NewToken, notices: Vec<NewNotice>) -> Result<Saved, StoreError> {
        self.write(tokens::Save { token, notices }).await
    }

    /// Returns what is known about a handoff.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`]; [`StoreError::Corrupt`] where a row was changed by another hand.
    pub async fn handoff(&self, id: HandoffId) -> Result<Option<HandoffRow>, StoreError> {
        tokens::handoff(&mut self.reader().await?.link(), id).await
    }

    /// Returns the associations that had a handoff so far, each once.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`]; [`StoreError::Corrupt`] where a row was changed by another hand.
    pub async fn handed_to(&self, handoff: HandoffId) -> Result<Vec<AssociationId>, StoreError> {
        withdraw::handed_to(&mut self.reader().await?.link(), handoff).await
    }

    /// Takes a handoff back: its ciphertexts are overwritten, with all that was added, answered and noted;
    /// messages that wait are dropped; notices that nobody has seen are dropped, and those that stand in a chat
    /// become due again as [`NoticeReason::Withdrawn`]. A sealed withdrawal is kept, until the handoff's own last
    /// day, for each association that had the handoff.
    ///
    /// Returns nothing where the handoff is unknown. Doing it twice changes nothing more, and keeps withdrawals
    /// that were missing the first time.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`]: ask again; [`StoreError::Corrupt`] where a row was changed by another
    /// hand.
    pub async fn withdraw(
        &self,
        handoff: HandoffId,
        sealed: Vec<SealedWithdrawal>,
        now: DateTime<Utc>,
    ) -> Result<Option<Withdrawn>, StoreError> {
        self.write(withdraw::Withdraw { handoff, sealed, now }).await
    }

    /// Returns what is remembered about an association; an unknown one has nothing.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`]; [`StoreError::Corrupt`] where a row was changed by another hand.
    pub async fn association_state(&self, id: &AssociationId) -> Result<AssociationState, StoreError> {
        associations::state(&mut self.reader().await?.link(), id).await
    }

    /// Returns the associations that take no new requests at this moment.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`]; [`StoreError::Corrupt`] where a row was changed by another hand.
    pub async fn paused_at(&self, now: DateTime<Utc>) -> Result<Vec<AssociationId>, StoreError> {
        associations::paused_at(&mut self.reader().await?.link(), now).await
    }

    /// Notes until when an association takes no new requests, or that it takes them again.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`]: nothing was noted.
    pub async fn set_paused_until(
        &self,
        id: AssociationId,
        until: Option<DateTime<Utc>>,
    ) -> Result<(), StoreError> {
        self.write(associations::Pause { id, until }).await
    }

    /// Notes the day on which an association proved that it can decrypt; an earlier day changes nothing.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`]: nothing was noted.
    pub async fn set_last_proof(&self, id: AssociationId, on: NaiveDate) -> Result<(), StoreError> {
        self.write(associations::Prove { id, on }).await
    }

    /// Deletes the tokens whose time is over, with their notices, and wipes what the database's files would keep
    /// of them: empties the write-ahead log of SQLite, or lets PostgreSQL write its tables anew.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`]: nothing was deleted.
    pub async fn sweep(&self, now: DateTime<Utc>) -> Result<Swept, StoreError> {
        let operation = sweep::Sweep { now };
        match &self.0 {
            Backend::Sqlite(sqlite) => {
                let (swept, wiped) = sqlite.write(operation).await?;
                Ok(Swept { wiped, ..swept })
            }
            Backend::Postgres(pool) => {
                let swept = postgres::write(pool, operation).await?;
                Ok(Swept { wiped: postgres::write_anew(pool).await, ..swept })
            }
        }
    }

    /// Returns how many rows are past their time and still there: after a sweep and
    /// [`expire_messages`](Self::expire_messages) none.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub async fn overdue(&self, now: DateTime<Utc>) -> Result<u64, StoreError> {
        sweep::overdue(&mut self.reader().await?.link(), now).await
    }

    /// Returns the newest tokens as they lie in the table, ciphertext included: for the page of the
    /// demonstration that shows what a server knows, not for the service.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`]; [`StoreError::Corrupt`] where a row was changed by another hand.
    pub async fn tokens(&self, limit: u32) -> Result<Vec<StoredToken>, StoreError> {
        tokens::newest(&mut self.reader().await?.link(), limit).await
    }

    /// Returns the settings on which durability and erasure rest, as they are in force.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`] where the database does not answer.
    pub async fn settings(&self) -> Result<Vec<InForce>, StoreError> {
        self.write(sqlite::Settings).await
    }

    /// Returns whether the database takes work now.
    ///
    /// # Errors
    /// What a caller with work would get.
    pub async fn ready(&self) -> Result<(), StoreError> {
        self.write(tokens::Touch).await
    }

    /// Finishes what was begun and closes every connection; later calls fail.
    pub async fn close(&self) {
        match &self.0 {
            Backend::Sqlite(sqlite) => sqlite.close().await,
            Backend::Postgres(pool) => pool.close().await,
        }
    }

    async fn write<O: Operation>(&self, operation: O) -> Result<O::Output, StoreError> {
        match &self.0 {
            Backend::Sqlite(sqlite) => sqlite.write(operation).await.map(|(output, _)| output),
            Backend::Postgres(pool) => postgres::write(pool, operation).await,
        }
    }

    async fn reader(&self) -> Result<Held, StoreError> {
        let held = match &self.0 {
            Backend::Sqlite(sqlite) => sqlite.readers.acquire().await.map(Held::Sqlite),
            Backend::Postgres(pool) => pool.acquire().await.map(Held::Postgres),
        };
        held.map_err(|error| StoreError::of("tokens", &error))
    }
}

impl fmt::Debug for Store {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let backend = match &self.0 {
            Backend::Sqlite(_) => "SQLite",
            Backend::Postgres(_) => "PostgreSQL",
        };
        f.debug_tuple("Store").field(&backend).finish()
    }
}
