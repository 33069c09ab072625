//! What the bot has told about itself, by language; the empty language stands for all others.

use std::collections::BTreeMap;

/// What Telegram shows of a bot before anyone writes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Profile {
    /// The menu: command and description.
    pub commands: BTreeMap<String, Vec<(String, String)>>,
    /// What an empty chat shows.
    pub descriptions: BTreeMap<String, String>,
    /// What the bot's page shows.
    pub short_descriptions: BTreeMap<String, String>,
    /// The name.
    pub names: BTreeMap<String, String>,
}

impl Profile {
    /// Returns the entry for a phone's language, as Telegram picks it.
    pub(super) fn pick<'a, T>(of: &'a BTreeMap<String, T>, language: Option<&str>) -> Option<&'a T> {
        let short = language.and_then(|language| language.split('-').next()).unwrap_or_default();
        of.get(short).or_else(|| of.get(""))
    }
}
