//! `relais desk open`: with no server at all.

use std::path::Path;

use age::x25519::Identity;

use super::given;
use super::keys::Keys;
use super::shown;
use crate::cli::console::{Failure, failed, show};
use crate::cli::line::Line;
use crate::desk::Reach;
use crate::handoff::{self, OpenFault, Opened};
use crate::i18n::Catalog;
use crate::locale::Locale;

/// What stands above and below what no named server signed.
const NOT_VERIFIED: &str = "not verified: anybody could have written this";

/// How a token is shown.
#[derive(Clone, Copy)]
pub(super) struct Look {
    /// It is shown although no key of a server was named.
    pub(super) unverified: bool,
    /// The language in which the lines are said.
    pub(super) language: Locale,
    /// As JSON.
    pub(super) json: bool,
}

pub(super) fn run(token: &Path, keys: &Keys, servers: &[String], look: Look) -> Result<(), Failure> {
    if servers.is_empty() && !look.unverified {
        // Said before a passphrase is asked for, and before anything of it can be believed.
        return Err(Failure::one(
            "nothing was opened, for anybody can write a token: name the server's published key with --server, or set \
             RELAIS_DESK_SERVER_KEY. To read it all the same, not verified, give --unverified",
        ));
    }
    let opened = open(&given::read(token)?, &keys.read()?, servers).map_err(failed)?;
    let verified = !servers.is_empty();
    if look.json {
        match &opened {
            Opened::Request(opened) => shown::token_as_json(opened, verified),
            Opened::Withdrawal(withdrawal) => shown::withdrawal_as_json(withdrawal, verified),
        }
        return Ok(());
    }
    let lines = lines(&opened, look.language, verified)?;
    if verified {
        lines.into_iter().for_each(show);
    } else {
        show(NOT_VERIFIED);
        // Words of ours in it bear the mark too: whoever wrote it chose which of them stand there.
        lines.into_iter().map(Line::quoted).for_each(show);
        show(NOT_VERIFIED);
    }
    Ok(())
}

/// Opens what one of these servers signed; what anybody signed where none is named.
fn open(token: &[u8], identities: &[Identity], servers: &[String]) -> Result<Opened, OpenFault> {
    let Some((last, others)) = servers.split_last() else {
        return handoff::open_any(token, identities, None);
    };
    for server in others {
        match handoff::open_any(token, identities, Some(server)) {
            Err(OpenFault::OtherServer) => {}
            opened => return opened,
        }
    }
    handoff::open_any(token, identities, Some(last))
}

fn lines(opened: &Opened, language: Locale, verified: bool) -> Result<Vec<Line>, Failure> {
    let catalog = Catalog::load().map_err(failed)?;
    Ok(match opened {
        Opened::Request(opened) => {
            let mut lines =
                shown::token(opened, &Reach::of(opened.record(), []), &catalog, language, verified);
            lines.extend(shown::next(&opened.record().routing.others, &catalog, language));
            lines
        }
        Opened::Withdrawal(withdrawal) => shown::withdrawal(withdrawal, &catalog, language),
    })
}
