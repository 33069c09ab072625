//! Integration tests: one program, a module per part.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::unreachable,
    clippy::wildcard_enum_match_arm,
    clippy::print_stdout,
    clippy::print_stderr,
    missing_docs,
    unreachable_pub,
    reason = "tests may fail loudly"
)]
mod place;

mod adversary;
mod demo;
mod desk;
mod directory;

mod cli;
mod config;
mod conversation;
mod fingerprint;
mod fuzz;
mod handoff;
mod limits;
mod locales;
mod need;
mod overflow;
mod papers;
mod postgres;
mod privacy;
mod prompts;
mod reading;
mod referral;
mod result;
mod routing;
mod sealing;
mod store;
mod store_faults;
mod storm;
mod tidy;
mod transcripts;
mod vectors;
mod walk;

mod phrasebook;
mod sandbox;
#[allow(dead_code, reason = "what tests of the whole may need")]
mod support;
mod telegram;
