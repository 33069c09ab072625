//! The desk's calls, for a terminal: the same protocol that the page speaks.

use std::fmt;
use std::time::Duration;

use age::x25519::Identity;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use chrono::{DateTime, Utc};
use reqwest::header::CONTENT_TYPE;
use reqwest::{Client, Method, Response};
use secrecy::{ExposeSecret as _, SecretString};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use url::Url;
use zeroize::Zeroizing;

use super::challenge::{Challenge, signer};
use super::memory::Session;
use crate::device::{DeviceKey, Statement};
use crate::directory::Offered;
use crate::handoff::{self, OpenFault};
use crate::ids::{AssociationId, HandoffId};

/// Below which path everything is asked.
const API: &str = "/api/v1";
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
         the directory does not hold your key yet, or no longer: send its public part to whoever keeps the \
         directory, and read its words to them on the phone"
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
    /// The challenge is not one that this server makes for this association at this address.
    #[error("what the server sent is no challenge of a desk")]
    Strange,
    /// An answer that cannot be read.
    #[error(
        "the server gave an answer that cannot be read; is this the address of a desk, without `/desk` at its end?"
    )]
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

/// What the server says of an association, and can be wrong about.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct Hint {
    pub(super) id: AssociationId,
    pub(super) routable: bool,
}

/// The signed list of associations, what the server says beside it, and who was taken out since.
#[derive(Debug, Deserialize)]
pub(super) struct Book {
    pub(super) extract: String,
    pub(super) associations: Vec<Hint>,
}

/// The devices that were taken out.
#[derive(Debug, Deserialize)]
struct Devices {
    removals: Vec<Removal>,
}

/// That a coordinator took a device out; to be checked.
#[derive(Clone, Debug, Deserialize)]
pub struct Removal {
    /// The association of both.
    pub association: AssociationId,
    /// The recipient of the device that is taken out.
    pub device: String,
    /// The recipient of the coordinator's device.
    pub by: String,
    /// When, as RFC 3339 writes it.
    pub at: String,
    /// The coordinator's signature, in base64.
    pub signature: String,
}

/// A desk's server, and one association's session there.
pub(super) struct DeskClient {
    http: Client,
    base: Url,
    origin: String,
    association: AssociationId,
    session: Option<Session>,
    /// The device of the session, where it has a name there.
    device: Option<DeviceKey>,
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
    signature: String,
}

#[derive(Deserialize)]
struct Opened {
    token: SecretString,
    #[serde(default)]
    device: Option<String>,
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
    /// Prepares to talk with a server.
    pub(super) fn to(server: &Url, association: &AssociationId) -> Result<Self, ClientFault> {
        // A body must not follow a redirect to somebody else.
        let http = Client::builder().timeout(TIMEOUT).redirect(reqwest::redirect::Policy::none());
        let http = http.build().map_err(|_| ClientFault::Unreachable)?;
        let base = Url::parse(&format!("{}{API}/", server.as_str().trim_end_matches('/')))
            .map_err(|_| ClientFault::Malformed)?;
        let origin = base.origin().ascii_serialization();
        Ok(Self { http, base, origin, association: association.clone(), session: None, device: None })
    }

    /// Goes on with a session that was kept.
    pub(super) fn resume(&mut self, session: Session, identities: &[Identity]) {
        let named = |key: &DeviceKey| session.device.as_deref() == Some(&key.recipient().to_string());
        self.device = identities.iter().map(DeviceKey::of).find(named);
        self.session = Some(session);
    }

    /// Returns the session.
    pub(super) const fn session(&self) -> Option<&Session> {
        self.session.as_ref()
    }

    /// Returns what was signed of the directory, which nobody need believe.
    pub(super) async fn offered(&self) -> Result<Offered, ClientFault> {
        self.get("extract").await
    }

    /// Signs in: proves that one of these identities reads for the association, to a server with one of these keys.
    /// Nothing that was decrypted leaves.
    ///
    /// # Errors
    /// [`ClientFault::Strange`] where anything but an honest challenge came; then nothing was sent.
    pub(super) async fn sign_in(
        &mut self,
        server_keys: &[String],
        identities: &[Identity],
    ) -> Result<(), ClientFault> {
        (self.session, self.device) = (None, None);
        let wish = json!({ "association": self.association, "origin": self.origin });
        let asked: Asked = self.post("challenges", &wish).await?;
        let file = STANDARD.decode(&asked.challenge).map_err(|_| ClientFault::Strange)?;
        // Before anything is decrypted: a stranger gets nothing opened.
        let server_key = signer(server_keys, &file, &asked.signature).ok_or(ClientFault::Strange)?;
        let association = self.association.as_str();
        let challenge = Challenge { server_key, origin: &self.origin, association, id: &asked.id };
        let (identity, plaintext) = read(&file, identities)?;
        let secret = challenge.secret_in(&plaintext).ok_or(ClientFault::Strange)?;
        let device = DeviceKey::of(identity);
        let name = device.recipient().to_string();
        let statement = Statement::Session {
            origin: &self.origin,
            association,
            id: &asked.id,
            server_key,
            device: &name,
        };
        let answer = json!({
            "id": asked.id,
            "proof": STANDARD.encode(challenge.proof(&secret)),
            "device": name,
            "signature": device.sign(&statement),
        });
        let opened: Opened = self.post("sessions", &answer).await?;
        self.device = opened.device.as_ref().map(|_| device);
        self.session = Some(Session { token: opened.token, expires: opened.expires, device: opened.device });
        Ok(())
    }

    /// Ends the session at the server.
    pub(super) async fn sign_out(&mut self) -> Result<(), ClientFault> {
        self.send(Method::DELETE, "sessions", Vec::new()).await?;
        (self.session, self.device) = (None, None);
        Ok(())
    }

    /// Ends every session of a device.
    pub(super) async fn sign_device_out(&self, device: &str) -> Result<(), ClientFault> {
        let body = json!({ "device": device }).to_string().into_bytes();
        self.send(Method::POST, "devices/sign-out", body).await.map(|_| ())
    }

    /// Takes another device out.
    pub(super) async fn remove_device(&self, removal: &Value) -> Result<Value, ClientFault> {
        self.post("devices/remove", removal).await
    }

    /// Returns everything that stands on the desk.
    ///
    /// # Errors
    /// Returns what the volunteer can do; see [`ClientFault`].
    pub(super) async fn tokens(&self) -> Result<Vec<ShownToken>, ClientFault> {
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

    /// Returns the signed list and what the server says beside it.
    pub(super) async fn book(&self) -> Result<Book, ClientFault> {
        self.get("directory").await
    }

    /// Returns what is said of devices that were taken out.
    pub(super) async fn removals(&self) -> Result<Vec<Removal>, ClientFault> {
        self.get("devices").await.map(|Devices { removals }| removals)
    }

    /// Does something with a request.
    ///
    /// # Errors
    /// Returns what the volunteer can do; see [`ClientFault`].
    pub(super) async fn act(
        &self,
        handoff: HandoffId,
        act: &str,
        body: &Value,
    ) -> Result<Value, ClientFault> {
        self.post(&format!("handoffs/{handoff}/{act}"), body).await
    }

    /// Takes no new requests until then, or takes them again.
    ///
    /// # Errors
    /// Returns what the volunteer can do; see [`ClientFault`].
    pub(super) async fn pause(&self, until: Option<DateTime<Utc>>) -> Result<(), ClientFault> {
        self.post::<Value>("pause", &json!({ "until": until })).await.map(|_| ())
    }

    async fn get<T: DeserializeOwned>(&self, path: &str) -> Result<T, ClientFault> {
        let response = self.send(Method::GET, path, Vec::new()).await?;
        response.json().await.map_err(|_| ClientFault::Malformed)
    }

    async fn post<T: DeserializeOwned>(&self, path: &str, body: &Value) -> Result<T, ClientFault> {
        let response = self.send(Method::POST, path, body.to_string().into_bytes()).await?;
        response.json().await.map_err(|_| ClientFault::Malformed)
    }

    /// Asks, and signs what is done under the device's key.
    async fn send(&self, method: Method, path: &str, body: Vec<u8>) -> Result<Response, ClientFault> {
        let url = self.base.join(path).map_err(|_| ClientFault::Malformed)?;
        let mut call = self.http.request(method.clone(), url.clone());
        if let Some(session) = &self.session {
            let token = session.token.expose_secret();
            call = call.bearer_auth(token);
            if let Some(device) = self.device.as_ref().filter(|_| method != Method::GET) {
                let act = Statement::Act {
                    origin: &self.origin,
                    association: self.association.as_str(),
                    method: method.as_str(),
                    path: url.path(),
                    body: &body,
                    token,
                };
                call = call.header("Relais-Signature", device.sign(&act));
            }
        }
        if !body.is_empty() {
            call = call.header(CONTENT_TYPE, "application/json").body(body);
        }
        let response = call.send().await.map_err(|_| ClientFault::Unreachable)?;
        if response.status().is_success() {
            return Ok(response);
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

/// Decrypts a challenge with the first identity that can.
fn read<'a>(
    file: &[u8],
    identities: &'a [Identity],
) -> Result<(&'a Identity, Zeroizing<String>), ClientFault> {
    for identity in identities {
        match handoff::decrypt(file, std::slice::from_ref(identity)) {
            Ok(plaintext) => return Ok((identity, plaintext)),
            Err(OpenFault::NotForYou) => {}
            Err(_) => return Err(ClientFault::Strange),
        }
    }
    Err(ClientFault::NoKey)
}
