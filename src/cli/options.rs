//! Options that every command has.

use std::path::PathBuf;

use clap::Args;

use crate::config::{Config, Secret};

use super::Failure;

/// They go over the file and the environment.
#[derive(Clone, Debug, Args)]
pub(super) struct Options {
    #[arg(
        long,
        global = true,
        value_name = "FICHIER",
        help = "Fichier de configuration (par défaut parchemin.toml)"
    )]
    pub(super) config: Option<PathBuf>,
    #[arg(
        long,
        global = true,
        value_name = "DOSSIER",
        help = "Dossier de la base intégrée, des documents et des clés"
    )]
    pub(super) data_dir: Option<PathBuf>,
    #[arg(long, global = true, value_name = "URL", help = "Base de données : sqlite://… ou postgres://…")]
    pub(super) database_url: Option<String>,
}

impl Options {
    /// The configuration with these options over it.
    ///
    /// # Errors
    /// When the file or the environment cannot be read.
    pub(super) fn load(&self) -> Result<Config, Failure> {
        let mut config = Config::load(self.config.as_deref())?;
        if let Some(data_dir) = &self.data_dir {
            config.data_dir.clone_from(data_dir);
        }
        if let Some(url) = &self.database_url {
            config.database_url = Some(Secret::from(url.as_str()));
        }
        Ok(config)
    }
}
