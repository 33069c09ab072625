//! Pace: what each chat of volunteers was told of late, and who tells it now.

use chrono::{DateTime, Utc};

use super::StoreError;
use super::link::{Link, change, read};
use super::row::{self, Column};
use crate::ids::AssociationId;

/// How often another chat is looked for where a second sender was quicker.
const LOOKS: usize = 8;

/// How many notices of either kind came in a quarter of an hour.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Arrivals {
    /// Of those that can wait a little.
    pub usual: u32,
    /// Of those where minutes count.
    pub urgent: u32,
}

/// A message that stands for many in a chat of volunteers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Digest {
    /// Its id in the chat.
    pub message: i64,
    /// When it was sent, cut to five minutes.
    pub begun: DateTime<Utc>,
}

/// What a chat of volunteers was told of late.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Pace {
    /// The quarter of an hour that is counted.
    pub quarter: DateTime<Utc>,
    /// What came in it.
    pub came: Arrivals,
    /// What came in the quarter before.
    pub before: Arrivals,
    /// When many were told together last, cut to five minutes.
    pub digest_told: DateTime<Utc>,
    /// The message for many that stands in the chat.
    pub digest: Option<Digest>,
}

#[derive(sqlx::FromRow)]
struct Slug {
    slug: String,
}

impl Slug {
    const TABLE: &'static str = "notices";
}

#[derive(sqlx::FromRow)]
pub(super) struct PaceRow {
    pub(super) association: String,
    quarter: i64,
    usual: i64,
    urgent: i64,
    usual_before: i64,
    urgent_before: i64,
    digest_told: i64,
    digest: Option<i64>,
    digest_begun: Option<i64>,
}

impl PaceRow {
    const TABLE: &'static str = "pace";

    pub(super) fn pace(&self) -> Result<Pace, StoreError> {
        let count = |name, number| Column("pace", name).count(number);
        let moment = |name, second| Column("pace", name).moment(second);
        let digest = match (self.digest, self.digest_begun) {
            (Some(message), Some(begun)) => Some(Digest { message, begun: moment("digest_begun", begun)? }),
            (None, None) => None,
            (Some(_), None) | (None, Some(_)) => return Err(StoreError::corrupt("pace", "digest")),
        };
        Ok(Pace {
            quarter: moment("quarter", self.quarter)?,
            came: Arrivals { usual: count("usual", self.usual)?, urgent: count("urgent", self.urgent)? },
            before: Arrivals {
                usual: count("usual_before", self.usual_before)?,
                urgent: count("urgent_before", self.urgent_before)?,
            },
            digest_told: moment("digest_told", self.digest_told)?,
            digest,
        })
    }
}

/// Takes a chat for which something is due, and that nobody else is telling.
pub(super) async fn hold(link: &mut Link<'_>, now: i64, until: i64) -> Result<Option<PaceRow>, StoreError> {
    for _ in 0..LOOKS {
        let sql = "SELECT notices.audience AS slug
                   FROM notices LEFT JOIN pace ON pace.association = notices.audience
                   WHERE notices.state = 'open' AND notices.next_attempt <= $1
                     AND (pace.held_until IS NULL OR pace.held_until <= $1)
                   ORDER BY notices.next_attempt, notices.id LIMIT 1";
        let Some(found) = read!(link, fetch_optional, Slug, sql, now)? else { return Ok(None) };
        let sql = "INSERT INTO pace (association, held_until) VALUES ($1, $2)
                   ON CONFLICT (association) DO UPDATE SET held_until = excluded.held_until
                   WHERE pace.held_until <= $3
                   RETURNING association, quarter, usual, urgent, usual_before, urgent_before, digest_told,
                       digest, digest_begun";
        // Another replica may have been quicker; then the next look sees it.
        let held = read!(link, fetch_optional, PaceRow, sql, found.slug.as_str(), until, now)?;
        if held.is_some() {
            return Ok(held);
        }
    }
    Ok(None)
}

/// Notes what a chat was told of late.
pub(super) async fn keep_pace(
    link: &mut Link<'_>,
    audience: &AssociationId,
    pace: &Pace,
) -> Result<(), StoreError> {
    change!(
        link,
        "pace",
        "UPDATE pace SET quarter = $2, usual = $3, urgent = $4, usual_before = $5, urgent_before = $6,
             digest_told = $7, digest = $8, digest_begun = $9 WHERE association = $1",
        audience.as_str(),
        row::second(pace.quarter),
        i64::from(pace.came.usual),
        i64::from(pace.came.urgent),
        i64::from(pace.before.usual),
        i64::from(pace.before.urgent),
        row::second(pace.digest_told),
        pace.digest.map(|digest| digest.message),
        pace.digest.map(|digest| row::second(digest.begun)),
    )
    .map(|_| ())
}
