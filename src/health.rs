//! Whether the service lives and can work, for whatever watches it.

use std::io::ErrorKind;
use std::net::SocketAddr;

use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::routing::get;
use tokio::net::TcpListener;
use tokio::sync::watch;

use crate::clock::Clock;
use crate::retention::LastSweep;
use crate::store::Store;

/// The address cannot be listened on.
#[derive(Debug, thiserror::Error)]
#[error("{setting}: cannot listen on {address}: {reason}")]
pub struct ListenFault {
    setting: &'static str,
    address: SocketAddr,
    reason: &'static str,
}

/// Takes the address of a setting, so that a fault shows before anything else begins.
///
/// # Errors
/// Returns what to do about the address.
pub async fn listen(setting: &'static str, address: SocketAddr) -> Result<TcpListener, ListenFault> {
    TcpListener::bind(address).await.map_err(|fault| {
        let kind = fault.kind();
        let reason = if kind == ErrorKind::AddrInUse {
            "another program has this port; choose another or stop that one"
        } else if kind == ErrorKind::PermissionDenied {
            "this account may not use this port; take one over 1023"
        } else if kind == ErrorKind::AddrNotAvailable {
            "this machine does not have that address"
        } else {
            "the system refuses it"
        };
        ListenFault { setting, address, reason }
    })
}

/// What is watched.
#[derive(Clone, Debug)]
pub struct Watched {
    /// What keeps.
    pub store: Store,
    /// What deletes.
    pub last_sweep: LastSweep,
    /// The present time.
    pub clock: Clock,
}

/// Answers `/healthz` and `/readyz` until told to stop.
pub async fn serve(listener: TcpListener, watched: Watched, mut stop: watch::Receiver<bool>) {
    let routes = Router::new().route("/healthz", get(|| async { "ok\n" })).route("/readyz", get(ready));
    let stopped = async move {
        let _ = stop.wait_for(|&stop| stop).await;
    };
    if axum::serve(listener, routes.with_state(watched)).with_graceful_shutdown(stopped).await.is_err() {
        tracing::error!("health checks are no longer answered");
    }
}

async fn ready(State(watched): State<Watched>) -> (StatusCode, &'static str) {
    match watched.store.ready().await {
        Ok(()) if watched.last_sweep.is_late(watched.clock.now()) => {
            (StatusCode::SERVICE_UNAVAILABLE, "what is past its time has not been deleted for hours\n")
        }
        Ok(()) => (StatusCode::OK, "ready\n"),
        Err(_) => (StatusCode::SERVICE_UNAVAILABLE, "the database does not answer\n"),
    }
}
