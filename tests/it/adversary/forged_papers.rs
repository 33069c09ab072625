//! Another association, together with whoever runs the server, puts words into the mouth of somebody else.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use relais::desk::{Content, Paper, Proof, WorkFault, Workplace};
use relais::device::{DeviceKey, Statement};
use relais::handoff::{self, OpenFault, PassedOn};
use relais::ids::HandoffId;
use relais::terms::Contact;
use serde_json::{Value, json};

use super::typed::Typed;
use crate::desk::stage::{LYON, PARIS, Stage, TEAM, Wanted, id};

const NOTE: &str = "{\"v\":1,\"kind\":\"note\",\"at\":\"2026-11-25T09:00:00Z\",\"pseudonym\":\"Ana\",\"text\":\"come alone\"}";

/// The line that says who wrote something, with whatever signature.
fn under(device: &DeviceKey, signature: &str) -> String {
    json!({ "device": device.recipient().to_string(), "signature": signature }).to_string()
}

fn signed(stage: &Stage, by: &DeviceKey, handoff: HandoffId, line: &str) -> String {
    let (service, association) = (stage.published.head.service.as_str(), &id(LYON));
    by.sign(&Statement::Paper { service, association, handoff, line })
}

/// Puts a paper on a request, as whoever holds the database can.
async fn put(stage: &Stage, wanted: &Wanted, text: &str) {
    let lyon = stage.sign_in(LYON).await;
    let body = json!({ "ciphertext": stage.own(LYON, text) });
    stage.act(&lyon, wanted, "notes", body).await.ok();
}

async fn enter(stage: &Stage, association: &str) -> Workplace {
    stage.door(association, stage.identities_of(association)[..1].to_vec()).enter().await.unwrap()
}

/// Returns the papers of a request as a colleague reads them.
async fn papers(stage: &Stage, wanted: &Wanted) -> Vec<Paper> {
    enter(stage, LYON).await.show(&wanted.handoff.to_string()).await.unwrap().papers
}

fn proofs(papers: &[Paper]) -> Vec<Result<Proof, OpenFault>> {
    let proof = |paper: &Paper| match &paper.content {
        Content::Own(own) => Ok(own.proof),
        Content::Refused(fault) => Err(*fault),
        Content::Said(_) => panic!("no person wrote it"),
    };
    papers.iter().map(proof).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_writes_in_the_name_of_a_device_of_somebody_else() {
    let stage = Stage::set().await;
    let wanted = stage.request(1, LYON, Contact::AnyTime).await;
    let (ana, cleo) = (stage.device(LYON), stage.device(PARIS));
    let own = signed(&stage, &cleo, wanted.handoff, NOTE);
    put(&stage, &wanted, &format!("{NOTE}\n{}\n", under(&ana, &own))).await;
    put(&stage, &wanted, &format!("{NOTE}\n{}\n", under(&ana, ""))).await;
    put(&stage, &wanted, &format!("{NOTE}\nAna\n")).await;
    assert_eq!(proofs(&papers(&stage, &wanted).await), [Err(OpenFault::BadSignature); 3]);
    // In one's own name, or in nobody's, it is shown as what it is.
    put(&stage, &wanted, &format!("{NOTE}\n{}\n", under(&cleo, &own))).await;
    put(&stage, &wanted, &format!("{NOTE}\n")).await;
    put(&stage, &wanted, &format!("{NOTE}\n{}\n", under(&ana, &signed(&stage, &ana, wanted.handoff, NOTE))))
        .await;
    let told = proofs(&papers(&stage, &wanted).await);
    assert_eq!(told[3..], [Ok(Proof::NotProved), Ok(Proof::NotProved), Ok(Proof::Proved)]);
    let ana = Typed::at(&stage.base, &stage, LYON, &stage.identities_of(LYON)[0]);
    let shown = ana.types(&["show", &wanted.handoff.to_string()]).unwrap();
    assert_eq!(shown.matches("(not proved)").count(), 2, "{shown}");
    assert_eq!(shown.matches("not shown").count(), 3, "{shown}");
    assert_eq!(shown.matches("come alone").count(), 3, "{shown}");
}

#[tokio::test]
async fn a_note_is_good_on_its_own_request_alone_and_as_a_note_alone() {
    let stage = Stage::set().await;
    let (one, other) =
        (stage.request(1, LYON, Contact::AnyTime).await, stage.request(2, LYON, Contact::AnyTime).await);
    let ana = enter(&stage, LYON).await;
    ana.note(&one.handoff.to_string(), "Ana", "calls at six", stage.hand.now()).await.unwrap();
    let lyon = stage.sign_in(LYON).await;
    let note = stage.on_desk(&lyon, "note").await["ciphertext"].clone();
    stage.act(&lyon, &other, "notes", json!({ "ciphertext": note })).await.ok();
    assert_eq!(proofs(&papers(&stage, &other).await), [Err(OpenFault::BadSignature)]);
    // As a claim it says nothing either, and its name is not told to who comes too late.
    stage.act(&lyon, &one, "accept", json!({ "claim": note })).await.ok();
    let told = proofs(&papers(&stage, &one).await);
    assert!(told.contains(&Err(OpenFault::OtherRequest)) && told.contains(&Ok(Proof::Proved)), "{told:?}");
    let late = ana.accept(&one.handoff.to_string(), "Bo", stage.hand.now()).await.unwrap_err();
    assert_eq!(late, WorkFault::Taken { association: id(LYON), who: "a volunteer".into() });
}

#[tokio::test]
async fn a_forged_claim_names_nobody() {
    let stage = Stage::set().await;
    let wanted = stage.request(1, LYON, Contact::AnyTime).await;
    let claim = NOTE.replace("note", "claim");
    let forged = signed(&stage, &stage.device(PARIS), wanted.handoff, &claim);
    let text = format!("{claim}\n{}\n", under(&stage.device(LYON), &forged));
    let lyon = stage.sign_in(LYON).await;
    stage.act(&lyon, &wanted, "accept", json!({ "claim": stage.own(LYON, &text) })).await.ok();
    let bo = enter(&stage, LYON).await;
    let late = bo.accept(&wanted.handoff.to_string(), "Bo", stage.hand.now()).await.unwrap_err();
    assert_eq!(late, WorkFault::Taken { association: id(LYON), who: "a volunteer".into() });
}

#[tokio::test]
async fn a_device_that_was_taken_out_proves_nothing_any_more() {
    let stage = Stage::set().await;
    let wanted = stage.request(1, LYON, Contact::AnyTime).await;
    let [ana, bo] = [0, 1].map(|at| DeviceKey::of(&stage.identities_of(LYON)[at]));
    let text = format!("{NOTE}\n{}\n", under(&bo, &signed(&stage, &bo, wanted.handoff, NOTE)));
    put(&stage, &wanted, &text).await;
    assert_eq!(proofs(&papers(&stage, &wanted).await), [Ok(Proof::Proved)]);
    let lost = bo.recipient().to_string();
    enter(&stage, LYON).await.remove_device(&lost, stage.hand.now()).await.unwrap();
    // Whoever has it can date a note as they like.
    assert_eq!(proofs(&papers(&stage, &wanted).await), [Ok(Proof::NotProved)]);
    assert_eq!(ana.recipient().to_string(), stage.device(LYON).recipient().to_string());
}

/// Passes a request on to Paris, in the name of Lyon, with this device under it and these last lines changed.
async fn passed_on(stage: &Stage, number: u64, by: &DeviceKey, change: impl Fn(&str) -> String) -> Wanted {
    let wanted = stage.request(number, LYON, Contact::AnyTime).await;
    let lyon = stage.sign_in(LYON).await;
    let token = stage.desk(&lyon).await.into_iter().find(|token| token["handoff"] == json!(wanted.handoff));
    let file = STANDARD.decode(token.unwrap()["ciphertext"].as_str().unwrap()).unwrap();
    let opened = handoff::open(&file, stage.identities_of(LYON), None).unwrap();
    let note = Some("two children".to_owned());
    let passed_on = PassedOn { by: id(LYON), to: id(PARIS), at: stage.hand.now(), note };
    let recipients = stage.recipients(&[PARIS, TEAM]);
    let sealed = handoff::pass_on(&opened, passed_on, &recipients, by).unwrap();
    let text = change(&handoff::decrypt(sealed.as_bytes(), stage.identities_of(PARIS)).unwrap());
    let sealed = handoff::encrypt::<()>(&text, &recipients).unwrap();
    let body = json!({ "association": PARIS, "ciphertext": STANDARD.encode(sealed.as_bytes()) });
    stage.act(&lyon, &wanted, "pass-on", body).await.ok();
    wanted
}

/// Changes the fourth line.
fn fourth(text: &str, change: impl Fn(&mut Value)) -> String {
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    let mut line: Value = serde_json::from_str(&lines[3]).unwrap();
    change(&mut line);
    lines[3] = line.to_string();
    lines.join("\n") + "\n"
}

#[tokio::test(flavor = "multi_thread")]
async fn who_passes_on_in_the_name_of_another_device_is_not_believed() {
    let stage = Stage::set().await;
    let [ana, bo] = [0, 1].map(|at| DeviceKey::of(&stage.identities_of(LYON)[at]));
    let cleo = stage.device(PARIS);
    let paris = enter(&stage, PARIS).await;
    let shown =
        async |wanted: &Wanted| paris.show(&wanted.handoff.to_string()).await.map(|case| case.passed_on);
    let honest = passed_on(&stage, 1, &ana, str::to_owned).await;
    assert_eq!(shown(&honest).await.unwrap(), Some(Proof::Proved));
    // By a device that is none of Lyon's, and by nobody.
    let foreign = passed_on(&stage, 2, &cleo, str::to_owned).await;
    assert_eq!(shown(&foreign).await.unwrap(), Some(Proof::NotProved));
    let unsigned =
        passed_on(&stage, 3, &ana, |text| text.lines().take(3).collect::<Vec<_>>().join("\n") + "\n");
    let unsigned = unsigned.await;
    assert_eq!(shown(&unsigned).await.unwrap(), Some(Proof::NotProved));
    let refused = Err(WorkFault::Unopened(OpenFault::BadSignature));
    let name = bo.recipient().to_string();
    let borrowed = passed_on(&stage, 4, &ana, |text| fourth(text, |line| line["device"] = json!(name))).await;
    assert_eq!(shown(&borrowed).await, refused);
    let other = passed_on(&stage, 5, &ana, |text| text.replace("two children", "no children")).await;
    assert_eq!(shown(&other).await, refused);
    let typed = Typed::at(&stage.base, &stage, PARIS, &stage.identities_of(PARIS)[0]);
    let said = async |wanted: &Wanted| typed.types(&["show", &wanted.handoff.to_string()]);
    assert!(said(&honest).await.unwrap().contains("passed on by exemple-lyon\n│ two children"));
    assert!(said(&foreign).await.unwrap().contains("passed on by exemple-lyon (not proved)\n│ two children"));
    assert!(!said(&other).await.unwrap_err().contains("children"));
}
