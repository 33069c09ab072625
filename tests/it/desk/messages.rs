//! Writing to a person whom nobody knows: when it comes, what became of it, and what is left behind.

use chrono::TimeDelta;
use relais::conversation::{Choice, Event};
use relais::handoff::{Outgoing, Said};
use relais::i18n::Catalog;
use relais::message::Message;
use relais::store::TokenId;
use relais::terms::Contact;
use serde_json::{Value, json};

use super::bot::{Telegram, messenger};
use super::stage::{LYON, PARIS, Stage, Wanted};
use crate::walk;

fn phrase(stage: &Stage, wanted: &Wanted) -> Value {
    let args = json!({ "day": "tomorrow", "time": "14:30", "place": "library" });
    let copy = stage.own(LYON, "copy");
    json!({ "return_address": wanted.address, "phrase": "phrase-meet", "args": args, "copy": copy })
}

fn text(stage: &Stage, wanted: &Wanted, text: &str) -> Value {
    json!({ "return_address": wanted.address, "text": text, "copy": stage.own(LYON, "copy") })
}

async fn delivery(stage: &Stage, token: &str) -> String {
    stage.on_desk(token, "reply").await["delivery"].as_str().unwrap().to_owned()
}

fn token_id(answer: &Value) -> TokenId {
    let hex = answer["id"].as_str().unwrap();
    let bytes: Vec<u8> =
        (0..16).map(|at| u8::from_str_radix(&hex[2 * at..2 * at + 2], 16).unwrap()).collect();
    TokenId::new(bytes.try_into().unwrap())
}

#[tokio::test]
async fn a_message_is_told_silently_in_the_persons_language_and_says_nothing() {
    let stage = Stage::set().await;
    let (telegram, bot) = Telegram::open().await;
    let token = stage.sign_in(LYON).await;
    let wanted = stage.taken(1, LYON, Contact::AnyTime, &token).await;
    let queued = stage.act(&token, &wanted, "messages", text(&stage, &wanted, "Come at noon")).await;
    assert_eq!((queued.status.as_u16(), &queued.body["delivery"]), (202, &json!("queued")));
    assert_eq!(queued.body["not_before"], Value::Null);
    assert_eq!(delivery(&stage, &token).await, "queued");
    assert_eq!(messenger(&stage, bot).send_due().await.unwrap(), 1);
    let sent = telegram.sent();
    assert_eq!(sent.len(), 1);
    assert_eq!((&sent[0]["method"], &sent[0]["chat_id"]), (&json!("SendMessage"), &json!(wanted.chat.0)));
    assert_eq!(sent[0]["disable_notification"], true);
    assert_eq!(
        sent[0]["text"],
        Catalog::load().unwrap().say(relais::locale::Locale::ARABIC, &Message::PushText)
    );
    let button = sent[0]["reply_markup"]["inline_keyboard"][0][0]["callback_data"].as_str().unwrap();
    let opened = stage.keys.open(button, wanted.chat, stage.hand.now()).unwrap();
    assert_eq!(opened.conversation.locale.tag(), "ar");
    assert!(!format!("{sent:?}").contains("noon"));
    assert_eq!(delivery(&stage, &token).await, "delivered");
}

/// From the hub, the person sees what volunteers did with the request.
#[tokio::test]
async fn any_news_says_what_volunteers_did() {
    let stage = Stage::set().await;
    let token = stage.sign_in(LYON).await;
    let wanted = stage.request(1, LYON, Contact::AnyTime).await;
    let conversation = super::withdrawn::hub(&stage, 1);
    let intake = stage.intake();
    let news = async || {
        let event = Event::Tap(Choice::News);
        let turned = intake.turn(wanted.chat, conversation, event, conversation.locale).await;
        let hub = Event::Tap(Choice::Back);
        let hub = intake.turn(wanted.chat, turned.conversation, hub, conversation.locale).await;
        let [said, stands] = [turned, hub].map(|turned| turned.screen.unwrap().body[0][0].clone());
        let untouched = said == Message::NewsWaiting;
        assert_eq!(
            untouched,
            matches!(stands, Message::SentText { .. }),
            "once it was read, the hub says so"
        );
        assert!(untouched || stands == said, "the hub and the news agree");
        said
    };
    assert_eq!(news().await, Message::NewsWaiting);
    stage.act(&token, &wanted, "read", json!({})).await.ok();
    assert_eq!(news().await, Message::NewsRead);
    stage.accept(&token, LYON, &wanted, "Ana").await.ok();
    assert_eq!(news().await, Message::NewsAccepted);
    stage.act(&token, &wanted, "decline", json!({ "reason": "full" })).await.ok();
    assert_eq!(news().await, Message::NewsDeclined);
    let sealed = json!({ "association": PARIS, "ciphertext": stage.own(PARIS, "x") });
    stage.act(&token, &wanted, "pass-on", sealed).await.ok();
    assert_eq!(news().await, Message::NewsPassedOn);
    let paris = stage.sign_in(PARIS).await;
    stage.act(&paris, &wanted, "close", json!({ "outcome": "helped" })).await.ok();
    assert_eq!(news().await, Message::NewsClosed);
}

/// From the push to the words and back: each stays until the person leaves the screen that shows it.
#[tokio::test]
async fn the_person_reads_one_message_after_the_other() {
    let stage = Stage::set().await;
    let (telegram, bot) = Telegram::open().await;
    let token = stage.sign_in(LYON).await;
    let intake = stage.intake();
    let wanted = stage.taken(1, LYON, Contact::AnyTime, &token).await;
    stage.act(&token, &wanted, "messages", text(&stage, &wanted, "Come at noon")).await.ok();
    stage.act(&token, &wanted, "messages", phrase(&stage, &wanted)).await.ok();
    messenger(&stage, bot).send_due().await.unwrap();
    let sent = telegram.sent();
    let button = sent[0]["reply_markup"]["inline_keyboard"][0][0]["callback_data"].as_str().unwrap();
    let opened = stage.keys.open(button, wanted.chat, stage.hand.now()).unwrap();
    let locale = opened.conversation.locale;
    let tap =
        async |conversation, choice| intake.turn(wanted.chat, conversation, Event::Tap(choice), locale).await;
    let mut read = Vec::new();
    for left in [1, 0] {
        let alone = tap(opened.conversation, opened.choice).await;
        assert!(!walk::words(&alone.screen.unwrap()).contains("noon"));
        let shown = tap(alone.conversation, Choice::Alone).await;
        // The same tap twice, as after a lost answer, shows the same.
        let again = tap(alone.conversation, Choice::Alone).await;
        assert!(shown.screen == again.screen);
        assert!(!format!("{shown:?} {:?}", again.screen.unwrap().body).contains("noon"), "Debug tells it");
        read.push(walk::words(&shown.screen.unwrap()));
        let hub = tap(shown.conversation, Choice::Back).await.screen.unwrap();
        let offers =
            hub.sections.iter().flatten().filter(|button| button.choice == Choice::OpenMessage).count();
        assert_eq!(offers, left, "what was read is not offered again");
        let desk = stage.desk(&token).await;
        let waiting = desk.iter().filter(|token| token["delivery"] == "delivered").count();
        assert_eq!(waiting, left);
    }
    read.sort();
    assert!(read.iter().any(|body| body.contains("Come at noon")), "{read:?}");
    assert!(read.iter().any(|body| body.contains("الخميس")), "{read:?}");
}

#[tokio::test]
async fn a_message_waits_for_the_safe_part_of_the_day() {
    let stage = Stage::set().await;
    let (telegram, bot) = Telegram::open().await;
    let messenger = messenger(&stage, bot);
    let token = stage.sign_in(LYON).await;
    // It is ten in the morning in Paris.
    let wanted = stage.taken(1, LYON, Contact::Evening, &token).await;
    let queued = stage.act(&token, &wanted, "messages", phrase(&stage, &wanted)).await;
    assert_eq!(queued.ok()["not_before"], "2026-11-25T17:00:00Z");
    assert_eq!(messenger.send_due().await.unwrap(), 0);
    stage.hand.turn(TimeDelta::minutes(7 * 60 + 59));
    assert_eq!(messenger.send_due().await.unwrap(), 0);
    stage.hand.turn(TimeDelta::minutes(1));
    assert_eq!(messenger.send_due().await.unwrap(), 1);
    assert_eq!(telegram.sent().len(), 1);
    // One that could not be told before the evening was over waits for the next.
    stage.act(&token, &wanted, "messages", phrase(&stage, &wanted)).await.ok();
    stage.hand.turn(TimeDelta::hours(4));
    messenger.send_due().await.unwrap();
    assert_eq!(telegram.sent().len(), 0);
    assert_eq!(stage.store.next_message().await.unwrap(), Some("2026-11-26T17:00:00Z".parse().unwrap()));
}

#[tokio::test]
async fn who_has_blocked_the_bot_cannot_be_reached_here() {
    let stage = Stage::set().await;
    let (telegram, bot) = Telegram::open().await;
    let messenger = messenger(&stage, bot);
    let token = stage.sign_in(LYON).await;
    let wanted = stage.taken(1, LYON, Contact::AnyTime, &token).await;
    stage.act(&token, &wanted, "messages", text(&stage, &wanted, "hello")).await.ok();
    telegram.refuse(json!({ "ok": false, "error_code": 500, "description": "Internal Server Error" }));
    messenger.send_due().await.unwrap();
    assert_eq!(delivery(&stage, &token).await, "queued");
    stage.hand.turn(TimeDelta::minutes(1));
    let blocked = "Forbidden: bot was blocked by the user";
    telegram.refuse(json!({ "ok": false, "error_code": 403, "description": blocked }));
    messenger.send_due().await.unwrap();
    assert_eq!(delivery(&stage, &token).await, "failed");
    assert_eq!(stage.store.next_message().await.unwrap(), None);
}

#[tokio::test]
async fn a_chat_that_moved_is_found_again() {
    let stage = Stage::set().await;
    let (telegram, bot) = Telegram::open().await;
    let token = stage.sign_in(LYON).await;
    let wanted = stage.taken(1, LYON, Contact::AnyTime, &token).await;
    stage.act(&token, &wanted, "messages", text(&stage, &wanted, "hello")).await.ok();
    let moved = json!({ "migrate_to_chat_id": -100_500 });
    telegram.refuse(json!({ "ok": false, "error_code": 400, "description": "moved", "parameters": moved }));
    messenger(&stage, bot).send_due().await.unwrap();
    assert_eq!(telegram.sent()[1]["chat_id"], -100_500);
    assert_eq!(delivery(&stage, &token).await, "delivered");
}

#[tokio::test]
async fn words_wait_sealed_and_are_gone_once_opened() {
    let stage = Stage::set().await;
    let (_telegram, bot) = Telegram::open().await;
    let token = stage.sign_in(LYON).await;
    let wanted = stage.taken(1, LYON, Contact::AnyTime, &token).await;
    let queued =
        stage.act(&token, &wanted, "messages", text(&stage, &wanted, "  Come at noon\u{202e} ")).await;
    let reply = token_id(queued.ok());
    messenger(&stage, bot).send_due().await.unwrap();
    let waiting = stage.store.waiting_message(wanted.handoff, stage.hand.now()).await.unwrap().unwrap();
    assert_eq!(waiting.token, reply);
    let sealed = waiting.sealed;
    let opened = Outgoing::open(&stage.keys, wanted.handoff, &sealed, stage.hand.now()).unwrap();
    assert!(matches!(&opened.said, Said::Text(words) if words.as_str() == "Come at noon"));
    assert!(opened.to.chat == wanted.chat);
    // For another handoff it opens nothing.
    let other = stage.taken(2, LYON, Contact::AnyTime, &token).await;
    assert!(Outgoing::open(&stage.keys, other.handoff, &sealed, stage.hand.now()).is_none());
    stage.store.message_opened(reply).await.unwrap();
    assert_eq!(stage.store.waiting_message(wanted.handoff, stage.hand.now()).await.unwrap(), None);
    assert_eq!(delivery(&stage, &token).await, "opened");
}

#[tokio::test]
async fn nothing_waits_longer_than_three_days() {
    let stage = Stage::set().await;
    let (_telegram, bot) = Telegram::open().await;
    let token = stage.sign_in(LYON).await;
    let (told, untold) = (
        stage.taken(1, LYON, Contact::AnyTime, &token).await,
        stage.taken(2, LYON, Contact::Evening, &token).await,
    );
    stage.act(&token, &told, "messages", text(&stage, &told, "hello")).await.ok();
    messenger(&stage, bot).send_due().await.unwrap();
    stage.act(&token, &untold, "messages", text(&stage, &untold, "hello")).await.ok();
    stage.hand.turn(TimeDelta::hours(71));
    assert_eq!(stage.store.expire_messages(stage.hand.now()).await.unwrap(), 0);
    stage.hand.turn(TimeDelta::hours(1));
    assert_eq!(stage.store.expire_messages(stage.hand.now()).await.unwrap(), 2);
    let token = stage.sign_in(LYON).await;
    let desk = stage.desk(&token).await;
    let mut ends: Vec<&str> = desk.iter().filter_map(|token| token["delivery"].as_str()).collect();
    ends.sort_unstable();
    assert_eq!(ends, ["expired", "failed"]);
}

#[tokio::test]
async fn who_wants_no_more_messages_gets_none() {
    let stage = Stage::set().await;
    let (telegram, bot) = Telegram::open().await;
    let token = stage.sign_in(LYON).await;
    let wanted = stage.taken(1, LYON, Contact::AnyTime, &token).await;
    stage.act(&token, &wanted, "messages", text(&stage, &wanted, "hello")).await.ok();
    assert!(stage.store.stop_messages(wanted.handoff).await.unwrap());
    assert_eq!(messenger(&stage, bot).send_due().await.unwrap(), 0);
    assert!(telegram.sent().is_empty());
    assert_eq!(delivery(&stage, &token).await, "stopped");
    stage.act(&token, &wanted, "messages", text(&stage, &wanted, "hello")).await.is(410, "stopped");
    assert_eq!(stage.on_desk(&token, "handoff").await["stopped"], true);
}

#[tokio::test]
async fn a_return_address_opens_for_its_own_request_and_in_time() {
    let stage = Stage::set().await;
    let token = stage.sign_in(LYON).await;
    let (wanted, other) = (
        stage.taken(1, LYON, Contact::AnyTime, &token).await,
        stage.taken(2, LYON, Contact::AnyTime, &token).await,
    );
    let crossed = text(&stage, &other, "hello");
    stage.act(&token, &wanted, "messages", crossed).await.is(422, "not_this_request");
    let mut forged = text(&stage, &wanted, "hello");
    forged["return_address"] = "AAAA".into();
    stage.act(&token, &wanted, "messages", forged).await.is(422, "not_this_request");
    stage.hand.turn(TimeDelta::days(8));
    let token = stage.sign_in(LYON).await;
    let late = text(&stage, &wanted, "hello");
    stage.act(&token, &wanted, "messages", late).await.is(422, "not_this_request");
}

#[tokio::test]
async fn only_what_fits_a_phrase_is_taken() {
    let stage = Stage::set().await;
    let token = stage.sign_in(LYON).await;
    let wanted = stage.taken(1, LYON, Contact::AnyTime, &token).await;
    let with = |key: &str, args: Value| {
        let copy = stage.own(LYON, "copy");
        json!({ "return_address": wanted.address, "phrase": key, "args": args, "copy": copy })
    };
    for (key, args, code) in [
        ("phrase-of-ours", json!({}), "unknown_phrase"),
        ("phrase-meet", json!({ "day": "monday", "time": "14:30" }), "wrong_args"),
        ("phrase-read", json!({ "day": "monday" }), "wrong_args"),
        ("phrase-call-us", json!({ "phone": "0612345678" }), "wrong_args"),
        ("phrase-call-us", json!({ "phone": "+336<script>" }), "wrong_args"),
        ("phrase-write-on", json!({ "day": "someday" }), "wrong_args"),
        ("phrase-meet-changed", json!({ "day": "monday", "time": "14:31" }), "wrong_args"),
    ] {
        stage.act(&token, &wanted, "messages", with(key, args)).await.is(422, code);
    }
    let extra = with("phrase-read", json!({ "name": "Ana" }));
    stage.act(&token, &wanted, "messages", extra).await.is(400, "malformed");
    for long in ["x".repeat(1_001), " \n ".to_owned()] {
        stage.act(&token, &wanted, "messages", text(&stage, &wanted, &long)).await.is(422, "wrong_text");
    }
    stage.act(&token, &wanted, "messages", text(&stage, &wanted, &"ش".repeat(1_000))).await.ok();
}

#[tokio::test]
async fn tomorrow_is_a_day_of_the_week_by_the_time_it_is_read() {
    let stage = Stage::set().await;
    let token = stage.sign_in(LYON).await;
    let wanted = stage.taken(1, LYON, Contact::AnyTime, &token).await;
    let queued = stage.act(&token, &wanted, "messages", phrase(&stage, &wanted)).await;
    queued.ok();
    let waiting = stage.store.waiting_message(wanted.handoff, stage.hand.now()).await.unwrap();
    let sealed = waiting.unwrap().sealed;
    let opened = Outgoing::open(&stage.keys, wanted.handoff, &sealed, stage.hand.now()).unwrap();
    let Said::Phrase(phrase) = opened.said else { panic!("a phrase was sent") };
    let catalog = Catalog::load().unwrap();
    let said = catalog.phrase(relais::locale::Locale::ENGLISH, &phrase);
    let plain: String = said.chars().filter(|c| !matches!(c, '\u{2068}' | '\u{2069}')).collect();
    assert_eq!(plain, "We can meet on Thursday at 14:30, at the library.");
}

/// Nobody can tell from the database whom a message is for, when asked for every column of it.
#[tokio::test]
async fn no_table_names_a_person() {
    let stage = Stage::set_on_sqlite().await;
    let token = stage.sign_in(LYON).await;
    let wanted = stage.request(1, LYON, Contact::Evening).await;
    stage.accept(&token, LYON, &wanted, "Ana").await.ok();
    stage.act(&token, &wanted, "messages", text(&stage, &wanted, "Come at noon")).await.ok();
    let folder = stage.folder().to_owned();
    let needles: [Vec<u8>; 4] = [
        wanted.chat.0.to_string().into_bytes(),
        wanted.chat.0.to_be_bytes().to_vec(),
        b"noon".to_vec(),
        wanted.address.clone().into_bytes(),
    ];
    for entry in std::fs::read_dir(folder).unwrap() {
        let bytes = std::fs::read(entry.unwrap().path()).unwrap();
        for needle in &needles {
            assert!(!bytes.windows(needle.len()).any(|window| window == needle.as_slice()));
        }
    }
}
