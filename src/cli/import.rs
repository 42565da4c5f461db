//! `parchemin import`: structures, experts, people to enrol, past certificates, past missions, programmes or the figures of
//! past years, from a CSV or XLSX file.
//!
//! Exit codes: 0 when every line was right, 2 when lines were refused.

use std::path::PathBuf;
use std::process::ExitCode;

use crate::config::Config;
use crate::error::cause;
use crate::features::import::{self, Kind};
use crate::import::{Report, labels};
use crate::mailer::Mailer;

use super::output::{complain, say};
use super::{Failure, start};

/// Options of the command.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[arg(value_name = "NATURE", value_parser = kind, help = "Ce que le fichier contient : structures, experts, candidates, certificates, missions, programmes ou history")]
    kind: Kind,
    #[arg(value_name = "FICHIER", help = "Fichier CSV ou XLSX")]
    file: PathBuf,
    #[arg(long, help = "Vérifie le fichier sans rien enregistrer")]
    dry_run: bool,
    #[arg(long, help = "Enregistre les lignes justes même si d’autres sont à corriger")]
    skip_invalid: bool,
}

/// Imports a file, and tells every fault.
///
/// # Errors
/// When the file cannot be read, or a part cannot start.
pub(super) async fn run(config: Config, args: Args) -> Result<ExitCode, Failure> {
    let bytes = std::fs::read(&args.file).map_err(|error| {
        Failure::new(format!("Le fichier {} ne peut pas être lu : {}.", args.file.display(), cause(&error)))
    })?;
    start::installed(&config).await?;
    let app = start::app(config, Mailer::Absent).await?;
    start::preload(&app).await?;
    let name = args.file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let done = Box::pin(import::run(&app, args.kind, &bytes, &name, args.dry_run, args.skip_invalid));
    let report = done.await.map_err(|error| Failure::domain(&error))?;
    Ok(told(&report, args.dry_run))
}

/// Says what was done on standard output, what is wrong on standard error.
fn told(report: &Report, dry_run: bool) -> ExitCode {
    for fault in &report.faults {
        complain(fault.sentence());
    }
    let ignored = labels::ignored(&report.ignored);
    if !ignored.is_empty() {
        complain(ignored);
    }
    let known = labels::known(report.known);
    if !known.is_empty() {
        say(known);
    }
    if report.written > 0 {
        say(labels::recorded(report.written));
    } else if report.faults.is_empty() && dry_run {
        say(labels::checked(report.ready));
    } else if report.faults.is_empty() && report.known == 0 {
        complain(format_args!("{}.", labels::NO_LINE));
    }
    if report.faults.is_empty() {
        return ExitCode::SUCCESS;
    }
    if report.written == 0 {
        complain(labels::refused(report.refused()));
    }
    ExitCode::from(2)
}

/// The kind of a word of the command line.
fn kind(text: &str) -> Result<Kind, String> {
    let known = || Kind::ALL.map(Kind::word).join(", ");
    Kind::of(text).ok_or_else(|| format!("écrivez l’un de ces mots : {}", known()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_kind_is_one_of_those_that_exist() {
        assert_eq!(kind("experts"), Ok(Kind::Experts));
        let refused = kind("certificats").unwrap_err();
        assert!(
            refused.contains("structures, experts, candidates, certificates, missions, programmes, history"),
            "{refused}"
        );
    }
}
