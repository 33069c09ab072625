//! Places, without a network: what a person typed or shared becomes a commune, a département or a country.
//!
//! Every commune of France and the places of Europe with 5,000 people or more stand in the program itself, with
//! their names in all scripts. `data/README.md` tells where they come from and how they are renewed.
//!
//! # Privacy
//! What a person typed is looked up here and nowhere else; nothing of it is kept.

mod department;
mod fold;
mod gazetteer;
mod query;
mod score;
mod search;
mod typo;

pub use department::{are_neighbours, area_centre, area_of, centroid, departments_of, name};
pub use fold::{fold, skeleton};
pub use gazetteer::{COUNTRIES, CROWDED, DEPARTMENTS, How, MAGIC};
pub use search::{Found, Match, Spot, search};

use crate::ids::{Commune, Department};
use crate::terms::Place;
use gazetteer::{Entry, gazetteer};

/// A point on the globe, in degrees.
#[derive(Clone, Copy, Debug, PartialEq, serde::Serialize)]
pub struct Point {
    /// North of the equator.
    pub lat: f64,
    /// East of Greenwich.
    pub lon: f64,
}

/// The mean radius of the Earth (IUGG), in kilometres.
const EARTH_RADIUS_KM: f64 = 6_371.0;

fn exact_distance_km(one: Point, other: Point) -> f64 {
    let (lat, other_lat) = (one.lat.to_radians(), other.lat.to_radians());
    let half = |angle: f64| (angle / 2.0).sin().powi(2);
    let across = half((other.lon - one.lon).to_radians());
    let chord = half(other_lat - lat) + lat.cos() * other_lat.cos() * across;
    2.0 * EARTH_RADIUS_KM * chord.clamp(0.0, 1.0).sqrt().asin()
}

/// Returns the distance between two points over the ground, in whole kilometres.
#[must_use]
pub fn distance_km(one: Point, other: Point) -> u16 {
    let distance = exact_distance_km(one, other).round();
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "at most half the equator, 20,015"
    )]
    if distance.is_finite() { distance as u16 } else { u16::MAX }
}

/// What the gazetteer knows of a commune.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Town {
    /// Its name, such as "Lyon" or "Paris 18e".
    pub name: &'static str,
    /// The département it lies in.
    pub department: Department,
    /// Where it is.
    pub point: Point,
    /// How many people live there.
    pub population: u32,
}

/// Returns what is known of a commune or arrondissement, if the code is in use.
#[must_use]
pub fn commune(insee: Commune) -> Option<Town> {
    let record = gazetteer()?.commune(insee)?;
    Some(Town {
        name: record.name,
        department: insee.department(),
        point: record.point,
        population: record.population,
    })
}

/// Returns how many communes (with arrondissements) and foreign places the gazetteer holds.
#[must_use]
pub fn counts() -> (usize, usize) {
    gazetteer().map_or((0, 0), |places| (places.french_count(), places.foreign_count()))
}

/// How far the middle of a French commune can be from a place in it, in kilometres: the largest on the mainland
/// is 25 km across, those of Guiana 150 km.
const REACH_KM: (f64, f64) = (25.0, 150.0);
/// How far a foreign town may be to tell the country.
const ABROAD_KM: f64 = 100.0;

/// Reduces a shared position to the département, or to the country abroad; nothing at sea or far from any town.
///
/// # Privacy
/// The position itself goes no further than this call.
#[must_use]
pub fn nearest(point: Point) -> Option<Place> {
    let places = gazetteer()?;
    let valid = point.lat.abs() <= 90.0 && point.lon.abs() <= 180.0;
    let (nearest, _) = places
        .points()
        .map(|(place, other)| (place, flat_distance(point, other)))
        .filter(|_| valid)
        .min_by(|one, other| one.1.total_cmp(&other.1))?;
    match places.entry(nearest)? {
        Entry::French { commune, record } => {
            let department = commune.department();
            let reach = if department.is_overseas() { REACH_KM.1 } else { REACH_KM.0 };
            (exact_distance_km(point, record.point) <= reach).then_some(Place::Department(department))
        }
        Entry::Foreign { country, record, .. } => {
            (exact_distance_km(point, record.point) <= ABROAD_KM).then_some(Place::Abroad(country))
        }
        Entry::Department(_) | Entry::Country(_) => None,
    }
}

/// A quick measure of how far apart two points are, good enough to find the nearest.
fn flat_distance(one: Point, other: Point) -> f64 {
    let across = (one.lon - other.lon).abs();
    let across = across.min(360.0 - across) * one.lat.to_radians().cos();
    (one.lat - other.lat).powi(2) + across.powi(2)
}
