//! What the stage of the desk stands on: a clock to turn, databases, answers.

use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex};

use chrono::{DateTime, TimeDelta, Utc};
use relais::clock::Clock;
use relais::handoff;
use relais::ids::{ChatId, HandoffId};
use relais::record::Record;
use reqwest::StatusCode;
use serde_json::{Value, json};
use sqlx::{Connection as _, Executor as _};
use tempfile::TempDir;

use super::stage::{LYON, PARIS};

/// A moment that a test turns on.
#[derive(Clone)]
pub struct Hand(Arc<Mutex<DateTime<Utc>>>);

impl Hand {
    pub fn at(now: DateTime<Utc>) -> Self {
        Self(Arc::new(Mutex::new(now)))
    }

    pub fn now(&self) -> DateTime<Utc> {
        *self.0.lock().unwrap()
    }

    pub fn turn(&self, by: TimeDelta) {
        *self.0.lock().unwrap() += by;
    }

    pub fn clock(&self) -> Clock {
        let hand = self.clone();
        Clock::from_fn(move || hand.now())
    }
}

pub fn sqlite(folder: &TempDir) -> String {
    format!("sqlite:{}", folder.path().join("relais.db").display())
}

#[expect(clippy::disallowed_methods, reason = "tests are told by the environment where a server is")]
pub fn postgres() -> Option<url::Url> {
    std::env::var("RELAIS_TEST_POSTGRES").ok().map(|url| url.parse().unwrap())
}

pub async fn empty_database(server: &url::Url) -> String {
    static NUMBER: AtomicU32 = AtomicU32::new(0);
    let name = format!("desk_{}_{}", std::process::id(), NUMBER.fetch_add(1, Ordering::Relaxed));
    let mut connection = sqlx::PgConnection::connect(server.as_str()).await.unwrap();
    let sql = sqlx::AssertSqlSafe(format!("CREATE DATABASE {name}"));
    connection.execute(sqlx::raw_sql(sql)).await.unwrap();
    let mut url = server.clone();
    url.set_path(&name);
    url.to_string()
}

/// A request that was kept.
pub struct Wanted {
    pub handoff: HandoffId,
    pub address: String,
    pub chat: ChatId,
}

#[derive(Debug)]
pub struct Answer {
    pub status: StatusCode,
    pub content_type: String,
    pub retry_after: Option<u64>,
    pub body: Value,
}

impl Answer {
    pub async fn of(response: reqwest::Response) -> Self {
        let header = |name: &str| {
            response.headers().get(name).and_then(|value| value.to_str().ok()).unwrap_or_default().to_owned()
        };
        let (status, content_type) = (response.status(), header("content-type"));
        let retry_after = header("retry-after").parse().ok();
        Self { status, content_type, retry_after, body: response.json().await.unwrap_or(Value::Null) }
    }

    pub fn is(&self, status: u16, code: &str) {
        assert_eq!((self.status.as_u16(), self.body["code"].as_str()), (status, Some(code)), "{}", self.body);
        assert_eq!(self.content_type, "application/problem+json");
        assert_eq!(self.body["status"], status);
        assert_eq!(self.body["type"], format!("urn:relais:problem:{code}"));
        assert!(self.body["title"].as_str().is_some_and(|title| !title.is_empty()));
    }

    pub fn ok(&self) -> &Value {
        assert!(self.status.is_success(), "{} {}", self.status, self.body);
        &self.body
    }
}

/// The record of a request, by its wire format alone.
pub fn record(handoff: HandoffId, now: DateTime<Utc>, address: &str, more: &Value) -> Record {
    let mut record = json!({
        "v": 1, "kind": "handoff", "handoff": handoff, "received": now, "locale": "ar", "for_whom": "self",
        "who": "woman", "age": "adult", "situation": "domestic", "needs": ["shelter"], "danger": false,
        "place": { "country": "FR", "departement": "69" }, "distance": "near",
        "contact": { "channel": "telegram", "window": "any" }, "children": false,
        "consent": { "version": 1, "at": now },
        "routing": { "reasons": [], "others": [PARIS, LYON, "gone-since", "exemple-dijon"] },
        "sign": handoff::sign(handoff), "return_address": address,
    });
    record.as_object_mut().unwrap().extend(more.as_object().cloned().unwrap());
    serde_json::from_value(record).unwrap()
}
