//! French words of training sessions.

use entity::programme::Theme;
use entity::programme_version::Modality;
use entity::training_session::{Delivery, SessionCause, SessionKind, SessionState};

use super::state::{Lack, Step};
use crate::http::web::component::{Color, Status};

/// Beside an open or a confirmed session whose seats are all taken.
pub const FULL: &str = "Complète";
/// The beginning, in the drawing of the states.
pub const BEGIN: &str = "Créer";

/// What a state looks like.
#[must_use]
pub const fn state(state: SessionState) -> Status {
    use SessionState as S;
    match state {
        S::Project => Status::new("Projet", "plume", Color::Ardoise),
        S::Open => Status::new("Ouverte", "cal", Color::Ciel),
        S::Confirmed => Status::new("Confirmée", "coche", Color::Pre),
        S::InProgress => Status::new("En cours", "horloge", Color::Ciel),
        S::Ended => Status::new("Terminée", "horloge", Color::Ciel),
        S::Closed => Status::new("Clôturée", "coche", Color::Pre),
        S::Postponed => Status::new("Reportée", "horloge", Color::Ocre),
        S::Cancelled => Status::new("Annulée", "croix", Color::Garance),
    }
}

/// What a step does.
#[must_use]
pub const fn step(step: Step) -> &'static str {
    match step {
        Step::Open => "Ouvrir",
        Step::Withdraw => "Retirer du catalogue",
        Step::Confirm => "Confirmer",
        Step::Unconfirm => "Revenir sur la confirmation",
        Step::Start => "Commencer",
        Step::Finish => "Terminer",
        Step::Close => "Clôturer",
        Step::Reopen => "Rouvrir",
        Step::Postpone => "Reporter",
        Step::Reschedule => "Donner d’autres dates",
        Step::Cancel => "Annuler",
        Step::Restore => "Rétablir",
    }
}

/// What a step waits for.
#[must_use]
pub const fn lack(lack: Lack) -> &'static str {
    match lack {
        Lack::Dates => "Aucune demi-journée n’a de date",
        Lack::Trainers => "Des demi-journées n’ont pas de formatrice ou de formateur",
        Lack::Rights => "Une personne qui anime n’a pas, ce jour-là, l’habilitation demandée",
        Lack::Rooms => "Des demi-journées en présence n’ont pas de salle",
        Lack::People => "L’effectif minimal n’est pas atteint",
        Lack::Nobody => "Des personnes sont inscrites",
        Lack::Presences => "Des présences ne sont pas encore connues ou contresignées",
        Lack::Papers => "Des documents attendent une signature ou ne sont pas encore établis",
        Lack::Subcontract => "Le contrat de sous-traitance n’est pas signé",
    }
}

/// A theme.
#[must_use]
pub const fn theme(theme: Theme) -> &'static str {
    match theme {
        Theme::Regulatory => "Réglementaire",
        Theme::HealthSafety => "Santé et sécurité",
        Theme::Management => "Management",
        Theme::Sector => "Métiers de l’insertion",
    }
}

/// How a session is followed.
#[must_use]
pub const fn modality(modality: Modality) -> &'static str {
    match modality {
        Modality::OnSite => "En présence",
        Modality::Remote => "À distance",
        Modality::RemoteAsync => "À distance, à son rythme",
        Modality::Mixed => "En présence et à distance",
        Modality::Afest => "En situation de travail",
    }
}

/// For whom a session is held.
#[must_use]
pub const fn kind(kind: SessionKind) -> &'static str {
    match kind {
        SessionKind::Inter => "Ouverte à toutes les structures",
        SessionKind::Intra => "Pour une structure",
        SessionKind::OnSite => "Pour une structure, dans ses locaux",
    }
}

/// Who delivers a session.
#[must_use]
pub const fn delivery(delivery: Delivery) -> &'static str {
    match delivery {
        Delivery::Own => "Par nous",
        Delivery::Entrusted => "Confiée à un sous-traitant",
        Delivery::Received => "Confiée par un autre organisme",
    }
}

/// Why a session is postponed or cancelled.
#[must_use]
pub const fn cause(cause: SessionCause) -> &'static str {
    match cause {
        SessionCause::TooFew => "Effectif minimal non atteint",
        SessionCause::Trainer => "Formatrice ou formateur empêché",
        SessionCause::Room => "Salle indisponible",
        SessionCause::Client => "À la demande de la structure",
        SessionCause::ForceMajeure => "Force majeure",
        SessionCause::Other => "Autre raison",
    }
}

/// What an act of the journal is called, from the end of the name of its event.
#[must_use]
pub fn happened(ending: &str) -> Option<&'static str> {
    let word = match ending {
        "created" => "session créée",
        "opened" => "inscriptions ouvertes",
        "withdrawn" => "retrait du catalogue",
        "confirmed" => "session confirmée",
        "unconfirmed" => "retour sur la confirmation",
        "started" => "début de la session",
        "ended" => "fin de la session",
        "closed" => "clôture",
        "reopened" => "réouverture",
        "postponed" => "report",
        "rescheduled" => "nouvelles dates",
        "cancelled" => "annulation",
        "restored" => "rétablissement",
        _ => return None,
    };
    Some(word)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::features::training::state::{BEGINS, TABLE};

    #[test]
    fn every_event_has_its_words() {
        for name in TABLE.iter().map(|line| line.name).chain([BEGINS.1]) {
            let ending = name.strip_prefix("training_session.").unwrap();
            assert!(happened(ending).is_some(), "{name}");
        }
    }
}
