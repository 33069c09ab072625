//! `relais directory service` and `relais directory fingerprint`: what the signers sign for beside the associations.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use qrcode::render::unicode::Dense1x2;
use qrcode::{EcLevel, QrCode};
use serde_json::json;

use super::verified;
use crate::cli::console::{Failure, failed, print_document, print_json, show};
use crate::cli::line::line;
use crate::config::{self, Config};
use crate::directory::{Published, ServiceFile, ServiceName, Trust, UntrustedDirectory, Verified};
use crate::foreign::Foreign;
use crate::sealing;

/// Writes `service.toml`, or brings its keys up to date.
pub(super) fn write(config: &Path, name: Option<ServiceName>) -> Result<(), Failure> {
    let config = Config::read(config).map_err(failed)?;
    let keys = config::key_file(&config.keys_file).map_err(failed)?;
    let folder = &config.directory.path;
    let directory = UntrustedDirectory::read(folder);
    // Where the file is lost, the signed list still says the name: with another one every desk would stop.
    let known =
        directory.service().map_err(failed)?.map(|known| known.name).or_else(|| directory.listed_name());
    if let (Some(known), Some(name)) = (&known, &name)
        && known != name
    {
        return Err(Failure::one(format!(
            "the service is called {known} already: devices that know this name believe no other"
        )));
    }
    let name = match known.or(name) {
        Some(name) => name,
        None => drawn()?,
    };
    let service = ServiceFile { name, server_keys: keys.published() };
    let file = folder.join("service.toml");
    fs::write(&file, service.text())
        .map_err(|fault| Failure::one(format!("{}: {}", file.display(), fault.kind())))?;
    show(line!("Written: {}", file));
    show(
        "Next: the signers compare the words of `relais keys show` with you on the phone, and sign each file:",
    );
    show("relais directory sign --help");
    Ok(())
}

/// Draws a name that no other service has.
pub(in crate::cli) fn drawn() -> Result<ServiceName, Failure> {
    let mut random = [0_u8; 4];
    sealing::random(&mut random).map_err(failed)?;
    let hex = random.iter().fold(String::new(), |mut text, byte| {
        // Writing into a text cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    });
    format!("relais-{hex}").parse().map_err(failed)
}

/// Says the words, one line for each key of the server that devices may meet.
pub(super) fn fingerprint(config: &Path, qr: bool, as_json: bool) -> Result<(), Failure> {
    let Verified { extract, .. } = verified(config)?;
    let extract = extract.ok_or_else(|| {
        Failure::one(
            "there is no signed list for desks: `relais directory service`, then `relais directory sign`",
        )
    })?;
    let directory = Config::directory_of(config).map_err(failed)?;
    let trust = Trust { keys: &directory.trusted_keys, threshold: directory.threshold };
    let words = Published::of(extract, &trust).fingerprints();
    let Some(newest) = words.first() else { return Ok(()) };
    if as_json {
        print_json(&json!({ "fingerprint": newest }));
        return Ok(());
    }
    show(line!("Words: {}", Foreign::name(newest)));
    if qr {
        print_document(&code(&address(config, newest)?)?);
    }
    Ok(())
}

/// Where a phone that reads the code goes: the words stand behind `#`, which no browser sends to a server.
fn address(config: &Path, words: &str) -> Result<String, Failure> {
    let url = Config::read(config).map_err(failed)?.desk.public_url;
    let url = url.ok_or_else(|| Failure::one("desk.public_url is not set: a QR has to lead somewhere"))?;
    let mut url = url.join("desk").map_err(failed)?;
    url.set_fragment(Some(&format!("trust={words}")));
    Ok(url.to_string())
}

fn code(text: &str) -> Result<String, Failure> {
    let code = QrCode::with_error_correction_level(text, EcLevel::M);
    let code = code.map_err(|_| Failure::one("this address is too long for a QR"))?;
    Ok(code.render::<Dense1x2>().dark_color(Dense1x2::Light).light_color(Dense1x2::Dark).build())
}
