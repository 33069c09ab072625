//! Numbers to call, as the screens say them.

use chrono::NaiveDate;

use crate::conversation::Line;
use crate::directory::Directory;
use crate::ids::Country;

/// The numbers of a country.
#[derive(Default)]
pub(super) struct Numbers {
    pub(super) lines: Vec<Line>,
    pub(super) danger: Option<String>,
    pub(super) minor: Option<String>,
}

impl Numbers {
    pub(super) fn of(_directory: &Directory, _country: Country, _today: NaiveDate) -> Self {
        Self::default()
    }
}
