//! How long and of what form a value may be (<https://core.telegram.org/bots/api>, at each method).

use serde_json::{Map, Value};

/// Text of a message, in UTF-16 units, after parsing.
const TEXT: usize = 4096;
/// Caption of a document, in UTF-16 units.
const CAPTION: usize = 1024;
/// What a button carries, in bytes.
const CALLBACK_DATA: usize = 64;
/// A command and its description, in characters.
const COMMAND: usize = 32;
const COMMAND_DESCRIPTION: usize = 256;
/// How many commands there may be.
const COMMANDS: usize = 100;
const DESCRIPTION: usize = 512;
const SHORT_DESCRIPTION: usize = 120;
const NAME: usize = 64;
/// The text of an answer to a tap.
const ANSWER: usize = 200;
const PLACEHOLDER: usize = 64;
/// How many messages are deleted at once.
const DELETED_AT_ONCE: usize = 100;
/// How many buttons a keyboard has at most, and a row (observed).
const BUTTONS: usize = 100;
const ROW: usize = 8;

/// Checks lengths and forms of a call whose types fit.
///
/// # Errors
/// Returns what is wrong, in Telegram's words where they are known.
pub(super) fn check(method: &str, call: &Map<String, Value>) -> Result<(), String> {
    let text = |name: &str| call.get(name).and_then(Value::as_str);
    match method {
        "sendMessage" | "editMessageText" => {
            message_text(text("text").unwrap_or_default())?;
            entities(call.get("entities"), text("text").unwrap_or_default())?;
        }
        "sendDocument" => at_most(text("caption"), CAPTION, "message caption is too long")?,
        "setMyDescription" => at_most(text("description"), DESCRIPTION, "description is too long")?,
        "setMyShortDescription" => {
            at_most(text("short_description"), SHORT_DESCRIPTION, "short description is too long")?;
        }
        "setMyName" => at_most(text("name"), NAME, "name is too long")?,
        "answerCallbackQuery" => at_most(text("text"), ANSWER, "MESSAGE_TOO_LONG")?,
        "setMyCommands" => commands(call.get("commands"))?,
        "deleteMessages" => {
            let count = call.get("message_ids").and_then(Value::as_array).map_or(0, Vec::len);
            if !(1..=DELETED_AT_ONCE).contains(&count) {
                return Err("1-100 message identifiers are expected".to_owned());
            }
        }
        _ => {}
    }
    language(text("language_code"))?;
    call.get("reply_markup").map_or(Ok(()), markup)
}

fn units(text: &str) -> usize {
    text.encode_utf16().count()
}

fn at_most(text: Option<&str>, limit: usize, wrong: &str) -> Result<(), String> {
    if text.is_some_and(|text| units(text) > limit) { Err(wrong.to_owned()) } else { Ok(()) }
}

fn message_text(text: &str) -> Result<(), String> {
    if text.trim().is_empty() {
        return Err("message text is empty".to_owned());
    }
    at_most(Some(text), TEXT, "message is too long")
}

fn entities(entities: Option<&Value>, text: &str) -> Result<(), String> {
    let length = units(text);
    for entity in entities.and_then(Value::as_array).into_iter().flatten() {
        let number = |name: &str| {
            entity.get(name).and_then(Value::as_u64).and_then(|number| usize::try_from(number).ok())
        };
        let end = number("offset").zip(number("length")).and_then(|(offset, part)| offset.checked_add(part));
        if end.is_none_or(|end| end > length) || number("length") == Some(0) {
            return Err("an entity lies outside the text".to_owned());
        }
    }
    Ok(())
}

fn commands(commands: Option<&Value>) -> Result<(), String> {
    let commands = commands.and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    if commands.len() > COMMANDS {
        return Err("too many bot commands specified".to_owned());
    }
    for command in commands {
        let text = |name: &str| command.get(name).and_then(Value::as_str).unwrap_or_default();
        let name = text("command");
        let allowed = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
        if !(1..=COMMAND).contains(&name.len()) || !name.chars().all(allowed) {
            return Err("BOT_COMMAND_INVALID".to_owned());
        }
        if !(1..=COMMAND_DESCRIPTION).contains(&units(text("description"))) {
            return Err("BOT_COMMAND_DESCRIPTION_INVALID".to_owned());
        }
    }
    Ok(())
}

/// "A two-letter ISO 639-1 language code", or empty.
fn language(code: Option<&str>) -> Result<(), String> {
    let fits =
        |code: &str| code.is_empty() || (code.len() == 2 && code.chars().all(|c| c.is_ascii_lowercase()));
    if code.is_none_or(fits) { Ok(()) } else { Err("LANG_CODE_INVALID".to_owned()) }
}

fn markup(markup: &Value) -> Result<(), String> {
    let placeholder = markup.get("input_field_placeholder").and_then(Value::as_str);
    if placeholder.is_some_and(|text| !(1..=PLACEHOLDER).contains(&units(text))) {
        return Err("input field placeholder should have 1-64 characters".to_owned());
    }
    let rows = markup.get("inline_keyboard").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    let rows: Vec<&Vec<Value>> = rows.iter().filter_map(Value::as_array).collect();
    if rows.iter().map(|row| row.len()).sum::<usize>() > BUTTONS || rows.iter().any(|row| row.len() > ROW) {
        return Err("reply markup is too long".to_owned());
    }
    rows.into_iter().flatten().try_for_each(button)
}

fn button(button: &Value) -> Result<(), String> {
    let text = |name: &str| button.get(name).and_then(Value::as_str);
    if text("text").is_none_or(|text| text.trim().is_empty()) {
        return Err("button text is empty".to_owned());
    }
    if text("callback_data").is_some_and(|data| !(1..=CALLBACK_DATA).contains(&data.len())) {
        return Err("BUTTON_DATA_INVALID".to_owned());
    }
    Ok(())
}
