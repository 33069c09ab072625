//! The screens of the intake: S4 to S8.

use super::{Button, Facts, Paragraph, Screen};
use crate::conversation::{Choice, Conversation, Intake, Question};
use crate::message::Message;
use crate::terms::{Area, Contact, Need, Place, Situation, Who};

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
        Question::Place { changing } => place(intake, changing),
        Question::Department { area, .. } => departments(area, facts),
        Question::Country { .. } => countries(facts),
        Question::Review => review(conversation, intake, facts),
        Question::Change => change(),
    }
}

fn listed(text: Message, choices: impl Iterator<Item = Button>, navigation: Vec<Button>) -> Screen {
    Screen { body: vec![vec![text]], sections: vec![choices.collect(), navigation] }
}

fn navigation(changing: bool) -> Vec<Button> {
    let back = Button::new(Message::Back, Choice::Back);
    if changing {
        return vec![back];
    }
    vec![back, Button::new(Message::Skip, Choice::Skip), Button::new(Message::SendNow, Choice::SendNow)]
}

fn place(intake: &Intake, changing: bool) -> Screen {
    let areas = Area::ALL.iter().map(|&area| Button::new(Message::area(area), Choice::Area(area)));
    let toggle = |message: Message, choice, chosen: bool| {
        let message = if chosen { Message::PlaceChosen { choice: Box::new(message) } } else { message };
        Button::new(message, choice)
    };
    let far = intake.answers.far;
    let mut others: Vec<Button> = areas.collect();
    others.push(Button::new(Message::PlaceAbroad, Choice::Abroad));
    Screen {
        body: vec![vec![Message::PlaceText]],
        sections: vec![
            others,
            vec![Button::new(Message::PlaceUnsaid, Choice::PlaceUnsaid)],
            vec![toggle(Message::PlaceNear, Choice::Near, !far), toggle(Message::PlaceFar, Choice::Far, far)],
            navigation(changing).into_iter().filter(|button| button.choice != Choice::Skip).collect(),
        ],
    }
}

fn departments(area: Area, facts: &Facts) -> Screen {
    let mut choices = Vec::new();
    if area != Area::Overseas {
        choices.push(Button::new(Message::PlaceWhole, Choice::WholeArea));
    }
    let named = facts.departments.iter();
    choices.extend(named.map(|(code, name)| Button::named(name.clone(), Choice::Department(*code))));
    let back = vec![Button::new(Message::Back, Choice::Back)];
    Screen {
        body: vec![vec![Message::DepartmentText], vec![Message::area(area)]],
        sections: vec![choices, back],
    }
}

fn countries(facts: &Facts) -> Screen {
    let button = |&country| Button::new(Message::country(country), Choice::Country(country));
    let elsewhere = crate::ids::Country::ELSEWHERE;
    let choices = facts.countries.iter().chain(std::iter::once(&elsewhere)).map(button);
    listed(Message::CountryText, choices, vec![Button::new(Message::Back, Choice::Back)])
}

/// What would be sent, a line each, in the words of the buttons.
fn summary(conversation: &Conversation, intake: &Intake, facts: &Facts) -> Vec<Paragraph> {
    let item = |item: Message| vec![Message::ReviewItem { item: Box::new(item) }];
    let answers = &intake.answers;
    let mut lines = Vec::new();
    if intake.approach.danger {
        lines.push(vec![Message::ReviewDanger]);
    }
    lines.extend(answers.who.map(|who| item(Message::who(who))));
    lines.extend(answers.situation.map(|situation| item(Message::situation(situation))));
    lines.extend(answers.need.map(|need| item(Message::need(need))));
    let place = match answers.place {
        Place::Unsaid => None,
        Place::Area(area) => Some(item(Message::area(area))),
        Place::Abroad(country) => Some(item(Message::country(country))),
        Place::Department(_) => {
            let place = facts.place_name.clone().unwrap_or_default();
            Some(vec![Message::ReviewPlace { place }])
        }
    };
    lines.extend(place);
    if answers.far {
        lines.push(item(Message::PlaceFar));
    }
    lines.push(vec![Message::ReviewLanguage { language: conversation.locale.native().to_owned() }]);
    lines
}

fn review(conversation: &Conversation, intake: &Intake, facts: &Facts) -> Screen {
    let mut body = vec![vec![Message::ReviewText]];
    body.extend(summary(conversation, intake, facts));
    body.push(vec![Message::ReviewSign { sign: facts.sign.clone() }]);
    body.push(vec![Message::ReviewAsk]);
    let any = Button::new(Message::SendAnyTime, Choice::Send(Contact::AnyTime));
    let parts = vec![
        Button::new(Message::SendMorning, Choice::Send(Contact::Morning)),
        Button::new(Message::SendAfternoon, Choice::Send(Contact::Afternoon)),
        Button::new(Message::SendEvening, Choice::Send(Contact::Evening)),
    ];
    let never = Button::new(Message::SendNever, Choice::Send(Contact::Never));
    // Where the phone is not private, the way without messages comes first.
    let mut sections = if intake.approach.short {
        vec![vec![never], vec![any], parts]
    } else {
        vec![vec![any], parts, vec![never]]
    };
    if let Place::Area(area) = intake.answers.place {
        sections.push(vec![Button::new(Message::DepartmentText, Choice::Area(area))]);
    }
    sections
        .push(vec![Button::new(Message::Change, Choice::Change), Button::new(Message::Back, Choice::Back)]);
    Screen { body, sections }
}

fn change() -> Screen {
    let choices = [
        Button::new(Message::ChangeWho, Choice::ChangeWho),
        Button::new(Message::ChangeSituation, Choice::ChangeSituation),
        Button::new(Message::ChangeNeed, Choice::ChangeNeed),
        Button::new(Message::ChangePlace, Choice::ChangePlace),
        Button::new(Message::ChangeLanguage, Choice::ChangeLanguage),
    ];
    let back = vec![Button::new(Message::Back, Choice::Back)];
    listed(Message::ChangeText, choices.into_iter(), back)
}
