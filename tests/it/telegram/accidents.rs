//! What goes wrong on the way: restarts, lost answers, refusals, two instances.

use std::sync::Arc;
use std::time::Duration;

use relais::app::ServiceFault;
use relais::locale::Locale;
use relais::message::Message as Words;
use relais::sandbox::{Call, Failure, Fault, Gate, Sandbox};
use relais::telegram::PollingFault;

use super::{agree, tap};
use crate::support::{PhoneExt as _, Stage, TOKEN, panics};

#[tokio::test]
async fn a_restart_loses_no_conversation() {
    let mut stage = Stage::start().await;
    let phone = stage.phone("en");
    let asked = agree(&stage, &phone, Locale::ENGLISH).await;
    stage.restart().await;
    let next = tap(&stage, &phone, Locale::ENGLISH, Words::WhoMan).await;
    assert_eq!(next.id, asked.id, "the same message goes on");
    assert!(next.text.contains(&stage.catalog.say(Locale::ENGLISH, &Words::SituationText)), "{next:#?}");
    stage.close().await;
}

#[tokio::test]
async fn what_was_sent_while_the_bot_was_down_is_answered() {
    let mut stage = Stage::start().await;
    let phone = stage.phone("en");
    agree(&stage, &phone, Locale::ENGLISH).await;
    stage.stop().await.unwrap();
    phone.tap("Woman").unwrap();
    let late = stage.phone("fr");
    late.send_text("/start");
    stage.raise().await;
    phone.sees(&stage.catalog.say(Locale::ENGLISH, &Words::SituationText)).await;
    late.sees("Choisissez").await;
    stage.close().await;
}

#[tokio::test]
async fn a_tap_that_comes_again_after_a_crash_changes_nothing() {
    let mut stage = Stage::start().await;
    let phone = stage.phone("en");
    agree(&stage, &phone, Locale::ENGLISH).await;
    // The tap is handled, but the bot dies before it can confirm it.
    stage.idle().await;
    let never = Gate::default();
    stage.sandbox.inject(Fault::new(Failure::Hold(never)).times(usize::MAX).on("getUpdates"));
    let shown = phone.taps("Woman").await;
    stage.kill().await;
    stage.sandbox.heal();
    assert_eq!(stage.sandbox.unconfirmed(), 1);
    stage.raise().await;
    stage.idle().await;
    assert_eq!(phone.living().await, shown);
    stage.close().await;
}

#[tokio::test]
async fn updates_whose_answer_was_lost_are_handled_once() {
    let stage = Stage::start().await;
    let phone = stage.phone("en");
    for failure in [Failure::LoseAnswer, Failure::Rubbish, Failure::Cut, Failure::Html(502)] {
        // The poll that waits now brings the message; those that would confirm it go wrong.
        stage.idle().await;
        stage.sandbox.inject(Fault::new(failure).on("getUpdates"));
        phone.says("/menu").await;
    }
    stage.idle().await;
    let sends = calls(&stage, "sendMessage", phone.chat);
    assert_eq!(sends.len(), 4, "each is answered once");
    stage.close().await;
}

#[tokio::test]
async fn the_same_tap_twice_is_one_step() {
    let stage = Stage::start().await;
    let phone = stage.phone("en");
    let asked = agree(&stage, &phone, Locale::ENGLISH).await;
    let data = asked.all_buttons().next().unwrap().data.clone().unwrap();
    for _ in 0..5 {
        phone.tap_sealed(asked.id, &data).unwrap();
    }
    let next = phone.sees(&stage.catalog.say(Locale::ENGLISH, &Words::SituationText)).await;
    stage.sandbox.until(|sandbox| (sandbox.unanswered_taps() == 0).then_some(())).await.unwrap();
    assert_eq!(phone.living().await.text, next.text);
    assert_eq!(phone.living().await.id, asked.id);
    stage.close().await;
}

#[tokio::test]
async fn a_message_that_is_gone_is_replaced() {
    let stage = Stage::start().await;
    let phone = stage.phone("en");
    let asked = agree(&stage, &phone, Locale::ENGLISH).await;
    let data = asked.all_buttons().next().unwrap().data.clone().unwrap();
    phone.delete(asked.id);
    phone.tap_sealed(asked.id, &data).unwrap();
    let next = phone.sees(&stage.catalog.say(Locale::ENGLISH, &Words::SituationText)).await;
    assert_ne!(next.id, asked.id);
    phone.living().await;
    stage.close().await;
}

#[tokio::test]
async fn too_many_requests_are_paused_as_long_as_asked() {
    let stage = Stage::start().await;
    let phone = stage.phone("en");
    let fault = Fault::new(Failure::TooManyRequests(2)).on("sendMessage").in_chat(phone.chat);
    stage.sandbox.inject(fault);
    phone.send_text("/start");
    phone.sees("🌐").await;
    let sends = calls(&stage, "sendMessage", phone.chat);
    assert_eq!(sends.iter().map(|call| call.code).collect::<Vec<_>>(), [429, 200]);
    assert!(sends[1].at - sends[0].at >= Duration::from_secs(2), "not sooner than asked");
    stage.close().await;
}

#[tokio::test]
async fn faults_of_telegrams_own_are_tried_again_soon() {
    let stage = Stage::start().await;
    let phone = stage.phone("en");
    let hits = [Failure::Html(502), Failure::Refused(500, "Internal Server Error".to_owned()), Failure::Cut];
    for failure in hits {
        stage.sandbox.inject(Fault::new(failure).on("sendMessage").in_chat(phone.chat));
    }
    phone.send_text("/start");
    phone.sees("🌐").await;
    let sends = calls(&stage, "sendMessage", phone.chat);
    assert_eq!(sends.iter().map(|call| call.code).collect::<Vec<_>>(), [502, 500, 0, 200]);
    assert!(sends[1].at - sends[0].at < Duration::from_secs(5), "the person waits");
    let edit = Fault::new(Failure::Html(503)).times(2).on("editMessageText").in_chat(phone.chat);
    stage.sandbox.inject(edit);
    phone.taps("English").await;
    phone.living().await;
    stage.close().await;
}

#[tokio::test]
async fn a_wrong_token_is_fatal_and_says_what_to_do() {
    let mut stage = Stage::empty().await;
    stage.raise_with("4242:wrong").await;
    let fault = stage.ended().await.unwrap_err();
    assert!(matches!(fault, ServiceFault::Polling(PollingFault::Unauthorized)));
    let says = fault.to_string();
    assert!(says.contains("401") && says.contains("@BotFather"), "{says}");
    assert!(!says.contains("wrong"), "it does not repeat the token");

    stage.raise_with(TOKEN).await;
    stage.sandbox.revoke_token(true);
    stage.phone("en").send_text("wakes the poll that waits");
    let fault = stage.ended().await.unwrap_err();
    assert!(matches!(fault, ServiceFault::Polling(PollingFault::Unauthorized)));
}

#[tokio::test]
async fn another_instance_or_a_webhook_is_told() {
    let mut stage = Stage::start().await;
    let words = "Conflict: terminated by other getUpdates request; make sure that only one bot instance is \
                 running";
    stage.sandbox.inject(Fault::new(Failure::Refused(409, words.to_owned())).times(3).on("getUpdates"));
    stage.phone("en").send_text("wakes the poll that waits");
    let fault = stage.ended().await.unwrap_err();
    assert!(matches!(fault, ServiceFault::Polling(PollingFault::OtherInstance)), "{fault}");

    let address = format!("{}bot{TOKEN}/setWebhook", stage.sandbox.api_url().unwrap());
    let form = [("url", "https://bot.example.org/telegram")];
    let hook = serde_json::to_vec(&std::collections::BTreeMap::from(form)).unwrap();
    reqwest::Client::new().post(address).body(hook).send().await.unwrap();
    stage.raise_with(TOKEN).await;
    let fault = stage.ended().await.unwrap_err();
    assert!(matches!(fault, ServiceFault::Polling(PollingFault::Webhook)), "{fault}");
    assert!(fault.to_string().contains("--drop-webhook"));
}

#[tokio::test]
async fn a_flood_in_one_chat_delays_no_other() {
    let stage = Stage::start().await;
    let flooder = stage.phone("en");
    let gate = Gate::default();
    let held = Fault::new(Failure::Hold(gate.clone())).times(usize::MAX).in_chat(flooder.chat);
    stage.sandbox.inject(held);
    for _ in 0..500 {
        flooder.send_text("again and again");
    }
    let other = stage.phone("fr");
    agree(&stage, &other, Locale::FRENCH).await;
    assert_eq!(flooder.newest(), None, "the other was served first");
    let polls = stage.sandbox.calls_of("getUpdates").len();
    assert!(polls < 100, "{polls} polls: over a real line each takes its time, and everybody waits");
    stage.sandbox.heal();
    gate.open();
    let quiet =
        |messages: &[relais::sandbox::Message]| (messages.len() == 1 && messages[0].from_bot).then_some(());
    flooder.until(quiet).await.expect("a flood ends in one answer, and all of it is deleted");
    stage.close().await;
}

#[tokio::test]
async fn a_person_who_blocks_the_bot_stops_nothing() {
    let stage = Stage::start().await;
    let gone = stage.phone("en");
    agree(&stage, &gone, Locale::ENGLISH).await;
    let gate = Gate::default();
    stage.sandbox.inject(Fault::new(Failure::Hold(gate.clone())).on("editMessageText").in_chat(gone.chat));
    gone.tap("Woman").unwrap();
    gone.set_blocked(true);
    gate.open();
    let refused = |sandbox: &Sandbox| sandbox.calls().into_iter().find(|call| call.code == 403);
    stage.sandbox.until(refused).await.expect("Telegram refuses");
    let other = stage.phone("fr");
    agree(&stage, &other, Locale::FRENCH).await;
    gone.set_blocked(false);
    gone.send_text("/menu");
    gone.sees("Hello").await;
    stage.close().await;
    assert_eq!(panics(), 0);
}

fn calls(stage: &Stage, method: &str, chat: i64) -> Vec<Call> {
    stage.sandbox.calls_of(method).into_iter().filter(|call| call.chat() == Some(chat)).collect()
}

#[tokio::test]
async fn what_is_killed_leaves_nothing_that_runs_on() {
    let mut stage = Stage::empty().await;
    let (own, keys) = (Arc::strong_count(&stage.directory), Arc::strong_count(&stage.keys));
    stage.raise().await;
    let phone = stage.phone("en");
    agree(&stage, &phone, Locale::ENGLISH).await;
    stage.idle().await;
    // A turn that is under way, in the middle of a call.
    let gate = Gate::default();
    stage.sandbox.inject(Fault::new(Failure::Hold(gate.clone())).on("editMessageText"));
    phone.tap("Woman").unwrap();
    let held = async {
        while gate.holds() == 0 {
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(Duration::from_secs(10), held).await.expect("the call comes to the gate");
    stage.kill().await;
    let gone = async {
        while (Arc::strong_count(&stage.directory), Arc::strong_count(&stage.keys)) != (own, keys) {
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(Duration::from_secs(10), gone).await.expect("every part ends with the service");
}
