//! The memory of the real program, byte by byte: what a person typed is gone from it once they have left.

use std::fs::{self, File};
use std::os::unix::fs::FileExt as _;

use relais::clock::Clock;
use relais::sandbox::{Message, Phone, Sandbox, SandboxSettings};
use tokio::net::TcpListener;

use crate::cli::{TOKEN, serve, service};
use crate::support::PhoneExt as _;

/// The stem of everything that is typed here; written so that the program itself cannot hold it.
const STEM: &str = "Qvxmemory";

/// Counts how often these bytes stand in what a program can write to.
fn copies(program: u32, needle: &str) -> usize {
    let memory = File::open(format!("/proc/{program}/mem")).unwrap();
    let maps = fs::read_to_string(format!("/proc/{program}/maps")).unwrap();
    let mut found = 0;
    for line in maps.lines() {
        let mut fields = line.split_whitespace();
        let (range, rights) = (fields.next().unwrap(), fields.next().unwrap());
        let (start, end) = range.split_once('-').unwrap();
        let (start, end) = (u64::from_str_radix(start, 16).unwrap(), u64::from_str_radix(end, 16).unwrap());
        if !rights.starts_with("rw") {
            continue;
        }
        // Piece by piece: a heap of a thread is a large range, of which little is there.
        for at in (start..end).step_by(1 << 20) {
            let mut bytes = vec![0; usize::try_from((end - at).min((1 << 20) + 64)).unwrap()];
            let read = memory.read_at(&mut bytes, at).unwrap_or(0);
            let piece = &bytes[..read];
            let here = memchr::memmem::find_iter(piece, needle.as_bytes());
            found += here.filter(|place| *place < 1 << 20).count();
        }
    }
    found
}

async fn idle(sandbox: &Sandbox) {
    sandbox.until(|sandbox| sandbox.is_idle().then_some(())).await.expect("everything is handled");
}

async fn begin(phone: &Phone) {
    phone.send_text("/start");
    phone.sees("🌐").await;
    for label in ["English", "I need help", "I agree"] {
        phone.taps(label).await;
    }
}

/// Answers the prompt, and waits until it is gone from the chat.
async fn answer(phone: &Phone, text: &str) {
    let prompt = |messages: &[Message]| messages.iter().any(|message| message.prompt.is_some()).then_some(());
    phone.until(prompt).await.expect("a prompt");
    let said = phone.answer_prompt(text).expect("a prompt");
    let gone = |messages: &[Message]| messages.iter().all(|message| message.id != said).then_some(());
    phone.until(gone).await.expect("it is taken away");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_was_typed_is_gone_from_memory_after_leave() {
    let folder = tempfile::tempdir().unwrap();
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let settings = SandboxSettings { token: TOKEN.to_owned(), clock: Clock::system(), backstage: None };
    let sandbox = Sandbox::start(listener, settings).unwrap();
    service(folder.path(), sandbox.api_url().unwrap().as_str());
    let mut running = serve(folder.path());
    let (phone, other) = (sandbox.phone(Some("en")), sandbox.phone(Some("en")));

    begin(&phone).await;
    for label in ["Woman", "Work, not free", "A place to sleep", "Type a town"] {
        phone.taps(label).await;
    }
    answer(&phone, &format!("{STEM}town")).await;
    idle(&sandbox).await;
    for label in ["Back", "Not say", "any time", "Write to them"] {
        phone.taps(label).await;
    }
    let words = format!("{STEM}words مرحبا {}", "the door is blue ".repeat(60));
    answer(&phone, &words).await;
    phone.sees("Sent").await;
    idle(&sandbox).await;
    let before = copies(running.id(), STEM);
    phone.tap("Leave").unwrap();
    idle(&sandbox).await;
    let left = copies(running.id(), STEM);
    // Others write on meanwhile: what a connection last read is read over.
    begin(&other).await;
    for _ in 0..8 {
        other.says("hello").await;
    }
    idle(&sandbox).await;
    let after = copies(running.id(), STEM);
    println!("copies of what was typed: {before} before leaving, {left} after, {after} when others wrote on");
    assert!(copies(running.id(), "relais") > 0, "this test sees nothing");
    running.kill().unwrap();
    running.wait().unwrap();
    assert_eq!(after, 0);
    assert_eq!(left, 0);
}
