//! After an attack a device does nothing more at this desk until a person acts.

use serde_json::Value;

use super::seized::{Kept, Said, Seized};
use super::typed::Typed;
use crate::desk::stage::LYON;

/// Attacks once, and asserts that the program stops, says so, keeps it, and goes on when it is told to.
fn stops_until_a_person_acts(seized: &Seized, ana: &Typed, what: &str) {
    let said = ana.types(&["list"]).unwrap_err();
    assert!(said.contains("cannot be trusted") && said.contains("call the operator"), "{what}: {said}");
    let kept = ana.kept();
    assert!(kept["stopped"].is_string() && kept["session"].is_null(), "{what}: {kept}");
    // The server is honest again, and nobody knows that yet.
    seized.be_honest();
    seized.asked();
    for command in [&["list"][..], &["login"], &["show", "1a2b3c4d"], &["logout"]] {
        let said = ana.types(command).unwrap_err();
        assert!(said.contains("could not be trusted before"), "{what}: {said}");
        assert_eq!((seized.recorder.heard().len(), seized.calls().len()), (0, 0), "{what}: {command:?}");
    }
    ana.types(&["login", "--again"]).unwrap();
    assert_eq!(ana.kept().get("stopped"), None, "{what}");
    ana.types(&["list"]).unwrap();
}

fn typed(seized: &Seized) -> Typed {
    Typed::at(&seized.base, &seized.stage, LYON, &seized.stage.identities_of(LYON)[0])
}

fn forgetting_its_session(ana: &Typed) {
    let text = std::fs::read_to_string(ana.kept_in()).unwrap();
    let mut kept: Value = serde_json::from_str(&text).unwrap();
    for desk in kept["desks"].as_object_mut().unwrap().values_mut() {
        desk.as_object_mut().unwrap().remove("session");
    }
    std::fs::write(ana.kept_in(), kept.to_string()).unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn after_a_token_for_a_challenge_the_program_stops_until_a_person_acts() {
    let seized = Seized::set().await;
    let kept = Kept::fill(&seized).await;
    let ana = typed(&seized);
    ana.types(&["login"]).unwrap();
    forgetting_its_session(&ana);
    seized.hand_out(kept.file("handoff"), true);
    stops_until_a_person_acts(&seized, &ana, "a token");
    // Who goes on while the attack goes on is stopped again.
    seized.hand_out(kept.file("note"), true);
    let said = ana.types(&["login", "--again"]).unwrap_err();
    assert!(said.contains("cannot be trusted"), "{said}");
    assert!(ana.kept()["stopped"].is_string());
}

#[tokio::test(flavor = "multi_thread")]
async fn after_a_false_list_the_program_stops_until_a_person_acts() {
    let seized = Seized::set().await;
    let ana = typed(&seized);
    ana.types(&["login"]).unwrap();
    for (call, member, from, to) in [
        ("GET /extract", "head", "\"version\":1", "\"version\":2"),
        ("GET /directory", "extract", "\"role\":\"association\"", "\"role\":\"national_team\""),
        ("GET /directory", "extract", "age1", "age1q"),
    ] {
        seized.twist(move |asked, said| {
            let mut body = said.value();
            if asked == call {
                body[member] = body[member].as_str().unwrap().replace(from, to).into();
            }
            Said::json(said.status, &body)
        });
        stops_until_a_person_acts(&seized, &ana, member);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_of_what_is_kept_that_was_damaged_is_no_first_sign_in() {
    let seized = Seized::set().await;
    let ana = typed(&seized);
    ana.types(&["login"]).unwrap();
    seized.asked();
    let whole = std::fs::read_to_string(ana.kept_in()).unwrap();
    for damaged in ["", "{}", "null", &whole[..whole.len() / 2]] {
        std::fs::write(ana.kept_in(), damaged).unwrap();
        let said = ana.types(&["list"]).unwrap_err();
        assert!(said.contains("is damaged"), "{damaged}: {said}");
        assert_eq!(seized.asked(), Vec::<String>::new());
    }
}
