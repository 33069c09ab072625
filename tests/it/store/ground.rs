//! An empty database of either kind.

use std::path::Path;

use relais::store::{Examined, Store, StoreError};
use secrecy::SecretString;
use sqlx::{ConnectOptions as _, Connection as _, Executor as _};

/// One empty database.
pub struct Ground {
    pub url: String,
}

impl Ground {
    pub fn sqlite(folder: &Path) -> Self {
        Self { url: format!("sqlite:{}", folder.join("relais.db").display()) }
    }

    pub async fn store(&self) -> Store {
        self.connect().await.unwrap()
    }

    pub async fn connect(&self) -> Result<Store, StoreError> {
        Store::connect(&SecretString::from(self.url.clone())).await
    }

    pub async fn examine(&self) -> Result<Examined, StoreError> {
        Store::examine(&SecretString::from(self.url.clone())).await
    }

    /// Runs statements past the store, as a stranger's hand would.
    pub async fn by_hand(&self, sql: &str) -> Result<(), sqlx::Error> {
        let sql = sqlx::AssertSqlSafe(sql.to_owned());
        if self.is_sqlite() {
            let options: sqlx::sqlite::SqliteConnectOptions = self.url.parse()?;
            let mut connection = options.pragma("ignore_check_constraints", "ON").connect().await?;
            sqlx::raw_sql(sql).execute(&mut connection).await?;
            connection.close().await
        } else {
            let mut connection = sqlx::PgConnection::connect(&self.url).await?;
            connection.execute(sqlx::raw_sql(sql)).await?;
            connection.close().await
        }
    }

    pub fn is_sqlite(&self) -> bool {
        self.url.starts_with("sqlite:")
    }
}
