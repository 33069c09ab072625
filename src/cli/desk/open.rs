//! `relais desk open`: with no server at all.

use std::path::Path;

use super::given;
use super::keys::Keys;
use super::shown;
use crate::cli::console::{Failure, failed, show};
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
    let verified = server.is_some();
    match handoff::open_any(&given::read(token)?, &keys.read()?, server).map_err(failed)? {
        Opened::Request(opened) if json => shown::token_as_json(&opened, verified),
        Opened::Request(opened) => {
            let catalog = Catalog::load().map_err(failed)?;
            shown::token(&opened, &catalog, language, verified).into_iter().for_each(show);
            let others = &opened.record().routing.others;
            shown::next(others, &catalog, language).into_iter().for_each(show);
        }
        Opened::Withdrawal(withdrawal) if json => shown::withdrawal_as_json(&withdrawal, verified),
        Opened::Withdrawal(withdrawal) => {
            let catalog = Catalog::load().map_err(failed)?;
            shown::withdrawal(&withdrawal, &catalog, language).into_iter().for_each(show);
        }
    }
    Ok(())
}
