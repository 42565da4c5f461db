//! What the history of a file says.

/// An act, as the history of a file tells it.
#[must_use]
pub fn told(code: &str) -> &'static str {
    match code {
        "CAND_CREATED" => "Inscription",
        "CAND_POSITIONED" => "Positionnement enregistré",
        "CAND_STARTED" => "Début du parcours",
        "CAND_FILE_SUBMITTED" => "Dossier déposé",
        "CAND_FILE_INCOMPLETE" => "Compléments demandés",
        "CAND_ADMITTED" => "Admission à se présenter",
        "CAND_CONVOKED" => "Convocation au jury",
        "CAND_RELEASED" => "Session annulée, nouvelle date à trouver",
        "CAND_PRESENT" => "Présence au jury",
        "CAND_ABSENT_J" => "Absence justifiée",
        "CAND_ABSENT" => "Absence",
        "CAND_PRESENCE_CORRECTED" => "Présence au jury corrigée",
        "CAND_DECIDED" => "Décision du jury",
        "CAND_REDECIDED" => "Nouvelle décision du jury",
        "CAND_NOTIFIED" => "Décision notifiée",
        "CAND_REVIEW" => "Décision renvoyée au jury",
        "CAND_RESIT" => "Nouveau passage prévu",
        "CAND_APPEAL" => "Recours déposé",
        "CAND_APPEAL_SETTLED" => "Recours tranché",
        "CAND_APPEAL_LODGED" => "Recours enregistré",
        "CAND_APPEAL_ACKNOWLEDGED" => "Accusé de réception du recours",
        "CAND_APPEAL_ANSWERED" => "Réponse au recours",
        "CAND_WITHDRAWN" => "Abandon",
        "CAND_EXCLUDED" => "Exclusion pour fraude",
        "CERT_REVOKED" => "Certificat révoqué",
        "CAND_CIVIL_STATUS_CORRECTED" => "État civil corrigé",
        "CAND_CONTACT_CHANGED" => "Coordonnées modifiées",
        "CAND_TRANSFERRED" => "Changement de structure",
        "CAND_PIECE_ADDED" => "Pièce ajoutée",
        "CAND_PIECE_REMOVED" => "Pièce retirée",
        "CAND_DOCUMENT_ISSUED" => "Document produit",
        "CAND_OBSERVED" => "Observation ajoutée au livret",
        "CAND_OBSERVATION_VOIDED" => "Observation retirée du livret",
        "CAND_IMMERSION_ADDED" => "Immersion ajoutée au livret",
        "CAND_IMMERSION_VOIDED" => "Immersion retirée du livret",
        _ => "Acte",
    }
}

/// What was done by the program.
pub const AUTOMATIC: &str = "Acte automatique";
