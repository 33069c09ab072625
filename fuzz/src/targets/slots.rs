use std::str::FromStr;

use relais::ids::{AssociationId, Commune, Country, Department, HandoffId};
use relais::locale::Locale;
use relais::phrase::{Day, Phone, Phrase, PhraseId, Slots, Spot, Time};

use super::ground::{Pieces, catalog, pick};

/// The slots of phrases (day, time, phone, place) and the short names of everything: what is read says itself
/// again, and phrases come back from their bits.
pub fn slots(bytes: &[u8]) {
    let mut pieces = Pieces::new(bytes);
    let (id, locale) = (pieces.byte(), pieces.byte());
    let bits = (u128::from(pieces.byte()) << 64 | u128::from(pieces.number())) & ((1 << 71) - 1);
    if let Some(phrase) = Phrase::from_bits(bits) {
        assert_eq!(Phrase::from_bits(phrase.bits()).map(|phrase| phrase.bits()), Some(phrase.bits()));
    }
    let text = pieces.text();
    let phone = same::<Phone>(&text);
    let slots =
        Slots { day: same::<Day>(&text), time: same::<Time>(&text), phone, place: same::<Spot>(&text) };
    if let Ok(phrase) = Phrase::new(pick(PhraseId::ALL, id), slots) {
        let again = Phrase::from_bits(phrase.bits()).unwrap();
        let locales: Vec<Locale> = Locale::all().collect();
        let locale = pick(&locales, locale);
        assert_eq!(catalog().phrase(locale, &phrase), catalog().phrase(locale, &again));
    }
    let _ = (same::<Country>(&text), same::<Department>(&text), same::<Commune>(&text));
    let _ = (same::<AssociationId>(&text), same::<Locale>(&text));
    if let Ok(handoff) = text.parse::<HandoffId>() {
        assert_eq!(handoff.to_string(), text.to_lowercase());
    }
}

/// What a text is read as says the same text again; what it is not read as says nothing of it.
fn same<T: FromStr<Err: std::fmt::Display> + ToString>(text: &str) -> Option<T> {
    match text.parse::<T>() {
        Ok(read) => {
            assert_eq!(read.to_string(), text);
            Some(read)
        }
        Err(fault) => {
            assert_eq!(Some(fault.to_string()), "\0".parse::<T>().err().map(|other| other.to_string()));
            None
        }
    }
}
