//! Routing: which association can help, in which order, and why. Pure.
//!
//! "Nearest" is only right after "can help": hard filters first, then an order in which distance comes last.
//! Signs never change it, equal input gives equal output, and every choice carries reasons that a volunteer
//! can read. Where no association fits, the national team does; where there is none, nobody.

mod answer_time;
mod asked;
mod explain;
mod fit;
mod near;
mod proof;
mod reason;

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};

pub use answer_time::{respond_by, told_at_once};
pub use explain::{Considered, explain};
pub use fit::Unfit;
pub use proof::{proved_until, without_proof};
pub use reason::{MalformedReason, Reason};

use self::asked::Asked;
use self::fit::Rank;
use crate::directory::{Association, Directory, Role};
use crate::ids::{AssociationId, Country};
use crate::record::Request;

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
    let asked = Asked::of(request, circumstances);
    let mut ranked: Vec<(Rank, &Association)> = directory
        .associations()
        .iter()
        .filter(|association| association.role == Role::Association)
        .filter_map(|association| Some((fit::rank(association, &asked).ok()?, association)))
        .collect();
    in_order(&mut ranked);
    let team = national_team(directory, &asked);
    let mut ranked = ranked.into_iter().map(|(_, association)| association);
    if let Some(first) = ranked.next() {
        return Some(Route { first, team, others: ranked.collect(), reasons: fit::reasons(first, &asked) });
    }
    let team = team?;
    Some(Route { first: team, team: None, others: Vec::new(), reasons: fit::reasons_of_team(team, &asked) })
}

/// Puts the best first; among equals the id decides, so that equal input gives equal output.
fn in_order(ranked: &mut [(Rank, &Association)]) {
    ranked.sort_unstable_by(|(one, first), (other, second)| {
        one.cmp(other).then_with(|| first.id.cmp(&second.id))
    });
}

/// The national team of the person's country, else that of the service's own.
fn national_team<'d>(directory: &'d Directory, asked: &Asked<'_>) -> Option<&'d Association> {
    let of = |country: Country| {
        directory.routable(asked.circumstances.now.date_naive()).find(|association| {
            association.role == Role::NationalTeam
                && association.country == country
                && !asked.circumstances.closed_to.contains(&association.id)
        })
    };
    of(asked.country).or_else(|| of(asked.circumstances.country))
}
