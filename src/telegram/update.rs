//! What we read of an update: as little as we need, and nothing that could fail on what is new.

use serde::Deserialize;
use serde_json::value::RawValue;

use crate::ids::ChatId;

/// An update as it came, with its id. What it says is read later, so that an unknown kind still counts.
pub(super) struct RawUpdate {
    /// Its number: rising, and used to confirm it.
    pub(super) id: i64,
    /// What happened, where it is something we know.
    pub(super) happened: Option<Happened>,
}

/// Something that happened in a chat with one person.
///
/// # Privacy
/// Holds a chat and at most one word that a person typed: a command. Everything else that they typed is
/// never read.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct Happened {
    /// The chat.
    pub(super) chat: ChatId,
    /// The language of the phone, as Telegram tells it.
    pub(super) language: Option<String>,
    /// What it was.
    pub(super) what: What,
}

/// What happened.
#[derive(Clone, PartialEq, Eq)]
pub(super) enum What {
    /// A button was tapped.
    Tap {
        /// Names the tap, to answer it.
        query: String,
        /// The message that holds the button.
        message: Option<i32>,
        /// What the button carries.
        sealed: String,
    },
    /// A command was sent.
    Command {
        /// The message that holds it.
        message: i32,
        /// Which one.
        command: Command,
    },
    /// Something else was sent.
    Typed {
        /// The message that holds it.
        message: i32,
    },
}

/// A command of the bot's menu.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Command {
    /// `/start`, also with a campaign behind it.
    Start,
    /// `/menu`.
    Menu,
    /// `/clear`.
    Clear,
    /// `/language`.
    Language,
    /// `/privacy`.
    Privacy,
}

impl Command {
    /// Every command, in the order of the menu.
    pub const ALL: [Self; 5] = [Self::Start, Self::Menu, Self::Language, Self::Privacy, Self::Clear];

    /// Returns the word without its slash.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Start => "start",
            Self::Menu => "menu",
            Self::Clear => "clear",
            Self::Language => "language",
            Self::Privacy => "privacy",
        }
    }

    /// Reads a command at the beginning of a text. `/start@name CAMPAIGN` is `/start`.
    fn read(text: &str) -> Option<Self> {
        let word = text.strip_prefix('/')?.split(|c: char| c.is_whitespace() || c == '@').next()?;
        Self::ALL.into_iter().find(|command| command.word().eq_ignore_ascii_case(word))
    }
}

#[derive(Deserialize)]
struct Numbered {
    update_id: i64,
}

#[derive(Deserialize)]
struct Body {
    message: Option<Message>,
    callback_query: Option<CallbackQuery>,
}

#[derive(Deserialize)]
struct Message {
    #[serde(rename = "message_id")]
    id: i32,
    chat: Chat,
    from: Option<Sender>,
    text: Option<String>,
}

#[derive(Deserialize)]
struct Chat {
    id: i64,
    #[serde(rename = "type", default)]
    kind: String,
}

#[derive(Deserialize)]
struct Sender {
    id: i64,
    #[serde(default)]
    is_bot: bool,
    language_code: Option<String>,
}

#[derive(Deserialize)]
struct CallbackQuery {
    id: String,
    from: Sender,
    message: Option<Holder>,
    data: Option<String>,
}

/// The message that holds a button; Telegram leaves out the rest where it is old.
#[derive(Deserialize)]
struct Holder {
    message_id: i32,
    chat: Chat,
}

impl RawUpdate {
    /// Reads an update; `None` only where it does not even have a number.
    pub(super) fn read(json: &RawValue) -> Option<Self> {
        let id = serde_json::from_str::<Numbered>(json.get()).ok()?.update_id;
        let happened = serde_json::from_str::<Body>(json.get()).ok().and_then(Body::happened);
        Some(Self { id, happened })
    }
}

impl Body {
    fn happened(self) -> Option<Happened> {
        if let Some(query) = self.callback_query {
            return query.happened();
        }
        self.message?.happened()
    }
}

impl Message {
    fn happened(self) -> Option<Happened> {
        let from = self.from?;
        // Groups, channels and other bots are none of ours.
        (self.chat.kind == "private" && !from.is_bot).then_some(())?;
        let command = self.text.as_deref().and_then(Command::read);
        let what = match command {
            Some(command) => What::Command { message: self.id, command },
            None => What::Typed { message: self.id },
        };
        Some(Happened { chat: ChatId(self.chat.id), language: from.language_code, what })
    }
}

impl CallbackQuery {
    fn happened(self) -> Option<Happened> {
        // Telegram may leave the message out; in a private chat the chat has the person's own id.
        let chat = match &self.message {
            Some(holder) if holder.chat.kind != "private" && !holder.chat.kind.is_empty() => return None,
            Some(holder) => holder.chat.id,
            None => self.from.id,
        };
        let what = What::Tap {
            query: self.id,
            message: self.message.map(|holder| holder.message_id),
            sealed: self.data.unwrap_or_default(),
        };
        Some(Happened { chat: ChatId(chat), language: self.from.language_code, what })
    }
}
