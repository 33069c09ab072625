//! The closed lists of the field: who, which problem, which need, how to answer.
//!
//! Each term has a short lowercase code that stands in directory files, in records and on the desk, and a
//! number that stands in sealed state. Numbers are never reused: new terms go to the end of their list.

use serde::{Deserialize, Serialize};

use crate::ids::{Commune, Country, Department};

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

terms!(
    /// A sign of exploitation that a person is asked about (screen S10): the eleven of the International
    /// Labour Organization, violence last.
    Sign {
        /// Abuse of vulnerability.
        Vulnerability = "vulnerability",
        /// Deception.
        Deception = "deception",
        /// Restriction of movement.
        Movement = "movement",
        /// Isolation.
        Isolation = "isolation",
        /// Intimidation and threats.
        Threats = "threats",
        /// Retention of identity documents.
        Documents = "documents",
        /// Withholding of wages.
        Wages = "wages",
        /// Debt bondage.
        Debt = "debt",
        /// Abusive working and living conditions.
        Conditions = "conditions",
        /// Excessive overtime.
        Overtime = "overtime",
        /// Physical and sexual violence.
        Violence = "violence",
    }
);

terms!(
    /// An answer to the question about one sign.
    SignAnswer {
        /// Yes.
        Yes = "yes",
        /// No.
        No = "no",
        /// Left out.
        Skip = "skip",
    }
);

terms!(
    /// Who writes about someone else (screen B1).
    Reporter {
        /// A professional or a volunteer.
        Professional = "professional",
        /// A neighbour, a friend, a relative.
        Close = "close",
        /// A client or a customer.
        Client = "client",
    }
);

terms!(
    /// Who that someone is, and whether they agree (screen B2).
    Subject {
        /// A child.
        Child = "child",
        /// An adult who agrees.
        Agrees = "agrees",
        /// An adult who does not know, or does not agree.
        Unaware = "unaware",
        /// The writer is not sure.
        Unsure = "unsure",
    }
);

impl Subject {
    /// Returns whether anything about the person may be handed over. Where an adult has not agreed, the
    /// association advises the writer only; a child is protected whether they agree or not.
    #[must_use]
    pub const fn may_be_told_of(self) -> bool {
        match self {
            Self::Child | Self::Agrees => true,
            Self::Unaware | Self::Unsure => false,
        }
    }
}

terms!(
    /// A sign that someone beside the person can see (screen B3).
    Observed {
        /// Their papers are kept.
        Papers = "papers",
        /// Too much work, no days off.
        Overwork = "overwork",
        /// Little or no pay.
        Pay = "pay",
        /// Threats, insults, violence.
        Violence = "violence",
        /// A very bad living place.
        Housing = "housing",
        /// Contacts or family are controlled.
        Controlled = "controlled",
        /// Isolated.
        Isolated = "isolated",
        /// Someone speaks for them.
        SpokenFor = "spoken_for",
        /// Afraid of the police or of a boss.
        Afraid = "afraid",
        /// Moved often.
        Moved = "moved",
        /// They owe money.
        Debt = "debt",
        /// A child who works, begs or steals.
        Child = "child",
    }
);

terms!(
    /// An area of France as screen S7 offers it: named by its large towns, made of whole départements.
    Area {
        /// Paris and its surroundings.
        Paris = "paris",
        /// Lille, Amiens.
        North = "north",
        /// Strasbourg, Metz.
        East = "east",
        /// Dijon, Besançon.
        Burgundy = "burgundy",
        /// Lyon, Grenoble.
        Alps = "alps",
        /// Marseille, Nice, Corsica.
        Riviera = "riviera",
        /// Montpellier.
        Languedoc = "languedoc",
        /// Toulouse.
        Garonne = "garonne",
        /// Bordeaux, Limoges.
        Aquitaine = "aquitaine",
        /// Nantes, Rennes.
        West = "west",
        /// Rouen, Caen.
        Normandy = "normandy",
        /// Orléans, Tours.
        Loire = "loire",
        /// The overseas départements and collectivities.
        Overseas = "overseas",
    }
);

/// Where the person is, as exactly as they chose to say.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Place {
    /// Not said.
    #[default]
    Unsaid,
    /// Somewhere in an area of France.
    Area(Area),
    /// A département of France.
    Department(Department),
    /// A commune of France, where the person typed its name.
    Commune(Commune),
    /// Another country; [`Country::ELSEWHERE`] where it is none that we list.
    Abroad(Country),
}

impl Place {
    /// Returns the département, where the place is one or lies in one.
    #[must_use]
    pub const fn department(self) -> Option<Department> {
        match self {
            Self::Department(department) => Some(department),
            Self::Commune(commune) => Some(commune.department()),
            Self::Unsaid | Self::Area(_) | Self::Abroad(_) => None,
        }
    }
}

/// The parts of a place as they stand in a record.
#[derive(Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct PlaceParts {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    country: Option<Country>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    area: Option<Area>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    departement: Option<Department>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    commune: Option<Commune>,
}

impl Serialize for Place {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let french = PlaceParts { country: Some(Country::FRANCE), ..PlaceParts::default() };
        let parts = match *self {
            Self::Unsaid => PlaceParts::default(),
            Self::Area(area) => PlaceParts { area: Some(area), ..french },
            Self::Department(code) => PlaceParts { departement: Some(code), ..french },
            Self::Commune(commune) => {
                PlaceParts { departement: Some(commune.department()), commune: Some(commune), ..french }
            }
            Self::Abroad(country) => PlaceParts { country: Some(country), ..PlaceParts::default() },
        };
        parts.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Place {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let parts = PlaceParts::deserialize(deserializer)?;
        match (parts.country, parts.area, parts.departement, parts.commune) {
            (None, None, None, None) => Ok(Self::Unsaid),
            (Some(Country::FRANCE), Some(area), None, None) => Ok(Self::Area(area)),
            (Some(Country::FRANCE), _, Some(code), None) => Ok(Self::Department(code)),
            (Some(Country::FRANCE), _, Some(code), Some(commune)) if commune.department() == code => {
                Ok(Self::Commune(commune))
            }
            (Some(country), None, None, None) => Ok(Self::Abroad(country)),
            _ => Err(serde::de::Error::custom("a place whose parts do not fit together")),
        }
    }
}
