//! Messages of associations, as the person opens them.
//!
//! A message stays sealed on the server until the person has left the screen that shows it, so that a lost
//! answer of Telegram's or a crash loses none; then it is gone. It is gone after 72 hours in any case.

use chrono::{DateTime, Utc};

use super::Intake;
use crate::conversation::{Conversation, Outcome, Over};
use crate::handoff::{Outgoing, Said};
use crate::ids::{Code, HandoffId};
use crate::locale::Locale;
use crate::store::{StoreError, WaitingMessage};

/// What waits for the person, as a screen needs it.
#[derive(Default)]
pub(super) struct Waiting {
    /// A message waits.
    pub(super) one: bool,
    /// Its words, in the person's language, where the screen shows them.
    pub(super) words: Option<String>,
}

impl Intake {
    /// Looks whether there is a message to show.
    pub(super) async fn open_message(&self, code: Code, now: DateTime<Utc>) -> Outcome {
        match self.waiting_message(code, now).await {
            Ok(Some((handoff, message))) if self.words_of(handoff, &message, now).is_some() => {
                Outcome::Opened
            }
            Ok(_) => Outcome::NoMessage,
            Err(fault) => {
                tracing::error!(%fault, "a message could not be looked up");
                Outcome::NoMessage
            }
        }
    }

    /// Returns what the screen of this conversation needs to know of a message.
    pub(super) async fn waiting(&self, conversation: &Conversation, now: DateTime<Utc>) -> Waiting {
        let Some(sent) = conversation.sent() else { return Waiting::default() };
        match self.waiting_message(sent.code, now).await {
            Ok(Some((handoff, message))) => {
                let said = (conversation.over == Some(Over::Message))
                    .then(|| self.words_of(handoff, &message, now))
                    .flatten();
                Waiting { one: true, words: said.map(|said| self.say(conversation.locale, &said)) }
            }
            Ok(None) => Waiting::default(),
            Err(fault) => {
                tracing::error!(%fault, "messages could not be looked up");
                Waiting::default()
            }
        }
    }

    /// Notes that the message that was on the screen has been read, and deletes it.
    pub(super) async fn message_read(&self, code: Code, now: DateTime<Utc>) {
        let noted = match self.waiting_message(code, now).await {
            Ok(Some((_, message))) => self.store.message_opened(message.token).await,
            Ok(None) => Ok(()),
            Err(fault) => Err(fault),
        };
        if let Err(fault) = noted {
            tracing::error!(%fault, "a message that was read stays until its time is over");
        }
    }

    async fn waiting_message(
        &self,
        code: Code,
        now: DateTime<Utc>,
    ) -> Result<Option<(HandoffId, WaitingMessage)>, StoreError> {
        for handoff in self.keys.handoffs(code) {
            if let Some(message) = self.store.waiting_message(handoff, now).await? {
                return Ok(Some((handoff, message)));
            }
        }
        Ok(None)
    }

    fn words_of(&self, handoff: HandoffId, message: &WaitingMessage, now: DateTime<Utc>) -> Option<Said> {
        Outgoing::open(&self.keys, handoff, &message.sealed, now).map(|out| out.said)
    }

    fn say(&self, locale: Locale, said: &Said) -> String {
        match said {
            Said::Phrase(phrase) => self.catalog.phrase(locale, phrase),
            Said::Text(text) => text.to_string(),
        }
    }
}
