//! Taking, refusing and passing on; and what others see of it.

use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use chrono::TimeDelta;
use futures::future::join_all;
use relais::handoff::{self, PassedOn};
use relais::store::{NoticeReason, TokenState};
use relais::terms::Contact;
use serde_json::json;

use super::stage::{Answer, LYON, PARIS, Stage, TEAM, Wanted, id};

/// Hands the due notices out, as the delivery does, and says who is told why.
pub(super) async fn told(stage: &Stage) -> Vec<(String, NoticeReason)> {
    let due = crate::store::claim(&stage.store, stage.hand.now()).await;
    let mut told: Vec<_> = due.iter().map(|notice| (notice.audience.to_string(), notice.reason)).collect();
    for notice in due {
        stage.store.notice_sent(notice.id, 1).await.unwrap();
    }
    told.sort();
    told
}

/// Seals a request anew for another association, as a volunteer's device does.
pub(super) async fn passed_on(stage: &Stage, token: &str, from: &str, to: &str, wanted: &Wanted) -> Answer {
    let desk = stage.on_desk(token, "handoff").await;
    let file = STANDARD.decode(desk["ciphertext"].as_str().unwrap()).unwrap();
    let opened = handoff::open(&file, stage.identities_of(from), None).unwrap();
    let by = PassedOn { by: id(from), to: id(to), at: stage.hand.now(), note: Some("a bed tonight".into()) };
    let sealed = handoff::pass_on(&opened, by, &stage.recipients(&[to, TEAM]), &stage.device(from)).unwrap();
    let body = json!({ "association": to, "ciphertext": STANDARD.encode(sealed.as_bytes()) });
    stage.act(token, wanted, "pass-on", body).await
}

#[tokio::test]
async fn of_two_who_accept_at_once_one_wins_and_the_other_hears_who() {
    let stage = Stage::set().await;
    let token = stage.sign_in(LYON).await;
    let wanted = stage.request(1, LYON, Contact::AnyTime).await;
    let names = ["Ana", "Bo", "Cleo", "Dio"];
    let answers = join_all(names.map(|name| stage.accept(&token, LYON, &wanted, name))).await;
    let (won, lost): (Vec<&Answer>, Vec<&Answer>) = answers.iter().partition(|answer| answer.status == 200);
    assert_eq!((won.len(), lost.len()), (1, 3));
    let claim = stage.on_desk(&token, "claim").await["ciphertext"].clone();
    for answer in lost {
        answer.is(409, "already_accepted");
        assert_eq!((&answer.body["by"], &answer.body["claim"]), (&json!(LYON), &claim));
    }
    let file = STANDARD.decode(claim.as_str().unwrap()).unwrap();
    let winner = handoff::decrypt(&file, stage.identities_of(LYON)).unwrap();
    let at = answers.iter().position(|answer| answer.status == 200).unwrap();
    assert_eq!(winner.as_str(), names[at]);
    let row = stage.store.handoff(wanted.handoff).await.unwrap().unwrap();
    assert_eq!((row.state, row.taker), (TokenState::Accepted, Some(id(LYON))));
}

#[tokio::test]
async fn another_association_sees_nothing_and_does_nothing() {
    let stage = Stage::set().await;
    let (lyon, paris) = (stage.sign_in(LYON).await, stage.sign_in(PARIS).await);
    let wanted = stage.request(1, LYON, Contact::AnyTime).await;
    stage.act(&lyon, &wanted, "notes", json!({ "ciphertext": stage.own(LYON, "note") })).await.ok();
    assert_eq!(stage.desk(&paris).await, Vec::<serde_json::Value>::new());
    let never = Wanted { handoff: stage.keys.handoff(relais::ids::Code::from_number(99).unwrap()), ..wanted };
    let theirs = stage.request(2, LYON, Contact::AnyTime).await;
    for wanted in [&theirs, &never] {
        let own = stage.own(PARIS, "x");
        let sealed = json!({ "association": LYON, "ciphertext": own });
        let message = json!({ "return_address": wanted.address, "phrase": "phrase-read", "copy": own });
        for (act, body) in [
            ("read", json!({})),
            ("accept", json!({ "claim": own })),
            ("decline", json!({ "reason": "full" })),
            ("pass-on", sealed),
            ("messages", message),
            ("notes", json!({ "ciphertext": own })),
            ("close", json!({ "outcome": "helped" })),
        ] {
            let answer = stage.act(&paris, wanted, act, body).await;
            answer.is(404, "not_found");
            // Word for word the same, whether it is there or not.
            assert_eq!(answer.body["title"], "There is no such request for you.");
            assert_eq!(answer.body.as_object().unwrap().len(), 4);
        }
    }
    assert_eq!(stage.store.handoff(theirs.handoff).await.unwrap().unwrap().state, TokenState::Pending);
}

#[tokio::test]
async fn the_team_sees_a_request_from_when_it_is_told_of_it() {
    let stage = Stage::set().await;
    let team = stage.sign_in(TEAM).await;
    let wanted = stage.request(1, LYON, Contact::AnyTime).await;
    assert_eq!(told(&stage).await, [(LYON.to_owned(), NoticeReason::New)]);
    assert!(stage.desk(&team).await.is_empty());
    stage.act(&team, &wanted, "read", json!({})).await.is(404, "not_found");
    let cursor = stage.get("handoffs", &team).await.ok()["cursor"].as_str().unwrap().to_owned();
    // Others write meanwhile, so that the cursor moves on.
    stage.request(2, PARIS, Contact::AnyTime).await;
    stage.hand.turn(TimeDelta::hours(5));
    assert_eq!(
        told(&stage).await,
        [
            (TEAM.to_owned(), NoticeReason::Late),
            (TEAM.to_owned(), NoticeReason::Late),
            (PARIS.to_owned(), NoticeReason::New)
        ]
    );
    let news = stage.get(&format!("handoffs?since={cursor}"), &team).await;
    let seen = news.ok()["tokens"].as_array().unwrap();
    assert_eq!(seen.len(), 2);
    assert!(seen.iter().all(|token| token["audience"] == "national_team" && token["own"] == false));
    stage.accept(&team, TEAM, &wanted, "Tea").await.ok();
    let lyon = stage.sign_in(LYON).await;
    let late = stage.accept(&lyon, LYON, &wanted, "Ana").await;
    late.is(409, "already_accepted");
    assert_eq!((&late.body["by"], &late.body["claim"]), (&json!(TEAM), &json!(null)));
}

#[tokio::test]
async fn a_refusal_alerts_the_team_at_once() {
    let stage = Stage::set().await;
    let token = stage.sign_in(LYON).await;
    let wanted = stage.request(1, LYON, Contact::AnyTime).await;
    told(&stage).await;
    let declined = stage.act(&token, &wanted, "decline", json!({ "reason": "full" })).await;
    assert_eq!(declined.ok()["state"], "declined");
    assert_eq!(told(&stage).await, [(TEAM.to_owned(), NoticeReason::Declined)]);
    // Once: the reminder that it is late is no longer needed.
    stage.hand.turn(TimeDelta::hours(5));
    assert_eq!(told(&stage).await, []);
    let team = stage.sign_in(TEAM).await;
    assert_eq!(stage.on_desk(&team, "handoff").await["state"], "declined");
    let back = passed_on(&stage, &team, TEAM, LYON, &wanted).await;
    back.is(409, "not_open");
}

#[tokio::test]
async fn who_accepts_in_time_spares_the_team_the_alarm() {
    let stage = Stage::set().await;
    let token = stage.sign_in(LYON).await;
    let wanted = stage.request(1, LYON, Contact::AnyTime).await;
    told(&stage).await;
    stage.accept(&token, LYON, &wanted, "Ana").await.ok();
    stage.hand.turn(TimeDelta::hours(5));
    assert_eq!(told(&stage).await, []);
}

#[tokio::test]
async fn what_is_passed_on_opens_for_the_next_alone() {
    let stage = Stage::set().await;
    let (lyon, paris) = (stage.sign_in(LYON).await, stage.sign_in(PARIS).await);
    let wanted = stage.request(1, LYON, Contact::AnyTime).await;
    told(&stage).await;
    assert_eq!(passed_on(&stage, &lyon, LYON, PARIS, &wanted).await.ok()["state"], "passed_on");
    assert_eq!(told(&stage).await, [(PARIS.to_owned(), NoticeReason::New)]);
    let next = stage.on_desk(&paris, "handoff").await;
    assert_eq!((&next["state"], &next["handoff"]), (&json!("pending"), &json!(wanted.handoff)));
    let file = STANDARD.decode(next["ciphertext"].as_str().unwrap()).unwrap();
    assert!(handoff::open(&file, stage.identities_of(LYON), None).is_err());
    let key = handoff::key_text(&stage.keys.signing().verifying_key());
    let opened = handoff::open(&file, stage.identities_of(PARIS), Some(&key)).unwrap();
    assert_eq!(opened.record().return_address.as_deref(), Some(wanted.address.as_str()));
    let by = opened.passed_on().unwrap();
    assert_eq!((&by.by, &by.to, by.note.as_deref()), (&id(LYON), &id(PARIS), Some("a bed tonight")));
    // Lyon sees that it is gone, and can do no more with it.
    assert_eq!(stage.on_desk(&lyon, "handoff").await["state"], "passed_on");
    stage.accept(&lyon, LYON, &wanted, "Ana").await.is(409, "not_open");
    stage.accept(&paris, PARIS, &wanted, "Bo").await.ok();
    stage.hand.turn(TimeDelta::hours(30));
    assert_eq!(told(&stage).await, []);
}

#[tokio::test]
async fn nothing_is_passed_to_who_refused_who_is_away_or_who_is_not_there() {
    let stage = Stage::set().await;
    let (lyon, paris) = (stage.sign_in(LYON).await, stage.sign_in(PARIS).await);
    let wanted = stage.request(1, LYON, Contact::AnyTime).await;
    passed_on(&stage, &lyon, LYON, LYON, &wanted).await.is(422, "same_association");
    let sealed = json!({ "association": "no-such-association", "ciphertext": stage.own(PARIS, "x") });
    stage.act(&lyon, &wanted, "pass-on", sealed).await.is(422, "unknown_association");
    passed_on(&stage, &lyon, LYON, PARIS, &wanted).await.ok();
    stage.act(&paris, &wanted, "decline", json!({ "reason": "language" })).await.ok();
    // Paris passes it on although it said no; it comes to the team, which cannot give it back.
    told(&stage).await;
    let team = stage.sign_in(TEAM).await;
    let sealed = json!({ "association": "exemple-dijon", "ciphertext": stage.own("exemple-dijon", "x") });
    stage.act(&team, &wanted, "pass-on", sealed).await.ok();
    let back = json!({ "association": PARIS, "ciphertext": stage.own(PARIS, "x") });
    stage.act(&team, &wanted, "pass-on", back).await.is(409, "refused_before");
    // Everyone who has it on their desk sees who said no, so that nobody proposes them.
    for desk in [&lyon, &paris, &team] {
        let tokens = stage.desk(desk).await;
        assert!(!tokens.is_empty() && tokens.iter().all(|token| token["refused_by"] == json!([PARIS])));
    }
    let until = stage.hand.now() + TimeDelta::hours(1);
    let lyon_paused = stage.post("pause", Some(&lyon), json!({ "until": until })).await;
    lyon_paused.ok();
    let away = json!({ "association": LYON, "ciphertext": stage.own(LYON, "x") });
    stage.act(&team, &wanted, "pass-on", away).await.is(422, "not_routable");
}

#[tokio::test]
async fn notes_stay_at_home_and_a_closed_request_is_done() {
    let stage = Stage::set().await;
    let (lyon, team) = (stage.sign_in(LYON).await, stage.sign_in(TEAM).await);
    let wanted = stage.request(1, LYON, Contact::AnyTime).await;
    stage.hand.turn(TimeDelta::hours(5));
    told(&stage).await;
    stage.act(&lyon, &wanted, "notes", json!({ "ciphertext": stage.own(LYON, "calls at six") })).await.ok();
    assert_eq!(stage.on_desk(&lyon, "note").await["state"], "done");
    assert_eq!(stage.desk(&team).await.len(), 1);
    let closed = stage.act(&lyon, &wanted, "close", json!({ "outcome": "helped" })).await;
    assert_eq!(closed.ok()["state"], "done");
    stage.accept(&lyon, LYON, &wanted, "Ana").await.is(409, "not_open");
}

#[tokio::test]
async fn what_was_taken_back_is_gone_for_everyone() {
    let stage = Stage::set().await;
    let lyon = stage.sign_in(LYON).await;
    let wanted = stage.request(1, LYON, Contact::AnyTime).await;
    stage.accept(&lyon, LYON, &wanted, "Ana").await.ok();
    let cursor = stage.get("handoffs", &lyon).await.ok()["cursor"].as_str().unwrap().to_owned();
    stage.store.withdraw(wanted.handoff, Vec::new(), stage.hand.now()).await.unwrap();
    let after = stage.get(&format!("handoffs?since={cursor}"), &lyon).await;
    let tokens = after.ok()["tokens"].as_array().unwrap();
    assert_eq!(tokens.len(), 2);
    assert!(tokens.iter().all(|token| token["state"] == "revoked" && token["ciphertext"] == ""));
    stage.act(&lyon, &wanted, "close", json!({ "outcome": "helped" })).await.is(410, "withdrawn");
    let message = json!({
        "return_address": wanted.address, "phrase": "phrase-read", "copy": stage.own(LYON, "x"),
    });
    stage.act(&lyon, &wanted, "messages", message).await.is(410, "withdrawn");
}

#[tokio::test]
async fn pages_hold_what_changed_together_and_lose_nothing() {
    let stage = Stage::set().await;
    let token = stage.sign_in(LYON).await;
    for number in 0..450 {
        stage.request(number, LYON, Contact::AnyTime).await;
    }
    let (mut seen, mut since, mut calls) = (std::collections::BTreeSet::new(), "0".to_owned(), 0);
    loop {
        let page = stage.get(&format!("handoffs?since={since}"), &token).await;
        since = page.ok()["cursor"].as_str().unwrap().to_owned();
        let tokens = page.ok()["tokens"].as_array().unwrap();
        assert!(tokens.len() <= 200);
        seen.extend(tokens.iter().map(|token| token["id"].as_str().unwrap().to_owned()));
        calls += 1;
        if page.ok()["more"] == false {
            break;
        }
    }
    assert_eq!((seen.len(), calls), (450, 3));
    // A cursor of another database starts again instead of showing nothing for ever.
    let foreign = stage.get("handoffs?since=99999999", &token).await;
    assert_eq!(foreign.ok()["tokens"].as_array().unwrap().len(), 200);
}

#[tokio::test]
async fn the_bell_rings_for_ones_own_desk() {
    let stage = Stage::set().await;
    let (lyon, paris) = (stage.sign_in(LYON).await, stage.sign_in(PARIS).await);
    let listen =
        |token: &str| stage.http.get(format!("{}/api/v1/events", stage.base)).bearer_auth(token).send();
    let (mut at_lyon, mut at_paris) = (listen(&lyon).await.unwrap(), listen(&paris).await.unwrap());
    stage.request(1, LYON, Contact::AnyTime).await;
    let rung = at_lyon.chunk().await.unwrap().unwrap();
    // Whoever reads a stream as the standard says hears nothing of an event without data.
    assert_eq!(String::from_utf8_lossy(&rung), "data: changed\n\n");
    let quiet = tokio::time::timeout(Duration::from_secs(3), at_paris.chunk()).await;
    assert!(quiet.is_err(), "{quiet:?}");
}
