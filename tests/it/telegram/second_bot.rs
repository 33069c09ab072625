//! Telegram may take a bot away: another one, with another token, carries on from the same keys and database.

use relais::message::Message as Words;
use relais::sandbox::{Message, Sandbox, SandboxSettings};
use tokio::net::TcpListener;

use super::{Locale, agree, tap};
use crate::support::{PhoneExt as _, Stage};

const ENGLISH: Locale = Locale::ENGLISH;
const STANDBY: &str = "7373:AAH-the-standby-bot";

fn says(stage: &Stage, words: &Words) -> String {
    stage.catalog.label(ENGLISH, words)
}

#[tokio::test]
async fn a_code_opens_the_request_at_a_bot_with_another_token() {
    let mut stage = Stage::start().await;
    let phone = stage.phone("en");
    agree(&stage, &phone, ENGLISH).await;
    for words in [Words::WhoWoman, Words::SituationLabour, Words::NeedShelter, Words::PlaceUnsaid] {
        tap(&stage, &phone, ENGLISH, words).await;
    }
    tap(&stage, &phone, ENGLISH, Words::SendAnyTime).await;
    let shown = tap(&stage, &phone, ENGLISH, Words::HubCode).await;
    let code: String = shown.text.chars().filter(char::is_ascii_digit).take(12).collect();
    stage.stop().await.unwrap();

    // The first bot is gone with its chats; the second knows nobody.
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let settings = SandboxSettings { token: STANDBY.to_owned(), clock: stage.clock.clock(), backstage: None };
    stage.sandbox = Sandbox::start(listener, settings).unwrap();
    for chat in stage.directory.associations().iter().filter_map(|one| one.volunteers_chat) {
        let _ = stage.sandbox.group(chat.0);
    }
    stage.raise_with(STANDBY).await;
    let phone = stage.phone("en");
    phone.send_text("/start");
    phone.sees("🌐").await;
    phone.taps("English").await;
    tap(&stage, &phone, ENGLISH, Words::HomeCode).await;
    phone.send_text(&code);
    let news = says(&stage, &Words::HubNews);
    let has_news = |message: &Message| message.all_buttons().any(|button| button.text == news);
    let hub = phone.until(|messages| messages.iter().find(|message| has_news(message)).cloned());
    hub.await.expect("the hub of the request that the first bot took");
    tap(&stage, &phone, ENGLISH, Words::HubNews).await;
    stage.close().await;
}
