//! What only the outside knows, gathered for the screen that is to be shown.

use crate::ids::{Country, Department};
use crate::locale::Locale;
use crate::message::Message;
use crate::terms::Place;

/// What only the outside knows.
///
/// # Privacy
/// Holds what a screen says, places and messages too; `Debug` shows none of it.
#[derive(Clone, Default)]
pub struct Facts {
    /// The languages, best first for this person.
    pub locales: Vec<Locale>,
    /// The numbers to call, in the order of their urgency.
    pub lines: Vec<Line>,
    /// Those of them that fit a request which was just sent.
    pub fitting: Vec<Line>,
    /// The number for people under 18.
    pub minor_number: Option<String>,
    /// The number for danger.
    pub danger_number: Option<String>,
    /// Countries that have numbers or associations.
    pub countries: Vec<Country>,
    /// The départements of the area in question, with their names.
    pub departments: Vec<(Department, String)>,
    /// The name of the place that was answered.
    pub place_name: Option<String>,
    /// The places that what was typed may mean, with their names.
    pub found: Vec<(Place, String)>,
    /// After how many days everything is deleted at most.
    pub retention_days: u32,
    /// The three pictures of the request.
    pub sign: String,
    /// What is known of a request that was sent.
    pub sent: SentState,
    /// People may write in their own words.
    pub free_text: bool,
    /// Who runs the service, in its own words.
    pub operator: Option<String>,
    /// After how many minutes without a tap a screen is hidden.
    pub idle_minutes: u32,
    /// The name of the bot at Telegram, without its @.
    pub bot: Option<String>,
    /// What is known of the association whose link was followed.
    pub linked: Option<Linked>,
    /// The name of the campaign that the person came by.
    pub campaign: Option<String>,
    /// A message waits for the person.
    pub message_waits: bool,
    /// The message that was opened, in the person's language.
    pub message: Option<String>,
}

/// What is known of an association whose link was followed.
#[derive(Clone, PartialEq, Eq)]
pub enum Linked {
    /// It is in the signed directory, and may be named.
    Listed {
        /// Its name.
        name: String,
    },
    /// It is not, or wants not to be named.
    Unlisted,
}

/// Whether a request that was sent is still there.
#[derive(Clone, Default)]
pub enum SentState {
    /// It is there.
    Known(SentFacts),
    /// It is no longer there: erased, or its time is over.
    #[default]
    Closed,
    /// It cannot be looked up now.
    Unknown,
}

/// One number to call.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// For what, and the number.
    pub message: Message,
    /// What to know before calling.
    pub notes: Vec<Message>,
    /// It is free and answers day and night.
    pub free_always: bool,
}

/// What is known of a request that was sent.
#[derive(Clone)]
pub struct SentFacts {
    /// Who was asked.
    pub answering: Answering,
    /// Until when it should be read.
    pub time: Message,
    /// That moment has passed.
    pub late: bool,
    /// The languages that are spoken there, in their own scripts.
    pub languages: Vec<&'static str>,
    /// The name and the public number of who was asked.
    pub phone: Option<(String, String)>,
    /// Those of others that fit.
    pub others: Vec<(String, String)>,
    /// What became of it so far.
    pub news: News,
}

/// Who was asked.
#[derive(Clone, PartialEq, Eq)]
pub enum Answering {
    /// An association of this place.
    Association {
        /// The name of its département.
        place: String,
    },
    /// An association that works in the whole country.
    Nationwide,
    /// The national team, because no association fits.
    NationalTeam,
}

/// What became of a request so far.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum News {
    /// Stored; the association is being told.
    Waiting,
    /// The association was told.
    Told,
    /// The national team was told too.
    NationalTeamTold,
    /// A volunteer has read it.
    Read,
    /// An association has accepted it.
    Accepted,
    /// It was passed on to another team.
    PassedOn,
    /// The association could not help; the national team was told.
    Declined,
    /// The association has closed it.
    Closed,
}

redacted!(Facts, SentState, SentFacts, Answering, Linked);
