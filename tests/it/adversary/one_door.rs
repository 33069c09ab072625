//! Every word that the program prints goes through one door, and whatever is pushed through it comes out harmless.

use std::fs;
use std::path::Path;

use proptest::prelude::*;
use relais::cli::Failure;
use relais::foreign::{Foreign, MARK, escaped};

use super::terminal_text::{is_clean, is_obeyed};
use crate::need;

/// The door itself.
const DOOR: [&str; 2] = ["src/cli/console.rs", "src/cli/line.rs"];

/// Ways to a terminal past the door.
const PAST: [&str; 12] = [
    "print!",
    "println!",
    "eprint!",
    "eprintln!",
    "dbg!",
    "stdout()",
    "stderr()",
    "write_all",
    "/dev/tty",
    "/dev/stdout",
    "Line::of",
    "Checked(",
];

/// Returns every way past the door that a source file takes.
fn ways(path: &str, text: &str) -> Vec<String> {
    if DOOR.contains(&path) {
        return Vec::new();
    }
    let code: Vec<&str> = text.lines().filter(|line| !line.trim_start().starts_with("//")).collect();
    let has = |way: &str| code.iter().any(|line| line.contains(way));
    let mut found: Vec<String> =
        PAST.iter().filter(|way| has(way)).map(|way| format!("{path}: {way} goes past the door")).collect();
    let is_imported = |line: &&str| line.contains("console::") && words(line).any(|word| word == "print");
    if code.iter().any(is_imported) {
        found.push(format!("{path}: print takes any string; use show and line!"));
    }
    // A page, and a picture of black and white squares.
    let is_page = ["src/cli/locales.rs", "src/cli/directory/service.rs"].contains(&path);
    if !is_page && has("print_document") {
        found.push(format!("{path}: print_document is for a page alone"));
    }
    found
}

fn words(line: &str) -> impl Iterator<Item = &str> {
    line.split(|c: char| !c.is_alphanumeric() && c != '_')
}

fn sources(folder: &Path, found: &mut Vec<(String, String)>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, found);
        } else {
            let name = path.strip_prefix(need::project("")).unwrap().to_string_lossy().into_owned();
            found.push((name, fs::read_to_string(&path).unwrap()));
        }
    }
}

#[test]
fn no_command_goes_past_the_door() {
    let mut files = vec![("src/cli.rs".to_owned(), fs::read_to_string(need::project("src/cli.rs")).unwrap())];
    files.push(("src/main.rs".to_owned(), fs::read_to_string(need::project("src/main.rs")).unwrap()));
    sources(&need::project("src/cli"), &mut files);
    let found: Vec<String> = files.iter().flat_map(|(path, text)| ways(path, text)).collect();
    assert_eq!(found, Vec::<String>::new());
    for bad in [
        "println!(\"{name}\");",
        "writeln!(io::stdout().lock(), \"{name}\");",
        "use crate::cli::console::{Failure, print};",
        "show(Line::of(\"\", &[], format_args!(\"{name}\")));",
    ] {
        assert!(!ways("src/cli/new.rs", bad).is_empty(), "{bad}");
    }
    assert_eq!(ways("src/cli/new.rs", "use super::console::{Failure, print_json, show};"), [""; 0]);
}

/// Letters, and everything that has ever steered a terminal or hidden something in a text.
fn nasty() -> impl Strategy<Value = String> {
    let picked = "\u{1b}\u{9b}\u{90}\u{9d}\u{7}\u{8}\u{7f}\r\n\t\u{b}\u{c}\u{1c}\u{85}\u{2028}\u{2029}\u{200b}\u{200c}\u{200d}\u{200e}\
                  \u{202e}\u{2066}\u{2069}\u{61c}\u{ad}\u{feff}\u{e0001}\u{e0041}\u{fe0f}\u{301}\u{20dd}\u{e000}\u{fffe}\
                  \u{3164}\u{1160} a[2J│ é漢🌊م";
    let picked: Vec<char> = picked.chars().collect();
    let one = prop_oneof![3 => proptest::sample::select(picked), 1 => any::<char>()];
    proptest::collection::vec(one, 0..200).prop_map(|chars| chars.into_iter().collect())
}

fn is_marked(shown: &str) {
    is_clean(shown);
    assert!(shown.split('\n').skip(1).all(|line| line.starts_with(MARK)), "{shown:?}");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn whatever_is_pushed_through_the_door_steers_no_terminal(said in nasty()) {
        is_marked(&Foreign::text(&said).to_string());
        let name = Foreign::name(&said).to_string();
        is_marked(&name);
        prop_assert!(!name.contains('\n'));
        is_marked(&Failure::one(&said).to_string());
        let json = serde_json::to_string(&said).unwrap();
        let shown = escaped(&json);
        prop_assert!(!shown.contains(is_obeyed) && !shown.contains(['\u{200c}', '\u{200d}']), "{shown:?}");
        prop_assert_eq!(serde_json::from_str::<String>(&shown).unwrap(), said);
    }
}

#[test]
fn what_is_far_too_long_is_cut_with_a_mark() {
    let name = Foreign::name(&"a".repeat(5_000)).to_string();
    assert!(name.ends_with("aa… (cut: 4700 more characters)"), "{name}");
    let text = Foreign::text(&"a\n".repeat(50_000)).to_string();
    assert!(text.ends_with("more characters)") && text.chars().count() < 70_000);
    // A tower of marks on one letter would hide the lines above it, and one without a letter changes ours.
    assert_eq!(
        Foreign::name(&format!("e{}x", "\u{301}".repeat(90))).to_string(),
        format!("e{}x", "\u{301}".repeat(6))
    );
    assert_eq!(Foreign::name("\u{338}x").to_string(), "◌\u{338}x");
}
