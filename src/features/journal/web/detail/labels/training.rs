//! Names of the fields, and words of the values, that are recorded of programmes of training and of their sessions.

use entity::programme::{Theme, TrainerRight};
use entity::programme_price::{Payer, PriceUnit};
use entity::programme_version::{Modality, Sanction, Vat};
use entity::training_session::{Delivery, SessionCause};

use crate::features::programmes::labels;
use crate::features::training::labels as sessions;

/// What is recorded of a programme and of its sheets.
pub(super) const PROGRAMMES: &[(&str, &str)] = &[
    ("access_delay", "Délai d’accès"),
    ("access_procedure", "Modalités d’accès"),
    ("accessibility", "Accessibilité"),
    ("assessment_during", "Évaluation pendant la formation"),
    ("assessment_end", "Évaluation à la fin"),
    ("assessment_entry", "Évaluation à l’entrée"),
    ("audience", "Public visé"),
    ("bridges", "Passerelles"),
    ("content", "Contenu"),
    ("disability_contact", "Référent handicap"),
    ("duration_minutes", "Durée, en minutes"),
    ("equivalences", "Équivalences"),
    ("external_ref", "Référence d’un autre logiciel"),
    ("follow_ups", "Suites de parcours"),
    ("formacodes", "Formacodes"),
    ("funding_hints", "Financements possibles"),
    ("goal", "But"),
    ("group_max", "Effectif maximal"),
    ("group_min", "Effectif minimal"),
    ("legal_notes", "Mentions"),
    ("methods", "Méthodes et moyens"),
    ("modality", "Modalité"),
    ("modules", "Modules"),
    ("nsf", "Code NSF"),
    ("objectives", "Objectifs"),
    ("outlets", "Débouchés"),
    ("payer", "Payeur"),
    ("places", "Lieux"),
    ("prerequisites", "Prérequis"),
    ("prices", "Tarifs"),
    ("recycling_months", "Recyclage, en mois"),
    ("remote_needs", "Matériel à distance"),
    ("results_note", "Résultats, en l’absence de chiffres"),
    ("retired_on", "Retrait du catalogue"),
    ("rhythm", "Rythme"),
    ("rome", "Codes ROME"),
    ("sanction", "Sanction"),
    ("sheet", "Fiche"),
    ("slug", "Adresse dans le catalogue"),
    ("theme", "Thème"),
    ("trainer_profile", "Profil des formateurs"),
    ("trainer_right", "Habilitation demandée"),
    ("unchanged", "Lignes sans changement"),
    ("unit", "Unité"),
    ("vat", "TVA"),
];

/// What is recorded of training sessions.
pub(super) const SESSIONS: &[(&str, &str)] = &[
    ("capacity", "Capacité"),
    ("delivery", "Assurée"),
    ("dropped", "Demi-journées retirées"),
    ("format", "Format"),
    ("postponed_from_id", "Clé de la session remplacée"),
    ("programme_id", "Clé de la formation"),
    ("programme_version_id", "Clé de la version de la fiche"),
    ("seats_max", "Places"),
    ("series_id", "Clé de la série"),
    ("slot_ids", "Clés des demi-journées"),
    ("subcontract_id", "Clé du contrat de sous-traitance"),
];

/// A recorded word of a programme or of a session, as a person reads it.
pub(super) fn word(key: &str, text: &str) -> Option<&'static str> {
    match key {
        "cause" => SessionCause::from_word(text).map(sessions::cause),
        "delivery" => Delivery::from_word(text).map(sessions::delivery),
        "theme" => Theme::from_word(text).map(labels::theme),
        "trainer_right" => TrainerRight::from_word(text).map(labels::trainer_right),
        "modality" => Modality::from_word(text).map(labels::modality),
        "sanction" => Sanction::from_word(text).map(labels::sanction),
        "vat" => Vat::from_word(text).map(labels::vat),
        "payer" => Payer::from_word(text).map(labels::payer),
        "unit" => PriceUnit::from_word(text).map(labels::unit),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_session_records_is_told_in_words() {
        for cause in SessionCause::all() {
            assert_eq!(word("cause", &cause.word()), Some(sessions::cause(cause)), "{cause}");
        }
        assert_eq!(word("delivery", "own"), Some(sessions::delivery(Delivery::Own)));
        assert_eq!((word("modality", "x"), word("jamais_vu", "own")), (None, None));
    }
}
