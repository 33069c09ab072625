//! What a notice says: a sign and a time, for anyone may see the screen.

use chrono::{DateTime, Utc};
use chrono_tz::Europe::Paris;
use chrono_tz::Tz;
use url::Url;

use super::clock_time;
use crate::handoff::sign;
use crate::i18n::Catalog;
use crate::ids::Country;
use crate::locale::Locale;
use crate::message::Message;
use crate::store::{DueNotice, NoticeReason, Unanswered};
use crate::terms::Kind;

/// Returns the words of a notice, in a language of the association's country, and the way to the desk: to its
/// list, for an address with a request in it would tell whoever sees it which one was opened.
pub(super) fn text(
    catalog: &Catalog,
    due: &DueNotice,
    country: Option<Country>,
    desk: Option<&Url>,
) -> String {
    let sign = sign(due.handoff);
    let message = match due.reason {
        NoticeReason::New if due.kind != Kind::Handoff => Message::DeskNoticeMore { sign },
        NoticeReason::New => Message::DeskNoticeNew { sign, time: clock_time(due.respond_by) },
        NoticeReason::Late => Message::DeskNoticeLate { sign },
        NoticeReason::Declined => Message::DeskNoticeDeclined { sign },
        NoticeReason::Withdrawn => Message::DeskNoticeWithdrawn { sign },
    };
    let locale = locale(country);
    let text = catalog.label(locale, &message);
    let desk = desk.filter(|_| due.reason != NoticeReason::Withdrawn);
    [Some(text), way(catalog, locale, desk)].into_iter().flatten().collect::<Vec<_>>().join("\n")
}

/// Returns the words that ask volunteers to show that they can read, and the way to the desk where they do.
pub(super) fn proof(catalog: &Catalog, locale: Locale, days: u32, desk: Option<&Url>) -> String {
    let text = catalog.label(locale, &Message::DeskNoticeProof { days });
    [Some(text), way(catalog, locale, desk)].into_iter().flatten().collect::<Vec<_>>().join("\n")
}

/// Returns the line that leads to the desk.
fn way(catalog: &Catalog, locale: Locale, desk: Option<&Url>) -> Option<String> {
    let url = desk?.join("desk").ok()?.into();
    Some(catalog.label(locale, &Message::DeskNoticeDesk { url }))
}

/// Returns what is said of many requests at once: how many wait, how many of these are late or nearly so, and until
/// when the first has to be answered; and how many additions there are to requests that are known.
pub(super) fn digest(
    catalog: &Catalog,
    country: Option<Country>,
    waiting: &Unanswered,
    more: u32,
    desk: Option<&Url>,
    now: DateTime<Utc>,
) -> String {
    let &Unanswered { requests, late, soon, first } = waiting;
    let (here, time) = (now.with_timezone(&Paris), |of: DateTime<Tz>| of.format("%H:%M").to_string());
    let first = first.map(|first| {
        let there = first.with_timezone(&Paris);
        if there.date_naive() == here.date_naive() { time(there) } else { clock_time(first) }
    });
    let time = time(here);
    let lines = [
        Some(Message::DeskDigest { time, requests }),
        (late > 0).then_some(Message::DeskDigestLate { late }),
        (soon > 0).then_some(Message::DeskDigestSoon { soon }),
        first.map(|time| Message::DeskDigestFirst { time }),
        (more > 0).then_some(Message::DeskDigestMore { more }),
        Some(Message::DeskDigestOpen),
    ];
    let locale = locale(country);
    let lines = lines.iter().flatten().map(|line| catalog.label(locale, line));
    let lines: Vec<String> = lines.chain(way(catalog, locale, desk)).collect();
    lines.join("\n")
}

/// Returns the name of the token's file: enough to tell two apart, and nothing about the person.
pub(super) fn file_name(due: &DueNotice) -> String {
    let handoff = due.handoff.to_string();
    let start: String = handoff.chars().take(8).collect();
    format!("relais-{start}.age")
}

/// Returns the language in which volunteers of a country are told.
pub(super) fn locale(country: Option<Country>) -> Locale {
    match country.as_ref().map(Country::as_str) {
        Some("FR" | "BE" | "CH" | "LU") | None => Locale::FRENCH,
        Some(_) => Locale::ENGLISH,
    }
}
