//! Everything that the stand-in knows, under one lock, and a bell that rings at every change.

use std::collections::{BTreeMap, VecDeque};
use std::sync::{Mutex, MutexGuard, PoisonError};

use chrono::{DateTime, Utc};
use serde_json::{Value, json};
use tokio::sync::watch;

use super::call::{Call, Violation};
use super::chat::{Chat, Message};
use super::fault::Fault;
use super::profile::Profile;
use crate::clock::Clock;

/// How many calls are remembered.
const CALLS: usize = 20_000;
/// The id of the first person.
const FIRST_PERSON: i64 = 7_311_700_001;

/// The stand-in's memory.
pub(super) struct World {
    pub(super) token: String,
    clock: Clock,
    state: Mutex<State>,
    bell: watch::Sender<u64>,
}

/// What is under the lock.
#[derive(Default)]
pub(super) struct State {
    pub(super) now: DateTime<Utc>,
    pub(super) chats: BTreeMap<i64, Chat>,
    pub(super) updates: VecDeque<Value>,
    pub(super) last_update: i64,
    pub(super) allowed: Option<Vec<String>>,
    pub(super) webhook: Option<String>,
    pub(super) polls: u64,
    /// How many polls are open now.
    pub(super) waiting: usize,
    pub(super) faults: Vec<Fault>,
    pub(super) violations: Vec<Violation>,
    pub(super) calls: VecDeque<Call>,
    /// Whether a tap was answered.
    pub(super) queries: BTreeMap<String, bool>,
    pub(super) profile: Profile,
    pub(super) files: BTreeMap<String, Vec<u8>>,
    pub(super) revoked: bool,
    people: i64,
    /// One count for all private chats, as Telegram keeps it for an account.
    last_message: i32,
    counted: u64,
}

impl World {
    pub(super) fn new(token: String, clock: Clock) -> Self {
        let state = State { last_update: 100_000, last_message: 1_000, ..State::default() };
        Self { token, clock, state: Mutex::new(state), bell: watch::Sender::new(0) }
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        state.now = self.clock.now();
        state
    }

    /// Looks without a change.
    pub(super) fn look<T>(&self, look: impl FnOnce(&State) -> T) -> T {
        look(&self.lock())
    }

    /// Changes something, and rings.
    pub(super) fn change<T>(&self, change: impl FnOnce(&mut State) -> T) -> T {
        let changed = change(&mut self.lock());
        self.bell.send_modify(|count| *count += 1);
        changed
    }

    pub(super) fn changes(&self) -> watch::Receiver<u64> {
        self.bell.subscribe()
    }
}

impl State {
    pub(super) fn open_private(&mut self, language: Option<&str>) -> i64 {
        let id = FIRST_PERSON + self.people;
        self.people += 1;
        self.chats.insert(id, Chat::new(id, false, language.map(str::to_owned)));
        id
    }

    pub(super) fn open_group(&mut self, id: i64) {
        self.chats.entry(id).or_insert_with(|| Chat::new(id, true, None));
    }

    /// Returns a number that was not given before.
    pub(super) fn count(&mut self) -> u64 {
        self.counted += 1;
        self.counted
    }

    pub(super) fn next_message_id(&mut self) -> i32 {
        self.last_message += 1;
        self.last_message
    }

    pub(super) fn remember(&mut self, call: Call) {
        if self.calls.len() >= CALLS {
            self.calls.pop_front();
        }
        self.calls.push_back(call);
    }

    /// Queues an update of a kind that the bot asked for.
    pub(super) fn push(&mut self, kind: &str, content: &Value) -> Option<i64> {
        if self.allowed.as_ref().is_some_and(|allowed| !allowed.iter().any(|allowed| allowed == kind)) {
            return None;
        }
        Some(self.push_raw(json!({ kind: content })))
    }

    pub(super) fn push_raw(&mut self, mut update: Value) -> i64 {
        let given = number_of(&update);
        let id = given.unwrap_or(self.last_update + 1);
        self.last_update = self.last_update.max(id);
        if let (None, Some(update)) = (given, update.as_object_mut()) {
            update.insert("update_id".to_owned(), id.into());
        }
        self.updates.push_back(update);
        id
    }

    /// Puts a person's message into a chat and tells the bot, unless the person blocked it.
    pub(super) fn say(&mut self, chat: i64, fill: impl FnOnce(&mut Message)) -> i32 {
        let id = self.next_message_id();
        let now = self.now;
        let Some(chat) = self.chats.get_mut(&chat) else { return id };
        let mut message = Message::new(id, false, now);
        fill(&mut message);
        let told = chat.tell(&message);
        chat.messages.push(message);
        let blocked = chat.blocked;
        if !blocked {
            self.push("message", &told);
        }
        id
    }

    /// Tells the bot that a button was tapped; returns the id of the query.
    pub(super) fn tap(&mut self, chat: i64, message: i32, data: &str) -> Option<String> {
        let query = format!("{}", 9_000_000_000_u64 + self.count());
        let chat = self.chats.get(&chat)?;
        let holder = match chat.message(message) {
            Some(message) => chat.tell(message),
            None => json!({ "message_id": message, "date": 0, "chat": chat.card() }),
        };
        let content = json!({
            "id": query, "from": chat.person(), "message": holder,
            "chat_instance": "1", "data": data,
        });
        let blocked = chat.blocked;
        if !blocked && self.push("callback_query", &content).is_some() {
            self.queries.insert(query.clone(), false);
        }
        Some(query)
    }
}

/// Returns the number of an update, also where it stands there as a text that no bot expects.
pub(super) fn number_of(update: &Value) -> Option<i64> {
    let number = update.get("update_id")?;
    number.as_i64().or_else(|| number.as_str()?.parse().ok())
}
