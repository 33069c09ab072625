//! What the person does. None of it is ever refused for what somebody else did, only because it has ended.

use chrono::{DateTime, TimeDelta, Utc};

use super::clock::sooner;
use super::draft::Draft;
use super::hours::five_minutes;
use super::{
    Change, Class, Counted, End, Facts, Helped, Hop, HopEnd, Open, Parting, PersonAct, Piece, Push, Referral,
    Refusal, State, Way, Why,
};
use crate::ids::AssociationId;

/// How soon an answer is owed once minutes count.
const SOON: TimeDelta = TimeDelta::minutes(30);

/// Does what the person asks, on the phone with this number.
pub(super) fn take<'a>(
    referral: &Referral,
    phone: Option<u32>,
    act: &PersonAct,
    facts: &'a Facts<'a>,
) -> Result<Draft<'a>, Refusal> {
    if let State::Ended(end @ (End::Withdrawn | End::Expired)) = &referral.state {
        return Err(Refusal::Over(end.clone()));
    }
    let elsewhere = phone != Some(referral.reach.phone);
    let mut draft = match act {
        PersonAct::Add => say(referral, Piece::Addition { elsewhere }, facts),
        PersonAct::Write => say(referral, Piece::Message { elsewhere }, facts),
        PersonAct::SayDanger => danger(referral, elsewhere, facts),
        PersonAct::ChangeReach { way } if elsewhere => wish(referral, *way, facts),
        PersonAct::ChangeReach { way } => Ok(change_reach(referral, *way, facts)),
        PersonAct::OpenByCode => Ok(Draft::of(referral, facts)),
        PersonAct::OpenMessage => open_message(referral, elsewhere, facts),
        PersonAct::AskForAnother => ask_for_another(referral, facts),
        PersonAct::SayHelped { yes } => say_helped(referral, *yes, facts),
        PersonAct::Report { about } => report(referral, about, facts),
        PersonAct::Withdraw => return Ok(withdraw(referral, facts)),
    }?;
    // Of phones that a volunteer knows of none raises a doubt again.
    if elsewhere && phone.is_none_or(|phone| phone > referral.reach.known) {
        draft.doubt();
    }
    Ok(draft)
}

/// Returns what is open, or that it is over.
fn open(referral: &Referral) -> Result<&Open, Refusal> {
    match &referral.state {
        State::Open(open) => Ok(open),
        State::Ended(end) => Err(Refusal::Over(end.clone())),
    }
}

/// Seals what is said to all who read. Words are owed an answer: where no clock runs, one begins.
fn say<'a>(referral: &Referral, piece: Piece, facts: &'a Facts<'a>) -> Result<Draft<'a>, Refusal> {
    let mut open = open(referral)?.clone();
    let mut draft = Draft::of(referral, facts);
    draft.seal_to_readers(piece);
    if referral.is_muted(facts.now) {
        return Ok(draft);
    }
    if matches!(piece, Piece::Message { .. }) && open.clock.is_none() {
        let due = facts.deadline(referral.class, &open.leg.holder).at;
        open.clock = Some(sooner(None, due, facts.now));
    }
    draft.ring(&open, Why::Added);
    draft.stay(open);
    Ok(draft)
}

/// Minutes count from now on, whoever has it and whatever was said before. A request that was closed opens again.
fn danger<'a>(referral: &Referral, elsewhere: bool, facts: &'a Facts<'a>) -> Result<Draft<'a>, Refusal> {
    let soon = five_minutes(facts.now + SOON);
    let mut draft = Draft::of(referral, facts);
    draft.referral.class = Class::Urgent;
    let holder = match &referral.state {
        State::Open(open) => {
            let mut open = open.clone();
            draft.seal_to_readers(Piece::Danger { elsewhere });
            hasten(&mut open, soon, facts.now);
            draft.notify(&open.leg.holder, Why::Danger);
            let holder = open.leg.holder.clone();
            draft.stay(open);
            holder
        }
        State::Ended(End::Closed { by }) => {
            let holder = Some(by).filter(|by| !referral.has_parted(by));
            let holder = holder.or_else(|| referral.team_that_reads());
            let holder = holder.ok_or_else(|| over(referral))?.clone();
            draft.seal_to_readers(Piece::Danger { elsewhere });
            draft.ask(&holder, None, Why::Danger);
            if let State::Open(open) = &mut draft.referral.state {
                hasten(open, soon, facts.now);
            }
            holder
        }
        State::Ended(End::Withdrawn | End::NobodyLeft | End::NobodyTook | End::Expired) => {
            return Err(over(referral));
        }
    };
    draft.tell_team(&holder, Why::Danger);
    Ok(draft)
}

fn hasten(open: &mut Open, soon: DateTime<Utc>, now: DateTime<Utc>) {
    open.leg.due = open.leg.due.min(soon);
    open.clock = Some(sooner(open.clock, soon, now));
    if let Some(offer) = &mut open.offer {
        offer.back_at = offer.back_at.min(soon);
        offer.leg.due = offer.leg.due.min(soon);
    }
}

fn over(referral: &Referral) -> Refusal {
    match &referral.state {
        State::Ended(end) => Refusal::Over(end.clone()),
        State::Open(_) => Refusal::Nothing,
    }
}

/// One value for how to be reached: replaced at once, also after the end, so that *no messages* always holds.
fn change_reach<'a>(referral: &Referral, way: Way, facts: &'a Facts<'a>) -> Draft<'a> {
    let mut draft = Draft::of(referral, facts);
    draft.reach_by(way);
    draft.seal_to_readers(Piece::Reached { way });
    if let Some(open) = referral.open().filter(|_| !referral.is_muted(facts.now)) {
        draft.ring(open, Why::Added);
    }
    draft
}

/// A change on a phone that opened the request by its code is kept, and replaces nothing.
fn wish<'a>(referral: &Referral, way: Way, facts: &'a Facts<'a>) -> Result<Draft<'a>, Refusal> {
    let open = open(referral)?;
    let mut draft = Draft::of(referral, facts);
    let number = referral.reach.addresses.saturating_add(1);
    draft.referral.reach.addresses = number;
    draft.changes.push(Change::NumberAddress(number));
    draft.seal_to_readers(Piece::Wish { way });
    if !referral.is_muted(facts.now) {
        draft.ring(open, Why::Added);
    }
    Ok(draft)
}

/// Where another phone may wait for the message, opening it by the code takes nothing away from that one.
fn open_message<'a>(
    referral: &Referral,
    elsewhere: bool,
    facts: &'a Facts<'a>,
) -> Result<Draft<'a>, Refusal> {
    if referral.unread == 0 {
        return Err(Refusal::Nothing);
    }
    let mut draft = Draft::of(referral, facts);
    let waited_for = referral.reach.way == Way::Window || referral.push == Push::Standing;
    if !elsewhere || !waited_for {
        draft.message_opened();
    }
    Ok(draft)
}

/// Whoever has it is left. What was passed on already goes on to the next, else the team has it.
fn ask_for_another<'a>(referral: &Referral, facts: &'a Facts<'a>) -> Result<Draft<'a>, Refusal> {
    let mut draft = Draft::of(referral, facts);
    match &referral.state {
        State::Open(open) => draft.leave(open, Parting::Left),
        State::Ended(End::Closed { by }) => {
            let team = referral.team_that_reads().filter(|team| *team != by);
            let team = team.ok_or_else(|| over(referral))?.clone();
            draft.part(by, Parting::Left);
            draft.ask(&team, None, Why::Another);
        }
        State::Ended(End::Withdrawn | End::NobodyLeft | End::NobodyTook | End::Expired) => {
            return Err(over(referral));
        }
    }
    Ok(draft)
}

impl Draft<'_> {
    /// The association that is left learns no more than that; it is the same where it was reported.
    fn leave(&mut self, open: &Open, how: Parting) {
        let holder = &open.leg.holder;
        self.part(holder, how);
        self.changes.push(Change::DropNotices { to: holder.clone() });
        self.notify(holder, Why::Another);
        self.move_on(open.clone(), HopEnd::Left, Why::Another);
    }
}

fn say_helped<'a>(referral: &Referral, yes: bool, facts: &'a Facts<'a>) -> Result<Draft<'a>, Refusal> {
    match referral.helped {
        Helped::Asked => {}
        Helped::NotAsked | Helped::Said => return Err(Refusal::Nothing),
    }
    let mut draft = Draft::of(referral, facts);
    draft.referral.helped = Helped::Said;
    draft.seal_to_readers(Piece::Helped);
    draft.count(if yes { Counted::DidHelp } else { Counted::DidNotHelp });
    Ok(draft)
}

/// A report never reaches the association it is about; where that one has the request, it leaves it as well.
fn report<'a>(
    referral: &Referral,
    about: &AssociationId,
    facts: &'a Facts<'a>,
) -> Result<Draft<'a>, Refusal> {
    let team = referral.team.as_ref().is_some_and(|team| team.told && team.id == *about);
    if !team && !referral.asked(referral.open()).any(|asked| asked == about) {
        return Err(Refusal::Unknown);
    }
    if !facts.safeguarding {
        return Err(Refusal::NobodyToTell);
    }
    let mut draft = Draft::of(referral, facts);
    draft.changes.push(Change::SealReport { about: about.clone() });
    match referral.open().filter(|open| open.leg.holder == *about) {
        Some(open) => draft.leave(open, Parting::Reported),
        None => draft.part(about, Parting::Reported),
    }
    Ok(draft)
}

/// Erasing waits for nothing. Whoever had the request learns, each alone, that it was taken back.
fn withdraw<'a>(referral: &Referral, facts: &'a Facts<'a>) -> Draft<'a> {
    let mut draft = Draft::of(referral, facts);
    draft.changes.push(Change::EraseAll);
    for association in referral.had_by() {
        draft.seal(Piece::Withdrawal, vec![association.clone()]);
        draft.notify(&association, Why::Withdrawn);
    }
    draft.clear_push();
    draft.referral.unread = 0;
    if let Some(open) = referral.open() {
        let legs = std::iter::once(&open.leg).chain(open.offer.as_ref().map(|offer| &offer.leg));
        draft.referral.hops.extend(legs.map(|leg| Hop { leg: leg.clone(), how: HopEnd::Withdrawn }));
    }
    draft.referral.state = State::Ended(End::Withdrawn);
    draft
}
