//! `relais desk`: a volunteer's work from a terminal.

use std::fs::File;
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};

use clap::Subcommand;
use zeroize::Zeroizing;

use super::console::{Failure, failed, print, print_json};
use crate::desk::{DeskLine, headline, identities, lines};
use crate::handoff::{self, OpenedToken};
use crate::i18n::Catalog;
use crate::locale::Locale;
use crate::message::Message;
use crate::record::Record;

/// Files longer than this are no tokens, in bytes.
const LONGEST: u64 = 64 << 10;

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Opens a token with no server at all, and prints what the person said
    Open {
        /// The token as it was received; `-` reads standard input
        token: PathBuf,
        /// A file with the association's age identity; may be given several times
        #[arg(short, long, required = true, value_name = "KEY")]
        identity: Vec<PathBuf>,
        /// The server's published key, to be sure that the token comes from it
        #[arg(long, value_name = "BASE64")]
        server: Option<String>,
        /// The language in which the lines are said
        #[arg(long, default_value = "fr", value_name = "TAG")]
        language: Locale,
        /// Prints the record as JSON
        #[arg(long)]
        json: bool,
    },
}

pub(super) fn run(command: Command) -> Result<(), Failure> {
    match command {
        Command::Open { token, identity, server, language, json } => {
            let opened = open(&token, &identity, server.as_deref())?;
            if json {
                show_json(&opened);
                return Ok(());
            }
            show(&opened, language, server.is_some())
        }
    }
}

fn open(token: &Path, identity: &[PathBuf], server: Option<&str>) -> Result<OpenedToken, Failure> {
    let mut held = Vec::new();
    for file in identity {
        let text = read(file).and_then(|bytes| {
            String::from_utf8(bytes.to_vec())
                .map(Zeroizing::new)
                .map_err(|_| Failure::one(format!("{} is not a file of age identities", file.display())))
        })?;
        let found =
            identities(&text).map_err(|fault| Failure::one(format!("{}: {fault}", file.display())))?;
        held.extend(found);
    }
    handoff::open(&read(token)?, &held, server).map_err(failed)
}

fn read(file: &Path) -> Result<Zeroizing<Vec<u8>>, Failure> {
    let mut bytes = Zeroizing::new(Vec::new());
    let read = if file == Path::new("-") {
        io::stdin().lock().take(LONGEST + 1).read_to_end(&mut bytes)
    } else {
        File::open(file).and_then(|file| file.take(LONGEST + 1).read_to_end(&mut bytes))
    };
    let name = file.display();
    read.map_err(|fault| Failure::one(format!("{name} cannot be read: {}", fault.kind())))?;
    if bytes.len() as u64 > LONGEST {
        return Err(Failure::one(format!("{name} is too long to be a token or a key")));
    }
    Ok(bytes)
}

#[derive(serde::Serialize)]
struct Shown<'a> {
    record: &'a Record,
    signed_by: String,
    recipients: usize,
}

fn show_json(opened: &OpenedToken) {
    print_json(&Shown {
        record: opened.record(),
        signed_by: opened.signed_by(),
        recipients: opened.recipients(),
    });
}

fn show(opened: &OpenedToken, language: Locale, server_is_known: bool) -> Result<(), Failure> {
    let catalog = Catalog::load().map_err(failed)?;
    print(headline(opened.record(), &catalog, language));
    let lines = lines(opened, &catalog, language);
    let width = lines.iter().map(|line| line.label.chars().count()).max().unwrap_or(0);
    for DeskLine { label, value } in &lines {
        if label.is_empty() {
            print(value);
        } else {
            print(format!("{label:width$}  {value}"));
        }
    }
    let key = opened.signed_by();
    let signed =
        if server_is_known { Message::DeskSignedBy { key } } else { Message::DeskSignedUnknown { key } };
    print(catalog.label(language, &signed));
    Ok(())
}
