//! The commands of the terminal desk, as they are typed.

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use age::secrecy::ExposeSecret as _;
use relais::terms::Contact;
use serde_json::Value;

use super::stage::{LYON, PARIS, Stage};

/// A terminal with the settings of a volunteer.
pub struct Terminal {
    fingerprint: String,
    server: String,
    association: String,
    identity: PathBuf,
}

impl Terminal {
    pub fn of(stage: &Stage, association: &str) -> Self {
        let identity = stage.folder().join(format!("{association}.key"));
        let secret = stage.identities_of(association)[0].to_string();
        std::fs::write(&identity, secret.expose_secret()).unwrap();
        let fingerprint = stage.fingerprint();
        Self { fingerprint, server: stage.base.clone(), association: association.to_owned(), identity }
    }

    /// Returns what is printed, or what is said to be wrong.
    fn type_with(&self, input: &str, arguments: &[&str]) -> Result<String, String> {
        let mut command = Command::new(env!("CARGO_BIN_EXE_relais"));
        command.arg("desk").args(arguments);
        command.env("RELAIS_DESK_URL", &self.server).env("RELAIS_DESK_ASSOCIATION", &self.association);
        command.env("RELAIS_DESK_IDENTITY", &self.identity).env("RELAIS_DESK_NAME", "Ana");
        command.env("RELAIS_DESK_FINGERPRINT", &self.fingerprint);
        run(command, input)
    }

    pub fn types(&self, arguments: &[&str]) -> Result<String, String> {
        self.type_with("", arguments)
    }
}

fn run(mut command: Command, input: &str) -> Result<String, String> {
    let command = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    // A command that reads nothing may be gone already.
    let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
    let output = child.wait_with_output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    if output.status.success() { Ok(text(output.stdout)) } else { Err(text(output.stderr)) }
}

fn keygen(out: &Path, passphrase: &Path) -> Result<String, String> {
    let mut command = Command::new(env!("CARGO_BIN_EXE_relais"));
    command.args(["desk", "keygen", "--out"]).arg(out).arg("--passphrase-file").arg(passphrase);
    run(command, "")
}

#[tokio::test(flavor = "multi_thread")]
async fn a_volunteer_works_with_commands() {
    let stage = Stage::set().await;
    let wanted = stage.request(1, LYON, Contact::AnyTime).await;
    let ana = Terminal::of(&stage, LYON);
    assert!(ana.types(&["login"]).unwrap().contains("exemple-lyon until 20"));
    let start = &wanted.handoff.to_string()[..8];
    assert!(ana.types(&["list"]).unwrap().starts_with(start));
    let file = format!("relais-{start}.age");
    ana.types(&["accept", &file]).unwrap();
    ana.type_with("calls at six", &["note", start]).unwrap();
    let meet = ["reply", start, "--phrase", "meet", "--day", "friday", "--time", "14:30"];
    let lacking = ana.types(&meet).unwrap_err();
    assert_eq!(lacking, "relais: this phrase needs --place\n");
    ana.types(&[&meet[..], &["--place", "station"]].concat()).unwrap();
    ana.type_with("We look for a bed\u{1b}[2J", &["reply", start, "--text", "-"]).unwrap();
    let shown = ana.types(&["show", start]).unwrap();
    assert!(shown.contains("calls at six") && shown.contains("phrase-meet  day=friday"), "{shown}");
    // What was said, as the volunteer reads it and as the person does.
    assert!(shown.contains("    fr  Nous proposons un rendez-vous vendredi à 14:30, à la gare."), "{shown}");
    assert!(shown.contains("    ar  ") && shown.contains("الجمعة"), "{shown}");
    assert!(!shown.contains('\u{1b}'));
    let shown: Value = serde_json::from_str(&ana.types(&["show", start, "--json"]).unwrap()).unwrap();
    assert_eq!(shown["papers"][1]["content"]["text"], "calls at six");
    assert_eq!(shown["papers"].as_array().unwrap().len(), 4);
    assert_eq!(shown["papers"][2]["says"][1]["language"], "ar");
    ana.types(&["close", start, "--outcome", "helped"]).unwrap();
    let listed: Value = serde_json::from_str(&ana.types(&["list", "--json"]).unwrap()).unwrap();
    assert_eq!(listed[0]["state"], "done");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_request_is_passed_on_with_commands() {
    let stage = Stage::set().await;
    let wanted = stage.request(1, LYON, Contact::AnyTime).await;
    let (lyon, paris) = (Terminal::of(&stage, LYON), Terminal::of(&stage, PARIS));
    let start = &wanted.handoff.to_string()[..8];
    lyon.type_with("two children", &["pass-on", start, "--to", PARIS, "--note", "-"]).unwrap();
    assert!(paris.types(&["show", start]).unwrap().contains("passed on by exemple-lyon\n│ two children"));
    paris.types(&["decline", start, "--reason", "full"]).unwrap();
    let now = stage.hand.now();
    let until = (now + chrono::TimeDelta::hours(3)).to_rfc3339();
    paris.types(&["pause", "--until", &until]).unwrap();
    assert_eq!(stage.store.paused_at(now).await.unwrap().len(), 1);
    paris.types(&["pause", "--end"]).unwrap();
    assert!(stage.store.paused_at(now).await.unwrap().is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_command_says_what_is_wrong() {
    let stage = Stage::set().await;
    let with = |server: &str, association: &str, identity: PathBuf| Terminal {
        fingerprint: stage.fingerprint(),
        server: server.to_owned(),
        association: association.to_owned(),
        identity,
    };
    let paris = Terminal::of(&stage, PARIS).identity;
    let rubbish = stage.folder().join("rubbish");
    std::fs::write(&rubbish, [0xff, 0xfe]).unwrap();
    for (terminal, says) in [
        (with("http://127.0.0.1:1", LYON, paris.clone()), "server was not reached"),
        (with("http://example.org", LYON, paris.clone()), "must begin with https://"),
        (with(&stage.base, LYON, paris.clone()), "the directory does not hold your key yet, or no longer"),
        (with(&stage.base, "no-such-one", paris), "Is its name spelled as in the directory?"),
        (with(&stage.base, LYON, rubbish), "is not a file of age identities"),
        (with(&stage.base, LYON, stage.folder().join("nothing")), "cannot be read"),
    ] {
        let said = terminal.types(&["login"]).unwrap_err();
        assert!(said.contains(says), "{said}");
    }
    let lyon = Terminal::of(&stage, LYON);
    assert!(lyon.types(&["show", "1a2b3c4d"]).unwrap_err().contains("no request begins"));
    assert!(lyon.types(&["show", "x"]).unwrap_err().contains("first letters of a request"));
}

#[test]
fn a_fresh_key_is_written_once_and_opens_with_its_passphrase() {
    let folder = tempfile::tempdir().unwrap();
    let (key, right, wrong) =
        (folder.path().join("key"), folder.path().join("right"), folder.path().join("w"));
    std::fs::write(&right, "correct horse\n").unwrap();
    std::fs::write(&wrong, "battery").unwrap();
    let said = keygen(&key, &right).unwrap();
    assert!(said.contains("{ recipient = \"age1") && said.contains("In words: "), "{said}");
    assert!(keygen(&key, &right).unwrap_err().contains("is there already"));
    for (passphrase, says) in [(&wrong, "this passphrase does not open"), (&right, "this is not an age file")]
    {
        let mut command = Command::new(env!("CARGO_BIN_EXE_relais"));
        command
            .args(["desk", "open", "-", "--unverified", "-i"])
            .arg(&key)
            .arg("--passphrase-file")
            .arg(passphrase);
        let said = run(command, "rubbish").unwrap_err();
        assert!(said.contains(says), "{said}");
    }
}
