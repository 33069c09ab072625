//! `relais locales`.

use std::fs;
use std::path::Path;

use super::console::{Failure, failed, print_document, show};
use super::line::line;
use crate::clock::Clock;
use crate::foreign::Foreign;
use crate::i18n::Catalog;
use crate::locale::Locale;
use crate::message::Message;
use crate::preview;
use crate::sealing::KeyRing;

/// Says every message once in every language, and tells which cannot be said.
pub(super) fn check() -> Result<(), Failure> {
    let catalog = Catalog::load().map_err(failed)?;
    let mut missing = Vec::new();
    for locale in Locale::all() {
        let desk = [Locale::FRENCH, Locale::ENGLISH].contains(&locale);
        for message in Message::samples().into_iter().filter(|message| desk || !message.is_for_volunteers()) {
            if catalog.try_say(locale, &message).is_none() {
                missing.push(format!(
                    "locales/{}: {} is missing or has a wrong variable",
                    locale.tag(),
                    message.key()
                ));
            }
        }
    }
    if !missing.is_empty() {
        return Err(Failure::all(missing));
    }
    let tags: Vec<&str> = Locale::all().map(Locale::tag).collect();
    let (count, tags) = (Message::samples().len(), Foreign::name(&tags.join(", ")));
    show(line!("{} messages can be said in {}", count, tags));
    Ok(())
}

/// Writes a page with every screen of a language.
pub(super) fn preview(locale: Locale, out: Option<&Path>) -> Result<(), Failure> {
    let catalog = Catalog::load().map_err(failed)?;
    let now = Clock::system().now();
    let keys = KeyRing::generate_file(now.date_naive()).map_err(failed)?;
    let keys = KeyRing::parse(&keys).map_err(failed)?;
    let page = preview::page(&catalog, locale, &keys, now);
    match out {
        None => print_document(&page),
        Some(file) => {
            fs::write(file, page)
                .map_err(|fault| Failure::one(format!("{}: {}", file.display(), fault.kind())))?;
            show(line!("Written: {}", file));
        }
    }
    Ok(())
}
