//! What the history of an inspection or of a draw says of an event, by its code.

/// The sentence of a code.
#[must_use]
pub fn history(code: &str) -> &'static str {
    match code {
        "CTL_PLANNED" => "Contrôle planifié",
        "CTL_ASSIGNED" => "Mission proposée",
        "CTL_ACCEPTED" => "Mission acceptée",
        "CTL_DECLINED" => "Mission déclinée, à confier à une autre personne",
        "CTL_RELEASED" => "Mission retirée, à confier à une autre personne",
        "CTL_NOTIFIED" => "Date notifiée à la structure",
        "CTL_MOVED" => "Contrôle déplacé",
        "CTL_SCORED" => "Grille complétée",
        "CTL_PHOTO_ADDED" => "Photo ajoutée",
        "CTL_PHOTO_REMOVED" => "Photo retirée",
        "CTL_ASIDE" => "Saisie reçue de la tablette, gardée à part",
        "CTL_ASIDE_SETTLED" => "Saisie gardée à part, examinée",
        "CTL_DONE" => "Contrôle réalisé",
        "CTL_REFUSED" => "Contrôle refusé par la structure",
        "CTL_RESUMED" => "Contrôle repris, la structure l’acceptant",
        "CTL_REPORT_PROV" => "Rapport provisoire envoyé",
        "CTL_COMMENTED" => "Observations de la structure",
        "CTL_PROPOSED" => "Conclusion proposée",
        "CTL_CLOSED_OK" => "Contrôle clos, conforme",
        "CTL_ACTIONS_ASKED" => "Actions correctives demandées",
        "CTL_ACTION_WRITTEN" => "Réponse à un écart rédigée",
        "CTL_EVIDENCE_ADDED" => "Preuve déposée",
        "CTL_EVIDENCE_REMOVED" => "Preuve retirée",
        "CTL_ACTIONS_SENT" => "Actions déposées",
        "CTL_ACTIONS_KO" => "Actions jugées insuffisantes",
        "CTL_ACTIONS_REMINDED" => "Rappel des actions attendues",
        "CTL_GAP_CLOSED" => "Écart levé",
        "CTL_GAP_DROPPED" => "Écart abandonné après observations",
        "CTL_CLOSED" => "Contrôle clos, actions vérifiées",
        "CTL_OVERDUE" => "Actions en retard",
        "CTL_ESCALATED" => "Suite portée devant la responsable de certification",
        "CTL_CANCELLED" => "Contrôle annulé",
        "CTL_REOPENED" => "Contrôle rouvert",
        "CTL_DOCUMENT_ISSUED" => "Document établi",
        "DRAW_PREPARED" => "Tirage préparé",
        "DRAW_PUBLISHED" => "Graine et règles publiées",
        "DRAW_DONE" => "Tirage effectué",
        "DRAW_PLANNED" => "Contrôle planifié depuis le tirage",
        "DRAW_CANCELLED" => "Tirage annulé",
        "DRAW_RECORD_ISSUED" => "Procès-verbal du tirage scellé",
        _ => "Acte",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::features::inspections::state::{BEGINS, TABLE, action, draw, gap};

    #[test]
    fn every_transition_has_its_line_of_history() {
        let inspections = TABLE.iter().map(|line| line.event.1);
        let draws = draw::TABLE.iter().map(|line| line.event.1);
        let gaps = gap::TABLE.iter().filter_map(|line| line.event);
        let actions = action::TABLE.iter().filter_map(|line| line.event);
        let inside = gaps.chain(actions).map(|(_, code)| code);
        for code in inspections.chain(draws).chain(inside).chain([BEGINS.2]) {
            assert_ne!(history(code), "Acte", "{code}");
        }
    }
}
