//! The parts of a file, as its page shows them. Pure.

use entity::account_role::Role;
use entity::expert;
use entity::request_piece::{self, PieceState};
use time::Date;

use crate::authz::Actor;
use crate::features::agreements::pieces::{self, Received};
use crate::features::agreements::queries::{Attachments, situation};
use crate::features::agreements::{Dossier, labels, wording};
use crate::http::web::component::{CheckMark, Link, Status};
use crate::render::french;

/// Which side the reader is on; a structure does not see the work in progress of those who examine it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Eyes {
    /// The team and auditors.
    House,
    /// An expert.
    Expert,
    /// The structure.
    Structure,
}

impl Eyes {
    /// The eyes of an actor.
    pub(super) fn of(actor: &Actor) -> Self {
        if actor.is_staff() || actor.has(Role::Auditor) {
            Self::House
        } else if actor.has(Role::Expert) {
            Self::Expert
        } else {
            Self::Structure
        }
    }
}

/// One piece of the file.
#[derive(Clone, Debug)]
pub struct PiecePart {
    /// Code.
    pub code: String,
    /// Key of the last version; empty when it is missing.
    pub id: String,
    /// Title.
    pub title: String,
    /// Sign.
    pub mark: CheckMark,
    /// State, in a word.
    pub word: &'static str,
    /// Version, dates, reason.
    pub note: String,
    /// The file; empty when it is missing.
    pub href: String,
    /// Former versions.
    pub former: Vec<Link>,
    /// It can still be accepted or refused.
    pub to_review: bool,
    /// Why it was asked again; may be empty.
    pub reason: String,
    /// It is asked of the structure.
    pub asked: bool,
}

/// "12 acceptées sur 13".
pub(super) fn pieces_note(dossier: &Dossier, around: &Attachments) -> String {
    let accepted = around.pieces.iter().filter(|piece| piece.state == PieceState::Accepted).count();
    let received = i64::try_from(around.pieces.len()).unwrap_or_default();
    if dossier.request.submitted_at.is_none() {
        return french::plural(received, "pièce déposée", "pièces déposées");
    }
    let words = if accepted < 2 { "acceptée" } else { "acceptées" };
    format!("{accepted} {words} sur {received}")
}

/// Pieces of the file: those received or mandatory, in the order of the catalogue.
pub(super) fn pieces(
    dossier: &Dossier,
    around: &Attachments,
    versions: Vec<request_piece::Model>,
) -> Vec<PiecePart> {
    let situation = situation(&dossier.request);
    let kinds = pieces::all().iter().filter(|kind| kind.is_shown(situation));
    let part = |kind: &pieces::PieceKind| {
        let current = around.pieces.iter().find(|piece| piece.code == kind.code);
        let asked = around.asked.iter().find(|asked| asked.code == kind.code);
        let reason = asked.map(|asked| asked.reason.clone());
        let Some(piece) = current else {
            return (kind.is_mandatory(situation) || asked.is_some()).then(|| missing(kind, reason));
        };
        let former = versions.iter().filter(|one| one.code == kind.code && one.id != piece.id);
        let former = former.map(|one| {
            Link::new(format!("Version {}", one.revision), format!("/documents/{}", one.document_id))
        });
        Some(received(kind, piece, reason, former.collect()))
    };
    kinds.filter_map(part).collect()
}

fn missing(kind: &pieces::PieceKind, reason: Option<String>) -> PiecePart {
    PiecePart {
        code: kind.code.clone(),
        id: String::new(),
        title: kind.title.clone(),
        mark: CheckMark::Open,
        word: "Manquante",
        note: format!("{}, à déposer", kind.code),
        href: String::new(),
        former: Vec::new(),
        to_review: false,
        asked: reason.is_some(),
        reason: reason.unwrap_or_default(),
    }
}

fn received(
    kind: &pieces::PieceKind,
    piece: &request_piece::Model,
    asked: Option<String>,
    former: Vec<Link>,
) -> PiecePart {
    let mark = match piece.state {
        PieceState::Accepted => CheckMark::Good,
        PieceState::Received => CheckMark::Open,
        PieceState::Rejected => CheckMark::Waiting,
    };
    let mut note = vec![kind.code.clone()];
    if piece.revision > 1 {
        note.push(format!("version {}", piece.revision));
    }
    if let Some(day) = piece.proof_on {
        note.push(format!("document du {}", french::date(day)));
    }
    if let Some(day) = piece.valid_until {
        note.push(format!("valable jusqu’au {}", french::date(day)));
    }
    PiecePart {
        code: kind.code.clone(),
        id: piece.id.to_string(),
        title: kind.title.clone(),
        mark,
        word: labels::pieces::piece_state(piece.state).word,
        note: note.join(", "),
        href: format!("/documents/{}", piece.document_id),
        former,
        to_review: piece.state == PieceState::Received,
        asked: asked.is_some(),
        reason: asked.or_else(|| piece.reason.clone()).unwrap_or_default(),
    }
}

/// What is wrong with the last version of a piece on a day; empty when nothing is.
pub(super) fn lack(kind: &pieces::PieceKind, piece: &request_piece::Model, on: Date) -> String {
    let seen = Received { code: &piece.code, proof_on: piece.proof_on, valid_until: piece.valid_until };
    pieces::lack_of(kind, &seen, on).map(|lack| labels::pieces::lack(kind, lack)).unwrap_or_default()
}

/// A text of the file, quoted.
#[derive(Clone, Debug)]
pub struct TextPart {
    /// Id of its title.
    pub id: &'static str,
    /// Title.
    pub title: &'static str,
    /// When; may be empty.
    pub note: String,
    /// Paragraphs.
    pub paragraphs: Vec<String>,
}

/// The project, and the answers of the structure.
pub(super) fn texts(dossier: &Dossier) -> Vec<TextPart> {
    let request = &dossier.request;
    let text = |id, title, note: String, text: &str| {
        let paragraphs = wording::items(text);
        (!paragraphs.is_empty()).then_some(TextPart { id, title, note, paragraphs })
    };
    let zone = dossier.structure.zone.as_str();
    let on = |at: Option<entity::Instant>| at.map(|at| wording::day(*at, zone)).unwrap_or_default();
    let comments = request.comments.as_deref().unwrap_or_default();
    let missing = request.missing_text.as_deref().filter(|_| request.adjourned_until.is_some());
    [
        text("projet", "Projet", String::new(), &request.project),
        text("observations", "Observations de la structure", on(request.commented_at), comments),
        text("manque", "Ce qui manque pour décider", String::new(), missing.unwrap_or_default()),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// The opinion.
#[derive(Clone, Debug)]
pub struct OpinionPart {
    /// In a word.
    pub status: Status,
    /// Text.
    pub paragraphs: Vec<String>,
    /// Who, when.
    pub author: String,
}

/// The opinion, once given.
pub(super) fn opinion(dossier: &Dossier, controller: Option<&expert::Model>) -> Option<OpinionPart> {
    let request = &dossier.request;
    let opinion = request.opinion?;
    let when = wording::day(*request.opinion_at?, &dossier.structure.zone);
    let author = match (controller, &request.visit_waived_reason) {
        (_, Some(_)) => format!("Dispense de visite décidée le {when}"),
        (Some(one), None) => {
            format!("{}, avis rendu le {when}", one.name())
        }
        (None, None) => format!("Avis rendu le {when}"),
    };
    let paragraphs = wording::items(request.opinion_text.as_deref().unwrap_or_default());
    Some(OpinionPart { status: labels::opinion_status(opinion), paragraphs, author })
}

/// Whether the report may be read: by the structure once it was sent.
pub(super) fn has_report(dossier: &Dossier, eyes: Eyes) -> bool {
    match eyes {
        Eyes::Structure => dossier.request.report_sent_at.is_some(),
        _ => dossier.visited_at().is_some(),
    }
}
