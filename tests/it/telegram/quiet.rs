//! Leaving, and screens that nobody touches: what another finds who takes the phone.

use std::time::Duration;

use chrono::TimeDelta;
use relais::locale::Locale;
use relais::message::Message as Words;
use relais::sandbox::{Call, Failure, Fault, Message, Phone};

use super::{agree, review, tap};
use crate::support::{PhoneExt as _, Stage, texts};

fn label(stage: &Stage, words: &Words) -> String {
    stage.catalog.label(Locale::FRENCH, words)
}

/// The calls about a chat since it was last shown something.
fn since_shown(stage: &Stage, phone: &Phone) -> Vec<Call> {
    let calls = stage.sandbox.calls().into_iter().rev();
    let mine = calls.filter(|call| call.chat() == Some(phone.chat));
    mine.take_while(|call| call.method.starts_with("delete")).collect()
}

async fn emptied(phone: &Phone) {
    let look = |messages: &[Message]| messages.is_empty().then_some(());
    assert!(phone.until(look).await.is_ok(), "the chat is emptied, not {:#?}", texts(phone));
}

#[tokio::test]
async fn a_chat_of_a_hundred_messages_is_empty_after_few_calls() {
    let mut stage = Stage::start().await;
    let phone = stage.phone("fr");
    agree(&stage, &phone, Locale::FRENCH).await;
    stage.idle().await;
    // While the bot is away, the person writes, and everyone else does.
    stage.stop().await.unwrap();
    let other = stage.phone("fr");
    for at in 0..400 {
        if at % 4 == 0 {
            phone.send_text("is anyone there")
        } else {
            other.send_text("neither")
        };
    }
    stage.sandbox.inject(Fault::new(Failure::Delay(Duration::from_millis(50))).times(usize::MAX));
    phone.send_text("/clear");
    stage.raise().await;
    emptied(&phone).await;
    stage.sandbox.heal();
    stage.idle().await;
    // One takes the screen before away; then ten of a hundred numbers each, five beside each other.
    let calls = since_shown(&stage, &phone);
    assert!((1..=12).contains(&calls.len()), "{} calls of 50 ms each", calls.len());
    assert!(calls.iter().all(|call| call.code == 200), "none is refused");
    stage.close().await;
}

#[tokio::test]
async fn clearing_works_right_after_a_restart_on_any_screen() {
    let mut stage = Stage::start().await;
    let phone = stage.phone("fr");
    let other = stage.phone("fr");
    review(&stage, &phone, Locale::FRENCH).await;
    for _ in 0..300 {
        other.send_text("the numbers of messages go on");
    }
    stage.restart().await;
    phone.send_text("/clear");
    emptied(&phone).await;
    // The hub, with a screen over it and a prompt below.
    review(&stage, &phone, Locale::FRENCH).await;
    tap(&stage, &phone, Locale::FRENCH, Words::SendAnyTime).await;
    tap(&stage, &phone, Locale::FRENCH, Words::HubWrite).await;
    phone.send_text("/clear");
    emptied(&phone).await;
    stage.close().await;
}

#[tokio::test]
async fn what_is_too_old_says_nothing_and_keeps_nothing_else_from_going() {
    let mut stage = Stage::start().await;
    let phone = stage.phone("fr");
    agree(&stage, &phone, Locale::FRENCH).await;
    phone.age(TimeDelta::hours(49));
    // After a restart nothing remembers the old message.
    stage.restart().await;
    let fresh = agree(&stage, &phone, Locale::FRENCH).await;
    assert_eq!(phone.messages().len(), 2);
    phone.tap(&label(&stage, &Words::Leave)).unwrap();
    let done = stage.catalog.say(Locale::FRENCH, &Words::Done);
    let left = phone.until(|messages| match messages {
        [old] if old.text == done => Some(old.clone()),
        _ => None,
    });
    let old = left.await.expect("the fresh one is gone, the old one says nothing");
    assert_ne!(old.id, fresh.id);
    assert_eq!(old.buttons, Vec::<Vec<_>>::new());
    let said = stage.sandbox.calls_of("answerCallbackQuery");
    let parting = said.last().and_then(|call| call.text("text").map(str::to_owned));
    assert_eq!(parting, Some(label(&stage, &Words::Cleared)), "who leaves hears what may stay");
    stage.close().await;
}

#[tokio::test]
async fn unsent_answers_are_hidden_after_a_while() {
    let stage = Stage::start().await;
    let phone = stage.phone("fr");
    let review = review(&stage, &phone, Locale::FRENCH).await;
    stage.clock.advance(TimeDelta::minutes(29));
    tap(&stage, &phone, Locale::FRENCH, Words::Change).await;
    stage.clock.advance(TimeDelta::minutes(29));
    stage.idle().await;
    assert!(
        phone.living().await.text.contains(&label(&stage, &Words::ChangeText)),
        "a tap began the time anew"
    );
    stage.clock.advance(TimeDelta::minutes(1));
    let neutral = phone.sees(&label(&stage, &Words::LanguageChoose)).await;
    assert_eq!(neutral.id, review.id, "in place: nothing new appears on the phone");
    let data: Vec<_> = neutral.all_buttons().filter_map(|button| button.data.clone()).collect();
    for data in data {
        let opened = stage.keys.open(&data, relais::ids::ChatId(phone.chat), stage.clock.now()).unwrap();
        assert!(opened.conversation.stage == relais::conversation::Stage::Home, "no answer is carried on");
    }
    stage.close().await;
}

#[tokio::test]
async fn the_hub_of_a_request_is_hidden_and_found_again() {
    let stage = Stage::start().await;
    let phone = stage.phone("fr");
    review(&stage, &phone, Locale::FRENCH).await;
    let hub = tap(&stage, &phone, Locale::FRENCH, Words::SendAnyTime).await;
    tap(&stage, &phone, Locale::FRENCH, Words::HubCode).await;
    stage.clock.advance(TimeDelta::minutes(31));
    let neutral = phone.sees(&label(&stage, &Words::LanguageChoose)).await;
    assert!(!neutral.text.contains("Votre code"), "{}", neutral.text);
    let again = phone.taps(Locale::FRENCH.native()).await;
    // Numbers that fit the answers are said once: the answers are with the association now.
    assert!(hub.text.starts_with(&again.text), "one tap leads back: {}", again.text);
    stage.close().await;
}

#[tokio::test]
async fn who_deleted_the_chat_hears_nothing_more() {
    let stage = Stage::start().await;
    let phone = stage.phone("fr");
    let review = review(&stage, &phone, Locale::FRENCH).await;
    stage.idle().await;
    phone.delete(review.id);
    let before = stage.sandbox.calls().len();
    stage.clock.advance(TimeDelta::minutes(31));
    let tried = |sandbox: &relais::sandbox::Sandbox| {
        let mut calls = sandbox.calls().into_iter().skip(before);
        calls.find(|call| call.method == "editMessageText" && call.chat() == Some(phone.chat))
    };
    let tried = stage.sandbox.until(tried).await.expect("hiding is tried");
    assert_eq!(tried.code, 400);
    stage.idle().await;
    assert_eq!(phone.messages(), [], "and no message takes its place");
    stage.close().await;
}

#[tokio::test]
async fn privacy_answers_everywhere_and_gives_the_place_back() {
    let stage = Stage::start().await;
    let phone = stage.phone("fr");
    let review = review(&stage, &phone, Locale::FRENCH).await;
    let short = phone.says("/privacy").await;
    assert!(
        short.text.contains("7 jours") || short.text.contains("\u{2068}7\u{2069} jours"),
        "{}",
        short.text
    );
    for _ in 1..relais::conversation::PRIVACY_PAGES {
        tap(&stage, &phone, Locale::FRENCH, Words::PrivacyMore).await;
    }
    assert!(phone.living().await.text.contains("Collectif d'exemple"), "who runs it");
    let back = tap(&stage, &phone, Locale::FRENCH, Words::Back).await;
    assert_eq!(back.text, review.text);
    stage.close().await;
}
