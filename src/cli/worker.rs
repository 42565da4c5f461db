//! `parchemin worker`: the workers without the server, in any number of processes.

use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;

use tokio::task::JoinHandle;
use tokio::time::timeout;
use tokio_util::sync::CancellationToken;

use crate::app::App;
use crate::config::Config;
use crate::features;
use crate::worker::{self, seal};

use super::{Failure, serve, start};

/// How long the workers have to put down what they hold: the rest of the thirty seconds of a stop.
const LAST_WORK: Duration = Duration::from_secs(3);

/// Works until told to stop.
///
/// # Errors
/// When a part cannot start.
pub(super) async fn run(config: Config) -> Result<ExitCode, Failure> {
    let mailer = start::mailer(&config)?;
    let stop = serve::stop_on_signal()?;
    let app = start::app(config, mailer).await?;
    tracing::info!(database = app.db.kind(), "working");
    let workers = spawn(&app, &stop);
    stop.cancelled().await;
    end(&app, workers).await;
    serve::close(&app).await;
    Ok(ExitCode::SUCCESS)
}

/// Starts every loop.
pub(super) fn spawn(app: &Arc<App>, stop: &CancellationToken) -> JoinHandle<()> {
    let work = worker::run_all(Arc::clone(app), features::jobs(), features::periodic(), stop.clone());
    tokio::spawn(work)
}

/// Waits for the loops, already told to stop, then seals what was recorded meanwhile. What is cut is taken up again
/// by another process, or at the next start.
pub(super) async fn end(app: &Arc<App>, workers: JoinHandle<()>) {
    let cut = workers.abort_handle();
    if timeout(LAST_WORK, workers).await.is_err() {
        tracing::warn!("work still running was cut");
        cut.abort();
    }
    match timeout(LAST_WORK, seal::seal_now(app)).await {
        Ok(Ok(_)) => {}
        Ok(Err(error)) => tracing::error!(%error, "sealing the journal at the end"),
        Err(_) => tracing::warn!("the journal was not sealed in time at the end"),
    }
}
