//! `POST /challenges` and `POST /sessions`.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::Deserialize;
use serde_json::{Value, json};

use super::body::{Body, From};
use super::problem::Problem;
use super::rate::{Asker, Limit};
use super::session::{self, Refused, SESSION_LIFE};
use super::{Shared, time};
use crate::ids::AssociationId;
use crate::store::Action;

#[derive(Deserialize)]
pub(super) struct Asked {
    association: String,
}

pub(super) async fn challenge(
    State(shared): State<Arc<Shared>>,
    From(address): From,
    Body(asked): Body<Asked>,
) -> Result<Json<Value>, Problem> {
    let now = shared.clock.now();
    let limits = &shared.limits;
    limits.pass(Limit::SignIn, Asker::address(address), now).await?;
    // Names that are none share what stands for all of them.
    let named = asked.association.parse::<AssociationId>().ok();
    let nobody = || "nobody".parse::<AssociationId>().ok();
    if let Some(id) = named.clone().or_else(nobody) {
        limits.pass(Limit::ChallengesOf, Asker::Association(id), now).await?;
    }
    let association = named.as_ref().and_then(|id| shared.directory.find(id));
    let slug = named.as_ref().map_or("nobody", AssociationId::as_str);
    let made = shared.sessions.challenge(&shared.keys, association, slug, now);
    let made = made.ok_or(Problem::unavailable())?;
    Ok(Json(json!({ "id": made.id, "challenge": made.challenge })))
}

#[derive(Deserialize)]
pub(super) struct Answered {
    id: String,
    answer: String,
}

pub(super) async fn session(
    State(shared): State<Arc<Shared>>,
    From(address): From,
    Body(answered): Body<Answered>,
) -> Result<(StatusCode, Json<Value>), Problem> {
    let now = shared.clock.now();
    shared.limits.pass(Limit::SignIn, Asker::address(address), now).await?;
    let answer = STANDARD.decode(&answered.answer).unwrap_or_default();
    let id = shared.sessions.answer(&shared.keys, &answered.id, &answer, now).map_err(refused)?;
    let association = shared.directory.find(&id).ok_or_else(|| refused(Refused::Wrong))?;
    let expires = now + SESSION_LIFE;
    let token = session::seal(&shared.keys, association, expires).ok_or(Problem::unavailable())?;
    shared.store.set_last_proof(id.clone(), now.date_naive()).await?;
    shared.store.audit(id.clone(), Action::SignedIn, now).await?;
    let body = json!({
        "token": token, "association": id, "expires": time(expires), "server_time": time(now),
    });
    Ok((StatusCode::CREATED, Json(body)))
}

fn refused(why: Refused) -> Problem {
    match why {
        Refused::Wrong => {
            Problem::new(StatusCode::UNAUTHORIZED, "wrong_answer", "This answer does not fit the challenge.")
        }
        Refused::Expired => Problem::gone(
            "challenge_expired",
            "The challenge is older than two minutes. Please ask for another.",
        ),
        Refused::Used => Problem::conflict("challenge_used", "The challenge was answered already."),
        Refused::Busy => Problem::rate_limited(30),
    }
}
