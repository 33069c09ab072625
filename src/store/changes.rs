//! The order of changes, by which a desk asks for what it has not seen.

use super::StoreError;
use super::link::{Link, Operation, change, read};
use super::row::Number;
use crate::ids::HandoffId;

/// Takes the next place in the order. It is held until the commit: nobody sees a later one before.
pub(super) async fn next(link: &mut Link<'_>) -> Result<i64, StoreError> {
    let sql = "UPDATE changes SET latest = latest + 1 WHERE id = 1 RETURNING latest AS number";
    let row = read!(link, fetch_optional, Number, sql)?;
    row.and_then(|row| row.number).ok_or_else(|| StoreError::corrupt("changes", "latest"))
}

/// Waits for its turn like [`next`], without taking a place: for what no desk has to hear of.
pub(super) async fn hold(link: &mut Link<'_>) -> Result<(), StoreError> {
    change!(link, "changes", "UPDATE changes SET latest = latest WHERE id = 1").map(|_| ())
}

/// Returns the latest place that was taken.
pub(super) async fn latest(link: &mut Link<'_>) -> Result<i64, StoreError> {
    let sql = "SELECT latest AS number FROM changes WHERE id = 1";
    let row = read!(link, fetch_optional, Number, sql)?;
    row.and_then(|row| row.number).ok_or_else(|| StoreError::corrupt("changes", "latest"))
}

/// Notes that rows have changed for those who look on: a national team that was told of them.
///
/// Like whatever changes tokens, it takes its place in the order first: on PostgreSQL that place is the lock
/// behind which all of them wait, so that none waits for another in a circle.
pub(super) struct Touch {
    pub(super) handoffs: Vec<HandoffId>,
}

impl Operation for Touch {
    type Output = ();

    async fn apply(&self, link: &mut Link<'_>) -> Result<(), StoreError> {
        let changed = next(link).await?;
        for handoff in &self.handoffs {
            let sql = "UPDATE tokens SET changed = $2 WHERE handoff = $1";
            change!(link, "tokens", sql, handoff.as_bytes().as_slice(), changed)?;
        }
        Ok(())
    }
}
