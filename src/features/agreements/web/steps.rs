//! The steps of a file and the sentence that says what is awaited. Pure.

use entity::agreement::AgreementState;
use entity::agreement_request::RequestState;
use entity::expert;
use entity::request_piece::{self, PieceState};

use super::parts::Eyes;
use crate::features::agreements::queries::Attachments;
use crate::features::agreements::{Dossier, wording};
use crate::http::web::component::{Stage, Step};
use crate::render::french;
use crate::rules::deadline::{date_in_zone, day_in_zone};
use crate::rules::territory::PARIS;

/// The day of an instant where the structure is, short.
pub(super) fn short(instant: Option<entity::Instant>, zone: &str) -> String {
    let day = instant.and_then(|at| date_in_zone(*at, zone).ok());
    day.map(french::short_date).unwrap_or_default()
}

/// The day of an instant in Paris, with its year when it is not around an instant.
pub(super) fn dated(instant: Option<entity::Instant>, now: time::OffsetDateTime) -> String {
    let today = day_in_zone(now, PARIS);
    let day = instant.and_then(|at| date_in_zone(*at, PARIS).ok());
    day.map(|day| french::short_date_from(day, today)).unwrap_or_default()
}

/// The seven steps, each behind, here or ahead.
pub(super) fn steps(dossier: &Dossier, around: &Attachments) -> Vec<Step> {
    let request = &dossier.request;
    let zone = dossier.structure.zone.as_str();
    let visit = dossier.visited_at().or(request.visit_at);
    // After a second visit, what answered the first report does not answer the second.
    let commented =
        request.commented_at.filter(|at| request.report_sent_at.is_some_and(|sent| **at >= *sent));
    let adversarial = match (request.report_sent_at, commented, request.comments_due_at) {
        (Some(_), Some(received), _) => format!("observations reçues le {}", short(Some(received), zone)),
        (Some(_), None, Some(due)) => format!("jusqu’au {}", short(Some(due), zone)),
        _ => String::new(),
    };
    let committee = around.committee.as_ref().map(|one| french::short_date(one.meets_on)).unwrap_or_default();
    let signed = around.agreement.as_ref().and_then(|right| right.activated_at);
    let notes = [
        ("Dépôt", short(request.submitted_at, zone)),
        ("Complétude", short(request.completed_at, zone)),
        (
            "Visite",
            if request.visit_waived_reason.is_some() { "dispense".to_owned() } else { short(visit, zone) },
        ),
        ("Contradictoire", adversarial),
        ("Avis", short(request.opinion_at, zone)),
        ("Commission", committee),
        ("Convention", if signed.is_some() { short(signed, zone) } else { "signature".to_owned() }),
    ];
    let here = here(dossier, around);
    let stage = |index: usize| match here {
        Here::At(now) if index == now => Stage::Current,
        Here::At(now) | Here::Ended(now) if index < now => Stage::Done,
        _ => Stage::Ahead,
    };
    notes.into_iter().enumerate().map(|(index, (label, note))| Step::new(label, note, stage(index))).collect()
}

enum Here {
    At(usize),
    Ended(usize),
}

fn here(dossier: &Dossier, around: &Attachments) -> Here {
    use RequestState as S;
    let request = &dossier.request;
    match request.state {
        S::Draft => Here::At(0),
        S::Submitted | S::Incomplete => Here::At(1),
        S::Complete | S::VisitToSchedule | S::VisitScheduled => Here::At(2),
        S::VisitDone | S::Adversarial => Here::At(3),
        S::OpinionGiven | S::InCommittee | S::Adjourned | S::Appeal => Here::At(5),
        S::Granted | S::GrantedWithReserves => match around.agreement.as_ref().map(|right| right.state) {
            Some(AgreementState::Pending) | None => Here::At(6),
            Some(_) => Here::Ended(7),
        },
        S::Refused | S::RefusedFinal => Here::Ended(6),
        S::Withdrawn | S::Abandoned | S::ClosedIdle => Here::Ended(reached(dossier)),
    }
}

/// How far a file went before it stopped.
fn reached(dossier: &Dossier) -> usize {
    let request = &dossier.request;
    let passed = [
        request.submitted_at,
        request.completed_at,
        request.visited_at,
        request.report_sent_at,
        request.opinion_at,
    ];
    passed.iter().take_while(|at| at.is_some()).count()
}

/// What the file waits for, from whom and until when; said to the reader when it waits for them.
pub(super) fn awaited(
    dossier: &Dossier,
    around: &Attachments,
    controller: Option<&expert::Model>,
    eyes: Eyes,
) -> String {
    use RequestState as S;
    let request = &dossier.request;
    let zone = dossier.structure.zone.as_str();
    let until = |at: Option<entity::Instant>| at.map(|at| wording::instant(*at, zone)).unwrap_or_default();
    let who = controller.map_or_else(|| "le contrôleur".to_owned(), expert::Model::name);
    match request.state {
        S::Draft => "La demande n’est pas encore déposée.".to_owned(),
        S::Submitted if all_accepted(around) => {
            "Toutes les pièces sont acceptées\u{202f}: le dossier peut être déclaré complet.".to_owned()
        }
        S::Submitted => "Les pièces sont à examiner.".to_owned(),
        S::Incomplete => format!("Des pièces sont attendues jusqu’au {}.", until(request.return_due_at)),
        S::Complete => "La visite est à confier.".to_owned(),
        S::VisitToSchedule if eyes == Eyes::Expert => {
            "Cette visite vous est proposée\u{202f}: fixez sa date pour l’accepter, ou déclinez-la."
                .to_owned()
        }
        S::VisitToSchedule => format!("La date de visite est à fixer avec {who}."),
        S::VisitScheduled => format!("La visite est prévue le {}.", visit_moment(dossier)),
        S::VisitDone => "Le rapport provisoire est à envoyer.".to_owned(),
        S::Adversarial if request.commented_at.is_some() => "L’avis est à rendre.".to_owned(),
        S::Adversarial if eyes == Eyes::Structure => {
            format!("Vous pouvez répondre au rapport jusqu’au {}.", until(request.comments_due_at))
        }
        S::Adversarial => {
            format!("La structure peut répondre au rapport jusqu’au {}.", until(request.comments_due_at))
        }
        S::OpinionGiven => "Le dossier est à inscrire à une commission.".to_owned(),
        S::InCommittee => around.committee.as_ref().map_or_else(String::new, |one| {
            format!("La commission se réunit le {}.", french::long_date(one.meets_on))
        }),
        S::Adjourned => request.adjourned_until.map_or_else(String::new, |day| {
            format!("Des éléments sont attendus jusqu’au {}.", french::long_date(day))
        }),
        S::Refused => request.appeal_until.map_or_else(String::new, |at| {
            format!("Un recours peut être déposé jusqu’au {}.", wording::instant(*at, zone))
        }),
        S::Appeal => "Le recours attend une réponse.".to_owned(),
        _ => String::new(),
    }
}

/// Whether every piece received is accepted.
fn all_accepted(around: &Attachments) -> bool {
    let accepted = |piece: &request_piece::Model| piece.state == PieceState::Accepted;
    !around.pieces.is_empty() && around.pieces.iter().all(accepted)
}

/// The moment of the visit in the hour of its place, and in that of Paris when it differs.
pub(super) fn visit_moment(dossier: &Dossier) -> String {
    let zone = dossier.request.visit_zone.as_deref().unwrap_or(&dossier.structure.zone);
    dossier.request.visit_at.map(|at| wording::instant(*at, zone)).unwrap_or_default()
}
