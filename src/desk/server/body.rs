//! What comes in: JSON bodies of a known shape and length, age files in base64, the sender's address.

use std::net::{IpAddr, SocketAddr};

use axum::body::Bytes;
use axum::extract::{ConnectInfo, FromRequest, FromRequestParts, Request};
use axum::http::request::Parts;
use axum::http::{HeaderMap, StatusCode};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::de::DeserializeOwned;

use super::problem::Problem;
use crate::sealing;
use crate::store::{Paper, TokenId};

/// The longest body, in bytes.
pub(super) const LONGEST_BODY: usize = 128 << 10;
/// The longest age file, in bytes.
const LONGEST_FILE: usize = 48 << 10;
/// What a binary age file begins with.
const AGE: &[u8] = b"age-encryption.org/v1\n";

/// A JSON body.
pub(super) struct Body<T>(pub(super) T);

impl<S: Send + Sync, T: DeserializeOwned> FromRequest<S> for Body<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, state: &S) -> Result<Self, Problem> {
        let bytes = Bytes::from_request(request, state).await.map_err(|rejection| {
            if rejection.status() == StatusCode::PAYLOAD_TOO_LARGE {
                Problem::new(rejection.status(), "too_large", "This is longer than the server takes.")
            } else {
                Problem::malformed("The body cannot be read.")
            }
        })?;
        let parsed = serde_json::from_slice(&bytes);
        parsed.map(Self).map_err(|_| Problem::malformed("The body is not the JSON that belongs here."))
    }
}

/// Where a call comes from; behind a proxy on this machine, what that proxy says last.
pub(super) struct From(pub(super) IpAddr);

impl<S: Send + Sync> FromRequestParts<S> for From {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        let peer = parts.extensions.get::<ConnectInfo<SocketAddr>>().map(|info| info.0.ip());
        let peer = peer.unwrap_or(IpAddr::V4(std::net::Ipv4Addr::LOCALHOST)).to_canonical();
        let told = peer.is_loopback().then(|| forwarded(&parts.headers)).flatten();
        Ok(Self(told.unwrap_or(peer)))
    }
}

fn forwarded(headers: &HeaderMap) -> Option<IpAddr> {
    let last = headers.get_all("x-forwarded-for").iter().next_back()?;
    last.to_str().ok()?.rsplit(',').next()?.trim().parse().ok()
}

/// Reads an age file in base64, and gives it a random id.
pub(super) fn paper(text: &str) -> Result<Paper, Problem> {
    let ciphertext = STANDARD.decode(text).ok().filter(|file| file.starts_with(AGE));
    let ciphertext = ciphertext.ok_or(Problem::malformed("A binary age file in base64 belongs here."))?;
    if ciphertext.len() > LONGEST_FILE {
        let title = "This is longer than the server takes.";
        return Err(Problem::new(StatusCode::PAYLOAD_TOO_LARGE, "too_large", title));
    }
    let mut id = [0; 16];
    sealing::random(&mut id).map_err(|_| Problem::unavailable())?;
    Ok(Paper { id: TokenId::new(id), ciphertext })
}
