//! Long histories at random, with nothing folded: true times, three associations, a clock that may stand still.

use chrono::TimeDelta;
use proptest::prelude::*;
use relais::referral::{Act, Class, End, News, Referral, State, Way, Who, due, news, step};

use super::book::Book;
use super::laws::{self, Edge};
use super::states;
use super::world::{self, Beginning, Extra, Hours, Known, REAL, noon};

const LETTERS: &str = "abc";
const EVERYBODY: &[Extra] = &[Extra::Phones, Extra::Colleague];

/// One move of a history.
#[derive(Clone, Debug)]
enum Move {
    /// One of the acts that are accepted now.
    Accepted(usize),
    /// Any act of anybody.
    Any(usize),
    /// Time passes, and the clock does nothing yet.
    Wait { minutes: i64 },
    /// The clock does what is due.
    Clock,
    /// Associations open, or close.
    Hours(Hours),
}

fn moves() -> impl Strategy<Value = Vec<Move>> {
    let one = prop_oneof![
        8 => any::<usize>().prop_map(Move::Accepted),
        2 => any::<usize>().prop_map(Move::Any),
        2 => (1..900_i64).prop_map(|minutes| Move::Wait { minutes }),
        3 => Just(Move::Clock),
        1 => prop::sample::select(vec![Hours::Day, Hours::Night, Hours::Watch]).prop_map(Move::Hours),
    ];
    prop::collection::vec(one, 1..50)
}

fn beginning() -> impl Strategy<Value = Beginning> {
    let class = prop::sample::select(Class::ALL.to_vec());
    let way = prop_oneof![3 => Just(Way::Window), 1 => Just(Way::Never)];
    let first = prop::sample::select(vec![('a', true), ('a', false), ('t', true)]);
    (first, class, way).prop_map(|((first, team), class, way)| Beginning { first, team, class, way })
}

struct History {
    referral: Referral,
    book: Book,
    known: Known,
    hours: Hours,
}

impl History {
    fn new(beginning: Beginning) -> Self {
        let known = Known::at(noon(), Hours::Day, LETTERS);
        let (referral, changes) = beginning.begin(&known);
        let book = Book::of(&referral, &changes);
        Self { referral, book, known, hours: Hours::Day }
    }

    fn cast(&self) -> Vec<(Who, Act)> {
        let reach = &self.referral.reach;
        let cast = world::cast(LETTERS, EVERYBODY, (reach.address_no, reach.addresses));
        cast.into_iter().flat_map(|(who, acts)| acts.into_iter().map(move |act| (who.clone(), act))).collect()
    }

    fn wait(&mut self, minutes: i64) {
        let now = self.known.now + TimeDelta::minutes(minutes);
        self.known = Known::at(now, self.hours, LETTERS);
    }

    fn take(&mut self, who: &Who, act: &Act) {
        let facts = self.known.facts();
        let Ok((after, changes)) = step(&self.referral, who, act, &facts) else { return };
        let then = self.book.after(&self.referral, (who, act), &after, &changes);
        let reach = &after.reach;
        let cast = world::cast(LETTERS, EVERYBODY, (reach.address_no, reach.addresses));
        let edge = Edge {
            before: &self.referral,
            book: &self.book,
            who,
            act,
            facts: &facts,
            cast: &cast,
            after: &after,
            then: &then,
            changes: &changes,
        };
        assert_eq!(
            laws::broken_by_step(&edge, None),
            None,
            "{who:?} {act:?} {:#?} => {changes:#?}",
            self.referral
        );
        assert_eq!(after.check(), Ok(()), "{who:?} {act:?}");
        (self.referral, self.book) = (after, then);
    }

    fn go(&mut self, taken: &Move) {
        match taken {
            Move::Wait { minutes } => self.wait(*minutes),
            Move::Hours(hours) => {
                self.hours = *hours;
                self.wait(0);
            }
            Move::Clock => self.ring_what_is_due(),
            Move::Any(at) => {
                let all = self.cast();
                let (who, act) = &all[at % all.len()];
                self.take(who, act);
            }
            Move::Accepted(at) => {
                let facts = self.known.facts();
                let mut all = self.cast();
                all.retain(|(who, act)| step(&self.referral, who, act, &facts).is_ok());
                if !all.is_empty() {
                    let (who, act) = all.swap_remove(at % all.len());
                    self.take(&who, &act);
                }
            }
        }
    }

    fn ring_what_is_due(&mut self) {
        while let Some(due) = due(&self.referral).filter(|due| due.at <= self.known.now) {
            self.take(&Who::Clock, &due.act.into());
        }
    }

    fn check_state(&self) {
        let reach = &self.referral.reach;
        // The own phone is among those who act, whichever it is by now.
        let mut cast = world::cast(LETTERS, EVERYBODY, (reach.address_no, reach.addresses));
        if let Some((who, _)) = cast.first_mut() {
            *who = Who::Person { phone: Some(reach.phone) };
        }
        let facts = self.known.facts();
        let broken = states::broken_in_state((&self.referral, &self.book), &facts, &cast, REAL, None);
        assert_eq!(broken, None, "{:#?}", self.referral);
    }

    /// Lets the clock alone go on, to the end of all.
    fn run_out(&mut self) {
        let mut last = news(&self.referral);
        for _ in 0..100 {
            let Some(due) = due(&self.referral) else { break };
            let wait = (due.at - self.known.now).num_minutes().max(0) + 1;
            self.wait(wait);
            let served =
                self.referral.open().is_some_and(|open| open.taken.is_some()) && self.referral.answered;
            self.take(&Who::Clock, &due.act.into());
            let told = news(&self.referral);
            if told == News::Expired {
                let ended =
                    matches!(last, News::Closed | News::Withdrawn | News::NobodyLeft | News::NobodyTook);
                assert!(served || ended, "deleted, and the person had read no end: {last:?}");
            }
            last = told;
        }
        assert_eq!(self.referral.state, State::Ended(End::Expired), "the clock goes on for ever");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 150, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_history_breaks_a_rule(beginning in beginning(), moves in moves()) {
        let mut history = History::new(beginning);
        history.check_state();
        for taken in &moves {
            history.go(taken);
        }
        history.check_state();
        history.run_out();
    }
}
