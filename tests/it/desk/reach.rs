//! How a person may be reached is one value: a change holds from the same moment on, for what waits as well.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use chrono::TimeDelta;
use relais::conversation::{Choice, Conversation, Event, Over, Stage as At};
use relais::handoff;
use relais::ids::{ChatId, Code};
use relais::locale::Locale;
use relais::terms::Contact;
use serde_json::{Value, json};

use super::bot::{Telegram, messenger};
use super::stage::{LYON, Stage, TEAM, Wanted};
use super::withdrawn::hub;

/// Says in a chat, from its hub, how to be reached; returns the hub after it.
async fn change(stage: &Stage, chat: ChatId, hub: Conversation, contact: Contact) -> Conversation {
    let laid = Conversation { over: Some(Over::SafeTime), ..hub };
    stage.intake().turn(chat, laid, Event::Tap(Choice::Send(contact)), hub.locale).await.conversation
}

fn message(stage: &Stage, address: &str) -> Value {
    json!({ "return_address": address, "text": "Come at noon", "copy": stage.own(LYON, "x") })
}

/// The records of what was added, as an association reads them, in the order of the desk.
async fn added(stage: &Stage, token: &str, association: &str) -> Vec<Value> {
    let desk = stage.desk(token).await;
    let pieces = desk.iter().filter(|piece| piece["kind"] == "addition" || piece["kind"] == "message");
    let read = |piece: &Value| {
        let file = STANDARD.decode(piece["ciphertext"].as_str().unwrap()).unwrap();
        let opened = handoff::open(&file, stage.identities_of(association), None).unwrap();
        serde_json::to_value(opened.record()).unwrap()
    };
    pieces.map(read).collect()
}

async fn begin(number: u64) -> (Stage, String, Wanted) {
    let stage = Stage::set().await;
    let token = stage.sign_in(LYON).await;
    let wanted = stage.taken(number, LYON, Contact::AnyTime, &token).await;
    (stage, token, wanted)
}

#[tokio::test]
async fn who_says_no_messages_is_not_written_to_from_that_moment_on() {
    let (stage, token, wanted) = begin(1).await;
    let (telegram, bot) = Telegram::open().await;
    // One was written before, and waits for its turn.
    stage.act(&token, &wanted, "messages", message(&stage, &wanted.address)).await.ok();
    change(&stage, wanted.chat, hub(&stage, 1), Contact::Never).await;
    stage.act(&token, &wanted, "messages", message(&stage, &wanted.address)).await.is(409, "no_messages");
    assert_eq!(messenger(&stage, bot).send_due().await.unwrap(), 0);
    assert!(telegram.sent().is_empty(), "nothing reaches the phone");
    // What was written waits to be fetched.
    assert!(stage.store.waiting_message(wanted.handoff, stage.hand.now()).await.unwrap().is_some());
    let said = added(&stage, &token, LYON).await;
    assert_eq!((&said[0]["reach_no"], &said[0]["return_address"]), (&json!(1), &Value::Null));
}

#[tokio::test]
async fn a_later_choice_of_hours_counts_again_and_times_what_waits_anew() {
    let (stage, token, wanted) = begin(2).await;
    let (telegram, bot) = Telegram::open().await;
    stage.act(&token, &wanted, "messages", message(&stage, &wanted.address)).await.ok();
    let hub = change(&stage, wanted.chat, hub(&stage, 2), Contact::Never).await;
    change(&stage, wanted.chat, hub, Contact::Evening).await;
    let said = added(&stage, &token, LYON).await;
    assert_eq!(said.iter().map(|one| one["reach_no"].as_u64().unwrap()).max(), Some(2));
    let newest = said.iter().find(|one| one["reach_no"] == 2).unwrap()["return_address"].as_str().unwrap();
    // It is ten o'clock in Paris: nothing comes before the evening, whatever the first address allowed.
    let messenger = messenger(&stage, bot);
    assert_eq!(messenger.send_due().await.unwrap(), 0);
    stage.act(&token, &wanted, "messages", message(&stage, &wanted.address)).await.is(409, "reach_changed");
    let queued = stage.act(&token, &wanted, "messages", message(&stage, newest)).await;
    assert_eq!(queued.ok()["not_before"], "2026-11-25T17:00:00Z");
    stage.hand.turn(TimeDelta::hours(8));
    assert_eq!(messenger.send_due().await.unwrap(), 2);
    assert_eq!(telegram.sent().len(), 2);
}

#[tokio::test]
async fn what_is_said_on_a_phone_that_came_by_the_code_replaces_nothing() {
    let (stage, token, wanted) = begin(3).await;
    let (other, code) = (ChatId(77), Code::from_number(3).unwrap());
    let home = Conversation::begin(Locale::FRENCH, hub(&stage, 9).nonce);
    let code_asked = Event::Tap(Choice::HaveCode);
    let home = stage.intake().turn(other, home, code_asked, Locale::FRENCH).await.conversation;
    let found =
        stage.intake().turn(other, home, Event::CodeGiven(Some(code)), Locale::FRENCH).await.conversation;
    let At::Sent(sent) = found.stage else { panic!("{found:?}") };
    assert!(sent.elsewhere);
    // They agree, then ask to be written to there, at any time.
    let agreed = relais::conversation::Sent { consent: hub(&stage, 3).sent().unwrap().consent, ..sent };
    let hub = Conversation { stage: At::Sent(agreed), over: None, ..found };
    change(&stage, other, hub, Contact::AnyTime).await;
    let said = added(&stage, &token, LYON).await;
    assert_eq!((&said[0]["elsewhere"], &said[0]["reach_no"]), (&json!(true), &Value::Null));
    assert_eq!(said[0]["return_address"], Value::Null);
    // The first phone is still the one that is written to.
    let (telegram, bot) = Telegram::open().await;
    stage.act(&token, &wanted, "messages", message(&stage, &wanted.address)).await.ok();
    assert_eq!(messenger(&stage, bot).send_due().await.unwrap(), 1);
    assert_eq!(telegram.sent()[0]["chat_id"], json!(wanted.chat.0));
}

#[tokio::test]
async fn the_team_that_the_request_was_sealed_to_reads_what_is_added() {
    let stage = Stage::set().await;
    let token = stage.sign_in("exemple-bruxelles").await;
    let wanted = stage.request(4, "exemple-bruxelles", Contact::AnyTime).await;
    change(&stage, wanted.chat, hub(&stage, 4), Contact::Evening).await;
    let desk = stage.desk(&token).await;
    let addition = desk.iter().find(|piece| piece["kind"] == "addition").unwrap();
    let file = STANDARD.decode(addition["ciphertext"].as_str().unwrap()).unwrap();
    for reader in ["exemple-bruxelles", TEAM] {
        handoff::open(&file, stage.identities_of(reader), None).expect(reader);
    }
}
