//! The words of the API of experts.

use entity::expert_piece::PieceCode;
use entity::habilitation::{self, HabilitationState};
use entity::habilitation_step::StepKind;

use super::super::input::Status;
use crate::http::api::words::words;

words! {
    /// What an habilitation allows.
    DutyWord as "Duty" for habilitation::Duty {
        /// Presides over juries for the certifier.
        Mandataire,
        /// Checks structures.
        Controleur,
        /// Trains towards the CQP EPSP.
        Epsp,
    }
}

words! {
    /// Where an habilitation stands.
    HabilitationStateWord as "HabilitationState" for HabilitationState {
        /// Asked for.
        Applied,
        /// The training runs.
        InTraining,
        /// Before the jury.
        Presented,
        /// In force between its dates.
        Active,
        /// Set aside.
        Suspended,
        /// Not given.
        Refused,
        /// Taken away.
        Withdrawn,
        /// Given up.
        Resigned,
        /// At its end.
        Expired,
    }
}

words! {
    /// A step of the path.
    StepWord as "HabilitationStep" for StepKind {
        /// Interview.
        Interview,
        /// Theory.
        Theory,
        /// From the back of the room, or in tandem.
        Observation,
        /// Session run by two.
        CoAnimation,
        /// Done with a senior beside.
        Supervised,
        /// Individual accompaniment, a dated interview.
        Accompaniment,
    }
}

words! {
    /// A piece of an expert.
    PieceWord as "ExpertPiece" for PieceCode {
        /// CV.
        Cv,
        /// Certificate or diploma.
        Certificate,
        /// Attestation of vigilance.
        Vigilance,
        /// Professional insurance.
        Insurance,
        /// Letter of the employer.
        EmployerLetter,
        /// Any other.
        Other,
    }
}

words! {
    /// What binds an expert to the work.
    StatusWord as "ExpertStatus" for Status {
        /// Employee of a member structure.
        Employee,
        /// Employee of the certifier.
        Staff,
        /// Self-employed.
        Independent,
        /// Volunteer.
        Volunteer,
        /// Retired.
        Retired,
    }
}
