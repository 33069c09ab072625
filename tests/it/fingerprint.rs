//! Words that two people compare, or that one types from a paper.

use relais::fingerprint::{DEVICE_WORDS, SERVICE_WORDS, typed, words};

const ALL: &str = include_str!("../../web/desk/words.txt");

#[test]
fn no_two_words_are_the_same_once_they_are_typed() {
    let mut all: Vec<String> = ALL.lines().map(typed).collect();
    assert_eq!(all.len(), 256);
    assert!(all.iter().all(|word| !word.contains('-') && !word.is_empty()));
    all.sort();
    all.dedup();
    assert_eq!(all.len(), 256);
}

#[test]
fn capitals_accents_and_spaces_make_no_difference() {
    assert_eq!(typed("  Été  neige\n-PONT "), "ete-neige-pont");
    let said = words("a text", SERVICE_WORDS);
    assert_eq!(typed(&said.to_uppercase().replace('-', "  ")), typed(&said));
    assert_eq!(said.split('-').count(), 12);
    assert!(said.starts_with(&words("a text", DEVICE_WORDS)));
}
