//! French words of the sessions of juries.

pub mod acts;
pub mod faults;
pub mod history;
pub mod incident;
pub mod lacks;

use entity::availability_day::HalfDay;
use entity::candidate::{CandidateState, JuryDecision};
use entity::jury_member::{MemberState, Seat};
use entity::jury_session::{JuryMode, JuryState};

use crate::features::candidates::labels as words_of_candidates;
use crate::http::web::component::{Color, Status};
use crate::render::french;

/// Name of the list.
pub const JURIES: &str = "Jurys";
/// Name of the form of the certifier.
pub const NEW_JURY: &str = "Nouveau jury";
/// Name of the form of a structure.
pub const ASK: &str = "Demander un jury";
/// Title of the summary of faults.
pub const NOT_RECORDED: &str = "Rien n’est enregistré";
/// Why missions move when a session is planned again.
pub const OTHER_DATE: &str = "Nouvelle date du jury";

/// Why a structure receives a message.
pub const WHY_STRUCTURE: &str = "Vous recevez ce message parce que ce jury concerne votre structure.";
/// Why a member receives a message.
pub const WHY_MEMBER: &str = "Vous recevez ce message parce que vous siégez à ce jury.";
/// Why the team receives a message.
pub const WHY_TEAM: &str = "Vous recevez ce message parce que vous suivez les jurys.";
/// Why a candidate receives a message.
pub const WHY_CANDIDATE: &str = "Vous recevez ce message parce que vous vous présentez à ce jury.";

/// The label of a state.
#[must_use]
pub const fn state(state: JuryState) -> Status {
    use JuryState as S;
    match state {
        S::Requested => Status::new("Demandé", "envoi", Color::Ardoise),
        S::Rejected => Status::new("Refusé", "croix", Color::Garance),
        S::Planned => Status::new("Planifié", "cal", Color::Ciel),
        S::Confirmed => Status::new("Confirmé", "coche", Color::Pre),
        S::Summoned => Status::new("Convoqué", "envoi", Color::Pre),
        S::Postponed => Status::new("Reporté", "horloge", Color::Ocre),
        S::Cancelled => Status::new("Annulé", "croix", Color::Garance),
        S::Open => Status::new("Ouvert", "horloge", Color::Ciel),
        S::NoQuorum => Status::new("Carence", "alerte", Color::Prune),
        S::Deliberating => Status::new("En délibération", "horloge", Color::Ciel),
        S::ToSign => Status::new("PV à signer", "plume", Color::Ocre),
        S::Signed => Status::new("PV signé", "coche", Color::Pre),
        S::ToRectify => Status::new("À rectifier", "alerte", Color::Ocre),
        S::Checked => Status::new("PV contrôlé", "coche", Color::Pre),
        S::Validated => Status::new("Validé", "coche", Color::Pre),
        S::Closed => Status::new("Clos", "coche", Color::Pre),
    }
}

/// Half of a day.
#[must_use]
pub const fn half(half: HalfDay) -> &'static str {
    match half {
        HalfDay::Morning => "Matin",
        HalfDay::Afternoon => "Après-midi",
    }
}

/// Where people sit.
#[must_use]
pub const fn mode(mode: JuryMode) -> &'static str {
    match mode {
        JuryMode::OnSite => "Sur place",
        JuryMode::Remote => "À distance",
        JuryMode::Mixed => "Sur place et à distance",
    }
}

/// A seat.
#[must_use]
pub const fn seat(seat: Seat) -> &'static str {
    match seat {
        Seat::President => "Présidence",
        Seat::Employers => "Collège employeurs",
        Seat::Employees => "Collège salariés",
        Seat::Other => "Autre professionnel",
        Seat::Observer => "Observation, sans voix",
    }
}

/// Where the place of a member stands.
#[must_use]
pub const fn member(state: MemberState) -> Status {
    match state {
        MemberState::Proposed => Status::new("Proposée", "envoi", Color::Ciel),
        MemberState::Accepted => Status::new("Acceptée", "coche", Color::Pre),
        MemberState::Declined => Status::new("Déclinée", "croix", Color::Ardoise),
        MemberState::Removed => Status::new("Retirée", "croix", Color::Garance),
    }
}

/// Shown instead of a name, on what leaves the house about a detained person.
pub const NEUTRAL_PLACE: &str = "Votre lieu habituel de formation";

/// A document of another kind.
pub const OTHER_DOCUMENT: &str = "Document du jury";

/// Title of a document.
#[must_use]
pub fn document(kind: &str) -> &'static str {
    match kind {
        "jury-incident" => "Fiche d’incident",
        "jury-summons" => "Convocation au jury",
        "jury-summons-pack" => "Convocations au jury",
        "jury-request-receipt" => "Récépissé de demande de jury",
        _ => OTHER_DOCUMENT,
    }
}

/// A title of the page of a session.
#[must_use]
pub fn title(structure: &str) -> String {
    format!("Jury\u{202f}: {structure}")
}

/// A version among those of several certifications.
#[must_use]
pub fn version(certification: &str, version: &str) -> String {
    format!("{certification}, version {version}")
}

/// « 5 candidats ».
#[must_use]
pub fn candidates(count: usize) -> String {
    french::plural(i64::try_from(count).unwrap_or(i64::MAX), "candidat", "candidats")
}

/// Quality of whoever prepares juries.
pub const TEAM: &str = "équipe certification";

/// A jury, in calendars.
pub const JURY: &str = "Jury";
/// Title of a page.
pub const SUMMONS: &str = "Convocations";
/// Title of a page.
pub const CANDIDATES: &str = "Candidats du jury";
/// A fact of the margin.
pub const STRUCTURE: &str = "Structure";
/// A fact of the margin.
pub const CERTIFICATION: &str = "Certification";
/// A fact of the margin.
pub const WHEN: &str = "Quand";
/// A fact of the margin.
pub const WHERE: &str = "Où";
/// A fact of the margin.
pub const ACCESS: &str = "Accès et adaptations";
/// A fact of the margin.
pub const EXPECTED: &str = "Attendus";

/// What is to be done before a jury is confirmed.
pub const COMPOSE: &str = "Composer le jury";
/// What is to be done before a jury is confirmed, or called.
pub const LOOK_AT_MEMBERS: &str = "Voir les membres du jury";
/// What is to be done before a jury is confirmed.
pub const CHOOSE: &str = "Choisir les candidats";
/// Where minutes are written, signed or read.
pub const MINUTES: &str = "Procès-verbal";
/// Where minutes are checked.
pub const CHECK_MINUTES: &str = "Contrôler le procès-verbal";

/// The steps that people follow.
pub const STEPS: [&str; 7] =
    ["Demande", "Date et jury", "Confirmation", "Convocation", "Jury", "Procès-verbal", "Résultats"];

/// « CAN-2026-0031, le 3 mai 1990 ».
#[must_use]
pub fn candidate_note(number: &str, born: Option<&str>) -> String {
    match born {
        Some(born) => format!("{number}, naissance le {born}"),
        None => number.to_owned(),
    }
}

/// Where the file of a candidate stands.
#[must_use]
pub const fn candidate_state(stored: CandidateState) -> Status {
    words_of_candidates::status(stored)
}

/// What came of a passage.
#[must_use]
pub const fn outcome(decision: JuryDecision) -> Status {
    words_of_candidates::decision(decision)
}
