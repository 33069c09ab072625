//! Every order of acts, breadth first, over the code that the server runs.

use std::collections::{HashMap, VecDeque};
use std::sync::Mutex;
use std::thread;
use std::time::Instant;

use relais::referral::{Act, Class, End, Kind, Referral, Seat, State, Way, Who};

use super::book::Book;
use super::laws::{self, Edge};
use super::normal::{ADDRESS, Aside, Fold, Node, a_while_later, normal, when_due};
use super::states;
use super::world::{self, Actor, Beginning, CLOCK, Extra, Hours, Known, Step, noon};

/// What is searched.
#[derive(Clone, Copy)]
pub struct Scope {
    /// The associations beside the team.
    pub letters: &'static str,
    /// Who acts beside one of each.
    pub extras: &'static [Extra],
    /// Who is on duty: what cannot wait is told to the team where nobody is.
    pub hours: &'static [Hours],
    /// Whether an act is tried.
    pub tried: fn(&Referral, &Who, &Act) -> bool,
    pub fold: Fold,
    /// What moves the request.
    pub step: Step,
    /// The one rule that is asked, instead of all.
    pub only: Option<&'static str>,
}

/// By day and by night.
pub const ALWAYS: &[Hours] = &[Hours::Day, Hours::Night];

/// The rule that is broken, and how it comes to it.
pub type Fault = (&'static str, Vec<String>);

/// What a search found.
#[derive(Debug, Default)]
pub struct Found {
    pub states: usize,
    pub ends: usize,
    pub steps: usize,
    pub fault: Option<Fault>,
}

/// How a state was first reached.
enum Move {
    Begin(Beginning),
    Step(Who, Act),
    Time,
}

struct Search<'a> {
    scope: Scope,
    known: &'a Known,
    cast: &'a [Actor],
    seen: HashMap<Node, usize>,
    trace: Vec<(Option<usize>, Move)>,
    front: VecDeque<(usize, Node)>,
    found: Found,
}

/// Searches from these beginnings until nothing is new, or a rule is broken; at all hours at once.
pub fn search(scope: Scope, beginnings: &[Beginning]) -> Found {
    let all: Vec<Found> = thread::scope(|threads| {
        let by = |&hours| threads.spawn(move || search_by(scope, hours, beginnings));
        let searches: Vec<_> = scope.hours.iter().map(by).collect();
        searches.into_iter().map(|search| search.join().unwrap()).collect()
    });
    all.into_iter().fold(Found::default(), |one, other| Found {
        states: one.states + other.states,
        ends: one.ends + other.ends,
        steps: one.steps + other.steps,
        fault: one.fault.or(other.fault),
    })
}

fn search_by(scope: Scope, hours: Hours, beginnings: &[Beginning]) -> Found {
    let known = Known::at(noon(), hours, scope.letters);
    let cast = world::cast(scope.letters, scope.extras, (ADDRESS, ADDRESS + 1));
    let mut search = Search {
        scope,
        known: &known,
        cast: &cast,
        seen: HashMap::new(),
        trace: Vec::new(),
        front: VecDeque::new(),
        found: Found::default(),
    };
    let fault = beginnings.iter().find_map(|one| search.begin(*one));
    let fault = fault.or_else(|| search.run());
    Found { states: search.seen.len(), fault, ..search.found }
}

impl Search<'_> {
    fn begin(&mut self, beginning: Beginning) -> Option<Fault> {
        let (referral, changes) = beginning.begin(self.known);
        let book = Book::of(&referral, &changes);
        self.reach(normal(referral, book, noon(), self.scope.fold), None, Move::Begin(beginning))
    }

    fn run(&mut self) -> Option<Fault> {
        let (cast, tried) = (self.cast, self.scope.tried);
        while let Some((at, node)) = self.front.pop_front() {
            for (who, acts) in cast.iter().filter(|(who, _)| *who != Who::Clock) {
                for act in acts.iter().filter(|act| tried(&node.referral, who, act)) {
                    let fault = self.take(at, &node, (who, act));
                    if fault.is_some() {
                        return fault;
                    }
                }
            }
            let fault = self.pass_time(at, &node);
            if fault.is_some() {
                return fault;
            }
        }
        None
    }

    fn pass_time(&mut self, at: usize, node: &Node) -> Option<Fault> {
        let book = || node.book.clone();
        for act in CLOCK {
            let Some(referral) = when_due(&node.referral, act) else { continue };
            let act = Act::from(act.clone());
            let fault = self.take(at, &Node { referral, book: book() }, (&Who::Clock, &act));
            if fault.is_some() {
                return fault;
            }
        }
        let later = a_while_later(node.referral.clone());
        self.reach(Node { referral: later, book: book() }, Some(at), Move::Time)
    }

    fn take(&mut self, at: usize, node: &Node, (who, act): (&Who, &Act)) -> Option<Fault> {
        let facts = self.known.facts();
        let Ok((after, changes)) = (self.scope.step)(&node.referral, who, act, &facts) else { return None };
        self.found.steps += 1;
        let then = node.book.after(&node.referral, (who, act), &after, &changes);
        let edge = Edge {
            before: &node.referral,
            book: &node.book,
            who,
            act,
            facts: &facts,
            cast: self.cast,
            after: &after,
            then: &then,
            changes: &changes,
        };
        if let Some(law) = laws::broken_by_step(&edge, self.scope.only) {
            let last = format!("{who:?} {act:?}\n{:#?}\n=> {changes:?}\n{after:#?}", node.referral);
            return Some((law, self.path(at, last)));
        }
        let next = normal(after, then, noon(), self.scope.fold);
        self.reach(next, Some(at), Move::Step(who.clone(), act.clone()))
    }

    fn reach(&mut self, node: Node, from: Option<usize>, how: Move) -> Option<Fault> {
        if self.seen.contains_key(&node) {
            return None;
        }
        let at = self.trace.len();
        self.trace.push((from, how));
        self.seen.insert(node.clone(), at);
        self.found.ends += usize::from(node.referral.open().is_none());
        let law = states::broken_in_state(
            (&node.referral, &node.book),
            &self.known.facts(),
            self.cast,
            self.scope.step,
            self.scope.only,
        );
        if let Some(law) = law {
            return Some((law, self.path(at, format!("{:#?}", node.referral))));
        }
        self.front.push_back((at, node));
        None
    }

    fn path(&self, at: usize, last: String) -> Vec<String> {
        let mut path = vec![last];
        let mut at = Some(at);
        while let Some(here) = at {
            let (from, how) = &self.trace[here];
            path.push(match how {
                Move::Begin(beginning) => format!("begin {beginning:?}"),
                Move::Step(who, act) => format!("{who:?} {act:?}"),
                Move::Time => "time passes".to_owned(),
            });
            at = *from;
        }
        path.reverse();
        path
    }
}

/// The beginnings: a first, with a team and without, and the team first.
pub fn beginnings(class: Class, ways: &[Way]) -> Vec<Beginning> {
    let of = |&way| {
        [('a', true), ('a', false), ('t', true)].map(|(first, team)| Beginning { first, team, class, way })
    };
    ways.iter().flat_map(of).collect()
}

/// The chain: who has it, who reads, what rings. One phone, one volunteer of each.
pub const CHAIN: Fold = &[Aside::Messages, Aside::Reminders, Aside::Helped];

/// The chain without its clocks, for more associations.
pub const WHO: Fold = &[Aside::Messages, Aside::Reminders, Aside::Helped, Aside::Alarms, Aside::Class];

/// Phones and messages.
pub const PHONES: Fold = &[Aside::Reminders, Aside::Alarms, Aside::Class, Aside::Helped];

/// Colleagues, what they may keep quiet, and reminders.
pub const COLLEAGUES: Fold = &[Aside::Messages, Aside::Alarms, Aside::Class];

fn is_first(who: &Who) -> bool {
    match who {
        Who::Person { phone } => *phone == Some(0),
        Who::Volunteer { seat, .. } => *seat == Seat(1),
        Who::Clock | Who::Messenger => false,
    }
}

const fn is_of_phones(kind: Kind) -> bool {
    matches!(kind, Kind::ChangeReach | Kind::OpenByCode | Kind::OpenMessage | Kind::ChoosePhone)
}

const fn is_of_colleagues(kind: Kind) -> bool {
    matches!(kind, Kind::SayHelped | Kind::HandTo | Kind::Mute | Kind::Unmute)
}

/// As the chain, without reports, which part an association as a wish for another does.
pub fn of_who_has_it(referral: &Referral, who: &Who, act: &Act) -> bool {
    of_the_chain(referral, who, act) && act.kind() != Kind::Report
}

/// From an end without a helper nothing leads back to the chain.
pub fn of_the_chain(referral: &Referral, who: &Who, act: &Act) -> bool {
    let over = matches!(referral.state, State::Ended(End::NobodyLeft | End::NobodyTook));
    is_first(who) && !over && !is_of_phones(act.kind()) && !is_of_colleagues(act.kind())
}

/// Everything that two phones and the messenger do, between acts of the chain.
pub fn of_phones(referral: &Referral, who: &Who, act: &Act) -> bool {
    let second = matches!(who, Who::Volunteer { seat, .. } if *seat != Seat(1));
    let other = matches!(who, Who::Person { phone: Some(1) } if referral.reach.phone == 0);
    !second && !other && !is_of_colleagues(act.kind()) && act.kind() != Kind::Report
}

/// Everything that two volunteers of one association do, between acts of the chain.
pub fn of_colleagues(_: &Referral, who: &Who, act: &Act) -> bool {
    let volunteer = matches!(who, Who::Volunteer { .. });
    (volunteer || is_first(who)) && !is_of_phones(act.kind()) && act.kind() != Kind::Report
}

fn check(name: &str, scope: Scope, beginnings: &[Beginning]) {
    // One after the other, so that the time that is printed is its own.
    static TURN: Mutex<()> = Mutex::new(());
    let turn = TURN.lock();
    let begun = Instant::now();
    let found = search(scope, beginnings);
    let Found { states, ends, steps, fault } = found;
    println!("{name}: {states} states, {ends} of them ended, {steps} steps, {:.1?}", begun.elapsed());
    drop(turn);
    if let Some((law, path)) = fault {
        panic!("{law}:\n  {}", path.join("\n  "));
    }
}

#[test]
fn the_chain_of_two_associations_and_a_team() {
    let scope = Scope {
        letters: "ab",
        extras: &[],
        hours: ALWAYS,
        tried: of_the_chain,
        fold: CHAIN,
        step: world::REAL,
        only: None,
    };
    check("two associations and a team", scope, &beginnings(Class::Usual, &[Way::Window]));
}

#[test]
fn phones_and_messages_of_one_association_and_a_team() {
    let scope = Scope {
        letters: "a",
        extras: &[Extra::Phones],
        hours: &[Hours::Day],
        tried: of_phones,
        fold: PHONES,
        step: world::REAL,
        only: None,
    };
    check("phones and messages", scope, &beginnings(Class::Usual, &[Way::Window, Way::Never]));
}

#[test]
fn colleagues_of_one_association_and_a_team() {
    let scope = Scope {
        letters: "a",
        extras: &[Extra::Colleague],
        hours: &[Hours::Day],
        tried: of_colleagues,
        fold: COLLEAGUES,
        step: world::REAL,
        only: None,
    };
    check("colleagues", scope, &beginnings(Class::Urgent, &[Way::Window]));
}

#[test]
fn the_chain_of_three_associations_and_a_team() {
    let scope = Scope {
        letters: "abc",
        extras: &[],
        hours: ALWAYS,
        tried: of_who_has_it,
        fold: WHO,
        step: world::REAL,
        only: None,
    };
    check("three associations and a team", scope, &beginnings(Class::Usual, &[Way::Window]));
}
