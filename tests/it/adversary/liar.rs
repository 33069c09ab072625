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
use relais::handoff::{self, key_text};
use relais::record::Record;
use serde_json::{Value, json};
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
    folder: TempDir,
}

impl Volunteer {
    pub fn new() -> Self {
        let (identity, folder) = (Identity::generate(), tempfile::tempdir().unwrap());
        std::fs::write(folder.path().join("key.txt"), identity.to_string().expose_secret()).unwrap();
        Self { identity, folder }
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Types a command of the desk at a server.
    pub fn types(&self, server: &str, arguments: &[&str]) -> Said {
        let mut command = Command::new(env!("CARGO_BIN_EXE_relais"));
        command.current_dir(self.folder.path()).arg("desk").args(arguments);
        command.env_remove("RELAIS_DESK_SERVER_KEY");
        command.env("RELAIS_DESK_URL", server).env("RELAIS_DESK_ASSOCIATION", ASSOCIATION);
        command.env("RELAIS_DESK_IDENTITY", self.path("key.txt")).env("RELAIS_DESK_NAME", "Ana");
        Said::of(&command.output().unwrap())
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
    let answer = move |request: Request| {
        let told = answers(request.uri().path());
        async move { answered(told) }
    };
    tokio::spawn(async move { axum::serve(listener, Router::new().fallback(answer)).await });
    address
}

fn answered(told: Option<(u16, Value)>) -> Response {
    let (status, body) = told.unwrap_or_else(|| (404, json!({ "code": "not_found", "title": "nothing" })));
    (StatusCode::from_u16(status).unwrap(), Json(body)).into_response()
}

/// Starts a server that lets this volunteer in as any server would, and then shows these tokens.
pub async fn desk(volunteer: &Volunteer, tokens: Vec<Value>) -> String {
    let secret = STANDARD.decode(volunteer.paper(&json!("a secret to give back"))).unwrap();
    let challenge = json!({ "id": "1", "challenge": STANDARD.encode(secret) });
    let recipients = [volunteer.identity.to_public().to_string()];
    let own = json!({ "id": ASSOCIATION, "name": "Lyon", "role": "association", "country": "FR",
        "recipients": recipients, "routable": true });
    let book = json!({ "associations": [own], "server_keys": [server_key()] });
    let session = json!({ "token": "session", "expires": "2027-01-01T00:00:00Z" });
    liar(move |path| {
        Some(match path {
            "/api/v1/challenges" => (200, challenge.clone()),
            "/api/v1/sessions" => (201, session.clone()),
            "/api/v1/directory" => (200, book.clone()),
            "/api/v1/handoffs" => (200, json!({ "cursor": "1", "more": false, "tokens": tokens })),
            _ => (200, json!({})),
        })
    })
    .await
}
