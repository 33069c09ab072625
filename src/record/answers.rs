//! Answers that are more than one term: several ticked, signs with yes and no, languages; and what a person
//! adds to a request.

use std::fmt;
use std::marker::PhantomData;

use super::Consent;
use crate::ids::Code;
use crate::locale::Locale;
use crate::phrase::Answer;
use crate::terms::{Contact, Need, Sign, SignAnswer, Term};

/// Terms of one list that were ticked, 16 at most.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Ticked<T>(u16, PhantomData<T>);

impl<T: Term> Ticked<T> {
    /// Returns the set with these bits, lowest number first, if all of them stand for terms.
    #[must_use]
    pub fn from_bits(bits: u16) -> Option<Self> {
        let known = T::LIST.iter().fold(0, |known, &term| known | Self::bit(term));
        (bits & !known == 0).then_some(Self(bits, PhantomData))
    }

    /// Returns the set with this term ticked, or no longer ticked where it was.
    #[must_use]
    pub fn toggled(self, term: T) -> Self {
        Self(self.0 ^ Self::bit(term), PhantomData)
    }

    /// Returns whether this term is ticked.
    #[must_use]
    pub fn has(self, term: T) -> bool {
        self.0 & Self::bit(term) != 0
    }

    /// Returns what is ticked, in the order of the list.
    #[must_use]
    pub fn terms(self) -> Vec<T> {
        T::LIST.iter().copied().filter(|&term| self.has(term)).collect()
    }

    fn bit(term: T) -> u16 {
        1_u16.checked_shl(term.index().into()).unwrap_or(0)
    }
}

impl<T> Ticked<T> {
    /// Nothing ticked.
    pub const NONE: Self = Self(0, PhantomData);

    /// Returns the bits that stand in sealed state.
    #[must_use]
    pub const fn bits(self) -> u16 {
        self.0
    }

    /// Returns whether nothing is ticked.
    #[must_use]
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }
}

impl<T> Default for Ticked<T> {
    fn default() -> Self {
        Self::NONE
    }
}

impl<T> fmt::Debug for Ticked<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Ticked(…)")
    }
}

/// The answers about the eleven signs, two bits each.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
pub struct Signs(u32);

impl Signs {
    /// No sign was asked about.
    pub const NONE: Self = Self(0);
    /// How many bits they have.
    pub const BITS: u32 = 22;

    /// Returns the answers with these bits, if they can be some.
    #[must_use]
    pub const fn from_bits(bits: u32) -> Option<Self> {
        if bits < 1 << Self::BITS { Some(Self(bits)) } else { None }
    }

    /// Returns the bits that stand in sealed state.
    #[must_use]
    pub const fn bits(self) -> u32 {
        self.0
    }

    /// Returns the answers with this one set.
    #[must_use]
    pub fn with(self, sign: Sign, answer: SignAnswer) -> Self {
        let shift = u32::from(sign.number()) * 2;
        let number = u32::from(answer.number()) + 1;
        Self(self.0 & !(0b11 << shift) | number << shift)
    }

    /// Returns the answer about a sign; nothing where it was not asked.
    #[must_use]
    pub fn answer(self, sign: Sign) -> Option<SignAnswer> {
        let number = self.0 >> (u32::from(sign.number()) * 2) & 0b11;
        SignAnswer::from_number(u8::try_from(number).ok()?.checked_sub(1)?)
    }

    /// Returns the signs that were answered like this.
    #[must_use]
    pub fn answered(self, answer: SignAnswer) -> Vec<Sign> {
        Sign::ALL.iter().copied().filter(|&sign| self.answer(sign) == Some(answer)).collect()
    }

    /// Returns whether no sign was asked about.
    #[must_use]
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }
}

/// Languages in which a person can talk, four at most.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
pub struct Spoken([Option<Locale>; Spoken::MOST]);

impl Spoken {
    /// How many are kept.
    pub const MOST: usize = 4;

    /// Returns the languages of these, as many as are kept.
    pub fn of(languages: impl IntoIterator<Item = Locale>) -> Self {
        let mut spoken = Self::default();
        for (slot, language) in spoken.0.iter_mut().zip(languages) {
            *slot = Some(language);
        }
        spoken
    }

    /// Returns the languages, in the order in which they were chosen.
    pub fn iter(self) -> impl Iterator<Item = Locale> {
        self.0.into_iter().flatten()
    }

    /// Returns whether this language is among them.
    #[must_use]
    pub fn has(self, language: Locale) -> bool {
        self.0.contains(&Some(language))
    }

    /// Returns them with this one more, or without it where it was chosen; a fifth changes nothing.
    #[must_use]
    pub fn toggled(self, language: Locale) -> Self {
        if self.has(language) {
            Self::of(self.iter().filter(|&chosen| chosen != language))
        } else {
            Self::of(self.iter().chain([language]))
        }
    }

    /// Returns whether none was chosen.
    #[must_use]
    pub fn is_empty(self) -> bool {
        self.iter().next().is_none()
    }
}

/// Something a person adds to a request that was handed over.
///
/// Like a request, it cannot be built without their agreement.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Addition {
    /// Names the request.
    pub code: Code,
    /// The person's agreement.
    pub consent: Consent,
    /// The language they read.
    pub locale: Locale,
    /// How they can be answered.
    pub contact: Contact,
    /// What is added.
    pub more: More,
}

/// What is added to a request.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum More {
    /// Answers about signs.
    Signs(Signs),
    /// Other needs.
    Needs(Ticked<Need>),
    /// Whether children need help too.
    Children(bool),
    /// Languages for talking.
    Languages(Spoken),
    /// Another time, or another way, to be answered.
    SafeTime,
    /// The words that the person just typed; they are held outside the conversation.
    Words,
    /// A short answer to a message.
    Answer(Answer),
    /// They want no more messages.
    Stop,
}

redacted!(Signs, Spoken, Addition, More);
