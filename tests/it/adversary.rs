//! What somebody tries who wants to harm: each attack is a test that is named after what it tries.

mod liar;
mod one_door;
mod terminal_text;
