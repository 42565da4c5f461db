//! `parchemin journal`: verifies the journal, or exports it to a file that verifies alone.
//!
//! Exit codes: 0 intact, 1 altered, 2 could not run.

use std::path::PathBuf;
use std::process::ExitCode;

use crate::config::Config;
use crate::features::journal::cli;

use super::output::{complain, say};
use super::{Failure, start};

/// Options of the command.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(subcommand)]
    act: Act,
}

#[derive(Debug, clap::Subcommand)]
enum Act {
    #[command(
        about = "Recalcule tout le journal : 0 s’il est intact, 1 s’il a été modifié, 2 si la vérification n’a pas pu se faire"
    )]
    Verify {
        #[arg(long, help = "Donne le résultat en JSON")]
        json: bool,
        #[arg(
            long,
            value_name = "SCEAU",
            conflicts_with = "file",
            help = "Part d’un sceau de confiance : TAILLE ou TAILLE:RACINE"
        )]
        since: Option<String>,
        #[arg(
            long,
            value_name = "FICHIER",
            help = "Vérifie un export, ou la preuve d’un certificat, sans base de données"
        )]
        file: Option<PathBuf>,
    },
    #[command(about = "Écrit le journal dans un fichier qui se vérifie seul")]
    Export {
        #[arg(long, value_name = "FICHIER", help = "Fichier à écrire")]
        out: PathBuf,
        #[arg(long, help = "Remplace le fichier s’il existe")]
        force: bool,
    },
}

/// Verifies or exports.
///
/// # Errors
/// When the database cannot be opened.
pub(super) async fn run(config: Config, args: Args) -> Result<ExitCode, Failure> {
    let (text, code) = match args.act {
        Act::Verify { json, file: Some(file), .. } => cli::verify_file(&file, json),
        Act::Verify { json, since, file: None } => {
            let app = start::installed_app(config).await?;
            cli::verify(&app, json, since.as_deref()).await
        }
        Act::Export { out, force } if out.exists() && !force => {
            return Err(Failure::new(format!(
                "Le fichier {} existe déjà : rien n’a été écrit. Donnez un autre nom, ou --force pour le remplacer.",
                out.display()
            )));
        }
        Act::Export { out, .. } => cli::export(&start::installed_app(config).await?, &out).await,
    };
    Ok(told(&text, code))
}

/// Writes what was found, and gives it its exit code.
pub(super) fn told(text: &str, code: i32) -> ExitCode {
    if code == cli::FAILED {
        complain(text);
    } else {
        say(text);
    }
    ExitCode::from(u8::try_from(code).unwrap_or(1))
}
