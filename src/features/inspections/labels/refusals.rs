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

/// Nothing was proposed yet.
pub const NOT_PROPOSED: &str =
    "La personne qui a contrôlé n’a pas encore proposé de conclusion\u{202f}: elle se prononce d’abord.";
/// The structure may still comment.
pub const HEARING_OPEN: &str =
    "La structure peut encore présenter ses observations\u{202f}: attendez-les, ou la fin du délai.";
/// Gaps that an end forgets.
pub const GAPS_LEFT: &str = "Des écarts restent ouverts\u{202f}: le contrôle ne peut pas être clos.";
/// Actions about nothing.
pub const NO_GAP: &str = "Aucun écart ne reste ouvert\u{202f}: il n’y a rien à corriger.";
/// Answers that lack something.
pub const ANSWERS_LACK: &str = "Chaque écart attend une réponse complète avant le dépôt.";
/// A cause.
pub const CAUSE: &str = "la cause";
/// A correction.
pub const CORRECTION: &str = "la correction";
/// Who sees to it.
pub const OWNER: &str = "la personne chargée de l’action";
/// A proof.
pub const EVIDENCE: &str = "une preuve";
/// An answer that nothing proves.
pub const NO_EVIDENCE: &str =
    "Aucune preuve n’a été déposée\u{202f}: cet écart ne peut pas être levé sur pièces.";
/// A visit that checks something else.
pub const NOT_A_FOLLOW_UP: &str = "Choisissez un contrôle de suivi de ce contrôle, déjà réalisé";
/// No gap is named.
pub const NONE_NAMED: &str = "Indiquez au moins un écart dont la réponse ne suffit pas";
/// Another day is given once.
pub const EXTENDED_ONCE: &str = "Un nouveau délai a déjà été accordé pour cet écart";
/// It is too early to bring it to the right.
pub const TOO_EARLY: &str = "Il est trop tôt pour engager la suspension.";
/// A right that is not there.
pub const UNKNOWN_RIGHT: &str = "Indiquez le numéro d’un agrément en cours";
/// No trigger.
pub const TRIGGER_WANTED: &str = "Choisissez la nature du contrôle";
/// Nobody.
pub const PERSON_WANTED: &str = "Choisissez une personne";
/// No end.
pub const PROPOSAL_WANTED: &str = "Choisissez une conclusion";
/// No date.
pub const DATE_WANTED: &str = "Indiquez un jour et une heure";
/// No day.
pub const DAY_WANTED: &str = "Indiquez un jour";
/// No file.
pub const FILE_WANTED: &str = "Choisissez un fichier";
/// Strata that cannot be read.
pub const STRATA_WANTED: &str = "Écrivez un groupe par ligne\u{202f}: nom; poids; minimum; maximum";
/// A file that did not come through.
pub const FILE_UNREAD: &str = "Ce fichier n’a pas pu être lu";
/// A file that is no photo.
pub const NOT_A_PHOTO: &str = "Ce fichier n’est pas une photo\u{202f}: envoyez une image JPEG ou PNG";
/// Photos are of before the record.
pub const NO_PHOTO_ANY_MORE: &str = "Ce contrôle est enregistré\u{202f}: ses photos ne changent plus.";

/// The seed is known before anything is drawn.
pub const PUBLISHED_NOW: &str =
    "La graine vient d’être publiée\u{202f}: le tirage se fait ensuite, pour que chacun ait pu la lire.";
/// The population does not allow it.
pub const NOTHING_TO_DRAW: &str = "Ce tirage ne peut pas se faire.";
/// The journal has no seal yet.
pub const NO_SEAL: &str =
    "Le journal n’a pas encore de sceau\u{202f}: attendez le prochain, ou indiquez une graine.";

/// What was drawn is planned once.
pub const DRAWN_PLANNED: &str = "Un contrôle est déjà planifié pour cette ligne du tirage.";

/// Why an inspection that was drawn takes place.
#[must_use]
pub fn drawn(number: &str, position: i32) -> String {
    format!("Tirage au sort {number}, rang {position}")
}

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

/// A gap, as a refusal names it.
#[must_use]
pub fn gap(criterion: &str, finding: &str) -> String {
    if finding.is_empty() {
        format!("Critère {criterion}")
    } else {
        format!("Critère {criterion}\u{202f}: {finding}")
    }
}

/// What the answer to a gap lacks; all of it when nothing is said.
#[must_use]
pub fn lacks(criterion: &str, missing: &[&str]) -> String {
    if missing.is_empty() {
        return format!("Critère {criterion}\u{202f}: la réponse");
    }
    let missing: Vec<String> = missing.iter().map(|one| (*one).to_owned()).collect();
    format!("Critère {criterion}\u{202f}: {}", french::list(&missing))
}

/// The last day that may be given.
#[must_use]
pub fn due_between(latest: time::Date) -> String {
    format!("Choisissez un jour à venir, au plus tard le {}", french::date(latest))
}

/// The first day of an act.
#[must_use]
pub fn from_day(day: time::Date) -> String {
    format!("Possible à partir du {}", french::date(day))
}
