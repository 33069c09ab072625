//! `GET /directory`, `GET /me` and `POST /pause`: what is known of the associations.

use std::collections::BTreeSet;
use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use chrono::{DateTime, Days, Utc};
use serde::Deserialize;
use serde_json::{Value, json};

use super::body::Body;
use super::messages::LONGEST_TEXT;
use super::problem::Problem;
use super::signed::Signed;
use super::{Shared, time};
use crate::directory::Association;
use crate::ids::AssociationId;
use crate::phrase::{Answer, PHRASES_VERSION, PhraseId, Slot, Spot};
use crate::routing;
use crate::store::{Action, StoreError};

pub(super) async fn directory(State(shared): State<Arc<Shared>>, _: Signed) -> Result<Json<Value>, Problem> {
    let closed = shared.closed().await?;
    let full = shared.full().await?;
    let today = shared.clock.now().date_naive();
    let listed = |association: &Association| {
        let routable = association.is_routable(today) && !closed.contains(&association.id);
        json!({
            "id": association.id,
            "department": association.department,
            "situations": association.serves.situations,
            "languages": association.languages,
            "routable": routable,
            "full": full.contains(&association.id),
        })
    };
    let associations: Vec<Value> = shared.directory.associations().iter().map(listed).collect();
    let phrases: Vec<Value> = PhraseId::ALL.iter().map(|id| {
        json!({ "id": id.key(), "slots": id.slots().iter().map(|slot: &Slot| slot.name()).collect::<Vec<_>>() })
    }).collect();
    Ok(Json(json!({
        "extract": shared.published.list,
        "associations": associations,
        "limits": { "text": LONGEST_TEXT },
        "phrases_version": PHRASES_VERSION,
        "phrases": phrases,
        "answers": Answer::ALL.iter().map(|answer| answer.key()).collect::<Vec<_>>(),
        "places": Spot::ALL,
    })))
}

pub(super) async fn me(State(shared): State<Arc<Shared>>, signed: Signed) -> Result<Json<Value>, Problem> {
    let id = &signed.viewer.association;
    let association = shared.directory.find(id).ok_or(Problem::no_session())?;
    let state = shared.store.association_state(id).await?;
    let now = shared.clock.now();
    Ok(Json(json!({
        "association": id,
        "name": association.name,
        "role": association.role.code(),
        "country": association.country,
        "device": signed.device,
        "coordinator": signed.coordinator,
        "paused_until": state.paused_until.filter(|&until| until > now).map(time),
        "last_proof_on": state.last_proof_on,
        "expires": time(signed.expires),
        "server_time": time(now),
    })))
}

#[derive(Deserialize)]
pub(super) struct Paused {
    until: Option<DateTime<Utc>>,
}

/// The longest pause, in days: whoever is away longer should leave the directory.
const LONGEST_PAUSE: Days = Days::new(90);

/// `POST /pause`.
pub(super) async fn pause(
    State(shared): State<Arc<Shared>>,
    signed: Signed,
    Body(body): Body<Paused>,
) -> Result<Json<Value>, Problem> {
    let now = shared.clock.now();
    if body.until.is_some_and(|until| until <= now || until > now + LONGEST_PAUSE) {
        return Err(Problem::unfit("wrong_time", "A pause ends within 90 days from now."));
    }
    let id = signed.viewer.association;
    shared.store.set_paused_until(id.clone(), body.until).await?;
    shared.store.audit(id, Action::Paused, now).await?;
    Ok(Json(json!({ "paused_until": body.until.map(time) })))
}

impl Shared {
    /// The associations that take nothing now: paused, or without a recent proof.
    pub(super) async fn closed(&self) -> Result<BTreeSet<AssociationId>, StoreError> {
        let now = self.clock.now();
        let proofs = self.store.proofs().await?;
        let days = self.settings.proof_days;
        let mut closed = routing::without_proof(&self.directory, &proofs, now.date_naive(), days);
        closed.extend(self.store.paused_at(now).await?);
        closed.extend(self.directory.without_readers(&self.store.removed_devices().await?, now));
        Ok(closed)
    }

    /// The associations where as many requests wait as they take: they can still be asked, by a human who knows.
    async fn full(&self) -> Result<BTreeSet<AssociationId>, StoreError> {
        let cap = self.settings.intake_cap;
        if !routing::has_caps(&self.directory, cap) {
            return Ok(BTreeSet::new());
        }
        Ok(routing::who_is_full(&self.directory, &self.store.waiting_requests().await?, cap))
    }
}
