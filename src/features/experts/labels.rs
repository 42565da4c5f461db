//! French words of experts.

use entity::expert_piece::PieceCode;
use entity::habilitation::{self, Duty, HabilitationState};
use entity::habilitation_step::{self, StepKind};
use time::{Date, OffsetDateTime};

use super::actions::habilitation::{JuryMember, Quality};
use super::input::Status as Situation;
use super::path::{self, Progress};
use super::queries::{Habilitation, Planned, PlannedKind};
pub use super::renewal::labels::{condition, condition_parts, weighed};
pub use crate::features::rights::labels::expert_piece as piece;
use crate::http::web::component::{Color, Status};
use crate::http::web::layout::Flash;
use crate::render::french;
use crate::rules::calendar::written;
use crate::rules::deadline::day_in_zone;
use crate::rules::period::Period;
use crate::rules::right::Standing;
use crate::rules::territory;

/// No such certification.
pub const UNKNOWN_CERTIFICATION: &str = "Cette certification n’existe pas";
/// Nobody, or the person themselves, is named to accompany.
pub const OTHER_SENIOR: &str = "Choisissez une autre personne habilitée, qui accompagnera celle-ci";
/// Whoever is named to accompany does not hold the duty.
pub const SENIOR_NOT_HABILITATED: &str =
    "Cette personne n’est pas habilitée aujourd’hui à cette fonction. Choisissez une personne qui l’est";

/// The name of a duty.
#[must_use]
pub const fn duty(duty: Duty) -> &'static str {
    match duty {
        Duty::Mandataire => "Mandataire",
        Duty::Controleur => "Contrôle",
        Duty::Epsp => "Formation EPSP",
    }
}

/// People of a duty, in a heading.
#[must_use]
pub const fn people_of(duty: Duty) -> &'static str {
    match duty {
        Duty::Mandataire => "Mandataires",
        Duty::Controleur => "Contrôleuses et contrôleurs",
        Duty::Epsp => "Formatrices et formateurs EPSP",
    }
}

/// What binds an expert to the work.
#[must_use]
pub const fn situation(situation: Situation) -> &'static str {
    match situation {
        Situation::Employee => "Salariat dans une structure",
        Situation::Staff => "Salariat dans l’organisme certificateur",
        Situation::Independent => "Activité indépendante",
        Situation::Volunteer => "Bénévolat",
        Situation::Retired => "Retraite",
    }
}

/// Days before the end at which an habilitation is to be renewed.
const SOON: i64 = 90;

/// Title of the list.
pub const EXPERTS: &str = "Intervenants";
/// Title of the page of an account that no file is linked to.
pub const OWN_FILE: &str = "Ma fiche";
/// Title of the form.
pub const NEW_EXPERT: &str = "Enregistrer une personne";

/// Title of the page that changes a file.
#[must_use]
pub fn change_of(name: &str) -> String {
    format!("Modifier la fiche, {name}")
}
/// Above the faults.
pub const NOT_RECORDED: &str = "Les changements ne sont pas encore enregistrés";
/// Term of the margin.
pub const PLACE: &str = "Département";
/// Term of the margin.
pub const PHONE: &str = "Téléphone";
/// Term of the margin.
pub const EMAIL: &str = "Courriel";
/// Term of the margin.
pub const SITUATION: &str = "Statut";
/// No habilitation today.
pub const NO_DUTY: &str = "Aucune habilitation en cours";
/// No region.
pub const EVERYWHERE: &str = "Toutes les régions";
/// Fault of a form.
pub const DUTY_WANTED: &str = "Choisissez une fonction";

/// Said once recorded.
#[must_use]
pub fn recorded() -> Flash {
    Flash::done("Changements enregistrés.", "")
}

/// The part of a person, inside a sentence.
#[must_use]
pub const fn duty_of(duty: Duty) -> &'static str {
    match duty {
        Duty::Mandataire => "mandataire",
        Duty::Controleur => "contrôle des structures",
        Duty::Epsp => "formation EPSP",
    }
}

/// What a file looks like on a day: what its rights say of that day first, while it runs.
#[must_use]
pub fn state(found: &Habilitation, today: Date) -> Status {
    use HabilitationState as State;
    match found.file.state {
        State::Applied => Status::new("Candidature", "plume", Color::Ciel),
        State::InTraining => Status::new("En formation", "horloge", Color::Ciel),
        State::Presented => Status::new("Présentée au jury", "groupe", Color::Ciel),
        // From a day to come: until then it counts.
        State::Suspended if found.valid_on(today) => Status::new("Suspension à venir", "pause", Color::Prune),
        State::Suspended => Status::new("Suspendue", "pause", Color::Prune),
        State::Refused => Status::new("Refusée", "croix", Color::Garance),
        State::Withdrawn => Status::new("Retirée", "croix", Color::Garance),
        State::Resigned => Status::new("Démission", "cercle", Color::Ardoise),
        State::Expired => Status::new("Expirée", "cercle", Color::Ardoise),
        // Renewed in advance, it is in force and not to come.
        State::Active => match found.rights.iter().map(|held| held.standing_on(today)).min() {
            Some(Standing::ToCome) => Status::new("À venir", "horloge", Color::Ciel),
            Some(Standing::Suspended) => Status::new("Suspendue", "pause", Color::Prune),
            Some(Standing::Ended) => Status::new("Expirée", "cercle", Color::Ardoise),
            _ if ends_soon(found, today) => Status::new("À renouveler", "horloge", Color::Ocre),
            _ => Status::new("Active", "coche", Color::Pre),
        },
    }
}

/// What a file looks like on another day than today: what its rights say of that day, since the acts of its path are not
/// kept by day.
#[must_use]
pub fn state_on(found: &Habilitation, day: Date) -> Status {
    match found.rights.iter().map(|held| held.standing_on(day)).min() {
        Some(Standing::InForce | Standing::InGrace) => Status::new("Active", "coche", Color::Pre),
        Some(Standing::Suspended) => Status::new("Suspendue", "pause", Color::Prune),
        Some(Standing::Pending | Standing::ToCome) => Status::new("À venir", "horloge", Color::Ciel),
        Some(Standing::Ended | Standing::Void) => Status::new("Terminée", "cercle", Color::Ardoise),
        None => Status::new("Non délivrée", "cercle", Color::Ardoise),
    }
}

/// Title of the page of what an expert holds.
pub const OWN_HABILITATIONS: &str = "Mes habilitations";
/// Leads to the page where the charter is signed.
pub const SIGN_CHARTER: &str = "Lire et signer";

/// Title of the list of files.
pub const FILES: &str = "Dossiers d’habilitation";

/// What is not of the day looked at.
pub const OF_TODAY: &str =
    "Les habilitations et les pièces sont celles de ce jour-là, l’identité celle d’aujourd’hui.";

/// The word of a state, as the diagram shows it.
#[must_use]
pub const fn state_word(state: HabilitationState) -> &'static str {
    match state {
        HabilitationState::Applied => "Candidature",
        HabilitationState::InTraining => "En formation",
        HabilitationState::Presented => "Présentée au jury",
        HabilitationState::Active => "Active",
        HabilitationState::Suspended => "Suspendue",
        HabilitationState::Refused => "Refusée",
        HabilitationState::Withdrawn => "Retirée",
        HabilitationState::Resigned => "Démission",
        HabilitationState::Expired => "Expirée",
    }
}

/// Whether an habilitation is to be renewed.
#[must_use]
pub fn ends_soon(found: &Habilitation, today: Date) -> bool {
    let left = found.ends_on().map(|end| (end - today).whole_days());
    found.file.state == HabilitationState::Active && left.is_some_and(|left| (0..=SOON).contains(&left))
}

/// Why a step is refused.
#[must_use]
pub fn wrong_state(from: Option<HabilitationState>) -> String {
    let state = from.map_or("à ouvrir", state_word).to_lowercase();
    format!("Ce dossier ne permet pas cette étape\u{202f}: son état est «\u{202f}{state}\u{202f}».")
}

/// The name of a step of the path.
#[must_use]
pub const fn step(duty: Duty, kind: StepKind) -> &'static str {
    match (kind, duty) {
        (StepKind::Interview, _) => "Entretien",
        (StepKind::Theory, Duty::Epsp) => "Théorie\u{202f}: référentiel, outils, règles d’évaluation",
        (StepKind::Theory, Duty::Mandataire) => {
            "Théorie\u{202f}: règlement, impartialité, procès-verbal, données"
        }
        (StepKind::Theory, Duty::Controleur) => {
            "Théorie\u{202f}: grille, contradictoire, rédaction du rapport"
        }
        (StepKind::Observation, Duty::Epsp) => "Fond de salle\u{202f}: session entière observée",
        (StepKind::Observation, Duty::Mandataire) => "Fond de salle\u{202f}: jury observé sans voix",
        (StepKind::Observation, Duty::Controleur) => "Contrôle en tandem",
        (StepKind::CoAnimation, _) => "Session coanimée",
        (StepKind::Supervised, Duty::Epsp) => "Session animée sous supervision",
        (StepKind::Supervised, Duty::Mandataire) => "Jury présidé avec une personne expérimentée",
        (StepKind::Supervised, Duty::Controleur) => "Contrôle conduit avec une personne expérimentée",
        (StepKind::Accompaniment, _) => "Accompagnement individuel\u{202f}: entretien daté",
    }
}

/// Records the piece that follows another.
pub const NEXT_PIECE: &str = "Enregistrer la suivante";

/// Said of a mission that another step of the file rests on.
pub const MISSION_RESTED: &str = "Une étape repose déjà sur cette mission";
/// Said of a mission that a step may not rest on.
pub const MISSION_UNFIT: &str = "Choisissez une mission d’observation de cette personne, faite pendant sa formation, avec son compte rendu";

/// A mission to choose.
#[must_use]
pub fn observed(number: &str, day: Date) -> String {
    format!("{number}, {}", french::date(day))
}

/// An observation of the practice of someone habilitated.
pub const PRACTICE: &str = "Observation de la pratique";

/// The name of a step done.
#[must_use]
pub fn step_done(file: &habilitation::Model, done: &habilitation_step::Model) -> &'static str {
    if path::is_practice(file, done) { PRACTICE } else { step(file.duty, done.kind) }
}

/// The name of a step whatever the duty.
#[must_use]
pub const fn step_word(kind: StepKind) -> &'static str {
    match kind {
        StepKind::Interview => "Entretien",
        StepKind::Theory => "Théorie",
        StepKind::Observation => "Fond de salle",
        StepKind::CoAnimation => "Session coanimée",
        StepKind::Supervised => "Pratique accompagnée",
        StepKind::Accompaniment => "Accompagnement individuel",
    }
}

/// Several steps, in a sentence.
#[must_use]
pub fn step_list(duty: Duty, kinds: &[StepKind]) -> String {
    let names: Vec<_> = kinds.iter().map(|kind| step(duty, *kind)).collect();
    names.join("\u{202f}; ")
}

/// What is missing of a step, with its name.
#[must_use]
pub fn step_lack(duty: Duty, progress: &Progress) -> String {
    format!("{}, {}", step(duty, progress.kind), step_count(progress))
}

/// How much of a step is done.
#[must_use]
pub fn step_count(progress: &Progress) -> String {
    if progress.is_complete() || progress.done < progress.wanted {
        return format!("{} sur {}", progress.done, progress.wanted);
    }
    "à refaire à la demande du jury".to_owned()
}

/// Whether a piece that is asked for is there.
#[must_use]
pub const fn piece_held(held: bool) -> &'static str {
    if held { "Présente" } else { "Manquante" }
}

/// The pieces that an application to a duty asks for.
#[must_use]
pub fn asked_pieces(duty: Duty, codes: &[PieceCode]) -> String {
    let names: Vec<_> = codes.iter().map(|code| piece(*code)).collect();
    format!("{}\u{202f}: {}", self::duty(duty), names.join("\u{202f}; "))
}

/// No plan.
pub const PLAN_WANTED: &str = "Plan d’action de l’accompagnement";

/// What is missing before a grant.
#[must_use]
pub fn grant_lacks(charter: bool, declared: bool) -> Vec<String> {
    let mut lacks = Vec::new();
    if !charter {
        lacks.push("Charte d’impartialité signée".to_owned());
    }
    if !declared {
        lacks.push("Déclaration d’intérêts à jour".to_owned());
    }
    lacks
}

/// Who must sit in a jury.
#[must_use]
pub const fn jury_wanted(duty: Duty) -> &'static str {
    match duty {
        Duty::Epsp => {
            "Le jury réunit la personne responsable de la certification, une personne expérimentée et une personne extérieure"
        }
        Duty::Mandataire | Duty::Controleur => {
            "La commission réunit la personne responsable de la certification et une autre personne au moins"
        }
    }
}

/// As what someone sits in a jury.
#[must_use]
pub const fn quality(quality: Quality) -> &'static str {
    match quality {
        Quality::Manager => "Responsable de la certification",
        Quality::Senior => "Personne expérimentée dans la fonction",
        Quality::External => "Personne extérieure",
    }
}

/// Who sits in a jury, and as what.
#[must_use]
pub fn jury_member(member: &JuryMember) -> String {
    format!("{} ({})", member.name, quality(member.quality).to_lowercase())
}

/// The words of a question before an act that takes something away.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Asked {
    /// The question, which is the title.
    pub question: &'static str,
    /// What happens, before the day.
    happens: &'static str,
    /// Who is told.
    told: &'static str,
    /// The button that does.
    pub act: &'static str,
}

impl Asked {
    const SUSPEND: Self = Self {
        question: "Suspendre cette habilitation\u{202f}?",
        happens: "l’habilitation est suspendue à compter du",
        told: "la personne reçoit un message.",
        act: "Suspendre l’habilitation",
    };
    const WITHDRAW: Self = Self {
        question: "Confirmer le retrait de cette habilitation\u{202f}?",
        happens: "l’habilitation est retirée\u{202f}; elle ne compte plus à compter du",
        told: "la personne reçoit un message.",
        act: "Confirmer le retrait",
    };
    /// Given up: the day is the last one that counts.
    pub const RESIGN: Self = Self {
        question: "Enregistrer cette démission\u{202f}?",
        happens: "l’habilitation prend fin\u{202f}; son dernier jour est le",
        told: "l’équipe certification reçoit un message.",
        act: "Enregistrer la démission",
    };
}

/// The question before an act, when there is one.
#[must_use]
pub fn asked(act: &str) -> Option<Asked> {
    match act {
        "suspendre" => Some(Asked::SUSPEND),
        "confirmer-retrait" => Some(Asked::WITHDRAW),
        "demissionner" => Some(Asked::RESIGN),
        _ => None,
    }
}

/// The button that leaves everything as it is.
pub const KEEP: &str = "Garder l’habilitation";

/// Above what the act changes.
#[must_use]
pub fn asked_intro(name: &str, of: Duty) -> String {
    format!("{name}, habilitation «\u{202f}{}\u{202f}». À l’enregistrement\u{202f}:", duty_of(of))
}

/// What the act changes and who is told.
#[must_use]
pub fn effects(asked: &Asked, on: Date, touched: &[Planned]) -> Vec<String> {
    let mut effects = vec![format!("{} {}\u{202f};", asked.happens, written(on))];
    if touched.is_empty() {
        effects.push("aucune mission ni visite prévue n’est touchée\u{202f};".to_owned());
    }
    effects.extend(touched.iter().map(|one| {
        let Some(day) = one.day.map(written) else {
            return format!(
                "la visite {}, sans date encore, est à confier à une autre personne\u{202f};",
                one.reference
            );
        };
        let reference = &one.reference;
        match one.kind {
            PlannedKind::Mission => {
                format!("la mission {reference}, le {day}, est reprise et attend une autre personne\u{202f};")
            }
            PlannedKind::Offer => {
                format!("la mission {reference}, proposée pour le {day}, ne peut plus être acceptée\u{202f};")
            }
            PlannedKind::Visit => {
                format!("la visite {reference}, prévue le {day}, est annulée et attend une autre personne\u{202f};")
            }
        }
    }));
    effects.push(asked.told.to_owned());
    effects
}

/// Met or not.
#[must_use]
pub const fn met(met: bool) -> &'static str {
    if met { "Remplie" } else { "Non remplie" }
}

/// Why an expert is written to.
pub const WHY_EXPERT: &str = "Vous recevez ce message parce que ce dossier d’habilitation est le vôtre.";
/// Why whoever accompanies is written to.
pub const WHY_SENIOR: &str = "Vous recevez ce message parce que vous accompagnez cette formation.";
/// Why a member of a jury is written to.
pub const WHY_JURY: &str = "Vous recevez ce message parce que vous siégez dans ce jury d’habilitation.";
/// Nobody of that key.
pub const UNKNOWN_MEMBER: &str = "Cette personne n’existe pas";

/// When a jury that has not sat yet does.
#[must_use]
pub fn jury_day(day: Date) -> String {
    format!("Le jury siège le {}", french::date(day))
}

/// The last day that a period may have.
#[must_use]
pub fn longest(last: Date) -> String {
    format!("L’habilitation finit au plus tard le {}", french::date(last))
}

/// « lundi 20 octobre 2025 à 9 h », where the person is, with the hour of Paris when it differs.
#[must_use]
pub fn jury_at(at: OffsetDateTime, zone: &str) -> String {
    let day = french::long_date(day_in_zone(at, zone));
    format!("{day} à {}", french::local_and_paris(at, zone))
}

/// The jury in a calendar: the number says whose file it is, without a name.
#[must_use]
pub fn jury_title(number: &str) -> String {
    format!("Jury d’habilitation ({number})")
}

/// What must be waited for before a withdrawal is confirmed.
#[must_use]
pub fn answer_until(day: Date) -> String {
    format!("La personne a jusqu’au {} pour répondre", written(day))
}

/// Why the team is written to.
pub const WHY_STAFF: &str = "Vous recevez ce message parce que vous suivez les habilitations.";
/// Label of a line of a mail or of the page.
pub const REASON: &str = "Motif";
/// The same.
pub const SENIOR: &str = "Accompagnement";
/// The same.
pub const PLAN: &str = "Plan d’action";
/// The same.
pub const VIGILANCE: &str = "Attestation de vigilance";
/// Term.
pub const CHARTER: &str = "Charte d’impartialité";
/// The same.
pub const CHARTER_TO_SIGN: &str = "à signer dans votre espace";
/// The same.
pub const JURY_ON: &str = "Jury le";
/// The same.
pub const JURY_PLACE: &str = "Lieu";
/// The same.
pub const ANSWER: &str = "Observations";
/// The same.
pub const ANSWER_UNTIL: &str = "Réponse possible jusqu’au";
/// The same.
pub const PERIOD: &str = "Période";
/// The same.
pub const CONDITIONS: &str = "Conditions";
/// The same.
pub const TO_REDO: &str = "À refaire";
/// The same.
pub const FROM: &str = "À compter du";
/// The same.
pub const LAST_DAY: &str = "Dernier jour";
/// The same.
pub const DOCUMENTS: &str = "Documents";
/// The same.
pub const TERRITORIES: &str = "Secteur";
/// The same.
pub const LANGUAGES: &str = "Langues";
/// The same.
pub const DECLARATION: &str = "Déclaration d’intérêts";
/// The same.
pub const APPLIED_ON: &str = "Candidature";
/// The same.
pub const JURY: &str = "Jury";
/// Nothing declared.
pub const NOT_DECLARED: &str = "à faire";
/// Nothing signed.
pub const NOT_SIGNED: &str = "non signée";
/// Fault of a form.
pub const ACT_UNKNOWN: &str = "Choisissez une suite à donner";
/// Fault of a form.
pub const PIECE_WANTED: &str = "Choisissez la nature de la pièce";
/// Fault of a file.
pub const FILE_UNREAD: &str = "Ce fichier n’a pas pu être lu\u{202f}: choisissez-le de nouveau";
/// Fault of a form.
pub const PRACTICE_ONLY: &str =
    "Cette habilitation est en cours\u{202f}: seule une observation de la pratique s’y enregistre";
/// Fault of a form.
pub const STEP_WANTED: &str = "Choisissez l’étape";

/// Documents of a file, in a mail: they are typeset just after it.
#[must_use]
pub fn in_the_file(titles: &[&str]) -> String {
    format!("{}, dans votre dossier", titles.join("\u{202f}; "))
}

/// « jusqu’à 150 km ».
#[must_use]
pub fn travel(kilometres: i32) -> String {
    format!("jusqu’à {kilometres}\u{202f}km")
}

/// What a renewal gives, above its form.
#[must_use]
pub fn renewal(period: Period, regions: &str) -> String {
    let codes = regions.split(',').filter(|code| !code.is_empty());
    let names: Vec<_> =
        codes.map(|code| territory::region(code).map_or(code, |region| region.name)).collect();
    let place = if names.is_empty() { EVERYWHERE.to_lowercase() } else { french::list(&names) };
    let days = french::date_range(period.from(), period.until());
    format!("Nouvelle période\u{202f}: {days}. Fonction, certification et secteur ({place}) ne changent pas.")
}

/// « valable jusqu’au 5 octobre 2026 ».
#[must_use]
pub fn good_until(day: Date) -> String {
    format!("valable jusqu’au {}", written(day))
}

/// « valable jusqu’au 5 octobre 2026 », or since when it is no more.
#[must_use]
pub fn good_or_ended(until: Date, today: Date) -> String {
    if until < today { format!("terminée depuis le {}", written(until)) } else { good_until(until) }
}

/// « faite le 6 octobre 2025 ».
#[must_use]
pub fn signed_on(day: Date) -> String {
    format!("signée le {}", written(day))
}
