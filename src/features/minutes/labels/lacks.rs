//! What stands in the way of an act, and faults of forms.

/// What stands in the way of an appeal that corrects.
pub const CORRECTION_GOES_ON: &str = "Le procès-verbal de ce jury est déjà en cours de rectification\u{202f}: attendez que ses résultats soient annoncés.";
/// Fault of a form.
pub const NOT_REOPENED: &str =
    "La décision sur cette personne ne change plus\u{202f}: seul un recours la rouvre";

/// What stands in the way of another decision.
#[must_use]
pub fn revoke_first(number: &str) -> String {
    format!("Le certificat {number} dit autre chose\u{202f}: révoquez-le d’abord.")
}

/// What lacks before a deliberation is closed: a candidate without a decision.
#[must_use]
pub fn undecided(number: &str) -> String {
    format!("Une décision pour {number}.")
}

/// What lacks: whether somebody came.
#[must_use]
pub fn unmarked(number: &str) -> String {
    format!("La présence ou l’absence de {number}.")
}

/// What lacks: a quorum for somebody whom the jury decided about.
#[must_use]
pub fn without_quorum(number: &str) -> String {
    format!("Le quorum pour {number}\u{202f}: une abstention le fait perdre, cette personne est à ajourner.")
}

/// What lacks: why somebody is adjourned.
#[must_use]
pub fn unreasoned(number: &str) -> String {
    format!("Le motif de l’ajournement de {number}.")
}

/// What lacks: a unit in a decision on a part.
#[must_use]
pub fn without_unit(number: &str) -> String {
    format!("Ce qui est acquis pour {number}.")
}

/// Fault of a form.
pub const UNKNOWN_PASSAGE: &str = "Cette personne n’est pas passée devant ce jury";
/// Fault of a form.
pub const UNKNOWN_UNIT: &str = "Ce bloc ou cette compétence n’est pas du référentiel";
/// Fault of a form.
pub const CODE_NEEDED: &str = "Indiquez le code reçu par courriel";
/// Fault of a form.
pub const BEFORE_NOTICE: &str = "Choisissez un jour après l’annonce de la décision";
