//! Messages, both ways: S12 and S13.

use super::{Button, Facts, Screen};
use crate::conversation::Choice;
use crate::message::Message;
use crate::phrase::Answer;

/// How many answers stand under the message itself; the others are one tap away.
const AT_ONCE: usize = 3;

/// Returns what tells a person that a message has come: nothing else, for anyone may see the screen.
#[must_use]
pub fn push() -> Screen {
    Screen {
        body: vec![vec![Message::PushText]],
        sections: vec![vec![Button::new(Message::PushOpen, Choice::OpenMessage)], super::ways_out()],
    }
}

/// S13: the words themselves are typed.
pub(super) fn write() -> Screen {
    Screen { body: vec![vec![Message::WriteText]], sections: vec![vec![Button::back()]] }
}

pub(super) fn alone() -> Screen {
    let yes = Button::new(Message::AloneYes, Choice::Alone);
    let not = Button::new(Message::AloneNot, Choice::NotNow);
    Screen { body: vec![vec![Message::AloneText]], sections: vec![vec![yes, not]] }
}

pub(super) fn received(facts: &Facts) -> Screen {
    // Its time may have ended while another screen stood upon it.
    let said = facts.message.clone().map_or(Message::NoticeNoMessage, |text| Message::ReceivedText { text });
    let mut sections = vec![
        Answer::ALL.iter().take(AT_ONCE).copied().map(answer).collect(),
        vec![Button::new(Message::SentencesOther, Choice::OtherSentences)],
    ];
    if facts.free_text {
        sections.push(vec![Button::new(Message::HubWrite, Choice::Write)]);
    }
    sections.push(vec![Button::new(Message::StopMessages, Choice::StopMessages)]);
    sections.push(vec![Button::new(Message::Genuine, Choice::Genuine), Button::back()]);
    Screen {
        body: vec![
            vec![said],
            vec![Message::SentSign { sign: facts.sign.clone() }],
            vec![Message::ReceivedVanishes],
        ],
        sections,
    }
}

pub(super) fn sentences() -> Screen {
    Screen {
        body: vec![vec![Message::SentencesText]],
        sections: vec![Answer::ALL.iter().skip(AT_ONCE).copied().map(answer).collect(), vec![Button::back()]],
    }
}

fn answer(answer: Answer) -> Button {
    Button::new(Message::answer(answer), Choice::Answer(answer))
}
