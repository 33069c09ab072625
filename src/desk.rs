//! The volunteers' side: opens a token with the association's identity and says what stands in it.

mod challenge;
mod cli;
mod client;
mod devices;
mod enter;
mod fault;
mod identity;
mod lines;
mod members;
mod memory;
mod more;
mod papers;
pub mod protocol;
mod reach;
mod server;
mod slots;

pub use cli::{Case, Row, Words, Workplace};
pub use client::{ClientFault, ShownToken};
pub use enter::Door;
pub use fault::WorkFault;
pub use identity::{IdentityFault, generate, identities, is_protected, unlock, write_identity};
pub use lines::{DeskLine, added, headline, lines, reason};
pub use memory::DeskMemory;
pub use papers::{Content, Own, Paper, Proof};
pub use reach::Reach;
pub use server::{DeskServer, DeskSettings, origins};
