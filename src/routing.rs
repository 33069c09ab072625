//! Routing: which association can help, in which order, and why. Pure.
//!
//! "Nearest" is only right after "can help": hard filters first, then an order in which distance comes last.
//! Signs never change it, equal input gives equal output, and every choice carries reasons that a volunteer
//! can read. Where no association fits, the national team does; where there is none, nobody.
//!
//! # Who has enough
//! An association with as many unanswered requests as it wishes is full, and passed over while another fits;
//! where all are full the national team takes the request, and where there is none the best of the full ones
//! gets it all the same. Where minutes count, nobody waits longer for that: a full association is passed over
//! only for one that answers as soon, and never for the team alone, which is then told beside it at once.

mod answer_time;
mod asked;
mod explain;
mod fit;
mod full;
mod near;
mod order;
mod proof;
mod reason;

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};

pub use answer_time::{respond_by, told_at_once};
pub use explain::{Considered, explain};
pub use fit::Unfit;
pub use full::{has_caps, who_is_full};
pub use proof::{proved_until, without_proof};
pub use reason::{MalformedReason, Reason};

use self::asked::Asked;
use self::order::Ranked;
use crate::directory::{Association, Directory};
use crate::ids::{AssociationId, Country};
use crate::record::Request;

/// How many others a route names at most: more than anyone is told of, for not all of them have a number.
pub const OTHERS: usize = 16;

/// What routing must know beside the directory and the request.
#[derive(Clone, Copy, Debug)]
pub struct Circumstances<'a> {
    /// The present time.
    pub now: DateTime<Utc>,
    /// The country that this service is for.
    pub country: Country,
    /// Associations that take nothing now, or have said no to this request.
    pub closed_to: &'a BTreeSet<AssociationId>,
    /// Associations with as many unanswered requests as they wish.
    pub full: &'a BTreeSet<AssociationId>,
}

/// Where a request goes.
#[derive(Debug)]
pub struct Route<'d> {
    /// Who is asked first.
    pub first: &'d Association,
    /// The first has as many unanswered requests as it wishes, and was asked all the same.
    pub is_full: bool,
    /// The national team, who can read it too and takes over where the first does not answer.
    pub team: Option<&'d Association>,
    /// Others that fit, next best first; [`OTHERS`] at most.
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
    let able = directory
        .working_in(asked.country)
        .filter_map(|association| Some(Ranked { rank: fit::rank(association, &asked).ok()?, association }));
    let mut ranked: Vec<Ranked<'_>> = able.collect();
    order::best_first(&mut ranked, 1 + OTHERS);
    let team = national_team(directory, &asked);
    let of = |ranked: &[Ranked<'d>]| ranked.iter().take(OTHERS).map(|one| one.association).collect();
    let team_first = team.filter(|_| order::is_for_the_team(&ranked, &asked));
    match (ranked.split_first(), team_first) {
        (Some((first, others)), None) => Some(Route {
            first: first.association,
            is_full: first.rank.full,
            team,
            others: of(others),
            reasons: order::reasons_of_first(first, &ranked, &asked),
        }),
        (_, team_first) => {
            let first = team_first.or(team)?;
            let reasons = order::reasons_of_team(first, &ranked, &asked);
            Some(Route { first, is_full: false, team: None, others: of(&ranked), reasons })
        }
    }
}

/// The national team of the person's country, else that of the service's own.
fn national_team<'d>(directory: &'d Directory, asked: &Asked<'_>) -> Option<&'d Association> {
    let today = asked.circumstances.now.date_naive();
    let of = |country: Country| {
        directory.teams().find(|team| {
            team.country == country
                && team.is_routable(today)
                && !asked.circumstances.closed_to.contains(&team.id)
        })
    };
    of(asked.country).or_else(|| of(asked.circumstances.country))
}
