//! A desk's server that says what it likes, and a volunteer's terminal in front of it.

use std::path::PathBuf;
use std::process::{Command, Output};

use age::secrecy::ExposeSecret as _;
use age::x25519::Identity;
use axum::extract::Request;
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use axum::{Json, Router};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use ed25519_dalek::Signer as _;
use relais::device::DeviceKey;
use relais::directory::{self, SigningKey};
use relais::handoff::{self, key_text};
use relais::record::Record;
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};
use tempfile::TempDir;
use tokio::net::TcpListener;

use crate::handoff::{longest, record};
use crate::sealing::ring;

/// The association that the volunteer works for.
pub const ASSOCIATION: &str = "exemple-lyon";

/// What the program printed, what it said to be wrong, and its exit code.
pub struct Said {
    pub out: String,
    pub err: String,
    pub code: i32,
}

impl Said {
    pub fn of(output: &Output) -> Self {
        let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
        Self { out: text(&output.stdout), err: text(&output.stderr), code: output.status.code().unwrap() }
    }
}

/// A volunteer with a key of their own, and a folder to work in.
pub struct Volunteer {
    pub identity: Identity,
    /// Whose signature counts for this volunteer.
    signer: SigningKey,
    folder: TempDir,
}

impl Volunteer {
    pub fn new() -> Self {
        let (identity, folder) = (Identity::generate(), tempfile::tempdir().unwrap());
        let signer = SigningKey::throw_away().unwrap();
        std::fs::write(folder.path().join("key.txt"), identity.to_string().expose_secret()).unwrap();
        Self { identity, signer, folder }
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Types a command of the desk at a server.
    pub fn types(&self, server: &str, arguments: &[&str]) -> Said {
        let mut command = Command::new(env!("CARGO_BIN_EXE_relais"));
        command.current_dir(self.folder.path()).arg("desk").args(arguments);
        command.env_remove("RELAIS_DESK_SERVER_KEY").env("RELAIS_DESK_FINGERPRINT", self.fingerprint());
        command.env("RELAIS_DESK_URL", server).env("RELAIS_DESK_ASSOCIATION", ASSOCIATION);
        command.env("RELAIS_DESK_IDENTITY", self.path("key.txt")).env("RELAIS_DESK_NAME", "Ana");
        Said::of(&command.output().unwrap())
    }

    fn fingerprint(&self) -> String {
        let signers = [self.signer.public().unwrap()];
        directory::fingerprint(&"liar".parse().unwrap(), &signers, 1, &server_key())
    }

    /// The signed list of a service that holds this volunteer's association alone: what is offered, and the list.
    fn listed(&self) -> (Value, String) {
        let device = DeviceKey::of(&self.identity);
        let recipient = device.recipient().to_string();
        let own = json!({ "id": ASSOCIATION, "name": "Lyon", "role": "association", "country": "FR",
            "recipients": [recipient],
            "devices": [{ "recipient": recipient, "signing": device.public().to_string() }] });
        let list = format!("{}\n", json!([own]));
        let head = json!({ "v": 1, "service": "liar", "version": 1, "server_keys": [server_key()],
            "associations": STANDARD.encode(Sha256::digest(&list)) });
        let head = format!("{head}\n");
        let signature = self.signer.sign(head.as_bytes(), "extract.json", 0).unwrap();
        let signers = [self.signer.public().unwrap()];
        (json!({ "head": head, "signatures": [signature], "signers": signers, "threshold": 1 }), list)
    }

    /// A challenge as the server makes it.
    fn challenge(&self, origin: &str) -> Value {
        let lines =
            ["relais desk challenge v2", &server_key(), origin, ASSOCIATION, "1", &STANDARD.encode([7; 32])];
        let text = lines.map(|line| format!("{line}\n")).concat();
        let file = handoff::encrypt::<()>(&text, &[self.identity.to_public()]).unwrap().into_bytes();
        let signed = [b"relais desk challenge signature v2\n", file.as_slice()].concat();
        let signature = ring().signing().sign(&signed).to_bytes();
        json!({ "id": "1", "challenge": STANDARD.encode(file), "signature": STANDARD.encode(signature) })
    }

    /// Opens a token that holds this record.
    pub fn opens(&self, record: &Record, arguments: &[&str]) -> Said {
        std::fs::write(self.path("token.age"), self.sealed(record)).unwrap();
        self.types("http://127.0.0.1:1", &[&["open", "token.age"], arguments].concat())
    }

    pub fn sealed(&self, record: &Record) -> Vec<u8> {
        handoff::seal(record, &[self.identity.to_public()], ring().signing()).unwrap().into_bytes()
    }

    /// Seals what a colleague wrote down, as it goes to the server.
    pub fn paper(&self, content: &Value) -> String {
        let sealed = handoff::encrypt::<()>(&content.to_string(), &[self.identity.to_public()]).unwrap();
        STANDARD.encode(sealed.as_bytes())
    }
}

/// A request as the service seals it, with own words.
pub fn request(words: &str) -> Record {
    let mut record = record(&longest());
    record.body = Some(relais::record::Words::new(words.to_owned()));
    record
}

/// The key that signs these requests, as it is published.
pub fn server_key() -> String {
    key_text(&ring().signing().verifying_key())
}

/// Starts a server that answers each call as it is told; nothing for a call: 404.
pub async fn liar(answers: impl Fn(&str) -> Option<(u16, Value)> + Clone + Send + Sync + 'static) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    serve(listener, answers);
    address
}

fn serve(
    listener: TcpListener,
    answers: impl Fn(&str) -> Option<(u16, Value)> + Clone + Send + Sync + 'static,
) {
    let answer = move |request: Request| {
        let told = answers(request.uri().path());
        async move { answered(told) }
    };
    tokio::spawn(async move { axum::serve(listener, Router::new().fallback(answer)).await });
}

fn answered(told: Option<(u16, Value)>) -> Response {
    let (status, body) = told.unwrap_or_else(|| (404, json!({ "code": "not_found", "title": "nothing" })));
    (StatusCode::from_u16(status).unwrap(), Json(body)).into_response()
}

/// Starts a server that lets this volunteer in as any server would, and then shows these tokens.
pub async fn desk(volunteer: &Volunteer, tokens: Vec<Value>) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let origin = format!("http://{}", listener.local_addr().unwrap());
    let (offered, list) = volunteer.listed();
    let challenge = volunteer.challenge(&origin);
    let hints = json!([{ "id": ASSOCIATION, "routable": true }]);
    let book = json!({ "extract": list, "associations": hints });
    let session = json!({ "token": "session", "expires": "2099-01-01T00:00:00Z" });
    let answers = move |path: &str| {
        Some(match path {
            "/api/v1/extract" => (200, offered.clone()),
            "/api/v1/challenges" => (200, challenge.clone()),
            "/api/v1/sessions" => (201, session.clone()),
            "/api/v1/directory" => (200, book.clone()),
            "/api/v1/devices" => (200, json!({ "devices": [], "removals": [] })),
            "/api/v1/handoffs" => (200, json!({ "cursor": "1", "more": false, "tokens": tokens })),
            _ => (200, json!({})),
        })
    };
    serve(listener, answers);
    origin
}
