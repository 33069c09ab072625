//! What is sealed after a device was taken out is not sealed to it.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use relais::clock::Minute;
use relais::conversation::{
    Answers, Approach, Choice, Conversation, Event, Intake, Over, Question, Stage as Point,
};
use relais::handoff;
use relais::ids::{AssociationId, ChatId, Nonce};
use relais::locale::Locale;
use relais::record::{About, CONSENT_VERSION, Consent};
use relais::store::RemovedDevice;
use relais::terms::{Area, Contact, Kind, Place, Situation, Who};
use serde_json::{Value, json};

use super::removal::{device, reads, removal, remove};
use crate::desk::stage::{LYON, PARIS, Stage, id};

const CHAT: ChatId = ChatId(7_000_000_001);

/// A conversation in which all is said but "Send".
fn ready(stage: &Stage, nonce: u64) -> Conversation {
    let about = About::Oneself { who: Some(Who::Woman), situation: Some(Situation::Domestic), need: None };
    let intake = Intake {
        consent: Consent::given(CONSENT_VERSION, Minute::of(stage.hand.now())),
        approach: Approach::default(),
        answers: Answers { about, place: Place::Area(Area::Alps), far: false },
    };
    let conversation = Conversation::begin(Locale::FRENCH, Nonce::new(nonce));
    Conversation { stage: Point::Asking(intake, Question::Review), ..conversation }
}

async fn tap(stage: &Stage, conversation: Conversation, choice: Choice) -> Conversation {
    stage.intake().turn(CHAT, conversation, Event::Tap(choice), Locale::FRENCH).await.conversation
}

/// Takes the second device of an association out, as its coordinator would.
async fn take_out(stage: &Stage, association: &AssociationId) {
    let identities = stage.identities_of(association.as_str());
    let removed = RemovedDevice {
        recipient: identities[1].to_public().to_string(),
        at: stage.hand.now(),
        removal: "{}".to_owned(),
    };
    let by = identities[0].to_public().to_string();
    assert!(stage.store.remove_device(association.clone(), removed, by).await.unwrap());
}

/// Returns which of the devices of an association read the files of a kind.
async fn readers(stage: &Stage, association: &AssociationId, kind: Kind) -> Vec<[bool; 2]> {
    let tokens = stage.store.tokens(100).await.unwrap();
    let of = tokens.iter().filter(|token| token.kind == kind && token.association == *association);
    let identities = stage.identities_of(association.as_str());
    let reads = |file: &[u8]| [0, 1].map(|at| handoff::decrypt(file, &identities[at..=at]).is_ok());
    of.map(|token| reads(&token.ciphertext)).collect()
}

#[tokio::test]
async fn no_request_no_addition_and_no_withdrawal_is_sealed_to_a_device_that_was_taken_out() {
    let stage = Stage::set().await;
    let hub = tap(&stage, ready(&stage, 1 << 39), Choice::Send(Contact::AnyTime)).await;
    let handoff = stage.keys.handoff(hub.sent().unwrap().code);
    let association = stage.store.handoff(handoff).await.unwrap().unwrap().association;
    // Somebody has to have shown lately that they read.
    stage.sign_in(association.as_str()).await;
    assert_eq!(readers(&stage, &association, Kind::Handoff).await, [[true, true]]);
    take_out(&stage, &association).await;
    let other = tap(&stage, ready(&stage, (1 << 39) + 1), Choice::Send(Contact::AnyTime)).await;
    let second = stage.keys.handoff(other.sent().unwrap().code);
    let to = stage.store.handoff(second).await.unwrap().unwrap().association;
    assert_eq!(to, association, "one device that is left suffices");
    let mut sealed = readers(&stage, &association, Kind::Handoff).await;
    sealed.sort_unstable();
    assert_eq!(sealed, [[true, false], [true, true]]);
    let asked = Conversation { over: Some(Over::SafeTime), ..hub };
    tap(&stage, asked, Choice::Send(Contact::Morning)).await;
    assert_eq!(readers(&stage, &association, Kind::Addition).await, [[true, false]]);
    let erase = tap(&stage, hub, Choice::Cancel).await;
    tap(&stage, erase, Choice::EraseEverything).await;
    assert_eq!(readers(&stage, &association, Kind::Withdrawal).await, [[true, false]]);
}

#[tokio::test]
async fn no_challenge_no_note_and_nothing_passed_on_is_sealed_to_a_device_that_was_taken_out() {
    let stage = Stage::set().await;
    let ana = stage.sign_in_with(LYON, 0).await;
    let of_lyon = stage.request(1, LYON, Contact::AnyTime).await;
    let of_paris = stage.request(2, PARIS, Contact::AnyTime).await;
    remove(&stage, &ana, removal(&stage, &device(&stage, 1), &device(&stage, 0))).await.ok();
    let now = stage.hand.now();
    let wish = json!({ "association": LYON, "origin": stage.base });
    let asked = stage.post("challenges", None, wish).await.ok().clone();
    let file = STANDARD.decode(asked["challenge"].as_str().unwrap()).unwrap();
    assert!(!reads(&stage, 1, &asked["challenge"]) && reads(&stage, 0, &asked["challenge"]));
    // There are as many stanzas as ever: who was taken out cannot be counted.
    assert_eq!(String::from_utf8_lossy(&file).matches("-> X25519 ").count(), 8);
    let lyon = stage.door(LYON, stage.identities_of(LYON)[..1].to_vec()).enter().await.unwrap();
    lyon.note(&of_lyon.handoff.to_string(), "Ana", "a note", now).await.unwrap();
    let paris = stage.door(PARIS, stage.identities_of(PARIS)[..1].to_vec()).enter().await.unwrap();
    paris.pass_on(&of_paris.handoff.to_string(), &id(LYON), None, now).await.unwrap();
    let tokens = stage.desk(&ana).await;
    let file = |wanted: &str, kind: &str| -> Value {
        let is_it = |token: &&Value| token["kind"] == kind && token["handoff"] == *wanted;
        tokens.iter().find(is_it).unwrap()["ciphertext"].clone()
    };
    for (wanted, kind) in [(&of_lyon, "note"), (&of_paris, "handoff")] {
        let file = file(&wanted.handoff.to_string(), kind);
        assert!(reads(&stage, 0, &file) && !reads(&stage, 1, &file), "{kind}");
    }
}
