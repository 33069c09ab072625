//! The screens after the intake: S9, S11, S14, and the one where nobody could take the request.

use super::{Answering, Button, Facts, News, Screen, SentState, open};
use crate::conversation::{Choice, Sent};
use crate::message::Message;

pub(super) fn hub(sent: &Sent, facts: &Facts) -> Screen {
    let mut body = Vec::new();
    match &facts.sent {
        SentState::Known(known) => {
            body.push(vec![asked(known)]);
            match &known.answering {
                Answering::Association { place } => {
                    body.push(vec![Message::SentPlace { place: place.clone() }]);
                }
                Answering::Nationwide => body.push(vec![Message::SentNationwide]),
                Answering::NationalTeam => {}
            }
            if known.answering != Answering::NationalTeam {
                body.push(vec![Message::SentIfNot]);
            }
        }
        SentState::Closed => body.push(vec![Message::SentEarlier]),
        SentState::Unknown => body.push(vec![Message::NewsUnknown]),
    }
    body.push(vec![Message::SentSign { sign: facts.sign.clone() }]);
    if let Some(number) = &facts.danger_number {
        body.push(vec![Message::SentNotEmergency { number: number.clone() }]);
    }
    if sent.danger {
        body.extend(open::listed(&facts.lines));
    }
    body.extend(phones(facts));
    Screen {
        body,
        sections: vec![
            vec![Button::new(Message::HubNews, Choice::News)],
            vec![Button::new(Message::HubClear, Choice::ClearChat)],
            vec![Button::new(Message::HubCancel, Choice::Cancel)],
        ],
    }
}

fn asked(known: &super::SentFacts) -> Message {
    let time = Box::new(known.time.clone());
    match known.answering {
        Answering::Association { .. } | Answering::Nationwide => Message::SentText { time },
        Answering::NationalTeam => Message::SentNationalTeam { time },
    }
}

fn phones(facts: &Facts) -> Vec<Vec<Message>> {
    let known = match &facts.sent {
        SentState::Known(known) if !known.phones.is_empty() => known,
        SentState::Known(_) | SentState::Closed | SentState::Unknown => return Vec::new(),
    };
    let phone = |(name, number): &(String, String)| {
        vec![Message::SentPhone { name: name.clone(), number: number.clone() }]
    };
    std::iter::once(vec![Message::SentOthers]).chain(known.phones.iter().map(phone)).collect()
}

pub(super) fn news(facts: &Facts) -> Screen {
    let mut body = Vec::new();
    match &facts.sent {
        SentState::Known(known) => {
            body.push(vec![match known.news {
                News::Waiting => Message::NewsWaiting,
                News::Told => Message::NewsTold,
                News::NationalTeamTold => Message::NewsNationalTeam,
            }]);
            if known.late {
                body.push(vec![Message::NewsLate]);
            }
        }
        SentState::Closed => body.push(vec![Message::SentEarlier]),
        SentState::Unknown => body.push(vec![Message::NewsUnknown]),
    }
    Screen {
        body,
        sections: vec![
            vec![Button::new(Message::HubNews, Choice::News)],
            vec![Button::new(Message::Back, Choice::Back)],
        ],
    }
}

pub(super) fn erase() -> Screen {
    Screen {
        body: vec![vec![Message::EraseText]],
        sections: vec![
            vec![Button::new(Message::EraseHere, Choice::ClearChat)],
            vec![Button::new(Message::EraseEverything, Choice::EraseEverything)],
            vec![Button::new(Message::Back, Choice::Back)],
        ],
    }
}

pub(super) fn cancelled() -> Screen {
    Screen {
        body: vec![vec![Message::ErasedText]],
        sections: vec![vec![Button::new(Message::Home, Choice::Home)]],
    }
}

pub(super) fn nobody_fits(facts: &Facts) -> Screen {
    let mut body = vec![vec![Message::NobodyText]];
    body.extend(open::listed(&facts.lines));
    Screen { body, sections: vec![vec![Button::new(Message::Home, Choice::Home)]] }
}
