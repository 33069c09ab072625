//! One round: all that is due for one chat of volunteers, told one after the other.

use chrono::{DateTime, TimeDelta, Utc};
use teloxide::payloads::{DeleteMessage, EditMessageText, SendMessage, SendMessageSetters as _};
use teloxide::types::MessageId;

use super::pace::{self, Plan, Tell, URGENT_WAITS};
use super::{Delivery, LEASE, PAUSES, notice, pause};
use crate::ids::{AssociationId, ChatId};
use crate::store::{Digest, DueNotice, NoticeId, NoticeReason, Reckoned, Round, RoundEnd, StoreError};
use crate::telegram::{CallFault, SentMessage};

/// Longer than any one call takes: a round whose lease ends sooner goes on in the next.
const LONGEST_CALL: TimeDelta = TimeDelta::seconds(40);
/// How long a message for many waits after a fault that passes.
const DIGEST_PAUSE: TimeDelta = TimeDelta::seconds(30);

/// A chat of volunteers while it is told. A group can get another id meanwhile.
struct Told<'a> {
    audience: &'a AssociationId,
    chat: ChatId,
}

impl Delivery {
    /// Tells one chat what is due for it, and returns how many notices that were.
    pub(super) async fn tell(&self, round: Round) -> usize {
        let count = round.notices.len();
        let (audience, until) = (round.audience.clone(), round.until);
        let told = match self.directory.find(&audience).and_then(|one| one.volunteers_chat) {
            Some(chat) => self.tell_chat(round, chat).await,
            None => self.give_up(round).await.map(Some),
        };
        let ended = match told {
            Ok(Some(end)) => self.store.end_round(end).await,
            Ok(None) => {
                tracing::warn!(%audience, "the database was slow, and another tells this chat meanwhile");
                Ok(())
            }
            Err(fault) => Err(fault),
        };
        if let Err(fault) = ended {
            tracing::error!(%audience, %fault, %until, "what became of notices cannot be noted; they may come twice");
        }
        count
    }

    async fn give_up(&self, round: Round) -> Result<RoundEnd, StoreError> {
        let Round { audience, until, pace, notices } = round;
        tracing::warn!(%audience, "no volunteers' chat in the directory; the desk alone shows it");
        for notice in notices {
            self.store.notice_failed(notice.id).await?;
        }
        Ok(RoundEnd { audience, until, pace, told: Vec::new(), later: Vec::new() })
    }

    /// Tells a chat; `None` where the round is not ours any more, and nothing was told.
    async fn tell_chat(&self, round: Round, chat: ChatId) -> Result<Option<RoundEnd>, StoreError> {
        let Round { audience, pace, notices, until: held } = round;
        let until = self.clock.now() + LEASE;
        let Plan { pace, ways, alone, together, forgotten, more, tell, later } =
            pace::plan(notices, pace, self.clock.now(), self.desk);
        // Counted before it is sent: who crashes in between sends fewer alone, not more.
        let reckoned = Reckoned { audience: audience.clone(), held, until, pace, ways };
        if !self.store.reckon(reckoned).await? {
            return Ok(None);
        }
        for id in forgotten {
            self.store.notice_failed(id).await?;
        }
        let mut to = Told { audience: &audience, chat };
        let (mut put_off, held_up) = self.tell_alone(&mut to, alone, until).await?;
        let mut end =
            RoundEnd { audience: audience.clone(), until, pace, told: Vec::new(), later: Vec::new() };
        let later = match (tell, held_up) {
            (_, Some(again)) => again,
            (None, None) => later,
            (Some(tell), None) => match self.tell_together(&mut to, pace.digest, tell, more).await? {
                Ok(digest) => {
                    end.pace.digest = Some(digest);
                    end.pace.digest_told = pace::cut(self.clock.now(), URGENT_WAITS);
                    end.told.clone_from(&together);
                    later
                }
                Err(fault) => {
                    tracing::warn!(%audience, %fault, "a message for many has not arrived; trying again");
                    self.clock.now() + digest_pause(fault)
                }
            },
        };
        if end.told.is_empty() {
            put_off.extend(together.into_iter().map(|id| (id, later)));
        }
        end.later = put_off;
        Ok(Some(end))
    }

    /// Tells each by a message of its own. Returns what was not tried, and where something holds up the whole
    /// chat, until when.
    async fn tell_alone(
        &self,
        to: &mut Told<'_>,
        alone: Vec<DueNotice>,
        until: DateTime<Utc>,
    ) -> Result<(Vec<(NoticeId, DateTime<Utc>)>, Option<DateTime<Utc>>), StoreError> {
        let mut again = None;
        let mut untried = Vec::new();
        for notice in alone {
            let now = self.clock.now();
            if now + LONGEST_CALL > until {
                again = again.or(Some(now));
            }
            if let Some(again) = again {
                untried.push((notice.id, again));
                continue;
            }
            // Of a withdrawal one line tells, however many messages of the request stood in the chat.
            let line = match notice.reason {
                NoticeReason::Withdrawn => self.store.withdrawal_told(to.audience, notice.handoff).await?,
                NoticeReason::New | NoticeReason::Late | NoticeReason::Declined => None,
            };
            match self.send(to, &notice, line).await {
                Ok(message) => {
                    self.store.notice_sent(notice.id, message).await?;
                }
                Err(fault) => {
                    tracing::warn!(audience = %to.audience, %fault, "a notice has not arrived; trying again");
                    let at = self.clock.now() + pause(fault, notice.attempts);
                    self.store.notice_retry(notice.id, at).await?;
                    again = holds_up_the_chat(fault).then_some(at);
                }
            }
        }
        Ok((untried, again))
    }

    async fn send(&self, to: &mut Told<'_>, due: &DueNotice, line: Option<i64>) -> Result<i64, CallFault> {
        match self.send_to(due, to.chat, line).await {
            Err(CallFault::Migrated(new)) => {
                to.moved(new);
                self.send_to(due, new, line).await
            }
            sent => sent,
        }
    }

    /// Sends a notice, and returns the message in which it stands. `line` tells of its withdrawal already.
    async fn send_to(&self, due: &DueNotice, chat: ChatId, line: Option<i64>) -> Result<i64, CallFault> {
        let country = self.directory.find(&due.audience).map(|association| association.country);
        let text = notice::text(&self.catalog, due, country, self.desk_url.as_ref());
        if due.reason == NoticeReason::Withdrawn {
            if let Some(old) = due.message {
                match self.delete(chat, old).await {
                    // Too old or gone: the words below still tell.
                    Ok(()) | Err(CallFault::Gone | CallFault::TooOld | CallFault::Rejected(_)) => {}
                    Err(fault) => return Err(fault),
                }
            }
            return match line {
                Some(line) => Ok(line),
                None => self.write(chat, text, false).await.map(i64::from),
            };
        }
        let name = notice::file_name(due);
        let sent = self.bot.send_document(chat, text, name, due.ciphertext.clone()).await?;
        Ok(i64::from(sent.message_id))
    }

    /// Tells of many in one message, and returns which one that is.
    async fn tell_together(
        &self,
        to: &mut Told<'_>,
        standing: Option<Digest>,
        tell: Tell,
        more: u32,
    ) -> Result<Result<Digest, CallFault>, StoreError> {
        let now = self.clock.now();
        let unanswered = self.store.unanswered(to.audience, now).await?;
        let country = self.directory.find(to.audience).map(|association| association.country);
        let text =
            |more| notice::digest(&self.catalog, country, &unanswered, more, self.desk_url.as_ref(), now);
        if let (Tell::Edit(message), Some(digest)) = (tell, standing) {
            let more = more.saturating_add(self.store.told_more(to.audience, message).await?);
            match self.edit(to.chat, message, text(more)).await {
                Ok(()) => return Ok(Ok(digest)),
                Err(CallFault::Gone | CallFault::TooOld | CallFault::Rejected(_)) => {}
                Err(CallFault::Migrated(new)) => to.moved(new),
                Err(fault) => return Ok(Err(fault)),
            }
        }
        // Nothing waits any more: that makes no sound.
        let silent = unanswered.requests == 0 && more == 0;
        let sent = match self.write(to.chat, text(more), silent).await {
            Err(CallFault::Migrated(new)) => {
                to.moved(new);
                self.write(new, text(more), silent).await
            }
            sent => sent,
        };
        if let (Ok(_), Some(old)) = (sent, standing) {
            // One stands in the chat, at its end. What cannot be deleted stays as it was.
            let _ = self.delete(to.chat, old.message).await;
        }
        let begun = pace::cut(now, URGENT_WAITS);
        Ok(sent.map(|message| Digest { message: i64::from(message), begun }))
    }

    async fn write(&self, chat: ChatId, text: String, silent: bool) -> Result<i32, CallFault> {
        let call = SendMessage::new(teloxide::types::ChatId(chat.0), text).disable_notification(silent);
        self.bot.call::<_, SentMessage>(&call).await.map(|sent| sent.message_id)
    }

    async fn edit(&self, chat: ChatId, message: i64, text: String) -> Result<(), CallFault> {
        let message = MessageId(i32::try_from(message).map_err(|_| CallFault::Gone)?);
        let call = EditMessageText::new(teloxide::types::ChatId(chat.0), message, text);
        match self.bot.call::<_, serde::de::IgnoredAny>(&call).await {
            Ok(_) | Err(CallFault::NotModified) => Ok(()),
            Err(fault) => Err(fault),
        }
    }

    async fn delete(&self, chat: ChatId, message: i64) -> Result<(), CallFault> {
        let message = MessageId(i32::try_from(message).map_err(|_| CallFault::Gone)?);
        let call = DeleteMessage::new(teloxide::types::ChatId(chat.0), message);
        self.bot.call::<_, bool>(&call).await.map(|_| ())
    }
}

impl Told<'_> {
    fn moved(&mut self, new: ChatId) {
        let audience = self.audience;
        tracing::warn!(%audience, "the volunteers' group has a new id; correct it in the directory");
        self.chat = new;
    }
}

/// Returns whether a fault meets every message to the chat, not this one alone.
const fn holds_up_the_chat(fault: CallFault) -> bool {
    fault.is_passing() || matches!(fault, CallFault::Blocked | CallFault::Unauthorized)
}

fn digest_pause(fault: CallFault) -> TimeDelta {
    if matches!(fault, CallFault::RetryAfter(_)) {
        return pause(fault, 1);
    }
    if fault.is_passing() { DIGEST_PAUSE } else { PAUSES.1 }
}
