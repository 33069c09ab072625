//! A stand-in for Telegram on this machine: the Bot API over HTTP on one side, phones on the other.
//!
//! It serves `relais demo` and the tests. It shares no judgement with the bot: what a call may hold comes
//! from the description of the Bot API, and every breach of it is both refused and remembered. It keeps
//! everything in memory and listens where it is told to, on loopback.

mod call;
mod chat;
mod fault;
mod http;
mod limits;
mod methods;
mod page;
mod phone;
mod profile;
mod refusal;
mod schema;
mod updates;
mod world;

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use serde_json::Value;
use tokio::net::TcpListener;
use tokio::task::JoinHandle;
use url::Url;

use crate::clock::Clock;

pub use self::call::{Call, Violation};
pub use self::chat::{Attachment, Button, Message, Prompt};
pub use self::fault::{Failure, Fault, Gate};
pub use self::page::{Backstage, Desk, Opened, OpenedLine, Row};
pub use self::phone::{Group, NoSuchButton, NotInTime, Phone};
pub use self::profile::Profile;

use self::world::World;

/// How long a condition may take to come true before a wait for it gives up. Machines that test can be slow.
const WITHIN: Duration = Duration::from_secs(20);

/// What a stand-in is started with.
pub struct SandboxSettings {
    /// The only token that it knows.
    pub token: String,
    /// What time messages are given, and how old they are.
    pub clock: Clock,
    /// What the page shows beside the phone; without it, there is no page.
    pub backstage: Option<Arc<dyn Backstage>>,
}

impl std::fmt::Debug for SandboxSettings {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("SandboxSettings").finish_non_exhaustive()
    }
}

/// A running stand-in; clones share it, and it ends with the last of them.
#[derive(Clone)]
pub struct Sandbox {
    world: Arc<World>,
    address: SocketAddr,
    _server: Arc<Server>,
}

struct Server(JoinHandle<()>);

impl Drop for Server {
    fn drop(&mut self) {
        self.0.abort();
    }
}

impl std::fmt::Debug for Sandbox {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Sandbox").field("address", &self.address).finish_non_exhaustive()
    }
}

impl Sandbox {
    /// Starts to serve on this listener.
    ///
    /// # Errors
    /// Returns the listener's fault where it has no address.
    pub fn start(listener: TcpListener, settings: SandboxSettings) -> std::io::Result<Self> {
        let address = listener.local_addr()?;
        let world = Arc::new(World::new(settings.token, settings.clock));
        let router = http::router(world.clone(), settings.backstage);
        let server = tokio::spawn(async move {
            // It ends only when it is aborted.
            let _ = axum::serve(listener, router).await;
        });
        Ok(Self { world, address, _server: Arc::new(Server(server)) })
    }

    /// Returns where it listens.
    #[must_use]
    pub const fn address(&self) -> SocketAddr {
        self.address
    }

    /// Returns the address for a bot's settings.
    ///
    /// # Errors
    /// Returns the parser's fault; an address with a port always parses.
    pub fn api_url(&self) -> Result<Url, url::ParseError> {
        Url::parse(&format!("http://{}", self.address))
    }

    /// Opens a new chat with the bot on a phone set to this language.
    #[must_use]
    pub fn phone(&self, language: Option<&str>) -> Phone {
        let chat = self.world.change(|state| state.open_private(language));
        Phone::new(self.clone(), chat)
    }

    /// Opens a group that the bot is in.
    #[must_use]
    pub fn group(&self, chat: i64) -> Group {
        self.world.change(|state| state.open_group(chat));
        Group::new(self.clone(), chat)
    }

    /// Lets calls go wrong.
    pub fn inject(&self, fault: Fault) {
        self.world.change(|state| state.faults.push(fault));
    }

    /// Ends every fault that still waits.
    pub fn heal(&self) {
        self.world.change(|state| state.faults.clear());
    }

    /// Refuses the token from now on, or knows it again.
    pub fn revoke_token(&self, revoked: bool) {
        self.world.change(|state| state.revoked = revoked);
    }

    /// Puts an update into the queue as it is, with the next number unless it has one.
    #[expect(clippy::must_use_candidate, reason = "the act counts; its number only sometimes")]
    pub fn push_update(&self, update: Value) -> i64 {
        self.world.change(|state| state.push_raw(update))
    }

    /// Returns what broke the rules of the Bot API.
    #[must_use]
    pub fn violations(&self) -> Vec<Violation> {
        self.world.look(|state| state.violations.clone())
    }

    /// Returns the newest calls, oldest first.
    #[must_use]
    pub fn calls(&self) -> Vec<Call> {
        self.world.look(|state| state.calls.iter().cloned().collect())
    }

    /// Returns the newest calls of one method, oldest first.
    #[must_use]
    pub fn calls_of(&self, method: &str) -> Vec<Call> {
        self.world.look(|state| state.calls.iter().filter(|call| call.method == method).cloned().collect())
    }

    /// Returns what the bot has told about itself.
    #[must_use]
    pub fn profile(&self) -> Profile {
        self.world.look(|state| state.profile.clone())
    }

    /// Returns how many updates the bot has not confirmed.
    #[must_use]
    pub fn unconfirmed(&self) -> usize {
        self.world.look(|state| state.updates.len())
    }

    /// Returns whether the bot has handled everything and waits for more.
    #[must_use]
    pub fn is_idle(&self) -> bool {
        self.world.look(|state| state.updates.is_empty() && state.waiting > 0)
    }

    /// Returns how many taps were never answered with `answerCallbackQuery`.
    #[must_use]
    pub fn unanswered_taps(&self) -> usize {
        self.world.look(|state| state.queries.values().filter(|answered| !**answered).count())
    }

    /// Returns the bytes of a document that the bot has sent.
    #[must_use]
    pub fn document(&self, file: &str) -> Option<Vec<u8>> {
        self.world.look(|state| state.files.get(file).cloned())
    }

    /// Waits until a look at the stand-in finds what is asked for.
    ///
    /// # Errors
    /// [`NotInTime`] after twenty seconds.
    pub async fn until<T>(&self, mut look: impl FnMut(&Self) -> Option<T>) -> Result<T, NotInTime> {
        let mut changes = self.world.changes();
        let found = async {
            loop {
                changes.mark_unchanged();
                if let Some(found) = look(self) {
                    return found;
                }
                if changes.changed().await.is_err() {
                    std::future::pending::<()>().await;
                }
            }
        };
        tokio::time::timeout(WITHIN, found).await.map_err(|_| NotInTime)
    }
}
