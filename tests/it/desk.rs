//! The desk over HTTP, as a page or a terminal uses it.

mod acts;
mod away;
mod bot;
mod filled;
mod messages;
mod sessions;
mod stage;
mod terminal;
