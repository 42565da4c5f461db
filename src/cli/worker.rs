//! `parchemin worker`: the workers alone, beside any number of others.

use std::process::ExitCode;

use crate::config::Config;
use crate::{features, worker};

use super::{Failure, serve, start};

/// Works until SIGTERM or Ctrl-C.
///
/// # Errors
/// When a part cannot start.
pub(super) async fn run(config: Config) -> Result<ExitCode, Failure> {
    let mailer = start::mailer(&config)?;
    let stop = serve::stop_on_signal()?;
    let app = start::app(config, mailer).await?;
    tracing::info!(database = app.db.kind(), "working");
    worker::run_all(app.clone(), features::jobs(), features::periodic(), stop).await;
    serve::seal_the_rest(&app).await;
    serve::close(&app).await;
    Ok(ExitCode::SUCCESS)
}
