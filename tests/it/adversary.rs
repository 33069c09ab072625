//! What somebody tries who wants to harm: each attack is a test that is named after what it tries.

mod canary;
mod everything;
mod forged_list;
mod forged_papers;
mod liar;
mod mixed_entry;
mod one_door;
mod oracle;
mod recorder;
mod redirects;
mod relay;
mod removal;
mod return_address;
mod rotation;
mod seized;
mod signers;
mod stolen_session;
mod stopped;
mod terminal_text;
mod typed;
mod unsealed;
mod work;
