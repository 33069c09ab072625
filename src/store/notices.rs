//! Notices: handed out to one sender at a time, and kept until they have come to an end.

use std::time::Duration;

use chrono::{DateTime, Utc};

use super::StoreError;
use super::entry::{DueNotice, Noted, NoticeId, NoticeState};
use super::link::{Link, Operation, change, read};
use super::row::{self, Column, Due, Number};

/// The statement that hands out due notices; PostgreSQL needs a word more, so that two replicas pass by
/// each other instead of waiting.
///
/// `MATERIALIZED` runs the choice once: where it stood inside `IN`, PostgreSQL could run it again for every
/// row, pass by the rows locked before, and hand out more than the limit.
macro_rules! claim {
    ($lock:literal) => {
        concat!(
            "WITH due AS MATERIALIZED
                (SELECT id FROM notices WHERE state = 'open' AND next_attempt <= $1
                 ORDER BY next_attempt, id LIMIT $3",
            $lock,
            ") UPDATE notices SET attempts = attempts + 1, next_attempt = $2
             WHERE state = 'open' AND next_attempt <= $1 AND id IN (SELECT id FROM due)
             RETURNING id, token, audience, reason, attempts, message,
                (SELECT handoff FROM tokens WHERE tokens.id = notices.token) AS handoff,
                (SELECT association FROM tokens WHERE tokens.id = notices.token) AS association,
                (SELECT kind FROM tokens WHERE tokens.id = notices.token) AS kind,
                (SELECT respond_by FROM tokens WHERE tokens.id = notices.token) AS respond_by,
                (SELECT ciphertext FROM tokens WHERE tokens.id = notices.token) AS ciphertext"
        )
    };
}

/// Hands out the notices that are due.
pub(super) struct Claim {
    pub(super) now: DateTime<Utc>,
    pub(super) lease: Duration,
    pub(super) limit: u32,
}

impl Operation for Claim {
    type Output = Vec<DueNotice>;

    async fn apply(&self, link: &mut Link<'_>) -> Result<Vec<DueNotice>, StoreError> {
        let sql = match link {
            Link::Sqlite(_) => claim!(""),
            Link::Postgres(_) => claim!(" FOR UPDATE SKIP LOCKED"),
        };
        let now = row::second(self.now);
        let lease = i64::try_from(self.lease.as_secs().max(1)).unwrap_or(i64::MAX);
        let until = now.saturating_add(lease);
        let claimed = read!(link, fetch_all, Due, sql, now, until, i64::from(self.limit))?;
        let mut due = claimed.into_iter().map(Due::read).collect::<Result<Vec<_>, _>>()?;
        due.sort_by_key(|notice| notice.id);
        Ok(due)
    }
}

/// Notes that a notice stands in the chat.
pub(super) struct Sent {
    pub(super) id: NoticeId,
    pub(super) message: i64,
}

#[derive(sqlx::FromRow)]
struct State {
    state: String,
}

impl State {
    const TABLE: &'static str = "notices";
}

impl Operation for Sent {
    type Output = Noted;

    async fn apply(&self, link: &mut Link<'_>) -> Result<Noted, StoreError> {
        let now = read!(
            link,
            fetch_optional,
            State,
            "UPDATE notices SET message = $2,
                 state = CASE WHEN reason = 'withdrawn' AND message IS NULL THEN 'open' ELSE 'sent' END,
                 next_attempt = CASE WHEN reason = 'withdrawn' AND message IS NULL THEN 0 ELSE NULL END
             WHERE id = $1 RETURNING state",
            self.id.0,
            self.message,
        )?;
        let Some(now) = now else { return Ok(Noted::Kept) };
        match Column("notices", "state").notice_state(&now.state)? {
            NoticeState::Open => Ok(Noted::Superseded),
            NoticeState::Sent | NoticeState::Failed => Ok(Noted::Kept),
        }
    }
}

/// Gives a notice another turn.
pub(super) struct Retry {
    pub(super) id: NoticeId,
    pub(super) at: DateTime<Utc>,
}

impl Operation for Retry {
    type Output = ();

    async fn apply(&self, link: &mut Link<'_>) -> Result<(), StoreError> {
        drop_unsent(link, self.id).await?;
        let sql = "UPDATE notices SET next_attempt = $2 WHERE id = $1 AND state = 'open'";
        change!(link, "notices", sql, self.id.0, row::second(self.at)).map(|_| ())
    }
}

/// Gives a notice up.
pub(super) struct Failed {
    pub(super) id: NoticeId,
}

impl Operation for Failed {
    type Output = ();

    async fn apply(&self, link: &mut Link<'_>) -> Result<(), StoreError> {
        drop_unsent(link, self.id).await?;
        let sql = "UPDATE notices SET state = 'failed', next_attempt = NULL WHERE id = $1 AND state = 'open'";
        change!(link, "notices", sql, self.id.0).map(|_| ())
    }
}

/// Drops a notice that was taken back while it was on its way and did not arrive: nothing is to replace.
async fn drop_unsent(link: &mut Link<'_>, id: NoticeId) -> Result<(), StoreError> {
    let sql = "DELETE FROM notices WHERE id = $1 AND reason = 'withdrawn' AND message IS NULL";
    change!(link, "notices", sql, id.0).map(|_| ())
}

/// Returns when the next notice is due.
pub(super) async fn next_due(link: &mut Link<'_>) -> Result<Option<DateTime<Utc>>, StoreError> {
    let sql = "SELECT MIN(next_attempt) AS number FROM notices WHERE state = 'open'";
    let next = read!(link, fetch_optional, Number, sql)?.and_then(|row| row.number);
    next.map(|second| Column("notices", "next_attempt").moment(second)).transpose()
}
