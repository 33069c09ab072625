//! A record as a volunteer wants to read it: danger first, then who, what, where, and why it came here.

use chrono::{DateTime, NaiveDate, Utc};
use chrono_tz::Europe::Paris;

use super::more::more;
use super::reach::Reach;
use crate::handoff::OpenedToken;
use crate::i18n::Catalog;
use crate::locale::Locale;
use crate::message::Message;
use crate::place;
use crate::record::{ForWhom, Record};
use crate::routing::Reason;
use crate::terms::{Age, Contact, Distance, Kind, Place};

/// One line: what it is, and what the person said.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct DeskLine {
    /// What it is; empty for a line that stands alone.
    pub label: String,
    /// What is said.
    pub value: String,
}

/// Returns the sign as a title.
#[must_use]
pub fn headline(record: &Record, catalog: &Catalog, locale: Locale) -> String {
    catalog.label(locale, &Message::DeskTitle { sign: record.sign.clone() })
}

/// Returns the record line by line, and how the person is reached now.
///
/// # Privacy
/// Holds what the person said: for the volunteer's own screen only.
#[must_use]
pub fn lines(token: &OpenedToken, reach: &Reach<'_>, catalog: &Catalog, locale: Locale) -> Vec<DeskLine> {
    let record = token.record();
    let say = |message: Message| catalog.label(locale, &message);
    let unsaid = || say(Message::DeskUnsaid);
    let mut lines = Vec::new();
    let mut alone = |message: Message| lines.push(DeskLine { label: String::new(), value: say(message) });
    if record.danger {
        alone(Message::DeskDanger);
    }
    if record.age == Age::Minor {
        alone(Message::DeskMinor);
    }
    let mut line = |label: Message, value: String| lines.push(DeskLine { label: say(label), value });
    line(Message::DeskWho, record.who.map_or_else(unsaid, |who| say(Message::who(who))));
    let situation = record.situation.map_or_else(unsaid, |situation| say(Message::situation(situation)));
    line(Message::DeskSituation, situation);
    let needs: Vec<String> = record.needs.iter().map(|&need| say(Message::need(need))).collect();
    line(Message::DeskNeed, if needs.is_empty() { unsaid() } else { needs.join(" · ") });
    line(Message::DeskPlace, place_of(record, &say));
    line(Message::DeskLanguage, record.locale.native().to_owned());
    line(Message::DeskContact, say(reached(reach)));
    let for_whom = match record.for_whom {
        ForWhom::Oneself => Message::DeskSelf,
        ForWhom::Other => Message::DeskOther,
    };
    line(Message::DeskForWhom, say(for_whom));
    lines.extend(more(record, catalog, locale));
    let mut line = |label: Message, value: String| lines.push(DeskLine { label: say(label), value });
    let hour = record.received.with_timezone(&Paris);
    line(Message::DeskReceived, hour.format("%d/%m/%Y, %H h").to_string());
    let agreed = record.consent.at.with_timezone(&Paris);
    line(Message::DeskConsent, agreed.format("%d/%m/%Y, %H:%M").to_string());
    let reasons: Vec<String> = record
        .routing
        .reasons
        .iter()
        .map(|code| code.parse().map_or_else(|_| code.clone(), |reason| say(self::reason(&reason, None))))
        .collect();
    line(Message::DeskRouting, reasons.join(", "));
    let mut alone = |message: Message| lines.push(DeskLine { label: String::new(), value: say(message) });
    alone(Message::DeskSignsNotProof);
    lines
}

/// Returns what a person added to a request later, line by line.
///
/// # Privacy
/// Holds what the person said: for the volunteer's own screen only.
#[must_use]
pub fn added(token: &OpenedToken, catalog: &Catalog, locale: Locale) -> Vec<DeskLine> {
    let record = token.record();
    let say = |message: Message| catalog.label(locale, &message);
    let mut lines = more(record, catalog, locale);
    let needs: Vec<String> = record.needs.iter().map(|&need| say(Message::need(need))).collect();
    if !needs.is_empty() {
        lines.push(DeskLine { label: say(Message::DeskNeed), value: needs.join(" · ") });
    }
    // How the chat that it came from is reached stands in every piece: it is told where nothing else is new.
    if record.kind == Kind::Addition && lines.iter().all(|line| line.label.is_empty()) {
        lines.push(DeskLine { label: say(Message::DeskContact), value: say(contact(record.contact.window)) });
    }
    lines
}

fn place_of(record: &Record, say: &impl Fn(Message) -> String) -> String {
    let place = match record.place {
        Place::Unsaid => say(Message::DeskUnsaid),
        Place::Area(area) => say(Message::area(area)),
        Place::Department(department) => {
            format!("{} ({department})", place::name(department).unwrap_or_default())
        }
        Place::Commune(commune) => {
            let name =
                place::commune(commune).map_or(place::name(commune.department()), |town| Some(town.name));
            format!("{} ({})", name.unwrap_or_default(), commune.department())
        }
        Place::Abroad(country) => say(Message::country(country)),
    };
    let distance = match record.distance {
        Distance::Near => Message::DeskNear,
        Distance::Far => Message::DeskFar,
    };
    format!("{place} · {}", say(distance))
}

fn reached(reach: &Reach<'_>) -> Message {
    if reach.stopped {
        Message::DeskStop
    } else if reach.return_address.is_none() {
        Message::DeskContactNever
    } else {
        contact(reach.window)
    }
}

const fn contact(window: Contact) -> Message {
    match window {
        Contact::AnyTime => Message::DeskContactAnyTime,
        Contact::Morning => Message::DeskContactMorning,
        Contact::Afternoon => Message::DeskContactAfternoon,
        Contact::Evening => Message::DeskContactEvening,
        Contact::Never => Message::DeskContactNever,
    }
}

/// Returns a reason of a route as people read it; times without a date where they are those of `today`.
#[must_use]
pub fn reason(reason: &Reason, today: Option<NaiveDate>) -> Message {
    match reason {
        Reason::Urgent => Message::ReasonUrgent,
        Reason::OpenUntil(moment) => Message::ReasonOpenUntil { time: closing(*moment, today) },
        Reason::OpenAlways => Message::ReasonOpenAlways,
        Reason::AnswersFrom(moment) => Message::ReasonAnswersFrom { time: Box::new(opening(*moment, today)) },
        Reason::Serves(_) => Message::ReasonServesSituation,
        Reason::Generalist => Message::ReasonGeneralist,
        Reason::NationalTeam => Message::ReasonNationalTeam,
        Reason::Offers(_) => Message::ReasonOffersNeed,
        Reason::Speaks(tag) => Message::ReasonSpeaks { language: language(tag) },
        Reason::SpeaksNot(tag) => Message::ReasonSpeaksNot { language: language(tag) },
        Reason::SameDepartment => Message::ReasonSameDepartment,
        Reason::Neighbour => Message::ReasonNeighbour,
        Reason::SameArea => Message::ReasonSameArea,
        Reason::Nationwide => Message::ReasonNationwide,
        Reason::CoversFromAfar => Message::ReasonCoversFromAfar,
        Reason::FarAway => Message::ReasonFarAway,
        Reason::DistanceKm(km) => Message::ReasonDistance { km: (*km).into() },
        Reason::Repeated(number) => Message::ReasonRepeated { number: *number },
        Reason::Full => Message::ReasonFull,
        Reason::Overflow(full) => Message::ReasonOverflow { count: (*full).into() },
    }
}

/// The name of the language with a primary subtag, in its own script where it is one of ours.
fn language(tag: &str) -> String {
    let primary = |locale: &Locale| locale.tag().split('-').next() == Some(tag);
    Locale::all().find(primary).map_or_else(|| tag.to_owned(), |locale| locale.native().to_owned())
}

fn closing(moment: DateTime<Utc>, today: Option<NaiveDate>) -> String {
    let moment = moment.with_timezone(&Paris);
    let is_today = today == Some(moment.date_naive());
    moment.format(if is_today { "%H:%M" } else { "%d/%m %H:%M" }).to_string()
}

fn opening(moment: DateTime<Utc>, today: Option<NaiveDate>) -> Message {
    let moment = moment.with_timezone(&Paris);
    let time = moment.format("%H:%M").to_string();
    match today.map(|today| (moment.date_naive() - today).num_days()) {
        Some(0) => Message::DeskTimeToday { time },
        Some(1) => Message::DeskTimeTomorrow { time },
        Some(_) | None => Message::DeskTimeDay { day: moment.format("%d/%m").to_string(), time },
    }
}
