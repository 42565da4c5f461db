//! French words of the acts on a right: the link, the title, what it means, the button, and what is said after.

use super::life::LifeAct;

/// What a page says around an act.
#[derive(Clone, Copy, Debug)]
pub(super) struct Words {
    /// The link that leads to it.
    pub link: &'static str,
    /// The title of its page.
    pub title: &'static str,
    /// What it means.
    pub intro: &'static str,
    /// The button that does it.
    pub act: &'static str,
    /// What is said once done.
    pub done: &'static str,
}

const fn words([link, title, intro, act, done]: [&'static str; 5]) -> Words {
    Words { link, title, intro, act, done }
}

/// What is said when something stands in the way.
pub(super) const NOT_DONE: &str = "Rien n’est encore enregistré";

/// The words of an act.
#[must_use]
pub(super) const fn of(act: LifeAct) -> Words {
    match act {
        LifeAct::Notice => words([
            "Mettre en demeure",
            "Mettre la structure en demeure",
            "La structure lit les constats et les motifs, et peut présenter ses observations avant toute décision.",
            "Envoyer la mise en demeure",
            "Mise en demeure envoyée.",
        ]),
        LifeAct::Suspend => words([
            "Suspendre en urgence",
            "Suspendre l’agrément en urgence",
            "Sans mise en demeure\u{202f}: réservé à une fraude ou à un danger, avec le motif de l’urgence.",
            "Suspendre l’agrément",
            "Agrément suspendu.",
        ]),
        LifeAct::SuspendAfterNotice => words([
            "Suspendre comme annoncé",
            "Suspendre l’agrément comme annoncé",
            "La structure a été entendue. Les constats sont relus au moment de la décision.",
            "Suspendre l’agrément",
            "Agrément suspendu.",
        ]),
        LifeAct::SuspendForReserves => words([
            "Suspendre pour réserves en retard",
            "Suspendre l’agrément pour réserves en retard",
            "Toutes les réserves dont le délai et le sursis sont passés sont citées.",
            "Suspendre l’agrément",
            "Agrément suspendu.",
        ]),
        LifeAct::Reinstate => words([
            "Rétablir l’agrément",
            "Rétablir l’agrément",
            "Les constats de la suspension doivent être levés.",
            "Rétablir l’agrément",
            "Agrément rétabli.",
        ]),
        LifeAct::AskWithdrawal => words([
            "Demander le retrait",
            "Demander le retrait de l’agrément",
            "La structure a été entendue. L’agrément reste en vigueur jusqu’à la confirmation par une autre personne.",
            "Demander le retrait",
            "Retrait demandé, à confirmer par une autre personne.",
        ]),
        LifeAct::ConfirmWithdrawal => words([
            "Confirmer le retrait",
            "Confirmer le retrait de l’agrément",
            "Le retrait a été demandé par une autre personne.",
            "Retirer l’agrément",
            "Agrément retiré.",
        ]),
        LifeAct::Drop => words([
            "Abandonner la procédure",
            "Abandonner la procédure",
            "L’agrément reste comme il est. La structure est prévenue.",
            "Abandonner la procédure",
            "Procédure abandonnée.",
        ]),
        LifeAct::Undo => words([
            "Revenir sur le dernier acte",
            "Revenir sur le dernier acte",
            "L’agrément et tout ce qui avait changé redeviennent comme avant. Le journal garde les deux actes.",
            "Revenir sur cet acte",
            "Acte annulé\u{202f}: tout est comme avant.",
        ]),
        LifeAct::Letter => words([
            "Enregistrer la lettre recommandée",
            "Enregistrer la lettre recommandée",
            "Le numéro et le jour de l’envoi servent de preuve.",
            "Enregistrer la lettre",
            "Lettre enregistrée.",
        ]),
        LifeAct::Answer => words([
            "Présenter nos observations",
            "Présenter vos observations",
            "Elles sont jointes à la procédure et lues avant toute décision.",
            "Envoyer les observations",
            "Observations envoyées.",
        ]),
        LifeAct::Declare => words([
            "Déclarer un changement",
            "Déclarer un changement",
            "Site, personne référente, équipe, forme juridique\u{202f}: l’organisme certificateur répond sous le délai prévu.",
            "Déclarer le changement",
            "Changement déclaré.",
        ]),
        LifeAct::Review => words([
            "Examiner un changement déclaré",
            "Examiner un changement déclaré",
            "La réponse est envoyée à la structure.",
            "Enregistrer la réponse",
            "Réponse envoyée à la structure.",
        ]),
        LifeAct::Renounce => words([
            "Renoncer à l’agrément",
            "Renoncer à l’agrément",
            "Votre structure n’inscrit plus personne. Les personnes inscrites gardent leur droit à un jury.",
            "Renoncer à l’agrément",
            "Renonciation enregistrée.",
        ]),
    }
}
