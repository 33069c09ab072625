//! What we read of an update: as little as we need, and nothing that could fail on what is new.

use serde::Deserialize;
use serde_json::value::RawValue;

use super::outbound::carried;
use crate::ids::ChatId;
use crate::intake::Given;
use crate::place::{self, Point};
use crate::record::Words;

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
/// Holds a chat and what the person typed, in a type that nobody reads unless a question asks for it. A shared
/// position is reduced here and goes no further.
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
        /// What a link to the start carries.
        payload: Option<String>,
    },
    /// Something else was sent.
    Typed(Typed),
}

/// Something that was typed or sent, perhaps in answer to a prompt.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct Typed {
    /// The messages that hold it.
    pub(super) messages: Vec<i32>,
    /// The prompts that it answers.
    pub(super) prompts: Vec<i32>,
    /// What it is.
    pub(super) given: Given,
    /// What the prompt carries that it answers.
    pub(super) sealed: Option<String>,
}

impl Typed {
    /// Takes what came next as said in one breath: Telegram cuts long messages in pieces.
    pub(super) fn fold(&mut self, next: &Self) {
        self.messages.extend_from_slice(&next.messages);
        self.prompts.extend_from_slice(&next.prompts);
        match (&mut self.given, &next.given) {
            (Given::Words(words), Given::Words(more)) => words.add(more),
            (Given::Words(_), Given::Position(_) | Given::Other) | (Given::Position(_), Given::Other) => {}
            (given @ (Given::Position(_) | Given::Other), _) => *given = next.given.clone(),
        }
        if self.sealed.is_none() {
            self.sealed.clone_from(&next.sealed);
        }
    }
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

    /// Reads a command at the beginning of a text. `/start@name CAMPAIGN` is `/start`, with a payload.
    fn read(text: &str) -> Option<(Self, Option<String>)> {
        let mut words = text.strip_prefix('/')?.split_whitespace();
        let word = words.next()?.split('@').next()?;
        let command = Self::ALL.into_iter().find(|command| command.word().eq_ignore_ascii_case(word))?;
        let payload = words.next().filter(|word| command == Self::Start && is_payload(word));
        Some((command, payload.map(str::to_owned)))
    }
}

/// What a link can carry (<https://core.telegram.org/bots/features#deep-linking>).
fn is_payload(word: &str) -> bool {
    word.len() <= 64 && word.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_' || b == b'-')
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
    #[serde(default, deserialize_with = "lenient")]
    location: Option<Location>,
    #[serde(default, rename = "reply_to_message", deserialize_with = "lenient")]
    answered: Option<Prompt>,
}

#[derive(Deserialize)]
struct Location {
    latitude: f64,
    longitude: f64,
}

/// The message that was answered, where it is one of our prompts.
#[derive(Deserialize)]
struct Prompt {
    message_id: i32,
    from: Sender,
    #[serde(default)]
    entities: Vec<Entity>,
}

#[derive(Deserialize)]
struct Entity {
    url: Option<String>,
}

/// Reads a part of an update that may have any shape; one that we cannot read is as good as none.
fn lenient<'de, D, T>(deserializer: D) -> Result<Option<T>, D::Error>
where
    D: serde::Deserializer<'de>,
    T: serde::de::DeserializeOwned,
{
    // As text, for it may be nested deeper than anything we would read.
    let value = Box::<RawValue>::deserialize(deserializer)?;
    Ok(serde_json::from_str(value.get()).ok())
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
        let from = self.from.as_ref()?;
        // Groups, channels and other bots are none of ours.
        (self.chat.kind == "private" && !from.is_bot).then_some(())?;
        let (chat, language) = (ChatId(self.chat.id), from.language_code.clone());
        let command = self.text.as_deref().and_then(Command::read);
        let what = match command {
            Some((command, payload)) => What::Command { message: self.id, command, payload },
            None => What::Typed(self.typed()),
        };
        Some(Happened { chat, language, what })
    }

    fn typed(self) -> Typed {
        let given = match (self.text, self.location) {
            (Some(text), _) => Given::Words(Words::new(text)),
            (None, Some(Location { latitude: lat, longitude: lon })) => {
                Given::Position(place::nearest(Point { lat, lon }))
            }
            (None, None) => Given::Other,
        };
        let prompt = self.answered.filter(|prompt| prompt.from.is_bot);
        let sealed = prompt.as_ref().and_then(|prompt| {
            prompt.entities.iter().find_map(|entity| Some(carried(entity.url.as_deref()?)?.to_owned()))
        });
        let prompts = prompt.iter().map(|prompt| prompt.message_id).collect();
        Typed { messages: vec![self.id], prompts, given, sealed }
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
