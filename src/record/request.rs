//! What a person asks for, and their agreement to hand it over.

use super::{Campaign, Ticked};
use crate::clock::Minute;
use crate::locale::Locale;
use crate::terms::{Age, Contact, Distance, Need, Observed, Place, Reporter, Situation, Subject, Who};

/// The version of the consent text (screen S3) that people agree to now.
pub const CONSENT_VERSION: u8 = 1;

/// The person's agreement to hand over their answers, to one association and to a national team.
///
/// A handoff cannot be built without it. It comes into being where the person taps "I agree"; opening the
/// sealed state, in which it travels, is the only other caller of its one constructor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Consent {
    version: u8,
    at: Minute,
}

impl Consent {
    /// Notes that the person agreed to this version of the text at this minute.
    #[must_use]
    pub const fn given(version: u8, at: Minute) -> Self {
        Self { version, at }
    }

    /// Returns the version of the text agreed to.
    #[must_use]
    pub const fn version(self) -> u8 {
        self.version
    }

    /// Returns when the person agreed.
    #[must_use]
    pub const fn at(self) -> Minute {
        self.at
    }
}

/// Whose need it is, and what is said of it.
///
/// # Privacy
/// Of an adult who has not agreed nothing is said: `observed` is empty there, and the record names no age and
/// no kind of person. What the writer is and where they ask for help is the writer's own.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum About {
    /// The writer's own.
    Oneself {
        /// S4.
        who: Option<Who>,
        /// S5.
        situation: Option<Situation>,
        /// S6.
        need: Option<Need>,
    },
    /// Someone the writer worries about.
    Other {
        /// B1.
        reporter: Option<Reporter>,
        /// B2.
        subject: Option<Subject>,
        /// B3.
        observed: Ticked<Observed>,
    },
}

impl About {
    /// A person's own need, of which nothing is said yet.
    pub const ONESELF: Self = Self::Oneself { who: None, situation: None, need: None };
    /// A worry about someone of whom nothing is said yet.
    pub const OTHER: Self = Self::Other { reporter: None, subject: None, observed: Ticked::NONE };

    /// Returns who needs help, as far as that was said and may be told.
    #[must_use]
    pub const fn who(&self) -> Option<Who> {
        match self {
            Self::Oneself { who, .. } => *who,
            Self::Other { subject: Some(Subject::Child), .. } => Some(Who::Minor),
            Self::Other { .. } => None,
        }
    }

    /// Returns the problem, where said.
    #[must_use]
    pub const fn situation(&self) -> Option<Situation> {
        match self {
            Self::Oneself { situation, .. } => *situation,
            Self::Other { .. } => None,
        }
    }

    /// Returns what is wanted first, where said.
    #[must_use]
    pub const fn need(&self) -> Option<Need> {
        match self {
            Self::Oneself { need, .. } => *need,
            Self::Other { .. } => None,
        }
    }

    /// Returns the age group, as far as it was said and may be told.
    #[must_use]
    pub fn age(&self) -> Age {
        match self {
            Self::Other { subject: Some(Subject::Agrees), .. } => Age::Adult,
            Self::Oneself { .. } | Self::Other { .. } => self.who().map_or(Age::Unknown, Who::age),
        }
    }

    /// Returns whether someone writes about someone else.
    #[must_use]
    pub const fn is_other(&self) -> bool {
        matches!(self, Self::Other { .. })
    }
}

/// What a person asks for, complete enough to be handed over.
#[derive(Clone, PartialEq, Eq)]
pub struct Request {
    /// The person's agreement.
    pub consent: Consent,
    /// The language they read.
    pub locale: Locale,
    /// They said that they are in danger.
    pub danger: bool,
    /// Whose need it is.
    pub about: About,
    /// Where they are.
    pub place: Place,
    /// Near, or far from there.
    pub distance: Distance,
    /// How they can be answered.
    pub contact: Contact,
    /// Where they heard of the bot.
    pub campaign: Option<Campaign>,
}

impl Request {
    /// Returns who needs help, where said.
    #[must_use]
    pub const fn who(&self) -> Option<Who> {
        self.about.who()
    }

    /// Returns the problem, where said.
    #[must_use]
    pub const fn situation(&self) -> Option<Situation> {
        self.about.situation()
    }

    /// Returns what is wanted first, where said.
    #[must_use]
    pub const fn need(&self) -> Option<Need> {
        self.about.need()
    }

    /// Returns whether the one who needs help is under 18, as far as was said.
    #[must_use]
    pub fn is_minor(&self) -> bool {
        self.who() == Some(Who::Minor)
    }

    /// Returns whether minutes count: danger, or a minor.
    #[must_use]
    pub fn is_urgent(&self) -> bool {
        self.danger || self.is_minor()
    }
}

redacted!(About, Request);
