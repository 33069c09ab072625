//! The sweep proves what it did, and an alarm is raised where it could not.

use std::time::Duration;

use chrono::{DateTime, Days, TimeDelta, Utc};
use relais::clock::Clock;
use relais::health::{self, Watched};
use relais::retention::{LastSweep, sweep_once};
use tokio::sync::watch;

use crate::store::{Ground, first_notice, handoff, now, token};

/// A service's health as an operator's monitor asks for it.
async fn ready(watched: &Watched) -> (u16, String) {
    let listener = health::listen("observability.listen", "127.0.0.1:0".parse().unwrap()).await.unwrap();
    let address = listener.local_addr().unwrap();
    let (stop, stopping) = watch::channel(false);
    let serving = tokio::spawn(health::serve(listener, watched.clone(), stopping));
    let answer = reqwest::get(format!("http://{address}/readyz")).await.unwrap();
    let told = (answer.status().as_u16(), answer.text().await.unwrap());
    stop.send_replace(true);
    tokio::time::timeout(Duration::from_secs(5), serving).await.unwrap().unwrap();
    told
}

fn at(moment: DateTime<Utc>) -> Clock {
    Clock::from_fn(move || moment)
}

#[tokio::test]
async fn a_sweep_that_leaves_something_raises_the_alarm_until_one_leaves_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let ground = Ground::sqlite(folder.path());
    let store = ground.store().await;
    store.save(token(1), first_notice()).await.unwrap();
    let last_sweep = LastSweep::since(now());
    let mut watched = Watched { store: store.clone(), last_sweep: last_sweep.clone(), clock: at(now()) };
    assert_eq!(ready(&watched).await, (200, "ready\n".to_owned()));
    // Somebody's hand keeps rows from being deleted, without an error.
    let keep = "CREATE TRIGGER kept BEFORE DELETE ON tokens BEGIN SELECT RAISE(IGNORE); END";
    ground.by_hand(keep).await.unwrap();
    let mut moment = now() + Days::new(8);
    sweep_once(&store, moment, &last_sweep).await;
    assert_eq!(store.overdue(moment).await.unwrap(), 1, "the row is read back");
    moment += TimeDelta::hours(7);
    watched.clock = at(moment);
    let late = "what is past its time has not been deleted for hours\n";
    assert_eq!(ready(&watched).await, (503, late.to_owned()));
    ground.by_hand("DROP TRIGGER kept").await.unwrap();
    sweep_once(&store, moment, &last_sweep).await;
    assert_eq!(ready(&watched).await, (200, "ready\n".to_owned()));
    assert_eq!(store.handoff(handoff(1)).await.unwrap(), None);
    store.close().await;
    assert_eq!(ready(&watched).await, (503, "the database does not answer\n".to_owned()));
}
