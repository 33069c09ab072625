//! What each state shows: keys and choices, no text.

mod facts;
mod intake;
mod message;
mod open;
mod other;
mod place;
mod reading;
mod sent;
mod telling;

use super::{Choice, Conversation, Notice, Over, Stage};
use crate::message::Message;
use crate::terms::{Area, Place};

pub use facts::{Answering, Facts, Line, Linked, News, SentFacts, SentState};
pub use message::push;
pub use reading::PRIVACY_PAGES;

/// A screen: paragraphs, then sections of buttons.
#[derive(Clone, PartialEq, Eq)]
pub struct Screen {
    /// What stands in the message, a line each.
    pub body: Vec<Paragraph>,
    /// The buttons; each section starts a new row.
    pub sections: Vec<Vec<Button>>,
}

/// One line: messages that stand beside each other.
pub type Paragraph = Vec<Message>;

/// A button.
#[derive(Clone, PartialEq, Eq)]
pub struct Button {
    /// What stands on it.
    pub label: Label,
    /// What it means.
    pub choice: Choice,
}

/// What stands on a button.
#[derive(Clone, PartialEq, Eq)]
pub enum Label {
    /// A message in the person's language.
    Message(Message),
    /// A proper name, the same in every language.
    Name(String),
}

/// Returns the screen of a conversation.
#[must_use]
pub fn screen(conversation: &Conversation, notice: Option<Notice>, facts: &Facts) -> Screen {
    let mut shown = match conversation.over {
        Some(over) => laid(conversation, over, facts),
        None => stage(conversation, facts),
    };
    if conversation.is_minor()
        && let Some(number) = &facts.minor_number
    {
        shown.body.insert(0, vec![Message::MinorLine { number: number.clone() }]);
    }
    if let Some(notice) = notice {
        shown.body.insert(0, vec![line_of(notice)]);
    }
    shown.sections.push(ways_out());
    shown
}

/// The last row of every screen.
fn ways_out() -> Vec<Button> {
    vec![Button::new(Message::Danger, Choice::Danger), Button::new(Message::Leave, Choice::Leave)]
}

fn laid(conversation: &Conversation, over: Over, facts: &Facts) -> Screen {
    match over {
        Over::Languages { page } => open::languages(page, facts),
        Over::Numbers => open::numbers(conversation, facts),
        Over::Privacy { page } => reading::privacy(page, facts),
        Over::Genuine => reading::genuine(conversation, facts),
        Over::Linked => reading::linked(facts),
        Over::TypeCode => open::type_code(),
        Over::TypePlace => place::typing(),
        Over::FoundPlaces => place::found(facts),
        Over::News => sent::news(facts),
        Over::Erase => sent::erase(),
        Over::Code => sent::code(conversation),
        Over::Agreement { .. } => open::consent(false, facts),
        Over::SafeTime => sent::safe_time(),
        Over::Write => message::write(),
        Over::Alone => message::alone(),
        Over::Message => message::received(facts),
        Over::Sentences => message::sentences(),
    }
}

fn stage(conversation: &Conversation, facts: &Facts) -> Screen {
    match &conversation.stage {
        Stage::Home | Stage::Left => open::home(),
        Stage::NotPrivate => open::not_private(),
        Stage::Consent(approach) => open::consent(approach.way == super::Way::Other, facts),
        Stage::Asking(intake, question) => intake::ask(conversation, intake, *question, facts),
        Stage::NobodyFits { .. } => sent::nobody_fits(facts),
        Stage::Sent(sent) => sent::hub(sent, facts),
        Stage::Telling(_, telling) => telling::ask(*telling, facts),
        Stage::Cancelled { .. } => sent::cancelled(),
    }
}

const fn line_of(notice: Notice) -> Message {
    match notice {
        Notice::Typed => Message::NoticeTyped,
        Notice::TypedLeft => Message::NoticeTypedLeft,
        Notice::OldButton => Message::NoticeOldButton,
        Notice::NotSent => Message::NoticeNotSent,
        Notice::NotErased => Message::NoticeNotErased,
        Notice::PlaceNotFound => Message::NoticePlaceNotFound,
        Notice::CodeShape => Message::NoticeCodeShape,
        Notice::CodeNotFound => Message::NoticeCodeNotFound,
        Notice::CodeTooMany => Message::NoticeCodeTooMany,
        Notice::CodeNotLookedUp => Message::NoticeCodeNotNow,
        Notice::Added => Message::NoticeAdded,
        Notice::Sealed => Message::NoticeSealed,
        Notice::SealedCut => Message::NoticeSealedCut,
        Notice::NotAdded => Message::NoticeNotAdded,
        Notice::NoMessage => Message::NoticeNoMessage,
        Notice::MessageWaits => Message::NoticeMessageWaits,
        Notice::Answered => Message::NoticeAnswered,
        Notice::Stopped => Message::NoticeStopped,
        Notice::SafeTime => Message::NoticeSafeTime,
    }
}

impl Button {
    pub(super) const fn new(message: Message, choice: Choice) -> Self {
        Self { label: Label::Message(message), choice }
    }

    pub(super) const fn named(name: String, choice: Choice) -> Self {
        Self { label: Label::Name(name), choice }
    }

    /// A button that shows whether it is ticked.
    pub(super) fn ticked(message: Message, choice: Choice, ticked: bool) -> Self {
        let message = if ticked { Message::PlaceChosen { choice: Box::new(message) } } else { message };
        Self::new(message, choice)
    }

    pub(super) const fn back() -> Self {
        Self::new(Message::Back, Choice::Back)
    }
}

impl Conversation {
    /// Returns the area whose départements the present screen lists, if it lists any.
    #[must_use]
    pub const fn listed_area(&self) -> Option<Area> {
        match &self.stage {
            Stage::Asking(_, super::Question::Department { area, .. }) => Some(*area),
            Stage::Asking(..)
            | Stage::Home
            | Stage::NotPrivate
            | Stage::Consent(_)
            | Stage::NobodyFits { .. }
            | Stage::Sent(_)
            | Stage::Telling(..)
            | Stage::Cancelled { .. }
            | Stage::Left => None,
        }
    }

    /// Returns the place that was answered so far.
    #[must_use]
    pub const fn place(&self) -> Place {
        match &self.stage {
            Stage::Asking(intake, _) => intake.answers.place,
            Stage::Home
            | Stage::NotPrivate
            | Stage::Consent(_)
            | Stage::NobodyFits { .. }
            | Stage::Sent(_)
            | Stage::Telling(..)
            | Stage::Cancelled { .. }
            | Stage::Left => Place::Unsaid,
        }
    }
}

redacted!(Screen, Button, Label);
