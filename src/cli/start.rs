//! From the configuration to a running application, with refusals that say what to do.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use sea_orm_migration::prelude::DbErr;

use crate::app::{App, Clock, SystemClock};
use crate::config::Config;
use crate::db::{self, Db};
use crate::error::cause;
use crate::features::{certifications, programmes};
use crate::mailer::Mailer;
use crate::storage::Storage;

use super::Failure;

/// Makes the data folder, for its owner only.
///
/// # Errors
/// When the folder cannot be made.
pub(super) fn data_folder(folder: &Path) -> Result<(), Failure> {
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true);
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder).map_err(|error| {
        Failure::new(format!(
            "Le dossier de données {} ne peut pas être créé : {}.\nDonnez un autre dossier avec --data-dir, ou ouvrez-en l’accès à ce compte.",
            folder.display(),
            cause(&error)
        ))
    })
}

/// Opens the database as it is.
///
/// # Errors
/// When it cannot be reached.
pub(super) async fn database(config: &Config) -> Result<Db, Failure> {
    data_folder(&config.data_dir)?;
    Db::open(&config.database(), !config.demo).await.map_err(|error| unreachable(&error))
}

/// Opens the database with the schema of this program: migrates when the configuration allows it.
///
/// # Errors
/// When it cannot be reached, or its schema is not the right one and may not be changed.
pub(super) async fn migrated_database(config: &Config) -> Result<Db, Failure> {
    let db = database(config).await?;
    if config.migrate {
        db::migrate(&db).await.map_err(|error| migration_failed(&error))?;
    } else if !db::pending_migrations(&db).await.map_err(|error| unreachable(&error))?.is_empty() {
        return Err(Failure::new(
            "La base n’est pas à jour et la configuration interdit de la mettre à jour au démarrage.\nLancez « parchemin migrate », puis recommencez.",
        ));
    }
    Ok(db)
}

/// The whole application on its own configuration.
///
/// # Errors
/// When a part cannot start.
pub(super) async fn app(config: Config, mailer: Mailer) -> Result<Arc<App>, Failure> {
    app_at(config, mailer, Arc::new(SystemClock)).await
}

/// The same, with a clock of its own.
///
/// # Errors
/// When a part cannot start.
pub(super) async fn app_at(
    config: Config,
    mailer: Mailer,
    clock: Arc<dyn Clock>,
) -> Result<Arc<App>, Failure> {
    let db = migrated_database(&config).await?;
    let app = assemble(config, db, mailer, clock)?;
    app.sealing_key().map_err(|error| {
        Failure::new(format!(
            "La clé de l’installation ne s’ouvre pas : {error}.\nVérifiez les droits du dossier keys des données, ou remettez la clé d’une sauvegarde."
        ))
    })?;
    Ok(app)
}

/// Records the certifications and the programmes that come with the program, where they are not known yet.
///
/// # Errors
/// When they cannot be written.
pub(super) async fn preload(app: &Arc<App>) -> Result<(), Failure> {
    let recorded = certifications::preload(app).await.map_err(|error| Failure::domain(&error))?;
    if recorded > 0 {
        tracing::info!(recorded, "certifications recorded");
    }
    let recorded = programmes::preload(app).await.map_err(|error| Failure::domain(&error))?;
    if recorded > 0 {
        tracing::info!(recorded, "programmes recorded");
    }
    Ok(())
}

/// The application on a database as it is, for commands that look at it from outside.
///
/// # Errors
/// When a part cannot start.
pub(super) async fn app_as_it_is(config: Config) -> Result<Arc<App>, Failure> {
    let db = database(&config).await?;
    assemble(config, db, Mailer::Absent, Arc::new(SystemClock))
}

/// The same on an installation that exists: where there is none, nothing is made.
///
/// # Errors
/// When there is no installation, or a part cannot start.
pub(super) async fn installed_app(config: Config) -> Result<Arc<App>, Failure> {
    installed(&config).await?;
    app_as_it_is(config).await
}

/// Refuses a place without an installation, before anything is made there.
///
/// # Errors
/// When no file holds the embedded database, or the database has no table of this program; when it cannot be reached.
pub(super) async fn installed(config: &Config) -> Result<(), Failure> {
    let url = config.database();
    if let Some(file) = sqlite_file(&url)
        && !file.exists()
    {
        return Err(no_installation(&file.display().to_string()));
    }
    let db = Db::open(&url, !config.demo).await.map_err(|error| unreachable(&error))?;
    let steps = db::migration_status(&db).await.map_err(|error| unreachable(&error))?;
    db.close().await.map_err(|error| unreachable(&error))?;
    if steps.iter().any(|step| step.applied) {
        Ok(())
    } else {
        Err(no_installation("cette base de données"))
    }
}

/// The file of an embedded database; none for a server or a database in memory.
pub(super) fn sqlite_file(url: &str) -> Option<PathBuf> {
    let rest = url.strip_prefix("sqlite:")?;
    let rest = rest.strip_prefix("//").unwrap_or(rest);
    let (path, options) = rest.split_once('?').unwrap_or((rest, ""));
    let in_memory = path.is_empty() || path == ":memory:" || options.contains("mode=memory");
    (!in_memory).then(|| PathBuf::from(path))
}

fn no_installation(place: &str) -> Failure {
    Failure::new(format!(
        "Il n’y a pas d’installation de Parchemin ici : {place} ne contient pas ses données. Rien n’a été créé.\nLancez la commande dans le dossier de l’installation, ou donnez --data-dir, --database-url ou --config."
    ))
    .unable()
}

fn assemble(config: Config, db: Db, mailer: Mailer, clock: Arc<dyn Clock>) -> Result<Arc<App>, Failure> {
    let storage = Storage::from_config(&config).map_err(|error| {
        Failure::new(format!(
            "Le stockage des documents ne s’ouvre pas : {error}.\nVérifiez storage_url, les clés du bucket et les droits du dossier de données."
        ))
    })?;
    Ok(App::new(config, db, storage, mailer, clock))
}

/// The relay of the configuration.
///
/// # Errors
/// When its address cannot be read.
pub(super) fn mailer(config: &Config) -> Result<Mailer, Failure> {
    Mailer::from_config(config).map_err(|error| {
        Failure::new(format!(
            "L’adresse du relais de messagerie n’est pas lisible : {error}.\nÉcrivez smtp_url sous la forme smtp://utilisateur:motdepasse@serveur:587?tls=required."
        ))
    })
}

pub(super) fn unreachable(error: &DbErr) -> Failure {
    Failure::new(format!(
        "La base de données ne répond pas : {error}.\nVérifiez database_url, que le serveur est démarré, et que ce compte peut s’y connecter."
    ))
}

pub(super) fn migration_failed(error: &DbErr) -> Failure {
    Failure::new(format!(
        "La mise à jour de la base a échoué : {error}.\nRien n’a été gardé de l’étape qui échoue. Restaurez la dernière sauvegarde si le service doit reprendre avec l’ancienne version."
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_file_of_an_embedded_database_is_known() {
        for (url, file) in [
            ("sqlite://data/parchemin.sqlite?mode=rwc", Some("data/parchemin.sqlite")),
            ("sqlite:///var/lib/parchemin.sqlite", Some("/var/lib/parchemin.sqlite")),
            ("sqlite:ici.sqlite", Some("ici.sqlite")),
            ("sqlite::memory:", None),
            ("sqlite://x?mode=memory", None),
            ("postgres://localhost/parchemin", None),
        ] {
            assert_eq!(sqlite_file(url), file.map(PathBuf::from), "{url}");
        }
    }
}
