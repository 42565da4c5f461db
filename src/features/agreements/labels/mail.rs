//! Words of the mails of the desk: why one receives them, what follows.

use crate::events::Recipient;

/// Why a structure receives a mail.
pub const WHY_STRUCTURE: &str =
    "Vous recevez ce message parce que vous avez un compte pour cette structure dans l’espace d’agrément.";
/// Why a member of the team receives a mail.
pub const WHY_STAFF: &str = "Vous recevez ce message parce que ce dossier relève de votre instruction.";
/// Why those who sit on a committee receive a mail.
pub const WHY_COMMITTEE: &str =
    "Vous recevez ce message parce que vous siégez à la commission d’agrément ou que vous la préparez.";
/// Why an expert receives a mail.
pub const WHY_EXPERT: &str = "Vous recevez ce message parce que la visite de ce dossier vous est confiée.";
/// The same, for whoever had the visit until then.
pub const WHY_RELEASED: &str =
    "Vous recevez ce message parce que la visite de ce dossier vous était confiée.";
/// Why a visit is cancelled.
pub const WITHDRAWN: &str = "La structure a retiré sa demande";
/// Why a visit is cancelled, for the structure: what stands in the way of a person is not told to it.
pub const SOMEBODY_ELSE: &str = "La personne qui devait la conduire ne peut pas la faire";
/// What follows.
pub const ANOTHER_DATE: &str =
    "Une autre personne est désignée, puis une nouvelle date de visite est fixée avec vous.";
/// What follows an opinion.
pub const AFTER_OPINION: &str = "Le dossier est présenté à la prochaine commission d’agrément.";
/// What a structure prepares for a visit.
pub const TO_PREPARE: [&str; 3] = [
    "Les livrets de suivi et les grilles d’évaluation en cours",
    "Les feuilles d’émargement des six derniers mois",
    "Une rencontre avec l’équipe d’encadrement et des salariées et salariés volontaires",
];
/// What can be done against a refusal.
pub const REMEDIES: [&str; 2] = [
    "Un recours devant l’organisme certificateur, écrit et motivé, déposé depuis la page du dossier ou envoyé par courrier à l’adresse ci-dessous. Il est examiné par une personne qui n’a pas pris part à la décision.",
    "Si la réponse ne vous convient pas, la commission paritaire nationale de la branche peut être saisie par écrit.",
];
/// What can be done against the answer to an appeal.
pub const LAST_REMEDIES: [&str; 1] = [REMEDIES[1]];

/// Who asked for another date of a visit, from the role in use.
#[must_use]
pub fn moved_by(role: &str) -> &'static str {
    match role {
        "structure" => "La structure",
        "expert" => "La personne chargée du contrôle",
        _ => "L’organisme certificateur",
    }
}

/// Who a message is for, as the confirmation of an act says it.
#[must_use]
pub const fn recipient(to: &Recipient) -> &'static str {
    match to {
        Recipient::Structure { .. } => "la structure",
        Recipient::RequestOfficer { .. } => "la personne qui instruit le dossier",
        Recipient::Managers => "l’équipe responsable de la certification",
        Recipient::Expert { .. } => "la personne chargée de la visite",
        Recipient::Committee { .. } => "la commission",
        Recipient::Candidate { .. } => "la personne candidate",
        Recipient::Enrolment { .. } => "la personne inscrite",
        Recipient::Account { .. } | Recipient::Address { .. } => "la personne concernée",
    }
}
