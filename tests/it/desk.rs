//! The desk over HTTP, as a page or a terminal uses it.

mod acts;
mod away;
mod bot;
mod commands;
pub mod entrance;
mod filled;
mod ground;
mod messages;
mod page;
mod reach;
mod reached;
mod rights;
mod rotation;
mod sessions;
pub mod stage;
mod terminal;
mod withdrawn;

pub use commands::Terminal;
pub use stage::{LYON, Stage};
