//! Everything Relais can say, as a closed list of keys with typed arguments. No text stands here.
//!
//! The text of each key stands in `locales/<tag>/*.ftl`; a test fails where a key or a variable is missing
//! in any locale.

/// The value of a variable in a message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Argument {
    /// Text that is the same in every language: a number, a code, a time.
    Text(String),
    /// A count, which chooses the plural form.
    Count(u32),
    /// Another message, said in the same language.
    Message(Box<Message>),
}

/// Turns a typed argument into an [`Argument`] and gives a sample of its type.
trait Typed {
    fn argument(&self) -> Argument;
    fn sample() -> Self;
}

impl Typed for String {
    fn argument(&self) -> Argument {
        Argument::Text(self.clone())
    }
    fn sample() -> Self {
        "+33 1 99 00 12 34".to_owned()
    }
}

impl Typed for u32 {
    fn argument(&self) -> Argument {
        Argument::Count(*self)
    }
    fn sample() -> Self {
        3
    }
}

impl Typed for Box<Message> {
    fn argument(&self) -> Argument {
        Argument::Message(self.clone())
    }
    fn sample() -> Self {
        Self::new(Message::AreaRiviera)
    }
}

/// Declares the closed list.
macro_rules! messages {
    ($($name:ident $({ $($arg:ident: $type:ty),+ })? = $key:literal),+ $(,)?) => {
        /// Something Relais can say.
        #[derive(Clone, Debug, PartialEq, Eq)]
        pub enum Message {
            $(
                #[doc = concat!("The message `", $key, "`.")]
                $name $({ $(#[doc = concat!("The variable `", stringify!($arg), "`.")] $arg: $type),+ })?
            ),+
        }

        impl Message {
            /// Returns the key under which locales hold the text.
            #[must_use]
            pub const fn key(&self) -> &'static str {
                match self { $(Self::$name { .. } => $key),+ }
            }

            /// Returns the variables with their values.
            #[must_use]
            pub fn arguments(&self) -> Vec<(&'static str, Argument)> {
                match self {
                    $(Self::$name $({ $($arg),+ })? => vec![$($((stringify!($arg), Typed::argument($arg))),+)?]),+
                }
            }

            /// Returns one sample of every message, to try each locale with.
            #[must_use]
            pub fn samples() -> Vec<Self> {
                vec![$(Self::$name $({ $($arg: Typed::sample()),+ })?),+]
            }
        }
    };
}

messages! {
    // Last row, navigation, notices
    Danger = "danger",
    Leave = "leave",
    Back = "back",
    Skip = "skip",
    SendNow = "send-now",
    Home = "home",
    Done = "done",
    MinorLine { number: String } = "minor-line",
    NoticeTyped = "notice-typed",
    NoticeTypedLeft = "notice-typed-left",
    NoticeOldButton = "notice-old-button",
    NoticeNotSent = "notice-not-sent",
    NoticeNotErased = "notice-not-erased",
    // S0
    LanguageChoose = "language-choose",
    LanguageMore = "language-more",
    // S1
    HomeText = "home-text",
    HomeNeedHelp = "home-need-help",
    HomeNotPrivate = "home-not-private",
    HomeNumbers = "home-numbers",
    // S1b
    NotPrivateText = "not-private-text",
    NotPrivateGoOn = "not-private-go-on",
    NotPrivateClear = "not-private-clear",
    NotPrivateNumbers = "not-private-numbers",
    // S2
    NumbersText = "numbers-text",
    NumbersNone = "numbers-none",
    NumbersAllFree = "numbers-all-free",
    NumbersAbroad = "numbers-abroad",
    NumbersTellAssociation = "numbers-tell-association",
    NumberDanger { number: String } = "number-danger",
    NumberCannotSpeak { number: String } = "number-cannot-speak",
    NumberMinor { number: String } = "number-minor",
    NumberHurt { number: String } = "number-hurt",
    NumberHomeless { number: String } = "number-homeless",
    NumberWomen { number: String } = "number-women",
    NumberOffence { number: String } = "number-offence",
    NumberExploitation { number: String } = "number-exploitation",
    NumberOther { number: String } = "number-other",
    NotePolice = "note-police",
    NoteSms = "note-sms",
    NoteChat = "note-chat",
    NoteAlways = "note-always",
    NoteFree = "note-free",
    NoteOnBill = "note-on-bill",
    NoteLanguages { languages: String } = "note-languages",
    // S3
    ConsentText { days: u32 } = "consent-text",
    ConsentAgree = "consent-agree",
    ConsentNumbers = "consent-numbers",
    ConsentMore = "consent-more",
    PrivacyText { days: u32 } = "privacy-text",
    // S4
    WhoText = "who-text",
    WhoWoman = "who-woman",
    WhoMan = "who-man",
    WhoFamily = "who-family",
    WhoMinor = "who-minor",
    WhoOther = "who-other",
    // S5
    SituationText = "situation-text",
    SituationSexual = "situation-sexual",
    SituationLabour = "situation-labour",
    SituationDomestic = "situation-domestic",
    SituationBegging = "situation-begging",
    SituationCrime = "situation-crime",
    SituationFamily = "situation-family",
    SituationOther = "situation-other",
    // S6
    NeedText = "need-text",
    NeedLeave = "need-leave",
    NeedShelter = "need-shelter",
    NeedTalk = "need-talk",
    NeedMedical = "need-medical",
    NeedLegal = "need-legal",
    NeedUnsure = "need-unsure",
    // S7
    PlaceText = "place-text",
    PlaceNear = "place-near",
    PlaceFar = "place-far",
    PlaceChosen { choice: Box<Message> } = "place-chosen",
    PlaceWhole = "place-whole",
    PlaceAbroad = "place-abroad",
    PlaceUnsaid = "place-unsaid",
    DepartmentText = "department-text",
    CountryText = "country-text",
    AreaParis = "area-paris",
    AreaNorth = "area-north",
    AreaEast = "area-east",
    AreaBurgundy = "area-burgundy",
    AreaAlps = "area-alps",
    AreaRiviera = "area-riviera",
    AreaLanguedoc = "area-languedoc",
    AreaGaronne = "area-garonne",
    AreaAquitaine = "area-aquitaine",
    AreaWest = "area-west",
    AreaNormandy = "area-normandy",
    AreaLoire = "area-loire",
    AreaOverseas = "area-overseas",
    CountryBelgium = "country-be",
    CountryGermany = "country-de",
    CountryItaly = "country-it",
    CountryLuxembourg = "country-lu",
    CountrySpain = "country-es",
    CountrySwitzerland = "country-ch",
    CountryOther = "country-other",
    // S8
    ReviewText = "review-text",
    ReviewItem { item: Box<Message> } = "review-item",
    ReviewPlace { place: String } = "review-place",
    ReviewLanguage { language: String } = "review-language",
    ReviewDanger = "review-danger",
    ReviewSign { sign: String } = "review-sign",
    ReviewAsk = "review-ask",
    SendAnyTime = "send-any-time",
    SendMorning = "send-morning",
    SendAfternoon = "send-afternoon",
    SendEvening = "send-evening",
    SendNever = "send-never",
    Change = "change",
    ChangeText = "change-text",
    ChangeWho = "change-who",
    ChangeSituation = "change-situation",
    ChangeNeed = "change-need",
    ChangePlace = "change-place",
    ChangeLanguage = "change-language",
    // S9
    SentText { time: Box<Message> } = "sent-text",
    SentPlace { place: String } = "sent-place",
    SentNationwide = "sent-nationwide",
    SentNationalTeam { time: Box<Message> } = "sent-national-team",
    SentIfNot = "sent-if-not",
    SentSign { sign: String } = "sent-sign",
    SentNotEmergency { number: String } = "sent-not-emergency",
    SentPhone { name: String, number: String } = "sent-phone",
    SentOthers = "sent-others",
    SentEarlier = "sent-earlier",
    TimeNow = "time-now",
    TimeToday { time: String } = "time-today",
    TimeTomorrow { time: String } = "time-tomorrow",
    TimeMonday { time: String } = "time-monday",
    TimeTuesday { time: String } = "time-tuesday",
    TimeWednesday { time: String } = "time-wednesday",
    TimeThursday { time: String } = "time-thursday",
    TimeFriday { time: String } = "time-friday",
    TimeSaturday { time: String } = "time-saturday",
    TimeSunday { time: String } = "time-sunday",
    TimeDate { date: String } = "time-date",
    HubNews = "hub-news",
    HubClear = "hub-clear",
    HubCancel = "hub-cancel",
    NobodyText = "nobody-text",
    // S11, S14
    NewsWaiting = "news-waiting",
    NewsTold = "news-told",
    NewsNationalTeam = "news-national-team",
    NewsLate = "news-late",
    NewsUnknown = "news-unknown",
    EraseText = "erase-text",
    EraseHere = "erase-here",
    EraseEverything = "erase-everything",
    ErasedText = "erased-text",
    // What Telegram shows of the bot
    CommandStart = "command-start",
    CommandMenu = "command-menu",
    CommandClear = "command-clear",
    CommandLanguage = "command-language",
    CommandPrivacy = "command-privacy",
    BotDescription = "bot-description",
    BotShortDescription = "bot-short-description",
    // The volunteers' side
    DeskNoticeNew { sign: String, time: String } = "desk-notice-new",
    DeskNoticeLate { sign: String } = "desk-notice-late",
    DeskNoticeWithdrawn { sign: String } = "desk-notice-withdrawn",
    DeskDanger = "desk-danger",
    DeskMinor = "desk-minor",
    DeskTitle { sign: String } = "desk-title",
    DeskWho = "desk-who",
    DeskSituation = "desk-situation",
    DeskNeed = "desk-need",
    DeskPlace = "desk-place",
    DeskLanguage = "desk-language",
    DeskContact = "desk-contact",
    DeskReceived = "desk-received",
    DeskRouting = "desk-routing",
    DeskConsent = "desk-consent",
    DeskForWhom = "desk-for-whom",
    DeskSelf = "desk-self",
    DeskUnsaid = "desk-unsaid",
    DeskContactAnyTime = "desk-contact-any",
    DeskContactMorning = "desk-contact-morning",
    DeskContactAfternoon = "desk-contact-afternoon",
    DeskContactEvening = "desk-contact-evening",
    DeskContactNever = "desk-contact-never",
    DeskNear = "desk-near",
    DeskFar = "desk-far",
    DeskSignedBy { key: String } = "desk-signed-by",
    DeskSignedUnknown { key: String } = "desk-signed-unknown",
    DeskSignsNotProof = "desk-signs-not-proof",
    ReasonServesSituation = "reason-serves-situation",
    ReasonGeneralist = "reason-generalist",
    ReasonNationalTeam = "reason-national-team",
    ReasonSpeaks { language: String } = "reason-speaks",
    ReasonSpeaksNot { language: String } = "reason-speaks-not",
    ReasonOffersNeed = "reason-offers-need",
    ReasonSameDepartment = "reason-same-department",
    ReasonNeighbour = "reason-neighbour",
    ReasonSameArea = "reason-same-area",
    ReasonNationwide = "reason-nationwide",
    ReasonFarAway = "reason-far-away",
    ReasonDistance { km: u32 } = "reason-distance",
    ReasonAnswersFrom { time: String } = "reason-answers-from",
    ReasonUrgent = "reason-urgent",
}

impl Message {
    /// Returns whether only volunteers read it. They read French or English, so other locales need not say it.
    #[must_use]
    pub fn is_for_volunteers(&self) -> bool {
        let key = self.key();
        key.starts_with("desk-") || key.starts_with("reason-")
    }

    /// Returns the message that names an area.
    #[must_use]
    pub const fn area(area: crate::terms::Area) -> Self {
        use crate::terms::Area;
        match area {
            Area::Paris => Self::AreaParis,
            Area::North => Self::AreaNorth,
            Area::East => Self::AreaEast,
            Area::Burgundy => Self::AreaBurgundy,
            Area::Alps => Self::AreaAlps,
            Area::Riviera => Self::AreaRiviera,
            Area::Languedoc => Self::AreaLanguedoc,
            Area::Garonne => Self::AreaGaronne,
            Area::Aquitaine => Self::AreaAquitaine,
            Area::West => Self::AreaWest,
            Area::Normandy => Self::AreaNormandy,
            Area::Loire => Self::AreaLoire,
            Area::Overseas => Self::AreaOverseas,
        }
    }

    /// Returns the message that names a country, or "another country" where we have no name for it.
    #[must_use]
    pub fn country(country: crate::ids::Country) -> Self {
        match country.as_str() {
            "BE" => Self::CountryBelgium,
            "CH" => Self::CountrySwitzerland,
            "DE" => Self::CountryGermany,
            "ES" => Self::CountrySpain,
            "IT" => Self::CountryItaly,
            "LU" => Self::CountryLuxembourg,
            _ => Self::CountryOther,
        }
    }

    /// Returns the message that names who needs help.
    #[must_use]
    pub const fn who(who: crate::terms::Who) -> Self {
        use crate::terms::Who;
        match who {
            Who::Woman => Self::WhoWoman,
            Who::Man => Self::WhoMan,
            Who::Family => Self::WhoFamily,
            Who::Minor => Self::WhoMinor,
            Who::Other => Self::WhoOther,
        }
    }

    /// Returns the message that names a situation.
    #[must_use]
    pub const fn situation(situation: crate::terms::Situation) -> Self {
        use crate::terms::Situation;
        match situation {
            Situation::Sexual => Self::SituationSexual,
            Situation::Labour => Self::SituationLabour,
            Situation::Domestic => Self::SituationDomestic,
            Situation::Begging => Self::SituationBegging,
            Situation::Crime => Self::SituationCrime,
            Situation::Family => Self::SituationFamily,
            Situation::Other => Self::SituationOther,
        }
    }

    /// Returns the message that names a need.
    #[must_use]
    pub const fn need(need: crate::terms::Need) -> Self {
        use crate::terms::Need;
        match need {
            Need::Leave => Self::NeedLeave,
            Need::Shelter => Self::NeedShelter,
            Need::Talk => Self::NeedTalk,
            Need::Medical => Self::NeedMedical,
            Need::Legal => Self::NeedLegal,
            Need::Unsure => Self::NeedUnsure,
        }
    }
}
