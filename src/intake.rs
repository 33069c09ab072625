//! One turn of the intake: step, and where the core asks for it route, seal, save; then what is to be shown.
//!
//! A request is durable before the person reads "Sent", and what they add before they read "added". The same
//! tap twice, or an update that comes again, finds what is there already.

mod add;
mod cancel;
mod facts;
mod given;
mod hourly;
mod link;
mod message;
mod numbers;
mod repeats;
mod send;
mod time;
mod tries;

use std::sync::Arc;

use chrono::{DateTime, Utc};
use tokio::sync::Notify;

use crate::clock::Clock;
use crate::conversation::{Conversation, Effect, Event, Linked, Notice, Outcome, Screen, Step, screen, step};
use crate::directory::Directory;
use crate::handoff;
use crate::i18n::Catalog;
use crate::ids::{ChatId, Code, Country};
use crate::locale::Locale;
use crate::message::Message;
use crate::record::Words;
use crate::sealing::KeyRing;
use crate::store::{Store, StoreError};
use crate::terms::Place;

pub use given::{Given, place_label, typed_code};
pub use repeats::Repeats;
pub use time::time_message;
pub use tries::Tries;

/// How many turns of the core one event can take: the event, and the outcome of what it asked for.
const TURNS: usize = 4;

/// What the operator sets.
#[derive(Clone, Debug)]
pub struct IntakeSettings {
    /// The country this service is for.
    pub country: Country,
    /// After how many days everything about a request is deleted at most.
    pub retention_days: u32,
    /// People may write in their own words.
    pub free_text: bool,
    /// For how many days a proof that an association can read counts.
    pub proof_days: u32,
    /// How many requests may wait unanswered at an association that names no limit of its own.
    pub intake_cap: Option<u32>,
    /// After how many minutes without a tap a screen is hidden.
    pub idle_minutes: u32,
    /// Who runs the service, as `/privacy` says it.
    pub operator: Option<String>,
    /// The campaigns whose links count.
    pub campaigns: Vec<String>,
}

impl Default for IntakeSettings {
    /// What `relais.toml` means where it says nothing.
    fn default() -> Self {
        Self {
            country: Country::FRANCE,
            retention_days: 7,
            free_text: true,
            proof_days: 14,
            intake_cap: None,
            idle_minutes: 30,
            operator: None,
            campaigns: Vec::new(),
        }
    }
}

/// What decides and stores.
pub struct Intake {
    /// What the operator sets.
    pub settings: IntakeSettings,
    /// What seals.
    pub keys: Arc<KeyRing>,
    /// What keeps.
    pub store: Store,
    /// Who can be asked.
    pub directory: Arc<Directory>,
    /// The present time.
    pub clock: Clock,
    /// What says the messages of associations.
    pub catalog: Arc<Catalog>,
    /// Rung when a notice may be due.
    pub due: Arc<Notify>,
    /// The brake on guessed codes.
    pub tries: Tries,
    /// What chats sent within the last hour.
    pub repeats: Repeats,
    /// The name of the bot at Telegram, without its @, where Telegram has told it.
    pub bot: Option<String>,
}

impl std::fmt::Debug for Intake {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Intake").field("settings", &self.settings).finish_non_exhaustive()
    }
}

/// Where a conversation stands after a turn, and what it shows.
pub struct Turned {
    /// Where it stands.
    pub conversation: Conversation,
    /// What is to be shown; nothing where the chat is to be emptied.
    pub screen: Option<Screen>,
    /// What a prompt says that opens the keyboard, where something is to be typed.
    pub prompt: Option<Message>,
}

/// What a turn has in hand beside the conversation, and forgets when it ends.
#[derive(Default)]
struct Hand {
    /// Numbers of others that fit a request that was just handed over.
    others: Vec<(String, String)>,
    /// What that request asked for.
    wished: numbers::Wished,
    /// What a typed name may mean.
    found: Vec<(Place, String)>,
    /// What is known of an association whose link was followed.
    linked: Option<Linked>,
    /// What was typed.
    words: Option<Words>,
    /// What was typed still stands in the chat.
    left: bool,
    /// The request whose message was on the screen when the turn began.
    reading: Option<Code>,
}

/// Why something is not handed over.
#[derive(Debug, thiserror::Error)]
enum HandOffFault {
    #[error(transparent)]
    Seal(#[from] handoff::SealFault),
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error("the operating system gives no random bytes")]
    Randomness,
}

impl Intake {
    /// Takes one turn. It cannot fail: what goes wrong inside has an outcome that the person is told.
    ///
    /// # Privacy
    /// The chat enters the sealed return address and the codes derived from it, and nothing else.
    pub async fn turn(
        &self,
        chat: ChatId,
        conversation: Conversation,
        event: Event,
        phone: Locale,
    ) -> Turned {
        self.read_on(chat, conversation, event, phone, Hand::default()).await
    }

    /// Takes one turn with what a person typed or shared; `deleted` tells whether it is gone from the chat.
    ///
    /// # Privacy
    /// It is read only where a question asks for it. Words live until the turn ends, and otherwise only in the
    /// sealed token; a town and a code are looked up and forgotten.
    pub async fn turn_given(
        &self,
        chat: ChatId,
        conversation: Conversation,
        given: Given,
        deleted: bool,
        phone: Locale,
    ) -> Turned {
        let (event, hand) = given::read(conversation, given, deleted);
        self.read_on(chat, conversation, event, phone, hand).await
    }

    /// Takes the turn, with the message in mind that was on the screen.
    async fn read_on(
        &self,
        chat: ChatId,
        conversation: Conversation,
        event: Event,
        phone: Locale,
        hand: Hand,
    ) -> Turned {
        let reading = conversation.sent().filter(|_| conversation.shows_message()).map(|sent| sent.code);
        self.take(chat, conversation, event, phone, Hand { reading, ..hand }).await
    }

    /// Lets go of the message that was on the screen where this conversation no longer shows it. The next screen
    /// is made after that, so that it does not offer again what was read.
    async fn let_go(&self, conversation: &Conversation, hand: &Hand) {
        if let Some(code) = hand.reading
            && !conversation.shows_message()
        {
            self.message_read(code, self.clock.now()).await;
        }
    }

    async fn take(
        &self,
        chat: ChatId,
        begun: Conversation,
        event: Event,
        phone: Locale,
        mut hand: Hand,
    ) -> Turned {
        let mut now = self.clock.now();
        let mut done = step(begun, event, now);
        for _ in 0..TURNS {
            let Step { conversation, effects } = done;
            let outcome = match effects.into_iter().next() {
                Some(Effect::EraseChat) => {
                    self.let_go(&conversation, &hand).await;
                    return Turned { conversation, screen: None, prompt: None };
                }
                Some(Effect::Show(notice)) => {
                    return self.shown(chat, conversation, notice, phone, &hand).await;
                }
                Some(Effect::ShowPlaces(_)) | None => {
                    return self.shown(chat, conversation, None, phone, &hand).await;
                }
                Some(Effect::HandOff(request)) => {
                    let (outcome, others) = self.hand_off(chat, &conversation, &request, now).await;
                    hand.others = others;
                    hand.wished = numbers::Wished::of(&request);
                    outcome
                }
                Some(Effect::Cancel(code)) => self.cancel(code, now).await,
                Some(Effect::Find(code)) => self.find(chat, code, now).await,
                Some(Effect::Add(addition)) => {
                    self.add(chat, &conversation, &addition, hand.words.take(), now).await
                }
                Some(Effect::OpenMessage(code)) => self.open_message(code, now).await,
            };
            now = self.clock.now();
            let told = if outcome == Outcome::NotAdded { begun } else { conversation };
            done = step(told, Event::Outcome(outcome), now);
        }
        self.shown(chat, done.conversation, None, phone, &hand).await
    }

    async fn shown(
        &self,
        chat: ChatId,
        conversation: Conversation,
        notice: Option<Notice>,
        phone: Locale,
        hand: &Hand,
    ) -> Turned {
        self.let_go(&conversation, hand).await;
        let facts = self.facts(chat, &conversation, phone, hand).await;
        let notice = notice.or(hand.left.then_some(Notice::TypedLeft));
        let screen = Some(screen(&conversation, notice, &facts));
        Turned { conversation, screen, prompt: conversation.prompt() }
    }

    /// Looks for the request with a code. Wrong, expired and withdrawn codes get the same answer, after the same
    /// time.
    async fn find(&self, chat: ChatId, code: Code, now: DateTime<Utc>) -> Outcome {
        if !self.tries.take(chat, now) {
            return Outcome::TooManyTries;
        }
        let (found, ()) = tokio::join!(self.stored(code), tokio::time::sleep(tries::ANSWERS_AFTER));
        match found {
            Ok(Some(_)) => {
                self.tries.forgive(chat);
                Outcome::Found(code)
            }
            Ok(None) => Outcome::NotFound,
            Err(fault) => {
                tracing::error!(%fault, "a request could not be looked up; the person was told so");
                Outcome::NotLookedUp
            }
        }
    }
}

redacted!(Turned);
