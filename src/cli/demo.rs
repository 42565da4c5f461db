//! `parchemin demo`: the product on a fresh database with invented people, mails kept in memory.
//!
//! It never touches a real installation: it ignores the database, relay, bucket and keys of the configuration, and a
//! folder that it did not make itself is refused. A folder given with `--data-dir` is kept from one run to the next.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;

use crate::app::{App, Clock};
use crate::config::{Config, Secret};
use crate::db;
use crate::demo::DemoClock;
use crate::error::cause;
use crate::mailer::Mailer;

use super::options::Options;
use super::output::say;
use super::usage::address;
use super::{Failure, serve, start};

/// A file that says that the folder belongs to the demonstration and may be emptied.
const MARK: &str = "demonstration";
/// What it holds once the data are all there, in the database of the folder.
const LOADED: &str = "loaded\n";

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
    #[arg(
        long,
        value_name = "ADRESSE:PORT",
        value_parser = address,
        help = "Adresse d’écoute (par défaut 127.0.0.1:8080)"
    )]
    listen: Option<SocketAddr>,
    #[arg(
        long,
        help = "Recommence la démonstration que garde le dossier de --data-dir : ce qui y a été fait est effacé"
    )]
    fresh: bool,
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

/// Serves the demonstration that a folder keeps, or a fresh one.
///
/// # Errors
/// When the address, the folder or the database is not free, or a part cannot start.
pub(super) async fn run(config: Config, args: &Args, options: &Options) -> Result<ExitCode, Failure> {
    let stop = serve::stop_on_signal()?;
    let listener = serve::bind(config.listen).await?;
    let embedded = options.database_url.is_none();
    let (folder, kept) = match &options.data_dir {
        Some(folder) => (folder.clone(), own_folder(folder, args.fresh, embedded)?),
        None => (temporary_folder()?, false),
    };
    let database_url = options.database_url.as_deref().map(Secret::from);
    let config = Config { data_dir: folder.clone(), database_url, ..config };
    let served = serve_it(config, kept, embedded, listener, stop).await;
    if options.data_dir.is_none() {
        drop(std::fs::remove_dir_all(&folder));
    }
    served.map(|()| ExitCode::SUCCESS)
}

async fn serve_it(
    config: Config,
    kept: bool,
    embedded: bool,
    listener: TcpListener,
    stop: CancellationToken,
) -> Result<(), Failure> {
    let clock = Arc::new(DemoClock::default());
    let app = start::app_at(config, Mailer::memory(), Arc::clone(&clock) as Arc<dyn Clock>).await?;
    if kept {
        say(format_args!(
            "La démonstration du dossier {} reprend où elle s’était arrêtée ; --fresh la recommence.",
            app.config.data_dir.display()
        ));
    } else {
        load(&app, &clock).await?;
        if embedded {
            mark(&app.config.data_dir, LOADED)?;
        }
    }
    say(format_args!("Parchemin, démonstration : {}", app.url("/demo")));
    say("Ctrl-C pour arrêter. Les données sont inventées et les courriels restent ici.");
    serve::until_stopped(app, listener, stop).await
}

/// Fills the database, which must be empty.
async fn load(app: &Arc<App>, clock: &DemoClock) -> Result<(), Failure> {
    if db::holds_rows(&app.db).await.map_err(|error| start::unreachable(&error))? {
        return Err(Failure::new(
            "Cette base contient déjà des données : la démonstration ne s’installe que sur une base vide.",
        ));
    }
    say("Chargement des données de démonstration…");
    Box::pin(crate::demo::load(app, clock)).await.map_err(|error| {
        Failure::new(format!("Les données de démonstration ne se chargent pas : {error:#}."))
    })
}

/// A folder given by the person: new, empty, or left by an earlier demonstration. Whether that one goes on: it does
/// where the folder holds all its data and nobody asks for a fresh one. The folder is emptied otherwise.
fn own_folder(folder: &Path, fresh: bool, embedded: bool) -> Result<bool, Failure> {
    start::data_folder(folder)?;
    let found = std::fs::read_to_string(folder.join(MARK));
    let empty = std::fs::read_dir(folder).map_err(|error| unfit(folder, &error))?.next().is_none();
    if !empty && found.is_err() {
        return Err(Failure::new(format!(
            "Le dossier {} contient des fichiers qui ne viennent pas d’une démonstration : rien n’a été touché.\nDonnez un dossier vide avec --data-dir, ou aucun.",
            folder.display()
        )));
    }
    if !fresh && found.is_ok_and(|found| found == LOADED) {
        if embedded {
            return Ok(true);
        }
        return Err(Failure::new(format!(
            "Le dossier {} garde déjà une démonstration, dans sa propre base : rien n’a été touché.\nDonnez un autre dossier avec --data-dir, ou --fresh pour effacer ce qu’il garde.",
            folder.display()
        )));
    }
    if !empty {
        std::fs::remove_dir_all(folder).map_err(|error| unfit(folder, &error))?;
        start::data_folder(folder)?;
    }
    mark(folder, "")?;
    Ok(false)
}

/// Writes on a folder how far its demonstration is.
fn mark(folder: &Path, word: &str) -> Result<(), Failure> {
    std::fs::write(folder.join(MARK), word).map_err(|error| unfit(folder, &error))
}

fn unfit(folder: &Path, error: &std::io::Error) -> Failure {
    Failure::new(format!("Le dossier {} ne convient pas : {}.", folder.display(), cause(error)))
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_keeps_its_demonstration_unless_a_fresh_one_is_asked_for() {
        let place = tempfile::tempdir().unwrap();
        let folder = place.path().join("demo");
        let file = folder.join("parchemin.sqlite");
        assert_eq!(own_folder(&folder, false, true), Ok(false), "made");
        std::fs::write(&file, "").unwrap();
        assert_eq!(own_folder(&folder, false, true), Ok(false), "not loaded to the end: begun again");
        assert!(!file.exists());
        mark(&folder, LOADED).unwrap();
        std::fs::write(&file, "").unwrap();
        assert_eq!(own_folder(&folder, false, true), Ok(true), "goes on");
        assert!(own_folder(&folder, false, false).is_err(), "another database is not its own");
        assert!(file.exists());
        assert_eq!(own_folder(&folder, true, true), Ok(false), "begun again when asked");
        assert!(!file.exists());
    }
}
