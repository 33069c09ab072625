//! A request that the person takes back: what the server held is gone, and whoever had it is told, signed.

use std::collections::BTreeSet;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use chrono::{Days, TimeDelta};
use relais::conversation::{Choice, Conversation, Event, Over, Sent, Stage as At, Telling};
use relais::desk::WorkFault;
use relais::handoff::{self, Opened, open_any};
use relais::ids::{ChatId, Code, Nonce};
use relais::intake::Intake;
use relais::locale::Locale;
use relais::record::Consent;
use relais::store::{Act, Met, NoticeReason, Paper, Store, TokenId, TokenState, Viewer};
use relais::terms::{Contact, Zone};
use serde_json::{Value, json};

use super::acts::{passed_on, told};
use super::stage::{LYON, PARIS, Stage, TEAM, Wanted, id};
use crate::postgres::Server;

/// Declares checks: each is a test on SQLite, and all of them are one on PostgreSQL.
macro_rules! on_both {
    ($($check:ident),+ $(,)?) => {
        mod on_sqlite {
            $(
                #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
                async fn $check() {
                    Box::pin(super::$check(super::Stage::set_on_sqlite().await)).await;
                }
            )+
        }

        #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
        async fn the_same_on_postgresql() {
            let Some(server) = Server::start("withdrawals on PostgreSQL") else { return };
            $(
                let url = server.database(stringify!($check)).await.url;
                let store = Store::connect(&url.into()).await.unwrap();
                Box::pin($check(Stage::set_on(store, tempfile::tempdir().unwrap()).await)).await;
            )+
        }
    };
}

on_both!(
    everyone_who_had_it_is_told_and_nothing_else_is_left,
    a_team_that_was_told_is_told_of_the_end_even_where_its_notice_was_under_way,
    no_race_leaves_anything_behind,
);

pub(super) fn hub(stage: &Stage, number: u64) -> Conversation {
    let now = stage.hand.now();
    let sent = Sent {
        code: Code::from_number(number).unwrap(),
        minor: false,
        danger: false,
        other: false,
        elsewhere: false,
        consent: Some(Consent::given(1, relais::clock::Minute::of(now))),
        contact: Contact::AnyTime,
        zone: Zone::Mainland,
    };
    Conversation::of_sent(Locale::ARABIC, Nonce::new(number), sent)
}

/// Taps "cancel my request" and then that everything is to be erased.
async fn cancel(intake: &Intake, chat: ChatId, hub: Conversation) -> Conversation {
    let asked = intake.turn(chat, hub, Event::Tap(Choice::Cancel), hub.locale).await;
    assert_eq!(asked.conversation.over, Some(Over::Erase), "it asks first");
    intake.turn(chat, asked.conversation, Event::Tap(Choice::EraseEverything), hub.locale).await.conversation
}

/// Says that children need help too.
async fn add(intake: &Intake, chat: ChatId, hub: Conversation) {
    let At::Sent(sent) = hub.stage else { panic!("{hub:?}") };
    let asked = Conversation { stage: At::Telling(sent, Telling::Children), ..hub };
    intake.turn(chat, asked, Event::Tap(Choice::ChildrenToo), hub.locale).await;
}

/// Everything on a desk, and the withdrawal as this association opens it.
async fn left(stage: &Stage, token: &str, association: &str) -> (Vec<Value>, Vec<Value>) {
    let desk = stage.desk(token).await;
    let (withdrawals, others): (Vec<Value>, Vec<Value>) =
        desk.into_iter().partition(|token| token["kind"] == "withdrawal");
    let server = handoff::key_text(&stage.keys.signing().verifying_key());
    let said = withdrawals.iter().map(|token| {
        let file = STANDARD.decode(token["ciphertext"].as_str().unwrap()).unwrap();
        let ids = stage.identities_of(association);
        assert!(matches!(open_any(&file, ids, Some(&server)), Ok(Opened::Withdrawal(_))));
        let text = handoff::decrypt(&file, ids).unwrap();
        serde_json::from_str(text.lines().next().unwrap()).unwrap()
    });
    (others, said.collect())
}

async fn everyone_who_had_it_is_told_and_nothing_else_is_left(stage: Stage) {
    let (lyon, paris, team) =
        (stage.sign_in(LYON).await, stage.sign_in(PARIS).await, stage.sign_in(TEAM).await);
    let wanted = stage.request(1, LYON, Contact::AnyTime).await;
    let another = stage.request(2, "exemple-dijon", Contact::AnyTime).await;
    told(&stage).await;
    let note = json!({ "ciphertext": stage.own(LYON, "a note") });
    stage.act(&lyon, &wanted, "notes", note).await.ok();
    let message = json!({
        "return_address": wanted.address, "text": "Come at noon", "copy": stage.own(LYON, "a copy"),
    });
    stage.accept(&lyon, LYON, &wanted, "Ana").await.ok();
    stage.act(&lyon, &wanted, "messages", message.clone()).await.ok();
    passed_on(&stage, &lyon, LYON, PARIS, &wanted).await.ok();
    told(&stage).await;
    let intake = stage.intake();
    add(&intake, wanted.chat, hub(&stage, 1)).await;
    assert!(stage.store.waiting_message(wanted.handoff, stage.hand.now()).await.unwrap().is_some());
    stage.hand.turn(TimeDelta::minutes(50));
    let done = cancel(&intake, wanted.chat, hub(&stage, 1)).await;
    assert!(matches!(done.stage, At::Cancelled { .. }));

    assert!(stage.store.waiting_message(wanted.handoff, stage.hand.now()).await.unwrap().is_none());
    for kept in stage.store.tokens(100).await.unwrap() {
        let gone = kept.handoff == wanted.handoff && kept.kind.code() != "withdrawal";
        assert_eq!(kept.ciphertext.is_empty(), gone, "{}", kept.kind);
        assert_eq!(kept.expires_on, (stage.hand.now() + Days::new(7)).date_naive());
    }
    for (token, association) in [(&lyon, LYON), (&paris, PARIS)] {
        let (others, said) = left(&stage, token, association).await;
        let of_this = others.iter().filter(|token| token["handoff"] == json!(wanted.handoff));
        assert!(of_this.clone().count() > 0);
        assert!(of_this.clone().all(|token| token["state"] == "revoked" && token["ciphertext"] == ""));
        // Nothing but which request, and the hour.
        let expected = json!({
            "v": 1, "kind": "withdrawal", "handoff": wanted.handoff, "received": "2026-11-25T09:00:00Z",
            "sign": handoff::sign(wanted.handoff),
        });
        assert_eq!(said, [expected], "{association}");
    }
    assert_eq!(left(&stage, &team, TEAM).await, (vec![], vec![]), "who was never told hears nothing");
    // Doing it twice changes nothing more.
    cancel(&intake, wanted.chat, hub(&stage, 1)).await;
    assert_eq!(left(&stage, &lyon, LYON).await.1.len(), 1);

    for (token, association) in [(&lyon, LYON), (&paris, PARIS)] {
        stage.accept(token, association, &wanted, "Ana").await.is(410, "withdrawn");
        stage.act(token, &wanted, "messages", message.clone()).await.is(410, "withdrawn");
        stage.act(token, &wanted, "read", json!({})).await.is(410, "withdrawn");
        let sealed = json!({ "association": TEAM, "ciphertext": stage.own(TEAM, "x") });
        stage.act(token, &wanted, "pass-on", sealed).await.is(410, "withdrawn");
    }
    let told: BTreeSet<_> = told(&stage).await.into_iter().collect();
    let gone = |to: &str| (to.to_owned(), NoticeReason::Withdrawn);
    assert_eq!(told, BTreeSet::from([gone(LYON), gone(PARIS)]));
    assert_eq!(stage.store.handoff(another.handoff).await.unwrap().unwrap().state, TokenState::Pending);
    // It is told until the request's own last day, and then forgotten with the rest.
    stage.store.sweep(stage.hand.now() + Days::new(7)).await.unwrap();
    assert_eq!(stage.store.tokens(100).await.unwrap(), []);
}

async fn a_team_that_was_told_is_told_of_the_end_even_where_its_notice_was_under_way(stage: Stage) {
    let team = stage.sign_in(TEAM).await;
    let wanted = stage.request(1, LYON, Contact::AnyTime).await;
    stage.hand.turn(TimeDelta::hours(5));
    // Handed out, and not known to have arrived.
    let due = crate::store::claim(&stage.store, stage.hand.now()).await;
    assert_eq!(due.len(), 2);
    assert_eq!(stage.on_desk(&team, "handoff").await["state"], "pending");
    cancel(&stage.intake(), wanted.chat, hub(&stage, 1)).await;
    let (others, said) = left(&stage, &team, TEAM).await;
    assert_eq!((others.len(), said.len()), (1, 1));
    assert_eq!(others[0]["ciphertext"], "");
    stage.accept(&team, TEAM, &wanted, "Tea").await.is(410, "withdrawn");
}

#[tokio::test]
async fn it_is_taken_back_with_the_code_from_another_phone() {
    let stage = Stage::set().await;
    let wanted = stage.request(1, LYON, Contact::AnyTime).await;
    let intake = stage.intake();
    let (other, code) = (ChatId(77), Code::from_number(1).unwrap());
    let home = Conversation::begin(Locale::FRENCH, Nonce::new(5));
    let home = intake.turn(other, home, Event::Tap(Choice::HaveCode), Locale::FRENCH).await.conversation;
    let found = intake.turn(other, home, Event::CodeGiven(Some(code)), Locale::FRENCH).await;
    assert_eq!(found.conversation.sent().map(|sent| sent.code), Some(code));
    cancel(&intake, other, found.conversation).await;
    assert_eq!(stage.store.handoff(wanted.handoff).await.unwrap().unwrap().state, TokenState::Revoked);
    // The code opens nothing any more, on either phone.
    let again = intake.turn(other, home, Event::CodeGiven(Some(code)), Locale::FRENCH).await;
    assert_eq!(again.conversation.sent(), None);
}

#[tokio::test]
async fn from_a_terminal_it_is_withdrawn_too() {
    let stage = Stage::set().await;
    let wanted = stage.request(1, LYON, Contact::AnyTime).await;
    let own = stage.identities_of(LYON).to_vec();
    let desk = stage.door(LYON, own).enter().await.unwrap();
    desk.show(&wanted.handoff.to_string()).await.unwrap();
    cancel(&stage.intake(), wanted.chat, hub(&stage, 1)).await;
    let start = wanted.handoff.to_string();
    assert_eq!(desk.show(&start).await.unwrap_err(), WorkFault::Withdrawn);
    assert_eq!(desk.accept(&start, "Ana", stage.hand.now()).await.unwrap_err(), WorkFault::Withdrawn);
    assert_eq!(desk.list().await.unwrap()[0].state, "revoked");
}

/// A store that fails tells the person so; what was erased before stays erased.
#[tokio::test]
async fn where_the_database_fails_the_person_hears_it() {
    let stage = Stage::set_on_sqlite().await;
    let wanted = stage.request(1, LYON, Contact::AnyTime).await;
    let intake = stage.intake();
    stage.store.close().await;
    let after = cancel(&intake, wanted.chat, hub(&stage, 1)).await;
    assert_eq!(after.sent().map(|sent| sent.code), Code::from_number(1));
    assert!(!matches!(after.stage, At::Cancelled { .. }));
}

fn paper(number: u8, text: &str) -> Paper {
    Paper { id: TokenId::new([number; 16]), ciphertext: text.as_bytes().to_vec() }
}

/// Whatever is done with a request while it is taken back, in whatever order: afterwards nothing of it is left,
/// and everyone who had it has a withdrawal.
async fn no_race_leaves_anything_behind(stage: Stage) {
    for round in 1..=24_u8 {
        let wanted = stage.request(u64::from(round), LYON, Contact::AnyTime).await;
        Box::pin(race(&stage, round, &wanted)).await;
        let rows = stage.store.tokens(1_000).await.unwrap();
        let of_this: Vec<_> = rows.iter().filter(|row| row.handoff == wanted.handoff).collect();
        let mut had = BTreeSet::new();
        let mut hear = BTreeSet::new();
        for row in of_this {
            match row.kind.code() {
                "withdrawal" => assert!(hear.insert(row.association.clone()), "twice"),
                kind => {
                    assert_eq!((row.state, row.ciphertext.len()), (TokenState::Revoked, 0), "{kind}");
                    if kind == "handoff" {
                        had.insert(row.association.clone());
                    }
                }
            }
        }
        assert_eq!(had, hear, "round {round}");
        let waits = stage.store.waiting_message(wanted.handoff, stage.hand.now()).await.unwrap();
        assert!(waits.is_none(), "round {round}");
    }
}

async fn race(stage: &Stage, round: u8, wanted: &Wanted) {
    let now = stage.hand.now();
    let lyon = Viewer { association: id(LYON), team: false };
    let claim = Act::Accept { claim: paper(round + 200, "a claim") };
    let accepted = stage.store.perform(lyon.clone(), wanted.handoff, claim, None, now).await.unwrap();
    assert_eq!(accepted, Met::Done(TokenState::Accepted));
    let act = |act| stage.store.perform(lyon.clone(), wanted.handoff, act, Some(id(TEAM)), now);
    let pass_on = Act::PassOn { to: id(PARIS), sealed: paper(round, "passed on") };
    let note = Act::Note { note: paper(round + 100, "a note") };
    let copy = paper(round + 150, "a copy");
    let reply = relais::store::NewReply { copy, sealed: b"waiting".to_vec(), address_no: 0, not_before: now };
    let intake = stage.intake();
    let hub = hub(stage, u64::from(round));
    let erase = Event::Tap(Choice::EraseEverything);
    let laid = intake.turn(wanted.chat, hub, Event::Tap(Choice::Cancel), hub.locale).await.conversation;
    // Different work goes first each time.
    let pause = |slot: u8| async move {
        for _ in 0..(round.wrapping_mul(7).wrapping_add(slot * 5)) % 11 {
            tokio::task::yield_now().await;
        }
    };
    let (passed, noted, replied, (), ()) = tokio::join!(
        async {
            pause(0).await;
            act(pass_on).await.unwrap()
        },
        async {
            pause(1).await;
            act(note).await.unwrap()
        },
        async {
            pause(2).await;
            stage.store.reply(lyon.clone(), wanted.handoff, reply, now).await.unwrap()
        },
        async {
            pause(3).await;
            add(&intake, wanted.chat, hub).await;
        },
        async {
            pause(4).await;
            let done = intake.turn(wanted.chat, laid, erase, hub.locale).await.conversation;
            assert!(matches!(done.stage, At::Cancelled { .. }));
        },
    );
    for met in [passed, noted, replied] {
        assert!(matches!(met, Met::Done(_) | Met::Withdrawn | Met::NotOpen(_)), "{met:?}");
    }
}
