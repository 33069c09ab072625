//! Saying more (S10): the eleven signs, other needs, children, languages. It can end at any time.

use super::{at, sent, show};
use crate::conversation::{Choice, Conversation, Sent, Stage, Step, Telling};
use crate::record::{More, Signs, Spoken, Ticked};
use crate::terms::Sign;

/// Where it begins.
pub(super) const FIRST: Telling = Telling::Signs { at: Sign::Vulnerability, signs: Signs::NONE };

pub(super) fn tap(conversation: Conversation, choice: Choice) -> Step {
    let Stage::Telling(sent, telling) = conversation.stage else {
        return show(at(conversation, conversation.stage));
    };
    match (telling, choice) {
        (Telling::Signs { at: sign, signs }, Choice::Sign(answer)) => {
            let signs = signs.with(sign, answer);
            match next_sign(sign) {
                Some(next) => {
                    show(at(conversation, Stage::Telling(sent, Telling::Signs { at: next, signs })))
                }
                None => end(conversation, sent, Telling::Signs { at: sign, signs }, Choice::NextQuestions),
            }
        }
        (Telling::Needs(needs), Choice::AlsoNeed(need)) => {
            show(at(conversation, Stage::Telling(sent, Telling::Needs(needs.toggled(need)))))
        }
        (Telling::Children, Choice::ChildrenToo | Choice::NoChildren) => {
            let more = More::Children(choice == Choice::ChildrenToo);
            let next = Stage::Telling(sent, Telling::Languages(Spoken::default()));
            sent::add(at(conversation, next), &sent, more)
        }
        (Telling::Languages(spoken), Choice::Speak(language)) => {
            let spoken = spoken.toggled(language);
            show(at(conversation, Stage::Telling(sent, Telling::Languages(spoken))))
        }
        (_, Choice::Finish | Choice::NextQuestions) => end(conversation, sent, telling, choice),
        _ => show(at(conversation, conversation.stage)),
    }
}

/// Ends a set of questions. Where something was answered it is added; then come the next, or the hub.
fn end(conversation: Conversation, sent: Sent, telling: Telling, choice: Choice) -> Step {
    let next = match telling {
        Telling::Signs { .. } => Some(Telling::Needs(Ticked::NONE)),
        Telling::Needs(_) => Some(Telling::Children),
        Telling::Children => Some(Telling::Languages(Spoken::default())),
        Telling::Languages(_) => None,
    };
    let stage = match next.filter(|_| choice == Choice::NextQuestions) {
        Some(next) => Stage::Telling(sent, next),
        None => Stage::Sent(sent),
    };
    let more = match telling {
        Telling::Signs { signs, .. } => (!signs.is_empty()).then_some(More::Signs(signs)),
        Telling::Needs(needs) => (!needs.is_empty()).then_some(More::Needs(needs)),
        Telling::Children => None,
        Telling::Languages(spoken) => (!spoken.is_empty()).then_some(More::Languages(spoken)),
    };
    match more {
        Some(more) => sent::add(at(conversation, stage), &sent, more),
        None => show(at(conversation, stage)),
    }
}

fn next_sign(sign: Sign) -> Option<Sign> {
    Sign::from_number(sign.number() + 1)
}

/// One question back; before the first of a set stands the hub, for what was added stays added.
pub(super) fn before(sent: Sent, telling: Telling) -> Stage {
    match telling {
        Telling::Signs { at, signs } => match at.number().checked_sub(1).and_then(Sign::from_number) {
            Some(at) => Stage::Telling(sent, Telling::Signs { at, signs }),
            None => Stage::Sent(sent),
        },
        Telling::Needs(_) | Telling::Children | Telling::Languages(_) => Stage::Sent(sent),
    }
}
