//! `parchemin demo`: the product on a fresh database with invented people, mails kept in memory.
//!
//! It never touches a real installation: it ignores the database, relay, bucket and keys of the configuration, and a
//! folder that it did not make itself is refused.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

use crate::app::Clock;
use crate::config::{Config, Secret};
use crate::db;
use crate::demo::DemoClock;
use crate::mailer::Mailer;

use super::options::Options;
use super::output::say;
use super::{Failure, serve, start};

/// A file that says that the folder belongs to the demonstration and may be emptied.
const MARK: &str = "demonstration";

/// Name of the invented body.
const NAME: &str = "Organisme certificateur de démonstration";
/// Its address.
const ADDRESS: &str = "1 rue de l’Exemple, 75011 Paris";
/// Its SIRET, of a legal unit that does not exist.
const SIRET: &str = "999 000 128 00010";
/// Its host.
const HOST: &str = "Hébergeur de démonstration, 2 rue de l’Exemple, 75011 Paris, 01 99 00 56 78";

/// What the person configured, or a value of the demonstration in place of the default.
fn or(configured: String, default: &str, invented: &str) -> String {
    if configured == default { invented.to_owned() } else { configured }
}

/// Options of the command.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[arg(long, value_name = "ADRESSE:PORT", help = "Adresse d’écoute (par défaut 127.0.0.1:8080)")]
    listen: Option<SocketAddr>,
}

impl Args {
    /// The configuration of the demonstration.
    pub(super) fn configure(&self, config: Config) -> Config {
        let listen = self.listen.unwrap_or(config.listen);
        let public_url = if config.public_url == Config::default().public_url {
            format!("http://{listen}")
        } else {
            config.public_url
        };
        Config {
            listen,
            public_url,
            metrics_listen: config.metrics_listen,
            rate_limits: config.rate_limits,
            trusted_proxies: config.trusted_proxies,
            log_format: config.log_format,
            organisation: or(config.organisation, &Config::default().organisation, NAME),
            organisation_address: or(config.organisation_address, "", ADDRESS),
            organisation_legal_form: or(config.organisation_legal_form, "", "association loi de 1901"),
            organisation_siret: or(config.organisation_siret, "", SIRET),
            organisation_phone: or(config.organisation_phone, "", "01 99 00 12 34"),
            organisation_representative: or(
                config.organisation_representative,
                "",
                "Claire Exemple, présidente",
            ),
            organisation_director: or(config.organisation_director, "", "Claire Exemple"),
            organisation_host: or(config.organisation_host, "", HOST),
            mail_reply_to: Some("certification@demo.test".to_owned()),
            second_factor_roles: Vec::new(),
            demo: true,
            ..Config::default()
        }
    }
}

/// Fills a fresh database and serves it.
///
/// # Errors
/// When the folder or the database is not free, or a part cannot start.
pub(super) async fn run(config: Config, options: &Options) -> Result<ExitCode, Failure> {
    let (folder, temporary) = match &options.data_dir {
        Some(folder) => (own_folder(folder)?, false),
        None => (temporary_folder()?, true),
    };
    let database_url = options.database_url.as_deref().map(Secret::from);
    let config = Config { data_dir: folder.clone(), database_url, ..config };
    let served = serve_fresh(config).await;
    if temporary {
        drop(std::fs::remove_dir_all(&folder));
    }
    served.map(|()| ExitCode::SUCCESS)
}

async fn serve_fresh(config: Config) -> Result<(), Failure> {
    let stop = serve::stop_on_signal()?;
    let listener = serve::bind(config.listen).await?;
    let clock = Arc::new(DemoClock::default());
    let app = start::app_at(config, Mailer::memory(), Arc::clone(&clock) as Arc<dyn Clock>).await?;
    if db::holds_rows(&app.db).await.map_err(|error| start::unreachable(&error))? {
        return Err(Failure::new(
            "Cette base contient déjà des données : la démonstration ne s’installe que sur une base vide.",
        ));
    }
    say("Chargement des données de démonstration…");
    Box::pin(crate::demo::load(&app, &clock)).await.map_err(|error| {
        Failure::new(format!("Les données de démonstration ne se chargent pas : {error:#}."))
    })?;
    say(format_args!("Parchemin, démonstration : {}", app.url("/demo")));
    say("Ctrl-C pour arrêter. Les données sont inventées et les courriels restent ici.");
    serve::until_stopped(app, listener, stop).await
}

/// A folder given by the person: new, empty, or left by an earlier demonstration, which is emptied.
fn own_folder(folder: &Path) -> Result<PathBuf, Failure> {
    let refused = |error: std::io::Error| {
        Failure::new(format!("Le dossier {} ne convient pas : {error}.", folder.display()))
    };
    start::data_folder(folder)?;
    let marked = folder.join(MARK).exists();
    let empty = std::fs::read_dir(folder).map_err(refused)?.next().is_none();
    if !empty && !marked {
        return Err(Failure::new(format!(
            "Le dossier {} contient des fichiers qui ne viennent pas d’une démonstration : rien n’a été touché.\nDonnez un dossier vide avec --data-dir, ou aucun.",
            folder.display()
        )));
    }
    if !empty {
        std::fs::remove_dir_all(folder).map_err(refused)?;
        start::data_folder(folder)?;
    }
    std::fs::write(folder.join(MARK), "").map_err(refused)?;
    Ok(folder.to_owned())
}

/// A folder that did not exist, under the temporary folder of the machine.
fn temporary_folder() -> Result<PathBuf, Failure> {
    let parent = std::env::temp_dir();
    let names = (0..100).map(|n| parent.join(format!("parchemin-demo-{}-{n}", std::process::id())));
    let free = names.into_iter().find(|folder| !folder.exists());
    let folder =
        free.ok_or_else(|| Failure::new("Aucun dossier temporaire n’est libre : donnez --data-dir."))?;
    start::data_folder(&folder)?;
    Ok(folder)
}
