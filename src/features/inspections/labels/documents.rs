//! Words of the documents of inspections and draws.

use entity::grid_score::Score;

/// Who signs for the certifier.
pub const TEAM: &str = "équipe certification";
/// Who inspects.
pub const CONTROLLER: &str = "contrôleur ou contrôleuse";
/// What is said of a thing that has no name yet.
pub const NOT_FIXED: &str = "à fixer";
/// How to comment a provisional report.
pub const HOW_TO_COMMENT: &str = "Répondez depuis la page du contrôle, dans votre espace\u{202f}: vos observations sont gardées telles que vous les écrivez.";
/// How long these data are kept.
pub const KEPT: &str = "Elles sont conservées dix ans après la fin de l’agrément.";
/// How anybody checks a ticket.
pub const HOW_TO_CHECK: &str = "Le ticket d’une ligne est l’empreinte SHA-256 de trois lignes\u{202f}: le nom de la méthode, la graine et le numéro tiré, chacune suivie d’un saut de ligne sauf la dernière. Les plus petits tickets de chaque groupe sont retenus.";

/// The title of a document of its kind; none for one of elsewhere.
#[must_use]
pub fn title(kind: &str) -> Option<&'static str> {
    Some(match kind {
        "inspection-notice" => "Avis de contrôle",
        "inspection-file.provisional" => "Rapport provisoire de contrôle",
        "inspection-file.final" => "Rapport définitif de contrôle",
        "inspection-file.closing" => "Clôture du contrôle",
        "draw-record" => "Procès-verbal de tirage au sort",
        "inspection-photo" => "Photo du contrôle",
        "corrective-evidence" => "Preuve d’une action corrective",
        _ => return None,
    })
}

/// The short word of a score, as grids print it.
#[must_use]
pub const fn score(score: Score) -> &'static str {
    match score {
        Score::Conforming => "C",
        Score::Minor => "NCm",
        Score::Major => "NCM",
        Score::NotApplicable => "SO",
    }
}
