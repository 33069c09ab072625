//! Devices of volunteers: those that were taken out, and sessions that ended before their time.

use chrono::{DateTime, Utc};

use super::link::{Link, Operation, change, read};
use super::row::{self, Column, Number};
use super::{Store, StoreError, changes};
use crate::directory::Removed;
use crate::ids::AssociationId;

/// A device that a coordinator took out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RemovedDevice {
    /// Its recipient.
    pub recipient: String,
    /// Since when nothing is sealed to it.
    pub at: DateTime<Utc>,
    /// The coordinator's signed statement, as JSON.
    pub removal: String,
}

#[derive(sqlx::FromRow)]
struct Row {
    association: String,
    recipient: String,
    removed_at: i64,
    removal: String,
}

impl Row {
    const TABLE: &'static str = "devices";

    fn at(&self) -> Result<DateTime<Utc>, StoreError> {
        Column(Self::TABLE, "removed_at").moment(self.removed_at)
    }
}

/// Returns the devices that were taken out, each with its association and the statement that says so.
pub(super) async fn removals(link: &mut Link<'_>) -> Result<Vec<(AssociationId, RemovedDevice)>, StoreError> {
    let sql = "SELECT association, recipient, removed_at, removal FROM devices
               WHERE removed_at IS NOT NULL ORDER BY association, recipient";
    let rows = read!(link, fetch_all, Row, sql)?;
    let device = |row: Row| {
        let (at, association) = (row.at()?, Column(Row::TABLE, "association").association(&row.association)?);
        Ok((association, RemovedDevice { recipient: row.recipient, at, removal: row.removal }))
    };
    rows.into_iter().map(device).collect()
}

/// Which session is asked about.
#[derive(Clone, Debug)]
pub struct SessionOf {
    /// Its random id.
    pub session: [u8; 16],
    /// The association.
    pub association: AssociationId,
    /// The recipient of the device, where it has a name.
    pub device: Option<String>,
    /// When it began.
    pub began: DateTime<Utc>,
}

/// Returns whether a session was ended before its time: by itself, with its device, or because its device is out.
pub(super) async fn has_ended(link: &mut Link<'_>, of: &SessionOf) -> Result<bool, StoreError> {
    let sql =
        "SELECT CAST(1 AS BIGINT) AS number WHERE EXISTS (SELECT 1 FROM ended_sessions WHERE session = $1)
               OR EXISTS (SELECT 1 FROM devices WHERE association = $2 AND recipient = $3
                          AND (removed_at IS NOT NULL OR ended_at >= $4))
               OR ($3 = '' AND EXISTS (SELECT 1 FROM devices WHERE association = $2 AND removed_at >= $4))";
    let device = of.device.as_deref().unwrap_or_default();
    let (session, began) = (of.session.as_slice(), row::second(of.began));
    let found = read!(link, fetch_optional, Number, sql, session, of.association.as_str(), device, began)?;
    Ok(found.is_some())
}

/// Takes a device out; a second statement changes nothing.
pub(super) struct Remove {
    pub(super) association: AssociationId,
    pub(super) device: RemovedDevice,
    /// The coordinator's device.
    pub(super) by: String,
}

impl Operation for Remove {
    /// Whether the coordinator's device was still there to say so.
    type Output = bool;

    async fn apply(&self, link: &mut Link<'_>) -> Result<bool, StoreError> {
        // Whoever listens looks again, and finds that their session has ended.
        changes::next(link).await?;
        // One after the other: two coordinators who take each other out must not both succeed.
        changes::hold(link).await?;
        let sql = "SELECT CAST(1 AS BIGINT) AS number FROM devices
                   WHERE association = $1 AND recipient = $2 AND removed_at IS NOT NULL";
        let out = read!(link, fetch_optional, Number, sql, self.association.as_str(), self.by.as_str())?;
        if out.is_some() {
            return Ok(false);
        }
        let sql = "INSERT INTO devices (association, recipient, removed_at, removal) VALUES ($1, $2, $3, $4)
                   ON CONFLICT (association, recipient) DO UPDATE
                   SET removed_at = excluded.removed_at, removal = excluded.removal
                   WHERE devices.removed_at IS NULL";
        let (association, device) = (self.association.as_str(), &self.device);
        let (recipient, removal) = (device.recipient.as_str(), device.removal.as_str());
        change!(link, "devices", sql, association, recipient, row::second(device.at), removal)?;
        Ok(true)
    }
}

/// Ends every session of a device that began until now.
pub(super) struct SignOut {
    pub(super) association: AssociationId,
    pub(super) recipient: String,
    pub(super) now: DateTime<Utc>,
}

impl Operation for SignOut {
    type Output = ();

    async fn apply(&self, link: &mut Link<'_>) -> Result<(), StoreError> {
        // Whoever listens looks again, and finds that their session has ended.
        changes::next(link).await?;
        let sql = "INSERT INTO devices (association, recipient, ended_at) VALUES ($1, $2, $3)
                   ON CONFLICT (association, recipient) DO UPDATE SET ended_at = excluded.ended_at";
        let (association, recipient) = (self.association.as_str(), self.recipient.as_str());
        change!(link, "devices", sql, association, recipient, row::second(self.now)).map(|_| ())
    }
}

/// Ends one session, and forgets those that would be over by now.
pub(super) struct EndSession {
    pub(super) session: [u8; 16],
    pub(super) until: DateTime<Utc>,
    pub(super) now: DateTime<Utc>,
}

impl Operation for EndSession {
    type Output = ();

    async fn apply(&self, link: &mut Link<'_>) -> Result<(), StoreError> {
        // Whoever listens looks again, and finds that their session has ended.
        changes::next(link).await?;
        let sql = "DELETE FROM ended_sessions WHERE until < $1";
        change!(link, "ended_sessions", sql, row::second(self.now))?;
        let sql =
            "INSERT INTO ended_sessions (session, until) VALUES ($1, $2) ON CONFLICT (session) DO NOTHING";
        let session = self.session.as_slice();
        change!(link, "ended_sessions", sql, session, row::second(self.until)).map(|_| ())
    }
}

impl Store {
    /// Returns every device that a coordinator took out: nothing is sealed to them any more.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`]; [`StoreError::Corrupt`] where a row was changed by another hand.
    pub async fn removed_devices(&self) -> Result<Removed, StoreError> {
        let removals = self.removals().await?;
        Ok(removals.into_iter().map(|(whose, device)| (whose, device.recipient, device.at)).collect())
    }

    /// Returns the devices that were taken out, each with its association and the statement that says so.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`]; [`StoreError::Corrupt`] where a row was changed by another hand.
    pub async fn removals(&self) -> Result<Vec<(AssociationId, RemovedDevice)>, StoreError> {
        removals(&mut self.reader().await?.link()).await
    }

    /// Takes a device out of its association, as the device `by` says; its sessions end with it. A second time changes
    /// nothing. Returns false, and does nothing, where `by` was taken out itself.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`]: nothing was noted.
    pub async fn remove_device(
        &self,
        association: AssociationId,
        device: RemovedDevice,
        by: String,
    ) -> Result<bool, StoreError> {
        self.write(Remove { association, device, by }).await
    }

    /// Ends every session of a device that began until now.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`]: nothing was noted.
    pub async fn sign_out_device(
        &self,
        association: AssociationId,
        recipient: String,
        now: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        self.write(SignOut { association, recipient, now }).await
    }

    /// Ends one session before its time, which would have been `until`.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`]: nothing was noted.
    pub async fn end_session(
        &self,
        session: [u8; 16],
        until: DateTime<Utc>,
        now: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        self.write(EndSession { session, until, now }).await
    }

    /// Returns whether a session was ended before its time: by itself, with its device, or because a device of its
    /// association was taken out and it names none.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub async fn session_has_ended(&self, of: &SessionOf) -> Result<bool, StoreError> {
        has_ended(&mut self.reader().await?.link(), of).await
    }
}
