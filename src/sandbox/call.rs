//! What the bot called, and how it was answered.

use std::time::Instant;

use serde_json::{Map, Value};

/// One call of the bot.
#[derive(Clone, Debug)]
pub struct Call {
    /// The method, spelt as the Bot API spells it.
    pub method: String,
    /// Its parameters; of files only their names.
    pub parameters: Map<String, Value>,
    /// The code it was answered with; 0 where the connection was cut instead.
    pub code: u16,
    /// When it came.
    pub at: Instant,
}

impl Call {
    /// Returns the chat it was about.
    #[must_use]
    pub fn chat(&self) -> Option<i64> {
        self.parameters.get("chat_id").and_then(Value::as_i64)
    }

    /// Returns a parameter that is a text.
    #[must_use]
    pub fn text(&self, name: &str) -> Option<&str> {
        self.parameters.get(name).and_then(Value::as_str)
    }
}

/// A breach of the rules of the Bot API.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Violation {
    /// The method that was called.
    pub method: String,
    /// What was wrong with the call.
    pub what: String,
}
