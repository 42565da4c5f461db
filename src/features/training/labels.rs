//! French words of training sessions.

pub mod acts;
pub mod consequences;
pub mod faults;

use entity::training_session::{Delivery, SessionCause, SessionKind, SessionState};
use entity::training_trainer::TrainerStanding;
use time::Date;

pub use crate::features::programmes::labels::{modality, theme};

use super::state::{Lack, Step};
use crate::features::training::deadlines::Wait;
use crate::http::web::component::{Color, Status};
use crate::render::french;

/// Beside an open or a confirmed session whose seats are all taken.
pub const FULL: &str = "Complète";
/// The beginning, in the drawing of the states.
pub const BEGIN: &str = "Créer";

/// Title of the list.
pub const SESSIONS: &str = "Sessions de formation";
/// The way to those who are enrolled.
pub const ENROLMENTS: &str = "Inscriptions de la session";
/// The way to its papers.
pub const PAPERS: &str = "Documents de la session";
/// The way to who was there.
pub const ATTENDANCE: &str = "Émargement";
/// Title of the list of rooms.
pub const ROOMS: &str = "Salles";
/// Title of a form.
pub const NEW_SESSION: &str = "Préparer une session";
/// Title of a form.
pub const EDIT_SESSION: &str = "Modifier la session";
/// Title of a form.
pub const NEW_ROOM: &str = "Ajouter une salle";
/// Title of a form.
pub const EDIT_ROOM: &str = "Modifier la salle";
/// What the file of the list is about.
pub const EXPORT: &str = "Liste des sessions";
/// Above a form that comes back.
pub const NOT_RECORDED: &str = "La session n’est pas encore enregistrée";
/// While there is no date.
pub const NO_DATE: &str = "dates à préciser";
/// While there is no address.
pub const AT_A_DISTANCE: &str = "à distance";
/// At the end of a line of half-days.
pub const TYPED_REMOTE: &str = " à distance";
/// While nobody teaches.
pub const NOBODY_TEACHES: &str = "à désigner";
/// Fault of a form.
pub const SLOTS_WANTED: &str = "Indiquez au moins une demi-journée";
/// Fault of a form.
pub const SLOTS_TO_COME: &str = "Choisissez des demi-journées à venir";
/// Fault of a form.
pub const OTHER_ZONE: &str = "Cette adresse n’a pas la même heure que les demi-journées de la session\u{202f}: créez une autre session";
/// Fault of a form.
pub const NOT_ENTRUSTED: &str = "Indiquez d’abord que la session est confiée, ou reçue d’un autre organisme";
/// Why somebody who teaches receives a message.
pub const WHY_TRAINER: &str = "Vous recevez ce message parce que vous animez une session de formation ou qu’il vous a été proposé de l’animer.";
/// Why somebody enrolled receives a message.
pub const WHY_ENROLLED: &str =
    "Vous recevez ce message parce que vous êtes inscrit à une session de formation.";
/// A term of the margin.
pub const WHEN: &str = "Dates";
/// A term of the margin.
pub const WHERE: &str = "Lieu";
/// A term of the margin.
pub const HOW: &str = "Modalité";
/// A term of the margin.
pub const FOR_WHOM: &str = "Public";
/// A term of the margin.
pub const BY_WHOM: &str = "Assurée";
/// A term of the margin.
pub const SEATS: &str = "Places";
/// A term of the margin.
pub const PRICE: &str = "Prix par personne";
/// A term of the margin.
pub const ENROL_UNTIL: &str = "Inscriptions jusqu’au";
/// A term of the margin.
pub const DURATION: &str = "Durée";
/// A term of the margin.
pub const SUBCONTRACTOR: &str = "Sous-traitance";
/// The price when nobody told one.
pub const ON_QUOTATION: &str = "sur devis";
/// Name of the program in a history.
pub const AUTOMATIC: &str = "Automatique";

/// The columns of the file of the list.
pub const COLUMNS: [&str; 20] = [
    "Session",
    "Formation",
    "Thème",
    "État",
    "Public",
    "Assurée",
    "Modalité",
    "Premier jour",
    "Dernier jour",
    "Fuseau",
    "Lieu",
    "Département",
    "Région",
    "Heures",
    "Places",
    "Places prises",
    "En attente",
    "Prix (€)",
    "Animation",
    "Structure",
];

/// « de 9 h à 12 h 30 ».
#[must_use]
pub fn from_to(from: &str, until: &str) -> String {
    format!("de {from} à {until}")
}

/// « 14 h », « 3 h 30 ».
#[must_use]
pub fn duration(minutes: i32) -> String {
    match (minutes / 60, minutes % 60) {
        (hours, 0) => format!("{hours}\u{a0}h"),
        (hours, minutes) => format!("{hours}\u{a0}h\u{a0}{minutes:02}"),
    }
}

/// « 7 places prises sur 12, 2 personnes en attente ».
#[must_use]
pub fn seats(held: i32, seats: i32, waiting: i32) -> String {
    let held = french::plural(i64::from(held), "place prise", "places prises");
    let told = format!("{held} sur {seats}");
    if waiting == 0 {
        return told;
    }
    format!("{told}, {} en attente", french::plural(i64::from(waiting), "personne", "personnes"))
}

/// « de 4 à 12 personnes ».
#[must_use]
pub fn group(least: i32, most: i32) -> String {
    format!("de {least} à {most} personnes")
}

/// « Le délai de 7 jours est passé ».
#[must_use]
pub fn too_late(days: u16) -> String {
    format!(
        "Des personnes ont une place et il reste moins de {days} jours\u{202f}: seule la force majeure permet encore ce changement"
    )
}

/// The standing of somebody who teaches.
#[must_use]
pub const fn standing(standing: TrainerStanding) -> &'static str {
    match standing {
        TrainerStanding::OwnStaff => "Salarié de l’organisme",
        TrainerStanding::External => "Extérieur",
    }
}

/// What a session waits for.
#[must_use]
pub const fn wait(wait: Wait) -> &'static str {
    match wait {
        Wait::Open => "Ouvrir les inscriptions ou renoncer",
        Wait::Decide => "Confirmer, reporter ou annuler",
        Wait::Reschedule => "Donner d’autres dates",
        Wait::Close => "Réunir les preuves et clôturer",
    }
}

/// Until when something waits.
#[must_use]
pub fn until(day: Date) -> String {
    format!("avant le {}", french::date(day))
}

/// What an act on rooms of the journal is called, from the end of the name of its event.
#[must_use]
pub fn happened_to_room(ending: &str) -> Option<&'static str> {
    let word = match ending {
        "recorded" => "salle ajoutée",
        "edited" => "salle modifiée",
        "retired" => "salle retirée de la liste",
        _ => return None,
    };
    Some(word)
}

/// What an act on the list of the journal is called, from the end of the name of its event.
#[must_use]
pub fn happened_to_list(ending: &str) -> Option<&'static str> {
    (ending == "exported").then_some("copie de la liste des sessions")
}

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
        "edited" => "modification",
        "slots_changed" => "demi-journées modifiées",
        "trainer_assigned" => "animation confiée",
        "trainer_removed" => "animation retirée",
        "subcontract_recorded" => "sous-traitance enregistrée",
        "subcontract_ended" => "fin de la sous-traitance",
        _ => return None,
    };
    Some(word)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::features::training::state::{BEGINS, TABLE, Transition};

    #[test]
    fn every_event_has_its_words() {
        for name in TABLE.iter().map(Transition::name).chain([BEGINS.1]) {
            let ending = name.strip_prefix("training_session.").unwrap();
            assert!(happened(ending).is_some(), "{name}");
        }
    }
}
