//! Measures a lookup of the gazetteer.

fn main() {}
