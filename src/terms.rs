//! The closed lists of the field: who, which problem, which need, how to answer.
//!
//! Each term has a short lowercase code that stands in directory files, in records and on the desk, and a
//! number that stands in sealed state. Numbers are never reused: new terms go to the end of their list.

mod place;
mod signs;
mod zone;

pub use place::{Area, Place};
pub use signs::{Observed, Reporter, Sign, SignAnswer, Subject};
pub use zone::Zone;

/// A member of a closed list.
pub trait Term: Copy + PartialEq + 'static {
    /// The whole list, in the order of the numbers.
    const LIST: &'static [Self];

    /// Returns the number that stands in sealed state.
    fn index(self) -> u8;
}

/// Declares a closed list of terms with their codes.
macro_rules! terms {
    ($(#[$meta:meta])* $name:ident { $($(#[$vmeta:meta])* $variant:ident = $code:literal),+ $(,)? }) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
        pub enum $name { $($(#[$vmeta])* #[serde(rename = $code)] $variant),+ }

        impl $name {
            /// Every term of the list, in the order of their numbers.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// Returns the code that stands in files.
            #[must_use]
            pub const fn code(self) -> &'static str {
                match self { $(Self::$variant => $code),+ }
            }

            /// Returns the number that stands in sealed state.
            #[must_use]
            pub const fn number(self) -> u8 {
                self as u8
            }

            /// Returns the term with this number, if there is one.
            #[must_use]
            pub fn from_number(number: u8) -> Option<Self> {
                Self::ALL.get(usize::from(number)).copied()
            }
        }

        impl $crate::terms::Term for $name {
            const LIST: &'static [Self] = Self::ALL;

            fn index(self) -> u8 {
                self.number()
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.code())
            }
        }

        impl std::str::FromStr for $name {
            type Err = $crate::terms::UnknownTerm;
            fn from_str(code: &str) -> Result<Self, $crate::terms::UnknownTerm> {
                let found = Self::ALL.iter().copied().find(|term| term.code() == code);
                found.ok_or($crate::terms::UnknownTerm)
            }
        }
    };
}

pub(crate) use terms;

/// A code that stands in no closed list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not one of the known codes")]
pub struct UnknownTerm;

terms!(
    /// Who needs help (screen S4).
    Who {
        /// A woman of 18 or more.
        Woman = "woman",
        /// A man of 18 or more.
        Man = "man",
        /// An adult with children.
        Family = "family",
        /// Someone under 18.
        Minor = "minor",
        /// Other, or not said.
        Other = "other",
    }
);

terms!(
    /// The form of exploitation, as the person names it (screen S5).
    ///
    /// Codes follow article 225-4-1 of the French penal code and the categories of the yearly survey.
    Situation {
        /// Sexual exploitation.
        Sexual = "sexual",
        /// Forced labour and unworthy conditions.
        Labour = "labour",
        /// Domestic servitude.
        Domestic = "domestic",
        /// Forced begging.
        Begging = "begging",
        /// Coercion to commit offences.
        Crime = "crime",
        /// Forced marriage, illegal adoption, surrogacy (directive EU 2024/1712).
        Family = "family",
        /// Other, or not said.
        Other = "other",
    }
);

terms!(
    /// What the person wants first (screen S6).
    Need {
        /// To leave safely.
        Leave = "leave",
        /// A place to sleep.
        Shelter = "shelter",
        /// To talk to someone.
        Talk = "talk",
        /// A doctor.
        Medical = "medical",
        /// Papers, rights, asylum.
        Legal = "legal",
        /// Social and administrative help; offered by associations, asked under "I don't know".
        Unsure = "unsure",
    }
);

terms!(
    /// What an association offers.
    Offer {
        /// Safe accommodation.
        Shelter = "shelter",
        /// Legal help.
        Legal = "legal",
        /// Medical help.
        Medical = "medical",
        /// Social support.
        Social = "social",
        /// Help with papers and forms.
        Administrative = "administrative",
        /// Someone to talk to.
        Talk = "talk",
        /// Help with leaving safely.
        Leave = "leave",
    }
);

impl Need {
    /// Returns the offer that answers this need, or nothing where any offer does.
    #[must_use]
    pub const fn answered_by(self) -> Option<Offer> {
        match self {
            Self::Leave => Some(Offer::Leave),
            Self::Shelter => Some(Offer::Shelter),
            Self::Talk => Some(Offer::Talk),
            Self::Medical => Some(Offer::Medical),
            Self::Legal => Some(Offer::Legal),
            Self::Unsure => None,
        }
    }
}

terms!(
    /// Near the person, or far from where they are (away from the exploiter is often the point).
    Distance {
        /// As near as can help.
        Near = "near",
        /// Outside the département and its neighbours.
        Far = "far",
    }
);

terms!(
    /// How the association may answer (screen S8).
    Contact {
        /// In the chat, at any time.
        AnyTime = "any",
        /// In the chat, in the morning (08:00 to 12:00).
        Morning = "morning",
        /// In the chat, in the afternoon (12:00 to 18:00).
        Afternoon = "afternoon",
        /// In the chat, in the evening (18:00 to 22:00).
        Evening = "evening",
        /// Never; the person comes back to look.
        Never = "none",
    }
);

terms!(
    /// Adult or minor, where known.
    Age {
        /// 18 or more.
        Adult = "adult",
        /// Under 18.
        Minor = "minor",
        /// Not said.
        Unknown = "unknown",
    }
);

terms!(
    /// The gender an association says it serves.
    Gender {
        /// Women.
        Woman = "woman",
        /// Men.
        Man = "man",
        /// Other, or not said.
        Other = "other",
    }
);

impl Who {
    /// Returns the age group that this answer gives.
    #[must_use]
    pub const fn age(self) -> Age {
        match self {
            Self::Woman | Self::Man | Self::Family => Age::Adult,
            Self::Minor => Age::Minor,
            Self::Other => Age::Unknown,
        }
    }

    /// Returns the gender that this answer gives, or nothing where it does not say.
    #[must_use]
    pub const fn gender(self) -> Option<Gender> {
        match self {
            Self::Woman => Some(Gender::Woman),
            Self::Man => Some(Gender::Man),
            Self::Family | Self::Minor | Self::Other => None,
        }
    }
}

terms!(
    /// What a sealed token tells the association.
    Kind {
        /// A new request for help.
        Handoff = "handoff",
        /// More about a request.
        Addition = "addition",
        /// A message of the person.
        Message = "message",
        /// The person takes the request back.
        Withdrawal = "withdrawal",
        /// A volunteer took the request; readable by their own association only.
        Claim = "claim",
        /// A volunteer's note; readable by their own association only.
        Note = "note",
        /// What a volunteer wrote to the person, for their own association's record.
        Reply = "reply",
    }
);
