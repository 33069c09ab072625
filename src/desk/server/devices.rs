//! `GET /devices`, `POST /devices/sign-out` and `POST /devices/remove`: which devices read for one's association.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use chrono::TimeDelta;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::body::Body;
use super::problem::Problem;
use super::signed::Signed;
use super::{Shared, time};
use crate::desk::members::removed_at;
use crate::device::Statement;
use crate::directory::Association;
use crate::ids::AssociationId;
use crate::store::RemovedDevice;

/// How far the moment of a removal may lie from the server's clock.
const NEAR: TimeDelta = TimeDelta::hours(1);

pub(super) async fn list(State(shared): State<Arc<Shared>>, signed: Signed) -> Result<Json<Value>, Problem> {
    let association = own(&shared, &signed)?;
    let removed = shared.store.removals().await?;
    let out = |recipient: &str| {
        let of =
            |(whose, device): &&(_, RemovedDevice)| *whose == association.id && device.recipient == recipient;
        removed.iter().find(of).map(|(_, device)| time(device.at))
    };
    let device = |device: &crate::directory::Device| {
        let recipient = device.recipient.to_string();
        json!({
            "recipient": recipient,
            "signing": device.signing.map(|key| key.to_string()),
            "coordinator": device.coordinator,
            "removed_at": out(&recipient),
        })
    };
    let removals: Vec<Value> = removed.iter().filter_map(statement).collect();
    Ok(Json(json!({
        "devices": association.devices.iter().map(device).collect::<Vec<_>>(),
        "removals": removals,
    })))
}

/// A coordinator's statement with its association, for any device to check.
fn statement((association, device): &(AssociationId, RemovedDevice)) -> Option<Value> {
    let mut removal: Value = serde_json::from_str(&device.removal).ok()?;
    removal.as_object_mut()?.insert("association".to_owned(), json!(association));
    Some(removal)
}

#[derive(Deserialize)]
pub(super) struct Named {
    device: String,
}

/// Ends every session of a device: one's own, or as a coordinator any of the association.
pub(super) async fn sign_out(
    State(shared): State<Arc<Shared>>,
    signed: Signed,
    Body(named): Body<Named>,
) -> Result<StatusCode, Problem> {
    let association = own(&shared, &signed)?;
    if association.device(&named.device).is_none() {
        return Err(unknown());
    }
    if signed.device.as_deref() != Some(&named.device) && !signed.coordinator {
        return Err(not_a_coordinator());
    }
    shared.store.sign_out_device(association.id.clone(), named.device, shared.clock.now()).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// A coordinator's statement; it is kept as it came, for other devices to check.
#[derive(Deserialize, Serialize)]
pub(super) struct Removal {
    device: String,
    by: String,
    at: String,
    signature: String,
}

/// Takes another device out at once: nothing new is sealed to it, and its sessions end.
pub(super) async fn remove(
    State(shared): State<Arc<Shared>>,
    signed: Signed,
    Body(removal): Body<Removal>,
) -> Result<Json<Value>, Problem> {
    let association = own(&shared, &signed)?;
    if !signed.coordinator || signed.device.as_deref() != Some(&removal.by) {
        return Err(not_a_coordinator());
    }
    if association.device(&removal.device).is_none() {
        return Err(unknown());
    }
    if removal.device == removal.by {
        return Err(Problem::unfit("own_device", "A device cannot take itself out."));
    }
    let now = shared.clock.now();
    let is_near = removed_at(&removal.at).is_some_and(|at| (at - now).abs() <= NEAR);
    let statement = Statement::Removal {
        service: shared.published.head.service.as_str(),
        association: &association.id,
        device: &removal.device,
        by: &removal.by,
        at: &removal.at,
    };
    let key = association.device(&removal.by).and_then(|device| device.signing);
    if !is_near || !key.is_some_and(|key| key.has_signed(&statement, &removal.signature)) {
        return Err(Problem::unfit("wrong_signature", "The coordinator's device has not signed this."));
    }
    let kept = serde_json::to_string(&removal).map_err(|_| Problem::unavailable())?;
    let device = RemovedDevice { recipient: removal.device, at: now, removal: kept };
    if !shared.store.remove_device(association.id.clone(), device, removal.by).await? {
        return Err(Problem::no_session());
    }
    let removed = shared.store.removed_devices().await?;
    Ok(Json(json!({ "left": association.readers(&removed).count() })))
}

fn own<'a>(shared: &'a Shared, signed: &Signed) -> Result<&'a Association, Problem> {
    shared.directory.find(&signed.viewer.association).ok_or(Problem::no_session())
}

fn unknown() -> Problem {
    Problem::new(StatusCode::NOT_FOUND, "unknown_device", "Your association has no such device.")
}

fn not_a_coordinator() -> Problem {
    Problem::new(StatusCode::FORBIDDEN, "not_a_coordinator", "Only a coordinator's device can do this.")
}
