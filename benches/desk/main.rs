//! The desk under load: 200 volunteers who look at 10,000 stored requests while 50 more come in each second.
//!
//! The service runs in a process of its own, so that its CPU time and its memory can be read. It is real but
//! for Telegram: SQLite on disk (or PostgreSQL, where `RELAIS_TEST_POSTGRES` names a server), sealed requests,
//! sessions by proof, HTTP over loopback.
//!
//!     cargo bench --bench desk

#![expect(clippy::print_stdout, reason = "figures are what it is for")]

mod load;
mod server;
mod sums;

use std::error::Error;

/// Whatever goes wrong ends the run.
type Outcome<T> = Result<T, Box<dyn Error + Send + Sync>>;

/// What the run is asked for.
const VOLUNTEERS: usize = 200;
/// Of these, who wait for the bell instead of asking each second.
const LISTENERS: usize = 40;
const STORED: u64 = 10_000;
const INTAKES_PER_SECOND: u32 = 50;
const SECONDS: u32 = 30;

/// The argument with which this program is the service.
const SERVE: &str = "--serve-desk";

fn main() -> Outcome<()> {
    let mut arguments = std::env::args().skip(1);
    let first = arguments.next();
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    match (first.as_deref(), arguments.next()) {
        (Some(SERVE), Some(url)) => runtime.block_on(server::run(url.into())),
        _ => runtime.block_on(load::run()),
    }
}
