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

/// How many queries of one tap are answered at most: more come only where a button is tapped in a flood, and each
/// answer costs a call.
const ANSWERED: usize = 16;

/// What happened in one chat, with the updates it came in.
pub(super) struct Work {
    chat: ChatId,
    language: Option<String>,
    deed: Deed,
    held: Vec<Held>,
}

enum Deed {
    Tap(Tap),
    Command { messages: Vec<i32>, command: Command },
    Typed(Typed),
}

struct Tap {
    queries: Vec<String>,
    message: Option<i32>,
    sealed: String,
    /// What it asks for is always shown.
    is_urgent: bool,
    /// The same message was tapped once more since: nobody would see this screen.
    is_overtaken: bool,
}

impl Tap {
    /// Takes the queries of the same tap, or of one that made room. Of a flood only the newest are answered.
    fn take_queries(&mut self, mut before: Vec<String>) {
        before.append(&mut self.queries);
        before.drain(..before.len().saturating_sub(ANSWERED));
        self.queries = before;
    }
}

impl Work {
    /// Takes what happened in a chat. `is_urgent` says whether what a button carries may never be left out.
    pub(super) fn of(
        happened: Happened,
        held: Held,
        is_urgent: impl Fn(&str, ChatId) -> bool,
    ) -> (ChatId, Self) {
        let deed = match happened.what {
            What::Tap { query, message, sealed } => Deed::Tap(Tap {
                queries: vec![query],
                message,
                is_urgent: is_urgent(&sealed, happened.chat),
                sealed,
                is_overtaken: false,
            }),
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
            (Deed::Tap(tap), Deed::Tap(more)) if tap.sealed == more.sealed && tap.message == more.message => {
                let before = std::mem::replace(&mut tap.queries, more.queries.clone());
                tap.take_queries(before);
            }
            (Deed::Typed(typed), Deed::Typed(more)) => typed.fold(more),
            (Deed::Command { messages, command }, Deed::Command { messages: more, command: same })
                if command == same =>
            {
                messages.extend_from_slice(more);
            }
            (Deed::Tap(_) | Deed::Typed(_) | Deed::Command { .. }, _) => return Err(next),
        }
        self.held.extend(next.held);
        Ok(())
    }

    fn is_followed_by(&mut self, next: &Self) {
        if let (Deed::Tap(tap), Deed::Tap(next)) = (&mut self.deed, &next.deed) {
            tap.is_overtaken = tap.message.is_some() && tap.message == next.message;
        }
    }

    /// What was typed has to be deleted, and holds words; a tap can be tapped again.
    fn may_make_room(&self) -> bool {
        matches!(&self.deed, Deed::Tap(tap) if !tap.is_urgent)
    }

    fn settle_for(&mut self, gone: Self) {
        if let (Deed::Tap(tap), Deed::Tap(gone)) = (&mut self.deed, gone.deed) {
            tap.take_queries(gone.queries);
        }
        self.held.extend(gone.held);
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
            Deed::Tap(mut tap) => {
                let queries = std::mem::take(&mut tap.queries);
                // The answer stops the clock on the button; it need not wait for the screen.
                let ((), opened) = tokio::join!(self.answer(queries), self.tap(chat, phone, &tap));
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
    async fn tap(&self, chat: ChatId, phone: Locale, tap: &Tap) -> bool {
        let now = self.parts.clock.now();
        let (conversation, event) = match self.parts.keys.open(&tap.sealed, chat, now) {
            Ok(opened) => (opened.conversation, Event::Tap(opened.choice)),
            Err(_) => (self.conversation(chat, phone), Event::OldButton),
        };
        let turned = self.parts.intake.turn(chat, conversation, event, phone).await;
        // In a rush what was tapped is done, but only what was tapped last is shown; leaving is more than a screen.
        if tap.is_overtaken && !tap.is_urgent && turned.screen.is_some() {
            return false;
        }
        let opened = turned.conversation.over == Some(Over::Message);
        self.show(chat, turned, tap.message.map_or(Target::New, Target::Edit)).await;
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
