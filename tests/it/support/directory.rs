//! Whom the bot on the stage can ask.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use relais::directory::{Demo, Directory};

/// The volunteers' chat of the association near Lyon.
pub const LYON_CHAT: i64 = -1_009_900_000_006;
/// The volunteers' chat of the national team.
pub const TEAM_CHAT: i64 = -1_009_900_000_019;

/// Builds the directory of the stage, as of this moment, with the keys of its associations.
pub fn directory(now: DateTime<Utc>) -> (Arc<Directory>, Demo) {
    let today = now.date_naive();
    let demo = Demo::prepare(today).unwrap();
    (Arc::new(demo.verify(today).unwrap().directory), demo)
}
