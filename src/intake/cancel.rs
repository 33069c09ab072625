//! Taking a request back: the server forgets what was said, and whoever had it is told, signed and sealed.

use chrono::{DateTime, Utc};

use super::{HandOffFault, Intake};
use crate::conversation::Outcome;
use crate::directory::Removed;
use crate::handoff::{self, sign};
use crate::ids::{AssociationId, Code, HandoffId};
use crate::record::Withdrawal;
use crate::sealing;
use crate::store::{Paper, SealedWithdrawal, StoreError, TokenId};

/// How often it is looked again who had the request: it may be passed on while it is taken back.
const ROUNDS: usize = 3;

impl Intake {
    pub(super) async fn cancel(&self, code: Code, now: DateTime<Utc>) -> Outcome {
        for handoff in self.keys.handoffs(code) {
            // One that is not there is gone already.
            if let Err(fault) = self.take_back(handoff, now).await {
                tracing::error!(%fault, "a request could not be erased; the person was told so");
                return Outcome::NotCancelled;
            }
        }
        self.due.notify_one();
        Outcome::Cancelled
    }

    /// Erases what is kept of a request. Erasing waits for nothing: what cannot be sealed is left out, and the
    /// desks of those associations are still told by the state of the request.
    async fn take_back(&self, handoff: HandoffId, now: DateTime<Utc>) -> Result<(), StoreError> {
        let mut untold = self.store.handed_to(handoff).await?;
        let removed = self.store.removed_devices().await?;
        for _ in 0..ROUNDS {
            let sealed = self.withdrawals(handoff, &untold, &removed, now);
            let Some(withdrawn) = self.store.withdraw(handoff, sealed, now).await? else { return Ok(()) };
            untold = withdrawn.untold;
            untold.retain(|association| self.directory.find(association).is_some());
            if untold.is_empty() {
                break;
            }
        }
        Ok(())
    }

    fn withdrawals(
        &self,
        handoff: HandoffId,
        associations: &[AssociationId],
        removed: &Removed,
        now: DateTime<Utc>,
    ) -> Vec<SealedWithdrawal> {
        let mut sealed = Vec::new();
        for association in associations {
            match self.withdrawal(handoff, association, removed, now) {
                Ok(one) => sealed.extend(one),
                Err(fault) => tracing::error!(%association, %fault, "a withdrawal could not be sealed"),
            }
        }
        sealed
    }

    /// Seals the withdrawal to one association alone, so that it does not tell who else had the request; nothing
    /// where the directory no longer knows it.
    fn withdrawal(
        &self,
        handoff: HandoffId,
        association: &AssociationId,
        removed: &Removed,
        now: DateTime<Utc>,
    ) -> Result<Option<SealedWithdrawal>, HandOffFault> {
        let Some(reader) = self.directory.find(association) else { return Ok(None) };
        let withdrawal = Withdrawal::new(handoff, now, sign(handoff));
        let sealed = handoff::seal_withdrawal(&withdrawal, &reader.recipients(removed), self.keys.signing())?;
        let mut id = [0; 16];
        sealing::random(&mut id).map_err(|_| HandOffFault::Randomness)?;
        let paper = Paper { id: TokenId::new(id), ciphertext: sealed.into_bytes() };
        Ok(Some(SealedWithdrawal { association: association.clone(), paper }))
    }
}
