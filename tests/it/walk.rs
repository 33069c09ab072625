//! Walks conversations as a person does: by the buttons of the present screen.

use std::collections::{HashSet, VecDeque};
use std::hash::Hash;

use chrono::{DateTime, TimeDelta, Utc};
use relais::clock::Minute;
use relais::conversation::{
    Answering, Button, Choice, Conversation, Effect, Event, Facts, Label, Line, Link, Linked, News, Notice,
    Outcome, Screen, SentFacts, SentState, Step, screen, step,
};
use relais::ids::{Code, Country, Department, Nonce};
use relais::intake::place_label;
use relais::locale::Locale;
use relais::message::{Argument, Message};
use relais::place;
use relais::record::Request;
use relais::terms::Place;

/// A Tuesday in 2026.
pub fn noon() -> DateTime<Utc> {
    "2026-11-24T11:00:00Z".parse().unwrap()
}

/// The code of every request in these walks: as large as a code can be, so that it fills its bits.
pub fn code() -> Code {
    Code::from_number(Code::LIMIT - 1).unwrap()
}

/// A new conversation, with the largest nonce.
pub fn beginning(locale: Locale) -> Conversation {
    Conversation::begin(locale, Nonce::new(u64::MAX - 1))
}

/// How the world answers to what the core asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum World {
    /// Everything succeeds.
    Works,
    /// No association fits.
    NobodyFits,
    /// The database does not answer.
    Fails,
}

impl World {
    pub const ALL: [Self; 3] = [Self::Works, Self::NobodyFits, Self::Fails];

    /// Returns what comes of an effect; nothing for those that only show.
    pub fn outcome(self, effect: &Effect) -> Option<Outcome> {
        match (effect, self) {
            (Effect::HandOff(request), Self::Works) => {
                Some(Outcome::HandedOff { code: code(), contact: request.contact })
            }
            (Effect::HandOff(_), Self::NobodyFits) => Some(Outcome::NobodyFits),
            (Effect::HandOff(_), Self::Fails) => Some(Outcome::NotHandedOff),
            (Effect::Cancel(_), Self::Works | Self::NobodyFits) => Some(Outcome::Cancelled),
            (Effect::Cancel(_), Self::Fails) => Some(Outcome::NotCancelled),
            (Effect::Find(code), Self::Works) => Some(Outcome::Found(*code)),
            (Effect::Find(_), Self::NobodyFits) => Some(Outcome::NotFound),
            (Effect::Find(_), Self::Fails) => Some(Outcome::NotLookedUp),
            (Effect::Add(addition), Self::Works | Self::NobodyFits) => {
                Some(Outcome::Added { more: addition.more, cut: false })
            }
            (Effect::Add(_), Self::Fails) => Some(Outcome::NotAdded),
            (Effect::OpenMessage(_), Self::Works) => Some(Outcome::Opened),
            (Effect::OpenMessage(_), _) => Some(Outcome::NoMessage),
            _ => None,
        }
    }
}

/// A conversation under way.
#[derive(Clone, Debug)]
pub struct Walk {
    pub conversation: Conversation,
    pub facts: Facts,
    pub world: World,
    pub now: DateTime<Utc>,
    /// The line above the present screen.
    pub notice: Option<Notice>,
    /// The chat was emptied by the last event.
    pub left: bool,
    /// Everything that was handed over so far.
    pub requests: Vec<Request>,
}

impl Walk {
    pub fn new(locale: Locale) -> Self {
        Self {
            conversation: beginning(locale),
            facts: facts(),
            world: World::Works,
            now: noon(),
            notice: None,
            left: false,
            requests: Vec::new(),
        }
    }

    /// Takes one event and everything that follows from it. A minute passes.
    pub fn take(&mut self, event: Event) {
        self.now += TimeDelta::minutes(1);
        (self.left, self.notice) = (false, None);
        let mut next = Some(event);
        let mut turns = 0;
        let before = self.conversation;
        while let Some(event) = next.take() {
            turns += 1;
            if event == Event::Outcome(Outcome::NotAdded) {
                self.conversation = before;
            }
            assert!(turns < 5, "an event sets off events without end");
            let Step { conversation, effects } = step(self.conversation, event, self.now);
            self.conversation = conversation;
            assert!(!effects.is_empty(), "an event without any effect leaves the person in front of nothing");
            for effect in effects {
                next = next.or_else(|| self.world.outcome(&effect).map(Event::Outcome));
                // Other effects change nothing that a walk looks at.
                if let Effect::HandOff(request) = effect {
                    self.requests.push(*request);
                } else if let Effect::Show(notice) = effect {
                    self.notice = notice;
                } else {
                    self.left |= effect == Effect::EraseChat;
                }
            }
        }
    }

    pub fn tap(&mut self, choice: Choice) {
        assert!(
            self.buttons().iter().any(|button| button.choice == choice),
            "what is tapped is not on the screen: {}",
            words(&self.screen())
        );
        self.take(Event::Tap(choice));
    }

    pub fn screen(&self) -> Screen {
        screen_of(&self.conversation, self.notice, &self.facts)
    }

    pub fn buttons(&self) -> Vec<Button> {
        self.screen().sections.concat()
    }

    pub fn minute(&self) -> Minute {
        Minute::of(self.now)
    }
}

/// Returns a screen with the départements that its area really has.
pub fn screen_of(conversation: &Conversation, notice: Option<Notice>, facts: &Facts) -> Screen {
    let departments = conversation.listed_area().map(place::departments_of).unwrap_or_default();
    if departments.is_empty() {
        return screen(conversation, notice, facts);
    }
    let named =
        departments.into_iter().filter_map(|d| Some((d, place_label(Place::Department(d))?))).collect();
    screen(conversation, notice, &Facts { departments: named, ..facts.clone() })
}

/// What the outside would know, in full: every kind of line, two départements, a request that is there.
pub fn facts() -> Facts {
    let line = |message, notes: &[Message], free_always| Line { message, notes: notes.to_vec(), free_always };
    let number = |digits: &str| digits.to_owned();
    let mut facts = Facts {
        locales: Locale::all().collect(),
        lines: vec![
            line(Message::NumberDanger { number: number("112") }, &[Message::NotePolice], true),
            line(Message::NumberCannotSpeak { number: number("114") }, &[Message::NoteSms], true),
            line(Message::NumberMinor { number: number("119") }, &[Message::NoteFree], true),
            line(Message::NumberHomeless { number: number("115") }, &[Message::NoteAlways], false),
        ],
        minor_number: Some(number("119")),
        danger_number: Some(number("112")),
        countries: ["BE", "CH", "DE", "ES", "IT", "LU"]
            .iter()
            .map(|c| c.parse::<Country>().unwrap())
            .collect(),
        departments: ["69", "989"]
            .iter()
            .map(|code| (code.parse::<Department>().unwrap(), format!("Exemple ({code})")))
            .collect(),
        place_name: Some("Rhône (69)".to_owned()),
        retention_days: 7,
        sign: "🌊🐘🔑".to_owned(),
        free_text: true,
        operator: Some("Collectif d'exemple".to_owned()),
        idle_minutes: 30,
        bot: Some("relais_bot".to_owned()),
        linked: Some(Linked::Listed { name: "Association d'exemple".to_owned() }),
        message_waits: true,
        message: Some("A message".to_owned()),
        found: places()
            .iter()
            .zip(["Marseille (13)", "Belgique (BE)"])
            .map(|(p, n)| (p, n.to_owned()))
            .collect(),
        ..Facts::default()
    };
    facts.fitting =
        vec![line(Message::NumberHomeless { number: number("115") }, &[Message::NoteAlways], false)];
    facts.sent = known(News::Waiting, false);
    facts
}

/// What a typed name may mean.
pub fn places() -> relais::conversation::Places {
    let marseille = Place::Commune("13055".parse().unwrap());
    relais::conversation::Places::of([marseille, Place::Abroad("BE".parse().unwrap())])
}

/// A request that is there.
pub fn known(news: News, late: bool) -> SentState {
    SentState::Known(SentFacts {
        answering: Answering::Association { place: "Rhône".to_owned() },
        time: Message::TimeToday { time: "18:00".to_owned() },
        late,
        languages: vec![Locale::FRENCH.native(), Locale::ENGLISH.native()],
        phone: Some(("Association d'exemple".to_owned(), "+33 1 99 00 12 34".to_owned())),
        others: vec![
            ("Accueil d'exemple".to_owned(), "+33 4 65 71 12 06".to_owned()),
            ("Écoute d'exemple".to_owned(), "+33 4 65 71 12 07".to_owned()),
        ],
        news,
    })
}

/// Names a message with its arguments, without saying it.
pub fn name(message: &Message) -> String {
    let arguments: Vec<String> = message
        .arguments()
        .into_iter()
        .map(|(_, argument)| match argument {
            Argument::Text(text) => text,
            Argument::Count(count) => count.to_string(),
            Argument::Message(inner) => name(&inner),
        })
        .collect();
    if arguments.is_empty() {
        message.key().to_owned()
    } else {
        format!("{}({})", message.key(), arguments.join(", "))
    }
}

/// Names everything on a screen, for a failure to be read: `Debug` shows nothing of it.
pub fn words(screen: &Screen) -> String {
    let body: Vec<String> = screen.body.iter().flatten().map(name).collect();
    let buttons: Vec<String> = screen.sections.iter().flatten().map(label).collect();
    format!("{} [{}]", body.join(" · "), buttons.join(" | "))
}

/// Names what stands on a button.
pub fn label(button: &Button) -> String {
    match &button.label {
        Label::Message(message) => name(message),
        Label::Name(name) => name.clone(),
    }
}

/// One conversation for every shape of screen that buttons and commands can reach.
///
/// `backwards` tries the last buttons first, which gives the conversations with the largest answers.
pub fn every_shape(locale: Locale, backwards: bool) -> Vec<Walk> {
    let mut seen = HashSet::new();
    let mut found = Vec::new();
    let mut waiting = VecDeque::from([Walk::new(locale)]);
    while let Some(walk) = waiting.pop_front() {
        if !seen.insert(shape(&walk.screen())) {
            continue;
        }
        for event in events(&walk, backwards) {
            for world in World::ALL {
                let mut next = Walk { world, requests: Vec::new(), ..walk.clone() };
                next.take(event);
                // The world matters only where it was asked.
                let asked = matches!(
                    event,
                    Event::Tap(Choice::Send(_) | Choice::EraseEverything | Choice::Answer(_) | Choice::Alone)
                        | Event::CodeGiven(_)
                        | Event::WordsGiven
                );
                waiting.push_back(next);
                if !asked {
                    break;
                }
            }
        }
        found.push(walk);
    }
    found
}

/// Returns every choice that stands on any screen, once.
pub fn every_choice() -> Vec<Choice> {
    let walks = every_shape(Locale::ENGLISH, false);
    unique(walks.iter().flat_map(Walk::buttons).map(|button| button.choice))
}

fn events(walk: &Walk, backwards: bool) -> Vec<Event> {
    let mut events: Vec<Event> = walk.buttons().iter().map(|button| Event::Tap(button.choice)).collect();
    events.extend([Event::Start, Event::Menu, Event::Language, Event::Privacy, Event::OldButton]);
    events.extend([Event::Idle, Event::Linked(Link::Association)]);
    events.extend([Event::Typed { deleted: true }, Event::Typed { deleted: false }]);
    events.extend([Event::PlaceGiven(places()), Event::PlaceGiven(relais::conversation::Places::default())]);
    events.extend([Event::CodeGiven(Some(code())), Event::CodeGiven(None), Event::WordsGiven]);
    if backwards {
        events.reverse();
    }
    events
}

/// What two screens have in common that differ only in what was answered.
fn shape(screen: &Screen) -> String {
    let body: Vec<&str> = screen.body.iter().flatten().map(Message::key).collect();
    // What is ticked among many does not make another screen.
    let shape_of = |button: &Button| match button.choice {
        Choice::Observed(_) | Choice::AlsoNeed(_) | Choice::Speak(_) => "one of many".to_owned(),
        _ => label(button),
    };
    let buttons: Vec<String> = screen.sections.concat().iter().map(shape_of).collect();
    format!("{body:?} {buttons:?}")
}

fn unique<T: Eq + Hash + Clone>(items: impl Iterator<Item = T>) -> Vec<T> {
    let mut seen = HashSet::new();
    items.filter(|item| seen.insert(item.clone())).collect()
}
