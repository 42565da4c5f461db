//! What is said once an act is done.

use crate::http::web::layout::Flash;

/// Said once the person is enrolled.
#[must_use]
pub fn enrolled(complete: bool) -> Flash {
    if complete {
        Flash::done("Personne inscrite.", "Le récépissé est composé dans un instant.")
    } else {
        Flash::done(
            "Personne inscrite.",
            "L’état civil est incomplet\u{202f}: complétez-le avant l’admission.",
        )
    }
}

/// Said once the positioning is.
#[must_use]
pub fn positioning_recorded() -> Flash {
    Flash::done("Positionnement enregistré.", "La suite du parcours peut commencer.")
}

/// Said once a tie is declared.
#[must_use]
pub fn tie_declared() -> Flash {
    Flash::done("Lien enregistré.", "Il compte dans la composition des jurys.")
}

/// Said once a tie is taken back.
#[must_use]
pub fn tie_voided() -> Flash {
    Flash::done("Lien retiré.", "Il ne compte plus dans la composition des jurys.")
}

/// Said once the path begins.
#[must_use]
pub fn started() -> Flash {
    Flash::done("Début du parcours enregistré.", "")
}

/// Said once the civil status is corrected.
#[must_use]
pub fn civil_status_corrected() -> Flash {
    Flash::done("État civil enregistré.", "")
}

/// Said once it is known how the candidate is reached.
#[must_use]
pub fn contact_changed() -> Flash {
    Flash::done("Coordonnées enregistrées.", "")
}

/// Said once another structure follows the candidate.
#[must_use]
pub fn transferred() -> Flash {
    Flash::done("Changement de structure enregistré.", "")
}

/// Said once a piece is in the file.
#[must_use]
pub fn piece_added() -> Flash {
    Flash::done("Pièce ajoutée.", "")
}

/// Said once a piece left the file.
#[must_use]
pub fn piece_removed() -> Flash {
    Flash::done("Pièce retirée.", "")
}

/// Said once a skill was observed.
#[must_use]
pub fn observed() -> Flash {
    Flash::done("Observation enregistrée.", "")
}

/// Said once an observation is taken back.
#[must_use]
pub fn observation_voided() -> Flash {
    Flash::done("Observation retirée.", "Elle reste visible dans le livret, avec le motif.")
}

/// Said once a time in a company is added.
#[must_use]
pub fn immersed() -> Flash {
    Flash::done("Immersion enregistrée.", "")
}

/// Said once a time in a company is taken back.
#[must_use]
pub fn immersion_voided() -> Flash {
    Flash::done("Immersion retirée.", "")
}

/// Said once a measure is agreed on.
#[must_use]
pub fn adaptation_agreed() -> Flash {
    Flash::done("Adaptation enregistrée.", "")
}

/// Said once a measure ends.
#[must_use]
pub fn adaptation_ended() -> Flash {
    Flash::done("Adaptation terminée.", "")
}

/// Said once the file is handed in.
#[must_use]
pub fn submitted() -> Flash {
    Flash::done("Dossier déposé.", "Son contenu est figé. L’organisme certificateur est prévenu.")
}

/// Said once the candidate may sit.
#[must_use]
pub fn admitted() -> Flash {
    Flash::done("Personne admise à se présenter.", "La structure est prévenue.")
}

/// Said once the candidate may sit again.
#[must_use]
pub fn resit_planned() -> Flash {
    Flash::done(
        "Nouveau passage prévu.",
        "La personne est prévenue. Elle peut être choisie pour une session.",
    )
}

/// Said once the structure is told what lacks.
#[must_use]
pub fn asked() -> Flash {
    Flash::done("Compléments demandés.", "La structure est prévenue.")
}

/// Said once the candidate gave up.
#[must_use]
pub fn withdrawn() -> Flash {
    Flash::done("Abandon enregistré.", "Le dossier est clos.")
}

/// Said once the candidate is put out.
#[must_use]
pub fn excluded() -> Flash {
    Flash::done("Exclusion enregistrée.", "Le dossier est clos.")
}
