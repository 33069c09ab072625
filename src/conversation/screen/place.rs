//! Where: areas, départements, other countries, and what may be meant by a typed name. S7 and B4.

use super::intake::{listed, navigation};
use super::{Button, Facts, Screen};
use crate::conversation::{Choice, Intake, Way};
use crate::ids::Country;
use crate::message::Message;
use crate::terms::{Area, Place};

pub(super) fn ask(intake: &Intake, changing: bool) -> Screen {
    let areas = Area::ALL.iter().map(|&area| Button::new(Message::area(area), Choice::Area(area)));
    let mut others: Vec<Button> = areas.collect();
    others.push(Button::new(Message::PlaceAbroad, Choice::Abroad));
    let navigation = navigation(changing).into_iter().filter(|button| button.choice != Choice::Skip);
    let mut sections = vec![
        others,
        vec![Button::new(Message::PlaceType, Choice::TypePlace)],
        vec![Button::new(Message::PlaceUnsaid, Choice::PlaceUnsaid)],
    ];
    let far = intake.answers.far;
    let text = match intake.approach.way {
        Way::Full | Way::Short => {
            sections.push(vec![
                Button::ticked(Message::PlaceNear, Choice::Near, !far),
                Button::ticked(Message::PlaceFar, Choice::Far, far),
            ]);
            Message::PlaceText
        }
        Way::Other => Message::PlaceOtherText,
    };
    sections.push(navigation.collect());
    Screen { body: vec![vec![text]], sections }
}

pub(super) fn departments(area: Area, facts: &Facts) -> Screen {
    let mut choices = Vec::new();
    if area != Area::Overseas {
        choices.push(Button::new(Message::PlaceWhole, Choice::WholeArea));
    }
    let named = facts.departments.iter();
    choices.extend(named.map(|(code, name)| Button::named(name.clone(), Choice::Department(*code))));
    Screen {
        body: vec![vec![Message::DepartmentText], vec![Message::area(area)]],
        sections: vec![choices, vec![Button::back()]],
    }
}

pub(super) fn countries(facts: &Facts) -> Screen {
    let button = |&country| Button::new(Message::country(country), Choice::Country(country));
    let choices = facts.countries.iter().chain(std::iter::once(&Country::ELSEWHERE)).map(button);
    listed(Message::CountryText, choices, vec![Button::back()])
}

/// The name itself is typed.
pub(super) fn typing() -> Screen {
    Screen { body: vec![vec![Message::PlaceTypeText]], sections: vec![vec![Button::back()]] }
}

/// What may be meant, each with its département or country; never taken as understood.
pub(super) fn found(facts: &Facts) -> Screen {
    let button = |(place, name): &(Place, String)| {
        Some(Button::named(
            name.clone(),
            match *place {
                Place::Commune(commune) => Choice::Commune(commune),
                Place::Department(department) => Choice::Department(department),
                Place::Abroad(country) => Choice::Country(country),
                // Nobody types these.
                Place::Area(_) | Place::Unsaid => return None,
            },
        ))
    };
    let mut choices: Vec<Vec<Button>> =
        facts.found.iter().filter_map(button).map(|button| vec![button]).collect();
    choices.push(vec![Button::new(Message::PlaceNone, Choice::NoneOfThese)]);
    choices.push(vec![Button::back()]);
    Screen { body: vec![vec![Message::PlaceFound]], sections: choices }
}
