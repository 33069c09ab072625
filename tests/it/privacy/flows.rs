//! Everything that can happen to the person with the canaries.

use chrono::TimeDelta;
use relais::desk::{DeskMemory, Door, Words as Saying, Workplace};
use relais::ids::AssociationId;
use relais::locale::Locale;
use relais::message::Message as Words;
use relais::retention::{LastSweep, sweep_once};
use relais::sandbox::{Failure, Fault, Message, Phone, Sandbox};
use relais::terms::{Kind, Sign};
use serde_json::json;

use super::canary::{
    ACCOUNT, ANSWER, BURST, CAMPAIGN, LANGUAGE, LATITUDE, NAME, NOTE, RUBBISH, Secrets, TOWN, TOWN_CODE,
    WORDS,
};
use crate::support::{HOOK_SECRET, PhoneExt as _, Stage};

/// Goes through everything, and collects what only this run knows.
pub async fn everything(stage: &mut Stage, secrets: &mut Secrets) {
    for locale in [Locale::ENGLISH, Locale::ARABIC] {
        let phone = sent(stage, secrets, locale).await;
        more(stage, &phone, locale).await;
        code(stage, secrets, &phone, locale).await;
        volunteers(stage, &phone, locale).await;
        tap(stage, &phone, locale, Words::HubCancel).await;
        tap(stage, &phone, locale, Words::EraseEverything).await;
        worried(stage, secrets, locale).await;
        left(stage, secrets, locale).await;
    }
    let phone = sent(stage, secrets, Locale::ENGLISH).await;
    rubbish(stage).await;
    bad_network(stage, &phone).await;
    bursts(stage, secrets).await;
    let last = LastSweep::since(stage.clock.now());
    stage.clock.advance(TimeDelta::days(8));
    sweep_once(stage.store(), stage.clock.now(), &last).await;
    assert_eq!(stage.store().tokens(100).await.unwrap(), []);
    bad_database(stage, secrets).await;
}

async fn tap(stage: &Stage, phone: &Phone, locale: Locale, words: Words) -> Message {
    phone.taps(&stage.catalog.label(locale, &words)).await
}

/// A phone whose person has a name, an account and a language nobody else has, on the first screen.
async fn begun(stage: &Stage, secrets: &mut Secrets, locale: Locale) -> Phone {
    let phone = stage.phone(&format!("en-{LANGUAGE}"));
    secrets.numbers.push(phone.chat);
    let from = json!({
        "id": phone.chat, "is_bot": false, "first_name": NAME, "last_name": NAME, "username": ACCOUNT,
        "language_code": format!("en-{LANGUAGE}"),
    });
    let chat = json!({ "id": phone.chat, "type": "private", "first_name": NAME, "username": ACCOUNT });
    phone.push_message(json!({ "text": format!("/start {CAMPAIGN}"), "from": from, "chat": chat }));
    phone.sees("🌐").await;
    phone.taps(locale.native()).await;
    phone
}

async fn agreed(stage: &Stage, secrets: &mut Secrets, locale: Locale) -> Phone {
    let phone = begun(stage, secrets, locale).await;
    tap(stage, &phone, locale, Words::HomeNeedHelp).await;
    tap(stage, &phone, locale, Words::ConsentAgree).await;
    phone
}

/// Sends a request from a town that was typed; returns the phone with its hub.
async fn sent(stage: &Stage, secrets: &mut Secrets, locale: Locale) -> Phone {
    let phone = agreed(stage, secrets, locale).await;
    phone.says(WORDS).await;
    tap(stage, &phone, locale, Words::WhoWoman).await;
    tap(stage, &phone, locale, Words::SituationLabour).await;
    tap(stage, &phone, locale, Words::NeedShelter).await;
    tap(stage, &phone, locale, Words::PlaceType).await;
    answers(&phone, TOWN, "(46)").await;
    phone.taps("(46)").await;
    tap(stage, &phone, locale, Words::SendAnyTime).await;
    phone
}

/// Answers the prompt, and waits until the living message shows these words.
async fn answers(phone: &Phone, text: &str, shows: &str) {
    let look = |messages: &[Message]| messages.iter().find(|message| message.prompt.is_some()).cloned();
    phone.until(look).await.expect("a prompt");
    phone.answer_prompt(text).expect("a prompt");
    shown(phone, shows).await;
}

async fn shown(phone: &Phone, shows: &str) {
    let look = |messages: &[Message]| {
        let living = messages.iter().find(|message| !message.buttons.is_empty())?;
        let there = living.text.contains(shows) || living.all_buttons().any(|b| b.text.contains(shows));
        there.then_some(())
    };
    assert!(phone.until(look).await.is_ok(), "{shows} in {:#?}", crate::support::texts(phone));
}

async fn more(stage: &Stage, phone: &Phone, locale: Locale) {
    tap(stage, phone, locale, Words::HubSayMore).await;
    for _ in Sign::ALL {
        tap(stage, phone, locale, Words::SignYes).await;
    }
    tap(stage, phone, locale, Words::Finish).await;
    tap(stage, phone, locale, Words::HubWrite).await;
    answers(phone, WORDS, &stage.catalog.label(locale, &Words::NoticeSealed)).await;
}

/// Shows the code, and opens the request with it on another phone.
async fn code(stage: &Stage, secrets: &mut Secrets, phone: &Phone, locale: Locale) {
    let shown = tap(stage, phone, locale, Words::HubCode).await;
    let code: String = shown.text.chars().filter(char::is_ascii_digit).take(12).collect();
    secrets.codes.push(code.clone());
    tap(stage, phone, locale, Words::Back).await;
    let other = begun(stage, secrets, locale).await;
    tap(stage, &other, locale, Words::HomeCode).await;
    answers(&other, &code, &stage.catalog.label(locale, &Words::HubNews)).await;
}

/// The association that holds the newest request.
async fn holder(stage: &Stage) -> AssociationId {
    let tokens = stage.store().tokens(100).await.unwrap();
    let open = |token: &&relais::store::StoredToken| {
        token.kind == Kind::Handoff && token.state == relais::store::TokenState::Pending
    };
    tokens.iter().find(open).expect("a request").association.clone()
}

/// The desk of an association, and the request that waits there.
async fn enter(stage: &Stage, association: &AssociationId) -> (Workplace, String) {
    let identities = stage.demo.identities[association].clone();
    let server = stage.desk.parse().unwrap();
    let door = Door {
        server: &server,
        association: association.clone(),
        identities,
        fingerprint: Some(&stage.published.fingerprints()[0]),
        server_keys: &[],
    };
    let desk = Workplace::enter(door, &mut DeskMemory::default(), stage.clock.now()).await.unwrap();
    let rows = desk.list().await.unwrap();
    let start = rows.iter().find(|row| row.state == "pending" && row.own).unwrap().handoff.to_string();
    (desk, start)
}

/// Volunteers read it, note something, answer, and pass it on; the person reads the answer and answers back.
async fn volunteers(stage: &Stage, phone: &Phone, locale: Locale) {
    let (own, now) = (holder(stage).await, stage.clock.now());
    let (desk, start) = enter(stage, &own).await;
    desk.show(&start).await.unwrap();
    desk.accept(&start, NAME, now).await.unwrap();
    desk.note(&start, NAME, NOTE, now).await.unwrap();
    desk.reply(&start, NAME, &Saying::Text(ANSWER.into()), now).await.unwrap();
    let push = stage.catalog.label(locale, &Words::PushOpen);
    let open = |messages: &[Message]| {
        let newest = messages.iter().rev().find(|message| message.from_bot)?;
        newest.all_buttons().any(|button| button.text.contains(&push)).then_some(())
    };
    phone.until(open).await.expect("the person is told");
    phone.taps(&push).await;
    let read = tap(stage, phone, locale, Words::AloneYes).await;
    assert!(read.text.contains(ANSWER), "{read:#?}");
    tap(stage, phone, locale, Words::Back).await;
    let mut others = stage.directory.routable(now.date_naive());
    let next = others.find(|one| one.id != own).unwrap().id.clone();
    desk.pass_on(&start, &next, Some(NOTE.into()), now).await.unwrap();
}

/// Someone worries about someone else, from where they stand.
async fn worried(stage: &Stage, secrets: &mut Secrets, locale: Locale) {
    let phone = begun(stage, secrets, locale).await;
    tap(stage, &phone, locale, Words::HomeWorry).await;
    tap(stage, &phone, locale, Words::ConsentAgree).await;
    tap(stage, &phone, locale, Words::ReporterClose).await;
    tap(stage, &phone, locale, Words::SubjectChild).await;
    tap(stage, &phone, locale, Words::ObservedPapers).await;
    tap(stage, &phone, locale, Words::TickedDone).await;
    phone.push_message(json!({ "location": { "latitude": LATITUDE, "longitude": 1.618_765_432_1 } }));
    shown(&phone, "(46)").await;
    phone.taps("(46)").await;
    tap(stage, &phone, locale, Words::SendAnyTime).await;
    let (desk, start) = enter(stage, &holder(stage).await).await;
    desk.decline(&start, "full").await.unwrap();
}

/// Types something, and leaves.
async fn left(stage: &Stage, secrets: &mut Secrets, locale: Locale) {
    let phone = agreed(stage, secrets, locale).await;
    phone.says(WORDS).await;
    phone.send_attachment("contact");
    stage.idle().await;
    phone.tap(&stage.catalog.label(locale, &Words::Leave)).unwrap();
    stage.idle().await;
}

/// Updates that no Telegram sends.
async fn rubbish(stage: &Stage) {
    for update in [
        json!({ "message": RUBBISH }),
        json!({ "callback_query": { "id": RUBBISH, "data": [RUBBISH] } }),
        json!({ "message": { "text": [RUBBISH], "chat": { "id": RUBBISH } } }),
        json!({ "edited_message": { "text": RUBBISH } }),
        json!({ "message": { "message_id": 1, "text": RUBBISH, "chat": { "id": 1.5, "type": "private" } } }),
        json!({ RUBBISH: { RUBBISH: RUBBISH } }),
    ] {
        stage.sandbox.push_update(update);
    }
    stage.idle().await;
}

/// Every call fails in every way while the person writes.
async fn bad_network(stage: &Stage, phone: &Phone) {
    let failures = [
        Failure::Refused(400, format!("Bad Request: {RUBBISH}")),
        Failure::Refused(403, format!("Forbidden: {RUBBISH}")),
        Failure::Html(502),
        Failure::Cut,
        Failure::Rubbish,
        Failure::LoseAnswer,
    ];
    for method in ["sendMessage", "editMessageText", "deleteMessage", "answerCallbackQuery", "getUpdates"] {
        for failure in &failures {
            if method == "getUpdates" && matches!(failure, Failure::Refused(..)) {
                continue;
            }
            stage.sandbox.inject(Fault::new(failure.clone()).on(method));
            phone.send_text(WORDS);
            let _ = phone.tap_nth(0);
        }
        stage.idle().await;
        stage.sandbox.heal();
    }
}

/// Parts of the service panic with what they had in hand; it goes on all the same.
async fn bursts(stage: &Stage, secrets: &mut Secrets) {
    let phone = agreed(stage, secrets, Locale::ENGLISH).await;
    stage.idle().await;
    stage.fuse.light(3, BURST);
    while !stage.fuse.is_out() {
        phone.send_text(WORDS);
        stage.idle().await;
    }
    // The volunteers are told all the same, once the one that burst is held to be gone and what this phone sent
    // before counts no more.
    stage.clock.advance(chrono::TimeDelta::minutes(65));
    let before = stage.sandbox.calls_of("sendDocument").len();
    sent(stage, secrets, Locale::ENGLISH).await;
    let told = |sandbox: &Sandbox| (sandbox.calls_of("sendDocument").len() > before).then_some(());
    stage.sandbox.until(told).await.expect("a part that burst goes on");
}

/// The database goes away in the middle of everything.
async fn bad_database(stage: &mut Stage, secrets: &mut Secrets) {
    let phone = sent(stage, secrets, Locale::ENGLISH).await;
    let (own, now) = (holder(stage).await, stage.clock.now());
    let (desk, start) = enter(stage, &own).await;
    stage.store().close().await;
    assert!(desk.note(&start, NAME, NOTE, now).await.is_err());
    phone.tap(&stage.catalog.label(Locale::ENGLISH, &Words::HubWrite)).unwrap();
    phone.send_text(WORDS);
    phone.send_text(TOWN_CODE);
    stage.idle().await;
    phone.tap(&stage.catalog.label(Locale::ENGLISH, &Words::Leave)).unwrap();
    stage.idle().await;
    stage.kill().await;
    webhook(stage, secrets).await;
}

/// Telegram brings updates to the bot, good and bad, and somebody asks whether it is well. What is answered is looked
/// through as what is logged.
async fn webhook(stage: &mut Stage, secrets: &mut Secrets) {
    stage.hook = Some(String::new());
    stage.raise().await;
    let (hook, health) = (stage.hook.clone().unwrap(), stage.health.clone());
    let set = |sandbox: &Sandbox| (!sandbox.calls_of("setWebhook").is_empty()).then_some(());
    stage.sandbox.until(set).await.expect("the webhook is set");
    let phone = stage.phone(LANGUAGE);
    secrets.numbers.push(phone.chat);
    let from = json!({
        "id": phone.chat, "is_bot": false, "first_name": NAME, "username": ACCOUNT, "language_code": LANGUAGE,
    });
    let chat = json!({ "id": phone.chat, "type": "private", "first_name": NAME });
    let message = |id: u64, text: &str| {
        let message = json!({ "message_id": id, "date": 0, "from": from, "chat": chat, "text": text });
        json!({ "update_id": id, "message": message }).to_string()
    };
    let query = json!({ "id": RUBBISH, "from": from, "data": RUBBISH });
    let http = reqwest::Client::new();
    for (secret, body, code) in [
        (HOOK_SECRET, message(9_001, &format!("/start {CAMPAIGN}")), 200),
        (HOOK_SECRET, message(9_002, WORDS), 200),
        (HOOK_SECRET, json!({ "update_id": 9_003, "callback_query": query }).to_string(), 200),
        (HOOK_SECRET, json!({ "update_id": RUBBISH, "message": { "text": RUBBISH } }).to_string(), 200),
        (HOOK_SECRET, json!({ "update_id": 9_004, "message": RUBBISH }).to_string(), 200),
        (HOOK_SECRET, format!("{{\"update_id\": 9005, \"message\": {{\"text\": \"{RUBBISH}"), 200),
        (HOOK_SECRET, RUBBISH.repeat(80_000), 413),
        (RUBBISH, message(9_006, WORDS), 401),
    ] {
        let posted = http.post(&hook).header("x-telegram-bot-api-secret-token", secret).body(body);
        assert_eq!(answered(posted.send().await.unwrap()).await, code);
    }
    phone.sees("🌐").await;
    for path in ["healthz", "readyz", RUBBISH] {
        answered(http.get(format!("{health}/{path}")).send().await.unwrap()).await;
    }
    stage.store().close().await;
    assert_eq!(answered(http.get(format!("{health}/readyz")).send().await.unwrap()).await, 503);
    let late = http.post(&hook).header("x-telegram-bot-api-secret-token", HOOK_SECRET);
    answered(late.body(message(9_007, WORDS)).send().await.unwrap()).await;
}

/// Says what was answered where the log is looked through.
async fn answered(response: reqwest::Response) -> u16 {
    let (code, headers) = (response.status().as_u16(), format!("{:?}", response.headers()));
    eprintln!("answered {code} {headers} {}", response.text().await.unwrap_or_default());
    code
}
