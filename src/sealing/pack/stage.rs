//! A stage, with what exists in it.

use super::super::bits::{Reader, Writer};
use crate::clock::Minute;
use crate::conversation::{Answers, Approach, Intake, Question, Sent, Stage, Telling, Way};
use crate::ids::{Code, Commune, Country, Department};
use crate::locale::Locale;
use crate::record::{About, Consent, Signs, Spoken, Ticked};
use crate::terms::{Area, Contact, Need, Place, Reporter, Sign, Situation, Subject, Who, Zone};

/// Bits of a version of the consent; 0 stands for no consent.
const CONSENT_VERSION_BITS: u32 = 4;

pub(super) fn put(bits: &mut Writer, stage: Stage) {
    let number = match stage {
        Stage::Home => 0,
        Stage::NotPrivate => 1,
        Stage::Consent(_) => 2,
        Stage::Asking(..) => 3,
        Stage::NobodyFits { .. } => 4,
        Stage::Sent(_) => 5,
        Stage::Cancelled { .. } => 6,
        Stage::Left => 7,
        Stage::Telling(..) => 8,
    };
    bits.put(number, 4);
    match stage {
        Stage::Home | Stage::NotPrivate | Stage::Left => {}
        Stage::Consent(approach) => put_approach(bits, approach),
        Stage::Asking(intake, question) => {
            put_intake(bits, &intake);
            put_question(bits, question);
        }
        Stage::NobodyFits { minor } | Stage::Cancelled { minor } => bits.flag(minor),
        Stage::Sent(sent) => put_sent(bits, &sent),
        Stage::Telling(sent, telling) => {
            put_sent(bits, &sent);
            put_telling(bits, telling);
        }
    }
}

pub(super) fn take(bits: &mut Reader<'_>) -> Option<Stage> {
    Some(match bits.take(4)? {
        0 => Stage::Home,
        1 => Stage::NotPrivate,
        2 => Stage::Consent(take_approach(bits)?),
        3 => {
            let intake = take_intake(bits)?;
            Stage::Asking(intake, take_question(bits)?)
        }
        4 => Stage::NobodyFits { minor: bits.flag()? },
        5 => Stage::Sent(take_sent(bits)?),
        6 => Stage::Cancelled { minor: bits.flag()? },
        7 => Stage::Left,
        8 => {
            let sent = take_sent(bits)?;
            Stage::Telling(sent, take_telling(bits)?)
        }
        _ => return None,
    })
}

fn put_approach(bits: &mut Writer, approach: Approach) {
    bits.flag(approach.danger);
    let way = match approach.way {
        Way::Full => 0,
        Way::Short => 1,
        Way::Other => 2,
    };
    bits.put(way, 2);
}

fn take_approach(bits: &mut Reader<'_>) -> Option<Approach> {
    let danger = bits.flag()?;
    let way = match bits.take(2)? {
        0 => Way::Full,
        1 => Way::Short,
        2 => Way::Other,
        _ => return None,
    };
    Some(Approach { danger, way })
}

fn put_consent(bits: &mut Writer, consent: Option<Consent>) {
    bits.put(consent.map_or(0, |consent| consent.version().into()), CONSENT_VERSION_BITS);
    bits.put(consent.map_or(0, |consent| consent.at().number().into()), Minute::BITS);
}

#[expect(clippy::option_option, reason = "unreadable, not agreed and agreed are three things")]
fn take_consent(bits: &mut Reader<'_>) -> Option<Option<Consent>> {
    let version = bits.small(CONSENT_VERSION_BITS)?;
    let at = Minute::from_number(u32::try_from(bits.take(Minute::BITS)?).ok()?);
    Some((version > 0).then(|| Consent::given(version, at)))
}

fn put_intake(bits: &mut Writer, intake: &Intake) {
    put_consent(bits, Some(intake.consent));
    put_approach(bits, intake.approach);
    put_place(bits, intake.answers.place);
    bits.flag(intake.answers.far);
    match intake.answers.about {
        About::Oneself { who, situation, need } => {
            bits.flag(false);
            bits.put(who.map_or(0, |term| u64::from(term.number()) + 1), 3);
            bits.put(situation.map_or(0, |term| u64::from(term.number()) + 1), 4);
            bits.put(need.map_or(0, |term| u64::from(term.number()) + 1), 4);
        }
        About::Other { reporter, subject, observed } => {
            bits.flag(true);
            bits.put(reporter.map_or(0, |term| u64::from(term.number()) + 1), 2);
            bits.put(subject.map_or(0, |term| u64::from(term.number()) + 1), 3);
            bits.put(observed.bits().into(), 12);
        }
    }
}

fn take_intake(bits: &mut Reader<'_>) -> Option<Intake> {
    let consent = take_consent(bits)??;
    let approach = take_approach(bits)?;
    let place = take_place(bits)?;
    let far = bits.flag()?;
    let other = bits.flag()?;
    if other != (approach.way == Way::Other) {
        return None;
    }
    let about = if other {
        let reporter = optional(bits.small(2)?, Reporter::from_number)?;
        let subject = optional(bits.small(3)?, Subject::from_number)?;
        let observed = Ticked::from_bits(u16::try_from(bits.take(12)?).ok()?)?;
        About::Other { reporter, subject, observed }
    } else {
        let who = optional(bits.small(3)?, Who::from_number)?;
        let situation = optional(bits.small(4)?, Situation::from_number)?;
        let need = optional(bits.small(4)?, Need::from_number)?;
        About::Oneself { who, situation, need }
    };
    Some(Intake { consent, approach, answers: Answers { about, place, far } })
}

/// A place takes 20 bits: a kind, and the widest of its numbers.
fn put_place(bits: &mut Writer, place: Place) {
    let (kind, number) = match place {
        Place::Unsaid => (0, 0),
        Place::Area(area) => (1, area.number().into()),
        Place::Department(department) => (2, department.number().into()),
        Place::Abroad(country) => (3, country.number().into()),
        Place::Commune(commune) => (4, commune.number()),
    };
    bits.put(kind, 3);
    bits.put(number.into(), Commune::BITS);
}

fn take_place(bits: &mut Reader<'_>) -> Option<Place> {
    let (kind, number) = (bits.take(3)?, u32::try_from(bits.take(Commune::BITS)?).ok()?);
    let small = u16::try_from(number).ok();
    Some(match kind {
        0 => Place::Unsaid,
        1 => Place::Area(Area::from_number(u8::try_from(number).ok()?)?),
        2 => Place::Department(Department::from_number(small?)?),
        3 => Place::Abroad(Country::from_number(small?)?),
        4 => Place::Commune(Commune::from_number(number)?),
        _ => return None,
    })
}

/// Reads "none" from 0 and the term with the number before it from any other; an unknown term is no state.
#[expect(clippy::option_option, reason = "unreadable, not answered and answered are three things")]
fn optional<T>(number: u8, term: impl Fn(u8) -> Option<T>) -> Option<Option<T>> {
    match number.checked_sub(1) {
        None => Some(None),
        Some(number) => term(number).map(Some),
    }
}

fn put_question(bits: &mut Writer, question: Question) {
    let (kind, changing, area) = match question {
        Question::Who { changing } => (0, changing, None),
        Question::Situation { changing } => (1, changing, None),
        Question::Need { changing } => (2, changing, None),
        Question::Place { changing } => (3, changing, None),
        Question::Department { area, changing } => (4, changing, Some(area)),
        Question::Country { changing } => (5, changing, None),
        Question::Review => (6, false, None),
        Question::Change => (7, false, None),
        Question::Reporter { changing } => (8, changing, None),
        Question::Subject { changing } => (9, changing, None),
        Question::Observed { changing } => (10, changing, None),
    };
    bits.put(kind, 4);
    bits.flag(changing);
    bits.put(area.map_or(0, |area| area.number().into()), 5);
}

fn take_question(bits: &mut Reader<'_>) -> Option<Question> {
    let (kind, changing, area) = (bits.take(4)?, bits.flag()?, bits.small(5)?);
    Some(match kind {
        0 => Question::Who { changing },
        1 => Question::Situation { changing },
        2 => Question::Need { changing },
        3 => Question::Place { changing },
        4 => Question::Department { area: Area::from_number(area)?, changing },
        5 => Question::Country { changing },
        6 => Question::Review,
        7 => Question::Change,
        8 => Question::Reporter { changing },
        9 => Question::Subject { changing },
        10 => Question::Observed { changing },
        _ => return None,
    })
}

fn put_sent(bits: &mut Writer, sent: &Sent) {
    bits.put(sent.code.number(), 40);
    bits.flag(sent.minor);
    bits.flag(sent.danger);
    bits.flag(sent.other);
    put_consent(bits, sent.consent);
    bits.put(sent.contact.number().into(), 3);
}

fn take_sent(bits: &mut Reader<'_>) -> Option<Sent> {
    Some(Sent {
        code: Code::from_number(bits.take(40)?)?,
        minor: bits.flag()?,
        danger: bits.flag()?,
        other: bits.flag()?,
        consent: take_consent(bits)?,
        contact: Contact::from_number(bits.small(3)?)?,
        // These stand at the end of the state.
        zone: Zone::Mainland,
        elsewhere: false,
    })
}

fn put_telling(bits: &mut Writer, telling: Telling) {
    match telling {
        Telling::Signs { at, signs } => {
            bits.put(0, 2);
            bits.put(at.number().into(), 4);
            bits.put(signs.bits().into(), Signs::BITS);
        }
        Telling::Needs(needs) => {
            bits.put(1, 2);
            bits.put(needs.bits().into(), 6);
        }
        Telling::Children => bits.put(2, 2),
        Telling::Languages(spoken) => {
            bits.put(3, 2);
            let mut chosen = spoken.iter();
            for _ in 0..Spoken::MOST {
                bits.put(chosen.next().map_or(0, |locale| locale.number().into()), 7);
            }
        }
    }
}

fn take_telling(bits: &mut Reader<'_>) -> Option<Telling> {
    Some(match bits.take(2)? {
        0 => {
            let at = Sign::from_number(bits.small(4)?)?;
            let signs = Signs::from_bits(u32::try_from(bits.take(Signs::BITS)?).ok()?)?;
            Telling::Signs { at, signs }
        }
        1 => Telling::Needs(Ticked::from_bits(u16::try_from(bits.take(6)?).ok()?)?),
        2 => Telling::Children,
        _ => {
            let mut chosen = Vec::with_capacity(Spoken::MOST);
            for _ in 0..Spoken::MOST {
                match bits.small(7)? {
                    0 => {}
                    number => chosen.push(Locale::from_number(number)?),
                }
            }
            Telling::Languages(Spoken::of(chosen))
        }
    })
}
