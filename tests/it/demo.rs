//! `relais demo`: it works with nothing set up, shows what is true, and leaves nothing behind.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::time::Duration;

use relais::clock::Clock;
use relais::demo::{self, DemoFault};
use serde_json::{Value, json};
use tokio::net::TcpListener;
use tokio::sync::{oneshot, watch};
use tokio::task::{JoinHandle, LocalSet, spawn_local};

/// A visitor of the page.
struct Visitor {
    http: reqwest::Client,
    address: SocketAddr,
    stop: watch::Sender<bool>,
    demo: JoinHandle<Result<(), DemoFault>>,
    chat: i64,
}

impl Visitor {
    async fn new() -> Self {
        let (stop, stopping) = watch::channel(false);
        let (ready, address) = oneshot::channel();
        let ready = move |address| ready.send(address).unwrap();
        let demo = spawn_local(demo::run(0, Clock::system(), ready, stopping));
        let address = address.await.expect("the demo gets ready");
        let mut visitor = Self { http: reqwest::Client::new(), address, stop, demo, chat: 0 };
        let opened = visitor.post("chats", json!({ "language": "fr" })).await;
        visitor.chat = opened.json::<Value>().await.unwrap()["chat"].as_i64().unwrap();
        visitor
    }

    fn url(&self, path: &str) -> String {
        format!("http://{}/{path}", self.address)
    }

    async fn post(&self, path: &str, body: Value) -> reqwest::Response {
        self.http.post(self.url(path)).json(&body).send().await.unwrap()
    }

    async fn acts(&self, what: Value) {
        assert_eq!(self.post(&format!("chats/{}", self.chat), what).await.status(), 204);
    }

    /// Reads what the page shows until it shows what is asked for.
    async fn until<T>(&self, mut look: impl FnMut(&Value) -> Option<T>) -> T {
        let mut live = self.http.get(self.url(&format!("live/{}", self.chat))).send().await.unwrap();
        let mut text = String::new();
        let seeing = async {
            loop {
                text.push_str(&String::from_utf8_lossy(&live.chunk().await.unwrap().expect("it goes on")));
                while let Some((event, rest)) = text.clone().split_once("\n\n") {
                    rest.clone_into(&mut text);
                    let Some(seen) = event.strip_prefix("data: ") else { continue };
                    if let Some(found) = look(&serde_json::from_str(seen).unwrap()) {
                        return found;
                    }
                }
            }
        };
        tokio::time::timeout(Duration::from_secs(20), seeing).await.expect("the page shows it")
    }

    /// Taps the button with these words.
    async fn taps(&self, words: &str) {
        let (message, data) = self
            .until(|seen| {
                let message = seen["messages"].as_array()?.last()?.clone();
                let rows = message["buttons"].as_array()?.clone();
                let mut buttons = rows.iter().flat_map(|row| row.as_array().unwrap());
                let button = buttons.find(|button| button["text"].as_str().unwrap().contains(words))?;
                Some((message["id"].clone(), button["data"].clone()))
            })
            .await;
        self.acts(json!({ "does": "tap", "message": message, "data": data })).await;
    }
}

fn folders() -> Vec<PathBuf> {
    let all = std::fs::read_dir(std::env::temp_dir()).unwrap().map(|entry| entry.unwrap().path());
    all.filter(|path| path.file_name().is_some_and(|name| name.to_string_lossy().starts_with("relais-demo-")))
        .collect()
}

#[tokio::test]
async fn a_visitor_sees_the_phone_the_association_and_the_server() {
    LocalSet::new().run_until(visit()).await;
}

/// The same association gets in at the real desk: the page says where, as whom, and with which key.
async fn the_desk_lets_in(visitor: &Visitor, group: &Value) {
    let desk = visitor
        .until(|seen| seen["groups"].as_array()?.iter().find(|one| one["chat"] == *group).cloned())
        .await["desk"]
        .clone();
    let desk_page = visitor.http.get(desk["url"].as_str().unwrap()).send().await.unwrap();
    assert_eq!(desk_page.status(), 200, "{desk}");
    let key = visitor.http.get(visitor.url(&format!("groups/{group}/key"))).send().await.unwrap();
    let key = key.text().await.unwrap();
    assert!(
        key.contains(desk["association"].as_str().unwrap()) && key.contains("\nAGE-SECRET-KEY-"),
        "a key file"
    );
    let nobody = visitor.http.get(visitor.url("groups/7/key")).send().await.unwrap();
    assert_eq!(nobody.status(), 404);
}

async fn visit() {
    let before = folders();
    let visitor = Visitor::new().await;
    let page = visitor.http.get(visitor.url("")).send().await.unwrap();
    let policy = page.headers()["content-security-policy"].to_str().unwrap().to_owned();
    assert!(policy.starts_with("default-src 'none'; ") && !policy.contains("unsafe"), "{policy}");
    for file in page.text().await.unwrap().split('"').filter(|text| text.starts_with("/page/")) {
        assert_eq!(visitor.http.get(visitor.url(&file[1..])).send().await.unwrap().status(), 200, "{file}");
    }
    let elsewhere = visitor.http.get(visitor.url("")).header("host", "other.example").send().await.unwrap();
    assert_eq!(elsewhere.status(), 403, "another site cannot reach the page under its own name");

    visitor.acts(json!({ "does": "say", "text": "/start" })).await;
    for words in
        ["français", "besoin d'aide", "D'accord", "Femme", "Travail sans", "dormir", "Lyon", "toujours"]
    {
        visitor.taps(words).await;
    }
    let (group, notice, rows) = visitor
        .until(|seen| {
            let groups = seen["groups"].as_array()?;
            let group = groups
                .iter()
                .find(|group| group["messages"].as_array().is_some_and(|all| !all.is_empty()))?;
            Some((group["chat"].clone(), group["messages"][0].clone(), seen["rows"].clone()))
        })
        .await;
    let file = notice["attachment"]["file"].as_str().unwrap();
    let open = visitor.post(&format!("documents/{file}/open?group={group}&language=fr"), json!({})).await;
    let opened: Value = open.json().await.unwrap();
    let lines = opened["lines"].to_string();
    assert!(lines.contains("Femme") && lines.contains("Travail sans liberté"), "{opened}");
    let stranger = visitor.post(&format!("documents/{file}/open?group=7&language=fr"), json!({})).await;
    assert_eq!(stranger.status(), 422, "no other key opens it");

    the_desk_lets_in(&visitor, &group).await;

    // What the page says of the server is true of its row.
    let row = rows[0].to_string();
    let said = ["Femme", "woman", "labour", "Lyon", "\"fr\"", &visitor.chat.to_string()];
    assert!(said.iter().all(|word| !row.contains(word)), "{row}");
    assert!(rows[0]["size"].as_u64().unwrap() > 2_000);
    assert!(rows[0]["ciphertext"].as_str().unwrap().starts_with("6167652d656e6372797074696f6e"));

    visitor.stop.send_replace(true);
    visitor.demo.await.unwrap().expect("it ends well");
    assert_eq!(folders(), before, "nothing is left behind");
}

#[tokio::test]
async fn a_port_in_use_is_told_with_another_to_try() {
    let taken = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = taken.local_addr().unwrap().port();
    let (_stop, stopping) = watch::channel(false);
    let ready = |_| panic!("it cannot get ready");
    let fault = demo::run(port, Clock::system(), ready, stopping).await.unwrap_err();
    let says = fault.to_string();
    assert!(says.contains(&port.to_string()) && says.contains("--port"), "{says}");
}
