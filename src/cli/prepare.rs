//! From a configuration to a service: every part is tried, and every fault told at once.

use std::net::SocketAddr;
use std::sync::Arc;

use chrono::NaiveDate;
use tokio::net::TcpListener;

use super::console::{Failure, sentences};
use crate::app::{Desk, Service};
use crate::clock::Clock;
use crate::config::{self, Config, DirectoryConfig};
use crate::directory::{Faults, Published, Trust, UntrustedDirectory, Verified};
use crate::health;
use crate::i18n::Catalog;
use crate::intake::IntakeSettings;
use crate::sealing::KeyRing;
use crate::store::Store;
use crate::telegram::{BotSettings, Webhook};

/// What is missing where volunteers have a desk and nothing that it could believe.
pub(super) const NO_LIST: &str = "desk.listen is set, and there is no signed list for desks: no volunteer could sign \
    in. `relais directory service` writes what it needs, then `relais directory sign` signs it";

/// Builds a service.
pub(super) async fn service(config: Config) -> Result<Service, Failure> {
    let clock = Clock::system();
    let mut faults = Vec::new();
    let keys = taken(config::key_file(&config.keys_file), &mut faults);
    let directory = taken(directory(&config.directory, clock.now().date_naive()), &mut faults);
    let catalog = taken(Catalog::load(), &mut faults);
    let store = taken(Store::connect(&config.store_url).await, &mut faults);
    let health = taken(listener("observability.listen", config.observability.listen).await, &mut faults);
    let called = config.telegram.webhook.as_ref().map(|webhook| webhook.listen);
    let hook = taken(listener("telegram.webhook.listen", called).await, &mut faults);
    let desk = taken(listener("desk.listen", config.desk.listen).await, &mut faults);
    let (Some(keys), Some(directory), Some(catalog), Some(store), Some(health), Some(hook), Some(desk)) =
        (keys, directory, catalog, store, health, hook, desk)
    else {
        return Err(Failure::all(faults));
    };
    let trust = Trust { keys: &config.directory.trusted_keys, threshold: config.directory.threshold };
    let published = directory.extract.map(|extract| Arc::new(Published::of(extract, &trust)));
    let desk = match (desk, &published) {
        (Some(listener), Some(published)) => Some(Desk { listener, published: published.clone() }),
        (Some(_), None) => return Err(Failure::one(NO_LIST)),
        (None, _) => None,
    };
    let keys = in_force(keys, published.as_deref());
    let webhook = hook.zip(config.telegram.webhook).map(|(listener, set)| Webhook {
        listener,
        url: set.url,
        secret: set.secret.unwrap_or_else(|| keys.webhook_secret()),
    });
    Ok(Service {
        bot: BotSettings { token: config.telegram.token, api_url: config.telegram.api_url },
        store,
        keys: Arc::new(keys),
        directory: Arc::new(directory.directory),
        catalog: Arc::new(catalog),
        settings: IntakeSettings {
            country: config.service.country,
            retention_days: config.service.retention_days,
            free_text: config.service.free_text,
            proof_days: config.desk.proof_days,
            intake_cap: config.service.intake_cap,
            idle_minutes: config.service.idle_minutes,
            operator: config.service.operator,
            campaigns: config.service.campaigns,
        },
        webhook,
        clock,
        desk,
        desk_url: config.desk.public_url,
        health,
    })
}

/// Lets only keys speak that devices believe, and says loudly where there is none.
fn in_force(keys: KeyRing, published: Option<&Published>) -> KeyRing {
    let Some(published) = published else { return keys };
    let keys = keys.in_force(&published.head.server_keys);
    if !keys.is_listed(&published.head.server_keys) {
        tracing::error!(
            "NO DESK BELIEVES THIS SERVER: the signed list holds none of its keys. Persons can write; volunteers \
             cannot read. `relais directory service`, then have the directory signed again"
        );
    }
    keys
}

/// Returns what worked, and adds what did not to the faults.
fn taken<T, E: std::fmt::Display + 'static>(result: Result<T, E>, faults: &mut Vec<String>) -> Option<T> {
    result.map_err(|fault| faults.extend(sentences(&fault))).ok()
}

/// Reads and verifies the directory; what is weak about it is for `relais check` to tell.
pub(super) fn directory(config: &DirectoryConfig, today: NaiveDate) -> Result<Verified, Faults> {
    let trust = Trust { keys: &config.trusted_keys, threshold: config.threshold };
    UntrustedDirectory::read(&config.path).verify(&trust, today)
}

async fn listener(
    setting: &'static str,
    address: Option<SocketAddr>,
) -> Result<Option<TcpListener>, health::ListenFault> {
    match address {
        Some(address) => health::listen(setting, address).await.map(Some),
        None => Ok(None),
    }
}
