//! One turn of the intake: step, and where the core asks for it route, seal, save; then what is to be shown.
//!
//! A request is durable before the person reads "Sent". The same tap twice, or an update that comes again,
//! finds the request that is there already.

mod facts;
mod numbers;
mod time;

use std::collections::BTreeSet;
use std::sync::Arc;

use chrono::{DateTime, Days, Utc};
use tokio::sync::Notify;

use crate::clock::{Clock, Minute};
use crate::conversation::{Conversation, Effect, Event, Notice, Outcome, Screen, Step, screen, step};
use crate::directory::{Association, Directory};
use crate::handoff::{self, ReturnAddress};
use crate::ids::{AssociationId, ChatId, Code, Country, HandoffId};
use crate::locale::Locale;
use crate::record::{Record, Request};
use crate::routing::{self, Circumstances, Route};
use crate::sealing::{self, KeyRing};
use crate::store::{NewNotice, NewToken, NoticeReason, Store, StoreError, TokenId};
use crate::terms::{Contact, Kind};

pub use time::time_message;

/// How many turns of the core one event can take: the event, and the outcome of what it asked for.
const TURNS: usize = 4;

/// What the operator sets.
#[derive(Clone, Copy, Debug)]
pub struct IntakeSettings {
    /// The country this service is for.
    pub country: Country,
    /// After how many days everything about a request is deleted at most.
    pub retention_days: u32,
}

/// What decides and stores.
pub struct Intake {
    /// What the operator sets.
    pub settings: IntakeSettings,
    /// What seals.
    pub keys: Arc<KeyRing>,
    /// What keeps.
    pub store: Store,
    /// Who can be asked.
    pub directory: Arc<Directory>,
    /// The present time.
    pub clock: Clock,
    /// Rung when a notice may be due.
    pub due: Arc<Notify>,
}

impl std::fmt::Debug for Intake {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Intake").field("settings", &self.settings).finish_non_exhaustive()
    }
}

/// Where a conversation stands after a turn, and what it shows.
#[derive(Debug)]
pub struct Turned {
    /// Where it stands.
    pub conversation: Conversation,
    /// What is to be shown; nothing where the chat is to be emptied.
    pub screen: Option<Screen>,
}

/// Why a request is not handed over.
#[derive(Debug, thiserror::Error)]
enum HandOffFault {
    #[error(transparent)]
    Seal(#[from] handoff::SealFault),
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error("the operating system gives no random bytes")]
    Randomness,
}

impl Intake {
    /// Takes one turn. It cannot fail: what goes wrong inside has an outcome that the person is told.
    ///
    /// # Privacy
    /// The chat enters the sealed return address and the codes derived from it, and nothing else.
    pub async fn turn(
        &self,
        chat: ChatId,
        conversation: Conversation,
        event: Event,
        phone: Locale,
    ) -> Turned {
        let mut now = self.clock.now();
        let mut others = Vec::new();
        let mut done = step(conversation, event, now);
        for _ in 0..TURNS {
            let Step { conversation, effects } = done;
            let (outcome, routed) = match effects.into_iter().next() {
                Some(Effect::EraseChat) => return Turned { conversation, screen: None },
                Some(Effect::Show(notice)) => {
                    let shown = self.screen(chat, &conversation, notice, phone, &others).await;
                    return Turned { conversation, screen: Some(shown) };
                }
                Some(Effect::HandOff(request)) => self.hand_off(chat, &conversation, &request, now).await,
                Some(Effect::Cancel(code)) => (self.cancel(code, now).await, Vec::new()),
                None => break,
            };
            others = routed;
            now = self.clock.now();
            done = step(conversation, Event::Outcome(outcome), now);
        }
        let shown = self.screen(chat, &done.conversation, None, phone, &others).await;
        Turned { conversation: done.conversation, screen: Some(shown) }
    }

    async fn screen(
        &self,
        chat: ChatId,
        conversation: &Conversation,
        notice: Option<Notice>,
        phone: Locale,
        others: &[(String, String)],
    ) -> Screen {
        let facts = self.facts(chat, conversation, phone, others).await;
        screen(conversation, notice, &facts)
    }

    /// Hands a request over, and returns with the outcome the numbers of others that fit.
    async fn hand_off(
        &self,
        chat: ChatId,
        conversation: &Conversation,
        request: &Request,
        now: DateTime<Utc>,
    ) -> (Outcome, Vec<(String, String)>) {
        let code = self.keys.code(chat, conversation.nonce);
        match self.route_and_save(chat, code, request, now).await {
            Ok(Some(others)) => {
                self.due.notify_one();
                (Outcome::HandedOff(code), others)
            }
            Ok(None) => (Outcome::NobodyFits, Vec::new()),
            Err(fault) => {
                tracing::error!(%fault, "a request could not be handed over; the person was told so");
                (Outcome::NotHandedOff, Vec::new())
            }
        }
    }

    async fn route_and_save(
        &self,
        chat: ChatId,
        code: Code,
        request: &Request,
        now: DateTime<Utc>,
    ) -> Result<Option<Vec<(String, String)>>, HandOffFault> {
        for handoff in self.keys.handoffs(code) {
            if self.store.handoff(handoff).await?.is_some() {
                return Ok(Some(Vec::new()));
            }
        }
        let closed_to: BTreeSet<AssociationId> = self.store.paused_at(now).await?.into_iter().collect();
        let circumstances = Circumstances { now, country: self.settings.country, closed_to: &closed_to };
        let Some(route) = routing::route(&self.directory, request, &circumstances) else { return Ok(None) };
        let (token, notices) = self.seal(chat, code, request, &route, now)?;
        self.store.save(token, notices).await?;
        let others = route.others.iter().filter_map(|other| facts::public_phone(other, now)).take(2);
        Ok(Some(others.collect()))
    }

    fn seal(
        &self,
        chat: ChatId,
        code: Code,
        request: &Request,
        route: &Route<'_>,
        now: DateTime<Utc>,
    ) -> Result<(NewToken, Vec<NewNotice>), HandOffFault> {
        let handoff = self.keys.handoff(code);
        let expires_on = now.date_naive() + Days::new(self.settings.retention_days.into());
        let record = Record::of_request(
            request,
            handoff,
            now,
            handoff::sign(handoff),
            route.reasons.iter().map(ToString::to_string).collect(),
            self.return_address(chat, handoff, request, now),
        );
        let readers = std::iter::once(route.first).chain(route.team);
        let recipients: Vec<_> = readers.flat_map(|reader| reader.recipients.iter().cloned()).collect();
        let ciphertext = handoff::seal(&record, &recipients, self.keys.signing())?;
        let mut id = [0; 16];
        sealing::random(&mut id).map_err(|_| HandOffFault::Randomness)?;
        let respond_by = routing::respond_by(request, route.first, now);
        let token = NewToken {
            id: TokenId::new(id),
            handoff,
            association: route.first.id.clone(),
            kind: Kind::Handoff,
            ciphertext: ciphertext.into_bytes(),
            received: now,
            respond_by,
            expires_on,
        };
        Ok((token, notices(request, route, now, respond_by)))
    }

    fn return_address(
        &self,
        chat: ChatId,
        handoff: HandoffId,
        request: &Request,
        now: DateTime<Utc>,
    ) -> Option<String> {
        let expires = Minute::of(now + Days::new(self.settings.retention_days.into()));
        let address = ReturnAddress { chat, locale: request.locale, window: request.contact, expires };
        (request.contact != Contact::Never).then(|| address.seal(&self.keys, handoff))
    }

    async fn cancel(&self, code: Code, now: DateTime<Utc>) -> Outcome {
        for handoff in self.keys.handoffs(code) {
            match self.store.withdraw(handoff, now).await {
                // One that is not there is gone already.
                Ok(_) => {}
                Err(fault) => {
                    tracing::error!(%fault, "a request could not be erased; the person was told so");
                    return Outcome::NotCancelled;
                }
            }
        }
        self.due.notify_one();
        Outcome::Cancelled
    }
}

/// Who is told, and when: the first now, the national team where the first does not answer in time.
fn notices(
    request: &Request,
    route: &Route<'_>,
    now: DateTime<Utc>,
    respond_by: DateTime<Utc>,
) -> Vec<NewNotice> {
    let notice = |to: &Association, reason, due| NewNotice { audience: to.id.clone(), reason, due };
    let mut notices = vec![notice(route.first, NoticeReason::New, now)];
    match route.team {
        Some(team) if routing::told_at_once(request, route.first, now) => {
            notices.push(notice(team, NoticeReason::New, now));
            notices.push(notice(team, NoticeReason::Late, respond_by));
        }
        Some(team) => notices.push(notice(team, NoticeReason::Late, respond_by)),
        // The team itself is reminded.
        None => notices.push(notice(route.first, NoticeReason::Late, respond_by)),
    }
    notices
}
