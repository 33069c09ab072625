//! Why a request was routed where it was, as codes that a record carries and a desk can say.

use std::fmt;
use std::str::FromStr;

use chrono::{DateTime, SecondsFormat, Utc};

use crate::terms::{Offer, Situation};

/// One reason. `Display` gives its code, such as `speaks:ro`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reason {
    /// Minutes count: the soonest to answer is asked first.
    Urgent,
    /// It was open when the request came, and closes then.
    OpenUntil(DateTime<Utc>),
    /// It was open when the request came, and does not close for a week.
    OpenAlways,
    /// It was closed when the request came, and opens then.
    AnswersFrom(DateTime<Utc>),
    /// It works on this problem.
    Serves(Situation),
    /// It works on every problem.
    Generalist,
    /// It is the national team.
    NationalTeam,
    /// It offers what is wanted first.
    Offers(Offer),
    /// It speaks the person's language (BCP 47 primary subtag).
    Speaks(String),
    /// It does not speak the person's language.
    SpeaksNot(String),
    /// It is in the person's département.
    SameDepartment,
    /// It is in a neighbouring département.
    Neighbour,
    /// It is in the person's area.
    SameArea,
    /// It works in the whole country.
    Nationwide,
    /// It covers the place, from another part of the country.
    CoversFromAfar,
    /// It is away from where the person is.
    FarAway,
    /// It is so many kilometres from the middle of the place that was given.
    DistanceKm(u16),
    /// It has as many unanswered requests as it wishes, and is asked where nobody else can be.
    Full,
    /// So many that would have come before it are full.
    Overflow(u16),
    /// So many requests came from the same chat within an hour, this one included. It says nothing against the
    /// person, and never changes the order.
    Repeated(u32),
}

/// A code that is no reason, or one of a newer version.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a reason code that this version knows")]
pub struct MalformedReason;

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Urgent => f.write_str("urgent"),
            Self::OpenUntil(moment) => write!(f, "open_until:{}", time(*moment)),
            Self::OpenAlways => f.write_str("open_always"),
            Self::AnswersFrom(moment) => write!(f, "answers_from:{}", time(*moment)),
            Self::Serves(situation) => write!(f, "serves:{situation}"),
            Self::Generalist => f.write_str("generalist"),
            Self::NationalTeam => f.write_str("national_team"),
            Self::Offers(offer) => write!(f, "offers:{offer}"),
            Self::Speaks(language) => write!(f, "speaks:{language}"),
            Self::SpeaksNot(language) => write!(f, "speaks_not:{language}"),
            Self::SameDepartment => f.write_str("same_department"),
            Self::Neighbour => f.write_str("neighbour"),
            Self::SameArea => f.write_str("same_area"),
            Self::Nationwide => f.write_str("nationwide"),
            Self::CoversFromAfar => f.write_str("covers_from_afar"),
            Self::FarAway => f.write_str("far_away"),
            Self::DistanceKm(km) => write!(f, "distance_km:{km}"),
            Self::Full => f.write_str("full"),
            Self::Overflow(full) => write!(f, "overflow:{full}"),
            Self::Repeated(number) => write!(f, "repeated:{number}"),
        }
    }
}

impl FromStr for Reason {
    type Err = MalformedReason;
    fn from_str(code: &str) -> Result<Self, MalformedReason> {
        let (name, value) = code.split_once(':').unwrap_or((code, ""));
        Ok(match name {
            "urgent" => Self::Urgent,
            "open_until" => Self::OpenUntil(moment(value)?),
            "open_always" => Self::OpenAlways,
            "answers_from" => Self::AnswersFrom(moment(value)?),
            "serves" => Self::Serves(value.parse().map_err(|_| MalformedReason)?),
            "generalist" => Self::Generalist,
            "national_team" => Self::NationalTeam,
            "offers" => Self::Offers(value.parse().map_err(|_| MalformedReason)?),
            "speaks" => Self::Speaks(value.to_owned()),
            "speaks_not" => Self::SpeaksNot(value.to_owned()),
            "same_department" => Self::SameDepartment,
            "neighbour" => Self::Neighbour,
            "same_area" => Self::SameArea,
            "nationwide" => Self::Nationwide,
            "covers_from_afar" => Self::CoversFromAfar,
            "far_away" => Self::FarAway,
            "distance_km" => Self::DistanceKm(value.parse().map_err(|_| MalformedReason)?),
            "full" => Self::Full,
            "overflow" => Self::Overflow(value.parse().map_err(|_| MalformedReason)?),
            "repeated" => Self::Repeated(value.parse().map_err(|_| MalformedReason)?),
            _ => return Err(MalformedReason),
        })
    }
}

fn time(moment: DateTime<Utc>) -> String {
    moment.to_rfc3339_opts(SecondsFormat::Secs, true)
}

fn moment(value: &str) -> Result<DateTime<Utc>, MalformedReason> {
    DateTime::parse_from_rfc3339(value).map(|moment| moment.to_utc()).map_err(|_| MalformedReason)
}
