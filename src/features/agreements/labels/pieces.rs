//! Words of the pieces of a request.

use entity::request_piece::PieceState;

use super::super::pieces::{Lack, PieceKind};
use crate::http::web::component::{Color, Status};
use crate::render::french;

/// Word, sign and colour of what is thought of a piece.
#[must_use]
pub const fn piece_state(state: PieceState) -> Status {
    match state {
        PieceState::Received => Status::new("Reçue", "doc", Color::Ciel),
        PieceState::Accepted => Status::new("Acceptée", "coche", Color::Pre),
        PieceState::Rejected => Status::new("À remplacer", "alerte", Color::Ocre),
    }
}

/// What is wrong with a piece, with its name.
#[must_use]
pub fn lack(kind: &PieceKind, lack: Lack) -> String {
    let title = &kind.title;
    match lack {
        Lack::Missing => format!("{title} ({})\u{202f}: cette pièce manque", kind.code),
        Lack::NoEndDate => format!("{title}\u{202f}: indiquez la date de fin de validité"),
        Lack::Ended(date) => format!("{title}\u{202f}: cette pièce a pris fin le {}", french::date(date)),
        Lack::NoProofDate => format!("{title}\u{202f}: indiquez la date du document"),
        Lack::TooOld(months) => format!("{title}\u{202f}: ce document date de plus de {months} mois"),
        Lack::InTheFuture => format!("{title}\u{202f}: la date du document est à venir, corrigez-la"),
    }
}

/// The title of what a structure brings for a reserve, by its rank.
#[must_use]
pub fn proof(position: i32) -> String {
    format!("Preuve pour la réserve {position}")
}

/// Why a piece stays in a file that was submitted.
#[must_use]
pub fn piece_needed(kind: &PieceKind) -> String {
    format!(
        "{}\u{202f}: cette pièce est demandée pour ce dossier. Vous pouvez la remplacer par une nouvelle version, mais pas la retirer.",
        kind.title
    )
}
