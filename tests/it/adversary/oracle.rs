//! What a device decrypts is asked back from it, in place of a challenge.

use age::x25519::Identity;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use relais::desk::{ClientFault, DeskMemory, WorkFault};
use relais::handoff;
use serde_json::{Value, json};

use super::seized::{Kept, Said, Seized};
use super::typed::Typed;
use crate::desk::stage::{LYON, PARIS, Stage};

/// Hands a file out in place of the challenge, and asserts that nothing of it comes back: there is no second call.
async fn nothing_comes_back(seized: &Seized, kept: &Kept, file: &[u8], signed: bool, what: &str) {
    seized.wait();
    seized.hand_out(file.to_vec(), signed);
    let mut memory = DeskMemory::default();
    let fault = seized.enter_with(&mut memory).await.unwrap_err();
    assert!(matches!(fault, WorkFault::Distrusted { .. }), "{what}: {fault}");
    assert!(fault.to_string().contains("Nothing that you can read was sent"), "{fault}");
    kept.needles.are_not_in(&seized.recorder.heard(), what);
    assert_eq!(seized.asked(), ["GET /extract", "POST /challenges"], "{what}");
    // It stays so, whatever the server says next.
    seized.be_honest();
    let stopped = seized.enter_with(&mut memory).await.unwrap_err();
    assert!(matches!(stopped, WorkFault::Stopped { .. }), "{what}: {stopped}");
    assert_eq!(seized.asked(), Vec::<String>::new(), "{what}");
}

fn lyon(seized: &Seized) -> Identity {
    seized.stage.identities_of(LYON)[0].clone()
}

fn sealed(seized: &Seized, text: &str) -> Vec<u8> {
    handoff::encrypt::<()>(text, &[lyon(seized).to_public()]).unwrap().into_bytes()
}

/// A challenge as the real server makes it.
async fn challenge(stage: &Stage, association: &str) -> Value {
    let wish = json!({ "association": association, "origin": stage.base });
    stage.post("challenges", None, wish).await.ok().clone()
}

#[tokio::test]
async fn a_token_a_note_a_claim_a_copy_and_an_addition_in_place_of_the_challenge_do_not_come_back() {
    let seized = Seized::set().await;
    let kept = Kept::fill(&seized).await;
    for (kind, file) in &kept.files {
        // What another association reads is in the list as well: this device cannot.
        if handoff::decrypt(file, &[lyon(&seized)]).is_err() {
            continue;
        }
        for signed in [true, false] {
            nothing_comes_back(&seized, &kept, file, signed, &format!("a {kind}, signed: {signed}")).await;
        }
    }
}

#[tokio::test]
async fn rubbish_that_was_sealed_to_the_device_does_not_come_back() {
    let seized = Seized::set().await;
    let kept = Kept::fill(&seized).await;
    let random = STANDARD.encode([0xA7; 32]);
    let mut needles = kept.needles.clone();
    needles.add("random bytes", &[0xA7; 32]);
    let kept = Kept { needles, ..kept };
    let words = super::canary::WORDS;
    for text in [
        random.clone(),
        format!("{random}\n"),
        words.to_owned(),
        String::new(),
        format!("relais desk challenge v1\n{words}\n"),
        format!("relais desk challenge v2\n{words}\n"),
        format!("relais desk challenge v2\n\n\n\n\n{random}\n"),
    ] {
        for signed in [true, false] {
            let what = format!("{text:?}, signed: {signed}");
            nothing_comes_back(&seized, &kept, &sealed(&seized, &text), signed, &what).await;
        }
    }
    nothing_comes_back(&seized, &kept, b"no age file at all", true, "no age file").await;
}

#[tokio::test]
async fn a_challenge_for_another_origin_association_id_or_key_is_not_answered() {
    let seized = Seized::set().await;
    let kept = Kept::fill(&seized).await;
    let key = handoff::key_text(&seized.stage.keys.signing().verifying_key());
    let (base, secret) = (seized.base.clone(), STANDARD.encode([0xA7; 32]));
    let mut needles = kept.needles.clone();
    needles.add("random bytes", &[0xA7; 32]);
    let kept = Kept { needles, ..kept };
    let other_key = STANDARD.encode([9; 32]);
    for (key, origin, association, id) in [
        (key.as_str(), "https://desk.example.org", LYON, "id"),
        (&key, &base, PARIS, "id"),
        (&key, &base, LYON, "another id"),
        (&other_key, &base, LYON, "id"),
    ] {
        let text = format!("relais desk challenge v2\n{key}\n{origin}\n{association}\n{id}\n{secret}\n");
        let file = sealed(&seized, &text);
        let (signature, shown) = (seized.sign(&file), STANDARD.encode(&file));
        seized.twist(move |asked, said| match asked {
            "POST /challenges" => {
                Said::json(200, &json!({ "id": "id", "challenge": shown, "signature": signature }))
            }
            _ => said,
        });
        let fault = seized.enter(LYON).await.unwrap_err();
        assert!(matches!(fault, WorkFault::Distrusted { .. }), "{text}: {fault}");
        kept.needles.are_not_in(&seized.recorder.heard(), &text);
        assert_eq!(seized.asked(), ["GET /extract", "POST /challenges"], "{text}");
    }
}

#[tokio::test]
async fn the_challenge_of_another_association_is_not_answered() {
    let seized = Seized::set().await;
    let of_paris = challenge(&seized.stage, PARIS).await;
    seized.asked();
    let shown = of_paris.clone();
    seized.twist(move |asked, said| if asked == "POST /challenges" { Said::json(200, &shown) } else { said });
    // One cannot be read here.
    let fault = seized.enter(LYON).await.unwrap_err();
    assert_eq!(fault, WorkFault::Call(ClientFault::NoKey));
    assert_eq!(seized.asked(), ["GET /extract", "POST /challenges"]);
    // A device that reads for both reads it, and does not answer.
    let both = [LYON, PARIS].map(|association| seized.stage.identities_of(association)[0].clone());
    let fault = seized.stage.door(LYON, both.to_vec()).enter().await.unwrap_err();
    assert!(matches!(fault, WorkFault::Distrusted { .. }), "{fault}");
    assert_eq!(seized.asked(), ["GET /extract", "POST /challenges"]);
}

#[tokio::test]
async fn an_old_challenge_gives_a_proof_that_opens_nothing() {
    let seized = Seized::set().await;
    let old = challenge(&seized.stage, LYON).await;
    let file = STANDARD.decode(old["challenge"].as_str().unwrap()).unwrap();
    let text = handoff::decrypt(&file, &[lyon(&seized)]).unwrap();
    let mut needles = super::canary::Needles::default();
    needles.add("the secret", &STANDARD.decode(text.lines().last().unwrap()).unwrap());
    let shown = old.clone();
    seized.twist(move |asked, said| if asked == "POST /challenges" { Said::json(200, &shown) } else { said });
    seized.enter(LYON).await.unwrap();
    let refused = async |code: &str| {
        let fault = seized.enter(LYON).await.unwrap_err();
        assert!(
            matches!(&fault, WorkFault::Call(ClientFault::Refused { code: said, .. }) if said == code),
            "{fault}"
        );
    };
    refused("challenge_used").await;
    seized.stage.hand.turn(chrono::TimeDelta::seconds(121));
    refused("challenge_expired").await;
    needles.are_not_in(&seized.recorder.heard(), "an old challenge");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_program_itself_sends_nothing_back() {
    let seized = Seized::set().await;
    let kept = Kept::fill(&seized).await;
    for kind in ["handoff", "note"] {
        for signed in [true, false] {
            seized.hand_out(kept.file(kind), signed);
            let ana = Typed::at(&seized.base, &seized.stage, LYON, &lyon(&seized));
            let said = ana.types(&["login"]).unwrap_err();
            assert!(said.contains("this server cannot be trusted"), "{said}");
            for words in super::canary::ALL {
                assert!(!said.contains(words), "{said}");
            }
            kept.needles.are_not_in(&seized.recorder.heard(), kind);
            assert_eq!(seized.asked(), ["GET /extract", "POST /challenges"]);
        }
    }
}
