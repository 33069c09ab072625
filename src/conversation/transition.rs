//! The one function that moves a conversation.

use chrono::{DateTime, Utc};

use super::{
    Answers, Approach, Choice, Conversation, Effect, Event, Intake, Notice, Outcome, Over, Question,
};
use super::{Sent, Stage, Step};
use crate::clock::Minute;
use crate::ids::Nonce;
use crate::record::{CONSENT_VERSION, Consent, Request};
use crate::terms::{Area, Contact, Place};

/// Moves a conversation by one event.
///
/// Total: a choice that does not stand on the present screen changes nothing and shows the screen again.
#[must_use]
pub fn step(conversation: Conversation, event: Event, now: DateTime<Utc>) -> Step {
    match event {
        Event::Start => show(start(conversation)),
        Event::Menu => show(Conversation { over: None, ..awake(conversation) }),
        Event::Clear => leave(conversation),
        Event::Language => show(lay(awake(conversation), Over::Languages { page: 0 })),
        Event::Privacy => show(lay(awake(conversation), Over::Privacy)),
        Event::Tap(choice) => tap(awake(conversation), choice, now),
        Event::OldButton => notice(awake(conversation), Notice::OldButton),
        Event::Typed { deleted: true } => notice(awake(conversation), Notice::Typed),
        Event::Typed { deleted: false } => notice(awake(conversation), Notice::TypedLeft),
        Event::Outcome(outcome) => settle(conversation, outcome),
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
        | Stage::Cancelled { .. } => conversation,
    }
}

/// `/start` begins anew, but never takes the hub of a sent request away.
fn start(conversation: Conversation) -> Conversation {
    match conversation.stage {
        Stage::Sent(_) => Conversation { over: None, ..conversation },
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
    let nonce = Nonce::new(conversation.nonce.get().wrapping_add(1));
    Conversation { nonce, over: None, stage: Stage::Home, ..conversation }
}

fn lay(conversation: Conversation, over: Over) -> Conversation {
    Conversation { over: Some(over), ..conversation }
}

fn show(conversation: Conversation) -> Step {
    Step { conversation, effects: vec![Effect::Show(None)] }
}

fn notice(conversation: Conversation, notice: Notice) -> Step {
    Step { conversation, effects: vec![Effect::Show(Some(notice))] }
}

fn leave(conversation: Conversation) -> Step {
    let conversation = Conversation { over: None, stage: Stage::Left, ..conversation };
    Step { conversation, effects: vec![Effect::EraseChat] }
}

fn tap(conversation: Conversation, choice: Choice, now: DateTime<Utc>) -> Step {
    match choice {
        Choice::Danger | Choice::NumbersOnly => show(lay(conversation, Over::Numbers)),
        Choice::Leave | Choice::ClearChat => leave(conversation),
        Choice::Back => show(back(conversation)),
        Choice::Home => show(home(conversation)),
        Choice::Locale(locale) => show(Conversation { locale, over: None, ..conversation }),
        Choice::MoreLocales => show(more_locales(conversation)),
        Choice::More => show(lay(conversation, Over::Privacy)),
        Choice::News => show(lay(conversation, Over::News)),
        Choice::Cancel => show(lay(conversation, Over::Erase)),
        Choice::EraseEverything => cancel(conversation),
        Choice::NeedHelp => show(enter(conversation, Stage::Consent(Approach::default()))),
        Choice::NotPrivate => show(enter(conversation, Stage::NotPrivate)),
        Choice::GoOnShort => {
            show(enter(conversation, Stage::Consent(Approach { danger: false, short: true })))
        }
        Choice::TellAssociation => show(tell_association(conversation)),
        Choice::Agree => show(agree(conversation, now)),
        Choice::Send(contact) => send(conversation, contact),
        Choice::Skip
        | Choice::SendNow
        | Choice::Who(_)
        | Choice::Situation(_)
        | Choice::Need(_)
        | Choice::Area(_)
        | Choice::WholeArea
        | Choice::Department(_)
        | Choice::Abroad
        | Choice::Country(_)
        | Choice::PlaceUnsaid
        | Choice::Near
        | Choice::Far
        | Choice::Change
        | Choice::ChangeWho
        | Choice::ChangeSituation
        | Choice::ChangeNeed
        | Choice::ChangePlace => show(ask(conversation, choice)),
        Choice::ChangeLanguage => show(lay(ask(conversation, Choice::SendNow), Over::Languages { page: 0 })),
    }
}

fn more_locales(conversation: Conversation) -> Conversation {
    let page = match conversation.over {
        Some(Over::Languages { page }) => page.wrapping_add(1) % 8,
        Some(Over::Numbers | Over::Privacy | Over::News | Over::Erase) | None => 0,
    };
    lay(conversation, Over::Languages { page })
}

/// Moves on from the screens before the intake; elsewhere such a choice changes nothing.
fn enter(conversation: Conversation, next: Stage) -> Conversation {
    let stage = match conversation.stage {
        Stage::Home | Stage::NotPrivate | Stage::Consent(_) => next,
        stage @ (Stage::Asking(..)
        | Stage::NobodyFits { .. }
        | Stage::Sent(_)
        | Stage::Cancelled { .. }
        | Stage::Left) => stage,
    };
    Conversation { over: None, stage, ..conversation }
}

fn tell_association(conversation: Conversation) -> Conversation {
    let consent = |short| Stage::Consent(Approach { danger: true, short });
    let (conversation, stage) = match conversation.stage {
        Stage::Home => (conversation, consent(false)),
        Stage::NotPrivate => (conversation, consent(true)),
        Stage::Consent(approach) => (conversation, consent(approach.short)),
        Stage::Asking(intake, question) => {
            let approach = Approach { danger: true, ..intake.approach };
            (conversation, Stage::Asking(Intake { approach, ..intake }, question))
        }
        Stage::NobodyFits { .. } | Stage::Cancelled { .. } => (home(conversation), consent(false)),
        stage @ (Stage::Sent(_) | Stage::Left) => (conversation, stage),
    };
    Conversation { over: None, stage, ..conversation }
}

fn agree(conversation: Conversation, now: DateTime<Utc>) -> Conversation {
    let stage = match conversation.stage {
        Stage::Consent(approach) => {
            let consent = Consent::given(CONSENT_VERSION, Minute::of(now));
            let intake = Intake { consent, approach, answers: Answers::default() };
            Stage::Asking(intake, Question::Who { changing: false })
        }
        stage @ (Stage::Home
        | Stage::NotPrivate
        | Stage::Asking(..)
        | Stage::NobodyFits { .. }
        | Stage::Sent(_)
        | Stage::Cancelled { .. }
        | Stage::Left) => stage,
    };
    Conversation { over: None, stage, ..conversation }
}

/// Answers the present question of an intake, or moves within it.
fn ask(conversation: Conversation, choice: Choice) -> Conversation {
    let stage = match conversation.stage {
        Stage::Asking(intake, question) => {
            let (intake, question) = answer(intake, question, choice);
            Stage::Asking(intake, question)
        }
        stage @ (Stage::Home
        | Stage::NotPrivate
        | Stage::Consent(_)
        | Stage::NobodyFits { .. }
        | Stage::Sent(_)
        | Stage::Cancelled { .. }
        | Stage::Left) => stage,
    };
    Conversation { over: None, stage, ..conversation }
}

fn answer(mut intake: Intake, question: Question, choice: Choice) -> (Intake, Question) {
    let answers = &mut intake.answers;
    let changing = changing(question);
    let next = match (choice, question) {
        (Choice::Skip, _) => after(question, intake.approach.short),
        (Choice::SendNow, _) => Question::Review,
        (Choice::Who(who), Question::Who { .. }) => {
            answers.who = Some(who);
            after(question, intake.approach.short)
        }
        (Choice::Situation(situation), Question::Situation { .. }) => {
            answers.situation = Some(situation);
            after(question, intake.approach.short)
        }
        (Choice::Need(need), Question::Need { .. }) => {
            answers.need = Some(need);
            after(question, intake.approach.short)
        }
        (Choice::Area(area), Question::Place { .. } | Question::Review) => {
            // "Overseas" is no place to route to: the territory is asked at once.
            if area == Area::Overseas {
                Question::Department { area, changing }
            } else if question == Question::Review {
                Question::Department { area, changing: true }
            } else {
                answers.place = Place::Area(area);
                Question::Review
            }
        }
        (Choice::WholeArea, Question::Department { area, .. }) => {
            answers.place = Place::Area(area);
            Question::Review
        }
        (Choice::Department(department), Question::Department { .. }) => {
            answers.place = Place::Department(department);
            Question::Review
        }
        (Choice::Abroad, Question::Place { .. }) => Question::Country { changing },
        (Choice::Country(country), Question::Country { .. }) => {
            answers.place = Place::Abroad(country);
            Question::Review
        }
        (Choice::PlaceUnsaid, Question::Place { .. }) => {
            answers.place = Place::Unsaid;
            Question::Review
        }
        (Choice::Near | Choice::Far, Question::Place { .. }) => {
            answers.far = choice == Choice::Far;
            question
        }
        (Choice::Change, Question::Review) => Question::Change,
        (Choice::ChangeWho, Question::Change) => Question::Who { changing: true },
        (Choice::ChangeSituation, Question::Change) => Question::Situation { changing: true },
        (Choice::ChangeNeed, Question::Change) => Question::Need { changing: true },
        (Choice::ChangePlace, Question::Change) => Question::Place { changing: true },
        _ => question,
    };
    (intake, next)
}

const fn changing(question: Question) -> bool {
    match question {
        Question::Who { changing }
        | Question::Situation { changing }
        | Question::Need { changing }
        | Question::Place { changing }
        | Question::Department { changing, .. }
        | Question::Country { changing } => changing,
        Question::Review | Question::Change => true,
    }
}

/// The question that follows. On the short path only who and where are asked.
const fn after(question: Question, short: bool) -> Question {
    if changing(question) {
        return Question::Review;
    }
    match question {
        Question::Who { .. } if short => Question::Place { changing: false },
        Question::Who { .. } => Question::Situation { changing: false },
        Question::Situation { .. } => Question::Need { changing: false },
        Question::Need { .. } => Question::Place { changing: false },
        Question::Place { .. }
        | Question::Department { .. }
        | Question::Country { .. }
        | Question::Review
        | Question::Change => Question::Review,
    }
}

fn back(conversation: Conversation) -> Conversation {
    if conversation.over.is_some() {
        return Conversation { over: None, ..conversation };
    }
    let stage = match conversation.stage {
        Stage::Consent(Approach { short: true, .. }) => Stage::NotPrivate,
        Stage::Home | Stage::NotPrivate | Stage::Left | Stage::Consent(_) => Stage::Home,
        Stage::Asking(intake, question) => before(intake, question),
        stage @ (Stage::NobodyFits { .. } | Stage::Sent(_) | Stage::Cancelled { .. }) => stage,
    };
    Conversation { stage, ..conversation }
}

fn before(intake: Intake, question: Question) -> Stage {
    let short = intake.approach.short;
    let asked = |question| Stage::Asking(intake, question);
    match question {
        Question::Department { changing, .. } | Question::Country { changing } => {
            asked(Question::Place { changing })
        }
        Question::Review => asked(Question::Place { changing: false }),
        Question::Change
        | Question::Who { changing: true }
        | Question::Situation { changing: true }
        | Question::Need { changing: true }
        | Question::Place { changing: true } => asked(Question::Review),
        Question::Place { changing: false } if !short => asked(Question::Need { changing: false }),
        Question::Need { changing: false } => asked(Question::Situation { changing: false }),
        Question::Situation { changing: false } | Question::Place { changing: false } => {
            asked(Question::Who { changing: false })
        }
        // Before the first question stands the agreement: going back there takes it away.
        Question::Who { changing: false } => Stage::Consent(intake.approach),
    }
}

fn send(conversation: Conversation, contact: Contact) -> Step {
    let request = match &conversation.stage {
        Stage::Asking(intake, Question::Review) => Request {
            consent: intake.consent,
            locale: conversation.locale,
            danger: intake.approach.danger,
            who: intake.answers.who,
            situation: intake.answers.situation,
            need: intake.answers.need,
            place: intake.answers.place,
            distance: intake.answers.distance(),
            contact,
        },
        Stage::Home
        | Stage::NotPrivate
        | Stage::Consent(_)
        | Stage::Asking(..)
        | Stage::NobodyFits { .. }
        | Stage::Sent(_)
        | Stage::Cancelled { .. }
        | Stage::Left => return show(conversation),
    };
    Step { conversation, effects: vec![Effect::HandOff(Box::new(request))] }
}

fn cancel(conversation: Conversation) -> Step {
    match &conversation.stage {
        Stage::Sent(sent) => {
            let effects = vec![Effect::Cancel(sent.code)];
            Step { conversation, effects }
        }
        Stage::Home
        | Stage::NotPrivate
        | Stage::Consent(_)
        | Stage::Asking(..)
        | Stage::NobodyFits { .. }
        | Stage::Cancelled { .. }
        | Stage::Left => show(conversation),
    }
}

fn settle(conversation: Conversation, outcome: Outcome) -> Step {
    let minor = conversation.is_minor();
    let (stage, line) = match (conversation.stage, outcome) {
        (Stage::Asking(intake, _), Outcome::HandedOff(code)) => {
            (Stage::Sent(Sent { code, minor, danger: intake.approach.danger }), None)
        }
        (Stage::Asking(..), Outcome::NobodyFits) => (Stage::NobodyFits { minor }, None),
        // Told with the numbers to call, so that a failure is no dead end either.
        (stage @ Stage::Asking(..), Outcome::NotHandedOff) => (stage, Some(Notice::NotSent)),
        (Stage::Asking(..) | Stage::Sent(_), Outcome::Cancelled) => (Stage::Cancelled { minor }, None),
        (stage @ Stage::Sent(_), Outcome::NotCancelled) => (stage, Some(Notice::NotErased)),
        (stage, _) => (stage, None),
    };
    let conversation = Conversation { over: None, stage, ..conversation };
    Step { conversation, effects: vec![Effect::Show(line)] }
}
