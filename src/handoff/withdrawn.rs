//! A withdrawal as a token: sealed and opened like a request, and never mistaken for one.

use age::x25519;
use ed25519_dalek::SigningKey;

use super::{Encrypted, OpenFault, OpenedToken, SealFault, prove, seal_line};
use crate::record::Withdrawal;
use crate::terms::Kind;

/// A token that was opened, whatever it is.
#[derive(Debug)]
pub enum Opened {
    /// A request, or something added to it.
    Request(Box<OpenedToken>),
    /// The person took the request back.
    Withdrawal(Withdrawal),
}

/// Signs, pads and encrypts a withdrawal to every recipient.
///
/// # Errors
/// Returns why it cannot be sealed.
pub fn seal_withdrawal(
    withdrawal: &Withdrawal,
    recipients: &[x25519::Recipient],
    signing: &SigningKey,
) -> Result<Encrypted<Withdrawal>, SealFault> {
    seal_line(withdrawal, recipients, signing)
}

/// Decrypts a token of any kind, binary or armored, and checks its signature; see [`open`](super::open).
///
/// # Errors
/// Returns why it does not open. A token with a wrong signature is never shown.
pub fn open_any(
    token: &[u8],
    identities: &[x25519::Identity],
    server: Option<&str>,
) -> Result<Opened, OpenFault> {
    let proven = prove(token, identities, server)?;
    match serde_json::from_str::<Withdrawal>(&proven.line) {
        Ok(withdrawal) if withdrawal.kind() == Kind::Withdrawal => Ok(Opened::Withdrawal(withdrawal)),
        Ok(_) | Err(_) => proven.request().map(|opened| Opened::Request(Box::new(opened))),
    }
}
