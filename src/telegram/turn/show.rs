//! What the person sees of a turn: one living message, a prompt where something is to be typed, or nothing.

use std::time::Duration;

use teloxide::payloads::{
    AnswerCallbackQuery, DeleteMessage, DeleteMessages, EditMessageText, EditMessageTextSetters as _,
    SendMessage, SendMessageSetters as _,
};
use teloxide::types::{CallbackQueryId, ForceReply, LinkPreviewOptions, MessageId};

use super::super::client::SentMessage;
use super::super::fault::CallFault;
use super::super::hints::Hint;
use super::super::outbound::{Rendered, prompt, render};
use super::super::patience::patiently;
use super::Turns;
use crate::conversation::Conversation;
use crate::ids::ChatId;
use crate::intake::Turned;
use crate::message::Message;

/// How long showing a screen may be tried, while Telegram fails or asks to wait.
const PATIENCE: Duration = Duration::from_mins(1);
/// How long deleting and answering may be tried: they are not worth holding a chat up.
pub(super) const SHORT_PATIENCE: Duration = Duration::from_secs(5);
/// Telegram's own limit for one call of `deleteMessages`.
pub(super) const DELETED_AT_ONCE: usize = 100;

/// Where the answer is to be seen.
pub(super) enum Target {
    /// In this message, which was tapped.
    Edit(i32),
    /// In a new message, at the end of the chat; the one that lived before goes.
    New,
    /// In this message, and nowhere if that is gone: nobody asked for it.
    Hide(i32),
}

impl Turns {
    pub(super) async fn show(&self, chat: ChatId, turned: Turned, target: Target, typed: &[i32]) {
        let now = self.parts.clock.now();
        let Turned { conversation, screen, prompt } = turned;
        let before = self.hints.get(chat, now);
        let Some(screen) = screen else {
            let tapped = if let Target::Edit(message) = target { Some(message) } else { None };
            let known = before.into_iter().flat_map(Hint::messages).chain(tapped);
            return self.leave(chat, conversation.locale, known.chain(typed.iter().copied()).collect()).await;
        };
        let rendered = render(&screen, &conversation, &self.parts.catalog, &self.parts.keys, chat, now);
        let shown = match target {
            Target::Edit(message) => match self.edit(chat, message, &rendered).await {
                Ok(()) => Ok(message),
                Err(CallFault::Gone | CallFault::TooOld | CallFault::Rejected(_)) => {
                    self.send(chat, &rendered).await
                }
                Err(fault) => Err(fault),
            },
            Target::Hide(message) => self.edit(chat, message, &rendered).await.map(|()| message),
            Target::New => self.send(chat, &rendered).await,
        };
        match shown {
            Ok(message) => {
                let prompt = self.prompt(chat, &conversation, prompt.as_ref()).await;
                self.hints.put(chat, Hint { message, prompt, conversation }, now);
                let old: Vec<i32> = before.into_iter().flat_map(Hint::messages).collect();
                self.delete(chat, &old.into_iter().filter(|&old| old != message).collect::<Vec<_>>()).await;
            }
            // Who has blocked the bot does not want to read this; what is gone need not be hidden.
            Err(CallFault::Blocked | CallFault::Gone | CallFault::TooOld) => self.hints.forget(chat),
            Err(fault) => tracing::warn!(%fault, "a screen could not be shown"),
        }
    }

    pub(super) async fn edit(
        &self,
        chat: ChatId,
        message: i32,
        rendered: &Rendered,
    ) -> Result<(), CallFault> {
        let edit = EditMessageText::new(recipient(chat), MessageId(message), rendered.text.clone())
            .link_preview_options(no_preview())
            .reply_markup(rendered.keyboard.clone());
        match patiently(PATIENCE, || self.parts.bot.call::<_, serde::de::IgnoredAny>(&edit)).await {
            Ok(_) | Err(CallFault::NotModified) => Ok(()),
            Err(fault) => Err(fault),
        }
    }

    /// Sends silently: a sound could call the wrong person to the phone.
    async fn send(&self, chat: ChatId, rendered: &Rendered) -> Result<i32, CallFault> {
        let call = SendMessage::new(recipient(chat), rendered.text.clone())
            .disable_notification(true)
            .link_preview_options(no_preview())
            .reply_markup(rendered.keyboard.clone());
        let sent = patiently(PATIENCE, || self.parts.bot.call::<_, SentMessage>(&call)).await?;
        Ok(sent.message_id)
    }

    /// Opens the keyboard where something is to be typed. Where that fails, the words above tell what to type.
    async fn prompt(
        &self,
        chat: ChatId,
        conversation: &Conversation,
        message: Option<&Message>,
    ) -> Option<i32> {
        let (catalog, keys, now) = (&self.parts.catalog, &self.parts.keys, self.parts.clock.now());
        let (text, link) = prompt(message?, conversation, catalog, keys, chat, now)?;
        let call = SendMessage::new(recipient(chat), text)
            .entities([link])
            .disable_notification(true)
            .link_preview_options(no_preview())
            .reply_markup(ForceReply::new());
        match patiently(SHORT_PATIENCE, || self.parts.bot.call::<_, SentMessage>(&call)).await {
            Ok(sent) => Some(sent.message_id),
            Err(fault) => {
                tracing::warn!(%fault, "a prompt could not be shown");
                None
            }
        }
    }

    pub(super) async fn answer(&self, queries: Vec<String>, said: Option<String>) {
        let answers = queries.into_iter().map(|query| async {
            let mut answer = AnswerCallbackQuery::new(CallbackQueryId(query));
            answer.text.clone_from(&said);
            // A query that is too old needs no answer.
            let _ = patiently(SHORT_PATIENCE, || self.parts.bot.call::<_, bool>(&answer)).await;
        });
        futures::future::join_all(answers).await;
    }

    /// Deletes messages, and returns whether all of them are gone.
    pub(super) async fn delete(&self, chat: ChatId, messages: &[i32]) -> bool {
        let mut gone = true;
        for chunk in messages.chunks(DELETED_AT_ONCE) {
            let deleted = match chunk {
                &[message] => {
                    let delete = DeleteMessage::new(recipient(chat), MessageId(message));
                    patiently(SHORT_PATIENCE, || self.parts.bot.call::<_, bool>(&delete)).await
                }
                chunk => {
                    let delete = DeleteMessages::new(recipient(chat), chunk.iter().copied().map(MessageId));
                    patiently(SHORT_PATIENCE, || self.parts.bot.call::<_, bool>(&delete)).await
                }
            };
            gone &= matches!(deleted, Ok(_) | Err(CallFault::Gone));
        }
        gone
    }
}

pub(super) const fn recipient(chat: ChatId) -> teloxide::types::ChatId {
    teloxide::types::ChatId(chat.0)
}

const fn no_preview() -> LinkPreviewOptions {
    LinkPreviewOptions {
        is_disabled: true,
        url: None,
        prefer_small_media: false,
        prefer_large_media: false,
        show_above_text: false,
    }
}
