//! `relais directory explain`: who would be asked for an invented request, in which order, and why.
//!
//! With a configuration it also reads, and only reads, who has paused, who is full and whose proof of reading is
//! too old.

mod pauses;

use std::ops::RangeInclusive;
use std::str::FromStr;

use chrono::{DateTime, Datelike as _, NaiveDate, NaiveDateTime, TimeZone as _, Utc};
use chrono_tz::Europe::Paris;
use clap::builder::{PossibleValuesParser, TypedValueParser};
use serde::Serialize;

use self::pauses::Pauses;
use super::super::console::{Failure, failed, print_json, show};
use super::super::line::line;
use super::super::{ConfigFile, prepare};
use crate::clock::{Clock, Minute};
use crate::config::Config;
use crate::desk;
use crate::directory::{Demo, Directory};
use crate::foreign::Foreign;
use crate::i18n::Catalog;
use crate::ids::{AssociationId, Commune, Country, Department};
use crate::locale::Locale;
use crate::place;
use crate::record::{About, CONSENT_VERSION, Consent, Request};
use crate::routing::{self, Circumstances, Considered, Reason, Unfit};
use crate::terms::{Area, Contact, Distance, Need, Place, Situation, Term, UnknownTerm, Who};

/// What the minutes of a record reach.
const YEARS: RangeInclusive<i32> = 2025..=2055;

/// An invented request. Invent it: what a person really said is never typed here.
#[derive(Debug, clap::Args)]
pub(in crate::cli) struct Wish {
    /// Who needs help
    #[arg(long, value_parser = term(Who::code))]
    who: Option<Who>,
    /// What happens to them
    #[arg(long, value_parser = term(Situation::code))]
    situation: Option<Situation>,
    /// What they want first
    #[arg(long, value_parser = term(Need::code))]
    need: Option<Need>,
    /// Where they are: a commune (13055), a département (69), an area (area:alps), or a country (BE)
    #[arg(long, value_parser = place, default_value = "unsaid")]
    place: Place,
    /// The language that they read
    #[arg(long, value_name = "TAG", default_value = "fr")]
    language: Locale,
    /// They want to be far from there
    #[arg(long)]
    far: bool,
    /// They are in danger
    #[arg(long)]
    danger: bool,
    /// When, in the time of Paris, such as 2026-12-25T22:00; now where absent
    #[arg(long, value_name = "TIME", value_parser = moment)]
    at: Option<DateTime<Utc>>,
    /// The country that the service is for: that of the configuration where absent, else FR
    #[arg(long)]
    country: Option<Country>,
    #[command(flatten)]
    source: Source,
    /// Prints JSON
    #[arg(long)]
    json: bool,
}

/// Whose associations are looked at.
#[derive(Debug, clap::Args)]
struct Source {
    /// Asks the invented associations of the demonstration: needs no configuration
    #[arg(long)]
    demo: bool,
    #[command(flatten)]
    config: ConfigFile,
}

/// An association as it is printed.
#[derive(Serialize)]
struct Line<'a> {
    id: &'a AssociationId,
    name: &'a str,
    kept: bool,
    /// Codes of the reasons, or of why it was left out.
    codes: Vec<String>,
    /// The same in words.
    says: Vec<String>,
}

pub(super) fn run(wish: &Wish) -> Result<(), Failure> {
    let now = wish.at.unwrap_or_else(|| Clock::system().now());
    let catalog = Catalog::load().map_err(failed)?;
    let Known { directory, country, pauses } = Known::of(wish, now)?;
    let (closed_to, full) = (pauses.closed_to(), pauses.full());
    let circumstances = Circumstances { now, country, closed_to: &closed_to, full: &full };
    let considered = routing::explain(&directory, &wish.request(now), &circumstances);
    let say = Say { catalog, today: now.with_timezone(&Paris).date_naive(), pauses: &pauses };
    let lines: Vec<Line<'_>> = considered.iter().map(|one| say.line(one)).collect();
    if wish.json {
        print_json(&lines);
    } else {
        table(&lines);
        show(pauses.says());
    }
    Ok(())
}

fn table(lines: &[Line<'_>]) {
    let (kept, dropped): (Vec<_>, Vec<_>) = lines.iter().partition(|line| line.kept);
    show(if kept.is_empty() {
        "Nobody is asked: the person gets the public numbers, and nothing is stored."
    } else {
        "Asked, in this order:"
    });
    for (number, line) in kept.iter().enumerate() {
        show(line!("{:>3}. {}  {}", number + 1, line.id, Foreign::name(line.name)));
        show(line!("     {}", Foreign::text(&line.says.join(", "))));
    }
    if !dropped.is_empty() {
        show("Left out:");
    }
    for line in dropped {
        show(line!("  -  {}: {}", line.id, Foreign::text(&line.says.join(", "))));
    }
}

/// What a choice is made from.
struct Known {
    directory: Directory,
    country: Country,
    pauses: Pauses,
}

impl Known {
    fn of(wish: &Wish, now: DateTime<Utc>) -> Result<Self, Failure> {
        if wish.source.demo {
            let today = now.date_naive();
            let verified = Demo::prepare(today).and_then(|demo| demo.verify(today)).map_err(failed)?;
            let country = wish.country.unwrap_or(Country::FRANCE);
            return Ok(Self { directory: verified.directory, country, pauses: Pauses::of_demo() });
        }
        let config = Config::routing_of(&wish.source.config.config).map_err(failed)?;
        let verified = prepare::directory(&config.directory, Clock::system().now().date_naive());
        let directory = verified.map_err(failed)?.directory;
        let pauses = Pauses::read(&config, &directory, now)?;
        Ok(Self { directory, country: wish.country.unwrap_or(config.country), pauses })
    }
}

impl Wish {
    fn request(&self, now: DateTime<Utc>) -> Request {
        Request {
            campaign: None,
            consent: Consent::given(CONSENT_VERSION, Minute::of(now)),
            locale: self.language,
            danger: self.danger,
            about: About::Oneself { who: self.who, situation: self.situation, need: self.need },
            place: self.place,
            distance: if self.far { Distance::Far } else { Distance::Near },
            contact: Contact::AnyTime,
        }
    }
}

/// How the outcome is said.
struct Say<'p> {
    catalog: Catalog,
    today: NaiveDate,
    pauses: &'p Pauses,
}

impl Say<'_> {
    fn line<'a>(&self, considered: &Considered<'a>) -> Line<'a> {
        let association = considered.association;
        let reason =
            |reason: &Reason| self.catalog.label(Locale::ENGLISH, &desk::reason(reason, Some(self.today)));
        let (codes, says) = match &considered.outcome {
            Ok(reasons) => {
                (reasons.iter().map(ToString::to_string).collect(), reasons.iter().map(reason).collect())
            }
            Err(unfit) => {
                let (code, says) = left_out(*unfit);
                let known = self.pauses.why_closed(&association.id).filter(|_| *unfit == Unfit::Closed);
                let says = known.unwrap_or_else(|| says.to_owned());
                (vec![code.to_owned()], vec![says])
            }
        };
        Line { id: &association.id, name: &association.name, kept: considered.outcome.is_ok(), codes, says }
    }
}

const fn left_out(unfit: Unfit) -> (&'static str, &'static str) {
    match unfit {
        Unfit::Expired => ("expired", "its vetting or its file does not hold on that day"),
        Unfit::Closed => ("closed", "it takes nothing now, or has said no"),
        Unfit::Country => ("country", "it works in another country"),
        Unfit::Age => ("age", "it does not serve this age"),
        Unfit::Gender => ("gender", "it does not serve this gender"),
        Unfit::Children => ("children", "it does not serve people with children"),
        Unfit::Situation => ("situation", "it does not work on this problem"),
        Unfit::Place => ("place", "it does not cover this place"),
        Unfit::TooNear => ("too_near", "it is too near, and the person wants to be far away"),
        Unfit::OtherTeam => ("other_team", "another national team takes this request"),
    }
}

/// Reads the code of a term; a wrong one is answered with the whole list.
fn term<T>(code: fn(T) -> &'static str) -> impl TypedValueParser<Value = T>
where
    T: Term + FromStr<Err = UnknownTerm> + Send + Sync,
{
    let codes = T::LIST.iter().map(|&term| code(term));
    PossibleValuesParser::new(codes).try_map(|code| code.parse::<T>())
}

fn place(text: &str) -> Result<Place, String> {
    if text == "unsaid" {
        return Ok(Place::Unsaid);
    }
    if let Some(area) = text.strip_prefix("area:") {
        let codes: Vec<&str> = Area::ALL.iter().map(|area| area.code()).collect();
        return area.parse().map(Place::Area).map_err(|_| format!("the areas are {}", codes.join(", ")));
    }
    if let Ok(department) = text.parse::<Department>() {
        let known = place::name(department).map(|_| Place::Department(department));
        return known.ok_or_else(|| "there is no such département".to_owned());
    }
    if let Ok(commune) = text.parse::<Commune>() {
        let known = place::commune(commune).map(|_| Place::Commune(commune));
        return known.ok_or_else(|| "there is no such commune; relais place NAME finds its code".to_owned());
    }
    match text.parse::<Country>() {
        Ok(Country::FRANCE) => Err("in France, name a département, a commune or an area".to_owned()),
        Ok(country) => Ok(Place::Abroad(country)),
        Err(_) => Err("expected a commune (13055), a département (69), an area (area:alps) or a country (BE); relais place NAME finds a commune's code".to_owned()),
    }
}

fn moment(text: &str) -> Result<DateTime<Utc>, &'static str> {
    let moment = if let Ok(moment) = DateTime::parse_from_rfc3339(text) {
        moment.to_utc()
    } else {
        let local = NaiveDateTime::parse_from_str(text, "%Y-%m-%dT%H:%M");
        let local = local.map_err(|_| "expected a time such as 2026-12-25T22:00")?;
        let moment = Paris.from_local_datetime(&local).earliest();
        moment.ok_or("the clocks skip this hour in Paris")?.to_utc()
    };
    if YEARS.contains(&moment.year()) { Ok(moment) } else { Err("expected a year from 2025 to 2055") }
}
