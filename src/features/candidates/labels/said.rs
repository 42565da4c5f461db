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

/// Said once a tie is declared or ended.
#[must_use]
pub fn tie_recorded() -> Flash {
    Flash::done("Lien enregistré.", "Il compte dans la composition des jurys.")
}

/// Said once something is recorded.
#[must_use]
pub fn recorded() -> Flash {
    Flash::done("Enregistré.", "")
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

/// Said once a file is over.
#[must_use]
pub fn over() -> Flash {
    Flash::done("Enregistré.", "Le dossier est clos.")
}
