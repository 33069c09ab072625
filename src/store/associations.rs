//! What changes about an association without a new signature: its last proof, its pause.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};

use super::StoreError;
use super::entry::AssociationState;
use super::link::{Link, Operation, change, read};
use super::row::{self, Column};
use crate::ids::AssociationId;

#[derive(sqlx::FromRow)]
struct Row {
    last_proof_on: Option<i64>,
    paused_until: Option<i64>,
    proof_warned_on: Option<i64>,
}

impl Row {
    const TABLE: &'static str = "associations";
}

/// Returns what is remembered about an association; nothing yet is a state too.
pub(super) async fn state(link: &mut Link<'_>, id: &AssociationId) -> Result<AssociationState, StoreError> {
    let sql = "SELECT last_proof_on, paused_until, proof_warned_on FROM associations WHERE id = $1";
    let Some(row) = read!(link, fetch_optional, Row, sql, id.as_str())? else {
        return Ok(AssociationState::default());
    };
    let date = |day| Column("associations", "last_proof_on").date(day);
    let warned = |day| Column("associations", "proof_warned_on").date(day);
    let moment = |second| Column("associations", "paused_until").moment(second);
    Ok(AssociationState {
        last_proof_on: row.last_proof_on.map(date).transpose()?,
        paused_until: row.paused_until.map(moment).transpose()?,
        proof_warned_on: row.proof_warned_on.map(warned).transpose()?,
    })
}

#[derive(sqlx::FromRow)]
struct Slug {
    id: String,
}

impl Slug {
    const TABLE: &'static str = "associations";
}

/// Returns the associations that take no new requests at this moment.
pub(super) async fn paused_at(
    link: &mut Link<'_>,
    now: DateTime<Utc>,
) -> Result<Vec<AssociationId>, StoreError> {
    let sql = "SELECT id FROM associations WHERE paused_until > $1 ORDER BY id";
    let rows = read!(link, fetch_all, Slug, sql, row::second(now))?;
    rows.iter().map(|row| Column("associations", "id").association(&row.id)).collect()
}

#[derive(sqlx::FromRow)]
struct Waiting {
    association: String,
    requests: i64,
}

impl Waiting {
    const TABLE: &'static str = "tokens";
}

/// Returns how many requests wait unanswered at each association where any does.
pub(super) async fn waiting(link: &mut Link<'_>) -> Result<BTreeMap<AssociationId, u32>, StoreError> {
    let sql = "SELECT association, count(*) AS requests FROM tokens
               WHERE kind = 'handoff' AND state = 'pending' GROUP BY association";
    let rows = read!(link, fetch_all, Waiting, sql)?;
    let waiting = |row: &Waiting| {
        let id = Column("tokens", "association").association(&row.association)?;
        Ok((id, u32::try_from(row.requests).unwrap_or(u32::MAX)))
    };
    rows.iter().map(waiting).collect()
}

/// Notes until when an association takes no new requests.
pub(super) struct Pause {
    pub(super) id: AssociationId,
    pub(super) until: Option<DateTime<Utc>>,
}

impl Operation for Pause {
    type Output = ();

    async fn apply(&self, link: &mut Link<'_>) -> Result<(), StoreError> {
        let sql = "INSERT INTO associations (id, paused_until) VALUES ($1, $2)
                   ON CONFLICT (id) DO UPDATE SET paused_until = excluded.paused_until";
        change!(link, "associations", sql, self.id.as_str(), self.until.map(row::second)).map(|_| ())
    }
}

/// Notes the day on which an association proved that it can decrypt.
pub(super) struct Prove {
    pub(super) id: AssociationId,
    pub(super) on: NaiveDate,
}

impl Operation for Prove {
    type Output = ();

    async fn apply(&self, link: &mut Link<'_>) -> Result<(), StoreError> {
        let sql = "INSERT INTO associations (id, last_proof_on) VALUES ($1, $2)
                   ON CONFLICT (id) DO UPDATE SET last_proof_on = excluded.last_proof_on
                   WHERE associations.last_proof_on IS NULL
                      OR associations.last_proof_on < excluded.last_proof_on";
        change!(link, "associations", sql, self.id.as_str(), row::day(self.on)).map(|_| ())
    }
}

#[derive(sqlx::FromRow)]
struct Proved {
    id: String,
    last_proof_on: i64,
}

impl Proved {
    const TABLE: &'static str = "associations";
}

/// Returns the last day on which each association proved that it can decrypt.
pub(super) async fn proofs(link: &mut Link<'_>) -> Result<BTreeMap<AssociationId, NaiveDate>, StoreError> {
    let sql = "SELECT id, last_proof_on FROM associations WHERE last_proof_on IS NOT NULL";
    let rows = read!(link, fetch_all, Proved, sql)?;
    let proved = |row: &Proved| {
        let id = Column("associations", "id").association(&row.id)?;
        Ok((id, Column("associations", "last_proof_on").date(row.last_proof_on)?))
    };
    rows.iter().map(proved).collect()
}

/// Notes that an association's volunteers were warned, unless they were warned on that day already.
pub(super) struct Warn {
    pub(super) id: AssociationId,
    pub(super) on: NaiveDate,
}

impl Operation for Warn {
    type Output = bool;

    async fn apply(&self, link: &mut Link<'_>) -> Result<bool, StoreError> {
        let sql = "INSERT INTO associations (id, proof_warned_on) VALUES ($1, $2)
                   ON CONFLICT (id) DO UPDATE SET proof_warned_on = excluded.proof_warned_on
                   WHERE associations.proof_warned_on IS NULL
                      OR associations.proof_warned_on < excluded.proof_warned_on";
        change!(link, "associations", sql, self.id.as_str(), row::day(self.on)).map(|changed| changed > 0)
    }
}
