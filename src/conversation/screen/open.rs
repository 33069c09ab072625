//! The screens before the intake: S0, S1, S1b, S2 and S3.

use super::{Button, Facts, Line, Screen};
use crate::conversation::{Choice, Conversation};
use crate::message::Message;

/// Languages on one page (screen S0).
const LANGUAGES_A_PAGE: usize = 10;

pub(super) fn languages(page: u8, facts: &Facts) -> Screen {
    let pages = facts.locales.len().div_ceil(LANGUAGES_A_PAGE).max(1);
    let first = usize::from(page) % pages * LANGUAGES_A_PAGE;
    let shown = facts.locales.iter().skip(first).take(LANGUAGES_A_PAGE);
    let names = shown.map(|&locale| Button::named(locale.native().to_owned(), Choice::Locale(locale)));
    let mut sections = vec![names.collect()];
    if pages > 1 {
        sections.push(vec![Button::new(Message::LanguageMore, Choice::MoreLocales)]);
    }
    Screen { body: vec![vec![Message::LanguageChoose]], sections }
}

pub(super) fn home() -> Screen {
    Screen {
        body: vec![vec![Message::HomeText]],
        sections: vec![
            vec![Button::new(Message::HomeNeedHelp, Choice::NeedHelp)],
            vec![Button::new(Message::HomeNotPrivate, Choice::NotPrivate)],
            vec![Button::new(Message::HomeWorry, Choice::Worry)],
            vec![Button::new(Message::HomeNumbers, Choice::NumbersOnly)],
            vec![Button::new(Message::HomeCode, Choice::HaveCode)],
            vec![
                Button::new(Message::Genuine, Choice::Genuine),
                Button::new(Message::HomePrivacy, Choice::More),
            ],
        ],
    }
}

/// C1: the code itself is typed.
pub(super) fn type_code() -> Screen {
    Screen { body: vec![vec![Message::CodeText]], sections: vec![vec![Button::back()]] }
}

pub(super) fn not_private() -> Screen {
    Screen {
        body: vec![vec![Message::NotPrivateText]],
        sections: vec![
            vec![Button::new(Message::NotPrivateGoOn, Choice::GoOnShort)],
            vec![Button::new(Message::NotPrivateClear, Choice::ClearChat)],
            vec![Button::new(Message::NotPrivateNumbers, Choice::NumbersOnly)],
            vec![Button::back()],
        ],
    }
}

pub(super) fn numbers(conversation: &Conversation, facts: &Facts) -> Screen {
    let mut body = vec![vec![Message::NumbersText]];
    body.extend(listed(&facts.lines));
    let mut choices = Vec::new();
    // Who has sent a request already has told an association.
    if conversation.sent().is_none() {
        choices.push(Button::new(Message::NumbersTellAssociation, Choice::TellAssociation));
    }
    Screen { body, sections: vec![choices, vec![Button::back()]] }
}

/// The numbers, a line each; what is true of all of them is said once, below.
pub(super) fn listed(lines: &[Line]) -> Vec<Vec<Message>> {
    if lines.is_empty() {
        return vec![vec![Message::NumbersNone]];
    }
    let all_free = lines.iter().all(|line| line.free_always);
    let mut paragraphs: Vec<Vec<Message>> = lines
        .iter()
        .map(|line| {
            let notes = line.notes.iter().filter(|note| !all_free || !is_of_all(note));
            std::iter::once(line.message.clone()).chain(notes.cloned()).collect()
        })
        .collect();
    if all_free {
        paragraphs.push(vec![Message::NumbersAllFree]);
    }
    paragraphs
}

fn is_of_all(note: &Message) -> bool {
    matches!(note, Message::NoteFree | Message::NoteAlways)
}

/// S3, and before B1 where someone writes about someone else.
pub(super) fn consent(other: bool, facts: &Facts) -> Screen {
    let days = facts.retention_days;
    let text = if other { Message::ConsentOtherText { days } } else { Message::ConsentText { days } };
    Screen {
        body: vec![vec![text]],
        sections: vec![
            vec![Button::new(Message::ConsentAgree, Choice::Agree)],
            vec![Button::new(Message::ConsentNumbers, Choice::NumbersOnly)],
            vec![Button::new(Message::ConsentMore, Choice::More)],
            vec![Button::back()],
        ],
    }
}
