//! A choice: its kind, and what it carries.

use super::super::bits::{Reader, Writer};
use crate::conversation::Choice;
use crate::ids::{Commune, Country, Department};
use crate::locale::Locale;
use crate::phrase::Answer;
use crate::terms::{Area, Contact, Need, Observed, Reporter, SignAnswer, Situation, Subject, Who};

/// Bits of the kind.
const KIND: u32 = 6;
/// The number of the kind for choices that carry nothing; their own number is the argument.
const PLAIN: u64 = 0;
const DEPARTMENT: u64 = 6;
const COUNTRY: u64 = 7;
const COMMUNE: u64 = 9;

pub(super) fn put(bits: &mut Writer, choice: Choice) {
    let (kind, argument) = numbers(choice);
    bits.put(kind, KIND);
    bits.put(argument.into(), width(kind));
}

/// Bits of what a choice of this kind carries.
const fn width(kind: u64) -> u32 {
    match kind {
        COMMUNE => Commune::BITS,
        DEPARTMENT | COUNTRY => 10,
        _ => 7,
    }
}

pub(super) fn take(bits: &mut Reader<'_>) -> Option<Choice> {
    let kind = bits.take(KIND)?;
    let argument = bits.take(width(kind))?;
    let small = u8::try_from(argument).ok();
    let medium = u16::try_from(argument).ok();
    Some(match kind {
        PLAIN => *Choice::PLAIN.get(usize::from(medium?))?,
        1 => Choice::Locale(Locale::from_number(small?)?),
        2 => Choice::Who(Who::from_number(small?)?),
        3 => Choice::Situation(Situation::from_number(small?)?),
        4 => Choice::Need(Need::from_number(small?)?),
        5 => Choice::Area(Area::from_number(small?)?),
        DEPARTMENT => Choice::Department(Department::from_number(medium?)?),
        COUNTRY => Choice::Country(Country::from_number(medium?)?),
        8 => Choice::Send(Contact::from_number(small?)?),
        COMMUNE => Choice::Commune(Commune::from_number(u32::try_from(argument).ok()?)?),
        10 => Choice::Reporter(Reporter::from_number(small?)?),
        11 => Choice::Subject(Subject::from_number(small?)?),
        12 => Choice::Observed(Observed::from_number(small?)?),
        13 => Choice::Sign(SignAnswer::from_number(small?)?),
        14 => Choice::AlsoNeed(Need::from_number(small?)?),
        15 => Choice::Speak(Locale::from_number(small?)?),
        16 => Choice::Answer(Answer::from_number(small?)?),
        _ => return None,
    })
}

fn numbers(choice: Choice) -> (u64, u32) {
    match (choice, choice.plain()) {
        (_, Some(number)) => (PLAIN, u32::try_from(number).unwrap_or(0)),
        (Choice::Locale(locale), None) => (1, locale.number().into()),
        (Choice::Who(who), None) => (2, who.number().into()),
        (Choice::Situation(situation), None) => (3, situation.number().into()),
        (Choice::Need(need), None) => (4, need.number().into()),
        (Choice::Area(area), None) => (5, area.number().into()),
        (Choice::Department(department), None) => (DEPARTMENT, department.number().into()),
        (Choice::Country(country), None) => (COUNTRY, country.number().into()),
        (Choice::Send(contact), None) => (8, contact.number().into()),
        (Choice::Commune(commune), None) => (COMMUNE, commune.number()),
        (Choice::Reporter(reporter), None) => (10, reporter.number().into()),
        (Choice::Subject(subject), None) => (11, subject.number().into()),
        (Choice::Observed(observed), None) => (12, observed.number().into()),
        (Choice::Sign(answer), None) => (13, answer.number().into()),
        (Choice::AlsoNeed(need), None) => (14, need.number().into()),
        (Choice::Speak(locale), None) => (15, locale.number().into()),
        (Choice::Answer(answer), None) => (16, answer.number().into()),
        // Every other choice carries nothing.
        (_, None) => (PLAIN, 0),
    }
}
