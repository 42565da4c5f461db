//! Titles and sentences of the documents of habilitations.

use time::OffsetDateTime;

use crate::features::agreements::documents::wording::in_paris;

/// Quality of whoever signs for the certifier.
pub const TEAM: &str = "équipe certification";
/// Quality of whoever logged a step.
pub const WROTE_THE_SHEET: &str = "a rempli cette fiche";
/// How long the facts are kept.
pub const KEPT: &str = "Elles sont conservées pendant l’habilitation, puis cinq ans.";
/// No limit of certification.
pub const EVERY_CERTIFICATION: &str = "Toutes les certifications";
/// Reference of a letter.
pub const FILE: &str = "Dossier";

/// The title of a document, by its kind.
#[must_use]
pub fn document(kind: &str) -> &'static str {
    match kind {
        "habilitation-path.plan" => "Plan de formation",
        "habilitation-path.file" => "Dossier pour le jury",
        "habilitation-charter.to-sign" => "Charte d’impartialité à signer",
        "habilitation-charter.signed" => "Charte d’impartialité signée",
        "habilitation-sheet" => "Fiche d’observation",
        "habilitation-certificate.granted" => "Certificat d’habilitation",
        "habilitation-certificate.renewed" => "Certificat de renouvellement",
        "habilitation-letter.mandate" => "Lettre de mission",
        "habilitation-letter.rejected" => "Candidature non retenue",
        "habilitation-letter.deferred" => "Décision différée",
        "habilitation-letter.refused" => "Habilitation refusée",
        "habilitation-letter.suspended" => "Décision de suspension",
        "habilitation-letter.reinstated" => "Décision de rétablissement",
        "habilitation-letter.withdrawn" => "Décision de retrait",
        _ => "Document",
    }
}

/// The object of a letter, by its kind.
#[must_use]
pub fn object(kind: &str) -> &'static str {
    match kind {
        "habilitation-letter.mandate" => "lettre de mission",
        "habilitation-letter.rejected" => "votre candidature",
        "habilitation-letter.deferred" => "décision différée",
        "habilitation-letter.refused" => "habilitation refusée",
        "habilitation-letter.suspended" => "suspension de votre habilitation",
        "habilitation-letter.reinstated" => "rétablissement de votre habilitation",
        "habilitation-letter.withdrawn" => "retrait de votre habilitation",
        _ => "votre habilitation",
    }
}

/// "Intervenant INT-0031", under the name of a letter.
#[must_use]
pub fn attention(number: &str) -> String {
    format!("Intervenant {number}")
}

/// How a charter is signed.
#[must_use]
pub fn signed(at: OffsetDateTime) -> String {
    format!("Signée dans Parchemin, le {}", in_paris(at))
}
