//! What is wrong with a directory, and what is weak about it: every case with its file, line and entry.

use std::fmt;

use chrono::NaiveDate;

use crate::ids::{Country, Department};

/// Where in a directory something stands.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Spot {
    /// The file, by its name in the folder; empty for the directory as a whole.
    pub file: String,
    /// The line, counted from 1.
    pub line: Option<usize>,
    /// The entry: its id, or its number where it has none.
    pub entry: Option<String>,
}

impl Spot {
    pub(super) fn file(file: &str) -> Self {
        Self { file: file.to_owned(), ..Self::default() }
    }
}

impl fmt::Display for Spot {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.file.is_empty() { "the directory" } else { &self.file })?;
        if let Some(line) = self.line {
            write!(f, ":{line}")?;
        }
        match &self.entry {
            Some(entry) => write!(f, " ({entry})"),
            None => Ok(()),
        }
    }
}

/// Why nothing of a directory is used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Wrong {
    /// A file or the folder cannot be read.
    #[error("{0}")]
    Unreadable(String),
    /// What stands in a file is not what the format asks for: correct it, then sign it again.
    #[error("{0}")]
    Malformed(String),
    /// There is no signature at all.
    #[error("is not signed: sign it with `relais directory sign`, or with minisign")]
    Unsigned,
    /// There are signatures, none by a key of the configuration.
    #[error("is signed, but by no key that is trusted here: compare directory.trusted_keys with who signed")]
    NotTrusted,
    /// A trusted key has signed something else.
    #[error(
        "was changed after key {key} signed it, or the signature belongs to another file: review, sign again"
    )]
    Altered {
        /// The id of the key, as minisign prints it.
        key: String,
    },
    /// Fewer different trusted keys have signed than are asked for.
    #[error("is signed by {valid} of the {threshold} different trusted keys that are asked for")]
    TooFew {
        /// How many have.
        valid: u32,
        /// How many must.
        threshold: u32,
    },
    /// The signed list for desks is not that of these files.
    #[error(
        "is not the list of these files: sign them again with `relais directory sign`, which signs the list as well"
    )]
    StaleExtract,
    /// The time that the signers gave the file is over.
    #[error("was valid until {until}: review every entry, give it a new date and sign it again")]
    Expired {
        /// Its last day.
        until: NaiveDate,
    },
    /// The file says that it was issued later than today.
    #[error(
        "says it was issued on {issued}, which is still to come: correct the date, or this machine's clock"
    )]
    NotYet {
        /// The day it gives.
        issued: NaiveDate,
    },
}

/// One fault.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// Where.
    pub spot: Spot,
    /// What.
    pub wrong: Wrong,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.spot, self.wrong)
    }
}

/// Every fault that was found; never empty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Faults(pub Vec<Fault>);

impl fmt::Display for Faults {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let lines: Vec<String> = self.0.iter().map(ToString::to_string).collect();
        f.write_str(&lines.join("\n"))
    }
}

impl std::error::Error for Faults {}

/// What does not stop a directory, but will hurt somebody.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Weak {
    /// The signed file names no end, so an old copy of it could be put back unnoticed.
    #[error("has no [directory] table with issued and until: an old copy could be put back unnoticed")]
    NoEnd,
    /// The file ends soon.
    #[error("is valid until {0}: review it and sign it again before")]
    EndsSoon(NaiveDate),
    /// A signature that counts for nothing.
    #[error("{0} does not count: its key is not trusted here, or signed another text, or has signed already")]
    IdleSignature(String),
    /// Nobody is asked: the vetting is over.
    #[error("vetting ended on {0}: it is asked nothing until it is vetted and signed again")]
    VettingOver(NaiveDate),
    /// Nobody is asked yet.
    #[error("vetting begins on {0}: it is asked nothing before")]
    VettingToCome(NaiveDate),
    /// The vetting ends soon.
    #[error("vetting ends on {0}: vet it again before")]
    VettingEndsSoon(NaiveDate),
    /// A number that is no longer shown.
    #[error("the number was to be called again by {0}: it is not shown until somebody has")]
    PhoneOver(NaiveDate),
    /// A number that is soon no longer shown.
    #[error("the number must be called again by {0}, or it is no longer shown")]
    PhoneEndsSoon(NaiveDate),
    /// A number that was never confirmed on a day that anyone can name.
    #[error(
        "no day is given on which the number was confirmed: it is not shown until somebody has called it"
    )]
    NeverConfirmed,
    /// It may be shown, and there is no number.
    #[error("display allows a number to be shown, and there is none")]
    NoPhone,
    /// No language is named.
    #[error("no language is named: it is chosen last for everyone")]
    NoLanguage,
    /// No hours are named.
    #[error("no opening hours are named: it counts as closed, and is chosen last where minutes count")]
    NoHours,
    /// The hours never open.
    #[error("by its opening hours it does not open in the next two weeks")]
    NeverOpen,
    /// No chat is named.
    #[error("no volunteers' chat is named: nobody is told of a new request, only the desk shows it")]
    NoChat,
    /// A limit that is not kept.
    #[error("intake_cap has no effect on a national team: it is never passed over")]
    CapOfTeam,
    /// The coordinates name a house rather than a town.
    #[error("the coordinates were rounded to two decimals: more of them point to a house")]
    TooExact,
    /// A French place without a département.
    #[error("coordinates in France give no département: name the commune by its INSEE code")]
    NoDepartment,
    /// A commune that the gazetteer does not know.
    #[error("the gazetteer does not know this commune: check the INSEE code")]
    UnknownCommune,
    /// Two associations that can read each other's requests.
    #[error("shares a recipient with {0}: each can read what is meant for the other")]
    SharedRecipient(String),
    /// There is no list for desks.
    #[error(
        "there is no signed list for desks: no volunteer can sign in. `relais directory service`, then \
         `relais directory sign`"
    )]
    NoExtract,
    /// Too few have signed the newest list.
    #[error("the newest list for desks {0}; the one before it goes on")]
    ListWaits(String),
    /// A key of the server that the signed list does not hold yet.
    #[error(
        "the signed list does not hold the server's key {0} yet: it seals nothing before the signers have signed again"
    )]
    KeyNotListed(String),
    /// Nobody takes over.
    #[error(
        "{0} has no national team of its own: where nobody answers, only that of the service's country can take over"
    )]
    NoNationalTeam(Country),
    /// Places for which nobody is there.
    #[error("no association covers {}", list(.0))]
    NotCovered(Vec<Department>),
    /// Nobody for the youngest.
    #[error("no association in {0} serves people under 18")]
    NobodyForMinors(Country),
    /// Nobody at all.
    #[error("no association can be asked: every request ends with phone numbers")]
    Nobody,
}

fn list(departments: &[Department]) -> String {
    let codes: Vec<String> = departments.iter().map(ToString::to_string).collect();
    codes.join(", ")
}

/// One weakness.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Weakness {
    /// Where.
    pub spot: Spot,
    /// What.
    pub weak: Weak,
}

impl fmt::Display for Weakness {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.spot, self.weak)
    }
}
