//! Words of what comes before the results and after them.

use crate::render::french;

/// Title of what is looked at before the results are told.
pub const BEFORE_RESULTS: &str = "Avant d’annoncer les résultats";
/// Title of what still waits once they are told.
pub const WAITING: &str = "Certificats en attente";
/// Looked at: the minutes.
pub const SIGNED_AND_CHECKED: &str = "Procès-verbal signé et contrôlé";
/// Looked at: the certificates.
pub const NONE_CONTRADICTS: &str = "Aucun certificat déjà délivré ne contredit le procès-verbal";
/// Looked at: the civil status of those to whom something is delivered.
pub const STATUSES_WHOLE: &str = "L’état civil de chaque titulaire est complet";
/// What an incomplete civil status does.
pub const RESULT_TOLD: &str = "Le résultat est annoncé, le certificat attend.";
/// Said of what keeps the results from being told.
pub const BLOCKS: &str = "Bloquant";
/// Said of a certificate that waits.
pub const WAITS: &str = "En attente";

/// Looked at: the day of delivery.
#[must_use]
pub fn delivered_on(day: &str) -> String {
    format!("Date de délivrance fixée au {day}")
}

/// What a publication does, before it is confirmed.
#[must_use]
pub fn effects(told: usize, by_mail: usize, certificates: usize) -> Vec<String> {
    let count = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
    let on_paper = told.saturating_sub(by_mail);
    let mut lines = vec![
        format!(
            "{}\u{202f};",
            french::plural(
                count(told),
                "personne à qui sa décision est annoncée",
                "personnes à qui leur décision est annoncée"
            )
        ),
        format!(
            "{} par courriel, avec les voies de recours\u{202f};",
            french::plural(count(by_mail), "décision envoyée", "décisions envoyées")
        ),
    ];
    if on_paper > 0 {
        let who = french::plural(count(on_paper), "courrier", "courriers");
        lines.push(format!("{who} à remettre sur papier par la structure\u{202f};"));
    }
    let what =
        french::plural(count(certificates), "certificat ou attestation", "certificats ou attestations");
    lines.push(format!("{what} à délivrer\u{202f}; ce qui est délivré ne change plus."));
    lines
}
