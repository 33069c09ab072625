//! Who acts, and what they can do.

use super::{Facts, Reason, Referral, Seat, Way};
use crate::ids::AssociationId;

/// Who acts.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Who {
    /// The person.
    Person {
        /// The number of the phone, as its hub carries it: 0 for the one that sent, the number of its first wish for
        /// one that found the request by its code; nothing for one that has made no wish yet.
        phone: Option<u32>,
    },
    /// A volunteer.
    Volunteer {
        /// Of this association.
        of: AssociationId,
        /// At this device of it.
        seat: Seat,
    },
    /// The time that passes.
    Clock,
    /// What carries messages to the person.
    Messenger,
}

/// Declares what can be done, side by side: acts with their arguments, and kinds without.
macro_rules! acts {
    ($($(#[$smeta:meta])* $side:ident $acts:ident {
        $($(#[$meta:meta])* $name:ident $({ $($(#[$fmeta:meta])* $field:ident : $type:ty),+ })?),+ $(,)?
    })+) => {
        /// What is done to a request.
        #[derive(Clone, Debug, PartialEq, Eq, Hash)]
        pub enum Act { $($(#[$smeta])* $side($acts)),+ }

        $($(#[$smeta])*
        #[derive(Clone, Debug, PartialEq, Eq, Hash)]
        pub enum $acts { $($(#[$meta])* $name $({ $($(#[$fmeta])* $field: $type),+ })?),+ }

        impl $acts {
            /// Returns what kind of act it is.
            #[must_use]
            pub const fn kind(&self) -> Kind {
                match self { $(Self::$name { .. } => Kind::$name),+ }
            }
        }

        impl From<$acts> for Act {
            fn from(act: $acts) -> Self {
                Self::$side(act)
            }
        })+

        /// What kind of thing is done; what [`allowed`](super::allowed) names.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Kind { $($($(#[$meta])* $name),+),+ }

        impl Kind {
            /// Every kind.
            pub const ALL: &'static [Self] = &[$($(Self::$name),+),+];
        }

        impl Act {
            /// Returns what kind of act it is.
            #[must_use]
            pub const fn kind(&self) -> Kind {
                match self { $(Self::$side(act) => act.kind()),+ }
            }
        }
    };
}

acts!(
    /// What the person does.
    Person PersonAct {
        /// Adds answers, or a short answer to a message.
        Add,
        /// Writes, and is owed an answer.
        Write,
        /// Says that minutes count: danger, or under 18. The server is not told which.
        SayDanger,
        /// Says how to be reached. On another phone it is a wish.
        ChangeReach {
            /// Whether they may be written to.
            way: Way
        },
        /// Opens the request by its code, on whatever phone.
        OpenByCode,
        /// Opens the oldest message that waits.
        OpenMessage,
        /// Asks for another association.
        AskForAnother,
        /// Says whether it helped.
        SayHelped {
            /// It did.
            yes: bool
        },
        /// Says that a helper scared or hurt them.
        Report {
            /// Whose helper.
            about: AssociationId
        },
        /// Takes it back.
        Withdraw,
    }
    /// What a volunteer does.
    Volunteer VolunteerAct {
        /// Opened it on their device.
        Read {
            /// The device has signed so.
            signed: bool
        },
        /// Could not open it on their device.
        Unreadable,
        /// Takes it.
        Accept,
        /// Says no.
        Decline {
            /// Why, in one of three words.
            reason: Reason
        },
        /// Passes it on, sealed anew on their device.
        PassOn {
            /// To whom.
            to: AssociationId
        },
        /// Gives back what they took, so that a colleague can take it.
        GiveBack,
        /// Hands it to a colleague, or takes it from one.
        HandTo {
            /// To which seat.
            seat: Seat
        },
        /// Writes to the person.
        Answer {
            /// The number in the address that they write to.
            address_no: u32
        },
        /// Writes something down for their own association.
        Note,
        /// Closes it.
        Close,
        /// Asks that what the person writes rings no more, or agrees to that.
        Mute,
        /// Lets it ring again.
        Unmute,
        /// Has asked which phone is safe.
        ChoosePhone {
            /// The address of that phone; nothing where it is the one that is written to.
            wish: Option<Wish>
        },
    }
    /// What becomes due. Only what [`due`](super::due) names is accepted.
    Clock ClockAct {
        /// Half of the time is over.
        Remind,
        /// Nobody has taken it in time.
        Late,
        /// Who took it has not answered in time.
        Silent,
        /// What was passed on was not opened.
        Return,
        /// Nobody is looked for any more.
        GiveUp,
        /// All of it is deleted.
        Delete,
    }
    /// What becomes of messages to the person.
    Messenger MessengerAct {
        /// A push stands in the chat.
        Pushed,
        /// A push cannot be sent there.
        Unreachable,
        /// The time of the oldest message is over.
        MessageOver,
    }
);

/// What the server reads in the return address of a wish that a volunteer chose.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Wish {
    /// The number of the address.
    pub address_no: u32,
    /// The number of the phone.
    pub phone: u32,
    /// Whether it may be written to.
    pub way: Way,
}

/// Returns the acts of somebody, each kind with every argument that may be proper now.
pub(super) fn proper(referral: &Referral, who: &Who, facts: &Facts<'_>) -> Vec<Act> {
    match who {
        Who::Person { .. } => of_person(referral),
        Who::Volunteer { .. } => of_volunteer(referral, facts),
        Who::Clock => [
            ClockAct::Remind,
            ClockAct::Late,
            ClockAct::Silent,
            ClockAct::Return,
            ClockAct::GiveUp,
            ClockAct::Delete,
        ]
        .map(Act::from)
        .to_vec(),
        Who::Messenger => [MessengerAct::Pushed, MessengerAct::Unreachable, MessengerAct::MessageOver]
            .map(Act::from)
            .to_vec(),
    }
}

fn of_person(referral: &Referral) -> Vec<Act> {
    let mut acts = vec![
        PersonAct::Add,
        PersonAct::Write,
        PersonAct::SayDanger,
        PersonAct::ChangeReach { way: Way::Never },
        PersonAct::OpenByCode,
        PersonAct::OpenMessage,
        PersonAct::AskForAnother,
        PersonAct::SayHelped { yes: true },
        PersonAct::Withdraw,
    ];
    acts.extend(referral.had_by().into_iter().map(|about| PersonAct::Report { about }));
    acts.into_iter().map(Act::from).collect()
}

fn of_volunteer(referral: &Referral, facts: &Facts<'_>) -> Vec<Act> {
    let taken = referral.open().and_then(|open| open.taken.as_ref());
    let colleague = Seat(taken.map_or(0, |taken| taken.seat.0.wrapping_add(1)));
    let mut acts = vec![
        VolunteerAct::Read { signed: true },
        VolunteerAct::Unreadable,
        VolunteerAct::Accept,
        VolunteerAct::Decline { reason: Reason::CannotNow },
        VolunteerAct::GiveBack,
        VolunteerAct::HandTo { seat: colleague },
        VolunteerAct::Answer { address_no: referral.reach.address_no },
        VolunteerAct::Note,
        VolunteerAct::Close,
        VolunteerAct::Mute,
        VolunteerAct::Unmute,
        VolunteerAct::ChoosePhone { wish: None },
    ];
    acts.extend(facts.next.iter().map(|to| VolunteerAct::PassOn { to: to.clone() }));
    acts.into_iter().map(Act::from).collect()
}
