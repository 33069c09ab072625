//! Whom an association serves, who reads for it, who vouches for it, and its number.

use chrono::NaiveDate;

use super::super::association::{Phone, Serves, Vetting};
use super::super::reader::Table;
use super::codes;
use crate::terms::{Age, Gender, Situation};

/// How many people vouch for an association at least.
const VOUCHERS: usize = 2;

pub(super) fn everyone() -> Serves {
    Serves {
        situations: Situation::ALL.to_vec(),
        ages: vec![Age::Adult, Age::Minor],
        genders: Gender::ALL.to_vec(),
        children: true,
    }
}

pub(super) fn read_serves(table: &Table<'_, '_>) -> Option<Serves> {
    table.refuse_unknown(&["situations", "ages", "genders", "children"]);
    let ages = [(Age::Adult, Age::Adult.code()), (Age::Minor, Age::Minor.code())];
    let situations =
        table.need("situations", table.terms("situations", &codes(Situation::ALL, Situation::code)));
    let ages = table.need("ages", table.terms("ages", &ages));
    let genders = table.need("genders", table.terms("genders", &codes(Gender::ALL, Gender::code)));
    for (key, is_empty) in [
        ("ages", ages.as_ref().is_some_and(Vec::is_empty)),
        ("genders", genders.as_ref().is_some_and(Vec::is_empty)),
    ] {
        if is_empty {
            table.fault(key, "is empty: nobody could ever be sent there");
        }
    }
    let children = table.flag("children").unwrap_or(false);
    Some(Serves { situations: situations?, ages: ages?, genders: genders?, children })
}

/// Returns a number as it is written, if it can be dialled from anywhere.
fn number(table: &Table<'_, '_>) -> Option<String> {
    let number = table.need("number", table.text("number"))?;
    let digits = number.strip_prefix('+').unwrap_or_default().replace([' ', '\u{a0}', '\u{202f}'], "");
    if !(6..=15).contains(&digits.len()) || !digits.bytes().all(|b| b.is_ascii_digit()) {
        table.fault("number", "must be a number as it is dialled from abroad, such as \"+33 1 99 00 12 34\"");
        return None;
    }
    Some(number.to_owned())
}

pub(super) fn read_phone(table: &Table<'_, '_>, today: NaiveDate) -> Option<Phone> {
    table.refuse_unknown(&["number", "verified_on", "verified_by", "source", "until"]);
    let number = number(table);
    let verified_on = table.need("verified_on", table.date("verified_on"));
    let verified_by = table.need("verified_by", table.text("verified_by"));
    let source = table.need("source", table.text("source"));
    let until = table.need("until", table.date("until"));
    let (verified_on, until) = (verified_on?, until?);
    if verified_on > today {
        table.fault("verified_on", "is still to come");
        return None;
    }
    if until < verified_on {
        table.fault("until", "lies before verified_on");
        return None;
    }
    Some(Phone {
        number: number?,
        verified_on,
        verified_by: verified_by?.to_owned(),
        source: source?.to_owned(),
        until,
    })
}

pub(super) fn read_vetting(table: &Table<'_, '_>) -> Option<Vetting> {
    table.refuse_unknown(&["by", "on", "until"]);
    let by = table.need("by", table.list("by"));
    let on = table.need("on", table.date("on"));
    let until = table.need("until", table.date("until"));
    let by = by?;
    let mut names: Vec<String> = by.iter().map(|name| name.trim().to_lowercase()).collect();
    names.sort();
    names.dedup();
    if names.len() < VOUCHERS {
        table.fault("by", "must name two different people or bodies at least");
        return None;
    }
    let (on, until) = (on?, until?);
    if until < on {
        table.fault("until", "lies before on");
        return None;
    }
    Some(Vetting { by: by.into_iter().map(str::to_owned).collect(), on, until })
}
