//! The conversation: what the person tapped goes in, the new state and a list of effects come out.
//!
//! [`step`] is pure and total. It knows no clock, no randomness, no Telegram and no text: the time is a
//! parameter, screens are keys, what was typed arrives as what was found in it, and every event has a
//! meaning in every state.

mod awaited;
mod choice;
mod effect;
mod event;
mod screen;
mod state;
mod transition;

pub use awaited::Awaited;
pub use choice::Choice;
pub use effect::{Effect, Notice, Step};
pub use event::{Event, Link, Outcome, Places};
pub use screen::{
    Answering, Button, Facts, Label, Line, Linked, News, PRIVACY_PAGES, Paragraph, Screen, SentFacts,
    SentState, push, screen,
};
pub use state::{Answers, Approach, Conversation, Intake, Over, Question, Sent, Stage, Telling, Then, Way};
pub use transition::step;
