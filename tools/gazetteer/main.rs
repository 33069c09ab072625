//! Builds `data/places.bin` from public lists of places.
//!
//! `cargo run --release --example gazetteer -- SOURCES` reads the files that `data/README.md` names in the folder
//! SOURCES, and the small tables in `data/` and `tools/`, and writes the index anew.

mod read;
mod table;
mod write;

use std::collections::BTreeMap;
use std::error::Error;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use relais::place::{DEPARTMENTS, How, fold, skeleton};

type Outcome<T> = Result<T, Box<dyn Error>>;

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
    /// How many of them lie in Europe.
    near: usize,
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
    index.shorten_crowded();
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

impl Index {
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
            // Far ones are found as they are written: too many sound like a town that is near.
            Some(index) if index >= self.near => false,
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
