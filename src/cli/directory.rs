//! `relais directory`: signing, verifying, listing, importing, exporting and explaining the directory.

mod explain;
mod service;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use clap::{Subcommand, ValueEnum};
use secrecy::SecretString;
use zeroize::Zeroizing;

pub(super) use self::service::drawn;
use super::ConfigFile;
use super::console::{Failure, failed, print, print_json};
use super::prepare;
use crate::clock::Clock;
use crate::config::{self, Config};
use crate::directory::{
    ExtractStep, Head, ServiceName, SigningKey, UntrustedDirectory, Verified, Weakness, candidates_to_toml,
    from_csv, from_hsds, sign_file,
};
use crate::ids::Country;

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Signs a file of the directory with a minisign key: says that you have checked what stands in it
    Sign {
        /// The file, such as directory/associations.toml
        file: PathBuf,
        /// The minisign secret key (made by: minisign -G)
        #[arg(short, long, value_name = "FILE")]
        key: PathBuf,
        /// A file that holds the key's password; the variable `RELAIS_SIGN_PASSWORD` works as well
        #[arg(long, value_name = "FILE")]
        password_file: Option<PathBuf>,
    },
    /// Writes service.toml, with the service's name and the server's keys, for the signers: the first time, and after
    /// each rotation of the keys
    #[command(visible_alias = "migrate")]
    Service {
        #[command(flatten)]
        config: ConfigFile,
        /// The name of the service, the first time; it never changes afterwards. Drawn at random where absent
        #[arg(long)]
        name: Option<ServiceName>,
    },
    /// Says the twelve words by which a volunteer's device is enrolled, for the paper that is handed over
    Fingerprint {
        #[command(flatten)]
        config: ConfigFile,
        /// Draws it as a QR that opens the desk, too
        #[arg(long)]
        qr: bool,
        /// Prints JSON
        #[arg(long)]
        json: bool,
    },
    /// Verifies signatures, dates and every entry, and tells what is weak
    Verify {
        #[command(flatten)]
        config: ConfigFile,
    },
    /// Checks files that are still being written, without signatures
    Check {
        /// The folder
        #[arg(default_value = "directory")]
        folder: PathBuf,
    },
    /// Lists the associations of the verified directory
    List {
        #[command(flatten)]
        config: ConfigFile,
        /// Prints JSON
        #[arg(long)]
        json: bool,
        /// The bot's name at Telegram: prints the link that each association may hand out, so that people see
        /// that it is listed
        #[arg(long, value_name = "NAME", value_parser = bot_name)]
        bot: Option<String>,
    },
    /// Turns a file of others into candidates: unsigned, and never asked until someone completes and signs them
    Import {
        /// Open Referral HSDS 3.0 JSON, or CSV
        file: PathBuf,
        /// What the file is; told by its extension where absent
        #[arg(long)]
        format: Option<Format>,
        /// The country of entries that name none
        #[arg(long)]
        country: Option<Country>,
        /// The folder to write one file a country into; refuses to overwrite
        #[arg(long, value_name = "FOLDER")]
        out: PathBuf,
    },
    /// Tells who would be asked for an invented request, in which order, and why; stores and sends nothing
    #[command(
        after_help = "Try it: relais directory explain --demo --who woman --situation labour --place 69 --language ar"
    )]
    Explain(Box<explain::Wish>),
    /// Prints what may be published as Open Referral HSDS 3.0 JSON
    Export {
        #[command(flatten)]
        config: ConfigFile,
    },
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub(super) enum Format {
    /// Open Referral HSDS 3.0 JSON
    Hsds,
    /// Comma-separated values with a line of names
    Csv,
}

pub(super) fn run(command: Command) -> Result<(), Failure> {
    match command {
        Command::Sign { file, key, password_file } => sign(&file, &key, password_file),
        Command::Service { config, name } => service::write(&config.config, name),
        Command::Fingerprint { config, qr, json } => service::fingerprint(&config.config, qr, json),
        Command::Verify { config } => {
            let Verified { directory, weaknesses, extract } = verified(&config.config)?;
            tell(&weaknesses);
            print(format!("{} associations can be asked", directory.associations().len()));
            if let Some(extract) = extract {
                let Head { service, version, .. } = extract.head;
                print(format!("The list for desks of {service} is signed, version {version}"));
            }
            Ok(())
        }
        Command::Check { folder } => check(&folder),
        Command::List { config, json, bot } => list(&config.config, json, bot.as_deref()),
        Command::Import { file, format, country, out } => import(&file, format, country, &out),
        Command::Explain(wish) => explain::run(&wish),
        Command::Export { config } => {
            let export = verified(&config.config)?.directory.to_hsds(Clock::system().now().date_naive());
            print(serde_json::to_string_pretty(&export).unwrap_or_default());
            Ok(())
        }
    }
}

/// Reads the configuration and verifies the directory that it names.
pub(super) fn verified(config: &Path) -> Result<Verified, Failure> {
    let directory = Config::directory_of(config).map_err(failed)?;
    prepare::directory(&directory, Clock::system().now().date_naive()).map_err(failed)
}

fn tell(weaknesses: &[Weakness]) {
    for weakness in weaknesses {
        print(format!("weak: {weakness}"));
    }
}

fn sign(file: &Path, key: &Path, password_file: Option<PathBuf>) -> Result<(), Failure> {
    let secret = |path: &Path| {
        let told = |fault: std::io::Error| Failure::one(format!("{}: {}", path.display(), fault.kind()));
        fs::read_to_string(path).map(Zeroizing::new).map_err(told)
    };
    let password = match password_file {
        Some(path) => Some(SecretString::from(secret(&path)?.trim_end_matches(['\r', '\n']))),
        None => config::secret_in_environment("RELAIS_SIGN_PASSWORD"),
    };
    let named = |fault| Failure::one(format!("{}: the key {fault}", key.display()));
    let opened =
        SigningKey::open(&SecretString::from(secret(key)?.as_str()), password.as_ref()).map_err(named)?;
    let signed = sign_file(file, &opened, Clock::system().now())
        .map_err(|fault| Failure::one(format!("{}: {fault}", file.display())))?;
    tell(&signed.weaknesses);
    print(format!("Signed by {}: {}", signed.key, signed.signature.display()));
    match signed.extract {
        ExtractStep::Signed { version } => {
            print(format!("Signed with it: the list for desks, version {version}"));
        }
        ExtractStep::Waits { files } => {
            print(format!("The list for desks waits: the same key has to sign {} as well", files.join(", ")));
        }
        ExtractStep::NoService => print(
            "There is no list for desks: the operator writes service.toml with `relais directory service`, then sign \
             again",
        ),
    }
    Ok(())
}

fn check(folder: &Path) -> Result<(), Failure> {
    let checked = UntrustedDirectory::read(folder).check(Clock::system().now().date_naive());
    tell(&checked.weaknesses);
    if !checked.faults.is_empty() {
        return Err(Failure::all(checked.faults.iter().map(ToString::to_string).collect()));
    }
    print(format!("{} associations could be asked once it is signed", checked.routable));
    Ok(())
}

/// Reads the name of a bot: 5 to 32 of A-Z, a-z, 0-9 and `_` (<https://core.telegram.org/bots/features#botfather>).
fn bot_name(text: &str) -> Result<String, &'static str> {
    let name = text.trim_start_matches('@');
    let fits = |b: u8| b.is_ascii_alphanumeric() || b == b'_';
    let is_name = (5..=32).contains(&name.len()) && name.bytes().all(fits);
    is_name.then(|| name.to_owned()).ok_or("expected the name of a bot, such as \"relais_bot\"")
}

fn list(config: &Path, json: bool, bot: Option<&str>) -> Result<(), Failure> {
    let listed = verified(config)?.directory.list(Clock::system().now().date_naive(), bot);
    if json {
        print_json(&listed);
        return Ok(());
    }
    for entry in &listed {
        let state = if entry.routable { "" } else { "  (cannot be asked)" };
        print(format!("{:24} {} {}{state}", entry.id, entry.country, entry.name));
        match (&entry.link, bot) {
            (Some(link), _) => print(format!("{:24} {link}", "")),
            (None, Some(_)) => {
                print(format!("{:24} (no link: it cannot be asked, or wants not to be named)", ""));
            }
            (None, None) => {}
        }
    }
    Ok(())
}

fn import(file: &Path, format: Option<Format>, country: Option<Country>, out: &Path) -> Result<(), Failure> {
    let told = |fault: &dyn std::fmt::Display| Failure::one(format!("{}: {fault}", file.display()));
    let text = fs::read_to_string(file).map_err(|fault| told(&fault.kind()))?;
    let is_csv = file.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("csv"));
    let candidates = match format.unwrap_or(if is_csv { Format::Csv } else { Format::Hsds }) {
        Format::Csv => from_csv(&text),
        Format::Hsds => from_hsds(&text, country),
    };
    let candidates = candidates.map_err(|fault| told(&fault))?;
    let files: BTreeMap<PathBuf, String> = candidates_to_toml(&candidates)
        .into_iter()
        .map(|(country, text)| (out.join(format!("{}.toml", country.as_str().to_lowercase())), text))
        .collect();
    if let Some(there) = files.keys().find(|file| file.exists()) {
        return Err(Failure::one(format!("nothing was written: {} is there already", there.display())));
    }
    let written =
        |path: &Path, fault: &std::io::Error| Failure::one(format!("{}: {}", path.display(), fault.kind()));
    fs::create_dir_all(out).map_err(|fault| written(out, &fault))?;
    for (path, text) in &files {
        fs::write(path, text).map_err(|fault| written(path, &fault))?;
        print(format!("Written: {}", path.display()));
    }
    print(format!(
        "{} candidates. None is asked before someone has called, completed and signed it.",
        candidates.len()
    ));
    Ok(())
}
