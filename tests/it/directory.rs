//! The directory: only what enough people have signed for comes out, and every fault is told.

use chrono::{DateTime, NaiveDate, Utc};
use relais::directory::{
    Demo, Directory, SigningKey, Trust, TrustedKey, UntrustedDirectory, UntrustedFile, Verified, Weak, Wrong,
};
use relais::ids::Country;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn today() -> NaiveDate {
    day("2026-11-25")
}

fn at(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

/// Fresh recipients, as they stand in a file.
fn recipients() -> String {
    let one = || age::x25519::Identity::generate().to_public().to_string();
    format!("[\"{}\", \"{}\"]", one(), one())
}

/// A sound entry.
fn entry(id: &str) -> String {
    format!(
        r#"
[[association]]
id = "{id}"
name = "Association d'exemple, Lyon"
country = "FR"
place = "69123"
coverage = ["69", "01", "38", "42"]
generalist = false
serves = {{ situations = ["labour", "domestic"], ages = ["adult"], genders = ["woman", "man", "other"], children = true }}
offers = ["shelter", "legal"]
languages = ["fr", "en", "ar"]
opening_hours = "Mo-Fr 09:00-18:00; PH off"
phone = {{ number = "+33 4 65 71 12 06", verified_on = 2026-11-02, verified_by = "A volunteer", source = "a call", until = 2027-05-01 }}
display = "phone"
role = "association"
recipients = {}
volunteers_chat = -1001234567890
vetting = {{ by = ["One", "Two"], on = 2026-10-01, until = 2027-10-01 }}
"#,
        recipients()
    )
}

const HEADER: &str = "[directory]\nissued = 2026-11-01\nuntil = 2027-11-01\n";

fn file(text: &str, keys: &[&SigningKey]) -> UntrustedFile {
    let sign = |(number, key): (usize, &&SigningKey)| {
        let text = key.sign(text.as_bytes(), "lyon.toml", 0).unwrap();
        (format!("lyon.toml.{number}.minisig"), text)
    };
    let signatures = keys.iter().enumerate().map(sign).collect();
    UntrustedFile { name: "lyon.toml".into(), content: text.into(), signatures }
}

fn keys(count: usize) -> (Vec<SigningKey>, Vec<TrustedKey>) {
    let secret: Vec<SigningKey> = (0..count).map(|_| SigningKey::throw_away().unwrap()).collect();
    let public = secret.iter().map(|key| TrustedKey::parse(&key.public().unwrap()).unwrap()).collect();
    (secret, public)
}

fn verify_with(file: UntrustedFile, keys: &[TrustedKey], threshold: u32) -> Result<Verified, Vec<Wrong>> {
    let directory = UntrustedDirectory::of(vec![file]);
    let verified = directory.verify(&Trust { keys, threshold }, today());
    verified.map_err(|faults| faults.0.into_iter().map(|fault| fault.wrong).collect())
}

/// Signs and verifies a text with one key.
fn verify(text: &str) -> Result<Verified, Vec<Wrong>> {
    let (secret, public) = keys(1);
    verify_with(file(text, &[&secret[0]]), &public, 1)
}

/// Every complaint about the format of a text.
fn complaints(text: &str) -> Vec<String> {
    let checked = UntrustedDirectory::of(vec![file(text, &[])]).check(today());
    checked.faults.iter().map(ToString::to_string).collect()
}

fn weaknesses(text: &str) -> Vec<Weak> {
    let checked = UntrustedDirectory::of(vec![file(text, &[])]).check(today());
    assert_eq!(checked.faults, []);
    checked.weaknesses.into_iter().map(|weakness| weakness.weak).collect()
}

#[test]
fn two_of_three_signatures_make_a_directory() {
    let (secret, public) = keys(3);
    let text = format!("{HEADER}{}", entry("relais-lyon"));
    let verified = verify_with(file(&text, &[&secret[2], &secret[0]]), &public, 2).unwrap();
    let association = verified.directory.find(&"relais-lyon".parse().unwrap()).unwrap();
    assert_eq!(association.public_phone(today()), Some("+33 4 65 71 12 06"));
    assert_eq!(association.recipients.len(), 2);
    assert_eq!(association.department.unwrap().to_string(), "69");
}

#[test]
fn a_file_that_was_changed_is_refused() {
    let (secret, public) = keys(1);
    let mut signed = file(&entry("relais-lyon"), &[&secret[0]]);
    signed.content = String::from_utf8(signed.content).unwrap().replace("\"69\"", "\"13\"").into();
    let wrong = verify_with(signed, &public, 1).unwrap_err();
    assert_eq!(wrong, [Wrong::Altered { key: secret[0].id() }]);
}

#[test]
fn a_stranger_s_key_counts_for_nothing() {
    let (_, public) = keys(2);
    let (strangers, _) = keys(2);
    let signed = file(&entry("relais-lyon"), &[&strangers[0], &strangers[1]]);
    assert_eq!(verify_with(signed, &public, 1).unwrap_err(), [Wrong::NotTrusted]);
}

#[test]
fn a_file_without_signature_is_refused() {
    let (_, public) = keys(1);
    assert_eq!(verify_with(file(&entry("relais-lyon"), &[]), &public, 0).unwrap_err(), [Wrong::Unsigned]);
}

#[test]
fn one_key_that_signs_twice_is_one_signer() {
    let (secret, mut public) = keys(2);
    let signed = file(&entry("relais-lyon"), &[&secret[0], &secret[0]]);
    // Nor does it help that the configuration names the key twice.
    public.push(public[0].clone());
    let wrong = verify_with(signed, &public, 2).unwrap_err();
    assert_eq!(wrong, [Wrong::TooFew { valid: 1, threshold: 2 }]);
}

#[test]
fn a_file_past_its_end_is_refused() {
    let text = entry("relais-lyon");
    let header = "[directory]\nissued = 2025-11-01\nuntil = 2026-11-24\n";
    let wrong = verify(&format!("{header}{text}")).unwrap_err();
    assert_eq!(wrong, [Wrong::Expired { until: day("2026-11-24") }]);
    let last_day = header.replace("2026-11-24", "2026-11-25");
    assert_eq!(verify(&format!("{last_day}{text}")).unwrap().directory.associations().len(), 1);
}

#[test]
fn an_association_is_asked_until_its_vetting_ends_and_no_longer() {
    let over = entry("relais-lyon").replace("until = 2027-10-01", "until = 2026-11-24");
    let verified = verify(&format!("{HEADER}{over}")).unwrap();
    assert!(verified.directory.associations().is_empty());
    assert!(verified.weaknesses.iter().any(|it| it.weak == Weak::VettingOver(day("2026-11-24"))));

    let verified = verify(&format!("{HEADER}{}", entry("relais-lyon"))).unwrap();
    assert_eq!(verified.directory.routable(day("2027-10-01")).count(), 1);
    assert_eq!(verified.directory.routable(day("2027-10-02")).count(), 0);
    let verified =
        verify(&format!("{}{}", HEADER.replace("2027", "2026-12-25 #"), entry("relais-lyon"))).unwrap();
    assert_eq!(verified.directory.routable(day("2026-12-25")).count(), 1);
    assert_eq!(verified.directory.routable(day("2026-12-26")).count(), 0, "the file itself has ended");
}

#[test]
fn the_demo_is_sound_and_covers_every_departement() {
    let demo = Demo::prepare(today()).unwrap();
    let verified = demo.verify(today()).unwrap();
    assert_eq!(verified.directory.associations().len(), demo.identities.len());
    assert!(verified.directory.associations().len() >= 14);
    for association in verified.directory.associations() {
        let opened: Vec<String> =
            demo.identities[&association.id].iter().map(|it| it.to_public().to_string()).collect();
        let named: Vec<String> = association.recipients.iter().map(ToString::to_string).collect();
        assert_eq!(named, opened);
    }
    let demo_weak: Vec<_> = verified.weaknesses.iter().filter(|it| !it.spot.file.contains("lines")).collect();
    // The Belgian example has no national team of its own, and no number is reserved for fiction there.
    let expected = [Weak::NoNationalTeam("BE".parse().unwrap())];
    assert_eq!(demo_weak.iter().map(|it| it.weak.clone()).collect::<Vec<_>>(), expected);
}

#[test]
fn the_numbers_of_france_come_by_urgency_and_only_confirmed_ones() {
    let directory = Directory::numbers_only().unwrap();
    let numbers = |country: Country, day| -> Vec<String> {
        directory.lines(country, day).map(|line| line.number.clone()).collect()
    };
    let french = ["112", "17", "114", "119", "15", "18", "115", "3919", "116 006"];
    assert_eq!(numbers(Country::FRANCE, today()), french);
    assert_eq!(numbers("PL".parse().unwrap(), today()), ["112"]);
    assert_eq!(numbers("CH".parse().unwrap(), today()), ["117"]);
    assert!(numbers(Country::FRANCE, day("2027-11-26")).is_empty(), "nothing is shown past its end");
}

#[test]
fn hours_know_the_zone_and_the_holidays() {
    let verified = verify(&format!("{HEADER}{}", entry("relais-lyon"))).unwrap();
    let hours = &verified.directory.associations()[0].hours;
    assert!(hours.is_open(at("2026-11-25T08:00:00Z")), "nine in Paris in winter");
    assert!(!hours.is_open(at("2026-11-25T07:59:00Z")));
    assert!(!hours.is_open(at("2026-11-25T17:00:00Z")), "the closing minute is closed");
    // Friday evening to Monday morning.
    assert_eq!(hours.next_open(at("2026-11-27T18:00:00Z")), Some(at("2026-11-30T08:00:00Z")));
    assert_eq!(
        hours.add_open_time(at("2026-11-27T16:50:00Z"), std::time::Duration::from_mins(30)),
        at("2026-11-30T08:20:00Z")
    );
    // 25 December 2026 is a Friday.
    assert_eq!(hours.next_open(at("2026-12-24T18:00:00Z")), Some(at("2026-12-28T08:00:00Z")));
    // Summer time, and back in time after the window went ahead.
    assert!(hours.is_open(at("2027-06-01T07:00:00Z")));
    assert!(hours.is_open(at("2026-11-25T08:00:00Z")));
}

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
