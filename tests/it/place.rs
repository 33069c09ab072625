//! The gazetteer: communes by code, places by what a person types.

use std::collections::BTreeSet;

use proptest::prelude::*;
use relais::ids::{Commune, Department};
use relais::place::{self, Point, Spot};
use relais::terms::{Area, Place};

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

/// Typed texts, the place each means, and the script: tab-separated.
const INPUTS: &str = include_str!("place/inputs.tsv");

fn code(spot: Spot) -> String {
    match spot {
        Spot::Commune(commune) => commune.to_string(),
        Spot::Abroad { country, geoname } => format!("{country}:{geoname}"),
        Spot::Department(department) => format!("D:{department}"),
        Spot::Country(country) => format!("C:{country}"),
    }
}

fn labels(text: &str) -> Vec<String> {
    place::search(text, 5).iter().map(place::Found::label).collect()
}

#[test]
fn what_people_type_finds_what_they_mean() {
    let (mut first, mut among_five, mut all) = (0.0, 0.0, 0.0);
    let mut scripts = BTreeSet::new();
    for line in INPUTS.lines() {
        let [text, wanted, script] = line.split('\t').collect::<Vec<_>>().try_into().unwrap();
        let codes: Vec<String> = place::search(text, 5).into_iter().map(|found| code(found.spot)).collect();
        all += 1.0;
        scripts.insert(script);
        if codes.first().is_some_and(|code| code == wanted) {
            first += 1.0;
        } else {
            println!("{text}: wanted {wanted}, found {:?}", labels(text));
        }
        if codes.iter().any(|code| code == wanted) {
            among_five += 1.0;
        }
    }
    println!(
        "{all} inputs, {:.1} % first, {:.1} % among five",
        100.0 * first / all,
        100.0 * among_five / all
    );
    assert!(all >= 300.0 && scripts.len() >= 12);
    assert!(first / all >= 0.97, "{first} of {all} come first");
    assert!(among_five / all >= 0.995, "{among_five} of {all} are among the first five");
}

#[test]
fn the_checks_of_the_sources_hold() {
    assert_eq!(labels("75018"), ["Paris 18e (75)"]);
    assert_eq!(labels("13001"), ["Marseille 1er (13)"]);
    assert_eq!(labels("97600"), ["Mamoudzou (976)", "Koungou (976)"]);
    assert_eq!(labels("20000"), ["Ajaccio (2A)"]);
    for text in ["Марсель", "مرسيليا", "马赛", "Marsiglia"] {
        assert_eq!(labels(text)[0], "Marseille (13)", "{text}");
    }
    for text in ["Париж", "巴黎", "باريس", "ፓሪስ", "প্যারিস"] {
        assert_eq!(labels(text)[0], "Paris (75)", "{text}");
    }
    assert_eq!(place::counts(), (35_014, 22_315));
}

/// Nobody is sent to Marseille who wrote Marrakech, or to Caen for Kinshasa.
#[test]
fn a_far_city_is_found_as_itself_and_never_taken_for_a_french_town() {
    for (text, expected) in [
        ("Marrakech", "Marrakech (MA)"),
        ("marakesh", "Marrakech (MA)"),
        ("مراكش المغرب", "Marrakech (MA)"),
        ("Casablanca", "Casablanca (MA)"),
        ("الدار البيضاء", "Casablanca (MA)"),
        ("Alger", "Alger (DZ)"),
        ("Algiers", "Alger (DZ)"),
        ("Oran", "Oran (DZ)"),
        ("Lagos Nigeria", "Lagos (NG)"),
        ("Benin City", "Benin City (NG)"),
        ("Kinshasa", "Kinshasa (CD)"),
        ("Abidjan", "Abidjan (CI)"),
        ("Bamako", "Bamako (ML)"),
        ("Dakar", "Dakar (SN)"),
        ("Conakry", "Conakry (GN)"),
        ("Douala", "Douala (CM)"),
        ("አዲስ አበባ", "Addis-Abeba (ET)"),
        ("Asmara", "Asmara (ER)"),
        ("كابول", "Kaboul (AF)"),
        ("ঢাকা", "Dacca (BD)"),
        ("Hà Nội", "Hanoï (VN)"),
        ("河内", "Hanoï (VN)"),
        ("Wenzhou", "Wenzhou (CN)"),
        ("Islamabad", "Islamabad (PK)"),
        ("Bogotá", "Bogota (CO)"),
        ("Tbilisi", "Tbilissi (GE)"),
    ] {
        assert_eq!(labels(text).first().map(String::as_str), Some(expected), "{text}: {:?}", labels(text));
    }
    // What is known of neither is rather not found than taken for a large French town.
    for text in ["Zinguinchor ville", "Ouarzazate", "Kaduna", "Mwanza", "Tizi Ouzou", "Bobo-Dioulasso"] {
        let large = place::search(text, 5)
            .into_iter()
            .filter(|found| found.country() == relais::ids::Country::FRANCE && found.population > 100_000);
        assert_eq!(large.map(|found| found.label()).collect::<Vec<_>>(), [""; 0], "{text}");
    }
    // Europe comes before the rest, and France before both.
    for (text, expected) in [
        ("Valencia", ["Valence (26)", "Valence (ES)", "Valencia (VE)"]),
        ("Cordoba", ["Cordoue (ES)", "Córdoba (AR)", ""]),
        ("León", ["Lyon (69)", "León (ES)", "Léon (40)"]),
    ] {
        let found = labels(text);
        let expected: Vec<&str> = expected.into_iter().filter(|label| !label.is_empty()).collect();
        assert_eq!(found[..expected.len()], expected, "{text}");
    }
}

#[test]
fn a_name_of_several_places_shows_them_all() {
    assert_eq!(labels("ليون")[..2], ["Lyon (69)", "León (ES)"]);
    let saint_denis = labels("Saint-Denis");
    assert!(saint_denis[..2].contains(&"Saint-Denis (93)".to_owned()), "{saint_denis:?}");
    assert!(saint_denis[..2].contains(&"Saint-Denis (974)".to_owned()), "{saint_denis:?}");
    assert_eq!(labels("saint-denis 974"), ["Saint-Denis (974)"]);
    assert_eq!(labels("Bruxelles")[0], "Bruxelles (BE)");
    assert_eq!(labels("London")[0], "Londres (GB)");
}

#[test]
fn a_commune_is_found_by_its_name_and_departement() {
    for number in 1..99_000 {
        let Some(code) = Commune::from_number(number) else { continue };
        let Some(town) = place::commune(code) else { continue };
        assert!(place::name(town.department).is_some(), "{code}");
        if number % 97 == 0 {
            let asked = format!("{} {}", town.name, town.department);
            let found = place::search(&asked, 5);
            assert!(found.iter().any(|found| found.spot == Spot::Commune(code)), "{asked}");
        }
    }
    assert_eq!(place::commune("69123".parse().unwrap()).unwrap().name, "Lyon");
    assert_eq!(place::commune("01003".parse().unwrap()), None);
}

#[test]
fn a_name_in_a_sentence_and_a_split_postcode_are_understood() {
    assert_eq!(labels("Je suis dans un hotel a Nanterre"), ["Nanterre (92)"]);
    assert_eq!(labels("里尔 法国")[0], "Lille (59)");
    assert_eq!(labels("75 010 Paris"), ["Paris 10e (75)"]);
    assert_eq!(labels("13eme arrondissement de paris"), ["Paris 13e (75)"]);
    assert_eq!(labels("saint martin").iter().filter(|label| *label == "Saint-Martin (978)").count(), 1);
}

#[test]
fn what_the_command_line_prints_keeps_its_fields() {
    let json = |text| serde_json::to_string(&place::search(text, 1)).unwrap();
    assert_eq!(json("69001"), r#"[{"country":"FR","insee":"69381","name":"Lyon 1er","departement":"69"}]"#);
    assert_eq!(json("Bruxelles"), r#"[{"country":"BE","geonameid":2800866,"name":"Bruxelles"}]"#);
    assert_eq!(json("le 93"), r#"[{"country":"FR","name":"Seine-Saint-Denis","departement":"93"}]"#);
    assert_eq!(json("Belgium"), r#"[{"country":"BE","name":"Belgique"}]"#);
}

#[test]
fn every_departement_lies_in_one_area_and_neighbours_are_mutual() {
    let all: Vec<Department> =
        (0..1_000).filter_map(Department::from_number).filter(|d| place::name(*d).is_some()).collect();
    assert_eq!(all.len(), 109);
    let mut by_area: Vec<Department> =
        Area::ALL.iter().flat_map(|area| place::departments_of(*area)).collect();
    by_area.sort_unstable();
    // Nobody lives in the southern lands and on Clipperton, so that nobody is asked whether they do.
    let inhabited: Vec<Department> =
        all.iter().copied().filter(|one| ![984, 989].contains(&one.number())).collect();
    assert_eq!(by_area, inhabited);
    for one in &all {
        let neighbours: Vec<_> = all.iter().filter(|other| place::are_neighbours(*one, **other)).collect();
        assert_eq!(neighbours.is_empty(), one.is_overseas(), "{one}");
        assert!(neighbours.iter().all(|other| place::are_neighbours(**other, *one)), "{one}");
        assert!(!place::are_neighbours(*one, *one));
        assert_eq!(place::area_of(*one) == Some(Area::Overseas), one.is_overseas());
        assert!(place::centroid(*one).is_some());
    }
    let next_to = |code: &str| -> Vec<String> {
        let one = code.parse().unwrap();
        all.iter().filter(|other| place::are_neighbours(one, **other)).map(ToString::to_string).collect()
    };
    assert_eq!(next_to("75"), ["92", "93", "94"]);
    assert_eq!(next_to("2A"), ["2B"]);
    assert_eq!(next_to("35"), ["22", "44", "49", "50", "53", "56"]);
    assert_eq!(next_to("54"), ["55", "57", "67", "88"]);
    assert!(Area::ALL.iter().all(|area| place::area_centre(*area).is_some() == (*area != Area::Overseas)));
}

#[test]
fn a_shared_position_becomes_a_departement_or_a_country() {
    let at = |lat, lon| place::nearest(Point { lat, lon });
    let department = |code: &str| Some(Place::Department(code.parse().unwrap()));
    let abroad = |code: &str| Some(Place::Abroad(code.parse().unwrap()));
    assert_eq!(at(43.2965, 5.3698), department("13"));
    assert_eq!(at(48.9362, 2.3574), department("93"));
    assert_eq!(at(-20.88, 55.45), department("974"));
    assert_eq!(at(-12.78, 45.23), department("976"));
    assert_eq!(at(3.5, -53.2), department("973"));
    assert_eq!(at(50.8467, 4.3525), abroad("BE"));
    assert_eq!(at(52.52, 13.405), abroad("DE"));
    assert_eq!(at(45.0, -30.0), None, "the Atlantic");
    for point in [(f64::NAN, 0.0), (0.0, f64::INFINITY), (91.0, 0.0), (0.0, 1e300)] {
        assert_eq!(at(point.0, point.1), None);
    }
}

#[test]
fn distances_are_those_over_the_ground() {
    let (paris, marseille) = (Point { lat: 48.8534, lon: 2.3488 }, Point { lat: 43.2970, lon: 5.3811 });
    assert!((659..=662).contains(&place::distance_km(paris, marseille)));
    assert_eq!(place::distance_km(paris, paris), 0);
    assert_eq!(place::distance_km(paris, Point { lat: f64::NAN, lon: 0.0 }), u16::MAX);
    assert_eq!(place::distance_km(Point { lat: 0.0, lon: 0.0 }, Point { lat: 0.0, lon: 180.0 }), 20_015);
}

#[test]
fn the_gazetteer_keeps_within_its_budget() {
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/data/places.bin");
    let bytes = std::fs::metadata(file).unwrap().len();
    let start = std::time::Instant::now();
    assert!(!place::search("Marseille", 1).is_empty());
    println!("{bytes} bytes in the program, first search {:?} unoptimised", start.elapsed());
    assert!(bytes <= 6 << 20);
}

#[test]
fn long_and_strange_texts_are_answered_too() {
    for text in [
        "",
        " ",
        "-",
        "\0",
        "\u{202e}",
        "💔",
        "a",
        "à",
        "~",
        "~mrsl",
        "l'",
        "St",
        "99999",
        "000",
        "'; DROP TABLE",
        "\u{1f1eb}\u{1f1f7}",
    ] {
        assert!(place::search(text, 5).len() <= 5, "{text:?}");
    }
    for text in ["a ", "saint france ", "é\u{301}\u{301}\u{301}", "我", "𠀀", "ﷺ", "13 "] {
        assert!(place::search(&text.repeat(50_000), 5).len() <= 5);
    }
    assert!(place::search("Paris", 0).is_empty());
    assert!(!place::search("Paris", usize::MAX).is_empty());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn no_text_makes_the_search_fail(text in "\\PC{0,40}") {
        prop_assert!(place::search(&text, 5).len() <= 5);
    }

    #[test]
    fn any_point_is_answered(lat in -90.0..90.0_f64, lon in -180.0..180.0_f64) {
        prop_assert_ne!(place::nearest(Point { lat, lon }), Some(Place::Unsaid));
    }
}
