//! What can be made to go wrong.

use std::time::Duration;

use tokio::sync::watch;

/// How a call goes wrong.
#[derive(Clone, Debug)]
pub enum Failure {
    /// Too many requests: wait so many seconds (429).
    TooManyRequests(u64),
    /// A refusal with this code and these words.
    Refused(u16, String),
    /// A page of HTML with this code, as a proxy sends it.
    Html(u16),
    /// The connection ends before anything is done.
    Cut,
    /// The call is carried out, but the connection ends before the answer.
    LoseAnswer,
    /// The call is carried out so much later.
    Delay(Duration),
    /// The call is carried out once the gate is open.
    Hold(Gate),
    /// The call is carried out, and answered with 200 and rubbish.
    Rubbish,
}

/// Holds calls back until it is opened; clones are the same gate.
#[derive(Clone, Debug)]
pub struct Gate {
    open: watch::Sender<bool>,
}

impl Default for Gate {
    fn default() -> Self {
        Self { open: watch::Sender::new(false) }
    }
}

impl Gate {
    /// Lets through what waits, and all that comes.
    pub fn open(&self) {
        self.open.send_replace(true);
    }

    /// Returns how many calls it holds back now.
    #[must_use]
    pub fn holds(&self) -> usize {
        self.open.receiver_count()
    }

    pub(super) async fn passed(&self) {
        // It fails only where the sender is gone, and that is held here.
        let _ = self.open.subscribe().wait_for(|&open| open).await;
    }
}

/// Which calls go wrong, and how.
#[derive(Clone, Debug)]
pub struct Fault {
    failure: Failure,
    times: usize,
    method: Option<String>,
    chat: Option<i64>,
}

impl Fault {
    /// Lets the next call go wrong.
    #[must_use]
    pub const fn new(failure: Failure) -> Self {
        Self { failure, times: 1, method: None, chat: None }
    }

    /// Lets so many calls go wrong.
    #[must_use]
    pub const fn times(mut self, times: usize) -> Self {
        self.times = times;
        self
    }

    /// Spares every other method.
    #[must_use]
    pub fn on(mut self, method: &str) -> Self {
        self.method = Some(method.to_owned());
        self
    }

    /// Spares every other chat.
    #[must_use]
    pub const fn in_chat(mut self, chat: i64) -> Self {
        self.chat = Some(chat);
        self
    }

    fn hits(&self, method: &str, chat: Option<i64>) -> bool {
        self.times > 0
            && self.method.as_ref().is_none_or(|only| only.eq_ignore_ascii_case(method))
            && (self.chat.is_none() || self.chat == chat)
    }
}

/// Takes the first fault that hits a call.
pub(super) fn take(faults: &mut Vec<Fault>, method: &str, chat: Option<i64>) -> Option<Failure> {
    let fault = faults.iter_mut().find(|fault| fault.hits(method, chat))?;
    fault.times -= 1;
    let failure = fault.failure.clone();
    faults.retain(|fault| fault.times > 0);
    Some(failure)
}
