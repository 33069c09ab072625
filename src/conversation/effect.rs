//! What the core asks the outside to do.

use super::Conversation;
use crate::ids::Code;
use crate::record::Request;

/// The new state and what to do about it.
#[derive(Clone, Debug)]
pub struct Step {
    /// Where the conversation stands now.
    pub conversation: Conversation,
    /// What to do, in this order.
    pub effects: Vec<Effect>,
}

/// One thing to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Effect {
    /// Show the screen of the new state, with a gentle line above it where there is one.
    Show(Option<Notice>),
    /// Hand this request over, then report [`Outcome`](super::Outcome).
    HandOff(Box<Request>),
    /// Erase the request with this code, then report [`Outcome`](super::Outcome).
    Cancel(Code),
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
}
