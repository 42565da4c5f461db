//! Names of the fields, and words of the values, that are recorded of the life of agreements.

use entity::inspection::Trigger;
use entity::inspection_change::ChangeOutcome;
use entity::right_act::{ActCause, ActKind};
use entity::right_change::{ChangeReview, ChangeTopic};
use entity::teaching_support::Payer;

use crate::features::{agreements, inspections, supports};

/// What is recorded of the life of an agreement.
pub(super) const LIVES: &[(&str, &str)] = &[
    ("act", "Acte"),
    ("act_id", "Clé de l’acte"),
    ("agreement_id", "Clé de l’agrément"),
    ("algorithm", "Méthode du tirage"),
    ("candidates", "Candidatures concernées"),
    ("comments", "Observations"),
    ("conclusion", "Conclusion"),
    ("cost_cents", "Coût, en centimes"),
    ("criterion", "Critère"),
    ("due", "Échéances des écarts"),
    ("grounds", "Constats"),
    ("inputs_hash", "Empreinte de la population"),
    ("inspection", "Contrôle"),
    ("juries", "Jurys concernés"),
    ("kept", "Saisie retenue"),
    ("minutes", "Minutes données"),
    ("nonconformities", "Clés des écarts"),
    ("nonconformity_id", "Clé de l’écart"),
    ("payer", "Financement"),
    ("persons", "Personnes présentes"),
    ("persons_met", "Personnes rencontrées"),
    ("population_on", "Population au"),
    ("proposal", "Conclusion proposée"),
    ("result_hash", "Empreinte du résultat"),
    ("review", "Suite donnée"),
    ("rights", "Clés des droits concernés"),
    ("round", "Réponse n°"),
    ("satisfaction", "Avis de la structure"),
    ("scores", "Notes"),
    ("seed", "Graine"),
    ("topic", "Objet"),
    ("trigger", "Déclencheur"),
    ("urgent", "Urgence"),
];

/// The word of a recorded value; none for one of elsewhere.
#[must_use]
pub(super) fn word(key: &str, text: &str) -> Option<&'static str> {
    match key {
        "act" => ActKind::from_word(text).map(agreements::labels::act::kind),
        "cause" => ActCause::from_word(text).map(agreements::labels::act::cause),
        "topic" => ChangeTopic::from_word(text).map(agreements::labels::act::topic),
        "review" => ChangeReview::from_word(text).map(agreements::labels::act::review),
        "payer" => Payer::from_word(text).map(supports::labels::payer),
        "trigger" => Trigger::from_word(text).map(inspections::labels::trigger),
        "outcome" => ChangeOutcome::from_word(text).map(|one| inspections::labels::change(one).word),
        _ => None,
    }
}
