//! The store when something is wrong, and what its files hold.

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;

use chrono::{Days, TimeDelta};
use relais::store::{Examined, MigrationFault, NewToken, NoticeWay, Saved, StoreError, TokenState};
use sqlx::ConnectOptions as _;
use sqlx::migrate::Migrator;

use crate::need;
use crate::postgres::Server;
use crate::store::{Ground, first_notice, handoff, now, slug, today, token};

/// Runs one check on SQLite and, where it is there, on PostgreSQL.
async fn on_both<F: AsyncFn(Ground)>(name: &str, check: F) {
    let folder = tempfile::tempdir().unwrap();
    check(Ground::sqlite(folder.path())).await;
    if let Some(server) = Server::start(name) {
        check(server.database(name).await).await;
    }
}

#[tokio::test]
async fn a_row_that_no_state_allows_is_an_error() {
    on_both("corrupt", async |ground| {
        let store = ground.store().await;
        let rows = [
            ("association", "association = 'NOT A SLUG'"),
            ("received_hour", "received_hour = 9000000000000000000"),
            ("respond_by", "respond_by = 9000000000000000000"),
            ("expires_on", "expires_on = 9000000000000"),
        ];
        for (number, (column, change)) in rows.into_iter().enumerate() {
            let number = u8::try_from(number).unwrap();
            store.save(token(number), first_notice()).await.unwrap();
            let one = if ground.is_sqlite() {
                format!("handoff = x'{}'", handoff(number))
            } else {
                format!("handoff = '\\x{}'", handoff(number))
            };
            ground.by_hand(&format!("UPDATE tokens SET {change} WHERE {one}")).await.unwrap();
            let fault = store.handoff(handoff(number)).await.unwrap_err();
            assert_eq!(fault, StoreError::Corrupt { table: "tokens", column: column.to_owned() });
            assert!(!fault.to_string().contains("SLUG"), "an error holds the value of a row");
        }
    })
    .await;
}

#[tokio::test]
async fn codes_that_are_none_are_an_error_even_where_the_rules_were_lifted() {
    let folder = tempfile::tempdir().unwrap();
    let ground = Ground::sqlite(folder.path());
    let store = ground.store().await;
    store.save(token(1), first_notice()).await.unwrap();
    // `by_hand` lifts the checks of the tables.
    ground.by_hand("UPDATE notices SET reason = 'odd'").await.unwrap();
    let fault = store.claim_round(now(), crate::store::LEASE, 1).await.unwrap_err();
    assert_eq!(fault, StoreError::Corrupt { table: "notices", column: "reason".to_owned() });
    ground.by_hand("UPDATE notices SET reason = 'new'; UPDATE tokens SET state = 'lost'").await.unwrap();
    for fault in [
        store.handoff(handoff(1)).await.unwrap_err(),
        store.withdraw(handoff(1), Vec::new(), now()).await.unwrap_err(),
        store.save(token(1), Vec::new()).await.unwrap_err(),
    ] {
        assert_eq!(fault, StoreError::Corrupt { table: "tokens", column: "state".to_owned() });
    }
    ground.by_hand("UPDATE tokens SET kind = 'gossip', state = 'pending'").await.unwrap();
    assert!(matches!(store.tokens(1).await, Err(StoreError::Corrupt { .. })));
}

#[tokio::test]
async fn the_tables_refuse_rows_that_no_state_allows() {
    let folder = tempfile::tempdir().unwrap();
    let ground = Ground::sqlite(folder.path());
    let store = ground.store().await;
    store.save(token(1), first_notice()).await.unwrap();
    let statements = [
        "UPDATE tokens SET state = 'revoked'",
        "UPDATE tokens SET ciphertext = x''",
        "UPDATE tokens SET received_hour = received_hour + 1",
        "UPDATE tokens SET state = 'lost'",
        "UPDATE tokens SET id = x'00'",
        "UPDATE notices SET state = 'sent', next_attempt = NULL",
        "UPDATE notices SET next_attempt = NULL",
        "UPDATE notices SET token = x'00000000000000000000000000000000'",
    ];
    let options: sqlx::sqlite::SqliteConnectOptions = ground.url.parse().unwrap();
    for sql in statements {
        let mut connection = options.clone().connect().await.unwrap();
        assert!(sqlx::query(sql).execute(&mut connection).await.is_err(), "{sql}");
    }
}

#[tokio::test]
async fn a_url_or_a_place_that_cannot_be_says_what_to_do() {
    let folder = tempfile::tempdir().unwrap();
    let at = |url: &str| Ground { url: url.to_owned() };
    for url in
        ["", "relais.db", "mysql://x", "sqlite::memory:", "sqlite:", "sqlite:a.db?mode=ro", "postgres://["]
    {
        assert_eq!(at(url).connect().await.unwrap_err(), StoreError::Url, "{url:?}");
    }
    let missing = folder.path().join("no/such/folder/relais.db");
    let fault = at(&format!("sqlite:{}", missing.display())).connect().await.unwrap_err();
    assert!(matches!(fault, StoreError::Location { .. }), "{fault:?}");
    fs::write(
        folder.path().join("text.db"),
        "this is no database, and longer than a header of one. ".repeat(30),
    )
    .unwrap();
    let fault =
        at(&format!("sqlite:{}", folder.path().join("text.db").display())).connect().await.unwrap_err();
    assert!(fault.to_string().contains("no database"), "{fault}");
    let nowhere = at("postgres://relais:hunter2@127.0.0.1:1/relais").connect().await.unwrap_err();
    assert!(matches!(nowhere, StoreError::Unavailable { retry: true, .. }), "{nowhere:?}");
    assert!(!format!("{nowhere} {nowhere:?}").contains("hunter2"));
}

#[tokio::test]
async fn a_database_that_is_not_there_is_refused_by_name() {
    let Some(server) = Server::start("a refused database") else { return };
    let fault = Ground { url: server.url("nowhere") }.connect().await.unwrap_err();
    assert_eq!(fault, StoreError::Refused { code: "3D000".to_owned() });
}

#[tokio::test]
async fn tables_of_another_version_are_not_touched() {
    on_both("other_version", async |ground| {
        ground.store().await.close().await;
        let newer = "INSERT INTO _sqlx_migrations (version, description, success, checksum, execution_time)
                     SELECT 9999, 'of tomorrow', success, checksum, 0 FROM _sqlx_migrations LIMIT 1";
        ground.by_hand(newer).await.unwrap();
        assert_eq!(ground.connect().await.unwrap_err(), StoreError::Migration(MigrationFault::Newer(9999)));
        let changed = if ground.is_sqlite() { "x'00'" } else { "'\\x00'" };
        ground.by_hand("DELETE FROM _sqlx_migrations WHERE version = 9999").await.unwrap();
        let sql = format!("UPDATE _sqlx_migrations SET checksum = {changed} WHERE version = 1");
        ground.by_hand(&sql).await.unwrap();
        assert_eq!(ground.connect().await.unwrap_err(), StoreError::Migration(MigrationFault::Changed(1)));
    })
    .await;
}

/// Returns the names and the bytes of everything in a folder.
fn everything_in(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let files = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap());
    files
        .map(|file| (file.file_name().to_string_lossy().into_owned(), fs::read(file.path()).unwrap()))
        .collect()
}

/// How many steps this program has, on either database.
fn steps() -> usize {
    let files = fs::read_dir(need::project("migrations/postgres")).unwrap();
    files.count()
}

#[tokio::test]
async fn a_look_at_a_database_changes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let ground = Ground::sqlite(folder.path());
    assert_eq!(ground.examine().await, Ok(Examined::Missing));
    assert_eq!(everything_in(folder.path()), BTreeMap::new());
    ground.store().await.close().await;
    let closed = everything_in(folder.path());
    assert_eq!(ground.examine().await, Ok(Examined::Ready));
    assert_eq!(everything_in(folder.path()), closed);
    let running = ground.store().await;
    running.save(token(1), first_notice()).await.unwrap();
    assert_eq!(ground.examine().await, Ok(Examined::Ready), "while it runs");
    running.close().await;
    let nowhere = Ground { url: format!("sqlite:{}/none/relais.db", folder.path().display()) };
    assert!(matches!(nowhere.examine().await, Err(StoreError::Location { .. })));
    on_both("examined", async |ground| {
        if !ground.is_sqlite() {
            assert_eq!(ground.examine().await, Ok(Examined::Behind(steps())));
            assert_eq!(
                ground.examine().await,
                Ok(Examined::Behind(steps())),
                "the first look has made no tables"
            );
        }
        ground.store().await.close().await;
        assert_eq!(ground.examine().await, Ok(Examined::Ready));
        ground.by_hand("DELETE FROM _sqlx_migrations WHERE version = 2").await.unwrap();
        assert_eq!(ground.examine().await, Ok(Examined::Behind(1)));
        ground.by_hand("UPDATE _sqlx_migrations SET version = 9999 WHERE version = 1").await.unwrap();
        let newer = StoreError::Migration(MigrationFault::Newer(9999));
        assert_eq!(ground.examine().await, Err(newer));
    })
    .await;
}

/// Rows as a step of the tables could hold them; every later step has to carry them on.
const ROWS: [(i64, &str); 2] = [(
    1,
    "INSERT INTO tokens (id, handoff, association, kind, ciphertext, received_hour, respond_by, expires_on, state)
     VALUES (BYTES('01'), BYTES('02'), 'relais-lyon', 'handoff', BYTES('03'), 1795518000, 1795534200, 20788, 'pending');
     INSERT INTO notices (token, audience, reason, state, next_attempt)
     VALUES (BYTES('01'), 'relais-lyon', 'new', 'open', 1795518000);
     INSERT INTO associations (id, last_proof_on) VALUES ('relais-lyon', 20780)",
), (
    3,
    "INSERT INTO pace (association, quarter, usual, urgent, digest_told, digest, digest_begun)
     VALUES ('relais-lyon', 1795518000, 7, 1, 1795518300, 41, 1795518000);
     UPDATE notices SET way = 'together'",
)];

/// Writes bytes as the database does: the given one, sixteen times.
fn rows(sql: &str, sqlite: bool) -> String {
    let mut written = sql.to_owned();
    for byte in ["01", "02", "03"] {
        let bytes = byte.repeat(16);
        let literal = if sqlite { format!("x'{bytes}'") } else { format!("'\\x{bytes}'") };
        written = written.replace(&format!("BYTES('{byte}')"), &literal);
    }
    written
}

#[tokio::test]
async fn every_step_of_the_tables_carries_filled_ones_on() {
    on_both("filled", async |ground| {
        let folder =
            need::project(if ground.is_sqlite() { "migrations/sqlite" } else { "migrations/postgres" });
        let all = Migrator::new(folder.as_path()).await.unwrap();
        let steps: Vec<_> = all.iter().cloned().collect();
        for (version, sql) in ROWS {
            let until =
                Migrator::with_migrations(steps.iter().filter(|s| s.version <= version).cloned().collect());
            migrate(&ground, &until).await;
            ground.by_hand(&rows(sql, ground.is_sqlite())).await.unwrap();
        }
        let store = ground.store().await;
        let row = store.handoff(handoff(2)).await.unwrap().unwrap();
        assert_eq!((row.state, row.notices.len()), (TokenState::Pending, 1));
        assert_eq!(store.tokens(10).await.unwrap()[0].ciphertext, [3; 16]);
        assert!(store.association_state(&slug("relais-lyon")).await.unwrap().last_proof_on.is_some());
        let round = store.claim_round(now(), crate::store::LEASE, 9).await.unwrap().unwrap();
        let way = round.notices[0].way;
        assert_eq!((round.pace.came.usual, way), (7, Some(NoticeWay::Together)));
        assert_eq!(round.pace.digest.unwrap().message, 41);
        assert_eq!(store.save(token(2), Vec::new()).await.unwrap(), Saved::Already(TokenState::Pending));
        assert_eq!(store.save(token(9), first_notice()).await.unwrap(), Saved::New);
    })
    .await;
}

async fn migrate(ground: &Ground, steps: &Migrator) {
    if ground.is_sqlite() {
        let options: sqlx::sqlite::SqliteConnectOptions = ground.url.parse().unwrap();
        steps.run(&mut options.create_if_missing(true).connect().await.unwrap()).await.unwrap();
    } else {
        let options: sqlx::postgres::PgConnectOptions = ground.url.parse().unwrap();
        steps.run(&mut options.connect().await.unwrap()).await.unwrap();
    }
}

#[tokio::test]
async fn what_durability_and_erasure_rest_on_is_in_force() {
    on_both("settings", async |ground| {
        let settings = ground.store().await.settings().await.unwrap();
        let expected: &[(&str, &str)] = if ground.is_sqlite() {
            &[
                ("journal_mode", "wal"),
                ("synchronous", "2"),
                ("secure_delete", "1"),
                ("foreign_keys", "1"),
                ("busy_timeout", "5000"),
                ("trusted_schema", "0"),
            ]
        } else {
            &[("synchronous_commit", "on"), ("fsync", "on"), ("full_page_writes", "on")]
        };
        for (name, value) in expected {
            let found = settings.iter().find(|setting| setting.name == *name);
            assert_eq!(found.map(|setting| setting.value.as_str()), Some(*value), "{name}");
        }
    })
    .await;
}

/// Returns whether any file of this database holds these bytes.
fn files_hold(folder: &Path, needle: &[u8]) -> bool {
    let files = fs::read_dir(folder).unwrap().map(|entry| fs::read(entry.unwrap().path()).unwrap());
    files.into_iter().any(|bytes| bytes.windows(needle.len()).any(|window| window == needle))
}

#[tokio::test]
async fn what_was_taken_back_or_swept_is_in_no_file_any_more() {
    let folder = tempfile::tempdir().unwrap();
    let store = Ground::sqlite(folder.path()).store().await;
    // Long enough to lie on pages of its own.
    let marked =
        |number: u8, mark: &str| NewToken { ciphertext: mark.repeat(600).into_bytes(), ..token(number) };
    for number in 10..40 {
        store.save(token(number), first_notice()).await.unwrap();
    }
    store.save(marked(1, "kVn3-withdrawn"), first_notice()).await.unwrap();
    store
        .save(NewToken { expires_on: today(), ..marked(2, "kVn3-swept-off") }, first_notice())
        .await
        .unwrap();
    store.save(marked(3, "kVn3-remaining"), first_notice()).await.unwrap();
    for mark in [b"kVn3-withdrawn", b"kVn3-swept-off", b"kVn3-remaining"] {
        assert!(files_hold(folder.path(), mark), "this test sees nothing");
    }
    store.withdraw(handoff(1), Vec::new(), now()).await.unwrap();
    assert!(!files_hold(folder.path(), b"kVn3-withdrawn"));
    let swept = store.sweep(now() + Days::new(1)).await.unwrap();
    assert!(swept.wiped);
    assert!(!files_hold(folder.path(), b"kVn3-swept-off"));
    assert!(files_hold(folder.path(), b"kVn3-remaining"));
    store.close().await;
    assert!(!files_hold(folder.path(), b"kVn3-withdrawn") && files_hold(folder.path(), b"kVn3-remaining"));
}

#[tokio::test]
async fn the_files_are_for_this_account_alone() {
    let folder = tempfile::tempdir().unwrap();
    let store = Ground::sqlite(folder.path()).store().await;
    store.save(token(1), first_notice()).await.unwrap();
    let mut files = 0;
    for entry in fs::read_dir(folder.path()).unwrap() {
        let path = entry.unwrap().path();
        let mode = fs::metadata(&path).unwrap().permissions().mode() & 0o777;
        assert_eq!(mode, 0o600, "{}", path.display());
        files += 1;
    }
    assert!(files >= 2, "the file and its log");
    store.close().await;
}

#[tokio::test]
async fn files_copied_while_it_runs_hold_all_that_was_said_to_be_saved() {
    let (folder, copy) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let store = Ground::sqlite(folder.path()).store().await;
    for number in 0..20 {
        store.save(token(number), first_notice()).await.unwrap();
    }
    // What a power cut would leave on the disk.
    for name in ["relais.db", "relais.db-wal"] {
        fs::copy(folder.path().join(name), copy.path().join(name)).unwrap();
    }
    let after = Ground::sqlite(copy.path()).store().await;
    assert_eq!(after.tokens(100).await.unwrap().len(), 20);
    let due = crate::store::claim(&after, now() + TimeDelta::days(1)).await;
    assert_eq!(due.len(), 20);
}

#[tokio::test]
async fn two_programs_on_one_file_lose_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let ground = Ground::sqlite(folder.path());
    let (one, two) = (ground.store().await, ground.store().await);
    let writes = (0..40).map(|number| {
        let store = if number % 2 == 0 { one.clone() } else { two.clone() };
        async move { store.save(token(number), first_notice()).await.unwrap() }
    });
    let saved = futures::future::join_all(writes).await;
    assert!(saved.iter().all(|saved| *saved == Saved::New));
    assert_eq!(one.tokens(100).await.unwrap().len(), 40);
}
