//! Names of the fields, and words of the values, that are recorded of fundings.

use entity::funding::Scheme;
use entity::funding_piece::FundingPieceKind;

use crate::features::funding::labels;

/// What is recorded of them.
pub(super) const FUNDINGS: &[(&str, &str)] = &[
    ("agreed_minutes", "Minutes accordées"),
    ("agreed_on", "Accord"),
    ("agreement_number", "Numéro d’accord"),
    ("eu_funded", "Cofinancé par l’Union européenne"),
    ("funder", "Financeur"),
    ("paid_cents", "Somme payée"),
    ("piece_kind", "Pièce"),
    ("requested_on", "Demande"),
    ("scheme", "Dispositif"),
    ("subrogation", "Subrogation"),
];

/// A recorded word of a funding, as a person reads it.
pub(super) fn word(key: &str, text: &str) -> Option<&'static str> {
    match key {
        "piece_kind" => FundingPieceKind::from_word(text).map(labels::piece),
        "scheme" => Scheme::from_word(text).map(labels::scheme),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_funding_records_is_told_in_words() {
        for scheme in Scheme::all() {
            assert_eq!(word("scheme", &scheme.word()), Some(labels::scheme(scheme)), "{scheme}");
        }
        assert_eq!(word("piece_kind", "invoice"), Some(labels::piece(FundingPieceKind::Invoice)));
        assert_eq!((word("scheme", "x"), word("jamais_vu", "cpf")), (None, None));
    }
}
