//! French words of the outbox.

use entity::mail::MailState;
use entity::mail_delivery::DeliveryState;

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
}

/// Which version of its template a mail was written with.
pub(super) fn version(version: &str) -> String {
    format!("version {version}")
}

/// Said once a failed mail is back in the outbox.
pub(super) fn retried() -> Flash {
    Flash::done("Courriel remis en file.", "Il part dans un instant.")
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
        "jury_session" if !label.is_empty() => format!("/jurys/{label}"),
        "access_request" if label.starts_with("ACC-") => format!("/acces/{label}"),
        _ => String::new(),
    }
}
