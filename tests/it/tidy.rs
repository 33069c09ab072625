//! The order of the house: which module may use which, how long files and functions are, what things are called.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use crate::need;

/// Every top-level module, layer by layer. A module uses only modules of lower layers, none of its own.
const LAYERS: &[&[&str]] = &[
    // L0: words, in four steps
    &["clock", "fingerprint", "foreign", "ids", "locale", "redacted"],
    &["terms"],
    &["phrase"],
    &["message"],
    // L1: what is known
    &["device", "place", "record"],
    // L2: what is decided, and who can be asked
    &["conversation", "directory", "i18n"],
    // L3: what a request is once it was sent; who is asked; what is kept secret; what is kept
    &["referral", "routing", "sealing", "store"],
    // L4: what is handed over
    &["handoff"],
    // L5: one turn; what is deleted when; how a volunteer reads
    &["desk", "intake", "retention"],
    // L6: Telegram
    &["telegram"],
    // L7: how volunteers are told; what the operator sets and watches; a stand-in for Telegram
    &["config", "delivery", "health", "sandbox", "telemetry"],
    // L8: the whole, and what starts it
    &["app", "preview"],
    &["demo"],
    &["cli"],
    &["main"],
    &["lib"],
];
const LINES_OF_A_FILE: usize = 400;
const LINES_OF_A_FUNCTION: usize = 60;
/// Words that say nothing, or the wrong thing, in a name.
const BANNED: [&str; 10] =
    ["user", "victim", "data", "info", "manager", "helper", "util", "common", "misc", "process"];
/// Paths of one machine, written so that they do not find themselves.
const FOREIGN: [&str; 4] = ["/wo\u{72}k/", "/ro\u{6f}t/", "/ho\u{6d}e/", "/tmp/w\u{74}"];

/// A source file: its path inside the project and its text.
type File = (String, String);

fn sources(folders: &[&str]) -> Vec<File> {
    let mut files = Vec::new();
    for folder in folders {
        collect(&need::project(folder), &mut files);
    }
    files.sort();
    files
}

fn collect(folder: &Path, files: &mut Vec<File>) {
    for entry in fs::read_dir(folder).into_iter().flatten() {
        let path = entry.unwrap().path();
        if path.ends_with("target") {
            // What was built is not ours to tidy.
        } else if path.is_dir() {
            collect(&path, files);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            let name = path.strip_prefix(need::project("")).unwrap().to_string_lossy().into_owned();
            files.push((name, fs::read_to_string(&path).unwrap()));
        }
    }
}

/// Returns the top-level module of a file in `src/` and how deep in it the file stands.
fn place_of(path: &str) -> Option<(String, usize)> {
    let inside = path.strip_prefix("src/")?.strip_suffix(".rs")?;
    let mut parts = inside.split('/');
    Some((parts.next()?.to_owned(), parts.count()))
}

/// Returns the code of a line, without its comment.
fn code(line: &str) -> &str {
    let trimmed = line.trim_start();
    if trimmed.starts_with("//") { "" } else { line.split(" // ").next().unwrap_or(line) }
}

/// Returns the first segment of every path that begins with this word, groups in braces included.
fn segments(text: &str, start: &str) -> Vec<String> {
    let code = text.lines().map(code).collect::<Vec<_>>().join("\n");
    let mut found = Vec::new();
    for (at, _) in code.match_indices(start) {
        let before = code[..at].chars().next_back();
        let rest = &code[at + start.len()..];
        if before.is_some_and(|c| c.is_alphanumeric() || c == '_' || c == ':') {
            continue;
        }
        match rest.strip_prefix('{') {
            Some(group) => found.extend(of_group(group)),
            None => found.push(rest.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect()),
        }
    }
    found
}

/// Returns the first segments of a group `{a::{b, c}, d}` whose brace is open.
fn of_group(group: &str) -> Vec<String> {
    let (mut depth, mut part, mut parts) = (0, String::new(), Vec::new());
    for c in group.chars() {
        match c {
            '}' if depth == 0 => break,
            '{' => depth += 1,
            '}' => depth -= 1,
            ',' if depth == 0 => parts.push(std::mem::take(&mut part)),
            c => part.push(c),
        }
    }
    parts.push(part);
    let first = |part: &String| part.trim().split("::").next().unwrap_or_default().to_owned();
    parts.iter().map(first).filter(|name| !name.is_empty()).collect()
}

fn table() -> BTreeMap<&'static str, usize> {
    LAYERS
        .iter()
        .enumerate()
        .flat_map(|(layer, modules)| modules.iter().map(move |module| (*module, layer)))
        .collect()
}

fn layers(files: &[File]) -> Vec<String> {
    let table = table();
    let mut faults = Vec::new();
    for (path, text) in files {
        let Some((module, depth)) = place_of(path) else { continue };
        let Some(&layer) = table.get(module.as_str()) else {
            faults.push(format!("{path}: {module} has no layer; give it one in tests/it/tidy.rs"));
            continue;
        };
        let start = if module == "main" { "relais::" } else { "crate::" };
        for used in segments(text, start) {
            let allowed = used == module || table.get(used.as_str()).is_some_and(|&below| below < layer);
            // A type of the crate's root would be a path that no layer holds.
            if !allowed {
                faults.push(format!("{path}: uses {used}, which does not stand below {module}"));
            }
        }
        let climbs = "super::".repeat(depth + 1);
        if text.lines().map(code).any(|line| line.contains(&climbs)) {
            faults.push(format!("{path}: {climbs} climbs out of {module}"));
        }
    }
    faults
}

fn lengths(files: &[File]) -> Vec<String> {
    let mut faults = Vec::new();
    for (path, text) in files {
        let lines = text.lines().count();
        if lines > LINES_OF_A_FILE {
            faults.push(format!("{path}: {lines} lines, over {LINES_OF_A_FILE}"));
        }
        for (name, lines) in functions(text) {
            if lines > LINES_OF_A_FUNCTION {
                faults.push(format!("{path}: {name} has {lines} lines, over {LINES_OF_A_FUNCTION}"));
            }
        }
        if path.ends_with("mod.rs") {
            faults.push(format!("{path}: write foo.rs beside foo/"));
        }
    }
    faults
}

/// Returns every function with its length: from its line to the brace that stands as far to the right.
fn functions(text: &str) -> Vec<(String, usize)> {
    let lines: Vec<&str> = text.lines().collect();
    let mut found = Vec::new();
    for (at, line) in lines.iter().enumerate() {
        let Some(name) = named(line, &["fn "]) else { continue };
        let indent = line.len() - line.trim_start().len();
        let ends = |line: &&str| {
            line.trim_end() == format!("{}}}", " ".repeat(indent)) || line.trim_end().ends_with(";}")
        };
        let one_line = line.trim_end().ends_with(['}', ';']);
        let length = if one_line { 1 } else { lines[at..].iter().position(ends).map_or(1, |n| n + 1) };
        found.push((name, length));
    }
    found
}

/// Returns the name that a line declares, if it declares one of these.
fn named(line: &str, kinds: &[&str]) -> Option<String> {
    let mut rest = code(line).trim_start();
    loop {
        let word = rest.split_whitespace().next()?;
        let is_prefix = word.starts_with("pub") || ["async", "const", "unsafe", "extern"].contains(&word);
        let kind = kinds.iter().find_map(|kind| rest.strip_prefix(kind));
        if let Some(declared) = kind {
            let name: String = declared.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
            return (!name.is_empty()).then_some(name);
        }
        if !is_prefix {
            return None;
        }
        rest = rest[word.len()..].trim_start();
    }
}

/// Splits a name at its underscores and capitals.
fn words(name: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    for c in name.chars() {
        if c == '_' || (c.is_uppercase() && words.last().is_some_and(|word| !word.is_empty())) {
            words.push(String::new());
        }
        if c != '_' {
            words.last_mut().unwrap().extend(c.to_lowercase());
        }
    }
    words
}

fn names(files: &[File]) -> Vec<String> {
    const KINDS: [&str; 7] = ["fn ", "struct ", "enum ", "trait ", "type ", "mod ", "static "];
    let mut faults = Vec::new();
    for (path, text) in files {
        for name in text.lines().filter_map(|line| named(line, &KINDS)) {
            for word in words(&name) {
                let plain = word.strip_suffix('s').unwrap_or(&word);
                if BANNED.iter().any(|banned| *banned == word || *banned == plain) {
                    faults.push(format!("{path}: {name} says {word}; see the words in CONTRIBUTING.md"));
                }
            }
        }
    }
    faults
}

fn others(files: &[File]) -> Vec<String> {
    let mut faults = Vec::new();
    for (path, text) in files {
        if path != "src/main.rs"
            && path.starts_with("src/")
            && text.lines().any(|line| code(line).contains("anyhow::"))
        {
            faults.push(format!("{path}: anyhow belongs to main.rs; a caller cannot match on it"));
        }
        faults.extend(
            FOREIGN
                .iter()
                .filter(|word| text.contains(*word))
                .map(|word| format!("{path}: holds the path {word} of one machine")),
        );
    }
    faults
}

fn check(faults: &[String]) {
    assert!(faults.is_empty(), "{} faults\n{}", faults.len(), faults.join("\n"));
}

#[test]
fn modules_use_only_what_stands_below_them() {
    check(&layers(&sources(&["src"])));
}

#[test]
fn files_and_functions_are_short() {
    check(&lengths(&sources(&["src", "tests", "benches", "fuzz"])));
}

#[test]
fn names_say_what_they_mean() {
    check(&names(&sources(&["src"])));
}

#[test]
fn errors_can_be_matched_and_sources_speak_of_the_project_alone() {
    check(&others(&sources(&["src", "tests", "benches", "fuzz"])));
}

fn sample(path: &str, text: &str) -> Vec<File> {
    vec![(path.to_owned(), text.to_owned())]
}

#[test]
fn every_rule_of_the_layers_can_fail() {
    let bad = [
        ("src/terms.rs", "use crate::store::Store;"),
        ("src/ids.rs", "use crate::locale::Locale;"),
        ("src/store/row.rs", "use crate::{ids::{Code, Nonce}, handoff::seal};"),
        ("src/store.rs", "fn f() { crate::app::run() }"),
        ("src/store.rs", "use crate::Root;"),
        ("src/store.rs", "use super::telegram::Bot;"),
        ("src/store/row.rs", "use super::super::telegram::Bot;"),
        ("src/brand_new.rs", ""),
        ("src/main.rs", "use relais::unlisted::Thing;"),
    ];
    for (path, text) in bad {
        assert_eq!(layers(&sample(path, text)).len(), 1, "{path}: {text}");
    }
    let good = "use crate::{ids::{Code, Nonce}, store::row};\n// crate::app is above\nuse super::Store;";
    assert_eq!(layers(&sample("src/store/row.rs", good)), Vec::<String>::new());
}

#[test]
fn every_other_rule_can_fail() {
    let long = format!("fn long() {{\n{}}}\n", "    work();\n".repeat(60));
    assert_eq!(functions(&long), [("long".to_owned(), 62)]);
    assert_eq!(lengths(&sample("src/a.rs", &long)).len(), 1);
    assert_eq!(lengths(&sample("src/a.rs", &"\n".repeat(401))).len(), 1);
    assert_eq!(lengths(&sample("src/a/mod.rs", "")).len(), 1);
    for bad in [
        "pub struct UserRow;",
        "mod utils;",
        "pub(super) async fn get_data() {",
        "enum Infos {",
        "type DataManager = u8;",
    ] {
        assert!(!names(&sample("src/a.rs", bad)).is_empty(), "{bad}");
    }
    for good in ["fn database() {}", "struct Information;", "// struct User", "fn reuse() {}"] {
        assert_eq!(names(&sample("src/a.rs", good)), Vec::<String>::new(), "{good}");
    }
    assert_eq!(others(&sample("src/store.rs", "use anyhow::Result;")).len(), 1);
    assert_eq!(others(&sample("src/main.rs", "use anyhow::Result;")).len(), 0);
    assert_eq!(others(&sample("src/a.rs", &format!("// see {}x", FOREIGN[0]))).len(), 1);
}
