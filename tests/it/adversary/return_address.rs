//! The one decrypted thing that leaves a device, and who would like it to be another.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use relais::desk::{Words, WorkFault};
use relais::handoff::OpenFault;
use serde_json::json;

use super::seized::{Kept, Said, Seized};
use crate::desk::stage::{LYON, PARIS, Stage, TEAM};

/// Has a volunteer write to the person while the server shows this file as the request, and asserts that nothing leaves.
async fn nothing_leaves(seized: &Seized, kept: &Kept, file: &[u8], expected: OpenFault, what: &str) {
    let (shown, real) = (STANDARD.encode(file), STANDARD.encode(kept.file("handoff")));
    seized.twist(move |asked, said| {
        let mut body = said.value();
        if asked != "GET /handoffs" {
            return said;
        }
        for token in body["tokens"].as_array_mut().unwrap().iter_mut().filter(|one| one["ciphertext"] == real)
        {
            token["ciphertext"] = json!(shown);
        }
        Said::json(200, &body)
    });
    let desk = seized.enter(LYON).await.unwrap();
    let words = Words::Text("The door is open".to_owned());
    let start = kept.full.handoff.to_string();
    let fault = desk.reply(&start, "Ana", &words, seized.stage.hand.now()).await.unwrap_err();
    assert_eq!(fault, WorkFault::Unopened(expected), "{what}");
    kept.needles.are_not_in(&seized.recorder.heard(), what);
    assert!(!seized.asked().iter().any(|asked| asked.ends_with("/messages")), "{what}");
}

#[tokio::test]
async fn an_address_of_another_shape_request_or_server_does_not_leave() {
    let seized = Seized::set().await;
    let mut kept = Kept::fill(&seized).await;
    seized.be_deaf(true);
    let to = seized.stage.recipients(&[LYON, TEAM]);
    let long = "Zyxcanaryaddress".repeat(8);
    for words in [super::canary::WORDS, "short", &long, &format!("{}=", kept.full.address), "../../me"] {
        kept.needles.add("an address", words.as_bytes());
        let file = seized.stage.sealed_record(&kept.full, &json!({ "return_address": words }), &to);
        nothing_leaves(&seized, &kept, &file, OpenFault::OtherRequest, words).await;
    }
    kept.needles.add("the return address", kept.full.address.as_bytes());
    let other = Stage::set().await;
    let file = other.sealed_record(&kept.full, &json!({}), &to);
    nothing_leaves(&seized, &kept, &file, OpenFault::OtherServer, "another server").await;
    let handoff = json!({ "handoff": "00112233445566778899aabbccddeeff" });
    let file = seized.stage.sealed_record(&kept.full, &handoff, &to);
    nothing_leaves(&seized, &kept, &file, OpenFault::OtherRequest, "another request").await;
    let file = seized.stage.sealed_record(&kept.full, &json!({ "kind": "addition" }), &to);
    nothing_leaves(&seized, &kept, &file, OpenFault::OtherRequest, "another kind").await;
    // Sealed on to Lyon by somebody to whom it was not meant to go.
    let file = seized.stage.sealed_record(&kept.full, &json!({}), &seized.stage.recipients(&[PARIS]));
    nothing_leaves(&seized, &kept, &file, OpenFault::NotForYou, "other readers").await;
}
