//! What an act of a volunteer met.

use std::fmt;

use super::entry::TokenState;
use crate::ids::AssociationId;

/// What an act met.
#[derive(Clone, PartialEq, Eq)]
pub enum Met {
    /// It is done, and the request stands so.
    Done(TokenState),
    /// There is no such request for them.
    Unknown,
    /// The person took it back, or its time is over.
    Withdrawn,
    /// It does not stand so that this can be done.
    NotOpen(TokenState),
    /// Another volunteer has it.
    Taken {
        /// Of this association.
        by: AssociationId,
        /// Who, where that is their own association.
        claim: Option<Vec<u8>>,
    },
    /// The next association has said no to it before.
    RefusedBefore,
    /// The person wants no more messages.
    Stopped,
    /// The person wants no messages for now.
    NoMessages,
    /// The person has changed how to be reached since the address that was shown.
    ReachChanged,
    /// Nobody has taken it yet, so nobody writes to the person.
    NotAccepted,
}

impl fmt::Debug for Met {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Done(_) => "Done",
            Self::Unknown => "Unknown",
            Self::Withdrawn => "Withdrawn",
            Self::NotOpen(_) => "NotOpen",
            Self::Taken { .. } => "Taken",
            Self::RefusedBefore => "RefusedBefore",
            Self::Stopped => "Stopped",
            Self::NotAccepted => "NotAccepted",
            Self::NoMessages => "NoMessages",
            Self::ReachChanged => "ReachChanged",
        })
    }
}
