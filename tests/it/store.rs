//! The store: one story on SQLite and on PostgreSQL.

use std::collections::BTreeSet;
use std::path::Path;
use std::time::Duration;

use chrono::{DateTime, Days, NaiveDate, TimeDelta, Utc};
use relais::ids::{AssociationId, HandoffId};
use relais::store::{
    AssociationState, DueNotice, NewNotice, NewToken, Noted, NoticeReason, NoticeState, Round, RoundEnd,
    Saved, Store, StoreError, TokenId, TokenState, Told,
};
use relais::terms::Kind;
use secrecy::SecretString;

use crate::postgres::Server;

mod availability;
mod ground;

use availability::{a_look_from_beside_changes_nothing, unanswered_requests_are_counted};

pub use ground::Ground;

pub const LEASE: Duration = Duration::from_secs(90);

/// Declares the story: each chapter is a test on SQLite, and all of them are one on PostgreSQL.
macro_rules! story {
    ($($chapter:ident),+ $(,)?) => {
        mod on_sqlite {
            $(
                #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
                async fn $chapter() {
                    let folder = tempfile::tempdir().unwrap();
                    super::$chapter(super::Ground::sqlite(folder.path())).await;
                }
            )+
        }

        #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
        async fn the_same_story_on_postgresql() {
            let Some(server) = Server::start("the story on PostgreSQL") else { return };
            $(
                println!("on PostgreSQL: {}", stringify!($chapter));
                $chapter(server.database(stringify!($chapter)).await).await;
            )+
        }
    };
}

story!(
    a_handoff_is_saved_once,
    times_are_coarse,
    a_notice_is_handed_out_to_one_until_its_lease_ends,
    many_ask_at_once_and_each_notice_goes_to_one,
    a_notice_is_retried_or_given_up,
    a_withdrawal_empties_the_token_and_turns_its_notices,
    a_notice_on_its_way_is_replaced_or_dropped,
    a_sweep_deletes_what_is_past_its_last_day,
    nothing_is_kept_longer_than_was_agreed,
    associations_pause_and_prove,
    unanswered_requests_are_counted,
    a_look_from_beside_changes_nothing,
    a_hundred_taps_make_one_row,
    a_hundred_people_make_a_hundred_rows,
    what_was_said_to_be_saved_is_there_after_a_crash,
    a_store_that_is_closed_says_so,
);

pub fn moment(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

pub fn now() -> DateTime<Utc> {
    moment("2026-11-24T11:37:42Z")
}

pub fn today() -> NaiveDate {
    now().date_naive()
}

pub fn slug(text: &str) -> AssociationId {
    text.parse().unwrap()
}

pub fn handoff(number: u8) -> HandoffId {
    HandoffId::new([number; 16])
}

pub fn token(number: u8) -> NewToken {
    NewToken {
        id: TokenId::new([number; 16]),
        handoff: handoff(number),
        association: slug("relais-lyon"),
        kind: Kind::Handoff,
        ciphertext: format!("ciphertext {number}").into_bytes(),
        received: now(),
        respond_by: moment("2026-11-24T15:38:01Z"),
        expires_on: today() + Days::new(7),
        team: None,
        reach: None,
    }
}

pub fn notice(audience: &str, reason: NoticeReason, due: DateTime<Utc>) -> NewNotice {
    NewNotice { audience: slug(audience), reason, due }
}

pub fn first_notice() -> Vec<NewNotice> {
    vec![notice("relais-lyon", NoticeReason::New, now())]
}

/// Claims what is due for every chat, and lets go of the chats at once, as one does who has told nothing.
pub async fn claim(store: &Store, at: DateTime<Utc>) -> Vec<DueNotice> {
    let mut due = Vec::new();
    while let Some(round) = store.claim_round(at, LEASE, 512).await.unwrap() {
        due.extend(let_go(store, round).await);
    }
    due.sort_by_key(|notice| notice.id);
    due
}

async fn let_go(store: &Store, round: Round) -> Vec<DueNotice> {
    let Round { audience, until, pace, notices } = round;
    let end = RoundEnd { audience, until, pace, told: Vec::new(), later: Vec::new() };
    store.end_round(end).await.unwrap();
    notices
}

async fn a_handoff_is_saved_once(ground: Ground) {
    let store = ground.store().await;
    assert_eq!(store.handoff(handoff(1)).await.unwrap(), None);
    assert_eq!(store.save(token(1), first_notice()).await.unwrap(), Saved::New);
    let again = NewToken { id: TokenId::new([9; 16]), ciphertext: b"other".to_vec(), ..token(1) };
    assert_eq!(store.save(again, first_notice()).await.unwrap(), Saved::Already(TokenState::Pending));
    let row = store.handoff(handoff(1)).await.unwrap().unwrap();
    assert_eq!((row.state, row.notices.len()), (TokenState::Pending, 1));
    assert_eq!(store.tokens(10).await.unwrap()[0].ciphertext, b"ciphertext 1");
    store.withdraw(handoff(1), Vec::new(), now()).await.unwrap();
    assert_eq!(store.save(token(1), first_notice()).await.unwrap(), Saved::Already(TokenState::Revoked));
    // More about a request is a token of its own, unless the request was taken back.
    let more = |number| NewToken { id: TokenId::new([8; 16]), kind: Kind::Addition, ..token(number) };
    assert_eq!(store.save(more(1), Vec::new()).await.unwrap(), Saved::Already(TokenState::Revoked));
    store.save(token(2), Vec::new()).await.unwrap();
    assert_eq!(store.save(more(2), Vec::new()).await.unwrap(), Saved::New);
}

async fn times_are_coarse(ground: Ground) {
    let store = ground.store().await;
    let notices = vec![
        notice("relais-lyon", NoticeReason::New, now()),
        notice("equipe-nationale", NoticeReason::Late, moment("2026-11-24T15:38:01Z")),
    ];
    store.save(token(1), notices).await.unwrap();
    let row = store.handoff(handoff(1)).await.unwrap().unwrap();
    assert_eq!(row.received_hour, moment("2026-11-24T11:00:00Z"));
    assert_eq!(row.respond_by, moment("2026-11-24T15:45:00Z"));
    assert_eq!(store.next_due().await.unwrap(), Some(moment("2026-11-24T11:00:00Z")));
    assert_eq!(claim(&store, moment("2026-11-24T15:44:59Z")).await.len(), 1);
    assert_eq!(claim(&store, moment("2026-11-24T15:45:00Z")).await.len(), 1);
}

async fn a_notice_is_handed_out_to_one_until_its_lease_ends(ground: Ground) {
    let store = ground.store().await;
    store.save(token(1), first_notice()).await.unwrap();
    let first = claim(&store, now()).await;
    let [notice] = first.as_slice() else { panic!("{first:?}") };
    assert_eq!((notice.attempts, notice.message, notice.reason), (1, None, NoticeReason::New));
    assert_eq!((notice.handoff, notice.ciphertext.as_slice()), (handoff(1), b"ciphertext 1".as_slice()));
    assert_eq!(claim(&store, now() + TimeDelta::seconds(89)).await, []);
    // Who had it has crashed: it comes to the next.
    let second = claim(&store, now() + TimeDelta::seconds(90)).await;
    assert_eq!((second.len(), second[0].attempts), (1, 2));
    assert_eq!(store.notice_sent(second[0].id, 77).await.unwrap(), Noted::Kept);
    assert_eq!(claim(&store, now() + TimeDelta::days(1)).await, []);
    assert_eq!(store.next_due().await.unwrap(), None);
    let row = store.handoff(handoff(1)).await.unwrap().unwrap();
    assert_eq!((row.notices[0].state, row.notices[0].was_sent), (NoticeState::Sent, true));
    assert_eq!(row.told(), [&slug("relais-lyon")]);
}

async fn many_ask_at_once_and_each_notice_goes_to_one(ground: Ground) {
    let store = ground.store().await;
    for number in 0..24 {
        store.save(token(number), first_notice()).await.unwrap();
    }
    let few = store.claim_round(now(), LEASE, 3).await.unwrap().unwrap();
    assert_eq!(let_go(&store, few).await.len(), 3);
    let claims = (0..8).map(|_| {
        let store = store.clone();
        tokio::spawn(async move { store.claim_round(now(), LEASE, 5).await.unwrap() })
    });
    let claimed = futures::future::join_all(claims).await;
    let rounds: Vec<Round> = claimed.into_iter().filter_map(Result::unwrap).collect();
    let [round] = <[Round; 1]>::try_from(rounds).expect("one sender at a time tells a chat");
    let mut seen: BTreeSet<_> = let_go(&store, round).await.iter().map(|notice| notice.id).collect();
    assert_eq!(seen.len(), 5);
    for notice in claim(&store, now()).await {
        assert!(seen.insert(notice.id), "handed out twice");
    }
    assert_eq!(seen.len(), 21);
}

async fn a_notice_is_retried_or_given_up(ground: Ground) {
    let store = ground.store().await;
    store.save(token(1), first_notice()).await.unwrap();
    let id = claim(&store, now()).await[0].id;
    let later = now() + TimeDelta::minutes(10);
    store.notice_retry(id, later).await.unwrap();
    assert_eq!(store.next_due().await.unwrap(), Some(later));
    assert_eq!(claim(&store, later - TimeDelta::seconds(1)).await, []);
    assert_eq!(claim(&store, later).await[0].attempts, 2);
    store.notice_failed(id).await.unwrap();
    assert_eq!(claim(&store, later + TimeDelta::days(1)).await, []);
    let row = store.handoff(handoff(1)).await.unwrap().unwrap();
    assert_eq!((row.notices[0].state, row.notices[0].was_sent), (NoticeState::Failed, false));
}

async fn a_withdrawal_empties_the_token_and_turns_its_notices(ground: Ground) {
    let store = ground.store().await;
    let late = notice("equipe-nationale", NoticeReason::Late, now() + TimeDelta::hours(4));
    store.save(token(1), [first_notice(), vec![late]].concat()).await.unwrap();
    store.save(token(2), first_notice()).await.unwrap();
    for due in claim(&store, now()).await {
        store.notice_sent(due.id, 77).await.unwrap();
    }
    let withdrawn = store.withdraw(handoff(1), Vec::new(), now()).await.unwrap().unwrap();
    assert_eq!((withdrawn.association, withdrawn.was), (slug("relais-lyon"), TokenState::Pending));
    assert_eq!(withdrawn.told, [Told { audience: slug("relais-lyon"), message: 77 }]);
    let again = store.withdraw(handoff(1), Vec::new(), now()).await.unwrap().unwrap();
    assert_eq!((again.was, again.told.len()), (TokenState::Revoked, 0));
    assert_eq!(store.withdraw(handoff(7), Vec::new(), now()).await.unwrap(), None);

    let due = claim(&store, now()).await;
    let [notice] = due.as_slice() else { panic!("{due:?}") };
    assert_eq!((notice.reason, notice.message, notice.attempts), (NoticeReason::Withdrawn, Some(77), 1));
    assert!(notice.ciphertext.is_empty());
    store.notice_sent(notice.id, 99).await.unwrap();
    assert_eq!(store.next_due().await.unwrap(), None, "nobody is told late about what was taken back");
    for kept in store.tokens(10).await.unwrap() {
        assert_eq!(kept.ciphertext.is_empty(), kept.handoff == handoff(1), "another's token was touched");
    }
}

async fn a_notice_on_its_way_is_replaced_or_dropped(ground: Ground) {
    let store = ground.store().await;
    store.save(token(1), first_notice()).await.unwrap();
    store.save(token(2), first_notice()).await.unwrap();
    let due = claim(&store, now()).await;
    assert_eq!(due.len(), 2);
    for number in [1, 2] {
        assert_eq!(store.withdraw(handoff(number), Vec::new(), now()).await.unwrap().unwrap().told, []);
    }
    assert_eq!(claim(&store, now() + TimeDelta::hours(1)).await, [], "nothing stands in a chat yet");
    // The first arrives all the same, and is replaced; the second does not, and nothing is to be said.
    assert_eq!(store.notice_sent(due[0].id, 88).await.unwrap(), Noted::Superseded);
    store.notice_retry(due[1].id, now()).await.unwrap();
    let replaced = claim(&store, now()).await;
    let [notice] = replaced.as_slice() else { panic!("{replaced:?}") };
    assert_eq!((notice.id, notice.message, notice.reason), (due[0].id, Some(88), NoticeReason::Withdrawn));
    assert_eq!(store.notice_sent(notice.id, 89).await.unwrap(), Noted::Kept);
    assert_eq!(store.notice_sent(due[1].id, 90).await.unwrap(), Noted::Kept, "an unknown notice is no fault");
}

async fn a_sweep_deletes_what_is_past_its_last_day(ground: Ground) {
    let store = ground.store().await;
    let on = |number, date| NewToken { expires_on: date, ..token(number) };
    store.save(on(1, today() - Days::new(1)), first_notice()).await.unwrap();
    store.save(on(2, today() + Days::new(1)), first_notice()).await.unwrap();
    store.save(on(3, today() - Days::new(30)), first_notice()).await.unwrap();
    store.withdraw(handoff(3), Vec::new(), now()).await.unwrap();
    assert_eq!(store.overdue(now()).await.unwrap(), 2);
    let swept = store.sweep(now()).await.unwrap();
    assert_eq!((swept.all_tokens(), swept.unanswered, swept.notices, swept.wiped), (2, 1, 1, true));
    assert_eq!(store.overdue(now()).await.unwrap(), 0);
    let left: Vec<HandoffId> = store.tokens(10).await.unwrap().iter().map(|token| token.handoff).collect();
    assert_eq!(left, [handoff(2)]);
    assert_eq!(claim(&store, now()).await.len(), 1);
    let swept = store.sweep(now()).await.unwrap();
    assert_eq!((swept.all_tokens(), swept.notices), (0, 0));
}

/// A request came at 11:37. It goes seven days later with the hour in which it came, and everything with it,
/// also what came later.
async fn nothing_is_kept_longer_than_was_agreed(ground: Ground) {
    let store = ground.store().await;
    store.save(token(1), first_notice()).await.unwrap();
    let later = now() + TimeDelta::hours(5);
    for (number, kind) in [(2, Kind::Addition), (3, Kind::Message), (4, Kind::Message)] {
        let more = NewToken { handoff: handoff(1), kind, received: later, ..token(number) };
        store.save(more, Vec::new()).await.unwrap();
    }
    store.save(NewToken { received: later, ..token(9) }, Vec::new()).await.unwrap();
    assert_eq!(store.sweep(moment("2026-12-01T10:59:59Z")).await.unwrap().all_tokens(), 0);
    let swept = store.sweep(moment("2026-12-01T11:00:00Z")).await.unwrap();
    let counted: Vec<(Kind, u64)> = swept.tokens.into_iter().collect();
    assert_eq!(counted, [(Kind::Handoff, 1), (Kind::Addition, 1), (Kind::Message, 2)]);
    assert_eq!((swept.unanswered, swept.notices), (1, 1));
    assert_eq!(store.tokens(10).await.unwrap().len(), 1);
    assert_eq!(store.sweep(moment("2026-12-01T16:00:00Z")).await.unwrap().all_tokens(), 1);
}

async fn associations_pause_and_prove(ground: Ground) {
    let store = ground.store().await;
    let lyon = slug("relais-lyon");
    assert_eq!(store.association_state(&lyon).await.unwrap(), AssociationState::default());
    let until = now() + TimeDelta::hours(1);
    store.set_paused_until(lyon.clone(), Some(until)).await.unwrap();
    store.set_last_proof(lyon.clone(), today()).await.unwrap();
    store.set_last_proof(lyon.clone(), today() - Days::new(3)).await.unwrap();
    let state = store.association_state(&lyon).await.unwrap();
    assert_eq!(
        state,
        AssociationState { last_proof_on: Some(today()), paused_until: Some(until), proof_warned_on: None }
    );
    assert_eq!(store.paused_at(now()).await.unwrap(), std::slice::from_ref(&lyon));
    assert_eq!(store.paused_at(until).await.unwrap(), []);
    store.set_paused_until(lyon.clone(), None).await.unwrap();
    assert_eq!(store.paused_at(now()).await.unwrap(), []);
    assert_eq!(store.association_state(&lyon).await.unwrap().last_proof_on, Some(today()));
}

async fn a_hundred_taps_make_one_row(ground: Ground) {
    let store = ground.store().await;
    let taps = (0..100).map(|number| {
        let store = store.clone();
        let token = NewToken { id: TokenId::new([number; 16]), ..token(1) };
        tokio::spawn(async move { store.save(token, first_notice()).await.unwrap() })
    });
    let saved: Vec<Saved> = futures::future::join_all(taps).await.into_iter().map(Result::unwrap).collect();
    assert_eq!(saved.iter().filter(|saved| **saved == Saved::New).count(), 1);
    assert_eq!(saved.iter().filter(|saved| **saved == Saved::Already(TokenState::Pending)).count(), 99);
    assert_eq!(store.tokens(10).await.unwrap().len(), 1);
    assert_eq!(claim(&store, now()).await.len(), 1, "volunteers hear of it once");
}

async fn a_hundred_people_make_a_hundred_rows(ground: Ground) {
    let store = ground.store().await;
    let saves = (0..100).map(|number| {
        let store = store.clone();
        tokio::spawn(async move { store.save(token(number), first_notice()).await.unwrap() })
    });
    for saved in futures::future::join_all(saves).await {
        assert_eq!(saved.unwrap(), Saved::New);
    }
    assert_eq!(store.tokens(200).await.unwrap().len(), 100);
    assert_eq!(store.tokens(7).await.unwrap().len(), 7);
}

async fn what_was_said_to_be_saved_is_there_after_a_crash(ground: Ground) {
    let store = ground.store().await;
    store.save(token(1), first_notice()).await.unwrap();
    claim(&store, now()).await;
    // Neither closed nor drained.
    drop(store);
    let store = ground.store().await;
    let row = store.handoff(handoff(1)).await.unwrap().unwrap();
    assert_eq!(row.state, TokenState::Pending);
    assert_eq!(claim(&store, now() + TimeDelta::seconds(90)).await.len(), 1);
    assert_eq!(store.save(token(1), first_notice()).await.unwrap(), Saved::Already(TokenState::Pending));
}

async fn a_store_that_is_closed_says_so(ground: Ground) {
    let store = ground.store().await;
    store.ready().await.unwrap();
    let other = store.clone();
    store.close().await;
    store.close().await;
    for fault in [other.ready().await, other.save(token(1), Vec::new()).await.map(|_| ())] {
        assert!(matches!(fault, Err(StoreError::Unavailable { retry: false, .. })), "{fault:?}");
    }
    assert!(other.handoff(handoff(1)).await.is_err());
    assert_eq!(ground.store().await.tokens(1).await.unwrap(), []);
}
