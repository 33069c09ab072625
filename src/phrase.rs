//! The phrasebook: what a volunteer can say without writing, and what a person can answer with one tap.
//!
//! A phrase is a number with typed slots, said in the person's language. So nothing a volunteer writes has to
//! be kept or translated: it fits into the sealed button beside the conversation. The text of each phrase
//! stands in `locales/<tag>/phrases.ftl`. The order of every list is part of the format: new members go to the
//! end, none is ever removed.

mod slot;

pub use slot::{Day, MalformedSlot, Phone, Spot, Time};

/// The number of this phrasebook; it grows with every phrase that is added.
pub const PHRASES_VERSION: u32 = 1;

/// What a phrase needs to be told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Slot {
    /// A day of the week.
    Day,
    /// A time of the day.
    Time,
    /// A phone number.
    Phone,
    /// A kind of place; never an address.
    Place,
}

impl Slot {
    /// Returns the name of the slot, which is also the variable in the text.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Day => "day",
            Self::Time => "time",
            Self::Phone => "phone",
            Self::Place => "place",
        }
    }
}

/// Declares the closed list of phrases with their slots.
macro_rules! phrases {
    ($($name:ident = $key:literal [$($slot:ident)*]),+ $(,)?) => {
        /// A phrase of a volunteer.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum PhraseId { $(#[doc = concat!("`", $key, "`.")] $name),+ }

        impl PhraseId {
            /// Every phrase, in the order of their numbers.
            pub const ALL: &'static [Self] = &[$(Self::$name),+];

            /// Returns the key under which locales hold the text.
            #[must_use]
            pub const fn key(self) -> &'static str {
                match self { $(Self::$name => $key),+ }
            }

            /// Returns what the phrase needs to be told.
            #[must_use]
            pub const fn slots(self) -> &'static [Slot] {
                match self { $(Self::$name => &[$(Slot::$slot),*]),+ }
            }

            /// Returns the number that stands in sealed state, under 128.
            #[must_use]
            pub const fn number(self) -> u8 {
                self as u8
            }

            /// Returns the phrase with this number, if there is one.
            #[must_use]
            pub fn from_number(number: u8) -> Option<Self> {
                Self::ALL.get(usize::from(number)).copied()
            }

            /// Returns the phrase with this key, if there is one.
            #[must_use]
            pub fn from_key(key: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|phrase| phrase.key() == key)
            }
        }
    };
}

phrases! {
    Read = "phrase-read" [],
    Believe = "phrase-believe" [],
    WhoWeAre = "phrase-who-we-are" [],
    Free = "phrase-free" [],
    SafeNow = "phrase-safe-now" [],
    DangerCall = "phrase-danger-call" [],
    DangerText = "phrase-danger-text" [],
    CanTalk = "phrase-can-talk" [],
    WhenTalk = "phrase-when-talk" [],
    TalkAt = "phrase-talk-at" [Day Time],
    CallUs = "phrase-call-us" [Phone],
    CallUsAt = "phrase-call-us-at" [Day Time Phone],
    WhichDay = "phrase-which-day" [],
    WhichHour = "phrase-which-hour" [],
    Meet = "phrase-meet" [Day Time Place],
    MeetStillGood = "phrase-meet-still-good" [Day Time],
    MeetChanged = "phrase-meet-changed" [Day Time],
    MeetCancelled = "phrase-meet-cancelled" [],
    MeetSign = "phrase-meet-sign" [],
    BringNothing = "phrase-bring-nothing" [],
    BringPapers = "phrase-bring-papers" [],
    PapersNotNeeded = "phrase-papers-not-needed" [],
    PapersKept = "phrase-papers-kept" [],
    Interpreter = "phrase-interpreter" [],
    WhichLanguage = "phrase-which-language" [],
    ComeWith = "phrase-come-with" [],
    ChildrenCome = "phrase-children-come" [],
    ChildrenHowMany = "phrase-children-how-many" [],
    DoNotTell = "phrase-do-not-tell" [],
    Delete = "phrase-delete" [],
    NoRisk = "phrase-no-risk" [],
    Wait = "phrase-wait" [],
    WriteOn = "phrase-write-on" [Day],
    MoreTime = "phrase-more-time" [],
    NoPlace = "phrase-no-place" [],
    Call115 = "phrase-call-115" [],
    PlaceFound = "phrase-place-found" [],
    GoTo = "phrase-go-to" [Day Time Place],
    WaitThere = "phrase-wait-there" [Place],
    PassOn = "phrase-pass-on" [],
    CannotHelp = "phrase-cannot-help" [],
    Hurt = "phrase-hurt" [],
    Doctor = "phrase-doctor" [],
    DoctorAt = "phrase-doctor-at" [Day Time Place],
    Lawyer = "phrase-lawyer" [],
    Rights = "phrase-rights" [],
    PoliceChoice = "phrase-police-choice" [],
    NeverAsk = "phrase-never-ask" [],
    NoAddress = "phrase-no-address" [],
    WhichTown = "phrase-which-town" [],
    CanGoOut = "phrase-can-go-out" [],
    FoodBed = "phrase-food-bed" [],
    Ticket = "phrase-ticket" [],
    Minor = "phrase-minor" [],
    StillWant = "phrase-still-want" [],
    ThankYou = "phrase-thank-you" [],
    Yes = "phrase-yes" [],
    No = "phrase-no" [],
    Close = "phrase-close" [],
}

/// Declares the closed list of answers.
macro_rules! answers {
    ($($(#[$meta:meta])* $name:ident = $key:literal),+ $(,)?) => {
        /// An answer that a person gives with one tap.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Answer { $($(#[$meta])* $name),+ }

        impl Answer {
            /// Every answer, in the order of their numbers; the first three are offered at once.
            pub const ALL: &'static [Self] = &[$(Self::$name),+];

            /// Returns the key under which locales hold the text.
            #[must_use]
            pub const fn key(self) -> &'static str {
                match self { $(Self::$name => $key),+ }
            }

            /// Returns the number that stands in sealed state, under 32.
            #[must_use]
            pub const fn number(self) -> u8 {
                self as u8
            }

            /// Returns the answer with this number, if there is one.
            #[must_use]
            pub fn from_number(number: u8) -> Option<Self> {
                Self::ALL.get(usize::from(number)).copied()
            }

            /// Returns the answer with this key, if there is one.
            #[must_use]
            pub fn from_key(key: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|answer| answer.key() == key)
            }
        }
    };
}

answers! {
    /// `answer-yes`.
    Yes = "answer-yes",
    /// `answer-no`.
    No = "answer-no",
    /// `answer-later`.
    Later = "answer-later",
    /// `answer-thank-you`.
    ThankYou = "answer-thank-you",
    /// `answer-cannot-talk`.
    CannotTalk = "answer-cannot-talk",
    /// `answer-do-not-call`.
    DoNotCall = "answer-do-not-call",
    /// `answer-can-call`.
    CanCall = "answer-can-call",
    /// `answer-when`.
    When = "answer-when",
    /// `answer-where`.
    Where = "answer-where",
    /// `answer-safe`.
    Safe = "answer-safe",
    /// `answer-danger`.
    Danger = "answer-danger",
    /// `answer-not-alone`.
    NotAlone = "answer-not-alone",
    /// `answer-coming`.
    Coming = "answer-coming",
    /// `answer-not-coming`.
    NotComing = "answer-not-coming",
    /// `answer-late`.
    Late = "answer-late",
    /// `answer-other-day`.
    OtherDay = "answer-other-day",
    /// `answer-interpreter`.
    Interpreter = "answer-interpreter",
    /// `answer-not-understood`.
    NotUnderstood = "answer-not-understood",
    /// `answer-still-want`.
    StillWant = "answer-still-want",
    /// `answer-no-more-help`.
    NoMoreHelp = "answer-no-more-help",
}

/// A phrase that cannot be said so.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PhraseFault {
    /// A slot of the phrase has no value.
    #[error("the phrase needs {}", .0.name())]
    Missing(Slot),
    /// A value for a slot that the phrase does not have.
    #[error("the phrase has no slot {}", .0.name())]
    Superfluous(Slot),
}

/// Values for the slots of a phrase.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
pub struct Slots {
    /// The day.
    pub day: Option<Day>,
    /// The time.
    pub time: Option<Time>,
    /// The phone number.
    pub phone: Option<Phone>,
    /// The kind of place.
    pub place: Option<Spot>,
}

impl Slots {
    const fn has(&self, slot: Slot) -> bool {
        match slot {
            Slot::Day => self.day.is_some(),
            Slot::Time => self.time.is_some(),
            Slot::Phone => self.phone.is_some(),
            Slot::Place => self.place.is_some(),
        }
    }
}

/// A phrase with a value for each of its slots and for no other.
///
/// # Privacy
/// Says where and when somebody may be met: `Debug` shows the phrase alone.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Phrase {
    id: PhraseId,
    slots: Slots,
}

impl std::fmt::Debug for Phrase {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Phrase").field("id", &self.id).finish_non_exhaustive()
    }
}

impl Phrase {
    /// How many bits a phrase takes in sealed state.
    pub const BITS: u32 = 7 + Day::BITS + Time::BITS + Phone::BITS + Spot::BITS;

    /// Puts a phrase together.
    ///
    /// # Errors
    /// Returns the first slot that is missing, or that the phrase does not have.
    pub fn new(id: PhraseId, slots: Slots) -> Result<Self, PhraseFault> {
        for slot in [Slot::Day, Slot::Time, Slot::Phone, Slot::Place] {
            match (id.slots().contains(&slot), slots.has(slot)) {
                (true, false) => return Err(PhraseFault::Missing(slot)),
                (false, true) => return Err(PhraseFault::Superfluous(slot)),
                (true, true) | (false, false) => {}
            }
        }
        Ok(Self { id, slots })
    }

    /// Returns which phrase it is.
    #[must_use]
    pub const fn id(&self) -> PhraseId {
        self.id
    }

    /// Returns the values of its slots.
    #[must_use]
    pub const fn slots(&self) -> &Slots {
        &self.slots
    }

    /// Returns the names and values with which locales say it.
    #[must_use]
    pub fn arguments(&self) -> Vec<(&'static str, String)> {
        let slots = &self.slots;
        let day = slots.day.map(|day| ("day", day.code().to_owned()));
        let time = slots.time.map(|time| ("time", time.to_string()));
        let phone = slots.phone.map(|phone| ("phone", phone.to_string()));
        let place = slots.place.map(|place| ("place", place.code().to_owned()));
        [day, time, phone, place].into_iter().flatten().collect()
    }

    /// Returns the phrase as a number of [`Self::BITS`] bits: the phrase, day, time, phone, place, highest first.
    #[must_use]
    pub fn bits(&self) -> u128 {
        let slots = &self.slots;
        let fields = [
            (slots.day.map_or(0, |day| day.number().into()), Day::BITS),
            (slots.time.map_or(0, |time| time.number().into()), Time::BITS),
            (slots.phone.map_or(0, Phone::number), Phone::BITS),
            (slots.place.map_or(0, |place| place.number().into()), Spot::BITS),
        ];
        let id = u128::from(self.id.number());
        fields.into_iter().fold(id, |bits, (value, width): (u64, u32)| bits << width | u128::from(value))
    }

    /// Reads a phrase back, if these bits are one.
    #[must_use]
    pub fn from_bits(mut bits: u128) -> Option<Self> {
        let mut take = |width: u32| {
            let low = u64::try_from(bits & ((1 << width) - 1)).unwrap_or(0);
            bits >>= width;
            low
        };
        let (place, phone, time, day) =
            (take(Spot::BITS), take(Phone::BITS), take(Time::BITS), take(Day::BITS));
        let id = PhraseId::from_number(u8::try_from(bits).ok()?)?;
        let small = |number: u64| u8::try_from(number).ok();
        let mut slots = Slots::default();
        for slot in id.slots() {
            match slot {
                Slot::Day => slots.day = Some(Day::from_number(small(day)?)?),
                Slot::Time => slots.time = Some(Time::from_number(small(time)?)?),
                Slot::Phone => slots.phone = Some(Phone::from_number(phone)?),
                Slot::Place => slots.place = Some(Spot::from_number(small(place)?)?),
            }
        }
        Self::new(id, slots).ok()
    }
}
