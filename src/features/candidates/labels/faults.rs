//! Faults of the forms of candidates, and refusals.

/// Fault of a form.
pub const NAME_WANTED: &str = "Indiquez au moins un nom ou un prénom";
/// Fault of a form.
pub const UNKNOWN_STRUCTURE: &str = "Aucune structure connue n’a ce SIREN";
/// Fault of a form.
pub const STRUCTURE_WANTED: &str = "Choisissez la structure qui suit la personne";
/// Fault of a form.
pub const VERSION_WANTED: &str = "Choisissez une certification";
/// Fault of a form.
pub const VERSION_CLOSED: &str =
    "Cette version de la certification n’est pas ouverte aux inscriptions aujourd’hui";
/// Fault of a form.
pub const SITE_NOT_COVERED: &str = "L’agrément de la structure ne couvre pas ce site aujourd’hui";
/// Fault of a form.
pub const WAY_CLOSED: &str = "Le référentiel publié n’ouvre pas cette voie d’accès";
/// Fault of a form.
pub const REASON_WANTED: &str = "Indiquez le motif";
/// Fault of a form.
pub const LACK_WANTED: &str = "Indiquez ce qui manque au dossier";
/// Fault of a form.
pub const START_TOO_FAR: &str =
    "Indiquez un début de parcours entre cinq ans avant et un an après aujourd’hui";
/// Fault of a form.
pub const SEEN_AFTER_TODAY: &str = "La date à laquelle le document a été vu est à venir";
/// Fault of a form.
pub const SEEN_WANTED: &str = "Indiquez quand le document d’identité a été vu";
/// Fault of a form.
pub const NO_DOCUMENT: &str = "Choisissez le document d’identité qui a été vu, ou retirez cette date";
/// Fault of a form.
pub const GUARDIAN_WANTED: &str = "Cette personne est mineure\u{202f}: indiquez le nom et les coordonnées de sa représentante ou de son représentant légal";
/// Fault of a form.
pub const DETAINED_BY_MAIL: &str =
    "Les messages d’une personne détenue passent par la structure\u{202f}: retirez l’adresse électronique";
/// Fault of a form.
pub const SAME_STRUCTURE: &str = "Cette structure suit déjà la personne";
/// Fault of a form.
pub const HEARD_WANTED: &str = "Indiquez la date à laquelle la personne a été entendue, ou invitée à l’être";
/// Fault of a form.
pub const HEARD_AFTER_TODAY: &str =
    "Cette date est à venir\u{202f}: la personne est entendue avant la décision";
/// Fault of a form.
pub const FILE_WANTED: &str = "Choisissez un fichier";
/// Fault of a form.
pub const FILE_UNREAD: &str = "Le fichier n’a pas été reçu en entier\u{202f}: envoyez-le à nouveau";
/// Fault of a form.
pub const KIND_WANTED: &str = "Choisissez la nature de cette pièce";
/// Fault of a form.
pub const COMMUNE_UNKNOWN: &str =
    "Aucune commune de ce nom n’existait à cette date\u{202f}: vérifiez le nom ou la date de naissance";
/// Fault of a form.
pub const COMMUNE_TO_CHOOSE: &str =
    "Plusieurs communes portent ce nom\u{202f}: choisissez la bonne dans la liste";
/// Fault of a form.
pub const UNKNOWN_SKILL: &str = "Cette compétence n’est pas dans le référentiel publié";
/// Refusal.
pub const NO_AGREEMENT: &str =
    "La structure ne détient pas d’agrément valable aujourd’hui pour cette certification.";
/// Refusal.
pub const OWN_CHANGES_OVER: &str =
    "Le dossier est entre les mains de l’organisme certificateur\u{202f}: demandez-lui la correction.";
/// Refusal.
pub const NOT_TOLD: &str = "La décision du jury n’est pas encore annoncée.";

/// What one result of the positioning lacks.
#[must_use]
pub fn skill_without_result(code: &str) -> String {
    format!("Choisissez un résultat pour la compétence {code}")
}
