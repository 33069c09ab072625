//! What each state shows: keys and choices, no text.

mod intake;
mod open;
mod sent;

use super::{Choice, Conversation, Notice, Over, Stage};
use crate::ids::Country;
use crate::locale::Locale;
use crate::message::Message;
use crate::terms::{Area, Place};

/// A screen: paragraphs, then sections of buttons.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Screen {
    /// What stands in the message, a line each.
    pub body: Vec<Paragraph>,
    /// The buttons; each section starts a new row.
    pub sections: Vec<Vec<Button>>,
}

/// One line: messages that stand beside each other.
pub type Paragraph = Vec<Message>;

/// A button.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Button {
    /// What stands on it.
    pub label: Label,
    /// What it means.
    pub choice: Choice,
}

/// What stands on a button.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Label {
    /// A message in the person's language.
    Message(Message),
    /// A proper name, the same in every language.
    Name(String),
}

/// What only the outside knows, gathered for the screen that is to be shown.
#[derive(Clone, Debug, Default)]
pub struct Facts {
    /// The languages, best first for this person.
    pub locales: Vec<Locale>,
    /// The numbers to call, in the order of their urgency.
    pub lines: Vec<Line>,
    /// The number for people under 18.
    pub minor_number: Option<String>,
    /// The number for danger.
    pub danger_number: Option<String>,
    /// Countries that have numbers or associations.
    pub countries: Vec<Country>,
    /// The départements of the area in question, with their names.
    pub departments: Vec<(crate::ids::Department, String)>,
    /// The name of the place that was answered.
    pub place_name: Option<String>,
    /// After how many days everything is deleted at most.
    pub retention_days: u32,
    /// The three pictures of the request.
    pub sign: String,
    /// What is known of a request that was sent.
    pub sent: SentState,
}

/// Whether a request that was sent is still there.
#[derive(Clone, Debug, Default)]
pub enum SentState {
    /// It is there.
    Known(SentFacts),
    /// It is no longer there: erased, or its time is over.
    #[default]
    Closed,
    /// It cannot be looked up now.
    Unknown,
}

/// One number to call.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// For what, and the number.
    pub message: Message,
    /// What to know before calling.
    pub notes: Vec<Message>,
    /// It is free and answers day and night.
    pub free_always: bool,
}

/// What is known of a request that was sent.
#[derive(Clone, Debug)]
pub struct SentFacts {
    /// Who was asked.
    pub answering: Answering,
    /// Until when it should be read.
    pub time: Message,
    /// That moment has passed.
    pub late: bool,
    /// Names and public numbers of the association, then of others that fit.
    pub phones: Vec<(String, String)>,
    /// What became of it so far.
    pub news: News,
}

/// Who was asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answering {
    /// An association of this place.
    Association {
        /// The name of its département.
        place: String,
    },
    /// An association that works in the whole country.
    Nationwide,
    /// The national team, because no association fits.
    NationalTeam,
}

/// What became of a request so far.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum News {
    /// Stored; the association is being told.
    Waiting,
    /// The association was told.
    Told,
    /// The national team was told too.
    NationalTeamTold,
}

/// Returns the screen of a conversation.
#[must_use]
pub fn screen(conversation: &Conversation, notice: Option<Notice>, facts: &Facts) -> Screen {
    let mut shown = match conversation.over {
        Some(Over::Languages { page }) => open::languages(page, facts),
        Some(Over::Numbers) => open::numbers(conversation, facts),
        Some(Over::Privacy) => open::privacy(facts),
        Some(Over::News) => sent::news(facts),
        Some(Over::Erase) => sent::erase(),
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
    shown
        .sections
        .push(vec![Button::new(Message::Danger, Choice::Danger), Button::new(Message::Leave, Choice::Leave)]);
    shown
}

fn stage(conversation: &Conversation, facts: &Facts) -> Screen {
    match &conversation.stage {
        Stage::Home | Stage::Left => open::home(),
        Stage::NotPrivate => open::not_private(),
        Stage::Consent(_) => open::consent(facts),
        Stage::Asking(intake, question) => intake::ask(conversation, intake, *question, facts),
        Stage::NobodyFits { .. } => sent::nobody_fits(facts),
        Stage::Sent(sent) => sent::hub(sent, facts),
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
    }
}

impl Button {
    pub(super) const fn new(message: Message, choice: Choice) -> Self {
        Self { label: Label::Message(message), choice }
    }

    pub(super) const fn named(name: String, choice: Choice) -> Self {
        Self { label: Label::Name(name), choice }
    }
}

impl Conversation {
    /// Returns the area whose départements the present screen lists, if it lists any.
    #[must_use]
    pub fn listed_area(&self) -> Option<Area> {
        match &self.stage {
            Stage::Asking(_, super::Question::Department { area, .. }) => Some(*area),
            Stage::Asking(..)
            | Stage::Home
            | Stage::NotPrivate
            | Stage::Consent(_)
            | Stage::NobodyFits { .. }
            | Stage::Sent(_)
            | Stage::Cancelled { .. }
            | Stage::Left => None,
        }
    }

    /// Returns the place that was answered so far.
    #[must_use]
    pub fn place(&self) -> Place {
        match &self.stage {
            Stage::Asking(intake, _) => intake.answers.place,
            Stage::Home
            | Stage::NotPrivate
            | Stage::Consent(_)
            | Stage::NobodyFits { .. }
            | Stage::Sent(_)
            | Stage::Cancelled { .. }
            | Stage::Left => Place::Unsaid,
        }
    }
}
