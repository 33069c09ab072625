//! Relais: a Telegram bot through which a person asks for help anonymously, and which hands the request,
//! sealed with age, to the nearest vetted association.
//!
//! The modules stand in layers; each uses only what stands lower. `ARCHITECTURE.md` tells the whole.

// L0: words
#[macro_use]
mod redacted;
pub mod clock;
pub mod fingerprint;
pub mod foreign;
pub mod ids;
pub mod locale;
pub mod message;
pub mod phrase;
pub mod terms;
// L1: what is known
pub mod device;
pub mod place;
pub mod record;
// L2: what is decided, and who can be asked
pub mod conversation;
pub mod directory;
pub mod i18n;
// L3: what a request is once it was sent; who is asked; what is kept secret; what is kept
pub mod referral;
pub mod routing;
pub mod sealing;
pub mod store;
// L4: what is handed over
pub mod handoff;
// L5: one turn; what is deleted when; how a volunteer reads
pub mod desk;
pub mod intake;
pub mod retention;
// L6: Telegram
pub mod telegram;
// L7: how volunteers are told; what the operator sets and watches; a stand-in for Telegram
pub mod config;
pub mod delivery;
pub mod health;
pub mod sandbox;
pub mod telemetry;
// L8: the whole; every screen on a page
pub mod app;
pub mod preview;
// L9: the whole on one machine, to be looked at
pub mod demo;
// L10: what is typed
pub mod cli;
