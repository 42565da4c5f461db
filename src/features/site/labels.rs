//! French words of the public pages.

use crate::features::agreements::pieces::{Mandatory, PieceKind};
use crate::features::agreements::wording::said_of;
use crate::http::web::pages::{Piece, Retention};

/// Titles of the pages.
pub const BECOME_AGREED: &str = "Devenir structure agréée";
/// Title of the help.
pub const HELP: &str = "Aide et contact";
/// Title of the statement of accessibility.
pub const ACCESSIBILITY: &str = "Accessibilité";
/// Title of the information about personal data.
pub const PRIVACY: &str = "Données personnelles";
/// Title of the legal notice.
pub const LEGAL: &str = "Mentions légales";
/// Title of the map.
pub const SITE_MAP: &str = "Plan du site";

/// A piece as people read it before they begin: when it is asked, and what it must hold.
#[must_use]
pub fn piece(kind: &PieceKind) -> Piece {
    let requirement = match kind.mandatory {
        _ if kind.renewal_only => "pour un renouvellement",
        Mandatory::Always => "obligatoire",
        Mandatory::IfTrainingBody => "si la structure est organisme de formation",
        Mandatory::IfAny => "si une partie de la formation est confiée à un autre organisme",
        Mandatory::Renewal => "pour un renouvellement",
        Mandatory::Setting => "si le règlement le prévoit",
        Mandatory::Never => "facultative",
    };
    Piece {
        code: kind.code.clone(),
        title: kind.title.clone(),
        detail: said_of(&kind.help, ""),
        requirement: requirement.to_owned(),
    }
}

/// How long data are kept, as the procedure proposes it.
#[must_use]
pub fn retention() -> Vec<Retention> {
    const ROWS: [[&str; 3]; 6] = [
        [
            "Dossiers d’agrément et leurs pièces",
            "La durée de l’agrément, puis un an",
            "Archive de cinq ans (dix ans en cas de financement européen), puis suppression",
        ],
        ["Demandes classées sans suite", "Douze mois", "Suppression"],
        ["Demandes de compte", "Deux jours sans confirmation, sinon un an après la réponse", "Suppression"],
        [
            "Dossiers des intervenants",
            "La durée du mandat, puis un an",
            "Archive de cinq ans, puis suppression",
        ],
        ["Traces techniques des connexions", "De six à douze mois", "Suppression"],
        [
            "Journal des actes",
            "Dix ans",
            "Les valeurs personnelles sont effacées avec le dossier\u{202f}; les empreintes restent",
        ],
    ];
    ROWS.into_iter()
        .map(|[data, kept, then]| Retention {
            data: data.to_owned(),
            kept: kept.to_owned(),
            then: then.to_owned(),
        })
        .collect()
}
