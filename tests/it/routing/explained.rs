//! The command that explains a choice, as an operator types it.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use chrono::{Days, TimeDelta};
use relais::clock::Clock;
use relais::directory::Demo;
use relais::ids::HandoffId;
use relais::store::{NewToken, Store, TokenId};
use relais::terms::Kind;

fn explain(arguments: &str) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_relais"));
    command.args(["directory", "explain"]).args(arguments.split_ascii_whitespace()).output().unwrap()
}

#[test]
fn anybody_can_try_it_with_nothing_set_up() {
    let output = explain("--demo --who woman --situation labour --place 69 --at 2026-11-25T11:00");
    let said = String::from_utf8(output.stdout).unwrap();
    assert!(output.status.success(), "{said}");
    assert!(said.starts_with("Asked, in this order:\n  1. exemple-lyon "), "{said}");
    assert!(said.contains("exemple-bruxelles: it works in another country"), "{said}");
}

#[test]
fn a_program_reads_codes_and_words() {
    let output = explain("--demo --place BE --at 2026-11-25T11:00 --json");
    let said: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(said[0]["id"], "exemple-bruxelles");
    assert_eq!(said[0]["kept"], true);
    assert_eq!(said[0]["codes"][2], "nationwide");
    assert_eq!(said[0]["says"][2], "works in the whole country");
    let dropped = said.as_array().unwrap().iter().find(|one| one["id"] == "exemple-lyon").unwrap();
    assert_eq!(dropped["codes"][0], "country");
}

#[test]
fn what_cannot_be_meant_is_told_as_usage() {
    for (arguments, says) in [
        ("--demo --who lady", "[possible values: woman, man, family, minor, other]"),
        ("--demo --place Lyon", "expected a commune (13055)"),
        ("--demo --place FR", "in France, name a"),
        ("--demo --place 69999", "there is no such commune"),
        ("--demo --place area:x", "the areas are paris, north"),
        ("--demo --at 2026-03-29T02:30", "the clocks skip this hour"),
        ("--demo --at 9999-12-31T23:59", "expected a year from 2025 to 2055"),
    ] {
        let output = explain(arguments);
        let said = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(2), "{arguments}: {said}");
        assert!(said.contains(says), "{arguments}: {said}");
    }
}

/// A configuration beside a signed directory; no token, no keys: an explanation needs none.
fn service(folder: &Path, more: &str) {
    let demo = Demo::prepare(Clock::system().now().date_naive()).unwrap();
    fs::create_dir(folder.join("directory")).unwrap();
    demo.write(&folder.join("directory")).unwrap();
    let key = &demo.trusted_key;
    let config = format!("[directory]\ntrusted_keys = [\"{key}\"]\nthreshold = 1\n{more}");
    fs::write(folder.join("relais.toml"), config).unwrap();
}

fn explain_at(folder: &Path, arguments: &[&str]) -> String {
    let mut command = Command::new(env!("CARGO_BIN_EXE_relais"));
    let command = command.args(["directory", "explain", "--config"]).arg(folder.join("relais.toml"));
    let output = command.args(["--situation", "labour", "--who", "woman"]).args(arguments).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

#[tokio::test]
async fn with_a_configuration_the_database_is_read_and_left_as_it_is() {
    let folder = tempfile::tempdir().unwrap();
    service(folder.path(), "[service]\nintake_cap = 1\n");
    let at = ["--place", "69"];
    let said = explain_at(folder.path(), &at);
    assert!(said.starts_with("Asked, in this order:\n  1. exemple-lyon "), "{said}");
    assert!(said.contains("Not known here: who has paused"), "{said}");
    assert!(!folder.path().join("relais.db").exists(), "it makes no database");

    let now = Clock::system().now();
    let url = format!("sqlite:{}", folder.path().join("relais.db").display());
    let store = Store::connect(&url.into()).await.unwrap();
    let waits = NewToken {
        id: TokenId::new([1; 16]),
        handoff: HandoffId::new([1; 16]),
        association: "exemple-lyon".parse().unwrap(),
        kind: Kind::Handoff,
        ciphertext: b"sealed".to_vec(),
        received: now,
        respond_by: now,
        expires_on: now.date_naive() + Days::new(7),
        team: None,
        reach: None,
    };
    store.save(waits, Vec::new()).await.unwrap();
    let until = Some(now + TimeDelta::hours(2));
    store.set_paused_until("exemple-nationale".parse().unwrap(), until).await.unwrap();
    let said = explain_at(folder.path(), &at);
    let lyon = said.lines().position(|line| line.contains("exemple-lyon ")).unwrap();
    assert!(lyon > 1 && said.lines().nth(lyon + 1).unwrap().contains("full:"), "{said}");
    assert!(said.contains("passed over: one that is full"), "{said}");
    assert!(said.contains("exemple-nationale: it has paused"), "{said}");
    assert!(!said.contains("Not known"), "{said}");
    store.close().await;
    let before = fs::read(folder.path().join("relais.db")).unwrap();
    assert_eq!(explain_at(folder.path(), &at), said);
    assert_eq!(fs::read(folder.path().join("relais.db")).unwrap(), before);
    let far = explain_at(folder.path(), &["--place", "69", "--at", "2027-02-01T10:00"]);
    assert!(far.contains("nobody there has shown for 14 days that they can read"), "{far}");
}

#[test]
fn hours_are_said_as_of_the_moment_that_is_asked_about() {
    let said = |at: &str| {
        let output = explain(&format!("--demo --who woman --situation labour --danger --place 69 --at {at}"));
        String::from_utf8(output.stdout).unwrap()
    };
    assert!(said("2026-11-25T11:00").contains("open until 18:00"), "{}", said("2026-11-25T11:00"));
    assert!(said("2026-11-25T07:00").contains("opens today 09:00"));
    assert!(said("2026-11-25T20:00").contains("opens tomorrow 09:00"));
    assert!(said("2026-11-28T20:00").contains("opens 30/11 09:00"));
    // The Friday is a holiday.
    assert!(said("2026-12-25T02:00").contains("opens 28/12 09:00"), "{}", said("2026-12-25T02:00"));
}
