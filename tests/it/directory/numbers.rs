//! Public numbers, as the person sees them.

use std::sync::Arc;

use relais::clock::Clock;
use relais::conversation::{Choice, Conversation, Event};
use relais::i18n::Catalog;
use relais::ids::{ChatId, Nonce};
use relais::intake::{Intake, IntakeSettings, Repeats, Tries, Turned};
use relais::locale::Locale;
use relais::message::Message;
use relais::sealing::KeyRing;
use relais::store::Store;

use super::*;

#[test]
fn the_numbers_of_france_come_by_urgency_and_only_confirmed_ones() {
    let directory = Directory::numbers_only().unwrap();
    let numbers = |country: Country, day| -> Vec<String> {
        directory.lines(country, day).map(|line| line.number.clone()).collect()
    };
    let french = ["112", "17", "114", "119", "15", "18", "115", "3919", "116 006"];
    assert_eq!(numbers(Country::FRANCE, today()), french);
    assert_eq!(numbers("PL".parse().unwrap(), today()), ["112"]);
    assert_eq!(numbers("CH".parse().unwrap(), today()), ["117"]);
    assert!(numbers(Country::FRANCE, day("2027-11-26")).is_empty(), "nothing is shown past its end");
}

/// What the screen "only phone numbers" says, with the numbers that come with the program.
async fn numbers_screen(place: Choice) -> Vec<String> {
    let folder = tempfile::tempdir().unwrap();
    let url = format!("sqlite:{}", folder.path().join("relais.db").display());
    let now = at("2026-11-25T10:00:00Z");
    let intake = Intake {
        tries: Tries::default(),
        repeats: Repeats::default(),
        catalog: Arc::new(Catalog::load().unwrap()),
        settings: IntakeSettings::default(),
        bot: None,
        keys: Arc::new(KeyRing::parse(&KeyRing::generate_file(today()).unwrap()).unwrap()),
        store: Store::connect(&url.into()).await.unwrap(),
        directory: Arc::new(Directory::numbers_only().unwrap()),
        clock: Clock::from_fn(move || now),
        due: Arc::default(),
    };
    let mut turned = None;
    for event in [Event::Start, Event::Tap(place), Event::Tap(Choice::NumbersOnly)] {
        let so_far = turned.map(|turned: Turned| turned.conversation);
        let conversation = so_far.unwrap_or_else(|| Conversation::begin(Locale::ENGLISH, Nonce::new(1)));
        turned = Some(intake.turn(ChatId(1), conversation, event, Locale::ENGLISH).await);
    }
    let catalog = Catalog::load().unwrap();
    let screen = turned.unwrap().screen.unwrap();
    let say = |message: &Message| catalog.label(Locale::ENGLISH, message);
    screen.body.iter().map(|line| line.iter().map(say).collect::<Vec<_>>().join(" · ")).collect()
}

#[tokio::test]
async fn the_screen_says_who_answers_when_and_what_it_costs() {
    let said = numbers_screen(Choice::Locale(Locale::ENGLISH)).await;
    assert_eq!(
        said,
        [
            "📞 You can call these numbers.",
            "🚨 Danger: 112 · day and night · free",
            "🚨 Danger: 17 · police answer · day and night · free",
            "🤫 You cannot speak: 114 · by text message · day and night · free",
            "🧒 Under 18: 119 · day and night · free",
            "🩺 Hurt or sick: 15 · day and night · free",
            "🩺 Hurt or sick: 18 · day and night · free",
            "🛏 No bed tonight: 115 · day and night · free",
            "👩 Violence against women: 3919 · day and night · free",
            "⚖ Someone did you wrong: 116 006 · free",
        ]
    );
}

#[test]
fn an_own_file_replaces_the_numbers_of_the_countries_it_names() {
    let text = format!(
        "{HEADER}[[line]]\nid = \"fr-own\"\nname = \"Own\"\ncountry = \"FR\"\nnumber = \"+33 1 99 00 00 01\"\n\
         channel = \"chat\"\nfor_whom = \"exploitation\"\nsource = \"us\"\nverified_on = 2026-11-20\nuntil = 2026-11-30\n"
    );
    let (secret, public) = keys(1);
    let signed = UntrustedFile { name: "lines.toml".into(), ..file(&text, &[&secret[0]]) };
    let verified = verify_with(signed, &public, 1).unwrap();
    let numbers = |country: &str, day| -> Vec<String> {
        let country = country.parse().unwrap();
        verified.directory.lines(country, day).map(|line| line.number.clone()).collect()
    };
    assert_eq!(numbers("FR", today()), ["112", "+33 1 99 00 00 01"]);
    assert_eq!(numbers("FR", day("2026-12-01")), ["112"]);
    assert_eq!(numbers("BE", today()).len(), 4, "other countries keep theirs");
    let soon = Weak::PhoneEndsSoon(day("2026-11-30"));
    assert!(
        verified.weaknesses.iter().any(|it| it.weak == soon && it.spot.entry.as_deref() == Some("fr-own"))
    );
}
