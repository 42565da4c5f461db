//! French words of the files of candidates.

pub mod faults;
pub mod history;
pub mod person;
pub mod pieces;
pub mod said;

use entity::candidate::{CandidateState, JuryDecision};
use entity::candidate_positioning::Positioned;
use time::Date;

use self::faults::NO_AGREEMENT;
use super::state::{Guard, State, Step, is_decided};
use super::stored::state_of;
use crate::http::web::component::{Color, Status};
use crate::render::french;

/// The structure on what leaves the house, where its name would tell that somebody is detained.
pub const NEUTRAL_STRUCTURE: &str = "L’organisme qui suit votre parcours";
/// Title of the list.
pub const CANDIDATES: &str = "Candidats";
/// Title of the form.
pub const NEW: &str = "Inscrire une personne";
/// Title of the page of the civil status.
pub const CIVIL_STATUS: &str = "Corriger l’état civil";
/// Title of the page of the contact.
pub const CONTACT: &str = "Modifier les coordonnées";
/// Title of the page of the positioning.
pub const POSITIONING: &str = "Enregistrer le positionnement";
/// Title of the page where somebody gives up.
pub const WITHDRAWAL: &str = "Enregistrer un abandon";
/// Title of the page where somebody is put out.
pub const EXCLUSION: &str = "Exclure pour fraude";
/// Title of the page where somebody changes structure.
pub const TRANSFER: &str = "Changer de structure";
/// Title of a page.
pub const APPEAL: &str = "Recours";
/// Above the faults.
pub const NOT_RECORDED: &str = "Rien n’est encore enregistré";
/// Why a candidate is written to.
pub const WHY_CANDIDATE: &str =
    "Vous recevez ce message parce que vous êtes inscrit ou inscrite à une certification.";
/// Why a structure is written to.
pub const WHY_STRUCTURE: &str = "Vous recevez ce message parce que votre structure suit cette candidature.";
/// Why the team is written to.
pub const WHY_TEAM: &str = "Vous recevez ce message parce que ce dossier attend votre examen.";

/// An act.
pub const RESIT: &str = "Prévoir un nouveau passage";

/// The French word of a state; it qualifies the application, « une candidature », whoever the person is.
#[must_use]
pub const fn state_word(state: State) -> &'static str {
    match state {
        State::Enrolled => "Inscrite",
        State::Positioned => "Positionnée",
        State::OnPath => "En parcours",
        State::FileSubmitted => "Dossier déposé",
        State::FileIncomplete => "Dossier incomplet",
        State::Admitted => "Admise à se présenter",
        State::Summoned => "Convoquée",
        State::Present => "Présente",
        State::AbsentExcused => "Absence justifiée",
        State::Absent => "Absence",
        State::Total => "Validation totale",
        State::Partial => "Validation partielle",
        State::Refused => "Non validée",
        State::Adjourned => "Ajournée",
        State::UnderReview => "Décision en revue",
        State::Notified => "Décision notifiée",
        State::Appealed => "Recours",
        State::Withdrawn => "Abandon",
        State::Excluded => "Exclue pour fraude",
        State::Revoked => "Certificat révoqué",
    }
}

/// The steps that follow the summons.
pub const LATER: [&str; 3] = ["Jury", "Décision", "Certificat"];

/// What a jury decided.
#[must_use]
pub const fn decision(decision: JuryDecision) -> Status {
    match decision {
        JuryDecision::Total => Status::new("Validation totale", "coche", Color::Pre),
        JuryDecision::Partial => Status::new("Validation partielle", "demi", Color::Ocre),
        JuryDecision::Refused => Status::new("Refus", "croix", Color::Garance),
        JuryDecision::Adjourned => Status::new("Ajournement", "horloge", Color::Ocre),
        JuryDecision::Absent => Status::new("Absence", "moins", Color::Prune),
        JuryDecision::AbsentExcused => Status::new("Absence justifiée", "moins", Color::Prune),
        JuryDecision::Fraud => Status::new("Fraude", "alerte", Color::Garance),
    }
}

/// The sign and the colour of a state.
#[must_use]
pub const fn status(stored: CandidateState) -> Status {
    let state = state_of(stored);
    let (icon, color) = match state {
        State::Enrolled => ("cercle", Color::Ardoise),
        State::Positioned | State::OnPath | State::Summoned | State::Present => ("horloge", Color::Ciel),
        State::FileSubmitted => ("envoi", Color::Ciel),
        State::FileIncomplete | State::Partial | State::Adjourned | State::UnderReview => {
            ("horloge", Color::Ocre)
        }
        State::Admitted | State::Total | State::Notified => ("coche", Color::Pre),
        State::Refused | State::Excluded | State::Revoked => ("croix", Color::Garance),
        State::AbsentExcused | State::Absent | State::Appealed => ("moins", Color::Prune),
        State::Withdrawn => ("moins", Color::Ardoise),
    };
    Status::new(state_word(state), icon, color)
}

/// Said of a step that the state does not allow.
#[must_use]
pub fn wrong_state(from: Option<State>) -> String {
    match from {
        // Whoever is refused learns nothing that was not told.
        Some(state) if is_decided(state) || state == State::UnderReview => {
            "Le jury a entendu cette personne, et sa décision n’est pas encore annoncée. Rien n’a été changé."
                .to_owned()
        }
        Some(state) => format!(
            "L’état de la candidature («\u{202f}{}\u{202f}») ne permet pas cette action. Rien n’a été changé.",
            state_word(state)
        ),
        None => "Ce dossier n’existe pas encore.".to_owned(),
    }
}

/// What a step needs and that is not there.
#[must_use]
pub const fn guard(guard: Guard) -> &'static str {
    match guard {
        Guard::AgreementHeld => NO_AGREEMENT,
        Guard::CivilStatusKnown => "L’état civil n’est pas assez connu.",
        Guard::SheetAttached => "La fiche de positionnement n’est pas jointe.",
        Guard::StartKnown => "Le premier jour du parcours n’est pas indiqué.",
        Guard::PiecesThere => "Des pièces obligatoires manquent.",
        Guard::SkillsObserved => "Des compétences n’ont pas été assez observées.",
        Guard::LackNamed => "Ce qui manque n’est pas précisé.",
        Guard::SessionConfirmed => "La session de jury n’est pas confirmée.",
        Guard::IdentityChecked => "L’identité n’a pas été vérifiée.",
        Guard::ReasonGiven => "Le motif n’est pas indiqué.",
        Guard::QuorumReached => "Le quorum n’est pas atteint pour cette personne.",
        Guard::RulesRespected => "Les règles du référentiel ne permettent pas cette décision.",
        Guard::MinutesConform => "Le procès-verbal n’est pas signé ou pas conforme.",
        Guard::ResitAllowed => "Les règles du référentiel ne permettent pas un nouveau passage.",
        Guard::WithinDelay => "Le délai de recours est dépassé.",
        Guard::Heard => "La personne n’a pas été entendue.",
        Guard::Annulled => "Aucun recours n’a annulé le passage\u{202f}: le jury se prononce d’abord.",
        Guard::WasTotal => "La décision notifiée n’est pas une validation totale.",
        Guard::WasNotTotal => "La décision notifiée est une validation totale.",
        Guard::SecondPerson => "Une seconde personne doit donner son accord.",
    }
}

/// The verb of a step that this feature offers.
#[must_use]
pub const fn step(step: Step) -> &'static str {
    match step {
        Step::RecordPositioning => POSITIONING,
        Step::StartPath => "Commencer le parcours",
        Step::SubmitFile => "Déposer le dossier",
        Step::AskCompletion => "Demander des compléments",
        Step::Admit => "Admettre à se présenter",
        Step::PlanResit => RESIT,
        Step::Withdraw => WITHDRAWAL,
        Step::ExcludeForFraud => EXCLUSION,
        _ => "",
    }
}

/// What the positioning found.
#[must_use]
pub const fn positioned(result: Positioned) -> &'static str {
    match result {
        Positioned::Acquired => "Acquise",
        Positioned::ToWorkOn => "À travailler",
        Positioned::NotSeen => "Non vue",
    }
}

/// « Dossier déposé : 4 ».
#[must_use]
pub fn counter(state: CandidateState, count: i64) -> String {
    format!("{}\u{202f}: {count}", status(state).word)
}

/// The terms of the facts of a file.
pub mod fact {
    /// Who follows the candidate.
    pub const STRUCTURE: &str = "Structure";
    /// How they come to the certification.
    pub const WAY: &str = "Voie d’accès";
    /// What ties them to the structure.
    pub const CONTRACT: &str = "Contrat";
    /// The day of the enrolment.
    pub const ENROLLED: &str = "Inscription";
    /// The first day of the path.
    pub const STARTS: &str = "Début du parcours";
    /// Who follows them in the structure.
    pub const REFERENT: &str = "Suivi dans la structure";
    /// Why they gave up.
    pub const LEAVING: &str = "Motif de l’abandon";
    /// First names.
    pub const FIRST_NAMES: &str = "Prénoms";
    /// Date and place of birth.
    pub const BIRTH: &str = "Naissance";
    /// What proves the civil status.
    pub const DOCUMENT: &str = "Document d’identité";
    /// Address.
    pub const EMAIL: &str = "Adresse électronique";
    /// Telephone.
    pub const PHONE: &str = "Téléphone";
    /// Where they receive letters.
    pub const POSTAL: &str = "Adresse postale";
    /// Legal representative of a minor.
    pub const GUARDIAN: &str = "Représentation légale";
    /// Who hands messages over.
    pub const MESSAGES: &str = "Messages";
}

/// « Les Jardins du Morvan, depuis le 2 mars 2026 ».
#[must_use]
pub fn stay(structure: &str, since: Date, until: Option<Date>) -> String {
    match until {
        Some(until) => format!("{structure}, {}", french::date_range(since, until)),
        None => format!("{structure}, depuis le {}", french::date(since)),
    }
}

/// « JUR-2025-0042, le 3 décembre 2025 ».
#[must_use]
pub fn given(session: &str, on: Option<Date>) -> String {
    on.map_or_else(|| session.to_owned(), |day| format!("{session}, le {}", french::date(day)))
}
