//! Measures a whole intake over HTTP: from `/start` to "Sent", against the stand-in for Telegram, on SQLite.

use std::sync::Arc;

use relais::app::Service;
use relais::clock::Clock;
use relais::directory::Demo;
use relais::i18n::Catalog;
use relais::intake::IntakeSettings;
use relais::sandbox::{Phone, Sandbox, SandboxSettings};
use relais::sealing::KeyRing;
use relais::store::Store;
use relais::telegram::BotSettings;
use secrecy::SecretString;
use tokio::net::TcpListener;
use tokio::runtime::Runtime;
use tokio::sync::watch;

const TOKEN: &str = "4242:AAF-on-the-bench";
/// What is tapped after `/start`; eight screens.
const TAPS: [&str; 8] =
    ["English", "I need help", "I agree", "Woman", "Work, not free", "Leave safely", "Lyon", "any time"];

fn main() {
    divan::main();
}

struct Stage {
    runtime: Runtime,
    sandbox: Sandbox,
    _folder: tempfile::TempDir,
    _stop: watch::Sender<bool>,
}

fn stage() -> Option<Stage> {
    let runtime = Runtime::new().ok()?;
    let folder = tempfile::tempdir().ok()?;
    let (stop, stopping) = watch::channel(false);
    let url = format!("sqlite:{}", folder.path().join("relais.db").display());
    let sandbox = runtime.block_on(async {
        let clock = Clock::system();
        let today = clock.now().date_naive();
        let listener = TcpListener::bind("127.0.0.1:0").await.ok()?;
        let settings = SandboxSettings { token: TOKEN.to_owned(), clock: clock.clone(), backstage: None };
        let sandbox = Sandbox::start(listener, settings).ok()?;
        let directory = Demo::prepare(today).ok()?.verify(today).ok()?.directory;
        for chat in directory.associations().iter().filter_map(|one| one.volunteers_chat) {
            let _ = sandbox.group(chat.0);
        }
        let service = Service {
            bot: BotSettings { token: SecretString::from(TOKEN), api_url: sandbox.api_url().ok()? },
            store: Store::connect(&SecretString::from(url)).await.ok()?,
            keys: Arc::new(KeyRing::parse(&KeyRing::generate_file(today).ok()?).ok()?),
            directory: Arc::new(directory),
            catalog: Arc::new(Catalog::load().ok()?),
            settings: IntakeSettings::default(),
            webhook: None,
            clock,
            desk: None,
            desk_url: None,
            health: None,
        };
        tokio::spawn(service.run(stopping));
        Some(sandbox)
    })?;
    Some(Stage { runtime, sandbox, _folder: folder, _stop: stop })
}

async fn intake(phone: &Phone) -> Option<()> {
    phone.send_text("/start");
    for label in TAPS {
        let there = |_: &[relais::sandbox::Message]| {
            phone.newest().filter(|message| message.all_buttons().any(|button| button.text.contains(label)))
        };
        phone.until(there).await.ok()?;
        phone.tap(label).ok()?;
    }
    let sent = |_: &[relais::sandbox::Message]| phone.newest().filter(|now| now.text.contains("Sent"));
    phone.until(sent).await.ok().map(|_| ())
}

/// One person after the other; the time is that of nine updates, two calls each, and one durable handoff.
#[divan::bench(sample_count = 20)]
fn one_after_the_other(bencher: divan::Bencher<'_, '_>) {
    let Some(stage) = stage() else { return };
    bencher.with_inputs(|| stage.sandbox.phone(Some("en"))).bench_refs(|phone| {
        assert!(stage.runtime.block_on(intake(phone)).is_some(), "the intake ends with Sent");
    });
}
