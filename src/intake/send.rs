//! Handing a request over, and taking it back.

use std::collections::BTreeSet;

use chrono::{DateTime, Days, Utc};

use super::repeats::Repeat;
use super::{HandOffFault, Intake, facts};
use crate::clock::Minute;
use crate::conversation::{Conversation, Outcome, Sent};
use crate::directory::{Association, Removed};
use crate::handoff::{self, ReturnAddress, sign};
use crate::ids::{AssociationId, ChatId, Code, HandoffId, Nonce};
use crate::locale::Locale;
use crate::record::{Meta, Record, Request};
use crate::routing::{self, Circumstances, Reason, Route};
use crate::sealing;
use crate::store::{NewNotice, NewToken, NoticeReason, Saved, TokenId};
use crate::terms::{Contact, Kind, Zone};

/// How many others a record names, next best first: whom to pass the request on to.
const NEXT: usize = 5;

/// How many others the person is told of, to call.
const ALTERNATIVES: usize = 2;

impl Intake {
    /// Hands a request over, and returns with the outcome the numbers of others that fit.
    pub(super) async fn hand_off(
        &self,
        chat: ChatId,
        conversation: &Conversation,
        request: &Request,
        now: DateTime<Utc>,
    ) -> (Outcome, Vec<(String, String)>) {
        match self.route_and_save(chat, conversation.nonce, request, now).await {
            Ok(Some((code, others))) => {
                self.due.notify_one();
                (Outcome::HandedOff { code, contact: request.contact }, others)
            }
            Ok(None) => (Outcome::NobodyFits, Vec::new()),
            Err(fault) => {
                tracing::error!(%fault, "a request could not be handed over; the person was told so");
                (Outcome::NotHandedOff, Vec::new())
            }
        }
    }

    /// Returns the code of the request, which is the old one where the same tap has come before, also under a key
    /// that is no longer the newest; and numbers of others that fit.
    async fn route_and_save(
        &self,
        chat: ChatId,
        nonce: Nonce,
        request: &Request,
        now: DateTime<Utc>,
    ) -> Result<Option<(Code, Vec<(String, String)>)>, HandOffFault> {
        for code in self.keys.codes(chat, nonce) {
            for handoff in self.keys.handoffs(code) {
                if self.store.handoff(handoff).await?.is_some() {
                    return Ok(Some((code, Vec::new())));
                }
            }
        }
        let code = self.keys.code(chat, nonce);
        let proofs = self.store.proofs().await?;
        let today = now.date_naive();
        let mut closed_to = routing::without_proof(&self.directory, &proofs, today, self.settings.proof_days);
        closed_to.extend(self.store.paused_at(now).await?);
        let removed = self.store.removed_devices().await?;
        closed_to.extend(self.directory.without_readers(&removed, now));
        let full = self.full().await?;
        let country = self.settings.country;
        let circumstances = Circumstances { now, country, closed_to: &closed_to, full: &full };
        let Some(route) = routing::route(&self.directory, request, &circumstances) else { return Ok(None) };
        // The first of many from one chat are as any other; beyond, volunteers hear of it a little later.
        let repeat = self.repeats.request(chat, now);
        let (token, notices) = self.seal((chat, code), request, &route, &removed, repeat, now)?;
        if self.store.save(token, notices).await? == Saved::New {
            self.repeats.requested(chat, now);
        }
        // The team answers too, where too few others have a number.
        let others = route.others.iter().copied().chain(route.team);
        let others = others.filter_map(|other| facts::public_phone(other, now)).take(ALTERNATIVES);
        Ok(Some((code, others.collect())))
    }

    /// The associations where as many requests wait as they take; nothing is counted where nobody has a limit.
    async fn full(&self) -> Result<BTreeSet<AssociationId>, HandOffFault> {
        let cap = self.settings.intake_cap;
        if !routing::has_caps(&self.directory, cap) {
            return Ok(BTreeSet::new());
        }
        Ok(routing::who_is_full(&self.directory, &self.store.waiting_requests().await?, cap))
    }

    fn seal(
        &self,
        (chat, code): (ChatId, Code),
        request: &Request,
        route: &Route<'_>,
        removed: &Removed,
        repeat: Repeat,
        now: DateTime<Utc>,
    ) -> Result<(NewToken, Vec<NewNotice>), HandOffFault> {
        let handoff = self.keys.handoff(code);
        let life = Days::new(self.settings.retention_days.into());
        let sent = Sent {
            code,
            minor: request.is_minor(),
            danger: request.danger,
            other: request.about.is_other(),
            consent: Some(request.consent),
            contact: request.contact,
            elsewhere: false,
            zone: Zone::of(request.place),
        };
        let meta = Meta {
            handoff,
            received: now,
            sign: sign(handoff),
            return_address: self.return_address(chat, handoff, request.locale, sent, Minute::of(now + life)),
        };
        let repeated = repeat.is_one_of_many().then_some(Reason::Repeated(repeat.number));
        let reasons = route.reasons.iter().chain(&repeated).map(ToString::to_string).collect();
        let mut record = Record::of_request(request, meta, reasons);
        record.routing.others = route.others.iter().take(NEXT).map(|other| other.id.clone()).collect();
        record.routing.team = route.team.map(|team| team.id.clone());
        record.campaign = self.campaign(request.campaign).map(str::to_owned);
        let readers = std::iter::once(route.first).chain(route.team);
        let recipients: Vec<_> = readers.flat_map(|reader| reader.recipients(removed)).collect();
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
            expires_on: now.date_naive() + life,
            team: route.team.map(|team| team.id.clone()),
            reach: None,
        };
        let told_at = repeat.told_at(now, request.is_urgent());
        Ok((token, notices(request, route, (now, told_at), respond_by)))
    }

    /// The chat, sealed for one handoff; nothing where the person wants no messages.
    pub(super) fn return_address(
        &self,
        chat: ChatId,
        handoff: HandoffId,
        locale: Locale,
        sent: Sent,
        expires: Minute,
    ) -> Option<String> {
        let address = ReturnAddress { chat, locale, sent, expires, number: 0 };
        (sent.contact != Contact::Never).then(|| address.seal(&self.keys, handoff))
    }
}

/// Who is told, and when: the first now or a little later, the national team where the first does not answer in
/// time.
fn notices(
    request: &Request,
    route: &Route<'_>,
    (now, told_at): (DateTime<Utc>, DateTime<Utc>),
    respond_by: DateTime<Utc>,
) -> Vec<NewNotice> {
    let notice = |to: &Association, reason, due| NewNotice { audience: to.id.clone(), reason, due };
    let mut notices = vec![notice(route.first, NoticeReason::New, told_at)];
    match route.team {
        Some(team) if routing::told_at_once(request, route, now) => {
            notices.push(notice(team, NoticeReason::New, told_at));
            notices.push(notice(team, NoticeReason::Late, respond_by));
        }
        Some(team) => notices.push(notice(team, NoticeReason::Late, respond_by)),
        // The team itself is reminded.
        None => notices.push(notice(route.first, NoticeReason::Late, respond_by)),
    }
    notices
}
