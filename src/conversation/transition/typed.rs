//! What was typed or shared, as what was found in it.

use super::{ask_for, lay, notice};
use crate::conversation::{Awaited, Conversation, Effect, Notice, Over, Places, Step};
use crate::ids::Code;

/// A place is never taken as understood: what may be meant is shown, with its département.
pub(super) fn place(conversation: Conversation, places: Places) -> Step {
    if conversation.awaits() != Some(Awaited::Place) {
        return notice(super::steady(conversation), Notice::Typed);
    }
    if places.is_empty() {
        return notice(lay(conversation, Over::TypePlace), Notice::PlaceNotFound);
    }
    ask_for(lay(conversation, Over::FoundPlaces), Effect::ShowPlaces(places))
}

pub(super) fn code(conversation: Conversation, code: Option<Code>) -> Step {
    if conversation.awaits() != Some(Awaited::Code) {
        return notice(super::steady(conversation), Notice::Typed);
    }
    match code {
        Some(code) => ask_for(conversation, Effect::Find(code)),
        None => notice(conversation, Notice::CodeShape),
    }
}
