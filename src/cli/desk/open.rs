//! `relais desk open`: with no server at all.

use std::path::Path;

use super::given;
use super::keys::Keys;
use super::shown;
use crate::cli::console::{Failure, failed};
use crate::handoff::{self, Opened};
use crate::i18n::Catalog;
use crate::locale::Locale;

pub(super) fn run(
    token: &Path,
    keys: &Keys,
    server: Option<&str>,
    language: Locale,
    json: bool,
) -> Result<(), Failure> {
    match handoff::open_any(&given::read(token)?, &keys.read()?, server).map_err(failed)? {
        Opened::Request(opened) if json => shown::token_as_json(&opened),
        Opened::Request(opened) => {
            let catalog = Catalog::load().map_err(failed)?;
            shown::token(&opened, &catalog, language, server.is_some());
            shown::next(&opened.record().routing.others, &catalog, language);
        }
        Opened::Withdrawal(withdrawal) if json => shown::withdrawal_as_json(&withdrawal),
        Opened::Withdrawal(withdrawal) => {
            shown::withdrawal(&withdrawal, &Catalog::load().map_err(failed)?, language);
        }
    }
    Ok(())
}
