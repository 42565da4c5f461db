//! French words of the livret, of the adaptations and of the ties of a candidate.

use entity::candidate_observation::Observed;
use entity::candidate_tie::CandidateTieKind;
use time::Date;

use super::{ASKED, Thin};
use crate::features::candidates::state::State;
use crate::features::ties;
use crate::http::web::component::{Color, Status};
use crate::render::french::{self, plural};

/// Title of the page.
pub const LIVRET: &str = "Livret de suivi";
/// Title of the page of the measures.
pub const ADAPTATIONS: &str = "Adaptations convenues";
/// Title of the page of the ties.
pub const TIES: &str = "Liens avec des intervenants";
/// Title of the page of an expert.
pub const OWN_TIES: &str = "Liens avec des personnes candidates";
/// What the page of the ties is for.
pub const TIES_LEAD: &str = "Qui a formé, encadré ou évalué la personne, ou lui est lié, ne la juge pas. Les évaluations du livret comptent d’elles-mêmes.";
/// What the page of the ties of an expert is for.
pub const OWN_TIES_LEAD: &str = "Un intervenant ne juge pas une personne qu’il a formée, encadrée ou évaluée, ni une personne de sa famille ou avec qui il a un lien d’affaires ou un litige.";
/// Names the other side of a tie.
pub const EXPERT_NUMBER: &str = "Numéro d’intervenant";
/// Names the other side of a tie.
pub const CANDIDATE_NUMBER: &str = "Numéro du dossier de candidature";
/// Fault of a form.
pub const SKILL_WANTED: &str = "Choisissez une compétence du référentiel";
/// Fault of a form.
pub const SITUATION_WANTED: &str = "Décrivez la situation de travail observée";
/// Fault of a form.
pub const ASSESSOR_WANTED: &str = "Indiquez qui a évalué";
/// Fault of a form.
pub const RESULT_WANTED: &str = "Choisissez un résultat";
/// Fault of a form.
pub const AFTER_TODAY: &str = "Cette date est à venir";
/// Fault of a form.
pub const BEFORE_PATH: &str = "Cette date est avant le premier jour du parcours";
/// Fault of a form.
pub const UNKNOWN_EXPERT: &str = "Aucun intervenant n’a ce numéro";
/// Fault of a form.
pub const OTHER_EXPERT: &str =
    "Ce numéro n’est pas celui de la personne nommée\u{202f}: vérifiez le numéro ou le nom";
/// Fault of a form.
pub const OBSERVATION_KNOWN: &str = "Cette observation est déjà dans le livret (même compétence, même jour, même situation, même évaluateur)\u{202f}: elle ne compte qu’une fois. Décrivez une autre situation, ou changez la date";
/// Fault of a form.
pub const COMPANY_WANTED: &str = "Indiquez l’entreprise";
/// Fault of a form.
pub const ENDS_BEFORE: &str = "Le dernier jour est avant le premier";
/// Fault of a form.
pub const VOID_WANTED: &str = "Dites pourquoi cette ligne est retirée";
/// Fault of a form.
pub const MEASURE_WANTED: &str = "Indiquez la mesure convenue";
/// Fault of a form.
pub const CONSENT_WANTED: &str = "Indiquez quand la personne a donné son accord";
/// Fault of a form.
pub const UNKNOWN_MEMBER: &str = "Choisissez une personne de la liste";
/// Fault of a form.
pub const KIND_WANTED: &str = "Choisissez la nature du lien";
/// Fault of a form.
pub const UNKNOWN_CANDIDATE: &str = "Aucun dossier n’a ce numéro";
/// Fault of a form.
pub const TIE_KNOWN: &str = "Ce lien est déjà connu";

/// Nobody has the number; or nobody has it with that name, and which of the two is wrong is not told.
#[must_use]
pub const fn unknown_expert(by_number: bool) -> &'static str {
    if by_number {
        UNKNOWN_EXPERT
    } else {
        "Aucun intervenant n’a ce numéro et ce nom\u{202f}: vérifiez les deux"
    }
}

/// A skill that was not observed enough keeps the file from being handed in.
#[must_use]
pub fn thin(one: &Thin) -> String {
    let there = i64::try_from(one.there).unwrap_or(i64::MAX);
    let there = if there == 0 {
        "aucune observation".to_owned()
    } else {
        plural(there, "observation", "observations")
    };
    format!("Compétence {}\u{202f}: {there} sur {ASKED} attendues au moins.", one.code)
}

/// « 1 observation sur 2 attendues ».
#[must_use]
pub fn observed(there: usize) -> String {
    let count = i64::try_from(there).unwrap_or(i64::MAX);
    match count {
        0 => format!("Aucune observation sur {ASKED} attendues"),
        _ => format!("{} sur {ASKED} attendues", plural(count, "observation", "observations")),
    }
}

/// Whether a skill was observed enough.
#[must_use]
pub const fn progress(wanting: usize) -> Status {
    match wanting {
        0 => Status::new("Complet", "coche", Color::Pre),
        _ => Status::new("À observer", "horloge", Color::Ocre),
    }
}

/// What an observation says.
#[must_use]
pub const fn result(result: Observed) -> &'static str {
    match result {
        Observed::Acquired => "Acquise",
        Observed::InProgress => "En cours d’acquisition",
        Observed::NotAcquired => "Non acquise",
    }
}

/// « Retirée le 2 mars 2026 : saisie deux fois ».
#[must_use]
pub fn voided(day: &str, reason: &str) -> String {
    format!("Retirée le {day}\u{202f}: {reason}")
}

/// « du 2 au 20 mars 2026 ».
#[must_use]
pub fn span(starts_on: Date, ends_on: Date) -> String {
    french::date_range(starts_on, ends_on)
}

/// « Consentement du 2 mars 2026 ».
#[must_use]
pub fn consented(day: Date) -> String {
    format!("Accord de la personne le {}", french::date(day))
}

/// « Terminée le 2 mars 2026 ».
#[must_use]
pub fn ended(day: &str) -> String {
    format!("Terminée le {day}")
}

/// « depuis le 2 mars 2026 ».
#[must_use]
pub fn tie_span(since: Date, until: Option<Date>) -> String {
    ties::labels::span(Some(since), until)
}

/// « Anne-Lise Abel : a évalué la personne, depuis le 2 mars 2026 ».
#[must_use]
pub fn tie_line(name: &str, kind: CandidateTieKind, span: &str) -> String {
    format!("{name}\u{202f}: {}, {span}", ties::labels::with_candidate(kind).to_lowercase())
}

/// Said when the livret may not be written in.
#[must_use]
pub const fn closed(state: State) -> &'static str {
    match state {
        State::Enrolled => "Le livret s’ouvre après le positionnement.",
        _ => "Le livret est figé avec le dossier.",
    }
}

/// What a line of the livret was, before it is taken back.
#[must_use]
pub fn observation_title(code: &str, day: Date) -> String {
    format!("Observation de la compétence {code}, le {}", french::date(day))
}

/// A line that was taken back, and why.
#[must_use]
pub fn taken_back(title: &str, why: &str) -> String {
    format!("{title}. {why}.")
}
