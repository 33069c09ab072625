//! What time it is where the person is: France lies in twelve zones.

use chrono_tz::{America, Europe, Indian, Pacific, Tz};

use super::{Place, terms};
use crate::ids::Department;

terms!(
    /// A part of France with a time of its own.
    Zone {
        /// The mainland and Corsica; also every place that is not known.
        Mainland = "mainland",
        /// Guadeloupe (971).
        Guadeloupe = "guadeloupe",
        /// Martinique (972).
        Martinique = "martinique",
        /// French Guiana (973).
        Guiana = "guiana",
        /// Réunion (974).
        Reunion = "reunion",
        /// Saint-Pierre-et-Miquelon (975).
        Miquelon = "miquelon",
        /// Mayotte (976).
        Mayotte = "mayotte",
        /// Saint-Barthélemy (977).
        Barthelemy = "barthelemy",
        /// Saint-Martin (978).
        Martin = "martin",
        /// Wallis-et-Futuna (986).
        Wallis = "wallis",
        /// French Polynesia (987), told in the time of Tahiti, where seven of ten live.
        Polynesia = "polynesia",
        /// New Caledonia (988).
        Caledonia = "caledonia",
    }
);

impl Zone {
    /// Bits in sealed state.
    pub const BITS: u32 = 4;

    /// Returns the zone of a place, as far as it was said.
    #[must_use]
    pub fn of(place: Place) -> Self {
        place.department().map_or(Self::Mainland, Self::of_department)
    }

    /// Returns the zone of a département.
    #[must_use]
    pub fn of_department(department: Department) -> Self {
        match department.number() {
            971 => Self::Guadeloupe,
            972 => Self::Martinique,
            973 => Self::Guiana,
            974 => Self::Reunion,
            975 => Self::Miquelon,
            976 => Self::Mayotte,
            977 => Self::Barthelemy,
            978 => Self::Martin,
            986 => Self::Wallis,
            987 => Self::Polynesia,
            988 => Self::Caledonia,
            _ => Self::Mainland,
        }
    }

    /// Returns the rules of its clocks.
    #[must_use]
    pub const fn tz(self) -> Tz {
        match self {
            Self::Mainland => Europe::Paris,
            Self::Guadeloupe => America::Guadeloupe,
            Self::Martinique => America::Martinique,
            Self::Guiana => America::Cayenne,
            Self::Reunion => Indian::Reunion,
            Self::Miquelon => America::Miquelon,
            Self::Mayotte => Indian::Mayotte,
            Self::Barthelemy => America::St_Barthelemy,
            Self::Martin => America::Marigot,
            Self::Wallis => Pacific::Wallis,
            Self::Polynesia => Pacific::Tahiti,
            Self::Caledonia => Pacific::Noumea,
        }
    }
}
