//! What is said of an act that cannot be done.

use crate::render::french;

/// A periodic inspection is planned once.
pub const PERIODIC_THERE: &str = "Un contrôle périodique est déjà prévu ou fait pour cet agrément.";
/// The right is over.
pub const RIGHT_OVER: &str = "Cet agrément n’est pas en cours\u{202f}: il ne peut pas être contrôlé.";
/// An unannounced inspection has no notice.
pub const UNANNOUNCED: &str = "Un contrôle inopiné ne s’annonce pas.";
/// Nobody makes it yet.
pub const NOBODY: &str = "Personne n’a encore accepté ce contrôle\u{202f}: confiez-le d’abord.";
/// The structure moved it already.
pub const MOVED_ONCE: &str =
    "Vous avez déjà demandé une autre date\u{202f}: appelez l’organisme certificateur.";
/// It has not begun.
pub const NOT_YET: &str = "Le contrôle n’a pas encore commencé.";
/// A report that names nobody proves nothing.
pub const NOBODY_MET: &str = "Indiquez les personnes rencontrées\u{202f}: leurs fonctions suffisent";
/// What arrives too late.
pub const ASIDE: &str =
    "Ce contrôle ne prend plus de réponses\u{202f}: ce que vous avez saisi est gardé pour être examiné.";
/// Two values.
pub const CONFLICT: &str =
    "Une autre réponse a été enregistrée entre-temps\u{202f}: choisissez celle à garder.";
/// What was settled.
pub const NOT_WAITING: &str = "Cette saisie n’attend plus de choix.";
/// Too late to apply.
pub const NO_ANSWER_ANY_MORE: &str =
    "Ce contrôle ne prend plus de réponses\u{202f}: la saisie peut seulement être classée.";

/// The seed is known before anything is drawn.
pub const PUBLISHED_NOW: &str =
    "La graine vient d’être publiée\u{202f}: le tirage se fait ensuite, pour que chacun ait pu la lire.";
/// The population does not allow it.
pub const NOTHING_TO_DRAW: &str = "Ce tirage ne peut pas se faire.";
/// The journal has no seal yet.
pub const NO_SEAL: &str =
    "Le journal n’a pas encore de sceau\u{202f}: attendez le prochain, ou indiquez une graine.";

/// Where a seed taken from the journal comes from.
#[must_use]
pub fn seed_of_seal(size: i64) -> String {
    format!("Racine du sceau du journal qui couvre {} événements", french::integer(size))
}

/// A date that is too near.
#[must_use]
pub fn too_near(days: u16) -> String {
    format!("Prévenez la structure au moins {} à l’avance", french::plural(days.into(), "jour", "jours"))
}

/// A date to which it may not be moved.
#[must_use]
pub fn not_then(notice: u16, most: u16) -> String {
    format!(
        "Choisissez une date dans {} au moins, et {} au plus après la première annoncée",
        french::plural(notice.into(), "jour", "jours"),
        french::plural(most.into(), "jour", "jours")
    )
}

/// Criteria without a score.
#[must_use]
pub fn incomplete(count: usize) -> String {
    let count = i64::try_from(count).unwrap_or(i64::MAX);
    format!(
        "{} à noter avant d’enregistrer le contrôle.",
        french::plural(count, "critère reste", "critères restent")
    )
}
