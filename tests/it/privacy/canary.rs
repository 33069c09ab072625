//! A person whose every trait is a canary goes through everything that can happen, on both databases, while
//! every library logs all it can. Afterwards no canary is found outside ciphertext.

use std::fs;
use std::path::Path;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::{flows, pages};
use crate::need;
use crate::postgres::Server;
use crate::support::Stage;

/// What a person is called, writes, and is answered.
pub const NAME: &str = "Zyxcanaryname";
pub const ACCOUNT: &str = "zyxcanaryaccount";
pub const LANGUAGE: &str = "Zyxcanarytongue";
pub const CAMPAIGN: &str = "zyxcanaryposter";
pub const WORDS: &str = "Zyxcanarywords";
pub const ANSWER: &str = "Zyxcanaryanswer";
pub const NOTE: &str = "Zyxcanarynote";
pub const RUBBISH: &str = "Zyxcanaryrubbish";
pub const BURST: &str = "Zyxcanaryburst";
/// A town whose name stands in no other word, and a position nearby.
pub const TOWN: &str = "Rocamadour";
pub const TOWN_CODE: &str = "46240";
pub const LATITUDE: f64 = 44.799_876_543_1;

/// What stands in all of them, the town, the position, and how `Debug` prints bytes.
const STEMS: [&str; 4] = ["yxcanary", TOWN, "44.79987654", "121, 120, 99, 97, 110"];

/// What only this run knows: its chats and its codes.
#[derive(Default)]
pub struct Secrets {
    pub numbers: Vec<i64>,
    pub codes: Vec<String>,
}

impl Secrets {
    /// Every form in which one of the canaries may stand somewhere.
    pub(super) fn needles(&self) -> Vec<Vec<u8>> {
        let mut needles = Vec::new();
        for text in STEMS.map(str::as_bytes) {
            needles.extend([text.to_vec(), hex(text)]);
            // The middle of base64 is the same wherever the text begins in a group of three.
            for skip in 0..3 {
                let whole = &text[skip..skip + (text.len() - skip) / 3 * 3];
                needles.push(STANDARD.encode(whole).into_bytes());
            }
        }
        for code in &self.codes {
            let grouped = format!("{} {} {}", &code[..4], &code[4..8], &code[8..]);
            needles.extend([code.clone().into_bytes(), grouped.into_bytes(), hex(code.as_bytes())]);
        }
        for number in &self.numbers {
            // The zeros before a number are everywhere.
            let (big, little) = (&number.to_be_bytes()[3..], &number.to_le_bytes()[..5]);
            needles.extend([number.to_string().into_bytes(), big.to_vec(), little.to_vec()]);
            needles.extend([hex(big), hex(little)]);
        }
        needles.extend([LATITUDE.to_be_bytes().to_vec(), LATITUDE.to_le_bytes().to_vec()]);
        needles
    }

    /// Asserts that no file under a folder holds one.
    fn in_no_file(&self, folder: &Path) {
        let found = pages::first_held(folder, &self.needles());
        assert!(found.is_none(), "{found:?}");
    }

    fn write(&self, file: &Path) {
        let lines: Vec<String> = self.numbers.iter().map(ToString::to_string).collect();
        fs::write(file, format!("{}\n{}", lines.join(" "), self.codes.join(" "))).unwrap();
    }

    fn read(file: &Path) -> Self {
        let text = fs::read_to_string(file).unwrap();
        let (numbers, codes) = text.split_once('\n').unwrap();
        Self {
            numbers: numbers.split_whitespace().map(|number| number.parse().unwrap()).collect(),
            codes: codes.split_whitespace().map(str::to_owned).collect(),
        }
    }
}

fn hex(bytes: &[u8]) -> Vec<u8> {
    bytes.iter().flat_map(|byte| format!("{byte:02x}").into_bytes()).collect()
}

fn alone_and_silent(test: &str) {
    let folder = tempfile::tempdir().unwrap();
    let printed = need::alone(test, folder.path(), &[("RUST_BACKTRACE", "full")]);
    if printed.contains("SKIPPED") {
        println!("{printed}");
        return;
    }
    assert!(printed.contains("this log works"), "nothing was logged");
    assert!(printed.contains("a fault of this program"), "no panic was seen");
    let secrets = Secrets::read(&folder.path().join("secrets"));
    assert!(secrets.numbers.len() > 3 && !secrets.codes.is_empty());
    for needle in secrets.needles() {
        if let Some(at) = memchr::memmem::find(printed.as_bytes(), &needle) {
            let around = &printed.as_bytes()[at.saturating_sub(400)..(at + 200).min(printed.len())];
            panic!("{} in {}", String::from_utf8_lossy(&needle), String::from_utf8_lossy(around));
        }
    }
}

#[test]
fn no_canary_is_found_outside_ciphertext_on_sqlite() {
    alone_and_silent("privacy::canary::a_whole_life_on_sqlite");
}

#[test]
fn no_canary_is_found_outside_ciphertext_on_postgresql() {
    alone_and_silent("privacy::canary::a_whole_life_on_postgresql");
}

fn log_everything() -> tokio::runtime::Runtime {
    let log = tracing_subscriber::fmt().with_max_level(tracing::Level::TRACE).with_writer(std::io::stderr);
    log.with_span_events(tracing_subscriber::fmt::format::FmtSpan::FULL).init();
    tracing::trace!("this log works");
    tokio::runtime::Builder::new_multi_thread().enable_all().worker_threads(2).build().unwrap()
}

async fn live(mut stage: Stage, folder: &Path) -> Secrets {
    // Whatever is planted is what is looked for.
    for text in [NAME, ACCOUNT, LANGUAGE, CAMPAIGN, WORDS, ANSWER, NOTE, RUBBISH, BURST] {
        assert!(text.contains(STEMS[0]));
    }
    assert!(LATITUDE.to_string().starts_with(STEMS[2]));
    // What a service does as it starts, and every test of the whole undoes.
    relais::telemetry::hush_panics();
    let hushed = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        // A flow that fails says why; only the bursts are the service's own.
        if panic.location().is_some_and(|place| place.file().ends_with("flows.rs")) {
            eprintln!("{panic}");
        }
        hushed(panic);
    }));
    stage.raise().await;
    let mut secrets = Secrets::default();
    flows::everything(&mut stage, &mut secrets).await;
    secrets.in_no_file(stage.folder());
    stage.stop().await.unwrap();
    secrets.in_no_file(stage.folder());
    secrets.write(&folder.join("secrets"));
    secrets
}

/// Does its work only where [`need::alone`] has started it.
#[test]
fn a_whole_life_on_sqlite() {
    let Some(folder) = need::folder_of_a_lone_test() else { return };
    log_everything().block_on(async { live(Stage::empty().await, &folder).await });
}

/// Does its work only where [`need::alone`] has started it.
#[test]
fn a_whole_life_on_postgresql() {
    let Some(folder) = need::folder_of_a_lone_test() else { return };
    let Some(server) = Server::start("the canary on PostgreSQL") else { return };
    log_everything().block_on(async {
        let mut stage = Stage::empty().await;
        let ground = server.database("canary").await;
        stage.keep_in(ground.url.clone());
        let secrets = live(stage, &folder).await;
        ground.by_hand("CHECKPOINT").await.unwrap();
        if let Some(files) = server.files() {
            // Tables and indexes, and the log of everything that was ever written to them.
            secrets.in_no_file(&files.join(pages::folder_of(&ground).await));
            secrets.in_no_file(&files.join("pg_wal"));
        }
    });
}
