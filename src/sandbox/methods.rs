//! What each method does, and how it refuses; the words are Telegram's own, for bots read them.

use chrono::TimeDelta;
use serde_json::{Map, Value, json};

use super::chat::{Attachment, Chat, Message, bot_card};
use super::refusal::Refusal;
use super::world::State;

/// How long a bot can delete a message (<https://core.telegram.org/bots/api#deletemessage>).
const DELETABLE: TimeDelta = TimeDelta::hours(48);

/// A file that came with a call: its name and its bytes.
pub(super) type File = (String, Vec<u8>);

/// The parameters of a call, which were checked before.
#[derive(Clone, Copy)]
pub(super) struct Given<'a>(pub(super) &'a Map<String, Value>);

impl<'a> Given<'a> {
    fn value(self, name: &str) -> Option<&'a Value> {
        self.0.get(name).filter(|value| !value.is_null())
    }

    fn text(self, name: &str) -> &'a str {
        self.value(name).and_then(Value::as_str).unwrap_or_default()
    }

    fn is_set(self, name: &str) -> bool {
        self.value(name).and_then(Value::as_bool).unwrap_or(false)
    }

    /// Returns the chat; Telegram takes its number also as a text.
    pub(super) fn chat(self) -> Option<i64> {
        let chat = self.value("chat_id")?;
        chat.as_i64().or_else(|| chat.as_str()?.parse().ok())
    }

    fn message(self) -> Option<i32> {
        i32::try_from(self.value("message_id")?.as_i64()?).ok()
    }
}

/// Carries a call out.
pub(super) fn carry_out(
    state: &mut State,
    method: &str,
    given: Given<'_>,
    file: Option<File>,
) -> Result<Value, Refusal> {
    match method {
        "getMe" => Ok(bot_card()),
        "sendMessage" => send(state, given, None),
        "sendDocument" => {
            let (name, bytes) = file.ok_or_else(|| Refusal::bad("there is no document in the request"))?;
            let id = format!("document-{}", state.count());
            let size = bytes.len();
            state.files.insert(id.clone(), bytes);
            let attachment =
                Attachment { kind: "document".to_owned(), file: Some(id), name: Some(name), size };
            send(state, given, Some(attachment))
        }
        "editMessageText" | "editMessageReplyMarkup" => edit(state, given, method == "editMessageText"),
        "deleteMessage" => delete(state, given),
        "deleteMessages" => delete_many(state, given),
        "answerCallbackQuery" => answer(state, given),
        "sendChatAction" => {
            writable(state, given)?;
            Ok(Value::Bool(true))
        }
        "getFile" => get_file(state, given),
        "getWebhookInfo" => Ok(json!({
            "url": state.webhook.clone().unwrap_or_default(), "has_custom_certificate": false,
            "pending_update_count": state.updates.len(),
        })),
        _ => {
            set(state, method, given);
            Ok(Value::Bool(true))
        }
    }
}

/// Settings that are kept and answered with `true`.
fn set(state: &mut State, method: &str, given: Given<'_>) {
    let language = given.text("language_code").to_owned();
    let profile = &mut state.profile;
    match method {
        "setWebhook" | "deleteWebhook" => {
            state.webhook = Some(given.text("url").to_owned()).filter(|url| !url.is_empty());
            if given.is_set("drop_pending_updates") {
                state.updates.clear();
            }
        }
        "setMyCommands" => {
            let text = |command: &Value, name: &str| {
                command.get(name).and_then(Value::as_str).unwrap_or_default().to_owned()
            };
            let commands = given.value("commands").and_then(Value::as_array).into_iter().flatten();
            let commands = commands.map(|one| (text(one, "command"), text(one, "description"))).collect();
            profile.commands.insert(language, commands);
        }
        "deleteMyCommands" => {
            profile.commands.remove(&language);
        }
        "setMyDescription" => {
            profile.descriptions.insert(language, given.text("description").to_owned());
        }
        "setMyShortDescription" => {
            profile.short_descriptions.insert(language, given.text("short_description").to_owned());
        }
        "setMyName" => {
            profile.names.insert(language, given.text("name").to_owned());
        }
        // The menu button of a chat changes nothing that the phone here shows.
        _ => {}
    }
}

/// Returns the chat that a call is about, where the bot may write to it.
fn writable<'s>(state: &'s mut State, given: Given<'_>) -> Result<&'s mut Chat, Refusal> {
    let chat = given.chat().and_then(|chat| state.chats.get_mut(&chat));
    let chat = chat.ok_or_else(|| Refusal::bad("chat not found"))?;
    match chat.migrated_to {
        Some(new) => Err(Refusal::migrated(new)),
        None if chat.blocked => Err(Refusal::blocked()),
        None => Ok(chat),
    }
}

fn send(state: &mut State, given: Given<'_>, attachment: Option<Attachment>) -> Result<Value, Refusal> {
    writable(state, given)?;
    let (id, now) = (state.next_message_id(), state.now);
    let chat = writable(state, given)?;
    let mut message = Message::new(id, true, now);
    let (text, entities) =
        if attachment.is_some() { ("caption", "caption_entities") } else { ("text", "entities") };
    given.text(text).trim().clone_into(&mut message.text);
    message.entities = list(given.value(entities));
    message.dress(given.value("reply_markup"));
    message.silent = given.is_set("disable_notification");
    message.protected = given.is_set("protect_content");
    message.attachment = attachment;
    if let Some(reply) = given.value("reply_parameters") {
        let to = reply.get("message_id").and_then(Value::as_i64).and_then(|id| i32::try_from(id).ok());
        message.reply_to = to.filter(|&to| chat.message(to).is_some());
        let lenient = reply.get("allow_sending_without_reply").and_then(Value::as_bool).unwrap_or(false);
        if message.reply_to.is_none() && !lenient {
            return Err(Refusal::bad("message to be replied not found"));
        }
    }
    let told = chat.tell(&message);
    chat.messages.push(message);
    Ok(told)
}

fn edit(state: &mut State, given: Given<'_>, with_text: bool) -> Result<Value, Refusal> {
    let chat = writable(state, given)?;
    let id = given.message().ok_or_else(|| Refusal::bad("message identifier is not specified"))?;
    let old = chat.message(id).ok_or_else(|| Refusal::bad("message to edit not found"))?;
    if !old.from_bot {
        return Err(Refusal::bad("message can't be edited"));
    }
    if with_text && old.attachment.is_some() {
        return Err(Refusal::bad("there is no text in the message to edit"));
    }
    let mut new = old.clone();
    if with_text {
        given.text("text").trim().clone_into(&mut new.text);
        new.entities = list(given.value("entities"));
    }
    new.dress(given.value("reply_markup"));
    if (&new.text, &new.entities, &new.markup) == (&old.text, &old.entities, &old.markup) {
        return Err(Refusal::bad(
            "message is not modified: specified new message content and reply markup are exactly the same as \
             a current content and reply markup of the message",
        ));
    }
    new.edited = true;
    let told = chat.tell(&new);
    if let Some(place) = chat.message_mut(id) {
        *place = new;
    }
    Ok(told)
}

fn delete(state: &mut State, given: Given<'_>) -> Result<Value, Refusal> {
    let now = state.now;
    let chat = writable(state, given)?;
    let id = given.message().ok_or_else(|| Refusal::bad("message identifier is not specified"))?;
    let message = chat.message(id).ok_or_else(|| Refusal::bad("message to delete not found"))?;
    if now - message.at >= DELETABLE {
        return Err(Refusal::bad("message can't be deleted for everyone"));
    }
    chat.messages.retain(|message| message.id != id);
    Ok(Value::Bool(true))
}

/// "If some of the specified messages can't be found, they are skipped."
fn delete_many(state: &mut State, given: Given<'_>) -> Result<Value, Refusal> {
    let now = state.now;
    let chat = writable(state, given)?;
    let ids: Vec<i64> = list(given.value("message_ids")).iter().filter_map(Value::as_i64).collect();
    let asked = |message: &Message| ids.contains(&i64::from(message.id));
    if chat.messages.iter().any(|message| asked(message) && now - message.at >= DELETABLE) {
        return Err(Refusal::bad("message can't be deleted for everyone"));
    }
    chat.messages.retain(|message| !asked(message));
    Ok(Value::Bool(true))
}

fn answer(state: &mut State, given: Given<'_>) -> Result<Value, Refusal> {
    let answered = state.queries.get_mut(given.text("callback_query_id")).ok_or_else(|| {
        Refusal::bad("query is too old and response timeout expired or query ID is invalid")
    })?;
    *answered = true;
    Ok(Value::Bool(true))
}

fn get_file(state: &State, given: Given<'_>) -> Result<Value, Refusal> {
    let id = given.text("file_id");
    let size = state.files.get(id).map(Vec::len).ok_or_else(|| Refusal::bad("invalid file_id"))?;
    Ok(json!({ "file_id": id, "file_unique_id": id, "file_size": size, "file_path": id }))
}

fn list(value: Option<&Value>) -> Vec<Value> {
    value.and_then(Value::as_array).cloned().unwrap_or_default()
}
