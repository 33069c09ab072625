//! `getUpdates`: long polling (<https://core.telegram.org/bots/api#getupdates>).

use std::time::Duration;

use serde_json::{Map, Value};
use tokio::time::Instant;

use super::refusal::Refusal;
use super::world::{State, World, number_of};

/// How many updates one answer holds at most.
const LIMIT: i64 = 100;
/// The longest wait, in seconds.
const LONGEST_WAIT: i64 = 50;

/// Answers a poll: at once where updates wait, else when one comes or the time is over.
pub(super) async fn get_updates(world: &World, call: &Map<String, Value>) -> Result<Value, Refusal> {
    let number = |name: &str| call.get(name).and_then(Value::as_i64);
    let limit = number("limit").unwrap_or(LIMIT).clamp(1, LIMIT);
    let wait = number("timeout").unwrap_or(0).clamp(0, LONGEST_WAIT);
    let until = Instant::now() + Duration::from_secs(wait.unsigned_abs());
    let mine = world.change(|state| {
        if let Some(kinds) = call.get("allowed_updates").and_then(Value::as_array) {
            let kinds: Vec<String> = kinds.iter().filter_map(Value::as_str).map(str::to_owned).collect();
            state.allowed = (!kinds.is_empty()).then_some(kinds);
        }
        confirm(state, number("offset").unwrap_or(0));
        state.polls += 1;
        state.waiting += 1;
        state.polls
    });
    let _waiting = Waiting(world);
    let mut changes = world.changes();
    loop {
        changes.mark_unchanged();
        let found = world.look(|state| {
            if state.webhook.is_some() {
                return Err(Refusal::webhook_is_set());
            }
            if state.polls != mine {
                return Err(Refusal::other_poll());
            }
            let take = usize::try_from(limit).unwrap_or(1);
            Ok(state.updates.iter().take(take).cloned().collect::<Vec<Value>>())
        })?;
        if !found.is_empty() || tokio::time::timeout_at(until, changes.changed()).await.is_err() {
            return Ok(found.into());
        }
    }
}

/// A poll that is open; it counts as one until it is answered or given up.
struct Waiting<'w>(&'w World);

impl Drop for Waiting<'_> {
    fn drop(&mut self) {
        self.0.change(|state| state.waiting -= 1);
    }
}

/// Forgets every update below the offset; a negative one keeps that many of the newest.
fn confirm(state: &mut State, offset: i64) {
    let id = |update: &Value| number_of(update).unwrap_or(i64::MAX);
    if offset > 0 {
        state.updates.retain(|update| id(update) >= offset);
    } else if offset < 0 {
        let keep = usize::try_from(offset.unsigned_abs()).unwrap_or(usize::MAX);
        let forget = state.updates.len().saturating_sub(keep);
        state.updates.drain(..forget);
    }
}
