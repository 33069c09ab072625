//! Entries of the directory without signing keys, or with some.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use relais::desk::{Content, Proof};
use relais::device::DeviceKey;
use relais::handoff;
use relais::terms::Contact;
use reqwest::header::AUTHORIZATION;
use serde_json::{Value, json};

use super::signers::Signers;
use super::typed::Typed;
use crate::desk::stage::{Answer, LYON, PARIS, Stage};

/// A stage where Lyon's devices have names as told; the first one is a coordinator where it has one.
pub async fn stage_where(named: [bool; 2]) -> Stage {
    let mut stage = Stage::set_today().await;
    let [ana, bo] = [0, 1].map(|at| DeviceKey::of(&stage.identities_of(LYON)[at]));
    let signers = Signers::of(&stage);
    signers.list(LYON, &[(&ana, named[0], true), (&bo, named[1], false)]);
    signers.sign(&mut stage);
    stage.open().await;
    stage
}

/// Does something with a session and no signature.
pub async fn unsigned(stage: &Stage, path: &str, token: &str, body: &Value) -> Answer {
    let url = format!("{}/api/v1/{path}", stage.base);
    let call = stage.http.post(url).header(AUTHORIZATION, format!("Bearer {token}")).json(body);
    Answer::of(call.send().await.unwrap()).await
}

#[tokio::test(flavor = "multi_thread")]
async fn an_entry_without_signing_keys_works_unnamed_and_proves_nothing() {
    let stage = stage_where([false, false]).await;
    let wanted = stage.request(1, LYON, Contact::AnyTime).await;
    let token = stage.sign_in(LYON).await;
    let me = stage.get("me", &token).await;
    assert_eq!((&me.ok()["device"], &me.ok()["coordinator"]), (&Value::Null, &json!(false)));
    unsigned(&stage, "pause", &token, &json!({ "until": null })).await.ok();
    // It also signs in without saying a name at all.
    let (_, answer) = stage.solved(LYON, stage.identities_of(LYON)).await;
    let mut answer = answer.unwrap();
    answer.as_object_mut().unwrap().retain(|member, _| ["id", "proof"].contains(&member.as_str()));
    assert_eq!(stage.post("sessions", None, answer).await.ok()["device"], Value::Null);
    // Nobody has a name by which others could be taken out.
    let bo = stage.identities_of(LYON)[1].to_public().to_string();
    unsigned(&stage, "devices/sign-out", &token, &json!({ "device": bo })).await.is(403, "not_a_coordinator");
    let removal = json!({ "device": bo, "by": bo, "at": "", "signature": "" });
    unsigned(&stage, "devices/remove", &token, &removal).await.is(403, "not_a_coordinator");

    let ana = Typed::at(&stage.base, &stage, LYON, &stage.identities_of(LYON)[0]);
    let start = wanted.handoff.to_string();
    ana.types(&["accept", &start]).unwrap();
    ana.write("note", "calls at six");
    ana.types(&["note", &start, "--text", "note"]).unwrap();
    ana.types(&["reply", &start, "--phrase", "read"]).unwrap();
    let shown = ana.types(&["show", &start]).unwrap();
    assert_eq!(shown.matches("(not proved)").count(), 3, "{shown}");
    ana.types(&["close", &start, "--outcome", "helped"]).unwrap();
    ana.types(&["logout"]).unwrap();
}

#[tokio::test]
async fn what_an_unnamed_device_passes_on_is_not_proved() {
    let stage = stage_where([false, false]).await;
    let wanted = stage.request(1, LYON, Contact::AnyTime).await;
    let start = wanted.handoff.to_string();
    let lyon = stage.door(LYON, stage.identities_of(LYON)[..1].to_vec()).enter().await.unwrap();
    lyon.pass_on(&start, &PARIS.parse().unwrap(), Some("two children".into()), stage.hand.now())
        .await
        .unwrap();
    let paris = stage.door(PARIS, stage.identities_of(PARIS)[..1].to_vec()).enter().await.unwrap();
    assert_eq!(paris.show(&start).await.unwrap().passed_on, Some(Proof::NotProved));
}

#[tokio::test]
async fn in_a_mixed_entry_the_named_device_signs_and_the_other_does_not() {
    let stage = stage_where([true, false]).await;
    let wanted = stage.request(1, LYON, Contact::AnyTime).await;
    let (named, unnamed) = (stage.sign_in_with(LYON, 0).await, stage.sign_in_with(LYON, 1).await);
    let device = stage.device(LYON).recipient().to_string();
    assert_eq!(stage.get("me", &named).await.ok()["device"], device);
    assert_eq!(stage.get("me", &unnamed).await.ok()["device"], Value::Null);
    let wish = json!({ "until": null });
    unsigned(&stage, "pause", &named, &wish).await.is(403, "act_not_signed");
    unsigned(&stage, "pause", &unnamed, &wish).await.ok();
    // Nor does the one without a name take the name of the other.
    let (_, answer) = stage.solved(LYON, &stage.identities_of(LYON)[1..]).await;
    let mut answer = answer.unwrap();
    answer["device"] = json!(device);
    stage.post("sessions", None, answer).await.is(401, "wrong_answer");
    let (start, now) = (wanted.handoff.to_string(), stage.hand.now());
    for at in [0, 1] {
        let identities = stage.identities_of(LYON)[at..=at].to_vec();
        let desk = stage.door(LYON, identities).enter().await.unwrap();
        desk.note(&start, "Ana", "a note", now).await.unwrap();
    }
    let reader = stage.door(LYON, stage.identities_of(LYON)[1..].to_vec()).enter().await.unwrap();
    let papers = reader.show(&start).await.unwrap().papers;
    let proof = |content: &Content| if let Content::Own(own) = content { Some(own.proof) } else { None };
    let proofs: Vec<_> = papers.iter().map(|paper| proof(&paper.content)).collect();
    assert_eq!(proofs, [Some(Proof::Proved), Some(Proof::NotProved)]);
    // Both read what is sealed to the association.
    let file = STANDARD.decode(stage.own(LYON, "for both")).unwrap();
    for identity in stage.identities_of(LYON) {
        handoff::decrypt(&file, std::slice::from_ref(identity)).unwrap();
    }
}
