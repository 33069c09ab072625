//! What did not work at a desk, by what the volunteer can do.

use super::client::ClientFault;
use crate::foreign::Foreign;
use crate::handoff::{self, OpenFault};
use crate::ids::AssociationId;

/// Something a volunteer asked for that was not done.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum WorkFault {
    /// The call failed.
    #[error("{}", said(.0))]
    Call(#[from] ClientFault),
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
    /// It could not be sealed.
    #[error(transparent)]
    Seal(#[from] handoff::SealFault),
}

/// Says what went wrong with a call. The words of a refusal are the server's, so it is told whose they are.
fn said(fault: &ClientFault) -> String {
    if let ClientFault::Refused { code, title, .. } = fault {
        format!("the desk's server says: {} ({})", Foreign::name(title), Foreign::name(code))
    } else {
        fault.to_string()
    }
}
