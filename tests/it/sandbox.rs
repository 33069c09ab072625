//! The stand-in itself: it has to be as strict as Telegram, or tests against it prove nothing.

use std::time::Duration;

use chrono::TimeDelta;
use relais::sandbox::{Failure, Fault, Phone, Sandbox, SandboxSettings};
use serde_json::{Value, json};
use tokio::net::TcpListener;

use crate::support::{StageClock, TOKEN};

/// A bot that calls whatever a test wants.
struct Bot {
    sandbox: Sandbox,
    http: reqwest::Client,
    clock: StageClock,
}

impl Bot {
    async fn new() -> Self {
        let clock = StageClock::new();
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let settings = SandboxSettings { token: TOKEN.to_owned(), clock: clock.clock(), backstage: None };
        Self { sandbox: Sandbox::start(listener, settings).unwrap(), http: reqwest::Client::new(), clock }
    }

    fn address(&self, method: &str) -> String {
        format!("{}bot{TOKEN}/{method}", self.sandbox.api_url().unwrap())
    }

    async fn call(&self, method: &str, parameters: Value) -> Value {
        let answer = self.http.post(self.address(method)).json(&parameters).send().await.unwrap();
        let status = answer.status().as_u16();
        let answer: Value = answer.json().await.unwrap();
        assert_eq!(answer["error_code"].as_u64().unwrap_or(200), u64::from(status));
        answer
    }

    async fn refused(&self, method: &str, parameters: Value) -> String {
        let answer = self.call(method, parameters.clone()).await;
        assert_eq!(answer["ok"], false, "{method} {parameters} is let through");
        answer["description"].as_str().unwrap().to_owned()
    }

    async fn fine(&self, method: &str, parameters: Value) -> Value {
        let answer = self.call(method, parameters.clone()).await;
        assert_eq!(answer["ok"], true, "{method} {parameters}: {answer}");
        answer["result"].clone()
    }

    async fn say(&self, phone: &Phone, text: &str) -> i64 {
        let sent = self.fine("sendMessage", json!({ "chat_id": phone.chat, "text": text })).await;
        sent["message_id"].as_i64().unwrap()
    }
}

fn keyboard(button: &Value) -> Value {
    json!({ "inline_keyboard": [[button]] })
}

#[tokio::test]
async fn every_breach_of_the_rules_is_refused_and_remembered() {
    let bot = Bot::new().await;
    let chat = bot.sandbox.phone(None).chat;
    let with = |markup: Value| json!({ "chat_id": chat, "text": "a", "reply_markup": markup });
    let button = |data: String| keyboard(&json!({ "text": "a", "callback_data": data }));
    let command = |name: &str| json!({ "commands": [{ "command": name, "description": "a" }] });
    let entity = json!([{ "type": "bold", "offset": 1, "length": 1 }]);
    let breaches = [
        ("sendMessages", json!({})),
        ("sendPoll", json!({})),
        ("sendMessage", json!({ "chat_id": chat })),
        ("sendMessage", json!({ "text": "a" })),
        ("sendMessage", json!({ "chat_id": chat, "text": 5 })),
        ("sendMessage", json!({ "chat_id": chat, "text": "" })),
        ("sendMessage", json!({ "chat_id": chat, "text": " \n" })),
        ("sendMessage", json!({ "chat_id": chat, "text": "💥".repeat(2049) })),
        ("sendMessage", json!({ "chat_id": chat, "text": "a", "protect_contents": true })),
        ("sendMessage", json!({ "chat_id": chat, "text": "a", "disable_notification": "true" })),
        ("sendMessage", json!({ "chat_id": chat, "text": "a", "entities": entity })),
        ("sendMessage", with(json!({ "keys": [] }))),
        ("sendMessage", with(button("a".repeat(65)))),
        ("sendMessage", with(button(String::new()))),
        ("sendMessage", with(keyboard(&json!({ "text": "", "callback_data": "a" })))),
        ("sendMessage", with(keyboard(&json!({ "text": "a" })))),
        ("sendMessage", with(keyboard(&json!({ "text": "a", "callback_data": "a", "url": "https://a" })))),
        ("sendMessage", with(json!({ "inline_keyboard": [{ "text": "a", "callback_data": "a" }] }))),
        ("sendMessage", with(json!({ "force_reply": true, "input_field_placeholder": "a".repeat(65) }))),
        ("sendMessage", with(json!({ "force_reply": "yes" }))),
        ("editMessageText", json!({ "chat_id": chat, "message_id": "7", "text": "a" })),
        ("deleteMessages", json!({ "chat_id": chat, "message_ids": [] })),
        ("deleteMessages", json!({ "chat_id": chat, "message_ids": vec![1; 101] })),
        ("setMyCommands", command("/start")),
        ("setMyCommands", command("Start")),
        ("setMyCommands", command(&"a".repeat(33))),
        ("setMyCommands", json!({ "commands": [{ "command": "start", "description": "" }] })),
        ("setMyCommands", json!({ "commands": [], "language_code": "pt-BR" })),
        ("setMyDescription", json!({ "description": "é".repeat(513) })),
        ("setMyShortDescription", json!({ "short_description": "a".repeat(121) })),
        ("answerCallbackQuery", json!({ "callback_query_id": "1", "text": "a".repeat(201) })),
    ];
    for (count, (method, parameters)) in breaches.into_iter().enumerate() {
        bot.refused(method, parameters.clone()).await;
        assert_eq!(bot.sandbox.violations().len(), count + 1, "{method} {parameters} is remembered");
    }
}

#[tokio::test]
async fn what_keeps_to_the_rules_is_let_through() {
    let bot = Bot::new().await;
    let phone = bot.sandbox.phone(None);
    let chat = phone.chat;
    bot.fine("GETME", json!({})).await;
    bot.fine("SendMessage", json!({ "chat_id": chat.to_string(), "text": "💥".repeat(2048) })).await;
    let data = "a".repeat(64);
    let markup = keyboard(&json!({ "text": "a", "callback_data": data, "style": "danger" }));
    bot.fine("sendMessage", json!({ "chat_id": chat, "text": "a", "reply_markup": markup })).await;
    let tap = phone.tap("a").unwrap();
    bot.fine("answerCallbackQuery", json!({ "callback_query_id": tap })).await;
    let prompt = json!({ "force_reply": true, "input_field_placeholder": "123" });
    let entities = json!([{ "type": "text_link", "offset": 0, "length": 1, "url": "tg://s" }]);
    let sent = json!({ "chat_id": chat, "text": "Town?", "reply_markup": prompt, "entities": entities,
        "protect_content": true, "disable_notification": true, "parse_mode": null });
    bot.fine("sendMessage", sent).await;
    let shown = phone.newest().unwrap();
    assert_eq!(shown.prompt.unwrap().placeholder.as_deref(), Some("123"));
    assert!(shown.silent && shown.protected);
    phone.answer_prompt("Lyon").unwrap();
    let updates = bot.fine("getUpdates", json!({ "timeout": 0 })).await;
    let answer = &updates.as_array().unwrap().last().unwrap()["message"];
    assert_eq!(answer["text"], "Lyon");
    assert_eq!(answer["reply_to_message"]["entities"][0]["url"], "tg://s");
    let names = json!({ "commands": [{ "command": "start", "description": "a" }], "language_code": "fr",
        "scope": { "type": "all_private_chats" } });
    bot.fine("setMyCommands", names).await;
    bot.fine("setChatMenuButton", json!({ "menu_button": { "type": "commands" } })).await;
    assert_eq!(bot.sandbox.violations(), []);
}

#[tokio::test]
async fn refusals_use_telegrams_words() {
    let bot = Bot::new().await;
    let (phone, other) = (bot.sandbox.phone(None), bot.sandbox.phone(None));
    let chat = phone.chat;
    let id = bot.say(&phone, "a").await;
    let edit = |id: i64, text: &str| json!({ "chat_id": chat, "message_id": id, "text": text });
    let delete = |id: i64| json!({ "chat_id": chat, "message_id": id });
    let starts = |text: String, start: &str| assert!(text.starts_with(start), "{text}");
    starts(bot.refused("editMessageText", edit(id, "a")).await, "Bad Request: message is not modified: ");
    bot.fine("editMessageText", edit(id, "b")).await;
    assert!(phone.newest().unwrap().edited);
    starts(bot.refused("editMessageText", edit(1, "a")).await, "Bad Request: message to edit not found");
    let theirs = bot.say(&other, "a").await;
    starts(bot.refused("deleteMessage", delete(theirs)).await, "Bad Request: message to delete not found");
    bot.fine("deleteMessages", json!({ "chat_id": chat, "message_ids": [theirs, 5, 6] })).await;
    assert_eq!(other.messages().len(), 1, "a message of another chat is out of reach");
    phone.age(TimeDelta::hours(48));
    starts(
        bot.refused("deleteMessage", delete(id)).await,
        "Bad Request: message can't be deleted for everyone",
    );
    bot.fine("editMessageText", edit(id, "old messages can be edited")).await;
    let own = i64::from(phone.send_text("mine"));
    starts(bot.refused("editMessageText", edit(own, "a")).await, "Bad Request: message can't be edited");
    bot.fine("deleteMessage", delete(own)).await;
    let nowhere = json!({ "chat_id": 5, "text": "a" });
    starts(bot.refused("sendMessage", nowhere).await, "Bad Request: chat not found");
    phone.set_blocked(true);
    let send = json!({ "chat_id": chat, "text": "a" });
    starts(bot.refused("sendMessage", send).await, "Forbidden: bot was blocked by the user");
    let query = json!({ "callback_query_id": "77" });
    starts(bot.refused("answerCallbackQuery", query).await, "Bad Request: query is too old");
    let group = bot.sandbox.group(-5);
    let new = group.migrate_to(-1_000_000_000_005);
    let moved = bot.call("sendMessage", json!({ "chat_id": -5, "text": "a" })).await;
    assert_eq!(moved["parameters"]["migrate_to_chat_id"], new.chat);
    bot.sandbox.revoke_token(true);
    assert_eq!(bot.refused("getMe", json!({})).await, "Unauthorized");
    assert_eq!(bot.sandbox.violations(), [], "a refusal is no breach");
}

#[tokio::test]
async fn updates_wait_until_they_are_confirmed() {
    let bot = Bot::new().await;
    let phone = bot.sandbox.phone(Some("fr"));
    for text in ["a", "b", "c"] {
        phone.send_text(text);
    }
    let poll = |offset: Value| json!({ "offset": offset, "limit": 2, "timeout": 0 });
    let texts = |updates: &Value| -> Vec<String> {
        let text = |update: &Value| update["message"]["text"].as_str().unwrap().to_owned();
        updates.as_array().unwrap().iter().map(text).collect()
    };
    let first = bot.fine("getUpdates", poll(Value::Null)).await;
    assert_eq!(texts(&first), ["a", "b"]);
    assert_eq!(first[0]["message"]["from"]["language_code"], "fr");
    assert_eq!(texts(&bot.fine("getUpdates", poll(Value::Null)).await), ["a", "b"], "nothing is confirmed");
    let second = first[1]["update_id"].as_i64().unwrap();
    assert_eq!(texts(&bot.fine("getUpdates", poll(second.into())).await), ["b", "c"]);
    assert_eq!(texts(&bot.fine("getUpdates", poll((-1).into())).await), ["c"]);
    assert_eq!(bot.sandbox.unconfirmed(), 1);

    let only_taps = json!({ "offset": second + 2, "timeout": 0, "allowed_updates": ["callback_query"] });
    bot.fine("getUpdates", only_taps).await;
    phone.send_text("not asked for");
    assert_eq!(bot.sandbox.unconfirmed(), 0);
}

#[tokio::test]
async fn a_poll_waits_and_a_second_one_ends_it() {
    let bot = Bot::new().await;
    let phone = bot.sandbox.phone(None);
    let waits = json!({ "timeout": 50 });
    let idle = |sandbox: &Sandbox| sandbox.is_idle().then_some(());
    let speak = async {
        bot.sandbox.until(idle).await.unwrap();
        phone.send_text("now");
    };
    let (updates, ()) = tokio::join!(bot.fine("getUpdates", waits.clone()), speak);
    let seen = updates[0]["update_id"].as_i64().unwrap();
    let next = json!({ "offset": seen + 1, "timeout": 50 });
    let intrude = async {
        bot.sandbox.until(idle).await.unwrap();
        bot.fine("getUpdates", json!({ "offset": seen + 1, "timeout": 0 })).await;
    };
    let (conflict, ()) = tokio::join!(bot.refused("getUpdates", next.clone()), intrude);
    assert!(conflict.starts_with("Conflict: terminated by other getUpdates request"), "{conflict}");
    bot.fine("setWebhook", json!({ "url": "https://bot.example.org/" })).await;
    let conflict = bot.refused("getUpdates", next).await;
    assert!(
        conflict.starts_with("Conflict: can't use getUpdates method while webhook is active"),
        "{conflict}"
    );
    bot.fine("deleteWebhook", json!({})).await;
    bot.fine("getUpdates", json!({ "timeout": 0 })).await;
}

#[tokio::test]
async fn a_document_arrives_with_its_bytes() {
    let bot = Bot::new().await;
    let group = bot.sandbox.group(-1_000_000_000_007);
    let part = reqwest::multipart::Part::bytes(vec![7; 2_000]).file_name("relais.age");
    let form = reqwest::multipart::Form::new()
        .text("chat_id", group.chat.to_string())
        .text("caption", "You have 1 message")
        .text("protect_content", "true")
        .part("document", part);
    let answer = bot.http.post(bot.address("SendDocument")).multipart(form).send().await.unwrap();
    assert_eq!(answer.status(), 200);
    let shown = group.messages().remove(0);
    let document = shown.attachment.clone().unwrap();
    assert_eq!((document.name.as_deref(), document.size), (Some("relais.age"), 2_000));
    assert_eq!(shown.text, "You have 1 message");
    assert!(shown.protected);
    let file = document.file.unwrap();
    assert_eq!(bot.sandbox.document(&file), Some(vec![7; 2_000]));
    let path =
        bot.fine("getFile", json!({ "file_id": file })).await["file_path"].as_str().unwrap().to_owned();
    let address = format!("{}file/bot{TOKEN}/{path}", bot.sandbox.api_url().unwrap());
    assert_eq!(bot.http.get(address).send().await.unwrap().bytes().await.unwrap().len(), 2_000);
    assert_eq!(bot.sandbox.violations(), []);
}

#[tokio::test]
async fn faults_hit_what_they_are_meant_for() {
    let bot = Bot::new().await;
    let (phone, spared) = (bot.sandbox.phone(None), bot.sandbox.phone(None));
    let only = |failure| Fault::new(failure).on("sendMessage").in_chat(phone.chat);
    let send = json!({ "chat_id": phone.chat, "text": "a" });
    bot.sandbox.inject(only(Failure::TooManyRequests(7)));
    bot.say(&spared, "a").await;
    let refusal = bot.call("sendMessage", send.clone()).await;
    assert_eq!(refusal["error_code"], 429);
    assert_eq!(refusal["parameters"]["retry_after"], 7);

    let raw = || bot.http.post(bot.address("sendMessage")).json(&send).send();
    bot.sandbox.inject(only(Failure::Html(502)));
    let page = raw().await.unwrap();
    assert_eq!(page.status(), 502);
    assert!(page.text().await.unwrap().starts_with("<html>"));
    for (failure, arrives) in [(Failure::Cut, 0), (Failure::LoseAnswer, 1), (Failure::Rubbish, 2)] {
        let cut = !matches!(failure, Failure::Rubbish);
        bot.sandbox.inject(only(failure));
        let answer = async { raw().await?.text().await }.await;
        assert_eq!(answer.is_err(), cut);
        assert!(answer.is_err() || serde_json::from_str::<Value>(&answer.unwrap()).is_err());
        assert_eq!(phone.messages().len(), arrives);
    }
    bot.sandbox.inject(only(Failure::Delay(Duration::from_millis(50))));
    let before = std::time::Instant::now();
    bot.say(&phone, "late").await;
    assert!(before.elapsed() >= Duration::from_millis(50));
    bot.clock.advance(TimeDelta::hours(1));
    bot.say(&phone, "in time").await;
    assert_eq!(phone.newest().unwrap().at, bot.clock.now());
}
