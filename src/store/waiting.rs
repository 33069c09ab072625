//! Messages to persons: kept sealed while they wait, gone once they were opened or their time is over.

use std::fmt;
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};

use super::acts::{Paper, insert_own};
use super::desk::{DeliveryState, Viewer};
use super::entry::TokenId;
use super::link::{Link, Operation, change, read};
use super::met::Met;
use super::row::{self, Column, Number};
use super::stand::Stand;
use super::{StoreError, audit, changes, reach};
use crate::ids::HandoffId;
use crate::terms::Kind;

/// How long a message waits at most.
pub const LONGEST_WAIT: TimeDelta = TimeDelta::hours(72);

/// A message to a person.
#[derive(Clone, PartialEq, Eq)]
pub struct NewReply {
    /// What the association keeps of it, sealed to itself.
    pub copy: Paper,
    /// Return address and words, sealed to the server's own recipient.
    pub sealed: Vec<u8>,
    /// The number in the return address.
    pub address_no: u32,
    /// Not before this moment; kept rounded up to a quarter of an hour where it lies in the future.
    pub not_before: DateTime<Utc>,
}

impl fmt::Debug for NewReply {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("NewReply").finish_non_exhaustive()
    }
}

/// A message that this caller, and nobody else, has to tell a person of now.
#[derive(Clone, PartialEq, Eq)]
pub struct DueMessage {
    /// The reply.
    pub token: TokenId,
    /// The handoff it belongs to.
    pub handoff: HandoffId,
    /// Return address and words, sealed to the server's own recipient.
    pub sealed: Vec<u8>,
    /// The newest return address, where it is not the one in there.
    pub address: Option<String>,
    /// How often it was handed out, this time included.
    pub attempts: u32,
    /// When it is given up.
    pub expires_at: DateTime<Utc>,
}

impl fmt::Debug for DueMessage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("DueMessage").field("attempts", &self.attempts).finish_non_exhaustive()
    }
}

/// Keeps a message to a person.
pub(super) struct Reply {
    pub(super) viewer: Viewer,
    pub(super) handoff: HandoffId,
    pub(super) new: NewReply,
    pub(super) now: DateTime<Utc>,
}

impl Operation for Reply {
    type Output = Met;

    async fn apply(&self, link: &mut Link<'_>) -> Result<Met, StoreError> {
        let changed = changes::next(link).await?;
        let stand = match Stand::find(link, &self.viewer, self.handoff).await? {
            Ok(stand) => stand,
            Err(met) => return Ok(met),
        };
        let met = stand.to_write(&self.viewer);
        if !matches!(met, Met::Done(_)) {
            return Ok(met);
        }
        if i64::from(self.new.address_no) != stand.address_no {
            return Ok(Met::ReachChanged);
        }
        let when = (changed, row::hour(self.now));
        insert_own(link, &self.viewer, &stand, Kind::Reply, &self.new.copy, when).await?;
        let not_before = if self.new.not_before > self.now {
            row::quarter(self.new.not_before)
        } else {
            row::hour(self.now)
        };
        change!(
            link,
            "waiting",
            "INSERT INTO waiting (token, handoff, ciphertext, state, next_attempt, expires_at)
             VALUES ($1, $2, $3, 'queued', $4, $5)",
            self.new.copy.id.as_bytes().as_slice(),
            self.handoff.as_bytes().as_slice(),
            self.new.sealed.as_slice(),
            not_before,
            row::hour(self.now + LONGEST_WAIT),
        )?;
        audit::note(link, &self.viewer.association, audit::Action::Replied, self.now).await?;
        Ok(Met::Done(stand.state))
    }
}

/// The statement that hands out due messages; PostgreSQL needs a word more, so that two replicas pass by each
/// other instead of waiting.
macro_rules! claim {
    ($lock:literal) => {
        concat!(
            "UPDATE waiting SET attempts = attempts + 1, next_attempt = $2
             WHERE state = 'queued' AND next_attempt <= $1 AND token IN
                (SELECT token FROM waiting WHERE state = 'queued' AND next_attempt <= $1
                 ORDER BY next_attempt, token LIMIT $3",
            $lock,
            ") RETURNING token, handoff, ciphertext, address, attempts, expires_at"
        )
    };
}

/// Hands out the messages that are due.
pub(super) struct Claim {
    pub(super) now: DateTime<Utc>,
    pub(super) lease: Duration,
    pub(super) limit: u32,
}

#[derive(sqlx::FromRow)]
struct Due {
    token: Vec<u8>,
    handoff: Vec<u8>,
    ciphertext: Vec<u8>,
    address: Option<String>,
    attempts: i64,
    expires_at: i64,
}

impl Due {
    const TABLE: &'static str = "waiting";

    fn read(self) -> Result<DueMessage, StoreError> {
        let column = |name| Column("waiting", name);
        Ok(DueMessage {
            token: TokenId::new(column("token").bytes(&self.token)?),
            handoff: HandoffId::new(column("handoff").bytes(&self.handoff)?),
            sealed: self.ciphertext,
            address: self.address,
            attempts: column("attempts").count(self.attempts)?,
            expires_at: column("expires_at").moment(self.expires_at)?,
        })
    }
}

impl Operation for Claim {
    type Output = Vec<DueMessage>;

    async fn apply(&self, link: &mut Link<'_>) -> Result<Vec<DueMessage>, StoreError> {
        let sql = match link {
            Link::Sqlite(_) => claim!(""),
            Link::Postgres(_) => claim!(" FOR UPDATE SKIP LOCKED"),
        };
        let now = row::second(self.now);
        let until = row::lease_end(now, self.lease);
        let claimed = read!(link, fetch_all, Due, sql, now, until, i64::from(self.limit))?;
        claimed.into_iter().map(Due::read).collect()
    }
}

/// What became of a message that was handed out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Came {
    /// The person was told; its words wait here to be opened.
    Waits,
    /// The person cannot be reached here.
    Nowhere,
}

/// Notes what became of a message, unless it was stopped or taken back meanwhile.
pub(super) struct Settle {
    pub(super) token: TokenId,
    pub(super) came: Came,
}

impl Operation for Settle {
    type Output = ();
    const ERASES: bool = true;

    async fn apply(&self, link: &mut Link<'_>) -> Result<(), StoreError> {
        let changed = changes::next(link).await?;
        let token = self.token.as_bytes().as_slice();
        let delivery = match self.came {
            Came::Waits => DeliveryState::Delivered,
            Came::Nowhere => DeliveryState::Failed,
        };
        let sql = "UPDATE tokens SET delivery = $2, changed = $3 WHERE id = $1 AND delivery = 'queued'";
        change!(link, "tokens", sql, token, delivery.code(), changed)?;
        let sql = match self.came {
            Came::Waits => "UPDATE waiting SET state = 'pushed', next_attempt = NULL WHERE token = $1",
            Came::Nowhere => "DELETE FROM waiting WHERE token = $1",
        };
        change!(link, "waiting", sql, token).map(|_| ())
    }
}

/// Gives a message another turn.
pub(super) struct Retry {
    pub(super) token: TokenId,
    pub(super) at: DateTime<Utc>,
}

impl Operation for Retry {
    type Output = ();

    async fn apply(&self, link: &mut Link<'_>) -> Result<(), StoreError> {
        // What waits until they look stays so.
        let sql = "UPDATE waiting SET next_attempt = $2
                   WHERE token = $1 AND state = 'queued' AND next_attempt < $3";
        let token = self.token.as_bytes().as_slice();
        change!(link, "waiting", sql, token, row::second(self.at), reach::NEVER).map(|_| ())
    }
}

/// A message that waits to be opened.
#[derive(Clone, PartialEq, Eq)]
pub struct WaitingMessage {
    /// The reply.
    pub token: TokenId,
    /// Return address and words, sealed to the server's own recipient.
    pub sealed: Vec<u8>,
}

impl fmt::Debug for WaitingMessage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("WaitingMessage").finish_non_exhaustive()
    }
}

#[derive(sqlx::FromRow)]
struct Words {
    token: Vec<u8>,
    ciphertext: Vec<u8>,
}

impl Words {
    const TABLE: &'static str = "waiting";
}

/// Returns the oldest message of a handoff that waits to be opened.
pub(super) async fn next(
    link: &mut Link<'_>,
    handoff: HandoffId,
    now: DateTime<Utc>,
) -> Result<Option<WaitingMessage>, StoreError> {
    let sql = "SELECT waiting.token AS token, waiting.ciphertext AS ciphertext
               FROM waiting JOIN tokens ON tokens.id = waiting.token
               WHERE waiting.handoff = $1 AND waiting.expires_at > $2
               ORDER BY waiting.expires_at, tokens.changed, waiting.token LIMIT 1";
    let found = read!(link, fetch_optional, Words, sql, handoff.as_bytes().as_slice(), row::second(now))?;
    let Some(found) = found else { return Ok(None) };
    let token = TokenId::new(Column("waiting", "token").bytes(&found.token)?);
    Ok(Some(WaitingMessage { token, sealed: found.ciphertext }))
}

/// Notes that a person has opened a message, and deletes its words.
pub(super) struct Open {
    pub(super) token: TokenId,
}

impl Operation for Open {
    type Output = ();
    const ERASES: bool = true;

    async fn apply(&self, link: &mut Link<'_>) -> Result<(), StoreError> {
        let changed = changes::next(link).await?;
        let token = self.token.as_bytes().as_slice();
        let sql = "UPDATE tokens SET delivery = 'opened', changed = $2
                   WHERE id = $1 AND delivery IN ('queued', 'delivered', 'expired')";
        change!(link, "tokens", sql, token, changed)?;
        change!(link, "waiting", "DELETE FROM waiting WHERE token = $1", token).map(|_| ())
    }
}

/// Notes that a person wants no more messages about a request.
pub(super) struct Stop {
    pub(super) handoff: HandoffId,
}

impl Operation for Stop {
    type Output = bool;
    const ERASES: bool = true;

    async fn apply(&self, link: &mut Link<'_>) -> Result<bool, StoreError> {
        let changed = changes::next(link).await?;
        let handoff = self.handoff.as_bytes().as_slice();
        let sql = "UPDATE tokens SET stopped = 1, changed = $2 WHERE handoff = $1 AND kind = 'handoff'";
        let known = change!(link, "tokens", sql, handoff, changed)?;
        let sql = "UPDATE tokens SET delivery = 'stopped', changed = $2
                   WHERE handoff = $1 AND kind = 'reply' AND delivery = 'queued'";
        change!(link, "tokens", sql, handoff, changed)?;
        change!(link, "waiting", "DELETE FROM waiting WHERE handoff = $1", handoff)?;
        Ok(known > 0)
    }
}

/// Deletes the messages whose time is over, and says so to those who wrote them.
pub(super) struct Expire {
    pub(super) now: DateTime<Utc>,
}

impl Operation for Expire {
    type Output = u64;
    const ERASES: bool = true;

    async fn apply(&self, link: &mut Link<'_>) -> Result<u64, StoreError> {
        let changed = changes::next(link).await?;
        let now = row::second(self.now);
        let sql = "UPDATE tokens SET changed = $2,
                       delivery = CASE WHEN delivery = 'queued' THEN 'failed' ELSE 'expired' END
                   WHERE delivery IN ('queued', 'delivered')
                     AND id IN (SELECT token FROM waiting WHERE expires_at <= $1)";
        change!(link, "tokens", sql, now, changed)?;
        change!(link, "waiting", "DELETE FROM waiting WHERE expires_at <= $1", now)
    }
}

/// Returns when the next message is due.
pub(super) async fn next_due(link: &mut Link<'_>) -> Result<Option<DateTime<Utc>>, StoreError> {
    let sql = "SELECT MIN(next_attempt) AS number FROM waiting WHERE state = 'queued'";
    let next = read!(link, fetch_optional, Number, sql)?.and_then(|row| row.number);
    next.map(|second| Column("waiting", "next_attempt").moment(second)).transpose()
}
