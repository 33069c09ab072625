//! `GET /extract`, `POST /challenges`, `POST /sessions` and `DELETE /sessions`.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use serde::Deserialize;
use serde_json::{Value, json};

use super::body::{Body, From};
use super::problem::Problem;
use super::rate::{Asker, Limit};
use super::session::{self, Answered, Asked, Refused, SESSION_LIFE};
use super::signed::Signed;
use super::{Shared, time};
use crate::directory::Offered;
use crate::ids::AssociationId;
use crate::store::{Action, SessionOf};

/// What anybody may read: what was signed, by whom, and which keys are the server's.
pub(super) async fn extract(
    State(shared): State<Arc<Shared>>,
    From(address): From,
) -> Result<Json<Offered>, Problem> {
    shared.limits.pass(Limit::SignIn, Asker::address(address), shared.clock.now()).await?;
    Ok(Json(shared.published.offered.clone()))
}

#[derive(Deserialize)]
pub(super) struct Wish {
    association: String,
    origin: String,
}

pub(super) async fn challenge(
    State(shared): State<Arc<Shared>>,
    From(address): From,
    Body(wish): Body<Wish>,
) -> Result<Json<Asked>, Problem> {
    let now = shared.clock.now();
    let limits = &shared.limits;
    limits.pass(Limit::SignIn, Asker::address(address), now).await?;
    // A challenge for another origin could be relayed to a device that believes to talk to that one.
    if !shared.settings.origins.contains(&wish.origin) {
        return Err(Problem::unfit("wrong_origin", "This server does not answer for this address."));
    }
    // Names that are none share what stands for all of them.
    let named = wish.association.parse::<AssociationId>().ok();
    let nobody = || "nobody".parse::<AssociationId>().ok();
    if let Some(id) = named.clone().or_else(nobody) {
        limits.pass(Limit::ChallengesOf, Asker::Association(id), now).await?;
    }
    let removed = shared.store.removed_devices().await?;
    let association = named.as_ref().and_then(|id| shared.directory.find(id));
    let slug = named.as_ref().map_or("nobody", AssociationId::as_str);
    let made = shared.sessions.challenge(&shared.keys, (association, &removed), (slug, &wish.origin), now);
    made.map(Json).ok_or(Problem::unavailable())
}

pub(super) async fn session(
    State(shared): State<Arc<Shared>>,
    From(address): From,
    Body(answered): Body<Answered>,
) -> Result<(StatusCode, Json<Value>), Problem> {
    let now = shared.clock.now();
    shared.limits.pass(Limit::SignIn, Asker::address(address), now).await?;
    let proved = shared.sessions.answer(&shared.keys, &answered, now).map_err(refused)?;
    let id = proved.association.clone();
    let association = shared.directory.find(&id).ok_or_else(|| refused(Refused::Wrong))?;
    let device = proved.device(&shared.keys, &answered, association).map_err(refused)?;
    if device.is_none() && association.devices.iter().all(|device| device.signing.is_some()) {
        return Err(refused(Refused::Wrong));
    }
    // A challenge that was made before a device was taken out could be read by it.
    let began = proved.asked;
    let of = SessionOf { session: [0; 16], association: id.clone(), device: device.clone(), began };
    if shared.store.session_has_ended(&of).await? {
        return Err(refused(Refused::Expired));
    }
    let expires = now + SESSION_LIFE;
    let bound = (device.as_deref(), proved.origin());
    let token = session::seal(&shared.keys, association, bound, expires).ok_or(Problem::unavailable())?;
    shared.store.set_last_proof(id.clone(), now.date_naive()).await?;
    shared.store.audit(id.clone(), Action::SignedIn, now).await?;
    let body = json!({
        "token": token, "association": id, "device": device, "expires": time(expires), "server_time": time(now),
    });
    Ok((StatusCode::CREATED, Json(body)))
}

/// Signs out.
pub(super) async fn end(State(shared): State<Arc<Shared>>, signed: Signed) -> Result<StatusCode, Problem> {
    shared.store.end_session(signed.session, signed.expires, shared.clock.now()).await?;
    Ok(StatusCode::NO_CONTENT)
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
