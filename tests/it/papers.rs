//! What the papers promise: every test that they name is there, and every file.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use crate::need;

/// The papers that name tests.
const PAPERS: [&str; 5] =
    ["ARCHITECTURE.md", "SECURITY.md", "docs/failures.md", "docs/fuzzing.md", "docs/operating.md"];
/// Folders in which a file that a paper names can lie.
const FOLDERS: [&str; 11] =
    ["src", "tests", "docs", "fuzz", "tools", "web", "data", "directory", "locales", "migrations", "benches"];

/// Everything between two backticks on one line.
fn quoted(text: &str) -> impl Iterator<Item = &str> {
    text.lines().flat_map(|line| line.split('`').skip(1).step_by(2))
}

/// Every test of the program of tests, as it is named on its command line without the program.
fn tests() -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    collect(&need::project("tests/it"), "", &mut found);
    // The bounded runs are declared by a list.
    let fuzz = fs::read_to_string(need::project("tests/it/fuzz.rs")).unwrap();
    let list = fuzz.split("bounded! {").nth(1).and_then(|rest| rest.split('}').next()).unwrap();
    found.extend(list.lines().filter_map(|line| Some(format!("fuzz::{}", line.trim().split_once(':')?.0))));
    found
}

fn collect(folder: &Path, prefix: &str, found: &mut BTreeSet<String>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_stem().unwrap().to_string_lossy().into_owned();
        let inside = if prefix.is_empty() { name } else { format!("{prefix}::{name}") };
        if path.is_dir() {
            collect(&path, &inside, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            let text = fs::read_to_string(&path).unwrap();
            found.extend(declared(&text).map(|test| format!("{inside}::{test}")));
        }
    }
}

/// Every function under a `#[test]` of some kind.
fn declared(text: &str) -> impl Iterator<Item = &str> {
    let marks = text.match_indices("test]\n").chain(text.match_indices("test(flavor"));
    marks.filter_map(|(at, _)| {
        let rest = text[at..].split_once("fn ")?.1;
        Some(rest.split(['(', '<']).next()?.trim())
    })
}

/// Whether a quoted word is the path of a test: `module::a_sentence_of_words`, or `module::*` for all of one.
fn is_test(word: &str) -> bool {
    let path =
        word.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b"_:*".contains(&byte));
    let last = word.rsplit("::").next().unwrap_or_default();
    path && word.contains("::")
        && (last == "*" || last.matches('_').count() >= 2 || word.starts_with("fuzz::"))
}

fn stands(word: &str, tests: &BTreeSet<String>) -> bool {
    match word.strip_suffix('*') {
        Some(module) => tests.iter().any(|test| test.starts_with(module)),
        None => tests.contains(word),
    }
}

/// Whether a quoted word is a file of the project.
fn is_file(word: &str) -> bool {
    let plain = word.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"_-./".contains(&byte));
    plain && FOLDERS.iter().any(|folder| word.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/')))
}

#[test]
fn every_test_and_file_that_a_paper_names_is_there() {
    let tests = tests();
    let (mut missing, mut named) = (Vec::new(), 0);
    for paper in PAPERS {
        let text = fs::read_to_string(need::project(paper)).unwrap();
        for word in quoted(&text) {
            named += usize::from(is_test(word));
            let lost = is_test(word) && !stands(word, &tests);
            if lost || (is_file(word) && !need::project(word).exists()) {
                missing.push(format!("{paper}: {word}"));
            }
        }
    }
    assert!(named > 60, "the papers name only {named} tests");
    assert!(missing.is_empty(), "{} are not there\n{}", missing.len(), missing.join("\n"));
}

#[test]
fn a_name_that_is_not_there_is_noticed() {
    let tests = tests();
    for there in ["sealing::the_derivations_stay", "desk::acts::*", "fuzz::codes"] {
        assert!(is_test(there) && stands(there, &tests), "{there}");
    }
    for lost in ["sealing::the_derivations_went_away", "nothing::*", "fuzz::dreams"] {
        assert!(is_test(lost) && !stands(lost, &tests), "{lost}");
    }
    for other in ["conversation::step", "telegram::client", "cargo test", "Store::connect"] {
        assert!(!is_test(other), "{other}");
    }
}

#[test]
fn every_failure_and_every_adversary_has_an_answer() {
    let failures = fs::read_to_string(need::project("docs/failures.md")).unwrap();
    let rows: Vec<&str> =
        failures.lines().filter(|line| line.starts_with("| ") && !line.contains("---")).collect();
    assert!(rows.len() >= 17, "{} rows", rows.len());
    for row in &rows[1..] {
        let answer = row.trim_end_matches('|').rsplit('|').next().unwrap();
        assert!(
            quoted(answer).any(is_test) || answer.contains("SECURITY.md"),
            "no test and no sentence: {row}"
        );
    }
    let security = fs::read_to_string(need::project("SECURITY.md")).unwrap();
    for adversary in [
        "over the shoulder",
        "holds the phone",
        "find a shelter",
        "poses as an association",
        "guesses a code",
        "floods the bot",
        "rogue volunteer",
        "seizes the server",
        "reads a backup",
        "order to Telegram",
        "order to the operator",
        "curious operator",
        "wrong translation",
    ] {
        let row = security.lines().find(|line| line.starts_with('|') && line.contains(adversary));
        let row = row.unwrap_or_else(|| panic!("SECURITY.md has no row for who {adversary}"));
        assert_eq!(row.matches('|').count(), 5, "{row}");
        assert!(quoted(row).any(|word| is_test(word) || is_file(word)), "nothing holds this: {row}");
    }
}
