//! The core of the volunteers' half: what a request is from the moment it was sent.
//!
//! [`step`] is pure and total: the request as it stands, who acts, what they do and what is the case now go in; the
//! request as it is then, and a list of [`Change`]s, come out. It knows no clock, no randomness, no database, no
//! text and nothing that anybody said. Every question of the volunteers' half is answered here and nowhere else:
//! who reads along ([`Readers`]), who may do what ([`allowed`]), when something is due ([`due`]), whether the person
//! may be written to ([`Reach`]), what they can read of it ([`news()`]). A store loads a [`Referral`], takes a
//! step and applies the changes in the same write; it decides nothing.
//!
//! # Where a request stands
//! ```text
//! begin ─▶ Open { leg, taken?, offer?, clock? } ─▶ Ended { Closed | Withdrawn | NobodyLeft | NobodyTook | Expired }
//!            │  leg     who is asked, or has it                         │
//!            │  taken   by which device; silent once the alarm rang     │ Closed opens again: danger, or
//!            │  offer   to whom it was passed on, until they open it    │ *another association*
//!            └─ clock   runs while the person is owed an answer   ◀─────┘
//! ```
//! An open request is always somebody's who has not parted with it. A request that has ended says how, and the
//! person can read it.
//!
//! # Who may do what
//! | act | the holder | the team that was told | who was offered it | who had it before |
//! |---|---|---|---|---|
//! | read | yes | yes | yes: from now on they hold it | yes |
//! | unreadable | until somebody has read it | – | yes: it comes back at once | – |
//! | accept | where nobody has | where nobody has, or who has is silent | – | – |
//! | decline | yes, for good: the team has it | for itself alone | – | for itself alone |
//! | pass on | yes | as accept | – | – |
//! | close | yes | – | – | – |
//! | give back, hand over, answer, choose a phone | once taken | – | – | – |
//! | mute, unmute | yes; mute takes two | yes | – | – |
//! | note | yes, also once closed | yes | – | yes |
//!
//! Any device of an association acts for it; whoever answers has it. Whoever has parted with a request
//! ([`Parting`]) may do nothing any more, and whoever was never asked learns nothing, not even that it is there.
//!
//! | the person | what it does |
//! |---|---|
//! | adds, writes | sealed to all who read; words start a clock where none runs |
//! | says danger | urgent from now on; alarm in 30 minutes at most; holder and team are told; opens a closed one |
//! | changes how to be reached | a new number, at once, also after the end; on another phone a wish |
//! | opens by code, opens a message | on a phone that is not known: nothing is pushed until a volunteer has asked |
//! | asks for another | the holder is left; who was offered it, else the team, has it; else it has ended |
//! | reports | sealed to safeguarding; the association, where it has it, is left and learns no more than that |
//! | says whether it helped | once, after it was closed |
//! | withdraws | all is erased, whatever is the case; whoever had it is told, each alone |
//!
//! | the clock | when |
//! |---|---|
//! | remind | half-way to the alarm; again after somebody has accepted |
//! | late, silent | at the alarm, nobody has taken it, or who has did not answer: holder and team are told; again after a time that doubles, up to a day |
//! | return | what was passed on was not opened for two hours, 30 minutes where minutes count |
//! | give up | a day before the end, where nobody has taken it or ever answered |
//! | delete | at the end |
//!
//! # Rules, and where they come from
//! - *No phone is told of another* (what survivors asked for): an act on a phone that is not known replaces no
//!   address, removes no push, and stops pushes until a volunteer has asked which phone is safe.
//! - *No answer to who wants none*: [`Way::Never`] holds from the same write on; what waits stays to be fetched.
//!   An address has a number ([`Reach::address_no`]) and only the newest is written to.
//! - *To accept is not to answer*: the clock stops when a reply stands ready for the person, and only then.
//! - *The alarm belongs to the request*: passing on never moves it later; a leg has the time of its class and of its
//!   holder's hours. Nobody is asked twice, and a request has [`MOST_LEGS`] legs at most.
//! - *Passing on is no hole*: the former leg stands until a device of the next has opened what was sealed for it.
//!   Whoever decides before that takes it back.
//! - *Whoever could read it reads what is added*, unless they said no, passed it on, were left or reported. A team
//!   stays beside what it passes on: it is who hears where nobody answers.
//! - *Abuse*: two volunteers can keep a person's words from ringing for 30 days. Danger rings all the same.
//! - *The truth about when*: no deadline lies before an opening, and where a class cannot wait for one the team is
//!   told in the same moment and its hours count.
//!
//! # Privacy
//! What stands here may stand in clear: who was asked and until when, and what became of it. Of the person it says
//! three things: that minutes count, as the deadline does anyway; that they want no messages, or may be written to;
//! that a second phone came. Reasons, outcomes, words, hours and addresses are sealed pieces, and no [`Change`] carries
//! what is in one.

mod act;
mod begin;
mod change;
mod check;
mod clock;
mod desk;
mod draft;
mod facts;
mod hours;
mod messenger;
mod news;
mod person;
mod readers;
mod refusal;
mod state;
mod volunteer;

pub use act::{Act, ClockAct, Kind, MessengerAct, PersonAct, VolunteerAct, Who, Wish};
pub use begin::Sending;
pub use change::{Action, Change, Counted, Piece, Told, Why};
pub use check::Impossible;
pub use clock::{Due, due};
pub use facts::Facts;
pub use hours::{Class, Deadline, Duty};
pub use news::{News, news};
pub use readers::{Readers, Team};
pub use refusal::Refusal;
pub use state::{
    Clock, End, Helped, Hop, HopEnd, Leg, Mute, Offer, Open, Parting, Push, Reach, Reason, Receipt, Referral,
    Seat, State, Taken, TeamBeside, Way,
};

use self::volunteer::Volunteer;

/// How many legs a request has at most that volunteers pass on; the team can always be next.
pub const MOST_LEGS: usize = 8;

/// Takes one step: what was done, by whom, and what is the case now.
///
/// Total: every act has a meaning in every state. The request as it stands is untouched where the act is refused.
///
/// # Errors
/// [`Refusal`], by what who acts can do about it.
pub fn step(
    referral: &Referral,
    who: &Who,
    act: &Act,
    facts: &Facts<'_>,
) -> Result<(Referral, Vec<Change>), Refusal> {
    let draft = match (who, act) {
        (Who::Person { phone }, Act::Person(act)) => person::take(referral, *phone, act, facts),
        (Who::Volunteer { of, seat }, Act::Volunteer(act)) => {
            volunteer::take(referral, Volunteer { of, seat: *seat }, act, facts)
        }
        (Who::Clock, Act::Clock(act)) => clock::take(referral, act, facts),
        (Who::Messenger, Act::Messenger(act)) => messenger::take(referral, act, facts),
        (
            Who::Person { .. } | Who::Volunteer { .. } | Who::Clock | Who::Messenger,
            Act::Person(_) | Act::Volunteer(_) | Act::Clock(_) | Act::Messenger(_),
        ) => return Err(Refusal::NotTheirs),
    }?;
    Ok(draft.finish(referral))
}

/// Returns what somebody may do now, in the order of the kinds: exactly what [`step`] would accept with a proper
/// argument.
///
/// Desks and screens show these and derive nothing.
#[must_use]
pub fn allowed(referral: &Referral, who: &Who, facts: &Facts<'_>) -> Vec<Kind> {
    let mut kinds: Vec<Kind> = act::proper(referral, who, facts)
        .iter()
        .filter(|act| step(referral, who, act, facts).is_ok())
        .map(Act::kind)
        .collect();
    kinds.sort_unstable();
    kinds.dedup();
    kinds
}
