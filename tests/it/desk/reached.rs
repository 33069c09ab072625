//! How a person is reached, as the terminal goes by it.

use chrono::Days;
use relais::desk::{self, Words, WorkFault, Workplace};
use relais::i18n::Catalog;
use relais::locale::Locale;
use relais::store::{NewToken, TokenId};
use relais::terms::{Contact, Kind};
use serde_json::{Value, json};

use super::stage::{LYON, Stage, Wanted, id};

/// Keeps a piece that the person added, with these members.
async fn added(stage: &Stage, wanted: &Wanted, number: u8, mut more: Value) {
    more["kind"] = json!("addition");
    let now = stage.hand.now();
    let token = NewToken {
        id: TokenId::new(wanted.handoff.as_bytes().map(|byte| byte ^ number)),
        handoff: wanted.handoff,
        association: id(LYON),
        kind: Kind::Addition,
        ciphertext: stage.sealed_record(wanted, &more, &stage.recipients(&[LYON])),
        received: now,
        respond_by: now,
        expires_on: (now + Days::new(7)).date_naive(),
        team: None,
        reach: None,
    };
    stage.store.save(token, vec![]).await.unwrap();
}

/// What stands on the terminal beside how to answer.
async fn contact(ana: &Workplace, start: &str) -> String {
    let catalog = Catalog::load().unwrap();
    let case = ana.show(start).await.unwrap();
    let lines = desk::lines(&case.opened, &case.reach(), &catalog, Locale::ENGLISH);
    let label = catalog.label(Locale::ENGLISH, &relais::message::Message::DeskContact);
    lines.into_iter().find(|line| line.label == label).unwrap().value
}

#[tokio::test]
async fn a_terminal_answers_where_the_person_is_reached_now_and_nobody_who_wants_no_messages() {
    let stage = Stage::set().await;
    let wanted = stage.request(1, LYON, Contact::AnyTime).await;
    let ana = stage.door(LYON, stage.identities_of(LYON).to_vec()).enter().await.unwrap();
    let (start, now) = (wanted.handoff.to_string(), stage.hand.now());
    ana.accept(&start, "Ana", now).await.unwrap();
    let reply = async || ana.reply(&start, "Ana", &Words::Text("We look for a bed".into()), now).await;

    // Neither what was written on another phone nor a piece that says nothing of it turns an answer.
    let other = "A".repeat(64);
    added(&stage, &wanted, 1, json!({ "return_address": other, "reach_no": 9, "elsewhere": true })).await;
    let silent = json!({ "channel": "none", "window": "none" });
    added(&stage, &wanted, 2, json!({ "return_address": null, "contact": silent })).await;
    let before = contact(&ana, &start).await;
    reply().await.unwrap();

    added(&stage, &wanted, 3, json!({ "return_address": null, "contact": silent, "reach_no": 1 })).await;
    assert_eq!(reply().await.unwrap_err(), WorkFault::NoMessages);
    let now_said = contact(&ana, &start).await;
    assert_ne!(now_said, before);
    assert!(now_said.contains("comes back to look"), "{now_said}");

    added(&stage, &wanted, 4, json!({ "reach_no": 2 })).await;
    assert_eq!(contact(&ana, &start).await, before);
    added(&stage, &wanted, 5, json!({ "return_address": null, "stop": true, "reach_no": 3 })).await;
    assert_eq!(reply().await.unwrap_err(), WorkFault::NoMessages);
}

#[tokio::test]
async fn a_terminal_marks_what_was_written_on_another_phone() {
    let stage = Stage::set().await;
    let wanted = stage.request(1, LYON, Contact::AnyTime).await;
    let ana = stage.door(LYON, stage.identities_of(LYON).to_vec()).enter().await.unwrap();
    let catalog = Catalog::load().unwrap();
    for (number, elsewhere) in [(1, true), (2, false)] {
        added(&stage, &wanted, number, json!({ "needs": ["medical"], "elsewhere": elsewhere })).await;
    }
    let case = ana.show(&wanted.handoff.to_string()).await.unwrap();
    let marked: Vec<bool> = case
        .papers
        .iter()
        .map(|paper| match &paper.content {
            desk::Content::Said(said) => desk::added(said, &catalog, Locale::ENGLISH)
                .iter()
                .any(|line| line.value == "Written on another phone. Ask something only they know."),
            desk::Content::Refused(_) | desk::Content::Own(_) => panic!("the person said it"),
        })
        .collect();
    assert_eq!(marked, [true, false]);
}
