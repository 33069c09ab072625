//! Who gets in, and how long.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use chrono::TimeDelta;
use futures::future::join_all;
use relais::store::Action;
use relais::terms::Contact;
use serde_json::json;

use super::stage::{LYON, PARIS, Stage, TEAM, id};

#[tokio::test]
async fn whoever_can_decrypt_gets_in_and_has_proved_it() {
    let stage = Stage::set().await;
    assert!(stage.store.proofs().await.unwrap().is_empty());
    let token = stage.sign_in(LYON).await;
    let me = stage.get("me", &token).await;
    assert_eq!(me.ok()["association"], LYON);
    assert_eq!(me.ok()["role"], "association");
    assert_eq!(me.ok()["last_proof_on"], "2026-11-25");
    let device = stage.device(LYON).recipient().to_string();
    assert_eq!((&me.ok()["device"], &me.ok()["coordinator"]), (&json!(device), &json!(true)));
    let audited = stage.store.audited().await.unwrap();
    assert_eq!(audited.len(), 1);
    assert_eq!((&audited[0].association, audited[0].action), (&id(LYON), Action::SignedIn));
}

#[tokio::test]
async fn another_associations_key_solves_nothing() {
    let stage = Stage::set().await;
    let (challenge, answer) = stage.solved(LYON, stage.identities_of(PARIS)).await;
    assert_eq!(answer, None);
    let device = stage.device(PARIS).recipient().to_string();
    let guess = json!({ "id": challenge, "proof": STANDARD.encode([7; 32]), "device": device });
    stage.post("sessions", None, guess).await.is(401, "wrong_answer");
    let (_, of_paris) = stage.solved(PARIS, stage.identities_of(PARIS)).await;
    let mut crossed = of_paris.unwrap();
    crossed["id"] = json!(challenge);
    stage.post("sessions", None, crossed).await.is(401, "wrong_answer");
}

#[tokio::test]
async fn a_device_with_a_key_signs_in_under_its_own_name() {
    let stage = Stage::set().await;
    for change in [json!({ "signature": null }), json!({ "device": null }), json!({ "device": "age1other" })]
    {
        let (_, answer) = stage.solved(LYON, stage.identities_of(LYON)).await;
        let mut answer = answer.unwrap();
        for (name, value) in change.as_object().unwrap() {
            answer[name] = value.clone();
        }
        stage.post("sessions", None, answer).await.is(401, "wrong_answer");
    }
    // Nor under a colleague's name, though both can read.
    let (_, answer) = stage.solved(LYON, stage.identities_of(LYON)).await;
    let mut answer = answer.unwrap();
    answer["device"] = json!(stage.identities_of(LYON)[1].to_public().to_string());
    stage.post("sessions", None, answer).await.is(401, "wrong_answer");
}

#[tokio::test]
async fn a_name_that_is_not_there_looks_like_one_that_is() {
    let stage = Stage::set().await;
    let mut shapes = Vec::new();
    for name in [LYON, TEAM, "no-such-association", "Nobody's name!", ""] {
        let wish = json!({ "association": name, "origin": stage.base });
        let asked = stage.post("challenges", None, wish).await;
        let id = asked.body["id"].as_str().unwrap().len();
        let file = STANDARD.decode(asked.body["challenge"].as_str().unwrap()).unwrap();
        // Beside them age adds a stanza of random length to every file.
        let stanzas = String::from_utf8_lossy(&file).matches("-> X25519 ").count();
        shapes.push((asked.status.as_u16(), id, stanzas));
    }
    assert!(shapes.iter().all(|shape| shape == &shapes[0]), "{shapes:?}");
    assert_eq!((shapes[0].0, shapes[0].2), (200, 8));
}

#[tokio::test]
async fn an_answer_counts_once_and_for_two_minutes() {
    let stage = Stage::set().await;
    let (_, answer) = stage.solved(LYON, stage.identities_of(LYON)).await;
    let body = answer.unwrap();
    stage.post("sessions", None, body.clone()).await.ok();
    stage.post("sessions", None, body).await.is(409, "challenge_used");
    let (_, late) = stage.solved(LYON, stage.identities_of(LYON)).await;
    stage.hand.turn(TimeDelta::seconds(121));
    stage.post("sessions", None, late.unwrap()).await.is(410, "challenge_expired");
}

#[tokio::test]
async fn twenty_replays_at_once_give_one_session() {
    let stage = Stage::set().await;
    let (_, answer) = stage.solved(LYON, stage.identities_of(LYON)).await;
    let body = answer.unwrap();
    let answers = join_all((0..20).map(|_| stage.post("sessions", None, body.clone()))).await;
    let created = answers.iter().filter(|answer| answer.status == 201).count();
    assert_eq!(created, 1);
}

#[tokio::test]
async fn a_session_ends_after_twelve_hours_and_outlives_a_restart() {
    let mut stage = Stage::set().await;
    let token = stage.sign_in(LYON).await;
    stage.open().await;
    stage.get("me", &token).await.ok();
    stage.hand.turn(TimeDelta::hours(12));
    stage.get("me", &token).await.is(401, "no_session");
}

#[tokio::test]
async fn a_forged_or_foreign_token_is_none() {
    let stage = Stage::set().await;
    let token = stage.sign_in(LYON).await;
    let mut forged = token.clone().into_bytes();
    let middle = forged.len() / 2;
    forged[middle] = if forged[middle] == b'A' { b'B' } else { b'A' };
    stage.get("me", &String::from_utf8(forged).unwrap()).await.is(401, "no_session");
    // A challenge is sealed by the same key and is no session.
    let (challenge, _) = stage.solved(LYON, &[]).await;
    stage.get("me", &challenge).await.is(401, "no_session");
    let elsewhere = Stage::set().await;
    elsewhere.get("me", &token).await.is(401, "no_session");
    stage.post("pause", None, json!({ "until": null })).await.is(401, "no_session");
}

#[tokio::test]
async fn a_session_goes_with_the_keys_of_its_association() {
    let mut stage = Stage::set().await;
    let token = stage.sign_in(LYON).await;
    // The directory is signed anew, with other keys.
    stage.directory = Stage::set().await.directory;
    stage.open().await;
    stage.get("me", &token).await.is(401, "no_session");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_flood_of_challenges_is_told_to_wait() {
    let stage = Stage::set().await;
    let asked = (0..240)
        .map(|_| stage.post("challenges", None, json!({ "association": LYON, "origin": stage.base })));
    let answers = futures::future::join_all(asked).await;
    let (refused, taken): (Vec<_>, Vec<_>) = answers.into_iter().partition(|answer| answer.status == 429);
    assert_eq!((taken.len(), refused.len()), (220, 20), "what is too much by a little waits its turn");
    let last = refused.last().unwrap();
    last.is(429, "rate_limited");
    assert!(last.retry_after.is_some_and(|seconds| seconds > 0));
    stage.hand.turn(TimeDelta::minutes(1));
    stage.sign_in(LYON).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_training_of_twenty_five_behind_one_address_signs_in_and_works() {
    let stage = Stage::set().await;
    // Everyone signs in twice: the first session ended with a page that was closed.
    for _ in 0..2 {
        let tokens = futures::future::join_all((0..25).map(|_| stage.sign_in(LYON))).await;
        let desks = futures::future::join_all(tokens.iter().map(|token| stage.desk(token))).await;
        assert_eq!(desks.len(), 25);
    }
}

#[tokio::test]
async fn rubbish_is_a_problem_and_never_a_crash() {
    let stage = Stage::set().await;
    let token = stage.sign_in(LYON).await;
    let wanted = stage.request(1, LYON, Contact::AnyTime).await;
    for body in [json!(null), json!([]), json!({ "claim": 5 }), json!({ "claim": "AAAA" })] {
        stage.act(&token, &wanted, "accept", body).await.is(400, "malformed");
    }
    stage.act(&token, &wanted, "decline", json!({ "reason": "because" })).await.is(400, "malformed");
    let long = json!({ "ciphertext": "A".repeat(200 << 10) });
    stage.act(&token, &wanted, "notes", long).await.is(413, "too_large");
    stage.post("handoffs/zz/read", Some(&token), json!({})).await.is(404, "not_found");
    stage.get("no/such/thing", &token).await.is(404, "not_found");
    stage.get("handoffs?since=rubbish", &token).await.ok();
}
