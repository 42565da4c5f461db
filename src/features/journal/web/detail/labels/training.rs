//! Words of what training sessions record.

use entity::programme_version::Modality;
use entity::training_session::{Delivery, SessionCause};

use crate::features::training::labels;

/// Names of the fields.
pub(super) const SESSIONS: &[(&str, &str)] = &[
    ("capacity", "Capacité"),
    ("delivery", "Assurée"),
    ("dropped", "Demi-journées retirées"),
    ("format", "Format"),
    ("modality", "Modalité"),
    ("postponed_from_id", "Clé de la session remplacée"),
    ("programme_id", "Clé de la formation"),
    ("programme_version_id", "Clé de la version de la fiche"),
    ("retired_on", "Retirée le"),
    ("seats_max", "Places"),
    ("series_id", "Clé de la série"),
    ("slot_ids", "Clés des demi-journées"),
    ("subcontract_id", "Clé du contrat de sous-traitance"),
];

/// A recorded word.
#[must_use]
pub(super) fn word(key: &str, text: &str) -> Option<&'static str> {
    match key {
        "cause" => SessionCause::from_word(text).map(labels::cause),
        "delivery" => Delivery::from_word(text).map(labels::delivery),
        "modality" => Modality::from_word(text).map(labels::modality),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_session_records_is_told_in_words() {
        for cause in SessionCause::all() {
            assert_eq!(word("cause", &cause.word()), Some(labels::cause(cause)), "{cause}");
        }
        assert_eq!(word("delivery", "own"), Some(labels::delivery(Delivery::Own)));
        assert_eq!((word("modality", "x"), word("jamais_vu", "own")), (None, None));
    }
}
