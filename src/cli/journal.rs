//! `parchemin journal`: verifies the journal of the database or of an export, and exports it.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Subcommand;

use crate::config::Config;
use crate::features::journal::cli;

use super::output::{complain, say};
use super::{Failure, start};

/// Options of the command.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Debug, Subcommand)]
enum Verb {
    #[command(about = "Recalcule tout le journal : 0 intact, 1 altéré, 2 impossible")]
    Verify {
        #[arg(long, help = "Répond en JSON")]
        json: bool,
        #[arg(
            long,
            value_name = "SCEAU",
            help = "Ne recalcule qu’à partir de ce sceau",
            conflicts_with = "file"
        )]
        since: Option<String>,
        #[arg(long, value_name = "FICHIER", help = "Vérifie un export, sans base de données")]
        file: Option<PathBuf>,
    },
    #[command(about = "Écrit un fichier qui se vérifie seul")]
    Export {
        #[arg(long, value_name = "FICHIER", help = "Fichier à écrire")]
        out: PathBuf,
    },
}

/// Verifies or exports. An empty database is verified as it is: verifying writes nothing.
///
/// # Errors
/// When the database cannot be reached, with exit code 2.
pub(super) async fn run(config: Config, args: Args) -> Result<ExitCode, Failure> {
    Ok(match args.verb {
        Verb::Verify { json, file: Some(file), .. } => tell(cli::verify_file(&file, json), json),
        Verb::Verify { json, since, file: None } => {
            let app = start::app_as_it_is(config).await.map_err(Failure::unable)?;
            tell(cli::verify(&app, json, since.as_deref()).await, json)
        }
        Verb::Export { out } => {
            let app = start::app_for_a_command(config).await.map_err(Failure::unable)?;
            tell(cli::export(&app, &out).await, false)
        }
    })
}

/// What could not run is told on standard error, but for a program that reads JSON.
fn tell((text, code): (String, i32), json: bool) -> ExitCode {
    if code == cli::FAILED && !json {
        complain(text)
    } else {
        say(text)
    }
    ExitCode::from(u8::try_from(code).unwrap_or(1))
}
