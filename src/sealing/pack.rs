//! The bits of a sealed state.
//!
//! Format 1, most significant bit first: version 4 · locale 7 · minute it was shown 24 · nonce 40 · choice 16 ·
//! overlay 3 + page 3 · stage 3 · then what exists in that stage. A field that holds no known term makes the
//! whole state unreadable; nothing is guessed.

use super::PACKED_BYTES;
use super::bits::{Reader, Writer};
use crate::clock::Minute;
use crate::conversation::{Answers, Approach, Choice, Conversation, Intake, Over, Question, Sent, Stage};
use crate::ids::{Code, Country, Department, Nonce};
use crate::locale::Locale;
use crate::record::Consent;
use crate::terms::{Area, Contact, Need, Place, Situation, Who};

/// The version of the format.
const VERSION: u64 = 1;

pub(super) fn pack(conversation: &Conversation, choice: Choice, shown: Minute) -> [u8; PACKED_BYTES] {
    let mut bits = Writer::default();
    bits.put(VERSION, 4);
    bits.put(conversation.locale.number().into(), 7);
    bits.put(shown.number().into(), Minute::BITS);
    bits.put(conversation.nonce.get(), Nonce::BITS);
    let (kind, argument) = choice_number(choice);
    bits.put(kind, 6);
    bits.put(argument, 10);
    let (over, page) = match conversation.over {
        None => (0, 0),
        Some(Over::Languages { page }) => (1, page),
        Some(Over::Numbers) => (2, 0),
        Some(Over::Privacy) => (3, 0),
        Some(Over::News) => (4, 0),
        Some(Over::Erase) => (5, 0),
    };
    bits.put(over, 3);
    bits.put(page.into(), 3);
    put_stage(&mut bits, conversation.stage);
    bits.finish()
}

pub(super) fn unpack(bytes: &[u8]) -> Option<(Conversation, Choice, Minute)> {
    let mut bits = Reader::new(bytes);
    if bits.take(4)? != VERSION {
        return None;
    }
    let locale = Locale::from_number(bits.small(7)?)?;
    let shown = Minute::from_number(u32::try_from(bits.take(Minute::BITS)?).ok()?);
    let nonce = Nonce::new(bits.take(Nonce::BITS)?);
    let kind = bits.take(6)?;
    let choice = choice_of(kind, bits.take(10)?)?;
    let (over, page) = (bits.take(3)?, bits.small(3)?);
    let over = match over {
        0 => None,
        1 => Some(Over::Languages { page }),
        2 => Some(Over::Numbers),
        3 => Some(Over::Privacy),
        4 => Some(Over::News),
        5 => Some(Over::Erase),
        _ => return None,
    };
    let stage = take_stage(&mut bits)?;
    Some((Conversation { locale, nonce, over, stage }, choice, shown))
}

fn put_stage(bits: &mut Writer, stage: Stage) {
    match stage {
        Stage::Home => bits.put(0, 3),
        Stage::NotPrivate => bits.put(1, 3),
        Stage::Consent(approach) => {
            bits.put(2, 3);
            put_approach(bits, approach);
        }
        Stage::Asking(intake, question) => {
            bits.put(3, 3);
            put_intake(bits, &intake);
            put_question(bits, question);
        }
        Stage::NobodyFits { minor } => {
            bits.put(4, 3);
            bits.flag(minor);
        }
        Stage::Sent(sent) => {
            bits.put(5, 3);
            bits.put(sent.code.number(), 40);
            bits.flag(sent.minor);
            bits.flag(sent.danger);
        }
        Stage::Cancelled { minor } => {
            bits.put(6, 3);
            bits.flag(minor);
        }
        Stage::Left => bits.put(7, 3),
    }
}

fn take_stage(bits: &mut Reader<'_>) -> Option<Stage> {
    Some(match bits.take(3)? {
        0 => Stage::Home,
        1 => Stage::NotPrivate,
        2 => Stage::Consent(take_approach(bits)?),
        3 => {
            let intake = take_intake(bits)?;
            Stage::Asking(intake, take_question(bits)?)
        }
        4 => Stage::NobodyFits { minor: bits.flag()? },
        5 => {
            let code = Code::from_number(bits.take(40)?)?;
            Stage::Sent(Sent { code, minor: bits.flag()?, danger: bits.flag()? })
        }
        6 => Stage::Cancelled { minor: bits.flag()? },
        _ => Stage::Left,
    })
}

fn put_approach(bits: &mut Writer, approach: Approach) {
    bits.flag(approach.danger);
    bits.flag(approach.short);
}

fn take_approach(bits: &mut Reader<'_>) -> Option<Approach> {
    Some(Approach { danger: bits.flag()?, short: bits.flag()? })
}

fn put_intake(bits: &mut Writer, intake: &Intake) {
    bits.put(intake.consent.version().into(), 4);
    bits.put(intake.consent.at().number().into(), Minute::BITS);
    put_approach(bits, intake.approach);
    let answers = &intake.answers;
    bits.put(answers.who.map_or(0, |term| u64::from(term.number()) + 1), 3);
    bits.put(answers.situation.map_or(0, |term| u64::from(term.number()) + 1), 4);
    bits.put(answers.need.map_or(0, |term| u64::from(term.number()) + 1), 4);
    let (kind, number) = match answers.place {
        Place::Unsaid => (0, 0),
        Place::Area(area) => (1, area.number().into()),
        Place::Department(department) => (2, department.number()),
        Place::Abroad(country) => (3, country.number()),
    };
    bits.put(kind, 2);
    bits.put(number.into(), 10);
    bits.flag(answers.far);
}

fn take_intake(bits: &mut Reader<'_>) -> Option<Intake> {
    let version = bits.small(4)?;
    let at = Minute::from_number(u32::try_from(bits.take(Minute::BITS)?).ok()?);
    let approach = take_approach(bits)?;
    let who = optional(bits.small(3)?, Who::from_number)?;
    let situation = optional(bits.small(4)?, Situation::from_number)?;
    let need = optional(bits.small(4)?, Need::from_number)?;
    let (kind, number) = (bits.take(2)?, u16::try_from(bits.take(10)?).ok()?);
    let place = match kind {
        0 => Place::Unsaid,
        1 => Place::Area(Area::from_number(u8::try_from(number).ok()?)?),
        2 => Place::Department(Department::from_number(number)?),
        _ => Place::Abroad(Country::from_number(number)?),
    };
    let answers = Answers { who, situation, need, place, far: bits.flag()? };
    Some(Intake { consent: Consent::given(version, at), approach, answers })
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
    };
    bits.put(kind, 3);
    bits.flag(changing);
    bits.put(area.map_or(0, |area| area.number().into()), 5);
}

fn take_question(bits: &mut Reader<'_>) -> Option<Question> {
    let (kind, changing, area) = (bits.take(3)?, bits.flag()?, bits.small(5)?);
    Some(match kind {
        0 => Question::Who { changing },
        1 => Question::Situation { changing },
        2 => Question::Need { changing },
        3 => Question::Place { changing },
        4 => Question::Department { area: Area::from_number(area)?, changing },
        5 => Question::Country { changing },
        6 => Question::Review,
        _ => Question::Change,
    })
}

/// Choices without an argument, by their numbers from 0; new ones go to the end.
const PLAIN: [Choice; 29] = [
    Choice::Danger,
    Choice::Leave,
    Choice::Back,
    Choice::Skip,
    Choice::SendNow,
    Choice::Home,
    Choice::MoreLocales,
    Choice::NeedHelp,
    Choice::NotPrivate,
    Choice::NumbersOnly,
    Choice::GoOnShort,
    Choice::TellAssociation,
    Choice::Agree,
    Choice::More,
    Choice::WholeArea,
    Choice::Abroad,
    Choice::PlaceUnsaid,
    Choice::Near,
    Choice::Far,
    Choice::Change,
    Choice::ChangeWho,
    Choice::ChangeSituation,
    Choice::ChangeNeed,
    Choice::ChangePlace,
    Choice::ChangeLanguage,
    Choice::News,
    Choice::ClearChat,
    Choice::Cancel,
    Choice::EraseEverything,
];

/// The number of the kind for choices without an argument; their own number is the argument.
const PLAIN_KIND: u64 = 0;

fn choice_number(choice: Choice) -> (u64, u64) {
    match choice {
        Choice::Locale(locale) => (1, locale.number().into()),
        Choice::Who(who) => (2, who.number().into()),
        Choice::Situation(situation) => (3, situation.number().into()),
        Choice::Need(need) => (4, need.number().into()),
        Choice::Area(area) => (5, area.number().into()),
        Choice::Department(department) => (6, department.number().into()),
        Choice::Country(country) => (7, country.number().into()),
        Choice::Send(contact) => (8, contact.number().into()),
        Choice::Danger
        | Choice::Leave
        | Choice::Back
        | Choice::Skip
        | Choice::SendNow
        | Choice::Home
        | Choice::MoreLocales
        | Choice::NeedHelp
        | Choice::NotPrivate
        | Choice::NumbersOnly
        | Choice::GoOnShort
        | Choice::TellAssociation
        | Choice::Agree
        | Choice::More
        | Choice::WholeArea
        | Choice::Abroad
        | Choice::PlaceUnsaid
        | Choice::Near
        | Choice::Far
        | Choice::Change
        | Choice::ChangeWho
        | Choice::ChangeSituation
        | Choice::ChangeNeed
        | Choice::ChangePlace
        | Choice::ChangeLanguage
        | Choice::News
        | Choice::ClearChat
        | Choice::Cancel
        | Choice::EraseEverything => {
            let number = PLAIN.iter().position(|plain| *plain == choice).unwrap_or(0);
            (PLAIN_KIND, number as u64)
        }
    }
}

fn choice_of(kind: u64, argument: u64) -> Option<Choice> {
    let small = u8::try_from(argument).ok();
    let number = u16::try_from(argument).ok()?;
    Some(match kind {
        PLAIN_KIND => *PLAIN.get(usize::from(number))?,
        1 => Choice::Locale(Locale::from_number(small?)?),
        2 => Choice::Who(Who::from_number(small?)?),
        3 => Choice::Situation(Situation::from_number(small?)?),
        4 => Choice::Need(Need::from_number(small?)?),
        5 => Choice::Area(Area::from_number(small?)?),
        6 => Choice::Department(Department::from_number(number)?),
        7 => Choice::Country(Country::from_number(number)?),
        8 => Choice::Send(Contact::from_number(small?)?),
        _ => return None,
    })
}
