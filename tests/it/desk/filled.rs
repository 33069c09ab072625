//! The step that brings the desk meets tables that are in use.

use relais::store::{Store, TokenState, Viewer};
use sqlx::{Connection as _, Executor as _};

use super::stage::{LYON, Stage, id};

#[tokio::test]
async fn a_file_in_use_keeps_its_requests_and_its_notices() {
    let folder = tempfile::tempdir().unwrap();
    let url = format!("sqlite:{}", folder.path().join("relais.db").display());
    let mut old = sqlx::SqliteConnection::connect(&format!("{url}?mode=rwc")).await.unwrap();
    let mut steps = sqlx::migrate!("migrations/sqlite");
    // As a program without the desk left it.
    steps.migrations = steps.iter().take(1).cloned().collect();
    steps.run(&mut old).await.unwrap();
    for (number, state) in [(1, "pending"), (2, "accepted"), (3, "revoked")] {
        let ciphertext = if state == "revoked" { "x''" } else { "x'61'" };
        let token = format!("printf('%016d', {number})");
        let sql = format!(
            "INSERT INTO tokens (id, handoff, association, kind, ciphertext, received_hour, respond_by,
                 expires_on, state)
             VALUES (CAST({token} AS BLOB), CAST({token} AS BLOB), '{LYON}', 'handoff', {ciphertext},
                 3600, 7200, 99999, '{state}');
             INSERT INTO notices (token, audience, reason, state, message)
             VALUES (CAST({token} AS BLOB), '{LYON}', 'new', 'sent', 5);
             INSERT INTO associations (id, last_proof_on) VALUES ('association-{number}', 20000);"
        );
        old.execute(sqlx::raw_sql(sqlx::AssertSqlSafe(sql))).await.unwrap();
    }
    old.close().await.unwrap();

    let store = Store::connect(&url.into()).await.unwrap();
    let viewer = Viewer { association: id(LYON), team: false };
    let (desk, more) = store.on_desk(&viewer, 0, 10).await.unwrap();
    assert!(!more);
    let states: Vec<TokenState> = desk.iter().map(|token| token.state).collect();
    assert_eq!(states, [TokenState::Pending, TokenState::Accepted, TokenState::Revoked]);
    assert_eq!(desk[1].taker, Some(id(LYON)));
    let places: Vec<i64> = desk.iter().map(|token| token.changed).collect();
    assert_eq!(places, [1, 2, 3]);
    let row = store.handoff(desk[0].handoff).await.unwrap().unwrap();
    assert!(row.notices.iter().all(|notice| notice.was_sent) && row.notices.len() == 1);
    assert_eq!(store.proofs().await.unwrap().len(), 3);
    // And it works on.
    let stage = Stage::set_on(store, folder).await;
    let token = stage.sign_in(LYON).await;
    assert_eq!(stage.desk(&token).await.len(), 3);
    stage.request(1, LYON, relais::terms::Contact::AnyTime).await;
    assert_eq!(stage.desk(&token).await.len(), 4);
}
