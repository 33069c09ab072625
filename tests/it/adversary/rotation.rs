//! The server's keys change: who attacks would like devices to believe a key too early, or to stop for nothing.

use std::sync::atomic::{AtomicBool, Ordering};

use age::x25519::Identity;
use relais::desk::{DeskMemory, WorkFault};
use relais::device::DeviceKey;
use relais::handoff::{OpenFault, key_text};
use relais::terms::Contact;

use super::seized::{Said, Seized};
use super::signers::Signers;
use crate::desk::stage::LYON;

fn in_force(seized: &Seized) -> String {
    key_text(&seized.stage.keys.signing().verifying_key())
}

#[tokio::test]
async fn a_key_that_was_made_and_not_listed_signs_nothing_and_stops_nobody() {
    let mut seized = Seized::set().await;
    let (old, mut memory) = (in_force(&seized), DeskMemory::default());
    seized.enter_with(&mut memory).await.unwrap();
    seized.stage.make_key().await;
    seized.restart();
    assert_eq!(in_force(&seized), old, "the signers do not know the new one");
    assert_eq!(seized.stage.keys.published().len(), 2);
    let wanted = seized.stage.request(1, LYON, Contact::AnyTime).await;
    let ana = seized.enter_with(&mut memory).await.unwrap();
    assert_eq!(ana.show(&wanted.handoff.to_string()).await.unwrap().opened.signed_by(), old);
    // Who comes for the first time signs in as before.
    seized.enter(LYON).await.unwrap();
}

#[tokio::test]
async fn a_key_that_is_listed_is_followed_in_silence_while_signed_in() {
    let mut seized = Seized::set().await;
    let (old, mut memory) = (in_force(&seized), DeskMemory::default());
    let before = seized.enter_with(&mut memory).await.unwrap();
    let first = seized.stage.request(1, LYON, Contact::AnyTime).await.handoff.to_string();
    seized.stage.rotate().await;
    seized.restart();
    let new = in_force(&seized);
    assert_ne!(new, old);
    let second = seized.stage.request(2, LYON, Contact::AnyTime).await.handoff.to_string();
    // Who is at work does not know the new key yet: nothing of the new request is shown.
    assert_eq!(before.show(&first).await.unwrap().opened.signed_by(), old);
    assert_eq!(before.show(&second).await.unwrap_err(), WorkFault::Unopened(OpenFault::OtherServer));
    seized.asked();
    let after = seized.enter_with(&mut memory).await.unwrap();
    // No proof, no question, no words: the list alone.
    assert_eq!(seized.asked(), ["GET /extract", "GET /directory", "GET /devices"]);
    assert_eq!(after.show(&first).await.unwrap().opened.signed_by(), old);
    assert_eq!(after.show(&second).await.unwrap().opened.signed_by(), new);
    // The next sign-in is a challenge that the new key has signed.
    seized.enter(LYON).await.unwrap();
}

#[tokio::test]
async fn a_list_that_is_signed_between_two_calls_stops_nobody() {
    let mut seized = Seized::set().await;
    let signers = Signers::of(&seized.stage);
    signers.sign(&mut seized.stage);
    seized.restart();
    let mut memory = DeskMemory::default();
    seized.enter_with(&mut memory).await.unwrap();
    let old = serde_json::to_value(&seized.stage.published.offered).unwrap();
    let (ana, new) = (seized.stage.device(LYON), DeviceKey::of(&Identity::generate()));
    signers.list(LYON, &[(&ana, true, true), (&new, true, false)]);
    signers.sign(&mut seized.stage);
    seized.restart();
    let (late, told) = (AtomicBool::new(true), old.clone());
    seized.twist(move |asked, said| {
        let is_late = asked == "GET /extract" && late.swap(false, Ordering::Relaxed);
        if is_late { Said::json(200, &told) } else { said }
    });
    seized.enter_with(&mut memory).await.unwrap();
    // A server that stays with the old head shows a list that nobody has signed for.
    seized.twist(move |asked, said| if asked == "GET /extract" { Said::json(200, &old) } else { said });
    let fault = seized.enter_with(&mut DeskMemory::default()).await.unwrap_err();
    assert!(matches!(fault, WorkFault::Distrusted { .. }), "{fault}");
}

#[tokio::test]
async fn keys_that_have_leaked_sign_nobody_in_and_open_nothing_once_the_list_has_followed() {
    let mut seized = Seized::set().await;
    let mut memory = DeskMemory::default();
    seized.enter_with(&mut memory).await.unwrap();
    let stolen = seized.stage.keys.clone();
    let before = seized.stage.request(1, LYON, Contact::AnyTime).await.handoff.to_string();
    seized.stage.give_up_keys().await;
    seized.restart();
    let new = in_force(&seized);
    // Sessions went with the keys. Until the signers have followed, nobody is let in by a key that no list holds.
    let fault = seized.enter_with(&mut memory).await.unwrap_err();
    assert!(matches!(fault, WorkFault::Distrusted { .. }), "{fault}");
    seized.stage.sign_list(&seized.stage.keys.published()).await;
    seized.restart();
    assert_eq!(seized.stage.published.head.server_keys, std::slice::from_ref(&new));
    memory.go_on();
    let ana = seized.enter_with(&mut memory).await.unwrap();
    let after = seized.stage.request(2, LYON, Contact::AnyTime).await.handoff.to_string();
    assert_eq!(ana.show(&after).await.unwrap().opened.signed_by(), new);
    // What the thief signs, also before the leak was known, is not shown.
    assert_eq!(ana.show(&before).await.unwrap_err(), WorkFault::Unopened(OpenFault::OtherServer));
    // Nor does the thief's own server get a proof, with the real list and a challenge of the stolen key.
    let honest = seized.stage.keys.clone();
    let offered = serde_json::to_value(&seized.stage.published.offered).unwrap();
    seized.stage.keys = stolen;
    seized.restart();
    seized.twist(move |asked, said| if asked == "GET /extract" { Said::json(200, &offered) } else { said });
    seized.asked();
    let fault = seized.enter(LYON).await.unwrap_err();
    assert!(matches!(fault, WorkFault::Distrusted { .. }), "{fault}");
    assert_eq!(seized.asked(), ["GET /extract", "POST /challenges"]);
    seized.stage.keys = honest;
}
