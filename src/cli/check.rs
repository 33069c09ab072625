//! `relais check`: everything that would stop a service or hurt somebody, at once. It changes nothing.

use std::path::Path;

use super::console::{Failure, print_json, sentences, show};
use super::line::line;
use super::{prepare, serve};
use crate::clock::Clock;
use crate::config::{self, Config};
use crate::directory::{Directory, Extract, Removed};
use crate::foreign::Foreign;
use crate::i18n::Catalog;
use crate::sealing::KeyRing;
use crate::store::{self, Examined, Store};

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

/// Looks whether devices will believe this server.
fn believed(config: &Config, keys: Option<KeyRing>, extract: Option<&Extract>, report: &mut Report) {
    match (extract, keys) {
        (None, _) if config.desk.listen.is_some() => report.fault(prepare::NO_LIST),
        (Some(extract), Some(keys)) => {
            let listed = &extract.head.server_keys;
            if keys.published().first().is_some_and(|newest| !listed.contains(newest)) {
                report.weaknesses.push(
                    "the newest key of keys.file is not in the signed list yet, so an older one goes on: `relais \
                     directory service`, then have the directory signed again"
                        .to_owned(),
                );
            }
            if !keys.in_force(listed).is_listed(listed) {
                report.fault(
                    "the signed list for desks holds none of this server's keys: no desk believes it. `relais \
                     directory service`, then have the directory signed again",
                );
            }
        }
        (None, _) | (Some(_), None) => {}
    }
}

/// Tells of devices that coordinators took out and that the signed directory still lists.
async fn taken_out(config: &Config, directory: &Directory, report: &mut Report) {
    let now = Clock::system().now();
    // A database that does not answer, or is not there yet, is told elsewhere.
    let Ok(known) = store::look(&config.store_url, now).await else { return };
    let removed: Removed =
        known.removed.iter().map(|(of, one)| (of.clone(), one.recipient.clone(), one.at)).collect();
    for (association, until) in directory.alone(&removed) {
        let until = until.format("%Y-%m-%d %H:%M UTC");
        report.fault(format!(
            "{association}: one device alone reads for it since another was taken out. Have the directory signed with \
             two devices before {until}; then it is not asked any more"
        ));
    }
    for (association, device) in known.removed {
        if directory.find(&association).is_some_and(|known| known.device(&device.recipient).is_some()) {
            let (day, recipient) = (device.at.format("%Y-%m-%d"), device.recipient);
            report.weaknesses.push(format!(
                "{association}: its coordinator took a device out on {day}, and the directory still lists it: take \
                 {recipient} out and have it signed within seven days"
            ));
        }
    }
}

async fn examine(config: &Config, report: &mut Report) {
    let keys = config::key_file(&config.keys_file).map_err(|fault| report.fault(fault)).ok();
    match prepare::directory(&config.directory, Clock::system().now().date_naive()) {
        Ok(verified) => {
            report.weaknesses.extend(verified.weaknesses.iter().map(ToString::to_string));
            believed(config, keys, verified.extract.as_ref(), report);
            taken_out(config, &verified.directory, report).await;
        }
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
