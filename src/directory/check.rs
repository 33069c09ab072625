//! What is weak about associations that are sound each by itself.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{NaiveDate, NaiveTime, TimeDelta};

use super::association::{Association, Coverage, Display, Role};
use super::fault::{Spot, Weak, Weakness};
use super::lines::SOON_DAYS;
use super::verify::Placed;
use crate::ids::{Country, Department};
use crate::terms::Age;

/// Within how many days hours must open once.
const OPENS_WITHIN: TimeDelta = TimeDelta::days(14);
/// Nobody lives there: 984 the Southern lands, 989 Clipperton.
const UNINHABITED: [u16; 2] = [984, 989];

pub(super) fn weaknesses(placed: &[Placed], today: NaiveDate) -> Vec<Weakness> {
    let mut found = Vec::new();
    for Placed { association, spot } in placed {
        let mut weak = |weak| found.push(Weakness { spot: spot.clone(), weak });
        dates(association, today, &mut weak);
        gaps(association, today, &mut weak);
    }
    shared(placed, &mut found);
    let routable: Vec<&Association> =
        placed.iter().map(|placed| &placed.association).filter(|it| it.is_routable(today)).collect();
    whole(&routable, &mut |weak| found.push(Weakness { spot: Spot::default(), weak }));
    found
}

fn dates(association: &Association, today: NaiveDate, weak: &mut impl FnMut(Weak)) {
    let soon = |until: NaiveDate| today >= until - TimeDelta::days(SOON_DAYS);
    let vetting = &association.vetting;
    if today > vetting.until {
        weak(Weak::VettingOver(vetting.until));
    } else if today < vetting.on {
        weak(Weak::VettingToCome(vetting.on));
    } else if soon(vetting.until) {
        weak(Weak::VettingEndsSoon(vetting.until));
    }
    match &association.phone {
        Some(phone) if today > phone.until => weak(Weak::PhoneOver(phone.until)),
        Some(phone) if soon(phone.until) => weak(Weak::PhoneEndsSoon(phone.until)),
        None if matches!(association.display, Display::Full | Display::Phone) => weak(Weak::NoPhone),
        Some(_) | None => {}
    }
}

fn gaps(association: &Association, today: NaiveDate, weak: &mut impl FnMut(Weak)) {
    if association.languages.is_empty() {
        weak(Weak::NoLanguage);
    }
    if association.volunteers_chat.is_none() {
        weak(Weak::NoChat);
    }
    let now = today.and_time(NaiveTime::MIN).and_utc();
    if !association.hours.are_known() {
        weak(Weak::NoHours);
    } else if association.hours.next_open(now).is_none_or(|opens| opens > now + OPENS_WITHIN) {
        weak(Weak::NeverOpen);
    }
}

fn shared(placed: &[Placed], found: &mut Vec<Weakness>) {
    let mut readers: BTreeMap<String, &Association> = BTreeMap::new();
    for Placed { association, spot } in placed {
        let mut told = BTreeSet::new();
        for device in &association.devices {
            let first = readers.entry(device.recipient.to_string()).or_insert(association);
            if first.id != association.id && told.insert(first.id.clone()) {
                let weak = Weak::SharedRecipient(first.id.to_string());
                found.push(Weakness { spot: spot.clone(), weak });
            }
        }
    }
}

/// What the directory lacks as a whole.
fn whole(routable: &[&Association], weak: &mut impl FnMut(Weak)) {
    if routable.is_empty() {
        weak(Weak::Nobody);
        return;
    }
    let countries: BTreeSet<Country> = routable.iter().map(|association| association.country).collect();
    for country in countries {
        let own = || routable.iter().filter(move |association| association.country == country);
        if !own().any(|association| association.role == Role::NationalTeam) {
            weak(Weak::NoNationalTeam(country));
        }
        let mut asked = own().filter(|association| association.role == Role::Association);
        if !asked.any(|association| association.serves.ages.contains(&Age::Minor)) {
            weak(Weak::NobodyForMinors(country));
        }
    }
    not_covered(routable, weak);
}

fn not_covered(routable: &[&Association], weak: &mut impl FnMut(Weak)) {
    let mut french = routable
        .iter()
        .filter(|association| association.country == Country::FRANCE && association.role == Role::Association)
        .peekable();
    if french.peek().is_none() {
        return;
    }
    let mut covered: BTreeSet<Department> = BTreeSet::new();
    for association in french {
        match &association.coverage {
            Coverage::Departments(departments) => covered.extend(departments),
            // Wherever the person is, somebody fits.
            Coverage::Country | Coverage::All => return,
        }
    }
    let inhabited =
        (1..1000).filter(|number| !UNINHABITED.contains(number)).filter_map(Department::from_number);
    let missing: Vec<Department> = inhabited.filter(|department| !covered.contains(department)).collect();
    if !missing.is_empty() {
        weak(Weak::NotCovered(missing));
    }
}
