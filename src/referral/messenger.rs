//! What becomes of messages to the person. One push stands for all that waits.

use super::draft::Draft;
use super::{Change, End, Facts, MessengerAct, Push, Referral, Refusal, State, Way, Why, Wish};

/// Does what the messenger met.
pub(super) fn take<'a>(
    referral: &Referral,
    act: &MessengerAct,
    facts: &'a Facts<'a>,
) -> Result<Draft<'a>, Refusal> {
    match act {
        MessengerAct::Pushed | MessengerAct::Unreachable if referral.push != Push::Due => {
            return Err(Refusal::NotWanted);
        }
        MessengerAct::MessageOver if referral.unread == 0 => return Err(Refusal::Nothing),
        MessengerAct::Pushed | MessengerAct::Unreachable | MessengerAct::MessageOver => {}
    }
    let mut draft = Draft::of(referral, facts);
    match act {
        MessengerAct::Pushed => draft.referral.push = Push::Standing,
        MessengerAct::Unreachable => {
            draft.referral.push = Push::None;
            draft.changes.push(Change::Hold);
            if let Some(open) = referral.open() {
                draft.notify(&open.leg.holder, Why::Unreachable);
            }
        }
        MessengerAct::MessageOver => {
            draft.changes.push(Change::DropMessage);
            one_less(&mut draft);
        }
    }
    Ok(draft)
}

impl Draft<'_> {
    /// Keeps a message, and announces it where the person allows that.
    pub(super) fn keep_message(&mut self) {
        self.referral.unread = self.referral.unread.saturating_add(1);
        self.changes.push(Change::KeepMessage);
        self.announce();
    }

    /// The person has opened a message on their own phone: the push has done its work.
    pub(super) fn message_opened(&mut self) {
        self.changes.push(Change::MessageOpened);
        self.clear_push();
        self.referral.unread = self.referral.unread.saturating_sub(1);
    }

    /// Replaces how the person may be reached. What waits follows at once.
    pub(super) fn reach_by(&mut self, way: Way) {
        let reach = &mut self.referral.reach;
        reach.addresses = reach.addresses.saturating_add(1);
        (reach.way, reach.address_no) = (way, reach.addresses);
        self.changes.push(Change::NumberAddress(reach.addresses));
        self.follow();
    }

    /// Writes to another phone from now on.
    pub(super) fn reach_at(&mut self, wish: Wish) {
        let reach = &mut self.referral.reach;
        (reach.way, reach.address_no, reach.phone) = (wish.way, wish.address_no, wish.phone);
        self.clear_push();
        self.follow();
    }

    /// Notes that the request was opened on a phone that is not known to be the person's: until a volunteer has
    /// asked which one is safe nothing is pushed to either. What stands in the chat stays, for its going would
    /// tell of the other phone.
    pub(super) fn doubt(&mut self) {
        self.referral.reach.doubt = true;
        if self.referral.push == Push::Due {
            self.referral.push = Push::None;
            self.changes.push(Change::Hold);
        }
    }

    /// Times what waits anew, by how the person may be reached now.
    pub(super) fn follow(&mut self) {
        let pending = self.referral.unread > 0 || self.referral.push == Push::Due;
        if !self.referral.reach.may_push() {
            if self.referral.reach.way == Way::Never {
                self.clear_push();
            }
            if pending {
                self.changes.push(Change::Hold);
            }
        } else if pending {
            self.changes.push(Change::Retime);
            if self.referral.push == Push::None {
                self.announce();
            }
        }
    }
}

fn one_less(draft: &mut Draft<'_>) {
    draft.referral.unread = draft.referral.unread.saturating_sub(1);
    // The push of an end stands for itself.
    let of_an_end = matches!(draft.referral.state, State::Ended(End::NobodyLeft | End::NobodyTook));
    if draft.referral.unread == 0 && !of_an_end {
        draft.clear_push();
    }
}
