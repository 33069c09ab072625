//! Who is not asked: associations that are away, or that have not shown of late that they can read.

use std::sync::Arc;

use chrono::TimeDelta;
use relais::delivery::ProofWatch;
use relais::i18n::Catalog;
use serde_json::{Value, json};

use super::bot::Telegram;
use super::stage::{LYON, NOW, PARIS, Stage, TEAM, id};

#[tokio::test]
async fn no_key_no_requests_and_volunteers_are_warned_before() {
    let stage = Stage::set().await;
    let (telegram, bot) = Telegram::open().await;
    let watch = ProofWatch {
        bot,
        store: stage.store.clone(),
        directory: stage.directory.clone(),
        catalog: Arc::new(Catalog::load().unwrap()),
        clock: stage.hand.clock(),
        proof_days: 14,
        desk_url: Some("https://relais.example/".parse().unwrap()),
    };
    let closed = async |stage: &Stage| {
        let (proofs, today) = (stage.store.proofs().await.unwrap(), stage.hand.now().date_naive());
        relais::routing::without_proof(&stage.directory, &proofs, today, 14)
    };
    // The day of the vetting counts.
    assert!(NOW.starts_with("2026-11-25") && closed(&stage).await.is_empty());
    assert_eq!(watch.warn_due().await.unwrap(), 0);
    stage.hand.turn(TimeDelta::days(12));
    let everyone = stage.directory.associations().len();
    assert_eq!(watch.warn_due().await.unwrap(), everyone);
    assert_eq!(watch.warn_due().await.unwrap(), 0);
    for call in telegram.sent() {
        let text = call["text"].as_str().unwrap();
        assert!(text.starts_with('🔑') && text.ends_with("https://relais.example/desk"), "{text}");
    }
    stage.sign_in(LYON).await;
    stage.hand.turn(TimeDelta::days(3));
    let closed = closed(&stage).await;
    assert!(!closed.contains(&id(LYON)) && closed.contains(&id(PARIS)) && closed.contains(&id(TEAM)));
    assert_eq!(watch.warn_due().await.unwrap(), everyone - 1);
    let token = stage.sign_in(LYON).await;
    let book = stage.get("directory", &token).await;
    let routable = book.ok()["associations"].as_array().unwrap().iter();
    let routable: Vec<&Value> =
        routable.filter(|one| one["routable"] == true).map(|one| &one["id"]).collect();
    assert_eq!(routable, [LYON]);
}

#[tokio::test]
async fn a_day_off_is_kept_and_ended() {
    let stage = Stage::set().await;
    let token = stage.sign_in(LYON).await;
    let until = stage.hand.now() + TimeDelta::days(2);
    stage.post("pause", Some(&token), json!({ "until": until })).await.ok();
    assert_eq!(stage.store.paused_at(stage.hand.now()).await.unwrap(), [id(LYON)]);
    assert_eq!(stage.get("me", &token).await.ok()["paused_until"], "2026-11-27T09:00:00Z");
    stage.post("pause", Some(&token), json!({ "until": NOW })).await.is(422, "wrong_time");
    stage.post("pause", Some(&token), json!({ "until": null })).await.ok();
    assert_eq!(stage.store.paused_at(stage.hand.now()).await.unwrap(), []);
}
