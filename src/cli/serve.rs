//! `relais serve`.

use std::path::Path;

use tokio::runtime::Runtime;
use tokio::signal::unix::{SignalKind, signal};
use tokio::sync::watch;

use super::console::{Failure, failed};
use super::prepare;
use crate::config::Config;
use crate::{telegram, telemetry};

pub(super) fn run(file: &Path, drop_webhook: bool) -> Result<(), Failure> {
    let config = Config::read(file).map_err(failed)?;
    telemetry::start(&config.observability.log)
        .map_err(|fault| Failure::one(format!("observability.log: is not a filter: {fault}")))?;
    telemetry::hush_panics();
    runtime()?.block_on(async {
        let stop = stop_signal()?;
        let service = prepare::service(config).await?;
        if drop_webhook {
            let bot = telegram::Bot::new(&service.bot).map_err(failed)?;
            telegram::drop_webhook(&bot).await.map_err(failed)?;
        }
        service.run(stop).await.map_err(failed)
    })
}

pub(super) fn runtime() -> Result<Runtime, Failure> {
    tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .map_err(|_| Failure::one("the system gives no threads to run on"))
}

/// Returns what turns true at SIGTERM or SIGINT.
pub(super) fn stop_signal() -> Result<watch::Receiver<bool>, Failure> {
    let (stop, stopped) = watch::channel(false);
    let refused = |_| Failure::one("the system lets no signal through to this program");
    let mut terminate = signal(SignalKind::terminate()).map_err(refused)?;
    let mut interrupt = signal(SignalKind::interrupt()).map_err(refused)?;
    tokio::spawn(async move {
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
        }
        tracing::info!("stopping: finishing what was begun");
        stop.send_replace(true);
    });
    Ok(stopped)
}
