//! The format: every fault with its line, and no address anywhere.

use super::*;

#[test]
fn every_fault_is_told_with_its_line_and_entry() {
    let text = entry("relais-lyon")
        .replace("languages =", "langauges =")
        .replace("\"legal\"]", "\"legal\", \"flying\"]")
        .replace("display = \"phone\"", "display = \"loud\"");
    assert_eq!(
        complaints(&text),
        [
            "lyon.toml:10 (relais-lyon): offers can hold shelter, legal, medical, social, administrative, talk, leave",
            "lyon.toml:11 (relais-lyon): langauges is not a known key; did you mean languages?",
            "lyon.toml:14 (relais-lyon): display must be \"full\", \"phone\", \"name\" or \"none\"",
        ]
    );
}

#[test]
fn weak_points_are_reported() {
    let text = entry("relais-lyon")
        .replace("opening_hours = \"Mo-Fr 09:00-18:00; PH off\"\n", "")
        .replace("volunteers_chat = -1001234567890\n", "")
        .replace("until = 2027-05-01", "until = 2026-12-01");
    let weak = weaknesses(&text);
    for expected in [Weak::NoEnd, Weak::NoHours, Weak::NoChat, Weak::PhoneEndsSoon(day("2026-12-01"))] {
        assert!(weak.contains(&expected), "{expected} in {weak:?}");
    }
}

#[test]
fn a_limit_of_waiting_requests_is_one_at_least_and_teams_have_none() {
    let with = |cap: &str| entry("relais-lyon") + &format!("intake_cap = {cap}\n");
    for cap in ["1", "20", "10000"] {
        assert_eq!(complaints(&with(cap)), [""; 0], "{cap}");
    }
    for cap in ["0", "-3", "10001", "99999999999"] {
        let told = complaints(&with(cap)).join("\n");
        assert!(told.contains("(relais-lyon): intake_cap must be from 1 to 10000"), "{cap}: {told}");
    }
    for cap in ["2.5", "\"20\"", "true"] {
        let told = complaints(&with(cap)).join("\n");
        assert!(told.contains("intake_cap must be a whole number"), "{cap}: {told}");
    }
    let team = with("20").replace("role = \"association\"", "role = \"national_team\"");
    assert!(weaknesses(&team).contains(&Weak::CapOfTeam), "{:?}", weaknesses(&team));
}

#[test]
fn ordinary_notes_are_no_address() {
    for note in [
        "Hors la rue",
        "Les Amis du Bus des Femmes",
        "102 places, 90 partners",
        "Cours de français le mardi",
        "joindre via WhatsApp au +33 6 39 98 00 00",
        "24h/24, 7 jours sur 7",
        "Ouvert depuis 2019 à Lyon",
        "3 places en urgence, 12 logements",
    ] {
        let text = entry("relais-lyon") + &format!("notes = \"{note}\"\n");
        assert_eq!(complaints(&text), [""; 0], "{note}");
    }
}

#[test]
fn recipients_are_two_and_different_and_none_is_a_secret() {
    let told = |recipients: &str| {
        let text = entry("relais-lyon");
        let line = text.lines().find(|line| line.starts_with("recipients")).unwrap();
        complaints(&text.replace(line, &format!("recipients = {recipients}"))).join("\n")
    };
    let identity = age::x25519::Identity::generate();
    let one = identity.to_public();
    assert!(told(&format!("[\"{one}\"]")).contains("two different recipients at least"));
    assert!(told(&format!("[\"{one}\", \"{one}\"]")).contains("one recipient twice"));
    assert!(told(&format!("[\"{one}\", \"age1pq1qqqq\"]")).contains("post-quantum"));
    let secret = identity.to_string();
    let secret = secrecy::ExposeSecret::expose_secret(&secret);
    let said = told(&format!("[\"{one}\", \"{secret}\"]"));
    assert!(said.contains("secret identity") && !said.contains(secret), "{said}");
}

#[test]
fn coordinates_are_kept_to_a_kilometre() {
    let text = entry("relais-gent")
        .replace("\"FR\"", "\"BE\"")
        .replace("place = \"69123\"", "place = { lat = 51.05434, lon = 3.71742 }")
        .replace("[\"69\", \"01\", \"38\", \"42\"]", "\"BE\"");
    assert!(weaknesses(&text).contains(&Weak::TooExact));
    let verified = verify(&text).unwrap();
    let point = verified.directory.associations()[0].point.unwrap();
    assert_eq!((point.lat, point.lon), (51.05, 3.72));
}

#[test]
fn a_thousand_associations_are_verified_in_a_moment() {
    use std::fmt::Write as _;
    let recipients = recipients();
    let template = entry("relais-lyon");
    let line = template.lines().find(|line| line.starts_with("recipients")).unwrap().to_owned();
    let template = template.replace(&line, &format!("recipients = {recipients}"));
    let mut text = HEADER.to_owned();
    for number in 0..1000 {
        write!(text, "{}", template.replace("relais-lyon", &format!("relais-{number}"))).unwrap();
    }
    let begun = std::time::Instant::now();
    assert_eq!(verify(&text).unwrap().directory.associations().len(), 1000);
    eprintln!("1,000 associations: {:?}", begun.elapsed());
    assert!(begun.elapsed().as_secs() < 20, "even without optimisation");
}

#[test]
fn no_door_can_be_named_anywhere_in_an_entry() {
    for address in [
        "169 bis boulevard Vincent Auriol",
        "24, avenue Joannès Masset, 69009 Lyon",
        "Rue des Alexiens 16b",
        "Cellebroersstraat 16b, 1000 Brussel",
        "Leguit 4, 2000 Antwerpen",
        "Via G. Salvadè 12",
        "Calle Mayor, 5",
        "Hauptstraße 7",
        "12 place de la République",
        "sonnez au 3 IMPASSE DES LILAS",
        "rue Fouré, 44000 Nantes",
        "45.7699447,4.7990359",
        "https://maps.app.goo.gl/abc",
    ] {
        for (key, line) in [
            ("name", format!("name = \"{address}\"")),
            ("notes", format!("name = \"Association\"\nnotes = \"{address}\"")),
            ("website", format!("name = \"Association\"\nwebsite = \"{address}\"")),
        ] {
            let text = entry("relais-lyon").replace("name = \"Association d'exemple, Lyon\"", &line);
            let told = complaints(&text);
            assert!(
                told.iter().any(|it| it.contains(key) && it.contains("no address can stand")),
                "{address}: {told:?}"
            );
        }
    }
    let text = entry("relais-lyon").replace("generalist = false", "street = \"secret\"");
    assert!(complaints(&text)[0].contains("no street can be given"));
}

#[test]
fn rubbish_is_told_and_never_a_panic() {
    for text in
        ["", "[[association]]", "association = 3", "[[association]]\nid = 3", "[association]", "\0", "[[a"]
    {
        assert!(verify(text).is_err() || verify(text).unwrap().directory.associations().is_empty(), "{text}");
    }
    assert!(complaints("[[association]]").len() >= 8, "every missing key is named");
    let told = complaints("a = 1\nb = = 2\nc = 1");
    assert_eq!(told[0], "lyon.toml:1: a is not a known key");
    assert!(told[1].starts_with("lyon.toml:2: "), "{told:?}");
}
