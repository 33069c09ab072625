//! After the intake: the hub, writing, messages, erasing; and what became of effects.

use chrono::{DateTime, Utc};

use super::{ask_for, at, bare, lay, moved_on, notice, show, telling};
use crate::clock::Minute;
use crate::conversation::{
    Awaited, Choice, Conversation, Effect, Notice, Outcome, Over, Sent, Stage, Step, Then,
};
use crate::ids::Code;
use crate::record::{Addition, CONSENT_VERSION, Consent, More};
use crate::terms::{Contact, Zone};

pub(super) fn tap(conversation: Conversation, choice: Choice) -> Step {
    let Stage::Sent(sent) = conversation.stage else { return elsewhere(conversation, choice) };
    match (choice, conversation.over) {
        (Choice::News, _) => show(lay(conversation, Over::News)),
        (Choice::Cancel, _) => show(lay(conversation, Over::Erase)),
        (Choice::EraseEverything, _) => ask_for(conversation, Effect::Cancel(sent.code)),
        (Choice::ShowCode, _) => show(lay(conversation, Over::Code)),
        (Choice::SayMore, _) => show(agreed(conversation, &sent, Then::SayMore)),
        (Choice::Write, _) => show(agreed(conversation, &sent, Then::Write)),
        (Choice::SafeTime, _) => show(agreed(conversation, &sent, Then::SafeTime)),
        (Choice::OpenMessage, _) => show(agreed(conversation, &sent, Then::Open)),
        (Choice::Alone, Some(Over::Alone)) => ask_for(conversation, Effect::OpenMessage(sent.code)),
        (Choice::NotNow, Some(Over::Alone)) => notice(bare(conversation), Notice::MessageWaits),
        (Choice::OtherSentences, Some(Over::Message)) => show(lay(conversation, Over::Sentences)),
        (Choice::Answer(answer), Some(Over::Message | Over::Sentences)) => {
            add(conversation, &sent, More::Answer(answer))
        }
        (Choice::StopMessages, Some(Over::Message | Over::Sentences)) => {
            let sent = Sent { contact: Contact::Never, ..sent };
            add(at(conversation, Stage::Sent(sent)), &sent, More::Stop)
        }
        _ => show(bare(conversation)),
    }
}

/// The hub's choices stand on no other stage, but for those that only lay a screen over it.
fn elsewhere(conversation: Conversation, choice: Choice) -> Step {
    match (choice, conversation.over) {
        (Choice::News, _) => show(lay(conversation, Over::News)),
        (Choice::Cancel, _) => show(lay(conversation, Over::Erase)),
        _ => show(bare(conversation)),
    }
}

/// Goes on to what is wanted; where the person has not agreed in this chat, they are asked first.
const fn agreed(conversation: Conversation, sent: &Sent, then: Then) -> Conversation {
    if sent.consent.is_none() {
        return lay(conversation, Over::Agreement { then });
    }
    match then {
        // What a bystander saw is asked before sending; nothing more is asked about someone else.
        Then::SayMore if sent.other => bare(conversation),
        Then::SayMore => at(conversation, Stage::Telling(*sent, telling::FIRST)),
        Then::Write => lay(conversation, Over::Write),
        Then::SafeTime => lay(conversation, Over::SafeTime),
        Then::Open => lay(conversation, Over::Alone),
    }
}

pub(super) fn agree(conversation: Conversation, then: Then, now: DateTime<Utc>) -> Conversation {
    let Stage::Sent(sent) = conversation.stage else { return bare(conversation) };
    let consent = Some(Consent::given(CONSENT_VERSION, Minute::of(now)));
    let sent = Sent { consent, ..sent };
    agreed(at(conversation, Stage::Sent(sent)), &sent, then)
}

/// Another time, or another way, to be answered.
pub(super) fn safe_time(conversation: Conversation, sent: &Sent, contact: Contact) -> Step {
    let sent = Sent { contact, ..*sent };
    add(at(conversation, Stage::Sent(sent)), &sent, More::SafeTime)
}

pub(super) fn words(conversation: Conversation) -> Step {
    match conversation.stage {
        Stage::Sent(sent) if conversation.awaits() == Some(Awaited::Words) => {
            add(conversation, &sent, More::Words)
        }
        Stage::Home
        | Stage::NotPrivate
        | Stage::Consent(_)
        | Stage::Asking(..)
        | Stage::NobodyFits { .. }
        | Stage::Sent(_)
        | Stage::Telling(..)
        | Stage::Cancelled { .. }
        | Stage::Left => notice(super::steady(conversation), Notice::Typed),
    }
}

/// Adds something to the request. Without an agreement there is nothing to add it under.
pub(super) fn add(next: Conversation, sent: &Sent, more: More) -> Step {
    let Some(consent) = sent.consent else { return show(bare(next)) };
    let (code, contact) = (sent.code, sent.contact);
    let addition = Addition { code, consent, locale: next.locale, contact, more };
    ask_for(bare(next), Effect::Add(Box::new(addition)))
}

pub(super) fn settle(conversation: Conversation, outcome: Outcome) -> Step {
    let minor = conversation.is_minor();
    match (conversation.stage, outcome) {
        (Stage::Asking(intake, _), Outcome::HandedOff { code, contact }) => {
            let (consent, danger) = (Some(intake.consent), intake.approach.danger);
            let (other, zone) = (intake.answers.about.is_other(), Zone::of(intake.answers.place));
            let elsewhere = false;
            show(at(
                conversation,
                Stage::Sent(Sent { code, minor, danger, other, consent, contact, elsewhere, zone }),
            ))
        }
        (Stage::Asking(..), Outcome::NobodyFits) => show(at(conversation, Stage::NobodyFits { minor })),
        // Told with the numbers to call, so that a failure is no dead end either.
        (Stage::Asking(..), Outcome::NotHandedOff) => notice(bare(conversation), Notice::NotSent),
        (Stage::Asking(..) | Stage::Sent(_) | Stage::Telling(..), Outcome::Cancelled) => {
            show(at(conversation, Stage::Cancelled { minor }))
        }
        (Stage::Sent(_), Outcome::NotCancelled) => notice(bare(conversation), Notice::NotErased),
        (Stage::Home, Outcome::Found(code)) => show(at(conversation, Stage::Sent(found(code)))),
        (Stage::Home, Outcome::NotFound) => notice(conversation, Notice::CodeNotFound),
        (Stage::Home, Outcome::TooManyTries) => notice(bare(conversation), Notice::CodeTooMany),
        (Stage::Home, Outcome::NotLookedUp) => notice(conversation, Notice::CodeNotLookedUp),
        (Stage::Sent(_) | Stage::Telling(..), Outcome::Added { more, cut }) => {
            let elsewhere = conversation.sent().is_some_and(|sent| sent.elsewhere);
            notice(moved_on(conversation), told(more, cut, elsewhere))
        }
        (Stage::Sent(_) | Stage::Telling(..), Outcome::NotAdded) => {
            notice(super::steady(conversation), Notice::NotAdded)
        }
        (Stage::Sent(_), Outcome::Opened) => show(lay(conversation, Over::Message)),
        (Stage::Sent(_), Outcome::NoMessage) => notice(bare(conversation), Notice::NoMessage),
        _ => show(bare(conversation)),
    }
}

/// A request that was found by its code: on this phone nobody has agreed to anything yet.
const fn found(code: Code) -> Sent {
    let (contact, zone) = (Contact::Never, Zone::Mainland);
    Sent { code, minor: false, danger: false, other: false, consent: None, contact, elsewhere: true, zone }
}

/// What is said of an addition. On a phone that came by the code nothing changes by it: the association reads the wish.
const fn told(more: More, cut: bool, elsewhere: bool) -> Notice {
    match more {
        More::SafeTime | More::Stop if elsewhere => Notice::Added,
        More::Signs(_) | More::Needs(_) | More::Children(_) | More::Languages(_) => Notice::Added,
        More::SafeTime => Notice::SafeTime,
        More::Words if cut => Notice::SealedCut,
        More::Words => Notice::Sealed,
        More::Answer(_) => Notice::Answered,
        More::Stop => Notice::Stopped,
    }
}
