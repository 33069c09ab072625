//! Where: areas of France, and places as exactly as a person says them.

use serde::{Deserialize, Serialize};

use super::terms;
use crate::ids::{Commune, Country, Department};

terms!(
    /// An area of France as screen S7 offers it: named by its large towns, made of whole départements.
    Area {
        /// Paris and its surroundings.
        Paris = "paris",
        /// Lille, Amiens.
        North = "north",
        /// Strasbourg, Metz.
        East = "east",
        /// Dijon, Besançon.
        Burgundy = "burgundy",
        /// Lyon, Grenoble.
        Alps = "alps",
        /// Marseille, Nice, Corsica.
        Riviera = "riviera",
        /// Montpellier.
        Languedoc = "languedoc",
        /// Toulouse.
        Garonne = "garonne",
        /// Bordeaux, Limoges.
        Aquitaine = "aquitaine",
        /// Nantes, Rennes.
        West = "west",
        /// Rouen, Caen.
        Normandy = "normandy",
        /// Orléans, Tours.
        Loire = "loire",
        /// The overseas départements and collectivities.
        Overseas = "overseas",
    }
);

/// Where the person is, as exactly as they chose to say.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Place {
    /// Not said.
    #[default]
    Unsaid,
    /// Somewhere in an area of France.
    Area(Area),
    /// A département of France.
    Department(Department),
    /// A commune of France, where the person typed its name.
    Commune(Commune),
    /// Another country; [`Country::ELSEWHERE`] where it is none that we list.
    Abroad(Country),
}

impl Place {
    /// Returns the département, where the place is one or lies in one.
    #[must_use]
    pub const fn department(self) -> Option<Department> {
        match self {
            Self::Department(department) => Some(department),
            Self::Commune(commune) => Some(commune.department()),
            Self::Unsaid | Self::Area(_) | Self::Abroad(_) => None,
        }
    }
}

/// The parts of a place as they stand in a record.
#[derive(Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct PlaceParts {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    country: Option<Country>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    area: Option<Area>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    departement: Option<Department>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    commune: Option<Commune>,
}

impl Serialize for Place {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let french = PlaceParts { country: Some(Country::FRANCE), ..PlaceParts::default() };
        let parts = match *self {
            Self::Unsaid => PlaceParts::default(),
            Self::Area(area) => PlaceParts { area: Some(area), ..french },
            Self::Department(code) => PlaceParts { departement: Some(code), ..french },
            Self::Commune(commune) => {
                PlaceParts { departement: Some(commune.department()), commune: Some(commune), ..french }
            }
            Self::Abroad(country) => PlaceParts { country: Some(country), ..PlaceParts::default() },
        };
        parts.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Place {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let parts = PlaceParts::deserialize(deserializer)?;
        match (parts.country, parts.area, parts.departement, parts.commune) {
            (None, None, None, None) => Ok(Self::Unsaid),
            (Some(Country::FRANCE), Some(area), None, None) => Ok(Self::Area(area)),
            (Some(Country::FRANCE), _, Some(code), None) => Ok(Self::Department(code)),
            (Some(Country::FRANCE), _, Some(code), Some(commune)) if commune.department() == code => {
                Ok(Self::Commune(commune))
            }
            (Some(country), None, None, None) => Ok(Self::Abroad(country)),
            _ => Err(serde::de::Error::custom("a place whose parts do not fit together")),
        }
    }
}
