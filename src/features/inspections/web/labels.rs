//! Words of the pages of inspections.

use entity::inspection::InspectionState;

use super::super::labels as words;
use crate::http::web::layout::Flash;

/// Title of the list.
pub(super) const INSPECTIONS: &str = "Contrôles";
/// Title of the page of proposals.
pub(super) const PROPOSALS: &str = "Contrôles périodiques à prévoir";
/// Title of the page of draws.
pub(super) const DRAWS: &str = "Tirages au sort";
/// Title of the form of a draw.
pub(super) const NEW_DRAW: &str = "Préparer un tirage au sort";
/// Title of the form of an inspection.
pub(super) const PLAN: &str = "Planifier un contrôle";
/// Title of the page that finds who makes it.
pub(super) const ASSIGN: &str = "Confier le contrôle";
/// Title of the grid.
pub(super) const GRID: &str = "Grille de contrôle";
/// Above the faults.
pub(super) const NOT_DONE: &str = "Rien n’a été enregistré";
/// Nobody makes it yet.
pub(super) const NOBODY: &str = "Personne";
/// It has no date yet.
pub(super) const NO_DATE: &str = "Sans date";
/// The filter of those that nobody makes.
pub(super) const VACANT: &str = "À confier";
/// The filter of those that are not over.
pub(super) const OPEN: &str = "En cours";
/// The name of the file.
pub(super) const FILE: &str = "controles.csv";
/// The columns of the file.
pub(super) const COLUMNS: [&str; 8] =
    ["numéro", "structure", "déclencheur", "état", "à faire avant", "date", "contrôle par", "réalisé le"];

/// Terms of the margin.
pub(super) const FACT_STRUCTURE: &str = "Structure";
/// The right.
pub(super) const FACT_RIGHT: &str = "Agrément";
/// The certification.
pub(super) const FACT_CERTIFICATION: &str = "Certification";
/// Why.
pub(super) const FACT_TRIGGER: &str = "Nature";
/// Why, in words.
pub(super) const FACT_REASON: &str = "Motif";
/// Who.
pub(super) const FACT_CONTROLLER: &str = "Conduit par";
/// Its mission.
pub(super) const FACT_MISSION: &str = "Mission";
/// Where.
pub(super) const FACT_PLACE: &str = "Lieu";
/// Before which day.
pub(super) const FACT_DUE: &str = "À faire avant le";
/// Until when the structure comments.
pub(super) const FACT_COMMENTS: &str = "Observations jusqu’au";
/// What the grid is worth.
pub(super) const FACT_RATING: &str = "Résultat";
/// The inspection that it checks.
pub(super) const FACT_FOLLOWS: &str = "Vérifie les actions de";
/// Those that check it.
pub(super) const FACT_FOLLOWED: &str = "Contrôle de suivi";
/// What the structure prepares.
pub(super) const FACT_PIECES: &str = "Pièces à préparer";
/// How files are chosen.
pub(super) const FACT_SAMPLE: &str = "Dossiers consultés";

/// Leads to the grid.
pub(super) const TO_GRID: &str = "Remplir la grille";
/// Leads to who makes it.
pub(super) const TO_ASSIGN: &str = "Confier le contrôle";
/// Leads to the draw of files.
pub(super) const TO_DRAW: &str = "Tirer des dossiers au sort";
/// Leads to the plan of a follow-up.
pub(super) const TO_FOLLOW_UP: &str = "Planifier un contrôle de suivi";

/// What a page says after an act.
pub(super) fn said(verb: &str) -> Flash {
    let title = match verb {
        "notifier" => "Date notifiée à la structure.",
        "deplacer" => "Contrôle déplacé.",
        "refus" => "Refus constaté.",
        "reprendre" => "Contrôle repris.",
        "realise" => "Contrôle enregistré.",
        "rapport" => "Rapport provisoire envoyé.",
        "observations" => "Observations envoyées.",
        "proposer" => "Conclusion proposée.",
        "conclure" => "Contrôle conclu.",
        "deposer" => "Réponses déposées.",
        "insuffisant" => "Structure prévenue\u{202f}: réponse à compléter.",
        "lever" => "Écart levé.",
        "abandonner" => "Écart abandonné.",
        "clore" => "Contrôle clos.",
        "engager" => "Mise en demeure notifiée.",
        "annuler" => "Contrôle annulé.",
        "rouvrir" => "Contrôle rouvert.",
        "retenir" => "Saisie retenue.",
        "classer" => "Saisie classée.",
        "publier" => "Graine et règles publiées.",
        "tirer" => "Tirage effectué.",
        "planifier" => "Contrôle planifié.",
        "confier" => "Mission proposée.",
        "reponse" => "Réponse enregistrée.",
        "preuve" => "Preuve déposée.",
        "retirer-preuve" => "Preuve retirée.",
        _ => "Enregistré.",
    };
    Flash::done(title, "")
}

/// What is asked before an act that reaches people and takes something away.
pub(super) struct Asked {
    /// The question.
    pub(super) question: &'static str,
    /// What it changes.
    pub(super) effects: &'static [&'static str],
    /// The verb of the button.
    pub(super) act: &'static str,
    /// The way back.
    pub(super) keep: &'static str,
}

/// The question of an act; none for one that asks nothing first.
pub(super) fn asked(verb: &str) -> Option<Asked> {
    let keep = "Ne rien changer";
    Some(match verb {
        "annuler" => Asked {
            question: "Annuler ce contrôle\u{202f}?",
            effects: &[
                "La mission est annulée et ses demi-journées sont libres.",
                "La personne chargée du contrôle est prévenue, et la structure si elle l’avait été de la date.",
                "Ce qu’une tablette enverrait encore est gardé à part.",
            ],
            act: "Annuler le contrôle",
            keep,
        },
        "refus" => Asked {
            question: "Constater le refus de la structure\u{202f}?",
            effects: &[
                "La structure reçoit une mise en demeure et dispose d’un délai pour accepter le contrôle.",
                "Les responsables sont prévenus.",
            ],
            act: "Constater le refus",
            keep,
        },
        "engager" => Asked {
            question: "Engager la suspension de l’agrément\u{202f}?",
            effects: &[
                "La structure reçoit une mise en demeure et peut présenter ses observations.",
                "Rien n’est suspendu avant la fin de ce délai et une décision.",
            ],
            act: "Notifier la mise en demeure",
            keep,
        },
        "abandonner" => Asked {
            question: "Abandonner cet écart\u{202f}?",
            effects: &[
                "L’écart reste dans l’historique, avec son motif.",
                "Une conclusion déjà proposée est à proposer de nouveau.",
            ],
            act: "Abandonner l’écart",
            keep,
        },
        "rouvrir" => Asked {
            question: "Rouvrir ce contrôle\u{202f}?",
            effects: &[
                "Le contrôle revient où il en était avant sa fin.",
                "La structure et la personne chargée du contrôle sont prévenues, si elles l’avaient été.",
            ],
            act: "Rouvrir le contrôle",
            keep,
        },
        _ => return None,
    })
}

/// Above the effects of an act.
pub(super) fn asked_intro(number: &str, structure: &str) -> String {
    format!("Contrôle {number}, {structure}\u{202f}:")
}

/// What a person expects of an inspection now, in a sentence; none when it waits for nobody.
pub(super) const fn next(state: InspectionState) -> &'static str {
    use InspectionState as S;
    match state {
        S::Planned => "Le contrôle est à confier puis à dater.",
        S::Notified => "La structure est prévenue. La grille se remplit le jour du contrôle.",
        S::Performed => "Le rapport provisoire est à envoyer.",
        S::RefusedByStructure => "La structure a refusé le contrôle.",
        S::Adversarial => "La structure peut présenter ses observations, puis le contrôle se conclut.",
        S::ActionsRequested => "La structure corrige les écarts et dépose ses preuves.",
        S::ActionsSubmitted => "Les réponses de la structure sont à vérifier.",
        S::Overdue => "Le délai est passé\u{202f}: les réponses de la structure sont attendues.",
        S::ClosedConforming | S::Closed | S::Cancelled => "",
    }
}

/// "Contrôle périodique CTL-2026-0022".
pub(super) fn title(trigger: entity::inspection::Trigger, structure: &str) -> String {
    format!("{}, {structure}", words::trigger(trigger))
}
