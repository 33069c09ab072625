//! A stage for tests: the stand-in for Telegram, the real service, phones, and a clock that only moves when
//! it is told to.

mod directory;
mod doors;

use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Once};
use std::time::Duration;

use chrono::{DateTime, TimeDelta, TimeZone as _, Utc};
use relais::app::{Desk, Service, ServiceFault};
use relais::clock::Clock;
use relais::directory::{Demo, Directory, Published};
use relais::i18n::Catalog;
use relais::intake::IntakeSettings;
use relais::sandbox::{Group, Message, Phone, Sandbox, SandboxSettings};
use relais::sealing::KeyRing;
use relais::store::Store;
use relais::telegram::BotSettings;
use secrecy::SecretString;
use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio::task::JoinHandle;

pub use directory::{LYON_CHAT, TEAM_CHAT};
pub use doors::HOOK_SECRET;

/// The token of the bot on the stage.
pub const TOKEN: &str = "4242:AAF-on-the-stage-only";
/// A Wednesday at ten in the morning, in the opening hours of everyone.
const MORNING: (i32, u32, u32, u32, u32, u32) = (2026, 11, 25, 9, 0, 0);

/// A clock that stands until it is moved; clones are the same clock.
#[derive(Clone)]
pub struct StageClock(Arc<AtomicI64>);

impl StageClock {
    pub fn new() -> Self {
        let (year, month, day, hour, minute, second) = MORNING;
        let start = Utc.with_ymd_and_hms(year, month, day, hour, minute, second).unwrap();
        Self(Arc::new(AtomicI64::new(start.timestamp())))
    }

    pub fn now(&self) -> DateTime<Utc> {
        Utc.timestamp_opt(self.0.load(Ordering::SeqCst), 0).unwrap()
    }

    pub fn advance(&self, by: TimeDelta) {
        self.0.fetch_add(by.num_seconds(), Ordering::SeqCst);
    }

    /// Lets it run, ten times as fast as the world, until the task is aborted.
    pub fn run(&self) -> JoinHandle<()> {
        let clock = self.clone();
        tokio::spawn(async move {
            let mut beat = tokio::time::interval(Duration::from_millis(100));
            loop {
                beat.tick().await;
                clock.advance(TimeDelta::seconds(1));
            }
        })
    }

    pub fn clock(&self) -> Clock {
        let moving = self.clone();
        Clock::from_fn(move || moving.now())
    }
}

/// Everything that a test of the whole needs.
pub struct Stage {
    pub sandbox: Sandbox,
    pub clock: StageClock,
    pub keys: Arc<KeyRing>,
    pub catalog: Arc<Catalog>,
    pub directory: Arc<Directory>,
    /// The keys of its associations.
    pub demo: Demo,
    pub published: Arc<Published>,
    /// The volunteers' chat of the association near Lyon.
    pub lyon: Group,
    /// The volunteers' chat of the national team.
    pub team: Group,
    /// How many requests may wait unanswered at one association.
    pub intake_cap: Option<u32>,
    /// Where the volunteers' desk of the running bot is.
    pub desk: String,
    /// Where its health is asked for.
    pub health: String,
    /// Where Telegram brings it updates; where there is nothing, the bot polls. Any text asks for a webhook.
    pub hook: Option<String>,
    /// How often a look at the clock is to end in a panic that says this.
    pub fuse: Arc<Fuse>,
    database: Option<String>,
    folder: tempfile::TempDir,
    running: Option<Running>,
}

/// Something that goes off where the service does not expect it.
#[derive(Default)]
pub struct Fuse {
    times: AtomicI64,
    says: std::sync::Mutex<String>,
}

impl Fuse {
    /// Lets the next looks at the clock panic with these words.
    pub fn light(&self, times: i64, says: &str) {
        says.clone_into(&mut self.says.lock().unwrap());
        self.times.store(times, Ordering::SeqCst);
    }

    /// Returns whether it has gone off as often as it was to.
    pub fn is_out(&self) -> bool {
        self.times.load(Ordering::SeqCst) <= 0
    }

    fn look(&self) {
        let lit = self.times.fetch_update(Ordering::SeqCst, Ordering::SeqCst, |n| (n > 0).then(|| n - 1));
        if lit.is_ok() {
            let says = self.says.lock().unwrap().clone();
            panic!("{says}");
        }
    }
}

struct Running {
    stop: watch::Sender<bool>,
    task: JoinHandle<Result<(), ServiceFault>>,
    store: Store,
}

impl Stage {
    /// Sets the stage and starts the bot; returns when the bot polls.
    pub async fn start() -> Self {
        let mut stage = Self::empty().await;
        stage.raise().await;
        stage
    }

    /// Sets the stage; the bot does not run yet.
    pub async fn empty() -> Self {
        show_panics();
        let clock = StageClock::new();
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let settings = SandboxSettings { token: TOKEN.to_owned(), clock: clock.clock(), backstage: None };
        let sandbox = Sandbox::start(listener, settings).unwrap();
        let keys = KeyRing::parse(&KeyRing::generate_file(clock.now().date_naive()).unwrap()).unwrap();
        let (directory, published, demo) = directory::directory(clock.now(), &keys);
        for chat in directory.associations().iter().filter_map(|one| one.volunteers_chat) {
            let _ = sandbox.group(chat.0);
        }
        Self {
            lyon: sandbox.group(LYON_CHAT),
            team: sandbox.group(TEAM_CHAT),
            keys: Arc::new(keys),
            catalog: Arc::new(Catalog::load().unwrap()),
            directory,
            published,
            demo,
            intake_cap: None,
            desk: String::new(),
            health: String::new(),
            hook: None,
            fuse: Arc::default(),
            database: None,
            folder: tempfile::tempdir().unwrap(),
            running: None,
            sandbox,
            clock,
        }
    }

    /// Starts the bot on the stage's database.
    pub async fn raise(&mut self) {
        self.raise_with(TOKEN).await;
        let polls = self.sandbox.calls_of("getMe").len();
        assert!(polls > 0, "the bot asks who it is before it polls");
    }

    /// Starts the bot with a token, right or wrong; returns when it has asked who it is.
    pub async fn raise_with(&mut self, token: &str) {
        let known = self.sandbox.calls_of("getMe").len();
        let store = self.connect().await;
        let ((desk, at), (health, health_at)) = (doors::door().await, doors::door().await);
        (self.desk, self.health) = (at, health_at);
        let (clock, fuse) = (self.clock.clone(), self.fuse.clone());
        let service = Service {
            bot: BotSettings { token: SecretString::from(token), api_url: self.sandbox.api_url().unwrap() },
            store: store.clone(),
            keys: self.keys.clone(),
            directory: self.directory.clone(),
            catalog: self.catalog.clone(),
            settings: IntakeSettings {
                campaigns: vec!["poster-lyon".to_owned(), "card-2026".to_owned()],
                operator: Some("Collectif d'exemple".to_owned()),
                intake_cap: self.intake_cap,
                ..IntakeSettings::default()
            },
            clock: Clock::from_fn(move || {
                fuse.look();
                clock.now()
            }),
            webhook: doors::hook(&mut self.hook).await,
            desk: Some(Desk { listener: desk, published: self.published.clone() }),
            desk_url: Some("https://desk.example.org".parse().unwrap()),
            health: Some(health),
        };
        let (stop, stopping) = watch::channel(false);
        let task = tokio::spawn(service.run(stopping));
        self.running = Some(Running { stop, task, store });
        if token == TOKEN {
            let asked = |sandbox: &Sandbox| (sandbox.calls_of("getMe").len() > known).then_some(());
            self.sandbox.until(asked).await.expect("the bot starts");
        }
    }

    /// Keeps everything in another database than a file of its own.
    pub fn keep_in(&mut self, url: String) {
        self.database = Some(url);
    }

    /// Opens the stage's database once more.
    pub async fn connect(&self) -> Store {
        let own = || format!("sqlite:{}", self.folder.path().join("relais.db").display());
        let url = self.database.clone().unwrap_or_else(own);
        Store::connect(&SecretString::from(url)).await.expect("the database opens")
    }

    /// The folder that holds everything the bot leaves on the disk.
    pub fn folder(&self) -> &std::path::Path {
        self.folder.path()
    }

    /// The database of the running bot.
    pub fn store(&self) -> &Store {
        &self.running.as_ref().expect("the bot runs").store
    }

    /// Stops the bot as SIGTERM does, and returns how it ended.
    pub async fn stop(&mut self) -> Result<(), ServiceFault> {
        let running = self.running.take().expect("the bot runs");
        running.stop.send_replace(true);
        running.task.await.expect("the bot does not panic")
    }

    /// Waits until the bot ends by itself.
    pub async fn ended(&mut self) -> Result<(), ServiceFault> {
        let running = self.running.take().expect("the bot runs");
        let ended = tokio::time::timeout(Duration::from_secs(30), running.task).await;
        ended.expect("the bot ends by itself").expect("the bot does not panic")
    }

    /// Ends the bot as a power cut does: nothing is finished, nothing confirmed.
    pub async fn kill(&mut self) {
        let running = self.running.take().expect("the bot runs");
        running.task.abort();
        let ended = running.task.await;
        assert!(ended.is_err_and(|fault| fault.is_cancelled()), "the bot does not end by itself");
        running.store.close().await;
    }

    /// Stops the bot and starts it anew on the same database.
    pub async fn restart(&mut self) {
        self.stop().await.expect("the bot stops well");
        self.raise().await;
    }

    /// Waits until the bot has handled and confirmed everything.
    pub async fn idle(&self) {
        let idle = |sandbox: &Sandbox| sandbox.is_idle().then_some(());
        self.sandbox.until(idle).await.expect("the bot handles everything");
    }

    /// A phone with a new chat.
    pub fn phone(&self, language: &str) -> Phone {
        self.sandbox.phone(Some(language))
    }

    /// Asserts that no call broke the rules of the Bot API and no tap waits for its answer, then stops.
    pub async fn close(mut self) {
        let answered = |sandbox: &Sandbox| (sandbox.unanswered_taps() == 0).then_some(());
        self.sandbox.until(answered).await.expect("every tap is answered");
        if self.running.is_some() {
            self.idle().await;
        }
        assert_eq!(self.sandbox.violations(), [], "every call keeps to the rules of the Bot API");
        if self.running.is_some() {
            self.stop().await.expect("the bot stops well");
            assert_eq!(self.sandbox.unconfirmed(), 0, "every update was handled and confirmed");
        }
    }
}

/// What tests do with a phone.
pub trait PhoneExt {
    /// Waits until the newest message of the bot holds these words, and returns it.
    async fn sees(&self, words: &str) -> Message;
    /// Taps the button that holds these words, and waits until the screen has changed.
    async fn taps(&self, label: &str) -> Message;
    /// Taps the button at this place, and waits until the screen has changed.
    async fn taps_nth(&self, place: usize) -> Message;
    /// Sends a text, and waits until the bot has taken it away and answered with a new message.
    async fn says(&self, text: &str) -> Message;
    /// Waits until the chat holds one message only, of the bot, and returns it.
    async fn living(&self) -> Message;
}

impl PhoneExt for Phone {
    async fn sees(&self, words: &str) -> Message {
        let look = |messages: &[Message]| {
            let newest = messages.iter().rev().find(|message| message.from_bot)?;
            newest.text.contains(words).then(|| newest.clone())
        };
        match self.until(look).await {
            Ok(message) => message,
            Err(late) => panic!("{late}: the phone never showed {words:?}; it shows {:#?}", texts(self)),
        }
    }

    async fn taps(&self, label: &str) -> Message {
        let before = self.newest();
        assert!(self.tap(label).is_ok(), "no button {label:?}; the phone shows {:#?}", texts(self));
        changed(self, before.as_ref(), label).await
    }

    async fn taps_nth(&self, place: usize) -> Message {
        let before = self.newest();
        self.tap_nth(place).expect("there is such a button");
        changed(self, before.as_ref(), &format!("button {place}")).await
    }

    async fn says(&self, text: &str) -> Message {
        let before = self.newest().map(|message| message.id);
        let said = self.send_text(text);
        let look = |messages: &[Message]| {
            let gone = !messages.iter().any(|message| message.id == said || Some(message.id) == before);
            let newest = messages.iter().rev().find(|message| message.from_bot)?;
            (gone && Some(newest.id) != before).then(|| newest.clone())
        };
        match self.until(look).await {
            Ok(message) => message,
            Err(late) => panic!("{late}: no answer to a text; the phone shows {:#?}", texts(self)),
        }
    }

    async fn living(&self) -> Message {
        let look = |messages: &[Message]| match messages {
            [only] if only.from_bot => Some(only.clone()),
            _ => None,
        };
        match self.until(look).await {
            Ok(message) => message,
            Err(late) => panic!("{late}: one message lives in the chat, not {:#?}", texts(self)),
        }
    }
}

async fn changed(phone: &Phone, before: Option<&Message>, why: &str) -> Message {
    let look = |_: &[Message]| phone.newest().filter(|now| Some(now) != before);
    match phone.until(look).await {
        Ok(message) => message,
        Err(late) => panic!("{late}: nothing changed after {why:?}; the phone shows {:#?}", texts(phone)),
    }
}

/// What a phone shows, to be read in a failure.
pub fn texts(phone: &Phone) -> Vec<String> {
    let line = |message: Message| {
        let buttons: Vec<String> = message.all_buttons().map(|button| button.text.clone()).collect();
        format!("{} {:?} [{}]", message.id, message.text, buttons.join(" | "))
    };
    phone.messages().into_iter().map(line).collect()
}

static PANICS: Once = Once::new();
static PANICKED: AtomicI64 = AtomicI64::new(0);

/// Counts the panics of this program's bots: a lane survives one, and a test would not notice.
fn show_panics() {
    PANICS.call_once(|| {
        let before = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |panic| {
            let place = panic.location().map_or("", |place| place.file());
            if place.starts_with("src/") {
                PANICKED.fetch_add(1, Ordering::SeqCst);
            }
            before(panic);
        }));
    });
}

/// How many panics came from the sources of Relais so far.
pub fn panics() -> i64 {
    PANICKED.load(Ordering::SeqCst)
}
