//! One turn: something happened in a chat, the person sees the answer.

mod leave;
mod show;

use std::sync::Arc;

use self::show::Target;
use super::Parts;
use super::hints::Hints;
use super::lanes::Fold;
use super::update::{Command, Happened, Typed, What};
use super::window::Held;
use crate::conversation::{Choice, Conversation, Event};
use crate::i18n::Catalog;
use crate::ids::{ChatId, Nonce};
use crate::locale::Locale;
use crate::message::Message;
use crate::sealing::{self, Opened};

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
    Command { messages: Vec<i32>, command: Command, payload: Option<String> },
    Typed(Typed),
    Idle,
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
            What::Command { message, command, payload } => {
                Deed::Command { messages: vec![message], command, payload }
            }
            What::Typed(typed) => Deed::Typed(typed),
        };
        let work = Self { chat: happened.chat, language: happened.language, deed, held: vec![held] };
        (happened.chat, work)
    }

    /// Nobody has tapped or typed in this chat for long.
    pub(super) const fn idle(chat: ChatId) -> Self {
        Self { chat, language: None, deed: Deed::Idle, held: Vec::new() }
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
            (
                Deed::Command { messages, command, payload },
                Deed::Command { messages: more, command: same, payload: same_payload },
            ) if command == same && payload == same_payload => messages.extend_from_slice(more),
            (Deed::Idle, Deed::Idle) => {}
            (Deed::Tap(_) | Deed::Typed(_) | Deed::Command { .. } | Deed::Idle, _) => return Err(next),
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
                let opened = self.parts.keys.open(&tap.sealed, chat, self.parts.clock.now()).ok();
                let said = opened.as_ref().and_then(|opened| self.parting(opened));
                // The answer stops the clock on the button; it need not wait for the screen.
                tokio::join!(self.answer(queries, said), self.tap(chat, phone, &tap, opened));
            }
            Deed::Command { messages, command, payload } => {
                self.command(chat, phone, &messages, command, payload).await;
            }
            Deed::Typed(typed) => self.typed(chat, phone, typed).await,
            Deed::Idle => self.idle(chat).await,
        }
        drop(held);
    }

    /// What is said to who leaves: it stands above the chat for a moment, and nowhere in it.
    fn parting(&self, opened: &Opened) -> Option<String> {
        let leaves = matches!(opened.choice, Choice::Leave | Choice::ClearChat);
        leaves.then(|| self.parts.catalog.label(opened.conversation.locale, &Message::Cleared))
    }

    async fn tap(&self, chat: ChatId, phone: Locale, tap: &Tap, opened: Option<Opened>) {
        let (conversation, event) = match opened {
            Some(opened) => (opened.conversation, Event::Tap(opened.choice)),
            None => (self.conversation(chat, phone), Event::OldButton),
        };
        let turned = self.parts.intake.turn(chat, conversation, event, phone).await;
        // In a rush what was tapped is done, but only what was tapped last is shown; leaving is more than a screen.
        if tap.is_overtaken && !tap.is_urgent && turned.screen.is_some() {
            return;
        }
        self.show(chat, turned, tap.message.map_or(Target::New, Target::Edit), &[]).await;
    }

    /// Hides what stands in a chat where nothing has happened for long, as `/privacy` and a message itself say.
    async fn idle(&self, chat: ChatId) {
        let Some(hint) = self.hints.overdue(chat, self.parts.clock.now()) else { return };
        let phone = hint.conversation.locale;
        let turned = self.parts.intake.turn(chat, hint.conversation, Event::Idle, phone).await;
        let hides = !hint.conversation.shows_message();
        if turned.conversation != hint.conversation {
            self.show(chat, turned, Target::Hide(hint.message), &[]).await;
        }
        if hides {
            self.hints.forget(chat);
        }
    }

    async fn command(
        &self,
        chat: ChatId,
        phone: Locale,
        messages: &[i32],
        command: Command,
        payload: Option<String>,
    ) {
        let conversation = self.conversation(chat, phone);
        let intake = &self.parts.intake;
        let turned = match (command, payload) {
            (Command::Start, Some(payload)) => intake.turn_linked(chat, conversation, &payload, phone).await,
            (command, _) => intake.turn(chat, conversation, event_of(command), phone).await,
        };
        if turned.screen.is_none() {
            return self.show(chat, turned, Target::New, messages).await;
        }
        tokio::join!(self.show(chat, turned, Target::New, &[]), self.delete(chat, messages));
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
        self.show(chat, turned, target, &[]).await;
    }

    /// The conversation that lives in this chat as far as memory helps, or a new one.
    fn conversation(&self, chat: ChatId, phone: Locale) -> Conversation {
        let hint = self.hints.get(chat, self.parts.clock.now());
        hint.map_or_else(|| begin(phone), |hint| hint.conversation)
    }
}

const fn event_of(command: Command) -> Event {
    match command {
        Command::Start => Event::Start,
        Command::Menu => Event::Menu,
        Command::Clear => Event::Clear,
        Command::Language => Event::Language,
        Command::Privacy => Event::Privacy,
    }
}

fn begin(phone: Locale) -> Conversation {
    let mut random = [0; 8];
    // Without randomness the nonce is no secret, but it still tells requests of one chat apart.
    let _ = sealing::random(&mut random);
    Conversation::begin(phone, Nonce::new(u64::from_be_bytes(random)))
}
