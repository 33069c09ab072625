//! Whether an association covers a place, and how near it is.

use super::asked::Asked;
use super::{Reason, Unfit};
use crate::directory::{Association, Coverage};
use crate::ids::Department;
use crate::place;
use crate::terms::{Area, Distance, Place};

/// How near, in steps that mean something to people: smaller is better.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Band {
    /// In the same département; or working in the whole country, where far is wished.
    Same,
    /// In a neighbouring one.
    Neighbour,
    /// In the same area.
    Area,
    /// In the same country.
    Country,
}

/// Working in the whole country, and not known to be near.
const WHOLE: (Band, Reason) = (Band::Country, Reason::Nationwide);
/// Covering the place, and standing in another part of the country.
const AFAR: (Band, Reason) = (Band::Country, Reason::CoversFromAfar);

/// Returns how near the association is, and that as a reason; or that it does not cover the place.
pub(super) fn band(association: &Association, asked: &Asked<'_>) -> Result<(Band, Reason), Unfit> {
    let nationwide = matches!(association.coverage, Coverage::Country | Coverage::All);
    if asked.request.distance == Distance::Far {
        return far(association.department, asked, nationwide);
    }
    match (asked.department, asked.request.place) {
        (Some(department), _) => in_department(association, department, nationwide),
        (None, Place::Area(area)) => in_area(association, area, nationwide),
        (None, Place::Abroad(_)) => Ok(WHOLE),
        (None, Place::Unsaid | Place::Department(_) | Place::Commune(_)) if nationwide => Ok(WHOLE),
        (None, Place::Unsaid | Place::Department(_) | Place::Commune(_)) => Err(Unfit::Place),
    }
}

fn in_area(association: &Association, area: Area, nationwide: bool) -> Result<(Band, Reason), Unfit> {
    let inside = |department: &Department| place::area_of(*department) == Some(area);
    if !covers(association, inside) {
        return Err(Unfit::Place);
    }
    Ok(if association.department.as_ref().is_some_and(inside) {
        (Band::Same, Reason::SameArea)
    } else if nationwide {
        WHOLE
    } else {
        AFAR
    })
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
        Some(_) | None if nationwide => WHOLE,
        Some(_) | None => AFAR,
    })
}

/// Away from the exploiter is often the point: near ones are left out, and who works in the whole country
/// comes first. Coverage does not matter: the person would go there. Nobody is sent across an ocean, though:
/// the overseas are a pool of their own.
fn far(at: Option<Department>, asked: &Asked<'_>, nationwide: bool) -> Result<(Band, Reason), Unfit> {
    if nationwide {
        // It can place people anywhere in the country, wherever its own door is.
        return Ok((Band::Same, Reason::Nationwide));
    }
    let away = (Band::Country, Reason::FarAway);
    let (near, oversea) = match (asked.department, asked.request.place, at) {
        (_, Place::Abroad(_), _) => return Ok(away),
        // Nobody knows how far its door is.
        (_, _, None) => return Err(Unfit::TooNear),
        (Some(there), _, Some(at)) => {
            (at == there || place::are_neighbours(at, there), at.is_overseas() != there.is_overseas())
        }
        (None, Place::Area(area), Some(at)) => {
            (place::area_of(at) == Some(area), at.is_overseas() != (area == Area::Overseas))
        }
        (None, Place::Unsaid | Place::Department(_) | Place::Commune(_), Some(_)) => {
            return Err(Unfit::Place);
        }
    };
    match (near, oversea) {
        (true, _) => Err(Unfit::TooNear),
        (false, true) => Err(Unfit::Place),
        (false, false) => Ok(away),
    }
}

fn covers(association: &Association, inside: impl Fn(&Department) -> bool) -> bool {
    match &association.coverage {
        Coverage::All | Coverage::Country => true,
        Coverage::Departments(departments) => departments.iter().any(inside),
    }
}

/// Returns how far the association is from the middle of the place, in kilometres, where both are known.
pub(super) fn distance_km(association: &Association, asked: &Asked<'_>) -> Option<u16> {
    let from = asked.point?;
    let to = association.point.or_else(|| place::centroid(association.department?))?;
    Some(place::distance_km(from, to))
}
