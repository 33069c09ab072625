//! `relais demo`.

use super::console::{Failure, failed, show};
use super::line::line;
use super::serve::{runtime, stop_signal};
use crate::clock::Clock;
use crate::{demo, telemetry};

/// What the demonstration logs: only what goes wrong, for its page shows the rest.
const LOG: &str = "warn";

pub(super) fn run(port: u16) -> Result<(), Failure> {
    telemetry::start(LOG).map_err(failed)?;
    runtime()?.block_on(async {
        let stop = stop_signal()?;
        let ready = |address| {
            show(line!("Relais runs on this machine: http://{}", address));
            show("Everything in it is invented, and gone when it ends: Ctrl-C.");
        };
        demo::run(port, Clock::system(), ready, stop).await.map_err(failed)
    })
}
