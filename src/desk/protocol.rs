//! The protocol of `docs/desk-api.md` as both sides reckon it, with no server and no file: what a device proves, what it
//! believes, and what it does not show. `tests/vectors/desk.json` holds its cases, for other clients too.

pub use super::challenge::{Challenge, signer};
pub use super::client::Removal;
pub use super::members::is_removed;
pub use super::papers::{Place, open_shown, passed_on_proof, read_paper};
