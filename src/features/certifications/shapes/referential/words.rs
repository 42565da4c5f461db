//! The words of the API of referentials.

use entity::access_route::Way;
use entity::epreuve::{EpreuveKind, Scale};
use entity::jury_rules::{Majority, President};
use entity::referential::ReferentialState;
use entity::result_rules::Combine;
use poem_openapi::Enum;

/// Declares an enumeration of the API over one of the domain.
macro_rules! word {
    ($(#[$doc:meta])* $name:ident as $published:literal for $domain:path { $($(#[$about:meta])* $variant:ident),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
        #[oai(rename_all = "snake_case", rename = $published)]
        pub enum $name {
            $($(#[$about])* $variant,)+
        }

        impl From<$name> for $domain {
            fn from(word: $name) -> Self {
                match word { $($name::$variant => <$domain>::$variant,)+ }
            }
        }

        impl From<$domain> for $name {
            fn from(value: $domain) -> Self {
                match value { $(<$domain>::$variant => Self::$variant,)+ }
            }
        }
    };
}

word! {
    /// Where a revision stands.
    StateWord as "ReferentialState" for ReferentialState {
        /// It may change.
        Draft,
        /// It is frozen.
        Published,
    }
}

word! {
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
}

word! {
    /// How an épreuve is marked.
    ScaleWord as "Scale" for Scale {
        /// Acquired or not.
        Binary,
        /// From 1 to 4.
        FourLevels,
        /// From 0 to a highest mark.
        Numeric,
    }
}

word! {
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
}

word! {
    /// Who presides over a jury.
    PresidentWord as "President" for President {
        /// A mandataire.
        Mandataire,
        /// A member of one college, then of the other.
        CollegesInTurn,
    }
}

word! {
    /// How a jury decides.
    MajorityWord as "Majority" for Majority {
        /// By more than half.
        Absolute,
        /// By two thirds.
        TwoThirds,
        /// By everyone.
        Unanimity,
    }
}

word! {
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
