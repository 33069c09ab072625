//! What the person told us and agreed to.
//!
//! # Privacy
//! These types are the only ones that hold what a person said. Their `Debug` shows nothing, they are
//! encrypted before they are stored, and they enter no log, error, metric or URL.

mod answers;
mod campaign;
mod json;
mod request;
mod sealed;
mod withdrawal;
mod words;

pub use answers::{Addition, More, Signs, Spoken, Ticked};
pub use campaign::Campaign;
pub use json::to_json;
pub use request::{About, CONSENT_VERSION, Consent, Request};
pub use sealed::{Channel, ConsentNote, ContactWish, ForWhom, Meta, Record, RoutingNote, SignsNote, hour_of};
pub use withdrawal::Withdrawal;
pub use words::{LONGEST_WORDS, Words};
