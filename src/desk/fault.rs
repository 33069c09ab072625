//! What did not work at a desk, by what the volunteer can do.

use super::client::ClientFault;
use crate::directory::Untrusted;
use crate::foreign::Foreign;
use crate::handoff::{self, OpenFault};
use crate::ids::AssociationId;

/// Something a volunteer asked for that was not done.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum WorkFault {
    /// The call failed.
    #[error("{}", said(.0))]
    Call(ClientFault),
    /// Another volunteer has the request.
    #[error("{} of {association} has taken this request", Foreign::name(who))]
    Taken {
        /// Their association.
        association: AssociationId,
        /// Who, where that is one's own association.
        who: String,
    },
    /// A token that cannot be opened.
    #[error(transparent)]
    Unopened(#[from] OpenFault),
    /// No request begins so.
    #[error("no request begins with these letters; `relais desk list` shows them")]
    NotFound,
    /// The person took it back.
    #[error("withdrawn by the person: please delete what you saved")]
    Withdrawn,
    /// More than one request begins so.
    #[error("more than one request begins with these letters; give more of them")]
    Ambiguous,
    /// The directory has no such association.
    #[error("the directory has no such association")]
    UnknownAssociation,
    /// The person wants no messages.
    #[error("the person wants no messages; they come back to look")]
    NoMessages,
    /// The server signs with a key that the volunteer did not name.
    #[error(
        "the server's key is not the one you named: go no further, and call the operator at a number you know. \
         Its key in words: {words}"
    )]
    StrangeServer {
        /// The key that it says is its own, in words to compare on the phone.
        words: String,
    },
    /// The device was never enrolled at this desk.
    #[error(
        "this device does not know this association's desk at this address yet. Are both spelled as on your paper? \
         Then type its twelve words, as in `relais desk login --fingerprint abricot-neige-…`"
    )]
    NotEnrolled,
    /// The words that were typed are not those of this server.
    #[error(
        "these words do not fit this server. Look for a slip first. If there is none, go no further, and call the \
         operator at a number you know"
    )]
    OtherFingerprint,
    /// The server is not what the device was enrolled at, or it asks for what no desk asks for.
    #[error(
        "this server cannot be trusted: {why}. Nothing that you can read was sent. Stop here, and call the operator at \
         a number you know"
    )]
    Distrusted {
        /// What was not as it must be.
        why: String,
    },
    /// Nothing is done at this desk any more until a person has acted.
    #[error(
        "this server could not be trusted before: {why}. Call the operator at a number you know; then `relais desk \
         login --again`"
    )]
    Stopped {
        /// What was not as it must be.
        why: String,
    },
    /// The signed list has ended: nothing may be sealed by it.
    #[error(
        "the server's signed list has ended; nothing can be sealed before the operator has a new one signed"
    )]
    ListEnded,
    /// It could not be sealed.
    #[error(transparent)]
    Seal(#[from] handoff::SealFault),
}

impl WorkFault {
    /// What was not as it must be, where the server is not believed.
    pub(super) fn why(&self) -> String {
        if let Self::Distrusted { why } = self { why.clone() } else { self.to_string() }
    }
}

impl From<ClientFault> for WorkFault {
    fn from(fault: ClientFault) -> Self {
        match fault {
            ClientFault::Strange => Self::Distrusted { why: fault.to_string() },
            ClientFault::Unreachable
            | ClientFault::NoKey
            | ClientFault::Refused { .. }
            | ClientFault::Malformed => Self::Call(fault),
        }
    }
}

impl From<Untrusted> for WorkFault {
    fn from(untrusted: Untrusted) -> Self {
        Self::Distrusted { why: untrusted.to_string() }
    }
}

/// Says what went wrong with a call. The words of a refusal are the server's, so it is told whose they are.
fn said(fault: &ClientFault) -> String {
    if let ClientFault::Refused { code, title, .. } = fault {
        format!("the desk's server says: {} ({})", Foreign::name(title), Foreign::name(code))
    } else {
        fault.to_string()
    }
}
