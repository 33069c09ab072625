//! The whole system on this machine with nothing set up: a stand-in for Telegram, the real bot, and a page
//! that shows the phone beside what the association and the server have.
//!
//! Everything lies in a temporary folder that goes when the demonstration ends, and every key is made for it
//! and forgotten with it.

mod backstage;
mod cast;

use std::io::ErrorKind;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use secrecy::SecretString;
use tempfile::TempDir;
use tokio::net::TcpListener;
use tokio::sync::watch;
use url::Url;

use self::backstage::Behind;
use self::cast::Cast;
use crate::app::{Desk, Service, ServiceFault};
use crate::clock::Clock;
use crate::handoff;
use crate::i18n::Catalog;
use crate::ids::Country;
use crate::intake::IntakeSettings;
use crate::sandbox::{Sandbox, SandboxSettings};
use crate::sealing::{self, KeyRing};
use crate::store::{Store, StoreError};
use crate::telegram::BotSettings;

/// After how many days everything about a request is deleted at most.
const RETENTION_DAYS: u32 = 7;
/// For how many days a proof that an association can read counts.
const PROOF_DAYS: u32 = 14;

/// Who runs the demonstration, as `/privacy` says it.
const OPERATOR: &str = "Relais (demo)";

/// Why the demonstration cannot go on.
#[derive(Debug, thiserror::Error)]
pub enum DemoFault {
    /// Another program has the port.
    #[error("port {port} is in use; stop what uses it, or choose another: relais demo --port {next}")]
    PortInUse {
        /// The port.
        port: u16,
        /// One that may be free.
        next: u16,
    },
    /// The port cannot be had for another reason.
    #[error("port {port} cannot be opened: {reason}")]
    Port {
        /// The port.
        port: u16,
        /// What the system says.
        reason: std::io::Error,
    },
    /// There is no room for the temporary folder.
    #[error("no temporary folder can be made: {0}")]
    Folder(std::io::Error),
    /// The database in it does not work.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A part that comes with the program is broken, or the system gives no random bytes.
    #[error("the demonstration cannot be prepared: {0}")]
    Prepare(&'static str),
    /// The bot has stopped.
    #[error(transparent)]
    Service(#[from] ServiceFault),
}

/// Runs the demonstration until told to stop. `ready` gets the address of the page once it answers.
///
/// # Errors
/// Returns why it cannot begin or go on; nothing is left behind either way.
pub async fn run(
    port: u16,
    clock: Clock,
    ready: impl FnOnce(SocketAddr),
    stop: watch::Receiver<bool>,
) -> Result<(), DemoFault> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).await.map_err(|reason| {
        if reason.kind() == ErrorKind::AddrInUse {
            DemoFault::PortInUse { port, next: port.checked_add(1).unwrap_or(8_787) }
        } else {
            DemoFault::Port { port, reason }
        }
    })?;
    let folder = TempDir::with_prefix("relais-demo-").map_err(DemoFault::Folder)?;
    let ended = play(listener, &folder, clock, ready, stop).await;
    // Its end would otherwise pass unnoticed where it cannot be removed.
    folder.close().map_err(DemoFault::Folder)?;
    ended
}

async fn play(
    listener: TcpListener,
    folder: &TempDir,
    clock: Clock,
    ready: impl FnOnce(SocketAddr),
    stop: watch::Receiver<bool>,
) -> Result<(), DemoFault> {
    let today = clock.now().date_naive();
    let no_keys = |_| DemoFault::Prepare("no keys can be made");
    let keys = KeyRing::generate_file(today).and_then(|file| KeyRing::parse(&file)).map_err(no_keys)?;
    let catalog = Catalog::load().map_err(|_| DemoFault::Prepare("a translation is broken"))?;
    let no_address = || DemoFault::Prepare("the page has no address");
    let (keys, catalog) = (Arc::new(keys), Arc::new(catalog));
    let Cast { directory, published, identities } = Cast::assemble(today, &keys.published())?;
    let url = format!("sqlite:{}", folder.path().join("relais.db").display());
    let store = Store::connect(&SecretString::from(url)).await?;
    let token = token().map_err(no_keys)?;
    let desk = desk_beside(listener.local_addr().map_err(|_| no_address())?).await;
    let desk_url = desk.as_ref().and_then(|desk| desk.local_addr().ok());
    let desk_url: Option<Url> = desk_url.and_then(|at| format!("http://{at}").parse().ok());
    let behind = Behind {
        store: store.clone(),
        directory: directory.clone(),
        identities,
        catalog: catalog.clone(),
        server: handoff::key_text(&keys.signing().verifying_key()),
        desk: desk_url.clone(),
        fingerprint: published.fingerprints().into_iter().next().unwrap_or_default(),
    };
    let groups = behind.chats();
    let settings =
        SandboxSettings { token: token.clone(), clock: clock.clone(), backstage: Some(Arc::new(behind)) };
    let sandbox = Sandbox::start(listener, settings).map_err(|_| no_address())?;
    for chat in groups {
        let _ = sandbox.group(chat);
    }
    let api_url = sandbox.api_url().map_err(|_| no_address())?;
    let service = Service {
        bot: BotSettings { token: SecretString::from(token), api_url },
        store,
        keys,
        directory,
        catalog,
        settings: IntakeSettings {
            country: Country::FRANCE,
            retention_days: RETENTION_DAYS,
            free_text: true,
            proof_days: PROOF_DAYS,
            operator: Some(OPERATOR.to_owned()),
            ..IntakeSettings::default()
        },
        clock,
        webhook: None,
        desk: desk.map(|listener| Desk { listener, published }),
        desk_url,
        health: None,
    };
    ready(sandbox.address());
    Ok(service.run(stop).await?)
}

/// Returns a place for the volunteers' desk: the port after the page's, or any that is free.
async fn desk_beside(page: SocketAddr) -> Option<TcpListener> {
    let next = SocketAddr::new(page.ip(), page.port().checked_add(1).unwrap_or(0));
    match TcpListener::bind(next).await {
        Ok(listener) => Some(listener),
        Err(_) => TcpListener::bind(SocketAddr::new(page.ip(), 0)).await.ok(),
    }
}

/// Makes a token that only this demonstration's bot knows.
fn token() -> Result<String, sealing::KeyFault> {
    let mut random = [0; 24];
    sealing::random(&mut random)?;
    Ok(format!("4242:{}", URL_SAFE_NO_PAD.encode(random)))
}
