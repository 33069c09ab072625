//! Every answer of every call, told by a server that puts tokens in its place.

use std::collections::BTreeSet;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use relais::handoff;
use serde_json::{Value, json};

use super::canary::Needles;
use super::seized::{Kept, Said, Seized};
use super::typed::Typed;
use super::work::Work;
use crate::desk::stage::{LYON, PARIS};

/// What every command asks before it does anything, with every member of the answers that means something.
const BEFORE: [(&str, &[&str]); 6] = [
    ("GET /extract", &["head", "signatures", "signers", "threshold"]),
    ("POST /challenges", &["id", "challenge", "signature"]),
    ("POST /sessions", &["token", "device", "expires", "association"]),
    ("GET /directory", &["extract", "associations", "id", "limits"]),
    ("GET /devices", &["devices", "removals"]),
    (
        "GET /handoffs",
        &[
            "cursor",
            "more",
            "tokens",
            "id",
            "handoff",
            "kind",
            "state",
            "respond_by",
            "own",
            "refused_by",
            "delivery",
            "ciphertext",
            "extract",
        ],
    ),
];
/// The members of what acts answer.
const AFTER: [&str; 4] = ["state", "not_before", "id", "left"];
/// What must be right before a return address leaves.
const NEEDED: [&str; 11] = [
    "head",
    "signatures",
    "challenge",
    "signature",
    "token",
    "tokens",
    "handoff",
    "kind",
    "ciphertext",
    "expires",
    "whole",
];

/// A lie about one answer.
#[derive(Clone, Copy, Debug)]
enum Lie {
    /// The token is all of the answer, as JSON.
    Whole,
    /// The same, and no JSON.
    Bare,
    /// It stands where this member should.
    Member(&'static str),
    /// It stands in the place of the challenge, and the server has signed it.
    Signed,
    /// It stands in a refusal of this status.
    Refusal(u16),
}

impl Lie {
    fn tell(self, said: &Said, token: &str, signature: &str) -> Said {
        let file = json!(token);
        match self {
            Self::Whole => Said::json(200, &file),
            Self::Bare => Said { body: token.as_bytes().to_vec(), ..said.clone() },
            Self::Member(name) => {
                let mut body = said.value();
                if !put(&mut body, name, &file) {
                    body[name] = file;
                }
                Said::json(said.status, &body)
            }
            Self::Signed => {
                let mut body = said.value();
                body["challenge"] = file;
                body["signature"] = json!(signature);
                Said::json(200, &body)
            }
            Self::Refusal(status) => {
                let code = if status == 401 { json!("no_session") } else { file.clone() };
                let refusal =
                    json!({ "code": code, "title": file, "by": LYON, "claim": file, "status": status });
                Said::json(status, &refusal)
            }
        }
    }

    /// What it says in place of what a return address waits for.
    fn replaces(self) -> &'static str {
        match self {
            Self::Whole | Self::Bare | Self::Signed | Self::Refusal(_) => "whole",
            Self::Member(name) => name,
        }
    }
}

/// Puts a value in the place of every member of this name.
fn put(body: &mut Value, name: &str, file: &Value) -> bool {
    match body {
        Value::Object(members) => members.iter_mut().fold(false, |done, (key, value)| {
            if key == name {
                *value = file.clone();
                true
            } else {
                put(value, name, file) || done
            }
        }),
        Value::Array(all) => {
            let put: Vec<bool> = all.iter_mut().map(|one| put(one, name, file)).collect();
            put.contains(&true)
        }
        _ => false,
    }
}

/// What came of one round.
struct Heard {
    works: bool,
    /// The return address left.
    address: bool,
}

/// Does one piece of work from the first sign-in on, and listens: nothing that was decrypted is heard, but the return
/// address where somebody writes to the person.
async fn round(seized: &Seized, kept: &Kept, work: Work, when: &str) -> Heard {
    seized.wait();
    let handoff = kept.full.handoff.to_string();
    let entered = seized.enter(LYON).await;
    let done = match entered {
        Ok(desk) => work.perform(desk, &seized.stage, &handoff).await,
        Err(fault) => Err(fault),
    };
    let (heard, calls) = (seized.recorder.heard(), seized.calls());
    let mut needles = kept.needles.clone();
    for identity in &seized.stage.identities_of(LYON)[..1] {
        needles.add("the key", age::secrecy::ExposeSecret::expose_secret(&identity.to_string()).as_bytes());
        for challenge in seized.challenges() {
            let text = handoff::decrypt(&challenge, std::slice::from_ref(identity)).unwrap();
            let secret = STANDARD.decode(text.lines().last().unwrap()).unwrap();
            needles.add("the secret of a challenge", &secret);
        }
    }
    needles.are_not_in(&heard, when);
    let mut address = Needles::default();
    address.add("the return address", kept.full.address.as_bytes());
    let mut rest = heard;
    let writes = Work::Reply.act(&handoff);
    let mut left = false;
    for call in calls.iter().filter(|call| work == Work::Reply && Some(&call.asked) == writes.as_ref()) {
        let body: Value = serde_json::from_slice(&call.body).unwrap();
        assert_eq!(body["return_address"], kept.full.address, "{when}");
        let at = memchr::memmem::find(&rest, kept.full.address.as_bytes()).unwrap();
        rest.drain(at..at + kept.full.address.len());
        left = true;
    }
    // Once, in this one place of this one call.
    address.are_not_in(&rest, when);
    Heard { works: done.is_ok(), address: left }
}

fn lies(members: &'static [&'static str], asked: &str) -> Vec<Lie> {
    let mut lies = vec![Lie::Whole, Lie::Bare, Lie::Refusal(401), Lie::Refusal(403), Lie::Refusal(409)];
    lies.extend(members.iter().map(|name| Lie::Member(name)));
    if asked == "POST /challenges" {
        lies.push(Lie::Signed);
    }
    lies
}

/// Tells a lie in place of every answer to one call from now on.
fn tell(seized: &Seized, asked: &str, lie: Lie, file: &[u8]) {
    let (asked, token, signature) = (asked.to_owned(), STANDARD.encode(file), seized.sign(file));
    seized.twist(move |call, said| if call == asked { lie.tell(&said, &token, &signature) } else { said });
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_puts_tokens_in_place_of_every_answer_hears_a_return_address_on_reply_and_nothing_else()
{
    let seized = Seized::set().await;
    let kept = Kept::fill(&seized).await;
    seized.be_deaf(true);
    // An honest server hears it once, and only as somebody writes.
    for work in Work::ALL {
        let heard = round(&seized, &kept, work, &format!("{work:?}")).await;
        assert_eq!((heard.works, heard.address), (true, work == Work::Reply), "{work:?}");
    }
    let handoff = kept.full.handoff.to_string();
    let mut files = kept.files.iter().map(|(_, file)| file).cycle();
    let mut works = Work::ALL.into_iter().cycle();
    let mut through = BTreeSet::new();
    for (asked, members) in BEFORE {
        for lie in lies(members, asked) {
            // A lie about a list of requests is told with every file there is.
            let times = if lie.replaces() == "ciphertext" { kept.files.len() } else { 1 };
            for _ in 0..times {
                let file = files.next().unwrap();
                tell(&seized, asked, lie, file);
                let when = format!("{lie:?} for {asked}");
                let left = round(&seized, &kept, Work::Reply, &when).await.address;
                // In its own place the request's own file is no lie.
                if left && !(lie.replaces() == "ciphertext" && *file == kept.file("handoff")) {
                    through.insert((asked, lie.replaces()));
                }
                let other = works.next().unwrap();
                round(&seized, &kept, other, &format!("{when} and {other:?}")).await;
            }
        }
    }
    let too_far: Vec<_> = through.iter().filter(|(_, replaced)| NEEDED.contains(replaced)).collect();
    assert!(too_far.is_empty(), "a return address left although these were lies: {too_far:?}");
    for work in Work::ALL {
        let Some(asked) = work.act(&handoff) else { continue };
        for lie in lies(&AFTER, &asked) {
            tell(&seized, &asked, lie, files.next().unwrap());
            round(&seized, &kept, work, &format!("{lie:?} for {asked}")).await;
        }
    }
}

/// The commands of the program, with the request and the colleague's device where they belong.
const COMMANDS: [&[&str]; 13] = [
    &["login"],
    &["list"],
    &["show", "{}"],
    &["accept", "{}"],
    &["decline", "{}", "--reason", "full"],
    &["pass-on", "{}", "--to", PARIS, "--note", "words"],
    &["reply", "{}", "--text", "open"],
    &["note", "{}", "--text", "words"],
    &["close", "{}", "--outcome", "helped"],
    &["pause", "--end"],
    &["logout"],
    &["logout", "--device", "{device}"],
    &["remove-device", "--device", "{device}"],
];

#[tokio::test(flavor = "multi_thread")]
async fn the_program_itself_sends_and_blames_nothing_that_it_has_read() {
    let seized = Seized::set().await;
    let kept = Kept::fill(&seized).await;
    seized.be_deaf(true);
    let [ana, bo] = [0, 1].map(|at| seized.stage.identities_of(LYON)[at].clone());
    let (handoff, device) = (kept.full.handoff.to_string(), bo.to_public().to_string());
    let mut files = kept.files.iter().map(|(_, file)| file).cycle();
    let needles = kept.needles.clone();
    let mut address = Needles::default();
    address.add("the return address", kept.full.address.as_bytes());
    for command in COMMANDS {
        let typed = command.iter().map(|word| word.replace("{}", &handoff).replace("{device}", &device));
        let typed: Vec<String> = typed.collect();
        let typed: Vec<&str> = typed.iter().map(String::as_str).collect();
        let lies = BEFORE.map(|(asked, members)| (Some(asked), Lie::Member(members[0])));
        for (asked, lie) in
            lies.into_iter().chain([(None, Lie::Whole), (Some("GET /handoffs"), Lie::Refusal(409))])
        {
            seized.wait();
            tell(&seized, asked.unwrap_or_default(), lie, files.next().unwrap());
            let program = Typed::at(&seized.base, &seized.stage, LYON, &ana);
            program.write("words", super::canary::NOTE);
            program.write("open", "The door is open");
            let when = format!("{command:?}, {lie:?} for {asked:?}");
            let said = program.types(&typed);
            assert!(said.is_ok() || asked.is_some(), "{when}: {said:?}");
            if let Err(blamed) = said {
                needles.are_not_in(blamed.as_bytes(), &when);
            }
            let heard = seized.recorder.heard();
            needles.are_not_in(&heard, &when);
            let writes =
                command[0] == "reply" && seized.calls().iter().any(|call| call.asked.ends_with("/messages"));
            assert_eq!(address.found_in(&heard).is_some(), writes, "{when}");
            seized.asked();
        }
    }
}
