//! Messages, both ways: S12 and S13.

use super::{Button, Facts, Screen};
use crate::conversation::Choice;
use crate::message::Message;
use crate::terms::QuickAnswer;

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
    let text = facts.message.clone().unwrap_or_default();
    let quick = [QuickAnswer::Yes, QuickAnswer::No, QuickAnswer::Later];
    let mut sections = vec![
        quick.into_iter().map(answer).collect(),
        vec![Button::new(Message::SentencesOther, Choice::OtherSentences)],
    ];
    if facts.free_text {
        sections.push(vec![Button::new(Message::HubWrite, Choice::Write)]);
    }
    sections.push(vec![Button::new(Message::StopMessages, Choice::StopMessages)]);
    sections.push(vec![Button::back()]);
    Screen {
        body: vec![
            vec![Message::ReceivedText { text }],
            vec![Message::SentSign { sign: facts.sign.clone() }],
            vec![Message::ReceivedVanishes],
        ],
        sections,
    }
}

pub(super) fn sentences() -> Screen {
    let others = QuickAnswer::ALL
        .iter()
        .copied()
        .filter(|answer| !matches!(answer, QuickAnswer::Yes | QuickAnswer::No | QuickAnswer::Later));
    Screen {
        body: vec![vec![Message::SentencesText]],
        sections: vec![others.map(answer).collect(), vec![Button::back()]],
    }
}

fn answer(answer: QuickAnswer) -> Button {
    Button::new(Message::quick(answer), Choice::Answer(answer))
}
