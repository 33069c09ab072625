//! Chats and messages as the phone shows them, and as the bot is told about them.

use chrono::{DateTime, Utc};
use serde::Serialize;
use serde_json::{Map, Value, json};

/// A message as the phone shows it.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[expect(clippy::struct_excessive_bools, reason = "each is a mark that a phone shows")]
pub struct Message {
    /// Its id.
    pub id: i32,
    /// The bot wrote it.
    pub from_bot: bool,
    /// The text or caption.
    pub text: String,
    /// Where the text is more than text, in UTF-16 units.
    pub entities: Vec<Value>,
    /// The buttons under it, row by row.
    pub buttons: Vec<Vec<Button>>,
    /// It asks for an answer in the text field.
    pub prompt: Option<Prompt>,
    /// What it answers.
    pub reply_to: Option<i32>,
    /// What hangs on it.
    pub attachment: Option<Attachment>,
    /// It was changed.
    pub edited: bool,
    /// It came without a sound.
    pub silent: bool,
    /// It can be neither forwarded nor saved.
    pub protected: bool,
    /// When it was sent.
    pub at: DateTime<Utc>,
    #[serde(skip)]
    pub(super) markup: Option<Value>,
}

/// A button under a message.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Button {
    /// What stands on it.
    pub text: String,
    /// What a tap sends back.
    pub data: Option<String>,
    /// What a tap opens.
    pub url: Option<String>,
}

/// A prompt for an answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Prompt {
    /// What the empty field shows.
    pub placeholder: Option<String>,
}

/// What hangs on a message.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Attachment {
    /// `document`, `photo`, `voice`, `contact`, `location` or another of Telegram's words.
    pub kind: String,
    /// Names the file, to load it.
    pub file: Option<String>,
    /// The file's name.
    pub name: Option<String>,
    /// Its size in bytes.
    pub size: usize,
}

impl Message {
    pub(super) fn new(id: i32, from_bot: bool, at: DateTime<Utc>) -> Self {
        Self {
            id,
            from_bot,
            text: String::new(),
            entities: Vec::new(),
            buttons: Vec::new(),
            prompt: None,
            reply_to: None,
            attachment: None,
            edited: false,
            silent: false,
            protected: false,
            at,
            markup: None,
        }
    }

    /// Takes the markup of a call: an inline keyboard, or a prompt.
    pub(super) fn dress(&mut self, markup: Option<&Value>) {
        let rows = markup.and_then(|markup| markup.get("inline_keyboard")).and_then(Value::as_array);
        self.buttons = rows.into_iter().flatten().map(row_of).collect();
        self.buttons.retain(|row| !row.is_empty());
        self.markup = markup.filter(|_| !self.buttons.is_empty()).cloned();
        self.prompt = markup.filter(|markup| markup.get("force_reply").is_some()).map(|markup| Prompt {
            placeholder: markup.get("input_field_placeholder").and_then(Value::as_str).map(str::to_owned),
        });
    }

    /// Returns every button, row by row.
    pub fn all_buttons(&self) -> impl Iterator<Item = &Button> {
        self.buttons.iter().flatten()
    }
}

fn row_of(row: &Value) -> Vec<Button> {
    let text = |button: &Value, name: &str| button.get(name).and_then(Value::as_str).map(str::to_owned);
    let button = |button: &Value| Button {
        text: text(button, "text").unwrap_or_default(),
        data: text(button, "callback_data"),
        url: text(button, "url"),
    };
    row.as_array().into_iter().flatten().map(button).collect()
}

/// A chat with the bot.
#[derive(Clone, Debug)]
pub(super) struct Chat {
    pub(super) id: i64,
    pub(super) is_group: bool,
    pub(super) language: Option<String>,
    pub(super) blocked: bool,
    pub(super) migrated_to: Option<i64>,
    pub(super) messages: Vec<Message>,
}

impl Chat {
    pub(super) const fn new(id: i64, is_group: bool, language: Option<String>) -> Self {
        Self { id, is_group, language, blocked: false, migrated_to: None, messages: Vec::new() }
    }

    pub(super) fn message(&self, id: i32) -> Option<&Message> {
        self.messages.iter().find(|message| message.id == id)
    }

    pub(super) fn message_mut(&mut self, id: i32) -> Option<&mut Message> {
        self.messages.iter_mut().find(|message| message.id == id)
    }

    /// Returns the chat as the bot is told about it.
    pub(super) fn card(&self) -> Value {
        if self.is_group {
            let kind = if self.id < -1_000_000_000_000 { "supergroup" } else { "group" };
            json!({ "id": self.id, "type": kind, "title": "Volunteers" })
        } else {
            json!({ "id": self.id, "type": "private", "first_name": "Someone" })
        }
    }

    /// Returns the person as the bot is told about them.
    pub(super) fn person(&self) -> Value {
        let mut person = json!({ "id": self.id.abs(), "is_bot": false, "first_name": "Someone" });
        if let (Some(language), Some(person)) = (&self.language, person.as_object_mut()) {
            person.insert("language_code".to_owned(), language.clone().into());
        }
        person
    }

    /// Returns a message as the bot is told about it.
    pub(super) fn tell(&self, message: &Message) -> Value {
        let mut told = self.tell_alone(message);
        if let Some(answered) = message.reply_to.and_then(|id| self.message(id)) {
            told.insert("reply_to_message".to_owned(), self.tell_alone(answered).into());
        }
        told.into()
    }

    fn tell_alone(&self, message: &Message) -> Map<String, Value> {
        let mut told = Map::new();
        let mut put = |name: &str, value: Value| told.insert(name.to_owned(), value);
        put("message_id", message.id.into());
        put("date", message.at.timestamp().into());
        put("chat", self.card());
        put("from", if message.from_bot { bot_card() } else { self.person() });
        if message.edited {
            put("edit_date", message.at.timestamp().into());
        }
        let has_file = message.attachment.is_some();
        if !message.text.is_empty() {
            put(if has_file { "caption" } else { "text" }, message.text.clone().into());
        }
        if !message.entities.is_empty() {
            put(if has_file { "caption_entities" } else { "entities" }, message.entities.clone().into());
        }
        if let Some(attachment) = &message.attachment {
            put(&attachment.kind, attachment.told());
        }
        if let Some(markup) = &message.markup {
            put("reply_markup", markup.clone());
        }
        told
    }
}

impl Attachment {
    fn told(&self) -> Value {
        let file = self.file.clone().unwrap_or_else(|| "file".to_owned());
        let size = self.size;
        match self.kind.as_str() {
            "photo" => {
                json!([{ "file_id": file, "file_unique_id": file, "width": 640, "height": 480, "file_size": size }])
            }
            "voice" => json!({ "file_id": file, "file_unique_id": file, "duration": 3, "file_size": size }),
            "contact" => json!({ "phone_number": "+33000000000", "first_name": "Someone" }),
            "location" => json!({ "latitude": 45.76, "longitude": 4.84 }),
            _ => {
                json!({ "file_id": file, "file_unique_id": file, "file_name": self.name, "file_size": size })
            }
        }
    }
}

/// Returns the bot as everybody is told about it.
pub(super) fn bot_card() -> Value {
    json!({ "id": 4_242, "is_bot": true, "first_name": "Relais", "username": "relais_demo_bot" })
}
