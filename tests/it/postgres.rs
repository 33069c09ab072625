//! A PostgreSQL server for the length of one test.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use sqlx::{Connection as _, Executor as _};
use tempfile::TempDir;

use crate::need;
use crate::store::Ground;

/// A server: one that the test started in a folder of its own, or the one that `RELAIS_TEST_POSTGRES` names.
pub struct Server {
    /// A URL without the name of a database.
    address: Address,
    started: Option<Started>,
}

enum Address {
    Socket(PathBuf),
    Given(url::Url),
}

struct Started {
    programs: PathBuf,
    folder: TempDir,
}

impl Server {
    /// Starts a server; nothing where the programs are missing, which is said loudly.
    pub fn start(test: &str) -> Option<Self> {
        if let Some(given) = need::variable("RELAIS_TEST_POSTGRES") {
            let url = given.parse().expect("RELAIS_TEST_POSTGRES must be a postgres:// URL");
            return Some(Self { address: Address::Given(url), started: None });
        }
        let Some(programs) = programs() else {
            need::skip(test, "initdb and pg_ctl (PostgreSQL)");
            return None;
        };
        // A socket's path has to be short: about a hundred characters at most.
        let folder = tempfile::Builder::new().prefix("pg").tempdir_in(env::temp_dir()).unwrap();
        let socket = folder.path().to_owned();
        let started = Started { programs, folder };
        started.own();
        let data = started.data();
        started.run("initdb", &["-D", &data, "-U", "relais", "-A", "trust", "-E", "UTF8", "--locale=C"]);
        let options = format!("-c listen_addresses= -c unix_socket_directories={}", socket.display());
        let log = started.folder.path().join("log").display().to_string();
        started.run("pg_ctl", &["-D", &data, "-w", "-l", &log, "-o", &options, "start"]);
        Some(Self { address: Address::Socket(socket), started: Some(started) })
    }

    /// Makes an empty database.
    pub async fn database(&self, name: &str) -> Ground {
        let mut connection = sqlx::PgConnection::connect(&self.url("postgres")).await.unwrap();
        let name: String = name.chars().take(60).collect();
        for sql in [format!("DROP DATABASE IF EXISTS {name}"), format!("CREATE DATABASE {name}")] {
            connection.execute(sqlx::raw_sql(sqlx::AssertSqlSafe(sql))).await.unwrap();
        }
        Ground { url: self.url(&name) }
    }

    /// Returns the folder in which the server keeps everything, where this test started it.
    pub fn files(&self) -> Option<PathBuf> {
        self.started.as_ref().map(|started| started.folder.path().join("data"))
    }

    /// Returns the URL of a database that may or may not be there.
    pub fn url(&self, database: &str) -> String {
        match &self.address {
            Address::Socket(folder) => {
                format!("postgres://relais@localhost/{database}?host={}", folder.display())
            }
            Address::Given(url) => {
                let mut url = url.clone();
                url.set_path(database);
                url.to_string()
            }
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        if let Some(started) = &self.started {
            let data = started.data();
            started.command("pg_ctl", &["-D", &data, "-m", "immediate", "-w", "stop"]).status().ok();
        }
    }
}

impl Started {
    fn data(&self) -> String {
        self.folder.path().join("data").display().to_string()
    }

    /// PostgreSQL refuses to run as root: then its own account owns the folder and runs it.
    fn own(&self) {
        if is_root() {
            let chown = Command::new("chown").arg("postgres").arg(self.folder.path()).status();
            assert!(chown.is_ok_and(|status| status.success()), "there is no account called postgres");
        }
    }

    fn command(&self, program: &str, arguments: &[&str]) -> Command {
        let program = self.programs.join(program);
        let mut command = if is_root() {
            let mut command = Command::new("runuser");
            command.args(["-u", "postgres", "--"]).arg(program);
            command
        } else {
            Command::new(program)
        };
        // A server that inherits a pipe would keep whoever reads it waiting.
        command.args(arguments).current_dir(self.folder.path());
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        command
    }

    fn run(&self, program: &str, arguments: &[&str]) {
        let status = self.command(program, arguments).status().unwrap();
        let log = fs::read_to_string(self.folder.path().join("log")).unwrap_or_default();
        assert!(status.success(), "{program} failed: {log}");
    }
}

fn is_root() -> bool {
    let id = Command::new("id").arg("-u").output().unwrap();
    String::from_utf8_lossy(&id.stdout).trim() == "0"
}

/// Returns the folder of PostgreSQL's programs: Debian keeps them out of the way, by version.
fn programs() -> Option<PathBuf> {
    let mut folders: Vec<PathBuf> = fs::read_dir("/usr/lib/postgresql")
        .into_iter()
        .flatten()
        .filter_map(|entry| Some(entry.ok()?.path().join("bin")))
        .collect();
    folders.sort();
    folders.extend(need::variable("PATH").iter().flat_map(env::split_paths).collect::<Vec<_>>());
    folders.into_iter().rev().find(|folder| folder.join("initdb").exists() && has_ctl(folder))
}

fn has_ctl(folder: &Path) -> bool {
    folder.join("pg_ctl").exists()
}
