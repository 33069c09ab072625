//! `GET /handoffs`: what stands on a desk, and what has changed on it.

use std::convert::Infallible;
use std::sync::Arc;

use axum::Json;
use axum::extract::{FromRequestParts, Query, State};
use axum::http::request::Parts;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::problem::Problem;
use super::signed::Signed;
use super::{Shared, hex, time};
use crate::ids::{AssociationId, HandoffId};
use crate::sealing::{DeskSeal, KeyRing};
use crate::store::{DeliveryState, DeskToken, Viewer};
use crate::terms::Kind;

/// How many tokens one answer holds, if not more changed at once.
const PAGE: usize = 200;

/// From where on a desk asks.
#[derive(Default, Deserialize)]
pub(super) struct Since {
    #[serde(default)]
    since: Option<String>,
}

impl<S: Send + Sync> FromRequestParts<S> for Since {
    type Rejection = Infallible;

    /// A question that cannot be read asks for everything.
    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Infallible> {
        let asked = Query::<Self>::from_request_parts(parts, state).await;
        Ok(asked.map(|Query(since)| since).unwrap_or_default())
    }
}

impl Since {
    /// A cursor that is none, or that belongs to another database: everything is told again.
    pub(super) fn place(&self, keys: &KeyRing, viewer: &Viewer, latest: i64) -> i64 {
        let given = self.since.as_deref().and_then(|text| place_of(keys, viewer, text)).unwrap_or(0);
        if (0..=latest).contains(&given) { given } else { 0 }
    }
}

/// Returns a place in the order of changes as a desk carries it: sealed, for the order counts the changes of all
/// associations, and how much others have to do is not this one's to know.
fn cursor(keys: &KeyRing, viewer: &Viewer, place: i64) -> String {
    let mut plain = place.to_be_bytes().to_vec();
    plain.extend(viewer.association.as_str().bytes());
    keys.seal_desk(DeskSeal::Cursor, &plain)
}

fn place_of(keys: &KeyRing, viewer: &Viewer, cursor: &str) -> Option<i64> {
    let plain = keys.open_desk(DeskSeal::Cursor, cursor)?;
    let (place, whose) = plain.split_first_chunk::<8>()?;
    (whose == viewer.association.as_str().as_bytes()).then_some(i64::from_be_bytes(*place))
}

#[derive(Serialize)]
pub(super) struct Page {
    cursor: String,
    more: bool,
    /// The version of the signed list.
    extract: u64,
    server_time: String,
    tokens: Vec<Shown>,
}

pub(super) async fn list(
    State(shared): State<Arc<Shared>>,
    signed: Signed,
    since: Since,
) -> Result<Json<Page>, Problem> {
    let viewer = &signed.viewer;
    let since = since.place(&shared.keys, viewer, shared.store.latest_change().await?);
    let (found, more) = shared.store.on_desk(viewer, since, PAGE).await?;
    let place = found.last().map_or(since, |token| token.changed);
    Ok(Json(Page {
        cursor: cursor(&shared.keys, viewer, place),
        more,
        extract: shared.published.head.version,
        server_time: time(shared.clock.now()),
        tokens: found.into_iter().map(|token| Shown::of(token, viewer)).collect(),
    }))
}

/// A token as it goes to a desk. Its place in the order of changes does not: see [`cursor`].
#[derive(Serialize)]
struct Shown {
    id: String,
    handoff: HandoffId,
    kind: &'static str,
    state: &'static str,
    received: String,
    respond_by: String,
    expires_on: NaiveDate,
    audience: &'static str,
    ciphertext: String,
    #[serde(flatten)]
    request: Option<Asked>,
    #[serde(skip_serializing_if = "Option::is_none")]
    delivery: Option<&'static str>,
}

/// What stands on a request alone.
#[derive(Serialize)]
struct Asked {
    own: bool,
    stopped: bool,
    refused_by: Vec<AssociationId>,
    taken_by: Option<AssociationId>,
}

impl Shown {
    fn of(token: DeskToken, viewer: &Viewer) -> Self {
        let own = token.association == viewer.association;
        let request =
            Asked { own, stopped: token.stopped, refused_by: token.refused_by, taken_by: token.taker };
        Self {
            id: hex(token.id.as_bytes()),
            handoff: token.handoff,
            kind: token.kind.code(),
            state: token.state.code(),
            received: time(token.received_hour),
            respond_by: time(token.respond_by),
            expires_on: token.expires_on,
            audience: if own { "association" } else { "national_team" },
            ciphertext: STANDARD.encode(&token.ciphertext),
            request: (token.kind == Kind::Handoff).then_some(request),
            delivery: token.delivery.map(DeliveryState::code),
        }
    }
}
