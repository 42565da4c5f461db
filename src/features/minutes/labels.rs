//! French words of minutes and appeals.

pub mod appeals;
pub mod lacks;
pub mod letter;
pub mod results;
pub mod said;
pub mod text;

use entity::jury_minutes::{MinutesKind, MinutesState};
use entity::jury_signature::SignatureKind;

use super::input::Point;
use crate::http::web::component::{Color, Status};
use crate::render::french;

/// Title of a text.
pub const MINUTES: &str = "Procès-verbal de jury";
/// Title of a page.
pub const CORRECTED: &str = "Procès-verbal rectificatif";
/// Title of a page.
pub const NO_QUORUM: &str = "Procès-verbal de carence";
/// Title of a page.
pub const CLOSE: &str = "Clore la délibération";
/// Title of a page.
pub const SIGN: &str = "Procès-verbal à signer";
/// Title of a page.
pub const CHECK: &str = "Contrôler le procès-verbal";
/// Title of a page.
pub const RECTIFY: &str = "Rectifier le procès-verbal";
/// Title of a page.
pub const VALIDATE: &str = "Valider les décisions";
/// Title of a page.
pub const PUBLISH: &str = "Annoncer les résultats";
/// Title of a page.
pub const APPEAL: &str = "Recours";
/// Title of the summary of faults.
pub const NOT_DONE: &str = "Rien n’est enregistré";
/// Quality of whoever writes letters.
pub const TEAM: &str = "équipe certification";
/// Kept as the reason when decisions go back to the jury.
pub const SENT_BACK: &str = "Procès-verbal renvoyé au jury";

/// Shown of a candidate about whom nothing was decided.
pub const NO_DECISION: &str = "Sans décision";

/// Why a member receives a message.
pub const WHY_MEMBER: &str = "Vous recevez ce message parce que vous siégez à ce jury.";
/// Why a candidate receives a message.
pub const WHY_CANDIDATE: &str =
    "Vous recevez ce message parce que ce jury a pris une décision à votre sujet.";
/// Why a structure receives a message.
pub const WHY_STRUCTURE: &str = "Vous recevez ce message parce que votre structure suit cette personne.";
/// Why the team receives a message.
pub const WHY_TEAM: &str = "Vous recevez ce message parce que vous suivez les jurys.";

/// Title of minutes.
#[must_use]
pub const fn title(kind: MinutesKind, corrected: bool) -> &'static str {
    match (kind, corrected) {
        (MinutesKind::NoQuorum, _) => NO_QUORUM,
        (MinutesKind::Minutes, true) => CORRECTED,
        (MinutesKind::Minutes, false) => MINUTES,
    }
}

/// Title of the page that holds the text: « Procès-verbal du 16 janvier 2024 ». The text below has its own.
#[must_use]
pub fn page(day: &str) -> String {
    if day.is_empty() { "Procès-verbal".to_owned() } else { format!("Procès-verbal du {day}") }
}

/// Where minutes stand.
#[must_use]
pub const fn state(state: MinutesState) -> Status {
    match state {
        MinutesState::ToSign => Status::new("À signer", "plume", Color::Ocre),
        MinutesState::Signed => Status::new("Signé", "coche", Color::Pre),
        MinutesState::Checked => Status::new("Contrôlé", "coche", Color::Pre),
        MinutesState::Replaced => Status::new("Remplacé", "moins", Color::Ardoise),
    }
}

/// What became of a signature, on a screen.
#[must_use]
pub const fn answered(kind: SignatureKind) -> Status {
    match kind {
        SignatureKind::Refused => Status::new("Refus motivé", "croix", Color::Garance),
        _ => Status::new("Signé", "coche", Color::Pre),
    }
}

/// « 1 signature sur 3 ».
#[must_use]
pub fn progress(done: usize, whole: usize) -> String {
    let done = i64::try_from(done).unwrap_or(i64::MAX);
    format!("{} sur {whole}", french::plural(done, "réponse", "réponses"))
}

/// A point of the control.
#[must_use]
pub const fn point(point: Point) -> &'static str {
    match point {
        Point::People => "Les personnes, leurs noms et leurs dates de naissance sont ceux de la liste",
        Point::Quorum => "Le quorum est atteint, aussi pour chaque candidat dont le jury a décidé",
        Point::Impartiality => "Chaque membre a déclaré son impartialité, les abstentions sont motivées",
        Point::Decisions => "Chaque personne présente a une décision, chaque absence est notée",
        Point::Units => "Les blocs ou compétences acquis concordent avec chaque décision",
        Point::Incidents => "Les incidents sont décrits sans donnée de santé",
        Point::Signatures => "Chaque membre a signé, ou refusé avec un motif",
    }
}

/// Title of a document; nothing for the documents of other features.
#[must_use]
pub fn document(kind: &str) -> Option<&'static str> {
    Some(match kind {
        "jury-minutes" => "Procès-verbal de jury",
        "jury-minutes-signed" => "Procès-verbal de jury signé",
        "jury-no-quorum" => "Procès-verbal de carence",
        "jury-no-quorum-signed" => "Procès-verbal de carence signé",
        "jury-decisions" => "Liste des décisions du jury",
        "result-letter" => "Relevé de décision",
        _ => return None,
    })
}

/// The steps that people follow after the opening of a jury.
pub const STEPS: [&str; 6] =
    ["Ouverture", "Passages", "Délibération", "Signatures", "Contrôle par la certification", "Notification"];

/// The facts of frozen minutes.
pub mod fact {
    /// What is certified.
    pub const CERTIFICATION: &str = "Certification";
    /// Where it is registered.
    pub const REGISTER: &str = "Enregistrement";
    /// Where it took place.
    pub const STRUCTURE: &str = "Structure";
    /// When.
    pub const WHEN: &str = "Date";
    /// Where.
    pub const WHERE: &str = "Lieu";
    /// Who sat.
    pub const MEMBERS: &str = "Jury";
    /// The quorum.
    pub const QUORUM: &str = "Quorum";
    /// How the jury voted.
    pub const VOTES: &str = "Votes";
    /// Declarations and abstentions.
    pub const IMPARTIALITY: &str = "Impartialité";
    /// Who did not come.
    pub const ABSENT: &str = "Absences";
    /// Who observed.
    pub const OBSERVERS: &str = "Observation, sans voix";
    /// When an appeal arrived.
    pub const RECEIVED: &str = "Reçu le";
    /// When the candidate knew that it arrived.
    pub const ACKNOWLEDGED: &str = "Accusé de réception";
    /// By when it is answered.
    pub const ANSWER_BY: &str = "Réponse au plus tard le";
    /// How it ended.
    pub const OUTCOME: &str = "Suite";
    /// Until when one may appeal.
    pub const LODGE_BY: &str = "Recours possible jusqu’au";
    /// When somebody was told.
    pub const TOLD: &str = "Décision annoncée le";
}

/// The word of a checklist.
pub const LACKS: &str = "À faire";
/// The word of a checklist.
pub const KEPT: &str = "Fait";
/// A link to the text of a jury without quorum.
pub const PRINT_NO_QUORUM: &str = "Imprimer ce constat";
/// A link to the text.
pub const PRINT: &str = "Imprimer le procès-verbal";
