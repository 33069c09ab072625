//! The desk's calls, for a terminal: the same protocol that the page speaks.

use std::fmt;
use std::time::Duration;

use age::x25519::Identity;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use chrono::{DateTime, Utc};
use reqwest::{Client, RequestBuilder};
use secrecy::{ExposeSecret as _, SecretString};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use url::Url;
use zeroize::Zeroizing;

use crate::ids::{AssociationId, HandoffId};

/// How long a call may take.
const TIMEOUT: Duration = Duration::from_secs(20);

/// A call that failed, by what the volunteer can do.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ClientFault {
    /// The server was not reached.
    #[error("the desk's server was not reached; check its address and your connection")]
    Unreachable,
    /// None of the keys opens the challenge. The server answers alike for a name that it does not know, so that
    /// nobody can try names; only the volunteer can find out which of the two it is.
    #[error(
        "no key of yours opens the desk of this association. Is its name spelled as in the directory? If it is, \
         the directory does not hold your key yet: send its public part to whoever keeps the directory, and read \
         its words to them on the phone"
    )]
    NoKey,
    /// The server said no, with its code and its words.
    #[error("{title} ({code})")]
    Refused {
        /// The code of the problem.
        code: String,
        /// The server's words.
        title: String,
        /// Who has the request, where that is why.
        by: Option<AssociationId>,
        /// Who took it, sealed to their own association, where that is why.
        claim: Option<String>,
    },
    /// An answer that cannot be read.
    #[error("the server gave an answer that cannot be read; is this the address of a desk?")]
    Malformed,
}

/// A token as the server shows it.
#[derive(Clone, Deserialize)]
pub struct ShownToken {
    /// The id of the token.
    pub id: String,
    /// The handoff it belongs to.
    pub handoff: HandoffId,
    /// What it tells.
    pub kind: String,
    /// Where it stands.
    pub state: String,
    /// When it goes on to the next.
    pub respond_by: String,
    /// It was sealed for this association first.
    #[serde(default)]
    pub own: bool,
    /// The associations that said no to it.
    #[serde(default)]
    pub refused_by: Vec<AssociationId>,
    /// What became of a reply.
    #[serde(default)]
    pub delivery: Option<String>,
    /// The age file, in base64.
    pub ciphertext: String,
}

impl fmt::Debug for ShownToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ShownToken").field("kind", &self.kind).finish_non_exhaustive()
    }
}

/// An association of the directory, as far as a terminal needs it.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct Listed {
    /// Its slug.
    pub id: AssociationId,
    /// Its name.
    pub name: String,
    /// `association` or `national_team`.
    pub role: String,
    /// The country it works in.
    pub country: String,
    /// Who can read for it.
    pub recipients: Vec<String>,
    /// It takes requests now.
    pub routable: bool,
}

/// The directory, and the key that signs tokens.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct Book {
    /// The associations.
    pub associations: Vec<Listed>,
    /// The server's verifying keys, in base64, newest first: before a rotation it signed with another.
    pub server_keys: Vec<String>,
}

/// A volunteer who is signed in.
#[derive(Clone)]
pub struct DeskClient {
    http: Client,
    base: Url,
    token: SecretString,
    expires: Option<DateTime<Utc>>,
}

impl fmt::Debug for DeskClient {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("DeskClient").finish_non_exhaustive()
    }
}

#[derive(Deserialize)]
struct Asked {
    id: String,
    challenge: String,
}

#[derive(Deserialize)]
struct Opened {
    token: SecretString,
    expires: DateTime<Utc>,
}

#[derive(Deserialize)]
struct Page {
    cursor: String,
    #[serde(default)]
    more: bool,
    tokens: Vec<ShownToken>,
}

impl DeskClient {
    /// Signs in with the association's identities.
    ///
    /// # Errors
    /// Returns what the volunteer can do; see [`ClientFault`].
    pub async fn sign_in(
        server: &Url,
        association: &AssociationId,
        identities: &[Identity],
    ) -> Result<Self, ClientFault> {
        let http = Client::builder().timeout(TIMEOUT).build().map_err(|_| ClientFault::Unreachable)?;
        let base = Url::parse(&format!("{}/api/v1/", server.as_str().trim_end_matches('/')))
            .map_err(|_| ClientFault::Malformed)?;
        let mut client = Self { http, base, token: SecretString::from(String::new()), expires: None };
        let asked: Asked = client.post("challenges", &json!({ "association": association })).await?;
        let answer = solve(&asked.challenge, identities)?;
        let answer = json!({ "id": asked.id, "answer": STANDARD.encode(answer.as_slice()) });
        let opened: Opened = client.post("sessions", &answer).await?;
        client.token = opened.token;
        client.expires = Some(opened.expires);
        Ok(client)
    }

    /// Returns until when the server knows this volunteer.
    #[must_use]
    pub const fn expires(&self) -> Option<DateTime<Utc>> {
        self.expires
    }

    /// Returns everything that stands on the desk.
    ///
    /// # Errors
    /// Returns what the volunteer can do; see [`ClientFault`].
    pub async fn tokens(&self) -> Result<Vec<ShownToken>, ClientFault> {
        let (mut tokens, mut since) = (Vec::new(), "0".to_owned());
        loop {
            let page: Page = self.get(&format!("handoffs?since={since}")).await?;
            tokens.extend(page.tokens);
            if !page.more || page.cursor == since {
                return Ok(tokens);
            }
            since = page.cursor;
        }
    }

    /// Returns the directory.
    ///
    /// # Errors
    /// Returns what the volunteer can do; see [`ClientFault`].
    pub async fn book(&self) -> Result<Book, ClientFault> {
        self.get("directory").await
    }

    /// Does something with a request.
    ///
    /// # Errors
    /// Returns what the volunteer can do; see [`ClientFault`].
    pub async fn act(&self, handoff: HandoffId, act: &str, body: &Value) -> Result<Value, ClientFault> {
        self.post(&format!("handoffs/{handoff}/{act}"), body).await
    }

    /// Takes no new requests until then, or takes them again.
    ///
    /// # Errors
    /// Returns what the volunteer can do; see [`ClientFault`].
    pub async fn pause(&self, until: Option<DateTime<Utc>>) -> Result<(), ClientFault> {
        self.post::<Value>("pause", &json!({ "until": until })).await.map(|_| ())
    }

    async fn get<T: DeserializeOwned>(&self, path: &str) -> Result<T, ClientFault> {
        self.call(path, Client::get).await
    }

    async fn post<T: DeserializeOwned>(&self, path: &str, body: &Value) -> Result<T, ClientFault> {
        self.call(path, |http, url| http.post(url).json(body)).await
    }

    async fn call<T: DeserializeOwned>(
        &self,
        path: &str,
        ask: impl FnOnce(&Client, Url) -> RequestBuilder,
    ) -> Result<T, ClientFault> {
        let url = self.base.join(path).map_err(|_| ClientFault::Malformed)?;
        let mut call = ask(&self.http, url);
        if !self.token.expose_secret().is_empty() {
            call = call.bearer_auth(self.token.expose_secret());
        }
        let response = call.send().await.map_err(|_| ClientFault::Unreachable)?;
        if response.status().is_success() {
            return response.json().await.map_err(|_| ClientFault::Malformed);
        }
        let problem: Value = response.json().await.map_err(|_| ClientFault::Malformed)?;
        let text = |name: &str| problem.get(name).and_then(Value::as_str).map(str::to_owned);
        Err(ClientFault::Refused {
            code: text("code").ok_or(ClientFault::Malformed)?,
            title: text("title").unwrap_or_default(),
            by: text("by").and_then(|by| by.parse().ok()),
            claim: text("claim"),
        })
    }
}

fn solve(challenge: &str, identities: &[Identity]) -> Result<Zeroizing<Vec<u8>>, ClientFault> {
    let file = STANDARD.decode(challenge).map_err(|_| ClientFault::Malformed)?;
    let decryptor = age::Decryptor::new_buffered(file.as_slice()).map_err(|_| ClientFault::Malformed)?;
    let keys = identities.iter().map(|identity| identity as &dyn age::Identity);
    let mut reader = decryptor.decrypt(keys).map_err(|_| ClientFault::NoKey)?;
    let mut answer = Zeroizing::new(Vec::new());
    std::io::Read::read_to_end(&mut reader, &mut answer).map_err(|_| ClientFault::Malformed)?;
    Ok(answer)
}
