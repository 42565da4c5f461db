//! Faults of the forms of experts.

/// No such certification.
pub const UNKNOWN_CERTIFICATION: &str = "Cette certification n’existe pas";
/// Nobody, or the person themselves, is named to accompany.
pub const OTHER_SENIOR: &str = "Choisissez une autre personne habilitée, qui accompagnera celle-ci";
/// Whoever is named to accompany does not hold the duty.
pub const SENIOR_NOT_HABILITATED: &str =
    "Cette personne n’est pas habilitée aujourd’hui à cette fonction. Choisissez une personne qui l’est";
/// Fault of a form.
pub const DUTY_WANTED: &str = "Choisissez une fonction";

/// Said of a mission that another step of the file rests on.
pub const MISSION_RESTED: &str = "Une étape repose déjà sur cette mission";
/// Said of a mission that a step may not rest on.
pub const MISSION_UNFIT: &str = "Choisissez une mission d’observation de cette personne, faite pendant sa formation, avec son compte rendu";

/// No plan.
pub const PLAN_WANTED: &str = "Plan d’action de l’accompagnement";
/// Nobody of that key.
pub const UNKNOWN_MEMBER: &str = "Cette personne n’existe pas";
/// Fault of a form.
pub const ACT_UNKNOWN: &str = "Choisissez une suite à donner";
/// Fault of a form.
pub const PIECE_WANTED: &str = "Choisissez la nature de la pièce";
/// Fault of a file.
pub const FILE_UNREAD: &str = "Ce fichier n’a pas pu être lu\u{202f}: choisissez-le de nouveau";
/// Fault of a form.
pub const PRACTICE_ONLY: &str =
    "Cette habilitation est en cours\u{202f}: seule une observation de la pratique s’y enregistre";
/// Fault of a form.
pub const STEP_WANTED: &str = "Choisissez l’étape";

/// A jury member chosen among experts, with the name of somebody else beside.
#[must_use]
pub fn two_people(chosen: &str) -> String {
    format!("Vous avez aussi choisi {chosen} pour ce siège\u{202f}: gardez l’un des deux noms")
}
