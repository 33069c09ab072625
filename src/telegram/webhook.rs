//! Webhook: Telegram brings the updates, and hears 200 only after they were handled.
//!
//! Telegram sends an update again until it hears a 2xx, and the next one of the same chat only then. An answer
//! given too early would lose a message in a crash; one given after the work loses nothing. Several replicas
//! may listen behind one address, so that no replica removes the webhook when it stops.

use std::num::NonZeroUsize;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use axum::Router;
use axum::body::Bytes;
use axum::extract::{DefaultBodyLimit, State};
use axum::http::{HeaderMap, StatusCode};
use axum::routing::post;
use lru::LruCache;
use secrecy::{ExposeSecret as _, SecretString};
use serde_json::value::RawValue;
use subtle::ConstantTimeEq as _;
use teloxide::payloads::{SetWebhook, SetWebhookSetters as _};
use teloxide::types::AllowedUpdate;
use tokio::net::TcpListener;
use tokio::sync::watch;
use url::Url;

use super::client::Bot;
use super::fault::CallFault;
use super::update::RawUpdate;
use super::window::Held;

/// Where Telegram puts the secret (<https://core.telegram.org/bots/api#setwebhook>).
const SECRET_HEADER: &str = "x-telegram-bot-api-secret-token";
/// Longer updates are none that a person makes, in bytes.
const LONGEST: usize = 1 << 20;
/// After so long Telegram is told to send again later; it gives a connection up after 60 s.
const PATIENCE: Duration = Duration::from_secs(20);
/// How many handled updates are remembered, so that one that comes again is answered at once.
const REMEMBERED: NonZeroUsize = NonZeroUsize::new(4_096).unwrap();
/// How many updates Telegram may bring at once (1 to 100).
const CONNECTIONS: u8 = 40;

/// Where and how Telegram brings updates.
#[derive(Debug)]
pub struct Webhook {
    /// Where this program listens.
    pub listener: TcpListener,
    /// The address that Telegram calls; a proxy with TLS leads from there to the listener.
    pub url: Url,
    /// What Telegram shows to prove that it is Telegram.
    pub secret: SecretString,
}

/// Tells Telegram to bring updates to this address. Waiting ones are kept.
pub(super) async fn set(bot: &Bot, webhook: &Webhook) -> Result<(), CallFault> {
    let call = SetWebhook::new(webhook.url.clone())
        .secret_token(webhook.secret.expose_secret().to_owned())
        .max_connections(CONNECTIONS)
        .allowed_updates([AllowedUpdate::Message, AllowedUpdate::CallbackQuery]);
    bot.call::<_, bool>(&call).await.map(|_| ())
}

struct Door<F> {
    secret: SecretString,
    take: F,
    handled: Mutex<LruCache<i64, ()>>,
}

/// Takes updates in until told to stop; those under way are finished and answered.
pub(super) async fn serve<F>(webhook: Webhook, mut stop: watch::Receiver<bool>, take: F) -> bool
where
    F: Fn(RawUpdate, Held) + Send + Sync + 'static,
{
    let door = Door { secret: webhook.secret, take, handled: Mutex::new(LruCache::new(REMEMBERED)) };
    let path = webhook.url.path().to_owned();
    let routes = Router::new()
        .route(&path, post(knock::<F>))
        .layer(DefaultBodyLimit::max(LONGEST))
        .with_state(Arc::new(door));
    let stopped = async move {
        let _ = stop.wait_for(|&stop| stop).await;
    };
    axum::serve(webhook.listener, routes).with_graceful_shutdown(stopped).await.is_ok()
}

async fn knock<F>(State(door): State<Arc<Door<F>>>, headers: HeaderMap, body: Bytes) -> StatusCode
where
    F: Fn(RawUpdate, Held) + Send + Sync + 'static,
{
    let shown = headers.get(SECRET_HEADER).map_or(&[][..], |secret| secret.as_bytes());
    if !bool::from(shown.ct_eq(door.secret.expose_secret().as_bytes())) {
        return StatusCode::UNAUTHORIZED;
    }
    let update = serde_json::from_slice::<Box<RawValue>>(&body).ok().and_then(|json| RawUpdate::read(&json));
    // What cannot be read will not be readable the next time either.
    let Some(update) = update else {
        tracing::warn!("an update without a number is passed over");
        return StatusCode::OK;
    };
    let id = update.id;
    if door.remembers(id) {
        return StatusCode::OK;
    }
    let (held, finished) = Held::hooked();
    (door.take)(update, held);
    if tokio::time::timeout(PATIENCE, finished).await.is_err() {
        return StatusCode::SERVICE_UNAVAILABLE;
    }
    door.remember(id);
    StatusCode::OK
}

impl<F> Door<F> {
    fn remembers(&self, id: i64) -> bool {
        self.handled.lock().unwrap_or_else(PoisonError::into_inner).contains(&id)
    }

    fn remember(&self, id: i64) {
        self.handled.lock().unwrap_or_else(PoisonError::into_inner).put(id, ());
    }
}
