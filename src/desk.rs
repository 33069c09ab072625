//! The volunteers' side: opens a token with the association's identity and says what stands in it.

mod cli;
mod client;
mod fault;
mod identity;
mod lines;
mod more;
mod papers;
mod server;
mod slots;
mod words;

pub use cli::{Case, Row, Words, Workplace};
pub use client::{Book, ClientFault, DeskClient, Listed, ShownToken};
pub use fault::WorkFault;
pub use identity::{IdentityFault, generate, identities, is_protected, unlock, write_identity};
pub use lines::{DeskLine, added, headline, lines, reason};
pub use papers::{Content, Own, Paper};
pub use server::{DeskServer, DeskSettings};
pub use words::fingerprint;
