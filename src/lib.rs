//! Relais: a Telegram bot through which a person asks for help anonymously, and which hands the request,
//! sealed with age, to the nearest vetted association.
//!
//! The modules stand in layers; each uses only what stands lower. `ARCHITECTURE.md` tells the whole.

// L0: words
pub mod clock;
pub mod ids;
pub mod locale;
pub mod message;
pub mod terms;
// L1: what is known
pub mod record;
// L2: what is decided
pub mod conversation;
pub mod i18n;
// L3: what is kept secret
pub mod sealing;
// L4: what is handed over
pub mod handoff;
