//! The server behind the desk: JSON over HTTPS, no accounts, no passwords, no cookies.
//!
//! It carries ciphertext to those who can open it and takes ciphertext back. It knows which association asks,
//! never which volunteer; it opens a return address for the one message that goes there, and no record ever.

mod acts;
mod body;
mod book;
mod devices;
mod events;
mod inbox;
mod messages;
mod problem;
mod rate;
mod session;
mod sign_in;
mod signed;
mod web;

use std::fmt::Write as _;
use std::net::SocketAddr;
use std::sync::Arc;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::http::{HeaderValue, header};
use axum::middleware::{from_fn_with_state, map_response};
use axum::response::Response;
use axum::routing::{delete, get, post};
use chrono::{DateTime, SecondsFormat, Utc};
use chrono_tz::Tz;
use tokio::net::TcpListener;
use tokio::sync::{Notify, Semaphore, watch};
use url::Url;

use self::problem::Problem;
use self::rate::Limits;
use self::session::Sessions;
use crate::clock::Clock;
use crate::directory::{Directory, Published};
use crate::ids::Country;
use crate::sealing::KeyRing;
use crate::store::Store;

/// Below which path everything is asked.
const API: &str = "/api/v1";

/// What the operator sets.
#[derive(Clone, Debug)]
pub struct DeskSettings {
    /// The country this service is for.
    pub country: Country,
    /// The zone in which volunteers and persons tell the time.
    pub zone: Tz,
    /// For how many days a proof that an association can read counts.
    pub proof_days: u32,
    /// How many requests may wait unanswered at an association that names no limit of its own.
    pub intake_cap: Option<u32>,
    /// The origins at which the desk is reached: challenges are made for these alone.
    pub origins: Vec<String>,
}

/// Returns the origins at which a desk is reached: its public address, and this machine itself, which no stranger can
/// make a device believe to be elsewhere.
#[must_use]
pub fn origins(public: Option<&Url>, listens: Option<SocketAddr>) -> Vec<String> {
    let public = public.map(|url| url.origin().ascii_serialization());
    let here = listens
        .map(|at| ["127.0.0.1", "localhost", "[::1]"].map(|host| format!("http://{host}:{}", at.port())));
    public.into_iter().chain(here.into_iter().flatten()).collect()
}

/// What the server works with.
pub struct DeskServer {
    /// What the operator sets.
    pub settings: DeskSettings,
    /// What keeps.
    pub store: Store,
    /// What seals.
    pub keys: Arc<KeyRing>,
    /// Who may sign in, and whom a request can be passed on to.
    pub directory: Arc<Directory>,
    /// The signed list that devices believe.
    pub published: Arc<Published>,
    /// The present time.
    pub clock: Clock,
    /// Rung when a notice to volunteers may be due.
    pub due: Arc<Notify>,
    /// Rung when a message to a person may be due.
    pub messages_due: Arc<Notify>,
}

impl std::fmt::Debug for DeskServer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("DeskServer").field("settings", &self.settings).finish_non_exhaustive()
    }
}

/// What every call shares.
struct Shared {
    settings: DeskSettings,
    store: Store,
    keys: Arc<KeyRing>,
    directory: Arc<Directory>,
    published: Arc<Published>,
    clock: Clock,
    due: Arc<Notify>,
    messages_due: Arc<Notify>,
    limits: Limits,
    sessions: Sessions,
    listeners: Arc<Semaphore>,
    changes: watch::Sender<i64>,
    stop: watch::Receiver<bool>,
}

impl DeskServer {
    /// Returns the routes, for a server of the caller's own. Streams end when `stop` says so.
    ///
    /// Must be called inside a tokio runtime: it watches for changes in the background as long as the routes
    /// are there.
    pub fn router(self, stop: watch::Receiver<bool>) -> Router {
        let Self { settings, store, keys, directory, published, clock, due, messages_due } = self;
        let shared = Arc::new(Shared {
            settings,
            store,
            keys,
            directory,
            published,
            clock,
            due,
            messages_due,
            limits: Limits::new(),
            sessions: Sessions::new(),
            listeners: Arc::new(Semaphore::new(events::LISTENERS)),
            changes: watch::Sender::new(0),
            stop,
        });
        tokio::spawn(events::watch_changes(Arc::downgrade(&shared)));
        let open = Router::new()
            .route("/extract", get(sign_in::extract))
            .route("/challenges", post(sign_in::challenge))
            .route("/sessions", post(sign_in::session));
        let signed_in = Router::new()
            .route("/sessions", delete(sign_in::end))
            .route("/handoffs", get(inbox::list))
            .route("/events", get(events::listen))
            .route("/handoffs/{id}/read", post(acts::read))
            .route("/handoffs/{id}/accept", post(acts::accept))
            .route("/handoffs/{id}/decline", post(acts::decline))
            .route("/handoffs/{id}/pass-on", post(acts::pass_on))
            .route("/handoffs/{id}/notes", post(acts::note))
            .route("/handoffs/{id}/close", post(acts::close))
            .route("/handoffs/{id}/messages", post(messages::write))
            .route("/pause", post(book::pause))
            .route("/directory", get(book::directory))
            .route("/devices", get(devices::list))
            .route("/devices/sign-out", post(devices::sign_out))
            .route("/devices/remove", post(devices::remove))
            .route("/me", get(book::me))
            .route_layer(from_fn_with_state(shared.clone(), signed::check_act));
        let api = open
            .merge(signed_in)
            .fallback(|| async { Problem::not_found() })
            .method_not_allowed_fallback(|| async { Problem::wrong_method() })
            .layer(DefaultBodyLimit::max(body::LONGEST_BODY))
            .layer(map_response(kept_nowhere))
            .with_state(shared);
        Router::new()
            .nest(API, api)
            .route("/desk", get(web::index))
            .route("/desk/", get(web::to_index))
            .route("/desk/locales/{tag}/{name}", get(web::locale))
            .route("/desk/{*path}", get(web::asset))
    }

    /// Answers on a listener until told to stop; calls under way are finished.
    pub async fn serve(self, listener: TcpListener, mut stop: watch::Receiver<bool>) {
        let routes = self.router(stop.clone()).into_make_service_with_connect_info::<SocketAddr>();
        let stopped = async move {
            let _ = stop.wait_for(|&stop| stop).await;
        };
        if let Err(fault) = axum::serve(listener, routes).with_graceful_shutdown(stopped).await {
            tracing::error!(kind = %fault.kind(), "the desk answers no more");
        }
    }
}

/// No answer is kept by a browser or a proxy.
async fn kept_nowhere(mut response: Response) -> Response {
    let headers = response.headers_mut();
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert(header::REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    response
}

/// Returns a moment as it stands in JSON (RFC 3339).
fn time(moment: DateTime<Utc>) -> String {
    moment.to_rfc3339_opts(SecondsFormat::Secs, true)
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(2 * bytes.len()), |mut text, byte| {
        // Writing to a string does not fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}
