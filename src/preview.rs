//! Every screen of a language on one page, as the phone shows it: for the person who reviews a translation.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use chrono::{DateTime, Utc};
use teloxide::types::InlineKeyboardMarkup;

use crate::conversation::{
    Answering, Awaited, Conversation, Effect, Event, Facts, Line, Linked, News, Notice, Outcome, Places,
    Screen, SentFacts, SentState, screen, step,
};
use crate::i18n::Catalog;
use crate::ids::{ChatId, Code, Country, Nonce};
use crate::locale::{Direction, Locale};
use crate::message::Message;
use crate::place;
use crate::record::More;
use crate::sealing::KeyRing;
use crate::telegram::{Rendered, render};
use crate::terms::{Area, Place};

/// Screens beyond this number are not drawn: the conversation has far fewer.
const MOST: usize = 400;
const STYLE: &str = include_str!("../web/preview.css");

/// Returns the page. The buttons are sealed with these keys, for a chat that does not exist.
#[must_use]
pub fn page(catalog: &Catalog, locale: Locale, keys: &KeyRing, now: DateTime<Utc>) -> String {
    let direction = match locale.direction() {
        Direction::Ltr => "ltr",
        Direction::Rtl => "rtl",
    };
    let mut page = format!(
        "<!doctype html>\n<html lang=\"{tag}\"><head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width\"><title>{tag} · {name}</title>\
         <style>{STYLE}</style></head><body><h1>{name} <small>{tag}</small></h1><main>\n",
        tag = locale.tag(),
        name = locale.native(),
    );
    for (conversation, shown) in screens(locale, now) {
        let rendered = render(&shown, &conversation, catalog, keys, ChatId(0), now);
        card(&mut page, &shown, &rendered, direction);
    }
    page.push_str("</main></body></html>\n");
    page
}

fn card(page: &mut String, shown: &Screen, rendered: &Rendered, direction: &str) {
    let keys: Vec<&str> = shown.body.iter().flatten().map(Message::key).collect();
    let text = escaped(&rendered.text).replace('\n', "<br>");
    // Writing to a String cannot fail.
    let _ = write!(page, "<section><code>{}</code><p dir=\"{direction}\">{text}</p>", keys.join(" "));
    let InlineKeyboardMarkup { inline_keyboard } = &rendered.keyboard;
    for row in inline_keyboard {
        page.push_str("<div>");
        for button in row {
            let _ = write!(page, "<span dir=\"auto\">{}</span>", escaped(&button.text));
        }
        page.push_str("</div>");
    }
    page.push_str("</section>\n");
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

/// Walks the conversation and returns every screen once.
fn screens(locale: Locale, now: DateTime<Utc>) -> Vec<(Conversation, Screen)> {
    let facts = sample_facts(locale);
    let mut found = Vec::new();
    let mut seen = BTreeSet::new();
    let mut open = vec![(Conversation::begin(locale, Nonce::new(0)), Event::Start)];
    while let Some((conversation, event)) = open.pop() {
        if found.len() >= MOST {
            break;
        }
        let done = step(conversation, event, now);
        for effect in &done.effects {
            let outcomes = outcomes(effect).into_iter();
            open.extend(outcomes.map(|outcome| (done.conversation, Event::Outcome(outcome))));
            let notice = match effect {
                Effect::Show(notice) => *notice,
                Effect::ShowPlaces(_) => None,
                Effect::HandOff(_)
                | Effect::Cancel(_)
                | Effect::Find(_)
                | Effect::Add(_)
                | Effect::OpenMessage(_)
                | Effect::EraseChat => continue,
            };
            let shown = screen(&done.conversation, notice, &facts);
            if seen.insert(kind(&done.conversation, notice, &shown)) {
                let taps = shown.sections.iter().flatten().rev();
                open.extend(taps.map(|button| (done.conversation, Event::Tap(button.choice))));
                open.extend(typed(&done.conversation).map(|event| (done.conversation, event)));
                found.push((done.conversation, shown));
            }
        }
    }
    found
}

/// What may become of an effect.
fn outcomes(effect: &Effect) -> Vec<Outcome> {
    let code = Code::reduce(7);
    match effect {
        Effect::HandOff(request) => {
            let handed_off = Outcome::HandedOff { code, contact: request.contact };
            vec![Outcome::NotHandedOff, Outcome::NobodyFits, handed_off]
        }
        Effect::Cancel(_) => vec![Outcome::NotCancelled, Outcome::Cancelled],
        Effect::Find(_) => {
            vec![Outcome::NotLookedUp, Outcome::TooManyTries, Outcome::NotFound, Outcome::Found(code)]
        }
        Effect::Add(addition) => {
            let added = |cut| Outcome::Added { more: addition.more, cut };
            vec![Outcome::NotAdded, added(addition.more == More::Words), added(false)]
        }
        Effect::OpenMessage(_) => vec![Outcome::NoMessage, Outcome::Opened],
        Effect::Show(_) | Effect::ShowPlaces(_) | Effect::EraseChat => Vec::new(),
    }
}

/// What a person may type on a screen.
fn typed(conversation: &Conversation) -> Option<Event> {
    Some(match conversation.awaits()? {
        Awaited::Place => Event::PlaceGiven(Places::of(sample_places().into_iter().map(|(place, _)| place))),
        Awaited::Code => Event::CodeGiven(Some(Code::reduce(7))),
        Awaited::Words => Event::WordsGiven,
    })
}

fn sample_places() -> Vec<(Place, String)> {
    let named = |code: &str, name: &str| Some((Place::Commune(code.parse().ok()?), name.to_owned()));
    [("13055", "Marseille (13)"), ("13001", "Aix-en-Provence (13)")]
        .into_iter()
        .filter_map(|(code, name)| named(code, name))
        .collect()
}

/// What makes a screen another one: what it says first, and which buttons it has, but not what was answered.
fn kind(conversation: &Conversation, notice: Option<Notice>, shown: &Screen) -> String {
    let said = shown.body.first().and_then(|line| line.first()).map(Message::key);
    let buttons: Vec<_> =
        shown.sections.iter().flatten().map(|button| std::mem::discriminant(&button.choice)).collect();
    format!("{said:?} {notice:?} {} {buttons:?}", conversation.is_minor())
}

fn sample_facts(locale: Locale) -> Facts {
    let number = || "+33 1 99 00 12 34".to_owned();
    let line = |message: Message| Line { message, notes: vec![Message::NoteAlways], free_always: false };
    let departments = place::departments_of(Area::Riviera);
    let named = |department| (department, place::name(department).unwrap_or_default().to_owned());
    Facts {
        locales: Catalog::offered(locale),
        lines: vec![
            line(Message::NumberDanger { number: number() }),
            line(Message::NumberMinor { number: number() }),
        ],
        fitting: vec![line(Message::NumberHomeless { number: number() })],
        minor_number: Some("119".to_owned()),
        danger_number: Some("112".to_owned()),
        countries: ["BE", "IT"].iter().filter_map(|code| code.parse::<Country>().ok()).collect(),
        departments: departments.into_iter().map(named).collect(),
        place_name: Some("Bouches-du-Rhône (13)".to_owned()),
        found: sample_places(),
        retention_days: 7,
        free_text: true,
        operator: Some("Collectif d'exemple".to_owned()),
        idle_minutes: 30,
        bot: Some("example_bot".to_owned()),
        linked: Some(Linked::Listed { name: "Association d'exemple".to_owned() }),
        campaign: Some("poster-lyon".to_owned()),
        message_waits: true,
        message: Some("…".to_owned()),
        sign: "🌊🐘🔑".to_owned(),
        sent: SentState::Known(SentFacts {
            answering: Answering::Association { place: "Bouches-du-Rhône".to_owned() },
            time: Message::TimeToday { time: "18:00".to_owned() },
            late: true,
            languages: vec![Locale::FRENCH.native(), Locale::ENGLISH.native()],
            phone: Some(("Association d'exemple".to_owned(), number())),
            others: vec![("Accueil d'exemple".to_owned(), number())],
            news: News::Told,
        }),
    }
}
