//! From untrusted files to a directory: signatures, format, dates.

use std::collections::BTreeMap;

use chrono::{NaiveDate, TimeDelta};

use super::association::Association;
use super::check;
use super::entry;
use super::extract::{Extract, HEAD, Head, Wanted};
use super::fault::{Fault, Faults, Spot, Weak, Weakness, Wrong};
use super::files::{LINES, UntrustedDirectory, UntrustedFile};
use super::lines::{self, PublicLine, SOON_DAYS};
use super::reader::{Source, Table};
use super::service::{ServiceFile, ServiceName};
use super::signature::Trust;
use super::{Directory, embedded};
use crate::device::device_words;
use crate::ids::{AssociationId, Country};

/// A directory that may be used, and what is weak about it.
#[derive(Debug)]
pub struct Verified {
    /// The directory.
    pub directory: Directory,
    /// What will hurt somebody, in the order of files and lines.
    pub weaknesses: Vec<Weakness>,
    /// The signed list for desks, where there is one.
    pub extract: Option<Extract>,
}

/// What a check found, signatures aside: for files that are still being written.
#[derive(Debug, Default)]
pub struct Checked {
    /// What would have the directory refused.
    pub faults: Vec<Fault>,
    /// What will hurt somebody.
    pub weaknesses: Vec<Weakness>,
    /// How many associations could be asked today.
    pub routable: usize,
    /// The devices of each association and their words, for signers to compare on the phone; no words where a device
    /// has no signing key.
    pub devices: Vec<(AssociationId, String, Option<String>)>,
}

/// One association with where it stands.
pub(super) struct Placed {
    pub(super) association: Association,
    pub(super) spot: Spot,
}

/// What was read so far.
#[derive(Default)]
pub(super) struct Reading {
    pub(super) placed: Vec<Placed>,
    lines: Vec<PublicLine>,
    faults: Vec<Fault>,
    weaknesses: Vec<Weakness>,
}

impl UntrustedDirectory {
    /// Verifies every file and reads it. One fault anywhere and nothing is used: a directory that lost a file
    /// sends people to the wrong door, or to none, without anyone noticing.
    ///
    /// # Errors
    /// Returns every fault of every file.
    pub fn verify(&self, trust: &Trust<'_>, today: NaiveDate) -> Result<Verified, Faults> {
        let mut reading = self.read_all(today, Some(trust));
        reading.weaknesses.extend(check::weaknesses(&reading.placed, today));
        let extract = self.extract(trust, &mut reading);
        reading.finish(today, extract)
    }

    /// Verifies the signed list for desks against the same files.
    fn extract(&self, trust: &Trust<'_>, reading: &mut Reading) -> Option<Extract> {
        let missing = |reading: &mut Reading| {
            reading.weak_all(&Spot::default(), vec![Weak::NoExtract]);
        };
        let Some(service) = self.service_file(reading) else {
            missing(reading);
            return None;
        };
        let wanted = reading.wanted(&service);
        let Some(file) = &self.extract else {
            missing(reading);
            return None;
        };
        let spot = Spot::file(HEAD);
        let file = match self.still_in_force(file, trust, &wanted) {
            Some((before, wrong)) => {
                reading.weak_all(&spot, vec![Weak::ListWaits(wrong.to_string())]);
                before
            }
            None => file,
        };
        let text = String::from_utf8(file.content.clone()).unwrap_or_default();
        let Ok(head) = serde_json::from_str::<Head>(&text) else {
            reading.fault(spot, Wrong::Malformed("is no list that was signed".to_owned()));
            return None;
        };
        match trust.verify_hashed(text.as_bytes(), &file.signatures) {
            Ok(idle) => reading.weak_all(&spot, idle),
            Err(wrong) => reading.fault(spot.clone(), wrong),
        }
        if !wanted.agrees(&head) {
            reading.fault(spot.clone(), Wrong::StaleExtract);
        }
        let late = service.server_keys.iter().filter(|key| !head.server_keys.contains(key));
        reading.weak_all(&spot, late.map(|key| Weak::KeyNotListed(key.clone())).collect());
        let signatures = file.signatures.iter().map(|(_, text)| text.clone()).collect();
        Some(Extract { head, text, signatures, list: wanted.list })
    }

    /// Returns the list before this one, where too few have signed this one yet and the other still says who is who: a
    /// rotation of the server's keys is signed over days, and nobody is stopped meanwhile.
    fn still_in_force(
        &self,
        file: &UntrustedFile,
        trust: &Trust<'_>,
        wanted: &Wanted,
    ) -> Option<(&UntrustedFile, Wrong)> {
        let wrong = trust.verify_hashed(&file.content, &file.signatures).err()?;
        let before = self.before.as_ref()?;
        trust.verify_hashed(&before.content, &before.signatures).ok()?;
        let head: Head = serde_json::from_slice(&before.content).ok()?;
        wanted.agrees(&head).then_some((before, wrong))
    }

    /// Returns the head that these files would be signed with now: the one that is there, where nothing has changed.
    pub(super) fn next_head(&self, today: NaiveDate) -> Option<Head> {
        let mut reading = self.read_all(today, None);
        let service = self.service_file(&mut reading)?;
        let known = self.extract.as_ref().and_then(|file| serde_json::from_slice(&file.content).ok());
        Some(reading.wanted(&service).after(known.as_ref()))
    }

    /// Returns the name that the signed list says, whether it was verified or not.
    #[must_use]
    pub fn listed_name(&self) -> Option<ServiceName> {
        let head: Head = serde_json::from_slice(&self.extract.as_ref()?.content).ok()?;
        Some(head.service)
    }

    /// Returns the name of the service and the server's keys as they stand in the folder; nothing where they do not.
    ///
    /// # Errors
    /// Returns what is wrong with the file.
    pub fn service(&self) -> Result<Option<ServiceFile>, Faults> {
        let mut reading = Reading::default();
        let read = self.service_file(&mut reading);
        if reading.faults.is_empty() { Ok(read) } else { Err(Faults(reading.faults)) }
    }

    fn service_file(&self, reading: &mut Reading) -> Option<ServiceFile> {
        let file = self.service.as_ref()?;
        let text = std::str::from_utf8(&file.content).unwrap_or_default();
        let source = Source::new(&file.name, text);
        let read = ServiceFile::read(&source);
        reading.faults.extend(source.finish());
        read
    }

    /// Checks files that are not signed yet.
    #[must_use]
    pub fn check(&self, today: NaiveDate) -> Checked {
        let mut reading = self.read_all(today, None);
        reading.weaknesses.extend(check::weaknesses(&reading.placed, today));
        let routable = reading.placed.iter().filter(|placed| placed.association.is_routable(today)).count();
        let devices = reading.devices();
        let Reading { mut faults, mut weaknesses, .. } = reading;
        faults.sort_by(|one, other| one.spot.cmp(&other.spot));
        weaknesses.sort_by(|one, other| one.spot.cmp(&other.spot));
        Checked { faults, weaknesses, routable, devices }
    }

    fn read_all(&self, today: NaiveDate, trust: Option<&Trust<'_>>) -> Reading {
        let mut reading = Reading { faults: self.faults.clone(), ..Reading::default() };
        for file in &self.files {
            if let Some(trust) = trust {
                match trust.verify(&file.content, &file.signatures) {
                    Ok(idle) => reading.weak_all(&Spot::file(&file.name), idle),
                    Err(wrong) => reading.fault(Spot::file(&file.name), wrong),
                }
            }
            reading.read_file(file, today);
        }
        reading.add_built_in(today);
        reading.refuse_twins();
        reading
    }
}

impl Reading {
    fn wanted(&self, service: &ServiceFile) -> Wanted {
        let associations = self.placed.iter().map(|placed| &placed.association);
        Wanted::of(service.name.clone(), service.server_keys.clone(), associations)
    }

    fn devices(&self) -> Vec<(AssociationId, String, Option<String>)> {
        let of = |association: &Association| {
            let id = association.id.clone();
            association
                .devices
                .iter()
                .map(move |device| {
                    let words = device.signing.map(|key| device_words(&device.recipient, &key));
                    (id.clone(), device.recipient.to_string(), words)
                })
                .collect::<Vec<_>>()
        };
        self.placed.iter().flat_map(|placed| of(&placed.association)).collect()
    }

    fn fault(&mut self, spot: Spot, wrong: Wrong) {
        self.faults.push(Fault { spot, wrong });
    }

    fn weak_all(&mut self, spot: &Spot, weak: Vec<Weak>) {
        self.weaknesses.extend(weak.into_iter().map(|weak| Weakness { spot: spot.clone(), weak }));
    }

    fn read_file(&mut self, file: &UntrustedFile, today: NaiveDate) {
        let Ok(text) = std::str::from_utf8(&file.content) else {
            self.fault(Spot::file(&file.name), Wrong::Unreadable("is not UTF-8 text".to_owned()));
            return;
        };
        let source = Source::new(&file.name, text);
        let parsed = source.parse();
        let root = Table::root(&source, parsed.get_ref());
        let until = self.read_header(&root, today);
        if file.name == LINES {
            root.refuse_unknown(&["directory", "line"]);
            self.lines.extend(lines::read(&source, &root));
        } else {
            let mut known = vec!["directory", "association"];
            if root.has("candidate") {
                known.push("candidate");
                root.fault(
                    "candidate",
                    "is not an association: nobody has vetted it, so keep the file elsewhere",
                );
            }
            root.refuse_unknown(&known);
            self.read_associations(&source, &root, until, today);
        }
        self.faults.extend(source.finish());
    }

    /// Reads `[directory]`, which says how long the signed text holds.
    fn read_header(&mut self, root: &Table<'_, '_>, today: NaiveDate) -> Option<NaiveDate> {
        let spot = root.spot_of("directory");
        let Some(header) = root.table("directory") else {
            if !root.has("directory") {
                self.weak_all(&Spot { line: None, ..spot }, vec![Weak::NoEnd]);
            }
            return None;
        };
        header.refuse_unknown(&["issued", "until"]);
        let issued = header.need("issued", header.date("issued"));
        let until = header.need("until", header.date("until"));
        if let Some(issued) = issued.filter(|issued| *issued > today) {
            self.fault(spot.clone(), Wrong::NotYet { issued });
        }
        let until = until?;
        if today > until {
            self.fault(spot, Wrong::Expired { until });
        } else if today >= until - TimeDelta::days(SOON_DAYS) {
            self.weak_all(&spot, vec![Weak::EndsSoon(until)]);
        }
        Some(until)
    }

    fn read_associations(
        &mut self,
        source: &Source<'_>,
        root: &Table<'_, '_>,
        until: Option<NaiveDate>,
        today: NaiveDate,
    ) {
        for (number, (table, at)) in root.entries("association").into_iter().enumerate() {
            let fallback = format!("association {}", number + 1);
            let name = Table::peek(table, "id").unwrap_or(&fallback);
            let table = Table::of(source, table, at, name);
            let Some(read) = entry::read(&table, today) else { continue };
            for (key, weak) in read.weak {
                self.weaknesses.push(Weakness { spot: table.spot_of(key), weak });
            }
            let association = Association { file_until: until, ..read.association };
            self.placed.push(Placed { association, spot: table.spot() });
        }
    }

    /// Adds the numbers that come with the program, for the countries that the operator's own file leaves out.
    fn add_built_in(&mut self, today: NaiveDate) {
        let own: Vec<Option<Country>> = self.lines.iter().map(PublicLine::country).collect();
        match embedded::lines() {
            Ok(lines) => {
                self.lines.extend(lines.into_iter().filter(|line| !own.contains(&line.country())));
            }
            Err(faults) => self.faults.extend(faults),
        }
        self.weaknesses.extend(self.lines.iter().filter_map(|line| line.weakness(today)));
    }

    fn refuse_twins(&mut self) {
        let mut seen: BTreeMap<AssociationId, Spot> = BTreeMap::new();
        let mut twins = Vec::new();
        for placed in &self.placed {
            match seen.get(&placed.association.id) {
                Some(first) => twins.push((placed.spot.clone(), format!("id stands at {first} already"))),
                None => drop(seen.insert(placed.association.id.clone(), placed.spot.clone())),
            }
        }
        for (spot, says) in twins {
            self.fault(spot, Wrong::Malformed(says));
        }
    }

    fn finish(mut self, today: NaiveDate, extract: Option<Extract>) -> Result<Verified, Faults> {
        if !self.faults.is_empty() {
            self.faults.sort_by(|one, other| one.spot.cmp(&other.spot));
            return Err(Faults(self.faults));
        }
        self.weaknesses.sort_by(|one, other| one.spot.cmp(&other.spot));
        let routable = self.placed.into_iter().map(|placed| placed.association);
        let routable = routable.filter(|association| association.is_routable(today)).collect();
        Ok(Verified { directory: Directory::new(routable, self.lines), weaknesses: self.weaknesses, extract })
    }
}
