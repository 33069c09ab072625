//! Routing: which association can help, in which order, and why. Pure.
//!
//! "Nearest" is only right after "can help": hard filters first, then an order in which distance comes last.
//! Signs never change it, equal input gives equal output, and every choice carries reasons that a volunteer
//! can read. Where no association fits, the national team does; where there is none, nobody.

mod answer_time;
mod fit;
mod proof;
mod reason;

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};

pub use answer_time::{respond_by, told_at_once};
pub use fit::Unfit;
pub use proof::{proved_until, without_proof};
pub use reason::{MalformedReason, Reason};

use self::fit::Fit;
use crate::directory::{Association, Directory, Role};
use crate::ids::{AssociationId, Country};
use crate::record::Request;
use crate::terms::Place;

/// What routing must know beside the directory and the request.
#[derive(Clone, Copy, Debug)]
pub struct Circumstances<'a> {
    /// The present time.
    pub now: DateTime<Utc>,
    /// The country that this service is for.
    pub country: Country,
    /// Associations that take nothing now, or have said no to this request.
    pub closed_to: &'a BTreeSet<AssociationId>,
}

/// Where a request goes.
#[derive(Debug)]
pub struct Route<'d> {
    /// Who is asked first.
    pub first: &'d Association,
    /// The national team, who can read it too and takes over where the first does not answer.
    pub team: Option<&'d Association>,
    /// Others that fit, next best first.
    pub others: Vec<&'d Association>,
    /// Why the first was chosen.
    pub reasons: Vec<Reason>,
}

/// Chooses who is asked. Nothing where neither an association nor a national team can take it.
#[must_use]
pub fn route<'d>(
    directory: &'d Directory,
    request: &Request,
    circumstances: &Circumstances<'_>,
) -> Option<Route<'d>> {
    let mut fitting: Vec<(Fit, &Association)> = directory
        .routable(circumstances.now.date_naive())
        .filter(|association| association.role == Role::Association)
        .filter_map(|association| {
            fit::fit(association, request, circumstances).ok().map(|fit| (fit, association))
        })
        .collect();
    fitting.sort_by(|(one, first), (other, second)| one.order(other).then_with(|| first.id.cmp(&second.id)));
    let team = national_team(directory, request, circumstances);
    let mut fitting = fitting.into_iter();
    if let Some((fit, first)) = fitting.next() {
        let others = fitting.map(|(_, association)| association).collect();
        return Some(Route { first, team, others, reasons: fit.reasons });
    }
    let team = team?;
    let reasons = vec![Reason::NationalTeam, fit::speaks(team, request)];
    Some(Route { first: team, team: None, others: Vec::new(), reasons })
}

/// The national team of the person's country, else that of the service's own.
fn national_team<'d>(
    directory: &'d Directory,
    request: &Request,
    circumstances: &Circumstances<'_>,
) -> Option<&'d Association> {
    let theirs = country_of(request.place, circumstances.country);
    let of = |country: Country| {
        directory.routable(circumstances.now.date_naive()).find(|association| {
            association.role == Role::NationalTeam
                && association.country == country
                && !circumstances.closed_to.contains(&association.id)
        })
    };
    of(theirs).or_else(|| of(circumstances.country))
}

/// The country whose associations are asked.
const fn country_of(place: Place, service: Country) -> Country {
    match place {
        Place::Abroad(country) => country,
        Place::Area(_) | Place::Department(_) | Place::Commune(_) => Country::FRANCE,
        Place::Unsaid => service,
    }
}
