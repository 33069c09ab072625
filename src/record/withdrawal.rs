//! What an association hears when a person takes a request back: that, and no more.

use std::fmt;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::hour_of;
use crate::ids::HandoffId;
use crate::terms::Kind;

/// A record of kind `withdrawal`: the person took this request back.
///
/// # Privacy
/// It names the request and the hour, and repeats nothing: no language, no consent, no way to answer.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Withdrawal {
    v: u8,
    kind: Kind,
    handoff: HandoffId,
    received: DateTime<Utc>,
    sign: String,
}

impl Withdrawal {
    /// Notes that a request was taken back; the hour of it is kept.
    #[must_use]
    pub fn new(handoff: HandoffId, at: DateTime<Utc>, sign: String) -> Self {
        Self { v: 1, kind: Kind::Withdrawal, handoff, received: hour_of(at), sign }
    }

    /// Returns what this piece is: `withdrawal`, unless it was read from a token that is none.
    #[must_use]
    pub const fn kind(&self) -> Kind {
        self.kind
    }

    /// Returns the request that was taken back.
    #[must_use]
    pub const fn handoff(&self) -> HandoffId {
        self.handoff
    }

    /// Returns the three pictures of the request.
    #[must_use]
    pub fn sign(&self) -> &str {
        &self.sign
    }

    /// Returns the hour in which it was taken back.
    #[must_use]
    pub const fn received(&self) -> DateTime<Utc> {
        self.received
    }
}

impl fmt::Debug for Withdrawal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Withdrawal").finish_non_exhaustive()
    }
}
