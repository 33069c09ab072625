//! Conversations as a person has them, in `transcripts/*.txt`; `RELAIS_BLESS=1` writes them anew.
//!
//! `> tap KEY`, `> command NAME`, `> typed` (or `> typed left`, where it could not be deleted) are what the
//! person does; `> typed place | nowhere | code | no-code | words` is what was found in what they typed. `! works | nobody-fits | fails` sets what the world answers, `! news …` what became of the
//! request; `! unlisted` makes the association of a link unknown; `> idle` is a long silence. `<` and the lines below it are the screen that follows: keys of messages, then a line for each
//! section of buttons. Everything else is for the reader.

use std::fmt::Write as _;
use std::fs;
use std::path::PathBuf;

use relais::conversation::{Event, Link, Linked, News, Places, Screen, SentState};
use relais::locale::Locale;

use crate::need;
use crate::walk::{self, Walk, World};

/// Returns every transcript: its path and its text.
pub fn all() -> Vec<(PathBuf, String)> {
    let mut files: Vec<PathBuf> = fs::read_dir(need::project("tests/it/transcripts"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "txt"))
        .collect();
    files.sort();
    files.into_iter().map(|path| (path.clone(), fs::read_to_string(&path).unwrap())).collect()
}

/// Plays a transcript and returns it as it should stand, with the walk after each of its events.
pub fn play(text: &str, locale: Locale) -> (String, Vec<Walk>) {
    let mut walk = Walk::new(locale);
    let mut walks = Vec::new();
    let mut written = String::new();
    for line in text.lines().filter(|line| !line.starts_with('<') && !line.starts_with("  ")) {
        writeln!(written, "{line}").unwrap();
        if let Some(setting) = line.strip_prefix("! ") {
            set(&mut walk, setting);
        } else if let Some(deed) = line.strip_prefix("> ") {
            walk.take(event(&walk, deed, locale));
            if walk.left {
                written.push_str("< (the chat is empty)\n");
            } else {
                written.push_str(&shown(&walk.screen()));
            }
            walks.push(walk.clone());
        }
    }
    (written, walks)
}

fn event(walk: &Walk, deed: &str, locale: Locale) -> Event {
    match deed.split_once(' ') {
        Some(("tap", key)) => {
            let buttons = walk.buttons();
            // Whoever plays in another language taps that one's name.
            let key = if key == Locale::ENGLISH.native() { locale.native() } else { key };
            let found = buttons.iter().find(|button| walk::label(button) == key);
            let labels: Vec<String> = buttons.iter().map(walk::label).collect();
            Event::Tap(found.unwrap_or_else(|| panic!("no button {key} among {labels:?}")).choice)
        }
        Some(("command", "start")) => Event::Start,
        Some(("command", "start association")) => Event::Linked(Link::Association),
        None if deed == "idle" => Event::Idle,
        Some(("command", "menu")) => Event::Menu,
        Some(("command", "clear")) => Event::Clear,
        Some(("command", "language")) => Event::Language,
        Some(("command", "privacy")) => Event::Privacy,
        Some(("typed", "place")) => Event::PlaceGiven(walk::places()),
        Some(("typed", "nowhere")) => Event::PlaceGiven(Places::default()),
        Some(("typed", "code")) => Event::CodeGiven(Some(walk::code())),
        Some(("typed", "no-code")) => Event::CodeGiven(None),
        Some(("typed", "words")) => Event::WordsGiven,
        Some(("typed", "left")) => Event::Typed { deleted: false },
        None if deed == "typed" => Event::Typed { deleted: true },
        None if deed == "old-button" => Event::OldButton,
        _ => panic!("not a line of a transcript: > {deed}"),
    }
}

fn set(walk: &mut Walk, setting: &str) {
    match setting {
        "works" => walk.world = World::Works,
        "nobody-fits" => walk.world = World::NobodyFits,
        "fails" => walk.world = World::Fails,
        "unlisted" => walk.facts.linked = Some(Linked::Unlisted),
        "news waiting" => walk.facts.sent = walk::known(News::Waiting, false),
        "news told" => walk.facts.sent = walk::known(News::Told, false),
        "news late" => walk.facts.sent = walk::known(News::NationalTeamTold, true),
        "news closed" => walk.facts.sent = SentState::Closed,
        "news unknown" => walk.facts.sent = SentState::Unknown,
        _ => panic!("not a setting of the world: ! {setting}"),
    }
}

fn shown(screen: &Screen) -> String {
    let lines: Vec<String> = screen
        .body
        .iter()
        .map(|paragraph| paragraph.iter().map(walk::name).collect::<Vec<_>>().join(" · "))
        .collect();
    let mut text = format!("< {}\n", lines.join("\n  "));
    for section in screen.sections.iter().filter(|section| !section.is_empty()) {
        let labels: Vec<String> = section.iter().map(walk::label).collect();
        writeln!(text, "  [{}]", labels.join(" | ")).unwrap();
    }
    text
}

#[test]
fn conversations_go_as_written() {
    let transcripts = all();
    assert!(transcripts.len() >= 12, "the transcripts are missing");
    let mut wrong = Vec::new();
    for (path, text) in transcripts {
        let (written, _) = play(&text, Locale::ENGLISH);
        if written == text {
            continue;
        }
        if need::variable("RELAIS_BLESS").is_some() {
            fs::write(&path, written).unwrap();
            continue;
        }
        let differs = text.lines().zip(written.lines()).position(|(old, new)| old != new);
        let at = differs.unwrap_or_else(|| text.lines().count().min(written.lines().count()));
        let line = |text: &str| text.lines().nth(at).unwrap_or("(the end)").to_owned();
        let file = path.file_name().unwrap().to_string_lossy().into_owned();
        wrong.push(format!("{file}:{}\n  written: {}\n  happens: {}", at + 1, line(&text), line(&written)));
    }
    assert!(wrong.is_empty(), "{}\nRELAIS_BLESS=1 writes them anew; read the difference", wrong.join("\n"));
}

#[test]
fn a_transcript_that_differs_is_noticed() {
    let text = "> command start\n< home-text\n  [danger | leave]\n";
    let (written, walks) = play(text, Locale::ENGLISH);
    assert_ne!(written, text);
    assert_eq!(walks.len(), 1);
}

#[test]
fn a_conversation_is_the_same_in_every_language() {
    for (path, text) in all() {
        let unnamed =
            |text: String| Locale::all().fold(text, |text, any| text.replace(any.native(), "LANGUAGE"));
        let english = unnamed(play(&text, Locale::ENGLISH).0);
        for locale in Locale::all() {
            assert_eq!(unnamed(play(&text, locale).0), english, "{} in {locale}", path.display());
        }
    }
}
