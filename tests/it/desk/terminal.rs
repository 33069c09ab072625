//! The terminal desk, over HTTP: the same work as on the page.

use std::os::unix::fs::PermissionsExt as _;

use chrono::TimeDelta;
use relais::desk::{
    self, ClientFault, Content, DeskMemory, Door, IdentityFault, Words, WorkFault, Workplace,
};
use relais::device::DeviceKey;
use relais::fingerprint;
use relais::terms::Contact;
use zeroize::Zeroizing;

use super::stage::{LYON, PARIS, Stage, id};

async fn enter(stage: &Stage, association: &str) -> Workplace {
    stage.door(association, stage.identities_of(association).to_vec()).enter().await.unwrap()
}

#[tokio::test]
async fn a_volunteer_reads_takes_and_answers_from_a_terminal() {
    let stage = Stage::set().await;
    let wanted = stage.request(1, LYON, Contact::Evening).await;
    let (ana, bo) = (enter(&stage, LYON).await, enter(&stage, LYON).await);
    let rows = ana.list().await.unwrap();
    assert_eq!((rows.len(), rows[0].handoff, rows[0].state.as_str()), (1, wanted.handoff, "pending"));
    assert_eq!(rows[0].sign, relais::handoff::sign(wanted.handoff));
    let start = wanted.handoff.to_string()[..6].to_owned();
    assert!(!stage.store.handoff(wanted.handoff).await.unwrap().unwrap().seen);
    ana.show(&start).await.unwrap();
    assert!(stage.store.handoff(wanted.handoff).await.unwrap().unwrap().seen);
    let now = stage.hand.now();
    ana.accept(&start, "Ana", now).await.unwrap();
    let late = bo.accept(&start, "Bo", now).await.unwrap_err();
    assert_eq!(late, WorkFault::Taken { association: id(LYON), who: "Ana".into() });
    ana.note(&start, "Ana", "calls at six", now).await.unwrap();
    let args = vec![("day".to_owned(), "friday".to_owned())];
    let words = Words::Phrase { key: "phrase-write-on".into(), args };
    let not_before = ana.reply(&start, "Ana", &words, now).await.unwrap();
    assert_eq!(not_before.as_deref(), Some("2026-11-25T17:00:00Z"));
    ana.reply(&start, "Ana", &Words::Text("We look for a bed".into()), now).await.unwrap();
    let case = bo.show(&start).await.unwrap();
    let papers: Vec<(&str, Option<&str>)> =
        case.papers.iter().map(|paper| (paper.kind.as_str(), paper.delivery.as_deref())).collect();
    let queued = Some("queued");
    assert_eq!(papers, [("claim", None), ("note", None), ("reply", queued), ("reply", queued)]);
    let said = |at: usize| match &case.papers[at].content {
        Content::Own(own) => own.fields["text"].as_str().unwrap().to_owned(),
        Content::Said(_) | Content::Refused(_) => panic!("a colleague wrote it"),
    };
    assert!(said(1).contains("calls at six") && said(3).contains("a bed"));
    bo.close(&start, "helped").await.unwrap();
    assert_eq!(ana.list().await.unwrap()[0].state, "done");
}

#[tokio::test]
async fn a_request_is_passed_on_and_refused_from_a_terminal() {
    let stage = Stage::set().await;
    let wanted = stage.request(1, LYON, Contact::AnyTime).await;
    let (lyon, paris) = (enter(&stage, LYON).await, enter(&stage, PARIS).await);
    let start = wanted.handoff.to_string();
    let now = stage.hand.now();
    assert_eq!(paris.show(&start).await.unwrap_err(), WorkFault::NotFound);
    let nobody = lyon.pass_on(&start, &id("no-such-one"), None, now).await.unwrap_err();
    assert_eq!(nobody, WorkFault::UnknownAssociation);
    // Whom the router named, but neither one's own association nor one that is no longer there.
    assert_eq!(lyon.show(&start).await.unwrap().next, [id(PARIS), id("exemple-dijon")]);
    lyon.pass_on(&start, &id(PARIS), Some("two children".into()), now).await.unwrap();
    let case = paris.show(&start).await.unwrap();
    assert_eq!(case.opened.passed_on().unwrap().note.as_deref(), Some("two children"));
    assert_eq!(case.next, [id(LYON), id("exemple-dijon")]);
    paris.decline(&start, "full").await.unwrap();
    // Nobody is led back to who has said no.
    assert_eq!(lyon.show(&start).await.unwrap().next, [id("exemple-dijon")]);
    paris.pause(Some(now + TimeDelta::hours(3))).await.unwrap();
    assert_eq!(stage.store.paused_at(now).await.unwrap(), [id(PARIS)]);
    // With the keys of another nobody gets in.
    let wrong = stage.door(LYON, stage.identities_of(PARIS).to_vec()).enter().await.unwrap_err();
    assert_eq!(wrong, WorkFault::Call(ClientFault::NoKey));
    let mut nowhere = stage.door(LYON, vec![]);
    nowhere.server = "http://127.0.0.1:1".parse().unwrap();
    let lost = nowhere.enter().await.unwrap_err();
    assert_eq!(lost, WorkFault::Call(ClientFault::Unreachable));
}

#[tokio::test]
async fn a_volunteer_who_names_the_servers_key_believes_no_other() {
    let stage = Stage::set().await;
    let wanted = stage.request(1, LYON, Contact::AnyTime).await;
    let start = wanted.handoff.to_string();
    let own = relais::handoff::key_text(&stage.keys.verifying().next().unwrap());
    let other = "A".repeat(43) + "=";
    let enter = async |server_keys: &[String]| {
        let (server, words) = (stage.base.parse().unwrap(), stage.fingerprint());
        let door = Door {
            server: &server,
            association: id(LYON),
            identities: stage.identities_of(LYON).to_vec(),
            fingerprint: Some(&words),
            server_keys,
        };
        Workplace::enter(door, &mut DeskMemory::default(), stage.hand.now()).await
    };
    let both = enter(&[other.clone(), own.clone()]).await.unwrap();
    assert_eq!(both.show(&start).await.unwrap().opened.signed_by(), own);
    // It is asked before anything is proved to the server.
    let refused = enter(&[other]).await.unwrap_err();
    let words = fingerprint::words(&own, fingerprint::DEVICE_WORDS);
    assert_eq!(refused, WorkFault::StrangeServer { words: words.clone() });
    assert!(words.split('-').count() == 8 && refused.to_string().ends_with(&words));
}

#[test]
fn a_fresh_key_is_an_age_key_with_or_without_a_passphrase() {
    let now = super::stage::NOW.parse().unwrap();
    let (file, key) = desk::generate(None, now).unwrap();
    let text = Zeroizing::new(String::from_utf8(file.to_vec()).unwrap());
    let read = desk::identities(&text).unwrap();
    // Both keys come from the file alone, and one set of words stands for both.
    let again = DeviceKey::of(&read[0]);
    assert_eq!(again.recipient().to_string(), key.recipient().to_string());
    assert_eq!((again.public(), again.words()), (key.public(), key.words()));
    assert_eq!(key.words().split('-').count(), 8);

    let (file, key) = desk::generate(Some("correct horse".to_owned().into()), now).unwrap();
    assert!(desk::is_protected(&file));
    let read = desk::unlock(&file, &"correct horse".to_owned().into()).unwrap();
    assert_eq!(read[0].to_public().to_string(), key.recipient().to_string());
    let wrong = desk::unlock(&file, &"wrong".to_owned().into()).err();
    assert_eq!(wrong, Some(IdentityFault::WrongPassphrase));

    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("key.txt");
    desk::write_identity(&path, &file).unwrap();
    assert!(desk::write_identity(&path, &file).is_err());
    assert_eq!(std::fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
}

#[tokio::test]
async fn the_page_comes_with_headers_that_hold_it_in() {
    let stage = Stage::set().await;
    let words = stage.http.get(format!("{}/desk/words.txt", stage.base)).send().await.unwrap();
    let header = |name: &str| words.headers()[name].to_str().unwrap().to_owned();
    assert!(header("content-security-policy").starts_with("default-src 'none'; script-src 'self'"));
    assert_eq!(header("referrer-policy"), "no-referrer");
    assert_eq!(header("x-content-type-options"), "nosniff");
    assert_eq!(header("cross-origin-opener-policy"), "same-origin");
    assert_eq!(header("cache-control"), "no-store");
    assert!(words.headers().get("set-cookie").is_none());
    assert_eq!(words.text().await.unwrap().lines().count(), 256);
    for (path, status) in [
        ("desk/locales/fr/phrases.ftl", 200),
        ("desk/locales/en/desk.ftl", 200),
        ("desk/locales/fr/intake.ftl", 404),
        ("desk/../Cargo.toml", 404),
        ("desk/..%2f..%2fCargo.toml", 404),
    ] {
        let answer = stage.http.get(format!("{}/{path}", stage.base)).send().await.unwrap();
        assert_eq!(answer.status().as_u16(), status, "{path}");
    }
}
