//! `relais desk phrases`.

use serde::Serialize;

use crate::cli::console::{Failure, failed, print_json, show};
use crate::cli::line::{Line, line};
use crate::foreign::Foreign;
use crate::i18n::Catalog;
use crate::locale::Locale;
use crate::phrase::{Day, Phrase, PhraseId, Slot, Slots, Spot};

/// A phrase, with examples in its slots.
#[derive(Serialize)]
struct Row {
    phrase: &'static str,
    slots: Vec<&'static str>,
    says: String,
}

/// Lists the phrasebook in one language.
pub(super) fn run(language: Locale, json: bool) -> Result<(), Failure> {
    let catalog = Catalog::load().map_err(failed)?;
    let rows: Vec<Row> = PhraseId::ALL.iter().filter_map(|&id| row(id, &catalog, language)).collect();
    if json {
        print_json(&rows);
        return Ok(());
    }
    for Row { phrase, slots, says } in rows {
        let options: Vec<String> = slots.iter().map(|slot| format!("--{slot} …")).collect();
        show(if options.is_empty() {
            Line::from(phrase)
        } else {
            line!("{} {}", phrase, Foreign::name(&options.join(" ")))
        });
        show(line!("    {}", Foreign::text(&says)));
    }
    Ok(())
}

fn row(id: PhraseId, catalog: &Catalog, language: Locale) -> Option<Row> {
    let has = |slot: Slot| id.slots().contains(&slot);
    let slots = Slots {
        day: Day::from_number(0).filter(|_| has(Slot::Day)),
        time: "14:30".parse().ok().filter(|_| has(Slot::Time)),
        // A number that ARCEP reserves for fiction.
        phone: "+33199000000".parse().ok().filter(|_| has(Slot::Phone)),
        place: Spot::ALL.first().copied().filter(|_| has(Slot::Place)),
    };
    let phrase = Phrase::new(id, slots).ok()?;
    Some(Row {
        phrase: id.key().strip_prefix("phrase-").unwrap_or(id.key()),
        slots: id.slots().iter().map(|slot| slot.name()).collect(),
        says: catalog.phrase(language, &phrase).replace(['\u{2068}', '\u{2069}'], ""),
    })
}
