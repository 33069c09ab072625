//! The order of those that can help, and what full ones change about it.

use std::cmp::Ordering;

use super::Reason;
use super::asked::Asked;
use super::fit::{self, Rank};
use crate::directory::Association;

/// An association that can help, and how well.
#[derive(Clone, Copy)]
pub(super) struct Ranked<'d> {
    pub(super) rank: Rank,
    pub(super) association: &'d Association,
}

impl Ranked<'_> {
    /// The better comes first; among equals the id decides, so that equal input gives equal output.
    fn compare(&self, other: &Self) -> Ordering {
        self.rank.cmp(&other.rank).then_with(|| self.association.id.cmp(&other.association.id))
    }

    /// Returns whether it would come before another if nobody were full.
    fn would_precede(&self, other: &Self) -> bool {
        let order = self.rank.unless_full().cmp(&other.rank.unless_full());
        order.then_with(|| self.association.id.cmp(&other.association.id)) == Ordering::Less
    }
}

/// Puts the best of them first, in their order; behind those the rest stands as it happens to.
pub(super) fn best_first(ranked: &mut [Ranked<'_>], best: usize) {
    if best < ranked.len() {
        ranked.select_nth_unstable_by(best, Ranked::compare);
    }
    if let Some(best) = ranked.get_mut(..best.min(ranked.len())) {
        best.sort_unstable_by(Ranked::compare);
    }
}

/// Returns whether the national team takes the request although some could help: all of them are full, and
/// nobody waits for minutes.
pub(super) fn is_for_the_team(ranked: &[Ranked<'_>], asked: &Asked<'_>) -> bool {
    ranked.first().is_none_or(|first| first.rank.full && !asked.request.is_urgent())
}

/// Returns why the first was chosen, and how many full ones were passed over for it.
pub(super) fn reasons_of_first(first: &Ranked<'_>, ranked: &[Ranked<'_>], asked: &Asked<'_>) -> Vec<Reason> {
    let mut reasons = fit::reasons(first.association, asked);
    let passed_over = |one: &&Ranked<'_>| one.rank.full && one.would_precede(first);
    if !first.rank.full {
        reasons.extend(overflow(ranked.iter().filter(passed_over).count()));
    }
    reasons
}

/// Returns why the national team was chosen, and how many full ones were passed over for it.
pub(super) fn reasons_of_team(team: &Association, ranked: &[Ranked<'_>], asked: &Asked<'_>) -> Vec<Reason> {
    let mut reasons = fit::reasons_of_team(team, asked);
    reasons.extend(overflow(ranked.len()));
    reasons
}

fn overflow(full: usize) -> Option<Reason> {
    (full > 0).then(|| Reason::Overflow(u16::try_from(full).unwrap_or(u16::MAX)))
}
