//! What fits on a small screen: every screen of every walk and transcript, in every language.

use std::collections::BTreeSet;

use relais::conversation::{Choice, Label};
use relais::i18n::Catalog;
use relais::locale::Locale;
use relais::message::Message;
use relais::sealing::KeyRing;
use relais::telegram::{Rendered, render, text};

use crate::sealing::ring;
use crate::transcripts;
use crate::walk::{self, Walk};

/// Characters of a body, in the two languages that others are written after. The gentle line and the number
/// for children stand above it and are not counted.
const BODY: usize = 280;
/// Characters of the agreement, and of a page of the privacy text.
const AGREEMENT: usize = 480;
/// Telegram's own limit for a message, in UTF-16 code units (<https://core.telegram.org/bots/api#sendmessage>).
const TELEGRAM: usize = 4_096;
/// Choices of a question, and of a list of areas, parts, countries or languages.
const CHOICES: (usize, usize) = (7, 12);

fn keys_of(walk: &Walk) -> Vec<&'static str> {
    walk.screen().body.iter().flatten().map(Message::key).collect()
}

fn rendered(walk: &Walk, catalog: &Catalog, keys: &KeyRing) -> Rendered {
    render(&walk.screen(), &walk.conversation, catalog, keys, crate::sealing::CHAT, walk.now)
}

/// Every screen once, in one language, with how it is reached.
fn screens(locale: Locale) -> Vec<(String, Walk)> {
    let mut found = Vec::new();
    for backwards in [false, true] {
        found.extend(walk::every_shape(locale, backwards).into_iter().map(|walk| ("walk".to_owned(), walk)));
    }
    for (path, text) in transcripts::all() {
        let name = path.file_stem().unwrap().to_string_lossy().into_owned();
        let (_, walks) = transcripts::play(&text, locale);
        found.extend(walks.into_iter().filter(|walk| !walk.left).map(|walk| (name.clone(), walk)));
    }
    found
}

/// Characters of what the screen itself says, without the marks that isolate numbers.
fn own_characters(walk: &Walk, catalog: &Catalog) -> usize {
    let mut body = walk.screen().body;
    body.retain(|line| {
        !line.iter().any(|said| said.key().starts_with("notice-") || said.key() == "minor-line")
    });
    let said = text(&body, walk.conversation.locale, catalog);
    said.chars().filter(|c| !matches!(c, '\u{2068}' | '\u{2069}')).count()
}

fn faults_of(walk: &Walk, rendered: &Rendered, catalog: &Catalog) -> Vec<String> {
    let locale = walk.conversation.locale;
    let keys = keys_of(walk);
    let mut faults = Vec::new();
    let characters = own_characters(walk, catalog);
    let lists_numbers = keys.iter().any(|key| key.starts_with("number-") || *key == "sent-phone");
    let is_long = |key: &&str| key.starts_with("privacy-") || key.starts_with("consent-");
    let limit = if keys.iter().any(is_long) { AGREEMENT } else { BODY };
    let is_source = [Locale::ENGLISH, Locale::FRENCH].contains(&locale);
    if is_source && !lists_numbers && characters > limit {
        faults.push(format!("{locale} {keys:?}: {characters} characters, over {limit}"));
    }
    if rendered.text.encode_utf16().count() > TELEGRAM {
        faults.push(format!("{locale} {keys:?}: longer than Telegram takes"));
    }
    for row in &rendered.keyboard.inline_keyboard {
        let limit = if row.len() == 1 { 32 } else { 16 };
        let long = row.iter().filter(|button| button.text.chars().count() > limit);
        faults.extend(long.map(|button| format!("{locale} {keys:?}: {:?} over {limit}", button.text)));
        if row.len() > 3 || row.iter().any(|button| button.text.trim().is_empty()) {
            faults.push(format!("{locale} {keys:?}: a row of {} or an empty button", row.len()));
        }
    }
    faults
}

#[test]
fn every_screen_fits_in_every_language() {
    let catalog = Catalog::load().unwrap();
    let keys = ring();
    let mut faults = BTreeSet::new();
    let mut shown = 0;
    for locale in Locale::all() {
        for (_, walk) in screens(locale) {
            faults.extend(faults_of(&walk, &rendered(&walk, &catalog, &keys), &catalog));
            shown += 1;
        }
    }
    assert!(shown > 300, "only {shown} screens");
    let faults: Vec<String> = faults.into_iter().collect();
    assert!(faults.is_empty(), "{} faults\n{}", faults.len(), faults.join("\n"));
}

/// A choice of a question, not a way around it.
fn is_answer(choice: Choice) -> bool {
    matches!(choice, Choice::Who(_) | Choice::Situation(_) | Choice::Need(_) | Choice::Send(_))
}

/// An entry of a list of names; "overseas" and "another country" are the ways out of the list of areas.
fn is_entry(choice: Choice) -> bool {
    let overseas = Choice::Area(relais::terms::Area::Overseas);
    matches!(choice, Choice::Area(_) | Choice::Country(_) | Choice::Locale(_)) && choice != overseas
}

#[test]
fn no_screen_asks_to_choose_among_too_many() {
    for (name, walk) in screens(Locale::ENGLISH) {
        let buttons = walk.buttons();
        let answers = buttons.iter().filter(|button| is_answer(button.choice)).count();
        let entries = buttons.iter().filter(|button| is_entry(button.choice)).count();
        assert!(answers <= CHOICES.0, "{name}: {answers} answers to {:?}", keys_of(&walk));
        assert!(entries <= CHOICES.1, "{name}: {entries} entries in {:?}", keys_of(&walk));
    }
}

#[test]
fn names_on_buttons_are_cut_nowhere() {
    for (_, walk) in screens(Locale::FRENCH) {
        for button in walk.buttons() {
            if let Label::Name(name) = button.label {
                assert!(!name.is_empty() && name.chars().count() <= 32, "{name}");
            }
        }
    }
}
