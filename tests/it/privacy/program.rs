//! What the program itself prints while a person writes and the network fails: everything it has to say, and nothing
//! of the person.

use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread::JoinHandle;

use relais::clock::Clock;
use relais::sandbox::{Failure, Fault, Sandbox, SandboxSettings};
use serde_json::json;
use tokio::net::TcpListener;

use super::canary::{ACCOUNT, CAMPAIGN, LANGUAGE, LATITUDE, NAME, RUBBISH, Secrets, WORDS};
use crate::cli::{RELAIS, TOKEN, service};
use crate::support::PhoneExt as _;

/// Starts the program with everything logged, and collects what it prints.
fn start(folder: &Path, command: &str) -> (Child, [JoinHandle<Vec<u8>>; 2]) {
    let mut child = Command::new(RELAIS)
        .current_dir(folder)
        .arg(command)
        .env("RELAIS_OBSERVABILITY__LOG", "trace")
        .env("RUST_BACKTRACE", "full")
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let (mut out, mut err) = (child.stdout.take().unwrap(), child.stderr.take().unwrap());
    let collect = |read: &mut dyn std::io::Read| {
        let mut bytes = Vec::new();
        read.read_to_end(&mut bytes).unwrap();
        bytes
    };
    let printed =
        [std::thread::spawn(move || collect(&mut out)), std::thread::spawn(move || collect(&mut err))];
    (child, printed)
}

fn all(printed: [JoinHandle<Vec<u8>>; 2]) -> Vec<u8> {
    printed.into_iter().flat_map(|one| one.join().unwrap()).collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_program_prints_nothing_of_a_person_while_the_network_fails() {
    let folder = tempfile::tempdir().unwrap();
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let settings = SandboxSettings { token: TOKEN.to_owned(), clock: Clock::system(), backstage: None };
    let sandbox = Sandbox::start(listener, settings).unwrap();
    service(folder.path(), sandbox.api_url().unwrap().as_str());
    let (mut running, printed) = start(folder.path(), "serve");
    let phone = sandbox.phone(Some(LANGUAGE));
    let from = json!({
        "id": phone.chat, "is_bot": false, "first_name": NAME, "username": ACCOUNT, "language_code": LANGUAGE,
    });
    phone.push_message(json!({ "text": format!("/start {CAMPAIGN}"), "from": from }));
    phone.sees("🌐").await;
    let idle = |sandbox: &Sandbox| sandbox.is_idle().then_some(());
    for label in ["English", "I need help", "I agree"] {
        phone.taps(label).await;
    }
    for failure in [
        Failure::Refused(400, format!("Bad Request: {RUBBISH}")),
        Failure::Html(502),
        Failure::Cut,
        Failure::Rubbish,
        Failure::LoseAnswer,
    ] {
        for method in ["sendMessage", "deleteMessage", "getUpdates"] {
            if method != "getUpdates" || !matches!(failure, Failure::Refused(..)) {
                sandbox.inject(Fault::new(failure.clone()).on(method));
            }
        }
        phone.send_text(WORDS);
        phone.push_message(json!({ "location": { "latitude": LATITUDE, "longitude": 1.618_765_432_1 } }));
        sandbox.until(idle).await.expect("the bot handles everything");
        sandbox.heal();
    }
    let number = sandbox.push_update(json!({ "message": { "text": [RUBBISH], "chat": { "id": RUBBISH } } }));
    sandbox.push_update(json!({ "update_id": (number + 1).to_string(), "message": { "text": RUBBISH } }));
    phone.push_message(json!({ "text": "/menu", "from": from }));
    sandbox.until(idle).await.expect("the bot handles everything");
    let (mut checking, checked) = start(folder.path(), "check");
    assert!(checking.wait().unwrap().success());
    running.kill().unwrap();
    running.wait().unwrap();
    let (served, checked) = (all(printed), all(checked));
    let says = |bytes: &[u8], words: &str| memchr::memmem::find(bytes, words.as_bytes()).is_some();
    assert!(says(&served, "taking requests") && says(&served, "passed over"), "this test sees nothing");
    let secrets = Secrets { numbers: vec![phone.chat], codes: Vec::new() };
    for needle in secrets.needles().iter().map(Vec::as_slice).chain([TOKEN.as_bytes()]) {
        for printed in [&served, &checked] {
            if let Some(at) = memchr::memmem::find(printed, needle) {
                let around = &printed[at.saturating_sub(300)..(at + 200).min(printed.len())];
                panic!("{} in {}", String::from_utf8_lossy(needle), String::from_utf8_lossy(around));
            }
        }
    }
}
