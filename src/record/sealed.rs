//! One sealed piece of a request, as the association reads it.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::{About, Addition, Consent, More, Request, Signs, Words};
use crate::ids::{AssociationId, HandoffId};
use crate::locale::Locale;
use crate::terms::{
    Age, Contact, Distance, Kind, Need, Observed, Place, Reporter, Sign, SignAnswer, Situation, Subject, Who,
};

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
    /// Others that fit, next best first: whom to pass it on to.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub others: Vec<AssociationId>,
}

/// The answers about signs as they stand in a record. Self-declared, not checked; signs are not proof.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignsNote {
    /// Answered with yes.
    pub yes: Vec<Sign>,
    /// Answered with no.
    pub no: Vec<Sign>,
    /// Asked, and left out.
    pub skipped: Vec<Sign>,
}

impl SignsNote {
    fn of(signs: Signs) -> Self {
        Self {
            yes: signs.answered(SignAnswer::Yes),
            no: signs.answered(SignAnswer::No),
            skipped: signs.answered(SignAnswer::Skip),
        }
    }
}

/// One sealed piece of a request, as the association reads it.
///
/// The format is versioned by `v`; readers ignore fields they do not know. A piece of kind `addition` or
/// `message` holds only what is new: its other fields stand as for someone who has said nothing.
///
/// # Privacy
/// Where someone writes about an adult who has not agreed (`for_whom` is `other`, `subject` is `unaware` or
/// `unsure`), the association advises the writer, and no file on that adult comes into being: `who`,
/// `situation`, `needs` and `observed` are empty and `age` is `unknown`. `place` is where the writer asks for
/// advice, `reporter` and `contact` are the writer's own.
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
    /// Who writes about someone else, where said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reporter: Option<Reporter>,
    /// Who that someone is and whether they agree, where said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subject: Option<Subject>,
    /// What the writer saw; only of a child, or of an adult who agrees.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub observed: Vec<Observed>,
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
    /// The answers about signs, where asked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub signs: Option<SignsNote>,
    /// They said that they are in danger.
    pub danger: bool,
    /// Where they are.
    pub place: Place,
    /// Near, or far from there.
    pub distance: Distance,
    /// How they can be answered.
    pub contact: ContactWish,
    /// Whether children need help too, where said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub children: Option<bool>,
    /// Languages in which the person can talk, where said.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub spoken_languages: Vec<Locale>,
    /// Own words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub body: Option<Words>,
    /// A short answer to a message: its key in the phrasebook.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answer: Option<String>,
    /// They want no more messages.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub stop: bool,
    /// The number of how to be reached, where this piece says it: the highest holds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reach_no: Option<u32>,
    /// Written on a phone that found the request by its code.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub elsewhere: bool,
    /// What the person agreed to.
    pub consent: ConsentNote,
    /// Where they heard of the bot: the name of a campaign that the operator has declared.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub campaign: Option<String>,
    /// Why it was routed here.
    pub routing: RoutingNote,
    /// The three pictures both sides see.
    pub sign: String,
    /// The chat, sealed by the server's key; absent where the person chose no messages.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub return_address: Option<String>,
}

/// What stands in every piece beside what the person said.
#[derive(Clone)]
pub struct Meta {
    /// The handoff it belongs to.
    pub handoff: HandoffId,
    /// When it was received; the hour of it is kept.
    pub received: DateTime<Utc>,
    /// The three pictures both sides see.
    pub sign: String,
    /// The chat, sealed by the server's key.
    pub return_address: Option<String>,
}

impl Record {
    /// Builds the record of a new request. The request carries the consent without which there is none.
    #[must_use]
    pub fn of_request(request: &Request, meta: Meta, reasons: Vec<String>) -> Self {
        let mut record = Self::blank(Kind::Handoff, request.consent, request.locale, request.contact, meta);
        match request.about {
            About::Oneself { who, situation, need } => {
                record.who = who;
                record.situation = situation;
                record.needs = need.into_iter().collect();
                record.children = (who == Some(Who::Family)).then_some(true);
            }
            About::Other { reporter, subject, observed } => {
                record.for_whom = ForWhom::Other;
                record.reporter = reporter;
                record.subject = subject;
                record.who = request.who();
                if subject.is_some_and(Subject::may_be_told_of) {
                    record.observed = observed.terms();
                }
            }
        }
        record.age = request.about.age();
        record.danger = request.danger;
        record.place = request.place;
        record.distance = request.distance;
        record.routing = RoutingNote { reasons, others: Vec::new() };
        record
    }

    /// Builds the record of something added. `words` are what was typed, where that is what is added.
    #[must_use]
    pub fn of_addition(addition: &Addition, meta: Meta, words: Option<Words>) -> Self {
        let kind = match addition.more {
            More::Signs(_) | More::Needs(_) | More::Children(_) | More::Languages(_) | More::SafeTime => {
                Kind::Addition
            }
            More::Words | More::Answer(_) | More::Stop => Kind::Message,
        };
        let mut record = Self::blank(kind, addition.consent, addition.locale, addition.contact, meta);
        match addition.more {
            More::Signs(signs) => record.signs = Some(SignsNote::of(signs)),
            More::Needs(needs) => record.needs = needs.terms(),
            More::Children(children) => record.children = Some(children),
            More::Languages(spoken) => record.spoken_languages = spoken.iter().collect(),
            // The contact itself is what is new.
            More::SafeTime => {}
            More::Words => record.body = words,
            More::Answer(answer) => record.answer = Some(answer.key().to_owned()),
            More::Stop => record.stop = true,
        }
        record
    }

    fn blank(kind: Kind, consent: Consent, locale: Locale, contact: Contact, meta: Meta) -> Self {
        let channel = if meta.return_address.is_some() { Channel::Telegram } else { Channel::None };
        Self {
            v: 1,
            kind,
            handoff: meta.handoff,
            received: hour_of(meta.received),
            locale,
            for_whom: ForWhom::Oneself,
            reporter: None,
            subject: None,
            observed: Vec::new(),
            who: None,
            age: Age::Unknown,
            situation: None,
            needs: Vec::new(),
            signs: None,
            danger: false,
            place: Place::Unsaid,
            distance: Distance::Near,
            contact: ContactWish { channel, window: contact },
            children: None,
            spoken_languages: Vec::new(),
            body: None,
            answer: None,
            stop: false,
            reach_no: None,
            elsewhere: false,
            consent: ConsentNote { version: consent.version(), at: consent.at().start() },
            campaign: None,
            routing: RoutingNote::default(),
            sign: meta.sign,
            return_address: meta.return_address,
        }
    }
}

/// Returns the beginning of the hour: requests carry no finer time, so that it cannot be matched with another.
#[must_use]
pub fn hour_of(moment: DateTime<Utc>) -> DateTime<Utc> {
    let seconds = moment.timestamp();
    DateTime::from_timestamp(seconds - seconds.rem_euclid(3600), 0).unwrap_or(moment)
}

redacted!(Meta, Record);
