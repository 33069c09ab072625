//! The command line: what an operator and a volunteer can do from a terminal.
//!
//! Every secret comes from a file or the environment, never from an argument, for arguments show in the list
//! of processes. Exit codes: 0 done, 1 something is wrong and said so, 2 usage.

mod check;
mod console;
mod demo;
mod desk;
mod directory;
mod init;
mod keys;
mod line;
mod locales;
mod place;
mod prepare;
mod serve;

use std::path::PathBuf;

use clap::{Parser, Subcommand};

pub use console::Failure;

use crate::locale::Locale;
use crate::sealing::Older;

/// Hands a person's request for help, sealed, to the nearest vetted association.
#[derive(Debug, Parser)]
#[command(name = "relais", version, max_term_width = 100)]
#[command(
    after_help = "Begin with: relais demo\nA service of your own: relais init, then relais check, then relais serve"
)]
pub struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Runs the whole system on this machine with nothing set up, and shows it on a page
    Demo {
        /// The port of the page
        #[arg(long, default_value_t = 8787)]
        port: u16,
    },
    /// Runs the bot, the delivery, the sweep and the desk, until told to stop
    Serve {
        #[command(flatten)]
        config: ConfigFile,
        /// First removes a webhook that is set for this bot, so that updates can be polled
        #[arg(long)]
        drop_webhook: bool,
    },
    /// Writes a configuration, fresh keys and an example directory; refuses to overwrite
    Init {
        /// Where to write
        #[arg(default_value = ".")]
        folder: PathBuf,
    },
    /// Checks configuration, keys, directory, languages and database; tells every fault at once
    Check {
        #[command(flatten)]
        config: ConfigFile,
        /// Prints the faults as JSON
        #[arg(long)]
        json: bool,
    },
    /// The server's keys
    Keys {
        #[command(subcommand)]
        command: KeysCommand,
    },
    /// Who can be asked: signing, verifying, listing, importing, exporting
    Directory {
        #[command(subcommand)]
        command: directory::Command,
    },
    /// The languages
    Locales {
        #[command(subcommand)]
        command: LocalesCommand,
    },
    /// Finds a typed place, best first; reads one query a line from standard input where none is given
    Place {
        /// What a person might type
        query: Vec<String>,
        /// Prints JSON, a line each query
        #[arg(long)]
        json: bool,
    },
    /// The volunteers' work from a terminal
    #[command(after_help = desk::HELP)]
    Desk {
        #[command(subcommand)]
        command: Box<desk::Command>,
    },
}

#[derive(Debug, Subcommand)]
enum KeysCommand {
    /// Says the server's public keys, newest first, and their words: what associations compare on the phone
    Show {
        /// The key file
        #[arg(default_value = "secrets/relais.keys")]
        file: PathBuf,
        /// Prints the keys as JSON
        #[arg(long)]
        json: bool,
    },
    /// Adds a new key, which seals from the next start on; older ones still open for 30 days
    Rotate {
        /// The key file
        #[arg(default_value = "secrets/relais.keys")]
        file: PathBuf,
        /// Drops keys that nothing needs any more
        #[arg(long)]
        prune: bool,
        /// Drops every older key at once, because others may have it. The price: open buttons and codes open
        /// nothing any more, and persons with an open request cannot be answered
        #[arg(long, conflicts_with = "prune")]
        leaked: bool,
    },
}

#[derive(Debug, Subcommand)]
enum LocalesCommand {
    /// Says every message in every language, and tells which cannot be said
    Check,
    /// Writes a page with every screen of a language as the phone shows it, for whoever reviews it
    Preview {
        /// The language
        #[arg(long, value_name = "TAG")]
        locale: Locale,
        /// The file to write; standard output where absent
        #[arg(long, value_name = "FILE")]
        out: Option<PathBuf>,
    },
}

/// Where the configuration is.
#[derive(Debug, clap::Args)]
struct ConfigFile {
    /// The configuration file
    #[arg(long, env = "RELAIS_CONFIG", default_value = "relais.toml", value_name = "FILE")]
    config: PathBuf,
}

/// Runs a command.
///
/// # Errors
/// Returns what the operator reads: sentences that say what is wrong and what to do.
pub fn run(arguments: Arguments) -> Result<(), Failure> {
    match arguments.command {
        Command::Demo { port } => demo::run(port),
        Command::Directory { command } => directory::run(command),
        Command::Serve { config, drop_webhook } => serve::run(&config.config, drop_webhook),
        Command::Init { folder } => init::run(&folder),
        Command::Check { config, json } => check::run(&config.config, json),
        Command::Keys { command: KeysCommand::Show { file, json } } => keys::publish(&file, json),
        Command::Keys { command: KeysCommand::Rotate { file, prune, leaked } } => {
            let older = match (leaked, prune) {
                (true, _) => Older::Go,
                (false, true) => Older::GoUnneeded,
                (false, false) => Older::Stay,
            };
            keys::rotate(&file, older)
        }
        Command::Locales { command: LocalesCommand::Check } => locales::check(),
        Command::Locales { command: LocalesCommand::Preview { locale, out } } => {
            locales::preview(locale, out.as_deref())
        }
        Command::Place { query, json } => place::run(&query, json),
        Command::Desk { command } => desk::run(*command),
    }
}
