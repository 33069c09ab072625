//! The volunteers' side: opens a token with the association's identity and says what stands in it.

mod identity;
mod lines;
mod server;

pub use identity::{IdentityFault, identities};
pub use lines::{DeskLine, headline, lines};
pub use server::{DeskServer, DeskSettings};
