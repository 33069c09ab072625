//! The one door to the terminal: what a command prints, and how it says that something is wrong.

use std::any::Any;
use std::fmt;
use std::io::{self, IsTerminal, Write};

use super::line::{Line, line};
use crate::config::ConfigFaults;
use crate::directory::Faults;
use crate::foreign::{Foreign, escaped};

/// How many columns of a terminal are used. Nearly every terminal has 80 or more.
const COLUMNS: usize = 78;

/// A command that ended in a fault: a sentence or more for whoever typed it. Never empty.
///
/// Whatever a fault says may repeat what a server or a file said, so each sentence is [`Foreign`]: it steers no
/// terminal, and its further lines bear the mark.
#[derive(Debug)]
pub struct Failure(Vec<Foreign>);

impl Failure {
    /// Says one thing that is wrong.
    #[must_use]
    pub fn one(says: impl fmt::Display) -> Self {
        Self(vec![Foreign::text(&says.to_string())])
    }

    /// Says everything that is wrong.
    #[must_use]
    pub fn all(says: Vec<String>) -> Self {
        Self(says.into_iter().map(|says| Foreign::text(&says)).collect())
    }

    /// Returns the sentences.
    #[must_use]
    pub fn sentences(&self) -> &[Foreign] {
        &self.0
    }

    /// Says it on standard error.
    pub fn complain(&self) {
        for says in &self.0 {
            write(io::stderr().lock(), &line!("relais: {}", says));
        }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sentences: Vec<String> = self.0.iter().map(ToString::to_string).collect();
        f.write_str(&sentences.join("\n"))
    }
}

impl std::error::Error for Failure {}

/// Turns any fault of a lower part into what the operator reads.
pub(super) fn failed(fault: impl fmt::Display + 'static) -> Failure {
    Failure::all(sentences(&fault))
}

/// Returns what a fault says: a sentence, or one for each where it is a list of faults. Every other line break in
/// it may come from a file or from a server.
pub(super) fn sentences<T: fmt::Display + 'static>(fault: &T) -> Vec<String> {
    let any: &dyn Any = fault;
    if let Some(Faults(faults)) = any.downcast_ref() {
        faults.iter().map(ToString::to_string).collect()
    } else if let Some(ConfigFaults(faults)) = any.downcast_ref() {
        faults.iter().map(ToString::to_string).collect()
    } else {
        vec![fault.to_string()]
    }
}

/// Prints a line of what was asked for.
pub(super) fn show(line: impl Into<Line>) {
    write(io::stdout().lock(), &line.into());
}

fn write(mut out: impl Write + IsTerminal, line: &Line) {
    // Whoever closed the pipe does not want the rest. Without a place to complain, the exit code says it.
    let _ = if out.is_terminal() {
        writeln!(out, "{}", line.folded(COLUMNS))
    } else {
        // A program that reads this wants each line whole.
        writeln!(out, "{line}")
    };
}

/// Prints a value as JSON on one line, with every character in it that shows nothing written out.
pub(super) fn print_json(value: &impl serde::Serialize) {
    if let Ok(line) = serde_json::to_string(value) {
        print_document(&escaped(&line));
    }
}

/// Prints a value as JSON over several lines, for people who read it and programs alike.
pub(super) fn print_pretty(value: &impl serde::Serialize) {
    if let Ok(text) = serde_json::to_string_pretty(value) {
        print_document(&escaped(&text));
    }
}

/// Prints a whole document of ours for another program: JSON, or a page.
pub(super) fn print_document(document: &str) {
    let _ = writeln!(io::stdout().lock(), "{document}");
}
