//! What a call may hold, read from the description of the Bot API.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;
use serde_json::{Map, Value};

/// The description, reduced to what the stand-in plays; it names its source.
const DESCRIPTION: &str = include_str!("bot_api.json");

/// A name with its types: alternatives stand between bars, `!` marks what is required.
type Fields = BTreeMap<String, String>;

#[derive(Default, Deserialize)]
struct Description {
    methods: BTreeMap<String, Fields>,
    types: BTreeMap<String, Shape>,
    not_played: Vec<String>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Shape {
    Fields(Fields),
    Union(String),
}

static API: LazyLock<Description> = LazyLock::new(|| serde_json::from_str(DESCRIPTION).unwrap_or_default());

/// A method that was asked for.
pub(super) enum Method {
    /// One that the stand-in plays, spelt as the Bot API spells it.
    Played(&'static str),
    /// One that Telegram has and the stand-in does not play.
    NotPlayed,
    /// One that does not exist.
    Unknown,
}

/// Finds a method in any spelling of capitals.
pub(super) fn method(name: &str) -> Method {
    let same = |known: &&String| known.eq_ignore_ascii_case(name);
    match API.methods.keys().find(same) {
        Some(known) => Method::Played(known),
        None if API.not_played.iter().any(|known| same(&known)) => Method::NotPlayed,
        None => Method::Unknown,
    }
}

/// Turns the fields of a form into the types that the method asks for.
pub(super) fn from_form(method: &str, form: BTreeMap<String, String>) -> Map<String, Value> {
    let fields = API.methods.get(method);
    let typed = |name: &str, text: String| {
        let types =
            fields.and_then(|fields| fields.get(name)).map_or("String", |types| types.trim_end_matches('!'));
        let number = || text.parse::<i64>().ok().map(Value::from);
        let first = types.split('|').find_map(|kind| match kind {
            "Integer" => number(),
            "String" | "InputFile" => None,
            _ => serde_json::from_str(&text).ok(),
        });
        first.unwrap_or(Value::String(text))
    };
    form.into_iter().map(|(name, text)| (name.clone(), typed(&name, text))).collect()
}

/// Checks names, presence and types of a call.
///
/// # Errors
/// Returns what is wrong.
pub(super) fn check(method: &str, call: &Map<String, Value>) -> Result<(), String> {
    let Some(fields) = API.methods.get(method) else { return Err("unknown method".to_owned()) };
    check_fields("", fields, call)
}

fn check_fields(path: &str, fields: &Fields, given: &Map<String, Value>) -> Result<(), String> {
    for (name, types) in fields {
        let present = given.get(name).is_some_and(|value| !value.is_null());
        if types.ends_with('!') && !present {
            return Err(format!("parameter \"{path}{name}\" is required"));
        }
    }
    for (name, value) in given.iter().filter(|(_, value)| !value.is_null()) {
        let Some(types) = fields.get(name) else { return Err(format!("unknown parameter \"{path}{name}\"")) };
        check_types(&format!("{path}{name}"), types.trim_end_matches('!'), value)?;
    }
    Ok(())
}

/// Checks that one of the alternatives fits; where none does, tells about the last one that came close.
fn check_types(path: &str, types: &str, value: &Value) -> Result<(), String> {
    let mut wrong = format!("\"{path}\" should be {types}");
    for kind in types.split('|') {
        match check_type(path, kind, value) {
            Ok(()) => return Ok(()),
            Err(Some(close)) => wrong = close,
            Err(None) => {}
        }
    }
    Err(wrong)
}

/// `Err(None)`: not this type at all. `Err(Some)`: this type, with something wrong inside.
fn check_type(path: &str, kind: &str, value: &Value) -> Result<(), Option<String>> {
    if let Some(inner) = kind.strip_prefix("Array of ") {
        let items = value.as_array().ok_or(None)?;
        for (place, item) in items.iter().enumerate() {
            check_types(&format!("{path}[{place}]"), inner, item).map_err(Some)?;
        }
        return Ok(());
    }
    let fits = match kind {
        "Integer" => value.is_i64() || value.is_u64(),
        "Float" => value.is_number(),
        "String" | "InputFile" => value.is_string(),
        "Boolean" => value.is_boolean(),
        "Object" => value.is_object(),
        _ => return check_object(path, kind, value),
    };
    if fits { Ok(()) } else { Err(None) }
}

fn check_object(path: &str, kind: &str, value: &Value) -> Result<(), Option<String>> {
    let object = value.as_object().ok_or(None)?;
    match API.types.get(kind) {
        Some(Shape::Fields(fields)) => {
            check_fields(&format!("{path}."), fields, object).map_err(Some)?;
            exactly_one_action(path, kind, object)
        }
        Some(Shape::Union(types)) => check_types(path, types, value).map_err(Some),
        None => Ok(()),
    }
}

/// "Exactly one of the fields other than text, icon and style must be used".
fn exactly_one_action(path: &str, kind: &str, button: &Map<String, Value>) -> Result<(), Option<String>> {
    let looks = ["text", "icon_custom_emoji_id", "style"];
    let actions = button.keys().filter(|name| !looks.contains(&name.as_str())).count();
    if kind == "InlineKeyboardButton" && actions != 1 {
        return Err(Some(format!("\"{path}\" should have exactly one action")));
    }
    Ok(())
}
