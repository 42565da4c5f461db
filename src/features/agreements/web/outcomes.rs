//! What was decided and what followed, as the page of a file shows it. Pure.

use entity::appeal::AppealOutcome;
use entity::decision::Outcome;
use entity::reserve::ReserveState;
use time::Date;

use crate::features::agreements::queries::Attachments;
use crate::features::agreements::{Dossier, labels, wording};
use crate::http::web::component::{CheckMark, Color, Status};
use crate::render::french;

/// A decision.
#[derive(Clone, Debug)]
pub struct DecisionPart {
    /// In a word.
    pub status: Status,
    /// When.
    pub day: String,
    /// Period or due date.
    pub period: String,
    /// Text of the letter.
    pub paragraphs: Vec<String>,
    /// Number and days of the registered letter; empty when none was recorded.
    pub registered: String,
}

/// Decisions, newest first.
pub(super) fn decisions(dossier: &Dossier, around: &Attachments) -> Vec<DecisionPart> {
    let part = |decision: &entity::decision::Model| {
        let period = match (decision.starts_on, decision.ends_on, decision.due_on) {
            (Some(from), Some(until), _) => french::date_range(from, until),
            (_, _, Some(due)) => format!("éléments attendus jusqu’au {}", french::date(due)),
            _ => String::new(),
        };
        DecisionPart {
            status: outcome(decision.outcome),
            day: wording::day(*decision.decided_at, &dossier.structure.zone),
            period,
            paragraphs: wording::items(&decision.text),
            registered: around.letter_of(decision).map(registered).unwrap_or_default(),
        }
    };
    around.decisions.iter().map(part).collect()
}

fn registered(letter: &entity::decision_letter::Model) -> String {
    let said = labels::letter(&letter.number, letter.sent_on, letter.presented_on);
    format!("Envoi en recommandé\u{202f}: {said}.")
}

const fn outcome(outcome: Outcome) -> Status {
    match outcome {
        Outcome::Grant => Status::new("Accordé", "coche", Color::Pre),
        Outcome::GrantWithReserves => Status::new("Accordé sous réserve", "drapeau", Color::Ocre),
        Outcome::Adjourn => Status::new("Ajourné", "cal", Color::Ocre),
        Outcome::Refuse => Status::new("Refusé", "croix", Color::Garance),
    }
}

/// An appeal.
#[derive(Clone, Debug)]
pub struct AppealPart {
    /// When it was lodged.
    pub lodged: String,
    /// Its reasons.
    pub paragraphs: Vec<String>,
    /// The answer, in a sentence; empty while it is awaited.
    pub answer: String,
    /// Its reasons.
    pub reasons: Vec<String>,
}

/// Appeals, newest first.
pub(super) fn appeals(dossier: &Dossier, around: &Attachments) -> Vec<AppealPart> {
    let zone = dossier.structure.zone.as_str();
    let part = |appeal: &entity::appeal::Model| {
        let settled = appeal.settled_at.map(|at| wording::day(*at, zone)).unwrap_or_default();
        let answer = match appeal.outcome {
            Some(AppealOutcome::Upheld) => format!("Le refus est confirmé le {settled}."),
            Some(AppealOutcome::Overturned) => {
                format!("Le dossier revient en commission, réponse du {settled}.")
            }
            None => String::new(),
        };
        AppealPart {
            lodged: wording::day(*appeal.lodged_at, zone),
            paragraphs: wording::items(&appeal.text),
            answer,
            reasons: wording::items(appeal.reasons.as_deref().unwrap_or_default()),
        }
    };
    around.appeals.iter().map(part).collect()
}

/// A reserve.
#[derive(Clone, Debug)]
pub struct ReservePart {
    /// Key.
    pub id: String,
    /// What.
    pub text: String,
    /// Until when, or what proved it.
    pub note: String,
    /// Sign.
    pub mark: CheckMark,
    /// State, in a word.
    pub word: &'static str,
    /// Still to be lifted.
    pub open: bool,
    /// What the structure brought to have it lifted; may be empty.
    pub proof: String,
    /// Where it is read; may be empty.
    pub proof_href: String,
}

/// The right and its convention.
#[derive(Clone, Debug)]
pub struct RightPart {
    /// Number.
    pub number: String,
    /// State.
    pub status: Status,
    /// Period.
    pub period: String,
    /// Both signatures.
    pub signatures: Vec<(CheckMark, &'static str, String)>,
    /// Version, carried by the signature.
    pub version: i64,
    /// Reserves.
    pub reserves: Vec<ReservePart>,
}

/// The right given by the request, once there is one.
pub(super) fn right(around: &Attachments, zone: &str, today: Date) -> Option<RightPart> {
    let right = around.agreement.as_ref()?;
    let signature = |party, at: Option<entity::Instant>, by: [&Option<String>; 2], awaited: &str| match at {
        Some(at) => {
            let by: Vec<&str> = by.into_iter().filter_map(Option::as_deref).collect();
            (CheckMark::Good, party, format!("signée par {}, le {}", by.join(", "), wording::day(*at, zone)))
        }
        None => (CheckMark::Waiting, party, awaited.to_owned()),
    };
    Some(RightPart {
        number: right.number.clone(),
        status: labels::right_state_on(right, today),
        period: french::date_range(right.starts_on, right.ends_on),
        signatures: vec![
            signature(
                "La structure",
                right.signed_by_structure_at,
                [&right.signed_by_structure, &right.signed_by_structure_quality],
                labels::convention::STRUCTURE_SIGNS,
            ),
            signature(
                "L’organisme certificateur",
                right.signed_by_certifier_at,
                [&right.signed_by_certifier, &right.signed_by_certifier_quality],
                labels::convention::CERTIFIER_SIGNS,
            ),
        ],
        version: right.version.into(),
        reserves: around.reserves.iter().map(|one| reserve(one, today)).collect(),
    })
}

/// A reserve on a day.
pub(super) fn reserve(one: &entity::reserve::Model, today: Date) -> ReservePart {
    let open = one.state == ReserveState::Open;
    let note = if open {
        let left = french::relative_days(one.due_on, today);
        format!("à lever jusqu’au {} ({left})", french::date(one.due_on))
    } else {
        one.evidence.clone().unwrap_or_default()
    };
    let mark = match (open, one.due_on < today) {
        (false, _) => CheckMark::Good,
        (true, true) => CheckMark::Bad,
        (true, false) => CheckMark::Waiting,
    };
    let word = if open { "À lever" } else { "Levée" };
    ReservePart {
        id: one.id.to_string(),
        text: one.text.clone(),
        note,
        mark,
        word,
        open,
        proof: one.proof_note.clone().unwrap_or_default(),
        proof_href: one.proof_document_id.map(|id| format!("/documents/{id}")).unwrap_or_default(),
    }
}
