//! French words of the day of a session.

use entity::candidate::JuryDecision;
use entity::epreuve::{EpreuveKind, Scale};
use entity::jury_incident::IncidentKind;
use entity::jury_passage::Presence;
use entity::jury_vote::Vote;

use super::super::load::Passing;
use super::super::wording;
use crate::http::web::component::{Color, Status};
use crate::http::web::layout::Flash;
use crate::render::french;
use crate::rules::jury::quorum::Lack;
use crate::rules::referential::Unit;

/// Title of the page before the session is open.
pub const OPENING: &str = "Ouverture du jury";
/// Title of the page of a candidate.
pub const HEARING: &str = "Passages du jury";
/// Title of the page of the decisions.
pub const DELIBERATION: &str = "Délibération du jury";
/// Title of the page of the incidents.
pub const INCIDENTS: &str = "Incidents du jury";
/// Title of the page that asks before a shortage is recorded.
pub const NO_QUORUM: &str = "Constater la carence du jury";
/// Title of the page of an abstention.
pub const ABSTENTION: &str = "Abstention d’un membre";
/// Title of the page of a decision.
pub const DECISION: &str = "Décision du jury";
/// Title of the summary of faults.
pub const NOT_RECORDED: &str = "Rien n’est enregistré";

/// Fault of a form.
pub const YES_OR_NO: &str = "Choisissez validé ou non validé";
/// Fault of a form.
pub const PRESENCE_WANTED: &str = "Indiquez si la personne est présente";
/// Fault of a form.
pub const DOCUMENT_WANTED: &str = "Choisissez le document d’identité présenté";
/// Fault of a form.
pub const DECISION_WANTED: &str = "Choisissez une décision";
/// Fault of a form.
pub const MEMBER_WANTED: &str = "Choisissez le membre qui s’abstient";
/// Fault of a form.
pub const KIND_WANTED: &str = "Choisissez ce qui s’est passé";
/// Fault of a form.
pub const SUSPECT_WANTED: &str = "Choisissez la personne soupçonnée de fraude";
/// Fault of a form.
pub const HOUR_WANTED: &str = "Indiquez une heure, par exemple 9\u{202f}h\u{202f}30";
/// Fault of a form.
pub const NOT_YET: &str = "Cette heure n’est pas encore passée";
/// Fault of a form.
pub const DESCRIPTION_WANTED: &str = "Décrivez ce qui s’est passé";
/// Fault of a form.
pub const UNKNOWN_FIELD: &str = "Cette rubrique n’est pas dans le référentiel du jury";
/// Fault of a form.
pub const MARK_FIRST: &str = "Notez d’abord l’épreuve";
/// Fault of a form.
pub const RULE_FIRST: &str = "Choisissez d’abord validé ou non validé";
/// Fault of a form.
pub const UNKNOWN_MEMBER: &str = "Cette personne n’est pas dans la salle, ou n’a pas voix";
/// Fault of a form.
pub const APART: &str = "Cette personne s’abstient pour ce passage";
/// Fault of a form.
pub const ALREADY_APART: &str = "Cette abstention est déjà notée";
/// Fault of a form.
pub const ALREADY_WITHDRAWN: &str = "Cet incident est déjà retiré";
/// Fault of a form.
pub const DECLARATION_WANTED: &str = "La personne signe d’abord sa déclaration d’impartialité";
/// Fault of a form.
pub const OTHER_SESSION: &str = "Cette saisie appartient à un autre jury";
/// Fault of a form.
pub const STAYS_HERE: &str = "Le jury est ouvert\u{202f}: cette personne reste comptée dans la salle";
/// What lacks for a decision.
pub const NOT_ALL_ACQUIRED: &str = "Une validation totale demande que chaque bloc, ou chaque compétence, obligatoire soit validé. Prononcez-vous d’abord.";
/// What lacks for a decision.
pub const NO_PART: &str =
    "Une validation partielle demande au moins un bloc validé, et un référentiel qui la permet.";
/// Why a candidate is adjourned without a vote.
pub const QUORUM_LOST: &str = "Quorum non atteint pour ce passage";
/// Why somebody stays apart from a candidate whom data says that they know.
pub const KNOWN_TIE: &str = "Lien connu avec cette personne";
/// Said of a change that came after another.
pub const CONFLICT: &str =
    "Une autre valeur a été saisie sur un autre appareil\u{202f}: choisissez celle à garder.";
/// What a member declares.
pub const IMPARTIAL: &str = "Je n’ai aucun lien avec les candidats ni avec leur structure qui puisse influencer mon jugement, et je garde le secret des délibérations.";

/// How people voted.
pub const UNANIMOUS: &str = "À l’unanimité des membres présents";
/// How people voted.
pub const BY_VOTES: &str = "Par un vote de chaque membre";
/// A result.
pub const ACQUIRED: &str = "Acquis";
/// A result.
pub const NOT_ACQUIRED: &str = "Non acquis";
/// The word of a line of the checklist.
pub const CHECKED: &str = "Vérifié";
/// The word of a line of the checklist.
pub const LACKS: &str = "Manque";
/// Looked at before the end, and there.
pub const QUORUM_KEPT: &str = "Le quorum pour chaque candidat dont le jury décide.";
/// Looked at before the end, and there.
pub const FRAUD_SETTLED: &str = "Une décision motivée pour chaque suspicion de fraude.";
/// Said when nothing keeps the deliberation from beginning.
pub const NOTHING_LACKS: &str = "Quorum, présences, décisions et observations sont complets.";
/// The button that keeps.
pub const WAIT: &str = "Attendre les membres";
/// The button that does.
pub const RECORD_NO_QUORUM: &str = "Constater la carence";

/// Looked at before the end, and there.
#[must_use]
pub const fn all_observed(blocs: bool) -> &'static str {
    if blocs {
        "Une observation pour chaque bloc non validé."
    } else {
        "Une observation pour chaque compétence non validée."
    }
}

/// What a shortage changes.
#[must_use]
pub fn no_quorum_effects(reason: &str) -> Vec<String> {
    [
        reason,
        "Le jury ne se tient pas\u{202f}; personne ne perd de tentative.",
        "Les candidats restent admis à se présenter à un autre jury.",
        "La structure, les membres et les candidats convoqués sont prévenus.",
    ]
    .map(str::to_owned)
    .to_vec()
}

/// Whether somebody came, as a choice.
#[must_use]
pub const fn arrival(presence: Presence) -> &'static str {
    match presence {
        Presence::Expected => "Pas encore venue",
        Presence::Present => "Présente, identité vérifiée",
        Presence::Absent => "Absente",
        Presence::AbsentExcused => "Absente, avec un justificatif",
    }
}

/// Two values of one field, typed at the same time.
#[must_use]
pub fn two_values(field: &str, known: &str, typed: &str) -> String {
    let shown = |value: &str| {
        let value = value.trim();
        if value.is_empty() { "rien".to_owned() } else { format!("«\u{202f}{value}\u{202f}»") }
    };
    format!("Rubrique {field}\u{202f}: {} enregistré, {} saisi ici.", shown(known), shown(typed))
}

/// Who lacks in the room.
#[must_use]
pub fn lack(lack: Lack) -> String {
    let people = |(present, wanted): (usize, usize), what: &str| {
        format!("{what}\u{202f}: {present} dans la salle, {wanted} au moins.")
    };
    match lack {
        Lack::President => "La présidence n’est pas dans la salle.".to_owned(),
        Lack::Employers { present, wanted } => people((present, wanted), "Collège employeurs"),
        Lack::Employees { present, wanted } => people((present, wanted), "Collège salariés"),
        Lack::Total { present, wanted } => people((present, wanted), "Membres ayant voix"),
    }
}

/// Said of a member who declared nothing.
#[must_use]
pub fn undeclared(name: &str) -> String {
    format!("La déclaration d’impartialité de {name}.")
}

/// Said of somebody in the room who may not sit.
#[must_use]
pub fn may_not_sit(name: &str, why: &str) -> String {
    format!("{name} ne peut pas siéger. {why}")
}

/// Said of a decision in which somebody who knows the candidate took part.
#[must_use]
pub fn tie_learnt(member: &str, candidate: &str) -> String {
    format!(
        "Un lien de {member} avec {candidate} est connu\u{202f}: reprenez la décision pour cette personne, sans ce membre."
    )
}

/// What lacks before somebody was heard; nothing when they were.
#[must_use]
pub fn unheard(one: &Passing) -> Option<String> {
    let name = wording::name(&one.candidate);
    match one.row.presence {
        Presence::Expected => Some(format!("La présence ou l’absence de {name}.")),
        Presence::Present if one.row.heard_at.is_none() && one.row.decision.is_none() => {
            Some(format!("L’audition de {name}."))
        }
        Presence::Present | Presence::Absent | Presence::AbsentExcused => None,
    }
}

/// Said of somebody without a decision.
#[must_use]
pub fn undecided(name: &str) -> String {
    format!("La décision pour {name}.")
}

/// Said of somebody whose quorum is lost.
#[must_use]
pub fn quorum_lost(name: &str) -> String {
    format!("Le quorum pour {name}\u{202f}: cette personne est à ajourner.")
}

/// Said of a unit that is not acquired, and of which nothing is said.
#[must_use]
pub fn unobserved(name: &str, unit: &str, blocs: bool) -> String {
    if blocs {
        format!("Une observation pour {name}, bloc {unit} non validé.")
    } else {
        format!("Une observation pour {name}, compétence {unit} non validée.")
    }
}

/// Said of somebody who is suspected of a fraud, without a reason in the decision.
#[must_use]
pub fn fraud_unsettled(name: &str) -> String {
    format!(
        "La suspicion de fraude de {name}\u{202f}: reprenez la décision avec un motif, ou attendez celle de l’équipe certification."
    )
}

/// Said of a mark outside its scale.
#[must_use]
pub fn off_scale(scale: Scale, highest: i32) -> String {
    match scale {
        Scale::Binary => "Choisissez acquis ou non acquis".to_owned(),
        Scale::FourLevels => "Choisissez un niveau de 1 à 4".to_owned(),
        Scale::Numeric => format!("Indiquez une note entière, de 0 à {highest}"),
    }
}

/// Whether somebody came.
#[must_use]
pub const fn presence(presence: Presence) -> &'static str {
    match presence {
        Presence::Expected => "À venir",
        Presence::Present => "Présence",
        Presence::Absent => "Absence",
        Presence::AbsentExcused => "Absence justifiée",
    }
}

/// A decision, as a title.
#[must_use]
pub const fn decision(decision: JuryDecision) -> &'static str {
    match decision {
        JuryDecision::Total => "Validation totale",
        JuryDecision::Partial => "Validation partielle",
        JuryDecision::Refused => "Refus",
        JuryDecision::Adjourned => "Ajournement",
        JuryDecision::Absent => "Absence",
        JuryDecision::AbsentExcused => "Absence justifiée",
        JuryDecision::Fraud => "Fraude",
    }
}

/// Where a passage stands, in the strip.
#[must_use]
pub fn passage(one: &Passing) -> Status {
    match (one.row.decision, one.row.presence) {
        (Some(JuryDecision::Total), _) => Status::new("Totale", "coche", Color::Pre),
        (Some(JuryDecision::Partial), _) => Status::new("Partielle", "demi", Color::Ocre),
        (Some(JuryDecision::Refused | JuryDecision::Fraud), _) => {
            Status::new("Refus", "croix", Color::Garance)
        }
        (Some(JuryDecision::Adjourned), _) => Status::new("Ajournement", "pause", Color::Ocre),
        (_, Presence::Absent) => Status::new("Absence", "moins", Color::Prune),
        (_, Presence::AbsentExcused) => Status::new("Absence justifiée", "moins", Color::Prune),
        (_, Presence::Present) if one.row.heard_at.is_some() => {
            Status::new("Audition faite", "coche", Color::Ciel)
        }
        (_, Presence::Present) => Status::new("Présence notée", "horloge", Color::Ciel),
        (_, Presence::Expected) => Status::new("À venir", "cercle", Color::Ardoise),
    }
}

/// What stands under the decision that is proposed.
#[must_use]
pub fn proposal(units: &[Unit], blocs: bool) -> String {
    let count = |wanted: Option<bool>| units.iter().filter(|unit| unit.acquired == wanted).count();
    let number = |count: usize| i64::try_from(count).unwrap_or(i64::MAX);
    let (all, done) = (units.len(), count(Some(true)));
    let left: Vec<&str> =
        units.iter().filter(|unit| unit.acquired == Some(false)).map(|unit| unit.code.as_str()).collect();
    let again = match left.as_slice() {
        [] => None,
        [one] if blocs => Some(format!("Le bloc {one} pourra être repassé lors d’un prochain jury.")),
        [one] => Some(format!("La compétence {one} reste à acquérir.")),
        several if blocs => {
            let several = french::list(several);
            Some(format!("Les blocs {several} pourront être repassés lors d’un prochain jury."))
        }
        several => Some(format!("Les compétences {} restent à acquérir.", french::list(several))),
    };
    let unknown = count(None);
    let words = if blocs {
        [("bloc reste", "blocs restent"), ("bloc validé", "blocs validés")]
    } else {
        [("compétence reste", "compétences restent"), ("compétence validée", "compétences validées")]
    };
    let [(left_one, left_many), (done_one, done_many)] = words;
    let unknown = (unknown > 0)
        .then(|| format!("{} à renseigner.", french::plural(number(unknown), left_one, left_many)));
    let acquired = french::plural(number(done), done_one, done_many);
    [Some(format!("{acquired} sur {all}.")), again, unknown]
        .into_iter()
        .flatten()
        .collect::<Vec<_>>()
        .join(" ")
}

/// A vote.
#[must_use]
pub const fn vote(vote: Vote) -> &'static str {
    match vote {
        Vote::Yes => "Pour",
        Vote::No => "Contre",
        Vote::Blank => "Blanc",
    }
}

/// What kind of incident.
#[must_use]
pub const fn incident(kind: IncidentKind) -> &'static str {
    match kind {
        IncidentKind::Fraud => "Suspicion de fraude",
        IncidentKind::Identity => "Doute sur l’identité",
        IncidentKind::Health => "Santé ou malaise",
        IncidentKind::Material => "Panne ou matériel",
        IncidentKind::Disruption => "Trouble du déroulement",
        IncidentKind::Delay => "Retard",
        IncidentKind::Other => "Autre",
    }
}

/// What a candidate does in an épreuve.
#[must_use]
pub const fn epreuve(kind: EpreuveKind) -> &'static str {
    match kind {
        EpreuveKind::ObservationSituation => "Observation en situation de travail",
        EpreuveKind::MiseEnSituation => "Mise en situation",
        EpreuveKind::Questionnaire => "Questionnaire",
        EpreuveKind::Dossier => "Dossier",
        EpreuveKind::Entretien => "Entretien avec le jury",
        EpreuveKind::PresentationOrale => "Présentation orale",
        EpreuveKind::RapportTuteur => "Rapport du tuteur ou de la tutrice",
    }
}

/// How an épreuve is marked.
#[must_use]
pub fn scale(scale: Scale, threshold: Option<i32>, out_of: Option<i32>) -> String {
    match (scale, threshold, out_of) {
        (Scale::Binary, ..) => "Acquis ou non acquis.".to_owned(),
        (Scale::FourLevels, Some(from), _) => format!("Niveau de 1 à 4, acquis à partir de {from}."),
        (Scale::FourLevels, None, _) => "Niveau de 1 à 4.".to_owned(),
        (Scale::Numeric, Some(from), Some(highest)) => {
            format!("Note sur {highest}, acquis à partir de {from}.")
        }
        (Scale::Numeric, _, Some(highest)) => format!("Note sur {highest}."),
        (Scale::Numeric, ..) => "Note.".to_owned(),
    }
}

/// What the results say of a unit.
#[must_use]
pub const fn from_results(acquired: Option<bool>) -> &'static str {
    match acquired {
        Some(true) => "D’après les épreuves\u{202f}: validé.",
        Some(false) => "D’après les épreuves\u{202f}: non validé.",
        None => "",
    }
}

/// « La Fabrique des Tilleuls. mardi 16 janvier 2024, de 9 h à 12 h ».
#[must_use]
pub fn subject(structure: &str, certification: &str, day: &str) -> String {
    format!("{structure}. {certification}, {day}.")
}

/// « Passage de 14 h 30 ».
#[must_use]
pub fn turn(rank: i32, hour: Option<&str>) -> String {
    hour.map_or_else(|| format!("Passage {rank}"), |hour| format!("Passage de {hour}"))
}

/// Said once the session is open.
#[must_use]
pub fn opened() -> Flash {
    Flash::done("Jury ouvert.", "Notez la présence de chaque candidat, puis ses résultats.")
}

/// Said once a shortage is recorded.
#[must_use]
pub fn no_quorum() -> Flash {
    Flash::done(
        "Carence constatée.",
        "Personne ne perd de tentative. La structure, les membres et les candidats sont prévenus.",
    )
}

/// Said once an abstention is recorded.
#[must_use]
pub fn abstained(name: &str, adjourned: bool) -> Flash {
    if adjourned {
        return Flash::problem(
            "Abstention notée.",
            format!(
                "Le quorum n’est plus atteint pour {name}\u{202f}: cette personne est ajournée, sans perdre de tentative."
            ),
        );
    }
    Flash::done("Abstention notée.", format!("Le quorum reste atteint pour {name}."))
}

/// Said once an incident is recorded.
#[must_use]
pub fn told(kind: IncidentKind) -> Flash {
    match kind {
        IncidentKind::Fraud => Flash::done(
            "Incident noté.",
            "L’équipe certification est prévenue, et entendra la personne. La décision du jury pour elle demandera un motif.",
        ),
        _ => Flash::done("Incident noté.", "Il figurera au procès-verbal."),
    }
}

/// Said once an incident is withdrawn.
#[must_use]
pub fn withdrawn() -> Flash {
    Flash::done("Incident retiré.", "Il reste visible ici, et ne figurera pas au procès-verbal.")
}

/// Said once it is known whether somebody came.
#[must_use]
pub fn arrived(name: &str, came: Presence) -> Flash {
    let next = match came {
        Presence::Present => "Saisissez maintenant ses résultats.",
        Presence::Expected | Presence::Absent | Presence::AbsentExcused => {
            "Vous pouvez encore la corriger jusqu’à la délibération."
        }
    };
    Flash::done(format!("{} notée pour {name}.", presence(came)), next)
}

/// Said once the deliberation begins.
#[must_use]
pub fn deliberating() -> Flash {
    Flash::done("Délibération ouverte.", "Prenez une décision pour chaque personne présente.")
}

/// Said once a decision is taken.
#[must_use]
pub fn decided(name: &str, taken: JuryDecision) -> Flash {
    Flash::done(format!("{}.", decision(taken)), format!("Décision enregistrée pour {name}."))
}
