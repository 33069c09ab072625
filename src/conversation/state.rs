//! Where a conversation stands.

use crate::ids::{Code, Nonce};
use crate::locale::Locale;
use crate::record::{About, Campaign, Consent, Signs, Spoken, Ticked};
use crate::terms::{Area, Contact, Distance, Need, Place, Sign, Who, Zone};

/// A whole conversation. It travels sealed in the buttons of its own message; nothing else remembers it.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Conversation {
    /// The language the person reads.
    pub locale: Locale,
    /// Its random number.
    pub nonce: Nonce,
    /// A screen laid over the stage, which Back takes away again.
    pub over: Option<Over>,
    /// The screen that `over` was laid upon, where that is none of the stage's own: Back returns to it.
    pub beneath: Option<Over>,
    /// Where the person heard of the bot.
    pub campaign: Option<Campaign>,
    /// The stage it has reached.
    pub stage: Stage,
}

impl Conversation {
    /// Begins a conversation.
    #[must_use]
    pub const fn begin(locale: Locale, nonce: Nonce) -> Self {
        Self { locale, nonce, over: None, beneath: None, campaign: None, stage: Stage::Home }
    }

    /// Returns the conversation of a person to whom a message has come: their hub, under the message.
    #[must_use]
    pub const fn of_sent(locale: Locale, nonce: Nonce, sent: Sent) -> Self {
        Self { stage: Stage::Sent(sent), ..Self::begin(locale, nonce) }
    }

    /// Returns whether the one who needs help is under 18, as far as was said.
    #[must_use]
    pub fn is_minor(&self) -> bool {
        match &self.stage {
            Stage::Home | Stage::NotPrivate | Stage::Consent(_) | Stage::Left => false,
            Stage::Asking(intake, _) => intake.answers.about.who() == Some(Who::Minor),
            Stage::NobodyFits { minor } | Stage::Cancelled { minor } => *minor,
            Stage::Sent(sent) | Stage::Telling(sent, _) => sent.minor,
        }
    }

    /// Returns whether a message of an association is on the screen, or just under it.
    #[must_use]
    pub const fn shows_message(&self) -> bool {
        matches!(
            (self.over, self.beneath),
            (Some(Over::Message | Over::Sentences), _) | (_, Some(Over::Message | Over::Sentences))
        )
    }

    /// Returns the request that was handed over, where the conversation has come so far.
    #[must_use]
    pub const fn sent(&self) -> Option<&Sent> {
        match &self.stage {
            Stage::Sent(sent) | Stage::Telling(sent, _) => Some(sent),
            Stage::Home
            | Stage::NotPrivate
            | Stage::Consent(_)
            | Stage::Asking(..)
            | Stage::NobodyFits { .. }
            | Stage::Cancelled { .. }
            | Stage::Left => None,
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
    /// The privacy text: the short page, then those that tell all.
    Privacy {
        /// The page, from 0.
        page: u8,
    },
    /// Is this real: what helpers never ask for.
    Genuine,
    /// Whether the association whose link was followed is known. Which one, only the screen knows that shows it.
    Linked,
    /// S11, any news.
    News,
    /// S14, erase: asks before it cancels.
    Erase,
    /// S7, typing a town or a postcode.
    TypePlace,
    /// S7, the places that may be meant. Which ones, only the screen knows that shows them.
    FoundPlaces,
    /// C1, typing a code.
    TypeCode,
    /// The hub, the code of the request.
    Code,
    /// S13, writing in own words.
    Write,
    /// S3, over the hub of a request that was found by its code: nobody has agreed on this phone yet.
    Agreement {
        /// What the person wanted to do.
        then: Then,
    },
    /// S11, another time to be answered.
    SafeTime,
    /// S12, before a message is shown: are you alone?
    Alone,
    /// S12, a message. What it says, only the screen knows that shows it.
    Message,
    /// S12, other sentences to answer with.
    Sentences,
}

/// What a person wanted to do when they were asked to agree first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Then {
    /// To say more.
    SayMore,
    /// To write.
    Write,
    /// To be answered at another time.
    SafeTime,
    /// To open a message.
    Open,
}

/// How the person came to the intake.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Approach {
    /// They came from the danger numbers.
    pub danger: bool,
    /// Which questions they are asked.
    pub way: Way,
}

/// A way through the intake.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Way {
    /// Every question.
    #[default]
    Full,
    /// The phone is not private: who and where only.
    Short,
    /// The person worries about someone else: B1 to B5.
    Other,
}

/// A stage of the conversation. Each holds only what exists in it.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// S1.
    Home,
    /// S1b, the phone is not private.
    NotPrivate,
    /// S3.
    Consent(Approach),
    /// S4 to S8, B1 to B5: only after consent.
    Asking(Intake, Question),
    /// Nobody could take the request.
    NobodyFits {
        /// The person is under 18.
        minor: bool,
    },
    /// S9, the hub of a request that was handed over.
    Sent(Sent),
    /// S10, saying more about it.
    Telling(Sent, Telling),
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

/// The answers so far.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Answers {
    /// S4 to S6, or B1 to B3.
    pub about: About,
    /// S7.
    pub place: Place,
    /// S7, the toggle.
    pub far: bool,
}

impl Answers {
    /// Returns the answers before the first question.
    #[must_use]
    pub const fn none(way: Way) -> Self {
        let about = match way {
            Way::Full | Way::Short => About::ONESELF,
            Way::Other => About::OTHER,
        };
        Self { about, place: Place::Unsaid, far: false }
    }

    /// Returns the wish for distance.
    #[must_use]
    pub const fn distance(&self) -> Distance {
        if self.far { Distance::Far } else { Distance::Near }
    }
}

/// A question of the intake. `changing` means that the review sent the person back to it.
#[derive(Clone, Copy, PartialEq, Eq)]
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
    /// B1.
    Reporter {
        /// Asked again from the review.
        changing: bool,
    },
    /// B2.
    Subject {
        /// Asked again from the review.
        changing: bool,
    },
    /// B3.
    Observed {
        /// Asked again from the review.
        changing: bool,
    },
    /// S7 and B4, the areas.
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
    /// S8 and B5.
    Review,
    /// S8, which answer to change.
    Change,
}

/// A request that was handed over.
#[expect(clippy::struct_excessive_bools, reason = "each stands for itself, as in the sealed bits")]
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Sent {
    /// Names the request.
    pub code: Code,
    /// The one who needs help is under 18.
    pub minor: bool,
    /// They said that they are in danger.
    pub danger: bool,
    /// Written about someone else.
    pub other: bool,
    /// What the person agreed to; nothing where the request was found by its code.
    pub consent: Option<Consent>,
    /// How they can be answered in this chat.
    pub contact: Contact,
    /// This phone found the request by its code: what it says replaces nothing before a volunteer has asked.
    pub elsewhere: bool,
    /// Which clock they live by.
    pub zone: Zone,
}

/// S10, a set of questions. Each set is sealed and added for itself.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Telling {
    /// The eleven signs, one a screen.
    Signs {
        /// The sign that is asked about.
        at: Sign,
        /// The answers so far.
        signs: Signs,
    },
    /// Other needs; several can be ticked.
    Needs(Ticked<Need>),
    /// Whether children need help too.
    Children,
    /// Languages for talking; several can be ticked.
    Languages(Spoken),
}

redacted!(Intake, Answers, Telling, Conversation, Stage, Question, Sent);
