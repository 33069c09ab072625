use aes_siv::siv::Aes256Siv;
use aes_siv::{Key, KeyInit as _};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hkdf::Hkdf;
use relais::clock::Minute;
use relais::conversation::{Event, Stage};
use relais::ids::ChatId;
use relais::locale::Locale;
use relais::sealing::{Opened, SEALED_CHARACTERS, Unopened};
use sha2::Sha256;

use super::ground::{CHAT, KEY, Pieces, check_screen, keys};
use crate::walk::{Walk, noon};

/// Buttons: text that a stranger sends as callback data, and packed states that another version might have sealed.
pub fn buttons(bytes: &[u8]) {
    let mut pieces = Pieces::new(bytes);
    match pieces.byte() % 3 {
        0 => foreign(&pieces.text()),
        1 => packed(pieces.rest(), false),
        _ => packed(pieces.rest(), true),
    }
}

/// Only what this server sealed for this chat opens, and nothing that differs in one character.
fn foreign(text: &str) {
    match keys().open(text, CHAT, noon()) {
        Ok(opened) => {
            assert_eq!(text.len(), SEALED_CHARACTERS);
            assert_eq!(keys().open(text, ChatId(CHAT.0 + 1), noon()), Err(Unopened::Foreign));
            for at in 0..text.len() {
                let other = if text.as_bytes()[at] == b'A' { "B" } else { "A" };
                let changed = [&text[..at], other, &text[at + 1..]].concat();
                assert_eq!(keys().open(&changed, CHAT, noon()), Err(Unopened::Foreign));
            }
            stands_for(opened);
        }
        Err(fault) => {
            assert!(["Foreign", "Expired", "Unreadable"].contains(&format!("{fault:?}").as_str()));
        }
    }
}

/// Whatever 31 bytes stand under the seal: they mean nothing, or one thing that seals and opens again.
fn packed(bytes: &[u8], current: bool) {
    let mut plain = [0; 31];
    for (slot, &byte) in plain.iter_mut().zip(bytes) {
        *slot = byte;
    }
    if current {
        // Version 1, shown now: the version stands in 4 bits, the locale in 7, the minute in 24.
        let minute = u64::from(Minute::of(noon()).number()) & 0xFF_FFFF;
        let head = u64::from_be_bytes(*plain.first_chunk().unwrap());
        let kept = head & !(0xF << 60) & !(0xFF_FFFF << 29);
        plain[..8].copy_from_slice(&(kept | 1 << 60 | minute << 29).to_be_bytes());
    }
    match keys().open(&sealed(&plain), CHAT, noon()) {
        Ok(opened) => stands_for(opened),
        Err(Unopened::Expired) => assert!(!current),
        Err(Unopened::Unreadable) => {}
        Err(Unopened::Foreign) => panic!("what this server sealed is foreign to it"),
    }
}

/// Seals as the server does (HKDF-SHA256, AES-SIV), written a second time so that a slip in one shows.
fn sealed(plain: &[u8; 31]) -> String {
    let mut key = [0; 64];
    Hkdf::<Sha256>::new(None, &KEY.1).expand(b"relais v1 state", &mut key).unwrap();
    let mut siv = Aes256Siv::new(Key::<Aes256Siv>::from_slice(&key));
    let sealed = siv.encrypt([CHAT.0.to_be_bytes()], plain.as_slice()).unwrap();
    URL_SAFE_NO_PAD.encode([&[KEY.0], sealed.as_slice()].concat())
}

/// What a button stands for seals to itself; tapping it leads to a screen that Telegram takes.
fn stands_for(opened: Opened) {
    let Opened { conversation, choice } = opened;
    let again = keys().seal(&conversation, choice, CHAT, noon());
    assert_eq!(keys().open(&again, CHAT, noon()), Ok(opened));
    let mut walk = Walk { conversation, ..Walk::new(Locale::ENGLISH) };
    if conversation.stage != Stage::Left {
        check_screen(&walk);
    }
    walk.take(Event::Tap(choice));
    if !walk.left {
        check_screen(&walk);
    }
}
