//! The one function that moves a conversation.

mod intake;
mod open;
mod sent;
mod telling;
mod typed;

use chrono::{DateTime, Utc};

use super::choice::Part;
use super::{Approach, Choice, Conversation, Effect, Event, Link, Notice, Over, Stage, Step, Way};
use crate::ids::Nonce;

pub(super) use intake::asks_observed;

/// Moves a conversation by one event.
///
/// Total: a choice that does not stand on the present screen changes nothing and shows the screen again.
#[must_use]
pub fn step(conversation: Conversation, event: Event, now: DateTime<Utc>) -> Step {
    match event {
        Event::Start => show(start(conversation)),
        Event::Linked(link) => show(linked(conversation, link)),
        Event::Menu => show(bare(awake(conversation))),
        Event::Clear => leave(conversation),
        Event::Language => show(lay_upon(awake(conversation), Over::Languages { page: 0 })),
        Event::Privacy => show(lay_upon(awake(conversation), Over::Privacy { page: 0 })),
        Event::Tap(choice) => tap(awake(conversation), choice, now),
        Event::OldButton => notice(steady(awake(conversation)), Notice::OldButton),
        Event::Typed { deleted: true } => notice(steady(awake(conversation)), Notice::Typed),
        Event::Typed { deleted: false } => notice(steady(awake(conversation)), Notice::TypedLeft),
        Event::PlaceGiven(places) => typed::place(awake(conversation), places),
        Event::CodeGiven(code) => typed::code(awake(conversation), code),
        Event::WordsGiven => sent::words(awake(conversation)),
        Event::Idle => show(idle(conversation)),
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
        Some(Over::Linked) => uncover(conversation),
        Some(Over::FoundPlaces) => bare(conversation),
        Some(
            Over::Languages { .. }
            | Over::Numbers
            | Over::Privacy { .. }
            | Over::Genuine
            | Over::News
            | Over::Erase
            | Over::TypePlace
            | Over::TypeCode
            | Over::Code
            | Over::Write
            | Over::Agreement { .. }
            | Over::SafeTime
            | Over::Alone
            | Over::Message
            | Over::Sentences,
        )
        | None => conversation,
    }
}

/// `/start` begins anew, but never takes the hub of a sent request away.
fn start(conversation: Conversation) -> Conversation {
    match conversation.stage {
        Stage::Sent(sent) | Stage::Telling(sent, _) => at(conversation, Stage::Sent(sent)),
        Stage::Home
        | Stage::NotPrivate
        | Stage::Consent(_)
        | Stage::Asking(..)
        | Stage::NobodyFits { .. }
        | Stage::Cancelled { .. }
        | Stage::Left => lay(home(conversation), Over::Languages { page: 0 }),
    }
}

/// A link begins as `/start` does; what it has to say stands before the beginning.
fn linked(conversation: Conversation, link: Link) -> Conversation {
    match link {
        Link::Campaign(campaign) => Conversation { campaign: Some(campaign), ..start(conversation) },
        Link::Association => {
            let begun = start(conversation);
            Conversation { over: Some(Over::Linked), beneath: begun.over, ..begun }
        }
    }
}

/// Hides what another may come to see. What was not sent is forgotten; the way to a request stays, behind a
/// screen that says nothing. A message goes to the hub first, for it goes sooner than the rest.
fn idle(conversation: Conversation) -> Conversation {
    let neutral = Over::Languages { page: 0 };
    match conversation.stage {
        Stage::Sent(_) | Stage::Telling(..) if conversation.shows_message() => bare(conversation),
        Stage::Sent(_) | Stage::Telling(..) => lay(conversation, neutral),
        Stage::Home if conversation.over == Some(neutral) => conversation,
        Stage::Home
        | Stage::NotPrivate
        | Stage::Consent(_)
        | Stage::Asking(..)
        | Stage::NobodyFits { .. }
        | Stage::Cancelled { .. }
        | Stage::Left => lay(home(conversation), neutral),
    }
}

/// A fresh beginning. The nonce moves on, so that a new request never meets the id of an old one.
fn home(conversation: Conversation) -> Conversation {
    at(moved_on(conversation), Stage::Home)
}

/// The same conversation with the next nonce: what is stored next is another thing.
const fn moved_on(conversation: Conversation) -> Conversation {
    let nonce = Nonce::new(conversation.nonce.get().wrapping_add(1));
    Conversation { nonce, ..conversation }
}

const fn lay(conversation: Conversation, over: Over) -> Conversation {
    Conversation { over: Some(over), beneath: None, ..conversation }
}

/// Lays a screen that can be asked for anywhere upon the present one, so that Back loses nothing.
const fn lay_upon(conversation: Conversation, over: Over) -> Conversation {
    let beneath = match (conversation.over, conversation.beneath) {
        // They stand beside each other, never upon each other.
        (Some(Over::Numbers | Over::Privacy { .. } | Over::Genuine | Over::Linked), beneath)
        | (Some(Over::Languages { .. }), beneath @ Some(_)) => beneath,
        (Some(Over::FoundPlaces), _) => Some(Over::TypePlace),
        (present, _) => present,
    };
    Conversation { over: Some(over), beneath, ..conversation }
}

/// Takes away the screen that was laid last.
const fn uncover(conversation: Conversation) -> Conversation {
    Conversation { over: conversation.beneath, beneath: None, ..conversation }
}

const fn bare(conversation: Conversation) -> Conversation {
    Conversation { over: None, beneath: None, ..conversation }
}

const fn at(conversation: Conversation, stage: Stage) -> Conversation {
    Conversation { stage, ..bare(conversation) }
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
        Part::Reading => show(read(conversation, choice)),
    }
}

fn anywhere(conversation: Conversation, choice: Choice, now: DateTime<Utc>) -> Step {
    match (choice, conversation.over) {
        (Choice::Danger | Choice::NumbersOnly, _) => show(lay_upon(conversation, Over::Numbers)),
        (Choice::Leave | Choice::ClearChat, _) => leave(conversation),
        (Choice::Home, _) => show(home(conversation)),
        (Choice::Locale(locale), Some(Over::Languages { .. })) => {
            show(Conversation { locale, ..uncover(conversation) })
        }
        (Choice::Locale(locale), _) => show(Conversation { locale, ..bare(conversation) }),
        (Choice::More, _) => show(lay_upon(conversation, Over::Privacy { page: 0 })),
        (Choice::MoreLocales, Some(Over::Languages { page })) => {
            let over = Some(Over::Languages { page: page.wrapping_add(1) % 8 });
            show(Conversation { over, ..conversation })
        }
        (Choice::MoreLocales, _) => show(lay_upon(conversation, Over::Languages { page: 0 })),
        (Choice::Agree, Some(Over::Agreement { then })) => show(sent::agree(conversation, then, now)),
        (Choice::Agree, _) => show(open::agree(conversation, now)),
        (Choice::Back, Some(_)) => show(uncover(conversation)),
        (Choice::Back, None) => show(back(conversation)),
        _ => show(conversation),
    }
}

/// What can be read wherever the conversation stands.
const fn read(conversation: Conversation, choice: Choice) -> Conversation {
    match (choice, conversation.over) {
        (Choice::NextPage, Some(Over::Privacy { page })) => {
            let page = (page + 1) % super::screen::PRIVACY_PAGES;
            Conversation { over: Some(Over::Privacy { page }), ..conversation }
        }
        (Choice::Genuine, _) => lay_upon(conversation, Over::Genuine),
        _ => conversation,
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
