//! What is tried with bytes of strangers, under libFuzzer. `docs/fuzzing.md` tells how.
#![allow(dead_code, reason = "walks and fixtures serve the tests too")]

#[path = "targets/all.rs"]
pub mod targets;
#[path = "../../tests/it/walk.rs"]
mod walk;
