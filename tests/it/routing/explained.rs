//! The command that explains a choice, as an operator types it.

use std::process::{Command, Output};

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
