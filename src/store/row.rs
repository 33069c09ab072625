//! From columns to words and back. What no state allows is an error, never a guess.

use std::time::Duration;

use chrono::{DateTime, Datelike as _, NaiveDate, Utc};

use super::StoreError;
use super::entry::{
    DueNotice, HandoffRow, NoticeId, NoticeReason, NoticeRow, NoticeState, StoredToken, TokenId, TokenState,
};
use super::rounds::NoticeWay;
use crate::ids::{AssociationId, HandoffId};
use crate::terms::Kind;

/// The day number of 1970-01-01 in the count of the common era.
const EPOCH_DAY: i32 = 719_163;
const HOUR: i64 = 3_600;
const QUARTER: i64 = 900;
const FIVE_MINUTES: i64 = 300;

const TOKENS: &str = "tokens";
const NOTICES: &str = "notices";

/// Returns the seconds since 1970 of a moment.
pub(super) const fn second(moment: DateTime<Utc>) -> i64 {
    moment.timestamp()
}

/// Returns the second at which a lease ends that begins at a second: one later at least.
pub(super) fn lease_end(now: i64, lease: Duration) -> i64 {
    now.saturating_add(i64::try_from(lease.as_secs().max(1)).unwrap_or(i64::MAX))
}

/// Returns the beginning of the hour of a moment.
pub(super) const fn hour(moment: DateTime<Utc>) -> i64 {
    moment.timestamp().div_euclid(HOUR) * HOUR
}

/// Returns the end of the quarter of an hour in which a moment lies.
///
/// A deadline kept to the second would tell when the person wrote.
pub(super) const fn quarter(moment: DateTime<Utc>) -> i64 {
    round_up(moment, QUARTER)
}

const fn round_up(moment: DateTime<Utc>, step: i64) -> i64 {
    (moment.timestamp() + step - 1).div_euclid(step) * step
}

/// Returns when a notice about what came at a moment is due: from the hour on where it is due at once, else the
/// end of the quarter of an hour; of the five minutes where it waits no longer than that.
pub(super) fn due(received: DateTime<Utc>, due: DateTime<Utc>) -> i64 {
    if due <= received {
        return hour(received);
    }
    let soon = (due - received).num_seconds() <= FIVE_MINUTES;
    if soon { round_up(due, FIVE_MINUTES) } else { quarter(due) }
}

/// Returns the days since 1970 of a date.
pub(super) fn day(date: NaiveDate) -> i64 {
    i64::from(date.num_days_from_ce() - EPOCH_DAY)
}

/// Reads one column of a table.
#[derive(Clone, Copy)]
pub(super) struct Column(pub(super) &'static str, pub(super) &'static str);

impl Column {
    pub(super) fn corrupt(self) -> StoreError {
        StoreError::corrupt(self.0, self.1)
    }

    pub(super) fn moment(self, second: i64) -> Result<DateTime<Utc>, StoreError> {
        DateTime::from_timestamp(second, 0).ok_or_else(|| self.corrupt())
    }

    pub(super) fn date(self, day: i64) -> Result<NaiveDate, StoreError> {
        let day = i32::try_from(day).ok().and_then(|day| day.checked_add(EPOCH_DAY));
        day.and_then(NaiveDate::from_num_days_from_ce_opt).ok_or_else(|| self.corrupt())
    }

    pub(super) fn count(self, number: i64) -> Result<u32, StoreError> {
        u32::try_from(number).map_err(|_| self.corrupt())
    }

    pub(super) fn bytes(self, bytes: &[u8]) -> Result<[u8; 16], StoreError> {
        bytes.try_into().map_err(|_| self.corrupt())
    }

    pub(super) fn association(self, slug: &str) -> Result<AssociationId, StoreError> {
        slug.parse().map_err(|_| self.corrupt())
    }

    pub(super) fn kind(self, code: &str) -> Result<Kind, StoreError> {
        code.parse().map_err(|_| self.corrupt())
    }

    pub(super) fn token_state(self, code: &str) -> Result<TokenState, StoreError> {
        TokenState::from_code(code).ok_or_else(|| self.corrupt())
    }

    fn reason(self, code: &str) -> Result<NoticeReason, StoreError> {
        NoticeReason::from_code(code).ok_or_else(|| self.corrupt())
    }

    fn way(self, code: &str) -> Result<NoticeWay, StoreError> {
        NoticeWay::from_code(code).ok_or_else(|| self.corrupt())
    }

    pub(super) fn notice_state(self, code: &str) -> Result<NoticeState, StoreError> {
        NoticeState::from_code(code).ok_or_else(|| self.corrupt())
    }
}

/// One value alone.
#[derive(sqlx::FromRow)]
pub(super) struct Number {
    pub(super) number: Option<i64>,
}

impl Number {
    pub(super) const TABLE: &'static str = TOKENS;
}

/// The name of an association alone.
#[derive(sqlx::FromRow)]
pub(super) struct Slug {
    pub(super) slug: String,
}

impl Slug {
    pub(super) const TABLE: &'static str = TOKENS;
}

/// The columns that say where a handoff stands.
#[derive(sqlx::FromRow)]
pub(super) struct Standing {
    association: String,
    state: String,
}

impl Standing {
    pub(super) const TABLE: &'static str = TOKENS;

    pub(super) fn read(&self) -> Result<(AssociationId, TokenState), StoreError> {
        let association = Column(TOKENS, "association").association(&self.association)?;
        Ok((association, Column(TOKENS, "state").token_state(&self.state)?))
    }
}

/// The columns of a token.
#[derive(sqlx::FromRow)]
pub(super) struct Token {
    id: Vec<u8>,
    handoff: Vec<u8>,
    association: String,
    kind: String,
    state: String,
    received_hour: i64,
    respond_by: i64,
    expires_on: i64,
    ciphertext: Vec<u8>,
}

impl Token {
    pub(super) const TABLE: &'static str = TOKENS;

    pub(super) fn read(self) -> Result<StoredToken, StoreError> {
        let state = Column(TOKENS, "state").token_state(&self.state)?;
        Ok(StoredToken {
            id: TokenId::new(Column(TOKENS, "id").bytes(&self.id)?),
            handoff: HandoffId::new(Column(TOKENS, "handoff").bytes(&self.handoff)?),
            association: Column(TOKENS, "association").association(&self.association)?,
            kind: Column(TOKENS, "kind").kind(&self.kind)?,
            state,
            received_hour: Column(TOKENS, "received_hour").moment(self.received_hour)?,
            respond_by: Column(TOKENS, "respond_by").moment(self.respond_by)?,
            expires_on: Column(TOKENS, "expires_on").date(self.expires_on)?,
            ciphertext: self.ciphertext,
        })
    }
}

/// The columns of a handoff, without its ciphertext.
#[derive(sqlx::FromRow)]
pub(super) struct Summary {
    handoff: Vec<u8>,
    association: String,
    state: String,
    received_hour: i64,
    respond_by: i64,
    expires_on: i64,
    leg: i64,
    seen: i64,
    stopped: i64,
    taker: Option<String>,
    address_no: i64,
    held: i64,
    team: Option<String>,
}

impl Summary {
    pub(super) const TABLE: &'static str = TOKENS;

    pub(super) fn read(&self, notices: Vec<NoticeRow>) -> Result<HandoffRow, StoreError> {
        Ok(HandoffRow {
            handoff: HandoffId::new(Column(TOKENS, "handoff").bytes(&self.handoff)?),
            association: Column(TOKENS, "association").association(&self.association)?,
            state: Column(TOKENS, "state").token_state(&self.state)?,
            received_hour: Column(TOKENS, "received_hour").moment(self.received_hour)?,
            respond_by: Column(TOKENS, "respond_by").moment(self.respond_by)?,
            expires_on: Column(TOKENS, "expires_on").date(self.expires_on)?,
            leg: Column(TOKENS, "leg").count(self.leg)?,
            seen: self.seen != 0,
            stopped: self.stopped != 0,
            taker: self.taker.as_deref().map(|slug| Column(TOKENS, "taker").association(slug)).transpose()?,
            address_no: Column(TOKENS, "address_no").count(self.address_no)?,
            held: self.held != 0,
            team: self.team.as_deref().map(|slug| Column(TOKENS, "team").association(slug)).transpose()?,
            notices,
        })
    }
}

/// The columns of a notice that its handoff shows.
#[derive(sqlx::FromRow)]
pub(super) struct Notice {
    audience: String,
    reason: String,
    state: String,
    pub(super) message: Option<i64>,
}

impl Notice {
    pub(super) const TABLE: &'static str = NOTICES;

    pub(super) fn read(&self) -> Result<NoticeRow, StoreError> {
        Ok(NoticeRow {
            audience: Column(NOTICES, "audience").association(&self.audience)?,
            reason: Column(NOTICES, "reason").reason(&self.reason)?,
            state: Column(NOTICES, "state").notice_state(&self.state)?,
            was_sent: self.message.is_some(),
        })
    }
}

/// The columns of a notice that is to be sent, with those of its token.
#[derive(sqlx::FromRow)]
pub(super) struct Due {
    id: i64,
    token: Vec<u8>,
    audience: String,
    reason: String,
    attempts: i64,
    message: Option<i64>,
    way: Option<String>,
    handoff: Vec<u8>,
    association: String,
    kind: String,
    received_hour: i64,
    respond_by: i64,
    ciphertext: Vec<u8>,
}

impl Due {
    pub(super) const TABLE: &'static str = NOTICES;

    pub(super) fn read(self) -> Result<DueNotice, StoreError> {
        let attempts = Column(NOTICES, "attempts").count(self.attempts)?;
        Ok(DueNotice {
            id: NoticeId(self.id),
            token: TokenId::new(Column(NOTICES, "token").bytes(&self.token)?),
            handoff: HandoffId::new(Column(TOKENS, "handoff").bytes(&self.handoff)?),
            association: Column(TOKENS, "association").association(&self.association)?,
            kind: Column(TOKENS, "kind").kind(&self.kind)?,
            audience: Column(NOTICES, "audience").association(&self.audience)?,
            reason: Column(NOTICES, "reason").reason(&self.reason)?,
            way: self.way.as_deref().map(|code| Column(NOTICES, "way").way(code)).transpose()?,
            received_hour: Column(TOKENS, "received_hour").moment(self.received_hour)?,
            respond_by: Column(TOKENS, "respond_by").moment(self.respond_by)?,
            attempts,
            message: self.message,
            ciphertext: self.ciphertext,
        })
    }
}
