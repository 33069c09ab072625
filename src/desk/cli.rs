//! A volunteer's work from a terminal: what the page does, without a page.
//!
//! Everything is opened and sealed on this machine; the server sees ciphertext and the code of what is done.

use std::collections::BTreeSet;

use age::x25519::{Identity, Recipient};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use chrono::{DateTime, SecondsFormat, Utc};
use serde::Serialize;
use serde_json::{Value, json};
use zeroize::Zeroizing;

use super::client::{ClientFault, DeskClient, Hint, ShownToken};
use super::fault::WorkFault;
use super::members::Members;
use super::papers::{self, Content, Paper, Place, Proof, open_shown, passed_on_proof, read_paper};
use super::reach::Reach;
use crate::device::DeviceKey;
use crate::handoff::{self, OpenFault, OpenedToken, PassedOn, ReturnAddress};
use crate::ids::{AssociationId, HandoffId};

/// What is said to a person.
#[derive(Clone, PartialEq, Eq)]
pub enum Words {
    /// A phrase, with its slots as names and values.
    Phrase {
        /// Its key, such as `phrase-meet`.
        key: String,
        /// Its slots.
        args: Vec<(String, String)>,
    },
    /// Own words.
    Text(String),
}

impl std::fmt::Debug for Words {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Words(…)")
    }
}

/// A request in a list.
#[derive(Clone, Debug, Serialize)]
pub struct Row {
    /// The handoff.
    pub handoff: HandoffId,
    /// The three pictures; empty where the token cannot be opened.
    pub sign: String,
    /// Where it stands.
    pub state: String,
    /// When it goes on to the next.
    pub respond_by: String,
    /// They said that they are in danger.
    pub danger: bool,
    /// One's own, or looked at as the national team.
    pub own: bool,
}

/// A request with everything that belongs to it.
#[derive(Debug)]
pub struct Case {
    /// Where it stands.
    pub token: ShownToken,
    /// What the person said.
    pub opened: OpenedToken,
    /// Whether it is proved who passed it on, where somebody did.
    pub passed_on: Option<Proof>,
    /// What else can be read of it, oldest first.
    pub papers: Vec<Paper>,
    /// Whom to pass it on to, next best first: those the router named who take requests and have not said no.
    pub next: Vec<AssociationId>,
}

impl Case {
    /// Returns how the person is reached now.
    #[must_use]
    pub fn reach(&self) -> Reach<'_> {
        let said = self.papers.iter().filter_map(|paper| match &paper.content {
            Content::Said(opened) => Some(opened.record()),
            Content::Refused(_) | Content::Own(_) => None,
        });
        Reach::of(self.opened.record(), said)
    }
}

/// A volunteer at work.
pub struct Workplace {
    pub(super) client: DeskClient,
    pub(super) identities: Vec<Identity>,
    pub(super) key: DeviceKey,
    pub(super) association: AssociationId,
    pub(super) members: Members,
    pub(super) hints: Vec<Hint>,
    /// The server's keys whose signatures count.
    pub(super) believed: Vec<String>,
}

impl std::fmt::Debug for Workplace {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Workplace").field("association", &self.association).finish_non_exhaustive()
    }
}

impl Workplace {
    /// Returns until when the server knows this volunteer.
    #[must_use]
    pub fn expires(&self) -> Option<DateTime<Utc>> {
        self.client.session().map(|session| session.expires)
    }

    /// Returns the requests on the desk, as the server orders them.
    ///
    /// # Errors
    /// Returns what the volunteer can do.
    pub async fn list(&self) -> Result<Vec<Row>, WorkFault> {
        let tokens = self.client.tokens().await?;
        let requests = tokens.into_iter().filter(|token| token.kind == "handoff");
        Ok(requests.map(|token| self.row(token)).collect())
    }

    fn row(&self, token: ShownToken) -> Row {
        let opened = self.open(&token).ok();
        let record = opened.as_ref().map(OpenedToken::record);
        Row {
            handoff: token.handoff,
            sign: record.map(|record| record.sign.clone()).unwrap_or_default(),
            danger: record.is_some_and(|record| record.danger),
            state: token.state,
            respond_by: token.respond_by,
            own: token.own,
        }
    }

    /// Returns a request by the first letters of its handoff, and tells the person that it was read.
    ///
    /// # Errors
    /// Returns what the volunteer can do.
    pub async fn show(&self, start: &str) -> Result<Case, WorkFault> {
        let case = self.find(start).await?;
        self.client.act(case.token.handoff, "read", &json!({})).await?;
        Ok(case)
    }

    async fn find(&self, start: &str) -> Result<Case, WorkFault> {
        let tokens = self.client.tokens().await?;
        let begins = |token: &&ShownToken| token.handoff.to_string().starts_with(start);
        let found: Vec<&ShownToken> = tokens.iter().filter(begins).collect();
        let requests: BTreeSet<HandoffId> = found.iter().map(|token| token.handoff).collect();
        if requests.len() > 1 {
            return Err(WorkFault::Ambiguous);
        }
        let withdrawn = |token: &&&ShownToken| token.kind == "withdrawal" || token.state == "revoked";
        if found.iter().any(|token| withdrawn(&token)) {
            return Err(WorkFault::Withdrawn);
        }
        // The latest leg that one can read.
        let readable =
            found.iter().rev().filter(|token| token.kind == "handoff" && !token.ciphertext.is_empty());
        let token = readable.copied().next().ok_or(WorkFault::NotFound)?;
        let papers = found.iter().filter(|token| token.kind != "handoff").filter_map(|token| {
            let content = if !Paper::is_signed(&token.kind) {
                self.own(token)?
            } else if token.ciphertext.is_empty() {
                return None;
            } else {
                match self.opened(token) {
                    Ok(opened) => Content::Said(Box::new(opened)),
                    Err(fault) => Content::Refused(fault),
                }
            };
            Some(Paper::of(token, content))
        });
        let opened = self.open(token)?;
        let passed_on = passed_on_proof(&opened, |by, device| self.members.key(by, device))?;
        let next = self.next(&opened, token);
        Ok(Case { opened, passed_on, papers: papers.collect(), token: token.clone(), next })
    }

    fn next(&self, opened: &OpenedToken, token: &ShownToken) -> Vec<AssociationId> {
        let asked = |id: &&AssociationId| {
            let takes = self.hints.iter().any(|hint| hint.id == **id && hint.routable);
            let takes = takes && self.members.find(id).is_some();
            takes && **id != self.association && !token.refused_by.contains(id)
        };
        opened.record().routing.others.iter().filter(asked).cloned().collect()
    }

    fn open(&self, token: &ShownToken) -> Result<OpenedToken, WorkFault> {
        Ok(self.opened(token)?)
    }

    /// Opens what the server signed, and checks that it is what the server says it is.
    fn opened(&self, token: &ShownToken) -> Result<OpenedToken, OpenFault> {
        let file = STANDARD.decode(&token.ciphertext).map_err(|_| OpenFault::NotAge)?;
        open_shown(&file, &self.identities, &self.believed, (token.handoff, &token.kind))
    }

    /// Reads what a colleague wrote, and who proves to have written it.
    fn own(&self, token: &ShownToken) -> Option<Content> {
        let plaintext = self.decrypt(&token.ciphertext)?;
        Some(match self.written(&plaintext, token.handoff, &token.kind) {
            Ok((line, proof)) => Content::own(line, proof),
            Err(fault) => Content::Refused(fault),
        })
    }

    fn written<'a>(
        &self,
        plaintext: &'a str,
        handoff: HandoffId,
        kind: &str,
    ) -> Result<(&'a str, Proof), OpenFault> {
        let (service, association) = (&self.members.anchor().service, &self.association);
        let place = Place { service, association, handoff, kind };
        read_paper(plaintext, &place, |device| self.members.key(association, device))
    }

    fn decrypt(&self, ciphertext: &str) -> Option<Zeroizing<String>> {
        handoff::decrypt(&STANDARD.decode(ciphertext).ok()?, &self.identities).ok()
    }

    /// Takes a request under a name that one's own association will read.
    ///
    /// # Errors
    /// [`WorkFault::Taken`] says who was first.
    pub async fn accept(&self, start: &str, pseudonym: &str, now: DateTime<Utc>) -> Result<(), WorkFault> {
        let case = self.find(start).await?;
        let claim = json!({ "v": 1, "kind": "claim", "pseudonym": pseudonym, "at": time(now) });
        let body = json!({ "claim": self.seal_own(case.token.handoff, &claim, now)? });
        self.act(&case, "accept", &body).await?;
        Ok(())
    }

    /// Says no to a request: `full`, `not_our_field`, `language`, `conflict` or `other`.
    ///
    /// # Errors
    /// Returns what the volunteer can do.
    pub async fn decline(&self, start: &str, reason: &str) -> Result<(), WorkFault> {
        self.done(start, "decline", json!({ "reason": reason })).await
    }

    /// Closes a request: `helped`, `referred`, `no_contact`, `not_concerned` or `other`.
    ///
    /// # Errors
    /// Returns what the volunteer can do.
    pub async fn close(&self, start: &str, outcome: &str) -> Result<(), WorkFault> {
        self.done(start, "close", json!({ "outcome": outcome })).await
    }

    /// Writes something down for one's own association.
    ///
    /// # Errors
    /// Returns what the volunteer can do.
    pub async fn note(
        &self,
        start: &str,
        pseudonym: &str,
        text: &str,
        now: DateTime<Utc>,
    ) -> Result<(), WorkFault> {
        let note = json!({ "v": 1, "kind": "note", "pseudonym": pseudonym, "at": time(now), "text": text });
        let case = self.find(start).await?;
        let body = json!({ "ciphertext": self.seal_own(case.token.handoff, &note, now)? });
        self.act(&case, "notes", &body).await?;
        Ok(())
    }

    async fn act(&self, case: &Case, act: &str, body: &Value) -> Result<Value, WorkFault> {
        let handoff = case.token.handoff;
        self.client.act(handoff, act, body).await.map_err(|fault| self.explain(fault, handoff))
    }

    async fn done(&self, start: &str, act: &str, body: Value) -> Result<(), WorkFault> {
        let case = self.find(start).await?;
        self.act(&case, act, &body).await?;
        Ok(())
    }

    /// Seals a request to another association and passes it on; the national team of its country reads along.
    ///
    /// # Errors
    /// Returns what the volunteer can do.
    pub async fn pass_on(
        &self,
        start: &str,
        to: &AssociationId,
        note: Option<String>,
        now: DateTime<Utc>,
    ) -> Result<(), WorkFault> {
        let case = self.find(start).await?;
        let next = self.members.find(to).ok_or(WorkFault::UnknownAssociation)?;
        let readers =
            self.members.readers(next, case.opened.record().routing.team.as_ref(), &self.association);
        let today = now.date_naive();
        let recipients: Vec<Recipient> =
            readers.into_iter().flat_map(|reader| self.members.recipients(reader, today)).collect();
        if recipients.is_empty() {
            return Err(WorkFault::ListEnded);
        }
        let passed_on = PassedOn { by: self.association.clone(), to: to.clone(), at: now, note };
        let sealed = handoff::pass_on(&case.opened, passed_on, &recipients, &self.key)?;
        let body = json!({ "association": to, "ciphertext": STANDARD.encode(sealed.as_bytes()) });
        self.act(&case, "pass-on", &body).await?;
        Ok(())
    }

    /// Writes to the person, and returns from when on they are told, where not at once.
    ///
    /// # Errors
    /// [`WorkFault::NoMessages`] where the person chose so.
    pub async fn reply(
        &self,
        start: &str,
        pseudonym: &str,
        words: &Words,
        now: DateTime<Utc>,
    ) -> Result<Option<String>, WorkFault> {
        let case = self.find(start).await?;
        let address = case.reach().address().ok_or(WorkFault::NoMessages)?;
        // The one thing that was decrypted and leaves: a text of this shape, out of a record that was checked.
        if !ReturnAddress::has_shape(address) {
            return Err(WorkFault::Unopened(OpenFault::OtherRequest));
        }
        let mut copy = json!({ "v": 1, "kind": "reply", "pseudonym": pseudonym, "at": time(now) });
        let mut body = json!({ "return_address": address });
        for whole in [&mut copy, &mut body].into_iter().filter_map(Value::as_object_mut) {
            match words {
                Words::Phrase { key, args } => {
                    let args = args.iter().map(|(name, value)| (name.clone(), json!(value)));
                    whole.insert("phrase".to_owned(), json!(key));
                    whole.insert("args".to_owned(), Value::Object(args.collect()));
                }
                Words::Text(text) => {
                    whole.insert("text".to_owned(), json!(text));
                }
            }
        }
        let copy = self.seal_own(case.token.handoff, &copy, now)?;
        if let Some(body) = body.as_object_mut() {
            body.insert("copy".to_owned(), json!(copy));
        }
        let queued = self.act(&case, "messages", &body).await?;
        Ok(queued.get("not_before").and_then(Value::as_str).map(str::to_owned))
    }

    /// Takes no new requests until then, or takes them again.
    ///
    /// # Errors
    /// Returns what the volunteer can do.
    pub async fn pause(&self, until: Option<DateTime<Utc>>) -> Result<(), WorkFault> {
        Ok(self.client.pause(until).await?)
    }

    /// Seals something for one's own association alone, signed by this device.
    fn seal_own(&self, handoff: HandoffId, content: &Value, now: DateTime<Utc>) -> Result<String, WorkFault> {
        let service = &self.members.anchor().service;
        let text = papers::signed(&content.to_string(), &self.key, service, &self.association, handoff);
        let recipients = self.members.recipients(&self.association, now.date_naive());
        if recipients.is_empty() {
            return Err(WorkFault::ListEnded);
        }
        let sealed = handoff::encrypt::<()>(&text, &recipients)?;
        Ok(STANDARD.encode(sealed.as_bytes()))
    }

    /// Says who was first, where one's own keys can read it and no signature speaks against it.
    fn explain(&self, fault: ClientFault, handoff: HandoffId) -> WorkFault {
        let ClientFault::Refused { by: Some(association), claim, .. } = &fault else { return fault.into() };
        let claim = claim.as_ref().and_then(|claim| self.decrypt(claim));
        let claim = claim.as_ref().and_then(|text| self.written(text, handoff, "claim").ok());
        let claim = claim.and_then(|(line, _)| serde_json::from_str::<Value>(line).ok());
        let who = claim.as_ref().and_then(|claim| claim.get("pseudonym")?.as_str());
        let who = who.unwrap_or("a volunteer").to_owned();
        WorkFault::Taken { association: association.clone(), who }
    }
}

pub(super) fn time(moment: DateTime<Utc>) -> String {
    moment.to_rfc3339_opts(SecondsFormat::Secs, true)
}
