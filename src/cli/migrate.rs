//! `parchemin migrate`: applies the missing migrations, or lists them all.

use std::process::ExitCode;

use crate::config::Config;
use crate::db;

use super::output::say;
use super::{Failure, start};

/// Options of the command.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[arg(long, help = "Liste les étapes sans rien appliquer")]
    status: bool,
}

/// Migrates.
///
/// # Errors
/// When the database cannot be reached or refuses a migration.
pub(super) async fn run(config: &Config, args: &Args) -> Result<ExitCode, Failure> {
    let db = start::database(config).await?;
    if args.status {
        for step in db::migration_status(&db).await.map_err(|error| start::unreachable(&error))? {
            say(format_args!("{}  {}", if step.applied { "appliquée " } else { "en attente" }, step.name));
        }
    } else {
        let pending = db::pending_migrations(&db).await.map_err(|error| start::unreachable(&error))?;
        db::migrate(&db).await.map_err(|error| start::migration_failed(&error))?;
        match pending.len() {
            0 => say("La base était déjà à jour."),
            1 => say("Une étape appliquée, la base est à jour."),
            count => say(format_args!("{count} étapes appliquées, la base est à jour.")),
        }
    }
    db.close().await.map_err(|error| start::unreachable(&error))?;
    Ok(ExitCode::SUCCESS)
}
