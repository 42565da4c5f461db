//! French words of inspections: one place for each state, sign and colour (see `ui.md`, 4.1).

pub mod documents;
mod journal;
pub mod mail;
pub mod mission;
pub mod refusals;
pub mod steps;

use entity::agreement_request::VisitMode;
use entity::corrective_action::{ActionState, VerifiedBy};
use entity::draw::{DrawState, DrawSubject};
use entity::inspection::{InspectionRating, InspectionState, Proposal, Trigger};
use entity::inspection_change::ChangeOutcome;
use entity::nonconformity::{NonconformityState, Severity};

pub use self::journal::history;
use crate::http::web::component::{Choice, Color, Status};
use crate::http::web::layout::Flash;
use crate::render::french;
use crate::rules::signals::{Signal, SignalKind, Watch};
use crate::rules::territory;

/// Terms of an answer to a gap.
pub const FACT_CAUSE: &str = "Cause";
/// What was done.
pub const FACT_CORRECTION: &str = "Correction";
/// Who sees to it.
pub const FACT_OWNER: &str = "Personne chargée";
/// What the check found.
pub const FACT_CHECK: &str = "Vérification";
/// Terms of a draw.
pub const FACT_SUBJECT: &str = "Objet";
/// How many.
pub const FACT_SIZE: &str = "Nombre demandé";
/// Of which day.
pub const FACT_POPULATION: &str = "Population au";
/// How.
pub const FACT_METHOD: &str = "Méthode";
/// When its seed was published.
pub const FACT_PUBLISHED: &str = "Publié le";
/// When it was drawn.
pub const FACT_DRAWN: &str = "Tiré le";
/// Where the seed comes from.
pub const FACT_SOURCE: &str = "Origine de la graine";
/// The fingerprint of the result.
pub const FACT_RESULT: &str = "Empreinte du résultat";

/// How an inspection is made.
#[must_use]
pub const fn mode(mode: VisitMode) -> &'static str {
    match mode {
        VisitMode::OnSite => "Sur place",
        VisitMode::Video => "En visioconférence",
        VisitMode::Documents => "Sur pièces",
    }
}

/// Whether a periodic inspection that is proposed is late.
#[must_use]
pub const fn proposed(late: bool) -> Status {
    if late {
        Status::new("En retard", "alerte", Color::Garance)
    } else {
        Status::new("À prévoir", "cal", Color::Ocre)
    }
}

/// The title of the page of a gap.
#[must_use]
pub fn gap_title(criterion: &str) -> String {
    format!("Écart, critère {criterion}")
}

/// What a photo shows, and its criterion.
#[must_use]
pub fn photo_of(criterion: &str, caption: &str) -> String {
    let about = if criterion.is_empty() { PHOTO.to_owned() } else { format!("Critère {criterion}") };
    if caption.is_empty() { about } else { format!("{about}, {caption}") }
}

/// Answers that were kept aside.
#[must_use]
pub fn kept_aside(count: usize) -> Flash {
    let count = french::plural(i64::try_from(count).unwrap_or_default(), "réponse", "réponses");
    Flash::done(
        format!("{count} à départager."),
        "Une autre valeur a été enregistrée entre-temps\u{202f}: choisissez celle à garder.",
    )
}

/// How a population is parted.
#[must_use]
pub fn parts() -> Vec<Choice> {
    vec![
        Choice::new("nothing", "Sans groupe"),
        Choice::new("sea", "Hexagone et outre-mer"),
        Choice::new("region", "Par région"),
    ]
}

/// The title of a photo.
pub const PHOTO: &str = "Photo du contrôle";

/// The title of a file that proves an answer.
#[must_use]
pub fn evidence_of(criterion: &str) -> String {
    format!("Preuve, critère {criterion}")
}

/// Word, sign and colour of a state of an inspection.
#[must_use]
pub const fn state(state: InspectionState) -> Status {
    use InspectionState as S;
    match state {
        S::Planned => Status::new("À planifier", "cal", Color::Ocre),
        S::Notified => Status::new("Notifié", "cal", Color::Ciel),
        S::Performed => Status::new("Réalisé", "oeil", Color::Ciel),
        S::RefusedByStructure => Status::new("Refusé par la structure", "alerte", Color::Garance),
        S::Adversarial => Status::new("Contradictoire", "horloge", Color::Ocre),
        S::ActionsRequested => Status::new("Actions demandées", "drapeau", Color::Ocre),
        S::ActionsSubmitted => Status::new("Actions déposées", "envoi", Color::Ciel),
        S::Overdue => Status::new("Actions en retard", "alerte", Color::Garance),
        S::ClosedConforming => Status::new("Clos, conforme", "coche", Color::Pre),
        S::Closed => Status::new("Clos, actions vérifiées", "coche", Color::Pre),
        S::Cancelled => Status::new("Annulé", "croix", Color::Ardoise),
    }
}

/// Before which day something is done.
#[must_use]
pub fn before(day: &str) -> String {
    format!("avant le {day}")
}

/// Why an inspection is made.
#[must_use]
pub const fn trigger(trigger: Trigger) -> &'static str {
    match trigger {
        Trigger::Initial => "Contrôle initial",
        Trigger::Periodic => "Contrôle périodique",
        Trigger::Unannounced => "Contrôle inopiné",
        Trigger::Alert => "Contrôle sur signalement",
        Trigger::FollowUp => "Contrôle de suivi",
        Trigger::Renewal => "Contrôle de renouvellement",
    }
}

/// Word, sign and colour of what a grid is worth.
#[must_use]
pub const fn rating(rating: InspectionRating) -> Status {
    match rating {
        InspectionRating::Conforming => Status::new("Conforme", "coche", Color::Pre),
        InspectionRating::UnderReserve => Status::new("Conforme sous réserve", "drapeau", Color::Ocre),
        InspectionRating::Unfavourable => Status::new("Défavorable", "croix", Color::Garance),
    }
}

/// How whoever inspected proposes to conclude.
#[must_use]
pub const fn proposal(proposal: Proposal) -> &'static str {
    match proposal {
        Proposal::CloseConforming => "Clore, aucun écart ne subsiste",
        Proposal::RequestActions => "Demander des actions correctives",
    }
}

/// Word, sign and colour of a gravity.
#[must_use]
pub const fn severity(severity: Severity) -> Status {
    match severity {
        Severity::Minor => Status::new("Écart mineur", "alerte", Color::Ocre),
        Severity::Major => Status::new("Écart majeur", "croix", Color::Garance),
    }
}

/// Word, sign and colour of a state of a gap.
#[must_use]
pub const fn gap(state: NonconformityState) -> Status {
    use NonconformityState as S;
    match state {
        S::Found => Status::new("Constaté", "oeil", Color::Ciel),
        S::ActionsRequested => Status::new("À corriger", "drapeau", Color::Ocre),
        S::Answered => Status::new("Réponse à vérifier", "envoi", Color::Ciel),
        S::Insufficient => Status::new("Réponse insuffisante", "alerte", Color::Ocre),
        S::Overdue => Status::new("En retard", "alerte", Color::Garance),
        S::Closed => Status::new("Levé", "coche", Color::Pre),
        S::Dropped => Status::new("Abandonné", "moins", Color::Ardoise),
    }
}

/// Word, sign and colour of an answer to a gap.
#[must_use]
pub const fn action(state: ActionState) -> Status {
    match state {
        ActionState::Draft => Status::new("En cours de rédaction", "cercle", Color::Ardoise),
        ActionState::Submitted => Status::new("Déposée", "envoi", Color::Ciel),
        ActionState::Insufficient => Status::new("Insuffisante", "alerte", Color::Ocre),
        ActionState::Closed => Status::new("Vérifiée", "coche", Color::Pre),
    }
}

/// On what an answer was checked.
#[must_use]
pub const fn verified_by(how: VerifiedBy) -> &'static str {
    match how {
        VerifiedBy::Documents => "Sur pièces",
        VerifiedBy::FollowUp => "Par un contrôle de suivi",
    }
}

/// Word, sign and colour of a draw.
#[must_use]
pub const fn draw(state: DrawState) -> Status {
    match state {
        DrawState::Prepared => Status::new("En préparation", "cercle", Color::Ardoise),
        DrawState::Published => Status::new("Publié, à tirer", "horloge", Color::Ocre),
        DrawState::Drawn => Status::new("Tiré", "coche", Color::Pre),
        DrawState::Cancelled => Status::new("Annulé", "croix", Color::Ardoise),
    }
}

/// What is drawn.
#[must_use]
pub const fn drawn(subject: DrawSubject) -> &'static str {
    match subject {
        DrawSubject::Structures => "Structures à contrôler",
        DrawSubject::CandidateFiles => "Dossiers de candidats à lire",
    }
}

/// The name of a stratum, as people read it: the regions by their name.
#[must_use]
pub fn stratum(name: &str) -> String {
    match name {
        "all" => "Tout le réseau".to_owned(),
        "mainland" => "Hexagone".to_owned(),
        "overseas" => "Outre-mer".to_owned(),
        code => territory::region(code).map_or_else(|| code.to_owned(), |region| region.name.to_owned()),
    }
}

/// What became of what a tablet sent.
#[must_use]
pub const fn change(outcome: ChangeOutcome) -> Status {
    match outcome {
        ChangeOutcome::Applied => Status::new("Enregistré", "coche", Color::Pre),
        ChangeOutcome::Conflict => Status::new("À départager", "alerte", Color::Ocre),
        ChangeOutcome::Refused => Status::new("Refusé", "croix", Color::Garance),
        ChangeOutcome::Aside => Status::new("Gardé à part", "pause", Color::Prune),
    }
}

/// The stratum that signals give.
#[must_use]
pub const fn watch(watch: Watch) -> &'static str {
    match watch {
        Watch::None => "Aucun signal",
        Watch::One => "Un signal",
        Watch::Several => "Plusieurs signaux",
    }
}

/// A signal: its two numbers, and those of the network.
#[must_use]
pub fn signal(signal: &Signal) -> String {
    let (own, network) = (signal.own, signal.network);
    let what = match signal.kind {
        SignalKind::Pass => "certifications complètes parmi les personnes présentes",
        SignalKind::Absence => "absences sans motif parmi les personnes convoquées",
        SignalKind::Late => "résultats transmis en retard parmi les jurys tenus",
        SignalKind::Complaint => "réclamations pour les personnes inscrites",
        SignalKind::Piece => "pièces refusées parmi les pièces examinées",
    };
    format!(
        "{} sur {} {what}, contre {} sur {} dans le réseau",
        own.part, own.whole, network.part, network.whole
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::signals::Part;

    #[test]
    fn a_signal_shows_its_numbers_and_no_score() {
        let said = signal(&Signal {
            kind: SignalKind::Absence,
            own: Part { part: 4, whole: 12 },
            network: Part { part: 51, whole: 1020 },
            above: true,
        });
        assert_eq!(
            said,
            "4 sur 12 absences sans motif parmi les personnes convoquées, contre 51 sur 1020 dans le réseau"
        );
    }
}
