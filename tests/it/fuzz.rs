//! What is tried under libFuzzer for hours, tried here for seconds: the same functions, from the same seeds, with
//! the same mutations every time. `docs/fuzzing.md` tells how the long runs are made.

#[path = "../../fuzz/src/targets/all.rs"]
mod targets;

use std::fs;
use std::path::PathBuf;

use crate::need;

/// The longest input, in bytes.
const LONGEST: usize = 4_096;
/// Bytes that mean something at an edge.
const EDGES: [u8; 10] = [0, 1, 0x7F, 0x80, 0xFF, b'\n', b'"', b'0', b' ', 0xC3];

macro_rules! bounded {
    ($($target:ident: $runs:literal),+ $(,)?) => {
        const TARGETS: &[&str] = &[$(stringify!($target)),+];

        $(#[test]
        fn $target() {
            run(stringify!($target), $runs, targets::$target);
        })+
    };
}

bounded! {
    addresses: 1_500,
    buttons: 3_000,
    codes: 12_000,
    conversations: 300,
    desk: 800,
    directories: 120,
    imports: 1_500,
    key_files: 2_000,
    places: 80,
    slots: 6_000,
    starts: 6_000,
    tokens: 150,
    updates: 12_000,
    waiting: 250,
}

/// Shows an input that broke a promise, so that it can become a seed.
struct Shown<'a>(&'a str, &'a [u8]);

impl Drop for Shown<'_> {
    fn drop(&mut self) {
        if std::thread::panicking() {
            eprintln!("fuzz/seeds/{}: {}", self.0, self.1.escape_ascii());
        }
    }
}

fn run(name: &str, runs: usize, target: fn(&[u8])) {
    let seeds = seeds(name);
    assert!(seeds.len() >= 2, "{name} has too few seeds");
    let words = words(name);
    for seed in &seeds {
        let _shown = Shown(name, seed);
        target(seed);
    }
    let mut chance = Chance::of(name);
    for _ in 0..runs {
        let input = mutated(&seeds, &words, &mut chance);
        let _shown = Shown(name, &input);
        target(&input);
    }
}

fn project(path: &str) -> PathBuf {
    need::project(path)
}

/// The seeds of a target, in the order of their names; found faults are among them.
fn seeds(name: &str) -> Vec<Vec<u8>> {
    let mut files: Vec<PathBuf> = fs::read_dir(project(&format!("fuzz/seeds/{name}")))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    files.sort();
    files.iter().map(|file| fs::read(file).unwrap()).collect()
}

/// The words of a target's dictionary, in libFuzzer's format: one in quotation marks a line.
fn words(name: &str) -> Vec<Vec<u8>> {
    let text = fs::read_to_string(project(&format!("fuzz/dict/{name}.dict"))).unwrap_or_default();
    let word = |line: &str| unescaped(line.trim().strip_prefix('"')?.strip_suffix('"')?);
    text.lines().filter_map(word).collect()
}

fn unescaped(text: &str) -> Option<Vec<u8>> {
    let (mut bytes, mut rest) = (Vec::new(), text.bytes());
    while let Some(byte) = rest.next() {
        bytes.push(match byte {
            b'\\' => match rest.next()? {
                b'x' => {
                    u8::from_str_radix(std::str::from_utf8(&[rest.next()?, rest.next()?]).ok()?, 16).ok()?
                }
                other => other,
            },
            byte => byte,
        });
    }
    Some(bytes)
}

/// Numbers that look like chance and are the same every time (xorshift64, Marsaglia 2003).
struct Chance(u64);

impl Chance {
    fn of(name: &str) -> Self {
        Self(
            name.bytes().fold(0xCBF2_9CE4_8422_2325, |sum, byte| {
                (sum ^ u64::from(byte)).wrapping_mul(0x0100_0000_01B3)
            }),
        )
    }

    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % u64::try_from(limit.max(1)).unwrap()).unwrap()
    }

    fn byte(&mut self) -> u8 {
        u8::try_from(self.below(256)).unwrap()
    }
}

fn mutated(seeds: &[Vec<u8>], words: &[Vec<u8>], chance: &mut Chance) -> Vec<u8> {
    let mut input = seeds[chance.below(seeds.len())].clone();
    for _ in 0..=chance.below(6) {
        let at = chance.below(input.len() + 1);
        let until = (at + 1 + chance.below(32)).min(input.len()).max(at);
        match chance.below(8) {
            0 if at < input.len() => input[at] ^= 1 << chance.below(8),
            1 if at < input.len() => input[at] = chance.byte(),
            2 => input.insert(at, EDGES[chance.below(EDGES.len())]),
            3 => drop(input.drain(at..until)),
            4 => {
                let again = input[at..until].to_vec();
                drop(input.splice(at..at, again));
            }
            5 if !words.is_empty() => {
                let word = words[chance.below(words.len())].clone();
                drop(input.splice(at..at, word));
            }
            6 => {
                let other = &seeds[chance.below(seeds.len())];
                let from = chance.below(other.len() + 1);
                input.truncate(at);
                input.extend_from_slice(&other[from..]);
            }
            _ => input.extend((0..chance.below(16)).map(|_| chance.byte())),
        }
    }
    input.truncate(LONGEST);
    input
}

#[test]
fn every_target_runs_under_both() {
    let manifest = fs::read_to_string(project("fuzz/Cargo.toml")).unwrap();
    let told = fs::read_to_string(project("docs/fuzzing.md")).unwrap();
    for name in TARGETS {
        assert!(manifest.contains(&format!("name = \"{name}\"")), "fuzz/Cargo.toml lacks {name}");
        let long = fs::read_to_string(project(&format!("fuzz/fuzz_targets/{name}.rs"))).unwrap();
        assert!(long.contains(&format!("targets::{name}(")), "{name} runs something else");
        assert!(told.contains(&format!("| `{name}` |")), "docs/fuzzing.md lacks {name}");
    }
    assert_eq!(manifest.matches("[[bin]]").count(), TARGETS.len(), "a target runs under libFuzzer alone");
}
