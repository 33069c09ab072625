//! The way to the Bot API: typed calls of teloxide, sent by us.
//!
//! teloxide's own sending sleeps ten seconds on every server error and keeps whole answers in its errors, so
//! only its payload types are used; they say which fields a method has.

use std::fmt;
use std::time::Duration;

use reqwest::multipart::{Form, Part};
use secrecy::{ExposeSecret as _, SecretString};
use serde::Serialize;
use serde::de::DeserializeOwned;
use teloxide::requests::Payload;
use url::Url;

use super::fault::{Answer, CallFault};
use crate::ids::ChatId;

/// How long a call may take, beside the time that a long poll waits.
const CALL_TIMEOUT: Duration = Duration::from_secs(15);
/// How long making a connection may take.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(5);

/// Where the Bot API is, and the token for it.
#[derive(Clone)]
pub struct BotSettings {
    /// The token, as `BotFather` gives it.
    pub token: SecretString,
    /// The server, such as `https://api.telegram.org`.
    pub api_url: Url,
}

impl fmt::Debug for BotSettings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("BotSettings").field("api_url", &self.api_url.as_str()).finish_non_exhaustive()
    }
}

/// The bot's account at Telegram; clones share its connections.
///
/// # Privacy
/// `Debug` and errors show neither the token nor a chat.
#[derive(Clone)]
pub struct Bot {
    client: reqwest::Client,
    /// Up to and with `/bot<token>/`.
    base: SecretString,
}

impl fmt::Debug for Bot {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Bot").finish_non_exhaustive()
    }
}

/// A message that was sent, as far as we read it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Deserialize)]
pub struct SentMessage {
    /// Its id in its chat.
    pub message_id: i32,
}

impl Bot {
    /// Prepares the account. Nothing is sent yet.
    ///
    /// # Errors
    /// [`CallFault::Network`] where no secure connection can be prepared at all.
    pub fn new(settings: &BotSettings) -> Result<Self, CallFault> {
        let client = reqwest::Client::builder()
            .connect_timeout(CONNECT_TIMEOUT)
            .tcp_nodelay(true)
            .pool_idle_timeout(Duration::from_secs(50))
            .build()
            .map_err(|_| CallFault::Network)?;
        let address = settings.api_url.as_str().trim_end_matches('/');
        let base = format!("{address}/bot{}/", settings.token.expose_secret());
        Ok(Self { client, base: SecretString::from(base) })
    }

    /// Calls a method and reads from its result what `R` asks for.
    ///
    /// # Errors
    /// Returns what can be done about it; see [`CallFault`].
    pub async fn call<P, R>(&self, payload: &P) -> Result<R, CallFault>
    where
        P: Payload + Serialize + Sync,
        R: DeserializeOwned,
    {
        let timeout = CALL_TIMEOUT + payload.timeout_hint().unwrap_or_default();
        self.send(P::NAME, |request| request.json(payload), timeout).await
    }

    /// Waits for updates. Kept apart from [`Bot::call`], for teloxide's own type loses what it does not know.
    ///
    /// # Errors
    /// Returns what can be done about it; see [`CallFault`].
    pub(super) async fn poll<Q, R>(&self, query: &Q, wait: Duration) -> Result<R, CallFault>
    where
        Q: Serialize + Sync,
        R: DeserializeOwned,
    {
        self.send("GetUpdates", |request| request.json(query), CALL_TIMEOUT + wait).await
    }

    /// Sends a file with a caption.
    ///
    /// # Errors
    /// Returns what can be done about it; see [`CallFault`].
    pub async fn send_document(
        &self,
        chat: ChatId,
        caption: String,
        file_name: String,
        bytes: Vec<u8>,
    ) -> Result<SentMessage, CallFault> {
        let part = Part::bytes(bytes)
            .file_name(file_name)
            .mime_str("application/octet-stream")
            .map_err(|_| CallFault::Malformed)?;
        let form = Form::new()
            .text("chat_id", chat.0.to_string())
            .text("caption", caption)
            .text("protect_content", "false")
            .part("document", part);
        self.send("SendDocument", |request| request.multipart(form), CALL_TIMEOUT * 2).await
    }

    async fn send<R: DeserializeOwned>(
        &self,
        method: &str,
        fill: impl FnOnce(reqwest::RequestBuilder) -> reqwest::RequestBuilder,
        timeout: Duration,
    ) -> Result<R, CallFault> {
        let address = format!("{}{method}", self.base.expose_secret());
        let request = fill(self.client.post(address)).timeout(timeout);
        // The error would name the address, and with it the token.
        let response = request.send().await.map_err(|_| CallFault::Network)?;
        let status = response.status();
        let body = response.bytes().await.map_err(|_| CallFault::Network)?;
        Answer::read(&body, status.as_u16()).into_result()
    }
}
