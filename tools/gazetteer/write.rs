//! From names and places to the file; `src/place/gazetteer.rs` tells its layout.

use std::collections::{BTreeMap, HashMap};

use relais::place::{CROWDED, How, MAGIC};

use crate::{Index, Outcome, Place};

/// How many names may begin alike before only the largest places are listed, and how many those are.
const CROWD: usize = 400;
const LARGEST: usize = 32;

/// The bytes of the file as they grow.
#[derive(Default)]
struct Names {
    bytes: Vec<u8>,
    starts: HashMap<String, u32>,
}

impl Names {
    fn start(&mut self, name: &str) -> Outcome<[u8; 3]> {
        if !self.starts.contains_key(name) {
            self.starts.insert(name.to_owned(), u32::try_from(self.bytes.len())?);
            self.bytes.push(u8::try_from(name.len())?);
            self.bytes.extend_from_slice(name.as_bytes());
        }
        three(self.starts.get(name).copied().unwrap_or_default())
    }
}

fn three(number: u32) -> Outcome<[u8; 3]> {
    match number.to_le_bytes() {
        [a, b, c, 0] => Ok([a, b, c]),
        _ => Err("a number that does not fit three bytes".into()),
    }
}

/// Returns an angle in ten thousandths of a degree, in three bytes.
fn angle(degrees: f64) -> [u8; 3] {
    #[expect(clippy::cast_possible_truncation, reason = "at most 1,800,000")]
    let [a, b, c, _] = ((degrees * 10_000.0).round() as i32).to_le_bytes();
    [a, b, c]
}

fn varint(mut number: u32, bytes: &mut Vec<u8>) {
    loop {
        let [low, ..] = number.to_le_bytes();
        number >>= 7;
        if number == 0 && low < 0x80 {
            return bytes.push(low);
        }
        bytes.push(low | 0x80);
    }
}

impl Index {
    /// Lists the largest places for every start of a name that very many names share.
    pub(crate) fn shorten_crowded(&mut self) {
        let mut starts: BTreeMap<&str, Vec<(u32, How)>> = BTreeMap::new();
        let names = self.spellings.iter().filter(|(name, _)| name.starts_with(char::is_alphabetic));
        for (name, places) in names {
            for (end, _) in name.char_indices().skip(3).take(8) {
                let Some((start, _)) = name.split_at_checked(end) else { continue };
                starts.entry(start).or_default().extend(places.iter().map(|(place, how)| (*place, *how)));
            }
        }
        let crowded: Vec<_> = starts
            .into_iter()
            .filter(|(_, places)| places.len() > CROWD)
            .map(|(start, mut places)| {
                places.sort_by_key(|(place, how)| (std::cmp::Reverse(self.people(*place)), *how));
                places.dedup_by_key(|(place, _)| *place);
                places.truncate(LARGEST);
                (format!("{}{start}", char::from(CROWDED)), places)
            })
            .collect();
        for (start, places) in crowded {
            for (place, how) in places {
                self.spell(start.clone(), place, how);
            }
        }
    }

    /// Returns how many people a place counts for when few can be listed: in France thirty times as many,
    /// outside Europe a thirtieth.
    fn people(&self, place: u32) -> u64 {
        let index = usize::try_from(place).unwrap_or(usize::MAX);
        match index.checked_sub(self.french.len()) {
            None => self.french.get(index).map_or(0, |place| 30 * u64::from(place.population)),
            Some(index) if (self.near..self.foreign.len()).contains(&index) => {
                self.foreign.get(index).map_or(0, |place| u64::from(place.population) / 30)
            }
            Some(index) => self.foreign.get(index).map_or(10_000_000, |place| place.population.into()),
        }
    }

    pub(crate) fn to_bytes(&self) -> Outcome<Vec<u8>> {
        let mut names = Names::default();
        let french = places(&self.french, &mut names)?;
        let foreign = places(&self.foreign, &mut names)?;
        let mut countries = Vec::new();
        let mut table: Vec<_> = self.countries.iter().collect();
        table.sort_by_key(|(_, (first, _))| *first);
        for (code, (first, name)) in table {
            countries.extend_from_slice(code.as_bytes());
            countries.extend_from_slice(&first.to_le_bytes());
            countries.extend_from_slice(&names.start(name)?);
        }
        let (postings, spellings) = self.spellings()?;
        let parts = [french, foreign, countries, names.bytes, postings, spellings];
        let mut file = MAGIC.to_vec();
        for part in &parts {
            file.extend_from_slice(&u32::try_from(part.len())?.to_le_bytes());
        }
        file.extend(parts.into_iter().flatten());
        Ok(file)
    }

    /// Returns the lists of places and the map that leads to them.
    fn spellings(&self) -> Outcome<(Vec<u8>, Vec<u8>)> {
        let populations: Vec<u32> =
            self.french.iter().chain(&self.foreign).map(|place| place.population).collect();
        let population = |place: u32| {
            usize::try_from(place).ok().and_then(|index| populations.get(index)).copied().unwrap_or(u32::MAX)
        };
        let mut lists = HashMap::new();
        let mut postings = Vec::new();
        let mut map = fst::MapBuilder::memory();
        for (spelling, places) in &self.spellings {
            let mut list: Vec<u32> = places.iter().map(|(place, how)| place << 2 | how.bits()).collect();
            list.sort_by_key(|posting| std::cmp::Reverse(population(posting >> 2)));
            let value = if let [single] = *list.as_slice() {
                u64::from(single) << 1
            } else {
                let known = lists.get(&list).copied();
                let start = known.unwrap_or(u64::try_from(postings.len())?);
                if known.is_none() {
                    append(&list, &mut postings)?;
                    lists.insert(list, start);
                }
                start << 1 | 1
            };
            map.insert(spelling, value)?;
        }
        Ok((postings, map.into_inner()?))
    }
}

/// Appends a list of postings: how many, then each.
fn append(list: &[u32], postings: &mut Vec<u8>) -> Outcome<()> {
    varint(u32::try_from(list.len())?, postings);
    for posting in list {
        varint(*posting, postings);
    }
    Ok(())
}

fn places(places: &[Place], names: &mut Names) -> Outcome<Vec<u8>> {
    let mut bytes = Vec::with_capacity(places.len() * 16);
    for place in places {
        bytes.extend_from_slice(&place.number.to_le_bytes());
        bytes.extend_from_slice(&angle(place.lat));
        bytes.extend_from_slice(&angle(place.lon));
        bytes.extend_from_slice(&three(place.population)?);
        bytes.extend_from_slice(&names.start(&place.name)?);
    }
    Ok(bytes)
}
