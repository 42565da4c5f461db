//! `parchemin serve`: pages, API and workers, until SIGTERM or Ctrl-C.
//!
//! The stop: no new connection and no new work; running requests end within 25 seconds, the workers put down what
//! they hold, the journal is sealed, then the pools close; all within 30 seconds.

use std::io;
use std::net::SocketAddr;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;

use tokio::net::TcpListener;
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

use crate::app::App;
use crate::config::Config;
use crate::error::cause;
use crate::features;
use crate::http::{self, Limits};

use super::usage::address;
use super::{Failure, start, worker};

/// Options of the command.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[arg(
        long,
        value_name = "ADRESSE:PORT",
        value_parser = address,
        help = "Adresse d’écoute (par défaut 127.0.0.1:8080)"
    )]
    listen: Option<SocketAddr>,
    #[arg(
        long,
        value_name = "ADRESSE:PORT",
        value_parser = address,
        help = "Adresse d’écoute des mesures Prometheus (arrêtées par défaut)"
    )]
    metrics_listen: Option<SocketAddr>,
    #[arg(long, value_name = "URL", help = "Adresse que les personnes tapent ; les courriels y renvoient")]
    public_url: Option<String>,
    #[arg(long, help = "Sert sans les travaux de fond, tenus par « parchemin worker »")]
    no_workers: bool,
    #[arg(long, help = "Ne met pas la base à jour au démarrage")]
    no_migrate: bool,
}

impl Args {
    /// The configuration with these options over it.
    pub(super) fn configure(&self, config: Config) -> Config {
        Config {
            listen: self.listen.unwrap_or(config.listen),
            metrics_listen: self.metrics_listen.or(config.metrics_listen),
            public_url: self.public_url.clone().unwrap_or(config.public_url),
            workers: config.workers && !self.no_workers,
            migrate: config.migrate && !self.no_migrate,
            ..config
        }
    }
}

/// Serves.
///
/// # Errors
/// When a part cannot start.
pub(super) async fn run(config: Config) -> Result<ExitCode, Failure> {
    let mailer = start::mailer(&config)?;
    let stop = stop_on_signal()?;
    let listener = bind(config.listen).await?;
    let app = start::app(config, mailer).await?;
    start::preload(&app).await?;
    until_stopped(app, listener, stop).await?;
    Ok(ExitCode::SUCCESS)
}

/// Takes an address.
///
/// # Errors
/// When it is taken or not allowed.
pub(super) async fn bind(address: SocketAddr) -> Result<TcpListener, Failure> {
    TcpListener::bind(address).await.map_err(|error| {
        Failure::new(format!(
            "L’adresse {address} ne peut pas être écoutée : {}.\nUn autre programme l’occupe peut-être : choisissez un autre port avec --listen ou --metrics-listen.",
            cause(&error)
        ))
    })
}

/// Serves an application until the token is cancelled.
///
/// # Errors
/// When the listener fails.
pub(super) async fn until_stopped(
    app: Arc<App>,
    listener: TcpListener,
    stop: CancellationToken,
) -> Result<(), Failure> {
    let pages = if app.config.demo { features::demo_pages() } else { features::pages() };
    let endpoint = http::endpoint(&app, features::api(&app), pages);
    let metrics = serve_metrics(&app, &stop).await?;
    let workers = app.config.workers.then(|| worker::spawn(&app, &stop));
    tracing::info!(listen = %app.config.listen, database = app.db.kind(), "serving");
    let served = http::serve(listener, endpoint, Limits::default(), stop).await;
    if let Some(metrics) = metrics {
        drop(metrics.await);
    }
    if let Some(workers) = workers {
        worker::end(&app, workers).await;
    }
    close(&app).await;
    served.map_err(|error| Failure::new(format!("Le serveur s’est arrêté : {error}.")))
}

/// Ends the connections to the database.
pub(super) async fn close(app: &Arc<App>) {
    if let Err(error) = app.db.clone().close().await {
        tracing::warn!(%error, "closing the database");
    }
    tracing::info!("stopped");
}

/// Serves the measures on their own address, when there is one.
async fn serve_metrics(
    app: &Arc<App>,
    stop: &CancellationToken,
) -> Result<Option<JoinHandle<io::Result<()>>>, Failure> {
    let Some(address) = app.config.metrics_listen else { return Ok(None) };
    let listener = bind(address).await?;
    let limits = Limits { connections: 16, drain: Duration::from_secs(2), ..Limits::default() };
    Ok(Some(tokio::spawn(http::serve(listener, http::metrics::endpoint(app), limits, stop.clone()))))
}

/// A token cancelled at the first SIGTERM or Ctrl-C; made before anything that a signal should not cut.
///
/// # Errors
/// When signals cannot be listened to.
pub(super) fn stop_on_signal() -> Result<CancellationToken, Failure> {
    use tokio::signal::unix::{SignalKind, signal};
    let deaf = |error| Failure::new(format!("Les signaux d’arrêt ne peuvent pas être reçus : {error}."));
    let mut terminate = signal(SignalKind::terminate()).map_err(deaf)?;
    let mut interrupt = signal(SignalKind::interrupt()).map_err(deaf)?;
    let stop = CancellationToken::new();
    let asked = stop.clone();
    tokio::spawn(async move {
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
        }
        tracing::info!("stopping");
        asked.cancel();
    });
    Ok(stop)
}
