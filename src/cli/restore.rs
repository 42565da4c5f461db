//! `parchemin restore`: brings a copy back into an empty installation.

use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;

use crate::app::App;
use crate::backup::{self, Checked, Restored};
use crate::config::Config;
use crate::features::journal::cli;

use super::output::{complain, say};
use super::{Failure, journal, serve, start};

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
    let copy = backup::check(&args.file).map_err(|error| Failure::new(error.to_string()))?;
    let before = Before::of(&config);
    let done = bring_back(config, args, copy).await;
    let (app, restored) = done.inspect_err(|_| before.clean())?;
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

async fn bring_back(config: Config, args: &Args, copy: Checked) -> Result<(Arc<App>, Restored), Failure> {
    let app = start::app_as_it_is(config).await?;
    match backup::restore_checked(&app, &args.file, copy).await {
        Ok(restored) => Ok((app, restored)),
        Err(error) => {
            serve::close(&app).await;
            Err(Failure::new(error.to_string()))
        }
    }
}

/// What was not there before: a refused restoration takes it away again.
struct Before {
    absent: Vec<PathBuf>,
}

impl Before {
    fn of(config: &Config) -> Self {
        let folder = &config.data_dir;
        let inside = ["documents", "keys", "tmp"].map(|name| folder.join(name));
        let base = start::sqlite_file(&config.database());
        let base = base.into_iter().flat_map(|file| {
            ["", "-wal", "-shm", "-journal"].map(|end| {
                let mut name = file.clone().into_os_string();
                name.push(end);
                PathBuf::from(name)
            })
        });
        let made = std::iter::once(folder.clone()).chain(inside).chain(base);
        Self { absent: made.filter(|path| !path.exists()).collect() }
    }

    /// Removes what came since; what cannot be removed stays.
    fn clean(&self) {
        for path in &self.absent {
            let done = if path.is_dir() { std::fs::remove_dir_all(path) } else { std::fs::remove_file(path) };
            drop(done);
        }
    }
}
