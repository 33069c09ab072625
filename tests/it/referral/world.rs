//! A small world for referrals: three associations and a team, a day and a night, two phones.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use chrono::{DateTime, TimeDelta, Utc};
use relais::ids::{AssociationId, Country, HandoffId};
use relais::referral::{
    Act, Change, Class, ClockAct, Duty, Facts, MessengerAct, PersonAct, Readers, Reason, Referral, Refusal,
    Seat, Sending, Team, VolunteerAct, Way, Who, Wish, step,
};

/// What moves a referral: the real step, or a wrong one.
pub type Step = fn(&Referral, &Who, &Act, &Facts<'_>) -> Result<(Referral, Vec<Change>), Refusal>;

pub const REAL: Step = step;

/// Tuesday, 10:00 UTC: every state of the search lives at this moment.
pub fn noon() -> DateTime<Utc> {
    static NOON: LazyLock<DateTime<Utc>> = LazyLock::new(|| "2026-11-24T10:00:00Z".parse().unwrap());
    *NOON
}

/// The associations a, b and c, and the team t.
pub fn id(letter: char) -> AssociationId {
    format!("{letter}{letter}").parse().unwrap()
}

pub fn country(code: &str) -> Country {
    code.parse().unwrap()
}

pub fn teams() -> Vec<Team> {
    vec![Team { id: id('t'), country: Country::FRANCE }]
}

/// Who is on duty, and who can be asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Hours {
    /// Everybody is there.
    Day,
    /// Nobody is there for ten hours.
    Night,
    /// Nobody is there for ten hours but the team.
    Watch,
}

/// What the outside knows, owned.
pub struct Known {
    pub now: DateTime<Utc>,
    pub duty: BTreeMap<AssociationId, Duty>,
    pub next: Vec<AssociationId>,
    pub safeguarding: bool,
    pub most_unread: u16,
}

impl Known {
    pub fn at(now: DateTime<Utc>, hours: Hours, letters: &str) -> Self {
        let later = Duty::From(now + TimeDelta::hours(10));
        let (duty, team) = match hours {
            Hours::Day => (Duty::Now, Duty::Now),
            Hours::Night => (later, later),
            Hours::Watch => (later, Duty::Now),
        };
        let duties = letters.chars().map(|letter| (id(letter), duty)).chain([(id('t'), team)]);
        Self {
            now,
            duty: duties.collect(),
            next: letters.chars().map(id).collect(),
            safeguarding: true,
            most_unread: 1,
        }
    }

    pub fn facts(&self) -> Facts<'_> {
        Facts {
            now: self.now,
            duty: &self.duty,
            next: &self.next,
            safeguarding: self.safeguarding,
            most_unread: self.most_unread,
        }
    }
}

/// How a request begins.
#[derive(Clone, Copy, Debug)]
pub struct Beginning {
    pub first: char,
    pub team: bool,
    pub class: Class,
    pub way: Way,
}

impl Beginning {
    pub fn usual() -> Self {
        Self { first: 'a', team: true, class: Class::Usual, way: Way::Window }
    }

    pub fn begin(self, known: &Known) -> (Referral, Vec<Change>) {
        let teams = if self.team { teams() } else { Vec::new() };
        let readers = Readers::of(&id(self.first), Country::FRANCE, Country::FRANCE, &teams);
        let sending = Sending {
            id: HandoffId::new([7; 16]),
            readers,
            class: self.class,
            way: self.way,
            full: false,
            deleted_at: known.now + TimeDelta::days(7),
        };
        Referral::begin(&sending, &known.facts())
    }
}

/// Who acts beside the phone that sent, one volunteer of each association, time and the messenger.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Extra {
    /// A phone that came by the code, and the same once it was chosen.
    Phones,
    /// A second volunteer of a.
    Colleague,
}

fn everyone(letters: &str, extras: &[Extra]) -> Vec<Who> {
    let volunteer = |letter, seat| Who::Volunteer { of: id(letter), seat: Seat(seat) };
    let mut all = vec![Who::Person { phone: Some(0) }];
    for extra in extras {
        match extra {
            Extra::Phones => all.extend([None, Some(1)].map(|phone| Who::Person { phone })),
            Extra::Colleague => all.push(volunteer('a', 2)),
        }
    }
    all.extend(letters.chars().chain(['t']).map(|letter| volunteer(letter, 1)));
    all.extend([Who::Clock, Who::Messenger]);
    all
}

/// Somebody, and every act of theirs with every argument that makes a difference, right and wrong ones.
pub type Actor = (Who, Vec<Act>);

/// Everyone with all their acts, where an address has this number and the last one given has that.
pub fn cast(letters: &str, extras: &[Extra], (address_no, addresses): (u32, u32)) -> Vec<Actor> {
    let acts = |who: &Who| match who {
        Who::Person { .. } => of_person(letters),
        Who::Volunteer { .. } => of_volunteer(letters, address_no, addresses),
        Who::Clock => CLOCK.iter().cloned().map(Act::from).collect(),
        Who::Messenger => [MessengerAct::Pushed, MessengerAct::Unreachable, MessengerAct::MessageOver]
            .map(Act::from)
            .to_vec(),
    };
    everyone(letters, extras).into_iter().map(|who| (who.clone(), acts(&who))).collect()
}

/// Everything that can become due.
pub const CLOCK: &[ClockAct] = &[
    ClockAct::Remind,
    ClockAct::Late,
    ClockAct::Silent,
    ClockAct::Return,
    ClockAct::GiveUp,
    ClockAct::Delete,
];

fn of_person(letters: &str) -> Vec<Act> {
    let mut acts = vec![
        PersonAct::Add,
        PersonAct::Write,
        PersonAct::SayDanger,
        PersonAct::ChangeReach { way: Way::Never },
        PersonAct::ChangeReach { way: Way::Window },
        PersonAct::OpenByCode,
        PersonAct::OpenMessage,
        PersonAct::AskForAnother,
        PersonAct::SayHelped { yes: true },
        PersonAct::Withdraw,
    ];
    acts.extend(letters.chars().chain(['t']).map(|letter| PersonAct::Report { about: id(letter) }));
    acts.into_iter().map(Act::from).collect()
}

fn of_volunteer(letters: &str, address_no: u32, addresses: u32) -> Vec<Act> {
    let wish = |way| Wish { address_no: addresses, phone: addresses, way };
    let mut acts = vec![
        VolunteerAct::Read { signed: true },
        VolunteerAct::Unreadable,
        VolunteerAct::Accept,
        VolunteerAct::Decline { reason: Reason::CannotNow },
        VolunteerAct::GiveBack,
        VolunteerAct::HandTo { seat: Seat(1) },
        VolunteerAct::HandTo { seat: Seat(2) },
        VolunteerAct::Answer { address_no },
        VolunteerAct::Answer { address_no: address_no.wrapping_sub(1) },
        VolunteerAct::Note,
        VolunteerAct::Close,
        VolunteerAct::Mute,
        VolunteerAct::Unmute,
        VolunteerAct::ChoosePhone { wish: None },
        VolunteerAct::ChoosePhone { wish: Some(wish(Way::Window)) },
        VolunteerAct::ChoosePhone { wish: Some(wish(Way::Never)) },
    ];
    acts.extend(letters.chars().chain(['t']).map(|letter| VolunteerAct::PassOn { to: id(letter) }));
    acts.into_iter().map(Act::from).collect()
}
