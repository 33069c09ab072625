//! What the bot makes of an update, for whoever has to try its reading with updates of their own.

use std::fmt;

use serde_json::value::RawValue;

use super::update::{Command, Happened, RawUpdate, What};
use crate::ids::ChatId;
use crate::intake::Given;

/// What the bot makes of an update.
///
/// # Privacy
/// Holds a chat and what was typed; `Debug` shows neither.
#[derive(Clone, PartialEq, Eq)]
pub enum Understood {
    /// Nothing it knows, or nothing of one person's own chat: the update is confirmed, and that is all.
    Nothing,
    /// A button was tapped.
    Tap {
        /// The chat.
        chat: ChatId,
        /// What the button carries.
        sealed: String,
    },
    /// A command was sent.
    Command {
        /// The chat.
        chat: ChatId,
        /// Which one.
        command: Command,
    },
    /// Something else was sent.
    Typed {
        /// The chat.
        chat: ChatId,
        /// What it is.
        given: Given,
        /// What the prompt carries that it answers.
        sealed: Option<String>,
    },
}

impl Understood {
    /// Reads an update as polling and the webhook do; its number comes with it. Nothing where it has none.
    #[must_use]
    pub fn read(json: &str) -> Option<(i64, Self)> {
        let raw: &RawValue = serde_json::from_str(json).ok()?;
        let RawUpdate { id, happened } = RawUpdate::read(raw)?;
        Some((id, happened.map_or(Self::Nothing, Self::of)))
    }

    fn of(happened: Happened) -> Self {
        let chat = happened.chat;
        match happened.what {
            What::Tap { sealed, .. } => Self::Tap { chat, sealed },
            What::Command { command, .. } => Self::Command { chat, command },
            What::Typed(typed) => Self::Typed { chat, given: typed.given, sealed: typed.sealed },
        }
    }
}

impl fmt::Debug for Understood {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Nothing => "Nothing",
            Self::Tap { .. } => "Tap(…)",
            Self::Command { .. } => "Command(…)",
            Self::Typed { .. } => "Typed(…)",
        })
    }
}
