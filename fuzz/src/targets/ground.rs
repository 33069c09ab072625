//! What the targets stand on: keys that never change, the time, and bytes taken piece by piece.

use std::sync::OnceLock;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use relais::i18n::Catalog;
use relais::ids::{ChatId, HandoffId};
use relais::sealing::KeyRing;
use relais::telegram::Rendered;

use crate::walk::{self, Walk};

/// The chat in which everything happens.
pub const CHAT: ChatId = ChatId(4_200_000_042);
/// The number and the bytes of the one key.
pub const KEY: (u8, [u8; 32]) = (7, [1; 32]);
/// Telegram's limit for a message, in UTF-16 code units (<https://core.telegram.org/bots/api#sendmessage>).
const LONGEST_MESSAGE: usize = 4_096;
/// What Telegram takes of buttons: in one message, and in one row.
const MOST_BUTTONS: (usize, usize) = (100, 8);
/// So many characters in a row are no accident.
const TELLING: usize = 12;

pub fn key_file((number, secret): (u8, [u8; 32])) -> String {
    let secret = STANDARD.encode(secret);
    format!("[[key]]\nnumber = {number}\ncreated = \"2026-11-01\"\nsecret = \"{secret}\"\n")
}

/// The keys of the server.
pub fn keys() -> &'static KeyRing {
    static ONCE: OnceLock<KeyRing> = OnceLock::new();
    ONCE.get_or_init(|| KeyRing::parse(&key_file(KEY)).unwrap())
}

pub fn catalog() -> &'static Catalog {
    static ONCE: OnceLock<Catalog> = OnceLock::new();
    ONCE.get_or_init(|| Catalog::load().unwrap())
}

pub fn handoff() -> HandoffId {
    keys().handoff(walk::code())
}

/// Bytes, taken piece by piece; zeros where they have ended.
pub struct Pieces<'a>(&'a [u8]);

impl<'a> Pieces<'a> {
    pub const fn new(bytes: &'a [u8]) -> Self {
        Self(bytes)
    }

    pub fn byte(&mut self) -> u8 {
        self.take(1).first().copied().unwrap_or_default()
    }

    pub fn take(&mut self, count: usize) -> &'a [u8] {
        let (taken, rest) = self.0.split_at(count.min(self.0.len()));
        self.0 = rest;
        taken
    }

    pub fn number(&mut self) -> u64 {
        self.take(8).iter().fold(0, |number, &byte| number << 8 | u64::from(byte))
    }

    pub const fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub const fn rest(self) -> &'a [u8] {
        self.0
    }

    pub fn text(self) -> String {
        String::from_utf8_lossy(self.0).into_owned()
    }
}

pub fn pick<T: Copy>(items: &[T], number: u8) -> T {
    items[usize::from(number) % items.len()]
}

/// What is printed repeats no telling part of what must not be told.
pub fn silent(printed: &str, secret: &str) {
    let characters: Vec<char> = secret.chars().collect();
    for part in characters.windows(TELLING) {
        let part: String = part.iter().collect();
        assert!(!printed.contains(&part), "{printed:?} tells {part:?}");
    }
}

/// Renders the present screen and checks it against Telegram's limits; every button opens to what it stands for.
pub fn check_screen(walk: &Walk) {
    let screen = walk.screen();
    let Rendered { text, keyboard } =
        relais::telegram::render(&screen, &walk.conversation, catalog(), keys(), CHAT, walk.now);
    let length = text.encode_utf16().count();
    assert!((1..=LONGEST_MESSAGE).contains(&length), "{length} in {screen:?}");
    let rows = keyboard.inline_keyboard;
    let buttons: Vec<_> = rows.iter().flatten().collect();
    assert!((3..=MOST_BUTTONS.0).contains(&buttons.len()), "{} buttons", buttons.len());
    assert!(rows.iter().all(|row| (1..=MOST_BUTTONS.1).contains(&row.len())));
    for (button, meant) in buttons.iter().zip(screen.sections.concat()) {
        assert!(!button.text.trim().is_empty() && button.text.chars().count() <= 64, "{:?}", button.text);
        let carried = serde_json::to_value(button).unwrap();
        let carried = carried["callback_data"].as_str().unwrap().to_owned();
        assert!((1..=64).contains(&carried.len()));
        let opened = keys().open(&carried, CHAT, walk.now).unwrap();
        assert_eq!((opened.conversation, opened.choice), (walk.conversation, meant.choice));
    }
}
