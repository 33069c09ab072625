//! A server in the hands of somebody else: it is the real one, with its keys and its database, hears every byte that a
//! device sends, and says what it likes in place of its own answers.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::Request;
use axum::http::HeaderValue;
use axum::http::header::LOCATION;
use axum::response::Response;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use ed25519_dalek::Signer as _;
use relais::desk::{DeskMemory, DeskServer, DeskSettings, WorkFault, Workplace};
use relais::ids::Country;
use relais::terms::Contact;
use serde_json::{Value, json};
use tokio::net::TcpListener;
use tokio::sync::{Notify, watch};
use tower::ServiceExt as _;

use super::canary::{self, Needles};
use super::recorder::Recorder;
use crate::desk::entrance::Entrance;
use crate::desk::stage::{LYON, PARIS, Stage, TEAM, Wanted};

/// What a server says.
#[derive(Clone, Debug)]
pub struct Said {
    pub status: u16,
    pub body: Vec<u8>,
    pub location: Option<String>,
}

impl Said {
    pub fn json(status: u16, body: &Value) -> Self {
        Self { status, body: body.to_string().into_bytes(), location: None }
    }

    /// The body, where it is JSON.
    pub fn value(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or(Value::Null)
    }
}

/// Says something else: what is asked (`GET /handoffs`), what the real server says, what is said instead.
type Twist = Arc<dyn Fn(&str, Said) -> Said + Send + Sync>;

/// A call as it came.
#[derive(Clone, Debug)]
pub struct Call {
    /// Method and path below `/api/v1`, without its question.
    pub asked: String,
    pub body: Vec<u8>,
}

struct Inside {
    router: Mutex<Router>,
    twist: Mutex<Option<Twist>>,
    calls: Mutex<Vec<Call>>,
    /// The age files of the challenges that the real server made.
    challenges: Mutex<Vec<Vec<u8>>>,
    /// Acts are noted, answered, and not done: the same can be tried again.
    deaf: Mutex<bool>,
}

pub struct Seized {
    pub stage: Stage,
    pub base: String,
    pub recorder: Recorder,
    inside: Arc<Inside>,
    stop: watch::Sender<bool>,
}

impl Seized {
    /// Takes over the server of a stage of today.
    pub async fn set() -> Self {
        let mut stage = Stage::set_today().await;
        let front = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let base = format!("http://{}", front.local_addr().unwrap());
        let behind = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let recorder = Recorder::default();
        recorder.listen(front, behind.local_addr().unwrap());
        let stop = watch::channel(false).0;
        let router = Mutex::new(router(&stage, &base, stop.subscribe()));
        let inside = Arc::new(Inside {
            router,
            twist: Mutex::default(),
            calls: Mutex::default(),
            challenges: Mutex::default(),
            deaf: Mutex::default(),
        });
        let answers = inside.clone();
        let app = Router::new().fallback(move |request: Request| {
            let inside = answers.clone();
            async move { inside.answer(request).await }
        });
        let app = app.into_make_service_with_connect_info::<SocketAddr>();
        tokio::spawn(async move { axum::serve(behind, app).await });
        // What volunteers do beside the device goes over the same line.
        stage.base.clone_from(&base);
        Self { stage, base, recorder, inside, stop }
    }

    /// Goes on with what the stage has now: its keys, its list. The address stays.
    pub fn restart(&mut self) {
        self.stage.base.clone_from(&self.base);
        *self.inside.router.lock().unwrap() = router(&self.stage, &self.base, self.stop.subscribe());
    }

    /// Says something else from now on.
    pub fn twist(&self, twist: impl Fn(&str, Said) -> Said + Send + Sync + 'static) {
        *self.inside.twist.lock().unwrap() = Some(Arc::new(twist));
    }

    /// Is honest again.
    pub fn be_honest(&self) {
        *self.inside.twist.lock().unwrap() = None;
    }

    /// Takes acts and does nothing.
    pub fn be_deaf(&self, deaf: bool) {
        *self.inside.deaf.lock().unwrap() = deaf;
    }

    /// Returns the calls since the last time.
    pub fn calls(&self) -> Vec<Call> {
        std::mem::take(&mut self.inside.calls.lock().unwrap())
    }

    /// Returns the age files of the challenges that the real server made since the last time.
    pub fn challenges(&self) -> Vec<Vec<u8>> {
        std::mem::take(&mut self.inside.challenges.lock().unwrap())
    }

    /// Returns what was asked since the last time, and forgets what was heard.
    pub fn asked(&self) -> Vec<String> {
        self.recorder.heard();
        self.challenges();
        self.calls().into_iter().map(|call| call.asked).collect()
    }

    /// Signs a challenge, or what stands in its place: this server has the key.
    pub fn sign(&self, file: &[u8]) -> String {
        let signed = [b"relais desk challenge signature v2\n".as_slice(), file].concat();
        STANDARD.encode(self.stage.keys.signing().sign(&signed).to_bytes())
    }

    /// Hands out this file in place of the challenge, with a signature of the server over it or with the honest one.
    pub fn hand_out(&self, file: Vec<u8>, signed: bool) {
        let signature = signed.then(|| self.sign(&file));
        self.twist(move |asked, said| {
            if asked != "POST /challenges" {
                return said;
            }
            let mut body = said.value();
            body["challenge"] = json!(STANDARD.encode(&file));
            if let Some(signature) = &signature {
                body["signature"] = json!(signature);
            }
            Said::json(200, &body)
        });
    }

    pub fn door(&self, association: &str) -> Entrance {
        self.stage.door(association, self.stage.identities_of(association)[..1].to_vec())
    }

    /// Enters for the first time.
    pub async fn enter(&self, association: &str) -> Result<Workplace, WorkFault> {
        self.door(association).enter().await
    }

    pub async fn enter_with(&self, memory: &mut DeskMemory) -> Result<Workplace, WorkFault> {
        self.door(LYON).enter_with(memory).await
    }

    /// Lets a while pass, so that nobody has asked too much.
    pub fn wait(&self) {
        self.stage.hand.turn(chrono::TimeDelta::seconds(20));
    }
}

fn router(stage: &Stage, base: &str, stop: watch::Receiver<bool>) -> Router {
    let server = DeskServer {
        settings: DeskSettings {
            country: Country::FRANCE,
            zone: chrono_tz::Europe::Paris,
            proof_days: 14,
            intake_cap: None,
            origins: vec![base.to_owned()],
        },
        published: stage.published.clone(),
        store: stage.store.clone(),
        keys: stage.keys.clone(),
        directory: stage.directory.clone(),
        clock: stage.hand.clock(),
        due: Arc::new(Notify::new()),
        messages_due: Arc::new(Notify::new()),
    };
    server.router(stop)
}

impl Inside {
    async fn answer(&self, request: Request) -> Response {
        let (parts, body) = request.into_parts();
        let body = to_bytes(body, 1 << 20).await.unwrap();
        let path = parts.uri.path().strip_prefix("/api/v1").unwrap_or_default().to_owned();
        let asked = format!("{} {path}", parts.method);
        self.calls.lock().unwrap().push(Call { asked: asked.clone(), body: body.to_vec() });
        let entering = ["POST /challenges", "POST /sessions"].contains(&asked.as_str());
        let deaf = *self.deaf.lock().unwrap() && !entering && !parts.method.is_safe();
        let said = if deaf {
            Said::json(200, &json!({}))
        } else {
            let router = self.router.lock().unwrap().clone();
            let answer = router.oneshot(Request::from_parts(parts, Body::from(body))).await.unwrap();
            let status = answer.status().as_u16();
            let body = to_bytes(answer.into_body(), 4 << 20).await.unwrap().to_vec();
            Said { status, body, location: None }
        };
        if let Some(file) = said.value()["challenge"].as_str().filter(|_| asked == "POST /challenges") {
            self.challenges.lock().unwrap().push(STANDARD.decode(file).unwrap());
        }
        let twist = self.twist.lock().unwrap().clone();
        let said = match twist {
            Some(twist) => twist(&asked, said),
            None => said,
        };
        let mut response = Response::new(Body::from(said.body));
        *response.status_mut() = said.status.try_into().unwrap();
        if let Some(location) = said.location {
            response.headers_mut().insert(LOCATION, HeaderValue::from_str(&location).unwrap());
        }
        response
    }
}

/// A request with everything that can stand on it, each with words that must not be heard.
pub struct Kept {
    /// It was taken, written down about, added to, answered, and passed on.
    pub full: Wanted,
    /// Every file that is kept, by its kind.
    pub files: Vec<(String, Vec<u8>)>,
    pub needles: Needles,
}

impl Kept {
    pub async fn fill(seized: &Seized) -> Self {
        let stage = &seized.stage;
        let body = json!({ "body": canary::WORDS });
        let full = stage.request_with(1, LYON, Contact::AnyTime, &body).await;
        let (now, start) = (stage.hand.now(), full.handoff.to_string());
        let ana = seized.enter(LYON).await.unwrap();
        ana.accept(&start, canary::CLAIM, now).await.unwrap();
        ana.note(&start, "Ana", canary::NOTE, now).await.unwrap();
        let words = relais::desk::Words::Text(canary::COPY.to_owned());
        ana.reply(&start, "Ana", &words, now).await.unwrap();
        let mut files = files_of(seized, LYON).await;
        let other = stage.request(3, LYON, Contact::AnyTime).await.handoff.to_string();
        let note = Some(canary::PASSED.to_owned());
        ana.pass_on(&other, &PARIS.parse().unwrap(), note, now).await.unwrap();
        files.extend(files_of(seized, PARIS).await);
        let added = json!({ "kind": "addition", "body": canary::ADDED });
        let recipients = stage.recipients(&[LYON, TEAM]);
        files.push(("addition".to_owned(), stage.sealed_record(&full, &added, &recipients)));
        seized.asked();
        Self { full, files, needles: Needles::of_words() }
    }

    /// Returns a file of a kind.
    pub fn file(&self, kind: &str) -> Vec<u8> {
        self.files.iter().find(|(found, _)| found == kind).unwrap().1.clone()
    }
}

async fn files_of(seized: &Seized, association: &str) -> Vec<(String, Vec<u8>)> {
    let token = seized.stage.sign_in(association).await;
    let tokens = seized.stage.desk(&token).await;
    let file = |token: &Value| {
        let file = STANDARD.decode(token["ciphertext"].as_str().unwrap()).unwrap();
        (token["kind"].as_str().unwrap().to_owned(), file)
    };
    tokens.iter().map(file).collect()
}

#[tokio::test]
async fn the_seized_server_hears_every_byte_and_is_otherwise_the_real_one() {
    let seized = Seized::set().await;
    let kept = Kept::fill(&seized).await;
    let mut kinds: Vec<&str> = kept.files.iter().map(|(kind, _)| kind.as_str()).collect();
    kinds.sort_unstable();
    kinds.dedup();
    assert_eq!(kinds, ["addition", "claim", "handoff", "note", "reply"]);
    let ana = seized.enter(LYON).await.unwrap();
    ana.show(&kept.full.handoff.to_string()).await.unwrap();
    let heard = String::from_utf8(seized.recorder.heard()).unwrap();
    for part in
        ["GET /api/v1/extract HTTP/1.1\r\n", "POST /api/v1/sessions HTTP/1.1\r\n", "\"proof\":", "Bearer "]
    {
        assert!(heard.contains(part), "{part} in {heard}");
    }
    let read = format!("POST /handoffs/{}/read", kept.full.handoff);
    let asked = [
        "GET /extract",
        "POST /challenges",
        "POST /sessions",
        "GET /directory",
        "GET /devices",
        "GET /handoffs",
        &read,
    ];
    assert_eq!(seized.asked(), asked);
}
