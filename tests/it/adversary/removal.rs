//! A device was lost, and whoever has it now would like to go on.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use chrono::TimeDelta;
use relais::device::{DeviceKey, Statement};
use relais::store::RemovedDevice;
use relais::terms::Contact;
use serde_json::{Value, json};

use super::mixed_entry::stage_where;
use super::signers::Signers;
use crate::desk::stage::{Answer, LYON, PARIS, Stage, id};

pub fn device(stage: &Stage, at: usize) -> DeviceKey {
    DeviceKey::of(&stage.identities_of(LYON)[at])
}

pub fn removal(stage: &Stage, device: &DeviceKey, by: &DeviceKey) -> Value {
    let (device, by) = (device.recipient().to_string(), by.recipient().to_string());
    let at = stage.hand.now().to_rfc3339_opts(chrono::SecondsFormat::Secs, true);
    let service = stage.published.head.service.as_str();
    let statement = Statement::Removal { service, association: &id(LYON), device: &device, by: &by, at: &at };
    json!({ "device": device, "by": by, "at": at, "signature": sign(stage, &by, &statement) })
}

/// Signs with the device of this name; with the first one of Lyon where it is nobody's.
fn sign(stage: &Stage, by: &str, statement: &Statement<'_>) -> String {
    let all = [LYON, PARIS].into_iter().flat_map(|id| stage.identities_of(id)).map(DeviceKey::of);
    let key = all.into_iter().find(|key| key.recipient().to_string() == by);
    key.unwrap_or_else(|| stage.device(LYON)).sign(statement)
}

pub async fn remove(stage: &Stage, token: &str, removal: Value) -> Answer {
    stage.post("devices/remove", Some(token), removal).await
}

#[tokio::test]
async fn a_device_that_was_taken_out_is_out_at_once_and_its_colleagues_go_on() {
    let stage = Stage::set().await;
    let (ana, bo) = (stage.sign_in_with(LYON, 0).await, stage.sign_in_with(LYON, 1).await);
    let wanted = stage.request(1, LYON, Contact::AnyTime).await;
    let left = remove(&stage, &ana, removal(&stage, &device(&stage, 1), &device(&stage, 0))).await;
    assert_eq!(left.ok()["left"], 1);
    for (method, path) in
        [("GET", "handoffs"), ("GET", "me"), ("GET", "events"), ("POST", "pause"), ("DELETE", "sessions")]
    {
        stage.ask(method, path, Some(&bo)).await.is(401, "no_session");
    }
    stage.act(&bo, &wanted, "read", json!({})).await.is(401, "no_session");
    // A session that was made in the same second is no way around.
    stage.accept(&ana, LYON, &wanted, "Ana").await.ok();
    assert_eq!(stage.desk(&ana).await.len(), 2);
    let devices = stage.get("devices", &ana).await;
    let removed: Vec<bool> =
        devices.ok()["devices"].as_array().unwrap().iter().map(|one| one["removed_at"].is_string()).collect();
    assert_eq!(removed, [false, true]);
    assert_eq!(devices.ok()["removals"].as_array().unwrap().len(), 1);
    // It is told to others too, who check it before they believe it.
    let paris = stage.sign_in(PARIS).await;
    assert_eq!(stage.get("devices", &paris).await.ok()["removals"][0]["association"], LYON);
    // It cannot read a new challenge.
    let (_, answer) = stage.solved(LYON, &stage.identities_of(LYON)[1..]).await;
    assert_eq!(answer, None);
}

#[tokio::test]
async fn sessions_without_a_name_end_with_a_device_of_their_association_and_begin_anew() {
    let stage = stage_where([true, false]).await;
    let (ana, bo) = (stage.sign_in_with(LYON, 0).await, stage.sign_in_with(LYON, 1).await);
    let paris = stage.sign_in(PARIS).await;
    stage.hand.turn(TimeDelta::seconds(5));
    remove(&stage, &ana, removal(&stage, &device(&stage, 1), &device(&stage, 0))).await.ok();
    stage.get("me", &bo).await.is(401, "no_session");
    for token in [&ana, &paris] {
        stage.get("me", token).await.ok();
    }
    let (_, answer) = stage.solved(LYON, &stage.identities_of(LYON)[1..]).await;
    assert_eq!(answer, None);
}

#[tokio::test]
async fn a_challenge_that_was_asked_for_before_gives_no_session_after() {
    for named in [[true, true], [true, false]] {
        let stage = stage_where(named).await;
        let ana = stage.sign_in_with(LYON, 0).await;
        let lost = &stage.identities_of(LYON)[1..];
        let (_, with_name) = stage.solved(LYON, lost).await;
        let (_, without) = stage.solved(LYON, lost).await;
        stage.hand.turn(TimeDelta::seconds(5));
        remove(&stage, &ana, removal(&stage, &device(&stage, 1), &device(&stage, 0))).await.ok();
        stage.hand.turn(TimeDelta::seconds(5));
        let mut without = without.unwrap();
        without.as_object_mut().unwrap().retain(|member, _| ["id", "proof"].contains(&member.as_str()));
        for answer in [with_name.unwrap(), without] {
            let refused = stage.post("sessions", None, answer).await;
            assert!(refused.status.is_client_error(), "{named:?}: {}", refused.body);
        }
    }
}

#[tokio::test]
async fn nobody_takes_out_whom_they_may_not() {
    let stage = Stage::set().await;
    let (ana, bo) = (stage.sign_in_with(LYON, 0).await, stage.sign_in_with(LYON, 1).await);
    let [first, second] = [0, 1].map(|at| device(&stage, at));
    let cleo = stage.device(PARIS);
    // A device that is no coordinator; a coordinator itself; one of another association; nobody's.
    remove(&stage, &bo, removal(&stage, &first, &second)).await.is(403, "not_a_coordinator");
    remove(&stage, &bo, removal(&stage, &first, &first)).await.is(403, "not_a_coordinator");
    remove(&stage, &ana, removal(&stage, &first, &first)).await.is(422, "own_device");
    remove(&stage, &ana, removal(&stage, &cleo, &first)).await.is(404, "unknown_device");
    let stranger = DeviceKey::of(&age::x25519::Identity::generate());
    remove(&stage, &ana, removal(&stage, &stranger, &first)).await.is(404, "unknown_device");
    // In the name of another, with another's signature, for another moment.
    remove(&stage, &ana, removal(&stage, &second, &cleo)).await.is(403, "not_a_coordinator");
    let right = removal(&stage, &second, &first);
    for (member, value) in [
        ("at", json!("2026-11-25T09:00:01Z")),
        ("at", json!("")),
        ("signature", json!("")),
        ("signature", removal(&stage, &first, &second)["signature"].clone()),
    ] {
        let mut wrong = right.clone();
        wrong[member] = value;
        remove(&stage, &ana, wrong).await.is(422, "wrong_signature");
    }
    stage.hand.turn(TimeDelta::hours(2));
    remove(&stage, &ana, right).await.is(422, "wrong_signature");
    assert!(stage.store.removals().await.unwrap().is_empty());
    for token in [&ana, &bo] {
        stage.get("me", token).await.ok();
    }
}

#[tokio::test]
async fn two_coordinators_who_take_each_other_out_leave_one() {
    let mut stage = Stage::set_today().await;
    let [one, two] = [0, 1].map(|at| device(&stage, at));
    let signers = Signers::of(&stage);
    signers.list(LYON, &[(&one, true, true), (&two, true, true)]);
    signers.sign(&mut stage);
    stage.open().await;
    let (ana, bo) = (stage.sign_in_with(LYON, 0).await, stage.sign_in_with(LYON, 1).await);
    let (first, second) = tokio::join!(
        remove(&stage, &ana, removal(&stage, &two, &one)),
        remove(&stage, &bo, removal(&stage, &one, &two)),
    );
    let done = [&first, &second].iter().filter(|answer| answer.status.is_success()).count();
    assert_eq!(done, 1, "{first:?} {second:?}");
    assert_eq!(stage.store.removals().await.unwrap().len(), 1);
}

#[tokio::test]
async fn a_device_that_reads_for_two_is_taken_out_of_one_alone() {
    let mut stage = Stage::set_today().await;
    let (cleo, [ana, bo]) = (stage.device(PARIS), [0, 1].map(|at| device(&stage, at)));
    let signers = Signers::of(&stage);
    signers.list(PARIS, &[(&cleo, true, true), (&bo, true, false)]);
    signers.sign(&mut stage);
    stage.open().await;
    let (paris, token) = (stage.sign_in(PARIS).await, stage.sign_in_with(LYON, 1).await);
    let mut of_paris = removal(&stage, &bo, &cleo);
    let (service, at) = (stage.published.head.service.as_str(), of_paris["at"].as_str().unwrap().to_owned());
    let (device, by) = (&bo.recipient().to_string(), &cleo.recipient().to_string());
    let statement = Statement::Removal { service, association: &id(PARIS), device, by, at: &at };
    of_paris["signature"] = json!(cleo.sign(&statement));
    stage.post("devices/remove", Some(&paris), of_paris).await.ok();
    stage.get("me", &token).await.ok();
    let removed = stage.store.removed_devices().await.unwrap();
    let readers =
        |association: &str| stage.directory.find(&id(association)).unwrap().recipients(&removed).len();
    assert_eq!((readers(LYON), readers(PARIS)), (2, 1));
    // Devices see it so as well.
    let wanted = stage.request(1, LYON, Contact::AnyTime).await;
    let desk = stage.door(LYON, stage.identities_of(LYON)[..1].to_vec()).enter().await.unwrap();
    desk.note(&wanted.handoff.to_string(), "Ana", "a note", stage.hand.now()).await.unwrap();
    assert!(reads(&stage, 1, &stage.on_desk(&token, "note").await["ciphertext"]));
    assert_ne!(ana.recipient().to_string(), *device);
}

#[tokio::test]
async fn who_was_taken_out_takes_nobody_out() {
    let stage = Stage::set().await;
    let [one, two] = [0, 1].map(|at| device(&stage, at).recipient().to_string());
    let out = |recipient: &str| RemovedDevice {
        recipient: recipient.to_owned(),
        at: stage.hand.now(),
        removal: "{}".to_owned(),
    };
    assert!(stage.store.remove_device(id(LYON), out(&two), one.clone()).await.unwrap());
    assert!(!stage.store.remove_device(id(LYON), out(&one), two.clone()).await.unwrap());
    // Saying it twice changes nothing.
    stage.hand.turn(TimeDelta::hours(1));
    assert!(stage.store.remove_device(id(LYON), out(&two), one).await.unwrap());
    let removals = stage.store.removals().await.unwrap();
    assert_eq!(removals.len(), 1);
    assert_eq!((&removals[0].1.recipient, removals[0].1.at), (&two, stage.hand.now() - TimeDelta::hours(1)));
}

#[tokio::test]
async fn one_device_that_is_left_suffices_for_seven_days() {
    let stage = Stage::set().await;
    let (ana, paris) = (stage.sign_in(LYON).await, stage.sign_in(PARIS).await);
    remove(&stage, &ana, removal(&stage, &device(&stage, 1), &device(&stage, 0))).await.ok();
    let takes = async |paris: &str| {
        let book = stage.get("directory", paris).await;
        let all = book.ok()["associations"].as_array().unwrap().clone();
        all.iter().find(|one| one["id"] == LYON).unwrap()["routable"].as_bool().unwrap()
    };
    assert!(takes(&paris).await);
    stage.hand.turn(TimeDelta::days(7));
    let paris = stage.sign_in(PARIS).await;
    assert!(takes(&paris).await);
    let wanted = stage.request(1, PARIS, Contact::AnyTime).await;
    let pass_on = |wanted| {
        let body = json!({ "association": LYON, "ciphertext": stage.own(LYON, "x") });
        stage.act(&paris, wanted, "pass-on", body)
    };
    pass_on(&wanted).await.ok();
    stage.hand.turn(TimeDelta::days(1));
    let paris = stage.sign_in(PARIS).await;
    assert!(!takes(&paris).await);
    let other = stage.request(2, PARIS, Contact::AnyTime).await;
    let body = json!({ "association": LYON, "ciphertext": stage.own(LYON, "x") });
    stage.act(&paris, &other, "pass-on", body).await.is(422, "not_routable");
    // Who is left still reads and works.
    let ana = stage.sign_in_with(LYON, 0).await;
    assert_eq!(stage.desk(&ana).await.len(), 1);
}

#[tokio::test]
async fn signing_out_ends_one_session_or_all_of_a_device() {
    let stage = Stage::set().await;
    let (one, two) = (stage.sign_in_with(LYON, 0).await, stage.sign_in_with(LYON, 0).await);
    let bo = stage.sign_in_with(LYON, 1).await;
    stage.ask("DELETE", "sessions", Some(&one)).await.ok();
    stage.get("me", &one).await.is(401, "no_session");
    for token in [&two, &bo] {
        stage.get("me", token).await.ok();
    }
    let three = stage.sign_in_with(LYON, 0).await;
    let ana = device(&stage, 0).recipient().to_string();
    let out = json!({ "device": ana });
    // A colleague who is no coordinator cannot; another association does not even know it.
    stage.post("devices/sign-out", Some(&bo), out.clone()).await.is(403, "not_a_coordinator");
    let paris = stage.sign_in(PARIS).await;
    stage.post("devices/sign-out", Some(&paris), out.clone()).await.is(404, "unknown_device");
    stage.post("devices/sign-out", Some(&two), out).await.ok();
    for token in [&two, &three] {
        stage.get("me", token).await.is(401, "no_session");
    }
    for token in [&bo, &paris] {
        stage.get("me", token).await.ok();
    }
    // The coordinator signs another device out; it signs in anew, for it was not taken out.
    stage.hand.turn(TimeDelta::seconds(5));
    let ana = stage.sign_in_with(LYON, 0).await;
    let out = json!({ "device": device(&stage, 1).recipient().to_string() });
    stage.post("devices/sign-out", Some(&ana), out).await.ok();
    stage.get("me", &bo).await.is(401, "no_session");
    stage.hand.turn(TimeDelta::seconds(5));
    let bo = stage.sign_in_with(LYON, 1).await;
    stage.get("me", &bo).await.ok();
}

/// Returns whether a device of Lyon reads an age file in base64.
pub fn reads(stage: &Stage, at: usize, file: &Value) -> bool {
    let file = STANDARD.decode(file.as_str().unwrap()).unwrap();
    relais::handoff::decrypt(&file, &stage.identities_of(LYON)[at..=at]).is_ok()
}

#[tokio::test]
async fn the_bell_of_a_device_that_was_taken_out_falls_silent() {
    let stage = Stage::set().await;
    let (ana, bo) = (stage.sign_in_with(LYON, 0).await, stage.sign_in_with(LYON, 1).await);
    let url = format!("{}/api/v1/events", stage.base);
    let mut bell = stage.http.get(url).bearer_auth(&bo).send().await.unwrap();
    assert_eq!(bell.status(), 200);
    remove(&stage, &ana, removal(&stage, &device(&stage, 1), &device(&stage, 0))).await.ok();
    // What is left of it is said, then it ends: the page looks, and hears that it is signed out.
    while let Some(said) = bell.chunk().await.unwrap() {
        assert!(!said.is_empty());
    }
    stage.get("me", &bo).await.is(401, "no_session");
}
