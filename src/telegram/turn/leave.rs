//! Emptying a chat: what the bot knows of it, and what else may stand there.

use futures::StreamExt as _;
use futures::future::BoxFuture;
use teloxide::payloads::DeleteMessages;
use teloxide::types::{InlineKeyboardMarkup, MessageId};

use super::super::fault::CallFault;
use super::super::outbound::Rendered;
use super::super::patience::patiently;
use super::Turns;
use super::show::{DELETED_AT_ONCE, SHORT_PATIENCE, recipient};
use crate::ids::ChatId;
use crate::locale::Locale;
use crate::message::Message;

/// How many numbers below the newest message are tried. All private chats of a bot share one sequence, so these
/// reach back over this many messages of everyone; Telegram passes over those that are not in the chat.
const TRIED: i32 = 1_000;
/// How many calls run beside each other.
const BESIDE: usize = 5;

impl Turns {
    /// Empties the chat as far as the bot can. What is too old to be deleted is made to say nothing.
    pub(super) async fn leave(&self, chat: ChatId, locale: Locale, known: Vec<i32>) {
        self.hints.forget(chat);
        let Some(&newest) = known.iter().max() else { return };
        let oldest = newest.saturating_sub(TRIED - 1).max(1);
        let beyond: Vec<i32> = known.into_iter().filter(|&message| message < oldest).collect();
        let tried: Vec<i32> = (oldest..=newest).rev().collect();
        let chunks: Vec<Vec<i32>> = tried
            .chunks(DELETED_AT_ONCE)
            .chain(beyond.chunks(DELETED_AT_ONCE))
            .map(<[i32]>::to_vec)
            .collect();
        futures::stream::iter(chunks)
            .for_each_concurrent(BESIDE, |chunk| self.empty(chat, locale, chunk))
            .await;
    }

    /// Deletes these messages. One that is too old keeps Telegram from deleting any of a call: then each half is
    /// tried for itself, until the old one stands alone and is overwritten.
    fn empty(&self, chat: ChatId, locale: Locale, messages: Vec<i32>) -> BoxFuture<'_, ()> {
        Box::pin(async move {
            let delete = DeleteMessages::new(recipient(chat), messages.iter().copied().map(MessageId));
            let deleted = patiently(SHORT_PATIENCE, || self.parts.bot.call::<_, bool>(&delete)).await;
            match (deleted, messages.as_slice()) {
                (Ok(_) | Err(CallFault::Gone), _) => {}
                (Err(CallFault::TooOld), &[old]) => self.overwrite(chat, locale, old).await,
                (Err(CallFault::TooOld), messages) => {
                    let (newer, older) = messages.split_at(messages.len() / 2);
                    tokio::join!(
                        self.empty(chat, locale, newer.to_vec()),
                        self.empty(chat, locale, older.to_vec())
                    );
                }
                (Err(fault), _) => tracing::warn!(%fault, "a chat could not be emptied"),
            }
        })
    }

    /// The person's own messages cannot be overwritten; they were told to delete the chat.
    async fn overwrite(&self, chat: ChatId, locale: Locale, message: i32) {
        let text = self.parts.catalog.say(locale, &Message::Done);
        let done = Rendered { text, keyboard: InlineKeyboardMarkup::default() };
        if let Err(fault) = self.edit(chat, message, &done).await {
            tracing::warn!(%fault, "a message could neither be deleted nor overwritten");
        }
    }
}
