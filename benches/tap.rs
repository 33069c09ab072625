//! What one tap costs: open the button, step, choose the screen, say it, seal its buttons again.

use chrono::{DateTime, Utc};
use relais::clock::Minute;
use relais::conversation::{
    Answers, Approach, Choice, Conversation, Facts, Intake, Line, Over, Question, Sent, Stage, screen, step,
};
use relais::i18n::Catalog;
use relais::ids::{ChatId, Code, Nonce};
use relais::locale::Locale;
use relais::message::Message;
use relais::record::{About, Consent};
use relais::sealing::KeyRing;
use relais::telegram::render;
use relais::terms::{Area, Contact, Need, Place, Situation, Who, Zone};

const CHAT: ChatId = ChatId(7_000_000_001);
const LOCALES: [Locale; 3] = [Locale::FRENCH, Locale::ENGLISH, Locale::ARABIC];

fn main() {
    divan::main();
}

/// A screen and one tap that leads to it.
#[derive(Clone, Copy)]
enum Shown {
    Languages,
    Home,
    NotPrivate,
    Numbers,
    Consent,
    Privacy,
    Who,
    Situation,
    Need,
    Place,
    Review,
    Change,
    Hub,
    News,
    Erase,
}

impl Shown {
    const ALL: [Self; 15] = [
        Self::Languages,
        Self::Home,
        Self::NotPrivate,
        Self::Numbers,
        Self::Consent,
        Self::Privacy,
        Self::Who,
        Self::Situation,
        Self::Need,
        Self::Place,
        Self::Review,
        Self::Change,
        Self::Hub,
        Self::News,
        Self::Erase,
    ];

    /// Where the tap is made, and on what.
    fn before(self) -> (Conversation, Choice) {
        let asking = |question| Stage::Asking(intake(), question);
        let changing = false;
        let (stage, over, choice) = match self {
            Self::Languages => (asking(Question::Change), None, Choice::ChangeLanguage),
            Self::Home => (Stage::Home, Some(Over::Languages { page: 0 }), Choice::Locale(Locale::FRENCH)),
            Self::NotPrivate => (Stage::Home, None, Choice::NotPrivate),
            Self::Numbers => (Stage::Home, None, Choice::NumbersOnly),
            Self::Consent => (Stage::Home, None, Choice::NeedHelp),
            Self::Privacy => (Stage::Consent(Approach::default()), None, Choice::More),
            Self::Who => (Stage::Consent(Approach::default()), None, Choice::Agree),
            Self::Situation => (asking(Question::Who { changing }), None, Choice::Who(Who::Minor)),
            Self::Need => {
                (asking(Question::Situation { changing }), None, Choice::Situation(Situation::Labour))
            }
            Self::Place => (asking(Question::Need { changing }), None, Choice::Need(Need::Leave)),
            Self::Review => (asking(Question::Place { changing }), None, Choice::Area(Area::Alps)),
            Self::Change => (asking(Question::Review), None, Choice::Change),
            Self::Hub => (sent(), Some(Over::News), Choice::Back),
            Self::News => (sent(), None, Choice::News),
            Self::Erase => (sent(), None, Choice::Cancel),
        };
        (Conversation { over, stage, ..Conversation::begin(Locale::FRENCH, Nonce::new(1 << 39)) }, choice)
    }
}

impl std::fmt::Display for Shown {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Languages => "languages",
            Self::Home => "home",
            Self::NotPrivate => "phone not private",
            Self::Numbers => "numbers",
            Self::Consent => "consent",
            Self::Privacy => "privacy",
            Self::Who => "who",
            Self::Situation => "situation",
            Self::Need => "need",
            Self::Place => "place",
            Self::Review => "review",
            Self::Change => "change",
            Self::Hub => "hub",
            Self::News => "news",
            Self::Erase => "erase",
        })
    }
}

fn intake() -> Intake {
    let answers = Answers {
        about: About::Oneself {
            who: Some(Who::Minor),
            situation: Some(Situation::Labour),
            need: Some(Need::Leave),
        },
        place: Place::Area(Area::Alps),
        far: true,
    };
    Intake { consent: Consent::given(1, Minute::of(now())), approach: Approach::default(), answers }
}

fn sent() -> Stage {
    Stage::Sent(Sent {
        code: Code::reduce(123_456_789_012),
        minor: true,
        danger: true,
        other: false,
        elsewhere: false,
        consent: Some(Consent::given(1, Minute::of(now()))),
        contact: Contact::AnyTime,
        zone: Zone::Mainland,
    })
}

fn now() -> DateTime<Utc> {
    DateTime::from_timestamp(1_795_518_000, 0).unwrap_or_default()
}

fn keys() -> KeyRing {
    let file = KeyRing::generate_file(now().date_naive()).ok();
    file.and_then(|file| KeyRing::parse(&file).ok()).unwrap_or_else(|| std::process::exit(1))
}

fn catalog() -> Catalog {
    Catalog::load().unwrap_or_else(|_| std::process::exit(1))
}

fn facts() -> Facts {
    let line =
        |message| Line { message, notes: vec![Message::NoteFree, Message::NoteAlways], free_always: true };
    let number = |digits: &str| digits.to_owned();
    Facts {
        locales: Locale::all().collect(),
        lines: vec![
            line(Message::NumberDanger { number: number("112") }),
            line(Message::NumberCannotSpeak { number: number("114") }),
            line(Message::NumberMinor { number: number("119") }),
            line(Message::NumberHurt { number: number("15") }),
            line(Message::NumberHomeless { number: number("115") }),
        ],
        minor_number: Some(number("119")),
        danger_number: Some(number("112")),
        retention_days: 7,
        sign: "🌊🐘🔑".to_owned(),
        ..Facts::default()
    }
}

/// The whole of a tap but Telegram and the database.
#[divan::bench(args = Shown::ALL)]
fn tap(bencher: divan::Bencher<'_, '_>, shown: Shown) {
    let (keys, catalog, facts) = (keys(), catalog(), facts());
    let (conversation, choice) = shown.before();
    let button = keys.seal(&conversation, choice, CHAT, now());
    bencher.bench(|| {
        let opened = keys.open(&button, CHAT, now()).ok()?;
        let moved =
            step(opened.conversation, relais::conversation::Event::Tap(opened.choice), now()).conversation;
        let screen = screen(&moved, None, &facts);
        Some(render(&screen, &moved, &catalog, &keys, CHAT, now()))
    });
}

/// One button.
#[divan::bench]
fn seal(bencher: divan::Bencher<'_, '_>) {
    let keys = keys();
    let (conversation, choice) = Shown::Review.before();
    bencher.bench(|| keys.seal(&conversation, choice, CHAT, now()));
}

/// One message without variables.
#[divan::bench(args = LOCALES.map(Locale::tag))]
fn message(bencher: divan::Bencher<'_, '_>, tag: &str) {
    let catalog = catalog();
    let locale = tag.parse().unwrap_or(Locale::ENGLISH);
    bencher.bench(|| catalog.say(locale, &Message::HomeText));
}

/// One message with a plural in it.
#[divan::bench(args = LOCALES.map(Locale::tag))]
fn message_with_a_count(bencher: divan::Bencher<'_, '_>, tag: &str) {
    let catalog = catalog();
    let locale = tag.parse().unwrap_or(Locale::ENGLISH);
    bencher.bench(|| catalog.say(locale, &Message::ConsentText { days: 7 }));
}
