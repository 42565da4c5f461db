//! French words of rights.

use entity::dated_right::RightKind;
use entity::expert_piece::PieceCode;
use time::Date;

use super::web::Correction;
use crate::http::web::component::{Color, Status};
use crate::http::web::layout::Flash;
use crate::render::french;
use crate::rules::right::Standing;

/// Title of the page.
pub const RIGHTS: &str = "Droits et échéances";
/// Why the holder is written to.
pub const WHY_HOLDER: &str = "Vous recevez ce message parce que ce droit est enregistré à votre nom.";
/// Why the structure is written to.
pub const WHY_STRUCTURE: &str =
    "Vous recevez ce message parce que vous suivez le dossier de votre structure.";
/// Why the team is written to.
pub const WHY_STAFF: &str = "Vous recevez ce message parce que vous suivez les échéances de certification.";

/// The name of a kind.
#[must_use]
pub const fn kind(kind: RightKind) -> &'static str {
    match kind {
        RightKind::Habilitation => "Habilitation",
        RightKind::Agreement => "Agrément",
        RightKind::Registration => "Enregistrement",
        RightKind::StateConvention => "Convention IAE",
        RightKind::Qualiopi => "Certificat Qualiopi",
        RightKind::Insurance => "Assurance",
        RightKind::Piece => "Pièce à validité limitée",
    }
}

/// The name of a piece of the file of an expert.
#[must_use]
pub const fn expert_piece(code: PieceCode) -> &'static str {
    match code {
        PieceCode::Cv => "CV",
        PieceCode::Certificate => "Certificat ou diplôme",
        PieceCode::Vigilance => "Attestation de vigilance",
        PieceCode::Insurance => "Assurance professionnelle",
        PieceCode::EmployerLetter => "Lettre de l’employeur",
        PieceCode::Other => "Autre pièce",
    }
}

/// "terminé" or "terminée", as the name of a kind asks; pieces have names of every gender and number.
#[must_use]
pub const fn ended(kind: RightKind) -> &'static str {
    match kind {
        RightKind::Habilitation | RightKind::StateConvention | RightKind::Insurance => "terminée",
        RightKind::Piece => "échéance passée",
        RightKind::Agreement | RightKind::Registration | RightKind::Qualiopi => "terminé",
    }
}

/// What a right looks like on a day.
#[must_use]
pub const fn standing(standing: Standing) -> Status {
    match standing {
        Standing::InForce => Status::new("En vigueur", "coche", Color::Pre),
        Standing::InGrace => Status::new("Prolongé", "horloge", Color::Ocre),
        Standing::Suspended => Status::new("Suspendu", "pause", Color::Prune),
        Standing::Pending => Status::new("En attente", "horloge", Color::Ciel),
        Standing::ToCome => Status::new("À venir", "horloge", Color::Ciel),
        Standing::Ended => Status::new("Terminé", "cercle", Color::Ardoise),
        Standing::Void => Status::new("Sans effet", "croix", Color::Ardoise),
    }
}

/// One that ends soon.
pub const ENDS_SOON: Status = Status::new("À renouveler", "horloge", Color::Ocre);

/// Which rights the page shows: word of the address, words of the choice.
pub const SHOWN: [(&str, &str); 4] = [
    ("", "En vigueur ce jour-là"),
    ("echeance", "En vigueur, fin dans moins de six mois"),
    ("suspendus", "Suspendus ce jour-là"),
    ("tous", "Tous, terminés compris"),
];

/// Title of the page of what the certifying body holds.
pub const OF_CERTIFIER: &str = "Certificat et assurance de l’organisme";
/// Above the faults.
pub const NOT_RECORDED: &str = "Rien n’est encore enregistré";
/// Whose right it is.
pub const HOLDER: &str = "Titulaire";
/// Its days.
pub const PERIOD: &str = "Période";

/// What the form of a kind does.
#[must_use]
pub const fn add(kind: RightKind) -> &'static str {
    match kind {
        RightKind::Qualiopi => "Enregistrer un certificat Qualiopi",
        RightKind::Insurance => "Enregistrer une assurance",
        RightKind::StateConvention => "Enregistrer une convention IAE",
        _ => "Enregistrer un droit",
    }
}

/// Said when none of a kind holds on the day looked at.
#[must_use]
pub const fn none(kind: RightKind) -> &'static str {
    match kind {
        RightKind::Qualiopi => "Aucun certificat Qualiopi n’est en vigueur ce jour-là.",
        RightKind::Insurance => "Aucune assurance n’est en vigueur ce jour-là.",
        RightKind::StateConvention => "Aucune convention IAE n’est en vigueur ce jour-là.",
        _ => "Aucun droit n’est en vigueur ce jour-là.",
    }
}

/// Title of the page that corrects a right.
#[must_use]
pub const fn correction(what: Correction) -> &'static str {
    match what {
        Correction::CutShort => "Mettre fin avant terme",
        Correction::TakeBack => "Annuler un enregistrement",
    }
}

/// Said once recorded.
#[must_use]
pub fn recorded() -> Flash {
    Flash::done("Dates enregistrées.", "L’échéance sera annoncée par courriel.")
}

/// Said once corrected.
#[must_use]
pub fn corrected(what: Correction) -> Flash {
    match what {
        Correction::CutShort => Flash::done("La nouvelle échéance est enregistrée.", ""),
        Correction::TakeBack => {
            Flash::done("L’enregistrement est annulé.", "Il reste lisible dans le journal.")
        }
    }
}

/// Why a right cannot be cut short on that day.
#[must_use]
pub fn end_inside(from: Date, until: Option<Date>) -> String {
    let from = french::date(from);
    match until {
        Some(until) => format!(
            "Ce droit va du {from} au {}\u{202f}: indiquez un jour de cette période, avant le dernier",
            french::date(until)
        ),
        None => format!("Ce droit commence le {from}\u{202f}: indiquez ce jour ou un jour qui le suit"),
    }
}

/// The certifying body, as a holder.
pub const CERTIFIER: &str = "Organisme certificateur";
/// A holder that is not there any more.
pub const UNKNOWN_HOLDER: &str = "Titulaire inconnu";
