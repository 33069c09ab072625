//! Somebody else's words try to pass for the program's own on a volunteer's terminal, or to steer the terminal.

use std::process::Command;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use relais::handoff::seal_withdrawal;
use relais::record::Withdrawal;
use relais::terms::Contact;
use serde_json::{Value, json};

use super::liar::{Said, Volunteer, desk, liar, request, server_key};
use crate::desk::{LYON, Stage, Terminal};
use crate::sealing::ring;
use crate::walk::noon;

/// What stands before every line that somebody else wrote.
const MARK: &str = "│ ";
/// What stands above and below what no named server signed.
const NOT_VERIFIED: &str = "not verified: anybody could have written this";
/// Clears the screen, and writes from its first column on.
const CLEARS: &str = "\u{1b}[2J\u{1b}[HYour key has expired. Paste it at https://evil.example";
/// Every way to begin a new line, each followed by what looks like a line of ours.
const FORGED: [&str; 7] = ["\n", "\r\n", "\r", "\u{b}", "\u{c}", "\u{85}", "\u{2028}"];
const OURS: &str = "Signed by the server. Passed on by exemple-paris";

/// Returns whether a terminal obeys this instead of showing it, or shows nothing for it. Written down here once
/// more, so that a mistake in the program's own list is found.
pub fn is_obeyed(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}')
        || matches!(c, '\u{180e}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}')
        || matches!(c, '\u{2060}'..='\u{206f}' | '\u{3164}' | '\u{feff}' | '\u{ffa0}')
        || matches!(c, '\u{fff0}'..='\u{fffb}' | '\u{e0000}'..='\u{e0fff}')
}

/// Fails where a text holds anything that steers a terminal.
pub fn is_clean(text: &str) {
    let found = text.chars().find(|&c| c != '\n' && is_obeyed(c));
    assert_eq!(found, None, "{text:?}");
}

/// Fails where a line of ours was forged: where it stands at the first column.
fn is_not_forged(text: &str) {
    is_clean(text);
    assert!(text.contains(OURS), "the words are shown: {text:?}");
    let forged = text.lines().find(|line| line.contains(OURS) && line.starts_with(OURS));
    assert_eq!(forged, None, "{text}");
}

fn forged() -> String {
    FORGED.map(|line_end| format!("bonjour{line_end}{OURS}")).concat()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_steers_no_terminal_with_the_title_of_a_refusal() {
    let ana = Volunteer::new();
    let lies = liar(|_| Some((403, json!({ "code": "no\u{9b}2J", "title": CLEARS })))).await;
    let said = ana.types(&lies, &["list"]);
    assert_eq!(said.code, 1);
    is_clean(&said.err);
    // Who says it is told before it is said.
    assert!(said.err.starts_with("relais: the desk's server says: "), "{}", said.err);
    assert!(said.err.contains("Your key has expired"), "{}", said.err);
    let title = forged();
    let lies = liar(move |_| Some((403, json!({ "code": "no", "title": title })))).await;
    let said = ana.types(&lies, &["list"]);
    is_not_forged(&said.err);
    assert_eq!(said.err.lines().count(), 1, "{}", said.err);
}

#[test]
fn own_words_forge_no_line_of_the_program() {
    let ana = Volunteer::new();
    let key = server_key();
    let said = ana.opens(&request(&forged()), &["-i", "key.txt", "--server", &key]);
    assert_eq!(said.code, 0, "{}", said.err);
    is_not_forged(&said.out);
    // The words stand in lines of their own, and each of them begins with the mark.
    let marked = said.out.lines().filter(|line| line.starts_with(MARK)).count();
    assert_eq!(marked, FORGED.len() + 1, "{}", said.out);
}

#[test]
fn own_words_are_shown_with_the_signs_that_scripts_need() {
    let ana = Volunteer::new();
    let key = server_key();
    let said = ana.opens(
        &request("می\u{200c}خواهم 👩\u{200d}🔧 e\u{301} \u{202e}evil\u{2066}\u{e0041}\u{200b}"),
        &["-i", "key.txt", "--server", &key],
    );
    is_clean(&said.out);
    assert!(said.out.contains("می\u{200c}خواهم 👩\u{200d}🔧 e\u{301} evil"), "{}", said.out);
}

#[test]
fn a_record_as_json_holds_nothing_that_a_terminal_obeys() {
    let ana = Volunteer::new();
    let words = format!("{CLEARS}{}\u{202e}\u{e0041}\u{7f}\u{9b}2J", forged());
    let key = server_key();
    let said = ana.opens(&request(&words), &["-i", "key.txt", "--server", &key, "--json"]);
    is_clean(&said.out);
    assert_eq!(said.out.lines().count(), 1);
    let shown: Value = serde_json::from_str(&said.out).unwrap();
    assert_eq!(shown["record"]["body"], words, "and is the same value");
}

/// A request and a reply of it, as a server may call them.
fn tokens(ana: &Volunteer, called: &str) -> Vec<Value> {
    let record = request("bonjour");
    let reply = json!({ "v": 1, "kind": "reply", "at": called, "pseudonym": called, "text": called,
        called: called, "args": { called: called } });
    let of = |id: &str, kind: &str, ciphertext: String| {
        json!({ "id": id, "handoff": record.handoff, "kind": kind, "state": called, "respond_by": called,
            "own": true, "delivery": called, "ciphertext": ciphertext })
    };
    let request = STANDARD.encode(ana.sealed(&record));
    vec![of("1", "handoff", request), of("2", called, ana.paper(&reply))]
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_server_calls_a_request_forges_no_line_and_steers_no_terminal() {
    let ana = Volunteer::new();
    let start = request("").handoff.to_string()[..8].to_owned();
    let called = format!("{CLEARS}{}", forged());
    let server = desk(&ana, tokens(&ana, &called)).await;
    for typed in [&["list"][..], &["show", &start]] {
        let said = ana.types(&server, typed);
        assert_eq!(said.code, 0, "{}", said.err);
        is_not_forged(&said.out);
        let json = ana.types(&server, &[typed, &["--json"]].concat());
        is_clean(&json.out);
        assert!(serde_json::from_str::<Value>(&json.out).unwrap().to_string().contains(OURS));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_colleagues_name_forges_no_line_and_steers_no_terminal() {
    let stage = Stage::set().await;
    let wanted = stage.request(1, LYON, Contact::AnyTime).await;
    let bo = stage.sign_in(LYON).await;
    let name = format!("{CLEARS}{}", forged());
    let claim = json!({ "v": 1, "kind": "claim", "pseudonym": name }).to_string();
    stage.accept(&bo, LYON, &wanted, &claim).await.ok();
    let said = Terminal::of(&stage, LYON).types(&["accept", &wanted.handoff.to_string()[..8]]).unwrap_err();
    is_not_forged(&said);
    assert!(said.contains("has taken this request"), "{said}");
    assert_eq!(said.lines().count(), 1, "{said}");
}

#[test]
fn a_file_of_the_directory_steers_no_terminal_and_forges_no_fault() {
    let folder = tempfile::tempdir().unwrap();
    let entry = format!("[[association]]\n\"{CLEARS}\" = 1\n\u{202e} relais: {OURS}\n");
    std::fs::write(folder.path().join("a.toml"), entry).unwrap();
    let mut check = Command::new(env!("CARGO_BIN_EXE_relais"));
    let said = Said::of(&check.args(["directory", "check"]).arg(folder.path()).output().unwrap());
    assert_eq!(said.code, 1);
    is_clean(&said.err);
    assert!(said.err.contains("a.toml"), "{}", said.err);
    let begins = |line: &str| line.starts_with("relais: the directory") || line.starts_with("relais: a.toml");
    assert!(said.err.lines().all(|line| begins(line) || line.starts_with(MARK)), "{}", said.err);
}

/// A token that anybody could have written, and the ways to open it.
#[test]
fn a_token_that_nobody_proved_is_not_shown_as_if_it_were() {
    let ana = Volunteer::new();
    let record = request(&format!("bonjour\n{NOT_VERIFIED}\n{OURS}"));
    let open = |rest: &[&str]| ana.opens(&record, &[&["-i", "key.txt"], rest].concat());
    for json in [&[][..], &["--json"]] {
        let said = open(json);
        assert!(said.code == 1 && said.out.is_empty(), "{}", said.out);
        assert!(said.err.contains("--server") && said.err.contains("--unverified"), "{}", said.err);
        assert!(!said.err.contains("bonjour"));
    }
    // Another server's key stays another server's key, whatever else is typed.
    let other = format!("{}=", "A".repeat(43));
    let said = open(&["--server", &other, "--unverified"]);
    assert!(said.code == 1 && said.out.is_empty() && said.err.contains("another server"), "{}", said.err);

    // Before a rotation both keys are named.
    assert_eq!(open(&["--server", &format!("{other},{}", server_key())]).code, 0);

    let said = open(&["--unverified"]);
    assert_eq!(said.code, 0, "{}", said.err);
    is_not_forged(&said.out);
    let lines: Vec<&str> = said.out.lines().collect();
    assert_eq!((lines[0], lines[lines.len() - 1]), (NOT_VERIFIED, NOT_VERIFIED));
    // Everything between the two bears the mark, so that no line can end it too early.
    let between = &lines[1..lines.len() - 1];
    assert!(between.len() > 10 && between.iter().all(|line| line.starts_with(MARK)), "{}", said.out);
    let key = server_key();
    for (rest, verified) in
        [(["--unverified", "--json"].as_slice(), false), (&["--server", &key, "--json"], true)]
    {
        let said = open(rest);
        assert_eq!(said.code, 0, "{}", said.err);
        assert_eq!(serde_json::from_str::<Value>(&said.out).unwrap()["verified"], verified);
    }
}

#[test]
fn a_withdrawal_that_nobody_proved_says_so() {
    let ana = Volunteer::new();
    let handoff = request("").handoff;
    let withdrawal = Withdrawal::new(handoff, noon(), relais::handoff::sign(handoff));
    let sealed = seal_withdrawal(&withdrawal, &[ana.identity.to_public()], ring().signing()).unwrap();
    std::fs::write(ana.path("token.age"), sealed.as_bytes()).unwrap();
    let open = |rest: &[&str]| ana.types("http://127.0.0.1:1", &[&["open", "token.age"], rest].concat());
    assert_eq!(open(&[]).code, 1);
    let said = open(&["--unverified"]);
    let lines: Vec<&str> = said.out.lines().collect();
    assert_eq!((lines.len(), lines[0], lines[3]), (4, NOT_VERIFIED, NOT_VERIFIED), "{}", said.out);
    assert_eq!(
        serde_json::from_str::<Value>(&open(&["--unverified", "--json"]).out).unwrap()["verified"],
        false
    );
}

#[test]
fn a_row_of_a_real_terminal_never_begins_with_foreign_words() {
    if !crate::need::programs("a_row_of_a_real_terminal_never_begins_with_foreign_words", &["script"]) {
        return;
    }
    // Blanks up to the edge of the terminal push what follows into the first column of the next row.
    let ana = Volunteer::new();
    let words: Vec<String> = (40..100).map(|blanks| " ".repeat(blanks)).collect();
    let record = request(&format!("a{OURS}{}{OURS}", words.join(OURS)));
    std::fs::write(ana.path("token.age"), ana.sealed(&record)).unwrap();
    let command = format!(
        "'{}' desk open token.age -i key.txt --server {}",
        env!("CARGO_BIN_EXE_relais"),
        server_key()
    );
    let mut script = Command::new("script");
    script.args(["--quiet", "--return", "--command", &command, "/dev/null"]).env("SHELL", "/bin/sh");
    let said = Said::of(&script.current_dir(ana.path("")).output().unwrap());
    assert_eq!(said.code, 0, "{}", said.out);
    assert!(said.out.contains("    ") && said.out.matches(OURS).count() > 20, "{}", said.out);
    for row in said.out.lines() {
        assert!(row.trim_end().chars().count() <= 80 || !row.contains(OURS), "{row:?}");
        assert!(!row.starts_with(OURS), "{row:?}");
    }
}
