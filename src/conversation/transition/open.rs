//! Before the intake: home, the phone that is not private, the agreement.

use chrono::{DateTime, Utc};

use super::{at, home, lay};
use crate::clock::Minute;
use crate::conversation::{Answers, Approach, Choice, Conversation, Intake, Over, Question, Stage, Way};
use crate::record::{CONSENT_VERSION, Consent};

pub(super) fn tap(conversation: Conversation, choice: Choice) -> Conversation {
    match (choice, conversation.stage) {
        (Choice::HaveCode, Stage::Home) => lay(conversation, Over::TypeCode),
        (Choice::NeedHelp, stage) => enter(conversation, stage, consent(Way::Full)),
        (Choice::NotPrivate, stage) => enter(conversation, stage, Stage::NotPrivate),
        (Choice::GoOnShort, stage) => enter(conversation, stage, consent(Way::Short)),
        (Choice::Worry, stage) => enter(conversation, stage, consent(Way::Other)),
        (Choice::TellAssociation, stage) => tell_association(conversation, stage),
        (_, stage) => at(conversation, stage),
    }
}

const fn consent(way: Way) -> Stage {
    Stage::Consent(Approach { danger: false, way })
}

/// Moves on from the screens before the intake; elsewhere such a choice changes nothing.
const fn enter(conversation: Conversation, stage: Stage, next: Stage) -> Conversation {
    let stage = match stage {
        Stage::Home | Stage::NotPrivate | Stage::Consent(_) => next,
        Stage::Asking(..)
        | Stage::NobodyFits { .. }
        | Stage::Sent(_)
        | Stage::Telling(..)
        | Stage::Cancelled { .. }
        | Stage::Left => stage,
    };
    at(conversation, stage)
}

fn tell_association(conversation: Conversation, stage: Stage) -> Conversation {
    let consent = |way| Stage::Consent(Approach { danger: true, way });
    let (conversation, stage) = match stage {
        Stage::Home => (conversation, consent(Way::Full)),
        Stage::NotPrivate => (conversation, consent(Way::Short)),
        Stage::Consent(approach) => (conversation, consent(approach.way)),
        Stage::Asking(intake, question) => {
            let approach = Approach { danger: true, ..intake.approach };
            (conversation, Stage::Asking(Intake { approach, ..intake }, question))
        }
        Stage::NobodyFits { .. } | Stage::Cancelled { .. } => (home(conversation), consent(Way::Full)),
        stage @ (Stage::Sent(_) | Stage::Telling(..) | Stage::Left) => (conversation, stage),
    };
    at(conversation, stage)
}

pub(super) fn agree(conversation: Conversation, now: DateTime<Utc>) -> Conversation {
    let stage = match conversation.stage {
        Stage::Consent(approach) => {
            let consent = Consent::given(CONSENT_VERSION, Minute::of(now));
            let intake = Intake { consent, approach, answers: Answers::none(approach.way) };
            Stage::Asking(intake, first(approach.way))
        }
        stage @ (Stage::Home
        | Stage::NotPrivate
        | Stage::Asking(..)
        | Stage::NobodyFits { .. }
        | Stage::Sent(_)
        | Stage::Telling(..)
        | Stage::Cancelled { .. }
        | Stage::Left) => stage,
    };
    at(conversation, stage)
}

const fn first(way: Way) -> Question {
    match way {
        Way::Full | Way::Short => Question::Who { changing: false },
        Way::Other => Question::Reporter { changing: false },
    }
}
