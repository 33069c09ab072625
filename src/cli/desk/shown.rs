//! How requests look on a terminal.

use chrono::DateTime;
use chrono_tz::Europe::Paris;
use serde::Serialize;
use serde_json::{Map, Value};

use crate::cli::console::{print, print_json};
use crate::desk::{Case, Content, DeskLine, Own, Paper, Proof, Row, added, headline, lines};
use crate::handoff::{OpenedToken, PassedOn};
use crate::i18n::Catalog;
use crate::ids::AssociationId;
use crate::locale::Locale;
use crate::message::Message;
use crate::record::{Record, Withdrawal};

/// How many letters of a handoff are shown: as many as the file name of its token has.
const START: usize = 8;

#[derive(Serialize)]
struct Token<'a> {
    record: &'a Record,
    signed_by: String,
    recipients: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    passed_on: Option<&'a PassedOn>,
}

impl<'a> Token<'a> {
    fn of(opened: &'a OpenedToken) -> Self {
        Self {
            record: opened.record(),
            signed_by: opened.signed_by(),
            recipients: opened.recipients(),
            passed_on: opened.passed_on(),
        }
    }
}

#[derive(Serialize)]
struct Whole<'a> {
    handoff: String,
    state: &'a str,
    respond_by: &'a str,
    own: bool,
    /// Whether it is proved who passed it on, where somebody did.
    #[serde(skip_serializing_if = "Option::is_none")]
    passed_on_proved: Option<bool>,
    #[serde(flatten)]
    token: Token<'a>,
    papers: Vec<Piece<'a>>,
    next: &'a [AssociationId],
}

#[derive(Serialize)]
struct Piece<'a> {
    kind: &'a str,
    delivery: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    fault: Option<String>,
    /// Whether it is proved who wrote it, where a colleague did.
    #[serde(skip_serializing_if = "Option::is_none")]
    proved: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    content: Option<Stands<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    says: Vec<Says>,
}

/// What stands in a piece.
#[derive(Serialize)]
#[serde(untagged)]
enum Stands<'a> {
    Record(&'a Record),
    Fields(&'a Value),
}

/// A phrase as somebody reads it.
#[derive(Serialize)]
struct Says {
    language: &'static str,
    text: String,
}

pub(super) fn token_as_json(opened: &OpenedToken) {
    print_json(&Token::of(opened));
}

pub(super) fn token(opened: &OpenedToken, catalog: &Catalog, language: Locale, server_is_known: bool) {
    print(plain(&headline(opened.record(), catalog, language)));
    let lines = lines(opened, catalog, language);
    let width = lines.iter().map(|line| line.label.chars().count()).max().unwrap_or(0);
    for DeskLine { label, value } in &lines {
        if label.is_empty() {
            print(plain(value));
        } else {
            print(format!("{label:width$}  {}", plain(value)));
        }
    }
    let key = opened.signed_by();
    let signed =
        if server_is_known { Message::DeskSignedBy { key } } else { Message::DeskSignedUnknown { key } };
    print(catalog.label(language, &signed));
}

/// Whom a request could be passed on to, as the command that does it takes them.
pub(super) fn next(others: &[AssociationId], catalog: &Catalog, language: Locale) {
    if !others.is_empty() {
        let others: Vec<&str> = others.iter().map(AssociationId::as_str).collect();
        print(format!("{}  {}", catalog.label(language, &Message::DeskNext), others.join(", ")));
    }
}

pub(super) fn withdrawal_as_json(withdrawal: &Withdrawal) {
    print_json(&serde_json::json!({ "record": withdrawal }));
}

pub(super) fn withdrawal(withdrawal: &Withdrawal, catalog: &Catalog, language: Locale) {
    print(catalog.label(language, &Message::DeskTitle { sign: plain(withdrawal.sign()) }));
    print(catalog.label(language, &Message::DeskWithdrawn));
}

pub(super) fn rows(rows: &[Row]) {
    for row in rows {
        let start: String = row.handoff.to_string().chars().take(START).collect();
        let danger = if row.danger { "  DANGER" } else { "" };
        let seen_by = if row.own { "" } else { "  (national team)" };
        let (stands, sign) = (stands(&row.state, &row.respond_by), plain(&row.sign));
        print(format!("{start}  {stands:32}  {sign}{danger}{seen_by}"));
    }
    if rows.is_empty() {
        print("No request stands on the desk.");
    }
}

pub(super) fn case_as_json(case: &Case, catalog: &Catalog, language: Locale) {
    let pieces = case.papers.iter().map(|paper| {
        let mut piece = Piece {
            kind: &paper.kind,
            delivery: paper.delivery.as_deref(),
            fault: None,
            proved: None,
            content: None,
            says: Vec::new(),
        };
        match &paper.content {
            Content::Said(opened) => piece.content = Some(Stands::Record(opened.record())),
            Content::Refused(fault) => piece.fault = Some(fault.to_string()),
            Content::Own(own) => {
                piece.content = Some(Stands::Fields(&own.fields));
                piece.proved = Some(own.proof == Proof::Proved);
                piece.says = says(own, case, catalog, language);
            }
        }
        piece
    });
    print_json(&Whole {
        handoff: case.token.handoff.to_string(),
        state: &case.token.state,
        respond_by: &case.token.respond_by,
        own: case.token.own,
        passed_on_proved: case.passed_on.map(|proof| proof == Proof::Proved),
        token: Token::of(&case.opened),
        papers: pieces.collect(),
        next: &case.next,
    });
}

pub(super) fn case(case: &Case, catalog: &Catalog, language: Locale) {
    token(&case.opened, catalog, language, true);
    next(&case.next, catalog, language);
    print(stands(&case.token.state, &case.token.respond_by));
    if let Some(PassedOn { by, note, .. }) = case.opened.passed_on() {
        let note = note.as_ref().map(|note| format!(": {}", plain(note))).unwrap_or_default();
        print(format!("passed on by {by}{}{note}", doubt(case.passed_on)));
    }
    for Paper { kind, delivery, content } in &case.papers {
        let became = delivery.as_ref().map(|state| format!("  [{state}]")).unwrap_or_default();
        match content {
            Content::Said(opened) => {
                print(format!("{kind}{became}"));
                indented(&added(opened, catalog, language));
            }
            Content::Refused(fault) => print(format!("{kind}  not shown: {fault}")),
            Content::Own(own) => {
                let doubt = doubt(Some(own.proof));
                print(format!("{kind}{doubt}  {}{became}", plain(&paper(&own.fields))));
                for Says { language, text } in says(own, case, catalog, language) {
                    print(format!("    {language}  {}", plain(&text)));
                }
            }
        }
    }
}

/// What stands where nothing proves who wrote.
const fn doubt(proof: Option<Proof>) -> &'static str {
    match proof {
        Some(Proof::NotProved) => "  (not proved)",
        Some(Proof::Proved) | None => "",
    }
}

fn indented(lines: &[DeskLine]) {
    for DeskLine { label, value } in lines {
        let label = if label.is_empty() { String::new() } else { format!("{label}  ") };
        print(format!("    {label}{}", plain(value)));
    }
}

/// What a phrase says, as the volunteer reads it and as the person does.
fn says(own: &Own, case: &Case, catalog: &Catalog, language: Locale) -> Vec<Says> {
    let Some(phrase) = &own.phrase else { return Vec::new() };
    let theirs = case.opened.record().locale;
    let mut readers = vec![language];
    readers.extend((theirs != language).then_some(theirs));
    let said = |locale: Locale| Says { language: locale.tag(), text: catalog.phrase(locale, phrase) };
    readers.into_iter().map(said).collect()
}

/// Where a request stands in a volunteer's words, and until when it waits for an answer, if it does.
fn stands(state: &str, respond_by: &str) -> String {
    match state {
        "passed_on" => "passed on".to_owned(),
        "done" => "closed".to_owned(),
        "revoked" => "withdrawn by the person".to_owned(),
        "declined" | "expired" => state.to_owned(),
        open => format!("{open}, answer by {}", moment(respond_by)),
    }
}

/// A moment by the clock on a volunteer's wall, as the record above it tells its own; what is none stays as it is.
fn moment(told: &str) -> String {
    DateTime::parse_from_rfc3339(told).map_or_else(
        |_| plain(told),
        |moment| moment.with_timezone(&Paris).format("%d/%m, %H:%M").to_string(),
    )
}

/// When, who, and what; then whatever else it holds.
fn paper(fields: &Value) -> String {
    let Value::Object(mut fields) = fields.clone() else { return bare(fields) };
    for told in ["v", "kind", "handoff"] {
        fields.remove(told);
    }
    let first = ["at", "pseudonym", "phrase", "text"];
    let told = |name: &str, value: Value| if name == "at" { moment(&bare(&value)) } else { bare(&value) };
    let mut parts: Vec<String> =
        first.iter().filter_map(|name| fields.remove(*name).map(|value| told(name, value))).collect();
    if let Some(Value::Object(args)) = fields.remove("args") {
        parts.extend(named(&args));
    }
    parts.extend(named(&fields));
    parts.join("  ")
}

fn named(fields: &Map<String, Value>) -> impl Iterator<Item = String> {
    fields.iter().filter(|(_, value)| !value.is_null()).map(|(name, value)| format!("{name}={}", bare(value)))
}

fn bare(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

/// Takes out what a terminal would obey instead of show.
fn plain(text: &str) -> String {
    let bidi = |c: char| matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}');
    text.chars().filter(|&c| (c == '\n' || !c.is_control()) && !bidi(c)).collect()
}
