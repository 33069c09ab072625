//! What a step asks the outside to do. Nothing here carries what somebody said.

use chrono::{DateTime, Utc};

use super::Way;
use super::news::News;
use crate::ids::AssociationId;

/// One thing to be done, in the same write as the new state.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// Keep a piece, sealed to exactly these.
    Seal {
        /// What.
        piece: Piece,
        /// To whom, each once, in the order of their ids.
        to: Vec<AssociationId>,
    },
    /// Keep a report, sealed to the safeguarding keys of the directory that do not belong to this association,
    /// and tell those who hold them. Nobody else learns of it.
    SealReport {
        /// Whose helper it is about.
        about: AssociationId,
    },
    /// Tell volunteers, without a word of what it says.
    Notify {
        /// Whose.
        to: AssociationId,
        /// Why.
        why: Why,
    },
    /// Drop what an association has not been told yet.
    DropNotices {
        /// Whose.
        to: AssociationId,
    },
    /// Erase what was passed on to an association that has not opened it.
    TakeAway {
        /// From whom.
        from: AssociationId,
    },
    /// Erase every piece, message and notice of the request; what stands in chats is replaced by the neutral line.
    EraseAll,
    /// Put this number into the return address and the hub of the phone that wrote.
    NumberAddress(u32),
    /// Keep a volunteer's message until it is read, or its time is over.
    KeepMessage,
    /// Send a push in the person's window, or renew the one that stands.
    Push,
    /// What waits is not pushed: it waits until they look.
    Hold,
    /// What waits is given the newest return address, and its time anew.
    Retime,
    /// Delete the push that stands in the chat.
    DropPush,
    /// The oldest message that waits was opened.
    MessageOpened,
    /// Delete the oldest message that waits.
    DropMessage,
    /// Let the person know what became of their request.
    TellPerson {
        /// What.
        news: News,
        /// Pushed where they allow it, else on their hub alone.
        how: Told,
    },
    /// When this request has to be looked at next; nothing once all is over.
    LookAt(Option<DateTime<Utc>>),
    /// Count what was done at a desk, by the hour.
    Audit {
        /// At whose.
        association: AssociationId,
        /// What.
        action: Action,
    },
    /// Count for the operator and the totals of the network.
    Count(Counted),
}

/// How a person learns of something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Told {
    /// By a push that says nothing, then on their hub.
    Pushed,
    /// On their hub, when they look.
    OnHub,
}

/// A piece of ciphertext.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Piece {
    /// The request.
    Request,
    /// The bytes of the request and of all that was added, unchanged, sealed by a device for the next.
    PassedOn,
    /// More answers, or a short one.
    Addition {
        /// Written on a phone that found the request by its code.
        elsewhere: bool,
    },
    /// Words to which an answer is owed.
    Message {
        /// Written on a phone that found the request by its code.
        elsewhere: bool,
    },
    /// Minutes count now.
    Danger {
        /// Written on a phone that found the request by its code.
        elsewhere: bool,
    },
    /// How the person is reached from now on.
    Reached {
        /// Whether they may be written to.
        way: Way,
    },
    /// How somebody who found the request by its code wishes to be reached. It replaces nothing.
    Wish {
        /// Whether they may be written to.
        way: Way,
    },
    /// Whether it helped.
    Helped,
    /// That the person took the request back.
    Withdrawal,
    /// Who took it.
    Claim,
    /// A note.
    Note,
    /// What was answered.
    Reply,
    /// Why an association said no.
    Reason,
    /// How it ended.
    Outcome,
}

/// Why volunteers are told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Why {
    /// A request has come.
    New,
    /// Half of the time is over.
    Reminder,
    /// Nobody took it in time.
    Late,
    /// Somebody took it, and no answer came.
    Silent,
    /// An association said no.
    Declined,
    /// The person asked for another association: to the one that is left, and to the one that has it now.
    Another,
    /// Minutes count.
    Danger,
    /// The person wrote, or changed how to be reached.
    Added,
    /// A colleague gave it back.
    GivenBack,
    /// It was handed to a colleague.
    Handed,
    /// The team has it now.
    TakenOver,
    /// What was passed on came back.
    Back,
    /// A device of the first association could not read it.
    Unreadable,
    /// The person cannot be reached in their chat; what was written waits until they look.
    Unreachable,
    /// Nobody is looked for any more.
    GivenUp,
    /// The person took it back.
    Withdrawn,
}

/// What is counted of the work at a desk.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Action {
    /// Taken.
    Accepted,
    /// Declined.
    Declined,
    /// Passed on.
    PassedOn,
    /// Given back.
    GivenBack,
    /// Handed to a colleague.
    Handed,
    /// Answered.
    Replied,
    /// Noted.
    Noted,
    /// Closed.
    Closed,
    /// Muted by two.
    Muted,
    /// Asked which phone is safe.
    PhoneChosen,
}

/// What is counted for the operator.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Counted {
    /// An alarm rang.
    Alarm,
    /// A device could not read what was sealed for it.
    Unreadable,
    /// Everyone who could read it has parted with it.
    NobodyLeft,
    /// It ended without anybody who took it or answered.
    NobodyTook,
    /// The person said that it helped.
    DidHelp,
    /// The person said that it did not.
    DidNotHelp,
}
