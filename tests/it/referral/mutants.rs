//! That every rule can fail: for each one a referral that is wrong in one way, and a search that finds it.

use chrono::TimeDelta;
use relais::ids::AssociationId;
use relais::referral::{
    Act, Change, Class, End, Facts, Helped, Kind, Mute, News, Open, Parting, PersonAct, Push, Referral,
    Refusal, Seat, State, Taken, Told, VolunteerAct, Way, Who, Why, step,
};

use super::book::Book;
use super::laws::STEPS;
use super::search::{
    ALWAYS, CHAIN, COLLEAGUES, PHONES, Scope, beginnings, of_colleagues, of_phones, of_the_chain, search,
};
use super::states::{STATES, Seen};
use super::world::{self, Beginning, Extra, Hours, Known, REAL, Step, noon};

type Stepped = Result<(Referral, Vec<Change>), Refusal>;

/// The step, with what it did changed where the act is of this kind.
fn spoiled(
    (referral, who, act, facts): (&Referral, &Who, &Act, &Facts<'_>),
    kinds: &[Kind],
    spoil: impl Fn(&mut Referral, &mut Vec<Change>),
) -> Stepped {
    let (mut after, mut changes) = step(referral, who, act, facts)?;
    if kinds.contains(&act.kind()) {
        spoil(&mut after, &mut changes);
    }
    Ok((after, changes))
}

fn open(referral: &mut Referral, change: impl FnOnce(&mut Open)) {
    if let State::Open(open) = &mut referral.state {
        change(open);
    }
}

fn is_team(referral: &Referral, id: &AssociationId) -> bool {
    referral.team.as_ref().is_some_and(|team| team.id == *id)
}

/// Declares wrong steps that differ from the real one in what they do.
macro_rules! wrong {
    ($($name:ident ($after:ident, $changes:ident; $($kind:ident),+) $body:block)+) => {
        $(fn $name(referral: &Referral, who: &Who, act: &Act, facts: &Facts<'_>) -> Stepped {
            spoiled((referral, who, act, facts), &[$(Kind::$kind),+], |$after, $changes| {
                let _ = (&$after, &$changes);
                $body
            })
        })+
    };
}

wrong!(
    the_team_is_left_out(after, changes; Add) {
        for change in changes {
            if let Change::Seal { to, .. } = change {
                to.retain(|id| !is_team(after, id));
            }
        }
    }
    passing_on_moves_the_alarm(after, changes; Read) {
        open(after, |open| if let Some(clock) = &mut open.clock { clock.alarm_at += TimeDelta::days(3); });
    }
    passing_on_gives_days(after, changes; PassOn) {
        open(after, |open| if let Some(offer) = &mut open.offer { offer.leg.due += TimeDelta::days(3); });
    }
    the_team_is_deaf(after, changes; Late) {
        changes.retain(|change| !matches!(change, Change::Notify { to, .. } if is_team(after, to)));
    }
    accepting_stops_the_clock(after, changes; Accept) {
        open(after, |open| open.clock = None);
    }
    both_have_it(after, changes; Accept) {
        open(after, |open| open.taken = None);
    }
    answers_are_always_pushed(after, changes; Answer) {
        after.push = Push::Due;
        changes.push(Change::Push);
    }
    silence_deletes_what_waits(after, changes; ChangeReach) {
        after.unread = 0;
    }
    withdrawing_leaves_it(after, changes; Withdraw) {
        changes.retain(|change| *change != Change::EraseAll);
    }
    passing_on_is_told_at_once(after, changes; PassOn) {
        changes.push(Change::TellPerson { news: News::PassedOn, how: Told::OnHub });
    }
    what_comes_back_stays_there(after, changes; Return) {
        changes.retain(|change| !matches!(change, Change::TakeAway { .. }));
    }
    ends_are_not_told(after, changes; Close) {
        changes.retain(|change| !matches!(change, Change::TellPerson { .. }));
    }
    declining_ends_it(after, changes; Decline) {
        after.state = State::Ended(End::NobodyLeft);
    }
    one_mutes(after, changes; Mute) {
        after.mute = Mute::Until(noon() + TimeDelta::days(30));
    }
    answers_calm(after, changes; Answer) {
        after.class = Class::Usual;
    }
    the_holder_has_parted(after, changes; Accept) {
        if let State::Open(open) = &after.state {
            after.parted.insert(open.leg.holder.clone(), Parting::Left);
        }
    }
);

fn who_was_asked_is_forgotten(referral: &Referral, who: &Who, act: &Act, facts: &Facts<'_>) -> Stepped {
    let mut forgetful = referral.clone();
    if act.kind() == Kind::PassOn {
        forgetful.hops.clear();
    }
    step(&forgetful, who, act, facts)
}

fn every_phone_is_the_own(referral: &Referral, who: &Who, act: &Act, facts: &Facts<'_>) -> Stepped {
    match who {
        Who::Person { .. } => step(referral, &Who::Person { phone: Some(referral.reach.phone) }, act, facts),
        _ => step(referral, who, act, facts),
    }
}

fn danger_is_only_said(referral: &Referral, who: &Who, act: &Act, facts: &Facts<'_>) -> Stepped {
    match act {
        Act::Person(PersonAct::SayDanger) => step(referral, who, &PersonAct::Write.into(), facts),
        _ => step(referral, who, act, facts),
    }
}

fn who_is_reported_hears_it(referral: &Referral, who: &Who, act: &Act, facts: &Facts<'_>) -> Stepped {
    let (after, mut changes) = step(referral, who, act, facts)?;
    if let Act::Person(PersonAct::Report { about }) = act {
        changes.push(Change::Notify { to: about.clone(), why: Why::Added });
    }
    Ok((after, changes))
}

fn any_address_is_written_to(referral: &Referral, who: &Who, act: &Act, facts: &Facts<'_>) -> Stepped {
    match act {
        Act::Volunteer(VolunteerAct::Answer { .. }) => {
            let newest = VolunteerAct::Answer { address_no: referral.reach.address_no };
            step(referral, who, &newest.into(), facts)
        }
        _ => step(referral, who, act, facts),
    }
}

fn notes_are_refused(referral: &Referral, who: &Who, act: &Act, facts: &Facts<'_>) -> Stepped {
    if act.kind() == Kind::Note { Err(Refusal::Nothing) } else { step(referral, who, act, facts) }
}

fn strangers_are_told(referral: &Referral, who: &Who, act: &Act, facts: &Facts<'_>) -> Stepped {
    step(referral, who, act, facts)
        .map_err(|refusal| if refusal == Refusal::Unknown { Refusal::Parted } else { refusal })
}

const fn chain(step: Step) -> Scope {
    Scope { letters: "ab", extras: &[], hours: ALWAYS, tried: of_the_chain, fold: CHAIN, step, only: None }
}

const fn phones(step: Step) -> Scope {
    Scope {
        letters: "a",
        extras: &[Extra::Phones],
        hours: &[Hours::Day],
        tried: of_phones,
        fold: PHONES,
        step,
        only: None,
    }
}

const fn colleagues(step: Step) -> Scope {
    Scope {
        letters: "a",
        extras: &[Extra::Colleague],
        hours: &[Hours::Day],
        tried: of_colleagues,
        fold: COLLEAGUES,
        step,
        only: None,
    }
}

/// Each rule with a wrong step that breaks it.
const MUTANTS: &[(&str, Scope)] = &[
    (
        "what is added is sealed to exactly those who could read and have not parted",
        chain(the_team_is_left_out),
    ),
    ("nobody is asked twice", chain(who_was_asked_is_forgotten)),
    ("until it rings an alarm only moves earlier", chain(passing_on_moves_the_alarm)),
    ("a leg has no more time than its class and the hours of its holder give", chain(passing_on_gives_days)),
    ("an alarm tells the holder and the team", chain(the_team_is_deaf)),
    ("only an answer stops the clock", chain(accepting_stops_the_clock)),
    ("of two who accept one has it", colleagues(both_have_it)),
    ("who chose silence is not written to", phones(answers_are_always_pushed)),
    ("no phone is told of another, and nothing is pushed while in doubt", phones(every_phone_is_the_own)),
    ("waiting messages are kept when no messages are wanted", phones(silence_deletes_what_waits)),
    ("what is withdrawn is gone for all, and all are told", chain(withdrawing_leaves_it)),
    ("danger said later counts", chain(danger_is_only_said)),
    ("the person hears of passing on once the next has opened it", chain(passing_on_is_told_at_once)),
    ("what was passed on and not opened comes back", chain(what_comes_back_stays_there)),
    ("a report never reaches whom it is about", chain(who_is_reported_hears_it)),
    ("an end is told, and pushed where that is allowed", chain(ends_are_not_told)),
    ("what is declined is the team's at once, or has ended", chain(declining_ends_it)),
    ("mute takes two, and never danger", colleagues(one_mutes)),
    ("urgency never falls", chain(answers_calm)),
    ("only the newest address is written to", phones(any_address_is_written_to)),
    ("no row is impossible", chain(the_holder_has_parted)),
    ("somebody can act, or it has ended", chain(the_holder_has_parted)),
    ("what is allowed is what is accepted", chain(notes_are_refused)),
    ("a clock runs until an answer stands ready", chain(accepting_stops_the_clock)),
    ("who is not in it learns nothing", chain(strangers_are_told)),
];

/// The rules that no step can break alone, for what they look at is what the program says is allowed.
const BY_HAND: [&str; 2] =
    ["withdrawn and deleted, nobody may do anything", "waiting messages can be fetched"];

#[test]
fn every_rule_can_fail() {
    let all = STEPS.iter().map(|(name, _)| *name).chain(STATES.iter().map(|(name, _)| *name));
    for law in all.filter(|law| !BY_HAND.contains(law)) {
        let (_, scope) =
            MUTANTS.iter().find(|(name, _)| *name == law).unwrap_or_else(|| panic!("no mutant: {law}"));
        let beginnings = beginnings(Class::Usual, &[Way::Window, Way::Never]);
        let found = search(Scope { only: Some(law), ..*scope }, &beginnings);
        assert_eq!(found.fault.map(|(broken, _)| broken), Some(law), "{} states", found.states);
    }
}

#[test]
fn every_rule_by_hand_can_fail() {
    let known = Known::at(noon(), Hours::Day, "a");
    let cast = world::cast("a", &[], (0, 1));
    let (mut referral, changes) = Beginning::usual().begin(&known);
    let book = Book::of(&referral, &changes);
    let holds = |referral: &Referral, book: &Book, kinds: &[Kind], law: &str| {
        let allowed = vec![kinds.to_vec(); cast.len()];
        let facts = known.facts();
        let seen = Seen { referral, book, facts: &facts, cast: &cast, allowed: &allowed, step: REAL };
        STATES.iter().find(|(name, _)| *name == law).unwrap().1(&seen)
    };
    let [gone, waiting] = BY_HAND;
    referral.unread = 1;
    assert!(holds(&referral, &book, &[Kind::OpenMessage], waiting));
    assert!(!holds(&referral, &book, &[Kind::Add], waiting));
    referral.state = State::Ended(End::Withdrawn);
    assert!(holds(&referral, &Book::default(), &[], gone));
    assert!(
        !holds(&referral, &Book::default(), &[Kind::OpenMessage], gone),
        "somebody may still do something"
    );
    assert!(!holds(&referral, &book, &[], gone), "somebody can still read it");
}

#[test]
fn no_row_that_another_hand_changed_is_believed() {
    let known = Known::at(noon(), Hours::Day, "a");
    let (sent, _) = Beginning::usual().begin(&known);
    assert_eq!(sent.check(), Ok(()));
    let damages: &[fn(&mut Referral)] = &[
        |row| row.deleted_at = row.received,
        |row| row.reach.address_no = 1,
        |row| row.reach.phone = 1,
        |row| row.push = Push::Standing,
        |row| row.unread = 1,
        |row| row.helped = Helped::Said,
        |row| open(row, |open| open.clock = None),
        |row| open(row, |open| open.taken = Some(Taken { seat: Seat(1), silent: true })),
        |row| row.state = State::Ended(End::Closed { by: world::id('b') }),
        |row| {
            row.parted.insert(world::id('a'), Parting::PassedOn);
        },
        |row| (row.push, row.reach.way, row.unread, row.answered) = (Push::Due, Way::Never, 1, true),
        |row| (row.push, row.reach.doubt, row.unread, row.answered) = (Push::Due, true, 1, true),
    ];
    for (number, damage) in damages.iter().enumerate() {
        let mut row = sent.clone();
        damage(&mut row);
        assert!(row.check().is_err(), "damage {number} is believed");
    }
}
