//! Words of the enumerations of the API of certificates.

use entity::certificate::{CertificateKind, CertificateState};
use entity::certificate_change::ChangeCause;
use entity::certificate_revocation::RevocationCause;
use poem_openapi::Enum;

/// What was delivered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[oai(rename = "CertificateKind", rename_all = "snake_case")]
pub enum KindWord {
    /// Everything was acquired.
    Full,
    /// A part was.
    Blocs,
}

impl From<CertificateKind> for KindWord {
    fn from(kind: CertificateKind) -> Self {
        match kind {
            CertificateKind::Full => Self::Full,
            CertificateKind::Blocs => Self::Blocs,
        }
    }
}

impl From<KindWord> for CertificateKind {
    fn from(word: KindWord) -> Self {
        match word {
            KindWord::Full => Self::Full,
            KindWord::Blocs => Self::Blocs,
        }
    }
}

/// Whether a certificate counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[oai(rename = "CertificateState", rename_all = "snake_case")]
pub enum StateWord {
    /// It counts.
    Valid,
    /// Not for now.
    Suspended,
    /// Never again.
    Revoked,
    /// Another one took its place.
    Superseded,
}

impl From<CertificateState> for StateWord {
    fn from(state: CertificateState) -> Self {
        match state {
            CertificateState::Valid => Self::Valid,
            CertificateState::Suspended => Self::Suspended,
            CertificateState::Revoked => Self::Revoked,
            CertificateState::Superseded => Self::Superseded,
        }
    }
}

impl From<StateWord> for CertificateState {
    fn from(word: StateWord) -> Self {
        match word {
            StateWord::Valid => Self::Valid,
            StateWord::Suspended => Self::Suspended,
            StateWord::Revoked => Self::Revoked,
            StateWord::Superseded => Self::Superseded,
        }
    }
}

/// Why a revocation is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[oai(rename = "CertificateRevocationCause", rename_all = "snake_case")]
pub enum RevocationWord {
    /// Fraud.
    Fraud,
    /// It was delivered by mistake.
    MaterialError,
    /// An appeal annulled the decision.
    Appeal,
    /// Another reason.
    Other,
}

impl From<RevocationWord> for RevocationCause {
    fn from(word: RevocationWord) -> Self {
        match word {
            RevocationWord::Fraud => Self::Fraud,
            RevocationWord::MaterialError => Self::MaterialError,
            RevocationWord::Appeal => Self::Appeal,
            RevocationWord::Other => Self::Other,
        }
    }
}

/// Why a certificate is replaced.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[oai(rename = "CertificateReplacementCause", rename_all = "snake_case")]
pub enum ReplacementWord {
    /// The civil status changed.
    CivilStatus,
    /// Something printed was wrong.
    MaterialError,
}

impl From<ReplacementWord> for ChangeCause {
    fn from(word: ReplacementWord) -> Self {
        match word {
            ReplacementWord::CivilStatus => Self::CivilStatus,
            ReplacementWord::MaterialError => Self::MaterialError,
        }
    }
}

/// Where the files of a batch stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[oai(rename = "CertificateBatchState", rename_all = "snake_case")]
pub enum BatchWord {
    /// Not begun.
    Waiting,
    /// Some are ready.
    Running,
    /// All are.
    Done,
    /// They could not be made.
    Failed,
}
