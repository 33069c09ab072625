//! Days and hours: who may be asked when.

use super::*;

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
