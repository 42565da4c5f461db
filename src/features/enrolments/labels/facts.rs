//! The terms of the page of an enrolment.

use time::Date;

use crate::render::french;

/// Term of the page.
pub const SESSION: &str = "Session";
/// Term of the page.
pub const WHEN: &str = "Quand";
/// Term of the page.
pub const WHERE: &str = "Où";
/// Term of the page.
pub const SEATS: &str = "Places";
/// Term of the page.
pub const PAYER: &str = "Prise en charge";
/// Term of the page.
pub const WAY: &str = "Origine";
/// Term of the page.
pub const BIRTH: &str = "Naissance";
/// Term of the page.
pub const EMAIL: &str = "Adresse électronique";
/// Term of the page.
pub const STATUS: &str = "Statut";
/// Term of the page.
pub const PHONE: &str = "Téléphone";
/// Term of the page.
pub const POSTAL: &str = "Adresse postale";
/// Term of the page.
pub const JOB: &str = "Métier";
/// Term of the page.
pub const GUARDIAN: &str = "Représentation légale";
/// Term of the page.
pub const GUARDIAN_EMAIL: &str = "Adresse de la représentation légale";
/// Term of the page.
pub const GUARDIAN_PHONE: &str = "Téléphone de la représentation légale";
/// Term of the page.
pub const CONFIRMED_EMAIL: &str = "Adresse confirmée";
/// Term of the page.
pub const UNCONFIRMED_EMAIL: &str = "Adresse à confirmer";
/// Term of the page.
pub const ON_QUOTATION: &str = "sur devis";
/// Term of the page.
pub const PRICE: &str = "Prix";
/// Term of the page.
pub const SIGNED: &str = "Signature enregistrée";
/// Term of the page.
pub const WITHDRAWAL: &str = "Rétractation possible jusqu’au";
/// Term of the page.
pub const CONFIRMED: &str = "Confirmée";
/// Term of the page.
pub const ENDED: &str = "Fin";
/// Term of the page.
pub const REASON: &str = "Précision";
/// Term of the page.
pub const FEE: &str = "Dédit dû";
/// Term of the page.
pub const EXPECTATIONS: &str = "Attentes de la personne";
/// Term of the page.
pub const PREREQUISITES: &str = "Prérequis";
/// Term of the page.
pub const POSITIONING: &str = "Positionnement";
/// Term of the page.
pub const FILLED_BY: &str = "Exprimé par";
/// Term of the page.
pub const EMPLOYER_VIEW: &str = "Attentes de l’employeur";
/// Term of the page.
pub const FUNDER_VIEW: &str = "Avis du financeur";
/// Term of the page.
pub const BASIS: &str = "Fondement des objectifs";
/// Term of the page.
pub const SIGNED_ON: &str = "Signé le";
/// Term of the page.
pub const DONE: &str = "Fait";
/// Term of the page.
pub const TO_DO: &str = "À faire";
/// Term of the page.
pub const CHECK_EMAIL: &str = "La personne confirme son adresse";
/// Term of the page.
pub const CHECK_NEED: &str = "Besoin et positionnement enregistrés";
/// Term of the page.
pub const CHECK_CONTRACT: &str = "Contrat ou convention signés";

/// When something may be paid first.
#[must_use]
pub fn first_payment(day: Date) -> String {
    format!("premier paiement possible le {}", french::date(day))
}
