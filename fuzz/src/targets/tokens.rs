use age::x25519::Identity;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use ed25519_dalek::Signer as _;
use relais::desk;
use relais::device::DeviceKey;
use relais::handoff::{self, OpenFault, OpenedToken, PassedOn, encrypt, key_text, open, seal};
use relais::locale::Locale;
use relais::record::Record;
use serde_json::json;
use sha2::{Digest as _, Sha256};

use super::ground::{Pieces, catalog, keys};
use crate::walk::noon;

/// Tokens: any bytes as an age file, any text inside a true one, and any record under the server's signature.
pub fn tokens(bytes: &[u8]) {
    let mut pieces = Pieces::new(bytes);
    match pieces.byte() % 3 {
        0 => look(pieces.rest()),
        1 => look(&encrypted(&pieces.text())),
        _ => signed(&pieces.text()),
    }
}

fn reader() -> Identity {
    keys().identities().next().unwrap().clone()
}

fn encrypted(text: &str) -> Vec<u8> {
    encrypt::<()>(text, &[keys().recipient()]).unwrap().into_bytes()
}

fn server() -> String {
    key_text(&keys().signing().verifying_key())
}

/// A first line as it stands, then the server's seal over it, then what may follow.
fn signed(text: &str) {
    let (line, third) = text.split_once('\n').unwrap_or((text, ""));
    let names = [keys().recipient().to_string()];
    let fingerprint = Sha256::digest(names.join("\n"));
    let signed = [b"relais handoff token v1\n", fingerprint.as_slice(), line.as_bytes()].concat();
    let signature = STANDARD.encode(keys().signing().sign(&signed).to_bytes());
    let seal = json!({ "signature": signature, "key": server(), "recipients": names });
    look(&encrypted(&format!("{line}\n{seal}\n{third}")));
}

/// What opens is what the server signed, for this reader, and can be shown, passed on and sealed again.
fn look(file: &[u8]) {
    let Ok(opened) = open(file, &[reader()], Some(&server())) else { return };
    assert_eq!(opened.signed_by(), server());
    assert_eq!(format!("{opened:?}"), "OpenedToken { .. }");
    tampered(file);
    for locale in [Locale::ENGLISH, Locale::FRENCH] {
        assert!(!desk::lines(&opened, &desk::Reach::of(opened.record(), []), catalog(), locale).is_empty());
        assert!(!desk::headline(opened.record(), catalog(), locale).is_empty());
    }
    let record = opened.record();
    let json = serde_json::to_string(record).unwrap();
    assert!(serde_json::from_str::<Record>(&json).unwrap() == *record, "a record that does not say itself");
    assert_eq!(format!("{record:?}"), "Record { .. }");
    if let Ok(sealed) = seal(record, &[keys().recipient()], keys().signing()) {
        let again = open(sealed.as_bytes(), &[reader()], Some(&server())).unwrap();
        assert!(again.record() == record);
    }
    passed_on(&opened);
}

/// One changed byte anywhere in the file, and nothing opens. The armor leaves some bytes open: case of no letter.
fn tampered(file: &[u8]) {
    if !file.starts_with(b"age-encryption.org/v1\n") {
        return;
    }
    let step = file.len() / 5 + 1;
    for at in (file.len() % step..file.len()).step_by(step) {
        let mut changed = file.to_vec();
        changed[at] ^= 1;
        assert!(open(&changed, &[reader()], Some(&server())).is_err(), "changed at {at}");
    }
}

fn passed_on(opened: &OpenedToken) {
    let (other, stranger) = (identity(), Identity::generate());
    let line = PassedOn { by: "one".parse().unwrap(), to: "other".parse().unwrap(), at: noon(), note: None };
    let device = DeviceKey::of(&identity());
    let Ok(sealed) = handoff::pass_on(opened, line.clone(), &[other.to_public()], &device) else { return };
    let again = open(sealed.as_bytes(), &[other], Some(&server())).unwrap();
    assert!(again.record() == opened.record() && again.passed_on() == Some(&line));
    assert!(again.was_passed_on_by(&device.public()), "the device's signature holds");
    let closed = open(sealed.as_bytes(), &[stranger], None).err();
    assert_eq!(closed, Some(OpenFault::NotForYou));
}

fn identity() -> Identity {
    static ONCE: std::sync::OnceLock<Identity> = std::sync::OnceLock::new();
    ONCE.get_or_init(Identity::generate).clone()
}
