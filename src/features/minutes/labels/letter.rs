//! Words of the letter that tells a candidate what was decided.

use entity::candidate::JuryDecision;

/// Where a letter is given to somebody without an address.
pub const BY_HAND: &str = "Remis en main propre par la structure";

/// What the decision means, in a letter; `waits` when the civil status holds back what it gives.
#[must_use]
pub const fn meaning(decision: JuryDecision, waits: bool) -> &'static str {
    match decision {
        JuryDecision::Total if waits => {
            "Vous obtenez la certification. Votre certificat vous sera délivré quand votre état civil sera complet\u{202f}: parlez-en à votre structure."
        }
        JuryDecision::Partial if waits => {
            "Vous obtenez une partie de la certification. Vous gardez ce qui est acquis\u{202f}: l’attestation vous sera délivrée quand votre état civil sera complet."
        }
        JuryDecision::Total => "Vous obtenez la certification. Votre certificat est délivré.",
        JuryDecision::Partial => {
            "Vous obtenez une partie de la certification. Vous gardez ce qui est acquis."
        }
        JuryDecision::Refused => "Le jury ne valide pas la certification cette fois.",
        JuryDecision::Adjourned => {
            "Le jury n’a pas pu décider. Ce passage ne compte pas comme une tentative."
        }
        JuryDecision::Absent | JuryDecision::AbsentExcused => "Votre absence devant le jury a été constatée.",
        JuryDecision::Fraud => "Le jury a constaté une fraude.",
    }
}

/// What one may do next, in a letter; nothing after everything is acquired.
#[must_use]
pub const fn resit(decision: JuryDecision) -> Option<&'static str> {
    match decision {
        JuryDecision::Partial => Some(
            "Vous pouvez passer de nouveau devant un jury pour ce qui reste à acquérir. Parlez-en à votre structure, ou écrivez-nous si vous l’avez quittée.",
        ),
        JuryDecision::Refused => Some(
            "Vous pouvez passer de nouveau devant un jury, après une préparation. Parlez-en à votre structure, ou écrivez-nous si vous l’avez quittée.",
        ),
        JuryDecision::Adjourned => Some("Nous vous proposons une autre date."),
        _ => None,
    }
}

/// How a candidate is told.
#[must_use]
pub const fn told(by_mail: bool) -> &'static str {
    if by_mail { "par courriel" } else { "sur papier, par la structure" }
}
