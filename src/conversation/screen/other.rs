//! Someone worries about someone else: B1 to B3, and the card that stays on their hub.

use super::intake::{listed, navigation};
use super::{Button, Facts, Paragraph, Screen};
use crate::conversation::transition::asks_observed;
use crate::conversation::{Choice, Intake};
use crate::message::Message;
use crate::record::About;
use crate::terms::{Observed, Reporter, Subject};

pub(super) fn reporter(changing: bool) -> Screen {
    let button = |&reporter| Button::new(Message::reporter(reporter), Choice::Reporter(reporter));
    listed(Message::ReporterText, Reporter::ALL.iter().map(button), navigation(changing))
}

pub(super) fn subject(changing: bool) -> Screen {
    let button = |&subject| Button::new(Message::subject(subject), Choice::Subject(subject));
    listed(Message::SubjectText, Subject::ALL.iter().map(button), navigation(changing))
}

pub(super) fn observed(intake: &Intake, changing: bool) -> Screen {
    let seen = match intake.answers.about {
        About::Other { observed, .. } => observed,
        About::Oneself { .. } => crate::record::Ticked::NONE,
    };
    let button = |&sign| Button::ticked(Message::observed(sign), Choice::Observed(sign), seen.has(sign));
    let mut shown = listed(Message::ObservedText, Observed::ALL.iter().map(button), navigation(changing));
    shown.sections.insert(1, vec![Button::new(Message::TickedDone, Choice::Ticked)]);
    shown
}

pub(super) fn changes(intake: &Intake) -> Vec<Button> {
    let mut choices = vec![
        Button::new(Message::ChangeReporter, Choice::ChangeReporter),
        Button::new(Message::ChangeSubject, Choice::ChangeSubject),
    ];
    if asks_observed(intake) {
        choices.push(Button::new(Message::ChangeObserved, Choice::ChangeObserved));
    }
    choices
}

/// What keeps the other person, and the writer, from harm.
pub(super) fn card(facts: &Facts) -> Vec<Paragraph> {
    let mut card = vec![
        vec![Message::CardConfront],
        vec![Message::CardPromise],
        vec![Message::CardInvestigate],
        vec![Message::CardChild],
        vec![Message::CardAddress],
    ];
    card.extend(
        facts.danger_number.iter().map(|number| vec![Message::CardDanger { number: number.clone() }]),
    );
    card.extend(facts.minor_number.iter().map(|number| vec![Message::CardMinor { number: number.clone() }]));
    card
}
