//! Who wrote, sealed under two keys: the server's inside the association's.

use chrono::{DateTime, TimeZone as _, Timelike as _, Utc};
use chrono_tz::Tz;

use crate::clock::Minute;
use crate::conversation::Sent;
use crate::ids::{ChatId, Code, HandoffId};
use crate::locale::Locale;
use crate::record::Consent;
use crate::sealing::KeyRing;
use crate::terms::{Contact, Zone};

/// Where, in which language and when a person may be answered.
///
/// # Privacy
/// Names a person. It exists in clear for one message only; at rest it is sealed by the server's key inside
/// the token that only the association can open.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct ReturnAddress {
    /// The chat.
    pub chat: ChatId,
    /// The language the person reads.
    pub locale: Locale,
    /// The hub of the request, so that a message can lead back to it: also when they may be written to.
    pub sent: Sent,
    /// After this moment it opens no more.
    pub expires: Minute,
    /// The number of how the person is reached: only the newest is written to.
    pub number: u32,
}

impl ReturnAddress {
    /// Seals it for one handoff.
    #[must_use]
    pub fn seal(&self, keys: &KeyRing, handoff: HandoffId) -> String {
        let mut bytes = Vec::with_capacity(29);
        bytes.extend(self.chat.0.to_be_bytes());
        bytes.push(self.locale.number());
        bytes.push(self.sent.contact.number());
        bytes.extend(self.expires.number().to_be_bytes());
        bytes.extend_from_slice(packed(&self.sent).to_be_bytes().get(2..).unwrap_or_default());
        bytes.extend(self.sent.consent.map_or(0, |consent| consent.at().number()).to_be_bytes());
        bytes.push(self.sent.zone.number());
        bytes.extend(self.number.to_be_bytes());
        keys.seal_return_address(handoff, &bytes)
    }

    /// Returns whether a text has the shape of a sealed return address: 40 to 120 of the letters of base64url. Nothing
    /// else leaves a volunteer's device as one.
    #[must_use]
    pub fn has_shape(text: &str) -> bool {
        let fits = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-');
        (40..=120).contains(&text.len()) && text.bytes().all(fits)
    }

    /// Returns the first moment from now on at which the person may be written to; never, where they said so.
    ///
    /// The parts of the day are those of screen S8, by the clock the person lives by: `zone` on the mainland.
    #[must_use]
    pub fn may_be_told(&self, now: DateTime<Utc>, zone: Tz) -> Option<DateTime<Utc>> {
        let (from, until) = match self.sent.contact {
            Contact::AnyTime => return Some(now),
            Contact::Morning => (8, 12),
            Contact::Afternoon => (12, 18),
            Contact::Evening => (18, 22),
            Contact::Never => return None,
        };
        let zone = if self.sent.zone == Zone::Mainland { zone } else { self.sent.zone.tz() };
        let local = now.with_timezone(&zone);
        if (from..until).contains(&local.hour()) {
            return Some(now);
        }
        let today = local.date_naive();
        let day = if local.hour() < from { today } else { today.succ_opt()? };
        // No zone of ours changes its clocks in the middle of the day.
        let begin = zone.from_local_datetime(&day.and_hms_opt(from, 0, 0)?).earliest()?;
        Some(begin.with_timezone(&Utc))
    }

    /// Opens it, if this server sealed it for this handoff and it has not expired.
    #[must_use]
    pub fn open(keys: &KeyRing, handoff: HandoffId, sealed: &str, now: DateTime<Utc>) -> Option<Self> {
        let bytes = keys.open_return_address(handoff, sealed)?;
        let (chat, rest) = bytes.split_first_chunk::<8>()?;
        let (&[locale, contact], rest) = rest.split_first_chunk::<2>()?;
        let (expires, rest) = rest.split_first_chunk::<4>()?;
        let expires = Minute::from_number(u32::from_be_bytes(*expires));
        let (packed, rest) = rest.split_first_chunk::<6>()?;
        let packed = packed.iter().fold(0, |packed, &byte| packed << 8 | u64::from(byte));
        let (agreed, rest) = rest.split_first_chunk::<4>()?;
        let agreed = Minute::from_number(u32::from_be_bytes(*agreed));
        // Addresses had no zone before.
        let (zone, rest) = rest.split_first().map_or((0, rest), |(zone, rest)| (*zone, rest));
        let zone = Zone::from_number(zone)?;
        // Nor had they a number.
        let number = rest.split_first_chunk::<4>().map_or(0, |(number, _)| u32::from_be_bytes(*number));
        let sent = Sent { zone, ..unpacked(packed, agreed, Contact::from_number(contact)?)? };
        (Minute::of(now) <= expires).then_some(())?;
        Some(Self {
            chat: ChatId(i64::from_be_bytes(*chat)),
            locale: Locale::from_number(locale)?,
            sent,
            expires,
            number,
        })
    }
}

/// A code has 40 bits; the bits above them hold the rest of the hub: three flags, then the version of the text
/// agreed to, 0 where nothing was agreed to, then whether it is a phone that came by the code.
fn packed(sent: &Sent) -> u64 {
    let version = sent.consent.map_or(0, |consent| u64::from(consent.version()) & 0xF);
    let flags = u64::from(sent.minor) | u64::from(sent.danger) << 1 | u64::from(sent.other) << 2;
    let flags = flags | u64::from(sent.elsewhere) << 7;
    sent.code.number() | flags << 40 | version << 43
}

fn unpacked(packed: u64, agreed: Minute, contact: Contact) -> Option<Sent> {
    let flag = |bit: u32| packed >> bit & 1 == 1;
    let version = u8::try_from(packed >> 43 & 0xF).ok()?;
    Some(Sent {
        code: Code::from_number(packed & ((1 << 40) - 1))?,
        minor: flag(40),
        danger: flag(41),
        other: flag(42),
        elsewhere: flag(47),
        consent: (version > 0).then(|| Consent::given(version, agreed)),
        contact,
        zone: Zone::Mainland,
    })
}

redacted!(ReturnAddress);
