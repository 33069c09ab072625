//! A volunteer at a real terminal: the passphrase is asked for where no file and no variable gives it.

use std::fs;
use std::io::{Read as _, Write as _};
use std::path::Path;
use std::process::{Command, Stdio};

use age::secrecy::SecretString;
use relais::desk;
use relais::handoff;

use crate::handoff::{longest, record};
use crate::need;
use crate::sealing::ring;

const RELAIS: &str = env!("CARGO_BIN_EXE_relais");
const PASSPHRASE: &str = "correct horse battery";

/// Runs the program at a terminal of its own, which `script` lends, and types each answer once its question stands
/// there. Returns what the terminal showed, and the exit code.
fn at_a_terminal(folder: &Path, command: &str, typed: &[(&str, &str)]) -> (String, i32) {
    let mut child = Command::new("script")
        .args(["--quiet", "--return", "--command", &format!("'{RELAIS}' {command}"), "/dev/null"])
        .current_dir(folder)
        .env("SHELL", "/bin/sh")
        .env_remove("RELAIS_DESK_PASSPHRASE")
        .env_remove("RELAIS_DESK_IDENTITY")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let (mut keyboard, mut screen) = (child.stdin.take().unwrap(), child.stdout.take().unwrap());
    let mut shown = Vec::new();
    let text = |shown: &[u8]| String::from_utf8_lossy(shown).into_owned();
    for (question, answer) in typed {
        while !shown.ends_with(question.as_bytes()) {
            let mut byte = [0];
            assert_eq!(screen.read(&mut byte).unwrap(), 1, "no {question:?} in {:?}", text(&shown));
            shown.push(byte[0]);
        }
        // The keyboard stays open until the end: `script` would take its end for an end of input.
        writeln!(keyboard, "{answer}").unwrap();
    }
    screen.read_to_end(&mut shown).unwrap();
    (text(&shown), child.wait().unwrap().code().unwrap())
}

#[test]
fn the_passphrase_of_a_key_is_asked_for() {
    if !need::programs("the_passphrase_of_a_key_is_asked_for", &["script"]) {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let file = |name: &str| folder.path().join(name);
    let (first, again) = ("Passphrase (empty for none): ", "The same again: ");
    let keygen = "desk keygen --out my.key";

    let (shown, code) =
        at_a_terminal(folder.path(), keygen, &[(first, PASSPHRASE), (again, "correct horse batery")]);
    assert!(code == 1 && shown.contains("the two passphrases differ"), "{shown}");
    assert!(!file("my.key").exists());

    let (shown, code) = at_a_terminal(folder.path(), keygen, &[(first, PASSPHRASE), (again, PASSPHRASE)]);
    assert!(code == 0 && !shown.contains("No passphrase protects"), "{shown}");
    let key = fs::read(file("my.key")).unwrap();
    assert!(desk::is_protected(&key));
    let own = desk::unlock(&key, &SecretString::from(PASSPHRASE)).unwrap();
    assert!(shown.contains(&own[0].to_public().to_string()), "{shown}");

    let record = record(&longest());
    let token = handoff::seal(&record, &[own[0].to_public()], ring().signing()).unwrap();
    fs::write(file("token.age"), token.as_bytes()).unwrap();
    let open = "desk open token.age -i my.key --unverified";
    let (shown, code) =
        at_a_terminal(folder.path(), open, &[("Passphrase of my.key: ", "correct horse batery")]);
    assert!(code == 1 && !shown.contains(&record.sign), "{shown}");
    let (shown, code) = at_a_terminal(folder.path(), open, &[("Passphrase of my.key: ", PASSPHRASE)]);
    assert!(code == 0 && shown.contains(&record.sign), "{shown}");
}
