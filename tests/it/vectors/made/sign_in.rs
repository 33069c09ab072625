//! Signing in, and what is done afterwards.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use ed25519_dalek::SigningKey;
use hmac::{Hmac, Mac as _};
use serde_json::{Value, json};
use sha2::Sha256;

use super::{ANA, BO, Device, LYON, ORIGIN, PARIS, bent, other_server, public, server, sha256, sign};

const ID: &str = "Y2hhbGxlbmdl-of-the-vectors_1";
const SECRET: [u8; 32] = *b"32 bytes that are as if random..";
const TAG: &[u8] = b"relais desk challenge signature v2\n";
/// The plaintext of [`lines`], sealed to Ana and Bo once.
const SEALED: &str = include_str!("sealed_challenge.txt");

/// The six lines as they must be.
fn lines() -> [String; 6] {
    let secret = STANDARD.encode(SECRET);
    ["relais desk challenge v2", &public(&server()), ORIGIN, LYON, ID, &secret].map(str::to_owned)
}

fn whole(lines: &[String]) -> String {
    lines.join("\n") + "\n"
}

pub fn sealed() -> Value {
    let server_key = public(&server());
    let file = STANDARD.decode(SEALED.trim()).unwrap();
    json!([{
        "name": "sealed to Ana and Bo", "identity": ANA, "challenge": SEALED.trim(), "server_keys": [server_key],
        "signature": sign(&server(), &[TAG, &file].concat()), "expect": whole(&lines()),
    }])
}

pub fn signatures() -> Value {
    let file = STANDARD.decode(SEALED.trim()).unwrap();
    let signed = |key: &SigningKey| sign(key, &[TAG, &file].concat());
    let (own, other) = (public(&server()), public(&other_server()));
    let case = |name: &str, file: &[u8], keys: &[&String], signature: String, expect: &str| {
        json!({
            "name": name, "server_keys": keys, "challenge": STANDARD.encode(file), "signature": signature,
            "expect": expect,
        })
    };
    let mut longer = file.clone();
    longer.push(0);
    json!([
        case("the server has signed", &file, &[&own], signed(&server()), &own),
        case("one of its two keys has", &file, &[&other, &own], signed(&server()), &own),
        case("a key that is not kept", &file, &[&own], signed(&other_server()), "refuse"),
        case("the signature is bent", &file, &[&own], bent(&signed(&server())), "refuse"),
        case("of another file", &longer, &[&own], signed(&server()), "refuse"),
        case("without the line before it", &file, &[&own], sign(&server(), &file), "refuse"),
        case("no signature", &file, &[&own], String::new(), "refuse"),
        case("no key is kept", &file, &[], signed(&server()), "refuse"),
        case(
            "a weak key fits everything",
            &file,
            &[&STANDARD.encode([1_u8].iter().chain(&[0; 31]).copied().collect::<Vec<u8>>())],
            STANDARD.encode([1_u8].iter().chain(&[0; 63]).copied().collect::<Vec<u8>>()),
            "refuse"
        ),
    ])
}

fn plaintext(name: &str, text: &str, expect: &str) -> Value {
    json!({
        "name": name, "server_key": public(&server()), "origin": ORIGIN, "association": LYON, "id": ID,
        "plaintext": text, "expect": expect,
    })
}

pub fn plaintexts() -> Value {
    let right = whole(&lines());
    let mut all = vec![plaintext("as it must be", &right, &STANDARD.encode(SECRET))];
    let others = [
        ("another first line", "relais desk challenge v1".to_owned()),
        ("another key of the server", public(&other_server())),
        ("another origin", "https://desk.example.com".to_owned()),
        ("another association", PARIS.to_owned()),
        ("another id", format!("{ID}2")),
        ("no random bytes", "her own words, which are not random bytes at all".to_owned()),
    ];
    for (at, (name, line)) in others.into_iter().enumerate() {
        let mut changed = lines();
        changed[at] = line;
        all.push(plaintext(name, &whole(&changed), "refuse"));
    }
    let with_secret = |secret: String| {
        let mut changed = lines();
        changed[5] = secret;
        whole(&changed)
    };
    let secret = STANDARD.encode(SECRET);
    for (name, text) in [
        ("line ends of another system", right.replace('\n', "\r\n")),
        ("the last line end is missing", right.trim_end().to_owned()),
        ("a seventh line", format!("{right}more\n")),
        ("an empty seventh line", format!("{right}\n")),
        ("a line before", format!("\n{right}")),
        ("a mark before", format!("\u{feff}{right}")),
        ("a space after the secret", with_secret(format!("{secret} "))),
        ("31 bytes", with_secret(STANDARD.encode(&SECRET[..31]))),
        ("33 bytes", with_secret(STANDARD.encode([&SECRET[..], &[0]].concat()))),
        ("no padding", with_secret(secret.trim_end_matches('=').to_owned())),
        ("the other alphabet", with_secret(format!("-{}", &secret[1..]))),
        ("nothing", String::new()),
        ("a request", "{\"v\":1,\"kind\":\"handoff\",\"body\":\"he has my passport\"}\n{}\n".to_owned()),
        ("a note", "{\"v\":1,\"kind\":\"note\",\"text\":\"call at six\"}\n".to_owned()),
        ("32 bytes alone", STANDARD.encode(SECRET)),
    ] {
        all.push(plaintext(name, &text, "refuse"));
    }
    all.into()
}

/// Ids in a plaintext that is right but for them.
pub fn ids() -> Value {
    let case = |(name, id, expect): (&str, &str, &str)| {
        let mut lines = lines();
        id.clone_into(&mut lines[4]);
        json!({
            "name": name, "server_key": public(&server()), "origin": ORIGIN, "association": LYON, "id": id,
            "plaintext": whole(&lines), "expect": expect,
        })
    };
    let secret = STANDARD.encode(SECRET);
    [
        ("an id as servers make them", ID, secret.as_str()),
        ("a line break in it", "one\ntwo", "refuse"),
        ("a carriage return in it", "one\rtwo", "refuse"),
        ("a control character in it", "one\u{0}two", "refuse"),
    ]
    .map(case)
    .into_iter()
    .collect()
}

pub fn proofs() -> Value {
    let case = |(name, origin, association): (&str, &str, &str)| {
        let server_key = public(&server());
        let covered = ["relais desk proof v2", origin, association, ID, &server_key].join("\n");
        let mut mac = Hmac::<Sha256>::new_from_slice(&SECRET).unwrap();
        mac.update(covered.as_bytes());
        json!({
            "name": name, "secret": STANDARD.encode(SECRET), "origin": origin, "association": association, "id": ID,
            "server_key": server_key, "expect": STANDARD.encode(mac.finalize().into_bytes()),
        })
    };
    [
        ("a desk", ORIGIN, LYON),
        ("another port", "http://127.0.0.1:8080", LYON),
        ("another association", ORIGIN, PARIS),
    ]
    .map(case)
    .into()
}

pub fn sessions() -> Value {
    let case = |identity| {
        let device = Device::of(identity);
        let server_key = public(&server());
        let lines = ["relais desk device v2", ORIGIN, LYON, ID, &server_key, &device.recipient];
        let statement = lines.join("\n");
        json!({
            "name": "the device says its name", "identity": device.identity, "device": device.recipient,
            "origin": ORIGIN, "association": LYON, "id": ID, "server_key": server_key, "statement": statement,
            "expect": device.sign(&statement),
        })
    };
    [ANA, BO].map(case).into()
}

pub fn acts() -> Value {
    let case = |(name, method, path, body): (&str, &str, &str, &str)| {
        let (device, token) = (Device::of(ANA), "c2Vzc2lvbg_of-the-vectors");
        let (body_hash, token_hash) = (sha256(body.as_bytes()), sha256(token.as_bytes()));
        let statement =
            format!("relais desk act v1\n{ORIGIN}\n{LYON}\n{method}\n{path}\n{body_hash}\n{token_hash}\n");
        json!({
            "name": name, "identity": ANA, "origin": ORIGIN, "association": LYON, "method": method, "path": path,
            "body": body, "token": token, "statement": statement, "expect": device.sign(&statement),
        })
    };
    [
        ("a request is read", "POST", "/api/v1/handoffs/00112233445566778899aabbccddeeff/read", "{}"),
        ("a pause with letters of two bytes", "POST", "/api/v1/pause", "{\"until\":null,\"é\":\"à\"}"),
        ("signing out, without a body", "DELETE", "/api/v1/sessions", ""),
    ]
    .map(case)
    .into()
}
