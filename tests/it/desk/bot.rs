//! Telegram as far as messages to persons matter, and what sends them there.

use std::sync::{Arc, Mutex};

use axum::Router;
use axum::extract::{Path, State};
use axum::routing::post;
use relais::delivery::Messenger;
use relais::i18n::Catalog;
use relais::telegram::{Bot, BotSettings};
use serde_json::{Value, json};
use tokio::net::TcpListener;
use tokio::sync::Notify;

use super::stage::Stage;

/// Telegram as far as it matters here: notes what it is sent, and answers what it is told to.
#[derive(Clone, Default)]
pub struct Telegram {
    sent: Arc<Mutex<Vec<Value>>>,
    refusal: Arc<Mutex<Option<Value>>>,
}

impl Telegram {
    pub async fn open() -> (Self, Bot) {
        let telegram = Self::default();
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let api_url = format!("http://{}", listener.local_addr().unwrap()).parse().unwrap();
        let routes = Router::new().route("/{bot}/{method}", post(Self::take)).with_state(telegram.clone());
        tokio::spawn(async move { axum::serve(listener, routes).await });
        let bot = Bot::new(&BotSettings { token: "1:test".to_owned().into(), api_url }).unwrap();
        (telegram, bot)
    }

    #[expect(clippy::unused_async, reason = "a handler is async")]
    async fn take(State(it): State<Self>, Path((_, method)): Path<(String, String)>, body: String) -> String {
        let mut call: Value = serde_json::from_str(&body).unwrap();
        call["method"] = method.into();
        it.sent.lock().unwrap().push(call);
        let refusal = it.refusal.lock().unwrap().take();
        refusal.unwrap_or(json!({ "ok": true, "result": { "message_id": 7 } })).to_string()
    }

    pub fn sent(&self) -> Vec<Value> {
        std::mem::take(&mut self.sent.lock().unwrap())
    }

    pub fn refuse(&self, refusal: Value) {
        *self.refusal.lock().unwrap() = Some(refusal);
    }
}

pub fn messenger(stage: &Stage, bot: Bot) -> Messenger {
    Messenger {
        bot,
        store: stage.store.clone(),
        keys: stage.keys.clone(),
        catalog: Arc::new(Catalog::load().unwrap()),
        clock: stage.hand.clock(),
        zone: chrono_tz::Europe::Paris,
        due: Arc::new(Notify::new()),
    }
}
