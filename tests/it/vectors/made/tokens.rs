//! Tokens: what was passed on, and what was not.

use ed25519_dalek::SigningKey;
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

use super::{ANA, BO, CLEO, Device, HANDOFF, LYON, NOBODY, PARIS, bent, other_server, public, server, sign};

fn record(kind: &str, handoff: &str) -> String {
    let at = "2026-11-26T09:00:00Z";
    json!({
        "v": 1, "kind": kind, "handoff": handoff, "received": at, "locale": "ar", "for_whom": "self",
        "who": "woman", "age": "adult", "situation": "domestic", "needs": ["shelter"], "danger": false,
        "place": { "country": "FR", "departement": "69" }, "distance": "near",
        "contact": { "channel": "telegram", "window": "any" }, "consent": { "version": 1, "at": at },
        "routing": { "reasons": [], "others": [PARIS] }, "sign": "🌊🐘🔑",
    })
    .to_string()
}

/// The first two lines, as the server seals them to Ana and Bo.
fn sealed(key: &SigningKey, record: &str) -> String {
    let mut names = [Device::of(ANA).recipient, Device::of(BO).recipient];
    names.sort();
    let digest = Sha256::digest(names.join("\n"));
    let signed = [b"relais handoff token v1\n".as_slice(), digest.as_slice(), record.as_bytes()].concat();
    let seal = json!({ "signature": sign(key, &signed), "key": public(key), "recipients": names });
    format!("{record}\n{seal}\n")
}

/// The third line: Lyon passes it on to Cleo.
fn third(note: &str, to: &[&Device]) -> String {
    let to: Vec<&str> = to.iter().map(|device| device.recipient.as_str()).collect();
    let passed_on = json!({ "by": LYON, "to": PARIS, "at": "2026-11-26T10:00:00Z", "note": note });
    json!({ "passed_on": passed_on, "recipients": to }).to_string()
}

fn padded(text: &str) -> String {
    format!("{text}{}\n", " ".repeat(4096 - 1 - text.len()))
}

fn case(name: &str, lines: &str, reader: &str, expect: &str) -> Value {
    let (ana, bo) = (Device::of(ANA), Device::of(BO));
    json!({
        "name": name, "reader": reader, "server_keys": [public(&server())], "handoff": HANDOFF, "kind": "handoff",
        "by": LYON, "devices": [ana.listed(true), bo.listed(false)], "plaintext": padded(lines), "expect": expect,
    })
}

pub fn passed_on() -> Value {
    let (ana, bo, cleo, nobody) = (Device::of(ANA), Device::of(BO), Device::of(CLEO), Device::of(NOBODY));
    let first = sealed(&server(), &record("handoff", HANDOFF));
    let three = format!("{first}{}\n", third("two children", &[&cleo]));
    let by = |lines: &str, device: &Device| {
        format!("{lines}{}\n", device.under(&format!("relais desk passed on v1\n{lines}")))
    };
    let right = by(&three, &ana);
    let whole = |key: &SigningKey, record: &str| {
        by(&format!("{}{}\n", sealed(key, record), third("two children", &[&cleo])), &ana)
    };
    let signature = ana.sign(&format!("relais desk passed on v1\n{three}"));
    let under = |device: &Device, signature: &str| {
        let line = json!({ "device": device.recipient, "signature": signature });
        format!("{three}{line}\n")
    };
    json!([
        case("as the server sealed it", &first, ANA, "not_passed_on"),
        case("read by whom it was not sealed for", &first, CLEO, "refuse"),
        case("Ana passed it on", &right, CLEO, "proved"),
        case("a colleague passed it on", &by(&three, &bo), CLEO, "proved"),
        case("nobody says to have passed it on", &three, CLEO, "not_proved"),
        case("a device without a key in the list", &by(&three, &nobody), CLEO, "not_proved"),
        case("a device of another association", &by(&three, &cleo), CLEO, "not_proved"),
        case("the signature is bent", &under(&ana, &bent(&signature)), CLEO, "refuse"),
        case("the signature of another device", &under(&bo, &signature), CLEO, "refuse"),
        case("the note is another", &right.replace("two children", "no children"), CLEO, "refuse"),
        case("a third line that is none", &format!("{first}Ana\n"), ANA, "refuse"),
        case("a fourth line that is none", &format!("{three}Ana\n"), CLEO, "refuse"),
        case("sealed on to whom it was not passed on", &right, NOBODY, "refuse"),
        case("sealed back to whom it was not passed on", &right, ANA, "refuse"),
        case("the record is another", &right.replace("\"near\"", "\"far\""), CLEO, "refuse"),
        case(
            "a server that is not in the list",
            &whole(&other_server(), &record("handoff", HANDOFF)),
            CLEO,
            "refuse"
        ),
        case(
            "another request",
            &whole(&server(), &record("handoff", &HANDOFF.replace("00", "01"))),
            CLEO,
            "refuse"
        ),
        case("another kind", &whole(&server(), &record("addition", HANDOFF)), CLEO, "refuse"),
    ])
}
