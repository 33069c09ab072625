//! How requests look on a terminal.

use chrono::DateTime;
use chrono_tz::Europe::Paris;
use serde::Serialize;
use serde_json::{Map, Value};

use crate::cli::console::{print_json, show};
use crate::cli::line::{Line, Said, line};
use crate::desk::{Case, Content, DeskLine, Own, Paper, Proof, Reach, Row, added, lines};
use crate::foreign::Foreign;
use crate::handoff::{OpenedToken, PassedOn};
use crate::i18n::Catalog;
use crate::ids::AssociationId;
use crate::locale::Locale;
use crate::message::Message;
use crate::record::{ContactWish, Record, Withdrawal};

/// How many letters of a handoff are shown: as many as the file name of its token has.
const START: usize = 8;
/// What a server calls the pieces of a request.
const KINDS: [&str; 6] = ["addition", "message", "withdrawal", "claim", "note", "reply"];
/// Where a request stands while an answer is due.
const OPEN: [&str; 2] = ["pending", "accepted"];

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
    reach: Reached,
    papers: Vec<Piece<'a>>,
    next: &'a [AssociationId],
}

/// How the person is reached now: what the record says can have changed since.
#[derive(Serialize)]
struct Reached {
    #[serde(flatten)]
    wish: ContactWish,
    stopped: bool,
    /// Whether there is a way back, and the person wants messages.
    messages: bool,
}

impl Reached {
    fn of(reach: &Reach<'_>) -> Self {
        let Reach { channel, window, stopped, .. } = *reach;
        Self { wish: ContactWish { channel, window }, stopped, messages: reach.address().is_some() }
    }
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

/// A token with whether a named server's key proved it.
#[derive(Serialize)]
struct Proven<'a> {
    verified: bool,
    #[serde(flatten)]
    token: Token<'a>,
}

pub(super) fn token_as_json(opened: &OpenedToken, verified: bool) {
    print_json(&Proven { verified, token: Token::of(opened) });
}

pub(super) fn token(
    opened: &OpenedToken,
    reach: &Reach<'_>,
    catalog: &Catalog,
    language: Locale,
    server_is_known: bool,
) -> Vec<Line> {
    let mut shown = vec![Said::headline(catalog, language, opened.record()).into()];
    shown.extend(labelled("", &lines(opened, reach, catalog, language), catalog, language));
    let key = opened.signed_by();
    let signed =
        if server_is_known { Message::DeskSignedBy { key } } else { Message::DeskSignedUnknown { key } };
    shown.push(Said::new(catalog, language, &signed).into());
    shown
}

/// Lines of the desk. A person's own words, and whatever else has several lines, stand below their label with the
/// mark before each line.
fn labelled(before: &'static str, lines: &[DeskLine], catalog: &Catalog, language: Locale) -> Vec<Line> {
    let words = catalog.label(language, &Message::DeskWords);
    let width = lines.iter().map(|line| Said::label_of(line).length()).max().unwrap_or(0);
    let mut shown = Vec::new();
    for line in lines {
        let (label, value) = (Said::label_of(line), Foreign::text(&line.value));
        if let Some(said) = Said::alone(line) {
            shown.push(line!("{}{}", before, said));
        } else if line.label == words || value.has_lines() {
            shown.extend([line!("{}{}", before, label), Line::foreign(&value)]);
        } else {
            shown.push(line!("{}{:width$}  {}", before, label, value));
        }
    }
    shown
}

/// Whom a request could be passed on to, as the command that does it takes them.
pub(super) fn next(others: &[AssociationId], catalog: &Catalog, language: Locale) -> Option<Line> {
    let others: Vec<&str> = others.iter().map(AssociationId::as_str).collect();
    let label = Said::new(catalog, language, &Message::DeskNext);
    (!others.is_empty()).then(|| line!("{}  {}", label, Foreign::text(&others.join(", "))))
}

pub(super) fn withdrawal_as_json(withdrawal: &Withdrawal, verified: bool) {
    print_json(&serde_json::json!({ "verified": verified, "record": withdrawal }));
}

pub(super) fn withdrawal(withdrawal: &Withdrawal, catalog: &Catalog, language: Locale) -> Vec<Line> {
    let title = Message::DeskTitle { sign: withdrawal.sign().to_owned() };
    [title, Message::DeskWithdrawn].iter().map(|said| Said::new(catalog, language, said).into()).collect()
}

pub(super) fn rows(rows: &[Row]) {
    for row in rows {
        let danger = if row.danger { "  DANGER" } else { "" };
        let seen_by = if row.own { "" } else { "  (national team)" };
        let (stands, sign) = (stands(&row.state, &row.respond_by), Foreign::name(&row.sign));
        show(line!("{:.START$}  {:32}  {}{}{}", row.handoff, stands, sign, danger, seen_by));
    }
    if rows.is_empty() {
        show("No request stands on the desk.");
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
        reach: Reached::of(&case.reach()),
        papers: pieces.collect(),
        next: &case.next,
    });
}

pub(super) fn case(case: &Case, catalog: &Catalog, language: Locale) {
    token(&case.opened, &case.reach(), catalog, language, true).into_iter().for_each(show);
    next(&case.next, catalog, language).into_iter().for_each(show);
    show(stands(&case.token.state, &case.token.respond_by));
    if let Some(PassedOn { by, note, .. }) = case.opened.passed_on() {
        show(line!("passed on by {}{}", by, case.passed_on.map_or("", doubt)));
        note.iter().map(|note| Line::foreign(&Foreign::text(note))).for_each(show);
    }
    for paper in &case.papers {
        show_paper(paper, case, catalog, language);
    }
}

/// What a reader has to know of words that nobody is proved to have written.
const fn doubt(proof: Proof) -> &'static str {
    match proof {
        Proof::Proved => "",
        Proof::NotProved => " (not proved)",
    }
}

fn show_paper(Paper { kind, delivery, content }: &Paper, case: &Case, catalog: &Catalog, language: Locale) {
    let kind = kind_of(kind);
    let became = delivery.as_ref().map(|state| line!("  [{}]", Foreign::name(state)));
    match content {
        Content::Said(opened) => {
            show(line!("{}{}", kind, became));
            labelled("    ", &added(opened, catalog, language), catalog, language).into_iter().for_each(show);
        }
        Content::Refused(fault) => show(line!("{}  not shown: {}", kind, Foreign::name(&fault.to_string()))),
        Content::Own(own) => {
            show(line!("{} {}{}", kind, doubt(own.proof), became));
            show(Line::foreign(&Foreign::text(&paper(&own.fields))));
            for Says { language, text } in says(own, case, catalog, language) {
                show(line!("    {}  {}", language, Foreign::text(&text)));
            }
        }
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

/// What a server calls a piece: a word of ours where it is one, else the server's.
fn kind_of(told: &str) -> Line {
    known(&KINDS, told).map_or_else(|| line!("{}", Foreign::name(told)), Line::from)
}

fn known(words: &[&'static str], told: &str) -> Option<&'static str> {
    words.iter().copied().find(|word| *word == told)
}

/// Where a request stands in a volunteer's words, and until when it waits for an answer, if it does.
fn stands(state: &str, respond_by: &str) -> Line {
    match state {
        "passed_on" => "passed on".into(),
        "done" => "closed".into(),
        "revoked" => "withdrawn by the person".into(),
        "declined" => "declined".into(),
        "expired" => "expired".into(),
        open => {
            let by = Foreign::name(&moment(respond_by));
            if let Some(open) = known(&OPEN, open) {
                line!("{}, answer by {}", open, by)
            } else {
                line!("{}, answer by {}", Foreign::name(open), by)
            }
        }
    }
}

/// A moment by the clock on a volunteer's wall, as the record above it tells its own; what is none stays as it is.
fn moment(told: &str) -> String {
    DateTime::parse_from_rfc3339(told).map_or_else(
        |_| told.to_owned(),
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
