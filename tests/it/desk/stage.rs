//! A desk on loopback, with a directory, keys, a clock to turn and a database, and what volunteers do at it.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use chrono::{DateTime, Days, TimeDelta, Utc};
use relais::clock::{Clock, Minute};
use relais::conversation::Sent;
use relais::desk::{DeskServer, DeskSettings};
use relais::device::{DeviceKey, Statement};
use relais::directory::{Demo, Directory, Published, Removed};
use relais::handoff::{self, ReturnAddress};
use relais::i18n::Catalog;
use relais::ids::{AssociationId, ChatId, Code, Country};
use relais::intake::{Intake, IntakeSettings, Repeats, Tries};
use relais::locale::Locale;
use relais::record::Consent;
use relais::sealing::{KeyRing, Older};
use relais::store::{NewNotice, NewToken, NoticeReason, Store, TokenId};
use relais::terms::{Contact, Kind, Zone};
use reqwest::StatusCode;
use serde_json::{Value, json};
use tempfile::TempDir;
use tokio::net::TcpListener;
use tokio::sync::{Notify, watch};
use zeroize::Zeroizing;

use super::entrance::Entrance;
pub use super::ground::{Answer, Hand, Wanted};
use super::ground::{empty_database, postgres, record, sqlite};

/// Two associations and the national team of the demo.
pub const LYON: &str = "exemple-lyon";
pub const PARIS: &str = "exemple-paris";
pub const TEAM: &str = "exemple-equipe-nationale";

/// Wednesday, 10 o'clock in Paris.
pub const NOW: &str = "2026-11-25T09:00:00Z";

pub struct Stage {
    pub store: Store,
    pub keys: Arc<KeyRing>,
    key_file: Zeroizing<String>,
    pub demo: Demo,
    pub directory: Arc<Directory>,
    pub published: Arc<Published>,
    /// Whose sessions these are, and with which keys what they do is signed.
    sessions: Mutex<BTreeMap<String, (String, DeviceKey)>>,
    /// Where the server was when they began.
    origins: Mutex<BTreeMap<String, String>>,
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
        let hand = Hand::at(now);
        let file = KeyRing::generate_file(hand.now().date_naive()).unwrap();
        let keys = KeyRing::parse(&file).unwrap();
        // The one place where a directory for these tests is made.
        let demo = Demo::prepare_for(hand.now().date_naive(), &keys.published()).unwrap();
        let (directory, published) = demo.published(hand.now().date_naive()).unwrap();
        let mut stage = Self {
            store,
            keys: Arc::new(keys),
            key_file: file,
            demo,
            directory: Arc::new(directory),
            published: Arc::new(published),
            sessions: Mutex::default(),
            origins: Mutex::default(),
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

    /// Rotates the server's keys, has the signers sign for the new one, and starts the server again.
    pub async fn rotate(&mut self) {
        self.make_key().await;
        self.sign_list(&KeyRing::parse(&self.key_file).unwrap().published()).await;
    }

    /// Makes another key and starts the server again, before the signers know of it.
    pub async fn make_key(&mut self) {
        let today = self.hand.now().date_naive();
        self.key_file = KeyRing::rotate_file(&self.key_file, today, Older::Stay).unwrap().file;
        self.start_again().await;
    }

    /// Makes another key because others may have the old ones, and starts the server again.
    pub async fn give_up_keys(&mut self) {
        let today = self.hand.now().date_naive();
        self.key_file = KeyRing::rotate_file(&self.key_file, today, Older::Go).unwrap().file;
        self.start_again().await;
    }

    /// Has the signers sign a list with these keys of the server, and starts it again.
    pub async fn sign_list(&mut self, server_keys: &[String]) {
        let today = self.hand.now().date_naive();
        self.demo.list(server_keys, today).unwrap();
        self.published = Arc::new(self.demo.published(today).unwrap().1);
        self.start_again().await;
    }

    async fn start_again(&mut self) {
        let keys = KeyRing::parse(&self.key_file).unwrap();
        self.keys = Arc::new(keys.in_force(&self.published.head.server_keys));
        self.open().await;
    }

    /// The words on the paper of an enrolment.
    pub fn fingerprint(&self) -> String {
        self.published.fingerprints().remove(0)
    }

    /// What leads a terminal to this desk.
    pub fn door(&self, association: &str, identities: Vec<age::x25519::Identity>) -> Entrance {
        Entrance {
            server: self.base.parse().unwrap(),
            association: id(association),
            identities,
            fingerprint: self.fingerprint(),
        }
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
                origins: vec![self.base.clone()],
            },
            published: self.published.clone(),
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
        self.call("POST", path, token, body.to_string()).await
    }

    /// Asks anything, with an empty body.
    pub async fn ask(&self, method: &str, path: &str, token: Option<&str>) -> Answer {
        self.call(method, path, token, String::new()).await
    }

    pub async fn get(&self, path: &str, token: &str) -> Answer {
        self.call("GET", path, Some(token), String::new()).await
    }

    /// Calls, and signs what is done with a session that this stage knows.
    async fn call(&self, method: &str, path: &str, token: Option<&str>, body: String) -> Answer {
        let mut call = self.http.request(method.parse().unwrap(), format!("{}/api/v1/{path}", self.base));
        if let Some(token) = token {
            call = call.bearer_auth(token);
            if let Some((association, key)) = self.sessions.lock().unwrap().get(token) {
                let act = Statement::Act {
                    origin: &self.base_of(token),
                    association,
                    method,
                    path: &format!("/api/v1/{path}"),
                    body: body.as_bytes(),
                    token,
                };
                call = call.header("relais-signature", key.sign(&act));
            }
        }
        if !body.is_empty() {
            call = call.header("content-type", "application/json").body(body);
        }
        Answer::of(call.send().await.unwrap()).await
    }

    fn base_of(&self, token: &str) -> String {
        self.origins.lock().unwrap().get(token).cloned().unwrap_or_else(|| self.base.clone())
    }

    /// Signs a volunteer in.
    pub async fn sign_in(&self, association: &str) -> String {
        self.sign_in_with(association, 0).await
    }

    /// Signs in the device with this number of an association.
    pub async fn sign_in_with(&self, association: &str, device: usize) -> String {
        let identity = self.identities_of(association)[device].clone();
        let (_, answer) = self.solved(association, std::slice::from_ref(&identity)).await;
        let answer = self.post("sessions", None, answer.unwrap()).await;
        assert_eq!(answer.status, StatusCode::CREATED, "{}", answer.body);
        let token = answer.body["token"].as_str().unwrap().to_owned();
        let of = (association.to_owned(), DeviceKey::of(&identity));
        self.sessions.lock().unwrap().insert(token.clone(), of);
        self.origins.lock().unwrap().insert(token.clone(), self.base.clone());
        token
    }

    pub fn identities_of(&self, association: &str) -> &[age::x25519::Identity] {
        &self.demo.identities[&id(association)]
    }

    /// The first device of an association.
    pub fn device(&self, association: &str) -> DeviceKey {
        DeviceKey::of(&self.identities_of(association)[0])
    }

    pub fn recipients(&self, associations: &[&str]) -> Vec<age::x25519::Recipient> {
        let each = associations
            .iter()
            .flat_map(|slug| self.directory.find(&id(slug)).unwrap().recipients(&Removed::default()));
        each.collect()
    }

    /// What a volunteer keeps for their own association, as it goes to the server.
    pub fn own(&self, association: &str, text: &str) -> String {
        let sealed = handoff::encrypt::<()>(text, &self.recipients(&[association])).unwrap();
        STANDARD.encode(sealed.as_bytes())
    }

    /// Keeps a request of a chat for an association, whose team is told where it is late.
    pub async fn request(&self, number: u64, association: &str, window: Contact) -> Wanted {
        self.request_with(number, association, window, &json!({})).await
    }

    /// Keeps a request whose record holds these members beside the usual ones.
    pub async fn request_with(
        &self,
        number: u64,
        association: &str,
        window: Contact,
        more: &Value,
    ) -> Wanted {
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
            elsewhere: false,
            consent,
            contact: window,
            zone: Zone::Mainland,
        };
        let address = ReturnAddress { chat, locale: Locale::ARABIC, sent, expires, number: 0 };
        let address = address.seal(&self.keys, handoff);
        let record = record(handoff, now, &address, more);
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
            team: Some(id(TEAM)),
            reach: None,
        };
        let notices = vec![
            NewNotice { audience: id(association), reason: NoticeReason::New, due: now },
            NewNotice { audience: id(TEAM), reason: NoticeReason::Late, due: respond_by },
        ];
        self.store.save(token, notices).await.unwrap();
        Wanted { handoff, address, chat }
    }

    /// Keeps a request that a volunteer has taken.
    pub async fn taken(&self, number: u64, association: &str, window: Contact, token: &str) -> Wanted {
        let wanted = self.request(number, association, window).await;
        self.accept(token, association, &wanted, "Ana").await.ok();
        wanted
    }

    /// Seals a record of a request with these members, as the server does.
    pub fn sealed_record(&self, of: &Wanted, more: &Value, to: &[age::x25519::Recipient]) -> Vec<u8> {
        let record = record(of.handoff, self.hand.now(), &of.address, more);
        handoff::seal(&record, to, self.keys.signing()).unwrap().into_bytes()
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

pub fn id(slug: &str) -> AssociationId {
    slug.parse().unwrap()
}
