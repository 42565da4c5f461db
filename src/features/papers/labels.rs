//! French words of the papers of training.

use entity::enrolment_assessment::Acquired;
use entity::training_document::{PaperKind, PaperState};
use entity::training_handbook::HandbookKind;
use entity::training_signature::SignatureKind;

use super::state::Step;
use crate::http::web::component::{Color, Status};
use crate::http::web::layout::Flash;
use crate::render::french;
use crate::rules::training::mentions::{HOUSE_RULES, Signed, WELCOME_BOOKLET};

/// Title of the list.
pub const PAPERS: &str = "Documents de formation";
/// Title of the papers of a session.
pub const OF_SESSION: &str = "Documents de la session";
/// Title of the page that issues one.
pub const ISSUE: &str = "Établir un document";
/// Title of the page that calls people.
pub const SUMMONS: &str = "Convoquer les stagiaires";
/// Title of the page that takes a paper back.
pub const VOID: &str = "Retirer ce document";
/// Title of the page where somebody signs.
pub const SIGN: &str = "Signer un document";
/// Title of the page where somebody reads.
pub const READ: &str = "Votre document";
/// A form that comes back.
pub const NOT_DONE: &str = "Rien n’a été enregistré";
/// Fault of a form.
pub const KIND_WANTED: &str = "Choisissez un document de la liste";
/// Fault of a form.
pub const ABOUT_WANTED: &str = "Choisissez pour qui établir ce document";
/// Fault of a form.
pub const WAY_WANTED: &str = "Choisissez comment signer";
/// Why the team receives a message.
pub const WHY_TEAM: &str = "Vous recevez ce message parce que vous suivez les formations.";
/// Why somebody receives a message.
pub const WHY_PARTY: &str =
    "Vous recevez ce message parce que votre nom figure dans un document de formation.";
/// Why a trainee receives a message.
pub const WHY_TRAINEE: &str =
    "Vous recevez ce message parce que votre inscription à une formation est enregistrée.";
/// In the place of a price when people do not all pay the same.
pub const SEVERAL_PRICES: &str = "selon la personne";
/// What becomes of somebody when a session is called.
pub mod becomes {
    /// They are called.
    pub const CALLED: &str = "À convoquer";
    /// They were called before.
    pub const ALREADY: &str = "Déjà convoquée";
    /// Their enrolment waits for something.
    pub const NOT_CONFIRMED: &str = "Inscription à confirmer";
    /// Mentions lack.
    pub const LACKING: &str = "Mentions manquantes";
    /// No message reaches them.
    pub const NO_ADDRESS: &str = "Sans adresse électronique\u{202f}: à remettre en main propre";
    /// Their representative is told too.
    pub const MINOR: &str = "Mineure ou mineur\u{202f}: son représentant légal est informé aussi";
}

/// The facts of a paper.
pub mod facts {
    /// The session.
    pub const TRAINING: &str = "Formation";
    /// Who learns.
    pub const PERSON: &str = "Personne";
    /// Who buys.
    pub const BUYER: &str = "Acheteur";
    /// The days.
    pub const DATES: &str = "Dates";
    /// When it was issued.
    pub const ISSUED: &str = "Établi le";
    /// By when it must be signed.
    pub const UNTIL: &str = "À signer avant le";
    /// Which issue of it.
    pub const REVISION: &str = "Version";
}

/// What a paper is.
#[must_use]
pub const fn kind(kind: PaperKind) -> &'static str {
    match kind {
        PaperKind::NeedsAnalysis => "Analyse du besoin et positionnement",
        PaperKind::Positioning => "Positionnement",
        PaperKind::Proposal => "Proposition de formation",
        PaperKind::Convention => "Convention de formation",
        PaperKind::TripartiteConvention => "Convention tripartite",
        PaperKind::Contract => "Contrat de formation",
        PaperKind::Information => "Information avant l’inscription",
        PaperKind::GuardianNotice => "Information au représentant légal",
        PaperKind::Summons => "Convocation",
        PaperKind::WelcomeBooklet => "Livret d’accueil remis",
        PaperKind::HouseRules => "Règlement intérieur remis",
        PaperKind::AttendanceSheet => "Feuille d’émargement",
        PaperKind::CompletionCertificate => "Certificat de réalisation",
        PaperKind::AssiduityCertificate => "Attestation d’assiduité",
        PaperKind::EndAttestation => "Attestation de fin de formation",
        PaperKind::Subcontract => "Contrat de sous-traitance",
        PaperKind::EvaluationSheet => "Évaluation",
        PaperKind::Other => "Autre document",
    }
}

/// What a state looks like.
#[must_use]
pub const fn state(state: PaperState) -> Status {
    match state {
        PaperState::ToTypeset => Status::new("En préparation", "horloge", Color::Ardoise),
        PaperState::Issued => Status::new("Établi", "coche", Color::Pre),
        PaperState::ToSign => Status::new("À signer", "plume", Color::Ocre),
        PaperState::Replaced => Status::new("Remplacé", "moins", Color::Ardoise),
        PaperState::Voided => Status::new("Retiré", "croix", Color::Garance),
    }
}

/// What a paper looks like, its signatures counted.
#[must_use]
pub const fn standing(of: PaperState, signed: Signed) -> Status {
    match (of, signed) {
        (PaperState::Issued, Signed::Fully) => Status::new("Signé par tous", "coche", Color::Pre),
        (PaperState::ToSign, Signed::Refused) => Status::new("Refusé", "croix", Color::Garance),
        _ => state(of),
    }
}

/// What a step does.
#[must_use]
pub const fn step(step: Step) -> &'static str {
    match step {
        Step::Issue => "Établir",
        Step::Typeset => "Composer",
        Step::SendToSign => "Envoyer à signer",
        Step::Complete => "Recevoir la dernière signature",
        Step::Replace => "Établir à nouveau",
        Step::Void => "Retirer",
    }
}

/// What everybody is given.
#[must_use]
pub const fn handbook(kind: HandbookKind) -> &'static str {
    match kind {
        HandbookKind::WelcomeBooklet => WELCOME_BOOKLET,
        HandbookKind::HouseRules => HOUSE_RULES,
        HandbookKind::Terms => "Conditions générales",
    }
}

/// What was found of an objective.
#[must_use]
pub const fn acquired(result: Acquired) -> &'static str {
    match result {
        Acquired::Acquired => "Acquis",
        Acquired::InProgress => "En cours d’acquisition",
        Acquired::NotAcquired => "Non acquis",
    }
}

/// What somebody answered.
#[must_use]
pub const fn answer(kind: Option<SignatureKind>) -> Status {
    match kind {
        None => Status::new("À signer", "plume", Color::Ocre),
        Some(SignatureKind::Refused) => Status::new("Refusé", "croix", Color::Garance),
        Some(_) => Status::new("Signé", "coche", Color::Pre),
    }
}

/// « 1 signature sur 2 ».
#[must_use]
pub fn progress(given: usize, wanted: usize) -> String {
    let given = french::plural(i64::try_from(given).unwrap_or_default(), "signature", "signatures");
    format!("{given} sur {wanted}")
}

/// What an act of the journal is called, from the end of the name of its event.
#[must_use]
pub fn happened(ending: &str) -> Option<&'static str> {
    let word = match ending {
        "issued" => "document établi",
        "typeset" => "document composé",
        "sent_to_sign" => "envoi à la signature",
        "signature_given" => "signature",
        "refused" => "refus de signer",
        "signed" => "signé par tous",
        "signed_typeset" => "exemplaire signé composé",
        "replaced" => "document remplacé",
        "voided" => "document retiré",
        "handed" => "version remise",
        "reminded" => "rappel de signature",
        "overdue" => "délai de signature passé",
        "recorded" => "version enregistrée",
        _ => return None,
    };
    Some(word)
}

/// Said once a paper is issued.
#[must_use]
pub fn issued(of: PaperKind, number: &str) -> Flash {
    Flash::done(format!("{} {number}\u{202f}: document établi", kind(of)), "")
}

/// Said once an answer is kept.
#[must_use]
pub fn answer_kept(refused: bool, last: bool) -> Flash {
    let title = match (refused, last) {
        (true, _) => "Refus enregistré",
        (false, true) => "Signature enregistrée. Tous ont signé",
        (false, false) => "Signature enregistrée",
    };
    Flash::done(title, "")
}

/// Said once a paper is taken back.
#[must_use]
pub fn voided() -> Flash {
    Flash::done("Document retiré.", "")
}

/// Said once people are called.
#[must_use]
pub fn called(count: usize) -> Flash {
    let count = i64::try_from(count).unwrap_or_default();
    let people = french::plural(count, "personne convoquée", "personnes convoquées");
    Flash::done(people, "")
}

/// Said once a version is recorded.
#[must_use]
pub fn recorded() -> Flash {
    Flash::done("Version enregistrée.", "")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::features::papers::state::TABLE;

    #[test]
    fn every_event_has_its_words() {
        for line in TABLE.iter() {
            let ending = line.name().strip_prefix("paper.").unwrap();
            assert!(happened(ending).is_some(), "{}", line.name());
        }
    }
}
