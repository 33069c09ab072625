//! What an association writes down.

use serde_json::{Value, json};

use super::{ANA, BO, CLEO, Device, HANDOFF, LYON, NOBODY, PARIS, SERVICE, bent};

const NOTE: &str = "{\"v\":1,\"kind\":\"note\",\"at\":\"2026-11-26T10:00:00Z\",\"pseudonym\":\"Ana\",\"text\":\"Rappeler à 18 h\"}";

fn signed(service: &str, association: &str, handoff: &str, line: &str) -> String {
    format!("relais desk paper v1\n{service}\n{association}\n{handoff}\n{line}")
}

fn case(name: &str, plaintext: &str, kind: &str, expect: &str) -> Value {
    let (ana, bo) = (Device::of(ANA), Device::of(BO));
    json!({
        "name": name, "service": SERVICE, "association": LYON, "handoff": HANDOFF, "kind": kind,
        "devices": [ana.listed(true), bo.listed(false)], "plaintext": plaintext, "expect": expect,
    })
}

pub fn papers() -> Value {
    let (ana, bo, cleo, nobody) = (Device::of(ANA), Device::of(BO), Device::of(CLEO), Device::of(NOBODY));
    let text = signed(SERVICE, LYON, HANDOFF, NOTE);
    let under = |line: String| format!("{NOTE}\n{line}\n");
    let bent = json!({ "device": ana.recipient, "signature": bent(&ana.sign(&text)) }).to_string();
    let borrowed = json!({ "device": bo.recipient, "signature": ana.sign(&text) }).to_string();
    let other = "ffeeddccbbaa99887766554433221100";
    let elsewhere = |text: String| under(ana.under(&text));
    let note = |name: &str, plaintext: &str, expect: &str| case(name, plaintext, "note", expect);
    let claim = NOTE.replace("\"note\"", "\"claim\"");
    let claimed = format!("{claim}\n{}\n", ana.under(&signed(SERVICE, LYON, HANDOFF, &claim)));
    json!([
        note("Ana wrote it", &under(ana.under(&text)), "proved"),
        note("Bo wrote it, and says that Ana did", &under(bo.under(&text)), "proved"),
        case("a claim", &claimed, "claim", "proved"),
        note("nobody says to have written it", &format!("{NOTE}\n"), "not_proved"),
        note("nor does its line end", NOTE, "not_proved"),
        note("a device without a key in the list", &under(nobody.under(&text)), "not_proved"),
        note("a device of another association", &under(cleo.under(&text)), "not_proved"),
        note("the signature is bent", &under(bent), "refuse"),
        note("the signature of another device", &under(borrowed), "refuse"),
        note("one letter is another", &under(ana.under(&text)).replace("18 h", "19 h"), "refuse"),
        note("of another request", &elsewhere(signed(SERVICE, LYON, other, NOTE)), "refuse"),
        note("of another association", &elsewhere(signed(SERVICE, PARIS, HANDOFF, NOTE)), "refuse"),
        note("of another service", &elsewhere(signed("other", LYON, HANDOFF, NOTE)), "refuse"),
        note("a claim that is called a note", &claimed, "refuse"),
        note("a note that is called a reply", &claimed.replace("claim", "reply"), "refuse"),
        note("a second line that is none", &under("Ana".to_owned()), "refuse"),
        note("a third line", &format!("{}more\n", under(ana.under(&text))), "refuse"),
        note("no line of JSON", "call at six\n", "refuse"),
    ])
}
