//! Who is signed in.

use std::sync::Arc;

use axum::extract::{FromRef, FromRequestParts};
use axum::http::header;
use axum::http::request::Parts;
use chrono::{DateTime, Utc};

use super::Shared;
use super::problem::Problem;
use super::rate::{Asker, Limit};
use super::session::Session;
use crate::directory::Role;
use crate::store::Viewer;

/// A volunteer who is signed in, as far as the server knows: their association.
pub(super) struct Signed {
    pub(super) viewer: Viewer,
    pub(super) expires: DateTime<Utc>,
}

impl<S> FromRequestParts<S> for Signed
where
    S: Send + Sync,
    Arc<Shared>: FromRef<S>,
{
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let shared = Arc::<Shared>::from_ref(state);
        let now = shared.clock.now();
        let given = parts.headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
        let token = given.and_then(|text| text.strip_prefix("Bearer ")).ok_or(Problem::no_session())?;
        let session = Session::open(&shared.keys, token.trim(), now).ok_or(Problem::no_session())?;
        let association = shared
            .directory
            .find(&session.association)
            .filter(|association| session.is_bound_to(association))
            .ok_or(Problem::no_session())?;
        let limit = if parts.method.is_safe() { Limit::Read } else { Limit::Act };
        let asker = Asker::Association(association.id.clone());
        shared.limits.pass(limit, asker, now).await?;
        let team = association.role == Role::NationalTeam;
        let viewer = Viewer { association: association.id.clone(), team };
        Ok(Self { viewer, expires: session.expires })
    }
}
