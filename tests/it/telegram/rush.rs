//! One chat taps a hundred times a second: others are served, and what was tapped last is what is seen.

use relais::locale::Locale;
use relais::message::Message as Words;
use relais::sandbox::{Failure, Fault, Gate, Message};

use super::agree;
use crate::support::{PhoneExt as _, Stage, panics};

/// What the button with these words carries.
fn sealed(stage: &Stage, message: &Message, words: &Words) -> String {
    let label = stage.catalog.label(Locale::ENGLISH, words);
    message.all_buttons().find(|button| button.text == label).unwrap().data.clone().unwrap()
}

#[tokio::test]
async fn a_rush_of_taps_starves_nobody_and_danger_is_never_left_out() {
    let stage = Stage::start().await;
    let phone = stage.phone("en");
    let asked = agree(&stage, &phone, Locale::ENGLISH).await;
    stage.idle().await;
    let plain: Vec<String> = asked.all_buttons().take(4).map(|button| button.data.clone().unwrap()).collect();
    let danger = sealed(&stage, &asked, &Words::Danger);
    let edits = || {
        let edits = stage.sandbox.calls_of("editMessageText");
        edits.into_iter().filter(|call| call.chat() == Some(phone.chat)).collect::<Vec<_>>()
    };
    let before = edits().len();
    let gate = Gate::default();
    stage.sandbox.inject(Fault::new(Failure::Hold(gate.clone())).on("editMessageText").in_chat(phone.chat));
    for number in 0..200 {
        phone.tap_sealed(asked.id, &plain[number % 4]).unwrap();
        if number == 120 {
            phone.tap_sealed(asked.id, &danger).unwrap();
        }
    }
    let other = stage.phone("fr");
    agree(&stage, &other, Locale::FRENCH).await;
    gate.open();
    stage.idle().await;
    let shown = edits().split_off(before);
    let seen = shown.iter().filter(|call| call.text("text").unwrap().contains("112")).count();
    assert_eq!(seen, 1, "Danger was shown");
    assert!(shown.len() <= 6, "{} screens for 200 taps: nobody would have seen most", shown.len());
    let last = stage.catalog.say(Locale::ENGLISH, &Words::SituationText);
    assert_eq!(phone.sees(&last).await.id, asked.id, "what was tapped last is seen");
    let answered = stage.sandbox.calls_of("answerCallbackQuery").len();
    assert!(answered < 150, "{answered} answers");
    assert_eq!(stage.sandbox.violations(), []);
    assert_eq!(panics(), 0);
}

#[tokio::test]
async fn a_send_in_a_rush_is_sent() {
    let stage = Stage::start().await;
    let phone = stage.phone("en");
    let review = super::review(&stage, &phone, Locale::ENGLISH).await;
    stage.idle().await;
    let gate = Gate::default();
    stage.sandbox.inject(Fault::new(Failure::Hold(gate.clone())).on("editMessageText").in_chat(phone.chat));
    // The first is under way; Send waits, and Danger behind it.
    for words in [Words::Danger, Words::SendAnyTime, Words::Danger] {
        phone.tap_sealed(review.id, &sealed(&stage, &review, &words)).unwrap();
    }
    gate.open();
    stage.idle().await;
    assert_eq!(stage.store().tokens(10).await.unwrap().len(), 1);
    // Back from the numbers the request stands as sent: the same tap again finds it.
    phone.tap_sealed(review.id, &sealed(&stage, &review, &Words::SendAnyTime)).unwrap();
    phone.sees("✅").await;
    assert_eq!(stage.store().tokens(10).await.unwrap().len(), 1);
    stage.close().await;
}
