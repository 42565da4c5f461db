//! The words of the API of candidates.

use entity::access_route::Way;
use entity::candidate::{CandidateState, Contract, IdentityDocument, JuryDecision, Leaving};
use entity::candidate_observation::Observed;
use entity::candidate_piece::CandidatePieceKind;
use entity::candidate_positioning::Positioned;
use entity::candidate_tie::{CandidateTieKind, CandidateTieSource};

use crate::http::api::words::words;

words! {
    /// Where a file stands.
    StateWord as "CandidateState" for CandidateState {
        /// Enrolled at the certifier.
        Enrolled,
        /// Positioned.
        Positioned,
        /// On the path.
        OnPath,
        /// The file is with the certifier.
        FileSubmitted,
        /// Pieces lack.
        FileIncomplete,
        /// May sit before a jury.
        Admitted,
        /// Called to a session.
        Summoned,
        /// There on the day.
        Present,
        /// Did not come, and said why.
        AbsentExcused,
        /// Did not come.
        Absent,
        /// Everything was acquired.
        Total,
        /// A part was.
        Partial,
        /// Refused.
        Refused,
        /// The jury could not decide.
        Adjourned,
        /// The decision was sent back to the jury.
        UnderReview,
        /// The decision was told.
        Notified,
        /// The candidate contests it.
        Appealed,
        /// Gave up before the jury.
        Withdrawn,
        /// Put out for fraud.
        Excluded,
        /// The certificate was cancelled.
        Revoked,
    }
    /// How the candidate comes to the certification.
    WayWord as "CandidateWay" for Way {
        /// Continuing training.
        Fc,
        /// Contrat de professionnalisation.
        ContratPro,
        /// Apprenticeship.
        Ca,
        /// Initial training.
        Fi,
        /// Validation of acquired experience.
        Vae,
        /// By oneself.
        CandidatLibre,
    }
    /// The contract that ties the candidate to the structure.
    ContractWord as "CandidateContract" for Contract {
        /// CDD d’insertion.
        Cddi,
        /// Contrat unique d’insertion.
        Cui,
        /// Apprenticeship.
        Apprenticeship,
        /// Contrat de professionnalisation.
        Professionalisation,
        /// Another one.
        Other,
        /// None.
        None,
    }
    /// What a piece is.
    PieceWord as "CandidatePieceKind" for CandidatePieceKind {
        /// The sheet of the positioning.
        PositioningSheet,
        /// The livret de suivi.
        Livret,
        /// The agreement of an immersion.
        ImmersionAgreement,
        /// What the tutor of the immersion says.
        TutorEvaluation,
        /// The file that the jury reads.
        JuryFile,
        /// The consent of the candidate.
        Consent,
        /// Another one.
        Other,
    }
    /// What the positioning found of a skill.
    ResultWord as "PositioningResult" for Positioned {
        /// Acquired.
        Acquired,
        /// To work on.
        ToWorkOn,
        /// Not seen.
        NotSeen,
    }
    /// What an observation says of a skill.
    ObservedWord as "ObservationResult" for Observed {
        /// Acquired.
        Acquired,
        /// On the way.
        InProgress,
        /// Not acquired.
        NotAcquired,
    }
    /// How an expert knows a candidate.
    CandidateTieWord as "CandidateTieKind" for CandidateTieKind {
        /// Trained them.
        Trained,
        /// Supervised them.
        Supervised,
        /// Accompanied them.
        Accompanied,
        /// Assessed them.
        Assessed,
        /// Family.
        Family,
        /// Business.
        Business,
        /// A dispute.
        Dispute,
    }
    /// Where a tie is known from.
    TieSourceWord as "CandidateTieSource" for CandidateTieSource {
        /// The observations of the livret.
        Observation,
        /// The expert said it.
        DeclaredByExpert,
        /// The candidate said it.
        DeclaredByCandidate,
        /// The structure said it.
        DeclaredByStructure,
        /// The team recorded it.
        Recorded,
    }
    /// Why somebody gives up.
    LeavingWord as "CandidateLeaving" for Leaving {
        /// A job: a success.
        Work,
        /// The contract ended.
        EndOfContract,
        /// Health.
        Health,
        /// Another reason.
        Other,
    }
    /// What was decided.
    DecisionWord as "CandidateDecision" for JuryDecision {
        /// Everything is acquired.
        Total,
        /// A part is.
        Partial,
        /// Refused.
        Refused,
        /// Adjourned.
        Adjourned,
        /// Did not come.
        Absent,
        /// Did not come, and said why.
        AbsentExcused,
        /// Put out for fraud.
        Fraud,
    }
}

/// What the identity was read on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, poem_openapi::Enum)]
#[oai(rename_all = "snake_case", rename = "IdentityDocument")]
pub enum DocumentWord {
    /// The national identity card.
    IdentityCard,
    /// A passport.
    Passport,
    /// A residence permit.
    ResidencePermit,
    /// A driving licence.
    DrivingLicence,
    /// Another document.
    Other,
}

impl DocumentWord {
    /// The word; none when no document was seen.
    #[must_use]
    pub const fn of(document: IdentityDocument) -> Option<Self> {
        Some(match document {
            IdentityDocument::None => return None,
            IdentityDocument::IdentityCard => Self::IdentityCard,
            IdentityDocument::Passport => Self::Passport,
            IdentityDocument::ResidencePermit => Self::ResidencePermit,
            IdentityDocument::DrivingLicence => Self::DrivingLicence,
            IdentityDocument::Other => Self::Other,
        })
    }
}

impl From<DocumentWord> for IdentityDocument {
    fn from(word: DocumentWord) -> Self {
        match word {
            DocumentWord::IdentityCard => Self::IdentityCard,
            DocumentWord::Passport => Self::Passport,
            DocumentWord::ResidencePermit => Self::ResidencePermit,
            DocumentWord::DrivingLicence => Self::DrivingLicence,
            DocumentWord::Other => Self::Other,
        }
    }
}
