//! `GET /directory`, `GET /me` and `POST /pause`: what is known of the associations.

use std::collections::BTreeSet;
use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use chrono::{DateTime, Days, Utc};
use serde::Deserialize;
use serde_json::{Value, json};

use super::body::Body;
use super::problem::Problem;
use super::signed::Signed;
use super::{Shared, time};
use crate::directory::{Association, Role};
use crate::handoff::key_text;
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
            "name": association.name,
            "country": association.country,
            "department": association.department,
            "role": role(association),
            "situations": association.serves.situations,
            "languages": association.languages,
            "recipients": recipients(association),
            "routable": routable,
            "full": full.contains(&association.id),
        })
    };
    let associations: Vec<Value> = shared.directory.associations().iter().map(listed).collect();
    let phrases: Vec<Value> = PhraseId::ALL.iter().map(|id| {
        json!({ "id": id.key(), "slots": id.slots().iter().map(|slot: &Slot| slot.name()).collect::<Vec<_>>() })
    }).collect();
    Ok(Json(json!({
        "associations": associations,
        "server_key": key_text(&shared.keys.signing().verifying_key()),
        "server_keys": shared.keys.verifying().map(|key| key_text(&key)).collect::<Vec<_>>(),
        "server_recipient": shared.keys.recipient().to_string(),
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
        "role": role(association),
        "country": association.country,
        "paused_until": state.paused_until.filter(|&until| until > now).map(time),
        "recipients": recipients(association),
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

const fn role(association: &Association) -> &'static str {
    match association.role {
        Role::Association => "association",
        Role::NationalTeam => "national_team",
    }
}

fn recipients(association: &Association) -> Vec<String> {
    association.recipients.iter().map(ToString::to_string).collect()
}

impl Shared {
    /// The associations that take nothing now: paused, or without a recent proof.
    pub(super) async fn closed(&self) -> Result<BTreeSet<AssociationId>, StoreError> {
        let now = self.clock.now();
        let proofs = self.store.proofs().await?;
        let days = self.settings.proof_days;
        let mut closed = routing::without_proof(&self.directory, &proofs, now.date_naive(), days);
        closed.extend(self.store.paused_at(now).await?);
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
