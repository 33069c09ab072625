//! Who can be asked, as the database knows it: counted, and read from beside the service.

use relais::store::{Act, Availability, Paper, RemovedDevice, Viewer, look};

use super::*;

pub(super) async fn unanswered_requests_are_counted(ground: Ground) {
    let store = ground.store().await;
    assert!(store.waiting_requests().await.unwrap().is_empty());
    for number in 1..=5 {
        store.save(token(number), Vec::new()).await.unwrap();
    }
    store.save(NewToken { association: slug("relais-paris"), ..token(6) }, Vec::new()).await.unwrap();
    // What is added to a request is none, and neither is one that was answered or taken back.
    store.save(NewToken { kind: Kind::Addition, handoff: handoff(5), ..token(7) }, Vec::new()).await.unwrap();
    let viewer = Viewer { association: slug("relais-lyon"), team: false };
    let claim = Paper { id: TokenId::new([90; 16]), ciphertext: b"claim".to_vec() };
    store.perform(viewer.clone(), handoff(1), Act::Accept { claim }, None, now()).await.unwrap();
    store.perform(viewer.clone(), handoff(2), Act::Decline, None, now()).await.unwrap();
    store.withdraw(handoff(3), Vec::new(), now()).await.unwrap();
    let waiting = |counts: &[(&str, u32)]| counts.iter().map(|(id, count)| (slug(id), *count)).collect();
    let counted = store.waiting_requests().await.unwrap();
    assert_eq!(counted, waiting(&[("relais-lyon", 2), ("relais-paris", 1)]));
    // Passed on, it waits at the next.
    let sealed = Paper { id: TokenId::new([91; 16]), ciphertext: b"sealed anew".to_vec() };
    let pass_on = Act::PassOn { to: slug("relais-paris"), sealed };
    store.perform(viewer, handoff(4), pass_on, None, now()).await.unwrap();
    let counted = store.waiting_requests().await.unwrap();
    assert_eq!(counted, waiting(&[("relais-lyon", 1), ("relais-paris", 2)]));
}

pub(super) async fn a_look_from_beside_changes_nothing(ground: Ground) {
    let url = SecretString::from(ground.url.clone());
    // Before there are tables it makes none.
    assert!(look(&url, now()).await.is_err());
    if ground.is_sqlite() {
        let path = ground.url.trim_start_matches("sqlite:").to_owned();
        assert!(!Path::new(&path).exists(), "a look makes no file");
    }
    let store = ground.store().await;
    let lyon = slug("relais-lyon");
    store.save(token(1), first_notice()).await.unwrap();
    store.set_paused_until(lyon.clone(), Some(now() + TimeDelta::hours(1))).await.unwrap();
    store.set_last_proof(lyon.clone(), today()).await.unwrap();
    let out = RemovedDevice { recipient: "age1example".to_owned(), at: now(), removal: "{}".to_owned() };
    store.remove_device(lyon.clone(), out.clone(), "age1leader".to_owned()).await.unwrap();
    // Another statement about the same device changes nothing.
    let again = RemovedDevice { at: now() + TimeDelta::hours(2), ..out.clone() };
    store.remove_device(lyon.clone(), again, "age1leader".to_owned()).await.unwrap();
    let known = Availability {
        proofs: [(lyon.clone(), today())].into(),
        paused: vec![lyon.clone()],
        waiting: [(lyon.clone(), 1)].into(),
        removed: vec![(lyon, out)],
    };
    assert_eq!(look(&url, now()).await.unwrap(), known, "beside a service that runs");
    store.close().await;
    assert_eq!(look(&url, now()).await.unwrap(), known, "after it has stopped");
    assert!(look(&url, now() + TimeDelta::hours(1)).await.unwrap().paused.is_empty());
    assert_eq!(look(&"mysql://x".to_owned().into(), now()).await, Err(StoreError::Url));
}
