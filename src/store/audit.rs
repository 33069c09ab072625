//! What was done at a desk, counted by hour: neither by whom nor to whom.

use chrono::{DateTime, Utc};

use super::StoreError;
use super::link::{Link, Operation, change, read};
use super::row::{self, Column};
use crate::ids::AssociationId;

super::entry::codes!(
    /// What was done.
    Action {
        /// A volunteer signed in.
        SignedIn = "signed_in",
        /// A request was taken.
        Accepted = "accepted",
        /// A request was refused.
        Declined = "declined",
        /// A request was passed on.
        PassedOn = "passed_on",
        /// A person was written to.
        Replied = "replied",
        /// A note was written.
        Noted = "noted",
        /// A request was closed.
        Closed = "closed",
        /// The association paused, or ended its pause.
        Paused = "paused",
    }
);

/// How often something was done in an hour.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Audited {
    /// By whose volunteers.
    pub association: AssociationId,
    /// What.
    pub action: Action,
    /// In which hour.
    pub hour: DateTime<Utc>,
    /// How often.
    pub times: u32,
}

/// Counts an action.
pub(super) async fn note(
    link: &mut Link<'_>,
    association: &AssociationId,
    action: Action,
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    let sql = "INSERT INTO audit (association, action, hour, times) VALUES ($1, $2, $3, 1)
               ON CONFLICT (association, action, hour) DO UPDATE SET times = audit.times + 1";
    change!(link, "audit", sql, association.as_str(), action.code(), row::hour(now)).map(|_| ())
}

/// Counts an action that changes nothing else.
pub(super) struct Note {
    pub(super) association: AssociationId,
    pub(super) action: Action,
    pub(super) now: DateTime<Utc>,
}

impl Operation for Note {
    type Output = ();

    async fn apply(&self, link: &mut Link<'_>) -> Result<(), StoreError> {
        note(link, &self.association, self.action, self.now).await
    }
}

#[derive(sqlx::FromRow)]
struct Row {
    association: String,
    action: String,
    hour: i64,
    times: i64,
}

impl Row {
    const TABLE: &'static str = "audit";
}

/// Returns everything that was counted, oldest hour first.
pub(super) async fn all(link: &mut Link<'_>) -> Result<Vec<Audited>, StoreError> {
    let sql = "SELECT association, action, hour, times FROM audit ORDER BY hour, association, action";
    let rows = read!(link, fetch_all, Row, sql)?;
    let read = |row: Row| {
        let action = Action::from_code(&row.action).ok_or_else(|| StoreError::corrupt("audit", "action"))?;
        Ok(Audited {
            association: Column("audit", "association").association(&row.association)?,
            action,
            hour: Column("audit", "hour").moment(row.hour)?,
            times: Column("audit", "times").count(row.times)?,
        })
    };
    rows.into_iter().map(read).collect()
}
