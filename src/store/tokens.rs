//! Tokens: saved once, found by their handoff.

use super::entry::{HandoffRow, NewNotice, NewToken, NoticeRow, Saved, StoredToken, TokenState};
use super::link::{Link, Operation, change, read};
use super::row::{self, Notice, Number, Standing, Summary, Token};
use super::{Cause, StoreError, changes, reach};
use crate::ids::{AssociationId, HandoffId};
use crate::terms::Kind;

/// Keeps a token and its notices.
pub(super) struct Save {
    pub(super) token: NewToken,
    pub(super) notices: Vec<NewNotice>,
}

impl Operation for Save {
    type Output = Saved;

    async fn apply(&self, link: &mut Link<'_>) -> Result<Saved, StoreError> {
        let token = &self.token;
        let changed = changes::next(link).await?;
        if let Some(state) = withdrawn_before(link, token).await? {
            return Ok(Saved::Already(state));
        }
        let inserted = change!(
            link,
            "tokens",
            "INSERT INTO tokens
                (id, handoff, association, kind, ciphertext, received_hour, respond_by, expires_on, state,
                 changed, team)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 'pending', $9, $10) ON CONFLICT DO NOTHING",
            token.id.as_bytes().as_slice(),
            token.handoff.as_bytes().as_slice(),
            token.association.as_str(),
            token.kind.code(),
            token.ciphertext.as_slice(),
            row::hour(token.received),
            row::quarter(token.respond_by),
            row::day(token.expires_on),
            changed,
            token.team.as_ref().map(AssociationId::as_str),
        )?;
        if inserted == 0 {
            return standing_of(link, token).await.map(Saved::Already);
        }
        if let Some(reach) = &token.reach {
            reach::replace(link, token.handoff, reach, (changed, token.received)).await?;
        }
        for notice in &self.notices {
            insert_notice(link, token, notice).await?;
        }
        Ok(Saved::New)
    }
}

/// Returns where the handoff stands to which a token wants to add something, where it was taken back: what
/// comes after a withdrawal is not kept, however close behind.
async fn withdrawn_before(link: &mut Link<'_>, token: &NewToken) -> Result<Option<TokenState>, StoreError> {
    if token.kind == Kind::Handoff {
        return Ok(None);
    }
    let sql = "SELECT association, state FROM tokens WHERE handoff = $1 AND kind = 'handoff'
               ORDER BY leg DESC LIMIT 1";
    let found = read!(link, fetch_optional, Standing, sql, token.handoff.as_bytes().as_slice())?;
    let state = found.map(|row| row.read()).transpose()?.map(|(_, state)| state);
    Ok(state.filter(|state| matches!(state, TokenState::Revoked | TokenState::Expired)))
}

async fn insert_notice(link: &mut Link<'_>, token: &NewToken, notice: &NewNotice) -> Result<(), StoreError> {
    let due = row::due(token.received, notice.due);
    change!(
        link,
        "notices",
        "INSERT INTO notices (token, audience, reason, state, next_attempt)
         VALUES ($1, $2, $3, 'open', $4) ON CONFLICT DO NOTHING",
        token.id.as_bytes().as_slice(),
        notice.audience.as_str(),
        notice.reason.code(),
        due,
    )?;
    Ok(())
}

/// Returns where the row stands that kept a token from being inserted.
async fn standing_of(link: &mut Link<'_>, token: &NewToken) -> Result<TokenState, StoreError> {
    let handoff = (token.kind == Kind::Handoff).then(|| token.handoff.as_bytes().as_slice());
    let found = read!(
        link,
        fetch_optional,
        Standing,
        "SELECT association, state FROM tokens WHERE id = $1 OR (handoff = $2 AND kind = 'handoff')
         ORDER BY leg DESC LIMIT 1",
        token.id.as_bytes().as_slice(),
        handoff,
    )?;
    // It may have been swept away between the two statements; then the next try inserts.
    let row = found.ok_or(StoreError::Unavailable { retry: true, cause: Cause::Busy })?;
    row.read().map(|(_, state)| state)
}

/// Touches the tables without changing them.
pub(super) struct Touch;

impl Operation for Touch {
    type Output = ();

    async fn apply(&self, link: &mut Link<'_>) -> Result<(), StoreError> {
        let sql = "SELECT expires_on AS number FROM tokens LIMIT 1";
        read!(link, fetch_optional, Number, sql).map(|_| ())
    }
}

/// Returns what is known about a handoff.
pub(super) async fn handoff(
    link: &mut Link<'_>,
    handoff: HandoffId,
) -> Result<Option<HandoffRow>, StoreError> {
    let found = read!(
        link,
        fetch_optional,
        Summary,
        "SELECT handoff, association, state, received_hour, respond_by, expires_on, leg, seen, stopped, taker,
             address_no, held, team
         FROM tokens WHERE handoff = $1 AND kind = 'handoff' ORDER BY leg DESC LIMIT 1",
        handoff.as_bytes().as_slice(),
    )?;
    let Some(found) = found else { return Ok(None) };
    let notices = read!(
        link,
        fetch_all,
        Notice,
        "SELECT audience, reason, state, message FROM notices
         WHERE token IN (SELECT id FROM tokens WHERE handoff = $1) ORDER BY id",
        handoff.as_bytes().as_slice(),
    )?;
    let notices = notices.iter().map(Notice::read).collect::<Result<Vec<NoticeRow>, _>>()?;
    found.read(notices).map(Some)
}

/// Returns the newest tokens, as they lie in the table.
pub(super) async fn newest(link: &mut Link<'_>, limit: u32) -> Result<Vec<StoredToken>, StoreError> {
    let found = read!(
        link,
        fetch_all,
        Token,
        "SELECT id, handoff, association, kind, state, received_hour, respond_by, expires_on, ciphertext
         FROM tokens ORDER BY received_hour DESC, id LIMIT $1",
        i64::from(limit),
    )?;
    found.into_iter().map(Token::read).collect()
}
