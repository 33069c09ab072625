//! Where a request stands for the one who looks at it.

use super::StoreError;
use super::desk::{Viewer, told_of};
use super::entry::TokenState;
use super::link::{Link, read};
use super::met::Met;
use super::row::{Column, Number};
use crate::ids::{AssociationId, HandoffId};

/// A request as it stands for one viewer.
pub(super) struct Stand {
    pub(super) id: Vec<u8>,
    pub(super) handoff: HandoffId,
    pub(super) holder: AssociationId,
    pub(super) state: TokenState,
    pub(super) leg: i64,
    pub(super) taker: Option<AssociationId>,
    pub(super) stopped: bool,
    pub(super) held: bool,
    pub(super) address_no: i64,
    pub(super) team: Option<String>,
    pub(super) received_hour: i64,
    pub(super) respond_by: i64,
    pub(super) expires_on: i64,
}

#[derive(sqlx::FromRow)]
struct LegRow {
    id: Vec<u8>,
    association: String,
    state: String,
    leg: i64,
    taker: Option<String>,
    stopped: i64,
    held: i64,
    address_no: i64,
    team: Option<String>,
    received_hour: i64,
    respond_by: i64,
    expires_on: i64,
}

impl LegRow {
    const TABLE: &'static str = "tokens";

    fn read(self, handoff: HandoffId) -> Result<Stand, StoreError> {
        let association = |name, slug: &str| Column("tokens", name).association(slug);
        Ok(Stand {
            id: self.id,
            handoff,
            holder: association("association", &self.association)?,
            state: Column("tokens", "state").token_state(&self.state)?,
            leg: self.leg,
            taker: self.taker.as_deref().map(|slug| association("taker", slug)).transpose()?,
            stopped: self.stopped != 0,
            held: self.held != 0,
            address_no: self.address_no,
            team: self.team,
            received_hour: self.received_hour,
            respond_by: self.respond_by,
            expires_on: self.expires_on,
        })
    }
}

impl Stand {
    /// Returns the leg of a request that a viewer may act on: their own latest, or as a national team that was
    /// told the last one.
    pub(super) async fn find(
        link: &mut Link<'_>,
        viewer: &Viewer,
        handoff: HandoffId,
    ) -> Result<Result<Self, Met>, StoreError> {
        let sql = "SELECT id, association, state, leg, taker, stopped, held, address_no, team,
                       received_hour, respond_by, expires_on
                   FROM tokens WHERE handoff = $1 AND kind = 'handoff' ORDER BY leg DESC";
        let legs = read!(link, fetch_all, LegRow, sql, handoff.as_bytes().as_slice())?;
        let told = viewer.team && is_told(link, viewer, handoff).await?;
        let mut seen = None;
        for leg in legs {
            let leg = leg.read(handoff)?;
            if told || leg.holder == viewer.association {
                seen = Some(leg);
                break;
            }
        }
        Ok(match seen {
            None => Err(Met::Unknown),
            Some(leg) if matches!(leg.state, TokenState::Revoked | TokenState::Expired) => {
                Err(Met::Withdrawn)
            }
            Some(leg) => Ok(leg),
        })
    }

    /// Returns whether a volunteer of another association has it.
    pub(super) fn taken_by_other(&self, viewer: &Viewer) -> Option<AssociationId> {
        let taker = self.taker.as_ref().filter(|_| self.state == TokenState::Accepted)?;
        (*taker != viewer.association).then(|| taker.clone())
    }

    /// Returns what a viewer meets who writes to the person.
    pub(super) fn to_write(&self, viewer: &Viewer) -> Met {
        if self.stopped {
            return Met::Stopped;
        }
        if !self.is_open() {
            return Met::NotOpen(self.state);
        }
        match self.taken_by_other(viewer) {
            Some(by) => Met::Taken { by, claim: None },
            None if self.state == TokenState::Accepted && self.held => Met::NoMessages,
            None if self.state == TokenState::Accepted => Met::Done(self.state),
            None => Met::NotAccepted,
        }
    }

    /// Returns whether it is this viewer's turn: theirs, and not passed on or closed.
    pub(super) const fn is_open(&self) -> bool {
        matches!(self.state, TokenState::Pending | TokenState::Accepted | TokenState::Declined)
    }
}

async fn is_told(link: &mut Link<'_>, viewer: &Viewer, handoff: HandoffId) -> Result<bool, StoreError> {
    let sql = concat!("SELECT leg AS number FROM tokens WHERE handoff = $2 AND ", told_of!("$2"));
    let slug = viewer.association.as_str();
    read!(link, fetch_optional, Number, sql, slug, handoff.as_bytes().as_slice()).map(|row| row.is_some())
}
