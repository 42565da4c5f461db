//! French words of the files of candidates.

use entity::access_route::Way;
use entity::candidate::{CandidateState, Contract, IdentityDocument, JuryDecision, Leaving};
use entity::candidate_piece::CandidatePieceKind;
use entity::candidate_positioning::Positioned;
use time::Date;

use super::state::{Guard, State, Step, is_decided};
use super::stored::state_of;
use crate::http::web::component::{Color, Status};
use crate::http::web::layout::Flash;
use crate::render::french;
use crate::rules::civil_status::Field;
use crate::rules::civil_status::completeness::Missing;

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
/// Fault of a form.
pub const NAME_WANTED: &str = "Indiquez au moins un nom ou un prénom";
/// Fault of a form.
pub const UNKNOWN_STRUCTURE: &str = "Aucune structure connue n’a ce SIREN";
/// Fault of a form.
pub const STRUCTURE_WANTED: &str = "Choisissez la structure qui suit la personne";
/// Fault of a form.
pub const VERSION_WANTED: &str = "Choisissez une certification";
/// Fault of a form.
pub const VERSION_CLOSED: &str =
    "Cette version de la certification n’est pas ouverte aux inscriptions aujourd’hui";
/// Fault of a form.
pub const SITE_NOT_COVERED: &str = "L’agrément de la structure ne couvre pas ce site aujourd’hui";
/// Fault of a form.
pub const WAY_CLOSED: &str = "Le référentiel publié n’ouvre pas cette voie d’accès";
/// Fault of a form.
pub const REASON_WANTED: &str = "Indiquez le motif";
/// Fault of a form.
pub const LACK_WANTED: &str = "Indiquez ce qui manque au dossier";
/// Fault of a form.
pub const START_TOO_FAR: &str =
    "Indiquez un début de parcours entre cinq ans avant et un an après aujourd’hui";
/// Fault of a form.
pub const SEEN_AFTER_TODAY: &str = "La date à laquelle le document a été vu est à venir";
/// Fault of a form.
pub const SEEN_WANTED: &str = "Indiquez quand le document d’identité a été vu";
/// Fault of a form.
pub const NO_DOCUMENT: &str = "Choisissez le document d’identité qui a été vu, ou retirez cette date";
/// Fault of a form.
pub const GUARDIAN_WANTED: &str = "Cette personne est mineure\u{202f}: indiquez le nom et les coordonnées de sa représentante ou de son représentant légal";
/// Fault of a form.
pub const DETAINED_BY_MAIL: &str =
    "Les messages d’une personne détenue passent par la structure\u{202f}: retirez l’adresse électronique";
/// Fault of a form.
pub const SAME_STRUCTURE: &str = "Cette structure suit déjà la personne";
/// Fault of a form.
pub const HEARD_WANTED: &str = "Indiquez la date à laquelle la personne a été entendue, ou invitée à l’être";
/// Fault of a form.
pub const HEARD_AFTER_TODAY: &str =
    "Cette date est à venir\u{202f}: la personne est entendue avant la décision";
/// Fault of a form.
pub const FILE_WANTED: &str = "Choisissez un fichier";
/// Fault of a form.
pub const FILE_UNREAD: &str = "Le fichier n’a pas été reçu en entier\u{202f}: envoyez-le à nouveau";
/// Fault of a form.
pub const KIND_WANTED: &str = "Choisissez la nature de cette pièce";
/// Fault of a form.
pub const COMMUNE_UNKNOWN: &str =
    "Aucune commune de ce nom n’existait à cette date\u{202f}: vérifiez le nom ou la date de naissance";
/// Fault of a form.
pub const COMMUNE_TO_CHOOSE: &str =
    "Plusieurs communes portent ce nom\u{202f}: choisissez la bonne dans la liste";
/// Fault of a form.
pub const UNKNOWN_SKILL: &str = "Cette compétence n’est pas dans le référentiel publié";
/// Refusal.
pub const NO_AGREEMENT: &str =
    "La structure ne détient pas d’agrément valable aujourd’hui pour cette certification.";
/// Refusal.
pub const OWN_CHANGES_OVER: &str =
    "Le dossier est entre les mains de l’organisme certificateur\u{202f}: demandez-lui la correction.";

/// An act.
pub const RESIT: &str = "Prévoir un nouveau passage";
/// Refusal.
pub const NOT_TOLD: &str = "La décision du jury n’est pas encore annoncée.";

/// What one result of the positioning lacks.
#[must_use]
pub fn skill_without_result(code: &str) -> String {
    format!("Choisissez un résultat pour la compétence {code}")
}

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

/// Said of a value of the civil status without which nobody is admitted.
#[must_use]
pub fn civil_lacks(missing: Missing) -> String {
    format!("État civil à compléter\u{202f}: {missing}.")
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

/// How a person comes to the certification.
#[must_use]
pub const fn way(way: Way) -> &'static str {
    match way {
        Way::Fc => "Formation continue",
        Way::ContratPro => "Contrat de professionnalisation",
        Way::Ca => "Apprentissage",
        Way::Fi => "Formation initiale",
        Way::Vae => "Validation des acquis de l’expérience",
        Way::CandidatLibre => "Candidature libre",
    }
}

/// The contract that ties the candidate to the structure.
#[must_use]
pub const fn contract(contract: Contract) -> &'static str {
    match contract {
        Contract::Cddi => "CDD d’insertion",
        Contract::Cui => "Contrat unique d’insertion",
        Contract::Apprenticeship => "Contrat d’apprentissage",
        Contract::Professionalisation => "Contrat de professionnalisation",
        Contract::Other => "Autre contrat",
        Contract::None => "Sans contrat",
    }
}

/// What the identity was read on.
#[must_use]
pub const fn document(document: IdentityDocument) -> &'static str {
    match document {
        IdentityDocument::None => "Aucun document vu",
        IdentityDocument::IdentityCard => "Carte nationale d’identité",
        IdentityDocument::Passport => "Passeport",
        IdentityDocument::ResidencePermit => "Titre de séjour",
        IdentityDocument::DrivingLicence => "Permis de conduire",
        IdentityDocument::Other => "Autre document",
    }
}

/// Why somebody gives up.
#[must_use]
pub const fn leaving(leaving: Leaving) -> &'static str {
    match leaving {
        Leaving::Work => "Départ vers un emploi",
        Leaving::EndOfContract => "Fin de contrat",
        Leaving::Health => "Raison de santé",
        Leaving::Other => "Autre raison",
    }
}

/// The name of a field of the civil status, before what deserves a look.
#[must_use]
pub const fn field(field: Field) -> &'static str {
    match field {
        Field::BirthName => "Nom de naissance",
        Field::UsualName => "Nom d’usage",
        Field::FirstName(_) => "Prénom",
        Field::OtherFirstNames => "Prénoms suivants",
        Field::Sex => "Sexe",
        Field::BirthDate => "Date de naissance",
        Field::BirthCountry => "Pays de naissance",
        Field::BirthCommune => "Commune de naissance",
        Field::BirthLocality => "Ville de naissance",
    }
}

/// An act, as the history of a file tells it.
#[must_use]
pub fn told(code: &str) -> &'static str {
    match code {
        "CAND_CREATED" => "Inscription",
        "CAND_POSITIONED" => "Positionnement enregistré",
        "CAND_STARTED" => "Début du parcours",
        "CAND_FILE_SUBMITTED" => "Dossier déposé",
        "CAND_FILE_INCOMPLETE" => "Compléments demandés",
        "CAND_ADMITTED" => "Admission à se présenter",
        "CAND_CONVOKED" => "Convocation au jury",
        "CAND_RELEASED" => "Session annulée, nouvelle date à trouver",
        "CAND_PRESENT" => "Présence au jury",
        "CAND_ABSENT_J" => "Absence justifiée",
        "CAND_ABSENT" => "Absence",
        "CAND_PRESENCE_CORRECTED" => "Présence au jury corrigée",
        "CAND_DECIDED" => "Décision du jury",
        "CAND_REDECIDED" => "Nouvelle décision du jury",
        "CAND_NOTIFIED" => "Décision notifiée",
        "CAND_REVIEW" => "Décision renvoyée au jury",
        "CAND_RESIT" => "Nouveau passage prévu",
        "CAND_APPEAL" => "Recours déposé",
        "CAND_APPEAL_SETTLED" => "Recours tranché",
        "CAND_APPEAL_LODGED" => "Recours enregistré",
        "CAND_APPEAL_ACKNOWLEDGED" => "Accusé de réception du recours",
        "CAND_APPEAL_ANSWERED" => "Réponse au recours",
        "CAND_WITHDRAWN" => "Abandon",
        "CAND_EXCLUDED" => "Exclusion pour fraude",
        "CERT_REVOKED" => "Certificat révoqué",
        "CAND_CIVIL_STATUS_CORRECTED" => "État civil corrigé",
        "CAND_CONTACT_CHANGED" => "Coordonnées modifiées",
        "CAND_TRANSFERRED" => "Changement de structure",
        "CAND_PIECE_ADDED" => "Pièce ajoutée",
        "CAND_PIECE_REMOVED" => "Pièce retirée",
        "CAND_DOCUMENT_ISSUED" => "Document produit",
        "CAND_OBSERVED" => "Observation ajoutée au livret",
        "CAND_OBSERVATION_VOIDED" => "Observation retirée du livret",
        "CAND_IMMERSION_ADDED" => "Immersion ajoutée au livret",
        "CAND_IMMERSION_VOIDED" => "Immersion retirée du livret",
        _ => "Acte",
    }
}

/// Said once the person is enrolled.
#[must_use]
pub fn enrolled(complete: bool) -> Flash {
    if complete {
        Flash::done("Personne inscrite.", "Le récépissé est composé dans un instant.")
    } else {
        Flash::done(
            "Personne inscrite.",
            "L’état civil est incomplet\u{202f}: complétez-le avant l’admission.",
        )
    }
}

/// Said once the positioning is.
#[must_use]
pub fn positioning_recorded() -> Flash {
    Flash::done("Positionnement enregistré.", "La suite du parcours peut commencer.")
}

/// Said once a tie is declared or ended.
#[must_use]
pub fn tie_recorded() -> Flash {
    Flash::done("Lien enregistré.", "Il compte dans la composition des jurys.")
}

/// Said once something is recorded.
#[must_use]
pub fn recorded() -> Flash {
    Flash::done("Enregistré.", "")
}

/// Said once the file is handed in.
#[must_use]
pub fn submitted() -> Flash {
    Flash::done("Dossier déposé.", "Son contenu est figé. L’organisme certificateur est prévenu.")
}

/// Said once the candidate may sit.
#[must_use]
pub fn admitted() -> Flash {
    Flash::done("Personne admise à se présenter.", "La structure est prévenue.")
}

/// Said once the candidate may sit again.
#[must_use]
pub fn resit_planned() -> Flash {
    Flash::done(
        "Nouveau passage prévu.",
        "La personne est prévenue. Elle peut être choisie pour une session.",
    )
}

/// Said once the structure is told what lacks.
#[must_use]
pub fn asked() -> Flash {
    Flash::done("Compléments demandés.", "La structure est prévenue.")
}

/// Said once a file is over.
#[must_use]
pub fn over() -> Flash {
    Flash::done("Enregistré.", "Le dossier est clos.")
}

/// Sex of the civil status.
pub const FEMALE: &str = "Féminin";
/// Sex of the civil status.
pub const MALE: &str = "Masculin";

/// « Dossier déposé : 4 ».
#[must_use]
pub fn counter(state: CandidateState, count: i64) -> String {
    format!("{}\u{202f}: {count}", status(state).word)
}

/// What was done by the program.
pub const AUTOMATIC: &str = "Acte automatique";
/// The document has no such name.
pub const NONE_ON_DOCUMENT: &str = "aucun sur le document";
/// Who hands messages over.
pub const RELAYED: &str = "remis par la structure";
/// The same, for somebody in prison.
pub const RELAYED_NEUTRAL: &str = "remis par la structure, sans nom d’établissement";
/// A value that lacks.
pub const TO_COMPLETE: &str = "À compléter";
/// A value that deserves a look.
pub const TO_CHECK: &str = "À vérifier";

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

/// « vu le 2 mars 2026 par Maëlys Kerzoncuf ».
#[must_use]
pub fn seen(day: Date, by: &str) -> String {
    let day = french::date(day);
    if by.is_empty() { format!("vu le {day}") } else { format!("vu le {day} par {by}") }
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
