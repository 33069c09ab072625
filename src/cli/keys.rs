//! `relais keys`.

use std::fs;
use std::path::Path;

use serde_json::{Value, json};

use super::console::{Failure, failed, print_json, show};
use super::line::line;
use crate::clock::Clock;
use crate::config;
use crate::fingerprint;
use crate::foreign::Foreign;
use crate::sealing::{KeyRing, Older};

/// What it costs to drop keys that still open something.
const PRICE: [&str; 4] = [
    "Dropping older keys at once. What they sealed opens no more, for nobody:",
    "- every open button leads to the start, and codes of open requests are not found;",
    "- persons with an open request cannot be answered any more;",
    "- no desk believes the new key before the directory's signers have signed for it: call them now.",
];

/// Says the public keys that sign tokens, as desks compare them: nothing here is secret.
pub(super) fn publish(file: &Path, as_json: bool) -> Result<(), Failure> {
    let ring = config::key_file(file).map_err(failed)?;
    let keys = ring.published();
    if as_json {
        let keys = keys.iter().map(|key| json!({ "key": key, "words": words(key) }));
        print_json(&keys.collect::<Vec<Value>>());
        return Ok(());
    }
    for (at, key) in keys.iter().enumerate() {
        show(line!("{}: {}", if at == 0 { "Public key" } else { "Earlier key" }, Foreign::name(key)));
        show(line!("In words: {}", Foreign::name(&words(key))));
    }
    Ok(())
}

fn words(key: &str) -> String {
    fingerprint::words(key, fingerprint::DEVICE_WORDS)
}

/// Puts a new key into the key file; the old file is replaced in one step, so that a crash leaves one of both.
pub(super) fn rotate(file: &Path, older: Older) -> Result<(), Failure> {
    config::key_file(file).map_err(failed)?;
    let name = file.display();
    let io = |fault: std::io::Error| Failure::one(format!("{name}: {}", fault.kind()));
    let text = zeroize::Zeroizing::new(fs::read_to_string(file).map_err(io)?);
    let today = Clock::system().now().date_naive();
    let rotated = KeyRing::rotate_file(&text, today, older).map_err(failed)?;
    let beside = file.with_extension("new");
    config::write_private(&beside, rotated.file.as_bytes()).map_err(|fault| {
        let (kind, beside) = (fault.kind(), beside.display());
        Failure::one(format!(
            "{beside}: {kind}. A rotation that did not end may have left it: remove it first"
        ))
    })?;
    if older == Older::Go {
        PRICE.into_iter().for_each(show);
    }
    fs::rename(&beside, file).map_err(io)?;
    // Only then does the new name outlive a power cut. Where the folder cannot be opened, it is there all the same.
    let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let _ = fs::File::open(folder).and_then(|folder| folder.sync_all());
    show(line!("Key {} is made. Keep a copy of {}.", rotated.number, file));
    show(
        "Next: `relais directory service`, then have the directory signed again. At the next start after that the",
    );
    show(
        "new key seals and signs; until then an older one does that the signed list names, where one is left.",
    );
    for number in rotated.dropped {
        show(match older {
            Older::Go => line!("Key {} was dropped.", number),
            Older::Stay | Older::GoUnneeded => {
                line!("Key {} was dropped: nothing it sealed is still open.", number)
            }
        });
    }
    if older == Older::Go {
        show(
            "Stop the service now, and start it once they have signed: a desk that looks before that stops, and its \
             volunteer has to call you. Destroy every copy of the old keys.",
        );
    }
    Ok(())
}
