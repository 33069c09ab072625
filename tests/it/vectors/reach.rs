//! The cases of `tests/vectors/reach.json`, which the page runs as well.

use relais::desk::Reach;
use relais::record::Record;
use serde_json::{Value, json};

use crate::need;

const FILE: &str = "tests/vectors/reach.json";

/// A record with what a case says of it; the rest says nothing.
fn record(kind: &str, said: &Value) -> Record {
    let mut whole = json!({
        "v": 1, "kind": kind, "handoff": "0".repeat(32), "received": "2026-11-25T16:00:00Z", "locale": "fr",
        "for_whom": "self", "age": "unknown", "needs": [], "danger": false, "place": {}, "distance": "near",
        "consent": { "version": 1, "at": "2026-11-25T15:00:00Z" }, "routing": { "reasons": [] }, "sign": "",
    });
    let said = said.as_object().unwrap().clone();
    whole.as_object_mut().unwrap().extend(said);
    serde_json::from_value(whole).unwrap()
}

#[test]
fn how_a_person_is_reached_is_one_value() {
    let file: Value = serde_json::from_str(&std::fs::read_to_string(need::project(FILE)).unwrap()).unwrap();
    let cases = file["cases"].as_array().unwrap();
    assert!(!cases.is_empty());
    for case in cases {
        let request = record("handoff", &case["request"]);
        let pieces: Vec<Record> =
            case["pieces"].as_array().unwrap().iter().map(|piece| record("addition", piece)).collect();
        let reach = Reach::of(&request, &pieces);
        let found = json!({
            "channel": reach.channel,
            "window": reach.window,
            "return_address": reach.return_address,
            "stopped": reach.stopped,
        });
        assert_eq!(found, case["expect"], "{}", case["name"]);
        // Who stopped is not written to, whatever way back there is.
        let wanted = reach.return_address.filter(|_| !reach.stopped);
        assert_eq!(reach.address(), wanted, "{}", case["name"]);
    }
}
