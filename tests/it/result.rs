//! What a person reads when the request was sent (screen S9): who, where, when, in which languages, and whom else
//! to call.

use relais::locale::Locale;
use relais::message::Message as Words;

use crate::support::{PhoneExt as _, Stage};

/// The hub of a woman near Lyon, or in no place, who looks for a bed.
async fn hub(stage: &Stage, locale: Locale, place: Words) -> String {
    let phone = stage.phone(locale.telegram_codes().first().unwrap_or(&"en"));
    let tap = async |words: Words| phone.taps(&stage.catalog.label(locale, &words)).await;
    phone.send_text("/start");
    phone.sees("🌐").await;
    phone.taps(locale.native()).await;
    tap(Words::HomeNeedHelp).await;
    tap(Words::ConsentAgree).await;
    tap(Words::WhoWoman).await;
    tap(Words::SituationLabour).await;
    tap(Words::NeedShelter).await;
    tap(place).await;
    tap(Words::SendAnyTime).await.text
}

#[tokio::test]
async fn the_result_names_who_where_when_in_which_languages_and_whom_else_to_call() {
    let stage = Stage::start().await;
    for locale in Locale::all() {
        let text = hub(&stage, locale, Words::AreaAlps).await;
        println!("--- {locale}\n{text}");
        let lines: Vec<&str> = text.lines().collect();
        let at = |part: &str| lines.iter().position(|line| line.contains(part));
        // The area, and when: within four hours of ten in the morning.
        assert!(at("Rhône").is_some(), "{text}");
        assert!(text.contains("14:00") || text.contains("14:15"), "{text}");
        // The languages, in their own scripts.
        let languages = at(Locale::FRENCH.native()).expect("the languages are named");
        assert!(lines[languages].contains(Locale::ARABIC.native()), "{text}");
        // Its own number, then those of two others, as they are dialled from anywhere; each on a line of its own,
        // where it does not break.
        let dialled = lines.iter().enumerate().filter(|(_, line)| line.contains("\u{2068}+"));
        let numbers: Vec<usize> = dialled.map(|(at, _)| at).collect();
        assert!(
            numbers.iter().all(|&at| lines[at - 1].contains('☎') && lines[at].chars().count() < 24),
            "{text}"
        );
        assert!((2..=3).contains(&numbers.len()), "{text}");
        assert!(lines[numbers[0]].contains("+33 4 65 71 12 06"), "{text}");
        let others = stage.catalog.say(locale, &Words::SentOthers);
        let others = lines.iter().position(|line| *line == others).expect("others are announced");
        assert!(numbers[0] < others && others < numbers[1], "{text}");
        // Numbers stand in isolates, so that right-to-left text does not turn them round.
        for number in numbers {
            let line = lines[number];
            let digits = line.split('\u{2068}').find(|part| part.starts_with('+')).unwrap();
            let (digits, _) = digits.split_once('\u{2069}').expect("the isolate ends");
            assert!(digits.bytes().all(|byte| byte.is_ascii_digit() || b"+ ".contains(&byte)), "{line}");
        }
        // No bed tonight, and a woman: the national lines that fit, and not every other one.
        assert!(text.contains("115") && text.contains("3919") && !text.contains("114"), "{text}");
        // Of numbers that are not all free and open at night nobody says so.
        assert!(!text.contains(&stage.catalog.say(locale, &Words::NumbersAllFree)), "{text}");
    }
    stage.close().await;
}

#[tokio::test]
async fn who_works_in_the_whole_country_is_said_to() {
    let stage = Stage::start().await;
    let text = hub(&stage, Locale::FRENCH, Words::PlaceUnsaid).await;
    assert!(text.contains(&stage.catalog.say(Locale::FRENCH, &Words::SentNationwide)), "{text}");
    stage.close().await;
}
