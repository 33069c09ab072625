//! Links to the start: of associations, of campaigns, and rubbish.

use relais::handoff;
use relais::locale::Locale;
use relais::message::Message as Words;
use relais::record::Record;

use super::tap;
use crate::support::{PhoneExt as _, Stage};

const NOT_LISTED: [&str; 4] = ["a-no-such-association", "a-", "a-UPPER_case", "a-----"];

#[tokio::test]
async fn a_link_says_whether_its_association_is_listed() {
    let stage = Stage::start().await;
    let listed = stage.directory.list(stage.clock.now().date_naive(), Some("@relais_bot"));
    let (entry, link) = listed.iter().find_map(|entry| Some((entry, entry.link.clone()?))).unwrap();
    let payload = link.strip_prefix("https://t.me/relais_bot?start=").unwrap();
    let phone = stage.phone("fr");
    phone.send_text(&format!("/start {payload}"));
    let said = stage.catalog.say(Locale::FRENCH, &Words::LinkedListed { name: entry.name.clone() });
    phone.sees(&said).await;
    let real = tap(&stage, &phone, Locale::FRENCH, Words::Genuine).await;
    assert!(real.text.contains(" : \u{2068}@"), "the bot's own name: {}", real.text);
    tap(&stage, &phone, Locale::FRENCH, Words::Back).await;
    phone.sees(&stage.catalog.say(Locale::FRENCH, &Words::LanguageChoose)).await;
    for payload in NOT_LISTED {
        let phone = stage.phone("fr");
        phone.send_text(&format!("/start {payload}"));
        phone.sees(&stage.catalog.say(Locale::FRENCH, &Words::LinkedUnlisted)).await;
        let start = tap(&stage, &phone, Locale::FRENCH, Words::GoOn).await;
        assert_eq!(start.text, stage.catalog.say(Locale::FRENCH, &Words::LanguageChoose), "{payload}");
        phone.living().await;
    }
    stage.close().await;
}

#[test]
fn every_listed_association_has_a_link_but_those_that_want_no_name() {
    let today = crate::walk::noon().date_naive();
    let demo = relais::directory::Demo::prepare(today).unwrap();
    let directory = demo.verify(today).unwrap().directory;
    for entry in directory.list(today, Some("relais_bot")) {
        let hidden = entry.display == "none";
        assert_eq!(entry.link.is_none(), hidden, "{}", entry.id);
        let payload = format!("a-{}", entry.id);
        assert!(payload.len() <= 64 && payload.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-'));
        let found = directory.linked(&payload, today).expect("it is a link of an association");
        assert_eq!(found.map(|association| &association.id), Some(&entry.id));
        let later = today + chrono::Days::new(4_000);
        assert!(directory.linked(&payload, later).unwrap().is_none(), "{} is no longer vetted", entry.id);
    }
    assert!(directory.list(today, None).iter().all(|entry| entry.link.is_none()));
}

#[tokio::test]
async fn any_other_link_begins_as_the_start_does() {
    let stage = Stage::start().await;
    let long = "x".repeat(65);
    for payload in ["not-declared", "b-relais", "ЖЖЖ", "\u{202e}", "🙂", "%00", "../..", "a b c", &long]
    {
        let phone = stage.phone("fr");
        phone.send_text(&format!("/start {payload}"));
        let start = phone.sees(&stage.catalog.say(Locale::FRENCH, &Words::LanguageChoose)).await;
        let lines = start.text.lines().count();
        assert_eq!(lines, 1, "{payload:?} adds nothing: {}", start.text);
    }
    stage.close().await;
    assert_eq!(crate::support::panics(), 0);
}

/// Sends a request by the fast way after a command, and returns the review and what the association reads.
async fn sent_after(command: &str) -> (String, Record) {
    let stage = Stage::start().await;
    let phone = stage.phone("en");
    phone.send_text(command);
    phone.sees("🌐").await;
    phone.taps("English").await;
    let taps = [Words::HomeNeedHelp, Words::ConsentAgree, Words::SendNow];
    for words in taps {
        tap(&stage, &phone, Locale::ENGLISH, words).await;
    }
    let review = phone.living().await.text;
    tap(&stage, &phone, Locale::ENGLISH, Words::SendAnyTime).await;
    let token = stage.store().tokens(1).await.unwrap().remove(0);
    let identities = &stage.demo.identities[&token.association];
    let record = handoff::open(&token.ciphertext, identities, None).unwrap().record().clone();
    stage.close().await;
    (review, record)
}

#[tokio::test]
async fn a_declared_campaign_is_shown_and_reaches_the_record() {
    let (review, record) = sent_after("/start card-2026").await;
    assert_eq!(record.campaign.as_deref(), Some("card-2026"));
    assert!(review.contains("card-2026"), "nothing is sent that was not shown: {review}");
    for other in ["/start card-2027", "/start"] {
        let (review, record) = sent_after(other).await;
        assert_eq!(record.campaign, None, "{other}");
        assert!(!review.contains('🔗'), "{review}");
    }
}
