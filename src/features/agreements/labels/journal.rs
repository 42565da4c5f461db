//! What the history of a file says: its events, its documents, its registered letters.

use time::Date;

use crate::render::french;
use crate::rules::typed_date;

/// What the history of a file says of an event, by its code.
#[must_use]
pub fn history(code: &str) -> &'static str {
    match code {
        "AGR_DRAFTED" => "Brouillon ouvert",
        "AGR_EDITED" => "Formulaire modifié",
        "AGR_PIECE_RECEIVED" => "Pièce déposée",
        "AGR_PIECE_REMOVED" => "Pièce retirée",
        "AGR_PIECE_REVIEWED" => "Pièce examinée",
        "AGR_SUBMITTED" => "Demande déposée",
        "AGR_RESUBMITTED" => "Demande complétée et déposée de nouveau",
        "AGR_DRAFT_WARNED" => "Rappel du brouillon",
        "AGR_DRAFT_EXPIRED" => "Brouillon abandonné à l’échéance",
        "AGR_INCOMPLETE" => "Dossier renvoyé pour complément",
        "AGR_RETURN_REMINDED" => "Rappel des pièces attendues",
        "AGR_CLOSED_IDLE" => "Dossier classé sans suite",
        "AGR_COMPLETE" => "Dossier déclaré complet",
        "AGR_CTR_ASSIGNED" => "Visite confiée",
        "AGR_CTR_DECLINED" => "Visite déclinée",
        "AGR_CTR_RELEASED" => "Visite retirée, à confier à une autre personne",
        "AGR_VISIT_SCHEDULED" => "Date de visite fixée",
        "AGR_VISIT_MOVED" => "Visite déplacée",
        "AGR_SCORED" => "Grille de contrôle complétée",
        "AGR_VISIT_DONE" => "Visite enregistrée",
        "AGR_REPORT_PROV" => "Rapport provisoire envoyé",
        "AGR_COMMENTED" => "Observations de la structure",
        "AGR_OPINION" => "Avis rendu",
        "AGR_VISIT_WAIVED" => "Dispense de visite",
        "AGR_ON_AGENDA" => "Inscrite à la commission",
        "AGR_OFF_AGENDA" => "Commission annulée, demande à inscrire de nouveau",
        "AGR_GRANTED" => "Agrément accordé",
        "AGR_GRANTED_RES" => "Agrément accordé sous réserve",
        "AGR_ADJOURNED" => "Demande ajournée",
        "AGR_RESUMED" => "Examen repris",
        "AGR_REFUSED" => "Agrément refusé",
        "AGR_REFUSAL_OPENED" => "Refus lu en ligne par la structure",
        "AGR_LETTER_RECORDED" => "Refus envoyé en recommandé",
        "AGR_WITHDRAWN" => "Demande retirée",
        "AGR_APPEAL" => "Recours reçu",
        "AGR_APPEAL_SETTLED" => "Réponse au recours",
        "AGR_DOCUMENT_ISSUED" => "Document établi",
        "AGREMENT_PREPARED" => "Convention préparée",
        "AGREMENT_SIGNED" => "Convention signée par une partie",
        "AGREMENT_ACTIVE" => "Agrément actif",
        "AGREMENT_ACTIVE_RES" => "Agrément actif sous réserve",
        "AGREMENT_PROOF_RECEIVED" => "Preuve déposée pour une réserve",
        "AGREMENT_RESERVE_CLOSED" => "Réserve levée",
        "AGREMENT_RES_LIFTED" => "Toutes les réserves sont levées",
        "AGREMENT_RESERVE_REMINDED" => "Rappel d’une réserve",
        "AGREMENT_EXPIRY_WARNED" => "Rappel de l’échéance de l’agrément",
        "AGREMENT_RENEWING" => "Agrément prolongé jusqu’à la décision sur son renouvellement",
        "AGREMENT_EXPIRED" => "Agrément expiré",
        "AGREMENT_REPLACED" => "Agrément remplacé par un autre avant son terme",
        "AGREMENT_NOTICE" => "Mise en demeure envoyée",
        "AGREMENT_NOTICE_ANSWERED" => "Observations de la structure sur la mise en demeure",
        "AGREMENT_SUSPENDED" => "Agrément suspendu",
        "AGREMENT_REINSTATED" => "Agrément rétabli",
        "AGREMENT_WITHDRAWAL_ASKED" => "Retrait demandé, à confirmer par une autre personne",
        "AGREMENT_WITHDRAWN" => "Agrément retiré",
        "AGREMENT_RENOUNCED" => "Renonciation à l’agrément",
        "AGREMENT_ACT_DROPPED" => "Procédure abandonnée",
        "AGREMENT_UNDONE" => "Dernier acte annulé",
        "AGREMENT_LETTER" => "Lettre recommandée enregistrée",
        "AGREMENT_CHANGED" => "Changement déclaré",
        "AGREMENT_CHANGE_REVIEWED" => "Changement examiné",
        "AGREMENT_JURY_KEPT" => "Jury maintenu malgré la suspension",
        "FC_PARTNER_DUE" => "Liste des partenaires à mettre à jour",
        "FC_PARTNER_DONE" => "Liste des partenaires mise à jour",
        _ => "Acte",
    }
}

/// What the history says of one event: its sentence, with the document or the party that its payload names.
#[must_use]
pub fn told(code: &str, payload: &str) -> String {
    let payload: serde_json::Value = serde_json::from_str(payload).unwrap_or_default();
    match (code, payload["party"].as_str(), payload["template"].as_str()) {
        ("AGREMENT_SIGNED", Some("structure"), _) => "Convention signée par la structure".to_owned(),
        ("AGREMENT_SIGNED", Some(_), _) => "Convention signée par l’organisme certificateur".to_owned(),
        ("AGR_DOCUMENT_ISSUED", _, Some(template)) => {
            format!("{}\u{202f}: {}", history(code), document(template))
        }
        ("AGR_LETTER_RECORDED", ..) => told_letter(&payload).unwrap_or_else(|| history(code).to_owned()),
        _ => history(code).to_owned(),
    }
}

fn told_letter(payload: &serde_json::Value) -> Option<String> {
    let day = |field: &str| payload[field].as_str().and_then(typed_date::parse);
    let letter = letter(payload["number"].as_str()?, day("sent_on")?, day("presented_on"));
    Some(format!("Refus envoyé en recommandé\u{202f}: {letter}"))
}

/// A registered letter: its number and its days.
#[must_use]
pub fn letter(number: &str, sent_on: Date, presented_on: Option<Date>) -> String {
    let presented =
        presented_on.map(|day| format!(", présentée le {}", french::date(day))).unwrap_or_default();
    format!("lettre n°\u{a0}{number} envoyée le {}{presented}", french::date(sent_on))
}

/// A document that the program produces, by its template.
#[must_use]
pub fn document(template: &str) -> &'static str {
    match template {
        "application-form" => "demande d’agrément",
        "deposit-receipt" => "récépissé de dépôt",
        "completeness-certificate" => "attestation de complétude",
        "mission-order" => "ordre de mission",
        "mission-order.draft" => "projet d’ordre de mission",
        "visit-plan" => "plan de visite",
        "control-grid" => "grille de contrôle remplie",
        "report-comments" => "observations de la structure",
        "waiver-note" => "note de dispense de visite",
        "committee-file" => "dossier de commission",
        "action-plan" => "plan d’actions",
        "inspection-report" => "rapport de contrôle",
        "inspection-report.provisional" => "rapport provisoire",
        "inspection-report.final" => "rapport définitif",
        "closing-notice" => "avis de classement",
        "decision" => "courrier de décision",
        "appeal-answer" => "réponse au recours",
        "agreement-convention" => "convention",
        "agreement-certificate" => "certificat d’agrément",
        "reserves-lifted" => "courrier de levée des réserves",
        "right-letter.notice" => "mise en demeure",
        "right-letter.suspended" => "décision de suspension",
        "right-letter.reinstated" => "décision de rétablissement",
        "right-letter.withdrawn" => "décision de retrait",
        _ => "document du dossier",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::features::agreements::state::{RIGHT_TABLE, TABLE, act};

    #[test]
    fn the_history_names_the_document_and_who_signed() {
        for (code, payload, expected) in [
            ("AGREMENT_SIGNED", r#"{"party":"structure"}"#, "Convention signée par la structure"),
            (
                "AGREMENT_SIGNED",
                r#"{"party":"certifier"}"#,
                "Convention signée par l’organisme certificateur",
            ),
            ("AGREMENT_SIGNED", "", "Convention signée par une partie"),
            (
                "AGR_DOCUMENT_ISSUED",
                r#"{"archival":true,"template":"mission-order.draft"}"#,
                "Document établi\u{202f}: projet d’ordre de mission",
            ),
            (
                "AGR_DOCUMENT_ISSUED",
                r#"{"archival":true,"template":"agreement-certificate"}"#,
                "Document établi\u{202f}: certificat d’agrément",
            ),
            (
                "AGR_LETTER_RECORDED",
                r#"{"number":"1A 234","presented_on":"2026-03-05","sent_on":"2026-03-02"}"#,
                "Refus envoyé en recommandé\u{202f}: lettre n°\u{a0}1A 234 envoyée le 2 mars 2026, présentée le 5 mars 2026",
            ),
            (
                "AGR_LETTER_RECORDED",
                r#"{"number":"1A 234","presented_on":null,"sent_on":"2026-03-02"}"#,
                "Refus envoyé en recommandé\u{202f}: lettre n°\u{a0}1A 234 envoyée le 2 mars 2026",
            ),
            ("AGR_LETTER_RECORDED", "{}", "Refus envoyé en recommandé"),
            ("AGREMENT_ACTIVE", "{}", "Agrément actif"),
        ] {
            assert_eq!(told(code, payload), expected);
        }
    }

    #[test]
    fn every_transition_has_its_line_of_history() {
        for line in TABLE.iter() {
            assert_ne!(history(line.code()), "Acte", "{}", line.code());
        }
        let acts = act::TABLE.iter().filter_map(|line| line.event).map(|(_, code)| code);
        for code in RIGHT_TABLE.iter().map(|line| line.event.1).chain(acts) {
            assert_ne!(history(code), "Acte", "{code}");
        }
    }
}
