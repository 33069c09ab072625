//! The `relais` program.
fn main() {}
