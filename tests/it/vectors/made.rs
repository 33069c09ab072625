//! Makes the vectors from constants, by the letter of `docs/desk-api.md` and with none of the program's own code.

mod blake2b;
mod heads;
mod papers;
mod removals;
mod sign_in;
mod tokens;

use std::str::FromStr as _;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use ed25519_dalek::{Signer as _, SigningKey};
use hkdf::Hkdf;
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

const ABOUT: [&str; 12] = [
    "Fixed cases of the protocol in docs/desk-api.md. Every key in here is a throw-away constant and worth nothing.",
    "Each list is flat: a case has a name, what goes in, and what must come out (expect).",
    "Where expect is `refuse`, nothing is sent, sealed, believed or shown; `why` says what is wrong, for people.",
    "Bytes are in base64, except bodies, lines and plaintexts, which are texts as they are.",
    "challenge_signatures: which of server_keys signed the file; challenge_plaintexts: the secret in it, in base64.",
    "heads: `enrol` takes typed words, `follow` goes by what is kept. Both take what GET /extract answers as `offered`.",
    "papers and passed_on: `devices` are those of the association that wrote or passed on, in the signed list.",
    "papers and passed_on expect proved, not_proved, refuse; a token that was not passed on expects not_passed_on.",
    "passed_on: seal `plaintext` to the recipient of `reader`, then open it as a token that the server shows.",
    "Rust runs them with `cargo test --test it vectors`; node with `node --test` in tests/desk.",
    "Rust makes the file again from its constants and compares: RELAIS_WRITE_VECTORS=1 writes it.",
    "One age file (sealed_challenge) cannot be made again: it stands in tests/it/vectors/made/sealed_challenge.txt.",
];

/// Throw-away identities: two devices of one association, one of another, one of nobody.
const ANA: &str = "AGE-SECRET-KEY-185R7YCVRHMUREWC2MEMY968Q4LA08EFSST7X5AWZNWE03AN88L3SVJU9SS";
const BO: &str = "AGE-SECRET-KEY-19NAVYGF3DJ387Z3H533KEDKXCE60TN3T40VY72VE59EJ6XV6WLJQ7LJUSY";
const CLEO: &str = "AGE-SECRET-KEY-1CE0PE5PTP3GWC6TH37NT8EQASH2A6ZEXFRRZEL8HKFSVRJ4JYHRSWGEQF4";
const NOBODY: &str = "AGE-SECRET-KEY-1EK3T0PZFHPQGZLAX9NXFN5VAZQ3X4Y58NGXVA4KG4PDQVM2J6Y5S95XUSA";

const SERVICE: &str = "relais-example";
const LYON: &str = "relais-lyon";
const PARIS: &str = "relais-paris";
const ORIGIN: &str = "https://desk.example.org";
const HANDOFF: &str = "00112233445566778899aabbccddeeff";

/// A device, its signing key derived as the document says.
struct Device {
    identity: &'static str,
    recipient: String,
    signing: SigningKey,
}

impl Device {
    fn of(identity: &'static str) -> Self {
        let recipient = age::x25519::Identity::from_str(identity).unwrap().to_public().to_string();
        let mut seed = [0_u8; 32];
        let hkdf = Hkdf::<Sha256>::new(None, identity.as_bytes());
        hkdf.expand(b"relais device signing key v1", &mut seed).unwrap();
        Self { identity, recipient, signing: SigningKey::from_bytes(&seed) }
    }

    fn public(&self) -> String {
        public(&self.signing)
    }

    fn sign(&self, text: &str) -> String {
        sign(&self.signing, text.as_bytes())
    }

    /// As the signed list holds it.
    fn listed(&self, coordinator: bool) -> Value {
        json!({ "recipient": self.recipient, "signing": self.public(), "coordinator": coordinator })
    }

    /// The line that says who wrote something.
    fn under(&self, text: &str) -> String {
        json!({ "device": self.recipient, "signature": self.sign(text) }).to_string()
    }
}

/// The server, and one that is another.
fn server() -> SigningKey {
    SigningKey::from_bytes(&[0x51; 32])
}

fn other_server() -> SigningKey {
    SigningKey::from_bytes(&[0x52; 32])
}

fn public(key: &SigningKey) -> String {
    STANDARD.encode(key.verifying_key().as_bytes())
}

fn sign(key: &SigningKey, bytes: &[u8]) -> String {
    STANDARD.encode(key.sign(bytes).to_bytes())
}

fn sha256(bytes: &[u8]) -> String {
    STANDARD.encode(Sha256::digest(bytes))
}

/// Words as the document makes them.
fn words(text: &str, count: usize) -> String {
    let list: Vec<&str> = include_str!("../../../web/desk/words.txt").lines().collect();
    let digest = Sha256::digest(text);
    digest.iter().take(count).map(|byte| list[usize::from(*byte)]).collect::<Vec<_>>().join("-")
}

/// Changes one letter of base64 in the middle.
fn bent(text: &str) -> String {
    let mut letters: Vec<char> = text.chars().collect();
    let middle = letters.len() / 2;
    letters[middle] = if letters[middle] == 'A' { 'B' } else { 'A' };
    letters.into_iter().collect()
}

fn signing_keys() -> Value {
    let case = |(name, identity)| {
        let device = Device::of(identity);
        json!({ "name": name, "identity": identity, "recipient": device.recipient, "expect": device.public() })
    };
    [("Ana", ANA), ("Bo", BO), ("Cleo", CLEO)].map(case).into()
}

fn enrolment_words() -> Value {
    let case = |identity| {
        let device = Device::of(identity);
        let (recipient, signing) = (device.recipient.clone(), device.public());
        let expect = words(&format!("{recipient} {signing}"), 8);
        json!({ "name": "eight words", "recipient": recipient, "signing": signing, "expect": expect })
    };
    [ANA, BO, CLEO].map(case).into()
}

fn return_addresses() -> Value {
    let case = |(name, text, send): (&str, String, bool)| json!({ "name": name, "text": text, "expect": if send { "send" } else { "refuse" } });
    let of = |length| "aZ0_-".repeat(30)[..length].to_owned();
    let fits = of(86);
    [
        ("40 letters", of(40), true),
        ("86 letters", fits.clone(), true),
        ("120 letters", of(120), true),
        ("39 letters", of(39), false),
        ("121 letters", of(121), false),
        ("none", String::new(), false),
        ("padding", format!("{fits}="), false),
        ("the other alphabet", format!("{fits}+/"), false),
        ("a line break at the end", format!("{fits}\n"), false),
        ("a space before", format!(" {fits}"), false),
        ("words", "she is at her sister's, and he does not know where that is".to_owned(), false),
        ("a letter that only looks like one", format!("{fits}а"), false),
    ]
    .map(case)
    .into_iter()
    .collect()
}

/// The whole file.
pub fn file() -> Value {
    json!({
        "about": ABOUT,
        "signing_keys": signing_keys(),
        "enrolment_words": enrolment_words(),
        "fingerprints": heads::fingerprints(),
        "heads": heads::heads(),
        "lists": heads::lists(),
        "challenge_signatures": sign_in::signatures(),
        "challenge_plaintexts": sign_in::plaintexts(),
        "challenge_ids": sign_in::ids(),
        "sealed_challenge": sign_in::sealed(),
        "proofs": sign_in::proofs(),
        "sessions": sign_in::sessions(),
        "acts": sign_in::acts(),
        "papers": papers::papers(),
        "passed_on": tokens::passed_on(),
        "removals": removals::removals(),
        "return_addresses": return_addresses(),
    })
}
