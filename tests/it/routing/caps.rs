//! Who has enough requests: others are asked first, and nobody is left without an answer.

use super::*;

use relais::routing::{has_caps, told_at_once, who_is_full};

fn ids(ids: &[&str]) -> BTreeSet<AssociationId> {
    ids.iter().map(|id| id.parse().unwrap()).collect()
}

fn with<'a>(full: &'a BTreeSet<AssociationId>, now: &str) -> Circumstances<'a> {
    Circumstances { full, ..at(now) }
}

fn labour() -> About {
    oneself(Who::Woman, Situation::Labour, Some(Need::Talk))
}

fn three() -> Directory {
    let near = Entry::new("near").at("69123", &["69"]);
    let beside = Entry::new("beside").at("38185", &["69", "38"]);
    let away = Entry::new("away").at("59350", &["59", "69"]);
    directory(&[away, beside, near, Entry { team: true, ..Entry::new("team") }])
}

#[test]
fn a_full_one_is_passed_over_while_another_fits_and_the_reasons_say_so() {
    let directory = three();
    let wish = request(labour(), department("69"));
    let full = ids(&["near", "beside"]);
    let routed = route(&directory, &wish, &with(&full, MORNING)).unwrap();
    assert_eq!((routed.first.id.as_str(), routed.is_full), ("away", false));
    assert!(routed.reasons.contains(&Reason::Overflow(2)), "{:?}", routed.reasons);
    assert_eq!(routed.team.map(|team| team.id.as_str()), Some("team"));
    // Whom to pass it on to: the full ones too, in their order.
    assert_eq!(asked_in(&directory, &wish, &with(&full, MORNING)), ["away", "near", "beside"]);
    // Who is full and would have come later anyway is not spoken of.
    let later = ids(&["away"]);
    let routed = route(&directory, &wish, &with(&later, MORNING)).unwrap();
    assert_eq!(routed.first.id.as_str(), "near");
    assert!(!routed.reasons.iter().any(|reason| matches!(reason, Reason::Overflow(_) | Reason::Full)));
}

#[test]
fn all_are_full_and_the_team_takes_it_or_the_best_of_them_does() {
    let wish = request(labour(), department("69"));
    let full = ids(&["near", "beside", "away"]);
    let directory = three();
    let routed = route(&directory, &wish, &with(&full, MORNING)).unwrap();
    assert_eq!(routed.first.id.as_str(), "team");
    assert_eq!(routed.reasons[..1], [Reason::NationalTeam]);
    assert!(routed.reasons.contains(&Reason::Overflow(3)), "{:?}", routed.reasons);
    assert_eq!(asked_in(&directory, &wish, &with(&full, MORNING)), ["team", "near", "beside", "away"]);
    // The team has paused: a full association is better than nobody.
    let closed_to = ids(&["team"]);
    let without = Circumstances { closed_to: &closed_to, ..with(&full, MORNING) };
    let routed = route(&directory, &wish, &without).unwrap();
    assert_eq!((routed.first.id.as_str(), routed.is_full), ("near", true));
    assert!(routed.reasons.contains(&Reason::Full), "{:?}", routed.reasons);
}

#[test]
fn danger_never_waits_longer_for_it_and_the_team_hears_at_once() {
    let open = Entry { hours: "24/7", ..Entry::new("open").at("69123", &["69"]) };
    let office = Entry::new("office").at("38185", &["69", "38"]);
    let team = Entry { team: true, ..Entry::new("team") };
    let directory = directory(&[open, office, team]);
    let danger = Request { danger: true, ..request(labour(), department("69")) };
    let full = ids(&["open"]);
    // Both are open: the one that has room is asked.
    assert_eq!(asked_in(&directory, &danger, &with(&full, MORNING)), ["office", "open"]);
    // At night the office is closed till Monday: the full one answers all the same.
    let night = "2026-11-28T22:00:00Z";
    let routed = route(&directory, &danger, &with(&full, night)).unwrap();
    assert_eq!((routed.first.id.as_str(), routed.is_full), ("open", true));
    assert!(told_at_once(&danger, &routed, moment(night)), "the team is told beside a full one");
    // Not even where all are full is it left to the team alone.
    let full = ids(&["open", "office"]);
    let minor = request(oneself(Who::Minor, Situation::Begging, None), department("69"));
    for wish in [danger, minor] {
        let routed = route(&directory, &wish, &with(&full, MORNING)).unwrap();
        assert_eq!((routed.first.id.as_str(), routed.is_full), ("open", true));
        assert!(told_at_once(&wish, &routed, moment(MORNING)));
    }
}

#[test]
fn an_associations_own_limit_counts_before_that_of_the_service_and_a_team_has_none() {
    let own = Entry { cap: Some(3), ..Entry::new("own") };
    let team = Entry { team: true, ..Entry::new("team") };
    let directory = directory(&[own, Entry::new("other"), team.clone()]);
    let waiting = |number| {
        let named = ["own", "other", "team", "gone"].map(|id| (id.parse().unwrap(), number));
        BTreeMap::<AssociationId, u32>::from(named)
    };
    assert_eq!(who_is_full(&directory, &waiting(2), None), ids(&[]));
    assert_eq!(who_is_full(&directory, &waiting(3), None), ids(&["own"]));
    assert_eq!(who_is_full(&directory, &waiting(2), Some(2)), ids(&["other"]));
    assert_eq!(who_is_full(&directory, &waiting(9), Some(2)), ids(&["other", "own"]));
    assert_eq!(who_is_full(&directory, &BTreeMap::new(), Some(1)), ids(&[]));
    assert!(has_caps(&directory, None));
    let unlimited = directory_of(&[&[team, Entry::new("other")]]);
    assert!(!has_caps(&unlimited, None) && has_caps(&unlimited, Some(1)));
}
