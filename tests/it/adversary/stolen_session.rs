//! Somebody has copied a session, or what a device has signed, and has no key.

use relais::device::{DeviceKey, Statement};
use relais::terms::Contact;
use reqwest::header::AUTHORIZATION;
use serde_json::json;

use crate::desk::stage::{Answer, LYON, Stage};

/// Everything that changes something, with a body that would do.
const ACTS: [(&str, &str, &str); 11] = [
    ("POST", "handoffs/{}/read", "{}"),
    ("POST", "handoffs/{}/accept", "{\"claim\":\"\"}"),
    ("POST", "handoffs/{}/decline", "{\"reason\":\"full\"}"),
    ("POST", "handoffs/{}/pass-on", "{\"association\":\"exemple-paris\",\"ciphertext\":\"\"}"),
    ("POST", "handoffs/{}/notes", "{\"ciphertext\":\"\"}"),
    ("POST", "handoffs/{}/messages", "{\"return_address\":\"x\",\"text\":\"x\",\"copy\":\"\"}"),
    ("POST", "handoffs/{}/close", "{\"outcome\":\"helped\"}"),
    ("POST", "pause", "{\"until\":null}"),
    ("POST", "devices/sign-out", "{\"device\":\"x\"}"),
    ("POST", "devices/remove", "{}"),
    ("DELETE", "sessions", ""),
];

/// A call with whatever session and signature.
struct Call<'a> {
    method: &'a str,
    path: &'a str,
    body: &'a str,
    token: &'a str,
}

impl Call<'_> {
    fn signed(&self, stage: &Stage, key: &DeviceKey) -> String {
        let path = format!("/api/v1/{}", self.path);
        key.sign(&Statement::Act {
            origin: &stage.base,
            association: LYON,
            method: self.method,
            path: &path,
            body: self.body.as_bytes(),
            token: self.token,
        })
    }

    async fn send(&self, stage: &Stage, signature: Option<&str>) -> Answer {
        let url = format!("{}/api/v1/{}", stage.base, self.path);
        let mut call = stage.http.request(self.method.parse().unwrap(), url);
        call = call.header(AUTHORIZATION, format!("Bearer {}", self.token)).body(self.body.to_owned());
        if let Some(signature) = signature {
            call = call.header("relais-signature", signature);
        }
        Answer::of(call.header("content-type", "application/json").send().await.unwrap()).await
    }
}

#[tokio::test]
async fn a_session_that_was_copied_reads_ciphertext_and_does_nothing() {
    let stage = Stage::set().await;
    let wanted = stage.request(1, LYON, Contact::AnyTime).await;
    let token = stage.sign_in(LYON).await;
    let stranger = DeviceKey::of(&age::x25519::Identity::generate());
    let colleague = DeviceKey::of(&stage.identities_of(LYON)[1]);
    for (method, path, body) in ACTS {
        let path = path.replace("{}", &wanted.handoff.to_string());
        let call = Call { method, path: &path, body, token: &token };
        for signature in [None, Some(String::new()), Some("A".repeat(88))] {
            call.send(&stage, signature.as_deref()).await.is(403, "act_not_signed");
        }
        for key in [&stranger, &colleague] {
            call.send(&stage, Some(&call.signed(&stage, key))).await.is(403, "act_not_signed");
        }
    }
    let row = stage.store.handoff(wanted.handoff).await.unwrap().unwrap();
    assert!(!row.seen);
    // What it reads is sealed to devices.
    assert!(
        stage.on_desk(&token, "handoff").await["ciphertext"].as_str().unwrap().starts_with("YWdlLWVuY3J5")
    );
}

#[tokio::test]
async fn a_signature_is_good_for_one_method_path_body_session_and_address() {
    let mut stage = Stage::set().await;
    let wanted = stage.request(1, LYON, Contact::AnyTime).await;
    let key = stage.device(LYON);
    let (one, other) = (stage.sign_in(LYON).await, stage.sign_in(LYON).await);
    let path = format!("handoffs/{}/close", wanted.handoff);
    let body = json!({ "outcome": "helped" }).to_string();
    let close = Call { method: "POST", path: &path, body: &body, token: &one };
    let signature = close.signed(&stage, &key);
    let read = format!("handoffs/{}/read", wanted.handoff);
    let longer = format!("{body} ");
    for replayed in [
        Call { path: &read, ..close },
        Call { path: "pause", ..close },
        Call { body: "{\"outcome\":\"referred\"}", ..close },
        Call { body: &longer, ..close },
        Call { body: "", ..close },
        Call { token: &other, ..close },
        Call { method: "DELETE", path: "sessions", ..close },
    ] {
        let answer = replayed.send(&stage, Some(&signature)).await;
        answer.is(403, "act_not_signed");
    }
    let elsewhere = key.sign(&Statement::Act {
        origin: "https://desk.example.org",
        association: LYON,
        method: "POST",
        path: &format!("/api/v1/{path}"),
        body: body.as_bytes(),
        token: &one,
    });
    close.send(&stage, Some(&elsewhere)).await.is(403, "act_not_signed");
    stage.accept(&one, LYON, &wanted, "Ana").await.ok();
    close.send(&stage, Some(&signature)).await.ok();
    // Signed for a session that has ended it is nothing.
    stage.ask("DELETE", "sessions", Some(&one)).await.ok();
    close.send(&stage, Some(&signature)).await.is(401, "no_session");
    stage.open().await;
}

#[tokio::test]
async fn what_signed_one_thing_never_passes_for_another() {
    let stage = Stage::set().await;
    let (key, association) = (stage.device(LYON), LYON.parse().unwrap());
    let name = key.recipient().to_string();
    let handoff = stage.request(1, LYON, Contact::AnyTime).await.handoff;
    let origin = stage.base.as_str();
    let statements = [
        Statement::Session { origin, association: LYON, id: "x", server_key: "x", device: &name },
        Statement::Act { origin, association: LYON, method: "POST", path: "x", body: b"x", token: "x" },
        Statement::Paper { service: "x", association: &association, handoff, line: "x" },
        Statement::PassedOn { lines: "x\n" },
        Statement::Removal { service: "x", association: &association, device: "x", by: &name, at: "x" },
    ];
    for (at, signed) in statements.iter().enumerate() {
        let signature = key.sign(signed);
        for (other, statement) in statements.iter().enumerate() {
            assert_eq!(key.public().has_signed(statement, &signature), at == other, "{at} as {other}");
        }
    }
}
