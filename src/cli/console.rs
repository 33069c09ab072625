//! What a command prints, and how it says that something is wrong.

use std::fmt;
use std::io::{self, Write as _};

/// A command that ended in a fault: a sentence or more for whoever typed it. Never empty.
#[derive(Debug)]
pub struct Failure(Vec<String>);

impl Failure {
    /// Says what is wrong, a sentence a line.
    #[must_use]
    pub fn one(says: impl fmt::Display) -> Self {
        Self(says.to_string().lines().map(str::to_owned).collect())
    }

    /// Says everything that is wrong.
    #[must_use]
    pub const fn all(says: Vec<String>) -> Self {
        Self(says)
    }

    /// Returns the sentences.
    #[must_use]
    pub fn lines(&self) -> &[String] {
        &self.0
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.join("\n"))
    }
}

impl std::error::Error for Failure {}

/// Turns any fault of a lower part into what the operator reads.
pub(super) fn failed(fault: impl fmt::Display) -> Failure {
    Failure::one(fault)
}

/// Prints a line of what was asked for.
pub(super) fn print(line: impl fmt::Display) {
    // Whoever closed the pipe does not want the rest.
    let _ = writeln!(io::stdout().lock(), "{line}");
}

/// Prints a value as JSON on one line.
pub(super) fn print_json(value: &impl serde::Serialize) {
    if let Ok(line) = serde_json::to_string(value) {
        print(line);
    }
}
