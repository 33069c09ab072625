//! Why each association of a directory would be asked or not: for whoever keeps the directory.

use super::asked::Asked;
use super::fit::{self, Rank, Unfit};
use super::{Circumstances, Reason, in_order, national_team};
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

/// Returns every association of the directory: those that would be asked in the order of [`super::route`], then
/// the national team that stands behind them, then those left out, in the order of ids.
#[must_use]
pub fn explain<'d>(
    directory: &'d Directory,
    request: &Request,
    circumstances: &Circumstances<'_>,
) -> Vec<Considered<'d>> {
    let asked = Asked::of(request, circumstances);
    let team = national_team(directory, &asked);
    let mut ranked: Vec<(Rank, &Association)> = Vec::new();
    let mut dropped = Vec::new();
    for association in directory.associations() {
        let unfit = match association.role {
            Role::Association => match fit::rank(association, &asked) {
                Ok(rank) => {
                    ranked.push((rank, association));
                    continue;
                }
                Err(unfit) => unfit,
            },
            Role::NationalTeam if team.is_some_and(|team| team.id == association.id) => continue,
            Role::NationalTeam => team_unfit(association, &asked),
        };
        dropped.push(Considered { association, outcome: Err(unfit) });
    }
    in_order(&mut ranked);
    let kept = ranked
        .into_iter()
        .map(|(_, association)| Considered { association, outcome: Ok(fit::reasons(association, &asked)) });
    let team =
        team.map(|team| Considered { association: team, outcome: Ok(fit::reasons_of_team(team, &asked)) });
    kept.chain(team).chain(dropped).collect()
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
