use relais::ids::ChatId;
use relais::intake::Given;
use relais::telegram::Understood;
use serde_json::Value;

/// Updates: JSON of every shape. What has a number is never lost, and what is not one person's chat says nothing.
pub fn updates(bytes: &[u8]) {
    let Ok(json) = std::str::from_utf8(bytes) else { return };
    let read = Understood::read(json);
    let Ok(update) = serde_json::from_str::<Value>(json) else { return };
    // Of a key that stands twice, readers take either.
    if json.matches("update_id").count() == 1
        && let Some(number) = update.get("update_id").and_then(Value::as_i64)
    {
        assert_eq!(read.as_ref().map(|(id, _)| *id), Some(number), "an update is lost");
    }
    let Some((_, understood)) = read else { return };
    let printed = format!("{understood:?}");
    match &understood {
        Understood::Nothing => {}
        Understood::Tap { chat, .. } => {
            assert_eq!(printed, "Tap(…)");
            is_of(&update, *chat);
        }
        Understood::Command { chat, .. } => is_private(&update, *chat),
        Understood::Typed { chat, given, .. } => {
            is_private(&update, *chat);
            assert_eq!(printed, "Typed(…)");
            if matches!(given, Given::Words(_)) {
                assert_eq!(format!("{given:?}"), "Given { .. }");
            }
        }
    }
}

fn is_of(update: &Value, chat: ChatId) {
    let query = &update["callback_query"];
    let told = query["message"]["chat"]["id"].as_i64().or_else(|| query["from"]["id"].as_i64());
    assert_eq!(told, Some(chat.0));
}

fn is_private(update: &Value, chat: ChatId) {
    let message = &update["message"];
    assert_eq!(message["chat"]["type"], "private");
    assert_eq!(message["chat"]["id"].as_i64(), Some(chat.0));
    assert_ne!(message["from"]["is_bot"], true);
}
