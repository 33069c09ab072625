//! The adapter over real HTTP against the stand-in: what people, Telegram and accidents do to it.

mod accidents;
mod handoff;
mod links;
mod odd;
mod quiet;
mod rush;
mod second_bot;
mod typed;

use chrono::TimeDelta;
use relais::i18n::Catalog;
use relais::locale::Locale;
use relais::message::Message as Words;
use relais::sandbox::{Message, Phone};

use crate::support::{PhoneExt as _, Stage};

/// Taps the button that says this in a language.
async fn tap(stage: &Stage, phone: &Phone, locale: Locale, words: Words) -> Message {
    phone.taps(&stage.catalog.label(locale, &words)).await
}

/// Goes from `/start` to the question who needs help.
async fn agree(stage: &Stage, phone: &Phone, locale: Locale) -> Message {
    phone.send_text("/start");
    phone.sees("🌐").await;
    phone.taps(locale.native()).await;
    tap(stage, phone, locale, Words::HomeNeedHelp).await;
    tap(stage, phone, locale, Words::ConsentAgree).await
}

/// Goes from `/start` to the review, and returns it.
async fn review(stage: &Stage, phone: &Phone, locale: Locale) -> Message {
    agree(stage, phone, locale).await;
    tap(stage, phone, locale, Words::WhoWoman).await;
    tap(stage, phone, locale, Words::SituationLabour).await;
    tap(stage, phone, locale, Words::NeedShelter).await;
    tap(stage, phone, locale, Words::PlaceUnsaid).await
}

#[tokio::test]
async fn a_person_reaches_the_review_in_one_message_in_every_language() {
    let stage = Stage::start().await;
    for locale in Locale::all() {
        let phone = stage.phone(locale.telegram_codes().first().unwrap_or(&"en"));
        let review = review(&stage, &phone, locale).await;
        let sent = stage.sandbox.calls_of("sendMessage");
        let mine: Vec<_> = sent.iter().filter(|call| call.chat() == Some(phone.chat)).collect();
        assert_eq!(mine.len(), 1, "{locale}: everything happens in one message, edited in place");
        assert_eq!(phone.living().await, review, "{locale}: and what the person typed is gone");
        assert!(review.silent, "{locale}: no sound calls the wrong person to the phone");
        let sends = stage.catalog.label(locale, &Words::SendAnyTime);
        assert!(review.all_buttons().any(|button| button.text == sends), "{locale}: {review:#?}");
    }
    stage.close().await;
}

#[tokio::test]
async fn every_screen_has_danger_and_leave_in_its_last_row() {
    let stage = Stage::start().await;
    let phone = stage.phone("fr");
    review(&stage, &phone, Locale::FRENCH).await;
    let says = |words: Words| stage.catalog.label(Locale::FRENCH, &words);
    let mut seen = 0;
    for call in stage.sandbox.calls() {
        let Some(rows) = call.parameters.get("reply_markup").and_then(|markup| markup.get("inline_keyboard"))
        else {
            continue;
        };
        let last = rows.as_array().unwrap().last().unwrap().as_array().unwrap();
        let labels: Vec<&str> = last.iter().map(|button| button["text"].as_str().unwrap()).collect();
        assert_eq!(labels, [says(Words::Danger), says(Words::Leave)]);
        seen += 1;
    }
    assert!(seen >= 8, "{seen} screens were shown");
    stage.close().await;
}

#[tokio::test]
async fn leaving_empties_the_chat() {
    let stage = Stage::start().await;
    let phone = stage.phone("fr");
    agree(&stage, &phone, Locale::FRENCH).await;
    phone.tap(&stage.catalog.label(Locale::FRENCH, &Words::Leave)).unwrap();
    phone.until(|messages| messages.is_empty().then_some(())).await.expect("the chat is emptied");

    agree(&stage, &phone, Locale::FRENCH).await;
    phone.send_text("/clear");
    phone.until(|messages| messages.is_empty().then_some(())).await.expect("the chat is emptied");
    stage.close().await;
}

#[tokio::test]
async fn a_message_too_old_to_delete_is_made_to_say_nothing() {
    let stage = Stage::start().await;
    let phone = stage.phone("fr");
    agree(&stage, &phone, Locale::FRENCH).await;
    phone.age(TimeDelta::hours(49));
    tap(&stage, &phone, Locale::FRENCH, Words::Leave).await;
    let left = phone.living().await;
    assert_eq!(left.text, stage.catalog.say(Locale::FRENCH, &Words::Done));
    assert_eq!(left.buttons, Vec::<Vec<_>>::new());
    stage.close().await;
}

#[tokio::test]
async fn menus_and_descriptions_are_set_in_every_language_at_start() {
    let stage = Stage::start().await;
    let set = |codes: usize| {
        move |sandbox: &relais::sandbox::Sandbox| {
            let profile = sandbox.profile();
            (profile.short_descriptions.len() == codes).then_some(profile)
        }
    };
    let codes: Vec<(&str, Locale)> = Locale::all()
        .flat_map(|locale| locale.telegram_codes().iter().map(move |&code| (code, locale)))
        .filter(|(code, _)| code.len() == 2)
        .chain([("", Locale::ENGLISH)])
        .collect();
    let profile = stage.sandbox.until(set(codes.len())).await.expect("everything is set");
    for (code, locale) in codes {
        let say = |words: Words| stage.catalog.label(locale, &words);
        assert_eq!(profile.descriptions[code], say(Words::BotDescription));
        assert_eq!(profile.short_descriptions[code], say(Words::BotShortDescription));
        let menu: Vec<&str> = profile.commands[code].iter().map(|(command, _)| command.as_str()).collect();
        assert_eq!(menu, ["start", "menu", "language", "privacy", "clear"]);
        assert!(profile.commands[code].contains(&("privacy".to_owned(), say(Words::CommandPrivacy))));
    }
    stage.close().await;
}

#[tokio::test]
async fn the_language_follows_the_phone_and_then_the_person() {
    let stage = Stage::start().await;
    let phone = stage.phone("ar");
    phone.send_text("/menu");
    let arabic: Locale = "ar".parse().unwrap();
    phone.sees(&stage.catalog.label(arabic, &Words::HomeText)).await;
    phone.send_text("/language");
    phone.sees(&stage.catalog.label(arabic, &Words::LanguageChoose)).await;
    phone.taps(Locale::FRENCH.native()).await;
    phone.set_language(Some("de"));
    let home = phone.says("/menu").await;
    assert_eq!(home.text, stage.catalog.say(Locale::FRENCH, &Words::HomeText));
    let unknown = stage.sandbox.phone(None);
    unknown.send_text("/menu");
    let negotiated = Catalog::negotiate(None);
    unknown.sees(&stage.catalog.say(negotiated, &Words::HomeText)).await;
    stage.close().await;
}
