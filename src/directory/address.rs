//! Finds what looks like the address of a door in a text, so that no shelter can be named by accident.
//!
//! It errs on the side of refusing: a refused note costs a rewording, an address can cost a life.

/// Words that begin or end the name of a street, and hardly ever stand near a number otherwise.
const STREETS: &[&str] = &[
    "rue",
    "avenue",
    "av",
    "ave",
    "boulevard",
    "bd",
    "bld",
    "blvd",
    "impasse",
    "chemin",
    "allée",
    "allee",
    "allées",
    "quai",
    "ruelle",
    "faubourg",
    "fbg",
    "sentier",
    "lotissement",
    "esplanade",
    "straße",
    "strasse",
    "str",
    "gasse",
    "platz",
    "straat",
    "laan",
    "viale",
    "piazza",
    "corso",
    "vicolo",
    "calle",
    "plaza",
    "avenida",
    "paseo",
    "street",
    "road",
    "lane",
];
/// Words that are a street only where a number stands right before and an article after.
const AMBIGUOUS: &[&str] =
    &["place", "cours", "route", "passage", "square", "villa", "cité", "mail", "montée"];
/// What follows such a word in the name of a street.
const ARTICLES: &[&str] = &["de", "du", "des", "d", "la", "l", "le", "les"];
/// Ends of words that name a street by themselves.
const ENDINGS: &[&str] = &["straße", "strasse", "straat", "gasse", "platz", "laan", "allee", "weg", "plein"];
/// What links to a point on a map.
const MAPS: &[&str] =
    &["geo:", "maps.", "/maps", "goo.gl", "osm.org", "openstreetmap.org/", "plus.codes", "what3words"];
/// How many words may stand between the name of a street and its number.
const REACH: usize = 5;

/// One word, with what follows it.
struct Word {
    text: String,
    capital: bool,
    comma: bool,
}

impl Word {
    /// A house number: 1 to 4 digits, perhaps with a letter.
    fn is_house(&self) -> bool {
        let digits = self.text.bytes().take_while(u8::is_ascii_digit).count();
        let letters = self.text.get(digits..).unwrap_or_default();
        (1..=4).contains(&digits) && (letters.is_empty() || (letters.len() == 1 && letters.is_ascii()))
    }

    fn is_postcode(&self) -> bool {
        matches!(self.text.len(), 4 | 5) && self.text.bytes().all(|b| b.is_ascii_digit())
    }

    fn is(&self, words: &[&str]) -> bool {
        words.contains(&self.text.as_str())
    }
}

/// Returns what was found, as the beginning of a sentence; nothing where the text names no door.
pub(super) fn find(text: &str) -> Option<&'static str> {
    let lower = text.to_lowercase();
    if MAPS.iter().any(|map| lower.contains(map)) {
        return Some("links to a point on a map");
    }
    if has_coordinates(&lower) {
        return Some("holds the coordinates of a point");
    }
    let words = words(text);
    let street = (0..words.len()).any(|at| names_street(&words, at));
    street.then_some("looks like the address of a house")
}

fn words(text: &str) -> Vec<Word> {
    let mut words: Vec<Word> = Vec::new();
    let mut word = String::new();
    let end = |word: &mut String, words: &mut Vec<Word>| {
        if !word.is_empty() {
            let capital = word.chars().next().is_some_and(char::is_uppercase);
            words.push(Word { text: word.to_lowercase(), capital, comma: false });
            word.clear();
        }
    };
    for character in text.chars() {
        if character.is_alphanumeric() {
            word.push(character);
            continue;
        }
        end(&mut word, &mut words);
        if character == ','
            && let Some(last) = words.last_mut()
        {
            last.comma = true;
        }
    }
    end(&mut word, &mut words);
    words
}

fn names_street(words: &[Word], at: usize) -> bool {
    let Some(word) = words.get(at) else { return false };
    let before = |back: usize| at.checked_sub(back).and_then(|at| words.get(at));
    let after = |reach: usize| words.iter().skip(at + 1).take(reach);
    let next = words.get(at + 1);
    let numbered_before = before(1).is_some_and(Word::is_house)
        || (before(1).is_some_and(|word| word.is(&["bis", "ter", "quater"]))
            && before(2).is_some_and(Word::is_house));
    if word.is(STREETS) {
        let house = after(REACH).any(Word::is_house);
        return numbered_before || house || after(REACH + 3).any(Word::is_postcode);
    }
    if word.is(AMBIGUOUS) {
        return numbered_before && next.is_some_and(|next| next.is(ARTICLES) || next.capital);
    }
    if word.text == "via" {
        // Latin too: "via WhatsApp". A street has a name, then a number that ends the phrase.
        let named = next.is_some_and(|next| next.capital && !next.is(&["whatsapp", "telegram", "signal"]));
        return named && after(4).any(Word::is_house);
    }
    let compound = ENDINGS.iter().any(|end| word.text.ends_with(end) && word.text.len() > end.len() + 2);
    if compound && next.is_some_and(Word::is_house) {
        return true;
    }
    // "Leguit 4, 2000 Antwerpen".
    word.is_house()
        && word.comma
        && before(1).is_some_and(|before| before.capital)
        && next.is_some_and(Word::is_postcode)
        && words.get(at + 2).is_some_and(|town| town.capital)
}

/// Two decimal numbers side by side with three decimals or more.
fn has_coordinates(text: &str) -> bool {
    let numbers = text.split(|c: char| !(c.is_ascii_digit() || c == '.')).filter(|part| !part.is_empty());
    let exact = |number: &str| number.split_once('.').is_some_and(|(_, decimals)| decimals.len() >= 3);
    let exact: Vec<bool> = numbers.map(exact).collect();
    exact.windows(2).any(|pair| pair.iter().all(|exact| *exact))
}
