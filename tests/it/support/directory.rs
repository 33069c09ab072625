//! Whom the bot on the stage can ask.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use relais::directory::Directory;

/// The volunteers' chat of the association near Lyon.
pub const LYON_CHAT: i64 = -1_001_000_000_001;
/// The volunteers' chat of the national team.
pub const TEAM_CHAT: i64 = -1_001_000_000_002;

/// Builds the directory of the stage, as of this moment.
pub fn directory(_now: DateTime<Utc>) -> Arc<Directory> {
    Arc::new(Directory)
}
