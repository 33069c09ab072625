//! A desk on loopback, with a directory, keys, a clock to turn and a database, and what volunteers do at it.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use chrono::{DateTime, Days, TimeDelta, Utc};
use relais::clock::{Clock, Minute};
use relais::conversation::Sent;
use relais::desk::{DeskServer, DeskSettings};
use relais::directory::{Demo, Directory};
use relais::handoff::{self, ReturnAddress};
use relais::i18n::Catalog;
use relais::ids::{AssociationId, ChatId, Code, Country, HandoffId};
use relais::intake::{Intake, IntakeSettings, Repeats, Tries};
use relais::locale::Locale;
use relais::record::{Consent, Record};
use relais::sealing::{KeyRing, Older};
use relais::store::{NewNotice, NewToken, NoticeReason, Store, TokenId};
use relais::terms::{Contact, Kind, Zone};
use reqwest::StatusCode;
use serde_json::{Value, json};
use sqlx::{Connection as _, Executor as _};
use tempfile::TempDir;
use tokio::net::TcpListener;
use tokio::sync::{Notify, watch};
use zeroize::Zeroizing;

/// Two associations and the national team of the demo.
pub const LYON: &str = "exemple-lyon";
pub const PARIS: &str = "exemple-paris";
pub const TEAM: &str = "exemple-equipe-nationale";

/// Wednesday, 10 o'clock in Paris.
pub const NOW: &str = "2026-11-25T09:00:00Z";

/// A moment that a test turns on.
#[derive(Clone)]
pub struct Hand(Arc<Mutex<DateTime<Utc>>>);

impl Hand {
    pub fn now(&self) -> DateTime<Utc> {
        *self.0.lock().unwrap()
    }

    pub fn turn(&self, by: TimeDelta) {
        *self.0.lock().unwrap() += by;
    }

    pub fn clock(&self) -> Clock {
        let hand = self.clone();
        Clock::from_fn(move || hand.now())
    }
}

/// The one place where a directory for these tests is made.
fn directory(now: DateTime<Utc>) -> (Directory, BTreeMap<AssociationId, Vec<age::x25519::Identity>>) {
    let demo = Demo::prepare(now.date_naive()).unwrap();
    let verified = demo.verify(now.date_naive()).unwrap();
    (verified.directory, demo.identities)
}

pub struct Stage {
    pub store: Store,
    pub keys: Arc<KeyRing>,
    key_file: Zeroizing<String>,
    pub directory: Arc<Directory>,
    pub identities: BTreeMap<AssociationId, Vec<age::x25519::Identity>>,
    pub hand: Hand,
    pub due: Arc<Notify>,
    pub http: reqwest::Client,
    pub base: String,
    stop: watch::Sender<bool>,
    folder: TempDir,
}

impl Stage {
    /// Sets the stage on SQLite, or on the PostgreSQL server that `RELAIS_TEST_POSTGRES` names.
    pub async fn set() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let url = match postgres() {
            Some(server) => empty_database(&server).await,
            None => sqlite(&folder),
        };
        Self::set_on(Store::connect(&url.into()).await.unwrap(), folder).await
    }

    /// Sets the stage at the present time, for a browser that has its own clock.
    pub async fn set_today() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::connect(&sqlite(&folder).into()).await.unwrap();
        Self::set_at(store, folder, Clock::system().now()).await
    }

    /// Sets the stage on a file that a test looks into.
    pub async fn set_on_sqlite() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let url = sqlite(&folder);
        Self::set_on(Store::connect(&url.into()).await.unwrap(), folder).await
    }

    pub async fn set_on(store: Store, folder: TempDir) -> Self {
        Self::set_at(store, folder, NOW.parse().unwrap()).await
    }

    async fn set_at(store: Store, folder: TempDir, now: DateTime<Utc>) -> Self {
        let hand = Hand(Arc::new(Mutex::new(now)));
        let file = KeyRing::generate_file(hand.now().date_naive()).unwrap();
        let (directory, identities) = directory(hand.now());
        let mut stage = Self {
            store,
            keys: Arc::new(KeyRing::parse(&file).unwrap()),
            key_file: file,
            directory: Arc::new(directory),
            identities,
            hand,
            due: Arc::new(Notify::new()),
            http: reqwest::Client::new(),
            base: String::new(),
            stop: watch::channel(false).0,
            folder,
        };
        stage.open().await;
        stage
    }

    /// Rotates the server's keys, and starts it again with them.
    pub async fn rotate(&mut self) {
        let today = self.hand.now().date_naive();
        self.key_file = KeyRing::rotate_file(&self.key_file, today, Older::Stay).unwrap().file;
        self.keys = Arc::new(KeyRing::parse(&self.key_file).unwrap());
        self.open().await;
    }

    pub fn folder(&self) -> &std::path::Path {
        self.folder.path()
    }

    /// The persons' side of the same service.
    pub fn intake(&self) -> Intake {
        Intake {
            settings: IntakeSettings::default(),
            bot: None,
            keys: self.keys.clone(),
            store: self.store.clone(),
            directory: self.directory.clone(),
            clock: self.hand.clock(),
            catalog: Arc::new(Catalog::load().unwrap()),
            due: self.due.clone(),
            tries: Tries::default(),
            repeats: Repeats::default(),
        }
    }

    /// Starts the server, or another one on the same database with the same keys.
    pub async fn open(&mut self) {
        self.stop.send_replace(true);
        self.stop = watch::channel(false).0;
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        self.base = format!("http://{}", listener.local_addr().unwrap());
        let server = DeskServer {
            settings: DeskSettings {
                country: Country::FRANCE,
                zone: chrono_tz::Europe::Paris,
                proof_days: 14,
                intake_cap: None,
            },
            store: self.store.clone(),
            keys: self.keys.clone(),
            directory: self.directory.clone(),
            clock: self.hand.clock(),
            due: self.due.clone(),
            messages_due: Arc::new(Notify::new()),
        };
        tokio::spawn(server.serve(listener, self.stop.subscribe()));
    }

    pub async fn post(&self, path: &str, token: Option<&str>, body: Value) -> Answer {
        let mut call = self.http.post(format!("{}/api/v1/{path}", self.base)).json(&body);
        if let Some(token) = token {
            call = call.bearer_auth(token);
        }
        Answer::of(call.send().await.unwrap()).await
    }

    /// Asks anything, with an empty body.
    pub async fn ask(&self, method: &str, path: &str, token: Option<&str>) -> Answer {
        let mut call = self.http.request(method.parse().unwrap(), format!("{}/api/v1/{path}", self.base));
        if let Some(token) = token {
            call = call.bearer_auth(token);
        }
        Answer::of(call.send().await.unwrap()).await
    }

    pub async fn get(&self, path: &str, token: &str) -> Answer {
        let call = self.http.get(format!("{}/api/v1/{path}", self.base)).bearer_auth(token);
        Answer::of(call.send().await.unwrap()).await
    }

    /// Asks for a challenge and solves it with these identities; nothing where they do not fit.
    pub async fn solved(
        &self,
        association: &str,
        with: &[age::x25519::Identity],
    ) -> (String, Option<String>) {
        let asked = self.post("challenges", None, json!({ "association": association })).await;
        assert_eq!(asked.status, StatusCode::OK);
        let file = STANDARD.decode(asked.body["challenge"].as_str().unwrap()).unwrap();
        let decryptor = age::Decryptor::new_buffered(file.as_slice()).unwrap();
        let answer =
            decryptor.decrypt(with.iter().map(|one| one as &dyn age::Identity)).ok().map(|mut reader| {
                let mut answer = Vec::new();
                std::io::Read::read_to_end(&mut reader, &mut answer).unwrap();
                STANDARD.encode(answer)
            });
        (asked.body["id"].as_str().unwrap().to_owned(), answer)
    }

    /// Signs a volunteer in.
    pub async fn sign_in(&self, association: &str) -> String {
        let (id, answer) = self.solved(association, self.identities_of(association)).await;
        let answer = self.post("sessions", None, json!({ "id": id, "answer": answer.unwrap() })).await;
        assert_eq!(answer.status, StatusCode::CREATED, "{}", answer.body);
        answer.body["token"].as_str().unwrap().to_owned()
    }

    pub fn identities_of(&self, association: &str) -> &[age::x25519::Identity] {
        &self.identities[&id(association)]
    }

    pub fn recipients(&self, associations: &[&str]) -> Vec<age::x25519::Recipient> {
        let each =
            associations.iter().flat_map(|slug| self.directory.find(&id(slug)).unwrap().recipients.clone());
        each.collect()
    }

    /// What a volunteer keeps for their own association, as it goes to the server.
    pub fn own(&self, association: &str, text: &str) -> String {
        let sealed = handoff::encrypt::<()>(text, &self.recipients(&[association])).unwrap();
        STANDARD.encode(sealed.as_bytes())
    }

    /// Keeps a request of a chat for an association, whose team is told where it is late.
    pub async fn request(&self, number: u64, association: &str, window: Contact) -> Wanted {
        let now = self.hand.now();
        let code = Code::from_number(number).unwrap();
        let handoff = self.keys.handoff(code);
        let chat = ChatId(4_000_000_000 + i64::try_from(number).unwrap());
        let expires = Minute::of(now + Days::new(7));
        let consent = Some(Consent::given(1, Minute::of(now)));
        let sent = Sent {
            code,
            minor: false,
            danger: false,
            other: false,
            consent,
            contact: window,
            zone: Zone::Mainland,
        };
        let address = ReturnAddress { chat, locale: Locale::ARABIC, sent, expires };
        let address = address.seal(&self.keys, handoff);
        let record = record(handoff, now, &address);
        let sealed =
            handoff::seal(&record, &self.recipients(&[association, TEAM]), self.keys.signing()).unwrap();
        let respond_by = now + TimeDelta::hours(4);
        let token = NewToken {
            id: TokenId::new(handoff.as_bytes().map(|byte| byte ^ 0x55)),
            handoff,
            association: id(association),
            kind: Kind::Handoff,
            ciphertext: sealed.into_bytes(),
            received: now,
            respond_by,
            expires_on: (now + Days::new(7)).date_naive(),
        };
        let notices = vec![
            NewNotice { audience: id(association), reason: NoticeReason::New, due: now },
            NewNotice { audience: id(TEAM), reason: NoticeReason::Late, due: respond_by },
        ];
        self.store.save(token, notices).await.unwrap();
        Wanted { handoff, address, chat }
    }

    /// Accepts a request and returns the answer.
    pub async fn accept(&self, token: &str, association: &str, wanted: &Wanted, who: &str) -> Answer {
        let claim = self.own(association, who);
        self.act(token, wanted, "accept", json!({ "claim": claim })).await
    }

    pub async fn act(&self, token: &str, wanted: &Wanted, act: &str, body: Value) -> Answer {
        self.post(&format!("handoffs/{}/{act}", wanted.handoff), Some(token), body).await
    }

    /// Everything that stands on a desk.
    pub async fn desk(&self, token: &str) -> Vec<Value> {
        let answer = self.get("handoffs", token).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
        answer.body["tokens"].as_array().unwrap().clone()
    }

    /// The token of a kind on a desk.
    pub async fn on_desk(&self, token: &str, kind: &str) -> Value {
        let found: Vec<Value> = self.desk(token).await.into_iter().filter(|t| t["kind"] == kind).collect();
        assert_eq!(found.len(), 1, "{found:?}");
        found[0].clone()
    }
}

fn sqlite(folder: &TempDir) -> String {
    format!("sqlite:{}", folder.path().join("relais.db").display())
}

#[expect(clippy::disallowed_methods, reason = "tests are told by the environment where a server is")]
fn postgres() -> Option<url::Url> {
    std::env::var("RELAIS_TEST_POSTGRES").ok().map(|url| url.parse().unwrap())
}

async fn empty_database(server: &url::Url) -> String {
    static NUMBER: AtomicU32 = AtomicU32::new(0);
    let name = format!("desk_{}_{}", std::process::id(), NUMBER.fetch_add(1, Ordering::Relaxed));
    let mut connection = sqlx::PgConnection::connect(server.as_str()).await.unwrap();
    let sql = sqlx::AssertSqlSafe(format!("CREATE DATABASE {name}"));
    connection.execute(sqlx::raw_sql(sql)).await.unwrap();
    let mut url = server.clone();
    url.set_path(&name);
    url.to_string()
}

/// A request that was kept.
pub struct Wanted {
    pub handoff: HandoffId,
    pub address: String,
    pub chat: ChatId,
}

#[derive(Debug)]
pub struct Answer {
    pub status: StatusCode,
    pub content_type: String,
    pub retry_after: Option<u64>,
    pub body: Value,
}

impl Answer {
    async fn of(response: reqwest::Response) -> Self {
        let header = |name: &str| {
            response.headers().get(name).and_then(|value| value.to_str().ok()).unwrap_or_default().to_owned()
        };
        let (status, content_type) = (response.status(), header("content-type"));
        let retry_after = header("retry-after").parse().ok();
        Self { status, content_type, retry_after, body: response.json().await.unwrap_or(Value::Null) }
    }

    pub fn is(&self, status: u16, code: &str) {
        assert_eq!((self.status.as_u16(), self.body["code"].as_str()), (status, Some(code)), "{}", self.body);
        assert_eq!(self.content_type, "application/problem+json");
        assert_eq!(self.body["status"], status);
        assert_eq!(self.body["type"], format!("urn:relais:problem:{code}"));
        assert!(self.body["title"].as_str().is_some_and(|title| !title.is_empty()));
    }

    pub fn ok(&self) -> &Value {
        assert!(self.status.is_success(), "{} {}", self.status, self.body);
        &self.body
    }
}

pub fn id(slug: &str) -> AssociationId {
    slug.parse().unwrap()
}

/// The record of a request, by its wire format alone.
fn record(handoff: HandoffId, now: DateTime<Utc>, address: &str) -> Record {
    serde_json::from_value(json!({
        "v": 1, "kind": "handoff", "handoff": handoff, "received": now, "locale": "ar", "for_whom": "self",
        "who": "woman", "age": "adult", "situation": "domestic", "needs": ["shelter"], "danger": false,
        "place": { "country": "FR", "departement": "69" }, "distance": "near",
        "contact": { "channel": "telegram", "window": "any" }, "children": false,
        "consent": { "version": 1, "at": now },
        "routing": { "reasons": [], "others": [PARIS, LYON, "gone-since", "exemple-dijon"] },
        "sign": handoff::sign(handoff), "return_address": address,
    }))
    .unwrap()
}
