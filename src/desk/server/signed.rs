//! Who is signed in, and whether their device signed what it asks for.

use std::sync::Arc;

use axum::body::{Body, to_bytes};
use axum::extract::{FromRef, FromRequestParts, Request, State};
use axum::http::request::Parts;
use axum::http::{HeaderMap, StatusCode, header};
use axum::middleware::Next;
use axum::response::Response;
use chrono::{DateTime, Utc};

use super::Shared;
use super::body::LONGEST_BODY;
use super::problem::Problem;
use super::rate::{Asker, Limit};
use super::session::{SESSION_LIFE, Session};
use crate::device::{PublicKey, Statement};
use crate::directory::Role;
use crate::store::{SessionOf, Viewer};

/// Holds the device's signature over an act.
const SIGNATURE: &str = "relais-signature";

/// A volunteer who is signed in, as far as the server knows: their association and, where it has a name, the device.
#[derive(Clone)]
pub(super) struct Signed {
    pub(super) viewer: Viewer,
    pub(super) session: [u8; 16],
    /// The recipient of the device.
    pub(super) device: Option<String>,
    /// The device may take others of its association out.
    pub(super) coordinator: bool,
    pub(super) expires: DateTime<Utc>,
    /// What its acts are checked with, and the origin that they name.
    signing: Option<(PublicKey, String)>,
}

impl<S> FromRequestParts<S> for Signed
where
    S: Send + Sync,
    Arc<Shared>: FromRef<S>,
{
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        // Where something is done, it was looked at already: see `check_act`.
        if let Some(signed) = parts.extensions.get::<Self>() {
            return Ok(signed.clone());
        }
        let shared = Arc::<Shared>::from_ref(state);
        let signed = Self::open(&shared, bearer(&parts.headers)?).await?;
        let limit = if parts.method.is_safe() { Limit::Read } else { Limit::Act };
        signed.pass(&shared, limit).await?;
        Ok(signed)
    }
}

impl Signed {
    async fn open(shared: &Shared, token: &str) -> Result<Self, Problem> {
        let session = Session::open(&shared.keys, token, shared.clock.now()).ok_or(Problem::no_session())?;
        let association = shared
            .directory
            .find(&session.association)
            .filter(|association| session.is_bound_to(association))
            .ok_or(Problem::no_session())?;
        let of = SessionOf {
            session: session.id,
            association: session.association.clone(),
            device: session.device.clone(),
            began: session.began(),
        };
        if shared.store.session_has_ended(&of).await? {
            return Err(Problem::no_session());
        }
        let device = session.device.as_deref().and_then(|device| association.device(device));
        let team = association.role == Role::NationalTeam;
        Ok(Self {
            viewer: Viewer { association: session.association, team },
            session: session.id,
            coordinator: device.is_some_and(|device| device.coordinator),
            signing: device.and_then(|device| device.signing).map(|key| (key, session.origin)),
            device: session.device,
            expires: session.expires,
        })
    }

    /// What the store knows the session by.
    pub(super) fn of(&self) -> SessionOf {
        SessionOf {
            session: self.session,
            association: self.viewer.association.clone(),
            device: self.device.clone(),
            began: self.expires - SESSION_LIFE,
        }
    }

    async fn pass(&self, shared: &Shared, limit: Limit) -> Result<(), Problem> {
        let asker = Asker::Association(self.viewer.association.clone());
        shared.limits.pass(limit, asker, shared.clock.now()).await
    }
}

fn bearer(headers: &HeaderMap) -> Result<&str, Problem> {
    let given = headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
    given.and_then(|text| text.strip_prefix("Bearer ")).map(str::trim).ok_or(Problem::no_session())
}

/// Lets only acts through that the device of the session has signed, where it has a key for that: who has only copied
/// a session can read ciphertext and do nothing.
pub(super) async fn check_act(
    State(shared): State<Arc<Shared>>,
    request: Request,
    next: Next,
) -> Result<Response, Problem> {
    if request.method().is_safe() {
        return Ok(next.run(request).await);
    }
    let (mut parts, body) = request.into_parts();
    let token = bearer(&parts.headers)?;
    let signed = Signed::open(&shared, token).await?;
    signed.pass(&shared, Limit::Act).await?;
    let body = to_bytes(body, LONGEST_BODY).await.map_err(|_| {
        let title = "This is longer than the server takes.";
        Problem::new(StatusCode::PAYLOAD_TOO_LARGE, "too_large", title)
    })?;
    if let Some((key, origin)) = &signed.signing {
        let given = parts.headers.get(SIGNATURE).and_then(|value| value.to_str().ok());
        let path = format!("{}{}", super::API, parts.uri.path());
        let act = Statement::Act {
            origin,
            association: signed.viewer.association.as_str(),
            method: parts.method.as_str(),
            path: &path,
            body: &body,
            token,
        };
        if !given.is_some_and(|given| key.has_signed(&act, given)) {
            let title = "The device has not signed this.";
            return Err(Problem::new(StatusCode::FORBIDDEN, "act_not_signed", title));
        }
    }
    parts.extensions.insert(signed);
    Ok(next.run(Request::from_parts(parts, Body::from(body))).await)
}
