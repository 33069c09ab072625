//! The program itself, as an operator and a volunteer type it.

use std::fs;
use std::io::{BufRead as _, BufReader};
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};

use age::secrecy::ExposeSecret as _;
use age::x25519::Identity;
use relais::clock::Clock;
use relais::directory::Demo;
use relais::handoff;
use relais::locale::Locale;
use relais::sandbox::{Sandbox, SandboxSettings};
use tokio::net::TcpListener;

use crate::handoff::{longest, record};
use crate::need;
use crate::sealing::ring;
use crate::support::PhoneExt as _;

pub const RELAIS: &str = env!("CARGO_BIN_EXE_relais");
pub const TOKEN: &str = "4242:AAF-typed-into-a-file";

fn relais(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(RELAIS).current_dir(folder).args(arguments).output().unwrap()
}

fn said(output: &Output) -> (String, String, i32) {
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
    (text(&output.stdout), text(&output.stderr), output.status.code().unwrap())
}

#[test]
fn init_writes_what_check_asks_for_and_nothing_over_another() {
    let folder = tempfile::tempdir().unwrap();
    let (out, _, code) = said(&relais(folder.path(), &["init", "service"]));
    assert!(code == 0 && out.contains("relais check"), "{out}");
    let service = folder.path().join("service");
    let keys = fs::metadata(service.join("secrets/relais.keys")).unwrap();
    assert_eq!(keys.permissions().mode() & 0o777, 0o600);
    let before = fs::read(service.join("secrets/relais.keys")).unwrap();
    let (_, err, code) = said(&relais(folder.path(), &["init", "service"]));
    assert!(code == 1 && err.contains("nothing was written"), "{err}");
    assert_eq!(fs::read(service.join("secrets/relais.keys")).unwrap(), before);
    let (_, err, code) = said(&relais(&service, &["check"]));
    assert_eq!(code, 1);
    assert!(err.contains("telegram-token is empty") && err.contains("directory.trusted_keys"), "{err}");
    let (out, err, code) = said(&relais(&service, &["directory", "check"]));
    assert!(code == 0 && out.contains("0 associations"), "{out}{err}");
}

#[test]
fn usage_and_faults_have_their_own_exit_codes() {
    let folder = tempfile::tempdir().unwrap();
    assert_eq!(said(&relais(folder.path(), &["serve", "--wrong"])).2, 2);
    let (_, err, code) = said(&relais(folder.path(), &["serve"]));
    assert!(code == 1 && err.contains("relais init"), "{err}");
    fs::write(folder.path().join("relais.toml"), "[telegram]\ntokn_file = \"x\"\n").unwrap();
    let (_, err, _) = said(&relais(folder.path(), &["check"]));
    assert!(err.contains("telegram.tokn_file") && err.contains("telegram.token_file"), "{err}");
}

#[test]
fn the_servers_public_key_is_said_with_its_words() {
    let folder = tempfile::tempdir().unwrap();
    assert_eq!(said(&relais(folder.path(), &["init", "."])).2, 0);
    let file = fs::read_to_string(folder.path().join("secrets/relais.keys")).unwrap();
    let key = handoff::key_text(&relais::sealing::KeyRing::parse(&file).unwrap().verifying().next().unwrap());
    let words = relais::fingerprint::words(&key, relais::fingerprint::DEVICE_WORDS);
    let (out, err, code) = said(&relais(folder.path(), &["keys", "show"]));
    assert_eq!((out, code), (format!("Public key: {key}\nIn words: {words}\n"), 0), "{err}");
    assert_eq!(said(&relais(folder.path(), &["keys", "rotate"])).2, 0);
    let (out, _, _) = said(&relais(folder.path(), &["keys", "show", "--json"]));
    let shown: serde_json::Value = serde_json::from_str(&out).unwrap();
    assert_eq!(shown.as_array().unwrap().len(), 2);
    // The newest comes first; what was the only one is the earlier one now.
    assert!(shown[1]["key"] == key && shown[1]["words"] == words && shown[0]["key"] != key);
}

#[test]
fn a_leaked_key_goes_at_once_and_its_price_is_said() {
    let folder = tempfile::tempdir().unwrap();
    assert_eq!(said(&relais(folder.path(), &["init", "."])).2, 0);
    let file = folder.path().join("secrets/relais.keys");
    let rotate = |rest: &[&str]| said(&relais(folder.path(), &[&["keys", "rotate"], rest].concat()));
    let secrets = || -> Vec<String> {
        let text = fs::read_to_string(&file).unwrap();
        text.lines().filter(|line| line.starts_with("secret")).map(str::to_owned).collect()
    };
    let first = secrets();
    assert_eq!(rotate(&[]).2, 0);
    let both = secrets();
    assert!(both.len() == 2 && both[1] == first[0], "a rotation keeps what was there");
    assert_eq!(rotate(&["--leaked", "--prune"]).2, 2);
    // What a rotation that did not end has left is not written over, and the keys stay.
    let beside = file.with_extension("new");
    fs::write(&beside, "half").unwrap();
    let (out, err, code) = rotate(&["--leaked"]);
    assert!(code == 1 && out.is_empty() && err.contains("relais.new"), "{out}{err}");
    assert_eq!(secrets(), both);
    fs::remove_file(&beside).unwrap();
    let (out, err, code) = rotate(&["--leaked"]);
    assert!(code == 0 && out.contains("cannot be answered any more"), "{out}{err}");
    assert!(out.contains("Key 1 was dropped") && out.contains("Key 2 was dropped"), "{out}");
    let left = secrets();
    assert!(left.len() == 1 && !both.contains(&left[0]));
    assert_eq!(fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
    assert!(!beside.exists());
    assert!(!left.iter().chain(&both).any(|secret| out.contains(secret)), "no secret is shown");
}

#[test]
fn places_are_found_one_a_line() {
    let folder = tempfile::tempdir().unwrap();
    let (out, _, code) = said(&relais(folder.path(), &["place", "--json", "Марсель"]));
    assert_eq!(code, 0);
    let answer: serde_json::Value = serde_json::from_str(&out).unwrap();
    assert_eq!(answer["found"][0]["insee"], "13055");
}

#[test]
fn a_token_opens_at_the_desk_as_it_does_with_age() {
    let folder = tempfile::tempdir().unwrap();
    let (mine, other) = (Identity::generate(), Identity::generate());
    let record = record(&longest());
    let token = handoff::seal(&record, &[mine.to_public(), other.to_public()], ring().signing()).unwrap();
    let at = |name: &str| folder.path().join(name);
    fs::write(at("token.age"), token.as_bytes()).unwrap();
    fs::write(at("key.txt"), mine.to_string().expose_secret()).unwrap();
    fs::write(at("stranger.txt"), Identity::generate().to_string().expose_secret()).unwrap();
    let open = |rest: &[&str]| {
        said(&relais(folder.path(), &[&["desk", "open", "token.age", "--unverified"], rest].concat()))
    };
    let (out, err, code) = open(&["-i", "key.txt"]);
    assert!(code == 0 && out.contains(&record.sign) && out.contains("Travail dans une maison"), "{out}{err}");
    let (out, _, _) = open(&["-i", "key.txt", "--json"]);
    let shown: serde_json::Value = serde_json::from_str(&out).unwrap();
    assert_eq!(shown["record"]["situation"], "domestic");
    let (out, err, code) = open(&["-i", "stranger.txt"]);
    assert!(code == 1 && out.is_empty() && err.contains("not sealed to any of your keys"), "{out}{err}");
    if !need::programs("a_token_opens_at_the_desk_as_it_does_with_age", &["age"]) {
        return;
    }
    let age =
        Command::new("age").args(["-d", "-i"]).arg(at("key.txt")).arg(at("token.age")).output().unwrap();
    let line = age.stdout.split(|&byte| byte == b'\n').next().unwrap();
    assert_eq!(serde_json::from_slice::<serde_json::Value>(line).unwrap(), shown["record"]);
}

/// Writes a service whose directory is the demo's, signed, and whose Telegram is the stand-in.
pub fn service(folder: &Path, api_url: &str) -> Demo {
    assert_eq!(said(&relais(folder, &["init", "."])).2, 0);
    fs::remove_file(folder.join("directory/associations.toml")).unwrap();
    fs::remove_file(folder.join("directory/service.toml")).unwrap();
    let keys = fs::read_to_string(folder.join("secrets/relais.keys")).unwrap();
    let keys = relais::sealing::KeyRing::parse(&keys).unwrap().published();
    let demo = Demo::prepare_for(Clock::system().now().date_naive(), &keys).unwrap();
    demo.write(&folder.join("directory")).unwrap();
    fs::write(folder.join("secrets/telegram-token"), TOKEN).unwrap();
    let configuration = fs::read_to_string(folder.join("relais.toml")).unwrap();
    let configuration = configuration
        .replace("trusted_keys = []", &format!("trusted_keys = [\"{}\"]", demo.trusted_key))
        .replace("threshold = 2", "threshold = 1")
        .replace("[telegram]\n", &format!("[telegram]\napi_url = \"{api_url}\"\n"));
    fs::write(folder.join("relais.toml"), configuration).unwrap();
    demo
}

#[test]
fn the_links_of_associations_are_listed_for_a_bot() {
    let folder = tempfile::tempdir().unwrap();
    service(folder.path(), "http://127.0.0.1:1");
    let list = |rest: &[&str]| said(&relais(folder.path(), &[&["directory", "list"], rest].concat()));
    let (out, err, code) = list(&["--bot", "@relais_bot"]);
    assert!(code == 0 && out.contains("https://t.me/relais_bot?start=a-"), "{out}{err}");
    let (out, _, _) = list(&["--json", "--bot", "relais_bot"]);
    let entries: serde_json::Value = serde_json::from_str(&out).unwrap();
    let link = format!("https://t.me/relais_bot?start=a-{}", entries[0]["id"].as_str().unwrap());
    assert_eq!(entries[0]["link"], link);
    let (out, _, code) = list(&[]);
    assert!(code == 0 && !out.contains("t.me"), "{out}");
    assert_eq!(list(&["--bot", "no name"]).2, 2);
}

pub fn serve(folder: &Path) -> Child {
    let mut child =
        Command::new(RELAIS).current_dir(folder).arg("serve").stderr(Stdio::piped()).spawn().unwrap();
    let mut lines = BufReader::new(child.stderr.take().unwrap()).lines();
    let first = lines.next().unwrap().unwrap();
    assert!(first.contains("taking requests"), "{first}");
    std::thread::spawn(move || lines.for_each(drop));
    child
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_service_that_is_killed_loses_nothing_that_was_answered_sent() {
    let folder = tempfile::tempdir().unwrap();
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let settings = SandboxSettings { token: TOKEN.to_owned(), clock: Clock::system(), backstage: None };
    let sandbox = Sandbox::start(listener, settings).unwrap();
    let demo = service(folder.path(), sandbox.api_url().unwrap().as_str());
    let (out, err, code) = said(&relais(folder.path(), &["check"]));
    assert!(code == 0, "{out}{err}");
    let directory = demo.verify(Clock::system().now().date_naive()).unwrap().directory;
    let groups: Vec<_> = directory
        .associations()
        .iter()
        .filter_map(|association| {
            Some((association.id.clone(), sandbox.group(association.volunteers_chat?.0)))
        })
        .collect();

    let mut running = serve(folder.path());
    let phone = sandbox.phone(Some("en"));
    phone.send_text("/start");
    phone.sees("🌐").await;
    let idle = |sandbox: &Sandbox| sandbox.is_idle().then_some(());
    sandbox.until(idle).await.expect("the bot handles everything");
    for label in ["English", "I need help", "I agree", "Send now", "any time"] {
        phone.taps(label).await;
        // Nothing is remembered: killed after every tap, it goes on from the button.
        running.kill().unwrap();
        running.wait().unwrap();
        running = serve(folder.path());
        // The tap comes again, for it was not confirmed; it leads to the same screen.
        sandbox.until(idle).await.expect("the bot handles everything");
    }
    let sent = phone.sees("Sent").await;
    let holds = |_: &Sandbox| {
        groups.iter().find_map(|(id, group)| {
            let documents: Vec<_> =
                group.messages().into_iter().filter_map(|message| message.attachment?.file).collect();
            (!documents.is_empty()).then(|| (id.clone(), documents))
        })
    };
    // Killed between its decision and the sending, it holds the chat for ninety seconds more.
    let mut told = sandbox.until(holds).await;
    for _ in 0..5 {
        if told.is_err() {
            told = sandbox.until(holds).await;
        }
    }
    let (id, documents) = told.expect("the volunteers are told");
    assert_eq!(documents.len(), 1, "and told once");
    let opened =
        handoff::open(&sandbox.document(&documents[0]).unwrap(), &demo.identities[&id], None).unwrap();
    assert!(sent.text.contains(&opened.record().sign), "both see the same sign");
    assert_eq!(opened.record().locale, Locale::ENGLISH);
    running.kill().unwrap();
    running.wait().unwrap();
    assert_eq!(sandbox.violations(), []);
}
