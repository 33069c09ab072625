//! What can be wrong with a call, named by what one can do about it.

use std::time::Duration;

use serde::Deserialize;
use serde::de::DeserializeOwned;

use crate::ids::ChatId;

/// A call that failed. Holds nothing that Telegram answered but numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CallFault {
    /// The token is wrong: nothing will work until the operator corrects it.
    #[error("Telegram does not accept the token (401)")]
    Unauthorized,
    /// Another instance takes the updates of this bot, or a webhook does.
    #[error("another instance takes this bot's updates (409)")]
    Conflict {
        /// A webhook is set.
        webhook: bool,
    },
    /// Too many calls: wait this long.
    #[error("Telegram asks to wait {} s (429)", .0.as_secs())]
    RetryAfter(Duration),
    /// The message is no longer there.
    #[error("the message is gone")]
    Gone,
    /// The message is there, but too old to be edited or deleted.
    #[error("the message is too old")]
    TooOld,
    /// The message already looks like this.
    #[error("the message already looks like this")]
    NotModified,
    /// The chat does not take messages from the bot.
    #[error("the bot cannot write to this chat")]
    Blocked,
    /// The group became another chat: use that one.
    #[error("the group has become a supergroup with another id")]
    Migrated(ChatId),
    /// The call was refused and will be refused again.
    #[error("Telegram refused the call ({0})")]
    Rejected(u16),
    /// Telegram has a fault: try again soon.
    #[error("Telegram has a fault of its own ({0})")]
    Server(u16),
    /// Telegram was not reached, or did not answer in time.
    #[error("Telegram was not reached")]
    Network,
    /// An answer that we cannot read, to a call that may have worked.
    #[error("Telegram gave an answer that cannot be read")]
    Malformed,
}

impl CallFault {
    /// Returns whether the same call may work a little later.
    #[must_use]
    pub const fn is_passing(self) -> bool {
        match self {
            Self::RetryAfter(_) | Self::Server(_) | Self::Network => true,
            Self::Unauthorized
            | Self::Conflict { .. }
            | Self::Gone
            | Self::TooOld
            | Self::NotModified
            | Self::Blocked
            | Self::Migrated(_)
            | Self::Rejected(_)
            | Self::Malformed => false,
        }
    }
}

/// The envelope around every answer (<https://core.telegram.org/bots/api#making-requests>).
#[derive(Deserialize)]
#[serde(bound = "R: DeserializeOwned")]
pub(super) struct Answer<R> {
    ok: bool,
    result: Option<R>,
    #[serde(default)]
    error_code: u16,
    #[serde(default)]
    description: String,
    #[serde(default)]
    parameters: Parameters,
}

#[derive(Default, Deserialize)]
struct Parameters {
    retry_after: Option<u64>,
    migrate_to_chat_id: Option<i64>,
}

impl<R: DeserializeOwned> Answer<R> {
    pub(super) fn read(body: &[u8], status: u16) -> Self {
        serde_json::from_slice(body).unwrap_or_else(|_| Self {
            ok: false,
            result: None,
            // A page of a proxy, or a result of another shape.
            error_code: if status == 200 { 0 } else { status },
            description: String::new(),
            parameters: Parameters::default(),
        })
    }

    pub(super) fn into_result(self) -> Result<R, CallFault> {
        match self.result {
            Some(result) if self.ok => Ok(result),
            Some(_) | None => Err(self.fault()),
        }
    }

    fn fault(&self) -> CallFault {
        if let Some(chat) = self.parameters.migrate_to_chat_id {
            return CallFault::Migrated(ChatId(chat));
        }
        let says = |part: &str| self.description.contains(part);
        match self.error_code {
            0 => CallFault::Malformed,
            // A token of the wrong shape is answered with 404.
            401 | 404 => CallFault::Unauthorized,
            403 => CallFault::Blocked,
            409 => CallFault::Conflict { webhook: says("webhook") },
            429 => CallFault::RetryAfter(Duration::from_secs(self.parameters.retry_after.unwrap_or(1))),
            400 if says("message is not modified") => CallFault::NotModified,
            400 if says("chat not found") || says("PEER_ID_INVALID") => CallFault::Blocked,
            400 if says("can't be edited") || says("can't be deleted") => CallFault::TooOld,
            400 if says("not found") || says("MESSAGE_ID_INVALID") => CallFault::Gone,
            500..=599 => CallFault::Server(self.error_code),
            code => CallFault::Rejected(code),
        }
    }
}
