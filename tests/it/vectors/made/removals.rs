//! A coordinator takes another device out.

use serde_json::{Value, json};

use super::{ANA, BO, CLEO, Device, LYON, PARIS, SERVICE, bent};

const AT: &str = "2026-11-26T10:00:00Z";

fn text(service: &str, association: &str, device: &Device, by: &Device, at: &str) -> String {
    let (device, by) = (&device.recipient, &by.recipient);
    format!("relais device removal v1\n{service}\n{association}\n{device}\n{by}\n{at}\n")
}

fn case(name: &str, device: &Device, by: &Device, signature: &str, expect: &str) -> Value {
    case_at(name, (device, by, AT), signature, expect)
}

fn case_at(name: &str, (device, by, at): (&Device, &Device, &str), signature: &str, expect: &str) -> Value {
    let (ana, bo) = (Device::of(ANA), Device::of(BO));
    json!({
        "name": name, "service": SERVICE, "association": LYON,
        "devices": [ana.listed(true), bo.listed(false)],
        "removal": { "device": device.recipient, "by": by.recipient, "at": at, "signature": signature },
        "expect": expect,
    })
}

pub fn removals() -> Value {
    let (ana, bo, cleo) = (Device::of(ANA), Device::of(BO), Device::of(CLEO));
    let right = ana.sign(&text(SERVICE, LYON, &bo, &ana, AT));
    let by = |name: &str, device: &Device, by: &Device| {
        case(name, device, by, &by.sign(&text(SERVICE, LYON, device, by, AT)), "refuse")
    };
    let at = |name: &str, at: &str| {
        case_at(name, (&bo, &ana, at), &ana.sign(&text(SERVICE, LYON, &bo, &ana, at)), "refuse")
    };
    let signed_for = |name: &str, text: String| case(name, &bo, &ana, &ana.sign(&text), "refuse");
    json!([
        case("a coordinator takes a colleague out", &bo, &ana, &right, "removed"),
        case("the signature is bent", &bo, &ana, &bent(&right), "refuse"),
        by("a device that is no coordinator", &ana, &bo),
        by("a device takes itself out", &ana, &ana),
        by("a device of another association", &bo, &cleo),
        signed_for("signed for another association", text(SERVICE, PARIS, &bo, &ana, AT)),
        signed_for("signed for another service", text("other", LYON, &bo, &ana, AT)),
        signed_for("signed for another moment", text(SERVICE, LYON, &bo, &ana, "2026-11-26T10:00:01Z")),
        signed_for("signed for another device", text(SERVICE, LYON, &cleo, &ana, AT)),
        at("a moment in another zone", "2026-11-26T10:00:00+00:00"),
        at("a moment with a fraction", "2026-11-26T10:00:00.5Z"),
        at("no moment", "today"),
    ])
}
