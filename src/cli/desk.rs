//! `relais desk`: a volunteer's work from a terminal.
//!
//! No secret is ever an argument. What is said about a person comes from a file or standard input, for
//! arguments stay in the history of the shell.

mod given;
mod kept;
mod keys;
mod open;
mod phrases;
mod shown;
mod work;

use std::path::PathBuf;

use clap::Subcommand;

use super::console::Failure;
use crate::device::DeviceKey;
use crate::locale::Locale;

/// What stands below the list of commands.
pub(super) const HELP: &str = "\
What every command needs can be set once:
  RELAIS_DESK_URL          the address of the desk, such as https://desk.example.org
  RELAIS_DESK_ASSOCIATION  one's own association, as the directory spells it
  RELAIS_DESK_IDENTITY     the file with one's key, as `relais desk keygen` or `age-keygen` writes it
  RELAIS_DESK_NAME         the name that colleagues read; the person never sees it
  RELAIS_DESK_FINGERPRINT  the twelve words on the paper of one's enrolment; needed at the first sign-in alone
  RELAIS_DESK_SERVER_KEY   only this key of a server is believed, beside what the signed list says
  RELAIS_DESK_STATE        where it is kept whom this device believes; beside the key file otherwise
  RELAIS_DESK_PASSPHRASE   the passphrase of that file; without it, it is asked for on the terminal

The first time: relais desk login --fingerprint abricot-neige-…
A day: relais desk list; show 1a2b3c4d; accept 1a2b3c4d; phrases; reply 1a2b3c4d --phrase read; close …";

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Opens a token with no server at all, and prints what the person said
    Open {
        /// The token as it was received; `-` reads standard input
        token: PathBuf,
        #[command(flatten)]
        keys: keys::Keys,
        /// The server's published key, to be sure that the token comes from it; several, between commas
        #[arg(
            long,
            env = "RELAIS_DESK_SERVER_KEY",
            value_name = "BASE64",
            value_delimiter = ',',
            value_parser = given::server_key
        )]
        server: Vec<String>,
        /// Shows the token although no key is named to check it with: anybody could have written it
        #[arg(long)]
        unverified: bool,
        /// The language in which the lines are said
        #[arg(long, default_value = "fr", value_name = "TAG")]
        language: Locale,
        /// Prints the record as JSON
        #[arg(long)]
        json: bool,
    },
    /// Makes a fresh key of an association, and says its public part and its words; refuses to overwrite
    #[command(
        after_help = "The passphrase comes from --passphrase-file, from RELAIS_DESK_PASSPHRASE, or is \
                            asked for on a terminal."
    )]
    Keygen {
        /// The file to write, readable by its owner alone
        #[arg(long, value_name = "FILE")]
        out: PathBuf,
        /// A file that holds the passphrase
        #[arg(long, value_name = "FILE")]
        passphrase_file: Option<PathBuf>,
    },
    /// Says the line for the directory and the words of a key that is there
    Key {
        #[command(flatten)]
        keys: keys::Keys,
    },
    /// Lists the phrasebook: what `reply --phrase` takes, and what it says
    Phrases {
        /// The language in which the phrases are said
        #[arg(long, default_value = "fr", value_name = "TAG")]
        language: Locale,
        /// Prints the phrases as JSON
        #[arg(long)]
        json: bool,
    },
    #[command(flatten)]
    Work(Box<work::Command>),
}

pub(super) fn run(command: Command) -> Result<(), Failure> {
    match command {
        Command::Open { token, keys, server, unverified, language, json } => {
            open::run(&token, &keys, &server, open::Look { unverified, language, json })
        }
        Command::Keygen { out, passphrase_file } => keys::generate(&out, passphrase_file.as_deref()),
        Command::Key { keys } => {
            keys.read()?.iter().for_each(|identity| keys::say(&DeviceKey::of(identity)));
            Ok(())
        }
        Command::Phrases { language, json } => phrases::run(language, json),
        Command::Work(command) => work::run(*command),
    }
}
