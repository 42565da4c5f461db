//! Words of the pieces of a file.

use entity::candidate_piece::CandidatePieceKind;

/// What a piece is.
#[must_use]
pub const fn piece(kind: CandidatePieceKind) -> &'static str {
    match kind {
        CandidatePieceKind::PositioningSheet => "Fiche de positionnement",
        CandidatePieceKind::Livret => "Livret de suivi",
        CandidatePieceKind::ImmersionAgreement => "Convention d’immersion",
        CandidatePieceKind::TutorEvaluation => "Évaluation de la tutrice ou du tuteur",
        CandidatePieceKind::JuryFile => "Dossier présenté au jury",
        CandidatePieceKind::Consent => "Accord de la personne",
        CandidatePieceKind::Other => "Autre pièce",
    }
}

/// Said of a mandatory piece that is not there.
#[must_use]
pub fn piece_lacks(kind: CandidatePieceKind) -> String {
    format!("Pièce à joindre\u{202f}: {}.", piece(kind).to_lowercase())
}

/// Title of the question.
pub const REMOVE_PIECE: &str = "Retirer cette pièce\u{202f}?";
/// Answer to the question.
pub const KEEP_PIECE: &str = "Garder la pièce";
/// Answer to the question.
pub const REMOVE_ACT: &str = "Retirer la pièce";

/// Before a piece is taken back.
#[must_use]
pub fn remove_intro(number: &str) -> String {
    format!("Dossier {number}. À l’enregistrement\u{202f}:")
}

/// What taking a piece back changes.
#[must_use]
pub fn remove_effects(kind: CandidatePieceKind) -> Vec<String> {
    vec![
        format!("la pièce «\u{202f}{}\u{202f}» quitte le dossier\u{202f};", piece(kind)),
        "l’acte est inscrit au journal. Le fichier est conservé avec lui, sans être montré dans le dossier."
            .to_owned(),
    ]
}
