//! The gazetteer: communes by code, places by what a person types.

use proptest::prelude::*;
use relais::ids::Commune;

#[test]
fn a_commune_keeps_its_code_through_text_and_number() {
    for (code, number, department) in [
        ("01001", 1_001, "01"),
        ("13055", 13_055, "13"),
        ("2A004", 20_004, "2A"),
        ("2B033", 96_033, "2B"),
        ("75118", 75_118, "75"),
        ("97411", 97_411, "974"),
        ("98818", 98_818, "988"),
        ("98901", 98_901, "989"),
    ] {
        let commune: Commune = code.parse().unwrap();
        assert_eq!(commune.number(), number, "{code}");
        assert_eq!(commune.to_string(), code);
        assert_eq!(commune.department().to_string(), department, "{code}");
        assert_eq!(Commune::from_number(number), Some(commune));
        assert_eq!(serde_json::to_string(&commune).unwrap(), format!("\"{code}\""));
    }
}

#[test]
fn what_is_no_code_of_a_commune_is_refused() {
    for text in [
        "", "1305", "130555", "20004", "96033", "2C004", "2a004", "97001", "99001", "13000", "+3055", "é055",
        "13 55",
    ] {
        assert!(text.parse::<Commune>().is_err(), "{text:?}");
    }
}

proptest! {
    #[test]
    fn every_number_of_a_commune_fits_its_bits_and_comes_back(number in 0_u32..1_500_000) {
        if let Some(commune) = Commune::from_number(number) {
            prop_assert!(number < 1 << Commune::BITS);
            prop_assert_eq!(commune.to_string().parse::<Commune>().unwrap(), commune);
            prop_assert!(commune.department().to_string().len() >= 2);
        }
    }
}
