//! The Bot API over HTTP: reads a call, judges it, lets it go wrong where that is asked for, carries it out.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Instant;

use axum::body::Body;
use axum::extract::{FromRequest as _, Multipart, Request, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use axum::{Json, Router};
use serde_json::{Map, Value, json};

use super::call::{Call, Violation};
use super::fault::{self, Failure};
use super::methods::{self, File, Given};
use super::page::{self, Backstage};
use super::refusal::Refusal;
use super::schema::{self, Method};
use super::world::World;
use super::{limits, updates};

/// The longest body, in bytes: above what Telegram takes as a document from a bot.
const LONGEST_BODY: usize = 50 << 20;

/// Returns the whole service: the page where there is one, and the Bot API.
pub(super) fn router(world: Arc<World>, backstage: Option<Arc<dyn Backstage>>) -> Router {
    let api = Router::new().fallback(serve).with_state(world.clone());
    match backstage {
        Some(backstage) => page::router(world, backstage).fallback_service(api),
        None => api,
    }
}

/// A call as it came in.
struct Incoming {
    method: &'static str,
    parameters: Map<String, Value>,
    file: Option<File>,
}

async fn serve(State(world): State<Arc<World>>, request: Request) -> Response {
    let began = Instant::now();
    let path = request.uri().path().to_owned();
    let Some((token, method)) = path.strip_prefix("/bot").and_then(|rest| rest.split_once('/')) else {
        return download(&world, &path).unwrap_or_else(|| Refusal::new(404, "Not Found").into_response());
    };
    if token != world.token || world.look(|state| state.revoked) {
        return Refusal::new(401, "Unauthorized").into_response();
    }
    let method = match schema::method(method) {
        Method::Played(method) => method,
        unplayed @ (Method::NotPlayed | Method::Unknown) => return refuse_method(&world, method, &unplayed),
    };
    let incoming = match read(method, request).await {
        Ok(incoming) => incoming,
        Err(refusal) => return violation(&world, method, refusal.description, began, &Map::new()),
    };
    judge(&world, incoming, began).await
}

fn refuse_method(world: &World, method: &str, unplayed: &Method) -> Response {
    let what = match unplayed {
        Method::NotPlayed => "the stand-in does not play this method",
        Method::Unknown | Method::Played(_) => "unknown method",
    };
    let violation = Violation { method: method.to_owned(), what: what.to_owned() };
    world.change(|state| state.violations.push(violation));
    Refusal::new(404, "Not Found: method not found").into_response()
}

fn violation(
    world: &World,
    method: &str,
    what: String,
    at: Instant,
    parameters: &Map<String, Value>,
) -> Response {
    let refusal = Refusal::bad(&what);
    world.change(|state| {
        state.violations.push(Violation { method: method.to_owned(), what });
        state.remember(Call { method: method.to_owned(), parameters: parameters.clone(), code: 400, at });
    });
    refusal.into_response()
}

async fn judge(world: &World, incoming: Incoming, began: Instant) -> Response {
    let Incoming { method, parameters, file } = incoming;
    let checked = schema::check(method, &parameters).and_then(|()| limits::check(method, &parameters));
    if let Err(what) = checked {
        return violation(world, method, what, began, &parameters);
    }
    let chat = Given(&parameters).chat();
    let failure = world.change(|state| fault::take(&mut state.faults, method, chat));
    let remember = |code: u16, parameters: Map<String, Value>| {
        let call = Call { method: method.to_owned(), parameters, code, at: began };
        world.change(|state| state.remember(call));
    };
    let early = match &failure {
        Some(Failure::TooManyRequests(seconds)) => Some(Refusal::too_many(*seconds).into_response()),
        Some(Failure::Refused(code, words)) => Some(Refusal::new(*code, words.clone()).into_response()),
        Some(Failure::Html(code)) => Some(html(*code)),
        Some(Failure::Cut) => Some(cut()),
        Some(Failure::Delay(time)) => {
            tokio::time::sleep(*time).await;
            None
        }
        Some(Failure::Hold(gate)) => {
            gate.passed().await;
            None
        }
        Some(Failure::LoseAnswer | Failure::Rubbish) | None => None,
    };
    if let Some(response) = early {
        remember(
            if matches!(failure, Some(Failure::Cut)) { 0 } else { response.status().as_u16() },
            parameters,
        );
        return response;
    }
    let result = match method {
        "getUpdates" => updates::get_updates(world, &parameters).await,
        _ => world.change(|state| methods::carry_out(state, method, Given(&parameters), file)),
    };
    remember(result.as_ref().map_or_else(|refusal| refusal.code, |_| 200), parameters);
    match failure {
        Some(Failure::LoseAnswer) => cut(),
        Some(Failure::Rubbish) => (StatusCode::OK, "{\"ok\":tru").into_response(),
        _ => match result {
            Ok(result) => Json(json!({ "ok": true, "result": result })).into_response(),
            Err(refusal) => refusal.into_response(),
        },
    }
}

/// An answer whose body breaks off, so that the connection is closed.
fn cut() -> Response {
    let broken = futures::stream::once(async { Err::<String, _>(std::io::Error::other("cut")) });
    Response::new(Body::from_stream(broken))
}

fn html(code: u16) -> Response {
    let status = StatusCode::from_u16(code).unwrap_or(StatusCode::BAD_GATEWAY);
    let page = "<html><head><title>502 Bad Gateway</title></head><body>nginx</body></html>";
    (status, [(header::CONTENT_TYPE, "text/html")], page).into_response()
}

fn download(world: &World, path: &str) -> Option<Response> {
    let (token, file) = path.strip_prefix("/file/bot")?.split_once('/')?;
    let bytes = world.look(|state| state.files.get(file).cloned()).filter(|_| token == world.token)?;
    Some(([(header::CONTENT_TYPE, "application/octet-stream")], bytes).into_response())
}

async fn read(method: &'static str, request: Request) -> Result<Incoming, Refusal> {
    let kind = request.headers().get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
    if kind.is_some_and(|kind| kind.starts_with("multipart/form-data")) {
        return read_form(method, request).await;
    }
    let unreadable = || Refusal::bad("can't parse request");
    let body = axum::body::to_bytes(request.into_body(), LONGEST_BODY).await.map_err(|_| unreadable())?;
    let parameters = if body.is_empty() {
        Map::new()
    } else {
        serde_json::from_slice(&body).map_err(|_| Refusal::bad("can't parse JSON object"))?
    };
    Ok(Incoming { method, parameters, file: None })
}

async fn read_form(method: &'static str, request: Request) -> Result<Incoming, Refusal> {
    let unreadable = || Refusal::bad("can't parse the form");
    let mut form = Multipart::from_request(request, &()).await.map_err(|_| unreadable())?;
    let mut texts = BTreeMap::new();
    let mut file = None;
    while let Some(field) = form.next_field().await.map_err(|_| unreadable())? {
        let name = field.name().unwrap_or_default().to_owned();
        if let Some(file_name) = field.file_name().map(str::to_owned) {
            let bytes = field.bytes().await.map_err(|_| unreadable())?;
            texts.insert(name, file_name.clone());
            file = Some((file_name, bytes.to_vec()));
        } else {
            texts.insert(name, field.text().await.map_err(|_| unreadable())?);
        }
    }
    Ok(Incoming { method, parameters: schema::from_form(method, texts), file })
}
