//! The one writer of a SQLite file: commits together what has gathered, answers after the commit.
//!
//! A durable commit costs one flush of the disk, however many tokens it holds. While one flush runs, the
//! next tokens gather; so a hundred people at once wait for two flushes, not for a hundred.

use std::time::Duration;

use futures::future::BoxFuture;
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{ConnectOptions as _, Connection as _, SqliteConnection};
use tokio::sync::{mpsc, oneshot};

use super::StoreError;
use super::link::{Link, Operation};

/// How many operations wait for the writer before callers wait to be let in.
const QUEUE: usize = 1_024;
/// How many operations one commit holds at most.
const TOGETHER: usize = 256;
/// How long emptying the log may wait for readers; what it does not reach, the next commit tries again.
const PATIENCE: Duration = Duration::from_millis(250);

/// What an operation returned, and whether the log was emptied after it where it asked for that.
pub(super) type Answer<T> = Result<(T, bool), StoreError>;

/// The way to the writer.
#[derive(Clone)]
pub(super) struct Writer(mpsc::Sender<Request>);

enum Request {
    Write(Box<dyn Job>),
    Stop(oneshot::Sender<()>),
}

impl Writer {
    /// Starts the writer on a connection; `options` make it a new one where that breaks. `owes_emptying` says
    /// that the log holds what was deleted before.
    pub(super) fn start(
        connection: SqliteConnection,
        options: SqliteConnectOptions,
        owes_emptying: bool,
    ) -> Self {
        let (sender, requests) = mpsc::channel(QUEUE);
        let desk = Desk { options, connection: Some(connection), owes_emptying };
        tokio::spawn(desk.serve(requests));
        Self(sender)
    }

    /// Returns what the operation says once it is durable.
    pub(super) async fn write<O: Operation>(&self, operation: O) -> Answer<O::Output> {
        let (answer, answered) = oneshot::channel();
        let job = Box::new(Pending { operation, output: None, answer });
        self.0.send(Request::Write(job)).await.map_err(|_| StoreError::closed())?;
        answered.await.map_err(|_| StoreError::closed())?
    }

    /// Stops the writer after what was asked before, and closes its connection.
    pub(super) async fn stop(&self) {
        let (done, stopped) = oneshot::channel();
        if self.0.send(Request::Stop(done)).await.is_ok() {
            // An error says that it has stopped already.
            let _ = stopped.await;
        }
    }
}

/// An operation whose caller waits.
trait Job: Send {
    fn erases(&self) -> bool;
    fn apply<'a>(&'a mut self, connection: &'a mut SqliteConnection)
    -> BoxFuture<'a, Result<(), StoreError>>;
    fn answer(self: Box<Self>, outcome: Result<bool, StoreError>);
}

struct Pending<O: Operation> {
    operation: O,
    output: Option<O::Output>,
    answer: oneshot::Sender<Answer<O::Output>>,
}

impl<O: Operation> Job for Pending<O> {
    fn erases(&self) -> bool {
        O::ERASES
    }

    fn apply<'a>(
        &'a mut self,
        connection: &'a mut SqliteConnection,
    ) -> BoxFuture<'a, Result<(), StoreError>> {
        Box::pin(async move {
            self.output = Some(self.operation.apply(&mut Link::Sqlite(connection)).await?);
            Ok(())
        })
    }

    fn answer(self: Box<Self>, outcome: Result<bool, StoreError>) {
        let Self { output, answer, .. } = *self;
        let outcome = outcome.and_then(|emptied| Ok((output.ok_or(StoreError::closed())?, emptied)));
        // A caller that went away has its row all the same.
        let _ = answer.send(outcome);
    }
}

/// Why a transaction did not become durable.
enum Failure {
    /// One operation failed; the others may be well.
    OfOne(StoreError),
    /// The transaction itself failed.
    OfAll(StoreError),
}

/// The writer's own side.
struct Desk {
    options: SqliteConnectOptions,
    connection: Option<SqliteConnection>,
    owes_emptying: bool,
}

impl Desk {
    async fn serve(mut self, mut requests: mpsc::Receiver<Request>) {
        let mut stopped = None;
        while let Some(request) = requests.recv().await {
            let mut jobs = Vec::new();
            let mut next = Some(request);
            while let Some(request) = next {
                match request {
                    Request::Write(job) => jobs.push(job),
                    Request::Stop(done) => {
                        stopped = Some(done);
                        break;
                    }
                }
                next = if jobs.len() < TOGETHER { requests.try_recv().ok() } else { None };
            }
            self.settle(jobs).await;
            if stopped.is_some() {
                break;
            }
        }
        drop(requests);
        if let Some(connection) = self.connection {
            // Nothing is lost where closing fails: every commit is on disk already.
            let _ = connection.close().await;
        }
        if let Some(done) = stopped {
            let _ = done.send(());
        }
    }

    async fn settle(&mut self, mut jobs: Vec<Box<dyn Job>>) {
        if jobs.is_empty() {
            return;
        }
        match self.commit(&mut jobs).await {
            Ok(()) => {
                let erased = jobs.iter().any(|job| job.erases());
                let emptied = self.empty_log(erased).await;
                for job in jobs {
                    job.answer(Ok(emptied));
                }
            }
            Err(Failure::OfOne(_)) if jobs.len() > 1 => {
                for job in jobs {
                    Box::pin(self.settle(vec![job])).await;
                }
            }
            Err(Failure::OfOne(error) | Failure::OfAll(error)) => {
                for job in jobs {
                    job.answer(Err(error.clone()));
                }
            }
        }
    }

    /// Commits all jobs together, or none.
    async fn commit(&mut self, jobs: &mut [Box<dyn Job>]) -> Result<(), Failure> {
        let mut connection = match self.connection.take() {
            Some(connection) => connection,
            None => self.options.connect().await.map_err(|error| of_all(&error))?,
        };
        let outcome = transact(&mut connection, jobs).await;
        // A connection in doubt is dropped, which rolls back what it had begun.
        let in_doubt = match &outcome {
            Ok(()) => false,
            Err(Failure::OfOne(_)) => run(&mut connection, "ROLLBACK").await.is_err(),
            Err(Failure::OfAll(_)) => true,
        };
        if !in_doubt {
            self.connection = Some(connection);
        }
        outcome
    }

    /// Moves the log into the file and cuts it to nothing, where something was erased since.
    ///
    /// `secure_delete` overwrites what the file held, but the log keeps older pages until it is cut.
    async fn empty_log(&mut self, erased: bool) -> bool {
        self.owes_emptying |= erased;
        if self.owes_emptying
            && let Some(connection) = &mut self.connection
        {
            self.owes_emptying = !empty_log(connection).await.unwrap_or(false);
        }
        !self.owes_emptying
    }
}

async fn transact(connection: &mut SqliteConnection, jobs: &mut [Box<dyn Job>]) -> Result<(), Failure> {
    run(connection, "BEGIN IMMEDIATE").await.map_err(|error| of_all(&error))?;
    for job in jobs {
        job.apply(connection).await.map_err(Failure::OfOne)?;
    }
    run(connection, "COMMIT").await.map_err(|error| of_all(&error))
}

fn of_all(error: &sqlx::Error) -> Failure {
    Failure::OfAll(StoreError::of("tokens", error))
}

async fn run(connection: &mut SqliteConnection, sql: &'static str) -> Result<(), sqlx::Error> {
    sqlx::query(sql).execute(connection).await.map(|_| ())
}

/// Moves the log into the file and cuts it to nothing; returns whether it is empty now: readers can hold it up.
pub(super) async fn empty_log(connection: &mut SqliteConnection) -> Result<bool, sqlx::Error> {
    let (before,): (i64,) = sqlx::query_as("PRAGMA busy_timeout").fetch_one(&mut *connection).await?;
    wait_at_most(connection, i64::try_from(PATIENCE.as_millis()).unwrap_or(before)).await?;
    let row: Result<(i64, i64, i64), _> =
        sqlx::query_as("PRAGMA wal_checkpoint(TRUNCATE)").fetch_one(&mut *connection).await;
    wait_at_most(connection, before).await?;
    row.map(|(busy, ..)| busy == 0)
}

async fn wait_at_most(connection: &mut SqliteConnection, millis: i64) -> Result<(), sqlx::Error> {
    let sql = sqlx::AssertSqlSafe(format!("PRAGMA busy_timeout = {millis}"));
    sqlx::query(sql).execute(connection).await.map(|_| ())
}
