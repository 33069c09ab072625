//! What a desk sees and does. Whoever is not asked learns nothing: another association's request, one that was
//! passed on and one that never was are the same to them.

use std::fmt;

use chrono::{DateTime, NaiveDate, Utc};

use super::StoreError;
use super::entry::{TokenId, TokenState};
use super::link::{Link, read};
use super::row::Column;
use crate::ids::{AssociationId, HandoffId};
use crate::terms::Kind;

/// Who looks at a desk, or acts at it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Viewer {
    /// Their association.
    pub association: AssociationId,
    /// It is a national team: it also sees what it was told of.
    pub team: bool,
}

/// A token as it stands on a desk.
#[derive(Clone, PartialEq, Eq)]
pub struct DeskToken {
    /// The id of the token.
    pub id: TokenId,
    /// The handoff it belongs to.
    pub handoff: HandoffId,
    /// The association it was sealed for first.
    pub association: AssociationId,
    /// What it tells.
    pub kind: Kind,
    /// Where it stands.
    pub state: TokenState,
    /// The hour in which it came.
    pub received_hour: DateTime<Utc>,
    /// When it goes on to the next.
    pub respond_by: DateTime<Utc>,
    /// The last day on which it is kept.
    pub expires_on: NaiveDate,
    /// Its place in the order of changes.
    pub changed: i64,
    /// The person wants no more messages about it.
    pub stopped: bool,
    /// The association whose volunteer accepted it.
    pub taker: Option<AssociationId>,
    /// The associations that said no to it.
    pub refused_by: Vec<AssociationId>,
    /// What became of a reply.
    pub delivery: Option<DeliveryState>,
    /// The age ciphertext; empty once it is gone.
    pub ciphertext: Vec<u8>,
}

impl fmt::Debug for DeskToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("DeskToken")
            .field("kind", &self.kind)
            .field("state", &self.state)
            .finish_non_exhaustive()
    }
}

super::entry::codes!(
    /// What became of a reply to a person.
    DeliveryState {
        /// It waits for the hour in which it may come.
        Queued = "queued",
        /// The person was told that there is a message.
        Delivered = "delivered",
        /// The person has opened it.
        Opened = "opened",
        /// The person cannot be reached here.
        Failed = "failed",
        /// The person wants no more messages.
        Stopped = "stopped",
        /// It was not opened in time, and its text is gone.
        Expired = "expired",
    }
);

#[derive(sqlx::FromRow)]
struct Row {
    id: Vec<u8>,
    handoff: Vec<u8>,
    association: String,
    kind: String,
    state: String,
    received_hour: i64,
    respond_by: i64,
    expires_on: i64,
    changed: i64,
    stopped: i64,
    taker: Option<String>,
    delivery: Option<String>,
    ciphertext: Vec<u8>,
}

impl Row {
    const TABLE: &'static str = "tokens";

    fn read(self) -> Result<DeskToken, StoreError> {
        let column = |name| Column("tokens", name);
        let delivery = |code: &str| {
            DeliveryState::from_code(code).ok_or_else(|| StoreError::corrupt("tokens", "delivery"))
        };
        Ok(DeskToken {
            id: TokenId::new(column("id").bytes(&self.id)?),
            handoff: HandoffId::new(column("handoff").bytes(&self.handoff)?),
            association: column("association").association(&self.association)?,
            kind: column("kind").kind(&self.kind)?,
            state: column("state").token_state(&self.state)?,
            received_hour: column("received_hour").moment(self.received_hour)?,
            respond_by: column("respond_by").moment(self.respond_by)?,
            expires_on: column("expires_on").date(self.expires_on)?,
            changed: self.changed,
            stopped: self.stopped != 0,
            refused_by: Vec::new(),
            taker: self.taker.as_deref().map(|slug| column("taker").association(slug)).transpose()?,
            delivery: self.delivery.as_deref().map(delivery).transpose()?,
            ciphertext: self.ciphertext,
        })
    }
}

/// Whether an association was told of a handoff: a notice about it was handed out, or, where the person took
/// the handoff back, a withdrawal is kept for it.
///
/// It is asked for one handoff at a time, from its tokens to their notices. `CROSS JOIN` and the empty text keep
/// SQLite to that way: by the notices of a national team it would read thousands for every row.
macro_rules! told_of {
    ($handoff:literal) => {
        concat!(
            "(EXISTS (SELECT 1 FROM tokens AS told CROSS JOIN notices
                WHERE notices.token = told.id AND told.handoff = ",
            $handoff,
            " AND notices.audience || '' = $1
                AND (notices.attempts > 0 OR notices.message IS NOT NULL OR notices.state <> 'open'
                    OR notices.way IS NOT NULL))
              OR EXISTS (SELECT 1 FROM tokens AS gone WHERE gone.handoff = ",
            $handoff,
            " AND gone.association || '' = $1 AND gone.kind = 'withdrawal'))"
        )
    };
}
pub(super) use told_of;

/// What stands on the desk of an association, by the index of its own tokens; and, for a national team, what it
/// was told of, by the order of all changes.
macro_rules! on_desk {
    ($whose:expr) => {
        concat!(
            "SELECT id, handoff, association, kind, state, received_hour, respond_by, expires_on, changed,
                 stopped, taker, delivery, ciphertext
             FROM tokens WHERE changed > $2 AND changed <= $3 AND ",
            $whose,
            " ORDER BY changed, leg, id LIMIT $4"
        )
    };
}
const OWN: &str = on_desk!("association = $1");
const OF_TEAM: &str = on_desk!(concat!(
    "(association = $1 OR (kind IN ('handoff', 'addition', 'message') AND ",
    told_of!("tokens.handoff"),
    "))"
));

/// Returns what has changed on a desk after a place in the order, oldest change first, and whether there is
/// more. What changed together comes together.
pub(super) async fn list(
    link: &mut Link<'_>,
    viewer: &Viewer,
    since: i64,
    limit: usize,
) -> Result<(Vec<DeskToken>, bool), StoreError> {
    let mut found = between(link, viewer, since, i64::MAX, limit.saturating_add(1)).await?;
    let more = found.len() > limit;
    if let Some(last) = found.last().map(|row| row.changed).filter(|_| more) {
        found.retain(|row| row.changed < last);
        if found.is_empty() {
            found = between(link, viewer, last - 1, last, usize::MAX).await?;
        }
    }
    let mut tokens = found.into_iter().map(Row::read).collect::<Result<Vec<_>, _>>()?;
    note_refusals(link, &mut tokens).await?;
    Ok((tokens, more))
}

#[derive(sqlx::FromRow)]
struct Refusal {
    handoff: Vec<u8>,
    association: String,
}

impl Refusal {
    const TABLE: &'static str = "refusals";
}

/// Notes at each request who said no to it, so that nobody passes it back to them.
async fn note_refusals(link: &mut Link<'_>, tokens: &mut [DeskToken]) -> Result<(), StoreError> {
    let (Some(first), Some(last)) = (tokens.first(), tokens.last()) else { return Ok(()) };
    let sql = "SELECT handoff, association FROM refusals WHERE handoff IN
                   (SELECT handoff FROM tokens WHERE changed >= $1 AND changed <= $2) ORDER BY association";
    for refusal in read!(link, fetch_all, Refusal, sql, first.changed, last.changed)? {
        let column = |name| Column("refusals", name);
        let handoff = HandoffId::new(column("handoff").bytes(&refusal.handoff)?);
        let association = column("association").association(&refusal.association)?;
        let same = |token: &&mut DeskToken| token.kind == Kind::Handoff && token.handoff == handoff;
        for token in tokens.iter_mut().filter(same) {
            token.refused_by.push(association.clone());
        }
    }
    Ok(())
}

async fn between(
    link: &mut Link<'_>,
    viewer: &Viewer,
    after: i64,
    until: i64,
    limit: usize,
) -> Result<Vec<Row>, StoreError> {
    let sql = if viewer.team { OF_TEAM } else { OWN };
    let limit = i64::try_from(limit).unwrap_or(i64::MAX);
    read!(link, fetch_all, Row, sql, viewer.association.as_str(), after, until, limit)
}
