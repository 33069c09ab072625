//! What people and Telegram send that no button asked for.

use chrono::TimeDelta;
use relais::locale::Locale;
use relais::message::Message as Words;
use serde_json::{Value, json};

use super::agree;
use crate::support::{PhoneExt as _, Stage, panics};

#[tokio::test]
async fn whatever_is_typed_is_deleted_and_answered() {
    let stage = Stage::start().await;
    let phone = stage.phone("en");
    agree(&stage, &phone, Locale::ENGLISH).await;
    let question = stage.catalog.say(Locale::ENGLISH, &Words::WhoText);
    let deleted = stage.catalog.say(Locale::ENGLISH, &Words::NoticeTyped);
    let huge = "מ".repeat(4096);
    let odd = [
        "hello",
        "👩‍👩‍👧‍👦🏳️‍🌈",
        "a\u{0}b",
        "\u{202e}\u{2066}مرحبا",
        huge.as_str(),
        "/unknown",
        "//",
        "/",
        "/start_now",
        "{\"message\":null}",
        "'; DROP TABLE tokens; --",
        "<b>&lt;",
        " ",
    ];
    for text in odd {
        let answer = phone.says(text).await;
        assert!(answer.text.contains(&deleted), "{text:?}: {}", answer.text);
        assert!(answer.text.contains(&question), "{text:?}: the question stands again");
        phone.living().await;
    }
    stage.close().await;
    assert_eq!(panics(), 0);
}

#[tokio::test]
async fn photos_voices_and_places_are_deleted_and_answered() {
    let stage = Stage::start().await;
    let phone = stage.phone("fr");
    agree(&stage, &phone, Locale::FRENCH).await;
    for kind in ["photo", "voice", "contact", "location", "document", "video_note", "sticker", "dice"] {
        let before = phone.living().await.id;
        let sent = phone.send_attachment(kind);
        let answered = |messages: &[relais::sandbox::Message]| {
            let [only] = messages else { return None };
            (only.from_bot && only.id != before && only.id != sent).then(|| only.clone())
        };
        let answer = phone.until(answered).await.unwrap_or_else(|_| panic!("{kind} is not answered"));
        assert!(answer.text.contains(&stage.catalog.say(Locale::FRENCH, &Words::WhoText)), "{kind}");
    }
    stage.close().await;
}

#[tokio::test]
async fn what_cannot_be_deleted_is_said_to_stay() {
    let stage = Stage::start().await;
    let phone = stage.phone("en");
    agree(&stage, &phone, Locale::ENGLISH).await;
    let refusal = "Bad Request: message can't be deleted for everyone".to_owned();
    let fault = relais::sandbox::Failure::Refused(400, refusal);
    stage.sandbox.inject(relais::sandbox::Fault::new(fault).on("deleteMessage").in_chat(phone.chat));
    phone.send_text("my name is");
    phone.sees(&stage.catalog.say(Locale::ENGLISH, &Words::NoticeTypedLeft)).await;
    stage.close().await;
}

#[tokio::test]
async fn groups_channels_and_bots_are_none_of_ours() {
    let stage = Stage::start().await;
    stage.lyon.send_text("/start");
    stage.lyon.send_text("who are you?");
    let channel = json!({ "id": -1_009, "type": "channel", "title": "News" });
    let bot = json!({ "id": 5, "is_bot": true, "first_name": "Other" });
    let text = |chat: Value, from: Value| json!({ "message_id": 7, "date": 0, "chat": chat, "from": from, "text": "/start" });
    let person = json!({ "id": 6, "is_bot": false, "first_name": "A" });
    stage.sandbox.push_update(json!({ "channel_post": text(channel.clone(), person.clone()) }));
    stage.sandbox.push_update(json!({ "message": text(channel, person.clone()) }));
    let private = json!({ "id": 5, "type": "private" });
    stage.sandbox.push_update(json!({ "message": text(private, bot) }));
    let group = json!({ "id": stage.lyon.chat, "type": "supergroup", "title": "V" });
    let holder = json!({ "message_id": 9, "date": 1, "chat": group });
    let tap = json!({ "id": "1", "from": person, "message": holder, "data": "x", "chat_instance": "1" });
    stage.sandbox.push_update(json!({ "callback_query": tap }));
    stage.idle().await;
    assert!(stage.lyon.messages().iter().all(|message| !message.from_bot), "the group hears nothing");
    assert_eq!(stage.sandbox.calls_of("sendMessage").len(), 0, "nobody hears anything");
    stage.close().await;
}

#[tokio::test]
async fn unknown_and_malformed_updates_are_passed_over() {
    let stage = Stage::start().await;
    let phone = stage.phone("en");
    for update in [
        json!({}),
        json!({ "message": 5 }),
        json!({ "message": { "message_id": "seven" } }),
        json!({ "message": { "message_id": 1, "chat": null } }),
        json!({ "callback_query": [] }),
        json!({ "callback_query": { "id": 3, "from": {} } }),
        json!({ "chat_boost_of_tomorrow": { "deep": [[[[[[{}]]]]]] } }),
        json!({ "my_chat_member": { "chat": { "id": 1, "type": "private" } } }),
    ] {
        stage.sandbox.push_update(update);
    }
    // A message of a newer Bot API: its new parts are ignored, it is not.
    phone.push_message(json!({
        "text": "/start",
        "entities": [{ "type": "hologram", "offset": 0, "length": 1 }],
        "reply_markup": { "inline_keyboard": [[{ "text": "?", "telepathy": true }]] },
        "sender_aura": { "colour": "blue" },
    }));
    phone.sees("🌐").await;
    stage.idle().await;
    stage.close().await;
    assert_eq!(panics(), 0);
}

#[tokio::test]
async fn buttons_that_do_not_open_lead_home_gently() {
    let stage = Stage::start().await;
    let (phone, stranger) = (stage.phone("en"), stage.phone("en"));
    let foreign = agree(&stage, &stranger, Locale::ENGLISH).await;
    let foreign = foreign.all_buttons().next().unwrap().data.clone().unwrap();
    let gentle = stage.catalog.say(Locale::ENGLISH, &Words::NoticeOldButton);
    let home = stage.catalog.say(Locale::ENGLISH, &Words::HomeText);
    phone.send_text("/menu");
    phone.sees(&home).await;
    let own = phone.living().await.all_buttons().next().unwrap().data.clone().unwrap();
    let mut tampered = own.clone().into_bytes();
    tampered[20] = if tampered[20] == b'A' { b'B' } else { b'A' };
    let tampered = String::from_utf8(tampered).unwrap();
    for data in [foreign.as_str(), tampered.as_str(), "", "x", "💥", &"A".repeat(64), &"=".repeat(64)] {
        phone.says("/menu").await;
        phone.tap_sealed(phone.living().await.id, data).unwrap();
        let shown = phone.sees(&gentle).await;
        assert!(shown.text.contains(&home), "{data:?}: {}", shown.text);
        phone.living().await;
    }
    phone.says("/menu").await;
    stage.clock.advance(TimeDelta::days(8));
    phone.taps_nth(0).await;
    phone.sees(&gentle).await;
    stage.close().await;
}

#[tokio::test]
async fn a_tap_on_a_message_that_telegram_no_longer_shows_is_answered() {
    let stage = Stage::start().await;
    let phone = stage.phone("en");
    let asked = agree(&stage, &phone, Locale::ENGLISH).await;
    let data = asked.all_buttons().next().unwrap().data.clone().unwrap();
    let from = json!({ "id": phone.chat, "is_bot": false, "first_name": "A", "language_code": "en" });
    let tap = json!({ "id": "77", "from": from, "chat_instance": "1", "data": data });
    stage.sandbox.push_update(json!({ "callback_query": tap }));
    phone.sees(&stage.catalog.say(Locale::ENGLISH, &Words::SituationText)).await;
    phone.living().await;
    stage.close().await;
}

#[tokio::test]
async fn what_is_nested_deep_or_has_no_number_is_passed_over_and_confirmed() {
    let stage = Stage::start().await;
    let phone = stage.phone("en");
    phone.says("/start").await;
    stage.idle().await;
    let before = stage.sandbox.calls_of("getUpdates").len();
    let deep = |levels: usize| (0..levels).fold(json!(1), |inner, _| json!([inner]));
    // Known, but nested deeper than any parser follows, in the whole and in a part of a person's message.
    stage.sandbox.push_update(json!({ "message": deep(200) }));
    stage.sandbox.push_update(json!({ "chat_boost_of_tomorrow": deep(200) }));
    phone.push_message(json!({ "text": "/start", "reply_to_message": deep(200), "location": deep(200) }));
    stage.idle().await;
    phone.sees("🌐").await;
    // Without a number that we can read, at the end, where nothing behind takes us past it.
    let number = stage.sandbox.push_update(json!({ "message": 5 }));
    for step in 1..4 {
        stage.sandbox.push_update(json!({ "update_id": (number + step).to_string(), "message": 5 }));
    }
    stage.idle().await;
    assert_eq!(phone.says("/menu").await.text, phone.living().await.text, "it goes on");
    stage.idle().await;
    let polls = stage.sandbox.calls_of("getUpdates").len() - before;
    assert!(polls < 30, "{polls} polls");
    stage.close().await;
    assert_eq!(panics(), 0);
}
