//! The time zone of a country, and of the French départements that lie overseas.

use chrono_tz::{Europe, Tz};

use crate::ids::{Country, Department};
use crate::terms::Zone;

/// Returns the time zone of a place; nothing for a country of several zones, or one that is not listed.
pub(super) fn zone(country: Country, department: Option<Department>) -> Option<Tz> {
    let zone = match country.as_str() {
        "FR" => french(department),
        "AL" => Europe::Tirane,
        "AT" => Europe::Vienna,
        "BA" => Europe::Sarajevo,
        "BE" => Europe::Brussels,
        "BG" => Europe::Sofia,
        "CH" => Europe::Zurich,
        "CY" => chrono_tz::Asia::Nicosia,
        "CZ" => Europe::Prague,
        "DE" => Europe::Berlin,
        "DK" => Europe::Copenhagen,
        "EE" => Europe::Tallinn,
        "ES" => Europe::Madrid,
        "FI" => Europe::Helsinki,
        "GB" => Europe::London,
        "GR" => Europe::Athens,
        "HR" => Europe::Zagreb,
        "HU" => Europe::Budapest,
        "IE" => Europe::Dublin,
        "IS" => chrono_tz::Atlantic::Reykjavik,
        "IT" => Europe::Rome,
        "LI" => Europe::Vaduz,
        "LT" => Europe::Vilnius,
        "LU" => Europe::Luxembourg,
        "LV" => Europe::Riga,
        "MA" => chrono_tz::Africa::Casablanca,
        "MC" => Europe::Monaco,
        "MD" => Europe::Chisinau,
        "ME" => Europe::Podgorica,
        "MK" => Europe::Skopje,
        "MT" => Europe::Malta,
        "NG" => chrono_tz::Africa::Lagos,
        "NL" => Europe::Amsterdam,
        "NO" => Europe::Oslo,
        "PL" => Europe::Warsaw,
        "PT" => Europe::Lisbon,
        "RO" => Europe::Bucharest,
        "RS" => Europe::Belgrade,
        "SE" => Europe::Stockholm,
        "SI" => Europe::Ljubljana,
        "SK" => Europe::Bratislava,
        "TN" => chrono_tz::Africa::Tunis,
        "TR" => Europe::Istanbul,
        "UA" => Europe::Kyiv,
        _ => return None,
    };
    Some(zone)
}

fn french(department: Option<Department>) -> Tz {
    department.map_or(Zone::Mainland, Zone::of_department).tz()
}
