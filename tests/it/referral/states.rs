//! What must hold in every state, each as a rule of its own.

use std::collections::BTreeSet;

use relais::ids::AssociationId;
use relais::referral::{Act, End, Facts, Kind, News, Referral, Refusal, State, Who, allowed, news};

use super::book::Book;
use super::world::{Actor, Step};

/// A state, with what everyone may do in it.
pub struct Seen<'a> {
    pub referral: &'a Referral,
    pub book: &'a Book,
    pub facts: &'a Facts<'a>,
    pub cast: &'a [Actor],
    /// What is allowed to each of the cast.
    pub allowed: &'a [Vec<Kind>],
    pub step: Step,
}

/// A rule of states.
pub type StateLaw = (&'static str, fn(&Seen<'_>) -> bool);

pub const STATES: &[StateLaw] = &[
    ("no row is impossible", |seen| seen.referral.check().is_ok()),
    ("somebody can act, or it has ended", somebody_can_act),
    ("what is allowed is what is accepted", allowed_is_accepted),
    ("a clock runs until an answer stands ready", a_clock_runs),
    ("withdrawn and deleted, nobody may do anything", nothing_after_the_end),
    ("waiting messages can be fetched", waiting_can_be_fetched),
    ("who is not in it learns nothing", strangers_learn_nothing),
];

impl Seen<'_> {
    fn volunteers(&self) -> impl Iterator<Item = (&AssociationId, &Vec<Act>, &Who, &Vec<Kind>)> {
        self.cast.iter().zip(self.allowed).filter_map(|((who, acts), allowed)| match who {
            Who::Volunteer { of, .. } => Some((of, acts, who, allowed)),
            _ => None,
        })
    }
}

fn somebody_can_act(seen: &Seen<'_>) -> bool {
    if seen.referral.open().is_none() {
        let told = news(seen.referral);
        return matches!(
            told,
            News::Closed | News::Withdrawn | News::NobodyLeft | News::NobodyTook | News::Expired
        );
    }
    let acts = [Kind::Accept, Kind::PassOn, Kind::Close, Kind::Decline];
    seen.volunteers().any(|(.., allowed)| allowed.iter().any(|kind| acts.contains(kind)))
}

fn allowed_is_accepted(seen: &Seen<'_>) -> bool {
    seen.cast.iter().zip(seen.allowed).all(|((who, acts), allowed)| {
        let accepts = |act: &&Act| (seen.step)(seen.referral, who, act, seen.facts).is_ok();
        let accepted: BTreeSet<Kind> = acts.iter().filter(accepts).map(Act::kind).collect();
        accepted.iter().eq(allowed)
    })
}

fn a_clock_runs(seen: &Seen<'_>) -> bool {
    let answered = seen.referral.answered;
    seen.referral.open().is_none_or(|open| open.clock.is_some() || (answered && open.taken.is_some()))
}

fn nothing_after_the_end(seen: &Seen<'_>) -> bool {
    if !matches!(seen.referral.state, State::Ended(End::Withdrawn | End::Expired)) {
        return true;
    }
    let of_people = seen.cast.iter().zip(seen.allowed).filter(|((who, _), _)| *who != Who::Clock);
    seen.book.could_read.is_empty() && of_people.into_iter().all(|(_, allowed)| allowed.is_empty())
}

fn waiting_can_be_fetched(seen: &Seen<'_>) -> bool {
    let own = Who::Person { phone: Some(seen.referral.reach.phone) };
    let may = seen.cast.iter().zip(seen.allowed).find(|((who, _), _)| *who == own);
    seen.referral.unread == 0 || may.is_some_and(|(_, allowed)| allowed.contains(&Kind::OpenMessage))
}

fn strangers_learn_nothing(seen: &Seen<'_>) -> bool {
    let told = seen.referral.team.as_ref().filter(|team| team.told).map(|team| &team.id);
    seen.volunteers().all(|(of, acts, who, _)| {
        let refused = |act| (seen.step)(seen.referral, who, act, seen.facts) == Err(Refusal::Unknown);
        seen.book.asked.contains(of) || Some(of) == told || acts.iter().all(refused)
    })
}

/// Returns the first rule of states that is broken, of all or of one.
pub fn broken_in_state(
    (referral, book): (&Referral, &Book),
    facts: &Facts<'_>,
    cast: &[Actor],
    step: Step,
    only: Option<&str>,
) -> Option<&'static str> {
    let asked: Vec<&StateLaw> =
        STATES.iter().filter(|(name, _)| only.is_none_or(|only| only == *name)).collect();
    if asked.is_empty() {
        return None;
    }
    let allowed: Vec<_> = cast.iter().map(|(who, _)| allowed(referral, who, facts)).collect();
    let seen = Seen { referral, book, facts, cast, allowed: &allowed, step };
    asked.into_iter().find(|(_, holds)| !holds(&seen)).map(|(name, _)| *name)
}
