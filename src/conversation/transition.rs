//! The one function that moves a conversation.

mod intake;
mod open;
mod sent;
mod telling;
mod typed;

use chrono::{DateTime, Utc};

use super::choice::Part;
use super::{Approach, Choice, Conversation, Effect, Event, Notice, Over, Stage, Step, Way};
use crate::ids::Nonce;

pub(super) use intake::asks_observed;

/// Moves a conversation by one event.
///
/// Total: a choice that does not stand on the present screen changes nothing and shows the screen again.
#[must_use]
pub fn step(conversation: Conversation, event: Event, now: DateTime<Utc>) -> Step {
    match event {
        Event::Start => show(start(conversation)),
        Event::Menu => show(bare(awake(conversation))),
        Event::Clear => leave(conversation),
        Event::Language => show(lay(awake(conversation), Over::Languages { page: 0 })),
        Event::Privacy => show(lay(awake(conversation), Over::Privacy)),
        Event::Tap(choice) => tap(awake(conversation), choice, now),
        Event::OldButton => notice(steady(awake(conversation)), Notice::OldButton),
        Event::Typed { deleted: true } => notice(steady(awake(conversation)), Notice::Typed),
        Event::Typed { deleted: false } => notice(steady(awake(conversation)), Notice::TypedLeft),
        Event::PlaceGiven(places) => typed::place(awake(conversation), places),
        Event::CodeGiven(code) => typed::code(awake(conversation), code),
        Event::WordsGiven => sent::words(awake(conversation)),
        Event::Outcome(outcome) => sent::settle(conversation, outcome),
    }
}

/// A person who left and comes back stands at home, in a new conversation.
fn awake(conversation: Conversation) -> Conversation {
    match conversation.stage {
        Stage::Left => home(conversation),
        Stage::Home
        | Stage::NotPrivate
        | Stage::Consent(_)
        | Stage::Asking(..)
        | Stage::NobodyFits { .. }
        | Stage::Sent(_)
        | Stage::Telling(..)
        | Stage::Cancelled { .. } => conversation,
    }
}

/// Takes away a screen that cannot be shown twice: what stood on it is known to nobody any more.
fn steady(conversation: Conversation) -> Conversation {
    match conversation.over {
        Some(Over::FoundPlaces | Over::Message) => bare(conversation),
        Some(
            Over::Languages { .. }
            | Over::Numbers
            | Over::Privacy
            | Over::News
            | Over::Erase
            | Over::TypePlace
            | Over::TypeCode
            | Over::Code
            | Over::Write
            | Over::Agreement { .. }
            | Over::SafeTime
            | Over::Alone
            | Over::Sentences,
        )
        | None => conversation,
    }
}

/// `/start` begins anew, but never takes the hub of a sent request away.
fn start(conversation: Conversation) -> Conversation {
    match conversation.stage {
        Stage::Sent(sent) | Stage::Telling(sent, _) => {
            Conversation { over: None, stage: Stage::Sent(sent), ..conversation }
        }
        Stage::Home
        | Stage::NotPrivate
        | Stage::Consent(_)
        | Stage::Asking(..)
        | Stage::NobodyFits { .. }
        | Stage::Cancelled { .. }
        | Stage::Left => lay(home(conversation), Over::Languages { page: 0 }),
    }
}

/// A fresh beginning. The nonce moves on, so that a new request never meets the id of an old one.
fn home(conversation: Conversation) -> Conversation {
    Conversation { over: None, stage: Stage::Home, ..moved_on(conversation) }
}

/// The same conversation with the next nonce: what is stored next is another thing.
const fn moved_on(conversation: Conversation) -> Conversation {
    let nonce = Nonce::new(conversation.nonce.get().wrapping_add(1));
    Conversation { nonce, ..conversation }
}

const fn lay(conversation: Conversation, over: Over) -> Conversation {
    Conversation { over: Some(over), ..conversation }
}

const fn bare(conversation: Conversation) -> Conversation {
    Conversation { over: None, ..conversation }
}

const fn at(conversation: Conversation, stage: Stage) -> Conversation {
    Conversation { over: None, stage, ..conversation }
}

fn show(conversation: Conversation) -> Step {
    Step { conversation, effects: vec![Effect::Show(None)] }
}

fn notice(conversation: Conversation, notice: Notice) -> Step {
    Step { conversation, effects: vec![Effect::Show(Some(notice))] }
}

fn ask_for(conversation: Conversation, effect: Effect) -> Step {
    Step { conversation, effects: vec![effect] }
}

fn leave(conversation: Conversation) -> Step {
    ask_for(at(conversation, Stage::Left), Effect::EraseChat)
}

fn tap(conversation: Conversation, choice: Choice, now: DateTime<Utc>) -> Step {
    match choice.part() {
        Part::Everywhere => anywhere(conversation, choice, now),
        Part::Before => show(open::tap(conversation, choice)),
        Part::Intake => intake::tap(conversation, choice),
        Part::Hub => sent::tap(conversation, choice),
        Part::Telling => telling::tap(conversation, choice),
    }
}

fn anywhere(conversation: Conversation, choice: Choice, now: DateTime<Utc>) -> Step {
    match (choice, conversation.over) {
        (Choice::Danger | Choice::NumbersOnly, _) => show(lay(conversation, Over::Numbers)),
        (Choice::Leave | Choice::ClearChat, _) => leave(conversation),
        (Choice::Home, _) => show(home(conversation)),
        (Choice::Locale(locale), _) => show(Conversation { locale, over: None, ..conversation }),
        (Choice::More, _) => show(lay(conversation, Over::Privacy)),
        (Choice::MoreLocales, Some(Over::Languages { page })) => {
            show(lay(conversation, Over::Languages { page: page.wrapping_add(1) % 8 }))
        }
        (Choice::MoreLocales, _) => show(lay(conversation, Over::Languages { page: 0 })),
        (Choice::Agree, Some(Over::Agreement { then })) => show(sent::agree(conversation, then, now)),
        (Choice::Agree, _) => show(open::agree(conversation, now)),
        (Choice::Back, Some(_)) => show(bare(conversation)),
        (Choice::Back, None) => show(back(conversation)),
        _ => show(conversation),
    }
}

fn back(conversation: Conversation) -> Conversation {
    let stage = match conversation.stage {
        Stage::Consent(Approach { way: Way::Short, .. }) => Stage::NotPrivate,
        Stage::Home | Stage::NotPrivate | Stage::Left | Stage::Consent(_) => Stage::Home,
        Stage::Asking(intake, question) => intake::before(intake, question),
        Stage::Telling(sent, telling) => telling::before(sent, telling),
        stage @ (Stage::NobodyFits { .. } | Stage::Sent(_) | Stage::Cancelled { .. }) => stage,
    };
    at(conversation, stage)
}
