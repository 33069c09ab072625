//! What the core asks the outside to do.

use super::{Conversation, Places};
use crate::ids::Code;
use crate::record::{Addition, Request};

/// The new state and what to do about it.
#[derive(Clone)]
pub struct Step {
    /// Where the conversation stands now.
    pub conversation: Conversation,
    /// What to do, in this order.
    pub effects: Vec<Effect>,
}

/// One thing to do.
#[derive(Clone, PartialEq, Eq)]
pub enum Effect {
    /// Show the screen of the new state, with a gentle line above it where there is one.
    Show(Option<Notice>),
    /// Show these places to choose from, on the screen of the new state.
    ShowPlaces(Places),
    /// Hand this request over, then report [`Outcome`](super::Outcome).
    HandOff(Box<Request>),
    /// Erase the request with this code, then report [`Outcome`](super::Outcome).
    Cancel(Code),
    /// Look for the request with this code, then report [`Outcome`](super::Outcome).
    Find(Code),
    /// Seal this for the association that has the request, then report [`Outcome`](super::Outcome): that it
    /// is added to the new state; that it is not, to the state before, so that nothing told is lost.
    Add(Box<Addition>),
    /// Open the message that waits for the person with this code, then report [`Outcome`](super::Outcome).
    OpenMessage(Code),
    /// Delete every message of this chat that can be deleted.
    EraseChat,
}

/// A line that is shown once, above a screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Notice {
    /// What was typed is deleted; please use the buttons.
    Typed,
    /// What was typed could not be deleted; please delete it.
    TypedLeft,
    /// The button was old; here is the start.
    OldButton,
    /// The request was not sent; please try again, or call.
    NotSent,
    /// The request could not be erased now; please try again.
    NotErased,
    /// No place has that name.
    PlaceNotFound,
    /// That is no code: a code has 12 digits.
    CodeShape,
    /// No request has that code, or no longer.
    CodeNotFound,
    /// Too many codes were tried; please wait.
    CodeTooMany,
    /// It cannot be looked up now.
    CodeNotLookedUp,
    /// What was said is added.
    Added,
    /// What was written is sealed and deleted here.
    Sealed,
    /// Only the first part of what was written is sealed.
    SealedCut,
    /// It was not added; please try again.
    NotAdded,
    /// No message waits.
    NoMessage,
    /// The message waits.
    MessageWaits,
    /// The short answer is sealed.
    Answered,
    /// No more messages will come.
    Stopped,
    /// The new time to answer is sealed.
    SafeTime,
}

redacted!(Step, Effect);
