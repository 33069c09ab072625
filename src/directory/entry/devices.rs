//! Who reads for an association: devices with both keys, and recipients alone as older entries have them.

use super::super::association::{Device, Recipient};
use super::super::reader::Table;
use super::super::removed::READERS;
use crate::device::PublicKey;

/// Reads `recipients` and `devices` together: an entry has one of them at least, and two different readers.
pub(super) fn devices(table: &Table<'_, '_>) -> Option<Vec<Device>> {
    let alone = table.parsed_list("recipients", recipient).unwrap_or_default();
    let mut found: Vec<Device> =
        alone.into_iter().map(|recipient| Device { recipient, signing: None, coordinator: false }).collect();
    for one in table.tables("devices") {
        found.extend(device(&one));
    }
    if !table.has("devices") && !table.has("recipients") {
        table.fault("devices", "is missing: two volunteers' devices at least read for an association");
        return None;
    }
    enough(table, found)
}

fn device(table: &Table<'_, '_>) -> Option<Device> {
    table.refuse_unknown(&["recipient", "signing", "coordinator"]);
    let recipient = table.need("recipient", table.coded("recipient", recipient));
    let signing = table.need("signing", table.coded("signing", signing));
    let coordinator = table.flag("coordinator").unwrap_or(false);
    Some(Device { recipient: recipient?, signing: Some(signing?), coordinator })
}

fn recipient(text: &str) -> Result<Recipient, &'static str> {
    if text.to_ascii_uppercase().starts_with("AGE-SECRET-KEY") {
        return Err(
            "holds a secret identity: take it out at once, make a new one, and give its public recipient",
        );
    }
    if text.starts_with("age1pq1") {
        return Err(
            "holds a post-quantum recipient (age1pq1…): this version cannot encrypt to it, and age does not mix it with others; give an X25519 recipient",
        );
    }
    text.parse().map_err(|_| "holds what is no age recipient (age1…); a letter may be wrong or missing")
}

fn signing(text: &str) -> Result<PublicKey, String> {
    text.parse().map_err(|fault| format!("is {fault}"))
}

fn enough(table: &Table<'_, '_>, devices: Vec<Device>) -> Option<Vec<Device>> {
    let key = if table.has("devices") { "devices" } else { "recipients" };
    let mut names: Vec<String> = devices.iter().map(|device| device.recipient.to_string()).collect();
    names.sort();
    names.dedup();
    if names.len() < devices.len() {
        table.fault(key, "names one recipient twice: a second key must be kept by somebody else");
        return None;
    }
    let mut keys: Vec<String> =
        devices.iter().filter_map(|device| Some(device.signing?.to_string())).collect();
    let listed = keys.len();
    keys.sort();
    keys.dedup();
    if keys.len() < listed {
        table.fault(key, "names one signing key twice: each device has its own");
        return None;
    }
    if devices.len() < READERS && table.length("recipients") + table.length("devices") >= READERS {
        // One of them is no recipient, and that is told already.
        return None;
    }
    if devices.len() < READERS {
        table
            .fault(key, "must name two different recipients at least: one lost key would lock requests away");
        return None;
    }
    Some(devices)
}
