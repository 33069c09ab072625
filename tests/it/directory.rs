//! The directory: only what enough people have signed for comes out, and every fault is told.

mod anything;
mod dates;
mod demo;
mod exchange;
mod extract;
mod format;
mod numbers;
mod signing;

use std::path::Path;

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use relais::directory::{
    Demo, Directory, KeyFault, SigningKey, Trust, TrustedKey, UntrustedDirectory, UntrustedFile, Verified,
    Weak, Wrong, candidates_to_toml, from_csv, from_hsds, sign_file,
};
use relais::ids::Country;
use secrecy::SecretString;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn today() -> NaiveDate {
    day("2026-11-25")
}

fn at(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

/// Fresh recipients, as they stand in a file.
fn recipients() -> String {
    let one = || age::x25519::Identity::generate().to_public().to_string();
    format!("[\"{}\", \"{}\"]", one(), one())
}

/// A sound entry.
fn entry(id: &str) -> String {
    format!(
        r#"
[[association]]
id = "{id}"
name = "Association d'exemple, Lyon"
country = "FR"
place = "69123"
coverage = ["69", "01", "38", "42"]
generalist = false
serves = {{ situations = ["labour", "domestic"], ages = ["adult"], genders = ["woman", "man", "other"], children = true }}
offers = ["shelter", "legal"]
languages = ["fr", "en", "ar"]
opening_hours = "Mo-Fr 09:00-18:00; PH off"
phone = {{ number = "+33 4 65 71 12 06", verified_on = 2026-11-02, verified_by = "A volunteer", source = "a call", until = 2027-05-01 }}
display = "phone"
role = "association"
recipients = {}
volunteers_chat = -1001234567890
vetting = {{ by = ["One", "Two"], on = 2026-10-01, until = 2027-10-01 }}
"#,
        recipients()
    )
}

const HEADER: &str = "[directory]\nissued = 2026-11-01\nuntil = 2027-11-01\n";

fn file(text: &str, keys: &[&SigningKey]) -> UntrustedFile {
    let sign = |(number, key): (usize, &&SigningKey)| {
        let text = key.sign(text.as_bytes(), "lyon.toml", 0).unwrap();
        (format!("lyon.toml.{number}.minisig"), text)
    };
    let signatures = keys.iter().enumerate().map(sign).collect();
    UntrustedFile { name: "lyon.toml".into(), content: text.into(), signatures }
}

fn keys(count: usize) -> (Vec<SigningKey>, Vec<TrustedKey>) {
    let secret: Vec<SigningKey> = (0..count).map(|_| SigningKey::throw_away().unwrap()).collect();
    let public = secret.iter().map(|key| TrustedKey::parse(&key.public().unwrap()).unwrap()).collect();
    (secret, public)
}

fn verify_with(file: UntrustedFile, keys: &[TrustedKey], threshold: u32) -> Result<Verified, Vec<Wrong>> {
    let directory = UntrustedDirectory::of(vec![file]);
    let verified = directory.verify(&Trust { keys, threshold }, today());
    verified.map_err(|faults| faults.0.into_iter().map(|fault| fault.wrong).collect())
}

/// Signs and verifies a text with one key.
fn verify(text: &str) -> Result<Verified, Vec<Wrong>> {
    let (secret, public) = keys(1);
    verify_with(file(text, &[&secret[0]]), &public, 1)
}

/// Every complaint about the format of a text.
fn complaints(text: &str) -> Vec<String> {
    let checked = UntrustedDirectory::of(vec![file(text, &[])]).check(today());
    checked.faults.iter().map(ToString::to_string).collect()
}

fn weaknesses(text: &str) -> Vec<Weak> {
    let checked = UntrustedDirectory::of(vec![file(text, &[])]).check(today());
    assert_eq!(checked.faults, []);
    checked.weaknesses.into_iter().map(|weakness| weakness.weak).collect()
}

/// What the environment sets for tests.
#[expect(clippy::disallowed_methods, reason = "tests have no configuration")]
fn set(variable: &str) -> Option<std::ffi::OsString> {
    std::env::var_os(variable)
}
