//! The link that an association hands out: it leads to the bot, which says whether the association is known.

use chrono::NaiveDate;

use super::{Association, Directory};
use crate::ids::AssociationId;

/// What stands before the slug. With it a payload has 50 characters at most; Telegram allows 64 of A-Z, a-z,
/// 0-9, `_` and `-` (<https://core.telegram.org/bots/features#deep-linking>).
const BEFORE: &str = "a-";

/// Returns the link of an association to a bot. It works in Telegram and in any browser.
pub(super) fn link(bot: &str, id: &AssociationId) -> String {
    format!("https://t.me/{}?start={BEFORE}{id}", bot.trim_start_matches('@'))
}

impl Directory {
    /// Returns, for what a link carries, the association that may be asked on that day, if there is one; nothing
    /// at all where it is no link of an association.
    #[must_use]
    pub fn linked(&self, payload: &str, today: NaiveDate) -> Option<Option<&Association>> {
        let id = payload.strip_prefix(BEFORE)?.parse::<AssociationId>().ok();
        Some(id.and_then(|id| self.find(&id)).filter(|association| association.is_routable(today)))
    }
}
