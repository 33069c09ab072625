//! Who gets nothing: another association, an old session, a replayed answer, a stolen file, a forged token. What
//! `sessions` and `acts` do not hold already.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use chrono::TimeDelta;
use futures::StreamExt as _;
use futures::stream::FuturesUnordered;
use relais::handoff::{self, OpenFault, PassedOn};
use relais::terms::Contact;
use serde_json::{Value, json};

use super::commands::Terminal;
use super::stage::{LYON, PARIS, Stage, TEAM, id};

/// Everything that can be asked with a session: method and path.
const CALLS: [(&str, &str); 12] = [
    ("GET", "handoffs"),
    ("GET", "events"),
    ("GET", "directory"),
    ("GET", "me"),
    ("POST", "pause"),
    ("POST", "handoffs/{}/read"),
    ("POST", "handoffs/{}/accept"),
    ("POST", "handoffs/{}/decline"),
    ("POST", "handoffs/{}/pass-on"),
    ("POST", "handoffs/{}/messages"),
    ("POST", "handoffs/{}/notes"),
    ("POST", "handoffs/{}/close"),
];

#[tokio::test]
async fn without_a_session_nothing_is_answered_and_nothing_is_done() {
    let stage = Stage::set().await;
    let old = stage.sign_in(LYON).await;
    stage.hand.turn(TimeDelta::hours(13));
    let wanted = stage.request(1, LYON, Contact::AnyTime).await;
    let forged = format!("{}A", &old[..old.len() - 1]);
    for (method, path) in CALLS {
        let path = path.replace("{}", &wanted.handoff.to_string());
        for token in [None, Some(""), Some("x"), Some(old.as_str()), Some(forged.as_str())] {
            let answer = stage.ask(method, &path, token).await;
            answer.is(401, "no_session");
            assert_eq!(answer.body.as_object().unwrap().len(), 4, "{path}");
        }
    }
    assert!(!stage.store.handoff(wanted.handoff).await.unwrap().unwrap().seen);
}

#[tokio::test]
async fn nobody_can_count_or_time_what_others_get() {
    let stage = Stage::set().await;
    let (lyon, paris) = (stage.sign_in(LYON).await, stage.sign_in(PARIS).await);
    let theirs = stage.request(1, LYON, Contact::AnyTime).await;
    let own = stage.request(2, PARIS, Contact::AnyTime).await;
    let seen = async || {
        let all = stage.get("handoffs", &paris).await.ok().clone();
        let note = json!({ "ciphertext": stage.own(PARIS, "x") });
        let noted = stage.act(&paris, &own, "notes", note).await;
        (all, noted.ok().clone())
    };
    let (before, noted_before) = seen().await;
    let cursor = before["cursor"].as_str().unwrap().to_owned();
    // A page of its own, so that what is the same can be compared.
    let quiet = async || stage.get(&format!("handoffs?since={cursor}"), &paris).await.ok().clone();
    let quiet_before = quiet().await;
    for number in 3..40 {
        stage.request(number, LYON, Contact::AnyTime).await;
    }
    stage.accept(&lyon, LYON, &theirs, "Ana").await.ok();
    assert_eq!(quiet().await, quiet_before);
    let (after, noted_after) = seen().await;
    assert_eq!(noted_before, noted_after);
    assert_eq!(after["tokens"][0], before["tokens"][0]);
    // No number that counts: neither in the clear, nor in how long the cursor is.
    for text in [&before, &after] {
        assert!(text["cursor"].as_str().unwrap().parse::<u64>().is_err());
        for token in text["tokens"].as_array().unwrap() {
            let numbers = token.as_object().unwrap().values().filter(|value| value.is_number());
            assert_eq!(numbers.count(), 0, "{token}");
        }
    }
    assert_eq!(before["cursor"].as_str().unwrap().len(), after["cursor"].as_str().unwrap().len());
}

#[tokio::test]
async fn a_cursor_opens_for_its_own_association_only() {
    let stage = Stage::set().await;
    let (lyon, paris) = (stage.sign_in(LYON).await, stage.sign_in(PARIS).await);
    stage.request(1, PARIS, Contact::AnyTime).await;
    stage.request(2, LYON, Contact::AnyTime).await;
    let of = async |token: &str, since: &str| {
        stage.get(&format!("handoffs?since={since}"), token).await.ok().clone()
    };
    let cursor = of(&lyon, "").await["cursor"].as_str().unwrap().to_owned();
    assert_eq!(of(&lyon, &cursor).await["tokens"], json!([]));
    // Another's, a session, rubbish, a number: everything is told again.
    for foreign in [cursor.as_str(), paris.as_str(), "%FF", "2"] {
        assert_eq!(of(&paris, foreign).await["tokens"].as_array().unwrap().len(), 1, "{foreign}");
    }
}

#[tokio::test]
async fn a_stolen_ciphertext_opens_nothing_and_is_good_for_nothing() {
    let stage = Stage::set().await;
    let (lyon, paris) = (stage.sign_in(LYON).await, stage.sign_in(PARIS).await);
    let wanted = stage.request(1, LYON, Contact::AnyTime).await;
    let own = stage.taken(2, PARIS, Contact::AnyTime, &paris).await;
    let stolen = stage.on_desk(&lyon, "handoff").await["ciphertext"].as_str().unwrap().to_owned();
    let file = STANDARD.decode(&stolen).unwrap();
    assert_eq!(handoff::open(&file, stage.identities_of(PARIS), None).unwrap_err(), OpenFault::NotForYou);
    // It comes back to the thief as it was, and moves nothing that is not theirs.
    stage.act(&paris, &own, "notes", json!({ "ciphertext": stolen })).await.ok();
    assert_eq!(stage.on_desk(&paris, "note").await["ciphertext"], stolen);
    let sealed = json!({ "association": TEAM, "ciphertext": stolen });
    stage.act(&paris, &wanted, "pass-on", sealed).await.is(404, "not_found");
    // The return address in it speaks for its own request only.
    let message = json!({
        "return_address": wanted.address, "phrase": "phrase-read", "copy": stage.own(PARIS, "x"),
    });
    stage.act(&paris, &own, "messages", message).await.is(422, "not_this_request");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_forged_token_is_never_shown() {
    let stage = Stage::set().await;
    let lyon = stage.sign_in(LYON).await;
    let paris = Terminal::of(&stage, PARIS);
    let pass_on = async |number: u64, sealed: String| {
        let wanted = stage.request(number, LYON, Contact::AnyTime).await;
        let body = json!({ "association": PARIS, "ciphertext": sealed });
        stage.act(&lyon, &wanted, "pass-on", body).await.ok();
        paris.types(&["show", &wanted.handoff.to_string()[..8]]).unwrap_err()
    };
    // A rogue volunteer passes on what the server never signed, and one request as if it were another.
    let record = "{\"v\":1,\"body\":\"come alone\"}\n{\"signature\":\"\",\"key\":\"\",\"recipients\":[]}\n";
    let said = pass_on(1, stage.own(PARIS, record)).await;
    assert!(said.contains("the signature is wrong") && !said.contains("come alone"), "{said}");
    stage.request(2, LYON, Contact::AnyTime).await;
    let genuine = stage.desk(&lyon).await.into_iter().next_back().unwrap();
    let genuine = STANDARD.decode(genuine["ciphertext"].as_str().unwrap()).unwrap();
    let opened = handoff::open(&genuine, stage.identities_of(LYON), None).unwrap();
    let by = PassedOn { by: id(LYON), to: id(PARIS), at: stage.hand.now(), note: None };
    let swapped =
        handoff::pass_on(&opened, by, &stage.recipients(&[PARIS, TEAM]), &stage.device(LYON)).unwrap();
    let said = pass_on(3, STANDARD.encode(swapped.as_bytes())).await;
    assert!(said.contains("belongs to another request"), "{said}");
}

#[tokio::test]
async fn every_refusal_is_a_problem_with_a_code() {
    let stage = Stage::set().await;
    let token = stage.sign_in(LYON).await;
    for (method, path, status, code) in [
        ("GET", "nothing", 404, "not_found"),
        ("GET", "handoffs/%FF/read", 405, "wrong_method"),
        ("POST", "handoffs/%FF/read", 404, "not_found"),
        ("DELETE", "handoffs", 405, "wrong_method"),
        ("POST", "challenges", 400, "malformed"),
        ("POST", "sessions", 400, "malformed"),
        ("POST", "pause", 400, "malformed"),
    ] {
        stage.ask(method, path, Some(&token)).await.is(status, code);
    }
    let past = json!({ "until": stage.hand.now() - TimeDelta::hours(1) });
    stage.post("pause", Some(&token), past).await.is(422, "wrong_time");
    stage.get("handoffs?since=1&since=2", &token).await.ok();
}

#[tokio::test]
async fn who_asks_too_much_waits_and_nobody_else() {
    let stage = Stage::set().await;
    let (lyon, paris) = (stage.sign_in(LYON).await, stage.sign_in(PARIS).await);
    let never = "0".repeat(32);
    let mut last = Value::Null;
    // A few more than may come at once wait; what comes on top of them is told for how long.
    let path = format!("handoffs/{never}/read");
    let mut many: FuturesUnordered<_> = (0..300).map(|_| stage.post(&path, Some(&lyon), json!({}))).collect();
    while let Some(answer) = many.next().await {
        last = answer.body["code"].clone();
        if last == "rate_limited" {
            answer.is(429, "rate_limited");
            assert!(answer.retry_after.is_some_and(|seconds| (1..=5).contains(&seconds)));
            break;
        }
    }
    assert_eq!(last, "rate_limited");
    drop(many);
    // Reading goes on, and so does everything of another association.
    stage.get("handoffs", &lyon).await.ok();
    stage.post(&path, Some(&paris), json!({})).await.is(404, "not_found");
    stage.hand.turn(TimeDelta::seconds(60));
    stage.post(&path, Some(&lyon), json!({})).await.is(404, "not_found");
}
