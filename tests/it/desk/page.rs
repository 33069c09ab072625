//! The desk page, as a real browser runs it, against the real server.

use std::process::{Command, Stdio};

use age::secrecy::ExposeSecret as _;
use relais::terms::Contact;

use super::stage::{LYON, Stage};
use crate::need;

#[tokio::test(flavor = "multi_thread")]
async fn a_volunteer_works_a_request_in_a_browser() {
    const TEST: &str = "the desk page against the real server";
    if !need::programs(TEST, &["node", "chromium"]) {
        return;
    }
    let folder = need::project("tests/desk");
    if !folder.join("node_modules/playwright-core").exists() {
        return need::skip(TEST, "its npm packages (npm ci in tests/desk)");
    }
    let stage = Stage::set_today().await;
    stage.request(1, LYON, Contact::AnyTime).await;
    let key = stage.folder().join("key.txt");
    let identity = stage.identities_of(LYON)[0].to_string();
    std::fs::write(&key, identity.expose_secret()).unwrap();
    let mut node = Command::new("node");
    node.args(["--test", "live.mjs"]).current_dir(folder).stdin(Stdio::null());
    node.env("RELAIS_DESK_URL", &stage.base).env("RELAIS_DESK_ASSOCIATION", LYON);
    node.env("RELAIS_DESK_IDENTITY", &key).env("RELAIS_DESK_FINGERPRINT", stage.fingerprint());
    let output = tokio::task::spawn_blocking(move || node.output()).await.unwrap().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stdout));
}
