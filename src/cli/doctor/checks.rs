//! One function for each thing that an installation needs. They change nothing, but for one trial document of a few
//! bytes that stays in the store.

use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::Command;

use sea_orm::{ConnectionTrait, Statement};
use time::{Duration, OffsetDateTime};

use super::Verdict;
use crate::app::{Clock, SystemClock};
use crate::config::{Config, RateLimits};
use crate::db::{self, Db};
use crate::mailer::Mailer;
use crate::storage::Storage;
use crate::storage::scan::Scanner;

/// The clock of the database may differ from ours by this much.
const CLOCK_TOLERANCE: Duration = Duration::seconds(5);
/// Free space under which an operator should act, in mebibytes.
const LITTLE_SPACE: u64 = 1024;

/// Every check, in the order in which one explains the next.
pub(super) async fn all(config: &Config) -> Vec<(&'static str, Verdict)> {
    let mut found = vec![
        ("Adresse publique", public_address(config)),
        ("Limites de débit", rate_limits(config)),
        ("Dossier de données", data_folder(&config.data_dir)),
        ("Espace disque", free_space(&config.data_dir)),
        ("Clés", keys(config)),
        ("Organisme", organisation(config)),
    ];
    found.extend(database(config).await);
    found.push(("Stockage des documents", storage(config).await));
    found.push(("Antivirus", antivirus(config).await));
    found.push(("Relais de messagerie", relay(config).await));
    found
}

async fn database(config: &Config) -> Vec<(&'static str, Verdict)> {
    if config.database_url.is_none() && !config.data_dir.join("parchemin.sqlite").exists() {
        return vec![("Base de données", Verdict::fine("créée au premier démarrage"))];
    }
    match Db::open(&config.database(), true).await {
        Ok(db) => {
            let found = vec![
                ("Base de données", schema(&db).await),
                ("Horloge", clock(&db, SystemClock.now()).await),
            ];
            drop(db.close().await);
            found
        }
        Err(error) => vec![("Base de données", unreachable_database(&error))],
    }
}

fn public_address(config: &Config) -> Verdict {
    let local = ["127.0.0.1", "localhost", "[::1]"].iter().any(|host| config.public_url.contains(host));
    if config.is_https() || local {
        Verdict::fine(&config.public_url)
    } else {
        Verdict::wrong(
            format!("{} n’est pas en https", config.public_url),
            "Placez un proxy https devant Parchemin et donnez son adresse dans public_url.",
        )
    }
}

/// What the documents and the legal notice print about the certifier.
fn organisation(config: &Config) -> Verdict {
    let unnamed = config.organisation == Config::default().organisation;
    let facts = [
        ("organisation", unnamed),
        ("organisation_address", config.organisation_address.trim().is_empty()),
        ("organisation_legal_form", config.organisation_legal_form.trim().is_empty()),
        ("organisation_siret", config.organisation_siret.trim().is_empty()),
        ("organisation_phone", config.organisation_phone.trim().is_empty()),
        ("organisation_representative", config.organisation_representative.trim().is_empty()),
        ("organisation_director", config.organisation_director.trim().is_empty()),
        ("organisation_host", config.organisation_host.trim().is_empty()),
        ("mail_reply_to", config.mail_reply_to.is_none()),
    ];
    let missing: Vec<&str> = facts.iter().filter(|(_, absent)| *absent).map(|(key, _)| *key).collect();
    if missing.is_empty() {
        return Verdict::fine(&config.organisation);
    }
    Verdict::wrong(
        "les documents et les mentions légales sont incomplets",
        format!("Renseignez {} dans la configuration.", missing.join(", ")),
    )
}

fn rate_limits(config: &Config) -> Verdict {
    match config.rate_limits {
        RateLimits::On => Verdict::fine("actives"),
        RateLimits::Off => {
            Verdict::wrong("arrêtées", "Retirez rate_limits = \"off\" en dehors des essais de charge.")
        }
    }
}

fn data_folder(folder: &Path) -> Verdict {
    let shown = folder.display();
    let trial = folder.join(".doctor");
    if let Err(error) = std::fs::create_dir_all(folder).and_then(|()| std::fs::write(&trial, "")) {
        let remedy =
            format!("Donnez à ce compte le droit d’écrire dans {shown}, ou un autre dossier avec data_dir.");
        return Verdict::wrong(format!("{shown} ne s’écrit pas ({error})"), remedy);
    }
    drop(std::fs::remove_file(trial));
    let others = std::fs::metadata(folder).map_or(0, |data| data.permissions().mode() & 0o007);
    if others == 0 {
        Verdict::fine(format!("{shown}, réservé à ce compte"))
    } else {
        Verdict::wrong(
            format!("{shown} est ouvert à tous les comptes"),
            format!("Faites « chmod 700 {shown} »."),
        )
    }
}

fn free_space(folder: &Path) -> Verdict {
    let told = Command::new("df").args(["-Pm", "--"]).arg(folder).output().ok();
    let told = told.map(|output| String::from_utf8_lossy(&output.stdout).into_owned()).unwrap_or_default();
    let free = told.lines().nth(1).and_then(|line| line.split_whitespace().nth(3)?.parse::<u64>().ok());
    match free {
        Some(free) if free < LITTLE_SPACE => Verdict::wrong(
            format!("il reste {free} Mio"),
            "Libérez de la place ou agrandissez le disque : sans place, plus rien ne s’enregistre.",
        ),
        Some(free) => Verdict::fine(format!("il reste {free} Mio")),
        None => Verdict::fine("inconnu sur ce système"),
    }
}

/// Keys are made at the first start: none is fine, one that others read is not.
fn keys(config: &Config) -> Verdict {
    if let Some(file) = &config.journal_key_file
        && let Err(error) = std::fs::File::open(file)
    {
        let seen = format!("{} ne se lit pas ({error})", file.display());
        return Verdict::wrong(
            seen,
            "Rendez ce fichier lisible par ce compte, ou corrigez journal_key_file.",
        );
    }
    let folder = config.data_dir.join("keys");
    let files: Vec<_> =
        std::fs::read_dir(&folder).into_iter().flatten().flatten().map(|entry| entry.path()).collect();
    let files = files.iter().chain(&config.journal_key_file);
    let open = files
        .clone()
        .find(|file| std::fs::metadata(file).is_ok_and(|data| data.permissions().mode() & 0o077 != 0));
    match open {
        Some(file) => Verdict::wrong(
            format!("{} est lisible par d’autres comptes", file.display()),
            format!("Faites « chmod 600 {} ».", file.display()),
        ),
        None if files.count() == 0 => Verdict::fine("créées au premier démarrage"),
        None => Verdict::fine("présentes et réservées à ce compte"),
    }
}

fn unreachable_database(error: &sea_orm::DbErr) -> Verdict {
    let remedy = "Vérifiez database_url, que le serveur est démarré, et que ce compte peut s’y connecter.";
    Verdict::wrong(format!("ne répond pas ({error})"), remedy)
}

async fn schema(db: &Db) -> Verdict {
    match db::pending_migrations(db).await {
        Ok(missing) if missing.is_empty() => Verdict::fine(format!("{}, à jour", db.kind())),
        Ok(missing) => Verdict::wrong(
            format!("{}, {} étapes du schéma manquent", db.kind(), missing.len()),
            "Faites « parchemin migrate », ou laissez « parchemin serve » le faire.",
        ),
        Err(error) => unreachable_database(&error),
    }
}

/// Deadlines, sessions and seals live on instants: our clock and that of the database must agree.
async fn clock(db: &Db, now: OffsetDateTime) -> Verdict {
    let sql = if db.is_sqlite() {
        "SELECT CAST(strftime('%s', 'now') AS bigint) AS told"
    } else {
        "SELECT CAST(extract(epoch FROM clock_timestamp()) AS bigint) AS told"
    };
    let statement = Statement::from_string(db.read().get_database_backend(), sql);
    let told = match db.read().query_one_raw(statement).await {
        Ok(row) => row.and_then(|row| row.try_get::<i64>("", "told").ok()),
        Err(error) => return unreachable_database(&error),
    };
    let Some(told) = told.and_then(|told| OffsetDateTime::from_unix_timestamp(told).ok()) else {
        return Verdict::wrong("la base ne donne pas l’heure", "Vérifiez la version de la base de données.");
    };
    let gap = (now - told).abs();
    if gap > CLOCK_TOLERANCE {
        let seen = format!("{} secondes d’écart avec la base de données", gap.whole_seconds());
        Verdict::wrong(seen, "Mettez les deux machines à l’heure (service NTP).")
    } else {
        Verdict::fine(format!("{} UTC, comme la base de données", now.time().truncate_to_second()))
    }
}

async fn storage(config: &Config) -> Verdict {
    let remedy = "Vérifiez storage_url, les clés du bucket et les droits du dossier de données.";
    let storage = match Storage::from_config(config) {
        Ok(storage) => storage,
        Err(error) => return Verdict::wrong(format!("ne s’ouvre pas ({error})"), remedy),
    };
    let trial = b"parchemin doctor\n".to_vec();
    let kept = match storage.put(trial).await {
        Ok(hash) => storage.get(&hash).await.map(drop),
        Err(error) => Err(error),
    };
    match kept {
        Ok(()) => Verdict::fine(format!("{} s’écrit et se relit", config.storage_url)),
        Err(error) => Verdict::wrong(format!("ne s’écrit pas ({error})"), remedy),
    }
}

async fn antivirus(config: &Config) -> Verdict {
    let Some(address) = &config.clamd else {
        return Verdict::fine("aucun, les fichiers reçus ne sont pas analysés");
    };
    match Scanner::at(address).ping().await {
        Ok(()) => Verdict::fine("répond"),
        Err(error) => Verdict::wrong(
            format!("ne répond pas, aucun fichier n’est reçu ({error})"),
            format!("Démarrez clamd, ou corrigez clamd = \"{address}\"."),
        ),
    }
}

async fn relay(config: &Config) -> Verdict {
    match Mailer::from_config(config) {
        Err(error) => Verdict::wrong(format!("adresse illisible ({error})"), "Corrigez smtp_url."),
        Ok(mailer) => match mailer.reachable().await {
            Some(true) => Verdict::fine("répond"),
            Some(false) => Verdict::wrong(
                "ne répond pas, les courriels attendent",
                "Vérifiez smtp_url, le mot de passe, et que ce port sort du réseau.",
            ),
            None => Verdict::wrong(
                "aucun, les courriels attendent",
                "Donnez smtp_url, par exemple smtp://utilisateur:motdepasse@serveur:587?tls=required.",
            ),
        },
    }
}
