//! Builds `data/places.bin` from public lists of places.
//!
//! `cargo run --release --example gazetteer -- SOURCES` reads the files that `data/README.md` names in the folder
//! SOURCES, and the small tables in `data/` and `tools/`, and writes the index anew.

use std::collections::{BTreeMap, HashMap};
use std::error::Error;
use std::fs::{self, File};
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};

use flate2::read::GzDecoder;
use relais::ids::{Commune, Country, Department};
use relais::place::{COUNTRIES, DEPARTMENTS, How, MAGIC, fold, skeleton};

type Outcome<T> = Result<T, Box<dyn Error>>;

/// Territories that stand as countries in the sources and as départements in ours.
const FRENCH_TERRITORIES: &[(&str, &str)] = &[
    ("GP", "971"),
    ("MQ", "972"),
    ("GF", "973"),
    ("RE", "974"),
    ("PM", "975"),
    ("YT", "976"),
    ("BL", "977"),
    ("MF", "978"),
    ("TF", "984"),
    ("WF", "986"),
    ("PF", "987"),
    ("NC", "988"),
];
/// The cities whose arrondissements carry their postcodes.
const WITH_ARRONDISSEMENTS: &[&str] = &["75056", "69123", "13055"];
/// How many people a place must have to be found by its sound.
const HEARD: (u32, u32) = (10_000, 100_000);

struct Place {
    number: u32,
    name: String,
    lat: f64,
    lon: f64,
    population: u32,
}

#[derive(Default)]
struct Index {
    french: Vec<Place>,
    foreign: Vec<Place>,
    countries: BTreeMap<String, (u32, String)>,
    spellings: BTreeMap<String, BTreeMap<u32, How>>,
}

fn main() -> Outcome<()> {
    let sources = PathBuf::from(std::env::args_os().nth(1).ok_or("give the folder of the sources")?);
    let project = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut index = Index::default();
    index.read_communes(&sources)?;
    index.read_foreign(&sources, project)?;
    index.read_french_names(&sources)?;
    index.read_departments(project)?;
    index.read_countries(project)?;
    let file = index.to_bytes()?;
    fs::write(project.join("data/places.bin"), &file)?;
    let mut out = std::io::stdout();
    writeln!(
        out,
        "{} French and {} foreign places, {} spellings, {} bytes",
        index.french.len(),
        index.foreign.len(),
        index.spellings.len(),
        file.len()
    )?;
    Ok(())
}

/// Reads a table with a header; fields are separated by commas and may stand in quotes.
fn rows(path: &Path) -> Outcome<Vec<Vec<String>>> {
    let file = File::open(path).map_err(|error| format!("{}: {error}", path.display()))?;
    let lines: Vec<String> = if path.extension().is_some_and(|ending| ending == "gz") {
        BufReader::new(GzDecoder::new(file)).lines().collect::<Result<_, _>>()?
    } else {
        BufReader::new(file).lines().collect::<Result<_, _>>()?
    };
    Ok(lines.iter().skip(1).map(|line| fields(line)).collect())
}

fn fields(line: &str) -> Vec<String> {
    let mut fields = vec![String::new()];
    let mut quoted = false;
    for character in line.chars() {
        match character {
            '"' => quoted = !quoted,
            ',' if !quoted => fields.push(String::new()),
            other => {
                if let Some(field) = fields.last_mut() {
                    field.push(other);
                }
            }
        }
    }
    fields
}

fn row<const N: usize>(fields: Vec<String>) -> Outcome<[String; N]> {
    fields.try_into().map_err(|fields: Vec<String>| format!("a row of {} fields", fields.len()).into())
}

impl Index {
    fn read_communes(&mut self, sources: &Path) -> Outcome<()> {
        let mut postcodes = Vec::new();
        for fields in rows(&sources.join("communes-fr.csv.gz"))? {
            let [insee, name, codes, _department, lat, lon, population] = row(fields)?;
            let number = insee.parse::<Commune>()?.number();
            let name = name.replace(" Arrondissement", "");
            if !WITH_ARRONDISSEMENTS.contains(&insee.as_str()) {
                postcodes.push((number, codes));
            }
            let (lat, lon, population) = (lat.parse()?, lon.parse()?, population.parse()?);
            self.french.push(Place { number, name, lat, lon, population });
        }
        self.french.sort_by_key(|place| place.number);
        for (number, codes) in postcodes {
            let place = self.french_index(number)?;
            for code in codes.split('|').filter(|code| !code.is_empty()) {
                self.spell(code.to_owned(), place, How::Postcode);
            }
        }
        for index in 0..self.french.len() {
            let name = self.french.get(index).map(|place| place.name.clone()).unwrap_or_default();
            self.name(&name, u32::try_from(index)?, How::Name);
        }
        Ok(())
    }

    fn read_foreign(&mut self, sources: &Path, project: &Path) -> Outcome<()> {
        let mut french_names = HashMap::new();
        for fields in rows(&project.join("tools/exonyms.csv"))? {
            let [geoname, name] = row(fields)?;
            french_names.insert(geoname, name);
        }
        let is_french =
            |code: &str| code == "FR" || FRENCH_TERRITORIES.iter().any(|(territory, _)| *territory == code);
        let (french, mut foreign): (Vec<_>, Vec<_>) = rows(&sources.join("cities-eu.csv.gz"))?
            .into_iter()
            .map(row::<7>)
            .collect::<Outcome<Vec<_>>>()?
            .into_iter()
            .partition(|[_, country, ..]| is_french(country));
        foreign.sort_by_key(|[geoname, country, ..]| (country.clone(), geoname.parse::<u32>().unwrap_or(0)));
        let french_count = u32::try_from(self.french.len())?;
        for [geoname, country, name, lat, lon, population, alternates] in foreign {
            let index = u32::try_from(self.foreign.len())?;
            self.countries.entry(country).or_insert((index, String::new()));
            let place = french_count + index;
            let shown = french_names.remove(&geoname).unwrap_or_else(|| name.clone());
            self.foreign.push(Place {
                number: geoname.parse()?,
                name: shown.clone(),
                lat: lat.parse()?,
                lon: lon.parse()?,
                population: population.parse()?,
            });
            self.name(&name, place, How::Name);
            self.name(&shown, place, How::Name);
            self.alternates(&alternates, place, How::OtherName);
        }
        if let Some(geoname) = french_names.keys().next() {
            return Err(format!("tools/exonyms.csv names {geoname}, which is not in the sources").into());
        }
        self.read_french_towns(sources, french)
    }

    /// Adds the names of the French places of the European list to the communes they lie in.
    fn read_french_towns(&mut self, sources: &Path, towns: Vec<[String; 7]>) -> Outcome<()> {
        let mut joined = HashMap::new();
        for fields in rows(&sources.join("communes-fr-names.csv.gz"))? {
            let [insee, geoname, ..] = row::<4>(fields)?;
            joined.insert(geoname, insee);
        }
        let spellings: Vec<String> = self.french.iter().map(|place| fold(&place.name)).collect();
        for [geoname, _country, name, lat, lon, _population, alternates] in towns {
            if joined.contains_key(&geoname) {
                continue;
            }
            let (lat, lon): (f64, f64) = (lat.parse()?, lon.parse()?);
            let spelled = fold(&name);
            let away = |place: &Place| {
                (place.lat - lat).powi(2) + ((place.lon - lon) * lat.to_radians().cos()).powi(2)
            };
            let nearest = |places: &mut dyn Iterator<Item = (usize, &Place)>| {
                places.map(|(at, place)| (at, away(place))).min_by(|one, other| one.1.total_cmp(&other.1))
            };
            // 0.15 degrees are some 15 km.
            let same_name = nearest(
                &mut self.french.iter().enumerate().filter(|(_, place)| fold(&place.name) == spelled),
            )
            .filter(|(_, away)| *away < 0.15 * 0.15);
            let how = if same_name.is_some() { How::OtherName } else { How::Loosely };
            let Some((at, _)) = same_name.or_else(|| nearest(&mut self.french.iter().enumerate())) else {
                continue;
            };
            let place = u32::try_from(at)?;
            self.name(&name, place, how);
            self.alternates(&alternates, place, how);
        }
        Ok(())
    }

    fn read_french_names(&mut self, sources: &Path) -> Outcome<()> {
        for fields in rows(&sources.join("communes-fr-names.csv.gz"))? {
            let [insee, _geoname, name, alternates] = row(fields)?;
            let place = self.french_index(insee.parse::<Commune>()?.number())?;
            self.name(&name, place, How::OtherName);
            self.alternates(&alternates, place, How::OtherName);
        }
        for fields in rows(&sources.join("communes-fr-former.csv.gz"))? {
            let [_former, name, insee, _department] = row(fields)?;
            let place = self.french_index(insee.parse::<Commune>()?.number())?;
            self.name(&name, place, How::OtherName);
        }
        Ok(())
    }

    fn read_departments(&mut self, project: &Path) -> Outcome<()> {
        for fields in rows(&project.join("data/departments.csv"))? {
            let [code, name, _area, region, ..] = row::<8>(fields)?;
            let place = DEPARTMENTS + u32::from(code.parse::<Department>()?.number());
            self.spell(fold(&code), place, How::Name);
            // A search for "Paris" finds the city.
            if code != "75" {
                self.name(&name, place, How::Name);
            }
            self.name(&region, place, How::OtherName);
        }
        Ok(())
    }

    fn read_countries(&mut self, project: &Path) -> Outcome<()> {
        for fields in rows(&project.join("data/countries.csv"))? {
            let [code, french, names] = row(fields)?;
            let department = FRENCH_TERRITORIES.iter().find(|(territory, _)| *territory == code);
            let place = match department {
                Some((_, code)) => DEPARTMENTS + u32::from(code.parse::<Department>()?.number()),
                None => COUNTRIES + u32::from(code.parse::<Country>()?.number()),
            };
            for name in names.split('|') {
                self.name(name, place, How::OtherName);
            }
            if department.is_none() {
                self.countries.entry(code).or_insert((u32::MAX, String::new())).1 = french;
            }
        }
        Ok(())
    }

    fn french_index(&self, number: u32) -> Outcome<u32> {
        let found = self.french.binary_search_by_key(&number, |place| place.number);
        Ok(u32::try_from(found.map_err(|_| format!("no commune {number}"))?)?)
    }

    fn alternates(&mut self, names: &str, place: u32, how: How) {
        for name in names.split('|').filter(|name| !name.is_empty()) {
            let latin =
                |letter: char| u32::from(letter) < 0x250 || (0x1e00..0x1f00).contains(&u32::from(letter));
            let letters = || name.chars().filter(|letter| letter.is_alphabetic());
            if letters().any(latin) && !letters().all(latin) {
                continue;
            }
            // The sources write Latin spellings made by a machine without a capital.
            let by_machine = letters().all(latin) && !name.chars().any(char::is_uppercase);
            if !(by_machine && name.chars().count() < 4) {
                self.name(name, place, if by_machine { How::Loosely } else { how });
            }
        }
    }

    /// Adds a name in its spellings: whole, without its article, and as it sounds.
    fn name(&mut self, name: &str, place: u32, how: How) {
        let folded = fold(name);
        if folded.is_empty() {
            return;
        }
        let articles = ["le ", "la ", "les ", "l ", "los ", "las ", "el ", "de ", "den ", "the ", "o ", "a "];
        if let Some(bare) = articles.iter().find_map(|article| folded.strip_prefix(article))
            && bare.len() > 2
        {
            self.spell(bare.to_owned(), place, How::Loosely);
        }
        let (unlinked, links) = without_links(&folded);
        if links > 0 && unlinked.split(' ').count() > 1 && how == How::Name {
            self.spell(unlinked, place, How::Loosely);
        }
        if let Some(city) = folded.strip_suffix('市').filter(|city| city.chars().count() > 1) {
            self.spell(city.to_owned(), place, how);
        }
        if self.is_heard(place) && place < DEPARTMENTS {
            let sound = skeleton(&fold(&any_ascii::any_ascii(name)));
            if sound.len() > 2 {
                self.spell(sound, place, How::Loosely);
            }
        }
        self.spell(folded, place, how);
    }

    fn is_heard(&self, place: u32) -> bool {
        let place = usize::try_from(place).unwrap_or(usize::MAX);
        match place.checked_sub(self.french.len()) {
            None => self.french.get(place).is_some_and(|place| place.population >= HEARD.0),
            Some(index) => self.foreign.get(index).is_some_and(|place| place.population >= HEARD.1),
        }
    }

    fn spell(&mut self, spelling: String, place: u32, how: How) {
        let best = self.spellings.entry(spelling).or_default().entry(place).or_insert(how);
        *best = how.min(*best);
    }
}

/// Returns a folded name without the small words between the others, and how many those were.
fn without_links(folded: &str) -> (String, usize) {
    const LINKS: &[&str] =
        &["de", "du", "des", "d", "la", "le", "les", "l", "sur", "sous", "en", "et", "a", "aux"];
    let words: Vec<&str> = folded.split(' ').collect();
    let kept: Vec<&str> = words
        .iter()
        .enumerate()
        .filter(|(index, word)| *index == 0 || !LINKS.contains(word))
        .map(|(_, word)| *word)
        .collect();
    (kept.join(" "), words.len() - kept.len())
}

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
    fn to_bytes(&self) -> Outcome<Vec<u8>> {
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
            let value = match *list.as_slice() {
                [single] => u64::from(single) << 1,
                _ => {
                    let start = *lists.entry(list.clone()).or_insert_with(|| {
                        let start = postings.len();
                        varint(u32::try_from(list.len()).unwrap_or(0), &mut postings);
                        list.iter().for_each(|posting| varint(*posting, &mut postings));
                        start
                    });
                    u64::try_from(start)? << 1 | 1
                }
            };
            map.insert(spelling, value)?;
        }
        Ok((postings, map.into_inner()?))
    }
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
