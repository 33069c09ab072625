//! What a step says to who cannot do something, by what they can do about it.

use chrono::{DateTime, Utc};

use super::End;
use crate::ids::AssociationId;

/// Why an act changes nothing.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// There is no such request for them; whether it is there for others they do not learn.
    #[error("there is no such request")]
    Unknown,
    /// The act is not one of theirs: the caller is wrong.
    #[error("this act belongs to somebody else")]
    NotTheirs,
    /// The request has ended; show how.
    #[error("the request has ended")]
    Over(End),
    /// It was theirs, and is not any more.
    #[error("the request is no longer theirs")]
    Parted,
    /// Somebody else has it; they can look on.
    #[error("another association has the request")]
    Taken {
        /// Who.
        by: AssociationId,
    },
    /// It has to be taken first.
    #[error("the request has to be taken first")]
    NotTaken,
    /// What was passed on has to be opened first.
    #[error("what was passed on has to be opened first")]
    NotOpened,
    /// The person changed how to be reached: read anew, then write.
    #[error("the person changed how to be reached")]
    AddressOld,
    /// So many messages wait unread that no more are kept: wait.
    #[error("too many messages wait to be read")]
    TooManyUnread,
    /// That association takes nothing now, or does not fit: choose another.
    #[error("this association cannot be asked")]
    CannotBeAsked,
    /// That association was asked before: choose another.
    #[error("this association was asked before")]
    AskedBefore,
    /// It was passed on as often as is good: decline, so that the team has it.
    #[error("the request was passed on too often")]
    TooManyHops,
    /// It takes a second volunteer.
    #[error("it takes a second volunteer")]
    NeedsSecond,
    /// No safeguarding key is in the directory: show numbers to call.
    #[error("nobody can be told")]
    NobodyToTell,
    /// There is nothing to be done: show how it stands.
    #[error("there is nothing to be done")]
    Nothing,
    /// It is not time yet.
    #[error("it is not time yet")]
    NotYet {
        /// When it is.
        at: Option<DateTime<Utc>>,
    },
    /// The person no longer wants what was just pushed: delete it.
    #[error("the push is no longer wanted")]
    NotWanted,
}
