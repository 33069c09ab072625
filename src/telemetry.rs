//! Logs: text on a terminal, JSON otherwise, to standard error.
//!
//! # Privacy
//! There is no bridge from the `log` crate, so that what libraries say about messages goes nowhere. Our own
//! lines hold no chat, no token, no word of a person.

use std::io::IsTerminal as _;

use tracing_subscriber::EnvFilter;
use tracing_subscriber::filter::ParseError;

/// Libraries whose own lines could hold what nobody should read.
const SILENT: [&str; 7] =
    ["sqlx=error", "hyper=off", "hyper_util=off", "reqwest=off", "rustls=off", "teloxide=off", "h2=off"];

/// Lets a panic say where it happened, and not what: the message of a panic can quote the text it met.
pub fn hush_panics() {
    std::panic::set_hook(Box::new(|panic| {
        let place = panic.location();
        let (file, line) = place.map_or(("", 0), |place| (place.file(), place.line()));
        tracing::error!(file, line, "a fault of this program ended a piece of its work: please report it");
    }));
}

/// Starts logging with this filter, such as `info` or `relais=debug`.
///
/// # Errors
/// Returns what is wrong with the filter.
pub fn start(filter: &str) -> Result<(), ParseError> {
    let mut filter = EnvFilter::builder().parse(filter)?;
    for directive in SILENT {
        filter = filter.add_directive(directive.parse()?);
    }
    let lines = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    // A second start, as tests make it, changes nothing.
    let _ = if std::io::stderr().is_terminal() {
        lines.try_init()
    } else {
        lines.json().flatten_event(true).try_init()
    };
    Ok(())
}
