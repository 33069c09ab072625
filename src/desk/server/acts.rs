//! What a volunteer does with a request.

use std::sync::Arc;

use axum::Json;
use axum::extract::{FromRequestParts, Path, State};
use axum::http::StatusCode;
use axum::http::request::Parts;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::Deserialize;
use serde_json::{Value, json};

use super::Shared;
use super::body::{Body, paper};
use super::problem::Problem;
use super::signed::Signed;
use crate::ids::{AssociationId, HandoffId};
use crate::store::{Act, Met, TokenState, Viewer};

/// The handoff in a path; what is none is not there.
pub(super) struct Wanted(pub(super) HandoffId);

impl<S: Send + Sync> FromRequestParts<S> for Wanted {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let path = Path::<String>::from_request_parts(parts, state).await;
        let handoff = path.ok().and_then(|Path(path)| path.parse().ok());
        handoff.map(Self).ok_or(Problem::not_found())
    }
}

pub(super) async fn read(
    State(shared): State<Arc<Shared>>,
    signed: Signed,
    Wanted(handoff): Wanted,
) -> Result<Json<Value>, Problem> {
    perform(&shared, signed, handoff, Act::Read).await.map(|state| Json(json!({ "state": state.code() })))
}

#[derive(Deserialize)]
pub(super) struct Claim {
    claim: String,
}

pub(super) async fn accept(
    State(shared): State<Arc<Shared>>,
    signed: Signed,
    Wanted(handoff): Wanted,
    Body(body): Body<Claim>,
) -> Result<Json<Value>, Problem> {
    let act = Act::Accept { claim: paper(&body.claim)? };
    perform(&shared, signed, handoff, act).await.map(|state| Json(json!({ "state": state.code() })))
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Reason {
    Full,
    NotOurField,
    Language,
    Conflict,
    Other,
}

#[derive(Deserialize)]
pub(super) struct Declined {
    /// Checked, and not kept: the person is told that it was declined, never why in detail.
    #[serde(rename = "reason")]
    _reason: Reason,
}

pub(super) async fn decline(
    State(shared): State<Arc<Shared>>,
    signed: Signed,
    Wanted(handoff): Wanted,
    Body(_): Body<Declined>,
) -> Result<Json<Value>, Problem> {
    perform(&shared, signed, handoff, Act::Decline).await.map(|state| Json(json!({ "state": state.code() })))
}

#[derive(Deserialize)]
pub(super) struct PassedOn {
    association: String,
    ciphertext: String,
}

pub(super) async fn pass_on(
    State(shared): State<Arc<Shared>>,
    signed: Signed,
    Wanted(handoff): Wanted,
    Body(body): Body<PassedOn>,
) -> Result<(StatusCode, Json<Value>), Problem> {
    let sealed = paper(&body.ciphertext)?;
    let to = body.association.parse::<AssociationId>().ok();
    let to = to.and_then(|to| shared.directory.find(&to));
    let to = to.ok_or(Problem::unfit("unknown_association", "The directory has no such association."))?;
    if to.id == signed.viewer.association {
        return Err(Problem::unfit("same_association", "The request is yours already."));
    }
    let today = shared.clock.now().date_naive();
    if !to.is_routable(today) || shared.closed().await?.contains(&to.id) {
        return Err(Problem::unfit("not_routable", "This association takes no requests now."));
    }
    let act = Act::PassOn { to: to.id.clone(), sealed };
    let state = perform(&shared, signed, handoff, act).await?;
    Ok((StatusCode::CREATED, Json(json!({ "state": state.code() }))))
}

#[derive(Deserialize)]
pub(super) struct Noted {
    ciphertext: String,
}

pub(super) async fn note(
    State(shared): State<Arc<Shared>>,
    signed: Signed,
    Wanted(handoff): Wanted,
    Body(body): Body<Noted>,
) -> Result<(StatusCode, Json<Value>), Problem> {
    let act = Act::Note { note: paper(&body.ciphertext)? };
    let state = perform(&shared, signed, handoff, act).await?;
    Ok((StatusCode::CREATED, Json(json!({ "state": state.code() }))))
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum HowItEnded {
    Helped,
    Referred,
    NoContact,
    NotConcerned,
    Other,
}

#[derive(Deserialize)]
pub(super) struct Closed {
    /// Checked, and not kept: figures are counted on the association's own device.
    #[serde(rename = "outcome")]
    _outcome: HowItEnded,
}

pub(super) async fn close(
    State(shared): State<Arc<Shared>>,
    signed: Signed,
    Wanted(handoff): Wanted,
    Body(_): Body<Closed>,
) -> Result<Json<Value>, Problem> {
    perform(&shared, signed, handoff, Act::Close).await.map(|state| Json(json!({ "state": state.code() })))
}

async fn perform(
    shared: &Shared,
    signed: Signed,
    handoff: HandoffId,
    act: Act,
) -> Result<TokenState, Problem> {
    let team = shared.team_for(&signed.viewer);
    let met = shared.store.perform(signed.viewer, handoff, act, team, shared.clock.now()).await?;
    shared.due.notify_one();
    done(met)
}

/// Says what an act met, where it was not done.
pub(super) fn done(met: Met) -> Result<TokenState, Problem> {
    match met {
        Met::Done(state) => Ok(state),
        Met::Unknown => Err(Problem::not_found()),
        Met::Withdrawn => Err(Problem::gone("withdrawn", "The person took the request back.")),
        Met::Stopped => Err(Problem::gone("stopped", "The person wants no more messages.")),
        Met::NotOpen(state) => {
            Err(Problem::conflict("not_open", "The request does not stand so that this can be done.")
                .with("state", state.code()))
        }
        Met::Taken { by, claim } => {
            let problem = Problem::conflict("already_accepted", "Another volunteer has taken this request.")
                .with("by", by.as_str());
            Err(match claim {
                Some(claim) => problem.with("claim", STANDARD.encode(claim)),
                None => problem,
            })
        }
        Met::NoMessages => Err(Problem::conflict("no_messages", "The person wants no messages for now.")),
        Met::ReachChanged => {
            let title = "The person changed how to be reached. Please look at the request again.";
            Err(Problem::conflict("reach_changed", title))
        }
        Met::NotAccepted => {
            Err(Problem::conflict("not_accepted", "Take the request first: one volunteer answers a person."))
        }
        Met::RefusedBefore => {
            Err(Problem::conflict("refused_before", "This association said no to this request before."))
        }
    }
}

impl Shared {
    /// Who is told beside the association, where nobody was to be told: the team of its country, or ours.
    pub(super) fn team_for(&self, viewer: &Viewer) -> Option<AssociationId> {
        let own = self.settings.country;
        let country = self.directory.find(&viewer.association).map_or(own, |association| association.country);
        let team = self.directory.team_for(country, own).filter(|team| team.id != viewer.association);
        team.map(|team| team.id.clone())
    }
}
