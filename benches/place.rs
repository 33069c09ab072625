//! What the gazetteer costs: bytes in the program, time to load, memory, and time of a search.
//!
//! `cargo bench --bench place` prints the figures against their budgets, then divan's.
#![expect(
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a benchmark speaks on standard output and may fail loudly"
)]

use std::time::{Duration, Instant};

use relais::place::{Point, nearest, search};

/// Texts as people type them, in all scripts.
const INPUTS: &str = include_str!("../tests/it/place/inputs.tsv");

fn inputs() -> impl Iterator<Item = &'static str> {
    INPUTS.lines().filter_map(|line| line.split('\t').next())
}

fn main() {
    figures();
    divan::main();
}

fn figures() {
    let before = resident_kib();
    let start = Instant::now();
    divan::black_box(search("Marseille", 5));
    let load = start.elapsed();
    let mut times: Vec<Duration> = Vec::new();
    for _ in 0..10 {
        times.extend(inputs().map(|text| {
            let start = Instant::now();
            divan::black_box(search(text, 5));
            start.elapsed()
        }));
    }
    times.sort_unstable();
    let at = |thousandth: usize| times.get(times.len() * thousandth / 1_000).copied().unwrap_or_default();
    let bytes = std::fs::metadata(concat!(env!("CARGO_MANIFEST_DIR"), "/data/places.bin")).unwrap().len();
    println!("in the program       {bytes} bytes of at most {}", 6 << 20);
    println!("load + first search  {load:?} of at most 50ms");
    println!(
        "resident             {} KiB more of at most {} KiB",
        resident_kib().saturating_sub(before),
        15 << 10
    );
    println!("search p50 {:?}, p99 {:?} of at most 2ms, p99.9 {:?}", at(500), at(990), at(999));
}

/// Returns how much memory the program holds (`VmRSS`); 0 where the system does not say.
fn resident_kib() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).unwrap_or_default();
    line.trim().trim_end_matches(" kB").parse().unwrap_or(0)
}

#[divan::bench(args = ["75018", "Marseille", "marseile", "مرسيليا", "মার্সেই", "saint", "my hotel is in calais"])]
fn typed(bencher: divan::Bencher<'_, '_>, text: &str) {
    bencher.bench(|| search(divan::black_box(text), 5));
}

#[divan::bench]
fn long_rubbish(bencher: divan::Bencher<'_, '_>) {
    let text = "saint martin de la france ".repeat(1_000);
    bencher.bench(|| search(divan::black_box(&text), 5));
}

#[divan::bench]
fn shared_position(bencher: divan::Bencher<'_, '_>) {
    bencher.bench(|| nearest(divan::black_box(Point { lat: 48.86, lon: 2.35 })));
}
