//! The command line: one file per command, each a thin caller of the library.
//!
//! To add a command: a file with its `Args` and its `run`, one variant of [`Command`], one arm of `Command::run`.
//! What an operator reads (help, results, refusals) is in French; the names of commands and flags are English.

mod backup;
mod demo;
mod doctor;
mod failure;
mod import;
mod journal;
mod migrate;
mod openapi;
mod options;
mod output;
mod restore;
mod serve;
mod start;
mod token;
mod usage;
mod user;
mod worker;

use std::process::ExitCode;

use clap::{CommandFactory, FromArgMatches, Parser, Subcommand};

pub use failure::Failure;

use crate::config::Config;
use crate::telemetry;

/// What was typed.
#[derive(Debug, Parser)]
#[command(
    name = "parchemin",
    version,
    about = "Le logiciel d’un organisme certificateur : agréments, contrôles, jurys, certificats, journal vérifiable.",
    after_help = "Réglages : valeurs par défaut, puis parchemin.toml, puis variables PARCHEMIN_*, puis options."
)]
struct Line {
    #[command(flatten)]
    options: options::Options,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    #[command(about = "Sert les pages et l’API, et fait tourner les travaux de fond")]
    Serve(serve::Args),
    #[command(about = "Fait tourner les travaux de fond seuls, dans autant de processus que l’on veut")]
    Worker,
    #[command(
        about = "Lance la démonstration avec ses données, dans un dossier effacé à l’arrêt ou gardé avec --data-dir"
    )]
    Demo(demo::Args),
    #[command(about = "Met à jour le schéma de la base, ou en donne l’état")]
    Migrate(migrate::Args),
    #[command(about = "Gère les comptes")]
    User(user::Args),
    #[command(about = "Gère les jetons de l’API")]
    Token(token::Args),
    #[command(
        about = "Importe des structures, des intervenants, des candidats, des certificats, des missions ou les années passées depuis un fichier CSV ou XLSX"
    )]
    Import(import::Args),
    #[command(about = "Vérifie ou exporte le journal")]
    Journal(journal::Args),
    #[command(about = "Copie la base, les documents et les clés dans un fichier, sans arrêter le service")]
    Backup(backup::Args),
    #[command(about = "Restaure une sauvegarde dans une installation vide")]
    Restore(restore::Args),
    #[command(about = "Vérifie l’installation et dit quoi faire")]
    Doctor,
    #[command(about = "Écrit la description OpenAPI de l’API sur la sortie standard")]
    Openapi,
}

impl Command {
    /// Flags that change the configuration go over it before anything starts.
    fn configure(&self, config: Config) -> Config {
        match self {
            Self::Serve(args) => args.configure(config),
            Self::Demo(args) => args.configure(config),
            _ => config,
        }
    }

    async fn run(self, config: Config, options: &options::Options) -> Result<ExitCode, Failure> {
        match self {
            Self::Serve(_) => serve::run(config).await,
            Self::Demo(args) => demo::run(config, &args, options).await,
            Self::Worker => worker::run(config).await,
            Self::Migrate(args) => migrate::run(&config, &args).await,
            Self::User(args) => user::run(config, args).await,
            Self::Token(args) => token::run(config, args).await,
            Self::Import(args) => import::run(config, args).await,
            Self::Journal(args) => journal::run(config, args).await,
            Self::Backup(args) => backup::run(config, &args).await,
            Self::Restore(args) => restore::run(config, &args).await,
            Self::Doctor => doctor::run(config).await,
            Self::Openapi => openapi::run().await,
        }
    }
}

/// Reads the command line and obeys it.
#[must_use]
pub fn main() -> ExitCode {
    let words = usage::typed(std::env::args_os());
    let read = usage::french(Line::command()).try_get_matches_from(words);
    let line = match read.and_then(|matches| Line::from_arg_matches(&matches)) {
        Ok(line) => line,
        Err(error) => return usage::answered(&error),
    };
    // One is the word of the verification for a journal that was altered.
    let verifies = matches!(line.command, Command::Journal(_));
    match obey(line) {
        Ok(code) => code,
        Err(failure) if verifies => failure.unable().report(),
        Err(failure) => failure.report(),
    }
}

fn obey(line: Line) -> Result<ExitCode, Failure> {
    let config = line.command.configure(line.options.load()?).checked()?;
    telemetry::start(config.log_format);
    install_cryptography();
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build();
    let runtime =
        runtime.map_err(|error| Failure::new(format!("Le programme ne peut pas démarrer : {error}.")))?;
    runtime.block_on(line.command.run(config, &line.options))
}

/// The HTTP client of the document store carries no cryptography of its own.
#[cfg(feature = "s3")]
fn install_cryptography() {
    // A second installation in one process is refused, and changes nothing.
    drop(rustls::crypto::ring::default_provider().install_default());
}

#[cfg(not(feature = "s3"))]
fn install_cryptography() {}
