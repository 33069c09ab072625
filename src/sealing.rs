//! Sealed conversation state, and the keys of the server.
//!
//! Where a conversation stands travels in the buttons of its own message: 64 characters a button, encrypted
//! and authenticated with AES-SIV (RFC 5297), bound to the chat. There is no session store to seize or lose.

mod bits;
mod key_file;
mod keys;
mod pack;

use aes_siv::siv::Aes256Siv;
use aes_siv::{Key, KeyInit as _};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{DateTime, Utc};

pub use key_file::{Older, Rotated};
pub use keys::{KeyFault, KeyRing, MasterKey, random};

use crate::clock::Minute;
use crate::conversation::{Choice, Conversation};
use crate::ids::{ChatId, Code, HandoffId, Nonce};

/// Bytes of the packed state: what 64 characters leave after the key number and the 16-byte tag.
const PACKED_BYTES: usize = 31;
/// Bytes of the authentication tag of AES-SIV.
const TAG_BYTES: usize = 16;
/// Characters of a sealed button; Telegram allows 1 to 64 bytes of callback data.
pub const SEALED_CHARACTERS: usize = 64;
/// Minutes after which a button no longer speaks: 7 days.
const LIFE_MINUTES: u32 = 7 * 24 * 60;

/// A button that was opened: the conversation it carries, and what it stands for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Opened {
    /// The conversation.
    pub conversation: Conversation,
    /// The choice.
    pub choice: Choice,
}

/// A button that does not open. To the person all of these look the same: the home screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unopened {
    /// Not something we sealed: another shape, another chat, or tampered with.
    #[error("not sealed by this server for this chat")]
    Foreign,
    /// Sealed more than 7 days ago.
    #[error("sealed more than 7 days ago")]
    Expired,
    /// Sealed by a version whose states this one does not know; its locale may still be read.
    #[error("sealed state of an unknown shape")]
    Unreadable,
}

impl KeyRing {
    /// Seals one button: the whole conversation and the choice it stands for.
    #[must_use]
    pub fn seal(
        &self,
        conversation: &Conversation,
        choice: Choice,
        chat: ChatId,
        now: DateTime<Utc>,
    ) -> String {
        let key = self.newest();
        let packed: [u8; PACKED_BYTES] = pack::pack(conversation, choice, Minute::of(now));
        let sealed = siv_seal(key.state(), &associated(chat), &packed);
        let mut bytes = Vec::with_capacity(1 + TAG_BYTES + PACKED_BYTES);
        bytes.push(key.number());
        bytes.extend_from_slice(&sealed);
        URL_SAFE_NO_PAD.encode(bytes)
    }

    /// Opens the data of a button that was tapped in this chat.
    ///
    /// # Errors
    /// Returns why it does not open; the person is never told the difference.
    pub fn open(&self, sealed: &str, chat: ChatId, now: DateTime<Utc>) -> Result<Opened, Unopened> {
        if sealed.len() != SEALED_CHARACTERS {
            return Err(Unopened::Foreign);
        }
        let bytes = URL_SAFE_NO_PAD.decode(sealed).map_err(|_| Unopened::Foreign)?;
        let (&number, sealed) = bytes.split_first().ok_or(Unopened::Foreign)?;
        let key = self.numbered(number).ok_or(Unopened::Foreign)?;
        let packed = siv_open(key.state(), &associated(chat), sealed).ok_or(Unopened::Foreign)?;
        let (conversation, choice, shown) = pack::unpack(&packed).ok_or(Unopened::Unreadable)?;
        if Minute::of(now).number().saturating_sub(shown.number()) > LIFE_MINUTES {
            return Err(Unopened::Expired);
        }
        Ok(Opened { conversation, choice })
    }

    /// Derives the code of the request that a conversation leads to. The same tap twice gives the same code.
    #[must_use]
    pub fn code(&self, chat: ChatId, nonce: Nonce) -> Code {
        code_under(self.newest(), chat, nonce)
    }

    /// Derives every code that the request of a conversation may have been given, by each key that is still held,
    /// newest first.
    pub fn codes(&self, chat: ChatId, nonce: Nonce) -> impl Iterator<Item = Code> {
        self.all().map(move |key| code_under(key, chat, nonce))
    }

    /// Derives the handoff id of a code: the one it gets now.
    #[must_use]
    pub fn handoff(&self, code: Code) -> HandoffId {
        handoff_under(self.newest(), code)
    }

    /// Derives every handoff id a code may have been given, by each key that is still held, newest first.
    pub fn handoffs(&self, code: Code) -> impl Iterator<Item = HandoffId> {
        self.all().map(move |key| handoff_under(key, code))
    }

    /// Derives the id of a token that is added to a request. The same contents from the same step of the same
    /// conversation give the same id, so that the same tap twice, or an update that comes again, adds one row.
    #[must_use]
    pub fn added_token(&self, handoff: HandoffId, nonce: Nonce, contents: &[u8]) -> [u8; 16] {
        let parts = [b"added".as_slice(), handoff.as_bytes(), &nonce.get().to_be_bytes(), contents];
        let digest = keys::hmac(self.newest().handoff_id(), &parts.concat());
        let mut id = [0; 16];
        for (slot, byte) in id.iter_mut().zip(digest) {
            *slot = byte;
        }
        id
    }

    /// Seals a return address: who wrote, readable by this server alone and only with this handoff's id.
    #[must_use]
    pub fn seal_return_address(&self, handoff: HandoffId, address: &[u8]) -> String {
        let key = self.newest();
        let mut bytes = vec![key.number()];
        bytes.extend(siv_seal(key.return_address(), handoff.as_bytes(), address));
        URL_SAFE_NO_PAD.encode(bytes)
    }

    /// Opens a return address, if this server sealed it for this handoff.
    #[must_use]
    pub fn open_return_address(&self, handoff: HandoffId, sealed: &str) -> Option<Vec<u8>> {
        let bytes = URL_SAFE_NO_PAD.decode(sealed).ok()?;
        let (&number, sealed) = bytes.split_first()?;
        siv_open(self.numbered(number)?.return_address(), handoff.as_bytes(), sealed)
    }
}

/// What a sealed text of the desk is for; one cannot be taken for the other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DeskSeal {
    /// A challenge that a volunteer's device has to answer.
    Challenge,
    /// A session.
    Session,
    /// A place in the order of changes.
    Cursor,
}

impl DeskSeal {
    const fn label(self) -> &'static [u8] {
        match self {
            Self::Challenge => b"challenge",
            Self::Session => b"session",
            Self::Cursor => b"cursor",
        }
    }
}

impl KeyRing {
    /// Seals what a volunteer's device carries for the server between two calls.
    #[must_use]
    pub fn seal_desk(&self, seal: DeskSeal, plaintext: &[u8]) -> String {
        let key = self.newest();
        let mut bytes = vec![key.number()];
        bytes.extend(siv_seal(key.desk_session(), seal.label(), plaintext));
        URL_SAFE_NO_PAD.encode(bytes)
    }

    /// Opens what [`seal_desk`](Self::seal_desk) sealed for the same purpose.
    #[must_use]
    pub fn open_desk(&self, seal: DeskSeal, sealed: &str) -> Option<Vec<u8>> {
        let bytes = URL_SAFE_NO_PAD.decode(sealed).ok()?;
        let (&number, sealed) = bytes.split_first()?;
        siv_open(self.numbered(number)?.desk_session(), seal.label(), sealed)
    }
}

fn code_under(key: &MasterKey, chat: ChatId, nonce: Nonce) -> Code {
    let mut input = [0; 16];
    for (slot, byte) in
        input.iter_mut().zip(chat.0.to_be_bytes().into_iter().chain(nonce.get().to_be_bytes()))
    {
        *slot = byte;
    }
    let digest = keys::hmac(key.code(), &input);
    let number = digest.iter().take(8).fold(0_u64, |sum, &byte| (sum << 8) | u64::from(byte));
    // 2⁶⁴ mod 10¹² is so small beside 2⁶⁴ that the bias is under 10⁻⁷.
    Code::reduce(number)
}

fn handoff_under(key: &MasterKey, code: Code) -> HandoffId {
    let digest = keys::hmac(key.handoff_id(), code.digits().as_bytes());
    let mut id = [0; 16];
    for (slot, byte) in id.iter_mut().zip(digest) {
        *slot = byte;
    }
    HandoffId::new(id)
}

/// The chat, as data that the seal of a button is bound to.
fn associated(chat: ChatId) -> [u8; 8] {
    chat.0.to_be_bytes()
}

fn siv_seal(key: &[u8; 64], associated: &[u8], plaintext: &[u8]) -> Vec<u8> {
    let mut siv = Aes256Siv::new(Key::<Aes256Siv>::from_slice(key));
    // It fails on more than 126 headers only; there is one.
    siv.encrypt([associated], plaintext).unwrap_or_default()
}

fn siv_open(key: &[u8; 64], associated: &[u8], sealed: &[u8]) -> Option<Vec<u8>> {
    Aes256Siv::new(Key::<Aes256Siv>::from_slice(key)).decrypt([associated], sealed).ok()
}

redacted!(Opened);
