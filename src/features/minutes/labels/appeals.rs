//! Words of appeals.

use entity::candidate_appeal::AppealOutcome;

/// Who looks at an appeal.
pub const EXAMINER: &str = "la direction de la certification";

/// How an appeal ended.
#[must_use]
pub const fn outcome(outcome: AppealOutcome) -> &'static str {
    match outcome {
        AppealOutcome::Upheld => "Décision maintenue",
        AppealOutcome::Corrected => "Erreur à corriger",
        AppealOutcome::Annulled => "Passage annulé",
    }
}

/// Why a passage counts for none.
pub const ANNULLED: &str = "Passage annulé à la suite d’un recours";

/// What an appeal that was answered says to the jury that corrects.
#[must_use]
pub fn appeal_found(number: &str, answer: &str) -> String {
    format!("Recours de {number}\u{202f}: {answer}")
}

/// What the outcome of an appeal means for the candidate.
#[must_use]
pub const fn follows(outcome: AppealOutcome) -> &'static str {
    match outcome {
        AppealOutcome::Upheld => "La décision du jury reste la même.",
        AppealOutcome::Corrected => "Votre dossier retourne devant le jury, qui corrige l’erreur.",
        AppealOutcome::Annulled => "Votre passage est annulé. Un jury se prononcera de nouveau.",
    }
}

/// The same, for whoever answers the appeal.
#[must_use]
pub const fn follows_for_team(outcome: AppealOutcome) -> &'static str {
    match outcome {
        AppealOutcome::Upheld => "La décision du jury reste la même.",
        AppealOutcome::Corrected => "Le procès-verbal retourne au jury, qui corrige l’erreur.",
        AppealOutcome::Annulled => {
            "Le passage de cette personne est annulé, sans compter de tentative. Un jury se prononcera de nouveau."
        }
    }
}
