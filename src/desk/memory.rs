//! What a terminal keeps between two commands: whom it believes, its session, and that it has stopped.

use std::fmt;

use chrono::{DateTime, Utc};
use secrecy::{ExposeSecret as _, SecretString};
use serde::{Deserialize, Serialize, Serializer};

use crate::directory::Anchor;

/// What a device keeps for one desk. The file that holds it is for its owner alone: a session stands in it.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct DeskMemory {
    /// Whom it believes; nothing before the enrolment.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) anchor: Option<Anchor>,
    /// The session that holds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) session: Option<Session>,
    /// Why nothing more is done at this desk until a person has acted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) stopped: Option<String>,
}

/// A session as it is kept.
#[derive(Clone, Serialize, Deserialize)]
pub(super) struct Session {
    #[serde(serialize_with = "exposed")]
    pub(super) token: SecretString,
    pub(super) expires: DateTime<Utc>,
    /// The recipient of the device, where it has a name at the server.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) device: Option<String>,
}

impl fmt::Debug for Session {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Session").field("expires", &self.expires).finish_non_exhaustive()
    }
}

fn exposed<S: Serializer>(token: &SecretString, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(token.expose_secret())
}

impl DeskMemory {
    /// Goes on at a desk that was not believed: a person has asked the operator.
    pub fn go_on(&mut self) {
        self.stopped = None;
        self.session = None;
    }

    /// Forgets whom it believed: a person has typed the words of a new paper.
    pub fn enrol_anew(&mut self) {
        *self = Self::default();
    }

    /// Returns whether this device was enrolled at the desk.
    #[must_use]
    pub const fn is_enrolled(&self) -> bool {
        self.anchor.is_some()
    }

    /// Returns the session, where it still holds for a moment.
    pub(super) fn session_at(&self, now: DateTime<Utc>) -> Option<&Session> {
        self.session.as_ref().filter(|session| now < session.expires)
    }
}
