//! What volunteers do: who may do what as the request stands for their association.

use super::desk;
use super::draft::Draft;
use super::{End, Facts, Mute, Open, Receipt, Referral, Refusal, Seat, State, VolunteerAct};
use crate::ids::AssociationId;

/// A volunteer, as far as the server knows them.
#[derive(Clone, Copy)]
pub(super) struct Volunteer<'a> {
    pub(super) of: &'a AssociationId,
    pub(super) seat: Seat,
}

/// How an association stands to a request.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Standing {
    /// It is asked, or has it.
    Holds,
    /// It is the team that was told.
    Beside,
    /// It was passed on to them, and nobody there has opened it.
    Offered,
    /// It was asked before and has not parted: it reads on.
    Before,
}

/// Returns how an association stands to a request. Whoever was never asked learns nothing, not even that it is
/// there; nor does a team that was not told.
fn standing(referral: &Referral, of: &AssociationId) -> Result<Standing, Refusal> {
    if !referral.was_had_by(of) {
        return Err(Refusal::Unknown);
    }
    if referral.has_parted(of) {
        return Err(Refusal::Parted);
    }
    let told = referral.team.as_ref().is_some_and(|team| team.told && team.id == *of);
    let open = referral.open();
    Ok(match open {
        Some(open) if open.leg.holder == *of => Standing::Holds,
        Some(open) if open.offer.as_ref().is_some_and(|offer| offer.leg.holder == *of) => Standing::Offered,
        Some(_) | None if told => Standing::Beside,
        Some(_) | None => Standing::Before,
    })
}

/// Does what a volunteer asks.
pub(super) fn take<'a>(
    referral: &Referral,
    volunteer: Volunteer<'_>,
    act: &VolunteerAct,
    facts: &'a Facts<'a>,
) -> Result<Draft<'a>, Refusal> {
    let standing = standing(referral, volunteer.of)?;
    let open = match &referral.state {
        State::Open(open) => open,
        State::Ended(End::Closed { .. }) if *act == VolunteerAct::Note => {
            return Ok(desk::note(referral, volunteer, facts));
        }
        State::Ended(end) => return Err(Refusal::Over(end.clone())),
    };
    // Made once it is known that the act is accepted.
    let desk = || desk::Desk { open: open.clone(), volunteer, draft: Draft::of(referral, facts) };
    match act {
        VolunteerAct::Read { signed } => Ok(desk().read(*signed, standing == Standing::Offered)),
        VolunteerAct::Unreadable => {
            can_say_unreadable(open, standing).map(|offered| desk().unreadable(offered))
        }
        VolunteerAct::Accept => can_accept(open, standing).map(|()| desk().accept()),
        VolunteerAct::Decline { reason } => {
            opened(standing).map(|()| desk().decline(*reason, standing == Standing::Holds))
        }
        VolunteerAct::PassOn { to } => {
            can_decide(open, standing)?;
            can_be_asked(referral, open, to, facts).map(|()| desk().pass_on(to))
        }
        VolunteerAct::GiveBack => has_taken(open, standing).map(|()| desk().give_back()),
        VolunteerAct::HandTo { seat } => {
            has_taken(open, standing)?;
            let has = open.taken.as_ref().is_some_and(|taken| taken.seat == *seat);
            if has { Err(Refusal::Nothing) } else { Ok(desk().hand_to(*seat)) }
        }
        VolunteerAct::Answer { address_no } => {
            has_taken(open, standing)?;
            can_write(referral, *address_no, facts).map(|()| desk().answer())
        }
        VolunteerAct::Note => opened(standing).map(|()| desk::note(referral, volunteer, facts)),
        VolunteerAct::Close => can_close(open, standing).map(|()| desk().close()),
        VolunteerAct::Mute => {
            decides_on_noise(open, standing)?;
            can_mute(referral, volunteer, facts).map(|second| desk().mute(second))
        }
        VolunteerAct::Unmute => {
            decides_on_noise(open, standing)?;
            can_unmute(referral, facts).map(|()| desk().unmute())
        }
        VolunteerAct::ChoosePhone { wish } => {
            has_taken(open, standing)?;
            can_choose_phone(referral, *wish).map(|()| desk().choose_phone(*wish))
        }
    }
}

/// Returns whether there is a phone to ask about: one that came by the code, or a wish that was not granted.
fn can_choose_phone(referral: &Referral, wish: Option<super::Wish>) -> Result<(), Refusal> {
    let reach = &referral.reach;
    let asks = reach.doubt || reach.addresses > reach.address_no;
    let fits = wish.is_none_or(|wish| desk::is_a_wish(referral, wish));
    if asks && fits { Ok(()) } else { Err(Refusal::Nothing) }
}

/// Of those who are offered it nobody decides before a device has opened it.
const fn opened(standing: Standing) -> Result<(), Refusal> {
    match standing {
        Standing::Holds | Standing::Beside | Standing::Before => Ok(()),
        Standing::Offered => Err(Refusal::NotOpened),
    }
}

/// Returns whether it was passed on to them. Who has opened it once can read it.
fn can_say_unreadable(open: &Open, standing: Standing) -> Result<bool, Refusal> {
    match standing {
        Standing::Offered => Ok(true),
        Standing::Holds if open.leg.receipt == Receipt::None => Ok(false),
        Standing::Holds | Standing::Beside | Standing::Before => Err(Refusal::Nothing),
    }
}

/// The first to accept has it. The team takes over where who had accepted let the alarm ring.
fn can_accept(open: &Open, standing: Standing) -> Result<(), Refusal> {
    match standing {
        Standing::Holds if open.taken.is_none() => Ok(()),
        Standing::Holds | Standing::Beside | Standing::Before | Standing::Offered => {
            can_decide_for(open, standing)
        }
    }
}

/// Whoever has it decides; the team does where nobody has taken it, or who took it is silent.
fn can_decide(open: &Open, standing: Standing) -> Result<(), Refusal> {
    if standing == Standing::Holds { Ok(()) } else { can_decide_for(open, standing) }
}

fn can_decide_for(open: &Open, standing: Standing) -> Result<(), Refusal> {
    let free = open.taken.as_ref().is_none_or(|taken| taken.silent);
    match standing {
        Standing::Offered => Err(Refusal::NotOpened),
        Standing::Beside if free => Ok(()),
        Standing::Holds | Standing::Beside | Standing::Before => {
            Err(Refusal::Taken { by: open.leg.holder.clone() })
        }
    }
}

fn has_taken(open: &Open, standing: Standing) -> Result<(), Refusal> {
    match standing {
        Standing::Offered => Err(Refusal::NotOpened),
        Standing::Holds | Standing::Beside if open.taken.is_none() => Err(Refusal::NotTaken),
        Standing::Holds => Ok(()),
        Standing::Beside | Standing::Before => Err(Refusal::Taken { by: open.leg.holder.clone() }),
    }
}

/// Whoever has it closes it, taken or not; the team takes it first.
fn can_close(open: &Open, standing: Standing) -> Result<(), Refusal> {
    match standing {
        Standing::Holds => Ok(()),
        Standing::Beside | Standing::Before | Standing::Offered => has_taken(open, standing),
    }
}

fn decides_on_noise(open: &Open, standing: Standing) -> Result<(), Refusal> {
    match standing {
        Standing::Holds | Standing::Beside => Ok(()),
        Standing::Offered => Err(Refusal::NotOpened),
        Standing::Before => Err(Refusal::Taken { by: open.leg.holder.clone() }),
    }
}

fn can_write(referral: &Referral, address_no: u32, facts: &Facts<'_>) -> Result<(), Refusal> {
    if address_no != referral.reach.address_no {
        Err(Refusal::AddressOld)
    } else if referral.unread >= facts.most_unread {
        Err(Refusal::TooManyUnread)
    } else {
        Ok(())
    }
}

/// Returns whether this is the second of two volunteers. They may be of one association.
fn can_mute(referral: &Referral, volunteer: Volunteer<'_>, facts: &Facts<'_>) -> Result<bool, Refusal> {
    match &referral.mute {
        Mute::Asked { by, seat } if by == volunteer.of && *seat == volunteer.seat => {
            Err(Refusal::NeedsSecond)
        }
        Mute::Asked { .. } => Ok(true),
        Mute::Until(_) if referral.is_muted(facts.now) => Err(Refusal::Nothing),
        Mute::Off | Mute::Until(_) => Ok(false),
    }
}

fn can_unmute(referral: &Referral, facts: &Facts<'_>) -> Result<(), Refusal> {
    let asked = matches!(referral.mute, Mute::Asked { .. });
    if asked || referral.is_muted(facts.now) { Ok(()) } else { Err(Refusal::Nothing) }
}

/// Nobody is asked twice: not who said no, had it, was left or reported, nor who did not open it.
fn can_be_asked(
    referral: &Referral,
    open: &Open,
    to: &AssociationId,
    facts: &Facts<'_>,
) -> Result<(), Refusal> {
    if referral.was_asked(open, to) {
        Err(Refusal::AskedBefore)
    } else if !facts.next.contains(to) {
        Err(Refusal::CannotBeAsked)
    } else if referral.hops.len() + 1 >= super::MOST_LEGS {
        Err(Refusal::TooManyHops)
    } else {
        Ok(())
    }
}
