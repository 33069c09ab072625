//! The desk over HTTP, as a page or a terminal uses it.

mod acts;
mod filled;
mod messages;
mod sessions;
mod stage;
mod terminal;
