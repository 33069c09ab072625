//! The end of the way: a request is stored, the volunteers are told, and only they can read it.

use std::time::Duration;

use chrono::TimeDelta;
use relais::handoff;
use relais::locale::Locale;
use relais::message::Message as Words;
use relais::sandbox::{Failure, Fault, Gate, Group, Message, Phone, Sandbox};
use relais::store::TokenState;
use relais::terms::{Kind, Need, Situation};

use super::{review, tap};
use crate::support::{PhoneExt as _, Stage, panics};

/// Sends a request, and returns the hub.
async fn send(stage: &Stage, phone: &Phone, locale: Locale) -> Message {
    review(stage, phone, locale).await;
    tap(stage, phone, locale, Words::SendAnyTime).await
}

/// Every group of volunteers.
fn groups(stage: &Stage) -> Vec<Group> {
    let chats = stage.directory.associations().iter().filter_map(|one| one.volunteers_chat);
    chats.map(|chat| stage.sandbox.group(chat.0)).collect()
}

/// Waits until volunteers are told something, and returns the group and the message.
async fn told(stage: &Stage, groups: &[Group], count: usize) -> Vec<(i64, Message)> {
    let look = |_: &Sandbox| {
        let told = groups.iter().flat_map(|group| group.messages().into_iter().map(|one| (group.chat, one)));
        let told: Vec<_> = told.filter(|(_, message)| message.from_bot).collect();
        (told.len() >= count).then_some(told)
    };
    stage.sandbox.until(look).await.expect("the volunteers are told")
}

/// Opens a document with the keys of the association whose group it came to.
fn open(stage: &Stage, chat: i64, message: &Message) -> handoff::OpenedToken {
    let mut all = stage.directory.associations().iter();
    let association = all.find(|one| one.volunteers_chat.is_some_and(|own| own.0 == chat)).unwrap();
    let file = message.attachment.as_ref().unwrap().file.clone().unwrap();
    let bytes = stage.sandbox.document(&file).unwrap();
    let server = handoff::key_text(&stage.keys.signing().verifying_key());
    handoff::open(&bytes, &stage.demo.identities[&association.id], Some(&server)).expect("it opens")
}

#[tokio::test]
async fn a_whole_request_reaches_the_volunteers_in_every_language() {
    let stage = Stage::start().await;
    let groups = groups(&stage);
    for (count, locale) in Locale::all().enumerate() {
        let phone = stage.phone(locale.telegram_codes().first().unwrap_or(&"en"));
        let hub = send(&stage, &phone, locale).await;
        assert!(hub.text.contains('✅'), "{locale}: {}", hub.text);
        let sends = stage.sandbox.calls_of("sendMessage");
        let mine = sends.iter().filter(|call| call.chat() == Some(phone.chat)).count();
        assert_eq!(mine, 1, "{locale}: one living message");
        assert_eq!(phone.living().await, hub, "{locale}");
        let told = told(&stage, &groups, count + 1).await;
        let (chat, newest) = told.iter().max_by_key(|(_, message)| message.id).unwrap();
        // The way to the desk, and no word of which request it is.
        assert!(newest.text.ends_with("https://desk.example.org/desk"), "{}", newest.text);
        let opened = open(&stage, *chat, newest);
        let record = opened.record();
        assert_eq!(record.locale, locale);
        assert_eq!(
            (record.situation, record.needs.as_slice()),
            (Some(Situation::Labour), &[Need::Shelter][..])
        );
        assert!(hub.text.contains(&record.sign), "{locale}: both sides see the same sign");
        assert!(newest.text.contains(&record.sign), "{locale}");
        let said = stage.catalog.label(locale, &Words::SituationLabour);
        assert!(!newest.text.contains(&said), "{locale}: the notice tells nothing of it");
    }
    let rows = stage.store().tokens(100).await.unwrap();
    assert_eq!(rows.len(), Locale::all().count());
    stage.close().await;
    assert_eq!(panics(), 0);
}

#[tokio::test]
async fn a_tap_on_send_that_comes_again_makes_one_request() {
    let mut stage = Stage::start().await;
    let phone = stage.phone("fr");
    let review = review(&stage, &phone, Locale::FRENCH).await;
    let label = stage.catalog.label(Locale::FRENCH, &Words::SendAnyTime);
    let button = review.all_buttons().find(|button| button.text == label).unwrap();
    let data = button.data.clone().unwrap();
    stage.idle().await;
    let never = Gate::default();
    stage.sandbox.inject(Fault::new(Failure::Hold(never)).times(usize::MAX).on("getUpdates"));
    phone.tap_sealed(review.id, &data).unwrap();
    phone.sees("✅").await;
    // What is sent and cannot be noted any more would come twice.
    let handoff = stage.store().tokens(1).await.unwrap().remove(0).handoff;
    let is_noted = async || {
        while stage.store().handoff(handoff).await.unwrap().unwrap().told().is_empty() {
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(Duration::from_secs(20), is_noted()).await.expect("the volunteers are told");
    stage.kill().await;
    stage.sandbox.heal();
    stage.raise().await;
    for _ in 0..3 {
        phone.tap_sealed(review.id, &data).unwrap();
    }
    stage.idle().await;
    assert_eq!(stage.store().tokens(100).await.unwrap().len(), 1);
    let groups = groups(&stage);
    told(&stage, &groups, 1).await;
    stage.close().await;
    let documents = groups.iter().flat_map(Group::messages).filter(|one| one.attachment.is_some()).count();
    assert_eq!(documents, 1, "the volunteers are told once");
}

#[tokio::test]
async fn a_withdrawn_request_is_taken_out_of_the_volunteers_chat() {
    let stage = Stage::start().await;
    let phone = stage.phone("fr");
    send(&stage, &phone, Locale::FRENCH).await;
    let groups = groups(&stage);
    let notice = told(&stage, &groups, 1).await.remove(0);
    tap(&stage, &phone, Locale::FRENCH, Words::HubCancel).await;
    tap(&stage, &phone, Locale::FRENCH, Words::EraseEverything).await;
    let group = groups.iter().find(|group| group.chat == notice.0).unwrap();
    let replaced = |messages: &[Message]| match messages {
        [only] if only.id != notice.1.id && only.attachment.is_none() => Some(()),
        _ => None,
    };
    group.until(replaced).await.expect("the file is gone from the chat");
    for row in stage.store().tokens(10).await.unwrap() {
        let tells = row.kind == Kind::Withdrawal;
        assert!(tells || row.state == TokenState::Revoked);
        assert_eq!(row.ciphertext.is_empty(), !tells, "nothing of it is left but that it is gone");
    }
    stage.close().await;
}

#[tokio::test]
async fn a_withdrawn_request_leaves_one_line_however_much_was_added() {
    let stage = Stage::start().await;
    let phone = stage.phone("fr");
    send(&stage, &phone, Locale::FRENCH).await;
    let groups = groups(&stage);
    let chat = told(&stage, &groups, 1).await.remove(0).0;
    for more in 2..=4 {
        tap(&stage, &phone, Locale::FRENCH, Words::HubWrite).await;
        let asks = |messages: &[Message]| messages.iter().any(|one| one.prompt.is_some()).then_some(());
        phone.until(asks).await.expect("a prompt");
        phone.answer_prompt("je suis au même endroit").expect("a prompt");
        told(&stage, &groups, more).await;
        stage.idle().await;
    }
    tap(&stage, &phone, Locale::FRENCH, Words::HubCancel).await;
    tap(&stage, &phone, Locale::FRENCH, Words::EraseEverything).await;
    let group = groups.iter().find(|group| group.chat == chat).unwrap();
    let one = |messages: &[Message]| matches!(messages, [only] if only.attachment.is_none()).then_some(());
    group.until(one).await.expect("one line is left");
    let words = group.messages().remove(0).text;
    assert!(words.contains("retirée"), "{words}");
    let lines = stage.sandbox.calls_of("sendMessage");
    let lines = lines.iter().filter(|call| call.chat() == Some(chat)).count();
    assert_eq!(lines, 1, "one line, and one sound");
    stage.close().await;
}

#[tokio::test]
async fn volunteers_are_told_after_a_crash_a_refusal_and_a_move() {
    let mut stage = Stage::start().await;
    let groups = groups(&stage);
    // Every group has become a supergroup, and nobody has corrected the directory.
    let supergroups = (1..).map(|number| -1_007_000_000_000_i64 - number);
    let moved: Vec<Group> =
        groups.iter().zip(supergroups).map(|(group, new)| group.migrate_to(new)).collect();
    let never = Gate::default();
    stage.sandbox.inject(Fault::new(Failure::Hold(never)).times(usize::MAX).on("sendDocument"));
    let phone = stage.phone("fr");
    send(&stage, &phone, Locale::FRENCH).await;
    stage.kill().await;
    stage.sandbox.heal();
    stage.sandbox.inject(Fault::new(Failure::TooManyRequests(1)).on("sendDocument"));
    stage.sandbox.inject(Fault::new(Failure::Html(502)).on("sendDocument"));
    // The lease of the notice that was under way is over.
    stage.clock.advance(TimeDelta::minutes(2));
    stage.raise().await;
    let running = stage.clock.run();
    told(&stage, &moved, 1).await;
    running.abort();
    let codes: Vec<u16> = stage.sandbox.calls_of("sendDocument").iter().map(|call| call.code).collect();
    assert_eq!(codes, [429, 502, 400, 200], "asked to wait, a fault, moved, told");
    stage.close().await;
}
