//! The intake: S4 to S8, and B1 to B5 where someone worries about someone else.

use super::{ask_for, at, lay, sent, show};
use crate::conversation::{Choice, Conversation, Effect, Intake, Over, Question, Stage, Step, Way};
use crate::record::{About, Request, Ticked};
use crate::terms::{Area, Contact, Place, Subject};

pub(super) fn tap(conversation: Conversation, choice: Choice) -> Step {
    let (intake, question) = match (conversation.stage, choice) {
        (Stage::Asking(intake, question), _) => (intake, question),
        // The hub asks the same when the safe time changes.
        (Stage::Sent(sent), Choice::Send(contact)) if conversation.over == Some(Over::SafeTime) => {
            return sent::safe_time(conversation, &sent, contact);
        }
        (stage, _) => return show(at(conversation, stage)),
    };
    match (choice, question) {
        (Choice::Send(contact), Question::Review) if conversation.over.is_none() => {
            send(conversation, &intake, contact)
        }
        (Choice::TypePlace | Choice::NoneOfThese, Question::Place { .. }) => {
            show(lay(conversation, Over::TypePlace))
        }
        (Choice::ChangeLanguage, _) => {
            let review = at(conversation, Stage::Asking(intake, Question::Review));
            show(lay(review, Over::Languages { page: 0 }))
        }
        _ => {
            let (intake, question) = answer(intake, question, choice);
            show(at(conversation, Stage::Asking(intake, question)))
        }
    }
}

/// Answers the present question, or moves within the intake.
fn answer(mut intake: Intake, question: Question, choice: Choice) -> (Intake, Question) {
    let next = match (choice, question) {
        (Choice::Skip, _) | (Choice::Ticked, Question::Observed { .. }) => after(&intake, question),
        (Choice::SendNow, _) => Question::Review,
        (Choice::Change, Question::Review) => Question::Change,
        (_, Question::Change) => changed(&intake, choice).unwrap_or(question),
        (
            _,
            Question::Place { .. }
            | Question::Department { .. }
            | Question::Country { .. }
            | Question::Review,
        ) => place(&mut intake, question, choice),
        (Choice::Observed(seen), Question::Observed { .. }) => {
            if let About::Other { observed, .. } = &mut intake.answers.about {
                *observed = observed.toggled(seen);
            }
            question
        }
        _ if about(&mut intake.answers.about, question, choice) => after(&intake, question),
        _ => question,
    };
    (intake, next)
}

/// Notes an answer of one term, and returns whether it was one to this question.
fn about(about: &mut About, question: Question, choice: Choice) -> bool {
    match (about, question, choice) {
        (About::Oneself { who, .. }, Question::Who { .. }, Choice::Who(said)) => *who = Some(said),
        (About::Oneself { situation, .. }, Question::Situation { .. }, Choice::Situation(said)) => {
            *situation = Some(said);
        }
        (About::Oneself { need, .. }, Question::Need { .. }, Choice::Need(said)) => *need = Some(said),
        (About::Other { reporter, .. }, Question::Reporter { .. }, Choice::Reporter(said)) => {
            *reporter = Some(said);
        }
        (About::Other { subject, observed, .. }, Question::Subject { .. }, Choice::Subject(said)) => {
            *subject = Some(said);
            if !said.may_be_told_of() {
                *observed = Ticked::NONE;
            }
        }
        _ => return false,
    }
    true
}

/// Answers about the place, or moves among its questions.
fn place(intake: &mut Intake, question: Question, choice: Choice) -> Question {
    let answers = &mut intake.answers;
    let changing = changing(question);
    let place = match (choice, question) {
        // "Overseas" is no place to route to: the territory is asked at once.
        (Choice::Area(area @ Area::Overseas), Question::Place { .. }) => {
            return Question::Department { area, changing };
        }
        (Choice::Area(area), Question::Review) => return Question::Department { area, changing: true },
        (Choice::Abroad, Question::Place { .. }) => return Question::Country { changing },
        (Choice::Near | Choice::Far, Question::Place { .. }) => {
            answers.far = choice == Choice::Far;
            return question;
        }
        (Choice::Area(area), Question::Place { .. })
        | (Choice::WholeArea, Question::Department { area, .. }) => Place::Area(area),
        (Choice::Department(department), Question::Department { .. } | Question::Place { .. }) => {
            Place::Department(department)
        }
        (Choice::Commune(commune), Question::Place { .. }) => Place::Commune(commune),
        (Choice::Country(country), Question::Country { .. } | Question::Place { .. }) => {
            Place::Abroad(country)
        }
        (Choice::PlaceUnsaid, Question::Place { .. }) => Place::Unsaid,
        _ => return question,
    };
    answers.place = place;
    Question::Review
}

/// The question that a choice on the screen of changes leads to, if it stands there.
const fn changed(intake: &Intake, choice: Choice) -> Option<Question> {
    Some(match (choice, intake.approach.way) {
        (Choice::ChangeWho, Way::Full | Way::Short) => Question::Who { changing: true },
        (Choice::ChangeSituation, Way::Full | Way::Short) => Question::Situation { changing: true },
        (Choice::ChangeNeed, Way::Full | Way::Short) => Question::Need { changing: true },
        (Choice::ChangeReporter, Way::Other) => Question::Reporter { changing: true },
        (Choice::ChangeSubject, Way::Other) => Question::Subject { changing: true },
        (Choice::ChangeObserved, Way::Other) if asks_observed(intake) => {
            Question::Observed { changing: true }
        }
        (Choice::ChangePlace, _) => Question::Place { changing: true },
        _ => return None,
    })
}

/// What was seen is asked only where it may be told.
pub(in crate::conversation) const fn asks_observed(intake: &Intake) -> bool {
    match intake.answers.about {
        About::Other { subject: Some(subject), .. } => subject.may_be_told_of(),
        About::Other { subject: None, .. } | About::Oneself { .. } => false,
    }
}

const fn changing(question: Question) -> bool {
    match question {
        Question::Who { changing }
        | Question::Situation { changing }
        | Question::Need { changing }
        | Question::Reporter { changing }
        | Question::Subject { changing }
        | Question::Observed { changing }
        | Question::Place { changing }
        | Question::Department { changing, .. }
        | Question::Country { changing } => changing,
        Question::Review | Question::Change => true,
    }
}

/// The question that follows. On the short path only who and where are asked.
const fn after(intake: &Intake, question: Question) -> Question {
    let changing = false;
    match question {
        // Whoever changes their mind about the person is asked what they saw, where that may now be told.
        Question::Subject { changing: true } if newly_told(intake) => Question::Observed { changing: true },
        _ if self::changing(question) => Question::Review,
        Question::Who { .. } => match intake.approach.way {
            Way::Short => Question::Place { changing },
            Way::Full | Way::Other => Question::Situation { changing },
        },
        Question::Situation { .. } => Question::Need { changing },
        Question::Reporter { .. } => Question::Subject { changing },
        Question::Subject { .. } if asks_observed(intake) => Question::Observed { changing },
        Question::Need { .. } | Question::Subject { .. } | Question::Observed { .. } => {
            Question::Place { changing }
        }
        Question::Place { .. }
        | Question::Department { .. }
        | Question::Country { .. }
        | Question::Review
        | Question::Change => Question::Review,
    }
}

const fn newly_told(intake: &Intake) -> bool {
    match intake.answers.about {
        About::Other { subject: Some(Subject::Child | Subject::Agrees), observed, .. } => observed.is_empty(),
        About::Other { .. } | About::Oneself { .. } => false,
    }
}

pub(super) const fn before(intake: Intake, question: Question) -> Stage {
    let changing = false;
    let question = match question {
        Question::Department { changing, .. } | Question::Country { changing } => {
            Question::Place { changing }
        }
        Question::Review => Question::Place { changing },
        _ if self::changing(question) => Question::Review,
        Question::Place { .. } => match intake.approach.way {
            Way::Full => Question::Need { changing },
            Way::Short => Question::Who { changing },
            Way::Other if asks_observed(&intake) => Question::Observed { changing },
            Way::Other => Question::Subject { changing },
        },
        Question::Need { .. } => Question::Situation { changing },
        Question::Situation { .. } => Question::Who { changing },
        Question::Observed { .. } => Question::Subject { changing },
        Question::Subject { .. } => Question::Reporter { changing },
        // Before the first question stands the agreement: going back there takes it away.
        Question::Who { .. } | Question::Reporter { .. } => return Stage::Consent(intake.approach),
        Question::Change => Question::Review,
    };
    Stage::Asking(intake, question)
}

fn send(conversation: Conversation, intake: &Intake, contact: Contact) -> Step {
    let request = Request {
        consent: intake.consent,
        locale: conversation.locale,
        danger: intake.approach.danger,
        about: intake.answers.about,
        place: intake.answers.place,
        distance: intake.answers.distance(),
        contact,
        campaign: conversation.campaign,
    };
    ask_for(conversation, Effect::HandOff(Box::new(request)))
}
