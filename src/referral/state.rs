//! What a request is from the moment it was sent.

use std::collections::BTreeMap;

use chrono::{DateTime, TimeDelta, Utc};

use super::Class;
use crate::ids::{AssociationId, HandoffId};

/// A request from the moment it was sent, as the server may know it.
///
/// # Privacy
/// Holds no content: who may read, who is asked, until when, and what became of it. Nothing in it says where,
/// who, why, in which language or from which chat somebody wrote, nor when to the minute.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Referral {
    /// Names it.
    pub id: HandoffId,
    /// How soon answers are owed. It can become more urgent, never less.
    pub class: Class,
    /// The national team that reads along from the first moment, where there is one.
    pub team: Option<TeamBeside>,
    /// Those who were asked before, in the order in which they ceased to be.
    pub hops: Vec<Hop>,
    /// Who has parted with it, and how: they read nothing that is added from then on, and are never asked again.
    pub parted: BTreeMap<AssociationId, Parting>,
    /// Where it stands.
    pub state: State,
    /// A reply has stood ready for the person once.
    pub answered: bool,
    /// How the person may be reached.
    pub reach: Reach,
    /// How many messages stand ready and were not opened.
    pub unread: u16,
    /// What stands in the person's chat of them.
    pub push: Push,
    /// Whether what the person writes rings.
    pub mute: Mute,
    /// Whether the person was asked if it helped.
    pub helped: Helped,
    /// The hour in which it came.
    pub received: DateTime<Utc>,
    /// The hour in which all of it is deleted.
    pub deleted_at: DateTime<Utc>,
}

/// The national team beside whoever is asked.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TeamBeside {
    /// Which.
    pub id: AssociationId,
    /// It was told, and may act. Before, it can read, but nothing stands on its desk.
    pub told: bool,
}

/// Where a request stands.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum State {
    /// Somebody is asked, or has it.
    Open(Open),
    /// Nobody acts on it any more.
    Ended(End),
}

/// A request that somebody is asked about, or has.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Open {
    /// Who is asked.
    pub leg: Leg,
    /// Whether they have taken it.
    pub taken: Option<Taken>,
    /// To whom it was passed on, until they have opened it.
    pub offer: Option<Offer>,
    /// Runs while the person is owed an answer.
    pub clock: Option<Clock>,
}

/// One association that is asked.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Leg {
    /// Which.
    pub holder: AssociationId,
    /// The hour in which it was asked.
    pub begun: DateTime<Utc>,
    /// Until when it should have answered, as the person is told.
    pub due: DateTime<Utc>,
    /// Whether a device of it has opened the request.
    pub receipt: Receipt,
    /// The alarm has rung while it was asked.
    pub late: bool,
}

/// Whether a device has opened what was sealed for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Receipt {
    /// Nobody has said so.
    None,
    /// Said in a session, without a signature.
    Said,
    /// Signed by a device of the directory.
    Signed,
}

/// A request that was taken.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Taken {
    /// By whom of the association.
    pub seat: Seat,
    /// The alarm has rung since, and they have not answered: the team may take over.
    pub silent: bool,
}

/// A device of an association, by a number of the server's; who sits there only the association knows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Seat(pub u32);

/// What was passed on and not opened yet: the former leg stands until then.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Offer {
    /// The leg that begins once it is opened.
    pub leg: Leg,
    /// Who passed it on: the holder, or the team.
    pub by: AssociationId,
    /// When it comes back.
    pub back_at: DateTime<Utc>,
}

/// Runs while the person is owed an answer. It belongs to the request, not to a leg.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Clock {
    /// When the one who has it is reminded, half-way to the alarm; nothing once they were.
    pub remind_at: Option<DateTime<Utc>>,
    /// When the holder and the team are told that nobody has answered. Until it has rung it only moves earlier.
    pub alarm_at: DateTime<Utc>,
    /// How often it has rung.
    pub rung: u8,
}

/// An association that was asked.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Hop {
    /// The leg as it was last.
    pub leg: Leg,
    /// How it ceased.
    pub how: HopEnd,
}

/// How a leg ceased.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum HopEnd {
    /// The association said no.
    Declined,
    /// It passed the request on, and the next has opened it.
    PassedOn,
    /// The team took it, or passed it on, after a silence.
    TakenOver,
    /// The person asked for another association.
    Left,
    /// Nobody answered until a day before the end.
    GivenUp,
    /// What was passed on to it was not opened, could not be, or was taken back before.
    NotOpened,
    /// It closed the request.
    Closed,
    /// The person took the request back.
    Withdrawn,
}

/// How an association parted with a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Parting {
    /// It said no.
    Declined(Reason),
    /// It passed the request on.
    PassedOn,
    /// The person asked for another. Also all that an association is ever told of a report.
    Left,
    /// The person said that a helper scared or hurt them.
    Reported,
    /// What was passed on to it came back.
    NotOpened,
}

/// Why an association said no, as far as the server and the person learn it; the rest is sealed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Reason {
    /// It cannot now.
    CannotNow,
    /// It is not its field.
    NotOurField,
    /// Nobody there speaks the language.
    NoLanguage,
}

/// How a request ended. The person can read which.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum End {
    /// An association closed it.
    Closed {
        /// Which.
        by: AssociationId,
    },
    /// The person took it back; nothing of it is left.
    Withdrawn,
    /// Everyone who could read it has parted with it.
    NobodyLeft,
    /// Nobody took it, or answered, until a day before its end.
    NobodyTook,
    /// Its time is over; nothing of it is left.
    Expired,
}

/// How the person may be reached: one value, replaced as a whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Reach {
    /// Whether they may be written to.
    pub way: Way,
    /// The number of the return address that holds. It stands inside the address too; every other is refused.
    pub address_no: u32,
    /// The last number that was given to an address, a wish's included.
    pub addresses: u32,
    /// The phone that is the person's own: 0 is the one that sent, else the number of the first address that it
    /// wished for.
    pub phone: u32,
    /// Phones with a number up to this were known when a volunteer last asked which one is safe. The one that sent
    /// is known from then on too.
    pub known: u32,
    /// The request was opened by its code on a phone that was not known, and no volunteer has asked since.
    pub doubt: bool,
}

/// Whether a person may be written to.
///
/// # Privacy
/// In which hours stands in the sealed return address alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Way {
    /// In their window.
    Window,
    /// Never; they come back to look.
    Never,
}

impl Reach {
    /// Returns whether anything may be pushed now.
    #[must_use]
    pub const fn may_push(&self) -> bool {
        matches!(self.way, Way::Window) && !self.doubt
    }
}

/// What stands in the person's chat of messages that wait. One push stands for many.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Push {
    /// Nothing; what waits is seen by who looks.
    None,
    /// One has to be sent, in the window.
    Due,
    /// One stands there.
    Standing,
}

/// Whether what a person writes rings at the desks.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Mute {
    /// It does.
    Off,
    /// One volunteer asked that it does not; a second has to agree.
    Asked {
        /// The association of the one.
        by: AssociationId,
        /// Their seat.
        seat: Seat,
    },
    /// It does not until then. Danger rings all the same.
    Until(DateTime<Utc>),
}

/// Whether the person was asked if it helped.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Helped {
    /// Not yet.
    NotAsked,
    /// It stands on their hub.
    Asked,
    /// They have answered. What, is sealed.
    Said,
}

/// The shortest time between the end of the search for somebody and the end of everything.
const LAST_DAY: TimeDelta = TimeDelta::hours(24);

impl Referral {
    /// Returns what is open, unless the request has ended.
    #[must_use]
    pub const fn open(&self) -> Option<&Open> {
        match &self.state {
            State::Open(open) => Some(open),
            State::Ended(_) => None,
        }
    }

    /// Returns when nobody is looked for any more, so that the person has a day to read it and to call: a day
    /// before the end, half of the time where all of it is shorter than two days.
    #[must_use]
    pub fn given_up_at(&self) -> DateTime<Utc> {
        let life = self.deleted_at - self.received;
        self.deleted_at - LAST_DAY.min(life / 2)
    }

    /// Returns whether what the person writes rings nobody now.
    #[must_use]
    pub fn is_muted(&self, now: DateTime<Utc>) -> bool {
        match &self.mute {
            Mute::Off | Mute::Asked { .. } => false,
            Mute::Until(end) => now < *end,
        }
    }
}
