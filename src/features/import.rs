//! Files that people bring, by kind: the face of `parchemin import`.

use std::sync::Arc;

use crate::app::App;
use crate::authz::{Actor, Channel};
use crate::error::{DomainError, ErrorKind, Fault};
use crate::features::{candidates, certificates, experts, home, missions, programmes, structures};
use crate::import::{Options, Report};

/// What a file holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Structures.
    Structures,
    /// Experts and their habilitations.
    Experts,
    /// People to enrol.
    Candidates,
    /// Certificates of the past.
    Certificates,
    /// Missions of the past.
    Missions,
    /// Programmes of training.
    Programmes,
    /// Figures of past years.
    History,
}

impl Kind {
    /// Every kind.
    pub const ALL: [Self; 7] = [
        Self::Structures,
        Self::Experts,
        Self::Candidates,
        Self::Certificates,
        Self::Missions,
        Self::Programmes,
        Self::History,
    ];

    /// The word of the command line.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Structures => "structures",
            Self::Experts => "experts",
            Self::Candidates => "candidates",
            Self::Certificates => "certificates",
            Self::Missions => "missions",
            Self::Programmes => "programmes",
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
    /// Of people to enrol.
    #[error(transparent)]
    Candidates(#[from] candidates::CandidateError),
    /// Of certificates.
    #[error(transparent)]
    Certificates(#[from] certificates::CertificateError),
    /// Of missions.
    #[error(transparent)]
    Missions(#[from] missions::MissionError),
    /// Of programmes.
    #[error(transparent)]
    Programmes(#[from] programmes::ProgrammeError),
    /// Of figures.
    #[error(transparent)]
    History(#[from] home::HomeError),
}

impl ImportError {
    fn inner(&self) -> &dyn DomainError {
        match self {
            Self::Structures(error) => error,
            Self::Experts(error) => error,
            Self::Candidates(error) => error,
            Self::Certificates(error) => error,
            Self::Missions(error) => error,
            Self::Programmes(error) => error,
            Self::History(error) => error,
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
        Kind::Candidates => candidates::import::import(app, actor, bytes, file_name, options).await?,
        Kind::Certificates => certificates::import::import(app, actor, bytes, file_name, options).await?,
        Kind::Missions => missions::import::import(app, actor, bytes, file_name, options).await?,
        Kind::Programmes => programmes::import::import(app, actor, bytes, file_name, options).await?,
        Kind::History => home::import::import(app, actor, bytes, options).await?,
    })
}
