//! What a person adds to a request: more answers, own words, a short answer, "no more messages".

use chrono::{DateTime, Days, NaiveDate, NaiveTime, Utc};
use zeroize::Zeroizing;

use super::{HandOffFault, Intake};
use crate::clock::Minute;
use crate::conversation::{Conversation, Outcome, Sent};
use crate::directory::Association;
use crate::handoff::{self, ReturnAddress, sign};
use crate::ids::ChatId;
use crate::record::{Addition, Meta, More, Record, Words, to_json};
use crate::store::{HandoffRow, NewNotice, NewReach, NewToken, NoticeReason, Saved, TokenId, TokenState};

impl Intake {
    /// Seals an addition for the association that has the request and for the national team, and keeps it.
    pub(super) async fn add(
        &self,
        chat: ChatId,
        conversation: &Conversation,
        addition: &Addition,
        words: Option<Words>,
        now: DateTime<Utc>,
    ) -> Outcome {
        let (words, cut) = words.map(|words| words.cut()).unzip();
        let said_nothing = addition.more == More::Words
            && (!self.settings.free_text || words.as_ref().is_none_or(|words| words.as_str().is_empty()));
        if said_nothing {
            return Outcome::NotAdded;
        }
        match self.seal_and_save(chat, conversation, addition, words, now).await {
            Ok(true) => {
                self.due.notify_one();
                Outcome::Added { more: addition.more, cut: cut.unwrap_or(false) }
            }
            Ok(false) => Outcome::NotAdded,
            Err(fault) => {
                tracing::error!(%fault, "an addition could not be kept; the person was told so");
                Outcome::NotAdded
            }
        }
    }

    /// Returns whether it is kept: not where the request is closed, or nobody is left who could read it.
    async fn seal_and_save(
        &self,
        chat: ChatId,
        conversation: &Conversation,
        addition: &Addition,
        words: Option<Words>,
        now: DateTime<Utc>,
    ) -> Result<bool, HandOffFault> {
        let Some(row) = self.stored(addition.code).await? else { return Ok(false) };
        let readers = self.readers(&row);
        let Some(first) = readers.first() else { return Ok(false) };
        let Some(&sent) = conversation.sent() else { return Ok(false) };
        let sent = Sent { contact: addition.contact, ..sent };
        let reach = self.new_reach(chat, &row, addition, sent, now);
        let meta = Meta {
            handoff: row.handoff,
            received: now,
            sign: sign(row.handoff),
            return_address: reach.as_ref().and_then(|reach| reach.to.as_ref().map(|(to, _)| to.clone())),
        };
        let mut record = Record::of_addition(addition, meta, words);
        record.reach_no = reach.as_ref().map(|reach| reach.number);
        record.elsewhere = sent.elsewhere;
        let removed = self.store.removed_devices().await?;
        let recipients: Vec<_> = readers.iter().flat_map(|reader| reader.recipients(&removed)).collect();
        let ciphertext = handoff::seal(&record, &recipients, self.keys.signing())?;
        let token = NewToken {
            id: TokenId::new(self.keys.added_token(
                row.handoff,
                conversation.nonce,
                contents(record.clone()).as_bytes(),
            )),
            handoff: row.handoff,
            association: first.id.clone(),
            kind: record.kind,
            ciphertext: ciphertext.into_bytes(),
            received: now,
            respond_by: row.respond_by.max(now),
            expires_on: row.expires_on,
            team: None,
            reach,
        };
        let told_at = self.repeats.more(chat, now).told_at(now, sent.danger || sent.minor);
        // It may have been taken back since the row was read.
        let saved = self.store.save(token, told(&row, &readers, told_at)).await?;
        if matches!(saved, Saved::Already(TokenState::Revoked | TokenState::Expired)) {
            return Ok(false);
        }
        if saved == Saved::New {
            self.repeats.added(chat, now);
        }
        if addition.more == More::Stop && !sent.elsewhere {
            self.store.stop_messages(row.handoff).await?;
        }
        Ok(true)
    }

    /// How the person is reached from now on, where they have just said so. On a phone that found the request by its
    /// code it is a wish, which replaces nothing: whoever has the code must not turn answers to themselves.
    fn new_reach(
        &self,
        chat: ChatId,
        row: &HandoffRow,
        addition: &Addition,
        sent: Sent,
        now: DateTime<Utc>,
    ) -> Option<NewReach> {
        if !matches!(addition.more, More::SafeTime | More::Stop) || sent.elsewhere {
            return None;
        }
        let number = row.address_no.checked_add(1)?;
        let expires = end_of(row.expires_on);
        let address = ReturnAddress { chat, locale: addition.locale, sent, expires, number };
        let at = address.may_be_told(now, sent.zone.tz());
        Some(NewReach { number, to: at.map(|at| (address.seal(&self.keys, row.handoff), at)) })
    }

    /// Who reads what is added: the association that has the request, where the directory still knows it, and the team
    /// that the request was sealed to. Of a request from before nobody knows that team any more, so it is chosen as if
    /// it went out now.
    fn readers(&self, row: &HandoffRow) -> Vec<&Association> {
        let first = self.directory.find(&row.association);
        let team = row.team.as_ref().and_then(|team| self.directory.find(team)).or_else(|| {
            let country = first.map_or(self.settings.country, |first| first.country);
            self.directory.team_for(country, self.settings.country)
        });
        let team = team.filter(|team| first.is_none_or(|first| first.id != team.id));
        first.into_iter().chain(team).collect()
    }
}

/// What is said, as bytes: without the time and the address, which differ where the same tap comes again.
fn contents(mut record: Record) -> Zeroizing<String> {
    record.received = DateTime::UNIX_EPOCH;
    record.return_address = None;
    record.reach_no = None;
    to_json(&record).unwrap_or_default()
}

fn end_of(day: NaiveDate) -> Minute {
    Minute::of(day.and_time(NaiveTime::MIN).and_utc() + Days::new(1))
}

/// Who is told: the association that has the request, and the national team where it was told before. Whoever
/// passed it on cannot read what is added, and hears no more of it.
fn told(row: &HandoffRow, readers: &[&Association], due: DateTime<Utc>) -> Vec<NewNotice> {
    let before = row.told();
    let audience =
        readers.iter().enumerate().filter(|(place, reader)| *place == 0 || before.contains(&&reader.id));
    audience
        .map(|(_, reader)| NewNotice { audience: reader.id.clone(), reason: NoticeReason::New, due })
        .collect()
}
