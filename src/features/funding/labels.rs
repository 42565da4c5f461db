//! French words of fundings.

use entity::funding::{FundingState, Scheme};
use entity::funding_piece::FundingPieceKind;

use super::state::Step;
use crate::http::web::component::{Color, Status};
use crate::http::web::layout::Flash;
use crate::render::french;

/// Title of the list.
pub const FUNDINGS: &str = "Financements";
/// Title of the form of a new one.
pub const NEW: &str = "Ajouter un financement";
/// Title of the form that changes one.
pub const CHANGE: &str = "Modifier le financement";
/// Title of the form of a piece.
pub const PIECE: &str = "Pièce envoyée au financeur";
/// A form that comes back.
pub const NOT_RECORDED: &str = "Rien n’a été enregistré";
/// Why whoever buys receives a message.
pub const WHY_BUYER: &str = "Vous recevez ce message parce qu’une prise en charge a été demandée pour une formation que vous achetez.";
/// In the place of hours when the agreement is a lump sum.
pub const LUMP_SUM: &str = "forfait";

/// Said of something that is.
pub const YES: &str = "Oui";
/// When a piece is sent.
pub const WITH_REQUEST: &str = "Avec la demande, avant la session";
/// When a piece is sent.
pub const AFTER_SESSION: &str = "Après la session";

/// The facts of a funding.
pub mod facts {
    /// The person.
    pub const PERSON: &str = "Personne";
    /// The session.
    pub const SESSION: &str = "Session";
    /// The scheme.
    pub const SCHEME: &str = "Dispositif";
    /// The funder.
    pub const FUNDER: &str = "Financeur";
    /// Who is paid.
    pub const PAID_TO: &str = "Paiement";
    /// The Union takes part.
    pub const EUROPE: &str = "Union européenne";
    /// When the funder was asked.
    pub const REQUESTED: &str = "Demandé le";
    /// When it agreed.
    pub const AGREED: &str = "Accordé le";
    /// The number.
    pub const NUMBER: &str = "Numéro d’accord";
    /// The amount.
    pub const AMOUNT: &str = "Montant accordé";
    /// Hours agreed.
    pub const HOURS: &str = "Heures accordées";
    /// Hours done.
    pub const DONE: &str = "Heures réalisées";
    /// What is due.
    pub const DUE: &str = "Dû par le financeur";
    /// What was paid.
    pub const PAID: &str = "Payé";
    /// What lacks.
    pub const GAP: &str = "Écart";
    /// Why it was refused or ended.
    pub const REASON: &str = "Motif";
}

/// Faults of forms.
pub mod faults {
    /// No scheme.
    pub const SCHEME_WANTED: &str = "Choisissez un dispositif de la liste";
    /// No funder.
    pub const FUNDER_WANTED: &str = "Indiquez le nom du financeur";
    /// Nobody else pays.
    pub const NO_SUBROGATION: &str = "Aucun financeur ne paie à la place de l’acheteur avec ce dispositif";
    /// No number.
    pub const NUMBER_WANTED: &str = "Indiquez le numéro d’accord de prise en charge";
    /// No amount.
    pub const AMOUNT_WANTED: &str =
        "Indiquez le montant accordé pour une personne, entre 0,01 et 100 000 euros";
    /// No hours.
    pub const HOURS_WANTED: &str = "Indiquez un nombre d’heures, par exemple 14 ou 14,5";
    /// A day to come.
    pub const NOT_YET: &str = "Cette date n’est pas encore passée";
    /// An agreement before the request.
    pub const BEFORE_REQUEST: &str = "L’accord ne peut pas précéder la demande";
    /// No amount.
    pub const PAID_WANTED: &str = "Indiquez le montant payé, entre 0 et 100 000 euros";
    /// No reason.
    pub const REASON_WANTED: &str = "Indiquez le motif";
    /// No kind of piece.
    pub const PIECE_WANTED: &str = "Choisissez une pièce de la liste";
    /// A file that is not ours.
    pub const FILE_WANTED: &str = "Choisissez un document de cette inscription";
    /// No such enrolment.
    pub const ENROLMENT_WANTED: &str =
        "Indiquez la référence d’une inscription, par exemple SES-2026-0017-23";
}

/// What a state looks like.
#[must_use]
pub const fn state(state: FundingState) -> Status {
    match state {
        FundingState::ToRequest => Status::new("À demander", "horloge", Color::Ocre),
        FundingState::Requested => Status::new("Demandé", "envoi", Color::Ciel),
        FundingState::Agreed => Status::new("Accordé", "coche", Color::Pre),
        FundingState::Refused => Status::new("Refusé", "croix", Color::Garance),
        FundingState::Settled => Status::new("Soldé", "coche", Color::Ardoise),
        FundingState::Ended => Status::new("Abandonné", "moins", Color::Ardoise),
    }
}

/// What a step does.
#[must_use]
pub const fn step(step: Step) -> &'static str {
    match step {
        Step::Record => "Ajouter",
        Step::Request => "Enregistrer la demande",
        Step::Agree => "Enregistrer l’accord",
        Step::Refuse => "Enregistrer le refus",
        Step::Settle => "Solder",
        Step::End => "Abandonner le financement",
        Step::Reopen => "Revenir à l’état précédent",
    }
}

/// A scheme.
#[must_use]
pub const fn scheme(scheme: Scheme) -> &'static str {
    match scheme {
        Scheme::SkillsPlan => "OPCO, plan de développement des compétences",
        Scheme::PicIae => "OPCO, PIC IAE et programmes mutualisés",
        Scheme::Apprenticeship => "OPCO, contrat d’apprentissage",
        Scheme::Professionalisation => "OPCO, contrat de professionnalisation",
        Scheme::ProA => "OPCO, Pro-A",
        Scheme::Transition => "Projet de transition professionnelle",
        Scheme::Cpf => "Compte personnel de formation",
        Scheme::Fne => "FNE-Formation",
        Scheme::Poec => "POE collective",
        Scheme::Poei => "POE individuelle",
        Scheme::FranceTravail => "France Travail",
        Scheme::Fse => "Fonds social européen",
        Scheme::Region => "Conseil régional",
        Scheme::Agefiph => "Agefiph",
        Scheme::Asp => "Agence de services et de paiement",
        Scheme::State => "État",
        Scheme::Employer => "Employeur",
        Scheme::PublicEmployer => "Employeur public, pour ses agents",
        Scheme::Individual => "La personne, à ses frais",
        Scheme::Volunteers => "Fonds pour la formation des bénévoles",
    }
}

/// A piece.
#[must_use]
pub const fn piece(kind: FundingPieceKind) -> &'static str {
    match kind {
        FundingPieceKind::Programme => "Programme de la formation",
        FundingPieceKind::Convention => "Convention ou contrat",
        FundingPieceKind::Proposal => "Devis ou proposition",
        FundingPieceKind::Agreement => "Accord de prise en charge",
        FundingPieceKind::Invoice => "Facture",
        FundingPieceKind::CompletionCertificate => "Certificat de réalisation",
        FundingPieceKind::Expenses => "État de frais de l’employeur",
        FundingPieceKind::Other => "Autre pièce",
    }
}

/// Whether a piece was sent.
#[must_use]
pub const fn sent_or_not(sent: bool) -> &'static str {
    if sent { "Envoyée" } else { "À envoyer" }
}

/// Who is paid.
#[must_use]
pub const fn paid_to(subrogation: bool) -> &'static str {
    if subrogation { "À l’organisme de formation, par subrogation" } else { "À l’employeur" }
}

/// Hours of an agreement; a lump sum tells none.
#[must_use]
pub fn agreed_hours(minutes: i32) -> String {
    u32::try_from(minutes).ok().filter(|minutes| *minutes > 0).map_or_else(|| LUMP_SUM.to_owned(), hours)
}

/// « 14 h 30 ».
#[must_use]
pub fn hours(minutes: u32) -> String {
    match (minutes / 60, minutes % 60) {
        (hours, 0) => format!("{hours}\u{a0}h"),
        (hours, rest) => format!("{hours}\u{a0}h\u{a0}{rest:02}"),
    }
}

/// « 14 h réalisées sur 21 h accordées ».
#[must_use]
pub fn progress(done: u32, agreed: i32) -> String {
    format!("{} réalisées sur {} accordées", hours(done), agreed_hours(agreed))
}

/// What an act of the journal is called, from the end of the name of its event.
#[must_use]
pub fn happened(ending: &str) -> Option<&'static str> {
    let word = match ending {
        "recorded" => "financement ajouté",
        "requested" => "demande de prise en charge",
        "agreed" => "prise en charge accordée",
        "refused" => "prise en charge refusée",
        "settled" => "financement soldé",
        "ended" => "financement abandonné",
        "reopened" => "retour à l’état précédent",
        "changed" => "financement modifié",
        "piece_sent" => "pièce envoyée au financeur",
        "piece_voided" => "envoi de pièce retiré",
        _ => return None,
    };
    Some(word)
}

/// Said once fundings are recorded.
#[must_use]
pub fn recorded(count: usize) -> Flash {
    let count = i64::try_from(count).unwrap_or_default();
    let what = french::plural(count, "financement ajouté", "financements ajoutés");
    Flash::done(format!("{what}."), "")
}

/// Said once a funding changed.
#[must_use]
pub fn changed() -> Flash {
    Flash::done("Financement enregistré.", "")
}

/// Said once whoever buys is told.
#[must_use]
pub fn answered() -> Flash {
    Flash::done("Réponse du financeur enregistrée.", "L’acheteur reçoit un message.")
}

/// Said once a piece is recorded.
#[must_use]
pub fn piece_sent() -> Flash {
    Flash::done("Envoi enregistré.", "")
}

/// Said once a piece is taken back.
#[must_use]
pub fn piece_voided() -> Flash {
    Flash::done("Envoi retiré.", "")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::features::funding::state::TABLE;

    #[test]
    fn every_event_has_its_words() {
        for line in TABLE.iter() {
            let ending = line.name().strip_prefix("funding.").unwrap();
            assert!(happened(ending).is_some(), "{}", line.name());
        }
    }

    #[test]
    fn hours_of_a_lump_sum_are_not_told() {
        assert_eq!((agreed_hours(0).as_str(), agreed_hours(870).as_str()), (LUMP_SUM, "14\u{a0}h\u{a0}30"));
    }
}
