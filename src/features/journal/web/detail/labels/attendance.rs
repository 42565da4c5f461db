//! Names of the fields that are recorded of attendance and of surveys.

/// What is recorded of them.
pub(super) const ATTENDANCE: &[(&str, &str)] = &[
    ("absences", "Demi-journées d’absence"),
    ("answered", "Réponses"),
    ("attendance_id", "Clé de la présence"),
    ("closes_at", "Clôture"),
    ("dated_on", "Date de la preuve"),
    ("enrolment_id", "Clé de l’inscription"),
    ("experts", "Clés des intervenants"),
    ("minutes", "Minutes comptées"),
    ("opens_at", "Ouverture"),
    ("people", "Personnes"),
    ("programme_id", "Clé de la formation"),
    ("signed_at", "Signature"),
    ("slot_id", "Clé de la demi-journée"),
];
