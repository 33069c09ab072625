//! What holds for every directory and every request.

use relais::record::Ticked;
use relais::terms::{Observed, Reporter, Subject};

use super::*;

const TOWNS: [&str; 9] = ["69123", "13055", "75056", "97411", "97105", "2A004", "59350", "38185", "84007"];
const DEPARTMENTS: [&str; 10] = ["69", "13", "75", "974", "971", "2A", "59", "38", "84", "01"];
const HOURS: [&str; 3] = ["Mo-Fr 09:00-18:00; PH off", "24/7", "Sa-Su 10:00-12:00"];

fn entries() -> impl Strategy<Value = Vec<Entry>> {
    proptest::collection::vec(entry(), 0..9).prop_map(|mut entries| {
        for (number, entry) in entries.iter_mut().enumerate() {
            entry.id = format!("association-{number}");
        }
        entries
    })
}

fn entry() -> impl Strategy<Value = Entry> {
    let whom = (
        subsequence(Situation::ALL, 1..=7),
        subsequence(vec![Age::Adult, Age::Minor], 1..=2),
        subsequence(Gender::ALL, 1..=3),
        any::<bool>(),
        any::<bool>(),
    );
    let place =
        (select(vec!["FR", "FR", "FR", "BE"]), select(&TOWNS[..]), subsequence(&DEPARTMENTS[..], 0..=10));
    let what = (
        subsequence(Offer::ALL, 0..=7),
        subsequence(vec!["fr", "en", "ar", "ro"], 0..=4),
        select(&HOURS[..]),
        select(vec!["2026-12-01", "2027-10-01", "2027-10-01"]),
        proptest::bool::weighted(0.1),
    );
    (whom, place, what).prop_map(|(whom, (country, place, mut coverage), what)| {
        let (situations, ages, genders, children, generalist) = whom;
        let (offers, languages, hours, until, team) = what;
        if country != "FR" || team {
            coverage.clear();
        }
        let id = String::new();
        Entry {
            id,
            team,
            country,
            place,
            coverage,
            generalist,
            situations,
            ages,
            genders,
            children,
            offers,
            languages,
            hours,
            until,
            cap: None,
        }
    })
}

fn requests() -> impl Strategy<Value = Request> {
    let about = (
        proptest::option::of(select(Who::ALL)),
        proptest::option::of(select(Situation::ALL)),
        proptest::option::of(select(Need::ALL)),
    );
    let about = about.prop_map(|(who, situation, need)| About::Oneself { who, situation, need });
    let place = prop_oneof![
        Just(Place::Unsaid),
        select(Area::ALL).prop_map(Place::Area),
        select(&DEPARTMENTS[..]).prop_map(department),
        select(&TOWNS[..]).prop_map(|code| Place::Commune(code.parse().unwrap())),
        select(vec!["BE", "ES"]).prop_map(|code| Place::Abroad(code.parse().unwrap())),
    ];
    let locale = select(Locale::all().collect::<Vec<_>>());
    (about, place, select(Distance::ALL), locale, any::<bool>()).prop_map(
        |(about, place, distance, locale, danger)| Request {
            distance,
            locale,
            danger,
            ..request(about, place)
        },
    )
}

/// Any hour within four weeks after the directory was verified.
fn moments() -> impl Strategy<Value = DateTime<Utc>> {
    (0..24_i64 * 28).prop_map(|hours| moment("2026-11-25T00:00:00Z") + chrono::TimeDelta::hours(hours))
}

/// The ids of some of the entries.
fn chosen(entries: &[Entry], chosen: &[Index]) -> BTreeSet<AssociationId> {
    let chosen = chosen.iter().filter(|_| !entries.is_empty());
    chosen.map(|index| index.get(entries).id.parse().unwrap()).collect()
}

/// Some of the associations are closed, others full.
#[derive(Clone, Copy)]
struct World<'a> {
    now: DateTime<Utc>,
    closed_to: &'a BTreeSet<AssociationId>,
    full: &'a BTreeSet<AssociationId>,
}

impl<'a> World<'a> {
    const fn circumstances(self) -> Circumstances<'a> {
        let Self { now, closed_to, full } = self;
        Circumstances { now, country: Country::FRANCE, closed_to, full }
    }
}

type Routed = Option<(String, Vec<String>, Option<String>, Vec<Reason>)>;

fn routed(directory: &Directory, request: &Request, world: &World<'_>) -> Routed {
    let route = route(directory, request, &world.circumstances())?;
    let others = route.others.iter().map(|other| other.id.to_string()).collect();
    Some((route.first.id.to_string(), others, route.team.map(|team| team.id.to_string()), route.reasons))
}

/// Whether the file of an association says that it can help, read apart from the code under test.
fn may_help(entry: &Entry, request: &Request, now: DateTime<Utc>) -> Result<(), &'static str> {
    let demand = |holds: bool, says| if holds { Ok(()) } else { Err(says) };
    demand(now.date_naive() <= entry.until.parse().unwrap(), "expired")?;
    demand(!matches!(request.who(), Some(Who::Minor)) || entry.ages.contains(&Age::Minor), "age")?;
    let adult = matches!(request.who(), Some(Who::Woman | Who::Man | Who::Family));
    demand(!adult || entry.ages.contains(&Age::Adult), "age")?;
    demand(request.who() != Some(Who::Family) || entry.children, "children")?;
    let gender = match request.who() {
        Some(Who::Woman) => Some(Gender::Woman),
        Some(Who::Man) => Some(Gender::Man),
        None if request.about.is_other() => None,
        Some(Who::Other) | None => Some(Gender::Other),
        Some(Who::Family | Who::Minor) => None,
    };
    demand(gender.is_none_or(|gender| entry.genders.contains(&gender)), "gender")?;
    let situation = request.situation().unwrap_or(Situation::Other);
    demand(entry.generalist || entry.situations.contains(&situation), "situation")?;
    let country = match request.place {
        Place::Abroad(country) => country.to_string(),
        _ => "FR".to_owned(),
    };
    demand(entry.country == country, "country")?;
    let covered = |inside: &dyn Fn(Department) -> bool| {
        entry.is_nationwide() || entry.coverage.iter().any(|code| inside(code.parse().unwrap()))
    };
    if request.distance == Distance::Far {
        return far_enough(entry, request.place);
    }
    match (request.place.department(), request.place) {
        (Some(there), _) => demand(covered(&|code| code == there), "place"),
        (None, Place::Area(area)) => demand(covered(&|code| place::area_of(code) == Some(area)), "place"),
        (None, Place::Unsaid) => demand(entry.is_nationwide(), "place"),
        (None, _) => Ok(()),
    }
}

/// FAR never gives the same or a neighbouring département, nor another pool, unless it works nationwide.
fn far_enough(entry: &Entry, place: Place) -> Result<(), &'static str> {
    let (Some(at), false) = (entry.department(), entry.is_nationwide()) else { return Ok(()) };
    let wrong = match (place.department(), place) {
        (Some(there), _) => {
            at == there || place::are_neighbours(at, there) || at.is_overseas() != there.is_overseas()
        }
        (None, Place::Area(area)) => {
            place::area_of(at) == Some(area) || at.is_overseas() != (area == Area::Overseas)
        }
        (None, Place::Unsaid) => true,
        (None, _) => false,
    };
    if wrong { Err("not far") } else { Ok(()) }
}

/// What nobody can take now, and where enough waits already.
fn worlds() -> impl Strategy<Value = (DateTime<Utc>, Vec<Index>, Vec<Index>)> {
    let some = || proptest::collection::vec(any::<Index>(), 0..4);
    (moments(), some(), some())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn only_who_can_help_is_asked_and_all_of_them(
        entries in entries(), request in requests(), (now, closed, full) in worlds(),
    ) {
        let (closed_to, full) = (chosen(&entries, &closed), chosen(&entries, &full));
        let directory = directory(&entries);
        let routed = routed(&directory, &request, &World { now, closed_to: &closed_to, full: &full });
        let open = |entry: &&Entry| !closed_to.iter().any(|id| id.as_str() == entry.id);
        let is_full = |id: &str| full.iter().any(|full| full.as_str() == id);
        let mut able: Vec<&str> = entries
            .iter()
            .filter(open)
            .filter(|entry| !entry.team && may_help(entry, &request, now).is_ok())
            .map(|entry| entry.id.as_str())
            .collect();
        let team = entries.iter().filter(open).any(|entry| {
            entry.team && entry.country == "FR" && now.date_naive() <= entry.until.parse().unwrap()
        });
        prop_assert!(routed.is_some() || !team, "never nobody while there is a national team");
        prop_assert!(routed.is_some() || able.is_empty(), "never nobody while somebody can help, full or not");
        let Some((first, others, _, reasons)) = routed else { return Ok(()) };
        let mut asked: Vec<&str> = others.iter().map(String::as_str).collect();
        if reasons.contains(&Reason::NationalTeam) {
            prop_assert!(able.iter().all(|id| is_full(id)), "the team comes first only where all are full");
            prop_assert!(able.is_empty() || !request.is_urgent(), "danger is never left to the team alone");
        } else {
            asked.push(first.as_str());
            let full_one = is_full(&first);
            prop_assert_eq!(full_one, reasons.contains(&Reason::Full));
            let another = able.iter().any(|id| !is_full(id)) || team;
            prop_assert!(!full_one || request.is_urgent() || !another, "a full one only where nobody else can");
        }
        asked.sort_unstable();
        able.sort_unstable();
        prop_assert_eq!(asked, able);
    }

    #[test]
    fn the_same_is_asked_whatever_the_order_of_the_files(
        entries in entries(), request in requests(), (now, closed, full) in worlds(),
        shuffled in any::<Index>(), reversed in any::<bool>(),
    ) {
        let (closed_to, full) = (chosen(&entries, &closed), chosen(&entries, &full));
        let world = World { now, closed_to: &closed_to, full: &full };
        let once = directory(&entries);
        let expected = routed(&once, &request, &world);
        prop_assert_eq!(&expected, &routed(&once, &request, &world));
        let mut moved = entries.clone();
        let middle = if moved.is_empty() { 0 } else { shuffled.index(moved.len()) };
        moved.rotate_left(middle);
        if reversed {
            moved.reverse();
        }
        let (one, other) = moved.split_at(middle);
        prop_assert_eq!(&expected, &routed(&directory_of(&[other, one]), &request, &world));
    }

    #[test]
    fn who_fits_worse_changes_nothing_for_the_first(
        entries in entries(), more in entry(), request in requests(), (now, closed, full) in worlds(),
    ) {
        let closed_to = chosen(&entries, &closed);
        let mut full = chosen(&entries, &full);
        let before = routed(&directory(&entries), &request, &World { now, closed_to: &closed_to, full: &full });
        // Somebody else is asked only where it is the newcomer, who may be better.
        let newcomer = Entry { id: "newcomer".into(), ..more };
        let world = World { now, closed_to: &closed_to, full: &full };
        let after = routed(&directory(&[&entries[..], &[newcomer]].concat()), &request, &world);
        if let (Some(before), Some(after)) = (&before, &after) {
            prop_assert!(after.0 == before.0 || after.0 == "newcomer", "{} after {}", after.0, before.0);
        }
        // The first once more, as full as that one, but it speaks nothing, offers nothing and comes later.
        let first = before.as_ref().and_then(|routed| entries.iter().find(|entry| entry.id == routed.0));
        if let Some(first) = first.filter(|first| !first.team) {
            let worse = Entry { id: "worse".into(), languages: vec![], offers: vec![], ..first.clone() };
            if full.iter().any(|id| id.as_str() == first.id) {
                full.insert("worse".parse().unwrap());
            }
            let world = World { now, closed_to: &closed_to, full: &full };
            let after = routed(&directory(&[&entries[..], &[worse]].concat()), &request, &world);
            prop_assert_eq!(after.map(|routed| routed.0), before.map(|routed| routed.0));
        }
    }

    #[test]
    fn signs_change_nothing(
        entries in entries(), request in requests(), (now, closed, full) in worlds(),
        reporter in proptest::option::of(select(Reporter::ALL)),
        subject in proptest::option::of(select(Subject::ALL)),
        (one, other) in (subsequence(Observed::ALL, 0..12), subsequence(Observed::ALL, 0..12)),
    ) {
        let (closed_to, full) = (chosen(&entries, &closed), chosen(&entries, &full));
        let world = World { now, closed_to: &closed_to, full: &full };
        let directory = directory(&entries);
        let seen = |signs: Vec<Observed>| {
            let observed = signs.into_iter().fold(Ticked::NONE, Ticked::toggled);
            Request { about: About::Other { reporter, subject, observed }, ..request.clone() }
        };
        prop_assert_eq!(routed(&directory, &seen(one), &world), routed(&directory, &seen(other), &world));
    }

    #[test]
    fn an_explanation_agrees_with_the_route_and_can_be_read(
        entries in entries(), request in requests(), (now, closed, full) in worlds(),
    ) {
        let (closed_to, full) = (chosen(&entries, &closed), chosen(&entries, &full));
        let world = World { now, closed_to: &closed_to, full: &full };
        let directory = directory(&entries);
        let considered = explain(&directory, &request, &world.circumstances());
        prop_assert_eq!(considered.len(), directory.associations().len());
        let kept: Vec<_> = considered.iter().take_while(|one| one.outcome.is_ok()).collect();
        prop_assert!(considered.iter().skip(kept.len()).all(|one| one.outcome.is_err()), "dropped come last");
        let kept_ids: Vec<String> = kept.iter().map(|one| one.association.id.to_string()).collect();
        match routed(&directory, &request, &world) {
            None => prop_assert!(kept.is_empty()),
            Some((first, others, team, reasons)) => {
                let asked: Vec<String> = [first].into_iter().chain(others).chain(team).collect();
                prop_assert_eq!(kept_ids, asked);
                prop_assert_eq!(kept[0].outcome.as_ref(), Ok(&reasons));
            }
        }
        let catalog = &*CATALOG;
        for reason in kept.iter().filter_map(|one| one.outcome.as_ref().ok()).flatten() {
            let read = reason.to_string().parse::<Reason>();
            prop_assert_eq!(read.as_ref(), Ok(reason));
            for locale in [Locale::FRENCH, Locale::ENGLISH] {
                let said = catalog.try_say(locale, &relais::desk::reason(reason, None));
                prop_assert!(said.is_some_and(|said| !said.trim().is_empty()), "{reason} in {locale:?}");
            }
        }
    }
}

static CATALOG: LazyLock<Catalog> = LazyLock::new(|| Catalog::load().unwrap());
