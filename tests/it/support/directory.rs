//! Whom the bot on the stage can ask.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use relais::directory::{Demo, Directory, Published};
use relais::sealing::KeyRing;

/// The volunteers' chat of the association near Lyon.
pub const LYON_CHAT: i64 = -1_009_900_000_006;
/// The volunteers' chat of the national team.
pub const TEAM_CHAT: i64 = -1_009_900_000_019;

/// Builds the directory of the stage, as of this moment, with the keys of its associations.
pub fn directory(now: DateTime<Utc>, keys: &KeyRing) -> (Arc<Directory>, Arc<Published>, Demo) {
    let today = now.date_naive();
    let demo = Demo::prepare_for(today, &keys.published()).unwrap();
    let (directory, published) = demo.published(today).unwrap();
    (Arc::new(directory), Arc::new(published), demo)
}
