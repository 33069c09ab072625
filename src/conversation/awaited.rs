//! What a conversation waits for that has to be typed.

use super::{Conversation, Over, Question, Stage};
use crate::message::Message;

/// Something that is typed, not tapped.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Awaited {
    /// A town or a postcode; a position shared is as good.
    Place,
    /// The 12 digits of a code.
    Code,
    /// Own words.
    Words,
}

impl Conversation {
    /// Returns what the person may type now. Nothing else that they type is ever read.
    #[must_use]
    pub const fn awaits(&self) -> Option<Awaited> {
        match (self.over, &self.stage) {
            (Some(Over::TypePlace | Over::FoundPlaces), Stage::Asking(..))
            // Who types a town where areas stand to choose from has answered the question.
            | (None, Stage::Asking(_, Question::Place { .. })) => Some(Awaited::Place),
            (Some(Over::TypeCode), _) => Some(Awaited::Code),
            (Some(Over::Write), Stage::Sent(_)) => Some(Awaited::Words),
            _ => None,
        }
    }

    /// Returns what a prompt says that opens the keyboard, where the present screen needs one.
    #[must_use]
    pub const fn prompt(&self) -> Option<Message> {
        match (self.over, self.awaits()) {
            (Some(Over::TypePlace), Some(Awaited::Place)) => Some(Message::PlacePrompt),
            (_, Some(Awaited::Code)) => Some(Message::CodePrompt),
            (_, Some(Awaited::Words)) => Some(Message::WritePrompt),
            (_, Some(Awaited::Place) | None) => None,
        }
    }
}
