//! The signed list: its fingerprint, its head and its associations.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use ed25519_dalek::{Signer as _, SigningKey};
use serde_json::{Value, json};

use super::{
    ANA, BO, CLEO, Device, LYON, PARIS, SERVICE, blake2b, other_server, public, server, sha256, sign, words,
};

/// A minisign key, made of constants.
struct Minisign {
    key: SigningKey,
    id: [u8; 8],
}

impl Minisign {
    fn of(byte: u8) -> Self {
        Self { key: SigningKey::from_bytes(&[byte; 32]), id: [byte; 8] }
    }

    fn public(&self) -> String {
        STANDARD.encode([b"Ed".as_slice(), &self.id, self.key.verifying_key().as_bytes()].concat())
    }

    fn sign(&self, head: &str) -> String {
        self.signed(*b"ED", &blake2b::hash(head.as_bytes()))
    }

    /// A signature of the old kind, over the text itself.
    fn sign_as_before(&self, head: &str) -> String {
        self.signed(*b"Ed", head.as_bytes())
    }

    fn signed(&self, algorithm: [u8; 2], bytes: &[u8]) -> String {
        let signature = self.key.sign(bytes).to_bytes();
        let comment = "timestamp:1795600000\tfile:extract.json\thashed";
        let global = sign(&self.key, &[&signature, comment.as_bytes()].concat());
        let line = STANDARD.encode([algorithm.as_slice(), &self.id, &signature].concat());
        format!("untrusted comment: by a throw-away key\n{line}\ntrusted comment: {comment}\n{global}\n")
    }
}

fn signers() -> [Minisign; 3] {
    [0x61, 0x62, 0x63].map(Minisign::of)
}

fn names(signers: &[Minisign]) -> Vec<String> {
    signers.iter().map(Minisign::public).collect()
}

fn fingerprint_text(service: &str, threshold: u32, signers: &[String], server_key: &str) -> String {
    let mut signers = signers.to_vec();
    signers.sort();
    format!("relais desk fingerprint v1\n{service}\n{threshold}\n{}\n{server_key}\n", signers.join(","))
}

pub fn fingerprints() -> Value {
    let case = |name: &str, service: &str, threshold: u32, signers: &[String], key: &SigningKey| {
        let server_key = public(key);
        let text = fingerprint_text(service, threshold, signers, &server_key);
        json!({
            "name": name, "service": service, "threshold": threshold, "signers": signers, "server_key": server_key,
            "text": text, "expect": words(&text, 12),
        })
    };
    let all = names(&signers());
    let turned: Vec<String> = all.iter().rev().cloned().collect();
    json!([
        case("two of three", SERVICE, 2, &all, &server()),
        case("in whatever order they stand", SERVICE, 2, &turned, &server()),
        case("one alone", SERVICE, 1, &all[..1], &server()),
        case("another key of the server", SERVICE, 2, &all, &other_server()),
        case("another service", "relais-other", 2, &all, &server()),
    ])
}

fn list() -> String {
    let (ana, bo, cleo) = (Device::of(ANA), Device::of(BO), Device::of(CLEO));
    let list = json!([
        {
            "id": LYON, "name": "Relais, Lyon", "role": "association", "country": "FR",
            "recipients": [ana.recipient, bo.recipient], "devices": [ana.listed(true), bo.listed(false)],
        },
        {
            "id": PARIS, "name": "Relais, Paris", "role": "national_team", "country": "FR",
            "recipients": [cleo.recipient], "devices": [],
        },
    ]);
    format!("{list}\n")
}

pub fn lists() -> Value {
    let (list, named) = (list(), sha256(list().as_bytes()));
    let case = |name: &str, list: &str, expect: &str| json!({ "name": name, "associations": named, "list": list, "expect": expect });
    json!([
        case("the one that the head names", &list, "accept"),
        case("another role", &list.replace("\"association\"", "\"national_team\""), "refuse"),
        case(
            "another recipient",
            &list.replace(&Device::of(BO).recipient, &Device::of(CLEO).recipient),
            "refuse"
        ),
        case("a space more", &list.replace("},{", "}, {"), "refuse"),
        case("without its line end", list.trim_end(), "refuse"),
    ])
}

fn head(service: &str, version: u64, server_keys: &[&SigningKey]) -> String {
    let keys: Vec<String> = server_keys.iter().map(|key| format!("\"{}\"", public(key))).collect();
    let (keys, list) = (keys.join(","), sha256(list().as_bytes()));
    format!(
        "{{\"v\":1,\"service\":\"{service}\",\"version\":{version},\"until\":\"2027-05-01\",\
         \"server_keys\":[{keys}],\"associations\":\"{list}\"}}\n"
    )
}

fn offered(head: &str, signatures: &[String]) -> Value {
    json!({ "head": head, "signatures": signatures, "signers": names(&signers()), "threshold": 2 })
}

pub fn heads() -> Value {
    let mut all = enrolments();
    all.extend(followed());
    all.into()
}

fn enrolments() -> Vec<Value> {
    let [one, two, _] = signers();
    let (key, second, stranger) = (server(), other_server(), Minisign::of(0x6F));
    let head = head(SERVICE, 7, &[&key, &second]);
    let right = |key: &SigningKey| words(&fingerprint_text(SERVICE, 2, &names(&signers()), &public(key)), 12);
    let both = [one.sign(&head), two.sign(&head)];
    let case = |name: &str, offered: Value, words: &str, why: &str| {
        let expect = if why.is_empty() { "accept" } else { "refuse" };
        json!({ "name": name, "step": "enrol", "offered": offered, "words": words, "expect": expect, "why": why })
    };
    let plain = |name: &str, signatures: &[String], why: &str| {
        case(name, offered(&head, signatures), &right(&key), why)
    };
    let changed = |member: &str, value: Value| {
        let mut offered = offered(&head, &both);
        offered[member] = value;
        offered
    };
    let commented = both[1].replace("file:extract.json", "file:extract.jsom");
    vec![
        plain("two of three have signed", &both, ""),
        case("the words of an older key of the server", offered(&head, &both), &right(&second), ""),
        plain("too few have signed", &both[..1], "unsigned"),
        plain("nobody has signed", &[], "unsigned"),
        plain("the same key twice", &[both[0].clone(), both[0].clone()], "unsigned"),
        plain("a signer whom nobody named", &[both[0].clone(), stranger.sign(&head)], "unsigned"),
        plain("a signature of the old kind", &[both[0].clone(), two.sign_as_before(&head)], "unsigned"),
        plain("a trusted comment that was changed", &[both[0].clone(), commented], "unsigned"),
        case(
            "one byte is another",
            changed("head", json!(head.replace("05-01", "05-02"))),
            &right(&key),
            "unsigned",
        ),
        case("no line end", changed("head", json!(head.trim_end())), &right(&key), "malformed"),
        case("two lines", changed("head", json!(format!("{head}\n"))), &right(&key), "malformed"),
        case("a lower threshold", changed("threshold", json!(1)), &right(&key), "other_fingerprint"),
        case(
            "a signer more",
            changed("signers", json!([names(&signers()), vec![stranger.public()]].concat())),
            &right(&key),
            "other_fingerprint",
        ),
        case(
            "the words of another server",
            offered(&head, &both),
            &right(&SigningKey::from_bytes(&[7; 32])),
            "other_fingerprint",
        ),
        case(
            "a word is missing",
            offered(&head, &both),
            right(&key).rsplit_once('-').unwrap().0,
            "other_fingerprint",
        ),
        case("no words", offered(&head, &both), "", "other_fingerprint"),
    ]
}

fn followed() -> Vec<Value> {
    let [one, two, three] = signers();
    let (key, next) = (server(), other_server());
    let known = head(SERVICE, 7, &[&key]);
    let kept = json!({
        "service": SERVICE, "signers": names(&signers()), "threshold": 2, "server_keys": [public(&key)],
        "version": 7, "head": sha256(known.as_bytes()), "until": "2027-05-01",
        "associations": sha256(list().as_bytes()),
    });
    let case = |name: &str, head: &str, by: &[&Minisign], why: &str| {
        let signatures: Vec<String> = by.iter().map(|signer| signer.sign(head)).collect();
        let expect = if why.is_empty() { "accept" } else { "refuse" };
        let offered = offered(head, &signatures);
        json!({ "name": name, "step": "follow", "kept": kept, "offered": offered, "expect": expect, "why": why })
    };
    let newer = head(SERVICE, 8, &[&next, &key]);
    let mut strange = case("the answer names its own signers", &newer, &[&Minisign::of(0x6F)], "unsigned");
    strange["offered"]["signers"] = json!([Minisign::of(0x6F).public()]);
    strange["offered"]["threshold"] = json!(1);
    vec![
        case("the same again", &known, &[&one, &two], ""),
        case("the same, signed by others of the three", &known, &[&three, &one], ""),
        case("a newer one with another key of the server", &newer, &[&two, &three], ""),
        case("an older one", &head(SERVICE, 6, &[&key]), &[&one, &two], "older"),
        case("other bytes under the same version", &head(SERVICE, 7, &[&next]), &[&one, &two], "twofold"),
        case("another service", &head("relais-other", 8, &[&key]), &[&one, &two], "other_service"),
        case("a newer one that too few have signed", &newer, &[&one], "unsigned"),
        case("version 0", &head(SERVICE, 0, &[&key]), &[&one, &two], "malformed"),
        case("no key of the server", &head(SERVICE, 8, &[]), &[&one, &two], "malformed"),
        strange,
    ]
}
