//! The cases of `tests/vectors/desk.json`, which other clients run as well.

mod made;
mod reach;

use std::str::FromStr as _;

use age::x25519::Identity;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use relais::desk::Proof;
use relais::desk::protocol::{
    Challenge, Place, Removal, is_removed, open_shown, passed_on_proof, read_paper, signer,
};
use relais::device::{DeviceKey, PublicKey, Statement, device_words};
use relais::directory::{Anchor, MemberDevice, Offered, ServiceName, Untrusted, fingerprint};
use relais::handoff::{self, OpenFault, OpenedToken, ReturnAddress};
use relais::ids::{AssociationId, HandoffId};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use crate::need;

const FILE: &str = "tests/vectors/desk.json";

/// One case of a list.
struct Case(Value);

impl Case {
    fn text(&self, name: &str) -> &str {
        self.0[name].as_str().unwrap_or_else(|| panic!("{name} of {}", self.0["name"]))
    }

    fn read<T: DeserializeOwned>(&self, name: &str) -> T {
        serde_json::from_value(self.0[name].clone()).unwrap()
    }

    fn bytes(&self, name: &str) -> Vec<u8> {
        STANDARD.decode(self.text(name)).unwrap()
    }

    fn identity(&self, name: &str) -> Identity {
        self.text(name).parse().unwrap()
    }

    fn key(&self) -> DeviceKey {
        DeviceKey::of(&self.identity("identity"))
    }

    fn service(&self) -> ServiceName {
        self.text("service").parse().unwrap()
    }

    fn challenge(&self) -> Challenge<'_> {
        Challenge {
            server_key: self.text("server_key"),
            origin: self.text("origin"),
            association: self.text("association"),
            id: self.text("id"),
        }
    }

    fn expects(&self, found: &str) {
        assert_eq!(found, self.text("expect"), "{}", self.text("name"));
    }

    /// Finds the key of a device among those of the case.
    fn key_of(&self, recipient: &str) -> Option<PublicKey> {
        let devices: Vec<MemberDevice> = self.read("devices");
        devices.iter().find(|device| device.recipient == recipient)?.signing.parse().ok()
    }
}

fn file() -> Value {
    serde_json::from_str(&std::fs::read_to_string(need::project(FILE)).unwrap()).unwrap()
}

/// Returns the cases of a list.
fn cases(list: &str) -> Vec<Case> {
    let cases: Vec<Case> = file()[list].as_array().unwrap().iter().cloned().map(Case).collect();
    assert!(!cases.is_empty(), "{list}");
    cases
}

fn proof(proof: Proof) -> &'static str {
    match proof {
        Proof::Proved => "proved",
        Proof::NotProved => "not_proved",
    }
}

#[test]
fn the_file_says_what_its_constants_make() {
    let made = format!("{:#}\n", made::file());
    let path = need::project(FILE);
    if need::variable("RELAIS_WRITE_VECTORS").is_some() {
        std::fs::write(&path, &made).unwrap();
    }
    // Compared without being printed: it is long.
    let same = std::fs::read_to_string(path).unwrap() == made;
    assert!(same, "the constants make another file; RELAIS_WRITE_VECTORS=1 writes it");
}

#[test]
fn a_device_derives_its_key_and_its_words() {
    for case in cases("signing_keys") {
        assert_eq!(case.key().recipient().to_string(), case.text("recipient"));
        case.expects(&case.key().public().to_string());
    }
    for case in cases("enrolment_words") {
        let recipient = case.text("recipient").parse().unwrap();
        case.expects(&device_words(&recipient, &case.text("signing").parse().unwrap()));
    }
}

#[test]
fn a_fingerprint_has_twelve_words() {
    for case in cases("fingerprints") {
        let (signers, threshold): (Vec<String>, u32) = (case.read("signers"), case.read("threshold"));
        case.expects(&fingerprint(&case.service(), &signers, threshold, case.text("server_key")));
        let said = relais::fingerprint::words(case.text("text"), 12);
        assert_eq!(said, case.text("expect"));
    }
}

#[test]
fn a_head_is_believed_or_not() {
    for case in cases("heads") {
        let offered: Offered = case.read("offered");
        let found = match case.text("step") {
            "enrol" => Anchor::enrol(&offered, case.text("words")),
            _ => case.read::<Anchor>("kept").follow(&offered),
        };
        let why = found.as_ref().err().map_or("", |fault| match fault {
            Untrusted::Malformed => "malformed",
            Untrusted::Unsigned => "unsigned",
            Untrusted::OtherFingerprint => "other_fingerprint",
            Untrusted::OtherService => "other_service",
            Untrusted::Older => "older",
            Untrusted::Twofold => "twofold",
            Untrusted::OtherAssociations => "other_associations",
        });
        case.expects(if found.is_ok() { "accept" } else { "refuse" });
        assert_eq!(why, case.text("why"), "{}", case.text("name"));
    }
    let kept = cases("heads").into_iter().find(|case| case.text("step") == "follow").unwrap();
    for case in cases("lists") {
        let anchor = Anchor { associations: case.text("associations").to_owned(), ..kept.read("kept") };
        case.expects(if anchor.members(case.text("list")).is_ok() { "accept" } else { "refuse" });
    }
}

#[test]
fn a_challenge_is_signed_and_says_exactly_what_it_must() {
    for case in cases("challenge_signatures") {
        let keys: Vec<String> = case.read("server_keys");
        case.expects(signer(&keys, &case.bytes("challenge"), case.text("signature")).unwrap_or("refuse"));
    }
    for list in ["challenge_plaintexts", "challenge_ids"] {
        for case in cases(list) {
            let secret = case.challenge().secret_in(case.text("plaintext"));
            case.expects(&secret.map_or("refuse".to_owned(), |secret| STANDARD.encode(*secret)));
        }
    }
    for case in cases("sealed_challenge") {
        let (keys, file): (Vec<String>, _) = (case.read("server_keys"), case.bytes("challenge"));
        assert!(signer(&keys, &file, case.text("signature")).is_some());
        case.expects(&handoff::decrypt(&file, &[case.identity("identity")]).unwrap());
    }
    for case in cases("proofs") {
        let secret: [u8; 32] = case.bytes("secret").try_into().unwrap();
        case.expects(&STANDARD.encode(case.challenge().proof(&secret)));
    }
}

#[test]
fn a_device_signs_its_session_and_its_acts() {
    for case in cases("sessions") {
        let Challenge { server_key, origin, association, id } = case.challenge();
        let device = case.text("device");
        case.expects(&case.key().sign(&Statement::Session { origin, association, id, server_key, device }));
    }
    for case in cases("acts") {
        case.expects(&case.key().sign(&Statement::Act {
            origin: case.text("origin"),
            association: case.text("association"),
            method: case.text("method"),
            path: case.text("path"),
            body: case.text("body").as_bytes(),
            token: case.text("token"),
        }));
    }
}

#[test]
fn a_paper_is_proved_or_not_or_refused() {
    for case in cases("papers") {
        let (service, association): (_, AssociationId) = (case.service(), case.read("association"));
        let (handoff, kind): (HandoffId, _) = (case.read("handoff"), case.text("kind"));
        let place = Place { service: &service, association: &association, handoff, kind };
        let read = read_paper(case.text("plaintext"), &place, |device| case.key_of(device));
        case.expects(read.map_or("refuse", |(_, said)| proof(said)));
    }
}

fn opened(case: &Case) -> Result<OpenedToken, OpenFault> {
    let reader = case.identity("reader");
    let file = handoff::encrypt::<()>(case.text("plaintext"), &[reader.to_public()]).unwrap();
    let (handoff, keys): (HandoffId, Vec<String>) = (case.read("handoff"), case.read("server_keys"));
    open_shown(file.as_bytes(), &[reader], &keys, (handoff, case.text("kind")))
}

#[test]
fn a_token_that_was_passed_on_is_proved_or_not_or_refused() {
    for case in cases("passed_on") {
        let by = AssociationId::from_str(case.text("by")).unwrap();
        let key_of = |whose: &AssociationId, device: &str| case.key_of(device).filter(|_| *whose == by);
        let found = opened(&case).and_then(|opened| passed_on_proof(&opened, key_of));
        case.expects(found.map_or("refuse", |said| said.map_or("not_passed_on", proof)));
    }
}

#[test]
fn a_removal_holds_where_a_coordinator_signed_it() {
    for case in cases("removals") {
        let mut removal: Value = case.read("removal");
        removal["association"] = json!(case.text("association"));
        let removal: Removal = serde_json::from_value(removal).unwrap();
        let devices: Vec<MemberDevice> = case.read("devices");
        let removed = is_removed(&devices, &case.service(), &removal);
        case.expects(if removed { "removed" } else { "refuse" });
    }
}

#[test]
fn a_return_address_has_its_shape_or_stays() {
    for case in cases("return_addresses") {
        case.expects(if ReturnAddress::has_shape(case.text("text")) { "send" } else { "refuse" });
    }
}
