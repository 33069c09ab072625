//! A server that sends a device on to somebody else, with what it was about to say.

use axum::Router;
use relais::desk::DeskMemory;
use tokio::net::TcpListener;

use super::recorder::Recorder;
use super::seized::{Kept, Said, Seized};
use super::typed::Typed;
use super::work::Work;
use crate::desk::stage::LYON;

/// Who would be told.
struct Elsewhere {
    base: String,
    recorder: Recorder,
}

impl Elsewhere {
    async fn open() -> Self {
        let (front, behind) = (
            TcpListener::bind("127.0.0.1:0").await.unwrap(),
            TcpListener::bind("127.0.0.1:0").await.unwrap(),
        );
        let base = format!("http://{}", front.local_addr().unwrap());
        let recorder = Recorder::default();
        recorder.listen(front, behind.local_addr().unwrap());
        let app = Router::new().fallback(|| async { "{}" });
        tokio::spawn(async move { axum::serve(behind, app).await });
        Self { base, recorder }
    }
}

fn send_on(seized: &Seized, call: &str, status: u16, to: &str) {
    let (call, location) = (call.to_owned(), format!("{to}/api/v1/elsewhere"));
    seized.twist(move |asked, said| {
        if asked == call { Said { status, location: Some(location.clone()), ..said } } else { said }
    });
}

#[tokio::test]
async fn no_call_follows_a_server_that_sends_it_on() {
    let seized = Seized::set().await;
    let kept = Kept::fill(&seized).await;
    seized.be_deaf(true);
    let elsewhere = Elsewhere::open().await;
    let handoff = kept.full.handoff.to_string();
    let before = [
        "GET /extract",
        "POST /challenges",
        "POST /sessions",
        "GET /directory",
        "GET /devices",
        "GET /handoffs",
    ];
    let mut calls: Vec<(String, Work)> = before.map(|call| (call.to_owned(), Work::Reply)).to_vec();
    calls.extend(Work::ALL.into_iter().filter_map(|work| Some((work.act(&handoff)?, work))));
    for (call, work) in calls {
        for status in [301, 302, 303, 307, 308] {
            seized.wait();
            send_on(&seized, &call, status, &elsewhere.base);
            let mut memory = DeskMemory::default();
            let done = match seized.enter_with(&mut memory).await {
                Ok(desk) => work.perform(desk, &seized.stage, &handoff).await,
                Err(fault) => Err(fault),
            };
            assert!(done.is_err(), "{call} {status}");
            assert!(elsewhere.recorder.heard().is_empty(), "{call} {status}");
            // It was asked once, here.
            assert_eq!(seized.asked().iter().filter(|asked| **asked == call).count(), 1, "{call} {status}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn nor_does_the_program() {
    let seized = Seized::set().await;
    let kept = Kept::fill(&seized).await;
    let elsewhere = Elsewhere::open().await;
    let ana = Typed::at(&seized.base, &seized.stage, LYON, &seized.stage.identities_of(LYON)[0]);
    ana.types(&["login"]).unwrap();
    let handoff = kept.full.handoff.to_string();
    let messages = format!("POST /handoffs/{handoff}/messages");
    for call in ["GET /extract", "GET /directory", "GET /devices", "GET /handoffs", &messages] {
        for status in [301, 302, 307, 308] {
            send_on(&seized, call, status, &elsewhere.base);
            ana.types(&["reply", &handoff, "--phrase", "read"]).unwrap_err();
            assert!(elsewhere.recorder.heard().is_empty(), "{call} {status}");
        }
    }
    seized.be_honest();
    ana.types(&["reply", &handoff, "--phrase", "read"]).unwrap();
}
