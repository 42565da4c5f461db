//! Names of the fields, and words of the values, that are recorded of programmes of training.

use entity::programme::{Theme, TrainerRight};
use entity::programme_price::{Payer, PriceUnit};
use entity::programme_version::{Modality, Sanction, Vat};

use crate::features::programmes::labels;

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

/// A recorded word of a programme, as a person reads it.
pub(super) fn word(key: &str, text: &str) -> Option<&'static str> {
    match key {
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
