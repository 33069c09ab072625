//! Why each association of a directory would be asked or not: for whoever keeps the directory.

use super::asked::Asked;
use super::fit::{self, Unfit};
use super::order::{self, Ranked};
use super::{Circumstances, Reason, national_team};
use crate::directory::{Association, Directory, Role};
use crate::record::Request;

/// An association that was considered for a request.
#[derive(Debug)]
pub struct Considered<'d> {
    /// Who.
    pub association: &'d Association,
    /// Why it stands in its place, or why it was left out.
    pub outcome: Result<Vec<Reason>, Unfit>,
}

/// Returns every association of the directory: those that would be asked in the order of [`super::route`], with
/// the national team that stands behind them, or before them where all are full; then those left out, in the
/// order of ids.
#[must_use]
pub fn explain<'d>(
    directory: &'d Directory,
    request: &Request,
    circumstances: &Circumstances<'_>,
) -> Vec<Considered<'d>> {
    let asked = Asked::of(request, circumstances);
    let team = national_team(directory, &asked);
    let mut ranked: Vec<Ranked<'_>> = Vec::new();
    let mut dropped = Vec::new();
    for association in directory.associations() {
        let unfit = match association.role {
            Role::Association => match fit::rank(association, &asked) {
                Ok(rank) => {
                    ranked.push(Ranked { rank, association });
                    continue;
                }
                Err(unfit) => unfit,
            },
            Role::NationalTeam if team.is_some_and(|team| team.id == association.id) => continue,
            Role::NationalTeam => team_unfit(association, &asked),
        };
        dropped.push(Considered { association, outcome: Err(unfit) });
    }
    let all = ranked.len();
    order::best_first(&mut ranked, all);
    let team_first = order::is_for_the_team(&ranked, &asked);
    let mut kept: Vec<Considered<'d>> = ranked.iter().map(|one| considered(one, &asked)).collect();
    if let Some(team) = team {
        let reasons = if team_first {
            order::reasons_of_team(team, &ranked, &asked)
        } else {
            fit::reasons_of_team(team, &asked)
        };
        let place = if team_first { 0 } else { kept.len() };
        kept.insert(place, Considered { association: team, outcome: Ok(reasons) });
    }
    if let (Some(first), Some(best)) = (kept.first_mut(), ranked.first())
        && first.association.id == best.association.id
    {
        first.outcome = Ok(order::reasons_of_first(best, &ranked, &asked));
    }
    kept.extend(dropped);
    kept
}

fn considered<'d>(one: &Ranked<'d>, asked: &Asked<'_>) -> Considered<'d> {
    Considered { association: one.association, outcome: Ok(fit::reasons(one.association, asked)) }
}

/// Why a national team is not the one that takes the request.
fn team_unfit(team: &Association, asked: &Asked<'_>) -> Unfit {
    if team.country != asked.country && team.country != asked.circumstances.country {
        Unfit::Country
    } else if !team.is_routable(asked.circumstances.now.date_naive()) {
        Unfit::Expired
    } else if asked.circumstances.closed_to.contains(&team.id) {
        Unfit::Closed
    } else {
        Unfit::OtherTeam
    }
}
