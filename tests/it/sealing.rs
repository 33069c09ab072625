//! Sealed buttons and keys: what opens, what does not, and that the format stays.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::TimeDelta;
use proptest::prelude::*;
use relais::conversation::{Answers, Approach, Choice, Conversation, Intake, Over, Question, Stage};
use relais::ids::{ChatId, Code, Country, Department, HandoffId, Nonce};
use relais::locale::Locale;
use relais::record::Consent;
use relais::sealing::{KeyFault, KeyRing, Opened, SEALED_CHARACTERS, Unopened};
use relais::terms::{Area, Need, Place, Situation, Who};

use crate::walk::{self, noon};

/// The chat of the person in these tests: as long as a chat id can be.
pub const CHAT: ChatId = ChatId(-9_007_199_254_740_991);

/// A key file whose secrets are known.
pub fn key_file(keys: &[(u8, &str, u8)]) -> String {
    let secret = |byte| base64::engine::general_purpose::STANDARD.encode([byte; 32]);
    let entry = |(number, created, byte): &(u8, &str, u8)| {
        format!("[[key]]\nnumber = {number}\ncreated = \"{created}\"\nsecret = \"{}\"\n", secret(*byte))
    };
    keys.iter().map(entry).collect()
}

/// The keys of the server in these tests.
pub fn ring() -> KeyRing {
    KeyRing::parse(&key_file(&[(7, "2026-11-01", 1)])).unwrap()
}

fn check_button(keys: &KeyRing, conversation: &Conversation, choice: Choice) {
    let sealed = keys.seal(conversation, choice, CHAT, noon());
    assert_eq!(sealed.len(), SEALED_CHARACTERS);
    assert!(sealed.is_ascii());
    let opened = keys.open(&sealed, CHAT, noon());
    let kind = choice.plain();
    assert_eq!(opened, Ok(Opened { conversation: *conversation, choice }), "lost on the way: plain {kind:?}");
}

#[test]
fn every_button_of_every_screen_opens_to_what_it_stands_for() {
    let keys = ring();
    for locale in Locale::all() {
        for backwards in [false, true] {
            for walk in walk::every_shape(locale, backwards) {
                for button in walk.buttons() {
                    check_button(&keys, &walk.conversation, button.choice);
                }
            }
        }
    }
}

#[test]
fn every_answer_is_kept() {
    let keys = ring();
    let departments = (1..1_000).filter_map(Department::from_number).map(Place::Department);
    let countries = (0..676).filter_map(Country::from_number).map(Place::Abroad);
    let areas = Area::ALL.iter().map(|&area| Place::Area(area));
    let places: Vec<Place> =
        [Place::Unsaid].into_iter().chain(departments).chain(countries).chain(areas).collect();
    let some = |at: usize, length: usize| (at % (length + 1)).checked_sub(1);
    for (at, &place) in places.iter().enumerate() {
        let answers = Answers {
            about: relais::record::About::Oneself {
                who: some(at, Who::ALL.len()).map(|at| Who::ALL[at]),
                situation: some(at, Situation::ALL.len()).map(|at| Situation::ALL[at]),
                need: some(at, Need::ALL.len()).map(|at| Need::ALL[at]),
            },
            place,
            far: at % 2 == 1,
        };
        let consent = Consent::given(15, relais::clock::Minute::from_number(u32::MAX));
        let approach = Approach {
            danger: at % 3 == 0,
            way: if at % 5 == 0 { relais::conversation::Way::Short } else { relais::conversation::Way::Full },
        };
        let intake = Intake { consent, approach, answers };
        let question = Question::Department { area: Area::Overseas, changing: true };
        let nonce = Nonce::new(u64::MAX);
        let over = Some(Over::Languages { page: 7 });
        let stage = Stage::Asking(intake, question);
        let conversation = Conversation { over, stage, ..Conversation::begin(Locale::ARABIC, nonce) };
        check_button(&keys, &conversation, Choice::Department(Department::from_number(989).unwrap()));
    }
}

#[test]
fn a_button_of_another_chat_does_not_open() {
    let keys = ring();
    let sealed = keys.seal(&walk::beginning(Locale::FRENCH), Choice::Leave, CHAT, noon());
    for other in [ChatId(0), ChatId(-CHAT.0), ChatId(CHAT.0 + 1)] {
        assert_eq!(keys.open(&sealed, other, noon()), Err(Unopened::Foreign));
    }
}

#[test]
fn a_changed_byte_anywhere_is_noticed() {
    let keys = ring();
    let sealed = keys.seal(&walk::beginning(Locale::FRENCH), Choice::Agree, CHAT, noon());
    let bytes = URL_SAFE_NO_PAD.decode(&sealed).unwrap();
    for at in 0..bytes.len() {
        for bit in 0..8 {
            let mut changed = bytes.clone();
            changed[at] ^= 1 << bit;
            assert_eq!(keys.open(&URL_SAFE_NO_PAD.encode(changed), CHAT, noon()), Err(Unopened::Foreign));
        }
    }
}

#[test]
fn a_button_speaks_for_seven_days() {
    let keys = ring();
    let conversation = walk::beginning(Locale::ENGLISH);
    let sealed = keys.seal(&conversation, Choice::NeedHelp, CHAT, noon());
    assert!(keys.open(&sealed, CHAT, noon() + TimeDelta::days(7)).is_ok());
    let late = noon() + TimeDelta::days(7) + TimeDelta::minutes(1);
    assert_eq!(keys.open(&sealed, CHAT, late), Err(Unopened::Expired));
    // A clock that went back does not lock anyone out.
    assert!(keys.open(&sealed, CHAT, noon() - TimeDelta::days(1)).is_ok());
}

#[test]
fn an_older_key_still_opens_and_the_newest_seals() {
    let old = KeyRing::parse(&key_file(&[(7, "2026-11-01", 1)])).unwrap();
    let new = KeyRing::parse(&key_file(&[(7, "2026-11-01", 1), (8, "2026-11-20", 2)])).unwrap();
    let pruned = KeyRing::parse(&key_file(&[(8, "2026-11-20", 2)])).unwrap();
    let conversation = walk::beginning(Locale::ENGLISH);
    let sealed = old.seal(&conversation, Choice::NeedHelp, CHAT, noon());
    assert!(new.open(&sealed, CHAT, noon()).is_ok());
    assert_eq!(pruned.open(&sealed, CHAT, noon()), Err(Unopened::Foreign));
    let sealed = new.seal(&conversation, Choice::NeedHelp, CHAT, noon());
    assert!(pruned.open(&sealed, CHAT, noon()).is_ok());
    assert_eq!(old.open(&sealed, CHAT, noon()), Err(Unopened::Foreign));
    let code = walk::code();
    assert_eq!(new.handoffs(code).collect::<Vec<_>>(), [pruned.handoff(code), old.handoff(code)]);
    let address = old.seal_return_address(old.handoff(code), b"who");
    assert_eq!(new.open_return_address(old.handoff(code), &address).as_deref(), Some(b"who".as_slice()));
    assert_eq!(pruned.open_return_address(old.handoff(code), &address), None);
}

#[test]
fn what_is_no_button_is_foreign() {
    let keys = ring();
    let sealed = keys.seal(&walk::beginning(Locale::ENGLISH), Choice::NeedHelp, CHAT, noon());
    let longer = format!("{sealed}A");
    let padded = format!("{}=", &sealed[..63]);
    for rubbish in ["", "start", &sealed[1..], &longer, &padded, &"é".repeat(32), &"\0".repeat(64)] {
        assert_eq!(keys.open(rubbish, CHAT, noon()), Err(Unopened::Foreign), "{rubbish:?}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn random_bytes_never_open(bytes in prop::collection::vec(any::<u8>(), 48), text in ".{0,80}") {
        let keys = ring();
        prop_assert!(keys.open(&URL_SAFE_NO_PAD.encode(&bytes), CHAT, noon()).is_err());
        prop_assert!(keys.open(&text, CHAT, noon()).is_err());
        prop_assert_eq!(keys.open_return_address(HandoffId::new([0; 16]), &text), None);
        let mut known = bytes;
        known[0] = 7;
        prop_assert!(keys.open(&URL_SAFE_NO_PAD.encode(&known), CHAT, noon()).is_err());
    }
}

#[test]
fn a_return_address_opens_for_its_own_handoff_only() {
    let keys = ring();
    let handoff = keys.handoff(walk::code());
    let sealed = keys.seal_return_address(handoff, b"who wrote");
    assert_eq!(keys.open_return_address(handoff, &sealed).as_deref(), Some(b"who wrote".as_slice()));
    let other = keys.handoff(Code::from_number(1).unwrap());
    assert_eq!(keys.open_return_address(other, &sealed), None);
}

#[test]
fn a_key_file_tells_its_faults_without_its_content() {
    let good = key_file(&[(1, "2026-11-01", 1)]);
    let long = good.replace("secret = \"", "secret = \"AAAA");
    let cases = [
        ("key = []".to_owned(), KeyFault::Empty),
        (String::new(), KeyFault::Shape),
        ("not toml".to_owned(), KeyFault::Shape),
        (format!("{good}more = 1\n"), KeyFault::Shape),
        (good.replace("2026-11-01", "yesterday"), KeyFault::Shape),
        (good.replace("number = 1", "number = 256"), KeyFault::Shape),
        (good.replace("secret = \"", "secret = \"!"), KeyFault::Length(1)),
        (long, KeyFault::Length(1)),
        (key_file(&[(3, "2026-11-01", 1), (3, "2026-11-02", 2)]), KeyFault::Duplicate(3)),
    ];
    for (file, fault) in cases {
        let said = KeyRing::parse(&file).unwrap_err();
        assert_eq!(said, fault, "{file}");
        assert!(!said.to_string().contains("AQEB"), "a fault holds a secret");
    }
    let fresh = KeyRing::generate_file(noon().date_naive()).unwrap();
    assert!(KeyRing::parse(&fresh).is_ok());
    assert_ne!(*fresh, *KeyRing::generate_file(noon().date_naive()).unwrap());
}

/// What stands in chats, tokens and rows today must still open tomorrow: these never change.
#[test]
fn the_format_of_buttons_stays() {
    let keys = ring();
    let mut walk = walk::Walk::new(Locale::FRENCH);
    for choice in [Choice::NeedHelp, Choice::Agree, Choice::Who(Who::Minor), Choice::SendNow] {
        walk.tap(choice);
    }
    let choice = Choice::Send(relais::terms::Contact::Evening);
    let pinned = "B4rNbvsc-nW9rYnd707aTTPX4rEJBtVwSHgyEkTHQirzrtUNuSwalj6SI9VVhUOe";
    assert_eq!(keys.seal(&walk.conversation, choice, CHAT, noon()), pinned);
    let opened = keys.open(pinned, CHAT, noon()).unwrap();
    assert_eq!(opened, Opened { conversation: walk.conversation, choice });
}

/// As above: a code leads to its handoff for as long as a request lives.
#[test]
fn the_derivations_stay() {
    let keys = ring();
    let code = keys.code(CHAT, Nonce::new(0x01_2345_6789));
    assert_eq!(code.digits(), "632639719378");
    let handoff = keys.handoff(code);
    assert_eq!(handoff.to_string(), "467228e2659098a8093ca90b734035ec");
    assert_eq!(relais::handoff::sign(handoff), "🎈⚽🧤");
    assert_eq!(keys.seal_return_address(handoff, b"who wrote"), "BwyPNbxJEBwHvIKOaqmThI5f_bWaETe9I5w");
    let verifying = relais::handoff::key_text(&keys.signing().verifying_key());
    assert_eq!(verifying, "CHbyKdvLOQcgkhRXJ4HSXVh8cHYmqnBcCSAsIFAMIao=");
}
