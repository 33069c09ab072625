//! Configuration: one file and the environment, read once; every fault told at once, with what to do.
//!
//! Secrets are read from files or the environment, never from the command line, and are wrapped at once.

mod fault;
mod keys;
mod read;
mod secret;

use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use secrecy::SecretString;
use url::{Host, Url};

pub use fault::{ConfigFault, ConfigFaults};
pub use secret::{key_file, secret_in_environment, write_private};

use self::read::Reader;
use crate::directory::TrustedKey;
use crate::ids::Country;

/// The longest name of who runs the service, in characters: it stands on a page of `/privacy`.
const LONGEST_OPERATOR: usize = 80;

/// Everything the operator sets.
#[derive(Debug)]
pub struct Config {
    /// The bot's account.
    pub telegram: TelegramConfig,
    /// Where the database is; a URL can hold a password.
    pub store_url: SecretString,
    /// The key file.
    pub keys_file: PathBuf,
    /// Who can be asked.
    pub directory: DirectoryConfig,
    /// The volunteers' desk.
    pub desk: DeskConfig,
    /// What the service is.
    pub service: ServiceConfig,
    /// What the operator watches.
    pub observability: ObservabilityConfig,
}

/// `[telegram]`.
#[derive(Debug)]
pub struct TelegramConfig {
    /// The token.
    pub token: SecretString,
    /// The server.
    pub api_url: Url,
    /// How Telegram brings updates; where absent, they are polled.
    pub webhook: Option<WebhookConfig>,
}

/// `[telegram.webhook]`.
#[derive(Debug)]
pub struct WebhookConfig {
    /// The address that Telegram calls.
    pub url: Url,
    /// Where this program listens, behind a proxy with TLS.
    pub listen: SocketAddr,
    /// What Telegram has to show; derived from the key file where absent.
    pub secret: Option<SecretString>,
}

/// `[directory]`.
#[derive(Debug)]
pub struct DirectoryConfig {
    /// The folder of signed files.
    pub path: PathBuf,
    /// Whose signatures count.
    pub trusted_keys: Vec<TrustedKey>,
    /// How many of them must have signed.
    pub threshold: u32,
}

/// `[desk]`.
#[derive(Debug)]
pub struct DeskConfig {
    /// Where the desk answers, behind whatever makes it HTTPS; nowhere where absent.
    pub listen: Option<SocketAddr>,
    /// Where volunteers reach it; notices in their chats lead there.
    pub public_url: Option<Url>,
    /// For how many days a proof that an association can read counts.
    pub proof_days: u32,
}

/// `[service]`.
#[derive(Debug)]
pub struct ServiceConfig {
    /// The country it is for.
    pub country: Country,
    /// After how many days everything is deleted at most.
    pub retention_days: u32,
    /// People may write in their own words.
    pub free_text: bool,
    /// How many requests may wait unanswered at an association that names no limit of its own; any number where
    /// absent.
    pub intake_cap: Option<u32>,
    /// After how many minutes without a tap a screen is hidden.
    pub idle_minutes: u32,
    /// Who runs the service, as `/privacy` says it.
    pub operator: Option<String>,
    /// The campaigns whose links count.
    pub campaigns: Vec<String>,
}

/// How many requests may wait at an association at least, and at most.
const INTAKE_CAP: std::ops::RangeInclusive<u32> = 1..=10_000;

/// What decides who is asked, without the secrets of a service.
#[derive(Debug)]
pub struct RoutingConfig {
    /// Who can be asked.
    pub directory: DirectoryConfig,
    /// Where the database is; a URL can hold a password.
    pub store_url: SecretString,
    /// The country the service is for.
    pub country: Country,
    /// For how many days a proof that an association can read counts.
    pub proof_days: u32,
    /// How many requests may wait unanswered at an association that names no limit of its own.
    pub intake_cap: Option<u32>,
}

/// `[observability]`.
#[derive(Debug)]
pub struct ObservabilityConfig {
    /// Where `/healthz` and `/readyz` answer; nowhere where absent.
    pub listen: Option<SocketAddr>,
    /// What is logged, as a filter of `tracing`.
    pub log: String,
}

impl Config {
    /// Reads the file and the environment. Paths in the file are relative to the file.
    ///
    /// # Errors
    /// Returns every fault that was found.
    pub fn read(file: &Path) -> Result<Self, ConfigFaults> {
        let mut reader = Reader::open(file)?;
        let config = Self::from_reader(&mut reader);
        reader.finish(config)
    }

    /// Reads `[directory]` alone, for whoever works on the directory without the secrets of a service.
    ///
    /// # Errors
    /// Returns every fault of that section.
    pub fn directory_of(file: &Path) -> Result<DirectoryConfig, ConfigFaults> {
        let mut reader = Reader::open(file)?;
        let directory = Self::directory(&mut reader);
        reader.finish(directory)
    }

    /// Reads what decides who is asked, for whoever wants to know without running the service.
    ///
    /// # Errors
    /// Returns every fault of those settings.
    pub fn routing_of(file: &Path) -> Result<RoutingConfig, ConfigFaults> {
        let mut reader = Reader::open(file)?;
        let routing = Self::routing(&mut reader);
        reader.finish(routing)
    }

    fn routing(reader: &mut Reader) -> Option<RoutingConfig> {
        let directory = Self::directory(reader);
        let store_url = Self::store_url(reader);
        let country = Self::country(reader);
        let desk = Self::desk(reader);
        let intake_cap = reader.optional_number("service.intake_cap", INTAKE_CAP);
        Some(RoutingConfig {
            directory: directory?,
            store_url: store_url?,
            country: country?,
            proof_days: desk?.proof_days,
            intake_cap,
        })
    }

    fn store_url(reader: &mut Reader) -> Option<SecretString> {
        reader.text("store.url", Some("sqlite:relais.db")).map(|url| reader.database(&url))
    }

    fn country(reader: &mut Reader) -> Option<Country> {
        reader.parsed::<Country>("service.country", "FR", "a two-letter country code such as \"FR\"")
    }

    fn directory(reader: &mut Reader) -> Option<DirectoryConfig> {
        let path = reader.path("directory.path", "directory");
        let trusted_keys = reader.trusted_keys("directory.trusted_keys");
        let threshold = reader.number("directory.threshold", 2, 1..=16);
        let (trusted_keys, threshold) = (trusted_keys?, threshold?);
        if threshold as usize > trusted_keys.len() && !trusted_keys.is_empty() {
            reader.fault("directory.threshold", "more signatures are asked for than there are trusted keys");
        }
        Some(DirectoryConfig { path: path?, trusted_keys, threshold })
    }

    fn from_reader(reader: &mut Reader) -> Option<Self> {
        reader.refuse_unknown(&keys::KNOWN);
        let token = reader.secret("telegram.token", "telegram.token_file", "the bot's token of @BotFather");
        let api_url = reader.parsed::<Url>("telegram.api_url", "https://api.telegram.org", "an address");
        let webhook = Self::webhook(reader);
        let store_url = Self::store_url(reader);
        let keys_file = reader.path("keys.file", "secrets/relais.keys");
        let directory = Self::directory(reader);
        let desk = Self::desk(reader);
        let service = Self::service(reader);
        let listen =
            reader.optional::<SocketAddr>("observability.listen", "an address such as \"127.0.0.1:9090\"");
        let log = reader.text("observability.log", Some("info"));
        Some(Self {
            telegram: TelegramConfig { token: token?, api_url: api_url?, webhook },
            store_url: store_url?,
            keys_file: keys_file?,
            directory: directory?,
            desk: desk?,
            service: service?,
            observability: ObservabilityConfig { listen, log: log? },
        })
    }

    fn service(reader: &mut Reader) -> Option<ServiceConfig> {
        let country = Self::country(reader);
        let retention_days = reader.number("service.retention_days", 7, 1..=30);
        let free_text = reader.truth("service.free_text", true);
        let intake_cap = reader.optional_number("service.intake_cap", INTAKE_CAP);
        let idle_minutes = reader.number("service.idle_minutes", 30, 5..=60);
        let operator = reader.line("service.operator", LONGEST_OPERATOR);
        let campaigns = reader.campaigns("service.campaigns");
        reader.locales("service.locales");
        // Known, and checked, before it has an effect.
        let _ = reader.truth("service.require_reviewed", false);
        Some(ServiceConfig {
            country: country?,
            retention_days: retention_days?,
            free_text: free_text?,
            intake_cap,
            idle_minutes: idle_minutes?,
            operator: operator?,
            campaigns: campaigns?,
        })
    }

    fn desk(reader: &mut Reader) -> Option<DeskConfig> {
        let listen = reader.optional::<SocketAddr>("desk.listen", "an address such as \"127.0.0.1:8080\"");
        let address =
            reader.optional::<String>("desk.public_url", "an address such as https://desk.example.org");
        let public_url = address.and_then(|address| {
            desk_address(&address)
                .and_then(|url| {
                    if url.path() == "/" { Ok(url) } else { Err("must have no path: the desk adds its own") }
                })
                .map_err(|says| reader.fault("desk.public_url", says.to_owned()))
                .ok()
        });
        let proof_days = reader.number("desk.proof_days", 14, 1..=366);
        Some(DeskConfig { listen, public_url, proof_days: proof_days? })
    }

    fn webhook(reader: &mut Reader) -> Option<WebhookConfig> {
        let mode = reader.one_of("telegram.mode", "polling", &["polling", "webhook"])?;
        if mode != "webhook" {
            return None;
        }
        let url = reader.required::<Url>("telegram.webhook.url", "the address that Telegram calls");
        let listen =
            reader.required::<SocketAddr>("telegram.webhook.listen", "an address such as \"127.0.0.1:8443\"");
        let secret = reader.optional_secret("telegram.webhook.secret_file");
        Some(WebhookConfig { url: url?, listen: listen?, secret })
    }
}

/// Reads the address of a desk. Nothing travels in clear, except on one machine and within Tor.
///
/// # Errors
/// Says what such an address has to be.
pub fn desk_address(given: &str) -> Result<Url, &'static str> {
    let url = Url::parse(given).map_err(|_| "must be an address such as https://desk.example.org")?;
    let sheltered = match url.host() {
        Some(Host::Domain(name)) => name == "localhost" || name.rsplit('.').next() == Some("onion"),
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    };
    match url.scheme() {
        "https" => Ok(url),
        "http" if sheltered => Ok(url),
        _ => Err("must begin with https://, for requests are read there"),
    }
}
