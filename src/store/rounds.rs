//! Rounds: one sender at a time tells one chat of volunteers all that is due for it, at a pace that is kept
//! here, so that neither a restart nor a second replica forgets it.

use std::time::Duration;

use chrono::{DateTime, Utc};

use super::entry::{DueNotice, Noted, NoticeId, codes};
use super::link::{Link, Operation, change, read};
use super::pace::{Pace, hold, keep_pace};
use super::row::{self, Column, Due, Number};
use super::{Store, StoreError, changes, desk::told_of, notices};
use crate::ids::{AssociationId, HandoffId};

codes!(
    /// How volunteers are told of something.
    NoticeWay {
        /// By a message of its own, with the file.
        Alone = "alone",
        /// By one message for many.
        Together = "together",
    }
);

/// All that is due for one chat of volunteers; nobody else tells that chat until then.
#[derive(Debug)]
pub struct Round {
    /// The association whose chat it is.
    pub audience: AssociationId,
    /// Until when it is the caller's alone.
    pub until: DateTime<Utc>,
    /// What the chat was told of late.
    pub pace: Pace,
    /// What is due, in the order in which it came. One that is told together comes without its ciphertext.
    pub notices: Vec<DueNotice>,
}

/// What waits for an answer at an association, as far as its volunteers may know.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Unanswered {
    /// How many requests.
    pub requests: u32,
    /// How many of these nobody answered in time.
    pub late: u32,
    /// How many of these have to be answered within the hour.
    pub soon: u32,
    /// When the first of those that are in time has to be answered.
    pub first: Option<DateTime<Utc>>,
}

impl Store {
    /// Hands out what is due for one chat of volunteers, to one caller only until the lease is over.
    ///
    /// A caller that has told something says so, and ends the round with [`end_round`](Self::end_round); one
    /// that crashes leaves all of it to the next after the lease, so something can be told twice but is never
    /// lost.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`]; [`StoreError::Corrupt`] where a row was changed by another hand.
    pub async fn claim_round(
        &self,
        now: DateTime<Utc>,
        lease: Duration,
        limit: u32,
    ) -> Result<Option<Round>, StoreError> {
        let Some(round) = self.write(Claim { now, lease, limit }).await? else { return Ok(None) };
        // Who is told beside the association sees it on their desk from now on.
        let told = round.notices.iter().filter(|notice| notice.audience != notice.association);
        let handoffs: Vec<HandoffId> = told.map(|notice| notice.handoff).collect();
        if !handoffs.is_empty() {
            self.write(changes::Touch { handoffs }).await?;
        }
        Ok(Some(round))
    }

    /// Notes, before anything is sent, how each notice of a round is told and what has come by now, and holds
    /// the chat until a later moment. Returns whether the round was still the caller's: where another has taken
    /// the chat meanwhile, nothing was noted, and nothing should be sent.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`]: nothing was noted, and nothing should be sent.
    pub async fn reckon(&self, reckoned: Reckoned) -> Result<bool, StoreError> {
        self.write(reckoned).await
    }

    /// Returns the line in a chat that tells that a request was withdrawn, if it stands there.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub async fn withdrawal_told(
        &self,
        audience: &AssociationId,
        handoff: HandoffId,
    ) -> Result<Option<i64>, StoreError> {
        let sql = "SELECT notices.message AS number FROM notices JOIN tokens ON tokens.id = notices.token
                   WHERE notices.audience = $1 AND tokens.handoff = $2 AND notices.reason = 'withdrawn'
                     AND notices.state = 'sent' AND (notices.way IS NULL OR notices.way = 'alone')
                   ORDER BY notices.id LIMIT 1";
        let (mut reader, handoff) = (self.reader().await?, handoff.as_bytes().as_slice());
        let link = &mut reader.link();
        let row = read!(link, fetch_optional, Number, sql, audience.as_str(), handoff)?;
        Ok(row.and_then(|row| row.number))
    }

    /// Ends a round: `told` stand in the chat together as the message of the pace, `later` come again.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`]; what was told together is told once more after the lease.
    pub async fn end_round(&self, end: RoundEnd) -> Result<(), StoreError> {
        self.write(end).await
    }

    /// Notes that a notice stands in the chat as this message.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`]; the notice comes again after its lease.
    pub async fn notice_sent(&self, id: NoticeId, message: i64) -> Result<Noted, StoreError> {
        self.write(notices::Sent { id, message }).await
    }

    /// Notes that a notice did not arrive and when to try again.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`]; the notice comes again after its lease.
    pub async fn notice_retry(&self, id: NoticeId, at: DateTime<Utc>) -> Result<(), StoreError> {
        self.write(notices::Retry { id, at }).await
    }

    /// Gives a notice up.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`]; the notice comes again after its lease.
    pub async fn notice_failed(&self, id: NoticeId) -> Result<(), StoreError> {
        self.write(notices::Failed { id }).await
    }

    /// Returns when the next notice is due, if one is open; a moment in the past means now.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`]; [`StoreError::Corrupt`] where a row was changed by another hand.
    pub async fn next_due(&self) -> Result<Option<DateTime<Utc>>, StoreError> {
        notices::next_due(&mut self.reader().await?.link()).await
    }

    /// Returns what waits for an answer at an association.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`]; [`StoreError::Corrupt`] where a row was changed by another hand.
    pub async fn unanswered(
        &self,
        audience: &AssociationId,
        now: DateTime<Utc>,
    ) -> Result<Unanswered, StoreError> {
        unanswered(&mut self.reader().await?.link(), audience, now).await
    }

    /// Returns how many messages and additions of persons a message for many stands for.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`]; [`StoreError::Corrupt`] where a row was changed by another hand.
    pub async fn told_more(&self, audience: &AssociationId, digest: i64) -> Result<u32, StoreError> {
        let sql = "SELECT COUNT(*) AS number FROM notices JOIN tokens ON tokens.id = notices.token
                   WHERE notices.audience = $1 AND notices.way = 'together' AND notices.message = $2
                     AND tokens.kind <> 'handoff' AND tokens.state <> 'revoked'";
        let mut reader = self.reader().await?;
        let link = &mut reader.link();
        let row = read!(link, fetch_optional, Number, sql, audience.as_str(), digest)?;
        Column("notices", "message").count(row.and_then(|row| row.number).unwrap_or(0))
    }
}

/// The statement that hands out due notices; PostgreSQL needs a word more, so that it passes by rows that a
/// withdrawal holds instead of waiting for it in a circle.
///
/// `MATERIALIZED` runs the choice once: where it stood inside `IN`, PostgreSQL could run it again for every
/// row, pass by the rows locked before, and hand out more than the limit.
macro_rules! claim {
    ($lock:literal) => {
        concat!(
            "WITH due AS MATERIALIZED
                (SELECT id FROM notices WHERE state = 'open' AND next_attempt <= $1 AND audience = $4
                 ORDER BY next_attempt, id LIMIT $3",
            $lock,
            ") UPDATE notices SET attempts = attempts + 1, next_attempt = $2
             WHERE state = 'open' AND next_attempt <= $1 AND id IN (SELECT id FROM due)
             RETURNING id, token, audience, reason, attempts, message, way,
                (SELECT handoff FROM tokens WHERE tokens.id = notices.token) AS handoff,
                (SELECT association FROM tokens WHERE tokens.id = notices.token) AS association,
                (SELECT kind FROM tokens WHERE tokens.id = notices.token) AS kind,
                (SELECT received_hour FROM tokens WHERE tokens.id = notices.token) AS received_hour,
                (SELECT respond_by FROM tokens WHERE tokens.id = notices.token) AS respond_by,
                (SELECT CASE WHEN notices.way = 'together' THEN $5 ELSE ciphertext END
                 FROM tokens WHERE tokens.id = notices.token) AS ciphertext"
        )
    };
}

struct Claim {
    now: DateTime<Utc>,
    lease: Duration,
    limit: u32,
}

impl Operation for Claim {
    type Output = Option<Round>;

    async fn apply(&self, link: &mut Link<'_>) -> Result<Option<Round>, StoreError> {
        let sql = match link {
            Link::Sqlite(_) => claim!(""),
            Link::Postgres(_) => claim!(" FOR UPDATE SKIP LOCKED"),
        };
        let now = row::second(self.now);
        let until = row::lease_end(now, self.lease);
        let Some(held) = hold(link, now, until).await? else { return Ok(None) };
        let (limit, audience) = (i64::from(self.limit), held.association.as_str());
        let claimed = read!(link, fetch_all, Due, sql, now, until, limit, audience, [0_u8; 0].as_slice())?;
        let mut notices = claimed.into_iter().map(Due::read).collect::<Result<Vec<_>, _>>()?;
        notices.sort_by_key(|notice| notice.id);
        Ok(Some(Round {
            audience: Column("pace", "association").association(&held.association)?,
            until: Column("pace", "held_until").moment(until)?,
            pace: held.pace()?,
            notices,
        }))
    }
}

/// What was decided about a round before anything of it is sent.
#[derive(Debug)]
pub struct Reckoned {
    /// The association whose chat is told.
    pub audience: AssociationId,
    /// Until when the round was handed out.
    pub held: DateTime<Utc>,
    /// Until when it is to be the caller's.
    pub until: DateTime<Utc>,
    /// What the chat was told of late, this round included.
    pub pace: Pace,
    /// How each notice is told.
    pub ways: Vec<(NoticeId, NoticeWay)>,
}

impl Operation for Reckoned {
    type Output = bool;

    async fn apply(&self, link: &mut Link<'_>) -> Result<bool, StoreError> {
        let (held, until) = (row::second(self.held), row::second(self.until));
        // Whoever takes a chat over gives it another end, later than the one before.
        let sql = "UPDATE pace SET held_until = $2 WHERE association = $1 AND held_until = $3";
        if change!(link, "pace", sql, self.audience.as_str(), until, held)? == 0 {
            return Ok(false);
        }
        keep_pace(link, &self.audience, &self.pace).await?;
        for (id, way) in &self.ways {
            let sql = "UPDATE notices SET way = $2,
                           next_attempt = CASE WHEN attempts > 0 THEN $3 ELSE next_attempt END
                       WHERE id = $1 AND state = 'open'";
            change!(link, "notices", sql, id.0, way.code(), until)?;
        }
        Ok(true)
    }
}

/// How a round ended.
#[derive(Debug)]
pub struct RoundEnd {
    /// The association whose chat was told.
    pub audience: AssociationId,
    /// Until when the round was the caller's.
    pub until: DateTime<Utc>,
    /// What the chat was told of late, this round included.
    pub pace: Pace,
    /// What stands in the chat together now, as the message of the pace.
    pub told: Vec<NoticeId>,
    /// What was not told, and when it comes again.
    pub later: Vec<(NoticeId, DateTime<Utc>)>,
}

impl Operation for RoundEnd {
    type Output = ();

    async fn apply(&self, link: &mut Link<'_>) -> Result<(), StoreError> {
        let sql = "UPDATE pace SET held_until = 0 WHERE association = $1 AND held_until = $2";
        let held = row::second(self.until);
        let ours = change!(link, "pace", sql, self.audience.as_str(), held)? > 0;
        if ours {
            keep_pace(link, &self.audience, &self.pace).await?;
        }
        // What was taken back meanwhile is due once more already, and stays so: it has no attempt yet.
        if let Some(digest) = self.pace.digest {
            for id in &self.told {
                let sql = "UPDATE notices SET state = 'sent', message = $2, next_attempt = NULL
                           WHERE id = $1 AND state = 'open' AND attempts > 0";
                change!(link, "notices", sql, id.0, digest.message)?;
                let sql = "UPDATE notices SET next_attempt = 0
                           WHERE id = $1 AND reason = 'withdrawn' AND next_attempt IS NULL AND state = 'open'";
                change!(link, "notices", sql, id.0)?;
            }
        }
        // Where another has the chat by now, what was not told is theirs.
        for (id, at) in self.later.iter().filter(|_| ours) {
            // Taken back before it was tried: nothing stands in the chat.
            let sql = "DELETE FROM notices
                       WHERE id = $1 AND reason = 'withdrawn' AND next_attempt IS NULL AND state = 'open'";
            change!(link, "notices", sql, id.0)?;
            // It was not on its way: who takes it back now need not wait to hear where it stands.
            let sql = "UPDATE notices SET attempts = 0, next_attempt = $2
                       WHERE id = $1 AND state = 'open' AND attempts > 0";
            change!(link, "notices", sql, id.0, row::second(*at))?;
        }
        Ok(())
    }
}

#[derive(sqlx::FromRow)]
struct UnansweredRow {
    requests: i64,
    late: i64,
    soon: i64,
    first: Option<i64>,
}

impl UnansweredRow {
    const TABLE: &'static str = "tokens";
}

async fn unanswered(
    link: &mut Link<'_>,
    audience: &AssociationId,
    now: DateTime<Utc>,
) -> Result<Unanswered, StoreError> {
    let sql = concat!(
        "SELECT COUNT(*) AS requests,
             COUNT(CASE WHEN respond_by <= $2 THEN 1 END) AS late,
             COUNT(CASE WHEN respond_by > $2 AND respond_by <= $2 + 3600 THEN 1 END) AS soon,
             MIN(CASE WHEN respond_by > $2 THEN respond_by END) AS first
         FROM tokens WHERE kind = 'handoff' AND (
             (association = $1 AND state = 'pending')
             OR (association <> $1 AND state IN ('pending', 'declined') AND ",
        told_of!("tokens.handoff"),
        " AND id IN (SELECT token FROM notices WHERE audience = $1)))"
    );
    let now = row::second(now);
    let Some(found) = read!(link, fetch_optional, UnansweredRow, sql, audience.as_str(), now)? else {
        return Ok(Unanswered::default());
    };
    let column = Column("tokens", "respond_by");
    Ok(Unanswered {
        requests: column.count(found.requests)?,
        late: column.count(found.late)?,
        soon: column.count(found.soon)?,
        first: found.first.map(|second| column.moment(second)).transpose()?,
    })
}
