//! The server's keys are renewed while requests are open.

use std::sync::Arc;

use relais::desk::{WorkFault, Workplace};
use relais::handoff::OpenFault;
use relais::sealing::KeyRing;
use relais::terms::Contact;
use zeroize::Zeroizing;

use super::stage::{LYON, Stage, id};

async fn enter(stage: &Stage) -> Workplace {
    let identities = stage.identities_of(LYON).to_vec();
    Workplace::enter(&stage.base.parse().unwrap(), id(LYON), identities).await.unwrap()
}

async fn start_with(stage: &mut Stage, file: &Zeroizing<String>) {
    stage.keys = Arc::new(KeyRing::parse(file).unwrap());
    stage.open().await;
}

#[tokio::test]
async fn a_request_from_before_a_rotation_is_read_and_answered() {
    let mut stage = Stage::set().await;
    let today = stage.hand.now().date_naive();
    let file = KeyRing::generate_file(today).unwrap();
    start_with(&mut stage, &file).await;
    let wanted = stage.request(1, LYON, Contact::AnyTime).await;
    let rotated = KeyRing::rotate_file(&file, today, true).unwrap();
    start_with(&mut stage, &rotated.file).await;
    let later = stage.request(2, LYON, Contact::AnyTime).await;

    let (ana, now) = (enter(&stage).await, stage.hand.now());
    for request in [&wanted, &later] {
        let start = request.handoff.to_string();
        ana.show(&start).await.unwrap();
        ana.accept(&start, "Ana", now).await.unwrap();
        let words = relais::desk::Words::Text("We look for a bed".into());
        ana.reply(&start, "Ana", &words, now).await.unwrap();
    }

    // A key that was taken out is believed no more.
    let fresh = KeyRing::generate_file(today).unwrap();
    start_with(&mut stage, &fresh).await;
    let fault = enter(&stage).await.show(&wanted.handoff.to_string()).await.unwrap_err();
    assert_eq!(fault, WorkFault::Unopened(OpenFault::OtherServer));
}
