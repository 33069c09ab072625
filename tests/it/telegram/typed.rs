//! What is typed: towns, codes, own words. It is read where a question asks for it, and gone from the chat.

use relais::handoff;
use relais::message::Message as Words;
use relais::record::{ForWhom, Record};
use relais::sandbox::{Message, Phone};
use relais::store::StoredToken;
use relais::terms::{Kind, Sign, Subject};
use serde_json::json;

use super::{Locale, agree, tap};
use crate::support::{PhoneExt as _, Stage};

const ENGLISH: Locale = Locale::ENGLISH;

fn says(stage: &Stage, words: &Words) -> String {
    stage.catalog.label(ENGLISH, words)
}

fn labels(message: &Message) -> Vec<String> {
    message.all_buttons().map(|button| button.text.clone()).collect()
}

/// Goes from `/start` to the question where the person is.
async fn place(stage: &Stage, phone: &Phone) -> Message {
    agree(stage, phone, ENGLISH).await;
    tap(stage, phone, ENGLISH, Words::WhoWoman).await;
    tap(stage, phone, ENGLISH, Words::SituationLabour).await;
    tap(stage, phone, ENGLISH, Words::NeedShelter).await
}

/// Sends a request, and returns the hub.
async fn hub(stage: &Stage, phone: &Phone) -> Message {
    place(stage, phone).await;
    tap(stage, phone, ENGLISH, Words::PlaceUnsaid).await;
    tap(stage, phone, ENGLISH, Words::SendAnyTime).await
}

/// Waits until the chat shows a prompt under the living message.
async fn prompt(phone: &Phone) -> Message {
    let look = |messages: &[Message]| messages.iter().find(|message| message.prompt.is_some()).cloned();
    phone.until(look).await.expect("a prompt")
}

/// Answers the prompt, and returns the one message that is left and holds these words.
async fn answers(phone: &Phone, text: &str, shows: &str) -> Message {
    prompt(phone).await;
    phone.answer_prompt(text).expect("a prompt");
    shown(phone, shows).await
}

async fn shown(phone: &Phone, shows: &str) -> Message {
    let look = |messages: &[Message]| {
        let living = messages.iter().find(|message| !message.buttons.is_empty())?;
        let rest = messages.iter().filter(|message| message.prompt.is_none()).count() == 1;
        let there = living.text.contains(shows) || living.all_buttons().any(|b| b.text.contains(shows));
        (rest && there).then(|| living.clone())
    };
    match phone.until(look).await {
        Ok(message) => message,
        Err(late) => panic!("{late}: {shows:?} in {:#?}", crate::support::texts(phone)),
    }
}

/// Every token of one kind, as the association reads it.
async fn records(stage: &Stage, kind: Kind) -> Vec<Record> {
    let tokens: Vec<StoredToken> = stage.store().tokens(100).await.unwrap();
    let open = |token: StoredToken| {
        let identities = stage.demo.identities.get(&token.association).unwrap();
        let key = handoff::key_text(&stage.keys.signing().verifying_key());
        handoff::open(&token.ciphertext, identities, Some(&key)).unwrap().record().clone()
    };
    tokens.into_iter().filter(|token| token.kind == kind).map(open).collect()
}

#[tokio::test]
async fn a_town_is_typed_confirmed_and_gone() {
    let stage = Stage::start().await;
    let phone = stage.phone("en");
    place(&stage, &phone).await;
    tap(&stage, &phone, ENGLISH, Words::PlaceType).await;
    let found = answers(&phone, "marseille", "Marseille (13)").await;
    assert!(labels(&found).contains(&says(&stage, &Words::PlaceNone)), "{found:#?}");
    let review = phone.taps("Marseille (13)").await;
    assert!(review.text.contains("Marseille (13)"), "{review:#?}");
    assert_eq!(phone.living().await, review, "one message lives, and nothing that was typed");
    tap(&stage, &phone, ENGLISH, Words::SendAnyTime).await;
    let record = records(&stage, Kind::Handoff).await.remove(0);
    let json = serde_json::to_value(&record).unwrap();
    assert_eq!(json["place"], json!({ "country": "FR", "departement": "13", "commune": "13055" }));
    stage.close().await;
}

#[tokio::test]
async fn an_answer_to_a_prompt_finds_its_question_after_a_restart() {
    let mut stage = Stage::start().await;
    let phone = stage.phone("en");
    place(&stage, &phone).await;
    tap(&stage, &phone, ENGLISH, Words::PlaceType).await;
    prompt(&phone).await;
    stage.restart().await;
    phone.answer_prompt("69001").expect("a prompt");
    let look = |messages: &[Message]| {
        messages.iter().find(|m| m.all_buttons().any(|b| b.text.contains("(69)"))).cloned()
    };
    phone.until(look).await.expect("Lyon is found");
    stage.close().await;
}

#[tokio::test]
async fn a_town_can_be_typed_where_areas_stand_and_misspelt_ones_are_asked_again() {
    let stage = Stage::start().await;
    let phone = stage.phone("en");
    place(&stage, &phone).await;
    phone.send_text("qqqqqxxxx");
    shown(&phone, &says(&stage, &Words::NoticePlaceNotFound)).await;
    let found = answers(&phone, "مرسيليا", "Marseille (13)").await;
    assert!(labels(&found).len() <= 9);
    tap(&stage, &phone, ENGLISH, Words::PlaceNone).await;
    answers(&phone, "Bruxelles", "(BE)").await;
    let review = phone.taps("(BE)").await;
    assert!(review.text.contains("Belgium"), "{review:#?}");
    stage.close().await;
}

#[tokio::test]
async fn a_shared_position_becomes_a_departement() {
    let stage = Stage::start().await;
    let phone = stage.phone("en");
    place(&stage, &phone).await;
    phone.push_message(json!({ "location": { "latitude": 43.2965, "longitude": 5.3698 } }));
    let found = shown(&phone, "(13)").await;
    assert!(labels(&found).iter().any(|label| label == "Bouches-du-Rhône (13)"), "{found:#?}");
    stage.close().await;
}

#[tokio::test]
async fn a_code_opens_the_request_on_another_phone_and_wrong_ones_are_braked() {
    let stage = Stage::start().await;
    let phone = stage.phone("en");
    hub(&stage, &phone).await;
    let shown_code = tap(&stage, &phone, ENGLISH, Words::HubCode).await;
    let code: String = shown_code.text.chars().filter(char::is_ascii_digit).take(12).collect();
    let hidden = tap(&stage, &phone, ENGLISH, Words::Back).await;
    assert!(!hidden.text.contains(&code[..4]));

    let other = stage.phone("en");
    other.send_text("/start");
    other.sees("🌐").await;
    other.taps("English").await;
    tap(&stage, &other, ENGLISH, Words::HomeCode).await;
    answers(&other, "12", &says(&stage, &Words::NoticeCodeShape)).await;
    answers(&other, "999999999999", &says(&stage, &Words::NoticeCodeNotFound)).await;
    let grouped = format!("{} {} {}", &code[..4], &code[4..8], &code[8..]);
    let hub = answers(&other, &grouped, &says(&stage, &Words::HubNews)).await;
    assert!(labels(&hub).contains(&says(&stage, &Words::HubSayMore)));
    // Nobody has agreed on this phone: writing asks for it first.
    tap(&stage, &other, ENGLISH, Words::HubWrite).await;
    other.sees(&says(&stage, &Words::ConsentText { days: 7 })[..30]).await;
    tap(&stage, &other, ENGLISH, Words::ConsentAgree).await;
    answers(&other, "from another phone", &says(&stage, &Words::NoticeSealed)).await;

    let guesser = stage.phone("en");
    guesser.send_text("/start");
    guesser.sees("🌐").await;
    guesser.taps("English").await;
    tap(&stage, &guesser, ENGLISH, Words::HomeCode).await;
    for guess in 0..5 {
        answers(&guesser, &format!("00000000000{guess}"), &says(&stage, &Words::NoticeCodeNotFound)).await;
        prompt(&guesser).await;
    }
    answers(&guesser, &code, &says(&stage, &Words::NoticeCodeTooMany)).await;
    stage.close().await;
}

#[tokio::test]
async fn more_is_said_sealed_and_added_once() {
    let stage = Stage::start().await;
    let phone = stage.phone("en");
    hub(&stage, &phone).await;
    tap(&stage, &phone, ENGLISH, Words::HubSayMore).await;
    let mut last = None;
    for sign in Sign::ALL {
        phone.sees(&stage.catalog.say(ENGLISH, &Words::sign(*sign))).await;
        let screen = phone.newest().unwrap();
        let answer = if *sign == Sign::Violence { Words::Skip } else { Words::SignYes };
        last = Some((screen.id, screen, answer.clone()));
        tap(&stage, &phone, ENGLISH, answer).await;
    }
    // The same tap again adds nothing.
    let (id, screen, answer) = last.unwrap();
    let data = screen.all_buttons().find(|b| b.text == says(&stage, &answer)).unwrap().data.clone();
    phone.tap_sealed(id, &data.unwrap()).unwrap();
    stage.idle().await;
    let added = records(&stage, Kind::Addition).await;
    assert_eq!(added.len(), 1, "one row");
    let signs = added[0].signs.as_ref().unwrap();
    assert_eq!(
        (signs.yes.len(), signs.no.len(), signs.skipped.as_slice()),
        (10, 0, [Sign::Violence].as_slice())
    );

    phone.sees(&says(&stage, &Words::NeedsText)).await;
    tap(&stage, &phone, ENGLISH, Words::NeedMedical).await;
    tap(&stage, &phone, ENGLISH, Words::NeedLegal).await;
    tap(&stage, &phone, ENGLISH, Words::NextQuestions).await;
    tap(&stage, &phone, ENGLISH, Words::ChildrenYes).await;
    phone.taps("français").await;
    phone.taps("العربية").await;
    tap(&stage, &phone, ENGLISH, Words::Finish).await;
    phone.sees(&says(&stage, &Words::NoticeAdded)).await;
    let added = records(&stage, Kind::Addition).await;
    assert_eq!(added.len(), 4);
    assert!(added.iter().any(|record| record.children == Some(true)));
    assert!(added.iter().any(|record| record.needs.len() == 2));
    assert!(added.iter().any(|record| record.spoken_languages.len() == 2));
    stage.close().await;
}

#[tokio::test]
async fn own_words_are_sealed_and_stand_nowhere_else() {
    let stage = Stage::start().await;
    let phone = stage.phone("en");
    hub(&stage, &phone).await;
    tap(&stage, &phone, ENGLISH, Words::HubWrite).await;
    let words = "canary-7f3a the door is blue";
    answers(&phone, words, &says(&stage, &Words::NoticeSealed)).await;
    let sent = records(&stage, Kind::Message).await;
    assert_eq!(sent[0].body.as_ref().unwrap().as_str(), words);
    // Words say nothing of how to be reached: that stands in the request.
    assert!(sent[0].return_address.is_none() && sent[0].reach_no.is_none());
    for file in std::fs::read_dir(stage.folder()).unwrap() {
        let bytes = std::fs::read(file.unwrap().path()).unwrap();
        assert!(!bytes.windows(11).any(|window| window == b"canary-7f3a"));
    }
    tap(&stage, &phone, ENGLISH, Words::HubWrite).await;
    // Who does not answer the prompt but just writes is understood too; what is too long is cut and told.
    prompt(&phone).await;
    phone.send_text(&"é".repeat(2_500));
    shown(&phone, &says(&stage, &Words::NoticeSealedCut)).await;
    let lengths: Vec<usize> = records(&stage, Kind::Message)
        .await
        .iter()
        .map(|record| record.body.as_ref().unwrap().as_str().chars().count())
        .collect();
    assert!(lengths.contains(&2_000), "{lengths:?}");
    stage.close().await;
}

#[tokio::test]
async fn a_neighbour_is_advised_and_no_file_is_made_of_who_did_not_agree() {
    let stage = Stage::start().await;
    for (subject, told) in [(Subject::Unaware, false), (Subject::Child, true)] {
        let phone = stage.phone("en");
        phone.send_text("/start");
        phone.sees("🌐").await;
        phone.taps("English").await;
        tap(&stage, &phone, ENGLISH, Words::HomeWorry).await;
        tap(&stage, &phone, ENGLISH, Words::ConsentAgree).await;
        tap(&stage, &phone, ENGLISH, Words::ReporterClose).await;
        tap(&stage, &phone, ENGLISH, Words::subject(subject)).await;
        if told {
            tap(&stage, &phone, ENGLISH, Words::ObservedPapers).await;
            tap(&stage, &phone, ENGLISH, Words::ObservedMoved).await;
            tap(&stage, &phone, ENGLISH, Words::TickedDone).await;
        }
        tap(&stage, &phone, ENGLISH, Words::AreaRiviera).await;
        let hub = tap(&stage, &phone, ENGLISH, Words::SendAnyTime).await;
        assert!(hub.text.contains(&stage.catalog.say(ENGLISH, &Words::CardConfront)), "{hub:#?}");
        println!("{}", hub.text);
        let records = records(&stage, Kind::Handoff).await;
        let record = records.iter().find(|record| record.subject == Some(subject)).unwrap();
        assert!(record.for_whom == ForWhom::Other);
        assert_eq!((record.who.is_some(), record.observed.len()), (told, if told { 2 } else { 0 }));
    }
    stage.close().await;
}
