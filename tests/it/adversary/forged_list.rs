//! A server that says something else about who is who than the signers have signed.

use age::x25519::Identity;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use relais::desk::{DeskMemory, WorkFault};
use relais::device::{DeviceKey, Statement};
use relais::directory::SigningKey;
use relais::handoff;
use relais::terms::Contact;
use serde_json::{Value, json};

use super::seized::{Said, Seized};
use super::signers::Signers;
use crate::desk::stage::{LYON, PARIS, id};

/// Changes a member of every answer to a call.
fn change(seized: &Seized, call: &'static str, change: impl Fn(&mut Value) + Send + Sync + 'static) {
    seized.twist(move |asked, said| {
        let mut body = said.value();
        if asked == call {
            change(&mut body);
            return Said::json(said.status, &body);
        }
        said
    });
}

/// Asserts that a device that knows the desk does not believe it, and asked for no more than this.
async fn is_not_believed(seized: &Seized, memory: &DeskMemory, why: &str, asked: &[&str]) {
    let mut memory = memory.clone();
    seized.asked();
    let fault = seized.enter_with(&mut memory).await.unwrap_err();
    assert!(matches!(fault, WorkFault::Distrusted { .. }) && fault.to_string().contains(why), "{fault}");
    assert_eq!(seized.asked(), asked, "{why}");
    assert!(matches!(seized.enter_with(&mut memory).await.unwrap_err(), WorkFault::Stopped { .. }));
    assert_eq!(seized.asked(), Vec::<String>::new(), "{why}");
}

async fn enrolled(seized: &Seized) -> DeskMemory {
    let mut memory = DeskMemory::default();
    seized.enter_with(&mut memory).await.unwrap();
    memory
}

#[tokio::test]
async fn a_server_that_names_another_key_or_other_signers_is_not_believed() {
    let seized = Seized::set().await;
    let memory = enrolled(&seized).await;
    let own = handoff::key_text(&seized.stage.keys.signing().verifying_key());
    let head = seized.stage.published.offered.head.clone();
    let forged = head.replace(&own, &STANDARD.encode([9; 32]));
    assert_ne!(forged, head);
    let rogue = SigningKey::throw_away().unwrap();
    let signature = rogue.sign(forged.as_bytes(), "extract.json", 0).unwrap();
    let named = forged.clone();
    change(&seized, "GET /extract", move |body| body["head"] = json!(named));
    is_not_believed(&seized, &memory, "is not signed by the people", &["GET /extract"]).await;
    // The words on the paper name the signers and the key: a first look is no way in either.
    let fault = seized.enter(LYON).await.unwrap_err();
    assert_eq!(fault, WorkFault::OtherFingerprint);
    let public = rogue.public().unwrap();
    change(&seized, "GET /extract", move |body| {
        *body = json!({ "head": forged, "signatures": [signature], "signers": [public], "threshold": 1 });
    });
    is_not_believed(&seized, &memory, "is not signed by the people", &["GET /extract"]).await;
    seized.asked();
    assert_eq!(seized.enter(LYON).await.unwrap_err(), WorkFault::OtherFingerprint);
    assert_eq!(seized.asked(), ["GET /extract"]);
}

#[tokio::test]
async fn a_server_that_goes_back_to_an_older_list_is_not_believed() {
    let mut seized = Seized::set().await;
    let old = serde_json::to_value(&seized.stage.published.offered).unwrap();
    let mut keys = seized.stage.keys.published();
    keys.push(STANDARD.encode([3; 32]));
    seized.stage.sign_list(&keys).await;
    seized.restart();
    let memory = enrolled(&seized).await;
    change(&seized, "GET /extract", move |body| *body = old.clone());
    is_not_believed(&seized, &memory, "an older list", &["GET /extract"]).await;
}

#[tokio::test]
async fn a_server_that_shows_two_lists_under_one_number_is_not_believed() {
    let mut seized = Seized::set().await;
    let memory = enrolled(&seized).await;
    // The signers were brought to sign twice: both lists are properly signed, and both are the first.
    seized.stage.demo.files.retain(|file| file.name != "extract.json");
    let mut keys = seized.stage.keys.published();
    keys.push(STANDARD.encode([3; 32]));
    seized.stage.sign_list(&keys).await;
    seized.restart();
    assert_eq!(seized.stage.published.head.version, 1);
    is_not_believed(&seized, &memory, "two lists with one number", &["GET /extract"]).await;
}

#[tokio::test]
async fn a_server_that_names_false_roles_names_or_readers_is_not_believed() {
    let seized = Seized::set().await;
    let memory = enrolled(&seized).await;
    let rogue = DeviceKey::of(&Identity::generate());
    let (paris, lyon) = (seized.stage.device(PARIS), seized.stage.device(LYON));
    let kept = ["GET /extract", "GET /directory", "GET /extract"];
    for (from, to) in [
        ("\"role\":\"association\"".to_owned(), "\"role\":\"national_team\"".to_owned()),
        ("Lyon".to_owned(), "Paris".to_owned()),
        (paris.recipient().to_string(), rogue.recipient().to_string()),
        (lyon.public().to_string(), rogue.public().to_string()),
        ("\"coordinator\":false".to_owned(), "\"coordinator\":true".to_owned()),
        ("\"country\":\"BE\"".to_owned(), "\"country\":\"FR\"".to_owned()),
    ] {
        let asked = from.clone();
        change(&seized, "GET /directory", move |body| {
            let list = body["extract"].as_str().unwrap();
            assert!(list.contains(&from), "{from}");
            body["extract"] = json!(list.replace(&from, &to));
        });
        is_not_believed(&seized, &memory, "are not those that were signed for", &kept).await;
        // Nor at the first look, which the words on the paper have let in.
        let fault = seized.enter(LYON).await.unwrap_err();
        assert!(matches!(fault, WorkFault::Distrusted { .. }), "{asked}: {fault}");
    }
}

#[tokio::test]
async fn what_a_server_says_beside_the_list_changes_no_reader() {
    let seized = Seized::set().await;
    let rogue = Identity::generate();
    let (name, member) = (rogue.to_public().to_string(), json!({ "signing": "x", "coordinator": true }));
    change(&seized, "GET /directory", move |body| {
        for hint in body["associations"].as_array_mut().unwrap() {
            hint["recipients"] = json!([name]);
            hint["devices"] = json!([member]);
            hint["role"] = json!("national_team");
            hint["country"] = json!("FR");
        }
        body["server_keys"] = json!([STANDARD.encode([9; 32])]);
        body["recipients"] = json!([name]);
    });
    let wanted = seized.stage.request(1, LYON, Contact::AnyTime).await;
    let (start, now) = (wanted.handoff.to_string(), seized.stage.hand.now());
    seized.be_deaf(true);
    let ana = seized.enter(LYON).await.unwrap();
    ana.note(&start, "Ana", "a note", now).await.unwrap();
    ana.pass_on(&start, &id(PARIS), None, now).await.unwrap();
    let files = sealed(&seized);
    assert_eq!(files.len(), 2);
    for (file, association) in files.iter().zip([LYON, PARIS]) {
        assert!(handoff::decrypt(file, std::slice::from_ref(&rogue)).is_err());
        handoff::decrypt(file, &seized.stage.identities_of(association)[..1]).unwrap();
    }
}

/// Returns the files that came in since the last time.
fn sealed(seized: &Seized) -> Vec<Vec<u8>> {
    let file = |body: &[u8]| {
        let body: Value = serde_json::from_slice(body).ok()?;
        STANDARD.decode(body["ciphertext"].as_str()?).ok()
    };
    seized.calls().iter().filter_map(|call| file(&call.body)).collect()
}

/// Has a note written, and returns whether the second device of Lyon can read it.
async fn colleague_reads(seized: &Seized, start: &str) -> bool {
    seized.calls();
    let ana = seized.enter(LYON).await.unwrap();
    ana.note(start, "Ana", "a note", seized.stage.hand.now()).await.unwrap();
    let file = sealed(seized).pop().unwrap();
    handoff::decrypt(&file, &seized.stage.identities_of(LYON)[1..2]).is_ok()
}

fn removal(
    seized: &Seized,
    association: &str,
    device: &DeviceKey,
    by: &DeviceKey,
    signer: &DeviceKey,
) -> Value {
    let (at, association) = ("2026-11-26T10:00:00Z", id(association));
    let (device, by) = (device.recipient().to_string(), by.recipient().to_string());
    let service = seized.stage.published.head.service.as_str();
    let statement = Statement::Removal { service, association: &association, device: &device, by: &by, at };
    let signature = signer.sign(&statement);
    json!({ "association": association, "device": device, "by": by, "at": at, "signature": signature })
}

#[tokio::test]
async fn a_false_removal_takes_nobody_out_of_what_a_device_seals() {
    let seized = Seized::set().await;
    let start = seized.stage.request(1, LYON, Contact::AnyTime).await.handoff.to_string();
    seized.be_deaf(true);
    let [ana, bo] = [0, 1].map(|at| DeviceKey::of(&seized.stage.identities_of(LYON)[at]));
    let cleo = seized.stage.device(PARIS);
    let mut bent = removal(&seized, LYON, &bo, &ana, &ana);
    bent["at"] = json!("2026-11-26T10:00:01Z");
    let mut moved = removal(&seized, PARIS, &bo, &cleo, &cleo);
    moved["association"] = json!(LYON);
    for (what, false_one) in [
        ("of nobody's making", removal(&seized, LYON, &bo, &ana, &cleo)),
        ("by a device that is no coordinator", removal(&seized, LYON, &bo, &bo, &bo)),
        ("that was changed", bent),
        ("by the coordinator of another association", removal(&seized, LYON, &bo, &cleo, &cleo)),
        ("of another association", removal(&seized, PARIS, &bo, &cleo, &cleo)),
        ("that was moved to this association", moved),
    ] {
        let told = json!([false_one]);
        change(&seized, "GET /devices", move |body| body["removals"] = told.clone());
        assert!(colleague_reads(&seized, &start).await, "a removal {what}");
    }
    let told = json!([removal(&seized, LYON, &bo, &ana, &ana)]);
    change(&seized, "GET /devices", move |body| body["removals"] = told.clone());
    assert!(!colleague_reads(&seized, &start).await, "a coordinator's");
}

#[tokio::test]
async fn a_removal_that_the_server_hides_counts_once_the_list_has_followed() {
    let mut seized = Seized::set().await;
    let signers = Signers::of(&seized.stage);
    signers.sign(&mut seized.stage);
    seized.restart();
    let wanted = seized.stage.request(1, LYON, Contact::AnyTime).await;
    let start = wanted.handoff.to_string();
    seized.be_deaf(true);
    // Nobody can know what a server keeps to itself: until the signers have followed, the device is sealed to.
    change(&seized, "GET /devices", |body| body["removals"] = json!([]));
    assert!(colleague_reads(&seized, &start).await);
    let (ana, new) = (seized.stage.device(LYON), DeviceKey::of(&Identity::generate()));
    signers.list(LYON, &[(&ana, true, true), (&new, true, false)]);
    signers.sign(&mut seized.stage);
    seized.restart();
    assert_eq!(seized.stage.published.head.version, 2);
    assert!(!colleague_reads(&seized, &start).await);
}
