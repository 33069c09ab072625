//! `relais check`: everything that would stop a service or hurt somebody, at once. It changes nothing.

use std::path::Path;

use super::console::{Failure, print_json, sentences, show};
use super::line::line;
use super::{prepare, serve};
use crate::clock::Clock;
use crate::config::{self, Config};
use crate::foreign::Foreign;
use crate::i18n::Catalog;
use crate::store::{Examined, Store};

/// What a check found.
#[derive(Default, serde::Serialize)]
struct Report {
    /// What stops the service.
    faults: Vec<String>,
    /// What does not stop it, but will hurt somebody.
    weaknesses: Vec<String>,
    /// What the operator should know before the next start.
    notes: Vec<String>,
}

impl Report {
    fn fault(&mut self, fault: impl std::fmt::Display + 'static) {
        self.faults.extend(sentences(&fault));
    }
}

pub(super) fn run(file: &Path, json: bool) -> Result<(), Failure> {
    let mut report = Report::default();
    match Config::read(file) {
        Ok(config) => serve::runtime()?.block_on(examine(&config, &mut report)),
        Err(faults) => report.fault(faults),
    }
    if json {
        print_json(&report);
    } else {
        for weakness in &report.weaknesses {
            show(line!("weak: {}", Foreign::text(weakness)));
        }
        for note in &report.notes {
            show(line!("note: {}", Foreign::text(note)));
        }
    }
    if !report.faults.is_empty() {
        return Err(Failure::all(if json {
            vec![format!("{} faults", report.faults.len())]
        } else {
            report.faults
        }));
    }
    if !json {
        show("Everything a service needs is there.");
    }
    Ok(())
}

async fn examine(config: &Config, report: &mut Report) {
    if let Err(fault) = config::key_file(&config.keys_file) {
        report.fault(fault);
    }
    match prepare::directory(&config.directory, Clock::system().now().date_naive()) {
        Ok(verified) => report.weaknesses.extend(verified.weaknesses.iter().map(ToString::to_string)),
        Err(faults) => report.fault(faults),
    }
    if config.desk.listen.is_some() && config.desk.public_url.is_none() {
        report.weaknesses.push(
            "desk.public_url is not set: notices in the volunteers' chats do not lead to the desk".to_owned(),
        );
    }
    if let Err(fault) = Catalog::load() {
        report.fault(fault);
    }
    match Store::examine(&config.store_url).await {
        Ok(Examined::Ready) => {}
        Ok(Examined::Missing) => {
            report.notes.push("store.url: there is no database yet; `relais serve` makes it".to_owned());
        }
        Ok(Examined::Behind(steps)) => report.notes.push(format!(
            "store.url: the tables lack {steps} steps of this version; `relais serve` adds them as it starts, \
             so make a copy of the database first"
        )),
        Err(fault) => report.fault(format!("store.url: {fault}")),
    }
}
