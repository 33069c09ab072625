//! The association's keys: where they are, what protects them, and how a fresh one is made.

use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use age::x25519::Identity;
use secrecy::{ExposeSecret as _, SecretString};
use zeroize::Zeroizing;

use super::given;
use crate::cli::console::{Failure, failed, show};
use crate::cli::line::line;
use crate::clock::Clock;
use crate::config;
use crate::desk;
use crate::device::DeviceKey;
use crate::foreign::Foreign;

/// Where a passphrase may stand, beside a file.
const VARIABLE: &str = "RELAIS_DESK_PASSPHRASE";

/// With which keys a volunteer reads.
#[derive(Debug, clap::Args)]
pub(in crate::cli) struct Keys {
    /// A file with the association's age identity; may be given several times
    #[arg(short, long, required = true, env = "RELAIS_DESK_IDENTITY", value_name = "FILE")]
    identity: Vec<PathBuf>,
    /// A file that holds the passphrase of the identity; else `RELAIS_DESK_PASSPHRASE`, else it is asked for
    #[arg(long, value_name = "FILE")]
    passphrase_file: Option<PathBuf>,
}

impl Keys {
    /// Returns the first file of identities: what this device keeps stands beside it.
    pub(super) fn first(&self) -> Result<&Path, Failure> {
        let first = self.identity.first().map(PathBuf::as_path);
        first.ok_or_else(|| Failure::one("a file with one's key belongs here"))
    }

    /// Reads the identities, and unlocks those that are protected.
    pub(super) fn read(&self) -> Result<Vec<Identity>, Failure> {
        let mut held = Vec::new();
        for file in &self.identity {
            let name = file.display();
            let bytes = given::read(file)?;
            let found = if desk::is_protected(&bytes) {
                let passphrase = match given_passphrase(self.passphrase_file.as_deref())? {
                    Some(passphrase) => passphrase,
                    None => ask(&format!("Passphrase of {}: ", Foreign::name(&name.to_string()))).ok_or_else(|| {
                        Failure::one(format!(
                            "{name} is protected: put its passphrase into a file and give --passphrase-file, \
                             or set {VARIABLE}"
                        ))
                    })?,
                };
                desk::unlock(&bytes, &passphrase)
            } else {
                let text = std::str::from_utf8(&bytes)
                    .map_err(|_| Failure::one(format!("{name} is not a file of age identities")))?;
                desk::identities(&Zeroizing::new(text.to_owned()))
            };
            held.extend(found.map_err(|fault| Failure::one(format!("{name}: {fault}")))?);
        }
        Ok(held)
    }
}

fn given_passphrase(file: Option<&Path>) -> Result<Option<SecretString>, Failure> {
    if let Some(file) = file {
        return Ok(Some(SecretString::from(given::text(file)?.as_str())));
    }
    let passphrase = config::secret_in_environment(VARIABLE);
    if passphrase.as_ref().is_some_and(|passphrase| passphrase.expose_secret().is_empty()) {
        return Err(Failure::one(format!("{VARIABLE} is empty; set it to the passphrase, or unset it")));
    }
    Ok(passphrase)
}

/// Asks on the terminal; nothing where there is none.
fn ask(question: &str) -> Option<SecretString> {
    rpassword::prompt_password(question).ok().map(SecretString::from)
}

/// Makes a fresh key.
pub(super) fn generate(out: &Path, passphrase_file: Option<&Path>) -> Result<(), Failure> {
    let name = out.display();
    let there = || Failure::one(format!("nothing was written: {name} is there already"));
    if out.symlink_metadata().is_ok() {
        return Err(there());
    }
    let passphrase = match given_passphrase(passphrase_file)? {
        Some(passphrase) => Some(passphrase),
        None => ask_twice()?,
    };
    let protected = passphrase.is_some();
    let (file, key) = desk::generate(passphrase, Clock::system().now()).map_err(failed)?;
    desk::write_identity(out, &file).map_err(|fault| {
        if fault.kind() == ErrorKind::AlreadyExists {
            there()
        } else {
            Failure::one(format!("{name} cannot be written: {}", fault.kind()))
        }
    })?;
    show(line!("Written: {}", out));
    say(&key);
    show("Send the line to whoever keeps the directory, and compare the words on the phone.");
    if !protected {
        show("No passphrase protects this file: whoever has it can read the requests.");
    }
    Ok(())
}

fn ask_twice() -> Result<Option<SecretString>, Failure> {
    let Some(first) = ask("Passphrase (empty for none): ") else { return Ok(None) };
    if first.expose_secret().is_empty() {
        return Ok(None);
    }
    let again = ask("The same again: ");
    if again.is_some_and(|again| again.expose_secret() == first.expose_secret()) {
        Ok(Some(first))
    } else {
        Err(Failure::one("the two passphrases differ; nothing was written"))
    }
}

/// Says what stands for a key in the directory, and the words that are compared on the phone.
pub(super) fn say(key: &DeviceKey) {
    show(line!(
        "For the directory: {{ recipient = \"{}\", signing = \"{}\" }}",
        key.recipient(),
        key.public()
    ));
    show(line!("In words: {}", Foreign::name(&key.words())));
}
