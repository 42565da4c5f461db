//! French words of the acts: the question, the button, the way back, and what is said after.

use super::act::Act;

/// What a page says around an act.
#[derive(Clone, Copy, Debug)]
pub(super) struct Words {
    /// The question of the confirmation.
    pub question: &'static str,
    /// The button that does it.
    pub act: &'static str,
    /// The way back.
    pub keep: &'static str,
    /// What is said once done.
    pub done: &'static str,
    /// What is said when it did not happen.
    pub failed: &'static str,
}

const fn words([question, act, keep, done, failed]: [&'static str; 5]) -> Words {
    Words { question, act, keep, done, failed }
}

const BACK: &str = "Revenir au dossier";

/// The words of an act on a file that was submitted already, or not.
#[must_use]
pub(super) const fn on_file(act: Act, submitted: bool) -> Words {
    match act {
        Act::Submit if submitted => words([
            "Déposer de nouveau le dossier\u{202f}?",
            "Déposer de nouveau le dossier",
            "Revenir à la relecture",
            "Demande déposée de nouveau.",
            "La demande n’est pas encore déposée de nouveau",
        ]),
        _ => of(act),
    }
}

/// The words of an act.
#[must_use]
pub(super) const fn of(act: Act) -> Words {
    match act {
        Act::Submit => words([
            "Déposer la demande\u{202f}?",
            "Déposer la demande",
            "Revenir à la relecture",
            "Demande déposée.",
            "La demande n’est pas encore déposée",
        ]),
        Act::Withdraw => words([
            "Retirer la demande\u{202f}?",
            "Retirer la demande",
            "Garder la demande",
            "Demande retirée.",
            "La demande n’est pas retirée",
        ]),
        Act::Review => {
            words(["", "Enregistrer", BACK, "Pièce examinée.", "L’avis sur la pièce n’est pas enregistré"])
        }
        Act::Supply => {
            words(["", "Déposer la pièce", BACK, "Pièce déposée.", "La pièce n’est pas encore déposée"])
        }
        Act::RecordLetter => words([
            "",
            "Enregistrer le recommandé",
            BACK,
            "Recommandé enregistré.",
            "Le recommandé n’est pas encore enregistré",
        ]),
        Act::ProveReserve => {
            words(["", "Déposer la preuve", BACK, "Preuve déposée.", "La preuve n’est pas encore déposée"])
        }
        Act::Return => words([
            "Renvoyer le dossier à la structure\u{202f}?",
            "Renvoyer le dossier",
            BACK,
            "Dossier renvoyé.",
            "Le dossier n’est pas encore renvoyé",
        ]),
        Act::Complete => words([
            "Déclarer le dossier complet\u{202f}?",
            "Déclarer complet",
            BACK,
            "Dossier déclaré complet.",
            "Le dossier n’est pas encore déclaré complet",
        ]),
        Act::Assign => words([
            "Confier la visite à cette personne\u{202f}?",
            "Confier la visite",
            "Revenir au choix",
            "Visite confiée.",
            "La visite n’est pas encore confiée",
        ]),
        Act::Waive => words([
            "Dispenser cette demande de visite\u{202f}?",
            "Dispenser de visite",
            "Garder la visite",
            "Dispense enregistrée.",
            "La dispense n’est pas encore enregistrée",
        ]),
        _ => of_visit(act),
    }
}

const fn of_visit(act: Act) -> Words {
    match act {
        Act::Decline => words([
            "Décliner cette visite\u{202f}?",
            "Décliner la visite",
            "Garder la visite",
            "Visite déclinée.",
            "Votre réponse n’est pas encore enregistrée",
        ]),
        Act::Release => words([
            "Retirer cette visite à la personne qui en est chargée\u{202f}?",
            "Retirer la visite",
            "Garder la visite",
            "Visite retirée.",
            "La visite n’est pas retirée",
        ]),
        Act::Schedule => words([
            "Fixer cette date de visite\u{202f}?",
            "Fixer la date",
            "Revenir à la date",
            "Date de visite fixée.",
            "La date n’est pas encore fixée",
        ]),
        Act::Postpone => words([
            "Déplacer la visite\u{202f}?",
            "Déplacer la visite",
            "Garder la date",
            "Visite déplacée.",
            "La visite n’est pas encore déplacée",
        ]),
        Act::RecordVisit => words([
            "Enregistrer la visite\u{202f}?",
            "Enregistrer la visite",
            "Revenir à la grille",
            "Visite enregistrée.",
            "La visite n’est pas encore enregistrée",
        ]),
        Act::SendReport => words([
            "Envoyer le rapport provisoire à la structure\u{202f}?",
            "Envoyer le rapport",
            "Relire le rapport",
            "Rapport provisoire envoyé.",
            "Le rapport n’est pas encore envoyé",
        ]),
        Act::Comment => words([
            "Envoyer ces observations\u{202f}?",
            "Envoyer les observations",
            BACK,
            "Observations envoyées.",
            "Vos observations ne sont pas encore envoyées",
        ]),
        Act::Finalise => words([
            "Rendre cet avis\u{202f}?",
            "Rendre l’avis",
            BACK,
            "Avis rendu.",
            "Votre avis n’est pas encore rendu",
        ]),
        _ => of_decision(act),
    }
}

const fn of_decision(act: Act) -> Words {
    match act {
        Act::Agenda => words([
            "Inscrire ce dossier à la commission\u{202f}?",
            "Inscrire à la commission",
            BACK,
            "Dossier inscrit à la commission.",
            "Le dossier n’est pas encore inscrit",
        ]),
        Act::Decide => words([
            "Rendre cette décision\u{202f}?",
            "Rendre la décision",
            BACK,
            "Décision rendue.",
            "La décision n’est pas encore rendue",
        ]),
        Act::Resume => words([
            "Reprendre l’examen\u{202f}?",
            "Reprendre l’examen",
            BACK,
            "Examen repris.",
            "L’examen n’est pas encore repris",
        ]),
        Act::Appeal => words([
            "Déposer ce recours\u{202f}?",
            "Déposer le recours",
            BACK,
            "Recours déposé.",
            "Votre recours n’est pas encore déposé",
        ]),
        Act::Settle => words([
            "Répondre à ce recours\u{202f}?",
            "Envoyer la réponse",
            BACK,
            "Réponse au recours envoyée.",
            "La réponse n’est pas encore envoyée",
        ]),
        Act::SignStructure | Act::SignCertifier => words([
            "Signer la convention\u{202f}?",
            "Signer la convention",
            "Relire la convention",
            "Convention signée.",
            "La convention n’est pas encore signée",
        ]),
        _ => words([
            "Lever cette réserve\u{202f}?",
            "Lever la réserve",
            BACK,
            "Réserve levée.",
            "La réserve n’est pas encore levée",
        ]),
    }
}
