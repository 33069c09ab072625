//! One turn: something happened in a chat, the person sees the answer.

mod show;

use std::sync::Arc;
use std::time::Duration;

use self::show::Target;
use super::Parts;
use super::hints::Hints;
use super::lanes::Fold;
use super::update::{Command, Happened, Typed, What};
use super::window::Held;
use crate::conversation::{Choice, Conversation, Event, Over};
use crate::i18n::Catalog;
use crate::ids::{ChatId, Nonce};
use crate::locale::Locale;
use crate::sealing;

/// How long a message of an association stays on the screen (S12).
const MESSAGE_STAYS: Duration = Duration::from_mins(10);

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
    Typed(Typed),
}

impl Work {
    pub(super) fn of(happened: Happened, held: Held) -> (ChatId, Self) {
        let deed = match happened.what {
            What::Tap { query, message, sealed } => Deed::Tap { queries: vec![query], message, sealed },
            What::Command { message, command } => Deed::Command { messages: vec![message], command },
            What::Typed(typed) => Deed::Typed(typed),
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
            (Deed::Typed(typed), Deed::Typed(more)) => typed.fold(more),
            (Deed::Command { messages, command }, Deed::Command { messages: more, command: same })
                if command == same =>
            {
                messages.extend_from_slice(more);
            }
            (Deed::Tap { .. } | Deed::Typed(_) | Deed::Command { .. }, _) => return Err(next),
        }
        self.held.extend(next.held);
        Ok(())
    }
}

/// What takes turns.
pub(super) struct Turns {
    pub(super) parts: Parts,
    pub(super) hints: Hints,
}

impl Turns {
    /// Takes one turn. Whatever fails is said to the log, without a word of the person's.
    pub(super) async fn take(self: Arc<Self>, work: Work) {
        let Work { chat, language, deed, held } = work;
        let phone = Catalog::negotiate(language.as_deref());
        match deed {
            Deed::Tap { queries, message, sealed } => {
                // The answer stops the clock on the button; it need not wait for the screen.
                let tapped = self.tap(chat, phone, message, &sealed);
                let ((), opened) = tokio::join!(self.answer(queries), tapped);
                if opened {
                    self.take_away_later(chat, phone);
                }
            }
            Deed::Command { messages, command } => self.command(chat, phone, &messages, command).await,
            Deed::Typed(typed) => self.typed(chat, phone, typed).await,
        }
        drop(held);
    }

    /// Returns whether a message of an association is on the screen now.
    async fn tap(&self, chat: ChatId, phone: Locale, message: Option<i32>, sealed: &str) -> bool {
        let now = self.parts.clock.now();
        let (conversation, event) = match self.parts.keys.open(sealed, chat, now) {
            Ok(opened) => (opened.conversation, Event::Tap(opened.choice)),
            Err(_) => (self.conversation(chat, phone), Event::OldButton),
        };
        let turned = self.parts.intake.turn(chat, conversation, event, phone).await;
        let opened = turned.conversation.over == Some(Over::Message);
        self.show(chat, turned, message.map_or(Target::New, Target::Edit)).await;
        opened
    }

    /// Takes a message of an association off the screen after a while, as the screen says. Kept in memory: a
    /// restart leaves it to the next tap.
    fn take_away_later(self: Arc<Self>, chat: ChatId, phone: Locale) {
        tokio::spawn(async move {
            tokio::time::sleep(MESSAGE_STAYS).await;
            self.take_away(chat, phone).await;
        });
    }

    async fn take_away(&self, chat: ChatId, phone: Locale) {
        let hint = self.hints.get(chat, self.parts.clock.now());
        if let Some(hint) = hint.filter(|hint| hint.conversation.over == Some(Over::Message)) {
            let back = Event::Tap(Choice::Back);
            let turned = self.parts.intake.turn(chat, hint.conversation, back, phone).await;
            self.show(chat, turned, Target::Edit(hint.message)).await;
        }
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

    /// Takes what was typed or shared. It is gone from the chat, with the prompt it answers, before anything else
    /// happens.
    async fn typed(&self, chat: ChatId, phone: Locale, typed: Typed) {
        let Typed { messages, prompts, given, sealed } = typed;
        let (deleted, _) = tokio::join!(self.delete(chat, &messages), self.delete(chat, &prompts));
        let now = self.parts.clock.now();
        let answered = sealed.and_then(|sealed| self.parts.keys.open(&sealed, chat, now).ok());
        let conversation =
            answered.map_or_else(|| self.conversation(chat, phone), |answered| answered.conversation);
        // An answer is seen in the message that lives; to anything else it moves to the end of the chat.
        let living = self.hints.get(chat, now).filter(|_| conversation.awaits().is_some());
        let target = living.map_or(Target::New, |hint| Target::Edit(hint.message));
        let turned = self.parts.intake.turn_given(chat, conversation, given, deleted, phone).await;
        self.show(chat, turned, target).await;
    }

    /// The conversation that lives in this chat as far as memory helps, or a new one.
    fn conversation(&self, chat: ChatId, phone: Locale) -> Conversation {
        let hint = self.hints.get(chat, self.parts.clock.now());
        hint.map_or_else(|| begin(phone), |hint| hint.conversation)
    }
}

fn begin(phone: Locale) -> Conversation {
    let mut random = [0; 8];
    // Without randomness the nonce is no secret, but it still tells requests of one chat apart.
    let _ = sealing::random(&mut random);
    Conversation::begin(phone, Nonce::new(u64::from_be_bytes(random)))
}
