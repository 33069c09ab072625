//! The person's side: a phone with one chat, and groups of volunteers.

use chrono::TimeDelta;
use serde_json::{Value, json};

use super::Sandbox;
use super::chat::{Attachment, Button, Message};
use super::world::State;

/// What was waited for did not come true in time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("what was waited for did not happen in time")]
pub struct NotInTime;

/// The phone shows no such button.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the phone shows no such button")]
pub struct NoSuchButton;

/// A phone with a chat open; clones are the same phone.
#[derive(Clone, Debug)]
pub struct Phone {
    sandbox: Sandbox,
    /// The chat, which is also the id of the person.
    pub chat: i64,
}

#[expect(clippy::must_use_candidate, reason = "an act counts by itself; its number only sometimes")]
impl Phone {
    pub(super) const fn new(sandbox: Sandbox, chat: i64) -> Self {
        Self { sandbox, chat }
    }

    fn change<T>(&self, change: impl FnOnce(&mut State) -> T) -> T {
        self.sandbox.world.change(change)
    }

    /// Returns everything in the chat, oldest first.
    pub fn messages(&self) -> Vec<Message> {
        self.sandbox
            .world
            .look(|state| state.chats.get(&self.chat).map_or_else(Vec::new, |chat| chat.messages.clone()))
    }

    /// Returns the newest message of the bot.
    pub fn newest(&self) -> Option<Message> {
        self.messages().into_iter().rev().find(|message| message.from_bot)
    }

    /// Sends a text or a command; returns the id of the message.
    pub fn send_text(&self, text: &str) -> i32 {
        self.change(|state| state.say(self.chat, |message| write(message, text)))
    }

    /// Answers a message, such as a prompt, with a text.
    pub fn reply(&self, to: i32, text: &str) -> i32 {
        self.change(|state| {
            state.say(self.chat, |message| {
                write(message, text);
                message.reply_to = Some(to);
            })
        })
    }

    /// Answers the newest prompt with a text, as the phone's text field does.
    pub fn answer_prompt(&self, text: &str) -> Option<i32> {
        let prompts = self.messages().into_iter().rev();
        let prompt = prompts.into_iter().find(|message| message.from_bot && message.prompt.is_some())?;
        Some(self.reply(prompt.id, text))
    }

    /// Sends something that is no text: `photo`, `voice`, `contact`, `location` or `document`.
    pub fn send_attachment(&self, kind: &str) -> i32 {
        let attachment = Attachment { kind: kind.to_owned(), file: None, name: None, size: 1_000 };
        self.change(|state| state.say(self.chat, |message| message.attachment = Some(attachment)))
    }

    /// Taps the first button whose label holds these words, on the newest message that has one.
    ///
    /// # Errors
    /// Returns that there is none.
    pub fn tap(&self, label: &str) -> Result<String, NoSuchButton> {
        self.tap_where(|button, _| button.text.contains(label))
    }

    /// Taps the button at this place, counted row by row from 0, on the newest message that has buttons.
    ///
    /// # Errors
    /// Returns that there is none.
    pub fn tap_nth(&self, place: usize) -> Result<String, NoSuchButton> {
        self.tap_where(|_, at| at == place)
    }

    fn tap_where(&self, mut fits: impl FnMut(&Button, usize) -> bool) -> Result<String, NoSuchButton> {
        let found = self.messages().into_iter().rev().find_map(|message| {
            let mut buttons = message.all_buttons().enumerate();
            let data = buttons.find(|(at, button)| fits(button, *at))?.1.data.clone()?;
            Some((message.id, data))
        });
        let (message, data) = found.ok_or(NoSuchButton)?;
        self.tap_sealed(message, &data)
    }

    /// Sends a tap with this content, whatever the message shows.
    ///
    /// # Errors
    /// Returns that there is no such chat.
    pub fn tap_sealed(&self, message: i32, data: &str) -> Result<String, NoSuchButton> {
        self.change(|state| state.tap(self.chat, message, data)).ok_or(NoSuchButton)
    }

    /// Sets the phone to another language.
    pub fn set_language(&self, language: Option<&str>) {
        self.change(|state| {
            if let Some(chat) = state.chats.get_mut(&self.chat) {
                chat.language = language.map(str::to_owned);
            }
        });
    }

    /// Blocks the bot, or takes that back; the bot is told.
    pub fn set_blocked(&self, blocked: bool) {
        self.change(|state| {
            let now = state.now.timestamp();
            let Some(chat) = state.chats.get_mut(&self.chat) else { return };
            chat.blocked = blocked;
            let status = if blocked { "kicked" } else { "member" };
            let content = json!({ "chat": chat.card(), "from": chat.person(), "date": now,
                "new_chat_member": { "status": status, "user": super::chat::bot_card() } });
            state.push("my_chat_member", &content);
        });
    }

    /// Deletes a message on the phone, for both sides.
    pub fn delete(&self, id: i32) {
        self.change(|state| {
            if let Some(chat) = state.chats.get_mut(&self.chat) {
                chat.messages.retain(|message| message.id != id);
            }
        });
    }

    /// Makes everything in the chat so much older.
    pub fn age(&self, by: TimeDelta) {
        self.change(|state| {
            if let Some(chat) = state.chats.get_mut(&self.chat) {
                chat.messages.iter_mut().for_each(|message| message.at -= by);
            }
        });
    }

    /// Tells the bot that this happened in the chat, as it is: `{"message": {…}}` with the chat filled in.
    pub fn push_message(&self, mut fields: Value) -> i64 {
        self.change(|state| {
            let id = state.next_message_id();
            let now = state.now.timestamp();
            if let (Some(chat), Some(fields)) = (state.chats.get(&self.chat), fields.as_object_mut()) {
                let mut put = |name: &str, value: Value| {
                    fields.entry(name).or_insert(value);
                };
                put("message_id", id.into());
                put("date", now.into());
                put("chat", chat.card());
                put("from", chat.person());
            }
            state.push_raw(json!({ "message": fields }))
        })
    }

    /// Waits until the chat shows what is asked for.
    ///
    /// # Errors
    /// [`NotInTime`] after twenty seconds.
    pub async fn until<T>(&self, mut look: impl FnMut(&[Message]) -> Option<T>) -> Result<T, NotInTime> {
        self.sandbox.until(|_| look(&self.messages())).await
    }
}

/// Writes a text, with the mark that Telegram puts on a command.
fn write(message: &mut Message, text: &str) {
    text.clone_into(&mut message.text);
    if text.starts_with('/') {
        let word = text.split_whitespace().next().unwrap_or_default();
        let length = word.encode_utf16().count();
        message.entities = vec![json!({ "type": "bot_command", "offset": 0, "length": length })];
    }
}

/// A group of volunteers that the bot writes to; clones are the same group.
#[derive(Clone, Debug)]
pub struct Group {
    sandbox: Sandbox,
    /// The group's chat.
    pub chat: i64,
}

#[expect(clippy::must_use_candidate, reason = "an act counts by itself; its number only sometimes")]
impl Group {
    pub(super) const fn new(sandbox: Sandbox, chat: i64) -> Self {
        Self { sandbox, chat }
    }

    /// Returns everything in the group, oldest first.
    pub fn messages(&self) -> Vec<Message> {
        self.as_phone().messages()
    }

    /// Writes something in the group, as one of its people does.
    pub fn send_text(&self, text: &str) -> i32 {
        self.as_phone().send_text(text)
    }

    /// Makes the group another chat, as Telegram does when a group becomes a supergroup.
    #[must_use]
    pub fn migrate_to(&self, new: i64) -> Self {
        self.sandbox.world.change(|state| {
            state.open_group(new);
            if let Some(old) = state.chats.get_mut(&self.chat) {
                old.migrated_to = Some(new);
            }
        });
        Self::new(self.sandbox.clone(), new)
    }

    /// Waits until the group shows what is asked for.
    ///
    /// # Errors
    /// [`NotInTime`] after twenty seconds.
    pub async fn until<T>(&self, look: impl FnMut(&[Message]) -> Option<T>) -> Result<T, NotInTime> {
        self.as_phone().until(look).await
    }

    fn as_phone(&self) -> Phone {
        Phone::new(self.sandbox.clone(), self.chat)
    }
}
