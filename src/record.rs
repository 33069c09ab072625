//! What the person told us and agreed to.
//!
//! # Privacy
//! These types are the only ones that hold what a person said. Their `Debug` shows nothing, they are
//! encrypted before they are stored, and they enter no log, error, metric or URL.

use std::fmt;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::clock::Minute;
use crate::ids::HandoffId;
use crate::locale::Locale;
use crate::terms::{Age, Contact, Distance, Kind, Need, Place, Situation, Who};

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

/// What a person asks for, complete enough to be handed over.
#[derive(Clone, PartialEq, Eq)]
pub struct Request {
    /// The person's agreement.
    pub consent: Consent,
    /// The language they read.
    pub locale: Locale,
    /// They said that they are in danger.
    pub danger: bool,
    /// Who needs help, where said.
    pub who: Option<Who>,
    /// The problem, where said.
    pub situation: Option<Situation>,
    /// What they want first, where said.
    pub need: Option<Need>,
    /// Where they are.
    pub place: Place,
    /// Near, or far from there.
    pub distance: Distance,
    /// How they can be answered.
    pub contact: Contact,
}

impl Request {
    /// Returns whether the person is under 18, as far as they said.
    #[must_use]
    pub fn is_minor(&self) -> bool {
        self.who == Some(Who::Minor)
    }

    /// Returns whether minutes count: danger, or a minor.
    #[must_use]
    pub fn is_urgent(&self) -> bool {
        self.danger || self.is_minor()
    }
}

impl fmt::Debug for Request {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Request").finish_non_exhaustive()
    }
}

/// Whose request it is.
#[derive(Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ForWhom {
    /// The writer's own.
    #[serde(rename = "self")]
    Oneself,
    /// Someone else's.
    Other,
}

/// How, and in which part of the day, the person can be answered.
#[derive(Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct ContactWish {
    /// `telegram`, or `none` where the person comes back to look.
    pub channel: Channel,
    /// The part of the day.
    pub window: Contact,
}

/// A channel through which the person can be answered.
#[derive(Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Channel {
    /// The chat with the bot.
    Telegram,
    /// None.
    None,
}

/// The agreement as it stands in a record.
#[derive(Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConsentNote {
    /// The version of the text agreed to.
    pub version: u8,
    /// When, to the minute.
    pub at: DateTime<Utc>,
}

/// Why the request was routed where it was.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoutingNote {
    /// Reason codes, such as `speaks:ro`.
    pub reasons: Vec<String>,
}

/// One sealed piece of a request, as the association reads it.
///
/// The format is versioned by `v`; readers ignore fields they do not know.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Record {
    /// The format's version, 1.
    pub v: u8,
    /// What this piece is.
    pub kind: Kind,
    /// The handoff it belongs to.
    pub handoff: HandoffId,
    /// The hour in which it was received.
    pub received: DateTime<Utc>,
    /// The language the person reads.
    pub locale: Locale,
    /// Whose request it is.
    pub for_whom: ForWhom,
    /// Who needs help, where said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub who: Option<Who>,
    /// Adult or minor.
    pub age: Age,
    /// The problem, where said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub situation: Option<Situation>,
    /// What the person wants, first wish first.
    pub needs: Vec<Need>,
    /// They said that they are in danger.
    pub danger: bool,
    /// Where they are.
    pub place: Place,
    /// Near, or far from there.
    pub distance: Distance,
    /// How they can be answered.
    pub contact: ContactWish,
    /// Children need help too.
    pub children: bool,
    /// What the person agreed to.
    pub consent: ConsentNote,
    /// Why it was routed here.
    pub routing: RoutingNote,
    /// The three pictures both sides see.
    pub sign: String,
    /// The chat, sealed by the server's key; absent where the person chose no messages.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub return_address: Option<String>,
}

impl Record {
    /// Builds the record of a new request. The request carries the consent without which there is none.
    #[must_use]
    pub fn of_request(
        request: &Request,
        handoff: HandoffId,
        received: DateTime<Utc>,
        sign: String,
        reasons: Vec<String>,
        return_address: Option<String>,
    ) -> Self {
        let channel = if return_address.is_some() { Channel::Telegram } else { Channel::None };
        Self {
            v: 1,
            kind: Kind::Handoff,
            handoff,
            received: hour_of(received),
            locale: request.locale,
            for_whom: ForWhom::Oneself,
            who: request.who,
            age: request.who.map_or(Age::Unknown, Who::age),
            situation: request.situation,
            needs: request.need.into_iter().collect(),
            danger: request.danger,
            place: request.place,
            distance: request.distance,
            contact: ContactWish { channel, window: request.contact },
            children: request.who == Some(Who::Family),
            consent: ConsentNote { version: request.consent.version(), at: request.consent.at().start() },
            routing: RoutingNote { reasons },
            sign,
            return_address,
        }
    }
}

impl fmt::Debug for Record {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Record").field("v", &self.v).finish_non_exhaustive()
    }
}

/// Returns the beginning of the hour: requests carry no finer time, so that it cannot be matched with another.
#[must_use]
pub fn hour_of(moment: DateTime<Utc>) -> DateTime<Utc> {
    let seconds = moment.timestamp();
    DateTime::from_timestamp(seconds - seconds.rem_euclid(3600), 0).unwrap_or(moment)
}
