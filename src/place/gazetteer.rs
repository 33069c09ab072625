//! The index of places inside the program: how `data/places.bin` is laid out and read.
//!
//! The file is read where it lies, so it costs no time to load and no memory beyond the pages touched:
//!
//! | part | what |
//! |---|---|
//! | header | `RELAISP1`, then six lengths (`u32`, little endian) of the parts below |
//! | French | 16 bytes a place, by number: number `u32`, latitude and longitude `i24` in 10⁻⁴ °, population `u24`, name `u24` |
//! | foreign | the same, by country and GeoNames number: those of Europe, then the far ones |
//! | countries | 9 bytes each: two letters, index of the first foreign place `u32`, French name `u24` |
//! | names | a length byte and UTF-8 bytes each |
//! | postings | lists of places: how many, then `place << 2 | how`, as varints |
//! | spellings | an `fst::Map` from spelling to one posting (`<< 1`) or to the start of a list (`<< 1 | 1`) |
//!
//! A spelling is a folded name, a postcode, `~` and how a name sounds, or `^` and the start of so many names that
//! they cannot all be looked at.

use std::sync::LazyLock;

use fst::Map;

use super::Point;
use crate::ids::{Commune, Country, Department};

/// The first bytes of the file.
pub const MAGIC: &[u8; 8] = b"RELAISP1";
/// Bytes of one place.
const PLACE_BYTES: usize = 16;
/// Bytes of one country.
const COUNTRY_BYTES: usize = 9;
/// The posting of a département is its number above this one.
pub const DEPARTMENTS: u32 = 100_000;
/// The posting of a country is its number above this one.
pub const COUNTRIES: u32 = 102_000;

/// What stands before the start of very many spellings; it leads to the largest places among them.
pub const CROWDED: u8 = b'^';

static FILE: &[u8] = include_bytes!("../../data/places.bin");
static GAZETTEER: LazyLock<Option<Gazetteer>> = LazyLock::new(|| Gazetteer::read(FILE));

/// How a spelling belongs to a place, best first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum How {
    /// The name of today.
    Name,
    /// A former name, or a name in another language or script.
    OtherName,
    /// A name without its article, a quarter, or a spelling in Latin letters made by a machine.
    Loosely,
    /// A postcode.
    Postcode,
}

impl How {
    /// Returns the two bits that stand in a posting.
    #[must_use]
    pub const fn bits(self) -> u32 {
        self as u32
    }

    const fn from_bits(bits: u32) -> Self {
        match bits & 3 {
            0 => Self::Name,
            1 => Self::OtherName,
            2 => Self::Loosely,
            _ => Self::Postcode,
        }
    }
}

/// What a posting points to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Entry {
    French { commune: Commune, record: Record },
    Foreign { country: Country, geoname: u32, record: Record },
    Department(Department),
    Country(Country),
}

impl Entry {
    /// Returns the name, where it is a town.
    pub(super) const fn town(&self) -> Option<&'static str> {
        match self {
            Self::French { record, .. } | Self::Foreign { record, .. } => Some(record.name),
            Self::Department(_) | Self::Country(_) => None,
        }
    }
}

/// What kind of place a posting points to, and how many people live there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Size {
    French(u32),
    Foreign(u32),
    /// Outside Europe.
    Far(u32),
    Department,
    Country,
}

/// What the index holds of one place.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Record {
    pub(super) point: Point,
    pub(super) population: u32,
    pub(super) name: &'static str,
}

impl Eq for Record {}

/// The parts of the file.
pub(super) struct Gazetteer {
    french: &'static [u8],
    foreign: &'static [u8],
    countries: &'static [u8],
    names: &'static [u8],
    postings: &'static [u8],
    /// The index of the first foreign place outside Europe.
    far_from: usize,
    pub(super) spellings: Map<&'static [u8]>,
}

/// Returns the gazetteer; nothing only where the file in the program is not one, which a test rules out.
pub(super) fn gazetteer() -> Option<&'static Gazetteer> {
    GAZETTEER.as_ref()
}

fn little_endian(bytes: &[u8]) -> u32 {
    bytes.iter().rev().fold(0, |sum, byte| sum << 8 | u32::from(*byte))
}

/// Reads three bytes as a signed number.
fn signed(bytes: &[u8]) -> i32 {
    (little_endian(bytes) << 8).cast_signed() >> 8
}

impl Gazetteer {
    fn read(file: &'static [u8]) -> Option<Self> {
        let mut rest = file.strip_prefix(MAGIC)?;
        let mut lengths = [0_usize; 6];
        for length in &mut lengths {
            let (bytes, after) = rest.split_at_checked(4)?;
            *length = usize::try_from(little_endian(bytes)).ok()?;
            rest = after;
        }
        let mut parts = lengths.iter().map(|length| {
            let (part, after) = rest.split_at_checked(*length)?;
            rest = after;
            Some(part)
        });
        let mut part = || parts.next().flatten();
        let (french, foreign, countries) = (part()?, part()?, part()?);
        Some(Self {
            far_from: far_from(countries),
            french,
            foreign,
            countries,
            names: part()?,
            postings: part()?,
            spellings: Map::new(part()?).ok()?,
        })
    }

    /// Returns how many French communes and arrondissements there are.
    pub(super) fn french_count(&self) -> usize {
        self.french.len() / PLACE_BYTES
    }

    /// Returns how many foreign places there are.
    pub(super) fn foreign_count(&self) -> usize {
        self.foreign.len() / PLACE_BYTES
    }

    /// Returns the place of a commune.
    pub(super) fn commune(&self, commune: Commune) -> Option<Record> {
        let (mut low, mut high) = (0, self.french_count());
        while low < high {
            let middle = usize::midpoint(low, high);
            let (number, bytes) = place_at(self.french, middle)?;
            match number.cmp(&commune.number()) {
                std::cmp::Ordering::Equal => return self.record(bytes),
                std::cmp::Ordering::Less => low = middle + 1,
                std::cmp::Ordering::Greater => high = middle,
            }
        }
        None
    }

    /// Returns the entry with the number that postings give it.
    pub(super) fn entry(&self, place: u32) -> Option<Entry> {
        if let Some(country) = place.checked_sub(COUNTRIES) {
            return u16::try_from(country).ok().and_then(Country::from_number).map(Entry::Country);
        }
        if let Some(department) = place.checked_sub(DEPARTMENTS) {
            return u16::try_from(department).ok().and_then(Department::from_number).map(Entry::Department);
        }
        let index = usize::try_from(place).ok()?;
        if let Some(index) = index.checked_sub(self.french_count()) {
            let (geoname, bytes) = place_at(self.foreign, index)?;
            return Some(Entry::Foreign {
                country: self.country_at(index)?,
                geoname,
                record: self.record(bytes)?,
            });
        }
        let (number, bytes) = place_at(self.french, index)?;
        Some(Entry::French { commune: Commune::from_number(number)?, record: self.record(bytes)? })
    }

    /// Returns the size of the place with the number that postings give it; quicker than its entry.
    pub(super) fn size(&self, place: u32) -> Option<Size> {
        if place >= DEPARTMENTS {
            return Some(if place >= COUNTRIES { Size::Country } else { Size::Department });
        }
        let index = usize::try_from(place).ok()?;
        let population = |bytes: &[u8]| bytes.get(10..13).map(little_endian);
        match index.checked_sub(self.french_count()) {
            Some(index) => {
                let size = if index < self.far_from { Size::Foreign } else { Size::Far };
                population(place_at(self.foreign, index)?.1).map(size)
            }
            None => population(place_at(self.french, index)?.1).map(Size::French),
        }
    }

    /// Returns every place with its point, in the order of its number.
    pub(super) fn points(&self) -> impl Iterator<Item = (u32, Point)> {
        let places = self.french.chunks_exact(PLACE_BYTES).chain(self.foreign.chunks_exact(PLACE_BYTES));
        (0..).zip(places.filter_map(point))
    }

    /// Returns the places behind a value of the map of spellings.
    pub(super) fn places(&self, value: u64) -> Places<'_> {
        if value & 1 == 0 {
            return Places { rest: &[], left: 0, single: u32::try_from(value >> 1).ok() };
        }
        let start = usize::try_from(value >> 1).unwrap_or(usize::MAX);
        let mut places =
            Places { rest: self.postings.get(start..).unwrap_or_default(), left: 1, single: None };
        places.left = places.varint().unwrap_or(0);
        places
    }

    /// Returns the French name of a country.
    pub(super) fn country_name(&self, country: Country) -> Option<&'static str> {
        let code = country.as_str().as_bytes();
        let row = self.countries.chunks_exact(COUNTRY_BYTES).find(|row| row.starts_with(code))?;
        self.name_at(row.get(6..9)?)
    }

    fn country_at(&self, index: usize) -> Option<Country> {
        let index = u32::try_from(index).ok()?;
        let begins = |row: &[u8]| row.get(2..6).is_some_and(|first| little_endian(first) <= index);
        let row = self.countries.chunks_exact(COUNTRY_BYTES).rfind(|row| begins(row))?;
        std::str::from_utf8(row.get(..2)?).ok()?.parse().ok()
    }

    fn name_at(&self, start: &[u8]) -> Option<&'static str> {
        let (length, rest) = self.names.get(usize::try_from(little_endian(start)).ok()?..)?.split_first()?;
        std::str::from_utf8(rest.get(..usize::from(*length))?).ok()
    }

    fn record(&self, bytes: &[u8]) -> Option<Record> {
        Some(Record {
            point: point(bytes)?,
            population: little_endian(bytes.get(10..13)?),
            name: self.name_at(bytes.get(13..16)?)?,
        })
    }
}

/// Returns the index of the first place outside Europe: there the order of countries begins anew.
fn far_from(countries: &[u8]) -> usize {
    let rows: Vec<&[u8]> = countries.chunks_exact(COUNTRY_BYTES).collect();
    let begins_anew = rows.windows(2).find_map(|pair| match pair {
        [before, row] if row.get(..2) < before.get(..2) => row.get(2..6),
        _ => None,
    });
    begins_anew.and_then(|first| usize::try_from(little_endian(first)).ok()).unwrap_or(usize::MAX)
}

fn place_at(places: &'static [u8], index: usize) -> Option<(u32, &'static [u8])> {
    let start = index.checked_mul(PLACE_BYTES)?;
    let bytes = places.get(start..start + PLACE_BYTES)?;
    Some((little_endian(bytes.get(..4)?), bytes))
}

fn point(bytes: &[u8]) -> Option<Point> {
    let degrees = |part: &[u8]| f64::from(signed(part)) / 10_000.0;
    Some(Point { lat: degrees(bytes.get(4..7)?), lon: degrees(bytes.get(7..10)?) })
}

/// The places of one spelling, the largest first.
pub(super) struct Places<'a> {
    rest: &'a [u8],
    left: u32,
    single: Option<u32>,
}

impl Places<'_> {
    fn varint(&mut self) -> Option<u32> {
        let mut value = 0;
        for shift in (0..32).step_by(7) {
            let (byte, rest) = self.rest.split_first()?;
            self.rest = rest;
            value |= u32::from(byte & 0x7f) << shift;
            if byte & 0x80 == 0 {
                return Some(value);
            }
        }
        None
    }
}

impl Iterator for Places<'_> {
    type Item = (u32, How);

    fn next(&mut self) -> Option<(u32, How)> {
        let posting = if let Some(posting) = self.single.take() {
            posting
        } else {
            self.left = self.left.checked_sub(1)?;
            self.varint()?
        };
        Some((posting >> 2, How::from_bits(posting)))
    }
}
