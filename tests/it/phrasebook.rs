//! The phrasebook: every phrase is a whole sentence in every language, whatever stands in its slots.

use relais::i18n::Catalog;
use relais::locale::Locale;
use relais::phrase::{Answer, Day, Phone, Phrase, PhraseId, Slot, Slots, Spot, Time};

/// Every value of every slot at least once, each with the first of the others.
fn fillings(id: PhraseId) -> Vec<Slots> {
    let times: Vec<Time> = (0..96).filter_map(Time::from_number).collect();
    let phone: Phone = "+33199001234".parse().unwrap();
    let has = |slot| id.slots().contains(&slot);
    let base = Slots {
        day: has(Slot::Day).then_some(Day::Monday),
        time: has(Slot::Time).then_some(times[0]),
        phone: has(Slot::Phone).then_some(phone),
        place: has(Slot::Place).then_some(Spot::Office),
    };
    let mut all = vec![base];
    if has(Slot::Day) {
        all.extend(Day::ALL.iter().map(|&day| Slots { day: Some(day), ..base }));
    }
    if has(Slot::Time) {
        all.extend(times.iter().map(|&time| Slots { time: Some(time), ..base }));
    }
    if has(Slot::Place) {
        all.extend(Spot::ALL.iter().map(|&place| Slots { place: Some(place), ..base }));
    }
    all
}

#[test]
fn every_phrase_is_said_in_every_language_whatever_stands_in_its_slots() {
    let catalog = Catalog::load().unwrap();
    for locale in Locale::all() {
        for &id in PhraseId::ALL {
            let mut said = std::collections::BTreeSet::new();
            let fillings = fillings(id);
            for slots in &fillings {
                let phrase = Phrase::new(id, *slots).unwrap();
                let text = catalog.try_phrase(locale, id.key(), &phrase.arguments());
                let text = text.unwrap_or_else(|| panic!("{} in {locale}", id.key()));
                assert!(text.chars().last().is_some_and(|end| ".?؟".contains(end)), "{text}");
                assert!(!text.contains(['{', '}', '$']) && !text.contains("  "), "{text}");
                said.insert(text);
            }
            // No two values are said alike, so nobody is sent to the wrong place.
            let different = fillings.len()
                - usize::from(fillings.len() > 1)
                    * id.slots().iter().filter(|slot| !matches!(slot, Slot::Phone)).count();
            assert_eq!(said.len(), different, "{} in {locale}", id.key());
        }
        for &answer in Answer::ALL {
            let text = catalog.try_phrase(locale, answer.key(), &[]).unwrap();
            assert!(!text.is_empty() && text.chars().count() <= 32, "{} in {locale}", answer.key());
        }
    }
}

#[test]
fn a_phrase_survives_its_bits_and_rubbish_is_none() {
    for &id in PhraseId::ALL {
        for slots in fillings(id) {
            let phrase = Phrase::new(id, slots).unwrap();
            assert!(phrase.bits() < 1 << Phrase::BITS);
            assert!(Phrase::from_bits(phrase.bits()) == Some(phrase));
        }
    }
    assert!(Phrase::from_bits(u128::MAX >> (128 - Phrase::BITS)).is_none());
    assert!(Phrase::from_bits(u128::MAX).is_none());
    assert!(PhraseId::ALL.len() < 128 && Answer::ALL.len() <= 32 && Spot::ALL.len() <= 16);
}

#[test]
fn what_shows_a_phrase_in_a_log_shows_no_place_and_no_number() {
    let slots = Slots { phone: Some("+33199001234".parse().unwrap()), ..Slots::default() };
    let shown = format!("{:?}", Phrase::new(PhraseId::CallUs, slots).unwrap());
    assert!(shown.contains("CallUs") && !shown.contains("99001234"), "{shown}");
}
