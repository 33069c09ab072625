//! The names of every setting, so that a misspelt one is met with the right one.

/// Every setting, section and name.
pub(super) const KNOWN: [&str; 27] = [
    "telegram.token",
    "telegram.token_file",
    "telegram.api_url",
    "telegram.mode",
    "telegram.webhook.url",
    "telegram.webhook.listen",
    "telegram.webhook.secret_file",
    "store.url",
    "keys.file",
    "directory.path",
    "directory.trusted_keys",
    "directory.threshold",
    "desk.listen",
    "desk.public_url",
    "desk.proof_days",
    "service.country",
    "service.retention_days",
    "service.free_text",
    "service.intake_cap",
    "service.idle_minutes",
    "service.operator",
    "service.campaigns",
    "service.locales",
    "service.require_reviewed",
    "observability.listen",
    "observability.log",
    "store.url_file",
];

/// Returns the known name that looks most like this one, if any looks like it.
pub(super) fn nearest(name: &str) -> Option<&'static str> {
    let scored = KNOWN.iter().map(|known| (strsim::jaro_winkler(name, known), *known));
    let best = scored.max_by(|one, other| one.0.total_cmp(&other.0))?;
    (best.0 > 0.7).then_some(best.1)
}
