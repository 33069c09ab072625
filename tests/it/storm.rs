//! A storm: a thousand invented requests in an hour, and real ones in the middle of it.

pub mod stage;

use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use chrono::TimeDelta;
use futures::future::join_all;
use relais::clock::Clock;
use relais::conversation::{Choice, Conversation};
use relais::delivery::{Delivery, URGENT_WAITS, USUAL_WAITS};
use relais::handoff;
use relais::ids::{HandoffId, Nonce};
use relais::locale::Locale;
use relais::sandbox::{Failure, Fault, Gate};
use relais::store::{NoticeState, TokenState};

use self::stage::{Storm, on_both};
use crate::store::{Ground, LEASE};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_storm_of_a_thousand_floods_nobody_and_holds_no_real_request_back() {
    let folder = tempfile::tempdir().unwrap();
    let storm = Storm::on(&Ground::sqlite(folder.path())).await;
    let mut real = Vec::new();
    let mut told: Vec<(bool, TimeDelta)> = Vec::new();
    // Five from each of 200 chats, and every third says that it is in danger: 17 in a minute, for an hour.
    let mut fakes =
        (0..1_000_u32).map(|number| (i64::from(number % 200), u64::from(number), number % 3 == 0));
    for minute in 0..90 {
        for (chat, nonce, danger) in fakes.by_ref().take(17) {
            storm.send(chat, nonce, danger).await;
        }
        for (at, danger) in [(23, true), (37, false), (41, true)] {
            if minute == at {
                let chat = 5_000 + i64::from(at);
                real.push((danger, storm.now(), storm.send(chat, 1, danger).await));
            }
        }
        for _ in 0..4 {
            storm.pass(TimeDelta::seconds(15)).await;
            let mut waiting = Vec::new();
            for (danger, since, handoff) in real.drain(..) {
                if storm.is_told(handoff).await {
                    told.push((danger, storm.now() - since));
                } else {
                    waiting.push((danger, since, handoff));
                }
            }
            real = waiting;
        }
    }
    assert!(fakes.next().is_none() && real.is_empty());
    for (danger, waited) in &told {
        assert!(*waited <= if *danger { URGENT_WAITS } else { USUAL_WAITS }, "{told:?}");
    }
    // Six and six alone, then a sound every five minutes at most, for as long as urgent ones come.
    let (loud, silent) = storm.messages();
    println!("the group got {loud} messages with a sound and {silent} without; waits: {told:?}");
    assert!(loud + silent <= 30, "{loud} {silent}");
    let digest = storm.digest().unwrap().text;
    assert!(digest.contains("1\u{202f}003") || digest.contains("1003"), "{digest}");

    // Nobody answers for two days: the team hears of all of it, and is not flooded either.
    for _ in 0..4 * 50 {
        storm.pass(TimeDelta::minutes(15)).await;
    }
    assert_eq!(storm.store.next_due().await.unwrap(), None, "every notice has come to its end");
    for token in storm.store.tokens(2_000).await.unwrap() {
        let row = storm.row(token.handoff).await;
        let kept = row.state == TokenState::Pending;
        assert!(!kept || row.notices.iter().all(|notice| notice.state == NoticeState::Sent), "{row:?}");
        assert!(!kept || row.notices.len() >= 2, "{row:?}");
    }
    let all = storm.sandbox.calls();
    let sent = all.iter().filter(|call| call.method.starts_with("send")).count();
    println!("all groups together got {sent} messages");
    assert!(sent <= 80, "{sent}");
    assert_eq!(storm.sandbox.violations(), []);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn in_a_storm_danger_and_numbers_answer_as_ever_and_every_send_is_sent() {
    let folder = tempfile::tempdir().unwrap();
    let storm = Storm::on(&Ground::sqlite(folder.path())).await;
    let shows = async |chat: i64, choice: Choice| {
        let begun = Conversation::begin(Locale::FRENCH, Nonce::new(77));
        format!("{:?}", storm.tap(chat, begun, choice).await.screen.unwrap())
    };
    let before = (shows(1, Choice::Danger).await, shows(1, Choice::NumbersOnly).await);
    for nonce in 0..40 {
        storm.send(1, nonce, true).await;
    }
    let after = (shows(1, Choice::Danger).await, shows(1, Choice::NumbersOnly).await);
    assert_eq!(before, after);
    let kept = storm.store.tokens(100).await.unwrap();
    assert_eq!(kept.iter().filter(|token| token.state == TokenState::Pending).count(), 40);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_one_phone_sends_again_and_again_is_told_later_and_marked() {
    on_both("repeats", async |storm| {
        let mut sent = Vec::new();
        for nonce in 0..6 {
            sent.push(storm.send(1, nonce, false).await);
        }
        let urgent = storm.send(1, 6, true).await;
        let other = storm.send(2, 0, false).await;
        storm.deliver().await;
        let mut first = Vec::new();
        for handoff in &sent {
            first.push(storm.is_told(*handoff).await);
        }
        assert_eq!(first, [true, true, true, false, false, false]);
        assert!(storm.is_told(other).await, "another phone waits for nobody");
        storm.pass(TimeDelta::minutes(3)).await;
        assert!(storm.is_told(urgent).await, "where minutes count, a repeat waits five at most");
        for _ in 0..4 {
            storm.pass(TimeDelta::minutes(15)).await;
        }
        let mut reasons = Vec::new();
        for handoff in &sent {
            assert!(storm.is_told(*handoff).await, "within a quarter of the shortest answer time");
            let token = storm.store.tokens(100).await.unwrap();
            let token = token.into_iter().find(|token| token.handoff == *handoff).unwrap();
            let opened =
                handoff::open(&token.ciphertext, &storm.demo.identities[&storm.asked], None).unwrap();
            let marked = opened.record().routing.reasons.iter().find(|code| code.starts_with("repeated:"));
            reasons.push(marked.cloned().unwrap_or_default());
        }
        assert_eq!(reasons, ["", "", "", "repeated:4", "repeated:5", "repeated:6"]);
        let reason: relais::routing::Reason = reasons[5].parse().unwrap();
        let said = storm.catalog.label(Locale::FRENCH, &relais::desk::reason(&reason, None));
        assert_eq!(said, "demande n° 6 de la même discussion en une heure");
    })
    .await;
}

/// Sends requests from as many chats.
async fn crowd(storm: &Storm, chats: std::ops::Range<i64>) -> Vec<HandoffId> {
    let mut sent = Vec::new();
    for chat in chats {
        sent.push(storm.send(chat, 1, false).await);
    }
    sent
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_taken_back_leaves_the_count_and_is_not_announced() {
    on_both("taken_back", async |storm| {
        let sent = crowd(&storm, 0..10).await;
        storm.deliver().await;
        let files = || storm.group.messages().into_iter().filter(|one| one.attachment.is_some()).count();
        assert_eq!(files(), 6);
        assert!(storm.digest().unwrap().text.contains("10 demandes attendent"));
        // One whose file stands in the chat, and one that was told together.
        let mut late = crowd(&storm, 10..12).await;
        storm.deliver().await;
        for handoff in [sent[0], sent[9], late.remove(0)] {
            storm.store.withdraw(handoff, Vec::new(), storm.now()).await.unwrap();
        }
        let before = storm.messages();
        storm.pass(TimeDelta::minutes(13)).await;
        assert_eq!(files(), 5, "its file is gone");
        let texts: Vec<String> = storm.group.messages().into_iter().map(|one| one.text).collect();
        assert_eq!(texts.iter().filter(|text| text.contains("retirée")).count(), 1, "{texts:#?}");
        assert!(storm.digest().unwrap().text.contains("9 demandes attendent"), "{texts:#?}");
        assert_eq!(storm.messages(), (before.0 + 1, 0), "the message for many was edited in place");
        assert!(storm.is_told(late[0]).await);
        // The last is taken back, and nothing else comes: the count goes down all the same.
        for handoff in sent.iter().chain(&late) {
            storm.store.withdraw(*handoff, Vec::new(), storm.now()).await.unwrap();
        }
        storm.pass(TimeDelta::minutes(15)).await;
        assert!(storm.digest().unwrap().text.contains("Aucune demande n'attend"));
        assert_eq!(storm.store.next_due().await.unwrap(), None);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn after_a_crash_what_was_to_be_told_together_still_is() {
    on_both("crashed", async |storm| {
        // Handed out, and nothing decided: the sender dies.
        let mut sent = crowd(&storm, 0..20).await;
        drop(storm.store.claim_round(storm.now(), LEASE, 512).await.unwrap().unwrap());
        storm.pass(TimeDelta::seconds(91)).await;
        let (files, _) = storm.messages();
        assert_eq!(files, 7, "six alone, fourteen together");
        // Decided, and the message for many does not get through: another sender goes on.
        storm.sandbox.inject(Fault::new(Failure::Cut).times(usize::MAX).on("editMessageText"));
        sent.extend(crowd(&storm, 20..30).await);
        storm.pass(TimeDelta::minutes(15)).await;
        assert!(!storm.is_told(sent[29]).await);
        storm.sandbox.heal();
        storm.pass(TimeDelta::minutes(1)).await;
        for handoff in &sent {
            assert!(storm.is_told(*handoff).await);
        }
        assert_eq!(storm.messages().0, 7, "and no file came beside");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_replicas_tell_a_chat_once() {
    on_both("replicas", async |storm| {
        let sent = crowd(&storm, 0..20).await;
        let (one, two) = (storm.delivery(), storm.delivery());
        for _ in 0..8 {
            let both = join_all([&one, &two, &one, &two].map(|one| Box::pin(one.send_due()))).await;
            assert!(both.iter().all(Result::is_ok), "{both:?}");
        }
        assert_eq!(storm.messages(), (7, 0));
        for handoff in &sent {
            assert!(storm.is_told(*handoff).await);
        }
    })
    .await;
}

/// Waits until a gate holds a call back.
async fn held(gate: &Gate) {
    let holds = async {
        while gate.holds() == 0 {
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(Duration::from_secs(20), holds).await.expect("a call comes to the gate");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_taken_back_while_it_is_told_together_leaves_the_count() {
    on_both("taken_back_under_way", async |storm| {
        crowd(&storm, 0..10).await;
        storm.deliver().await;
        let late = crowd(&storm, 10..13).await;
        let gate = Gate::default();
        storm.sandbox.inject(Fault::new(Failure::Hold(gate.clone())).on("editMessageText"));
        *storm.now.lock().unwrap() += TimeDelta::minutes(15);
        let delivery = storm.delivery();
        let telling = tokio::spawn(async move { delivery.send_due().await });
        held(&gate).await;
        storm.store.withdraw(late[0], Vec::new(), storm.now()).await.unwrap();
        gate.open();
        telling.await.unwrap().unwrap();
        assert!(storm.digest().unwrap().text.contains("13 demandes attendent"), "it was counted before");
        assert!(storm.store.next_due().await.unwrap().is_some(), "the count is mended");
        for _ in 0..3 {
            storm.pass(TimeDelta::minutes(15)).await;
        }
        assert!(storm.digest().unwrap().text.contains("12 demandes attendent"), "{:?}", storm.digest());
        assert!(storm.is_told(late[1]).await && storm.is_told(late[2]).await);
        let texts: Vec<String> = storm.group.messages().into_iter().map(|one| one.text).collect();
        assert!(!texts.iter().any(|text| text.contains("retirée")), "{texts:#?}");
        assert_eq!(storm.messages(), (7, 0), "the message for many was edited in place");
        let next = storm.store.next_due().await.unwrap();
        assert!(next.is_none_or(|next| next > storm.now() + TimeDelta::hours(1)), "the count is mended once");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_round_that_another_replica_has_taken_over_is_left_to_it() {
    on_both("taken_over", async |storm| {
        let sent = crowd(&storm, 0..20).await;
        // Between being handed the round and deciding about it, one replica stands still for longer than its lease.
        let (stands, standing) = std::sync::mpsc::channel();
        let (go, gone) = std::sync::mpsc::channel::<()>();
        let (now, looks, gone) = (storm.now.clone(), AtomicUsize::new(0), Mutex::new(gone));
        let slow = storm
            .replica(Clock::from_fn(move || {
                let shown = *now.lock().unwrap();
                if looks.fetch_add(1, Ordering::SeqCst) == 2 {
                    stands.send(()).unwrap();
                    gone.lock().unwrap().recv().unwrap();
                }
                shown
            }))
            .await;
        let telling = tokio::spawn(async move { slow.send_due().await });
        tokio::task::spawn_blocking(move || standing.recv().unwrap()).await.unwrap();
        *storm.now.lock().unwrap() += TimeDelta::seconds(11);
        let gate = Gate::default();
        storm.sandbox.inject(Fault::new(Failure::Hold(gate.clone())).on("sendDocument"));
        let quick = storm.delivery();
        let taken_over = tokio::spawn(async move { quick.send_due().await });
        held(&gate).await;
        // The other one tells now; the slow one wakes, and sends nothing.
        go.send(()).unwrap();
        telling.await.unwrap().unwrap();
        assert_eq!(storm.messages(), (0, 0), "nothing was sent by the one that was late");
        gate.open();
        taken_over.await.unwrap().unwrap();
        storm.deliver().await;
        assert_eq!(storm.messages(), (7, 0), "six alone, fourteen together, each once");
        for handoff in &sent {
            assert!(storm.is_told(*handoff).await);
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_chat_that_telegram_holds_back_is_left_alone_until_then() {
    let folder = tempfile::tempdir().unwrap();
    let storm = Storm::on(&Ground::sqlite(folder.path())).await;
    storm.sandbox.inject(Fault::new(Failure::TooManyRequests(40)).on("sendDocument"));
    let sent = crowd(&storm, 0..9).await;
    storm.deliver().await;
    storm.pass(TimeDelta::seconds(39)).await;
    assert_eq!(storm.sandbox.calls_of("sendDocument").len(), 1, "nothing is tried in vain");
    storm.pass(TimeDelta::seconds(1)).await;
    for handoff in &sent {
        assert!(storm.is_told(*handoff).await);
    }
    assert_eq!(storm.messages().0, 7);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn without_a_desk_every_file_comes_alone() {
    let folder = tempfile::tempdir().unwrap();
    let storm = Storm::on(&Ground::sqlite(folder.path())).await;
    crowd(&storm, 0..15).await;
    let delivery = Delivery { desk: false, ..storm.delivery() };
    while delivery.send_due().await.unwrap() > 0 {}
    let files = storm.group.messages().into_iter().filter(|one| one.attachment.is_some()).count();
    assert_eq!((files, storm.digest()), (15, None));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn twenty_five_in_one_room_all_reach_the_volunteers() {
    let folder = tempfile::tempdir().unwrap();
    let storm = Storm::on(&Ground::sqlite(folder.path())).await;
    let mut sent = Vec::new();
    for minute in 0..25 {
        sent.push(storm.send(minute, 1, minute % 2 == 0).await);
        storm.pass(TimeDelta::minutes(1)).await;
    }
    for _ in 0..5 {
        storm.pass(TimeDelta::minutes(5)).await;
    }
    for handoff in &sent {
        assert!(storm.is_told(*handoff).await);
    }
    // The calm that follows ends it: the next request comes with its file again.
    storm.pass(TimeDelta::minutes(15)).await;
    let next = storm.send(99, 1, false).await;
    storm.deliver().await;
    let sign = handoff::sign(next);
    assert!(storm.group.messages().iter().any(|one| one.text.contains(&sign) && one.attachment.is_some()));
}
