//! What an update is read as, and what a turn of the intake makes of it, shows nothing in `Debug`.

use std::fmt::Debug;

use relais::conversation::{Choice, Conversation, Event};
use relais::ids::{ChatId, Nonce};
use relais::intake::Given;
use relais::locale::Locale;
use relais::telegram::Understood;
use relais::terms::{Contact, Need, Situation, Who};
use serde_json::{Value, json};

use super::CHAT;
use super::canary::{CAMPAIGN, LANGUAGE, LATITUDE, NAME, RUBBISH, Secrets, TOWN, WORDS};
use crate::store::Ground;
use crate::storm::stage::Storm;

/// What must show nowhere: the canaries, the chat, and the codes.
struct Watch(Secrets);

impl Watch {
    fn silent(&self, value: &dyn Debug) {
        for printed in [format!("{value:?}"), format!("{value:#?}")] {
            for needle in self.0.needles() {
                let found = memchr::memmem::find(printed.as_bytes(), &needle);
                assert!(found.is_none(), "{} in {printed}", String::from_utf8_lossy(&needle));
            }
        }
    }
}

/// Reads a message of the person with the canaries.
fn read(fields: &Value) -> Understood {
    let from = json!({ "id": CHAT.0, "is_bot": false, "first_name": NAME, "language_code": LANGUAGE });
    let chat = json!({ "id": CHAT.0, "type": "private", "first_name": NAME });
    let mut message = json!({ "message_id": 7, "date": 0, "from": from, "chat": chat });
    message.as_object_mut().unwrap().extend(fields.as_object().unwrap().clone());
    Understood::read(&json!({ "update_id": 1, "message": message }).to_string()).unwrap().1
}

fn given(fields: &Value) -> Given {
    match read(fields) {
        Understood::Typed { given, .. } => given,
        other => panic!("{other:?}"),
    }
}

#[test]
fn what_an_update_is_read_as_shows_nothing() {
    let watch = Watch(Secrets { numbers: vec![CHAT.0], codes: Vec::new() });
    let me = json!({ "id": 5, "is_bot": true });
    let entities = json!([{ "type": "text_link", "url": format!("https://t.me/?{WORDS}") }]);
    let prompt = json!({ "message_id": 3, "from": me, "entities": entities });
    let spot = json!({ "latitude": LATITUDE, "longitude": 1.618_765_432_1 });
    let typed = [
        json!({ "text": WORDS }),
        json!({ "text": WORDS, "reply_to_message": prompt }),
        json!({ "location": spot }),
        json!({ "contact": { "first_name": NAME } }),
    ];
    for fields in typed {
        let read = read(&fields);
        let Understood::Typed { given, .. } = &read else { panic!("{read:?}") };
        watch.silent(given);
        watch.silent(&read);
    }
    let command = read(&json!({ "text": format!("/start {CAMPAIGN}") }));
    assert!(matches!(command, Understood::Command { .. }));
    watch.silent(&command);
    let query = json!({ "id": RUBBISH, "from": { "id": CHAT.0 }, "data": RUBBISH });
    let tap = Understood::read(&json!({ "update_id": 2, "callback_query": query }).to_string()).unwrap().1;
    assert!(matches!(&tap, Understood::Tap { sealed, .. } if sealed == RUBBISH));
    watch.silent(&tap);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_a_turn_leads_to_shows_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let storm = Storm::on(&Ground::sqlite(folder.path())).await;
    let begun = Conversation::begin(Locale::FRENCH, Nonce::new(super::NONCE));
    let mut numbers = vec![CHAT.0, i64::try_from(super::NONCE).unwrap()];
    numbers.dedup();
    let code = storm.keys.code(ChatId(CHAT.0), begun.nonce).digits();
    let watch = Watch(Secrets { numbers, codes: vec![code] });
    let tap = async |at: Conversation, choice: Choice| {
        let turned = storm.intake.turn(CHAT, at, Event::Tap(choice), Locale::FRENCH).await;
        watch.silent(&turned);
        turned
    };
    let mut at = begun;
    for choice in [
        Choice::NeedHelp,
        Choice::Agree,
        Choice::Who(Who::Family),
        Choice::Situation(Situation::Domestic),
        Choice::Need(Need::Medical),
        Choice::TypePlace,
    ] {
        at = tap(at, choice).await.conversation;
    }
    let town = given(&json!({ "text": TOWN }));
    let found = storm.intake.turn_given(CHAT, at, town, true, Locale::FRENCH).await;
    watch.silent(&found);
    watch.silent(found.screen.as_ref().unwrap());
    let sent = tap(found.conversation, Choice::SendNow).await;
    let sent = tap(sent.conversation, Choice::Send(Contact::Afternoon)).await;
    assert!(sent.conversation.sent().is_some(), "it is sent");
    let writing = tap(sent.conversation, Choice::Write).await;
    let words = given(&json!({ "text": WORDS }));
    let added = storm.intake.turn_given(CHAT, writing.conversation, words, true, Locale::FRENCH).await;
    watch.silent(&added);
    tap(added.conversation, Choice::ShowCode).await;
}
