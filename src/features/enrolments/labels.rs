//! French words of enrolments.

pub mod facts;
pub mod faults;
pub mod pages;
pub mod said;

use entity::enrolment::{EnrolmentCause, EnrolmentState, EnrolmentWay, TraineeStatus};
use entity::enrolment_need::{FilledBy, Positioning, Prerequisites};
use entity::training_buyer::BuyerKind;
use entity::training_session;
use time::{Date, OffsetDateTime};

use super::state::Step;
use crate::http::web::component::{Color, Status};
use crate::render::french;
use crate::rules::deadline;

/// Fault of a form.
pub const TWICE: &str = "Cette personne est déjà inscrite à cette session";
/// Fault of a form.
pub const NOBODY: &str = "Indiquez au moins une personne";
/// Why the address before is written to.
pub const WHY_ADDRESS_BEFORE: &str =
    "Vous recevez ce message parce que votre adresse était celle de cette inscription jusqu’à aujourd’hui.";
/// Why the legal representative of a minor receives a message.
pub const WHY_GUARDIAN: &str =
    "Vous recevez ce message parce que vous représentez une personne mineure inscrite à une formation.";
/// Why a person receives a message.
pub const WHY_ENROLLED: &str =
    "Vous recevez ce message parce que votre inscription à une formation a été demandée à cette adresse.";

/// What a state looks like.
#[must_use]
pub const fn state(state: EnrolmentState) -> Status {
    use EnrolmentState as E;
    match state {
        E::Requested => Status::new("Demande", "envoi", Color::Ardoise),
        E::Waitlisted => Status::new("Liste d’attente", "horloge", Color::Ocre),
        E::Offered => Status::new("Place proposée", "envoi", Color::Ocre),
        E::Held => Status::new("Préinscrite", "horloge", Color::Ciel),
        E::Contracted => Status::new("Contractualisée", "plume", Color::Ciel),
        E::Confirmed => Status::new("Confirmée", "coche", Color::Pre),
        E::Present => Status::new("Présente", "coche", Color::Pre),
        E::Absent => Status::new("Absente", "moins", Color::Prune),
        E::Completed => Status::new("Terminée", "coche", Color::Pre),
        E::DroppedOut => Status::new("Abandon", "moins", Color::Garance),
        E::Expired => Status::new("Sans suite", "moins", Color::Ardoise),
        E::CancelledByClient => Status::new("Annulée", "croix", Color::Garance),
        E::CancelledByProvider => Status::new("Annulée par nous", "croix", Color::Garance),
        E::Postponed => Status::new("Reportée", "horloge", Color::Ocre),
    }
}

/// What a step does.
#[must_use]
pub const fn step(step: Step) -> &'static str {
    match step {
        Step::Ask => "Demander",
        Step::Hold => "Garder une place",
        Step::Queue => "Mettre en attente",
        Step::Refuse => "Refuser la demande",
        Step::Offer => "Proposer une place",
        Step::Accept => "Accepter la place",
        Step::Decline => "Renoncer à la place",
        Step::Recall => "Reprendre la proposition",
        Step::Expire => "Laisser passer le délai",
        Step::Contract => "Contractualiser",
        Step::Confirm => "Confirmer",
        Step::MarkPresent => "Noter présente",
        Step::MarkAbsent => "Noter absente",
        Step::Complete => "Terminer",
        Step::DropOut => "Noter un abandon",
        Step::Return => "Revenir",
        Step::Replace => "Remplacer la personne",
        Step::Move => "Changer de session",
        Step::CancelByClient => "Annuler à sa demande",
        Step::CancelByProvider => "Annuler de notre fait",
        Step::Postpone => "Reporter",
    }
}

/// How somebody came to be enrolled.
#[must_use]
pub const fn way(way: EnrolmentWay) -> &'static str {
    match way {
        EnrolmentWay::Public => "Par le catalogue",
        EnrolmentWay::Structure => "Par sa structure",
        EnrolmentWay::Staff => "Par l’équipe",
        EnrolmentWay::Api => "Par l’API",
        EnrolmentWay::Import => "Par un fichier",
    }
}

/// What a trainee is when they enrol.
#[must_use]
pub const fn status(status: TraineeStatus) -> &'static str {
    match status {
        TraineeStatus::PrivateEmployee => "Salarié du secteur privé",
        TraineeStatus::Apprentice => "Apprenti",
        TraineeStatus::JobSeeker => "En recherche d’emploi",
        TraineeStatus::Individual => "Particulier à ses frais",
        TraineeStatus::Other => "Autre",
    }
}

/// Why an enrolment ended before its time.
#[must_use]
pub const fn cause(cause: EnrolmentCause) -> &'static str {
    match cause {
        EnrolmentCause::Work => "Charge de travail ou changement d’emploi",
        EnrolmentCause::Health => "Santé",
        EnrolmentCause::Personal => "Raison personnelle",
        EnrolmentCause::Employer => "Décision de l’employeur",
        EnrolmentCause::Funding => "Financement refusé",
        EnrolmentCause::Prerequisites => "Prérequis non remplis",
        EnrolmentCause::NoAnswer => "Sans réponse",
        EnrolmentCause::Withdrawal => "Rétractation",
        EnrolmentCause::ForceMajeure => "Force majeure",
        EnrolmentCause::Provider => "Décision de l’organisme",
        EnrolmentCause::Other => "Autre raison",
    }
}

/// Who pays.
#[must_use]
pub const fn buyer(kind: BuyerKind) -> &'static str {
    match kind {
        BuyerKind::Individual => "La personne elle-même",
        BuyerKind::Employer => "Son employeur",
    }
}

/// Whether the prerequisites are met.
#[must_use]
pub const fn prerequisites(found: Prerequisites) -> &'static str {
    match found {
        Prerequisites::NoneAsked => "Aucun prérequis",
        Prerequisites::Met => "Prérequis remplis",
        Prerequisites::NotMet => "Prérequis non remplis",
        Prerequisites::ToCheck => "À vérifier",
    }
}

/// How a person was positioned.
#[must_use]
pub const fn positioning(way: Positioning) -> &'static str {
    match way {
        Positioning::None => "Aucun positionnement",
        Positioning::Test => "Test",
        Positioning::Interview => "Entretien",
        Positioning::SelfAssessed => "Autopositionnement",
    }
}

/// Who told the need.
#[must_use]
pub const fn filled_by(who: FilledBy) -> &'static str {
    match who {
        FilledBy::Trainee => "La personne",
        FilledBy::Employer => "L’employeur",
        FilledBy::Staff => "L’équipe",
    }
}

/// What the legal representative of a minor reads of a state.
#[must_use]
pub const fn told_to_guardian(state: EnrolmentState) -> &'static str {
    use EnrolmentState as E;
    match state {
        E::Requested => "Sa demande d’inscription est reçue.",
        E::Waitlisted => "La session est complète\u{202f}: la personne est en liste d’attente.",
        E::Offered => "Une place lui est proposée.",
        E::Held => "Une place lui est gardée.",
        E::Contracted => "Le contrat ou la convention sont signés.",
        E::Confirmed => "Son inscription est confirmée.",
        E::Present | E::Absent => "La session a commencé.",
        E::Completed => "La formation est terminée.",
        E::DroppedOut => "La formation est interrompue.",
        E::Expired => "Sans réponse à temps, son inscription n’a plus d’effet.",
        E::CancelledByClient | E::CancelledByProvider => "Son inscription est annulée.",
        E::Postponed => "La session est reportée.",
    }
}

/// From when something may be paid.
#[must_use]
pub fn pay_from(day: Date) -> String {
    let day = french::long_date(day);
    format!("Le délai de rétractation court encore\u{202f}: rien ne peut être encaissé avant le {day}")
}

/// Until when something could be done.
#[must_use]
pub fn too_late(day: Date) -> String {
    let day = french::long_date(day);
    format!("Cette action n’était possible que jusqu’au {day} inclus.")
}

/// What would be done of people now: « 12 places gardées, 2 personnes en attente ».
#[must_use]
pub fn allotted(held: u32, waiting: u32) -> String {
    let held = french::plural(held.into(), "place gardée", "places gardées");
    let waiting =
        french::plural(waiting.into(), "personne en liste d’attente", "personnes en liste d’attente");
    format!("{held}, {waiting}")
}

/// An address that looks like a slip of the finger.
#[must_use]
pub fn meant(typed: &str, suggestion: &str) -> String {
    format!("{typed}\u{202f}: vouliez-vous écrire {suggestion}\u{202f}?")
}

/// Seats were taken between what was shown and what was sent.
#[must_use]
pub fn seats_gone(held: u32, waiting: u32) -> String {
    let now = allotted(held, waiting);
    format!(
        "Des places ont été prises entre-temps\u{202f}: maintenant, {now}. Rien n’a été enregistré, vérifiez puis confirmez."
    )
}

/// An instant where the session is: « le lundi 5 février 2024 à 18 h ».
#[must_use]
pub fn instant(at: OffsetDateTime, zone: &str) -> String {
    let day = french::long_date(deadline::day_in_zone(at, zone));
    format!("le {day} à {}", french::local_and_paris(at, zone))
}

/// The dates of a session.
#[must_use]
pub fn when(session: &training_session::Model) -> String {
    match (session.starts_on, session.ends_on) {
        (Some(from), Some(until)) => french::date_range(from, until),
        _ => "dates à préciser".to_owned(),
    }
}

/// Where a session is.
#[must_use]
pub fn place(session: &training_session::Model) -> String {
    let parts = [session.place.trim(), session.commune.trim()];
    let parts: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    if parts.is_empty() { "à distance".to_owned() } else { parts.join(", ") }
}

/// What an act of the journal is called, from the end of the name of its event.
#[must_use]
pub fn happened(ending: &str) -> Option<&'static str> {
    let word = match ending {
        "requested" => "demande d’inscription",
        "refused" => "demande refusée",
        "held" => "place gardée",
        "waitlisted" => "mise en liste d’attente",
        "offered" => "place proposée",
        "offer_accepted" => "place acceptée",
        "offer_declined" => "place refusée",
        "offer_recalled" => "proposition reprise",
        "expired" => "délai passé",
        "address_confirmed" => "adresse confirmée",
        "contracted" => "contrat ou convention signés",
        "confirmed" => "inscription confirmée",
        "present" => "présence",
        "absent" => "absence",
        "completed" => "formation terminée",
        "dropped_out" => "abandon",
        "returned" => "retour sur une fin",
        "cancelled_by_client" => "annulation demandée",
        "cancelled_by_provider" => "annulation de notre fait",
        "postponed" => "report",
        "replaced" => "remplacement",
        "moved" => "changement de session",
        "contact_changed" => "coordonnées modifiées",
        "need_recorded" => "besoin et positionnement enregistrés",
        "link_sent" => "lien envoyé à nouveau",
        "adaptation_agreed" => "adaptation convenue",
        "adaptation_ended" => "adaptation terminée",
        "adaptations_read" => "adaptations consultées",
        _ => return None,
    };
    Some(word)
}

/// « Accord de la personne le 2 mars 2026 ».
#[must_use]
pub fn consented(day: Date) -> String {
    format!("Accord de la personne le {}", french::date(day))
}

/// « Terminée le 2 mars 2026 ».
#[must_use]
pub fn ended(day: Date) -> String {
    format!("Terminée le {}", french::date(day))
}

/// An act, as the history of an enrolment tells it.
#[must_use]
pub fn told(ending: &str) -> String {
    let word = happened(ending).unwrap_or("acte");
    let mut letters = word.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// What the button says that takes somebody in.
#[must_use]
pub const fn take_in(full: bool) -> &'static str {
    if full { step(Step::Queue) } else { step(Step::Hold) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::features::enrolments::state::TABLE;

    #[test]
    fn every_event_has_its_words() {
        for line in TABLE.iter() {
            let ending = line.name().strip_prefix("enrolment.").unwrap();
            assert!(happened(ending).is_some(), "{}", line.name());
        }
    }
}
