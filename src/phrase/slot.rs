//! What stands in the slots of a phrase: closed lists and small numbers, no free text.

use std::fmt;
use std::str::FromStr;

use crate::terms::terms;

/// A value that a slot cannot hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum MalformedSlot {
    /// Not a time on a quarter of an hour.
    #[error("expected a time on a quarter of an hour, such as \"14:30\"")]
    Time,
    /// Not a phone number with its country code.
    #[error("expected a phone number with its country code, such as \"+33123456789\"")]
    Phone,
}

terms!(
    /// A day of the week. "Today" is not one: a message may be read a day later.
    Day {
        /// Monday.
        Monday = "monday",
        /// Tuesday.
        Tuesday = "tuesday",
        /// Wednesday.
        Wednesday = "wednesday",
        /// Thursday.
        Thursday = "thursday",
        /// Friday.
        Friday = "friday",
        /// Saturday.
        Saturday = "saturday",
        /// Sunday.
        Sunday = "sunday",
    }
);

impl Day {
    /// How many bits a day takes in sealed state.
    pub const BITS: u32 = 3;
}

terms!(
    /// A kind of place to meet at; never an address.
    Spot {
        /// `office`.
        Office = "office",
        /// `station`.
        Station = "station",
        /// `bus_stop`.
        BusStop = "bus_stop",
        /// `cafe`.
        Cafe = "cafe",
        /// `hospital`.
        Hospital = "hospital",
        /// `pharmacy`.
        Pharmacy = "pharmacy",
        /// `library`.
        Library = "library",
        /// `town_hall`.
        TownHall = "town_hall",
        /// `post_office`.
        PostOffice = "post_office",
        /// `supermarket`.
        Supermarket = "supermarket",
        /// `school`.
        School = "school",
        /// `park`.
        Park = "park",
        /// `safe_place`.
        SafePlace = "safe_place",
        /// `phone`.
        Phone = "phone",
        /// `online`.
        Online = "online",
    }
);

impl Spot {
    /// How many bits a place takes in sealed state.
    pub const BITS: u32 = 4;
}

/// A time of the day, on a quarter of an hour.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Time(u8);

impl Time {
    /// How many bits a time takes in sealed state.
    pub const BITS: u32 = 7;

    /// Returns the time with this number of quarters after midnight, if the day has so many.
    #[must_use]
    pub const fn from_number(number: u8) -> Option<Self> {
        if number < 96 { Some(Self(number)) } else { None }
    }

    /// Returns the number of quarters after midnight.
    #[must_use]
    pub const fn number(self) -> u8 {
        self.0
    }
}

impl fmt::Display for Time {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:02}:{:02}", self.0 / 4, self.0 % 4 * 15)
    }
}

impl FromStr for Time {
    type Err = MalformedSlot;
    fn from_str(text: &str) -> Result<Self, MalformedSlot> {
        let all = (0..96).filter_map(Self::from_number);
        all.into_iter().find(|time| time.to_string() == text).ok_or(MalformedSlot::Time)
    }
}

/// A phone number with its country code (E.164): at most 15 digits.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Phone(u64);

impl Phone {
    /// How many bits a phone number takes in sealed state.
    pub const BITS: u32 = 50;

    /// Returns the phone number with these digits, if it has 7 to 15.
    #[must_use]
    pub const fn from_number(number: u64) -> Option<Self> {
        if number >= 1_000_000 && number < 1_000_000_000_000_000 { Some(Self(number)) } else { None }
    }

    /// Returns the digits as a number; no country code begins with 0.
    #[must_use]
    pub const fn number(self) -> u64 {
        self.0
    }
}

impl fmt::Display for Phone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "+{}", self.0)
    }
}

impl FromStr for Phone {
    type Err = MalformedSlot;
    fn from_str(text: &str) -> Result<Self, MalformedSlot> {
        let digits = text.strip_prefix('+').ok_or(MalformedSlot::Phone)?;
        let shape = digits.bytes().all(|byte| byte.is_ascii_digit()) && !digits.starts_with('0');
        let number = digits.parse().ok().filter(|_| shape);
        number.and_then(Self::from_number).ok_or(MalformedSlot::Phone)
    }
}
