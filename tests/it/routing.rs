//! Who is asked: never somebody who cannot help, always in the same order, and always with reasons.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::sync::LazyLock;

use chrono::{DateTime, Utc};
use proptest::prelude::*;
use proptest::sample::{Index, select, subsequence};
use relais::clock::Minute;
use relais::directory::{Directory, SigningKey, Trust, TrustedKey, UntrustedDirectory, UntrustedFile};
use relais::i18n::Catalog;
use relais::ids::{AssociationId, Country, Department};
use relais::locale::Locale;
use relais::place;
use relais::record::{About, CONSENT_VERSION, Consent, Request};
use relais::routing::{Circumstances, Reason, Unfit, explain, route};
use relais::terms::{Age, Area, Contact, Distance, Gender, Need, Offer, Place, Situation, Who};

mod caps;
mod explained;
mod policy;
mod properties;

/// An entry of a directory, and what its file says.
#[derive(Clone, Debug)]
struct Entry {
    id: String,
    team: bool,
    country: &'static str,
    place: &'static str,
    /// Départements; none is the whole country.
    coverage: Vec<&'static str>,
    generalist: bool,
    situations: Vec<Situation>,
    ages: Vec<Age>,
    genders: Vec<Gender>,
    children: bool,
    offers: Vec<Offer>,
    languages: Vec<&'static str>,
    hours: &'static str,
    until: &'static str,
    cap: Option<u32>,
}

impl Entry {
    /// Works in the whole of France, for everyone, on everything; speaks French.
    fn new(id: &str) -> Self {
        Self {
            id: id.to_owned(),
            team: false,
            country: "FR",
            place: "75056",
            coverage: Vec::new(),
            generalist: false,
            situations: Situation::ALL.to_vec(),
            ages: vec![Age::Adult, Age::Minor],
            genders: Gender::ALL.to_vec(),
            children: true,
            offers: Offer::ALL.to_vec(),
            languages: vec!["fr"],
            hours: "Mo-Fr 09:00-18:00; PH off",
            until: "2027-10-01",
            cap: None,
        }
    }

    fn at(self, place: &'static str, coverage: &[&'static str]) -> Self {
        Self { place, coverage: coverage.to_vec(), ..self }
    }

    fn department(&self) -> Option<Department> {
        let code = self.place.get(..if self.place.starts_with("97") { 3 } else { 2 })?;
        (self.country == "FR").then(|| code.parse().unwrap())
    }

    fn is_nationwide(&self) -> bool {
        self.coverage.is_empty()
    }

    fn text(&self) -> String {
        let codes = |codes: Vec<&str>| format!("{codes:?}");
        let place = match self.country {
            "FR" => format!("{:?}", self.place),
            _ => "{ lat = 50.85, lon = 4.35 }".to_owned(),
        };
        let coverage =
            if self.is_nationwide() { format!("{:?}", self.country) } else { codes(self.coverage.clone()) };
        let [one, other] = &*RECIPIENTS;
        let cap = self.cap.map(|cap| format!("intake_cap = {cap}\n")).unwrap_or_default();
        format!(
            r#"
[[association]]
id = "{}"
name = "Association {}"
country = "{}"
place = {place}
coverage = {coverage}
generalist = {}
serves = {{ situations = {}, ages = {}, genders = {}, children = {} }}
offers = {}
languages = {}
opening_hours = "{}"
role = "{}"
recipients = ["{one}", "{other}"]
vetting = {{ by = ["One", "Two"], on = 2026-10-01, until = {} }}
{cap}"#,
            self.id,
            self.id,
            self.country,
            self.generalist,
            codes(self.situations.iter().map(|term| term.code()).collect()),
            codes(self.ages.iter().map(|term| term.code()).collect()),
            codes(self.genders.iter().map(|term| term.code()).collect()),
            self.children,
            codes(self.offers.iter().map(|term| term.code()).collect()),
            codes(self.languages.clone()),
            self.hours,
            if self.team { "national_team" } else { "association" },
            self.until,
        )
    }
}

static RECIPIENTS: LazyLock<[String; 2]> =
    LazyLock::new(|| std::array::from_fn(|_| age::x25519::Identity::generate().to_public().to_string()));

/// Signs and verifies files of entries.
fn directory_of(files: &[&[Entry]]) -> Directory {
    let key = SigningKey::throw_away().unwrap();
    let trusted = [TrustedKey::parse(&key.public().unwrap()).unwrap()];
    let file = |(number, entries): (usize, &&[Entry])| {
        let mut text = String::from("[directory]\nissued = 2026-11-01\nuntil = 2027-11-01\n");
        for entry in *entries {
            write!(text, "{}", entry.text()).unwrap();
        }
        let name = format!("part{number}.toml");
        let signature = key.sign(text.as_bytes(), &name, 0).unwrap();
        UntrustedFile { signatures: vec![(format!("{name}.minisig"), signature)], name, content: text.into() }
    };
    let files = files.iter().enumerate().map(file).collect();
    let today = "2026-11-25".parse().unwrap();
    UntrustedDirectory::of(files).verify(&Trust { keys: &trusted, threshold: 1 }, today).unwrap().directory
}

fn directory(entries: &[Entry]) -> Directory {
    directory_of(&[entries])
}

/// A Wednesday, in everyone's hours.
const MORNING: &str = "2026-11-25T10:00:00Z";

fn moment(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

fn oneself(who: Who, situation: Situation, need: Option<Need>) -> About {
    About::Oneself { who: Some(who), situation: Some(situation), need }
}

fn request(about: About, place: Place) -> Request {
    Request {
        consent: Consent::given(CONSENT_VERSION, Minute::of(moment(MORNING))),
        locale: Locale::FRENCH,
        danger: false,
        about,
        place,
        distance: Distance::Near,
        contact: Contact::AnyTime,
        campaign: None,
    }
}

fn department(code: &str) -> Place {
    Place::Department(code.parse().unwrap())
}

static NONE: BTreeSet<AssociationId> = BTreeSet::new();

/// Circumstances in which nobody is closed or full.
fn at(now: &str) -> Circumstances<'static> {
    Circumstances { now: moment(now), country: Country::FRANCE, closed_to: &NONE, full: &NONE }
}

/// The ids of everyone that is asked, in their order, at a moment.
fn asked(directory: &Directory, request: &Request, now: &str) -> Vec<String> {
    asked_in(directory, request, &at(now))
}

fn asked_in(directory: &Directory, request: &Request, circumstances: &Circumstances<'_>) -> Vec<String> {
    let route = route(directory, request, circumstances).unwrap();
    [route.first].into_iter().chain(route.others).map(|association| association.id.to_string()).collect()
}
