//! Where an association stands, for which places it works, and when.

use chrono_tz::Tz;

use super::super::association::Coverage;
use super::super::fault::Weak;
use super::super::hours::Hours;
use super::super::reader::Table;
use super::super::zone::zone;
use crate::ids::{Commune, Country, Department};
use crate::place::{self, Point};

/// 10² keeps coordinates to about a kilometre: the town, not the house.
const TOWN: f64 = 100.0;

/// A town, as exactly as a directory may name it.
pub(super) struct Town {
    pub(super) department: Option<Department>,
    pub(super) point: Option<Point>,
}

/// The town: a French commune by its INSEE code, or coordinates that were rounded to a kilometre.
pub(super) fn place(
    table: &Table<'_, '_>,
    country: Option<Country>,
    weak: &mut Vec<(&'static str, Weak)>,
) -> Option<Town> {
    if !table.has("place") {
        return None;
    }
    if table.is_text("place") {
        let code = table.text("place")?;
        if country.is_some_and(|country| country != Country::FRANCE) {
            table.fault("place", "must be { lat = …, lon = … } of the town: INSEE codes are French");
            return None;
        }
        let Ok(insee) = code.parse::<Commune>() else {
            table.fault("place", "is not the INSEE code of a commune, such as \"69123\" or \"2A004\"");
            return None;
        };
        let known = place::commune(insee);
        if known.is_none() {
            weak.push(("place", Weak::UnknownCommune));
        }
        let department = insee.department();
        let point = known.map(|town| town.point).or_else(|| place::centroid(department));
        return Some(Town { department: Some(department), point });
    }
    let point = table.table("place")?;
    point.refuse_unknown(&["lat", "lon"]);
    let coordinate = |key, limit: f64| {
        let number = point.need(key, point.decimal(key))?;
        if number.abs() > limit {
            point.fault(key, "is no place on earth");
            return None;
        }
        Some(number)
    };
    let (lat, lon) = (coordinate("lat", 90.0), coordinate("lon", 180.0));
    let (lat, lon) = (lat?, lon?);
    let rounded = |number: f64| (number * TOWN).round() / TOWN;
    if [lat, lon].iter().any(|number| (number - rounded(*number)).abs() > 1e-9) {
        weak.push(("place", Weak::TooExact));
    }
    if country == Some(Country::FRANCE) {
        weak.push(("place", Weak::NoDepartment));
    }
    let point = Some(Point { lat: rounded(lat), lon: rounded(lon) });
    Some(Town { department: None, point })
}

pub(super) fn coverage(table: &Table<'_, '_>, country: Option<Country>) -> Option<Coverage> {
    if !table.has("coverage") {
        return table.need("coverage", None);
    }
    if table.is_text("coverage") {
        let text = table.text("coverage")?;
        return match country {
            _ if text == "all" => Some(Coverage::All),
            Some(country) if text == country.as_str() => Some(Coverage::Country),
            Some(_) | None => {
                table.fault(
                    "coverage",
                    "must be a list of départements, the association's own country, or \"all\"",
                );
                None
            }
        };
    }
    let departments: Vec<Department> = table.parsed_list("coverage", str::parse)?;
    if country.is_some_and(|country| country != Country::FRANCE) {
        table.fault("coverage", "can name départements in France only; elsewhere the country, or \"all\"");
        return None;
    }
    if departments.is_empty() {
        table.fault("coverage", "names no département");
        return None;
    }
    Some(Coverage::Departments(departments))
}

pub(super) fn hours(
    table: &Table<'_, '_>,
    country: Option<Country>,
    department: Option<Department>,
) -> Option<Hours> {
    let named = table.text("time_zone").map(str::parse::<Tz>);
    if matches!(named, Some(Err(_))) {
        table.fault("time_zone", "must be a name such as \"Europe/Paris\"");
        return None;
    }
    if !table.has("opening_hours") {
        return Some(Hours::unknown());
    }
    let text = table.text("opening_hours")?;
    let country = country?;
    let Some(zone) = named.and_then(Result::ok).or_else(|| zone(country, department)) else {
        table.fault(
            "opening_hours",
            "needs time_zone beside it, such as \"Europe/Paris\": the country has none that is known here",
        );
        return None;
    };
    Hours::parse(text, zone, country).map_err(|says| table.fault("opening_hours", &says)).ok()
}
