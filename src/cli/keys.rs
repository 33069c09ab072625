//! `relais keys`.

use std::fs;
use std::path::Path;

use super::console::{Failure, failed, print};
use crate::clock::Clock;
use crate::config;
use crate::sealing::KeyRing;

/// Puts a new key into the key file; the old file is replaced in one step, so that a crash leaves one of both.
pub(super) fn rotate(file: &Path, prune: bool) -> Result<(), Failure> {
    config::key_file(file).map_err(failed)?;
    let name = file.display();
    let io = |fault: std::io::Error| Failure::one(format!("{name}: {}", fault.kind()));
    let text = zeroize::Zeroizing::new(fs::read_to_string(file).map_err(io)?);
    let today = Clock::system().now().date_naive();
    let rotated = KeyRing::rotate_file(&text, today, prune).map_err(failed)?;
    let beside = file.with_extension("new");
    config::write_private(&beside, rotated.file.as_bytes()).map_err(io)?;
    fs::rename(&beside, file).map_err(io)?;
    print(format!("Key {} seals from the next start on. Keep a copy of {name}.", rotated.number));
    for number in rotated.dropped {
        print(format!("Key {number} was dropped: nothing it sealed is still open."));
    }
    Ok(())
}
