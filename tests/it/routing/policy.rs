//! The policy by example.

use super::*;

fn labour() -> About {
    oneself(Who::Woman, Situation::Labour, Some(Need::Talk))
}

#[test]
fn language_comes_before_distance() {
    let near = Entry::new("near").at("69123", &["69"]);
    let far = Entry { languages: vec!["ar"], ..Entry::new("far").at("59350", &["59", "69"]) };
    let directory = directory(&[near, far]);
    let wish = request(labour(), department("69"));
    assert_eq!(asked(&directory, &wish, MORNING), ["near", "far"]);
    let wish = Request { locale: Locale::ARABIC, ..wish };
    assert_eq!(asked(&directory, &wish, MORNING), ["far", "near"]);
}

#[test]
fn speciality_comes_before_distance_and_after_language() {
    let general = Entry {
        generalist: true,
        situations: vec![Situation::Sexual],
        ..Entry::new("general").at("69123", &["69"])
    };
    let special =
        Entry { situations: vec![Situation::Labour], ..Entry::new("special").at("38185", &["69", "38"]) };
    let directory = directory(&[general, special]);
    let wish = request(labour(), department("69"));
    assert_eq!(asked(&directory, &wish, MORNING), ["special", "general"]);
}

#[test]
fn what_is_wanted_first_comes_before_distance() {
    let near = Entry { offers: vec![Offer::Legal], ..Entry::new("near").at("69123", &["69"]) };
    let beside = Entry { offers: vec![Offer::Leave], ..Entry::new("beside").at("38185", &["69", "38"]) };
    let directory = directory(&[near, beside]);
    let about = oneself(Who::Man, Situation::Labour, Some(Need::Leave));
    assert_eq!(asked(&directory, &request(about, department("69")), MORNING), ["beside", "near"]);
}

#[test]
fn nearer_comes_first_among_equals() {
    let same = Entry::new("same").at("69123", &["69"]);
    let beside = Entry::new("beside").at("38185", &["69", "38"]);
    let away = Entry::new("away").at("59350", &["59", "69"]);
    let directory = directory(&[away, beside, same]);
    let wish = request(labour(), department("69"));
    assert_eq!(asked(&directory, &wish, MORNING), ["same", "beside", "away"]);
}

#[test]
fn where_an_association_stands_is_said_as_it_is() {
    let reason = |entry: Entry, place: Place| -> String {
        let directory = directory(&[entry]);
        let routed = route(&directory, &request(labour(), place), &at(MORNING)).unwrap();
        let codes = routed.reasons.iter().map(ToString::to_string);
        let mut codes: Vec<String> = codes.filter(|code| !code.contains(':')).collect();
        assert_eq!(codes.len(), 1, "{codes:?}");
        codes.remove(0)
    };
    let lille = |coverage: &[&'static str]| Entry::new("lille").at("59350", coverage);
    let lyon = |coverage: &[&'static str]| Entry::new("lyon").at("69123", coverage);
    let alps = Place::Area(Area::Alps);
    for (entry, place, expected) in [
        (lyon(&["69"]), department("69"), "same_department"),
        (lyon(&["69", "38"]), department("38"), "neighbour"),
        (lyon(&["69", "74"]), department("74"), "same_area"),
        (lille(&["59", "69"]), department("69"), "covers_from_afar"),
        (lille(&[]), department("69"), "nationwide"),
        (lyon(&["69"]), alps, "same_area"),
        (lille(&["59", "69"]), alps, "covers_from_afar"),
        (lille(&[]), alps, "nationwide"),
        (lille(&[]), Place::Unsaid, "nationwide"),
    ] {
        assert_eq!(reason(entry, place), expected);
    }
}

#[test]
fn hours_are_told_as_they_are_at_that_moment() {
    let told = |hours: &'static str, now: &str| -> String {
        let directory = directory(&[Entry { hours, ..Entry::new("one") }]);
        let routed = route(&directory, &request(labour(), department("69")), &at(now)).unwrap();
        routed.reasons.last().unwrap().to_string()
    };
    let office = "Mo-Fr 09:00-18:00; PH off";
    assert_eq!(told(office, "2026-11-25T10:00:00Z"), "open_until:2026-11-25T17:00:00Z");
    assert_eq!(told(office, "2026-11-25T17:00:00Z"), "answers_from:2026-11-26T08:00:00Z");
    assert_eq!(told("24/7", MORNING), "open_always");
    assert_eq!(told("Mo-Su 00:00-24:00", MORNING), "open_always");
    // Through midnight, and through a break between two openings that is none.
    assert_eq!(told("Mo-Su 20:00-02:00", "2026-11-25T23:30:00Z"), "open_until:2026-11-26T01:00:00Z");
    assert_eq!(told("Mo-Fr 09:00-12:00,12:00-18:00", MORNING), "open_until:2026-11-25T17:00:00Z");
    // What earlier versions wrote can still be read.
    assert!("answers_from:2026-11-25T06:50:00Z".parse::<Reason>().is_ok());
    for rubbish in ["open_until", "open_until:18", "overflow", "overflow:-1", "overflow:x", "fulll", ""] {
        assert!(rubbish.parse::<Reason>().is_err(), "{rubbish:?}");
    }
}

#[test]
fn in_danger_a_few_minutes_weigh_less_than_the_language() {
    let french = Entry { hours: "Mo-Fr 09:00-18:00", ..Entry::new("french").at("69123", &["69"]) };
    let arabic = Entry { languages: vec!["ar"], hours: "Mo-Fr 08:00-18:00", ..Entry::new("speaks") };
    let later = Entry { languages: vec!["ar"], hours: "Mo-Fr 11:00-18:00", ..Entry::new("later") };
    let asked = |entries: &[&Entry], now: &str| {
        let entries: Vec<Entry> = entries.iter().map(|&entry| entry.clone()).collect();
        let wish = request(labour(), department("69"));
        let wish = Request { danger: true, locale: Locale::ARABIC, ..wish };
        super::asked(&directory(&entries), &wish, now)
    };
    // Both are there: the one that speaks with them.
    assert_eq!(asked(&[&french, &arabic], MORNING), ["speaks", "french"]);
    // Both open in the morning, an hour apart.
    assert_eq!(asked(&[&french, &arabic], "2026-11-25T02:00:00Z"), ["speaks", "french"]);
    let seven = Entry { hours: "Mo-Fr 07:00-18:00", ..french.clone() };
    assert_eq!(asked(&[&seven, &arabic], "2026-11-25T01:00:00Z"), ["speaks", "french"]);
    // Half an hour against three and a half: minutes count.
    assert_eq!(asked(&[&french, &later], "2026-11-25T07:30:00Z"), ["french", "later"]);
    // The one that speaks with them closes in two minutes; the other opens in a quarter of an hour.
    let closing = Entry { hours: "Mo-Fr 06:00-08:47", ..arabic.clone() };
    assert_eq!(asked(&[&closing, &french], "2026-11-25T07:45:00Z"), ["french", "speaks"]);
    // Hours that nobody named come last.
    let never = Entry { hours: "Mo 09:00-10:00; PH off", ..french };
    assert_eq!(asked(&[&never, &later], "2026-11-25T07:30:00Z"), ["later", "french"]);
}

#[test]
fn in_danger_the_soonest_to_answer_comes_first_and_christmas_is_no_working_day() {
    let office = Entry { languages: vec!["fr", "ar"], ..Entry::new("office").at("69123", &["69"]) };
    let always = Entry { languages: vec!["en"], hours: "24/7", ..Entry::new("always") };
    let directory = directory(&[office, always]);
    let calm = request(labour(), department("69"));
    let danger = Request { danger: true, ..calm.clone() };
    // A Friday at ten: open by the clock, closed by the calendar.
    let christmas = "2026-12-25T10:00:00Z";
    assert_eq!(asked(&directory, &calm, christmas), ["office", "always"]);
    assert_eq!(asked(&directory, &danger, christmas), ["always", "office"]);
    assert_eq!(asked(&directory, &danger, "2026-12-24T10:00:00Z"), ["office", "always"]);
    // Under 18, minutes count as well.
    let minor = request(oneself(Who::Minor, Situation::Begging, None), department("69"));
    assert_eq!(asked(&directory, &minor, christmas), ["always", "office"]);
}

#[test]
fn the_overseas_are_a_pool_of_their_own() {
    let reunion = Entry::new("reunion").at("97411", &["974"]);
    let lyon = Entry::new("lyon").at("69123", &["69"]);
    let national = Entry::new("national");
    let directory = directory(&[reunion, lyon, national]);
    assert_eq!(asked(&directory, &request(labour(), department("974")), MORNING), ["reunion", "national"]);
    assert_eq!(asked(&directory, &request(labour(), department("69")), MORNING), ["lyon", "national"]);
    // Far from Réunion is not an office in Lyon that works for Lyon; nor is Réunion "far from Paris".
    for (code, kept) in [("974", vec!["national"]), ("59", vec!["national", "lyon"])] {
        let wish = Request { distance: Distance::Far, ..request(labour(), department(code)) };
        assert_eq!(asked(&directory, &wish, MORNING), kept, "far from {code}");
    }
}

#[test]
fn abroad_the_associations_of_that_country_are_asked() {
    let belgian = Entry { country: "BE", ..Entry::new("belgian") };
    let directory = directory(&[Entry::new("french"), belgian]);
    let abroad = request(labour(), Place::Abroad("BE".parse().unwrap()));
    assert_eq!(asked(&directory, &abroad, MORNING), ["belgian"]);
    assert_eq!(asked(&directory, &request(labour(), Place::Unsaid), MORNING), ["french"]);
}

#[test]
fn an_unsaid_place_is_for_those_who_work_everywhere() {
    let directory = directory(&[Entry::new("lyon").at("69123", &["69"]), Entry::new("national")]);
    assert_eq!(asked(&directory, &request(labour(), Place::Unsaid), MORNING), ["national"]);
}

#[test]
fn nobody_fits_and_the_national_team_does_or_nobody() {
    let lyon = Entry::new("lyon").at("69123", &["69"]);
    let team = Entry { team: true, ..Entry::new("team") };
    let wish = request(labour(), department("13"));
    assert_eq!(asked(&directory(&[lyon.clone(), team]), &wish, MORNING), ["team"]);
    assert!(route(&directory(&[lyon]), &wish, &at(MORNING)).is_none());
}

#[test]
fn everyone_left_out_is_told_why() {
    let entry = |id: &str| Entry::new(id).at("69123", &["69"]);
    let directory = directory(&[
        Entry { ages: vec![Age::Minor], ..entry("age") },
        Entry { genders: vec![Gender::Man], ..entry("gender") },
        Entry { situations: vec![Situation::Crime], ..entry("situation") },
        Entry { until: "2026-12-01", ..entry("expired") },
        Entry { country: "BE", ..Entry::new("country") },
        Entry::new("place").at("59350", &["59"]),
        entry("closed"),
        entry("kept"),
        Entry { team: true, ..Entry::new("team") },
    ]);
    let closed_to: BTreeSet<AssociationId> = ["closed".parse().unwrap()].into();
    let circumstances = Circumstances { closed_to: &closed_to, ..at("2026-12-10T10:00:00Z") };
    let wish = request(labour(), department("69"));
    let considered = explain(&directory, &wish, &circumstances);
    let order: Vec<&str> = considered.iter().map(|one| one.association.id.as_str()).collect();
    assert_eq!(order[..2], ["kept", "team"]);
    assert_eq!(considered[0].outcome, Ok(route(&directory, &wish, &circumstances).unwrap().reasons));
    let dropped: BTreeMap<&str, Unfit> = considered
        .iter()
        .filter_map(|one| Some((one.association.id.as_str(), *one.outcome.as_ref().err()?)))
        .collect();
    let expected = BTreeMap::from([
        ("age", Unfit::Age),
        ("gender", Unfit::Gender),
        ("situation", Unfit::Situation),
        ("expired", Unfit::Expired),
        ("country", Unfit::Country),
        ("place", Unfit::Place),
        ("closed", Unfit::Closed),
    ]);
    assert_eq!(dropped, expected);
}
