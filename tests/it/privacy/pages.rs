//! The files of the databases, byte by byte: what was erased is in none of them.

use std::fs;
use std::path::{Path, PathBuf};

use chrono::Days;
use relais::ids::HandoffId;
use relais::store::{Came, Met, NewReply, NewToken, Paper, Store, TokenId, Viewer};
use sqlx::{ConnectOptions as _, Connection as _, Executor as _};

use crate::postgres::Server;
use crate::store::{Ground, first_notice, handoff, now, slug, today, token};

/// Returns the first of these that any file under a folder holds, and the file.
pub fn first_held(folder: &Path, needles: &[Vec<u8>]) -> Option<(String, PathBuf)> {
    for entry in fs::read_dir(folder).into_iter().flatten() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            if let Some(found) = first_held(&path, needles) {
                return Some(found);
            }
            continue;
        }
        // A server may remove a file of its own meanwhile.
        let bytes = fs::read(&path).unwrap_or_default();
        let held = needles.iter().find(|needle| memchr::memmem::find(&bytes, needle).is_some());
        if let Some(needle) = held {
            return Some((String::from_utf8_lossy(needle).into_owned(), path));
        }
    }
    None
}

/// Returns whether any file under a folder holds these bytes.
fn hold(folder: &Path, needle: &[u8]) -> bool {
    first_held(folder, &[needle.to_vec()]).is_some()
}

/// Returns where PostgreSQL keeps the files of a database, inside its own folder.
pub async fn folder_of(ground: &Ground) -> String {
    let mut connection = sqlx::PgConnection::connect(&ground.url).await.unwrap();
    let sql = "SELECT oid::bigint FROM pg_database WHERE datname = current_database()";
    let oid: i64 = sqlx::query_scalar(sql).fetch_one(&mut connection).await.unwrap();
    connection.close().await.unwrap();
    format!("base/{oid}")
}

const CANCELLED: &str = "kVn3-cancelled";
const SWEPT: &str = "kVn3-swept-off";
const OPENED: &str = "kVn3-opened-up";
const UNDELIVERED: &str = "kVn3-unreached";
const NOTE: &str = "kVn3-note-of-it";
const REMAINING: &str = "kVn3-remaining";
const ERASED: [&str; 5] = [CANCELLED, SWEPT, OPENED, UNDELIVERED, NOTE];

/// Like ciphertext, which nothing can compress, and long enough to lie on pages of its own; marked all over.
fn content(mark: &str) -> Vec<u8> {
    let mut random = 0x9E37_79B9_7F4A_7C15_u64;
    let mut content = Vec::new();
    for _ in 0..20 {
        content.extend(mark.as_bytes());
        for _ in 0..48 {
            random ^= random << 13;
            random ^= random >> 7;
            random ^= random << 17;
            content.extend(random.to_le_bytes());
        }
    }
    content
}

fn marked(number: u8, mark: &str) -> NewToken {
    NewToken { ciphertext: content(mark), ..token(number) }
}

fn lyon() -> Viewer {
    Viewer { association: slug("relais-lyon"), team: false }
}

async fn reply(store: &Store, id: HandoffId, number: u8, mark: &str) {
    let copy = Paper { id: TokenId::new([number; 16]), ciphertext: b"copy".to_vec() };
    let reply = NewReply { copy, sealed: content(mark), address_no: 0, not_before: now() };
    assert!(matches!(store.reply(lyon(), id, reply, now()).await.unwrap(), Met::Done(_)));
}

/// Fills the tables with everything that is erased in a different way.
async fn fill(store: &Store) {
    for number in 10..40 {
        store.save(token(number), first_notice()).await.unwrap();
    }
    store.save(marked(1, CANCELLED), first_notice()).await.unwrap();
    store.save(NewToken { expires_on: today(), ..marked(2, SWEPT) }, first_notice()).await.unwrap();
    store.save(marked(3, REMAINING), first_notice()).await.unwrap();
    let claim = Paper { id: TokenId::new([100; 16]), ciphertext: b"a claim".to_vec() };
    let claim = relais::store::Act::Accept { claim };
    store.perform(lyon(), handoff(3), claim, None, now()).await.unwrap();
    reply(store, handoff(3), 101, OPENED).await;
    reply(store, handoff(3), 102, UNDELIVERED).await;
    let note = Paper { id: TokenId::new([103; 16]), ciphertext: content(NOTE) };
    let act = relais::store::Act::Note { note };
    store.perform(lyon(), handoff(1), act, None, now()).await.unwrap();
}

/// Erases it: taken back, opened, settled, swept.
async fn erase(store: &Store) {
    store.withdraw(handoff(1), Vec::new(), now()).await.unwrap();
    store.message_opened(TokenId::new([101; 16])).await.unwrap();
    store.message_settled(TokenId::new([102; 16]), Came::Nowhere).await.unwrap();
    assert!(store.sweep(now() + Days::new(1)).await.unwrap().wiped);
}

#[tokio::test]
async fn what_was_erased_is_in_no_page_of_sqlite() {
    let folder = tempfile::tempdir().unwrap();
    let store = Ground::sqlite(folder.path()).store().await;
    fill(&store).await;
    for mark in ERASED {
        assert!(hold(folder.path(), mark.as_bytes()), "this test does not see {mark}");
    }
    store.withdraw(handoff(1), Vec::new(), now()).await.unwrap();
    assert!(!hold(folder.path(), CANCELLED.as_bytes()) && !hold(folder.path(), NOTE.as_bytes()));
    store.message_opened(TokenId::new([101; 16])).await.unwrap();
    assert!(!hold(folder.path(), OPENED.as_bytes()));
    erase(&store).await;
    for mark in ERASED {
        assert!(!hold(folder.path(), mark.as_bytes()), "{mark}");
    }
    assert!(hold(folder.path(), REMAINING.as_bytes()));
    store.close().await;
    assert!(!ERASED.iter().any(|mark| hold(folder.path(), mark.as_bytes())));
}

/// A reader holds the log back, so that it still has the old pages; then the machine loses its power. The next
/// start wipes them before anybody asks.
#[tokio::test]
async fn a_crash_before_the_log_was_emptied_is_made_good_at_the_next_start() {
    let (folder, after) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let ground = Ground::sqlite(folder.path());
    let store = ground.store().await;
    fill(&store).await;
    let options: sqlx::sqlite::SqliteConnectOptions = ground.url.parse().unwrap();
    let mut reader = options.connect().await.unwrap();
    reader.execute("BEGIN").await.unwrap();
    reader.execute("SELECT count(*) FROM tokens").await.unwrap();
    store.withdraw(handoff(1), Vec::new(), now()).await.unwrap();
    assert!(!store.sweep(now() + Days::new(1)).await.unwrap().wiped, "it says so");
    for file in ["relais.db", "relais.db-wal", "relais.db-shm"] {
        fs::copy(folder.path().join(file), after.path().join(file)).unwrap();
    }
    assert!(hold(after.path(), CANCELLED.as_bytes()), "this test sees nothing");
    let restarted = Ground::sqlite(after.path()).store().await;
    for mark in [CANCELLED, SWEPT, NOTE] {
        assert!(!hold(after.path(), mark.as_bytes()), "{mark}");
    }
    assert!(hold(after.path(), REMAINING.as_bytes()));
    restarted.close().await;
    // The first, meanwhile, wipes them with its next work after the reader has gone.
    reader.close().await.unwrap();
    store.ready().await.unwrap();
    assert!(!hold(folder.path(), CANCELLED.as_bytes()));
}

#[tokio::test]
async fn what_was_erased_is_in_no_table_of_postgresql() {
    let Some(server) = Server::start("the files of PostgreSQL") else { return };
    let Some(files) = server.files() else { return };
    let ground = server.database("pages").await;
    let store = ground.store().await;
    let tables = files.join(folder_of(&ground).await);
    fill(&store).await;
    ground.by_hand("CHECKPOINT").await.unwrap();
    for mark in ERASED {
        assert!(hold(&tables, mark.as_bytes()), "this test does not see {mark}");
    }
    erase(&store).await;
    ground.by_hand("CHECKPOINT").await.unwrap();
    for mark in ERASED {
        assert!(!hold(&tables, mark.as_bytes()), "{mark}");
    }
    assert!(hold(&tables, REMAINING.as_bytes()));
    store.close().await;
}
