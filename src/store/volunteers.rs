//! The store as the desk uses it.

use std::collections::BTreeMap;
use std::time::Duration;

use chrono::{DateTime, NaiveDate, Utc};

use super::acts::Act;
use super::audit::{Action, Audited};
use super::desk::{DeskToken, Viewer};
use super::entry::TokenId;
use super::met::Met;
use super::stand::Stand;
use super::waiting::{Came, DueMessage, NewReply, WaitingMessage};
use super::{Store, StoreError, acts, associations, audit, changes, desk, waiting};
use crate::ids::{AssociationId, HandoffId};

impl Store {
    /// Returns what has changed on a desk after a place in the order of changes, oldest change first, and
    /// whether there is more. What changed together comes together, so there can be more than `limit`.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`]; [`StoreError::Corrupt`] where a row was changed by another hand.
    pub async fn on_desk(
        &self,
        viewer: &Viewer,
        since: i64,
        limit: usize,
    ) -> Result<(Vec<DeskToken>, bool), StoreError> {
        desk::list(&mut self.reader().await?.link(), viewer, since, limit).await
    }

    /// Returns the latest place in the order of changes.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub async fn latest_change(&self) -> Result<i64, StoreError> {
        changes::latest(&mut self.reader().await?.link()).await
    }

    /// Does what a volunteer does with a request; of two who do it at once the first wins.
    ///
    /// `team` is told where nobody beside the association was to be told.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`]: nothing was done; [`StoreError::Corrupt`] where a row was changed by
    /// another hand.
    pub async fn perform(
        &self,
        viewer: Viewer,
        handoff: HandoffId,
        act: Act,
        team: Option<AssociationId>,
        now: DateTime<Utc>,
    ) -> Result<Met, StoreError> {
        self.write(acts::Perform { viewer, handoff, act, team, now }).await
    }

    /// Returns what a viewer would meet who writes to the person now.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`]; [`StoreError::Corrupt`] where a row was changed by another hand.
    pub async fn standing(&self, viewer: &Viewer, handoff: HandoffId) -> Result<Met, StoreError> {
        let mut reader = self.reader().await?;
        let stand = Stand::find(&mut reader.link(), viewer, handoff).await?;
        Ok(stand.map_or_else(|met| met, |stand| stand.to_write(viewer)))
    }

    /// Keeps a message to a person until it may come, for 72 hours at most.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`]: nothing was kept; [`StoreError::Corrupt`] where a row was changed by
    /// another hand.
    pub async fn reply(
        &self,
        viewer: Viewer,
        handoff: HandoffId,
        reply: NewReply,
        now: DateTime<Utc>,
    ) -> Result<Met, StoreError> {
        self.write(waiting::Reply { viewer, handoff, new: reply, now }).await
    }

    /// Hands out messages that are due, each to one caller only until its lease is over.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`]; [`StoreError::Corrupt`] where a row was changed by another hand.
    pub async fn claim_messages(
        &self,
        now: DateTime<Utc>,
        lease: Duration,
        limit: u32,
    ) -> Result<Vec<DueMessage>, StoreError> {
        self.write(waiting::Claim { now, lease, limit }).await
    }

    /// Notes what became of a message that was handed out.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`]; the message comes again after its lease.
    pub async fn message_settled(&self, token: TokenId, came: Came) -> Result<(), StoreError> {
        self.write(waiting::Settle { token, came }).await
    }

    /// Notes when to try a message again.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`]; the message comes again after its lease.
    pub async fn message_retry(&self, token: TokenId, at: DateTime<Utc>) -> Result<(), StoreError> {
        self.write(waiting::Retry { token, at }).await
    }

    /// Returns when the next message is due, if one waits.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`]; [`StoreError::Corrupt`] where a row was changed by another hand.
    pub async fn next_message(&self) -> Result<Option<DateTime<Utc>>, StoreError> {
        waiting::next_due(&mut self.reader().await?.link()).await
    }

    /// Returns the oldest message of a handoff that waits to be opened; nothing where none waits.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`]; [`StoreError::Corrupt`] where a row was changed by another hand.
    pub async fn waiting_message(
        &self,
        handoff: HandoffId,
        now: DateTime<Utc>,
    ) -> Result<Option<WaitingMessage>, StoreError> {
        waiting::next(&mut self.reader().await?.link(), handoff, now).await
    }

    /// Notes that a person has opened a message, and deletes its words.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`]: nothing was noted.
    pub async fn message_opened(&self, token: TokenId) -> Result<(), StoreError> {
        self.write(waiting::Open { token }).await
    }

    /// Deletes the messages whose time is over, opened or not, and returns how many those were.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`]: nothing was deleted.
    pub async fn expire_messages(&self, now: DateTime<Utc>) -> Result<u64, StoreError> {
        self.write(waiting::Expire { now }).await
    }

    /// Notes that a person wants no more messages about a request, and deletes those that wait. Returns
    /// whether the request is known.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`]: nothing was noted.
    pub async fn stop_messages(&self, handoff: HandoffId) -> Result<bool, StoreError> {
        self.write(waiting::Stop { handoff }).await
    }

    /// Counts an action at a desk that changes nothing else.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`]: nothing was counted.
    pub async fn audit(
        &self,
        association: AssociationId,
        action: Action,
        now: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        self.write(audit::Note { association, action, now }).await
    }

    /// Returns what was done at desks, by hour.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`]; [`StoreError::Corrupt`] where a row was changed by another hand.
    pub async fn audited(&self) -> Result<Vec<Audited>, StoreError> {
        audit::all(&mut self.reader().await?.link()).await
    }

    /// Returns the last day on which each association proved that it can decrypt.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`]; [`StoreError::Corrupt`] where a row was changed by another hand.
    pub async fn proofs(&self) -> Result<BTreeMap<AssociationId, NaiveDate>, StoreError> {
        associations::proofs(&mut self.reader().await?.link()).await
    }

    /// Returns how many requests wait unanswered at each association where any does.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`]; [`StoreError::Corrupt`] where a row was changed by another hand.
    pub async fn waiting_requests(&self) -> Result<BTreeMap<AssociationId, u32>, StoreError> {
        associations::waiting(&mut self.reader().await?.link()).await
    }

    /// Notes that an association's volunteers are warned on this day that a proof is due. Returns whether
    /// this caller is the one who has to warn them.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`]: nothing was noted.
    pub async fn warn_of_proof(&self, id: AssociationId, on: NaiveDate) -> Result<bool, StoreError> {
        self.write(associations::Warn { id, on }).await
    }
}
