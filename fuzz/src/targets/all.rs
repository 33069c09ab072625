//! Every function that is tried with bytes of strangers: one list, for libFuzzer and for `cargo test` alike.
//!
//! Each takes any bytes and fails where a promise is broken, not only where the program would panic.

mod addresses;
mod buttons;
mod codes;
mod conversations;
mod desk;
mod directories;
mod ground;
mod imports;
mod key_files;
mod places;
mod slots;
mod starts;
mod tokens;
mod updates;
mod waiting;

pub use addresses::addresses;
pub use buttons::buttons;
pub use codes::codes;
pub use conversations::conversations;
pub use desk::desk;
pub use directories::directories;
pub use imports::imports;
pub use key_files::key_files;
pub use places::places;
pub use slots::slots;
pub use starts::starts;
pub use tokens::tokens;
pub use updates::updates;
pub use waiting::waiting;
