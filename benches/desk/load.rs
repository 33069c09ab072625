//! The volunteers: sign in, read everything once, then ask each second or wait for the bell.

use std::io::{BufRead as _, BufReader, Write as _};
use std::process::{Command, Stdio};
use std::str::FromStr as _;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, AtomicU64, Ordering};
use std::time::{Duration, Instant};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use futures::future::join_all;
use relais::desk::protocol::{Challenge, signer};
use relais::device::{DeviceKey, Statement};
use serde::Deserialize;
use serde::de::IgnoredAny;
use serde_json::{Value, json};
use sqlx::{Connection as _, Executor as _};

use crate::server::{Ready, TakenIn};
use crate::sums::{Times, Used};
use crate::{INTAKES_PER_SECOND, LISTENERS, Outcome, SECONDS, SERVE, STORED, VOLUNTEERS};

/// What all volunteers share.
struct Desk {
    http: reqwest::Client,
    base: String,
    bytes: AtomicU64,
    errors: AtomicU32,
}

/// One volunteer.
struct Volunteer {
    desk: Arc<Desk>,
    token: String,
    since: String,
    asks: Times,
    rings: u32,
}

#[derive(Deserialize)]
struct Page {
    cursor: String,
    more: bool,
    tokens: Vec<IgnoredAny>,
}

pub(super) async fn run() -> Outcome<()> {
    let folder = tempfile::tempdir()?;
    let (url, kept_in) = match postgres() {
        Some(server) => (empty_database(&server).await?, "PostgreSQL"),
        None => (format!("sqlite:{}", folder.path().join("relais.db").display()), "SQLite"),
    };
    println!(
        "{VOLUNTEERS} volunteers ({LISTENERS} of them wait for the bell), {STORED} requests in {kept_in},"
    );
    println!("then {INTAKES_PER_SECOND} more each second for {SECONDS} s\n");
    let mut service = Command::new(std::env::current_exe()?)
        .args([SERVE, &url])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()?;
    let process = service.id();
    // It ends with its input, also where this program fails.
    let mut said = BufReader::new(service.stdout.take().ok_or("it speaks")?).lines();
    let mut orders = service.stdin.take().ok_or("it listens")?;
    let ready: Ready = serde_json::from_str(&said.next().ok_or("the service did not start")??)?;
    let desk = Arc::new(Desk {
        http: reqwest::Client::builder().timeout(Duration::from_mins(1)).build()?,
        base: format!("http://{}/api/v1", ready.address),
        bytes: AtomicU64::new(0),
        errors: AtomicU32::new(0),
    });
    let (volunteers, first) = sign_in(&desk, &ready, process).await?;
    let volunteers = read_everything(&desk, volunteers, process, first).await?;
    orders.write_all(b"go\n")?;
    work(&desk, volunteers, process).await?;
    let taken: TakenIn = serde_json::from_str(&said.next().ok_or("the service went away")??)?;
    println!("{}", taken.seals.line("seal a request"));
    println!("{}", taken.saves.line("seal and save it"));
    println!("{:24} {:7}", "errors", desk.errors.load(Ordering::Relaxed) + taken.faults);
    drop(orders);
    service.wait()?;
    Ok(())
}

async fn sign_in(desk: &Arc<Desk>, ready: &Ready, process: u32) -> Outcome<(Vec<Volunteer>, Used)> {
    let before = Used::of(process)?;
    println!("{:24} {:.0} MiB", "the service, filled", before.resident_mib);
    let (mut volunteers, mut times) = (Vec::new(), Times::default());
    for (number, (association, identities)) in ready.identities.iter().cycle().take(VOLUNTEERS).enumerate() {
        let begun = Instant::now();
        // Each has an address of their own, as behind a proxy.
        let address = format!("10.0.{}.{}", number / 250, number % 250);
        let ask = |path: &str, body: Value| {
            desk.http
                .post(format!("{}/{path}", desk.base))
                .header("x-forwarded-for", &address)
                .json(&body)
                .send()
        };
        let wish = json!({ "association": association, "origin": format!("http://{}", ready.address) });
        let asked: Value = ask("challenges", wish).await?.json().await?;
        let identity = age::x25519::Identity::from_str(identities.first().ok_or("an identity")?)?;
        let answer =
            answer(ready, association.as_str(), &identity, &asked).ok_or("a challenge of this desk")?;
        let opened: Value = ask("sessions", answer).await?.json().await?;
        times.add(begun.elapsed());
        let token = opened.get("token").and_then(Value::as_str).ok_or("a session")?.to_owned();
        let desk = desk.clone();
        volunteers.push(Volunteer { desk, token, since: "0".into(), asks: Times::default(), rings: 0 });
    }
    println!("{}", times.line("sign in"));
    Ok((volunteers, before))
}

/// Answers a challenge as a device does.
fn answer(
    ready: &Ready,
    association: &str,
    identity: &age::x25519::Identity,
    asked: &Value,
) -> Option<Value> {
    let text = |name: &str| asked.get(name).and_then(Value::as_str);
    let (id, file) = (text("id")?, STANDARD.decode(text("challenge")?).ok()?);
    let (server_key, origin) =
        (signer(&ready.server_keys, &file, text("signature")?)?, format!("http://{}", ready.address));
    let challenge = Challenge { server_key, origin: &origin, association, id };
    let plaintext = String::from_utf8(age::decrypt(identity, &file).ok()?).ok()?;
    let proof = STANDARD.encode(challenge.proof(&*challenge.secret_in(&plaintext)?));
    let key = DeviceKey::of(identity);
    let device = key.recipient().to_string();
    let signature =
        key.sign(&Statement::Session { origin: &origin, association, id, server_key, device: &device });
    Some(json!({ "id": id, "proof": proof, "device": device, "signature": signature }))
}

/// Everyone opens their desk at once: the worst moment of a morning.
async fn read_everything(
    desk: &Desk,
    volunteers: Vec<Volunteer>,
    process: u32,
    before: Used,
) -> Outcome<Vec<Volunteer>> {
    let begun = Instant::now();
    let reading = volunteers.into_iter().map(|mut volunteer| {
        tokio::spawn(async move {
            let mut found = 0;
            while let Some(page) = volunteer.ask().await {
                found += page.tokens.len();
                if !page.more {
                    break;
                }
            }
            (volunteer, found)
        })
    });
    let (mut volunteers, mut times, mut found) = (Vec::new(), Times::default(), 0);
    for read in join_all(reading).await {
        let (mut volunteer, tokens) = read?;
        times.join(std::mem::take(&mut volunteer.asks));
        found += tokens;
        volunteers.push(volunteer);
    }
    #[expect(clippy::cast_precision_loss, reason = "a figure to read")]
    let mib = desk.bytes.swap(0, Ordering::Relaxed) as f64 / 1024.0 / 1024.0;
    let seconds = begun.elapsed().as_secs_f64();
    println!("{:24} {found:7} tokens in {seconds:.1} s, {mib:.0} MiB", "everyone reads all");
    println!("{}", times.line("a page of it"));
    println!("{}\n", Used::of(process)?.line(before));
    Ok(volunteers)
}

async fn work(desk: &Desk, volunteers: Vec<Volunteer>, process: u32) -> Outcome<()> {
    let before = Used::of(process)?;
    let end = tokio::time::Instant::now() + Duration::from_secs(SECONDS.into());
    let working = volunteers.into_iter().enumerate().map(|(number, volunteer)| {
        let late = Duration::from_millis(u64::try_from(number * 1_000 / VOLUNTEERS).unwrap_or_default());
        tokio::spawn(async move {
            tokio::time::sleep(late).await;
            let work = async {
                if number < LISTENERS { volunteer.listen(end).await } else { volunteer.poll(end).await }
            };
            work.await
        })
    });
    let (mut polls, mut fetches, mut rings) = (Times::default(), Times::default(), 0);
    for (number, done) in join_all(working).await.into_iter().enumerate() {
        let volunteer = done?;
        rings += volunteer.rings;
        if number < LISTENERS { fetches.join(volunteer.asks) } else { polls.join(volunteer.asks) }
    }
    println!("{}", polls.line("ask each second"));
    println!("{}", fetches.line("fetch at the bell"));
    #[expect(clippy::cast_precision_loss, reason = "a figure to read")]
    let mib = desk.bytes.load(Ordering::Relaxed) as f64 / 1024.0 / 1024.0;
    println!("{:24} {rings:7} times, {mib:.0} MiB fetched", "the bell rang");
    println!("{}", Used::of(process)?.line(before));
    Ok(())
}

impl Volunteer {
    /// Asks for what is new, and goes on from there next time.
    async fn ask(&mut self) -> Option<Page> {
        let begun = Instant::now();
        let url = format!("{}/handoffs?since={}", self.desk.base, self.since);
        let answer = self.desk.http.get(url).bearer_auth(&self.token).send().await;
        let answer = answer.and_then(reqwest::Response::error_for_status);
        let body = match answer {
            Ok(answer) => answer.bytes().await.ok(),
            Err(_) => None,
        };
        let page = body.and_then(|body| {
            self.asks.add(begun.elapsed());
            self.desk.bytes.fetch_add(u64::try_from(body.len()).ok()?, Ordering::Relaxed);
            serde_json::from_slice::<Page>(&body).ok()
        });
        match &page {
            Some(page) => self.since.clone_from(&page.cursor),
            None => _ = self.desk.errors.fetch_add(1, Ordering::Relaxed),
        }
        page
    }

    async fn poll(mut self, end: tokio::time::Instant) -> Self {
        let mut turn = tokio::time::interval(Duration::from_secs(1));
        while tokio::time::Instant::now() < end {
            turn.tick().await;
            self.ask().await;
        }
        self
    }

    async fn listen(mut self, end: tokio::time::Instant) -> Self {
        let url = format!("{}/events?since={}", self.desk.base, self.since);
        let call = self.desk.http.get(url).timeout(Duration::from_mins(10)).bearer_auth(&self.token);
        let Ok(mut stream) = call.send().await.and_then(reqwest::Response::error_for_status) else {
            self.desk.errors.fetch_add(1, Ordering::Relaxed);
            return self;
        };
        while let Ok(heard) = tokio::time::timeout_at(end, stream.chunk()).await {
            match heard {
                Ok(Some(chunk)) if chunk.starts_with(b"event: changed") => {
                    self.rings += 1;
                    self.ask().await;
                }
                Ok(Some(_)) => {}
                Ok(None) | Err(_) => {
                    self.desk.errors.fetch_add(1, Ordering::Relaxed);
                    break;
                }
            }
        }
        self
    }
}

#[expect(clippy::disallowed_methods, reason = "as in the tests, the environment says where a server is")]
fn postgres() -> Option<String> {
    std::env::var("RELAIS_TEST_POSTGRES").ok()
}

async fn empty_database(server: &str) -> Outcome<String> {
    let name = format!("desk_load_{}", std::process::id());
    let mut connection = sqlx::PgConnection::connect(server).await?;
    let sql = sqlx::AssertSqlSafe(format!("CREATE DATABASE {name}"));
    connection.execute(sqlx::raw_sql(sql)).await?;
    let mut url = url::Url::parse(server)?;
    url.set_path(&name);
    Ok(url.to_string())
}
