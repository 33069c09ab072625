use std::sync::OnceLock;

use relais::conversation::{Choice, Event, Outcome, Places};
use relais::ids::Code;
use relais::locale::Locale;
use relais::record::More;
use relais::terms::Contact;

use super::ground::{Pieces, check_screen, pick};
use crate::walk::{self, Walk, World};

/// The longest walk; longer ones only come round again.
const STEPS: usize = 48;

/// Conversations: any order of taps, old buttons, commands, typed things and outcomes, in any language.
pub fn conversations(bytes: &[u8]) {
    let mut pieces = Pieces::new(bytes);
    let locales: Vec<Locale> = Locale::all().collect();
    let mut walk = Walk::new(pick(&locales, pieces.byte()));
    let mut agreed = false;
    for _ in 0..STEPS {
        if pieces.is_empty() {
            break;
        }
        let (kind, which) = (pieces.byte(), pieces.byte());
        let Some(event) = event(&walk, kind, which) else {
            walk.world = pick(&World::ALL, which);
            continue;
        };
        walk.take(event);
        agreed |= event == Event::Tap(Choice::Agree);
        assert!(agreed || walk.requests.is_empty(), "a request without an agreement");
    }
    if !walk.left {
        check_screen(&walk);
    }
}

fn event(walk: &Walk, kind: u8, which: u8) -> Option<Event> {
    Some(match kind % 8 {
        0..=4 => {
            let shown: Vec<Choice> = walk.buttons().iter().map(|button| button.choice).collect();
            Event::Tap(pick(&shown, which))
        }
        5 => {
            static ONCE: OnceLock<Vec<Choice>> = OnceLock::new();
            Event::Tap(pick(ONCE.get_or_init(walk::every_choice), which))
        }
        6 => pick(&others(), which),
        _ => return None,
    })
}

fn others() -> [Event; 22] {
    let code = Code::from_number(7).unwrap();
    let outcome = Event::Outcome;
    [
        Event::Start,
        Event::Menu,
        Event::Clear,
        Event::Language,
        Event::Privacy,
        Event::OldButton,
        Event::Typed { deleted: true },
        Event::Typed { deleted: false },
        Event::PlaceGiven(walk::places()),
        Event::PlaceGiven(Places::default()),
        Event::CodeGiven(Some(code)),
        Event::CodeGiven(None),
        Event::WordsGiven,
        outcome(Outcome::HandedOff { code, contact: Contact::AnyTime }),
        outcome(Outcome::Found(code)),
        outcome(Outcome::NotFound),
        outcome(Outcome::Added { more: More::Words, cut: true }),
        outcome(Outcome::NotAdded),
        outcome(Outcome::Opened),
        outcome(Outcome::NobodyFits),
        outcome(Outcome::NotHandedOff),
        outcome(Outcome::Cancelled),
    ]
}
