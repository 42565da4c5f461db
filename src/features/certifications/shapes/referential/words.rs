//! The words of the API of referentials.

use entity::access_route::Way;
use entity::epreuve::{EpreuveKind, Scale};
use entity::jury_rules::{Majority, President};
use entity::referential::ReferentialState;
use entity::result_rules::Combine;

use crate::http::api::words::words;

words! {
    /// Where a revision stands.
    StateWord as "ReferentialState" for ReferentialState {
        /// It may change.
        Draft,
        /// It is frozen.
        Published,
    }
    /// What the candidate does in an épreuve.
    KindWord as "EpreuveKind" for EpreuveKind {
        /// Is observed at the workstation.
        ObservationSituation,
        /// Takes a test.
        MiseEnSituation,
        /// Answers a questionnaire.
        Questionnaire,
        /// Hands in a file that the jury reads.
        Dossier,
        /// Speaks with the jury.
        Entretien,
        /// Speaks in front of the jury.
        PresentationOrale,
        /// Is told of by their tutor.
        RapportTuteur,
    }
    /// How an épreuve is marked.
    ScaleWord as "Scale" for Scale {
        /// Acquired or not.
        Binary,
        /// From 1 to 4.
        FourLevels,
        /// From 0 to a highest mark.
        Numeric,
    }
    /// How a person comes to a certification.
    WayWord as "Way" for Way {
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
    /// Who presides over a jury.
    PresidentWord as "President" for President {
        /// A mandataire.
        Mandataire,
        /// A member of one college, then of the other.
        CollegesInTurn,
    }
    /// How a jury decides.
    MajorityWord as "Majority" for Majority {
        /// By more than half.
        Absolute,
        /// By two thirds.
        TwoThirds,
        /// By everyone.
        Unanimity,
    }
    /// What several épreuves on one skill say together.
    CombineWord as "Combine" for Combine {
        /// Acquired when all are passed.
        Every,
        /// Acquired when one is passed.
        Any,
        /// What they say alike; the jury decides when they differ.
        Agree,
    }
}
