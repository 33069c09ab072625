//! Everything of the service but what comes in from Telegram, on a clock that only a test moves.

use std::sync::{Arc, Mutex};

use chrono::{DateTime, TimeDelta, Utc};
use relais::clock::Clock;
use relais::conversation::{Choice, Conversation, Event};
use relais::delivery::Delivery;
use relais::directory::{Demo, Directory};
use relais::i18n::Catalog;
use relais::ids::{AssociationId, ChatId, HandoffId, Nonce};
use relais::intake::{Intake, IntakeSettings, Repeats, Tries, Turned};
use relais::locale::Locale;
use relais::sandbox::{Group, Message, Sandbox, SandboxSettings};
use relais::sealing::KeyRing;
use relais::store::{HandoffRow, Store};
use relais::telegram::{Bot, BotSettings};
use relais::terms::Contact;
use tokio::net::TcpListener;
use tokio::sync::Notify;

use crate::postgres::Server;
use crate::store::Ground;

const TOKEN: &str = "4242:AAF-in-the-storm-only";
/// A Wednesday at ten in the morning in Paris, two minutes past.
const BEGIN: &str = "2026-11-25T09:02:00Z";

/// The whole service but for what comes in from Telegram, on a clock that only a test moves.
pub struct Storm {
    pub now: Arc<Mutex<DateTime<Utc>>>,
    pub store: Store,
    /// Where the store is.
    url: String,
    pub keys: Arc<KeyRing>,
    pub directory: Arc<Directory>,
    pub demo: Demo,
    pub catalog: Arc<Catalog>,
    pub intake: Intake,
    pub sandbox: Sandbox,
    /// The chat of the association that everyone here is sent to, and who that is.
    pub group: Group,
    pub asked: AssociationId,
}

impl Storm {
    pub async fn on(ground: &Ground) -> Self {
        let now: Arc<Mutex<DateTime<Utc>>> = Arc::new(Mutex::new(BEGIN.parse().unwrap()));
        let clock = clock(&now);
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let settings = SandboxSettings { token: TOKEN.to_owned(), clock: clock.clone(), backstage: None };
        let sandbox = Sandbox::start(listener, settings).unwrap();
        let demo = Demo::prepare(clock.now().date_naive()).unwrap();
        let directory = Arc::new(demo.verify(clock.now().date_naive()).unwrap().directory);
        for chat in directory.associations().iter().filter_map(|one| one.volunteers_chat) {
            let _ = sandbox.group(chat.0);
        }
        let keys = KeyRing::parse(&KeyRing::generate_file(clock.now().date_naive()).unwrap()).unwrap();
        let (kept, keys, catalog) =
            (ground.store().await, Arc::new(keys), Arc::new(Catalog::load().unwrap()));
        let intake = Intake {
            settings: IntakeSettings::default(),
            bot: None,
            keys: keys.clone(),
            store: kept.clone(),
            directory: directory.clone(),
            clock,
            catalog: catalog.clone(),
            due: Arc::new(Notify::new()),
            tries: Tries::default(),
            repeats: Repeats::default(),
        };
        // Whom a request without a place goes to, another service shows: nothing of it is kept here.
        let asked: AssociationId = "exemple-lyon".parse().unwrap();
        let group = sandbox.group(-1);
        let mut storm = Self {
            now,
            store: kept,
            url: ground.url.clone(),
            keys,
            directory,
            demo,
            catalog,
            intake,
            sandbox,
            group,
            asked,
        };
        let scout = storm.send(9_999, 1, false).await;
        storm.asked = storm.row(scout).await.association;
        let chat = storm.directory.find(&storm.asked).unwrap().volunteers_chat.unwrap();
        storm.group = storm.sandbox.group(chat.0);
        storm.store.withdraw(scout, Vec::new(), storm.now()).await.unwrap();
        storm
    }

    pub fn now(&self) -> DateTime<Utc> {
        *self.now.lock().unwrap()
    }

    /// Lets time go on, and sends what is due.
    pub async fn pass(&self, by: TimeDelta) {
        *self.now.lock().unwrap() += by;
        self.deliver().await;
    }

    pub async fn deliver(&self) {
        while self.delivery().send_due().await.unwrap() > 0 {}
    }

    /// What tells the volunteers. Nothing of it outlives a call: each is as after a restart.
    pub fn delivery(&self) -> Delivery {
        let settings =
            BotSettings { token: TOKEN.to_owned().into(), api_url: self.sandbox.api_url().unwrap() };
        Delivery {
            bot: Bot::new(&settings).unwrap(),
            store: self.store.clone(),
            directory: self.directory.clone(),
            catalog: self.catalog.clone(),
            clock: clock(&self.now),
            due: Arc::new(Notify::new()),
            desk: true,
            desk_url: None,
        }
    }

    /// Another replica of what tells the volunteers, with a store and a clock of its own.
    pub async fn replica(&self, clock: Clock) -> Delivery {
        let store = Store::connect(&self.url.clone().into()).await.unwrap();
        Delivery { store, clock, ..self.delivery() }
    }

    /// Sends the shortest request there is, by the buttons that a person has.
    pub async fn send(&self, chat: i64, nonce: u64, danger: bool) -> HandoffId {
        let way: &[Choice] = if danger {
            &[Choice::NumbersOnly, Choice::TellAssociation, Choice::Agree, Choice::SendNow]
        } else {
            &[Choice::NeedHelp, Choice::Agree, Choice::SendNow]
        };
        let mut at = Conversation::begin(Locale::FRENCH, Nonce::new(nonce));
        for choice in way.iter().copied().chain([Choice::Send(Contact::AnyTime)]) {
            at = self.tap(chat, at, choice).await.conversation;
        }
        let sent = at.sent().expect("the person reads \"Sent\"");
        self.keys.handoff(sent.code)
    }

    pub async fn tap(&self, chat: i64, at: Conversation, choice: Choice) -> Turned {
        self.intake.turn(ChatId(chat), at, Event::Tap(choice), Locale::FRENCH).await
    }

    pub async fn row(&self, handoff: HandoffId) -> HandoffRow {
        self.store.handoff(handoff).await.unwrap().unwrap()
    }

    pub async fn is_told(&self, handoff: HandoffId) -> bool {
        self.row(handoff).await.told().contains(&&self.asked)
    }

    /// How many messages with a sound, and without, the group got so far. Edits make none.
    pub fn messages(&self) -> (usize, usize) {
        let sent = self.sandbox.calls().into_iter().filter(|call| {
            call.chat() == Some(self.group.chat) && call.code == 200 && call.method.starts_with("send")
        });
        let silent = |call: &relais::sandbox::Call| {
            call.parameters.get("disable_notification").is_some_and(|set| *set == true)
        };
        let (silent, loud): (Vec<_>, Vec<_>) = sent.partition(silent);
        (loud.len(), silent.len())
    }

    /// The message that stands for many.
    pub fn digest(&self) -> Option<Message> {
        let all = self.group.messages();
        let many: Vec<_> = all.into_iter().filter(|message| message.text.starts_with('📥')).collect();
        assert!(many.len() <= 1, "one stands in the chat: {many:#?}");
        many.into_iter().next()
    }
}

fn clock(now: &Arc<Mutex<DateTime<Utc>>>) -> Clock {
    let now = now.clone();
    Clock::from_fn(move || *now.lock().unwrap())
}

/// Runs one check on SQLite and, where it is there, on PostgreSQL.
pub async fn on_both<F: AsyncFn(Storm)>(name: &str, check: F) {
    let folder = tempfile::tempdir().unwrap();
    check(Storm::on(&Ground::sqlite(folder.path())).await).await;
    if let Some(server) = Server::start(name) {
        check(Storm::on(&server.database(name).await).await).await;
    }
}
