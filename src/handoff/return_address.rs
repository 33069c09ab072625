//! Who wrote, sealed under two keys: the server's inside the association's.

use std::fmt;

use chrono::{DateTime, TimeZone as _, Timelike as _, Utc};
use chrono_tz::Tz;

use crate::clock::Minute;
use crate::ids::{ChatId, Code, HandoffId};
use crate::locale::Locale;
use crate::sealing::KeyRing;
use crate::terms::Contact;

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
    /// When they may be written to.
    pub window: Contact,
    /// After this moment it opens no more.
    pub expires: Minute,
    /// The code of the request, so that a message can lead back to it.
    pub code: Code,
    /// The person is under 18, as far as they said.
    pub minor: bool,
    /// They said that they are in danger.
    pub danger: bool,
}

impl fmt::Debug for ReturnAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ReturnAddress").finish_non_exhaustive()
    }
}

impl ReturnAddress {
    /// Seals it for one handoff.
    #[must_use]
    pub fn seal(&self, keys: &KeyRing, handoff: HandoffId) -> String {
        let mut bytes = Vec::with_capacity(20);
        bytes.extend(self.chat.0.to_be_bytes());
        bytes.push(self.locale.number());
        bytes.push(self.window.number());
        bytes.extend(self.expires.number().to_be_bytes());
        // A code has 40 bits; the bytes above them hold what the screens after it need to know.
        let flags = u64::from(self.minor) << 40 | u64::from(self.danger) << 41;
        bytes.extend_from_slice((self.code.number() | flags).to_be_bytes().get(2..).unwrap_or_default());
        keys.seal_return_address(handoff, &bytes)
    }

    /// Returns the first moment from now on at which the person may be written to; never, where they said so.
    ///
    /// The parts of the day are those of screen S8, in the zone of the service.
    #[must_use]
    pub fn may_be_told(&self, now: DateTime<Utc>, zone: Tz) -> Option<DateTime<Utc>> {
        let (from, until) = match self.window {
            Contact::AnyTime => return Some(now),
            Contact::Morning => (8, 12),
            Contact::Afternoon => (12, 18),
            Contact::Evening => (18, 22),
            Contact::Never => return None,
        };
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
        let (&[locale, window], rest) = rest.split_first_chunk::<2>()?;
        let (expires, rest) = rest.split_first_chunk::<4>()?;
        let expires = Minute::from_number(u32::from_be_bytes(*expires));
        let rest: [u8; 6] = rest.try_into().ok()?;
        let tail = rest.into_iter().fold(0, |tail, byte| tail << 8 | u64::from(byte));
        let code = Code::from_number(tail & ((1 << 40) - 1))?;
        let (minor, danger) = (tail >> 40 & 1 == 1, tail >> 41 & 1 == 1);
        (Minute::of(now) <= expires).then_some(())?;
        Some(Self {
            chat: ChatId(i64::from_be_bytes(*chat)),
            locale: Locale::from_number(locale)?,
            window: Contact::from_number(window)?,
            expires,
            code,
            minor,
            danger,
        })
    }
}
