//! What is wrong with a configuration.

use std::fmt;

/// One fault, with what to do about it. Holds no value that was set, for it may be a secret.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConfigFault {
    /// The setting, such as `telegram.token_file`, or the file.
    pub at: String,
    /// What is wrong, and what to do.
    pub says: String,
}

impl fmt::Display for ConfigFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.at, self.says)
    }
}

/// Every fault that was found; never empty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConfigFaults(pub Vec<ConfigFault>);

impl ConfigFaults {
    /// Returns one fault alone.
    #[must_use]
    pub fn one(at: impl Into<String>, says: impl Into<String>) -> Self {
        Self(vec![ConfigFault { at: at.into(), says: says.into() }])
    }
}

impl fmt::Display for ConfigFaults {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let lines: Vec<String> = self.0.iter().map(ToString::to_string).collect();
        f.write_str(&lines.join("\n"))
    }
}

impl std::error::Error for ConfigFaults {}
