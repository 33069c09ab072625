//! What a request asks of every association, worked out once.

use chrono::NaiveDate;

use super::Circumstances;
use crate::ids::{Country, Department};
use crate::place::{self, Point};
use crate::record::Request;
use crate::terms::{Need, Offer, Place, Situation};

/// A request as every association is measured by it.
pub(super) struct Asked<'a> {
    pub(super) request: &'a Request,
    pub(super) circumstances: &'a Circumstances<'a>,
    pub(super) today: NaiveDate,
    /// The country whose associations are asked.
    pub(super) country: Country,
    /// The primary subtag of the language that the person reads.
    pub(super) language: &'static str,
    pub(super) situation: Situation,
    /// What answers the need, where one offer does.
    pub(super) offer: Option<Offer>,
    pub(super) department: Option<Department>,
    /// Where distances are measured from.
    pub(super) point: Option<Point>,
}

impl<'a> Asked<'a> {
    pub(super) fn of(request: &'a Request, circumstances: &'a Circumstances<'a>) -> Self {
        Self {
            request,
            circumstances,
            today: circumstances.now.date_naive(),
            country: country_of(request.place, circumstances.country),
            language: primary(request.locale.tag()),
            situation: request.situation().unwrap_or(Situation::Other),
            offer: request.need().and_then(Need::answered_by),
            department: request.place.department(),
            point: point_of(request.place),
        }
    }
}

/// Returns the primary subtag of a BCP 47 tag: associations that speak `pt` speak it with readers of `pt-BR`.
pub(super) fn primary(tag: &str) -> &str {
    tag.split('-').next().unwrap_or_default()
}

const fn country_of(place: Place, service: Country) -> Country {
    match place {
        Place::Abroad(country) => country,
        Place::Area(_) | Place::Department(_) | Place::Commune(_) => Country::FRANCE,
        Place::Unsaid => service,
    }
}

fn point_of(place: Place) -> Option<Point> {
    match place {
        Place::Department(department) => place::centroid(department),
        Place::Commune(commune) => match place::commune(commune) {
            Some(town) => Some(town.point),
            None => place::centroid(commune.department()),
        },
        Place::Area(area) => place::area_centre(area),
        Place::Unsaid | Place::Abroad(_) => None,
    }
}
