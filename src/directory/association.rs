//! An association, as the rest of the program sees it.

use chrono::NaiveDate;

use super::hours::Hours;
use super::removed::Removed;
use crate::device::PublicKey;
use crate::ids::{AssociationId, ChatId, Country, Department};
use crate::place::Point;
use crate::terms::{Age, Gender, Offer, Situation};

/// What a token can be encrypted to. age has post-quantum recipients too (`age1pq1…`), which the Rust
/// library cannot write yet and age does not mix with these: when it can, this becomes an enum.
pub type Recipient = age::x25519::Recipient;

/// A volunteer's device, as the directory lists it.
#[derive(Clone, Debug)]
pub struct Device {
    /// What is sealed to it; also its name.
    pub recipient: Recipient,
    /// What its signatures are checked with. Without it, what it writes down is shown as not proved.
    pub signing: Option<PublicKey>,
    /// It may take another device of its association out at once.
    pub coordinator: bool,
}

/// What an association is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// It takes requests.
    Association,
    /// It reads every request beside the first, and takes over where that one does not answer.
    NationalTeam,
}

impl Role {
    /// Returns its code, as it stands in files.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Association => "association",
            Self::NationalTeam => "national_team",
        }
    }

    /// Returns the role with this code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        [Self::Association, Self::NationalTeam].into_iter().find(|role| role.code() == code)
    }
}

/// For which places an association works.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Coverage {
    /// These French départements.
    Departments(Vec<Department>),
    /// Its whole country.
    Country,
    /// Everywhere.
    All,
}

/// Whom an association can help.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Serves {
    /// The problems it works on.
    pub situations: Vec<Situation>,
    /// Adults, people under 18, or both.
    pub ages: Vec<Age>,
    /// The genders.
    pub genders: Vec<Gender>,
    /// Adults with their children.
    pub children: bool,
}

/// What may be shown of an association to people who write, and in exports.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Display {
    /// Everything but what no file holds: its address.
    Full,
    /// Its name and its number.
    Phone,
    /// Its name.
    Name,
    /// Nothing: not even that it is there.
    None,
}

/// A public number, with who called it and until when that is to be believed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Phone {
    pub(super) number: String,
    pub(super) verified_on: NaiveDate,
    pub(super) verified_by: String,
    pub(super) source: String,
    pub(super) until: NaiveDate,
}

/// Who vouches for an association, and for how long.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Vetting {
    pub(super) by: Vec<String>,
    pub(super) on: NaiveDate,
    pub(super) until: NaiveDate,
}

/// An association that was vetted and signed for. Only verification makes one.
#[derive(Debug)]
pub struct Association {
    /// Its slug.
    pub id: AssociationId,
    /// Its name, for volunteers and logs; people see [`Self::public_name`].
    pub name: String,
    /// The country it works in.
    pub country: Country,
    /// The département it stands in, in France.
    pub department: Option<Department>,
    /// The middle of its town.
    pub point: Option<Point>,
    /// For which places it works.
    pub coverage: Coverage,
    /// It works on every problem.
    pub generalist: bool,
    /// Whom it can help.
    pub serves: Serves,
    /// What it offers.
    pub offers: Vec<Offer>,
    /// The languages it speaks (BCP 47).
    pub languages: Vec<String>,
    /// When it answers.
    pub hours: Hours,
    /// What it is asked for.
    pub role: Role,
    /// Who can read what it gets; two at least.
    pub devices: Vec<Device>,
    /// Where its volunteers are told of a new request.
    pub volunteers_chat: Option<ChatId>,
    /// How many requests may wait there unanswered before others are asked first; the service's own limit where
    /// absent.
    pub intake_cap: Option<u32>,
    pub(super) phone: Option<Phone>,
    pub(super) display: Display,
    pub(super) vetting: Vetting,
    pub(super) website: Option<String>,
    pub(super) notes: Option<String>,
    /// The last day of the file it stands in.
    pub(super) file_until: Option<NaiveDate>,
}

impl Association {
    /// Returns whether it may be asked on a day: it is vetted, and the file that says so still holds.
    #[must_use]
    pub fn is_routable(&self, today: NaiveDate) -> bool {
        let holds = self.file_until.is_none_or(|until| today <= until);
        holds && self.vetting.on <= today && today <= self.vetting.until
    }

    /// Returns the devices that read for it now: those that no coordinator has taken out.
    pub fn readers<'a>(&'a self, removed: &'a Removed) -> impl Iterator<Item = &'a Device> {
        self.devices.iter().filter(|device| !removed.holds(&self.id, &device.recipient))
    }

    /// Returns what is sealed to for it now.
    #[must_use]
    pub fn recipients(&self, removed: &Removed) -> Vec<Recipient> {
        self.readers(removed).map(|device| device.recipient.clone()).collect()
    }

    /// Returns the device with this recipient, whether it was taken out or not.
    #[must_use]
    pub fn device(&self, recipient: &str) -> Option<&Device> {
        self.devices.iter().find(|device| device.recipient.to_string() == recipient)
    }

    /// Returns the day on which it was vetted.
    #[must_use]
    pub const fn vetted_on(&self) -> NaiveDate {
        self.vetting.on
    }

    /// Returns the last day on which it may be asked.
    #[must_use]
    pub fn routable_until(&self) -> NaiveDate {
        self.file_until.map_or(self.vetting.until, |until| until.min(self.vetting.until))
    }

    /// Returns its number, where it may be shown and somebody has called it recently enough.
    #[must_use]
    pub fn public_phone(&self, today: NaiveDate) -> Option<&str> {
        let shown = matches!(self.display, Display::Full | Display::Phone) && self.is_routable(today);
        let phone = self.phone.as_ref().filter(|phone| shown && today <= phone.until)?;
        Some(&phone.number)
    }

    /// Returns its name, where it may be shown.
    #[must_use]
    pub fn public_name(&self) -> Option<&str> {
        (self.display != Display::None).then_some(self.name.as_str())
    }

    /// Returns its website, where everything may be shown.
    #[must_use]
    pub fn public_website(&self) -> Option<&str> {
        self.website.as_deref().filter(|_| self.display == Display::Full)
    }

    /// Returns the operator's notes, where everything may be shown.
    #[must_use]
    pub fn public_notes(&self) -> Option<&str> {
        self.notes.as_deref().filter(|_| self.display == Display::Full)
    }

    /// Returns what may be shown of it.
    #[must_use]
    pub const fn display(&self) -> Display {
        self.display
    }
}
