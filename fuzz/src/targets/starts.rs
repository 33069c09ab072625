use relais::telegram::{Command, Understood};
use serde_json::json;

use super::ground::{CHAT, Pieces};

/// Start payloads: what stands behind `/start` on a poster, in a link, or made up.
pub fn starts(bytes: &[u8]) {
    let payload = Pieces::new(bytes).text();
    for text in [format!("/start {payload}"), format!("/START@relais_example_bot {payload}")] {
        let Some((7, understood)) = said(&text) else { panic!("an update is lost") };
        let Understood::Command { chat, command } = &understood else { panic!("{text:?} is no start") };
        assert_eq!((*chat, command.word()), (CHAT, Command::Start.word()));
        assert_eq!(format!("{understood:?}"), "Command(…)");
    }
    // Letters that follow at once make another word, which is no command of ours.
    let joined = payload.starts_with(|c: char| !c.is_whitespace() && c != '@');
    let typed = said(&format!("/start{payload}"));
    assert_eq!(matches!(typed, Some((_, Understood::Typed { .. }))), joined, "{payload:?}");
}

fn said(text: &str) -> Option<(i64, Understood)> {
    let update = json!({
        "update_id": 7,
        "message": {
            "message_id": 1, "date": 0, "text": text,
            "chat": { "id": CHAT.0, "type": "private" },
            "from": { "id": CHAT.0, "is_bot": false, "first_name": "" },
        },
    });
    Understood::read(&update.to_string())
}
