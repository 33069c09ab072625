//! What a person said, and who they are, shows nowhere: not in `Debug`, not in logs, not in files.

mod canary;
mod flows;
#[cfg(target_os = "linux")]
mod memory;
mod pages;
mod program;
mod retention;
mod shown;

use std::fmt::Debug;
use std::fs;
use std::path::Path;

use relais::clock::Minute;
use relais::conversation::{
    Answers, Choice, Conversation, Effect, Event, Intake, Outcome, Sent, Stage, step,
};
use relais::handoff::{self, ReturnAddress};
use relais::ids::{ChatId, Code, Nonce};
use relais::locale::Locale;
use relais::record::{Record, Request};
use relais::store::{NewToken, Store, StoreError};
use relais::telegram::{Bot, BotSettings, CallFault};
use relais::terms::{Area, Contact, Need, Place, Situation, Who, Zone};
use secrecy::SecretString;

use crate::need;
use crate::sealing::{key_file, ring};
use crate::store::{first_notice, now, token};
use crate::walk::{Walk, noon};

/// A chat, a nonce and a token that stand nowhere else.
const CHAT: ChatId = ChatId(7_311_553_901);
const NONCE: u64 = 0x00C0_FFEE_D00D;
const BOT_TOKEN: &str = "731155:CANARYTOKENxyz";

/// What must not be found: the digits of the chat and the nonce, the secrets, and what was answered.
fn canaries() -> Vec<Vec<u8>> {
    let keys = ring();
    let code = keys.code(CHAT, Nonce::new(NONCE));
    let mut canaries: Vec<Vec<u8>> = [
        CHAT.0.to_string(),
        NONCE.to_string(),
        code.digits(),
        code.grouped(),
        BOT_TOKEN.to_owned(),
        // The secret of the key file in base64, and its first bytes as `Debug` would print an array.
        "AQEBAQEBAQEB".to_owned(),
        "[1, 1, 1, 1".to_owned(),
    ]
    .map(String::into_bytes)
    .into();
    canaries.extend([CHAT.0.to_be_bytes().to_vec(), CHAT.0.to_le_bytes().to_vec()]);
    canaries
}

/// Words that only an answer can bring into a file or a log of these tests.
const ANSWERS: [&str; 6] = ["domestic", "languedoc", "Languedoc", "Montpellier", "afternoon", "Domestic"];

fn finds(haystack: &[u8]) -> Option<String> {
    let words = ANSWERS.iter().map(|word| word.as_bytes().to_vec());
    let mut all = canaries().into_iter().chain(words);
    all.find(|needle| haystack.windows(needle.len()).any(|window| window == *needle))
        .map(|needle| String::from_utf8_lossy(&needle).into_owned())
}

fn conversation() -> Conversation {
    let mut walk = Walk::new(Locale::FRENCH);
    walk.conversation.nonce = Nonce::new(NONCE);
    for choice in
        [Choice::NeedHelp, Choice::Agree, Choice::Who(Who::Family), Choice::Situation(Situation::Domestic)]
    {
        walk.tap(choice);
    }
    walk.tap(Choice::Need(Need::Medical));
    walk.tap(Choice::Area(Area::Languedoc));
    walk.conversation
}

fn request() -> Request {
    let sent = step(conversation(), Event::Tap(Choice::Send(Contact::Afternoon)), noon());
    match sent.effects.into_iter().next() {
        Some(Effect::HandOff(request)) => *request,
        other => panic!("{other:?}"),
    }
}

fn address() -> ReturnAddress {
    ReturnAddress {
        chat: CHAT,
        locale: Locale::FRENCH,
        sent: Sent {
            code: ring().code(CHAT, Nonce::new(NONCE)),
            minor: false,
            danger: true,
            other: false,
            elsewhere: false,
            consent: None,
            contact: Contact::Afternoon,
            zone: Zone::Mainland,
        },
        number: 0,
        expires: Minute::of(noon()),
    }
}

fn record() -> Record {
    let keys = ring();
    let id = keys.handoff(keys.code(CHAT, Nonce::new(NONCE)));
    let reasons = vec!["serves:domestic".to_owned()];
    let address = address().seal(&keys, id);
    Record::of_request(
        &request(),
        relais::record::Meta {
            handoff: id,
            received: noon(),
            sign: handoff::sign(id),
            return_address: Some(address),
        },
        reasons,
    )
}

fn sealed() -> (Vec<u8>, age::x25519::Identity) {
    let reader = age::x25519::Identity::generate();
    let token = handoff::seal(&record(), &[reader.to_public()], ring().signing()).unwrap();
    (token.into_bytes(), reader)
}

fn silent(value: &dyn Debug) {
    for printed in [format!("{value:?}"), format!("{value:#?}")] {
        assert_eq!(finds(printed.as_bytes()), None, "{printed}");
    }
}

#[test]
fn debug_shows_neither_a_person_nor_what_they_said_nor_a_key() {
    let conversation = conversation();
    let Stage::Asking(Intake { answers, .. }, _) = conversation.stage else { panic!("{conversation:?}") };
    let answers: Answers = answers;
    assert!(answers.place == Place::Area(Area::Languedoc));
    let keys = ring();
    let code: Code = keys.code(CHAT, Nonce::new(NONCE));
    let (sealed, reader) = sealed();
    let token = handoff::seal(&record(), &[reader.to_public()], keys.signing()).unwrap();
    let opened = handoff::open(&sealed, &[reader], None).unwrap();
    let kept = NewToken { ciphertext: b"domestic".to_vec(), ..crate::store::token(1) };
    let settings =
        BotSettings { token: SecretString::from(BOT_TOKEN), api_url: "http://127.0.0.1:1".parse().unwrap() };
    let bot = Bot::new(&settings).unwrap();
    let step = step(conversation, Event::Tap(Choice::Send(Contact::Afternoon)), noon());
    let event = Event::Tap(Choice::Situation(Situation::Domestic));
    let facts = crate::walk::facts();
    let screen = crate::walk::screen_of(&conversation, None, &facts);
    let sent = Outcome::HandedOff { code, contact: Contact::Afternoon };
    let message = relais::message::Message::situation(Situation::Domestic);
    let shown: [&dyn Debug; 23] = [
        &event,
        &Choice::Area(Area::Languedoc),
        &sent,
        &screen,
        &screen.body,
        &message,
        &facts,
        &CHAT,
        &conversation.nonce,
        &code,
        &conversation,
        &answers,
        &conversation.stage,
        &step,
        &request(),
        &address(),
        &record(),
        &token,
        &opened,
        &keys,
        &kept,
        &settings,
        &bot,
    ];
    shown.into_iter().for_each(silent);
    silent(&keys.open(&keys.seal(&conversation, Choice::Leave, CHAT, noon()), CHAT, noon()));
    silent(&CallFault::Migrated(CHAT));
    assert_eq!(finds(CHAT.0.to_string().as_bytes()), Some(CHAT.0.to_string()), "this test sees nothing");
}

#[test]
fn logs_and_files_hold_neither_a_person_nor_what_they_said() {
    let folder = tempfile::tempdir().unwrap();
    let printed = need::alone("privacy::everything_logged_in_a_program_of_its_own", folder.path(), &[]);
    assert!(printed.contains("this log works"), "nothing was logged: {printed}");
    assert_eq!(finds(printed.as_bytes()), None, "{printed}");
    let mut files = 0;
    for entry in fs::read_dir(folder.path()).unwrap() {
        let path = entry.unwrap().path();
        let bytes = fs::read(&path).unwrap();
        files += 1;
        assert_eq!(finds(&bytes), None, "{}", path.display());
    }
    assert!(files > 0);
}

/// Does its work only where [`need::alone`] has started it: logs everything that every library says.
#[test]
fn everything_logged_in_a_program_of_its_own() {
    let Some(folder) = need::folder_of_a_lone_test() else { return };
    let log = tracing_subscriber::fmt().with_max_level(tracing::Level::TRACE).with_writer(std::io::stderr);
    log.with_span_events(tracing_subscriber::fmt::format::FmtSpan::FULL).init();
    tracing::trace!("this log works");
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().worker_threads(2).build().unwrap();
    runtime.block_on(live_through(&folder));
}

/// Everything that can happen to a request without Telegram, and faults on the way.
async fn live_through(folder: &Path) {
    let keys = ring();
    let conversation = conversation();
    let button = keys.seal(&conversation, Choice::Send(Contact::Afternoon), CHAT, noon());
    assert!(keys.open(&button, CHAT, noon()).is_ok());
    keys.open(&button, ChatId(1), noon()).unwrap_err();
    let url = SecretString::from(format!("sqlite:{}", folder.join("relais.db").display()));
    let store = Store::connect(&url).await.unwrap();
    let id = keys.handoff(keys.code(CHAT, Nonce::new(NONCE)));
    let (ciphertext, reader) = sealed();
    let kept = NewToken { handoff: id, ciphertext: ciphertext.clone(), ..token(1) };
    store.save(kept.clone(), first_notice()).await.unwrap();
    store.save(kept.clone(), first_notice()).await.unwrap();
    for due in crate::store::claim(&store, now()).await {
        tracing::debug!(?due, "a notice");
        store.notice_sent(due.id, 7).await.unwrap();
    }
    assert!(handoff::open(&ciphertext, &[reader], Some("another")).is_err());
    let refused: Result<_, StoreError> = store.handoff(id).await;
    tracing::debug!(?refused, "a handoff");
    store.withdraw(id, Vec::new(), now()).await.unwrap();
    store.sweep(now()).await.unwrap();
    store
        .save(NewToken { handoff: keys.handoff(Code::reduce(5)), ..token(2) }, first_notice())
        .await
        .unwrap();

    let settings =
        BotSettings { token: SecretString::from(BOT_TOKEN), api_url: "http://127.0.0.1:1".parse().unwrap() };
    let fault = relais::telegram::who_am_i(&Bot::new(&settings).unwrap()).await.unwrap_err();
    tracing::error!(%fault, ?fault, "nobody listens there");
    let odd = relais::sealing::KeyRing::parse(&key_file(&[(1, "2026-11-01", 1), (1, "2026-11-02", 1)]))
        .unwrap_err();
    tracing::error!(%odd, ?odd, "a key file");
}

/// Returns the arguments of every logging macro in a source text.
fn logged(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    for (at, _) in text.match_indices("tracing::") {
        let rest = &text[at..];
        let Some((name, arguments)) = rest.split_once("!(") else { continue };
        if name.len() > 20 || name.contains(char::is_whitespace) {
            continue;
        }
        let (mut depth, mut end) = (1, arguments.len());
        for (at, c) in arguments.char_indices() {
            depth += i32::from(c == '(') - i32::from(c == ')');
            if depth == 0 {
                end = at;
                break;
            }
        }
        found.push(arguments[..end].to_owned());
    }
    found
}

#[test]
fn logs_take_no_debug_of_anything() {
    fn collect(folder: &Path, found: &mut Vec<String>) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                collect(&path, found);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let texts = logged(&fs::read_to_string(&path).unwrap());
                found.extend(texts.into_iter().map(|text| format!("{}: {text}", path.display())));
            }
        }
    }
    let debugs = |arguments: &str| {
        let outside: String = arguments.split('"').step_by(2).collect();
        let said: String = arguments.split('"').skip(1).step_by(2).collect();
        outside.contains('?') || said.contains(":?}")
    };
    assert!(debugs(&logged("tracing::warn!(?request, \"x\")")[0]));
    assert!(debugs(&logged("tracing::warn!(\"x {request:?}\")")[0]));
    assert!(!debugs(&logged("tracing::warn!(%fault, \"why?\")")[0]));
    let mut found = Vec::new();
    collect(&need::project("src"), &mut found);
    assert!(found.len() > 15, "this test sees nothing");
    let wrong: Vec<&String> = found.iter().filter(|arguments| debugs(arguments)).collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}
