//! Notices: what became of each one that was handed out.

use chrono::{DateTime, Utc};

use super::StoreError;
use super::entry::{Noted, NoticeId, NoticeState};
use super::link::{Link, Operation, change, read};
use super::row::{self, Column, Number};

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

/// Returns when the next notice is due: not before its chat is free.
pub(super) async fn next_due(link: &mut Link<'_>) -> Result<Option<DateTime<Utc>>, StoreError> {
    let sql = "SELECT MIN(CASE WHEN pace.held_until > notices.next_attempt THEN pace.held_until
                           ELSE notices.next_attempt END) AS number
               FROM notices LEFT JOIN pace ON pace.association = notices.audience
               WHERE notices.state = 'open'";
    let next = read!(link, fetch_optional, Number, sql)?.and_then(|row| row.number);
    next.map(|second| Column("notices", "next_attempt").moment(second)).transpose()
}
