//! The screens after the intake: S9, S11, S14, and the one where nobody could take the request.

use super::{
    Answering, Button, Facts, Line, News, Paragraph, Screen, SentFacts, SentState, intake, open, other,
};
use crate::conversation::{Choice, Conversation, Sent};
use crate::message::Message;

pub(super) fn hub(sent: &Sent, facts: &Facts) -> Screen {
    let mut body = Vec::new();
    match &facts.sent {
        SentState::Known(known) => {
            body.push(vec![stands(known)]);
            // Who could not help is nobody to call.
            if known.news != News::Declined {
                body.extend(association(known));
            }
            let awaited = matches!(known.news, News::Waiting | News::Told | News::Read);
            if awaited && known.answering != Answering::NationalTeam {
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
    body.extend(others(sent, facts));
    if sent.other {
        body.extend(other::card(facts));
    }
    Screen { body, sections: hub_buttons(sent, facts) }
}

/// What can be done with a request; where it is closed, nothing can be added to it.
fn hub_buttons(sent: &Sent, facts: &Facts) -> Vec<Vec<Button>> {
    let mut sections = Vec::new();
    if facts.message_waits {
        sections.push(vec![Button::new(Message::HubOpen, Choice::OpenMessage)]);
    }
    sections.push(vec![Button::new(Message::HubNews, Choice::News)]);
    if !matches!(facts.sent, SentState::Closed) {
        if facts.free_text {
            sections.push(vec![Button::new(Message::HubWrite, Choice::Write)]);
        }
        if !sent.other {
            sections.push(vec![Button::new(Message::HubSayMore, Choice::SayMore)]);
        }
        sections.push(vec![Button::new(Message::HubCode, Choice::ShowCode)]);
    }
    // Seven choices at most: where a message waits, it is asked about on the message itself.
    if !facts.message_waits {
        sections.push(vec![Button::new(Message::Genuine, Choice::Genuine)]);
    }
    sections.push(vec![Button::new(Message::HubClear, Choice::ClearChat)]);
    sections.push(vec![Button::new(Message::HubCancel, Choice::Cancel)]);
    sections
}

/// The code, on demand only: Back takes it away again.
pub(super) fn code(conversation: &Conversation) -> Screen {
    let shown = conversation.sent().map(|sent| vec![Message::CodeShown { code: sent.code.grouped() }]);
    let mut body: Vec<Paragraph> = shown.into_iter().collect();
    body.push(vec![Message::CodeKeep]);
    Screen { body, sections: vec![vec![Button::back()]] }
}

/// S11: another time, or another way, to be answered.
pub(super) fn safe_time() -> Screen {
    let mut sections = intake::contacts(false);
    sections.push(vec![Button::back()]);
    Screen { body: vec![vec![Message::SafeTimeText]], sections }
}

/// Until somebody has read it, by when that should be; then what became of it.
fn stands(known: &SentFacts) -> Message {
    match known.news {
        News::Waiting | News::Told => asked(known),
        News::NationalTeamTold
        | News::Read
        | News::Accepted
        | News::PassedOn
        | News::Declined
        | News::Closed => became(known.news),
    }
}

fn became(news: News) -> Message {
    match news {
        News::Waiting => Message::NewsWaiting,
        News::Told => Message::NewsTold,
        News::NationalTeamTold => Message::NewsNationalTeam,
        News::Read => Message::NewsRead,
        News::Accepted => Message::NewsAccepted,
        News::PassedOn => Message::NewsPassedOn,
        News::Declined => Message::NewsDeclined,
        News::Closed => Message::NewsClosed,
    }
}

/// Where the association is, what it speaks, and its number.
fn association(known: &SentFacts) -> Vec<Paragraph> {
    let mut body = Vec::new();
    match &known.answering {
        Answering::Association { place } => body.push(vec![Message::SentPlace { place: place.clone() }]),
        Answering::Nationwide => body.push(vec![Message::SentNationwide]),
        Answering::NationalTeam => {}
    }
    if !known.languages.is_empty() {
        body.push(vec![Message::SentLanguages { languages: known.languages.join(", ") }]);
    }
    body.extend(known.phone.as_ref().map(phone));
    body
}

fn asked(known: &SentFacts) -> Message {
    let time = Box::new(known.time.clone());
    match known.answering {
        Answering::Association { .. } | Answering::Nationwide => Message::SentText { time },
        Answering::NationalTeam => Message::SentNationalTeam { time },
    }
}

fn phone((name, number): &(String, String)) -> Paragraph {
    vec![Message::SentPhone { name: name.clone(), number: number.clone() }]
}

/// Whom else to call: others that fit, and the public numbers that fit, which danger lists already.
fn others(sent: &Sent, facts: &Facts) -> Vec<Paragraph> {
    let mut others: Vec<Paragraph> = match &facts.sent {
        SentState::Known(known) => known.others.iter().map(phone).collect(),
        SentState::Closed | SentState::Unknown => Vec::new(),
    };
    if !sent.danger {
        // What is true of these numbers is not true of those above, so each says it for itself.
        let said = |line: &Line| std::iter::once(line.message.clone()).chain(line.notes.clone()).collect();
        others.extend(facts.fitting.iter().map(said));
    }
    if !others.is_empty() {
        others.insert(0, vec![Message::SentOthers]);
    }
    others
}

pub(super) fn news(facts: &Facts) -> Screen {
    let mut body = Vec::new();
    match &facts.sent {
        SentState::Known(known) => {
            body.push(vec![became(known.news)]);
            if known.late {
                body.push(vec![Message::NewsLate]);
            }
        }
        SentState::Closed => body.push(vec![Message::SentEarlier]),
        SentState::Unknown => body.push(vec![Message::NewsUnknown]),
    }
    let mut sections = Vec::new();
    if facts.message_waits {
        sections.push(vec![Button::new(Message::HubOpen, Choice::OpenMessage)]);
    }
    sections.push(vec![Button::new(Message::HubNews, Choice::News)]);
    if !matches!(facts.sent, SentState::Closed) {
        sections.push(vec![Button::new(Message::HubSafeTime, Choice::SafeTime)]);
    }
    sections.push(vec![Button::back()]);
    Screen { body, sections }
}

pub(super) fn erase() -> Screen {
    Screen {
        body: vec![vec![Message::EraseText]],
        sections: vec![
            vec![Button::new(Message::EraseHere, Choice::ClearChat)],
            vec![Button::new(Message::EraseEverything, Choice::EraseEverything)],
            vec![Button::back()],
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
