//! `GET /handoffs`: what stands on a desk, and what has changed on it.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Query, State};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::Deserialize;
use serde_json::{Value, json};

use super::problem::Problem;
use super::signed::Signed;
use super::{Shared, hex, time};
use crate::store::{DeskToken, Viewer};
use crate::terms::Kind;

/// How many tokens one answer holds, if not more changed at once.
const PAGE: usize = 200;

#[derive(Deserialize)]
pub(super) struct Since {
    #[serde(default)]
    since: Option<String>,
}

impl Since {
    /// A place after the last one belongs to another database, or to none: everything is told again.
    pub(super) fn place(&self, latest: i64) -> i64 {
        let given = self.since.as_deref().and_then(|text| text.parse().ok()).unwrap_or(0);
        if (0..=latest).contains(&given) { given } else { 0 }
    }
}

pub(super) async fn list(
    State(shared): State<Arc<Shared>>,
    signed: Signed,
    Query(since): Query<Since>,
) -> Result<Json<Value>, Problem> {
    let since = since.place(shared.store.latest_change().await?);
    let (found, more) = shared.store.on_desk(&signed.viewer, since, PAGE).await?;
    let cursor = found.last().map_or(since, |token| token.changed);
    let tokens: Vec<Value> = found.iter().map(|token| shown(token, &signed.viewer)).collect();
    Ok(Json(json!({
        "cursor": cursor.to_string(),
        "more": more,
        "server_time": time(shared.clock.now()),
        "tokens": tokens,
    })))
}

fn shown(token: &DeskToken, viewer: &Viewer) -> Value {
    let own = token.association == viewer.association;
    let mut shown = json!({
        "id": hex(token.id.as_bytes()),
        "handoff": token.handoff,
        "kind": token.kind.code(),
        "state": token.state.code(),
        "received": time(token.received_hour),
        "respond_by": time(token.respond_by),
        "expires_on": token.expires_on,
        "audience": if own { "association" } else { "national_team" },
        "changed": token.changed,
        "ciphertext": STANDARD.encode(&token.ciphertext),
    });
    if let Some(members) = shown.as_object_mut() {
        if token.kind == Kind::Handoff {
            members.insert("own".to_owned(), own.into());
            members.insert("stopped".to_owned(), token.stopped.into());
            members.insert("refused_by".to_owned(), json!(token.refused_by));
            members.insert("taken_by".to_owned(), json!(token.taker));
        }
        if let Some(delivery) = token.delivery {
            members.insert("delivery".to_owned(), delivery.code().into());
        }
    }
    shown
}
