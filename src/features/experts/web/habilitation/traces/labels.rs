//! French words of the history of an habilitation.

use entity::audit_event;
use entity::habilitation::{Duty, HabilitationState};
use entity::habilitation_step::StepKind;
use serde_json::Value;

use crate::features::experts::labels;
use crate::rules::calendar::written;
use crate::rules::typed_date::parse;

/// The program did it.
pub(super) const BY_ITSELF: &str = "Acte automatique";

/// One line of the history of a file.
pub(super) fn told(event: &audit_event::Model) -> String {
    let practice = event.state_before.as_deref() == Some(HabilitationState::Active.word().as_str());
    sentence(&event.code, &event.payload, practice)
}

fn sentence(code: &str, payload: &str, practice: bool) -> String {
    let payload: Value = serde_json::from_str(payload).unwrap_or_default();
    let word = |of: &str, key: &str| payload[of][key].as_str().unwrap_or_default().to_owned();
    let duty = Duty::from_word(&word("habilitation", "duty"));
    let step = StepKind::from_word(&word("act", "step"));
    match (code, duty.zip(step), parse(&word("act", "jury_on"))) {
        ("HAB_STEP", _, _) if practice => labels::path::PRACTICE.to_owned(),
        ("HAB_STEP", Some((duty, step)), _) => {
            format!("{}\u{202f}: {}", happened(code), name_of(labels::path::step(duty, step)))
        }
        ("HAB_PRESENTED", _, Some(day)) => format!("{}, le {}", happened(code), written(day)),
        ("HAB_JURY_MOVED", _, Some(day)) => format!("{} au {}", happened(code), written(day)),
        ("HAB_JURY_CANCELLED", _, Some(day)) => {
            format!("{}, prévu le {}", happened(code), written(day))
        }
        _ => happened(code).to_owned(),
    }
}

/// The name of a step without what it consists of.
fn name_of(step: &str) -> &str {
    step.split_once("\u{202f}:").map_or(step, |(name, _)| name)
}

fn happened(code: &str) -> &'static str {
    match code {
        "HAB_APPLIED" => "Candidature déposée",
        "HAB_REJECTED" => "Candidature non retenue",
        "HAB_ADMITTED" => "Admission en formation",
        "HAB_STEP" => "Étape enregistrée",
        "HAB_CHARTER_SIGNED" => "Charte d’impartialité signée",
        "HAB_SENIOR_CHANGED" => "Changement d’accompagnement",
        "HAB_PRESENTED" => "Présentation au jury",
        "HAB_JURY_MOVED" => "Jury déplacé",
        "HAB_JURY_CANCELLED" => "Jury annulé",
        "HAB_GRANTED" => "Habilitation accordée",
        "HAB_DEFERRED" => "Décision différée",
        "HAB_REFUSED" => "Habilitation refusée",
        "HAB_SUSPENDED" => "Habilitation suspendue",
        "HAB_REINSTATED" => "Habilitation rétablie",
        "HAB_WITHDRAWAL_ASKED" => "Retrait demandé",
        "HAB_WITHDRAWAL_ANSWERED" => "Observations sur le retrait demandé",
        "HAB_WITHDRAWAL_DROPPED" => "Retrait abandonné",
        "HAB_WITHDRAWN" => "Habilitation retirée",
        "HAB_RESIGNED" => "Démission",
        "HAB_EXPIRED" => "Habilitation expirée",
        "HAB_RENEWED" => "Habilitation renouvelée",
        _ => "Changement du dossier",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::features::experts::state::TABLE;
    use crate::rules::transitions::Row;

    #[test]
    fn the_history_says_what_happened_and_which_step_or_which_jury() {
        for (code, payload, practice, expected) in [
            ("HAB_APPLIED", "null", false, "Candidature déposée"),
            (
                "HAB_STEP",
                r#"{"act":{"step":"observation"},"habilitation":{"duty":"epsp"}}"#,
                false,
                "Étape enregistrée\u{202f}: Fond de salle",
            ),
            (
                "HAB_STEP",
                r#"{"act":{"step":"observation"},"habilitation":{"duty":"controleur"}}"#,
                false,
                "Étape enregistrée\u{202f}: Contrôle en tandem",
            ),
            (
                "HAB_STEP",
                r#"{"act":{"step":"observation"},"habilitation":{"duty":"epsp"}}"#,
                true,
                "Observation de la pratique",
            ),
            ("HAB_STEP", "{}", false, "Étape enregistrée"),
            (
                "HAB_PRESENTED",
                r#"{"act":{"jury_on":"2025-10-06"}}"#,
                false,
                "Présentation au jury, le 6 octobre 2025",
            ),
            ("HAB_DEFERRED", r#"{"act":{"redo":["observation"]}}"#, false, "Décision différée"),
        ] {
            assert_eq!(sentence(code, payload, practice), expected);
        }
        let others = [
            "HAB_CHARTER_SIGNED",
            "HAB_SENIOR_CHANGED",
            "HAB_WITHDRAWAL_ASKED",
            "HAB_WITHDRAWAL_ANSWERED",
            "HAB_WITHDRAWAL_DROPPED",
        ];
        for code in TABLE.iter().map(Row::code).chain(others) {
            assert_ne!(happened(code), happened(""), "{code}");
        }
    }
}
