//! A line that the program prints: words of ours, and between them only what may stand there.
//!
//! A `String` may not: nobody knows any more who wrote it. [`line!`] takes words of the source, and values that are
//! [`Shown`]: closed ones such as numbers and ids, and [`Foreign`] for all that somebody else wrote.

use std::fmt;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use chrono::{DateTime, SecondsFormat, Utc};

use crate::desk::{self, DeskLine};
use crate::device::PublicKey;
use crate::directory::ServiceName;
use crate::foreign::{Foreign, MARK};
use crate::i18n::Catalog;
use crate::ids::{AssociationId, Country, Department, HandoffId};
use crate::locale::Locale;
use crate::message::Message;
use crate::record::Record;

/// What may stand in a line of ours.
#[diagnostic::on_unimplemented(
    message = "`{Self}` may hold words of somebody else",
    note = "show it as Foreign::name or Foreign::text"
)]
pub(super) trait Shown {
    /// Returns whether somebody else may have written it, or a part of it.
    fn is_foreign(&self) -> bool {
        false
    }

    /// Writes it into a line.
    fn show(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result;
}

/// A line to print; or several, where foreign words have several.
pub(super) struct Line {
    text: String,
    has_foreign: bool,
}

/// Makes a [`Line`] like `format!`, from words of the source and from values that are [`Shown`]. Values stand
/// behind the words, `line!("Written: {}", file)`: a name inside the braces would get past the check.
macro_rules! line {
    ($words:literal $(, $value:expr)* $(,)?) => {{
        const _: () = $crate::cli::line::has_no_names($words);
        $crate::cli::line::Line::of(
            $words,
            &[$($crate::cli::line::Shown::is_foreign(&$value)),*],
            format_args!($words $(, $crate::cli::line::Checked(&$value))*),
        )
    }};
}
pub(super) use line;

impl Line {
    /// Only [`line!`] calls this, for it has checked what it hands over.
    pub(super) fn of(words: &'static str, are_foreign: &[bool], said: fmt::Arguments<'_>) -> Self {
        let first_is_value = words.starts_with('{') && !words.starts_with("{{");
        let line = Self { text: said.to_string(), has_foreign: are_foreign.contains(&true) };
        if first_is_value && are_foreign.first() == Some(&true) { line.quoted() } else { line }
    }

    /// Lines that somebody else wrote, with the mark before each of them.
    pub(super) fn foreign(said: &Foreign) -> Self {
        Self { text: format!("{MARK}{said}"), has_foreign: true }
    }

    /// Puts the mark before words of ours as well: where they stand in what anybody could have written.
    pub(super) fn quoted(mut self) -> Self {
        if !self.text.starts_with(MARK) {
            self.text.insert_str(0, MARK);
        }
        self
    }

    /// Breaks rows that are longer than a terminal is wide, so that foreign words never flow into its first column.
    pub(super) fn folded(&self, columns: usize) -> String {
        if !self.has_foreign {
            return self.text.clone();
        }
        self.text.split('\n').map(|row| folded(row, columns)).collect::<Vec<_>>().join("\n")
    }
}

impl fmt::Display for Line {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl From<&'static str> for Line {
    fn from(words: &'static str) -> Self {
        Self { text: words.to_owned(), has_foreign: false }
    }
}

impl From<Said> for Line {
    fn from(said: Said) -> Self {
        Self { text: said.0, has_foreign: false }
    }
}

fn folded(row: &str, columns: usize) -> String {
    let begins = if row.starts_with(MARK) { MARK } else { "    " };
    let (mut rows, mut width) = (String::new(), 0);
    for word in row.split_inclusive(' ') {
        let fits = width + word.trim_end().chars().map(width_of).sum::<usize>() <= columns;
        let mut breaks = !fits && width > begins.chars().count();
        for c in word.chars() {
            if breaks || width + width_of(c) > columns {
                rows.push('\n');
                rows.push_str(begins);
                (breaks, width) = (false, begins.chars().count());
            }
            rows.push(c);
            width += width_of(c);
        }
    }
    rows
}

/// Returns how many columns a character takes at most. Many take fewer; then a row ends a little early.
const fn width_of(c: char) -> usize {
    if c < '\u{1100}' { 1 } else { 2 }
}

/// What the catalogs say, in one line: words of ours, and those that a message carries.
pub(super) struct Said(String);

impl Said {
    /// Says a message. It begins with words of ours, and whatever it carries is made fit to stand in a line.
    pub(super) fn new(catalog: &Catalog, locale: Locale, message: &Message) -> Self {
        Self::folded(&catalog.label(locale, message))
    }

    /// Says which request it is.
    pub(super) fn headline(catalog: &Catalog, locale: Locale, record: &Record) -> Self {
        Self::folded(&desk::headline(record, catalog, locale))
    }

    /// What a line of the desk is about.
    pub(super) fn label_of(line: &DeskLine) -> Self {
        Self::folded(&line.label)
    }

    /// What a line of the desk says where it stands alone: then the catalogs say all of it.
    pub(super) fn alone(line: &DeskLine) -> Option<Self> {
        line.label.is_empty().then(|| Self::folded(&line.value))
    }

    /// Returns how many characters it has.
    pub(super) fn length(&self) -> usize {
        self.0.chars().count()
    }

    fn folded(said: &str) -> Self {
        Self(Foreign::name(said).to_string())
    }
}

/// A value on its way into a line.
pub(super) struct Checked<'a, T: ?Sized>(pub(super) &'a T);

impl<T: Shown + ?Sized> fmt::Display for Checked<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.show(f)
    }
}

/// Stops the compiler where braces hold a name: `{name}` would be shown without a check.
pub(super) const fn has_no_names(words: &str) {
    let mut rest = words.as_bytes();
    while let Some((byte, after)) = rest.split_first() {
        rest = after;
        if *byte == b'{' {
            let Some((next, after)) = rest.split_first() else { return };
            assert!(matches!(*next, b'{' | b'}' | b':'), "values of a line stand behind its words");
            rest = after;
        }
    }
}

impl Shown for Foreign {
    fn is_foreign(&self) -> bool {
        true
    }

    fn show(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// The name of a file is often somebody else's: it came with a message.
impl Shown for Path {
    fn is_foreign(&self) -> bool {
        true
    }

    fn show(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        Foreign::name(&self.to_string_lossy()).show(f)
    }
}

impl Shown for PathBuf {
    fn is_foreign(&self) -> bool {
        true
    }

    fn show(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.as_path().show(f)
    }
}

impl<T: Shown + ?Sized> Shown for &T {
    fn is_foreign(&self) -> bool {
        (**self).is_foreign()
    }

    fn show(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        (**self).show(f)
    }
}

impl Shown for &'static str {
    fn show(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self)
    }
}

/// A part of a line that is a line already.
impl Shown for Line {
    fn is_foreign(&self) -> bool {
        self.has_foreign
    }

    fn show(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.text)
    }
}

/// Nothing where there is nothing.
impl<T: Shown> Shown for Option<T> {
    fn is_foreign(&self) -> bool {
        self.as_ref().is_some_and(Shown::is_foreign)
    }

    fn show(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.as_ref().map_or(Ok(()), |value| value.show(f))
    }
}

impl Shown for Said {
    fn show(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

/// Values of a closed form: none of them can hold a sentence.
macro_rules! closed {
    ($($name:ty),+ $(,)?) => {
        $(impl Shown for $name {
            fn show(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.pad(&self.to_string())
            }
        })+
    };
}
closed!(
    AssociationId,
    HandoffId,
    Country,
    Department,
    SocketAddr,
    ServiceName,
    age::x25519::Recipient,
    PublicKey,
    u8,
    u32,
    u64,
    usize,
);

impl Shown for DateTime<Utc> {
    fn show(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.to_rfc3339_opts(SecondsFormat::Secs, true))
    }
}
