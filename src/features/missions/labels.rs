//! French words of missions.

pub mod faults;
pub mod refusals;

use entity::expense_claim::ClaimState;
use entity::expense_line::ExpenseKind;
use entity::habilitation::Duty;
use entity::mission::{self, MissionObject, MissionState};
use entity::mission_offer::{DeclineReason, OfferState};
use time::Duration;

use super::input::Mode;
use super::queries::{Planned, Touched};
use super::standing::Freedom;
use super::state::Step;
use crate::http::web::component::{Color, Status};
use crate::render::french;
use crate::rules::deadline;

/// Why a person receives a message.
pub const WHY_EXPERT: &str =
    "Vous recevez ce message parce que votre habilitation permet de vous confier cette mission.";
/// Why a person receives a message.
pub const WHY_HOLDER: &str = "Vous recevez ce message parce que vous avez tenu cette mission.";
/// Why a person receives a message.
pub const WHY_TEAM: &str = "Vous recevez ce message parce que vous suivez cette mission.";
/// Why a structure receives a message.
pub const WHY_STRUCTURE: &str =
    "Vous recevez ce message parce que cette mission a lieu dans votre structure.";

/// What a mission is for.
#[must_use]
pub const fn object(object: MissionObject) -> &'static str {
    match object {
        MissionObject::Jury => "Présidence de jury",
        MissionObject::Inspection => "Contrôle d’agrément",
        MissionObject::Support => "Appui pédagogique",
        MissionObject::Session => "Session de formation",
        MissionObject::Meeting => "Réunion de travail",
        MissionObject::Observation => "Observation",
    }
}

/// To sit in a jury without presiding it.
pub const SEAT: &str = "Participation à un jury";

/// What a mission is for, as whoever has it reads it: to sit in a jury is not to preside it.
#[must_use]
pub fn object_of(mission: &mission::Model) -> &'static str {
    match (mission.object, mission.duty) {
        (MissionObject::Jury, Some(Duty::Mandataire)) => object(mission.object),
        (MissionObject::Jury, _) => SEAT,
        (other, _) => object(other),
    }
}

/// How people meet.
#[must_use]
pub const fn mode(mode: Mode) -> &'static str {
    match mode {
        Mode::OnSite => "Sur place",
        Mode::Remote => "À distance",
    }
}

/// What the knowledge gained on a mission serves, in the mission order.
#[must_use]
pub const fn purpose(object: MissionObject) -> &'static str {
    match object {
        MissionObject::Jury => "au jury",
        MissionObject::Inspection => "au contrôle",
        MissionObject::Support => "à l’appui",
        MissionObject::Session => "à la formation",
        MissionObject::Meeting => "à la réunion",
        MissionObject::Observation => "à l’observation",
    }
}

/// The habilitation needed: « de mandataire ».
#[must_use]
pub const fn of_duty(duty: Duty) -> &'static str {
    match duty {
        Duty::Mandataire => "de mandataire",
        Duty::Controleur => "de contrôle",
        Duty::Epsp => "de formation EPSP",
    }
}

/// In which quality someone is sent.
#[must_use]
pub const fn quality(duty: Option<Duty>) -> &'static str {
    match duty {
        Some(Duty::Mandataire) => "mandataire",
        Some(Duty::Controleur) => "contrôle d’agrément",
        Some(Duty::Epsp) => "formation EPSP",
        None => "intervention",
    }
}

/// The label of a state.
#[must_use]
pub const fn state(state: MissionState) -> Status {
    use MissionState as S;
    match state {
        S::Proposed => Status::new("Proposée", "envoi", Color::Ciel),
        S::Accepted => Status::new("Acceptée", "coche", Color::Pre),
        S::Declined => Status::new("Déclinée", "croix", Color::Ardoise),
        S::Expired => Status::new("Sans réponse", "horloge", Color::Ocre),
        S::Withdrawn => Status::new("Retirée", "croix", Color::Garance),
        S::InProgress => Status::new("En cours", "horloge", Color::Ciel),
        S::Done => Status::new("Réalisée", "coche", Color::Pre),
        S::ReportReceived => Status::new("Compte rendu reçu", "doc", Color::Pre),
        S::ExpensesClaimed => Status::new("Frais déposés", "euro", Color::Ciel),
        S::Settled => Status::new("Soldée", "euro", Color::Pre),
        S::Cancelled => Status::new("Annulée", "croix", Color::Garance),
    }
}

/// The label of an offer.
#[must_use]
pub const fn offer(state: OfferState) -> Status {
    use OfferState as S;
    match state {
        S::Waiting => Status::new("En attente", "horloge", Color::Ardoise),
        S::Sent => Status::new("Proposée", "envoi", Color::Ciel),
        S::Accepted => Status::new("Acceptée", "coche", Color::Pre),
        S::Declined => Status::new("Déclinée", "croix", Color::Ardoise),
        S::Expired => Status::new("Sans réponse", "horloge", Color::Ocre),
        S::Withdrawn => Status::new("Retirée", "croix", Color::Garance),
        S::DroppedOut => Status::new("Désistement", "croix", Color::Ocre),
    }
}

/// The name of a step, for the diagrams and the refusals.
#[must_use]
pub const fn step(step: Step) -> &'static str {
    match step {
        Step::Accept => "accepter",
        Step::Decline => "décliner",
        Step::Expire => "laisser passer le délai",
        Step::Withdraw => "retirer",
        Step::Offer => "proposer à une autre personne",
        Step::DropOut => "se désister",
        Step::Move => "déplacer",
        Step::Start => "commencer",
        Step::Finish => "terminer",
        Step::Reopen => "revenir sur la réalisation",
        Step::Report => "remettre le compte rendu",
        Step::Claim => "déposer les frais",
        Step::ReturnClaim => "renvoyer les frais",
        Step::Settle => "solder",
        Step::Cancel => "annuler",
    }
}

/// A reason to decline.
#[must_use]
pub const fn decline_reason(reason: DeclineReason) -> &'static str {
    match reason {
        DeclineReason::Unavailable => "Je ne suis pas disponible à cette date",
        DeclineReason::TooFar => "C’est trop loin",
        DeclineReason::Tie => "J’ai un lien avec la structure ou une personne",
        DeclineReason::Workload => "J’ai déjà trop de missions",
        DeclineReason::Health => "J’ai un empêchement personnel",
        DeclineReason::Other => "Autre motif",
    }
}

/// The same, as somebody of the team says it of another person.
#[must_use]
pub const fn reason_of_other(reason: DeclineReason) -> &'static str {
    match reason {
        DeclineReason::Unavailable => "La personne n’est pas disponible à cette date",
        DeclineReason::TooFar => "C’est trop loin pour elle",
        DeclineReason::Tie => "Elle a un lien avec la structure ou une personne",
        DeclineReason::Workload => "Elle a déjà trop de missions",
        DeclineReason::Health => "Elle a un empêchement personnel",
        DeclineReason::Other => "Autre motif",
    }
}

/// What becomes of something planned when the person cannot come.
#[must_use]
pub const fn consequence(planned: Planned) -> &'static str {
    match planned {
        Planned::Held(_) => {
            "la date est libérée, la mission attend une autre personne et l’équipe a pour tâche de trouver quelqu’un"
        }
        Planned::Offered(_) => "la proposition prend fin, la mission attend une autre personne",
        Planned::Begun(_) => "déjà commencée, elle ne change pas de main et sa page dit quoi en faire",
        Planned::Visit(_) => {
            "la structure est prévenue et l’équipe a pour tâche de confier la visite à une autre personne, qui en fixera la date"
        }
        Planned::Meeting(_) => "l’absence à la réunion est notée",
    }
}

/// A line of the agenda and what becomes of it, without the mark that ends it.
#[must_use]
pub fn touched(one: &Touched) -> String {
    let day = french::date(deadline::day_in_zone(one.starts_at, &one.zone));
    let what = match one.planned {
        Planned::Visit(_) => format!("visite chez {}", one.title),
        _ => one.title.clone(),
    };
    format!("{day}, {what} ({})\u{202f}: {}", one.number, consequence(one.planned))
}

/// How an answer came, from its recorded word; the word itself when it has none.
#[must_use]
pub fn via(word: &str) -> &str {
    match word {
        "account" => "son compte",
        "link" => "le lien du message",
        other => other,
    }
}

/// "2 h 30", "45 min".
#[must_use]
pub fn lasting(duration: Duration) -> String {
    match (duration.whole_hours(), duration.whole_minutes() % 60) {
        (0, minutes) => format!("{minutes}\u{202f}min"),
        (hours, 0) => format!("{hours}\u{202f}h"),
        (hours, minutes) => format!("{hours}\u{202f}h\u{202f}{minutes:02}"),
    }
}

/// What someone declared of the half-days of a mission.
#[must_use]
pub const fn freedom(freedom: Freedom) -> &'static str {
    match freedom {
        Freedom::Free => "se dit disponible",
        Freedom::Unknown => "disponibilité non déclarée",
        Freedom::Taken => "se dit indisponible",
    }
}

/// What an expense is.
#[must_use]
pub const fn expense(kind: ExpenseKind) -> &'static str {
    match kind {
        ExpenseKind::Mileage => "Kilomètres en voiture",
        ExpenseKind::Night => "Nuits",
        ExpenseKind::Meal => "Repas",
        ExpenseKind::Transport => "Train, avion, péage",
        ExpenseKind::Other => "Autre dépense",
    }
}

/// Where a claim stands.
#[must_use]
pub const fn claim(state: ClaimState) -> Status {
    match state {
        ClaimState::Submitted => Status::new("À vérifier", "horloge", Color::Ciel),
        ClaimState::Returned => Status::new("À corriger", "alerte", Color::Ocre),
        ClaimState::Certified => Status::new("Service fait", "coche", Color::Pre),
        ClaimState::Paid => Status::new("Payé", "euro", Color::Pre),
    }
}
