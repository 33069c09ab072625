//! One turn: something happened in a chat, the person sees the answer.

use std::time::Duration;

use teloxide::payloads::{
    AnswerCallbackQuery, DeleteMessage, DeleteMessages, EditMessageText, EditMessageTextSetters as _,
    SendMessage, SendMessageSetters as _,
};
use teloxide::types::{CallbackQueryId, InlineKeyboardMarkup, LinkPreviewOptions, MessageId};

use super::Parts;
use super::client::SentMessage;
use super::fault::CallFault;
use super::hints::{Hint, Hints};
use super::lanes::Fold;
use super::outbound::{Rendered, render};
use super::patience::patiently;
use super::update::{Command, Happened, What};
use super::window::Held;
use crate::conversation::{Conversation, Event};
use crate::i18n::Catalog;
use crate::ids::{ChatId, Nonce};
use crate::intake::Turned;
use crate::locale::Locale;
use crate::message::Message;
use crate::sealing;

/// How long showing a screen may be tried, while Telegram fails or asks to wait.
const PATIENCE: Duration = Duration::from_mins(1);
/// How long deleting and answering may be tried: they are not worth holding a chat up.
const SHORT_PATIENCE: Duration = Duration::from_secs(5);
/// Telegram's own limit for one call of `deleteMessages`.
const DELETED_AT_ONCE: u8 = 100;

/// What happened in one chat, with the updates it came in.
pub(super) struct Work {
    chat: ChatId,
    language: Option<String>,
    deed: Deed,
    held: Vec<Held>,
}

enum Deed {
    Tap { queries: Vec<String>, message: Option<i32>, sealed: String },
    Command { messages: Vec<i32>, command: Command },
    Typed { messages: Vec<i32> },
}

impl Work {
    pub(super) fn of(happened: Happened, held: Held) -> (ChatId, Self) {
        let deed = match happened.what {
            What::Tap { query, message, sealed } => Deed::Tap { queries: vec![query], message, sealed },
            What::Command { message, command } => Deed::Command { messages: vec![message], command },
            What::Typed { message } => Deed::Typed { messages: vec![message] },
        };
        let work = Self { chat: happened.chat, language: happened.language, deed, held: vec![held] };
        (happened.chat, work)
    }
}

impl Fold for Work {
    /// The same tap twice is one tap; many messages are answered once.
    fn fold(&mut self, next: Self) -> Result<(), Self> {
        match (&mut self.deed, &next.deed) {
            (
                Deed::Tap { queries, message, sealed },
                Deed::Tap { queries: more, message: same_message, sealed: same },
            ) if sealed == same && message == same_message => queries.extend_from_slice(more),
            (Deed::Typed { messages }, Deed::Typed { messages: more }) => messages.extend_from_slice(more),
            (Deed::Command { messages, command }, Deed::Command { messages: more, command: same })
                if command == same =>
            {
                messages.extend_from_slice(more);
            }
            (Deed::Tap { .. } | Deed::Typed { .. } | Deed::Command { .. }, _) => return Err(next),
        }
        self.held.extend(next.held);
        Ok(())
    }
}

/// Where the answer is to be seen.
enum Target {
    /// In this message, which was tapped.
    Edit(i32),
    /// In a new message, at the end of the chat; the one that lived before goes.
    New,
}

/// What takes turns.
pub(super) struct Turns {
    pub(super) parts: Parts,
    pub(super) hints: Hints,
}

impl Turns {
    /// Takes one turn. Whatever fails is said to the log, without a word of the person's.
    pub(super) async fn take(&self, work: Work) {
        let Work { chat, language, deed, held } = work;
        let phone = Catalog::negotiate(language.as_deref());
        match deed {
            Deed::Tap { queries, message, sealed } => {
                // The answer stops the clock on the button; it need not wait for the screen.
                tokio::join!(self.answer(queries), self.tap(chat, phone, message, &sealed));
            }
            Deed::Command { messages, command } => self.command(chat, phone, &messages, command).await,
            Deed::Typed { messages } => self.typed(chat, phone, &messages).await,
        }
        drop(held);
    }

    async fn tap(&self, chat: ChatId, phone: Locale, message: Option<i32>, sealed: &str) {
        let now = self.parts.clock.now();
        let (conversation, event) = match self.parts.keys.open(sealed, chat, now) {
            Ok(opened) => (opened.conversation, Event::Tap(opened.choice)),
            Err(_) => (self.conversation(chat, phone), Event::OldButton),
        };
        let turned = self.parts.intake.turn(chat, conversation, event, phone).await;
        self.show(chat, turned, message.map_or(Target::New, Target::Edit)).await;
    }

    async fn command(&self, chat: ChatId, phone: Locale, messages: &[i32], command: Command) {
        let conversation = self.conversation(chat, phone);
        let event = match command {
            Command::Start => Event::Start,
            Command::Menu => Event::Menu,
            Command::Clear => Event::Clear,
            Command::Language => Event::Language,
            Command::Privacy => Event::Privacy,
        };
        let turned = self.parts.intake.turn(chat, conversation, event, phone).await;
        let newest = messages.iter().max().copied();
        let erases = turned.screen.is_none();
        tokio::join!(self.show(chat, turned, Target::New), self.delete(chat, messages));
        if let Some(newest) = newest.filter(|_| erases) {
            self.delete_before(chat, newest).await;
        }
    }

    async fn typed(&self, chat: ChatId, phone: Locale, messages: &[i32]) {
        let deleted = self.delete(chat, messages).await;
        let conversation = self.conversation(chat, phone);
        let turned = self.parts.intake.turn(chat, conversation, Event::Typed { deleted }, phone).await;
        self.show(chat, turned, Target::New).await;
    }

    /// The conversation that lives in this chat as far as memory helps, or a new one.
    fn conversation(&self, chat: ChatId, phone: Locale) -> Conversation {
        let hint = self.hints.get(chat, self.parts.clock.now());
        hint.map_or_else(|| begin(phone), |hint| hint.conversation)
    }

    async fn show(&self, chat: ChatId, turned: Turned, target: Target) {
        let now = self.parts.clock.now();
        let Turned { conversation, screen } = turned;
        let before = self.hints.get(chat, now).map(|hint| hint.message);
        let Some(screen) = screen else {
            let tapped = if let Target::Edit(message) = target { Some(message) } else { None };
            return self.leave(chat, conversation.locale, tapped, before).await;
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
            Target::New => self.send(chat, &rendered).await,
        };
        match shown {
            Ok(message) => {
                self.hints.put(chat, Hint { message, conversation }, now);
                if let Some(old) = before.filter(|&old| old != message) {
                    self.delete(chat, &[old]).await;
                }
            }
            // Who has blocked the bot does not want to read this.
            Err(CallFault::Blocked) => self.hints.forget(chat),
            Err(fault) => tracing::warn!(%fault, "a screen could not be shown"),
        }
    }

    async fn edit(&self, chat: ChatId, message: i32, rendered: &Rendered) -> Result<(), CallFault> {
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

    async fn answer(&self, queries: Vec<String>) {
        for query in queries {
            let answer = AnswerCallbackQuery::new(CallbackQueryId(query));
            // A query that is too old needs no answer.
            let _ = patiently(SHORT_PATIENCE, || self.parts.bot.call::<_, bool>(&answer)).await;
        }
    }

    /// Deletes messages, and returns whether all of them are gone.
    async fn delete(&self, chat: ChatId, messages: &[i32]) -> bool {
        let mut gone = true;
        for chunk in messages.chunks(DELETED_AT_ONCE.into()) {
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

    /// Deletes what else may stand in the chat: Telegram passes over numbers that are not in it.
    async fn delete_before(&self, chat: ChatId, newest: i32) {
        let oldest = newest.saturating_sub(i32::from(DELETED_AT_ONCE) - 1).max(1);
        let messages: Vec<i32> = (oldest..=newest).collect();
        self.delete(chat, &messages).await;
    }

    /// Empties the chat as far as the bot can; what is too old to be deleted is made to say nothing.
    async fn leave(&self, chat: ChatId, locale: Locale, tapped: Option<i32>, before: Option<i32>) {
        self.hints.forget(chat);
        let living: Vec<i32> =
            tapped.into_iter().chain(before.filter(|&before| Some(before) != tapped)).collect();
        for &message in &living {
            if !self.delete(chat, &[message]).await {
                let done = Rendered {
                    text: self.parts.catalog.say(locale, &Message::Done),
                    keyboard: InlineKeyboardMarkup::default(),
                };
                if let Err(fault) = self.edit(chat, message, &done).await {
                    tracing::warn!(%fault, "a message could neither be deleted nor overwritten");
                }
            }
        }
        if let Some(newest) = living.iter().max() {
            self.delete_before(chat, *newest).await;
        }
    }
}

fn begin(phone: Locale) -> Conversation {
    let mut random = [0; 8];
    // Without randomness the nonce is no secret, but it still tells requests of one chat apart.
    let _ = sealing::random(&mut random);
    Conversation::begin(phone, Nonce::new(u64::from_be_bytes(random)))
}

const fn recipient(chat: ChatId) -> teloxide::types::ChatId {
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
