//! French words of the outbox.

use entity::mail::MailState;
use entity::mail_delivery::DeliveryState;
use serde_json::Value;

use crate::events::Recipient;
use crate::http::web::component::{Color, Status};
use crate::http::web::layout::Flash;

/// Word, sign and colour of a state. "Remis" is said of the relay: nobody can know that a person read.
#[must_use]
pub fn mail_status(state: MailState) -> Status {
    match state {
        MailState::Pending => Status::new("En attente", "horloge", Color::Ocre),
        MailState::Sending => Status::new("Envoi en cours", "envoi", Color::Ciel),
        MailState::Sent => Status::new("Remis", "coche", Color::Pre),
        MailState::Skipped => Status::new("Sans objet", "cercle", Color::Ardoise),
        MailState::Failed => Status::new("En échec", "alerte", Color::Garance),
    }
}

/// Word, sign and colour of what the relay said of an address.
#[must_use]
pub fn delivery_status(state: DeliveryState) -> Status {
    match state {
        DeliveryState::Accepted => Status::new("Acceptée", "coche", Color::Pre),
        DeliveryState::Deferred => Status::new("Différée", "horloge", Color::Ocre),
        DeliveryState::Refused => Status::new("Refusée", "croix", Color::Garance),
    }
}

/// Titles of the pages.
pub(super) const LIST: &str = "Courriels";
/// The letter box of the demonstration.
pub(super) const DEMO_LIST: &str = "Courriels de la démonstration";
/// The list without any filter.
pub(super) const EVERY_STATE: &str = "Tous";

/// What the program writes.
pub(super) const TEMPLATES: &str = "Modèles de courriels et de documents";

/// Terms of the facts about a mail.
pub(super) mod term {
    pub(in super::super) const RECIPIENT: &str = "Destinataire";
    pub(in super::super) const TO: &str = "À";
    pub(in super::super) const OBJECT: &str = "Objet";
    pub(in super::super) const WRITTEN: &str = "Écrit le";
    pub(in super::super) const SENT: &str = "Remis le";
    pub(in super::super) const ATTACHED: &str = "Pièce jointe";
    pub(in super::super) const CALENDAR: &str = "Date pour l’agenda";
    pub(in super::super) const KEPT: &str = "Non envoyé";
    pub(in super::super) const ATTEMPTS: &str = "Tentatives";
    pub(in super::super) const TEMPLATE: &str = "Modèle";
    pub(in super::super) const CLASS: &str = "Nature";
    pub(in super::super) const REASON: &str = "Dit à la personne";
}

/// Which version of its template a mail was written with.
pub(super) fn version(version: &str) -> String {
    format!("version {version}")
}

/// Said once a failed mail is back in the outbox.
pub(super) fn retried() -> Flash {
    Flash::done("Courriel remis en file d’attente.", "Il part dans un instant.")
}

/// The value of the address bar for a state.
pub(super) fn slug(state: MailState) -> &'static str {
    match state {
        MailState::Pending => "en-attente",
        MailState::Sending => "envoi-en-cours",
        MailState::Sent => "remis",
        MailState::Skipped => "sans-objet",
        MailState::Failed => "en-echec",
    }
}

/// Who a mail is for, without any name.
#[must_use]
pub fn recipient(stored: &serde_json::Value) -> &'static str {
    match serde_json::from_value(stored.clone()) {
        Ok(Recipient::Account { .. }) => "La personne titulaire du compte",
        Ok(Recipient::Structure { .. }) => "La structure",
        Ok(Recipient::RequestOfficer { .. }) => "La personne chargée du dossier",
        Ok(Recipient::Managers) => "Les responsables de certification",
        Ok(Recipient::Expert { .. }) => "L’intervenante ou l’intervenant",
        Ok(Recipient::Committee { .. }) => "La commission",
        Ok(Recipient::Candidate { .. }) => "La personne candidate",
        Ok(Recipient::Address { .. }) => "Une adresse sans compte",
        Err(_) => "Destinataire illisible",
    }
}

/// What a mail is about: "Demande d’agrément AGR-2026-0042".
pub(super) fn object(kind: &str, label: &str) -> String {
    let kind = match kind {
        "agreement_request" => "Demande d’agrément",
        "agreement" => "Agrément",
        "structure" => "Structure",
        "expert" => "Intervenant",
        "meeting" => "Réunion",
        "committee" => "Commission",
        "mission" => "Mission",
        "candidate" => "Candidature",
        "jury_session" => "Jury",
        "access_request" => "Demande de compte",
        "account" => "Compte",
        "journal" | "audit_seal" => "Journal",
        _ => "Dossier",
    };
    format!("{kind} {label}").trim().to_owned()
}

/// The page of what a mail is about, when it has one by its number.
pub(super) fn object_link(kind: &str, label: &str) -> String {
    match kind {
        "agreement_request" if !label.is_empty() => format!("/agrements/{label}"),
        "mission" if !label.is_empty() => format!("/missions/{label}"),
        "candidate" if !label.is_empty() => format!("/candidats/{label}"),
        "jury_session" if !label.is_empty() => format!("/jurys/{label}"),
        "access_request" if label.starts_with("ACC-") => format!("/acces/{label}"),
        _ => String::new(),
    }
}

/// The areas of the templates, each with the first words of their names.
pub(super) const AREAS: [(&str, &[&str]); 8] = [
    ("Comptes et connexion", &["access", "account", "password", "second", "sign", "structure"]),
    (
        "Agréments",
        &[
            "agreement",
            "appeal",
            "committee",
            "controller",
            "convention",
            "opinion",
            "partner",
            "report",
            "visit",
        ],
    ),
    ("Jurys et certificats", &["candidate", "certificate", "jury"]),
    ("Intervenants et habilitations", &["availability", "habilitation", "interest", "tie"]),
    ("Missions", &["expenses", "mission"]),
    ("Réunions", &["meeting"]),
    ("Droits et échéances", &["right"]),
    (OTHER, &["journal", "mail", "task"]),
];

/// The last area.
const OTHER: &str = "Journal, récapitulatif et actions";

/// The area of a template.
pub(super) fn area(name: &str) -> &'static str {
    let first = name.split('-').next().unwrap_or_default();
    let found = AREAS.iter().find(|(_, words)| words.contains(&first));
    found.map_or(OTHER, |(title, _)| *title)
}

/// Whether the reader of a mail may turn it off.
pub(super) const fn choice(may_choose: bool) -> &'static str {
    if may_choose { "Peut être coupé ou regroupé" } else { "Part toujours, sans attendre" }
}

/// The words of the link to a sample of a document that has so many.
pub(super) fn example(place: usize, count: usize) -> String {
    if count < 2 { "Voir un exemple".to_owned() } else { format!("Exemple {place}") }
}

/// A value of a sample, as a person reads it.
pub(super) fn sample_value(value: &Value) -> String {
    match value {
        Value::Null => "rien".to_owned(),
        Value::Bool(true) => "oui".to_owned(),
        Value::Bool(false) => "non".to_owned(),
        Value::Number(number) => number.to_string(),
        Value::String(text) => text.clone(),
        Value::Array(items) => items.iter().map(sample_value).collect::<Vec<_>>().join("\u{202f}; "),
        Value::Object(fields) => fields.values().map(sample_value).collect::<Vec<_>>().join(", "),
    }
}

/// What a document is, by its template.
pub(super) fn document(template: &str) -> &'static str {
    match template {
        "action-plan" => "Plan d’actions",
        "agreement-certificate" => "Certificat d’agrément",
        "agreement-convention" => "Convention d’agrément",
        "appeal-answer" => "Réponse au recours",
        "application-form" => "Demande d’agrément",
        "blocs-attestation" => "Attestation de blocs de compétences",
        "candidate-receipt" => "Récépissé de dossier de candidat",
        "certificate" => "Certificat",
        "certificate-supplement" => "Supplément au certificat",
        "closing-notice" => "Avis de classement",
        "committee-file" => "Dossier de commission",
        "completeness-certificate" => "Attestation de complétude",
        "control-grid" => "Grille de contrôle remplie",
        "decision" => "Courrier de décision",
        "deposit-receipt" => "Récépissé de dépôt",
        "habilitation-certificate" => "Certificat d’habilitation",
        "habilitation-charter" => "Charte d’habilitation",
        "habilitation-letter" => "Courrier sur une habilitation",
        "habilitation-path" => "Parcours d’habilitation",
        "habilitation-sheet" => "Fiche d’habilitation",
        "inspection-actions-asked" => "Actions correctives demandées",
        "inspection-actions-insufficient" => "Réponse à un contrôle à compléter",
        "inspection-actions-reminder" => "Rappel d’actions correctives",
        "inspection-actions-sent" => "Actions correctives déposées",
        "inspection-closed" => "Contrôle clos",
        "inspection-escalated" => "Suite d’un contrôle",
        "inspection-overdue" => "Actions correctives en retard",
        "inspection-proposed" => "Conclusion de contrôle proposée",
        "inspection-released" => "Date de contrôle à fixer de nouveau",
        "inspection-reopened" => "Contrôle rouvert",
        "inspection-report" => "Rapport de contrôle",
        "jury-decisions" => "Relevé des décisions du jury",
        "jury-incident" => "Fiche d’incident",
        "jury-minutes" => "Procès-verbal de jury",
        "jury-no-quorum" => "Procès-verbal de carence",
        "jury-request-receipt" => "Récépissé de demande de jury",
        "jury-summons" => "Convocation au jury",
        "meeting-minutes" => "Compte rendu de réunion",
        "meeting-sheet" => "Feuille d’émargement",
        "mission-order" => "Ordre de mission",
        "positioning-sheet" => "Fiche de positionnement",
        "presence-certificate" => "Attestation de présence",
        "result-letter" => "Courrier de résultat",
        "right-letter" => "Courrier sur la vie d’un agrément",
        "report-comments" => "Observations de la structure",
        "reserves-lifted" => "Courrier de levée des réserves",
        "visit-plan" => "Plan de visite",
        "waiver-note" => "Note de dispense de visite",
        _ => UNNAMED,
    }
}

/// A document that nobody named yet.
const UNNAMED: &str = "Document";

#[cfg(test)]
mod tests {
    use super::{AREAS, UNNAMED, area, document};
    use crate::render::mail::MailTemplates;
    use crate::render::pdf::DOCUMENTS;

    #[test]
    fn every_template_has_its_area_and_every_area_its_templates() {
        let names = MailTemplates::names();
        for name in &names {
            let first = name.split('-').next().unwrap();
            assert!(AREAS.iter().any(|(_, words)| words.contains(&first)), "{name}");
        }
        for (title, _) in AREAS {
            assert!(names.iter().any(|name| area(name) == title), "{title}");
        }
    }

    #[test]
    fn every_document_has_its_name() {
        for name in DOCUMENTS {
            assert_ne!(document(name), UNNAMED, "{name}");
        }
    }
}
