//! What lacks before an act on a session, and what deserves a look.

use entity::jury_session::JuryState;
use time::{Date, OffsetDateTime};

use super::super::delays::{Delay, Late};
use super::super::state::{Guard, TABLE};
use super::super::wording;
use super::acts::event;
use super::state;
use crate::render::french;
use crate::rules::jury::quorum::Lack;

/// What may be done from a state that refused.
#[must_use]
pub fn wrong_state(from: Option<JuryState>) -> String {
    let Some(from) = from else { return "Ce jury n’existe pas encore.".to_owned() };
    let possible: Vec<_> = TABLE.steps(from).map(event).collect();
    let stands = format!("L’état du jury est «\u{202f}{}\u{202f}»", state(from).word);
    if possible.is_empty() {
        return format!("{stands}\u{202f}: plus rien ne peut y changer.");
    }
    format!("{stands}. Sont possibles\u{202f}: {}.", possible.join(", "))
}

/// What lacks before an event.
#[must_use]
pub const fn guard(guard: Guard) -> &'static str {
    match guard {
        Guard::AgreementHeld => "Un agrément en cours pour organiser l’évaluation de cette certification.",
        Guard::CandidatesExpected => "Le nombre de candidats attendus.",
        Guard::ReasonGiven => "Un motif.",
        Guard::DateKnown => "Une date, un lieu et leur fuseau.",
        Guard::Impartial => "L’indépendance de la personne.",
        Guard::PresidentAccepted => "L’accord de la personne qui préside.",
        Guard::QuorumReachable => "Assez de membres pour atteindre le quorum.",
        Guard::CandidateChosen => "Au moins un candidat admis à se présenter.",
        Guard::FilesComplete => "Le dossier complet de chaque candidat.",
        Guard::QuorumPresent => "Le quorum dans la salle.",
        Guard::ImpartialityDeclared => "La déclaration d’impartialité de chaque membre.",
        Guard::MembersIdentified => "L’identité vérifiée de chaque membre.",
        Guard::MembersMissing => "L’absence des membres nécessaires.",
        Guard::AllHeard => "L’audition de chaque candidat présent.",
        Guard::AllDecided => "Une décision pour chaque candidat présent.",
        Guard::AllSigned => "La signature de chaque membre, ou son refus motivé.",
        Guard::ChecklistDone => "Chaque point du contrôle.",
        Guard::NotOfTheJury => "Un contrôle par une personne qui n’a pas siégé.",
        Guard::FindingsWritten => "Ce qui est à rectifier.",
        Guard::OriginalKept => "Le procès-verbal d’origine conservé.",
        Guard::DeliverySet => "La date de délivrance.",
        Guard::PapersProduced => "Les courriers et les certificats.",
    }
}

/// Who lacks for a quorum.
#[must_use]
pub fn lack(lack: Lack) -> String {
    let people = |(present, wanted): (usize, usize), what: &str| {
        let count = i64::try_from(wanted.saturating_sub(present)).unwrap_or(i64::MAX);
        format!("Il manque {} {what}.", french::plural(count, "personne", "personnes"))
    };
    match lack {
        Lack::President => "Personne ne préside encore ce jury.".to_owned(),
        Lack::Employers { present, wanted } => people((present, wanted), "du collège employeurs"),
        Lack::Employees { present, wanted } => people((present, wanted), "du collège salariés"),
        Lack::Total { present, wanted } => people((present, wanted), "ayant voix"),
    }
}

/// Said while whoever should preside has not answered.
pub const PRESIDENT_HAS_NOT_ANSWERED: &str = "La personne qui préside n’a pas encore accepté.";

/// Said to whoever may not know the ties of members.
pub const PANEL_TO_CHANGE: &str = "La composition du jury est à revoir.";

/// What is looked at: nobody who sits is refused by a tie.
pub const NO_TIE_REFUSES: &str = "Aucun lien connu n’écarte une personne du jury.";

/// Said of a candidate whom too few members may judge.
#[must_use]
pub fn out_of_reach(name: &str, lacks: &[Lack]) -> String {
    // Whoever joins the college that lacks votes too.
    let told = |lack: &&Lack| lacks.len() == 1 || !matches!(lack, Lack::Total { .. });
    let lacks: Vec<String> = lacks.iter().filter(told).map(|lack| short_lack(*lack)).collect();
    format!(
        "Le quorum ne peut pas être atteint pour {name}\u{202f}: un lien écarte des membres de cette candidature. Il manque {}.",
        french::list(&lacks)
    )
}

/// Who lacks, inside a sentence.
fn short_lack(lack: Lack) -> String {
    let people = |(present, wanted): (usize, usize), what: &str| {
        let count = i64::try_from(wanted.saturating_sub(present)).unwrap_or(i64::MAX);
        format!("{} {what}", french::plural(count, "personne", "personnes"))
    };
    match lack {
        Lack::President => "une présidence".to_owned(),
        Lack::Employers { present, wanted } => people((present, wanted), "du collège employeurs"),
        Lack::Employees { present, wanted } => people((present, wanted), "du collège salariés"),
        Lack::Total { present, wanted } => people((present, wanted), "ayant voix"),
    }
}

/// Said of a delay that is not kept.
#[must_use]
pub fn late(found: &Late) -> String {
    let what = match found.delay {
        Delay::President => "la présidence était à désigner",
        Delay::Members => "les membres étaient à désigner",
        Delay::Candidates => "les candidats étaient à convoquer",
    };
    let days = french::plural(found.days.into(), "jour", "jours");
    format!("Le délai de {days} n’est pas tenu\u{202f}: {what} au plus tard le {}.", french::date(found.due))
}

/// Said of a session that may not be opened yet.
#[must_use]
pub fn opens_later(from: OffsetDateTime, zone: &str) -> String {
    format!("Ce jury s’ouvre à partir du {}.", wording::instant(from, zone))
}

/// What is looked at: nobody sits again too early.
pub const GAP_KEPT: &str = "Le délai depuis le dernier passage de chaque candidat.";
/// Said of what an act asks, and that is there.
pub const MET: &str = "Réuni";
/// Said of what an act asks, and that lacks.
pub const LACKS: &str = "Manque";

/// Title of what is looked at before the next act of the team.
#[must_use]
pub const fn before(state: JuryState) -> &'static str {
    match state {
        JuryState::Confirmed => "Avant de convoquer les candidats",
        _ => "Avant de confirmer le jury",
    }
}

/// Said of a candidate who sat too little time before.
#[must_use]
pub fn too_soon(name: &str, first: Date) -> String {
    format!("{name} ne peut pas repasser avant le {}.", french::date(first))
}

/// Said of a candidate who may not be called.
#[must_use]
pub fn not_ready(name: &str) -> String {
    format!("{name} ne peut plus se présenter\u{202f}: son admission n’a plus cours.")
}
