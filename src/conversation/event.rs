//! What can happen to a conversation.

use super::Choice;
use crate::ids::Code;
use crate::record::{Campaign, More};
use crate::terms::{Contact, Place};

/// Something that happened.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Event {
    /// The person opened the chat, or asked for the start.
    Start,
    /// The person followed a link to the start.
    Linked(Link),
    /// The person asked for the menu.
    Menu,
    /// The person asked to clear the chat.
    Clear,
    /// The person asked for another language.
    Language,
    /// The person asked about privacy.
    Privacy,
    /// The person tapped a button.
    Tap(Choice),
    /// The person tapped a button that is too old, or that is none of ours.
    OldButton,
    /// The person typed or sent something that no question asks for; `deleted` tells whether it is gone from
    /// the chat.
    Typed {
        /// Whether it could be deleted.
        deleted: bool,
    },
    /// The person typed the name of a place or shared where they are: what may be meant, best first.
    PlaceGiven(Places),
    /// The person typed a code; nothing where what they typed is none.
    CodeGiven(Option<Code>),
    /// The person wrote in their own words, which are held outside until they are sealed.
    WordsGiven,
    /// Nobody has tapped or typed for so long that another may look at the screen.
    Idle,
    /// What became of the effect before.
    Outcome(Outcome),
}

/// Where a link to the start came from.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Link {
    /// A campaign that the operator has declared.
    Campaign(Campaign),
    /// An association, known or not.
    Association,
}

/// A few places that may be meant, best first.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
pub struct Places([Option<Place>; Places::MOST]);

impl Places {
    /// How many are shown at most: more choices than these are hard to read.
    pub const MOST: usize = 5;

    /// Takes the first of these, each once.
    pub fn of(found: impl IntoIterator<Item = Place>) -> Self {
        let mut places = Self::default();
        for place in found {
            if places.iter().all(|known| known != place)
                && let Some(slot) = places.0.iter_mut().find(|slot| slot.is_none())
            {
                *slot = Some(place);
            }
        }
        places
    }

    /// Returns the places.
    pub fn iter(&self) -> impl Iterator<Item = Place> {
        self.0.into_iter().flatten()
    }

    /// Returns whether nothing was found.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.iter().next().is_none()
    }
}

/// What became of an effect that the core asked for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// The handoff is stored durably.
    HandedOff {
        /// Names it.
        code: Code,
        /// How the person can be answered.
        contact: Contact,
    },
    /// Nobody can take the request; nothing was stored.
    NobodyFits,
    /// The handoff could not be stored.
    NotHandedOff,
    /// The request is erased.
    Cancelled,
    /// The request could not be erased now.
    NotCancelled,
    /// There is a request with this code.
    Found(Code),
    /// There is no request with that code, or no longer.
    NotFound,
    /// Too many codes were tried; this one was not looked up.
    TooManyTries,
    /// Codes cannot be looked up now.
    NotLookedUp,
    /// What was added is stored durably.
    Added {
        /// What it was.
        more: More,
        /// Whether it was words that were too long: the first part is stored.
        cut: bool,
    },
    /// What was to be added is not stored. This is told to the conversation as it stood before.
    NotAdded,
    /// The message is shown.
    Opened,
    /// There is no message, or no longer.
    NoMessage,
}

redacted!(Event, Places, Outcome, Link);
