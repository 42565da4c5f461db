//! Files that people bring, by kind: the face of `parchemin import`.

use std::sync::Arc;

use crate::app::App;
use crate::authz::{self, Actor, Channel, Facts, Permission};
use crate::error::{DomainError, ErrorKind, Fault};
use crate::features::home::input::TypedFigure;
use crate::features::home::{self, HomeError};
use crate::features::{experts, structures};
use crate::import::{Column, Columns, LineFault, Options, Report, TableError, read_table};

/// What a file holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Structures.
    Structures,
    /// Experts and their habilitations.
    Experts,
    /// Figures of past years.
    History,
}

impl Kind {
    /// Every kind.
    pub const ALL: [Self; 3] = [Self::Structures, Self::Experts, Self::History];

    /// The word of the command line.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Structures => "structures",
            Self::Experts => "experts",
            Self::History => "history",
        }
    }

    /// The kind of a word.
    #[must_use]
    pub fn of(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.word() == word)
    }
}

/// Why a file was not imported at all.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// Of structures.
    #[error(transparent)]
    Structures(#[from] structures::StructureError),
    /// Of experts.
    #[error(transparent)]
    Experts(#[from] experts::ExpertError),
    /// Of figures.
    #[error(transparent)]
    History(#[from] HomeError),
    /// The file cannot be read.
    #[error(transparent)]
    Table(#[from] TableError),
}

impl ImportError {
    fn inner(&self) -> &dyn DomainError {
        match self {
            Self::Structures(error) => error,
            Self::Experts(error) => error,
            Self::History(error) => error,
            Self::Table(error) => error,
        }
    }
}

impl DomainError for ImportError {
    fn kind(&self) -> ErrorKind {
        self.inner().kind()
    }

    fn code(&self) -> &'static str {
        self.inner().code()
    }

    fn detail(&self) -> String {
        self.inner().detail()
    }

    fn faults(&self) -> Vec<Fault> {
        self.inner().faults()
    }
}

/// Imports a file on the command line.
///
/// # Errors
/// A file that cannot be read, what the database answers. Wrong lines are in the report, and no error.
pub async fn run(
    app: &Arc<App>,
    kind: Kind,
    bytes: &[u8],
    file_name: &str,
    dry_run: bool,
    skip_invalid: bool,
) -> Result<Report, ImportError> {
    let options = Options { dry_run, skip_invalid };
    let actor = Actor { channel: Channel::Cli, ..Actor::system("import") };
    Ok(match kind {
        Kind::Structures => structures::import::import(app, actor, bytes, file_name, options).await?,
        Kind::Experts => experts::import::import(app, actor, bytes, file_name, options).await?,
        Kind::History => history(app, actor, bytes, options).await?,
    })
}

/// The columns of a file of past figures.
const FIGURES: [Column; 3] = [
    Column { key: "year", names: &["year", "annee"], required: true },
    Column { key: "measure", names: &["measure", "mesure"], required: true },
    Column { key: "value", names: &["value", "valeur"], required: true },
];

async fn history(
    app: &Arc<App>,
    actor: Actor,
    bytes: &[u8],
    options: Options,
) -> Result<Report, ImportError> {
    let _allowed =
        authz::allows(&actor, Permission::ActivityImport, &Facts::default()).map_err(HomeError::from)?;
    let table = read_table(bytes)?;
    let columns = match Columns::find(&table, &FIGURES) {
        Ok(columns) => columns,
        Err(faults) => return Ok(Report::new(table.rows.len(), 0, faults, Vec::new())),
    };
    let typed = |row| TypedFigure {
        year: columns.cell(row, "year").to_owned(),
        measure: columns.cell(row, "measure").to_owned(),
        value: columns.cell(row, "value").to_owned(),
    };
    let mut lines: Vec<TypedFigure> = table.rows.iter().map(typed).collect();
    let faults: Vec<(usize, LineFault)> = match home::input::read(&lines) {
        Ok(_) => Vec::new(),
        Err(faults) => faults
            .iter()
            .filter_map(|fault| {
                let (at, key) = fault.pointer.trim_start_matches('/').split_once('/')?;
                let at: usize = at.parse().ok()?;
                Some((at, columns.fault(table.rows.get(at)?, key, fault.message.clone(), None)))
            })
            .collect(),
    };
    for at in (0..lines.len()).rev().filter(|at| faults.iter().any(|(wrong, _)| wrong == at)) {
        lines.remove(at);
    }
    let faults = faults.into_iter().map(|(_, fault)| fault).collect();
    let mut report = Report::new(table.rows.len(), lines.len(), faults, columns.ignored().to_vec());
    if report.goes_on(options) {
        report.written = home::import_history(app, actor, &lines).await?;
    }
    Ok(report)
}
