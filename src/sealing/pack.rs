//! The bits of a sealed state.
//!
//! Format 1, most significant bit first. Every state: version 4 · locale 7 · minute it was shown 24 ·
//! nonce 40 · choice 6 + 7 (département, country 10; commune 17) · overlay 5 + page 3 · stage 4: 110 bits at
//! most, 100 with most choices. Then what exists in that stage, with the sum at most:
//!
//! | stage | bits | sum |
//! |---|---|---|
//! | agreement | danger 1 · way 2 | 113 |
//! | intake, common | consent 4 + 24 · approach 3 · place 3 + 17 · far 1 · whose 1 · question 4 + 1 + 5 | 173 |
//! | … oneself | who 3 · situation 4 · need 4 | 184 |
//! | … someone else | reporter 2 · subject 3 · observed 12 | 190 |
//! | hub | code 40 · minor 1 · danger 1 · other 1 · consent 4 + 24 · contact 3 | 184 |
//! | … signs | set 2 · sign 4 · answers 22 | 212 |
//! | … languages | set 2 · four languages 28 | 214 |
//! | the end of every stage | what is beneath 5 + 3 · campaign 6 · zone 4 · found by its code 1 | 233 |
//!
//! 248 bits fit. A field that holds no known term makes the whole state unreadable; nothing is guessed.

mod choice;
mod stage;

use super::PACKED_BYTES;
use super::bits::{Reader, Writer};
use crate::clock::Minute;
use crate::conversation::{Choice, Conversation, Over, Stage, Then};
use crate::ids::Nonce;
use crate::locale::Locale;
use crate::record::Campaign;
use crate::terms::Zone;

/// The version of the format.
const VERSION: u64 = 1;

pub(super) fn pack(conversation: &Conversation, choice: Choice, shown: Minute) -> [u8; PACKED_BYTES] {
    let mut bits = Writer::default();
    bits.put(VERSION, 4);
    bits.put(conversation.locale.number().into(), 7);
    bits.put(shown.number().into(), Minute::BITS);
    bits.put(conversation.nonce.get(), Nonce::BITS);
    choice::put(&mut bits, choice);
    let (over, page) = over_numbers(conversation.over);
    bits.put(over, 5);
    bits.put(page.into(), 3);
    stage::put(&mut bits, conversation.stage);
    put_end(&mut bits, conversation);
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
    let choice = choice::take(&mut bits)?;
    let (over, page) = (bits.take(5)?, bits.small(3)?);
    let over = over_of(over, page)?;
    let stage = stage::take(&mut bits)?;
    let conversation = Conversation { locale, nonce, over, beneath: None, campaign: None, stage };
    Some((take_end(&mut bits, conversation)?, choice, shown))
}

/// What came to the format later stands at its end: in what was sealed before, these bits are zero.
fn put_end(bits: &mut Writer, conversation: &Conversation) {
    let (over, page) = over_numbers(conversation.beneath);
    bits.put(over, 5);
    bits.put(page.into(), 3);
    bits.put(conversation.campaign.map_or(0, |campaign| campaign.number().into()), Campaign::BITS);
    bits.put(conversation.sent().map_or(0, |sent| sent.zone.number().into()), Zone::BITS);
    bits.flag(conversation.sent().is_some_and(|sent| sent.elsewhere));
}

fn take_end(bits: &mut Reader<'_>, mut conversation: Conversation) -> Option<Conversation> {
    let (over, page) = (bits.take(5)?, bits.small(3)?);
    conversation.beneath = over_of(over, page)?;
    conversation.campaign = Campaign::from_number(bits.small(Campaign::BITS)?);
    let zone = Zone::from_number(bits.small(Zone::BITS)?)?;
    let elsewhere = bits.take(1)? == 1;
    match &mut conversation.stage {
        Stage::Sent(sent) | Stage::Telling(sent, _) => (sent.zone, sent.elsewhere) = (zone, elsewhere),
        Stage::Home
        | Stage::NotPrivate
        | Stage::Consent(_)
        | Stage::Asking(..)
        | Stage::NobodyFits { .. }
        | Stage::Cancelled { .. }
        | Stage::Left => {}
    }
    Some(conversation)
}

const fn over_numbers(over: Option<Over>) -> (u64, u8) {
    match over {
        None => (0, 0),
        Some(Over::Languages { page }) => (1, page),
        Some(Over::Numbers) => (2, 0),
        Some(Over::Privacy { page }) => (3, page),
        Some(Over::News) => (4, 0),
        Some(Over::Erase) => (5, 0),
        Some(Over::TypePlace) => (6, 0),
        Some(Over::FoundPlaces) => (7, 0),
        Some(Over::TypeCode) => (8, 0),
        Some(Over::Code) => (9, 0),
        Some(Over::Write) => (10, 0),
        Some(Over::Agreement { then: Then::SayMore }) => (11, 0),
        Some(Over::Agreement { then: Then::Write }) => (11, 1),
        Some(Over::Agreement { then: Then::SafeTime }) => (11, 2),
        Some(Over::Agreement { then: Then::Open }) => (11, 3),
        Some(Over::SafeTime) => (12, 0),
        Some(Over::Alone) => (13, 0),
        Some(Over::Message) => (14, 0),
        Some(Over::Sentences) => (15, 0),
        Some(Over::Genuine) => (16, 0),
        Some(Over::Linked) => (17, 0),
    }
}

#[expect(clippy::option_option, reason = "unreadable, no overlay and an overlay are three things")]
const fn over_of(over: u64, page: u8) -> Option<Option<Over>> {
    Some(Some(match (over, page) {
        (0, 0) => return Some(None),
        (1, page) => Over::Languages { page },
        (2, 0) => Over::Numbers,
        (3, page) => Over::Privacy { page },
        (4, 0) => Over::News,
        (5, 0) => Over::Erase,
        (6, 0) => Over::TypePlace,
        (7, 0) => Over::FoundPlaces,
        (8, 0) => Over::TypeCode,
        (9, 0) => Over::Code,
        (10, 0) => Over::Write,
        (11, 0) => Over::Agreement { then: Then::SayMore },
        (11, 1) => Over::Agreement { then: Then::Write },
        (11, 2) => Over::Agreement { then: Then::SafeTime },
        (11, 3) => Over::Agreement { then: Then::Open },
        (12, 0) => Over::SafeTime,
        (13, 0) => Over::Alone,
        (14, 0) => Over::Message,
        (15, 0) => Over::Sentences,
        (16, 0) => Over::Genuine,
        (17, 0) => Over::Linked,
        _ => return None,
    }))
}
