//! French words of the files of candidates.

use super::state::State;

/// The French word of a state.
#[must_use]
pub const fn state_word(state: State) -> &'static str {
    match state {
        State::Enrolled => "Inscrit",
        State::Positioned => "Positionné",
        State::OnPath => "En parcours",
        State::FileSubmitted => "Dossier déposé",
        State::FileIncomplete => "Dossier incomplet",
        State::Admitted => "Admis à se présenter",
        State::Summoned => "Convoqué",
        State::Present => "Présent",
        State::AbsentExcused => "Absent, excusé",
        State::Absent => "Absent",
        State::Total => "Validation totale",
        State::Partial => "Validation partielle",
        State::Refused => "Non validé",
        State::Adjourned => "Ajourné",
        State::UnderReview => "Décision en revue",
        State::Notified => "Décision notifiée",
        State::Appealed => "Recours",
        State::Withdrawn => "Abandon",
        State::Excluded => "Exclu pour fraude",
        State::Revoked => "Certificat annulé",
    }
}
