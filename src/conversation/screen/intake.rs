//! The screens of the intake: S4 to S8.

use super::{Button, Facts, Paragraph, Screen, other, place};
use crate::conversation::{Choice, Conversation, Intake, Question, Way};
use crate::message::Message;
use crate::record::About;
use crate::terms::{Contact, Need, Place, Situation, Who};

pub(super) fn ask(conversation: &Conversation, intake: &Intake, question: Question, facts: &Facts) -> Screen {
    match question {
        Question::Who { changing } => {
            let who = Who::ALL.iter().map(|&who| Button::new(Message::who(who), Choice::Who(who)));
            listed(Message::WhoText, who, navigation(changing))
        }
        Question::Situation { changing } => {
            let button = |&code| Button::new(Message::situation(code), Choice::Situation(code));
            listed(Message::SituationText, Situation::ALL.iter().map(button), navigation(changing))
        }
        Question::Need { changing } => {
            let button = |&need| Button::new(Message::need(need), Choice::Need(need));
            listed(Message::NeedText, Need::ALL.iter().map(button), navigation(changing))
        }
        Question::Reporter { changing } => other::reporter(changing),
        Question::Subject { changing } => other::subject(changing),
        Question::Observed { changing } => other::observed(intake, changing),
        Question::Place { changing } => place::ask(intake, changing),
        Question::Department { area, .. } => place::departments(area, facts),
        Question::Country { .. } => place::countries(facts),
        Question::Review => review(conversation, intake, facts),
        Question::Change => change(intake),
    }
}

pub(super) fn listed(
    text: Message,
    choices: impl Iterator<Item = Button>,
    navigation: Vec<Button>,
) -> Screen {
    Screen { body: vec![vec![text]], sections: vec![choices.collect(), navigation] }
}

pub(super) fn navigation(changing: bool) -> Vec<Button> {
    let back = Button::back();
    if changing {
        return vec![back];
    }
    vec![back, Button::new(Message::Skip, Choice::Skip), Button::new(Message::SendNow, Choice::SendNow)]
}

/// What would be sent, a line each, in the words of the buttons.
fn summary(conversation: &Conversation, intake: &Intake, facts: &Facts) -> Vec<Paragraph> {
    let item = |item: Message| vec![Message::ReviewItem { item: Box::new(item) }];
    let answers = &intake.answers;
    let mut lines = Vec::new();
    if intake.approach.danger {
        lines.push(vec![Message::ReviewDanger]);
    }
    match answers.about {
        About::Oneself { who, situation, need } => {
            lines.extend(who.map(|who| item(Message::who(who))));
            lines.extend(situation.map(|situation| item(Message::situation(situation))));
            lines.extend(need.map(|need| item(Message::need(need))));
        }
        About::Other { reporter, subject, observed } => {
            lines.extend(reporter.map(|reporter| item(Message::reporter(reporter))));
            lines.extend(subject.map(|subject| item(Message::subject(subject))));
            lines.extend(observed.terms().into_iter().map(|seen| item(Message::observed(seen))));
            if subject.is_some_and(|subject| !subject.may_be_told_of()) {
                lines.push(vec![Message::ReviewAdvice]);
            }
        }
    }
    lines.extend(place_line(answers.place, facts));
    if answers.far {
        lines.push(item(Message::PlaceFar));
    }
    lines.push(vec![Message::ReviewLanguage { language: conversation.locale.native().to_owned() }]);
    let campaign = facts.campaign.clone();
    lines.extend(campaign.map(|campaign| vec![Message::ReviewCampaign { campaign }]));
    lines
}

fn place_line(place: Place, facts: &Facts) -> Option<Paragraph> {
    let item = |item: Message| vec![Message::ReviewItem { item: Box::new(item) }];
    match place {
        Place::Unsaid => None,
        Place::Area(area) => Some(item(Message::area(area))),
        Place::Abroad(country) => Some(item(Message::country(country))),
        Place::Department(_) | Place::Commune(_) => {
            let place = facts.place_name.clone().unwrap_or_default();
            Some(vec![Message::ReviewPlace { place }])
        }
    }
}

fn review(conversation: &Conversation, intake: &Intake, facts: &Facts) -> Screen {
    let mut body = vec![vec![Message::ReviewText]];
    body.extend(summary(conversation, intake, facts));
    body.push(vec![Message::ReviewSign { sign: facts.sign.clone() }]);
    body.push(vec![Message::ReviewAsk]);
    // Where the phone is not private, the way without messages comes first.
    let mut sections = contacts(intake.approach.way == Way::Short);
    if let Place::Area(area) = intake.answers.place {
        sections.push(vec![Button::new(Message::DepartmentText, Choice::Area(area))]);
    }
    sections.push(vec![Button::new(Message::Change, Choice::Change), Button::back()]);
    Screen { body, sections }
}

/// The ways to be answered.
pub(super) fn contacts(silent_first: bool) -> Vec<Vec<Button>> {
    let any = Button::new(Message::SendAnyTime, Choice::Send(Contact::AnyTime));
    let parts = vec![
        Button::new(Message::SendMorning, Choice::Send(Contact::Morning)),
        Button::new(Message::SendAfternoon, Choice::Send(Contact::Afternoon)),
        Button::new(Message::SendEvening, Choice::Send(Contact::Evening)),
    ];
    let never = Button::new(Message::SendNever, Choice::Send(Contact::Never));
    if silent_first { vec![vec![never], vec![any], parts] } else { vec![vec![any], parts, vec![never]] }
}

fn change(intake: &Intake) -> Screen {
    let mut choices = match intake.approach.way {
        Way::Full | Way::Short => vec![
            Button::new(Message::ChangeWho, Choice::ChangeWho),
            Button::new(Message::ChangeSituation, Choice::ChangeSituation),
            Button::new(Message::ChangeNeed, Choice::ChangeNeed),
        ],
        Way::Other => other::changes(intake),
    };
    choices.push(Button::new(Message::ChangePlace, Choice::ChangePlace));
    choices.push(Button::new(Message::ChangeLanguage, Choice::ChangeLanguage));
    listed(Message::ChangeText, choices.into_iter(), vec![Button::back()])
}
