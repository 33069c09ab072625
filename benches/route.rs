//! What choosing an association costs, in directories from a small country's to more than there are.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use chrono::{DateTime, Utc};
use relais::clock::Minute;
use relais::directory::{Directory, SigningKey, Trust, TrustedKey, UntrustedDirectory, UntrustedFile};
use relais::ids::Country;
use relais::locale::Locale;
use relais::record::{About, CONSENT_VERSION, Consent, Request};
use relais::routing::{Circumstances, explain, route};
use relais::terms::{Contact, Distance, Need, Place, Situation, Who};

/// How many associations a directory has.
const SIZES: [usize; 4] = [100, 1_000, 10_000, 100_000];

/// Thirty countries, France first.
const COUNTRIES: [&str; 30] = [
    "FR", "BE", "DE", "ES", "IT", "PT", "NL", "LU", "AT", "IE", "DK", "SE", "FI", "PL", "CZ", "SK", "HU",
    "RO", "BG", "GR", "HR", "SI", "EE", "LV", "LT", "CY", "MT", "CH", "NO", "GB",
];

/// Towns of France and the département of each.
const TOWNS: [(&str, &str); 6] =
    [("69123", "69"), ("13055", "13"), ("75056", "75"), ("38185", "38"), ("59350", "59"), ("97411", "974")];

fn main() {
    divan::main();
}

fn now() -> DateTime<Utc> {
    DateTime::from_timestamp(1_795_518_000, 0).unwrap_or_default()
}

/// A directory whose associations lie in the first of the countries, in turn.
fn directory(size: usize, countries: usize) -> Directory {
    signed(&text(size, countries)).unwrap_or_else(|| std::process::exit(1))
}

fn text(size: usize, countries: usize) -> String {
    let recipients = [(), ()].map(|()| age::x25519::Identity::generate().to_public().to_string());
    let mut text = String::from("[directory]\nissued = 2026-11-01\nuntil = 2027-11-01\n");
    let numbered = (0..size).zip(COUNTRIES.iter().take(countries).cycle()).zip(TOWNS.iter().cycle());
    for ((number, country), (town, department)) in numbered {
        let (place, coverage) = match *country {
            "FR" => (format!("{town:?}"), format!("[{department:?}, \"69\"]")),
            _ => ("{ lat = 50.85, lon = 4.35 }".to_owned(), format!("{country:?}")),
        };
        let _ = write!(
            text,
            r#"
[[association]]
id = "association-{number}"
name = "Association {number}"
country = "{country}"
place = {place}
coverage = {coverage}
serves = {{ situations = ["labour", "domestic"], ages = ["adult"], genders = ["woman", "man"], children = true }}
offers = ["legal", "talk"]
languages = ["fr", "en", "ar"]
opening_hours = "Mo-Fr 09:00-18:00; PH off"
time_zone = "Europe/Paris"
recipients = {recipients:?}
vetting = {{ by = ["One", "Two"], on = 2026-10-01, until = 2027-10-01 }}
"#
        );
    }
    text
}

fn signed(text: &str) -> Option<Directory> {
    let key = SigningKey::throw_away().ok()?;
    let trusted = [TrustedKey::parse(&key.public().ok()?).ok()?];
    let signature = key.sign(text.as_bytes(), "all.toml", 0).ok()?;
    let file = UntrustedFile {
        name: "all.toml".into(),
        content: text.into(),
        signatures: vec![("all.toml.minisig".into(), signature)],
    };
    let trust = Trust { keys: &trusted, threshold: 1 };
    Some(UntrustedDirectory::of(vec![file]).verify(&trust, now().date_naive()).ok()?.directory)
}

fn request(danger: bool) -> Request {
    Request {
        consent: Consent::given(CONSENT_VERSION, Minute::of(now())),
        locale: Locale::ARABIC,
        danger,
        about: About::Oneself {
            who: Some(Who::Woman),
            situation: Some(Situation::Labour),
            need: Some(Need::Talk),
        },
        place: "69".parse().map_or(Place::Unsaid, Place::Department),
        distance: Distance::Near,
        contact: Contact::AnyTime,
        campaign: None,
    }
}

fn choose(bencher: divan::Bencher<'_, '_>, directory: &Directory, danger: bool) {
    let (request, closed_to) = (request(danger), BTreeSet::new());
    let circumstances =
        Circumstances { now: now(), country: Country::FRANCE, closed_to: &closed_to, full: &closed_to };
    bencher.bench_local(|| route(directory, &request, &circumstances).map(|route| route.others.len()));
}

/// Associations of thirty countries.
#[divan::bench(args = SIZES)]
fn thirty_countries(bencher: divan::Bencher<'_, '_>, size: usize) {
    choose(bencher, &directory(size, COUNTRIES.len()), false);
}

/// The same, where minutes count and opening hours are looked up.
#[divan::bench(args = SIZES)]
fn thirty_countries_in_danger(bencher: divan::Bencher<'_, '_>, size: usize) {
    choose(bencher, &directory(size, COUNTRIES.len()), true);
}

/// All of them in the person's country.
#[divan::bench(args = SIZES)]
fn one_country(bencher: divan::Bencher<'_, '_>, size: usize) {
    choose(bencher, &directory(size, 1), false);
}

/// The same, where minutes count.
#[divan::bench(args = SIZES)]
fn one_country_in_danger(bencher: divan::Bencher<'_, '_>, size: usize) {
    choose(bencher, &directory(size, 1), true);
}

/// Reasons for everyone.
#[divan::bench(args = SIZES)]
fn everyone_explained(bencher: divan::Bencher<'_, '_>, size: usize) {
    let directory = directory(size, COUNTRIES.len());
    let (request, closed_to) = (request(false), BTreeSet::new());
    let circumstances =
        Circumstances { now: now(), country: Country::FRANCE, closed_to: &closed_to, full: &closed_to };
    bencher.bench_local(|| explain(&directory, &request, &circumstances).len());
}
