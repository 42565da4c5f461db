//! `parchemin restore`: brings a copy back into an empty installation.

use std::path::PathBuf;
use std::process::ExitCode;

use crate::backup;
use crate::config::Config;
use crate::features::journal::cli;

use super::output::{complain, say};
use super::{Failure, journal, start};

/// Options of the command.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[arg(value_name = "FICHIER", help = "Fichier écrit par « parchemin backup »")]
    file: PathBuf,
}

/// Restores, then verifies the journal: ends with 1 when it was altered, or when documents lack.
///
/// # Errors
/// When the copy is not intact, or the target is not empty.
pub(super) async fn run(config: Config, args: &Args) -> Result<ExitCode, Failure> {
    let app = start::app_as_it_is(config).await?;
    let restored =
        backup::restore(&app, &args.file).await.map_err(|error| Failure::new(error.to_string()))?;
    say(format_args!(
        "Sauvegarde du {} restaurée : {} lignes, {} documents.",
        restored.made_at, restored.rows, restored.documents
    ));
    for hash in &restored.missing {
        complain(format_args!("Document déjà absent de la sauvegarde : {hash}"));
    }
    let (text, code) = cli::verify(&app, false, None).await;
    let verified = journal::told(&text, code);
    Ok(if restored.missing.is_empty() || code != cli::INTACT { verified } else { ExitCode::from(1) })
}
