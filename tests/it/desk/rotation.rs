//! The server's keys are rotated while requests are open.

use std::sync::Arc;

use relais::clock::Minute;
use relais::conversation::{
    Answers, Approach, Choice, Conversation, Event, Intake, Question, Stage as Point,
};
use relais::desk::WorkFault;
use relais::handoff::{self, OpenFault};
use relais::ids::{ChatId, Nonce};
use relais::locale::Locale;
use relais::message::Message;
use relais::record::{About, CONSENT_VERSION, Consent};
use relais::sealing::KeyRing;
use relais::store::TokenState;
use relais::terms::{Area, Contact, Place, Situation, Who};
use serde_json::json;

use super::bot::{Telegram, messenger};
use super::commands::Terminal;
use super::stage::{LYON, Stage};

const CHAT: ChatId = ChatId(7_000_000_001);

/// A conversation in which all is said but "Send".
fn ready(stage: &Stage) -> Conversation {
    let about = About::Oneself { who: Some(Who::Woman), situation: Some(Situation::Domestic), need: None };
    let intake = Intake {
        consent: Consent::given(CONSENT_VERSION, Minute::of(stage.hand.now())),
        approach: Approach::default(),
        answers: Answers { about, place: Place::Area(Area::Alps), far: false },
    };
    let nonce = Nonce::new(1 << 39);
    let stage = Point::Asking(intake, Question::Review);
    Conversation { stage, ..Conversation::begin(Locale::FRENCH, nonce) }
}

async fn tap(stage: &Stage, conversation: Conversation, choice: Choice) -> (Conversation, Option<String>) {
    let turned = stage.intake().turn(CHAT, conversation, Event::Tap(choice), Locale::FRENCH).await;
    let said = turned.screen.unwrap().body.into_iter().flatten();
    let sign = said.into_iter().find_map(|message| match message {
        Message::SentSign { sign } => Some(sign),
        _ => None,
    });
    (turned.conversation, sign)
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_open_before_stays_open_and_looks_the_same() {
    let mut stage = Stage::set().await;
    let asked = ready(&stage);
    let (hub, sign) = tap(&stage, asked, Choice::Send(Contact::AnyTime)).await;
    let code = hub.sent().unwrap().code;
    let handoff = stage.keys.handoff(code);
    assert_eq!(sign.as_deref(), Some(handoff::sign(handoff).as_str()));
    let association = stage.store.handoff(handoff).await.unwrap().unwrap().association;
    let token = stage.sign_in(association.as_str()).await;

    stage.rotate().await;
    assert_ne!(stage.keys.handoff(code), handoff);
    // The same tap comes again, and makes no second request; the hub shows the sign that volunteers see.
    let (again, shown) = tap(&stage, asked, Choice::Send(Contact::AnyTime)).await;
    assert_eq!((again.sent().unwrap().code, &shown), (code, &sign));
    assert_eq!(stage.store.tokens(10).await.unwrap().len(), 1);
    let (news, _) = tap(&stage, hub, Choice::News).await;
    assert_eq!(tap(&stage, news, Choice::Back).await.1, sign);
    // The session holds, both keys of the server stand in the signed list, and the terminal still opens the request.
    let page = stage.get("handoffs", &token).await;
    assert_eq!(page.ok()["extract"], 2);
    assert_eq!(stage.published.head.server_keys, stage.keys.published());
    let volunteer = Terminal::of(&stage, association.as_str());
    let start = &handoff.to_string()[..8];
    assert!(volunteer.types(&["show", start]).unwrap().contains(sign.as_deref().unwrap()));
    // What a volunteer writes now reaches the person, whose chat stands in the old return address.
    let (telegram, bot) = Telegram::open().await;
    volunteer.types(&["accept", start]).unwrap();
    volunteer.types(&["reply", start, "--phrase", "read"]).unwrap();
    assert_eq!(messenger(&stage, bot).send_due().await.unwrap(), 1);
    assert_eq!(telegram.sent()[0]["chat_id"], json!(CHAT.0));
    let (alone, _) = tap(&stage, hub, Choice::OpenMessage).await;
    let (_, shown) = tap(&stage, alone, Choice::Alone).await;
    assert_eq!(shown, sign);
}

#[tokio::test]
async fn a_request_is_taken_back_under_new_keys() {
    let mut stage = Stage::set().await;
    let ready = ready(&stage);
    let (hub, _) = tap(&stage, ready, Choice::Send(Contact::AnyTime)).await;
    let handoff = stage.keys.handoff(hub.sent().unwrap().code);
    stage.rotate().await;
    let (erase, _) = tap(&stage, hub, Choice::Cancel).await;
    let turned = stage.intake().turn(CHAT, erase, Event::Tap(Choice::EraseEverything), Locale::FRENCH).await;
    assert!(turned.conversation.sent().is_none());
    assert_eq!(stage.store.handoff(handoff).await.unwrap().unwrap().state, TokenState::Revoked);
}

#[tokio::test]
async fn a_key_that_was_taken_out_is_believed_no_more() {
    let mut stage = Stage::set().await;
    let wanted = stage.request(1, LYON, Contact::AnyTime).await;
    let fresh = KeyRing::generate_file(stage.hand.now().date_naive()).unwrap();
    stage.keys = Arc::new(KeyRing::parse(&fresh).unwrap());
    stage.open().await;
    stage.published = {
        let mut demo = relais::directory::Demo::prepare_for(stage.hand.now().date_naive(), &[]).unwrap();
        std::mem::swap(&mut demo, &mut stage.demo);
        demo.list(&stage.keys.published(), stage.hand.now().date_naive()).unwrap();
        let published = demo.published(stage.hand.now().date_naive()).unwrap().1;
        stage.demo = demo;
        Arc::new(published)
    };
    stage.open().await;
    let ana = stage.door(LYON, stage.identities_of(LYON).to_vec()).enter().await.unwrap();
    let fault = ana.show(&wanted.handoff.to_string()).await.unwrap_err();
    assert_eq!(fault, WorkFault::Unopened(OpenFault::OtherServer));
}
