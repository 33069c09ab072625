use std::cell::RefCell;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{Request, header};
use chrono::{DateTime, TimeDelta, Utc};
use relais::clock::{Clock, Minute};
use relais::conversation::Sent;
use relais::desk::{DeskServer, DeskSettings};
use relais::device::{DeviceKey, Statement};
use relais::directory::{Demo, Directory, Published, Removed};
use relais::handoff::ReturnAddress;
use relais::ids::Country;
use relais::locale::Locale;
use relais::sealing::{DeskSeal, KeyRing};
use relais::store::{NewToken, Store, TokenId};
use relais::terms::{Contact, Kind, Zone};
use serde_json::Value;
use tokio::runtime::Runtime;
use tokio::sync::{Notify, watch};
use tower::ServiceExt as _;

use super::ground::{CHAT, Pieces, handoff, key_file, keys, pick};
use crate::walk::{code, noon};

const LYON: &str = "exemple-lyon";
/// A stage is set anew after so many calls, before its requests and sessions end.
const CALLS: i64 = 20_000;
/// Every call, with `{}` where a request is named.
const PATHS: [(&str, &str); 20] = [
    ("POST", "/challenges"),
    ("POST", "/sessions"),
    ("GET", "/handoffs"),
    ("POST", "/handoffs/{}/read"),
    ("POST", "/handoffs/{}/accept"),
    ("POST", "/handoffs/{}/decline"),
    ("POST", "/handoffs/{}/pass-on"),
    ("POST", "/handoffs/{}/notes"),
    ("POST", "/handoffs/{}/close"),
    ("POST", "/handoffs/{}/messages"),
    ("POST", "/pause"),
    ("GET", "/directory"),
    ("GET", "/me"),
    ("GET", "/handoffs?since={}"),
    ("POST", "/{}"),
    ("GET", "/extract"),
    ("GET", "/devices"),
    ("POST", "/devices/sign-out"),
    ("POST", "/devices/remove"),
    ("DELETE", "/sessions"),
];
/// Where the desk says it is.
const ORIGIN: &str = "https://desk.example.org";

/// The desk's calls: any body, any name of a request, with a session and without. `$address` in a body stands for
/// the return address of the request that is there.
pub fn desk(bytes: &[u8]) {
    thread_local! {
        static STAGE: RefCell<Option<Stage>> = const { RefCell::new(None) };
    }
    STAGE.with_borrow_mut(|stage| {
        if stage.as_ref().is_some_and(|stage| stage.seconds.load(Ordering::SeqCst) >= CALLS) {
            *stage = None;
        }
        stage.get_or_insert_with(Stage::set).call(bytes);
    });
}

/// The routes of a desk, on a database of its own, with one request; a second passes with every call.
struct Stage {
    runtime: Runtime,
    routes: Router,
    session: String,
    device: DeviceKey,
    address: String,
    seconds: Arc<AtomicI64>,
    _stop: watch::Sender<bool>,
    _folder: tempfile::TempDir,
}

impl Stage {
    fn set() -> Self {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        let folder = tempfile::tempdir().unwrap();
        let demo = Demo::prepare_for(noon().date_naive(), &keys().published()).unwrap();
        let (directory, published) = demo.published(noon().date_naive()).unwrap();
        let device = DeviceKey::of(&demo.identities[&LYON.parse().unwrap()][0]);
        let seconds = Arc::new(AtomicI64::new(0));
        let passing = seconds.clone();
        let clock = Clock::from_fn(move || noon() + TimeDelta::seconds(passing.load(Ordering::SeqCst)));
        let session = session(&device, noon() + TimeDelta::days(1));
        let url = format!("sqlite:{}", folder.path().join("relais.db").display());
        let (stop, stopping) = watch::channel(false);
        let routes = runtime.block_on(async {
            let store = Store::connect(&url.into()).await.unwrap();
            keep(&store, &directory).await;
            server(store, directory, published, clock).router(stopping)
        });
        Self { runtime, routes, session, device, address: address(), seconds, _stop: stop, _folder: folder }
    }

    fn call(&self, bytes: &[u8]) {
        self.seconds.fetch_add(1, Ordering::SeqCst);
        let mut pieces = Pieces::new(bytes);
        let (path, named, signed) = (pieces.byte(), pieces.byte(), pieces.byte());
        let (method, path) = pick(&PATHS, path);
        let name = match named % 8 {
            0 => percent(pieces.take(usize::from(named))),
            1 => "00000000000000000000000000000000".to_owned(),
            _ => handoff().to_string(),
        };
        let body = pieces.text().replace("$address", &self.address);
        let uri = format!("/api/v1{}", path.replace("{}", &name));
        let mut request =
            Request::builder().method(method).uri(&uri).header(header::CONTENT_TYPE, "application/json");
        if signed % 16 != 0 {
            request = request.header(header::AUTHORIZATION, format!("Bearer {}", self.session));
        }
        if signed % 16 > 1 {
            request = request.header("relais-signature", self.signature(method, &uri, body.as_bytes()));
        }
        let Ok(request) = request.body(Body::from(body)) else { return };
        let (status, said) = self.runtime.block_on(async {
            let response = self.routes.clone().oneshot(request).await.unwrap();
            let status = response.status();
            (status, to_bytes(response.into_body(), 1 << 22).await.unwrap())
        });
        assert!(!status.is_server_error(), "{status} {}", String::from_utf8_lossy(&said));
        if status.is_client_error() {
            refused(&said);
        } else if !said.is_empty() {
            assert!(serde_json::from_slice::<Value>(&said).is_ok());
        }
    }
}

impl Stage {
    fn signature(&self, method: &str, path: &str, body: &[u8]) -> String {
        let path = path.split('?').next().unwrap_or_default();
        let token = &self.session;
        self.device.sign(&Statement::Act { origin: ORIGIN, association: LYON, method, path, body, token })
    }
}

/// A refusal says which it is, in words that stand in the program: it has no member that could repeat what was written.
fn refused(said: &[u8]) {
    const MEMBERS: [&str; 7] = ["type", "title", "status", "code", "state", "by", "claim"];
    let Ok(Value::Object(problem)) = serde_json::from_slice(said) else {
        // Other methods and malformed addresses are answered without a word of ours.
        assert!(said.len() < 200);
        return;
    };
    assert!(problem["code"].is_string() && problem["title"].is_string());
    assert!(problem.keys().all(|member| MEMBERS.contains(&member.as_str())), "{problem:?}");
}

fn percent(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |text, byte| text + &format!("%{byte:02x}"))
}

fn server(store: Store, directory: Directory, published: Published, clock: Clock) -> DeskServer {
    DeskServer {
        settings: DeskSettings {
            country: Country::FRANCE,
            zone: chrono_tz::Europe::Paris,
            proof_days: 14,
            intake_cap: None,
            origins: vec![ORIGIN.to_owned()],
        },
        published: Arc::new(published),
        store,
        keys: Arc::new(KeyRing::parse(&key_file(super::ground::KEY)).unwrap()),
        directory: Arc::new(directory),
        clock,
        due: Arc::new(Notify::new()),
        messages_due: Arc::new(Notify::new()),
    }
}

/// Seals a session as the server does: until when, whose, of which device, its id, at which origin. Of a device with a
/// name the keys of the association do not count.
fn session(device: &DeviceKey, until: DateTime<Utc>) -> String {
    let (mut slug, mut name) = ([0; 48], [0; 64]);
    slug[..LYON.len()].copy_from_slice(LYON.as_bytes());
    let recipient = device.recipient().to_string();
    name[..recipient.len()].copy_from_slice(recipient.as_bytes());
    let until = until.timestamp().to_be_bytes();
    let parts = [&until, slug.as_slice(), name.as_slice(), &[0; 8], &[0; 16], ORIGIN.as_bytes()];
    keys().seal_desk(DeskSeal::Session, &parts.concat())
}

fn address() -> String {
    let expires = Minute::of(noon() + TimeDelta::days(7));
    let contact = Contact::AnyTime;
    let sent = Sent {
        code: code(),
        minor: false,
        danger: false,
        other: false,
        elsewhere: false,
        consent: None,
        contact,
        zone: Zone::Mainland,
    };
    ReturnAddress { chat: CHAT, locale: Locale::ARABIC, sent, expires, number: 0 }.seal(keys(), handoff())
}

async fn keep(store: &Store, directory: &Directory) {
    let association = directory.find(&LYON.parse().unwrap()).unwrap();
    let sealed =
        relais::handoff::encrypt::<()>("a request", &association.recipients(&Removed::default())).unwrap();
    let token = NewToken {
        id: TokenId::new([1; 16]),
        handoff: handoff(),
        association: association.id.clone(),
        kind: Kind::Handoff,
        ciphertext: sealed.into_bytes(),
        received: noon(),
        respond_by: noon() + TimeDelta::hours(4),
        expires_on: (noon() + TimeDelta::days(7)).date_naive(),
        team: None,
        reach: None,
    };
    store.save(token, Vec::new()).await.unwrap();
}
