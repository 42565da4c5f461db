//! What the history of a session says.

/// « Membre proposé : Hélène Sauvagnac », in the history of a session.
#[must_use]
pub fn happened_to(name: &str, whom: &[&str]) -> String {
    if whom.is_empty() {
        return happened(name).to_owned();
    }
    format!("{}\u{202f}: {}", happened(name), whom.join(", "))
}

/// What happened, in the history of a session; the name of the event when it has no word.
#[must_use]
pub fn happened(name: &str) -> &str {
    match name {
        "jury.requested" => "Jury demandé",
        "jury.rejected" => "Demande refusée",
        "jury.withdrawn" => "Demande retirée par la structure",
        "jury.planned" => "Jury planifié",
        "jury.candidates_chosen" => "Candidats choisis",
        "jury.president_assigned" | "jury_session.president_designated" => "Présidence proposée",
        "jury.member_added" | "jury_session.member_added" => "Membre proposé",
        "jury.member_answered" => "Réponse d’un membre",
        "jury.member_removed" | "jury_session.member_removed" => "Membre retiré",
        "mission.accepted" => "Un membre a accepté",
        "mission.declined" => "Un membre a décliné",
        "mission.expired" => "Un membre n’a pas répondu à temps",
        "mission.dropped_out" => "Désistement d’un membre",
        "jury.confirmed" => "Jury confirmé",
        "jury.convoked" => "Candidats convoqués",
        "jury.files_sent" => "Dossiers signalés aux membres",
        "jury.postponed" => "Jury reporté",
        "jury.cancelled" => "Jury annulé",
        "jury.member_checked_in" => "Arrivée ou déclaration d’un membre",
        "jury.opened" => "Jury ouvert",
        "jury.presence_recorded" => "Présence d’un candidat notée",
        "jury.presence_corrected" => "Présence d’un candidat corrigée",
        "jury.results_entered" => "Résultats saisis",
        "jury.decided" => "Décision prise",
        "jury.no_quorum" => "Carence constatée",
        "jury.abstained" => "Abstention d’un membre",
        "jury.incident_recorded" => "Incident noté",
        "jury.incident_withdrawn" => "Incident retiré",
        "jury.deliberating" => "Délibération commencée",
        "jury.minutes_frozen" => "Procès-verbal établi",
        "jury.signature_given" => "Procès-verbal signé par un membre",
        "jury.minutes_signed" => "Procès-verbal signé par tous",
        "jury.minutes_checked" => "Procès-verbal conforme",
        "jury.minutes_sent_back" => "Procès-verbal renvoyé à rectifier",
        "jury.minutes_rectified" => "Procès-verbal rectifié",
        "jury.validated" => "Décisions validées",
        "jury.validation_taken_back" => "Validation reprise",
        "jury.closed" => "Résultats envoyés",
        "jury.reopened" => "Rouvert après un recours",
        "jury.code_sent" => "Code de signature envoyé",
        "jury.results_told" => "Décisions annoncées aux candidats",
        "jury.document_issued" => "Document produit",
        "document.downloaded" => "Document consulté",
        other => other,
    }
}
