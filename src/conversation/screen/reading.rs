//! What can be read wherever the conversation stands: privacy, and whether this is real.

use super::{Button, Facts, Linked, Paragraph, Screen};
use crate::conversation::{Choice, Conversation};
use crate::message::Message;

/// How many pages the privacy text has: what matters most, then all of it.
pub const PRIVACY_PAGES: u8 = 5;

pub(super) fn privacy(page: u8, facts: &Facts) -> Screen {
    let days = facts.retention_days;
    let mut body = vec![vec![match page {
        0 => Message::PrivacyText { days },
        1 => Message::PrivacySeen { minutes: facts.idle_minutes },
        2 => Message::PrivacyKept { days },
        3 => Message::PrivacyErase,
        _ => Message::PrivacyTold,
    }]];
    if page + 1 >= PRIVACY_PAGES {
        body.push(vec![match &facts.operator {
            Some(operator) => Message::PrivacyOperator { operator: operator.clone() },
            None => Message::PrivacyOperatorUnsaid,
        }]);
    }
    let mut buttons = vec![Button::back()];
    if page + 1 < PRIVACY_PAGES {
        buttons.push(Button::new(Message::PrivacyMore, Choice::NextPage));
    }
    Screen { body, sections: vec![buttons] }
}

/// Is this real? Who has sent a request sees its sign as well.
pub(super) fn genuine(conversation: &Conversation, facts: &Facts) -> Screen {
    let mut body = vec![vec![Message::GenuineText]];
    if conversation.sent().is_some() {
        body.push(vec![Message::SentSign { sign: facts.sign.clone() }]);
    }
    body.push(only_this_bot(facts));
    Screen { body, sections: vec![vec![Button::back()]] }
}

fn only_this_bot(facts: &Facts) -> Paragraph {
    vec![match &facts.bot {
        Some(bot) => Message::GenuineBot { bot: format!("@{bot}") },
        None => Message::GenuineBotUnnamed,
    }]
}

/// Whether the association whose link was followed is known.
pub(super) fn linked(facts: &Facts) -> Screen {
    let said = match &facts.linked {
        Some(Linked::Listed { name }) => Message::LinkedListed { name: name.clone() },
        Some(Linked::Unlisted) | None => Message::LinkedUnlisted,
    };
    Screen {
        body: vec![vec![said]],
        sections: vec![vec![
            Button::new(Message::GoOn, Choice::Back),
            Button::new(Message::Genuine, Choice::Genuine),
        ]],
    }
}
