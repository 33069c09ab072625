//! The page of the demonstration: a phone, and beside it what the association and the server have.

use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use axum::extract::{Path, Query, Request, State};
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::middleware::{self, Next};
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse as _, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use futures::future::BoxFuture;
use futures::stream::{self, Stream};
use rust_embed::RustEmbed;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::chat::Message;
use super::profile::Profile;
use super::world::{State as Known, World};

/// How often the page looks even where no bell has rung: the database changes without one.
const LOOK: Duration = Duration::from_secs(1);
/// What the page may do: nothing but use its own files and talk to its own address.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; \
     base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; \
     trusted-types 'none'";

/// What lies behind the phone: the association's key and the server's database.
pub trait Backstage: Send + Sync {
    /// Opens a document that came to this group with the key of the association whose group it is.
    ///
    /// # Errors
    /// Returns a sentence that says why it does not open.
    fn open(&self, group: i64, document: &[u8], language: &str) -> Result<Opened, String>;

    /// Returns the desk of the association whose group this is.
    fn desk(&self, group: i64) -> Option<Desk>;

    /// Returns the key file of the association whose group this is: what its volunteers bring to their desk.
    fn key_file(&self, group: i64) -> Option<String>;

    /// Returns the rows of the server's database, newest first.
    fn rows(&self) -> BoxFuture<'_, Vec<Row>>;

    /// Returns the groups of the association and of the national team, with their names.
    fn groups(&self) -> Vec<(i64, String)>;

    /// Returns the languages that a phone can be set to: code and own name.
    fn languages(&self) -> Vec<(String, String)>;
}

/// An opened document, line by line.
#[derive(Clone, Debug, Serialize)]
pub struct Opened {
    /// The title.
    pub headline: String,
    /// The record.
    pub lines: Vec<OpenedLine>,
}

/// A line of an opened document.
#[derive(Clone, Debug, Serialize)]
pub struct OpenedLine {
    /// What it is; empty for a line that stands alone.
    pub label: String,
    /// What is said.
    pub value: String,
}

/// Where the volunteers of a group work, and as whom.
#[derive(Clone, Debug, Serialize)]
pub struct Desk {
    /// The address of the desk page.
    pub url: String,
    /// The association's name at the desk.
    pub association: String,
}

/// A row of the database as it lies there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Row {
    /// Columns in their order: name and content.
    pub columns: Vec<(String, String)>,
    /// The first bytes of the ciphertext, in hexadecimal.
    pub ciphertext: String,
    /// The length of the ciphertext, in bytes.
    pub size: usize,
}

#[derive(RustEmbed)]
#[folder = "web/demo/"]
struct Files;

#[derive(Clone)]
struct Page {
    world: Arc<World>,
    backstage: Arc<dyn Backstage>,
}

pub(super) fn router(world: Arc<World>, backstage: Arc<dyn Backstage>) -> Router {
    Router::new()
        .route("/", get(|| async { file("index.html") }))
        .route("/page/{name}", get(|Path(name): Path<String>| async move { file(&name) }))
        .route("/languages", get(languages))
        .route("/live/{chat}", get(live))
        .route("/chats", post(open_chat))
        .route("/chats/{chat}", post(act))
        .route("/groups/{group}/key", get(load_key))
        .route("/documents/{file}", get(load))
        .route("/documents/{file}/open", post(open_document))
        .with_state(Page { world, backstage })
        .layer(middleware::from_fn(guard))
}

/// Serves this machine's browser only, and forbids the page everything that it does not need.
async fn guard(request: Request, next: Next) -> Response {
    let host = request.headers().get(header::HOST).and_then(|host| host.to_str().ok()).unwrap_or_default();
    let name = host.rsplit_once(':').map_or(host, |(name, _)| name);
    // Another site could otherwise reach the page under a name of its own.
    if !["127.0.0.1", "localhost", "[::1]"].contains(&name) {
        return StatusCode::FORBIDDEN.into_response();
    }
    let mut response = next.run(request).await;
    let mut put = |name: HeaderName, value: &'static str| {
        response.headers_mut().insert(name, HeaderValue::from_static(value));
    };
    put(header::CONTENT_SECURITY_POLICY, POLICY);
    put(header::X_CONTENT_TYPE_OPTIONS, "nosniff");
    put(header::REFERRER_POLICY, "no-referrer");
    put(header::CACHE_CONTROL, "no-store");
    response
}

fn file(name: &str) -> Response {
    let Some(found) = Files::get(name) else { return StatusCode::NOT_FOUND.into_response() };
    let kind = match name.rsplit_once('.').map(|(_, ending)| ending) {
        Some("html") => "text/html; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("svg") => "image/svg+xml",
        Some(_) | None => "application/octet-stream",
    };
    ([(header::CONTENT_TYPE, kind)], found.data.into_owned()).into_response()
}

async fn languages(State(page): State<Page>) -> Json<Vec<(String, String)>> {
    Json(page.backstage.languages())
}

async fn live(
    State(page): State<Page>,
    Path(chat): Path<i64>,
) -> Sse<impl Stream<Item = Result<Event, Infallible>>> {
    let changes = page.world.changes();
    let events = stream::unfold((page, changes, Value::Null), move |(page, mut changes, last)| async move {
        loop {
            changes.mark_unchanged();
            let seen = snapshot(&page, chat).await;
            if seen != last {
                let event = Event::default().data(seen.to_string());
                return Some((Ok(event), (page, changes, seen)));
            }
            // Either way it is time to look again.
            let _ = tokio::time::timeout(LOOK, changes.changed()).await;
        }
    });
    Sse::new(events).keep_alive(KeepAlive::default())
}

async fn snapshot(page: &Page, chat: i64) -> Value {
    let groups = page.backstage.groups();
    let groups: Vec<_> =
        groups.into_iter().map(|(group, name)| (group, name, page.backstage.desk(group))).collect();
    let mut seen = page.world.look(|known| look(known, chat, &groups));
    if let Some(seen) = seen.as_object_mut() {
        seen.insert("rows".to_owned(), json!(page.backstage.rows().await));
    }
    seen
}

fn look(known: &Known, chat: i64, groups: &[(i64, String, Option<Desk>)]) -> Value {
    let messages = |chat: i64| known.chats.get(&chat).map_or(&[][..], |chat| chat.messages.as_slice());
    let language = known.chats.get(&chat).and_then(|chat| chat.language.as_deref());
    let groups: Vec<Value> = groups
        .iter()
        .map(|(group, name, desk)| {
            json!({ "chat": group, "name": name, "desk": desk, "messages": messages(*group) })
        })
        .collect();
    json!({
        "known": known.chats.contains_key(&chat),
        "messages": messages(chat),
        "commands": Profile::pick(&known.profile.commands, language),
        "description": Profile::pick(&known.profile.descriptions, language),
        "groups": groups,
    })
}

#[derive(Deserialize)]
struct NewChat {
    language: String,
}

async fn open_chat(State(page): State<Page>, Json(new): Json<NewChat>) -> Json<Value> {
    let chat = page.world.change(|known| known.open_private(Some(&new.language)));
    Json(json!({ "chat": chat }))
}

/// What a person does on the phone.
#[derive(Deserialize)]
#[serde(tag = "does", rename_all = "lowercase")]
enum Act {
    Say { text: String, reply_to: Option<i32> },
    Tap { message: i32, data: String },
    Delete { message: i32 },
}

async fn act(State(page): State<Page>, Path(chat): Path<i64>, Json(act): Json<Act>) -> StatusCode {
    page.world.change(|known| match act {
        Act::Say { text, reply_to } => {
            let fill = |message: &mut Message| {
                message.text = text;
                message.reply_to = reply_to;
            };
            known.say(chat, fill);
        }
        Act::Tap { message, data } => {
            known.tap(chat, message, &data);
        }
        Act::Delete { message } => {
            if let Some(chat) = known.chats.get_mut(&chat) {
                chat.messages.retain(|kept| kept.id != message);
            }
        }
    });
    StatusCode::NO_CONTENT
}

async fn load(State(page): State<Page>, Path(file): Path<String>) -> Response {
    match page.world.look(|known| known.files.get(&file).cloned()) {
        Some(bytes) => saved("attachment; filename=\"relais.age\"", bytes),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

async fn load_key(State(page): State<Page>, Path(group): Path<i64>) -> Response {
    match page.backstage.key_file(group) {
        Some(file) => saved("attachment; filename=\"demo.key\"", file.into_bytes()),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

/// A file that the browser saves.
fn saved(disposition: &'static str, bytes: Vec<u8>) -> Response {
    let headers =
        [(header::CONTENT_TYPE, "application/octet-stream"), (header::CONTENT_DISPOSITION, disposition)];
    (headers, bytes).into_response()
}

#[derive(Deserialize)]
struct In {
    group: i64,
    language: String,
}

async fn open_document(
    State(page): State<Page>,
    Path(file): Path<String>,
    Query(reader): Query<In>,
) -> Response {
    let Some(bytes) = page.world.look(|known| known.files.get(&file).cloned()) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    match page.backstage.open(reader.group, &bytes, &reader.language) {
        Ok(opened) => Json(opened).into_response(),
        Err(why) => (StatusCode::UNPROCESSABLE_ENTITY, Json(json!({ "why": why }))).into_response(),
    }
}
