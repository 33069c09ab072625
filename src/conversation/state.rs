//! Where a conversation stands.

use std::fmt;

use crate::ids::{Code, Nonce};
use crate::locale::Locale;
use crate::record::Consent;
use crate::terms::{Area, Distance, Need, Place, Situation, Who};

/// A whole conversation. It travels sealed in the buttons of its own message; nothing else remembers it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Conversation {
    /// The language the person reads.
    pub locale: Locale,
    /// Its random number.
    pub nonce: Nonce,
    /// A screen laid over the stage, which Back takes away again.
    pub over: Option<Over>,
    /// The stage it has reached.
    pub stage: Stage,
}

impl Conversation {
    /// Begins a conversation.
    #[must_use]
    pub const fn begin(locale: Locale, nonce: Nonce) -> Self {
        Self { locale, nonce, over: None, stage: Stage::Home }
    }

    /// Returns whether the person said that they are under 18.
    #[must_use]
    pub fn is_minor(&self) -> bool {
        match &self.stage {
            Stage::Home | Stage::NotPrivate | Stage::Consent(_) | Stage::Left => false,
            Stage::Asking(intake, _) => intake.answers.who == Some(Who::Minor),
            Stage::NobodyFits { minor } | Stage::Cancelled { minor } => *minor,
            Stage::Sent(sent) => sent.minor,
        }
    }
}

/// A screen laid over the stage.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Over {
    /// S0, a page of languages.
    Languages {
        /// The page, from 0.
        page: u8,
    },
    /// S2, the numbers to call.
    Numbers,
    /// The privacy text.
    Privacy,
    /// S11, any news.
    News,
    /// S14, erase: asks before it cancels.
    Erase,
}

/// How the person came to the intake.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Approach {
    /// They came from the danger numbers.
    pub danger: bool,
    /// The phone is not private: the short path.
    pub short: bool,
}

/// A stage of the conversation. Each holds only what exists in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// S1.
    Home,
    /// S1b, the phone is not private.
    NotPrivate,
    /// S3.
    Consent(Approach),
    /// S4 to S8: only after consent.
    Asking(Intake, Question),
    /// Nobody could take the request.
    NobodyFits {
        /// The person is under 18.
        minor: bool,
    },
    /// S9, the hub of a request that was handed over.
    Sent(Sent),
    /// The request was erased.
    Cancelled {
        /// The person is under 18.
        minor: bool,
    },
    /// The person left; the chat is cleared.
    Left,
}

/// An intake under way.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Intake {
    /// What the person agreed to.
    pub consent: Consent,
    /// How they came.
    pub approach: Approach,
    /// What they answered so far.
    pub answers: Answers,
}

impl fmt::Debug for Intake {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Intake").finish_non_exhaustive()
    }
}

/// The answers so far.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
pub struct Answers {
    /// S4.
    pub who: Option<Who>,
    /// S5.
    pub situation: Option<Situation>,
    /// S6.
    pub need: Option<Need>,
    /// S7.
    pub place: Place,
    /// S7, the toggle.
    pub far: bool,
}

impl Answers {
    /// Returns the wish for distance.
    #[must_use]
    pub const fn distance(&self) -> Distance {
        if self.far { Distance::Far } else { Distance::Near }
    }
}

impl fmt::Debug for Answers {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Answers").finish_non_exhaustive()
    }
}

/// A question of the intake. `changing` means that the review sent the person back to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Question {
    /// S4.
    Who {
        /// Asked again from the review.
        changing: bool,
    },
    /// S5.
    Situation {
        /// Asked again from the review.
        changing: bool,
    },
    /// S6.
    Need {
        /// Asked again from the review.
        changing: bool,
    },
    /// S7, the areas.
    Place {
        /// Asked again from the review.
        changing: bool,
    },
    /// S7b, the départements of an area.
    Department {
        /// The area.
        area: Area,
        /// Asked again from the review.
        changing: bool,
    },
    /// S7, other countries.
    Country {
        /// Asked again from the review.
        changing: bool,
    },
    /// S8.
    Review,
    /// S8, which answer to change.
    Change,
}

/// A request that was handed over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sent {
    /// Names the request.
    pub code: Code,
    /// The person is under 18.
    pub minor: bool,
    /// They said that they are in danger.
    pub danger: bool,
}
