//! The truth about when, and who reads along.

use chrono::{DateTime, TimeDelta, Utc};
use proptest::prelude::*;
use relais::ids::{AssociationId, Country};
use relais::referral::{
    Class, Duty, MOST_LEGS, Readers, Referral, Refusal, Seat, Sending, Team, VolunteerAct, Way, Who, due,
    step,
};

use super::world::{Beginning, Hours, Known, country, id, noon};

fn at(text: &str) -> DateTime<Utc> {
    format!("{text}:00Z").parse().unwrap()
}

#[test]
fn deadlines_are_rounded_down_and_obey_hours() {
    let monday = Duty::From(at("2026-11-30T08:00"));
    let soon = Duty::From(at("2026-11-24T17:29"));
    let table = [
        // The hour hides the minute in which somebody wrote.
        (Class::Usual, Duty::Now, "2026-11-24T16:40", "2026-11-25T16:00", false),
        (Class::Tonight, Duty::Now, "2026-11-24T16:40", "2026-11-24T20:00", false),
        // Half an hour is never more than that, and never counts from a later moment.
        (Class::Urgent, Duty::Now, "2026-11-24T16:42", "2026-11-24T17:10", false),
        // On a Saturday night nobody is promised before Monday, and who cannot wait needs the team.
        (Class::Usual, monday, "2026-11-28T22:05", "2026-11-30T12:00", true),
        (Class::Tonight, monday, "2026-11-28T22:05", "2026-11-30T09:00", true),
        (Class::Urgent, monday, "2026-11-28T22:05", "2026-11-30T08:30", true),
        // Where the hour would lie before the opening it is not rounded so far.
        (Class::Urgent, soon, "2026-11-24T16:29", "2026-11-24T17:55", true),
        // Who opens in time is in time.
        (Class::Tonight, soon, "2026-11-24T16:29", "2026-11-24T20:00", false),
        // A clock runs also where nobody knows the hours.
        (Class::Urgent, Duty::Unknown, "2026-11-24T16:42", "2026-11-24T17:10", true),
    ];
    for (class, duty, now, until, closed) in table {
        let deadline = class.deadline(duty, at(now));
        assert_eq!((deadline.at, deadline.closed), (at(until), closed), "{class:?} {duty:?} {now}");
    }
}

proptest! {
    #[test]
    fn a_deadline_leaves_time_and_gives_no_more_than_its_class(
        class in prop::sample::select(Class::ALL.to_vec()),
        minute in 0..20_000_i64,
        opens in prop::option::of(0..8_000_i64),
    ) {
        let now = noon() + TimeDelta::minutes(minute);
        let opening = opens.map(|minutes| now + TimeDelta::minutes(minutes));
        let deadline = class.deadline(opening.map_or(Duty::Now, Duty::From), now);
        let begins = opening.unwrap_or(now);
        let latest = (now + class.time()).max(begins + opens.map_or(TimeDelta::zero(), |_| class.after_opening()));
        prop_assert!(deadline.at <= latest);
        prop_assert!(deadline.at >= begins + class.after_opening() / 2 || deadline.at + TimeDelta::minutes(5) > latest);
        prop_assert_eq!(deadline.at.timestamp() % 300, 0);
    }
}

#[test]
fn a_request_that_is_kept_for_a_day_still_rings_while_somebody_can_act() {
    let known = Known::at(noon(), Hours::Night, "a");
    for class in Class::ALL {
        let readers = Readers::of(&id('a'), Country::FRANCE, Country::FRANCE, &[]);
        let (id, way, deleted_at) =
            (relais::ids::HandoffId::new([1; 16]), Way::Window, noon() + TimeDelta::days(1));
        let sending = Sending { id, readers, class, way, full: false, deleted_at };
        let (referral, _) = Referral::begin(&sending, &known.facts());
        let alarm = referral.open().and_then(|open| open.clock).unwrap().alarm_at;
        assert!(alarm < referral.given_up_at() && referral.given_up_at() < deleted_at, "{class:?}: {alarm}");
        assert!(due(&referral).unwrap().at < alarm, "a reminder comes first");
    }
}

#[test]
fn the_team_of_the_persons_country_reads_along_whoever_is_asked() {
    let (france, belgium, italy) = (Country::FRANCE, country("BE"), country("IT"));
    let team = |letter, country| Team { id: id(letter), country };
    let teams = [team('f', france), team('b', belgium)];
    let read = |asked: char, person, teams: &[Team]| Readers::of(&id(asked), person, france, teams).all();
    assert_eq!(read('x', belgium, &teams), [id('b'), id('x')]);
    assert_eq!(read('x', france, &teams), [id('f'), id('x')]);
    // Where a country has no team, that of the service reads; where there is none, nobody beside who is asked.
    assert_eq!(read('x', italy, &teams), [id('f'), id('x')]);
    assert_eq!(read('x', belgium, &teams[..1]), [id('f'), id('x')]);
    assert_eq!(read('x', belgium, &[]), [id('x')]);
    // A team that is asked itself is one reader.
    assert_eq!(read('b', belgium, &teams), [id('b')]);
}

#[test]
fn a_request_is_passed_on_a_few_times_only() {
    let letters = "abcdefghijkl";
    let known = Known::at(noon(), Hours::Day, letters);
    let (mut referral, _) = Beginning::usual().begin(&known);
    let mut holder: AssociationId = id('a');
    for (passed, to) in letters.chars().skip(1).map(id).enumerate() {
        let who = Who::Volunteer { of: holder.clone(), seat: Seat(1) };
        let pass = VolunteerAct::PassOn { to: to.clone() }.into();
        let passed_on = step(&referral, &who, &pass, &known.facts());
        if passed + 1 == MOST_LEGS {
            assert_eq!(passed_on.map(|_| ()), Err(Refusal::TooManyHops));
            return;
        }
        let next = Who::Volunteer { of: to.clone(), seat: Seat(1) };
        let read = VolunteerAct::Read { signed: true }.into();
        referral = step(&passed_on.unwrap().0, &next, &read, &known.facts()).unwrap().0;
        holder = to;
    }
    panic!("it is passed on for ever");
}
