//! One spelling for all the ways to write a name.
//!
//! The index holds folded names and a query is folded in the same way, so the two meet whatever the accents,
//! hyphens, capitals or digits of a script. Changing anything here means building the index again.

use unicode_normalization::UnicodeNormalization;

/// How many characters of a text are looked at; no place has a longer name that matters.
pub(super) const MAX_CHARS: usize = 64;

/// Returns the one spelling under which a name is kept and looked up.
///
/// Words stand apart by one space. At most 64 characters are read, so the work is bounded.
#[must_use]
pub fn fold(text: &str) -> String {
    let mut flat = String::with_capacity(text.len());
    for character in text.chars().take(MAX_CHARS).nfkd().take(4 * MAX_CHARS) {
        flatten(character, &mut flat);
    }
    let counted = flat.bytes().any(|byte| byte.is_ascii_digit());
    let mut folded = String::with_capacity(flat.len());
    for (index, word) in flat.split_ascii_whitespace().enumerate() {
        let word = plain_word(word, index, counted);
        if word.is_empty() {
            continue;
        }
        let joins_on = |text: &str| text.chars().next_back().is_some_and(is_unspaced);
        if !(folded.is_empty() || joins_on(&folded) && word.chars().next().is_some_and(is_unspaced)) {
            folded.push(' ');
        }
        folded.push_str(word);
    }
    folded
}

/// Appends the plain form of one decomposed character.
fn flatten(character: char, flat: &mut String) {
    if is_mark(character) {
        return;
    }
    if let Some(digit) = digit(character) {
        flat.push(digit);
        return;
    }
    match character {
        'ß' | 'ẞ' => flat.push_str("ss"),
        'œ' | 'Œ' => flat.push_str("oe"),
        'æ' | 'Æ' => flat.push_str("ae"),
        'þ' | 'Þ' => flat.push_str("th"),
        'ø' | 'Ø' => flat.push('o'),
        'đ' | 'Đ' | 'ð' | 'Ð' => flat.push('d'),
        'ł' | 'Ł' => flat.push('l'),
        'ı' => flat.push('i'),
        'ħ' | 'Ħ' => flat.push('h'),
        'ə' | 'Ə' => flat.push('e'),
        'ς' => flat.push('σ'),
        'ѐ' => flat.push('е'),
        'ґ' | 'Ґ' => flat.push('г'),
        'ٱ' => flat.push('ا'),
        'ى' | 'ی' | 'ې' | 'ێ' | 'ۍ' => flat.push('ي'),
        'ۆ' | 'ۇ' | 'ۈ' => flat.push('و'),
        'ة' | 'ہ' | 'ھ' | 'ە' | 'ۀ' => flat.push('ه'),
        'ک' => flat.push('ك'),
        'ګ' => flat.push('گ'),
        'ך' => flat.push('כ'),
        'ם' => flat.push('מ'),
        'ן' => flat.push('נ'),
        'ף' => flat.push('פ'),
        'ץ' => flat.push('צ'),
        letter if letter.is_alphanumeric() || is_vowel_sign(letter) => flat.extend(letter.to_lowercase()),
        _ => flat.push(' '),
    }
}

/// Returns whether a character only adorns the one before it, or is not seen at all.
const fn is_mark(character: char) -> bool {
    matches!(character,
        '\u{300}'..='\u{36f}'
        | '\u{483}'..='\u{489}'
        | '\u{591}'..='\u{5bd}' | '\u{5bf}' | '\u{5c1}' | '\u{5c2}' | '\u{5c4}' | '\u{5c5}' | '\u{5c7}'
        | '\u{610}'..='\u{61a}' | '\u{640}' | '\u{64b}'..='\u{65f}' | '\u{670}' | '\u{6d6}'..='\u{6ed}'
        | 'ء'
        | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}'
        | '\u{ad}' | '\u{feff}' | '\u{fe00}'..='\u{fe0f}')
}

/// Returns whether a character is part of a word though it is no letter: the signs of Indic and Thai scripts.
const fn is_vowel_sign(character: char) -> bool {
    matches!(character, '\u{900}'..='\u{e4e}' | '\u{f71}'..='\u{fbc}' | '\u{102b}'..='\u{103e}' | '\u{17b6}'..='\u{17d3}')
        && !matches!(character, '।' | '॥' | '॰')
}

/// Returns the ASCII digit that a decimal digit of another script stands for.
fn digit(character: char) -> Option<char> {
    const ZEROS: [u32; 16] = [
        0x660, 0x6f0, 0x7c0, 0x966, 0x9e6, 0xa66, 0xae6, 0xb66, 0xbe6, 0xc66, 0xce6, 0xd66, 0xde6, 0xe50,
        0x1040, 0x17e0,
    ];
    let code = u32::from(character);
    ZEROS.iter().find_map(|zero| code.checked_sub(*zero).and_then(|value| char::from_digit(value, 10)))
}

/// Returns whether a script is written without spaces between words.
pub(super) const fn is_unspaced(character: char) -> bool {
    matches!(character, '\u{2e80}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{323af}')
}

/// Returns the word that a short form stands for; nothing where the word says nothing.
fn plain_word(word: &str, index: usize, counted: bool) -> &str {
    match word {
        "st" => "saint",
        "ste" => "sainte",
        "sts" => "saints",
        "stes" => "saintes",
        "s" if index > 0 => "sur",
        "ss" if index > 0 => "sous",
        "arrondissement" | "arrdt" | "ardt" | "arr" if counted => "",
        "cedex" => "",
        _ => without_ordinal(word),
    }
}

/// Returns `18` for `18e`, `18eme` or `18th`, and any other word as it is.
fn without_ordinal(word: &str) -> &str {
    let number = word.trim_end_matches(|letter: char| letter.is_ascii_lowercase());
    let short = matches!(number.len(), 1 | 2) && number.bytes().all(|byte| byte.is_ascii_digit());
    match word.strip_prefix(number) {
        Some("er" | "ere" | "e" | "eme" | "ieme" | "nd" | "nde" | "rd" | "th" | "saint") if short => number,
        _ => word,
    }
}

/// Returns how a folded Latin name sounds, roughly: its consonants, each doubled or silent one left out.
///
/// Scripts that write vowels differently, or not at all, meet here. The mark in front keeps these apart from
/// names.
#[must_use]
pub fn skeleton(latin: &str) -> String {
    let mut sound = String::from("~");
    for letter in latin.chars() {
        let class = match letter {
            'b' => 'b',
            'v' | 'w' => 'v',
            'p' | 'f' => 'p',
            'c' | 'k' | 'q' | 'g' | 'x' => 'k',
            's' | 'z' => 's',
            'j' => 'j',
            'd' | 't' => 't',
            'l' | 'r' | 'm' | 'n' | '0'..='9' => letter,
            _ => continue,
        };
        if !sound.ends_with(class) {
            sound.push(class);
        }
    }
    sound
}
