//! Words that somebody else wrote, made fit to stand on a terminal beside words of ours.
//!
//! A server, a person, a colleague or another association can write whatever they like. A terminal obeys some
//! characters instead of showing them, shows nothing for others, and shows a line of theirs like a line of ours.
//! What comes out of here holds none of these: it can be read, and it cannot pass for what the program says.

use std::fmt::{self, Write as _};

use unicode_normalization::char::is_combining_mark;

/// What stands before each line of foreign words that begins a line of the terminal.
pub const MARK: &str = "│ ";
/// The longest name, state or title, in characters.
const LONGEST_NAME: usize = 300;
/// The longest text, in characters: as many as the largest token has bytes.
const LONGEST_TEXT: usize = 16 << 10;
/// How many marks may stand on one letter. Scripts need three or four; a tower of them hides the lines above.
const MARKS_ON_A_LETTER: usize = 6;
/// Stands for what a terminal would have obeyed, so that a reader sees that something was there.
const TAKEN_OUT: char = '\u{FFFD}';
/// Carries a mark that has no letter to stand on, so that it does not change what stands before it.
const CARRIER: char = '◌';

/// Foreign words without anything that a terminal obeys or hides. They are shown with a mark before each line but
/// the first, which stands behind words of ours.
///
/// # Privacy
/// Holds what a person may have said: for a volunteer's own screen only.
#[derive(Clone, PartialEq, Eq)]
pub struct Foreign(String);

redacted!(Foreign);

impl Foreign {
    /// Takes what stands in one line, such as a name, a state or a title. A line break in it is shown as `⏎`.
    #[must_use]
    pub fn name(said: &str) -> Self {
        Self(cleaned(said, LONGEST_NAME).replace('\n', " ⏎ "))
    }

    /// Takes what may have several lines, such as a note.
    #[must_use]
    pub fn text(said: &str) -> Self {
        Self(cleaned(said, LONGEST_TEXT))
    }

    /// Returns whether there are several lines.
    #[must_use]
    pub fn has_lines(&self) -> bool {
        self.0.contains('\n')
    }
}

impl fmt::Display for Foreign {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0.replace('\n', &format!("\n{MARK}")))
    }
}

/// Returns JSON in which every character shows itself: what does not is written as `\u` and four hexadecimal digits,
/// which is the same value. `serde_json` does so for the controls of ASCII alone.
#[must_use]
pub fn escaped(json: &str) -> String {
    let mut shown = String::with_capacity(json.len());
    for c in json.chars() {
        if c == '\n' || (shows_itself(c) && !joins(c)) {
            shown.push(c);
        } else {
            let mut units = [0; 2];
            for unit in c.encode_utf16(&mut units) {
                // Writing to a String cannot fail.
                let _ = write!(shown, "\\u{unit:04x}");
            }
        }
    }
    shown
}

/// Takes out what a terminal obeys or hides, and begins a new line only with `\n`.
fn cleaned(said: &str, longest: usize) -> String {
    let mut clean = String::new();
    let mut marks = MARKS_ON_A_LETTER;
    let mut chars = said.trim().chars().peekable();
    let mut length = 0;
    while let Some(c) = chars.next() {
        if length == longest {
            let more = chars.count() + 1;
            // Writing to a String cannot fail.
            let _ = write!(clean, "… (cut: {more} more characters)");
            break;
        }
        length += 1;
        if c == '\r' && chars.peek() == Some(&'\n') {
            continue;
        }
        let ends = ends_line(c);
        let begins = clean.is_empty() || clean.ends_with('\n');
        match c {
            _ if ends => clean.push('\n'),
            '\t' => clean.push(' '),
            _ if is_combining_mark(c) && shows_itself(c) => {
                marks += 1;
                if begins {
                    clean.push(CARRIER);
                }
                if begins || marks <= MARKS_ON_A_LETTER {
                    clean.push(c);
                }
                continue;
            }
            _ if shows_itself(c) => clean.push(c),
            _ if is_hidden(c) => continue,
            _ => clean.push(TAKEN_OUT),
        }
        marks = 0;
    }
    clean
}

/// Returns whether some terminal or some reader begins a new line here.
const fn ends_line(c: char) -> bool {
    matches!(c, '\n' | '\r' | '\u{B}' | '\u{C}' | '\u{1C}'..='\u{1E}' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

/// Returns whether this joins or parts letters that scripts join: Persian and the scripts of India need it.
const fn joins(c: char) -> bool {
    matches!(c, '\u{200C}' | '\u{200D}')
}

fn shows_itself(c: char) -> bool {
    !c.is_control() && !ends_line(c) && !is_hidden(c) && !means_nothing(c)
}

/// Returns whether this is for a reader's machine and not for their eyes: directions, joins, tags, fillers and other
/// characters of no width. From Unicode's general category Cf and its property `Default_Ignorable_Code_Point`,
/// without what scripts need: ZWJ, ZWNJ, the variation selectors of Mongolian and of emoji, and the signs of Arabic,
/// Syriac and Kaithi that are written before a number.
const fn is_hidden(c: char) -> bool {
    matches!(
        c,
        '\u{AD}'
            | '\u{34F}'
            | '\u{61C}'
            | '\u{115F}'
            | '\u{1160}'
            | '\u{17B4}'
            | '\u{17B5}'
            | '\u{180E}'
            | '\u{200B}'
            | '\u{200E}'
            | '\u{200F}'
            | '\u{202A}'..='\u{202E}'
            | '\u{2060}'..='\u{206F}'
            | '\u{3164}'
            | '\u{FEFF}'
            | '\u{FFA0}'
            | '\u{FFF0}'..='\u{FFFB}'
            | '\u{13430}'..='\u{1343F}'
            | '\u{1BCA0}'..='\u{1BCA3}'
            | '\u{1D173}'..='\u{1D17A}'
            | '\u{E0000}'..='\u{E0FFF}'
    )
}

/// Returns whether nobody but the maker of a font knows what this is: for private use, or no character at all.
const fn means_nothing(c: char) -> bool {
    matches!(c, '\u{E000}'..='\u{F8FF}' | '\u{FDD0}'..='\u{FDEF}' | '\u{F0000}'..='\u{10FFFF}')
        || (c as u32) & 0xFFFE == 0xFFFE
}
