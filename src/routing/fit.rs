//! Whether one association can help with one request, and how well.

use std::cmp::Ordering;

use chrono::TimeDelta;

use super::{Circumstances, Reason, country_of};
use crate::directory::{Association, Coverage};
use crate::ids::Department;
use crate::place;
use crate::record::Request;
use crate::terms::{Age, Distance, Gender, Place, Situation, Who};

/// Why an association cannot take a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unfit {
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
    /// It is near, and the person wants to be far from there.
    TooNear,
}

/// How well an association fits: smaller is better, from the first field to the last.
#[derive(Clone, Debug)]
pub(super) struct Fit {
    /// Time until it answers; always zero where nothing is urgent.
    wait: TimeDelta,
    speaks: bool,
    /// How many of problem and need it is not made for.
    misses: u8,
    band: Band,
    distance_km: Option<u16>,
    pub(super) reasons: Vec<Reason>,
}

/// How near, in steps that mean something to people.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Band {
    /// In the same département; or far away and working in the whole country, where far is wished.
    Same,
    /// In a neighbouring one.
    Neighbour,
    /// In the same area.
    Area,
    /// In the same country.
    Country,
}

impl Fit {
    pub(super) fn order(&self, other: &Self) -> Ordering {
        let distance = |fit: &Self| fit.distance_km.unwrap_or(u16::MAX);
        self.wait
            .cmp(&other.wait)
            .then(other.speaks.cmp(&self.speaks))
            .then(self.misses.cmp(&other.misses))
            .then(self.band.cmp(&other.band))
            .then(distance(self).cmp(&distance(other)))
    }
}

pub(super) fn fit(
    association: &Association,
    request: &Request,
    circumstances: &Circumstances<'_>,
) -> Result<Fit, Unfit> {
    if circumstances.closed_to.contains(&association.id) {
        return Err(Unfit::Closed);
    }
    serves(association, request)?;
    let country = country_of(request.place, circumstances.country);
    let everywhere = matches!(association.coverage, Coverage::All);
    if association.country != country && !everywhere {
        return Err(Unfit::Country);
    }
    let (band, place_reason) = band(association, request)?;

    let mut reasons = Vec::new();
    let mut wait = TimeDelta::zero();
    if request.is_urgent() {
        reasons.push(Reason::Urgent);
        let opens = association.hours.next_open(circumstances.now);
        wait = opens.map_or(TimeDelta::MAX, |opens| opens - circumstances.now);
        reasons.extend(opens.map(Reason::AnswersFrom));
    }
    let situation = request.situation().unwrap_or(Situation::Other);
    let made_for = association.serves.situations.contains(&situation);
    reasons.push(if made_for { Reason::Serves(situation) } else { Reason::Generalist });
    let offer = request.need().and_then(crate::terms::Need::answered_by);
    let offers = offer.is_none_or(|offer| association.offers.contains(&offer));
    reasons.extend(offer.filter(|_| offers).map(Reason::Offers));
    let speaks_reason = speaks(association, request);
    let spoken = matches!(speaks_reason, Reason::Speaks(_));
    reasons.push(speaks_reason);
    reasons.push(place_reason);
    let distance_km = distance(association, request.place);
    reasons.extend(distance_km.map(Reason::DistanceKm));
    let misses = u8::from(!made_for) + u8::from(!offers);
    Ok(Fit { wait, speaks: spoken, misses, band, distance_km, reasons })
}

/// Returns whether the association speaks the language the person reads, as a reason.
pub(super) fn speaks(association: &Association, request: &Request) -> Reason {
    let primary = |tag: &str| tag.split('-').next().unwrap_or_default().to_ascii_lowercase();
    let language = primary(request.locale.tag());
    let spoken = association.languages.iter().any(|spoken| primary(spoken) == language);
    if spoken { Reason::Speaks(language) } else { Reason::SpeaksNot(language) }
}

/// The hard filters about who the person is and what happens to them.
fn serves(association: &Association, request: &Request) -> Result<(), Unfit> {
    let serves = &association.serves;
    match request.about.age() {
        Age::Unknown => {}
        age @ (Age::Adult | Age::Minor) if serves.ages.contains(&age) => {}
        Age::Adult | Age::Minor => return Err(Unfit::Age),
    }
    match request.who() {
        // Their gender was not asked.
        Some(Who::Family | Who::Minor) => {}
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
    let situation = request.situation().unwrap_or(Situation::Other);
    if !serves.situations.contains(&situation) && !association.generalist {
        return Err(Unfit::Situation);
    }
    Ok(())
}

/// Whether the association covers the place, and how near it is.
fn band(association: &Association, request: &Request) -> Result<(Band, Reason), Unfit> {
    let nationwide = matches!(association.coverage, Coverage::Country | Coverage::All);
    let at = association.department;
    let whole = (Band::Country, Reason::Nationwide);
    if request.distance == Distance::Far {
        return far(at, request.place, nationwide);
    }
    match request.place {
        Place::Unsaid if nationwide => Ok(whole),
        Place::Unsaid => Err(Unfit::Place),
        Place::Abroad(_) => Ok(whole),
        Place::Area(area) => {
            let inside = |department: &Department| place::area_of(*department) == Some(area);
            if at.as_ref().is_some_and(inside) && covers(association, inside) {
                Ok((Band::Same, Reason::SameArea))
            } else if nationwide {
                Ok(whole)
            } else if covers(association, inside) {
                Ok((Band::Area, Reason::SameArea))
            } else {
                Err(Unfit::Place)
            }
        }
        Place::Department(department) => in_department(association, department, nationwide),
        Place::Commune(commune) => in_department(association, commune.department(), nationwide),
    }
}

fn in_department(
    association: &Association,
    department: Department,
    nationwide: bool,
) -> Result<(Band, Reason), Unfit> {
    if !covers(association, |covered| *covered == department) {
        return Err(Unfit::Place);
    }
    Ok(match association.department {
        Some(at) if at == department => (Band::Same, Reason::SameDepartment),
        Some(at) if place::are_neighbours(at, department) => (Band::Neighbour, Reason::Neighbour),
        Some(at) if place::area_of(at) == place::area_of(department) => (Band::Area, Reason::SameArea),
        Some(_) | None if nationwide => (Band::Country, Reason::Nationwide),
        // It covers the place from afar, and says so.
        Some(_) | None => (Band::Country, Reason::SameArea),
    })
}

/// Away from the exploiter is often the point: near ones are left out, and who works in the whole country
/// comes first. Coverage does not matter: the person would go there.
fn far(at: Option<Department>, place: Place, nationwide: bool) -> Result<(Band, Reason), Unfit> {
    let within = |department: Department| {
        at.is_some_and(|at| at == department || place::are_neighbours(at, department))
    };
    let near = match place {
        Place::Department(department) => within(department),
        Place::Commune(commune) => within(commune.department()),
        Place::Area(area) => at.is_some_and(|at| place::area_of(at) == Some(area)),
        Place::Unsaid | Place::Abroad(_) => false,
    };
    match (near, nationwide) {
        // It can place people anywhere in the country, wherever its own door is.
        (_, true) => Ok((Band::Same, Reason::Nationwide)),
        (true, false) => Err(Unfit::TooNear),
        (false, false) if place == Place::Unsaid => Err(Unfit::Place),
        (false, false) => Ok((Band::Country, Reason::FarAway)),
    }
}

fn covers(association: &Association, inside: impl Fn(&Department) -> bool) -> bool {
    match &association.coverage {
        Coverage::All | Coverage::Country => true,
        Coverage::Departments(departments) => departments.iter().any(inside),
    }
}

fn distance(association: &Association, place: Place) -> Option<u16> {
    let from = match place {
        Place::Department(department) => place::centroid(department)?,
        Place::Commune(commune) => match place::commune(commune) {
            Some(town) => town.point,
            None => place::centroid(commune.department())?,
        },
        Place::Area(area) => place::area_centre(area)?,
        Place::Unsaid | Place::Abroad(_) => return None,
    };
    let to = association.point.or_else(|| place::centroid(association.department?))?;
    Some(place::distance_km(from, to))
}
