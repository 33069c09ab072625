//! Opening hours in OpenStreetMap's syntax, in the time zone of the association, with public holidays.

use std::fmt;
use std::sync::{Mutex, PoisonError};

use chrono::{DateTime, Days, TimeDelta, Utc};
use chrono_tz::Tz;
use opening_hours::localization::{Country as Holidays, TzLocation};
use opening_hours::{Context, OpeningHours, RuleKind};

use crate::ids::Country;

/// How far ahead hours are worked out at a time.
const WINDOW: Days = Days::new(14);
/// How much of that must still lie ahead of a moment for it to be looked up there.
const AHEAD: TimeDelta = TimeDelta::days(7);
/// How far ahead an opening is looked for at all.
const HORIZON: Days = Days::new(400);

/// From when to when an association is open.
type Span = (DateTime<Utc>, DateTime<Utc>);

/// When an association that is open closes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Closes {
    /// Then.
    At(DateTime<Utc>),
    /// Not for a week at least.
    NotForAWeek,
}

/// When an association answers.
///
/// Hours are worked out two weeks at a time, when they are first asked for, and then kept: routing asks for
/// them only where minutes count, and then of many associations at once.
pub struct Hours {
    text: Option<String>,
    rules: Option<OpeningHours<TzLocation<Tz>>>,
    window: Mutex<Option<Window>>,
}

struct Window {
    from: DateTime<Utc>,
    to: DateTime<Utc>,
    open: Vec<Span>,
}

impl Hours {
    /// Returns hours that nobody has named: never open.
    pub(super) const fn unknown() -> Self {
        Self { text: None, rules: None, window: Mutex::new(None) }
    }

    /// Parses hours; `PH` are the public holidays of the country, where they are known.
    pub(super) fn parse(text: &str, zone: Tz, country: Country) -> Result<Self, String> {
        let rules: OpeningHours = text
            .parse()
            .map_err(|_| "is not in OpenStreetMap's syntax, such as \"Mo-Fr 09:00-18:00; PH off\"")?;
        let holidays = country.as_str().parse::<Holidays>().map(Holidays::holidays).unwrap_or_default();
        let context = Context::default().with_holidays(holidays).with_locale(TzLocation::new(zone));
        let rules = Some(rules.with_context(context));
        Ok(Self { text: Some(text.to_owned()), rules, window: Mutex::new(None) })
    }

    /// Returns the hours as they stand in the file, where they do.
    #[must_use]
    pub fn text(&self) -> Option<&str> {
        self.text.as_deref()
    }

    /// Returns whether hours are named at all. Where they are not, the association counts as closed.
    #[must_use]
    pub const fn are_known(&self) -> bool {
        self.rules.is_some()
    }

    /// Returns whether it is open at a moment.
    #[must_use]
    pub fn is_open(&self, at: DateTime<Utc>) -> bool {
        self.in_window(at, |open| ahead(open, at).first().is_some_and(|(start, _)| *start <= at))
    }

    /// Returns the moment itself where it is open, else the next opening; nothing where none is known.
    #[must_use]
    pub fn next_open(&self, at: DateTime<Utc>) -> Option<DateTime<Utc>> {
        let soon = self.in_window(at, |open| ahead(open, at).first().map(|(start, _)| (*start).max(at)));
        soon.or_else(|| self.open_from(at).next().map(|(start, _)| start))
    }

    /// Returns when it closes, where it is open at a moment.
    #[must_use]
    pub fn open_until(&self, at: DateTime<Utc>) -> Option<Closes> {
        let end = self.in_window(at, |open| {
            let mut end = None;
            for (start, closes) in ahead(open, at) {
                // What begins when the one before ends goes on without a break.
                if *start > end.unwrap_or(at) {
                    break;
                }
                end = Some(*closes);
            }
            end
        })?;
        Some(if end - at >= AHEAD { Closes::NotForAWeek } else { Closes::At(end) })
    }

    /// Returns when it has been open for a duration since a moment; nothing where that never comes, or hours
    /// are not named.
    #[must_use]
    pub fn open_for(&self, at: DateTime<Utc>, duration: std::time::Duration) -> Option<DateTime<Utc>> {
        let duration = TimeDelta::from_std(duration).unwrap_or(TimeDelta::MAX);
        let soon = self.in_window(at, |open| run(ahead(open, at).iter().copied(), at, duration));
        soon.or_else(|| run(self.open_from(at), at, duration))
    }

    /// Returns when it has been open for a duration since a moment. Where it never opens the clock runs on as
    /// if it were open, so that a deadline always comes.
    #[must_use]
    pub fn add_open_time(&self, at: DateTime<Utc>, duration: std::time::Duration) -> DateTime<Utc> {
        let wait = || at.checked_add_signed(TimeDelta::from_std(duration).ok()?);
        self.open_for(at, duration).or_else(wait).unwrap_or(DateTime::<Utc>::MAX_UTC)
    }

    /// Asks the window that holds a moment, working it out first where it is not there.
    fn in_window<T>(&self, at: DateTime<Utc>, ask: impl FnOnce(&[Span]) -> T) -> T {
        if self.rules.is_none() {
            return ask(&[]);
        }
        let mut window = self.window.lock().unwrap_or_else(PoisonError::into_inner);
        let holds = window.as_ref().is_some_and(|known| known.from <= at && at + AHEAD <= known.to);
        if !holds {
            let to = at + WINDOW;
            *window = Some(Window { from: at, to, open: self.open_between(at, to).collect() });
        }
        ask(window.as_ref().map_or(&[], |window| &window.open))
    }

    fn open_from(&self, at: DateTime<Utc>) -> impl Iterator<Item = Span> {
        self.open_between(at, at + HORIZON)
    }

    fn open_between(&self, from: DateTime<Utc>, to: DateTime<Utc>) -> impl Iterator<Item = Span> + use<> {
        let ranges = self.rules.as_ref().map(|rules| {
            let zone = *rules.get_context().locale.get_timezone();
            rules.iter_range(from.with_timezone(&zone), to.with_timezone(&zone))
        });
        let open = ranges.into_iter().flatten().filter(|range| range.kind == RuleKind::Open);
        open.map(|range| (range.range.start.to_utc(), range.range.end.to_utc()))
    }
}

/// Returns the spans that end after a moment.
fn ahead(open: &[Span], at: DateTime<Utc>) -> &[Span] {
    open.get(open.partition_point(|(_, end)| *end <= at)..).unwrap_or_default()
}

/// Returns when a duration has run within spans, counted from a moment.
fn run(spans: impl Iterator<Item = Span>, at: DateTime<Utc>, mut left: TimeDelta) -> Option<DateTime<Utc>> {
    for (start, end) in spans {
        let start = start.max(at);
        if end - start >= left {
            return Some(start + left);
        }
        left -= end - start;
    }
    None
}

impl fmt::Debug for Hours {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Hours").field(&self.text).finish()
    }
}
