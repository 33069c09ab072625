//! The sweep: deletes what is past its time, counts what that was, and looks whether anything was left.

use chrono::{DateTime, Utc};

use super::entry::Swept;
use super::link::{Link, Operation, change, read};
use super::row::{self, Column, Number};
use super::{StoreError, changes};
use crate::terms::Kind;

/// How many days it is kept what was done at a desk.
const AUDIT_DAYS: i64 = 365;
const DAY: i64 = 24 * 3_600;

/// The tokens whose time is over: those of a request end on its last day in the hour in which it came, so that
/// nothing is kept longer than was agreed. Whatever else stands in the table goes after its last day.
macro_rules! past {
    () => {
        "expires_on < $1 OR handoff IN (SELECT handoff FROM tokens WHERE kind = 'handoff' AND leg = 0
             AND expires_on * 86400 + received_hour % 86400 <= $2)"
    };
}

/// Deletes what has outlived its time.
pub(super) struct Sweep {
    pub(super) now: DateTime<Utc>,
}

#[derive(sqlx::FromRow)]
struct Gone {
    kind: String,
    state: String,
}

impl Gone {
    const TABLE: &'static str = "tokens";
}

impl Operation for Sweep {
    type Output = Swept;
    const ERASES: bool = true;

    async fn apply(&self, link: &mut Link<'_>) -> Result<Swept, StoreError> {
        changes::hold(link).await?;
        let (today, now) = (row::day(self.now.date_naive()), row::second(self.now));
        let sql = concat!("DELETE FROM notices WHERE token IN (SELECT id FROM tokens WHERE ", past!(), ")");
        let notices = change!(link, "notices", sql, today, now)?;
        let sql = concat!("DELETE FROM tokens WHERE ", past!(), " RETURNING kind, state");
        let gone = read!(link, fetch_all, Gone, sql, today, now)?;
        let sql = "DELETE FROM refusals WHERE handoff NOT IN (SELECT handoff FROM tokens)";
        let refusals = change!(link, "refusals", sql)?;
        let sql = "DELETE FROM audit WHERE hour < $1";
        let audit = change!(link, "audit", sql, (today - AUDIT_DAYS) * DAY)?;
        let mut swept = Swept { notices, refusals, audit, ..Swept::default() };
        for row in gone {
            let kind = Column("tokens", "kind").kind(&row.kind)?;
            swept.unanswered += u64::from(kind == Kind::Handoff && row.state == "pending");
            *swept.tokens.entry(kind).or_default() += 1;
        }
        Ok(swept)
    }
}

/// Returns how many rows are past their time and still there.
pub(super) async fn overdue(link: &mut Link<'_>, now: DateTime<Utc>) -> Result<u64, StoreError> {
    let (today, second) = (row::day(now.date_naive()), row::second(now));
    let sql = concat!(
        "SELECT (SELECT count(*) FROM tokens WHERE ",
        past!(),
        ") + (SELECT count(*) FROM waiting WHERE expires_at <= $2)
           + (SELECT count(*) FROM refusals WHERE handoff NOT IN (SELECT handoff FROM tokens))
           + (SELECT count(*) FROM audit WHERE hour < $3) AS number"
    );
    let found = read!(link, fetch_optional, Number, sql, today, second, (today - AUDIT_DAYS) * DAY)?;
    Ok(found.and_then(|row| row.number).and_then(|count| u64::try_from(count).ok()).unwrap_or_default())
}
