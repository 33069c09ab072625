//! What goes wrong, as the desk reads it: problem details (RFC 9457) with a code to branch on.

use axum::body::Body;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde_json::{Map, Value, json};

use crate::store::StoreError;

/// A problem. Holds no word of a request.
#[derive(Debug)]
pub(super) struct Problem {
    status: StatusCode,
    code: &'static str,
    title: &'static str,
    members: Map<String, Value>,
    retry_after: Option<u64>,
}

impl Problem {
    pub(super) fn new(status: StatusCode, code: &'static str, title: &'static str) -> Self {
        Self { status, code, title, members: Map::new(), retry_after: None }
    }

    /// The one answer for what is not there and for what is another's.
    pub(super) fn not_found() -> Self {
        Self::new(StatusCode::NOT_FOUND, "not_found", "There is no such request for you.")
    }

    pub(super) fn wrong_method() -> Self {
        Self::new(StatusCode::METHOD_NOT_ALLOWED, "wrong_method", "This cannot be asked for in this way.")
    }

    pub(super) fn no_session() -> Self {
        Self::new(StatusCode::UNAUTHORIZED, "no_session", "Please sign in.")
    }

    pub(super) fn malformed(title: &'static str) -> Self {
        Self::new(StatusCode::BAD_REQUEST, "malformed", title)
    }

    pub(super) fn unfit(code: &'static str, title: &'static str) -> Self {
        Self::new(StatusCode::UNPROCESSABLE_ENTITY, code, title)
    }

    pub(super) fn gone(code: &'static str, title: &'static str) -> Self {
        Self::new(StatusCode::GONE, code, title)
    }

    pub(super) fn conflict(code: &'static str, title: &'static str) -> Self {
        Self::new(StatusCode::CONFLICT, code, title)
    }

    pub(super) fn rate_limited(seconds: u64) -> Self {
        let title = "Too many calls. Please wait a little.";
        let mut problem = Self::new(StatusCode::TOO_MANY_REQUESTS, "rate_limited", title);
        problem.retry_after = Some(seconds.max(1));
        problem
    }

    /// Something of ours does not work now; nothing was done.
    pub(super) fn unavailable() -> Self {
        let title = "The server cannot do this now. Nothing was done. Please try again.";
        let mut problem = Self::new(StatusCode::SERVICE_UNAVAILABLE, "unavailable", title);
        problem.retry_after = Some(5);
        problem
    }

    pub(super) fn with(mut self, name: &str, value: impl Into<Value>) -> Self {
        self.members.insert(name.to_owned(), value.into());
        self
    }
}

impl From<StoreError> for Problem {
    fn from(fault: StoreError) -> Self {
        tracing::error!(%fault, "the desk could not do what a volunteer asked; they were told so");
        Self::unavailable()
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let mut members = self.members;
        members.insert("type".to_owned(), json!(format!("urn:relais:problem:{}", self.code)));
        members.insert("title".to_owned(), json!(self.title));
        members.insert("status".to_owned(), json!(self.status.as_u16()));
        members.insert("code".to_owned(), json!(self.code));
        let mut response = Response::new(Body::from(Value::Object(members).to_string()));
        *response.status_mut() = self.status;
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
        if let Some(seconds) = self.retry_after {
            headers.insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        if self.status == StatusCode::UNAUTHORIZED {
            headers.insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        }
        response
    }
}
