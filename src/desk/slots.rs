//! The values of a phrase as a desk writes them, where a day may be `today` or `tomorrow`.

use chrono::{Datelike as _, Days, NaiveDate};
use serde::Deserialize;

use crate::phrase::{Day, Phrase, PhraseId, Slots};

/// The values, by the names of their slots.
#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct Args {
    day: Option<String>,
    time: Option<String>,
    phone: Option<String>,
    place: Option<String>,
}

impl Args {
    /// Puts a phrase together, for someone who may read it on another day; nothing where the values do not fit it.
    pub(super) fn phrase(&self, id: PhraseId, today: NaiveDate) -> Option<Phrase> {
        Phrase::new(id, self.slots(today)?).ok()
    }

    fn slots(&self, today: NaiveDate) -> Option<Slots> {
        let day = match self.day.as_deref() {
            None => None,
            Some("today") => Some(weekday(today)?),
            Some("tomorrow") => Some(weekday(today.checked_add_days(Days::new(1))?)?),
            Some(code) => Some(code.parse().ok()?),
        };
        Some(Slots {
            day,
            time: self.time.as_deref().map(str::parse).transpose().ok()?,
            phone: self.phone.as_deref().map(str::parse).transpose().ok()?,
            place: self.place.as_deref().map(str::parse).transpose().ok()?,
        })
    }
}

fn weekday(date: NaiveDate) -> Option<Day> {
    Day::from_number(u8::try_from(date.weekday().num_days_from_monday()).ok()?)
}
