//! What can happen to a conversation.

use super::Choice;
use crate::ids::Code;

/// Something that happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Event {
    /// The person opened the chat, or asked for the start.
    Start,
    /// The person asked for the menu.
    Menu,
    /// The person asked to clear the chat.
    Clear,
    /// The person asked for another language.
    Language,
    /// The person asked about privacy.
    Privacy,
    /// The person tapped a button.
    Tap(Choice),
    /// The person tapped a button that is too old, or that is none of ours.
    OldButton,
    /// The person typed or sent something; `deleted` tells whether it is gone from the chat.
    Typed {
        /// Whether it could be deleted.
        deleted: bool,
    },
    /// What became of the effect before.
    Outcome(Outcome),
}

/// What became of an effect that the core asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The handoff is stored durably; this code names it.
    HandedOff(Code),
    /// Nobody can take the request; nothing was stored.
    NobodyFits,
    /// The handoff could not be stored.
    NotHandedOff,
    /// The request is erased.
    Cancelled,
    /// The request could not be erased now.
    NotCancelled,
}
