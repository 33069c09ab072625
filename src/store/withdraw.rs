//! Taking a request back: what was said is gone, and whoever had it learns that it was withdrawn.

use std::fmt;

use chrono::{DateTime, Utc};

use super::acts::Paper;
use super::entry::{Told, Withdrawn};
use super::link::{Link, Operation, change, read};
use super::row::{self, Column, Notice, Slug};
use super::{StoreError, changes};
use crate::ids::{AssociationId, HandoffId};

/// A signed withdrawal, sealed to one association that had the request.
#[derive(Clone, PartialEq, Eq)]
pub struct SealedWithdrawal {
    /// The association that can open it.
    pub association: AssociationId,
    /// Its token.
    pub paper: Paper,
}

impl fmt::Debug for SealedWithdrawal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SealedWithdrawal").finish_non_exhaustive()
    }
}

/// Takes back a handoff: empties its tokens, turns its notices, and keeps the withdrawals.
///
/// Whatever changes tokens takes its place in the order of changes first, so that a request cannot be passed
/// on while it is taken back: the later of the two sees what the earlier did.
pub(super) struct Withdraw {
    pub(super) handoff: HandoffId,
    pub(super) sealed: Vec<SealedWithdrawal>,
    pub(super) now: DateTime<Utc>,
}

/// The last leg of a request.
#[derive(sqlx::FromRow)]
struct LastLeg {
    association: String,
    state: String,
    leg: i64,
    respond_by: i64,
    expires_on: i64,
}

impl LastLeg {
    const TABLE: &'static str = "tokens";
}

impl Operation for Withdraw {
    type Output = Option<Withdrawn>;
    const ERASES: bool = true;

    async fn apply(&self, link: &mut Link<'_>) -> Result<Option<Withdrawn>, StoreError> {
        let handoff = self.handoff.as_bytes().as_slice();
        let changed = changes::next(link).await?;
        let last = read!(
            link,
            fetch_optional,
            LastLeg,
            "SELECT association, state, leg, respond_by, expires_on FROM tokens
             WHERE handoff = $1 AND kind = 'handoff' ORDER BY leg DESC LIMIT 1",
            handoff,
        )?;
        let Some(last) = last else { return Ok(None) };
        let association = Column("tokens", "association").association(&last.association)?;
        let was = Column("tokens", "state").token_state(&last.state)?;
        let had = handed_to(link, self.handoff).await?;
        // What tells that it was withdrawn says nothing else, and stays until the request's own last day.
        change!(
            link,
            "tokens",
            "UPDATE tokens SET state = 'revoked', ciphertext = $2, next_attempt = NULL, changed = $3,
                 delivery = CASE WHEN delivery = 'queued' THEN 'stopped' ELSE delivery END
             WHERE handoff = $1 AND state <> 'revoked' AND kind <> 'withdrawal'",
            handoff,
            [0_u8; 0].as_slice(),
            changed,
        )?;
        change!(link, "waiting", "DELETE FROM waiting WHERE handoff = $1", handoff)?;
        change!(link, "refusals", "DELETE FROM refusals WHERE handoff = $1", handoff)?;
        let untold = self.keep_withdrawals(link, had, &last, changed).await?;
        let told = turn_notices(link, handoff, self.now).await?;
        Ok(Some(Withdrawn { association, was, told, untold }))
    }
}

impl Withdraw {
    /// Keeps a withdrawal for everyone who had the request, once, and returns those for whom there is none.
    async fn keep_withdrawals(
        &self,
        link: &mut Link<'_>,
        had: Vec<AssociationId>,
        last: &LastLeg,
        changed: i64,
    ) -> Result<Vec<AssociationId>, StoreError> {
        let handoff = self.handoff.as_bytes().as_slice();
        let sql = "SELECT association AS slug FROM tokens WHERE handoff = $1 AND kind = 'withdrawal'";
        let kept: Vec<Slug> = read!(link, fetch_all, Slug, sql, handoff)?;
        let mut untold = Vec::new();
        for association in had {
            if kept.iter().any(|kept| kept.slug == association.as_str()) {
                continue;
            }
            let Some(sealed) = self.sealed.iter().find(|sealed| sealed.association == association) else {
                untold.push(association);
                continue;
            };
            change!(
                link,
                "tokens",
                "INSERT INTO tokens (id, handoff, association, kind, ciphertext, received_hour, respond_by,
                     expires_on, state, leg, changed)
                 VALUES ($1, $2, $3, 'withdrawal', $4, $5, $6, $7, 'done', $8, $9)",
                sealed.paper.id.as_bytes().as_slice(),
                handoff,
                association.as_str(),
                sealed.paper.ciphertext.as_slice(),
                row::hour(self.now),
                last.respond_by,
                last.expires_on,
                last.leg,
                changed,
            )?;
        }
        Ok(untold)
    }
}

/// Returns the associations that had a request, each once: those it was sealed for, and a national team that
/// was told of it. Whoever was only going to be told later has not had it.
pub(super) async fn handed_to(
    link: &mut Link<'_>,
    handoff: HandoffId,
) -> Result<Vec<AssociationId>, StoreError> {
    let sql = "SELECT association AS slug FROM tokens WHERE handoff = $1 AND kind = 'handoff'
               UNION SELECT notices.audience AS slug FROM notices JOIN tokens ON tokens.id = notices.token
                   WHERE tokens.handoff = $1
                     AND (notices.attempts > 0 OR notices.message IS NOT NULL OR notices.state <> 'open'
                          OR notices.way IS NOT NULL)
               ORDER BY slug";
    let found = read!(link, fetch_all, Slug, sql, handoff.as_bytes().as_slice())?;
    found.iter().map(|row| Column("tokens", "association").association(&row.slug)).collect()
}

/// Drops the notices that nobody has seen and makes the others due once more, to be replaced.
///
/// One that may be on its way keeps its place without a turn, so that
/// [`notice_sent`](super::Store::notice_sent) can give it one. One that was told together has no message of its
/// own: it is due so that the message for many is told anew.
async fn turn_notices(
    link: &mut Link<'_>,
    handoff: &[u8],
    now: DateTime<Utc>,
) -> Result<Vec<Told>, StoreError> {
    change!(
        link,
        "notices",
        "DELETE FROM notices WHERE token IN (SELECT id FROM tokens WHERE handoff = $1)
         AND (state = 'failed' OR (state = 'open' AND attempts = 0 AND reason <> 'withdrawn'))",
        handoff,
    )?;
    let turned = read!(
        link,
        fetch_all,
        Notice,
        "UPDATE notices SET reason = 'withdrawn', state = 'open', attempts = 0,
             next_attempt = CASE WHEN message IS NULL AND (way IS NULL OR way = 'alone') THEN NULL ELSE $2 END,
             message = CASE WHEN way = 'together' THEN NULL ELSE message END
         WHERE token IN (SELECT id FROM tokens WHERE handoff = $1) AND reason <> 'withdrawn'
         RETURNING audience, reason, state, message",
        handoff,
        row::second(now),
    )?;
    let mut told = Vec::new();
    for notice in &turned {
        if let Some(message) = notice.message {
            told.push(Told { audience: notice.read()?.audience, message });
        }
    }
    Ok(told)
}
