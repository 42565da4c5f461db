//! `parchemin backup`: copies everything to one file, while serving.

use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;

use crate::app::App;
use crate::authz::{Actor, Channel, Facts, Permission};
use crate::backup;
use crate::config::Config;
use crate::db::{self, Reading, record_reading};

use super::output::{complain, say};
use super::{Failure, start};

/// Options of the command.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[arg(
        value_name = "FICHIER",
        help = "Fichier à écrire, qui n’existe pas encore (par exemple parchemin-2026-01-31.tar)"
    )]
    file: PathBuf,
}

/// Copies. Ends with 1 when a document named by the database is not in the store: the copy is written all the same.
///
/// # Errors
/// When the copy cannot be made.
pub(super) async fn run(config: Config, args: &Args) -> Result<ExitCode, Failure> {
    let app = start::installed_app(config).await?;
    if !db::pending_migrations(&app.db).await.map_err(|error| start::unreachable(&error))?.is_empty() {
        return Err(Failure::new(
            "La base n’est pas à jour : lancez « parchemin migrate » avant de la sauvegarder.",
        ));
    }
    record(&app).await?;
    let written = backup::write(&app, &args.file).await.map_err(|error| Failure::new(error.to_string()))?;
    say(format_args!(
        "Sauvegarde écrite : {} ({} lignes, {} documents, {} octets).",
        args.file.display(),
        written.rows,
        written.documents,
        written.size
    ));
    say("Elle contient des données personnelles et les clés : gardez-la comme la base elle-même.");
    for hash in &written.missing {
        complain(format_args!("Document absent du stockage : {hash}"));
    }
    Ok(if written.missing.is_empty() { ExitCode::SUCCESS } else { ExitCode::from(1) })
}

/// A copy reads everything: the journal says so, in the copy too.
async fn record(app: &Arc<App>) -> Result<(), Failure> {
    let program = Actor { channel: Channel::Cli, ..Actor::system("backup") };
    let asked = (Permission::InstallationCopy, &Facts::default());
    let recorded = record_reading(app, &program, asked, Reading::Installation(app.new_id())).await;
    recorded.map_err(|error| Failure::domain(&error))
}
