//! The words of the API of programmes.

use entity::programme::{ProgrammeState, Theme, TrainerRight};
use entity::programme_price::{Payer, PriceUnit};
use entity::programme_version::{Modality, Sanction, Vat, VersionState};
use entity::training_handbook::HandbookKind;

use crate::http::api::words::words;

words! {
    /// Where a programme stands.
    StateWord as "ProgrammeState" for ProgrammeState {
        /// Its first sheet is prepared, or it is prepared again.
        Draft,
        /// It is in the catalogue.
        Published,
        /// It is no longer offered.
        Retired,
    }
    /// What a programme is about.
    ThemeWord as "TrainingTheme" for Theme {
        /// What the law asks for.
        Regulatory,
        /// Health and safety.
        HealthSafety,
        /// Management.
        Management,
        /// The trades of insertion.
        Sector,
    }
    /// What whoever teaches must hold on the day.
    TrainerRightWord as "TrainerRight" for TrainerRight {
        /// Nothing in particular.
        None,
        /// The right to train towards CQP EPSP.
        Epsp,
    }
    /// Where a version of a sheet stands.
    VersionStateWord as "ProgrammeVersionState" for VersionState {
        /// It may change.
        Draft,
        /// It is what the catalogue shows.
        Published,
        /// Another one took its place.
        Superseded,
    }
    /// How a programme is followed.
    ModalityWord as "TrainingModality" for Modality {
        /// In a room.
        OnSite,
        /// At a distance, together.
        Remote,
        /// At a distance, at one's own pace.
        RemoteAsync,
        /// In a room and at a distance.
        Mixed,
        /// In a work situation.
        Afest,
    }
    /// What ends a programme.
    SanctionWord as "TrainingSanction" for Sanction {
        /// An attestation.
        Attestation,
        /// A certification.
        Certification,
        /// Nothing.
        None,
    }
    /// Whether the tax is due.
    VatWord as "TrainingVat" for Vat {
        /// It is not.
        Exempt,
        /// It is, at the normal rate.
        Standard,
    }
    /// Who pays.
    PayerWord as "TrainingPayer" for Payer {
        /// The employer.
        Employer,
        /// A body that manages the funds of a branch.
        Opco,
        /// The person.
        Individual,
        /// A structure that is a member of the network.
        Member,
        /// A public body.
        Public,
    }
    /// What a price is for.
    UnitWord as "TrainingPriceUnit" for PriceUnit {
        /// One person.
        Person,
        /// A whole group.
        Group,
        /// A day.
        Day,
        /// An hour.
        Hour,
    }
    /// What everybody is given before they enrol.
    HandbookWord as "TrainingHandbookKind" for HandbookKind {
        /// The welcome booklet.
        WelcomeBooklet,
        /// The house rules.
        HouseRules,
        /// The terms.
        Terms,
    }
}
