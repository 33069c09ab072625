//! Whether one association can help with one request, how well, and why.

use super::Reason;
use super::answer_time::wait;
use super::asked::{Asked, primary};
use super::near::{self, Band};
use crate::directory::{Association, Closes, Coverage};
use crate::terms::{Age, Gender, Who};

/// Why an association cannot take a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unfit {
    /// Its vetting, or the file it stands in, no longer holds.
    Expired,
    /// It takes nothing now, or has said no to this request.
    Closed,
    /// It works in another country.
    Country,
    /// It does not serve this age.
    Age,
    /// It does not serve this gender.
    Gender,
    /// It does not serve people with children.
    Children,
    /// It does not work on this problem.
    Situation,
    /// It does not cover this place.
    Place,
    /// It is near, or nobody knows how near, and the person wants to be far from there.
    TooNear,
    /// It is a national team, and another one takes this request.
    OtherTeam,
}

/// How well an association fits: smaller is better, from the first field to the last.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Rank {
    /// How soon it answers, in steps that mean something; always 0 where nothing is urgent.
    wait: u16,
    /// It has as many unanswered requests as it wishes.
    pub(super) full: bool,
    speaks_not: bool,
    /// How many of problem and need it is not made for.
    misses: u8,
    band: Band,
    /// The farthest where it is not known.
    distance_km: u16,
}

impl Rank {
    /// Returns the rank it would have if it were not full.
    pub(super) const fn unless_full(self) -> Self {
        Self { full: false, ..self }
    }
}

/// Ranks an association that can help, or says why it cannot. Builds no text, for it is asked of everyone, and
/// looks at hours and distance last, which cost most.
pub(super) fn rank(association: &Association, asked: &Asked<'_>) -> Result<Rank, Unfit> {
    let everywhere = matches!(association.coverage, Coverage::All);
    if association.country != asked.country && !everywhere {
        return Err(Unfit::Country);
    }
    let circumstances = asked.circumstances;
    if !association.is_routable(asked.today) {
        return Err(Unfit::Expired);
    }
    if circumstances.closed_to.contains(&association.id) {
        return Err(Unfit::Closed);
    }
    serves(association, asked)?;
    let (band, _) = near::band(association, asked)?;
    let wait = if asked.request.is_urgent() { wait(association, circumstances.now) } else { 0 };
    Ok(Rank {
        wait,
        full: circumstances.full.contains(&association.id),
        speaks_not: !speaks(association, asked),
        misses: u8::from(!is_made_for(association, asked)) + u8::from(!offers(association, asked)),
        band,
        distance_km: near::distance_km(association, asked).unwrap_or(u16::MAX),
    })
}

/// Returns why an association that can help stands where it stands.
pub(super) fn reasons(association: &Association, asked: &Asked<'_>) -> Vec<Reason> {
    let urgent = asked.request.is_urgent();
    let mut reasons = Vec::new();
    if urgent {
        reasons.push(Reason::Urgent);
        reasons.extend(opening(association, asked));
    }
    let made_for = is_made_for(association, asked);
    reasons.push(if made_for { Reason::Serves(asked.situation) } else { Reason::Generalist });
    reasons.extend(asked.offer.filter(|_| offers(association, asked)).map(Reason::Offers));
    reasons.push(language(association, asked));
    reasons.extend(near::band(association, asked).ok().map(|(_, reason)| reason));
    reasons.extend(near::distance_km(association, asked).map(Reason::DistanceKm));
    if !urgent {
        reasons.extend(opening(association, asked));
    }
    if asked.circumstances.full.contains(&association.id) {
        reasons.push(Reason::Full);
    }
    reasons
}

/// Until when it is open, or when it opens, where that is known.
fn opening(association: &Association, asked: &Asked<'_>) -> Option<Reason> {
    let now = asked.circumstances.now;
    match association.hours.open_until(now) {
        Some(Closes::At(moment)) => Some(Reason::OpenUntil(moment)),
        Some(Closes::NotForAWeek) => Some(Reason::OpenAlways),
        None => association.hours.next_open(now).map(Reason::AnswersFrom),
    }
}

/// Returns why a national team is asked.
pub(super) fn reasons_of_team(team: &Association, asked: &Asked<'_>) -> Vec<Reason> {
    vec![Reason::NationalTeam, language(team, asked)]
}

fn language(association: &Association, asked: &Asked<'_>) -> Reason {
    let language = asked.language.to_ascii_lowercase();
    if speaks(association, asked) { Reason::Speaks(language) } else { Reason::SpeaksNot(language) }
}

fn speaks(association: &Association, asked: &Asked<'_>) -> bool {
    association.languages.iter().any(|spoken| primary(spoken).eq_ignore_ascii_case(asked.language))
}

fn is_made_for(association: &Association, asked: &Asked<'_>) -> bool {
    association.serves.situations.contains(&asked.situation)
}

fn offers(association: &Association, asked: &Asked<'_>) -> bool {
    asked.offer.is_none_or(|offer| association.offers.contains(&offer))
}

/// The hard filters about who the person is and what happens to them.
fn serves(association: &Association, asked: &Asked<'_>) -> Result<(), Unfit> {
    let (serves, request) = (&association.serves, asked.request);
    match request.about.age() {
        Age::Unknown => {}
        age @ (Age::Adult | Age::Minor) if serves.ages.contains(&age) => {}
        Age::Adult | Age::Minor => return Err(Unfit::Age),
    }
    match request.who() {
        // Their gender was not asked.
        Some(Who::Family | Who::Minor) => {}
        None if request.about.is_other() => {}
        Some(Who::Woman | Who::Man | Who::Other) | None => {
            let gender = request.who().and_then(Who::gender).unwrap_or(Gender::Other);
            if !serves.genders.contains(&gender) {
                return Err(Unfit::Gender);
            }
        }
    }
    if request.who() == Some(Who::Family) && !serves.children {
        return Err(Unfit::Children);
    }
    if !is_made_for(association, asked) && !association.generalist {
        return Err(Unfit::Situation);
    }
    Ok(())
}
