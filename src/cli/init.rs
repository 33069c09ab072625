//! `relais init`: everything a service needs to begin, and nothing that stands already.

use std::fs;
use std::path::{Path, PathBuf};

use chrono::Months;

use super::console::{Failure, failed, show};
use super::directory::drawn;
use super::line::line;
use crate::clock::Clock;
use crate::config::write_private;
use crate::directory::ServiceFile;
use crate::sealing::KeyRing;

/// The configuration with every setting and what it means.
const CONFIGURATION: &str = include_str!("../../examples/relais.toml");
/// An entry of the directory to begin from.
const DIRECTORY: &str = include_str!("../../examples/associations.toml");

pub(super) fn run(folder: &Path) -> Result<(), Failure> {
    let today = Clock::system().now().date_naive();
    let keys = KeyRing::generate_file(today).map_err(failed)?;
    let later = today.checked_add_months(Months::new(6)).unwrap_or(today);
    let directory = DIRECTORY.replace("{today}", &today.to_string()).replace("{later}", &later.to_string());
    let ring = KeyRing::parse(&keys).map_err(failed)?;
    let service = ServiceFile { name: drawn()?, server_keys: ring.published() }.text();
    let token = "";
    let files: [(&str, &str, bool); 5] = [
        ("relais.toml", CONFIGURATION, false),
        ("secrets/relais.keys", &keys, true),
        ("secrets/telegram-token", token, true),
        ("directory/associations.toml", &directory, false),
        ("directory/service.toml", &service, false),
    ];
    refuse_to_overwrite(folder, files.iter().map(|(name, ..)| *name))?;
    for (name, content, private) in files {
        let file = folder.join(name);
        let written = make_folder(&file, private).and_then(|()| {
            if private { write_private(&file, content.as_bytes()) } else { fs::write(&file, content) }
        });
        written.map_err(|fault| Failure::one(format!("{}: {}", file.display(), fault.kind())))?;
    }
    let at = |name: &str| folder.join(name);
    show(line!("Written: {}, {}, {}", at("relais.toml"), at("secrets/"), at("directory/")));
    show("Next:");
    show(line!("  1. Put the token of @BotFather into {}", at("secrets/telegram-token")));
    show(line!("  2. Write your associations into {}", at("directory/associations.toml")));
    show("  3. Two people you trust sign it: relais directory sign --help");
    show(line!("  4. relais check --config {}", at("relais.toml")));
    show(line!("  5. relais serve --config {}", at("relais.toml")));
    show(line!("Keep a copy of {} in a safe place.", at("secrets/relais.keys")));
    Ok(())
}

fn refuse_to_overwrite<'a>(folder: &Path, names: impl Iterator<Item = &'a str>) -> Result<(), Failure> {
    let there: Vec<PathBuf> = names.map(|name| folder.join(name)).filter(|file| file.exists()).collect();
    if there.is_empty() {
        return Ok(());
    }
    let there: Vec<String> = there.iter().map(|file| file.display().to_string()).collect();
    Err(Failure::one(format!(
        "nothing was written: {} is there already; name another folder",
        there.join(", ")
    )))
}

fn make_folder(file: &Path, private: bool) -> std::io::Result<()> {
    let Some(folder) = file.parent() else { return Ok(()) };
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    if private {
        use std::os::unix::fs::DirBuilderExt as _;
        builder.mode(0o700);
    }
    builder.create(folder)
}
