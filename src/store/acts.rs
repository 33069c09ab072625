//! What a volunteer does with a request: take it, say no, pass it on, close it. One transaction each, and of
//! two who do the same at once the first wins.

use std::fmt;

use chrono::{DateTime, TimeDelta, Utc};

use super::desk::Viewer;
use super::entry::{NoticeReason, TokenId, TokenState};
use super::link::{Link, Operation, change, read};
use super::met::Met;
use super::row::{self, Column, Slug};
use super::stand::Stand;
use super::{StoreError, audit, changes};
use crate::ids::{AssociationId, HandoffId};
use crate::terms::Kind;

/// The shortest and the longest time that the next association has, in seconds.
const NEXT_ANSWERS: (i64, i64) = (30 * 60, 24 * 3_600);

/// Something to be kept for one's own association: who took a request, or a note.
#[derive(Clone, PartialEq, Eq)]
pub struct Paper {
    /// The id of its token.
    pub id: TokenId,
    /// The age ciphertext.
    pub ciphertext: Vec<u8>,
}

impl fmt::Debug for Paper {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Paper").field("id", &self.id).finish_non_exhaustive()
    }
}

/// What a volunteer does with a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Act {
    /// Opens it on their screen.
    Read,
    /// Takes it.
    Accept {
        /// Who took it, for their own association.
        claim: Paper,
    },
    /// Says no.
    Decline,
    /// Passes it on, sealed anew.
    PassOn {
        /// To whom.
        to: AssociationId,
        /// The request, sealed to them.
        sealed: Paper,
    },
    /// Writes something down.
    Note {
        /// The note.
        note: Paper,
    },
    /// Closes it.
    Close,
}

/// One act of one volunteer.
pub(super) struct Perform {
    pub(super) viewer: Viewer,
    pub(super) handoff: HandoffId,
    pub(super) act: Act,
    /// Who is told where nobody beside the association was to be told.
    pub(super) team: Option<AssociationId>,
    pub(super) now: DateTime<Utc>,
}

impl Operation for Perform {
    type Output = Met;

    async fn apply(&self, link: &mut Link<'_>) -> Result<Met, StoreError> {
        let changed = changes::next(link).await?;
        let stand = match Stand::find(link, &self.viewer, self.handoff).await? {
            Ok(stand) => stand,
            Err(met) => return Ok(met),
        };
        let met = match &self.act {
            Act::Read => self.read(link, &stand, changed).await,
            Act::Accept { claim } => self.accept(link, &stand, claim, changed).await,
            Act::Decline => self.decline(link, &stand, changed).await,
            Act::PassOn { to, sealed } => self.pass_on(link, &stand, to, sealed, changed).await,
            Act::Note { note } => {
                let when = (changed, row::hour(self.now));
                insert_own(link, &self.viewer, &stand, Kind::Note, note, when).await?;
                Ok(Met::Done(stand.state))
            }
            Act::Close => self.close(link, &stand, changed).await,
        }?;
        if let (Met::Done(_), Some(action)) = (&met, self.act.audited()) {
            audit::note(link, &self.viewer.association, action, self.now).await?;
        }
        Ok(met)
    }
}

impl Act {
    const fn audited(&self) -> Option<audit::Action> {
        match self {
            Self::Read => None,
            Self::Accept { .. } => Some(audit::Action::Accepted),
            Self::Decline => Some(audit::Action::Declined),
            Self::PassOn { .. } => Some(audit::Action::PassedOn),
            Self::Note { .. } => Some(audit::Action::Noted),
            Self::Close => Some(audit::Action::Closed),
        }
    }
}

impl Perform {
    async fn read(&self, link: &mut Link<'_>, stand: &Stand, changed: i64) -> Result<Met, StoreError> {
        let sql = "UPDATE tokens SET seen = 1, changed = $2 WHERE id = $1 AND seen = 0";
        change!(link, "tokens", sql, stand.id.as_slice(), changed)?;
        Ok(Met::Done(stand.state))
    }

    /// The first to accept has it; one who had said no may think again while nobody else has it.
    async fn accept(
        &self,
        link: &mut Link<'_>,
        stand: &Stand,
        claim: &Paper,
        changed: i64,
    ) -> Result<Met, StoreError> {
        let viewer = &self.viewer;
        match stand.state {
            TokenState::Pending | TokenState::Declined => {}
            TokenState::Accepted => {
                let by = stand.taker.clone().unwrap_or_else(|| stand.holder.clone());
                let own = by == viewer.association;
                let claim = if own { claim_of(link, viewer, stand).await? } else { None };
                return Ok(Met::Taken { by, claim });
            }
            TokenState::PassedOn | TokenState::Done | TokenState::Revoked | TokenState::Expired => {
                return Ok(Met::NotOpen(stand.state));
            }
        }
        change!(
            link,
            "tokens",
            "UPDATE tokens SET state = 'accepted', taker = $2, seen = 1, changed = $3 WHERE id = $1",
            stand.id.as_slice(),
            viewer.association.as_str(),
            changed,
        )?;
        let sql = "DELETE FROM refusals WHERE handoff = $1 AND association = $2";
        change!(link, "refusals", sql, stand.handoff.as_bytes().as_slice(), viewer.association.as_str())?;
        insert_own(link, viewer, stand, Kind::Claim, claim, (changed, row::hour(self.now))).await?;
        drop_waiting_notices(link, stand).await?;
        Ok(Met::Done(TokenState::Accepted))
    }

    async fn decline(&self, link: &mut Link<'_>, stand: &Stand, changed: i64) -> Result<Met, StoreError> {
        let slug = self.viewer.association.as_str();
        if !stand.is_open() {
            return Ok(Met::NotOpen(stand.state));
        }
        if let Some(by) = stand.taken_by_other(&self.viewer) {
            return Ok(Met::Taken { by, claim: None });
        }
        let sql = "INSERT INTO refusals (handoff, association) VALUES ($1, $2) ON CONFLICT DO NOTHING";
        change!(link, "refusals", sql, stand.handoff.as_bytes().as_slice(), slug)?;
        let theirs = stand.holder == self.viewer.association || stand.taker.is_some();
        if !theirs || stand.state == TokenState::Declined {
            // A team that looks on says no for itself alone.
            return Ok(Met::Done(stand.state));
        }
        let sql = "UPDATE tokens SET state = 'declined', taker = NULL, changed = $2 WHERE id = $1";
        change!(link, "tokens", sql, stand.id.as_slice(), changed)?;
        let others = self.others_to_tell(link, stand).await?;
        drop_waiting_notices(link, stand).await?;
        for other in others {
            insert_notice(link, &stand.id, &other, NoticeReason::Declined, row::hour(self.now)).await?;
        }
        Ok(Met::Done(TokenState::Declined))
    }

    async fn pass_on(
        &self,
        link: &mut Link<'_>,
        stand: &Stand,
        to: &AssociationId,
        sealed: &Paper,
        changed: i64,
    ) -> Result<Met, StoreError> {
        if !stand.is_open() || *to == stand.holder {
            return Ok(Met::NotOpen(stand.state));
        }
        if let Some(by) = stand.taken_by_other(&self.viewer) {
            return Ok(Met::Taken { by, claim: None });
        }
        let handoff = stand.handoff.as_bytes().as_slice();
        if has_refused(link, handoff, to).await? {
            return Ok(Met::RefusedBefore);
        }
        let others = self.others_to_tell(link, stand).await?;
        let sql = "UPDATE tokens SET state = 'passed_on', changed = $2 WHERE id = $1";
        change!(link, "tokens", sql, stand.id.as_slice(), changed)?;
        drop_waiting_notices(link, stand).await?;
        // As long as the first had, within reason: how urgent it is, only the sealed record says.
        let time = (stand.respond_by - stand.received_hour).clamp(NEXT_ANSWERS.0, NEXT_ANSWERS.1);
        let respond_by = row::quarter(self.now + TimeDelta::seconds(time));
        change!(
            link,
            "tokens",
            "INSERT INTO tokens (id, handoff, association, kind, ciphertext, received_hour, respond_by,
                 expires_on, state, leg, changed, stopped, held, address_no, team)
             VALUES ($1, $2, $3, 'handoff', $4, $5, $6, $7, 'pending', $8, $9, $10, $11, $12, $13)",
            sealed.id.as_bytes().as_slice(),
            handoff,
            to.as_str(),
            sealed.ciphertext.as_slice(),
            row::hour(self.now),
            respond_by,
            stand.expires_on,
            stand.leg + 1,
            changed,
            i64::from(stand.stopped),
            i64::from(stand.held),
            stand.address_no,
            stand.team.as_deref(),
        )?;
        let next = sealed.id.as_bytes().as_slice();
        insert_notice(link, next, to, NoticeReason::New, row::hour(self.now)).await?;
        for other in others.iter().filter(|other| *other != to) {
            insert_notice(link, next, other, NoticeReason::Late, respond_by).await?;
        }
        Ok(Met::Done(TokenState::PassedOn))
    }

    async fn close(&self, link: &mut Link<'_>, stand: &Stand, changed: i64) -> Result<Met, StoreError> {
        if let Some(by) = stand.taken_by_other(&self.viewer) {
            return Ok(Met::Taken { by, claim: None });
        }
        match stand.state {
            TokenState::Done => return Ok(Met::Done(TokenState::Done)),
            TokenState::Pending | TokenState::Accepted | TokenState::Declined => {}
            TokenState::PassedOn | TokenState::Revoked | TokenState::Expired => {
                return Ok(Met::NotOpen(stand.state));
            }
        }
        let sql = "UPDATE tokens SET state = 'done', changed = $2 WHERE id = $1";
        change!(link, "tokens", sql, stand.id.as_slice(), changed)?;
        drop_waiting_notices(link, stand).await?;
        Ok(Met::Done(TokenState::Done))
    }

    /// Returns who is told beside the one who acts: those who were to be told, else the national team.
    async fn others_to_tell(
        &self,
        link: &mut Link<'_>,
        stand: &Stand,
    ) -> Result<Vec<AssociationId>, StoreError> {
        let sql = "SELECT DISTINCT audience AS slug FROM notices
                   WHERE audience <> $2 AND audience <> $3 AND token IN
                       (SELECT id FROM tokens WHERE handoff = $1 AND kind = 'handoff')
                   AND audience NOT IN (SELECT association FROM tokens WHERE handoff = $1 AND kind = 'handoff')";
        let own = self.viewer.association.as_str();
        let handoff = stand.handoff.as_bytes().as_slice();
        let found = read!(link, fetch_all, Slug, sql, handoff, own, stand.holder.as_str())?;
        let mut others = found
            .iter()
            .map(|row| Column("notices", "audience").association(&row.slug))
            .collect::<Result<Vec<_>, _>>()?;
        if others.is_empty() {
            others.extend(self.team.clone().filter(|team| *team != self.viewer.association));
        }
        Ok(others)
    }
}

#[derive(sqlx::FromRow)]
struct Sealed {
    ciphertext: Vec<u8>,
}

impl Sealed {
    const TABLE: &'static str = "tokens";
}

/// Returns the newest claim of an association on a request.
async fn claim_of(
    link: &mut Link<'_>,
    viewer: &Viewer,
    stand: &Stand,
) -> Result<Option<Vec<u8>>, StoreError> {
    let sql = "SELECT ciphertext FROM tokens WHERE handoff = $1 AND kind = 'claim' AND association = $2
               ORDER BY changed DESC LIMIT 1";
    let handoff = stand.handoff.as_bytes().as_slice();
    let found = read!(link, fetch_optional, Sealed, sql, handoff, viewer.association.as_str())?;
    Ok(found.map(|row| row.ciphertext))
}

async fn has_refused(
    link: &mut Link<'_>,
    handoff: &[u8],
    association: &AssociationId,
) -> Result<bool, StoreError> {
    let sql = "SELECT association AS slug FROM refusals WHERE handoff = $1 AND association = $2";
    read!(link, fetch_optional, Slug, sql, handoff, association.as_str()).map(|row| row.is_some())
}

/// Keeps a token that only the viewer's own association can open.
pub(super) async fn insert_own(
    link: &mut Link<'_>,
    viewer: &Viewer,
    stand: &Stand,
    kind: Kind,
    paper: &Paper,
    (changed, hour): (i64, i64),
) -> Result<(), StoreError> {
    change!(
        link,
        "tokens",
        "INSERT INTO tokens (id, handoff, association, kind, ciphertext, received_hour, respond_by, expires_on,
             state, leg, changed, delivery)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 'done', $9, $10, $11)",
        paper.id.as_bytes().as_slice(),
        stand.handoff.as_bytes().as_slice(),
        viewer.association.as_str(),
        kind.code(),
        paper.ciphertext.as_slice(),
        hour,
        stand.respond_by,
        stand.expires_on,
        stand.leg,
        changed,
        (kind == Kind::Reply).then_some("queued"),
    )?;
    Ok(())
}

/// Drops the notices about a request that nobody has been given yet: somebody has answered it.
async fn drop_waiting_notices(link: &mut Link<'_>, stand: &Stand) -> Result<(), StoreError> {
    let sql = "DELETE FROM notices WHERE state = 'open' AND attempts = 0 AND reason IN ('late', 'declined')
               AND token IN (SELECT id FROM tokens WHERE handoff = $1 AND kind = 'handoff')";
    change!(link, "notices", sql, stand.handoff.as_bytes().as_slice())?;
    Ok(())
}

async fn insert_notice(
    link: &mut Link<'_>,
    token: &[u8],
    audience: &AssociationId,
    reason: NoticeReason,
    due: i64,
) -> Result<(), StoreError> {
    let sql = "INSERT INTO notices (token, audience, reason, state, next_attempt)
               VALUES ($1, $2, $3, 'open', $4) ON CONFLICT DO NOTHING";
    change!(link, "notices", sql, token, audience.as_str(), reason.code(), due)?;
    Ok(())
}
