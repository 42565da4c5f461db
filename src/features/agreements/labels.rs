//! French words of the agreement desk: one place for each state, sign and colour (see `ui.md`, 4.1).

mod journal;

pub use self::journal::{document, history, letter, told};

use entity::agreement::AgreementState;
use entity::agreement_request::{AgreementRole, Opinion, RequestKind, RequestState, VisitMode};
use entity::decision::Outcome;
use entity::grid_score::Score;
use entity::request_piece::PieceState;
use time::Date;

use super::decision_rules::{Bound, Followed};
use super::pieces::{Lack, PieceKind};
use super::state::{RightStep, Step, TABLE};
use crate::events::Recipient;
use crate::http::web::component::{Color, Status};
use crate::render::french;
use crate::rules::deadline::add_days;
use crate::rules::right::Span;

/// An agreement that stays until its renewal is decided.
pub const PROLONGED: &str = "Prolongé jusqu’à la décision";
/// A change of the list of partners: a site of the agreement has another number.
pub const SIRET_CHANGED: &str = "SIRET du site changé";

/// Until when the certification lets an agreement last, and why.
#[must_use]
pub fn latest_end(day: Date, bound: Bound) -> String {
    let why = match bound {
        Bound::LastDelivery => "dernier jour où la certification est délivrée",
        Bound::Registration => "dernier jour de l’enregistrement de la certification",
    };
    format!("Au plus tard le {}, {why}.", french::date(day))
}

/// Why a structure receives a mail.
pub const WHY_STRUCTURE: &str =
    "Vous recevez ce message parce que vous avez un compte pour cette structure dans l’espace d’agrément.";
/// Why a member of the team receives a mail.
pub const WHY_STAFF: &str = "Vous recevez ce message parce que ce dossier relève de votre instruction.";
/// Why those who sit on a committee receive a mail.
pub const WHY_COMMITTEE: &str =
    "Vous recevez ce message parce que vous siégez à la commission d’agrément ou que vous la préparez.";
/// The refusal of an act on a reserve that is closed.
pub const RESERVE_LIFTED: &str = "Cette réserve est déjà levée.";
/// The refusal of a letter where nothing was refused.
pub const LETTER_WITHOUT_REFUSAL: &str =
    "La dernière décision de ce dossier n’est pas un refus\u{202f}: il n’y a pas de recommandé à noter.";
/// The meeting of a committee, in an agenda.
pub const COMMITTEE: &str = "Commission d’agrément";
/// Why an expert receives a mail.
pub const WHY_EXPERT: &str = "Vous recevez ce message parce que la visite de ce dossier vous est confiée.";
/// The same, for whoever had the visit until then.
pub const WHY_RELEASED: &str =
    "Vous recevez ce message parce que la visite de ce dossier vous était confiée.";
/// Who signs a convention for a structure.
pub const SIGNATORY: &str = "La personne qui représente légalement la structure";
/// Why a visit is cancelled.
pub const WITHDRAWN: &str = "La structure a retiré sa demande";
/// Why a visit is cancelled, for the structure: what stands in the way of a person is not told to it.
pub const SOMEBODY_ELSE: &str = "La personne qui devait la conduire ne peut pas la faire";
/// What follows.
pub const ANOTHER_DATE: &str =
    "Une autre personne est désignée, puis une nouvelle date de visite est fixée avec vous.";
/// What follows an opinion.
pub const AFTER_OPINION: &str = "Le dossier est présenté à la prochaine commission d’agrément.";
/// What a structure prepares for a visit.
pub const TO_PREPARE: [&str; 3] = [
    "Les livrets de suivi et les grilles d’évaluation en cours",
    "Les feuilles d’émargement des six derniers mois",
    "Une rencontre avec l’équipe d’encadrement et des salariées et salariés volontaires",
];
/// What can be done against a refusal.
pub const REMEDIES: [&str; 2] = [
    "Un recours devant l’organisme certificateur, écrit et motivé, déposé depuis la page du dossier ou envoyé par courrier à l’adresse ci-dessous. Il est examiné par une personne qui n’a pas pris part à la décision.",
    "Si la réponse ne vous convient pas, la commission paritaire nationale de la branche peut être saisie par écrit.",
];
/// What can be done against the answer to an appeal.
pub const LAST_REMEDIES: [&str; 1] = [REMEDIES[1]];

/// Who asked for another date of a visit, from the role in use.
#[must_use]
pub fn moved_by(role: &str) -> &'static str {
    match role {
        "structure" => "La structure",
        "expert" => "La personne chargée du contrôle",
        _ => "L’organisme certificateur",
    }
}

/// Word, sign and colour of a state of a request.
#[must_use]
pub const fn state(state: RequestState) -> Status {
    use RequestState as S;
    match state {
        S::Draft => Status::new("Brouillon", "cercle", Color::Ardoise),
        S::Submitted => Status::new("Déposée", "envoi", Color::Ciel),
        S::Incomplete => Status::new("Incomplète", "horloge", Color::Ocre),
        S::Complete => Status::new("Complète", "coche", Color::Ciel),
        S::VisitToSchedule => Status::new("Visite à planifier", "cal", Color::Ocre),
        S::VisitScheduled => Status::new("Visite planifiée", "cal", Color::Ciel),
        S::VisitDone => Status::new("Visite réalisée", "oeil", Color::Ciel),
        S::Adversarial => Status::new("Contradictoire", "horloge", Color::Ocre),
        S::OpinionGiven => Status::new("Avis rendu", "doc", Color::Ciel),
        S::InCommittee => Status::new("En commission", "groupe", Color::Ciel),
        S::Granted => Status::new("Accordée", "coche", Color::Pre),
        S::GrantedWithReserves => Status::new("Accordée sous réserve", "drapeau", Color::Ocre),
        S::Adjourned => Status::new("Ajournée", "cal", Color::Ocre),
        S::Refused => Status::new("Refusée", "croix", Color::Garance),
        S::RefusedFinal => Status::new("Refus confirmé", "croix", Color::Garance),
        S::Appeal => Status::new("Recours", "plume", Color::Prune),
        S::Withdrawn => Status::new("Retirée", "moins", Color::Ardoise),
        S::Abandoned => Status::new("Abandonnée", "moins", Color::Ardoise),
        S::ClosedIdle => Status::new("Sans suite", "moins", Color::Ardoise),
    }
}

/// Word, sign and colour of a state of the right.
#[must_use]
pub const fn right_state(state: AgreementState) -> Status {
    use AgreementState as S;
    match state {
        S::Pending => Status::new("Convention à signer", "plume", Color::Ocre),
        S::Active => Status::new("Actif", "coche", Color::Pre),
        S::ActiveWithReserves => Status::new("Actif sous réserve", "drapeau", Color::Ocre),
        S::Suspended => Status::new("Suspendu", "pause", Color::Prune),
        S::Withdrawn => Status::new("Retiré", "croix", Color::Garance),
        S::Renounced => Status::new("Renonciation", "moins", Color::Ardoise),
        S::Expired => Status::new("Expiré", "moins", Color::Ardoise),
    }
}

/// Word, sign and colour of a right on a day: one that is signed does not count before its first day, and one that is
/// alive after its last day waits for the decision on its renewal.
#[must_use]
pub fn right_state_on(right: &entity::agreement::Model, today: Date) -> Status {
    match right.state {
        AgreementState::Active if today < right.starts_on => {
            Status::new("Accordé, à venir", "horloge", Color::Ciel)
        }
        AgreementState::ActiveWithReserves if today < right.starts_on => {
            Status::new("Accordé sous réserve, à venir", "horloge", Color::Ocre)
        }
        AgreementState::Active | AgreementState::ActiveWithReserves if right.ends_on < today => {
            Status::new(PROLONGED, "horloge", Color::Ciel)
        }
        state => right_state(state),
    }
}

/// Word, sign and colour of what is thought of a piece.
#[must_use]
pub const fn piece_state(state: PieceState) -> Status {
    match state {
        PieceState::Received => Status::new("Reçue", "doc", Color::Ciel),
        PieceState::Accepted => Status::new("Acceptée", "coche", Color::Pre),
        PieceState::Rejected => Status::new("À remplacer", "alerte", Color::Ocre),
    }
}

/// Word, sign and colour of a score.
#[must_use]
pub const fn score(score: Score) -> Status {
    match score {
        Score::Conforming => Status::new("Conforme", "coche", Color::Pre),
        Score::Minor => Status::new("Écart mineur", "alerte", Color::Ocre),
        Score::Major => Status::new("Écart majeur", "croix", Color::Garance),
        Score::NotApplicable => Status::new("Sans objet", "moins", Color::Ardoise),
    }
}

/// First request or renewal.
#[must_use]
pub const fn kind(kind: RequestKind) -> &'static str {
    match kind {
        RequestKind::First => "Première demande",
        RequestKind::Renewal => "Renouvellement",
    }
}

/// A certification everywhere it is named: its usual name, then the official title of the version when it says something
/// else, and which version it is. « CQP Salarié polyvalent — Socle de compétences transversales (version 2025) ».
#[must_use]
pub fn certification([usual, title, version]: [&str; 3]) -> String {
    let official = short(title);
    let told =
        if official == usual || usual.is_empty() { official } else { format!("{usual} — {official}") };
    if version.is_empty() { told } else { format!("{told} (version {version})") }
}

/// An official title without its first words: « CQP Salarié polyvalent ».
fn short(title: &str) -> String {
    title.strip_prefix("Certificat de qualification professionnelle ").map_or_else(
        || title.to_owned(),
        |rest| {
            format!(
                "CQP {}",
                rest.trim_start_matches(['«', '\u{202f}', '\u{a0}', ' '])
                    .trim_end_matches(['»', '\u{202f}', '\u{a0}', ' '])
            )
        },
    )
}

/// The service.
#[must_use]
pub const fn role(role: AgreementRole) -> &'static str {
    match role {
        AgreementRole::Train => "Former",
        AgreementRole::Organise => "Organiser l’évaluation",
        AgreementRole::TrainAndOrganise => "Former et organiser l’évaluation",
    }
}

/// How a visit is made.
#[must_use]
pub const fn visit_mode(mode: VisitMode) -> &'static str {
    match mode {
        VisitMode::OnSite => "Sur place",
        VisitMode::Video => "En visioconférence",
        VisitMode::Documents => "Sur pièces",
    }
}

/// An opinion, as an adjective.
#[must_use]
pub const fn opinion(opinion: Opinion) -> &'static str {
    match opinion {
        Opinion::Favourable => "favorable",
        Opinion::FavourableWithReserve => "favorable sous réserve",
        Opinion::Unfavourable => "défavorable",
    }
}

/// Word, sign and colour of an opinion.
#[must_use]
pub const fn opinion_status(opinion: Opinion) -> Status {
    match opinion {
        Opinion::Favourable => Status::new("Favorable", "coche", Color::Pre),
        Opinion::FavourableWithReserve => Status::new("Favorable sous réserve", "drapeau", Color::Ocre),
        Opinion::Unfavourable => Status::new("Défavorable", "croix", Color::Garance),
    }
}

/// What was decided.
#[must_use]
pub const fn outcome(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Grant => "Accordé",
        Outcome::GrantWithReserves => "Accordé sous réserve",
        Outcome::Adjourn => "Ajourné",
        Outcome::Refuse => "Refusé",
    }
}

/// "trois ans", or the months when it is not whole years.
#[must_use]
pub fn duration(starts_on: Option<Date>, ends_on: Option<Date>) -> String {
    const YEARS: [&str; 6] = ["", "un an", "deux ans", "trois ans", "quatre ans", "cinq ans"];
    let (Some(from), Some(until)) = (starts_on, ends_on.and_then(Date::next_day)) else {
        return String::new();
    };
    let months = (until.year() - from.year()) * 12 + i32::from(u8::from(until.month()))
        - i32::from(u8::from(from.month()));
    let whole_years = months % 12 == 0 && until.day() == from.day();
    let years = usize::try_from(months / 12).unwrap_or_default();
    match YEARS.get(years) {
        Some(words) if whole_years && years > 0 => (*words).to_owned(),
        _ => french::date_range(from, ends_on.unwrap_or(from)),
    }
}

/// What is wrong with a piece, with its name.
#[must_use]
pub fn lack(kind: &PieceKind, lack: Lack) -> String {
    let title = &kind.title;
    match lack {
        Lack::Missing => format!("{title} ({})\u{202f}: cette pièce manque", kind.code),
        Lack::NoEndDate => format!("{title}\u{202f}: indiquez la date de fin de validité"),
        Lack::Ended(date) => format!("{title}\u{202f}: cette pièce a pris fin le {}", french::date(date)),
        Lack::NoProofDate => format!("{title}\u{202f}: indiquez la date du document"),
        Lack::TooOld(months) => format!("{title}\u{202f}: ce document date de plus de {months} mois"),
        Lack::InTheFuture => format!("{title}\u{202f}: la date du document est à venir, corrigez-la"),
    }
}

/// The title of what a structure brings for a reserve, by its rank.
#[must_use]
pub fn proof(position: i32) -> String {
    format!("Preuve pour la réserve {position}")
}

/// Why a piece stays in a file that was submitted.
#[must_use]
pub fn piece_needed(kind: &PieceKind) -> String {
    format!(
        "{}\u{202f}: cette pièce est demandée pour ce dossier. Vous pouvez la remplacer par une nouvelle version, mais pas la retirer.",
        kind.title
    )
}

/// The refusal of a step from a state.
#[must_use]
pub fn wrong_state(from: RequestState) -> String {
    format!(
        "Cette action n’est pas possible\u{202f}: la demande est à l’état «\u{202f}{}\u{202f}».",
        state(from).word
    )
}

/// The refusal of a step of the right from a state.
#[must_use]
pub fn wrong_right_state(from: AgreementState) -> String {
    format!(
        "Cette action n’est pas possible\u{202f}: l’agrément est à l’état «\u{202f}{}\u{202f}».",
        right_state(from).word
    )
}

/// What people can do from a state, in words, for the one whose step was refused. What time does is left out.
#[must_use]
pub fn possible_steps(from: RequestState) -> Vec<String> {
    let by_time = |step: Step| matches!(step, Step::ExpireDraft | Step::CloseIdle | Step::TakeOffAgenda);
    let steps = TABLE.iter().filter(|line| line.from == from && !by_time(line.step));
    steps.map(|line| step(line.step).to_owned()).collect()
}

/// The states that a refused step waits for.
#[must_use]
pub fn wanted_states(refused: Step) -> String {
    let states = TABLE.iter().filter(|line| line.step == refused).map(|line| state(line.from).word);
    let states: Vec<_> = states.map(|word| format!("«\u{202f}{word}\u{202f}»")).collect();
    let states = states.join(" ou ");
    format!("«\u{202f}{}\u{202f}» se fait quand la demande est à l’état {states}", step(refused))
}

/// How a request begins, as an infinitive.
pub const BEGIN: &str = "Ouvrir un brouillon";

/// A step, as an infinitive.
#[must_use]
pub const fn step(step: Step) -> &'static str {
    match step {
        Step::Submit => "Déposer la demande",
        Step::ExpireDraft => "Abandonner le brouillon à l’échéance",
        Step::Return => "Renvoyer le dossier",
        Step::CloseIdle => "Classer sans suite à l’échéance",
        Step::DeclareComplete => "Déclarer le dossier complet",
        Step::AssignController => "Confier la visite",
        Step::Decline => "Décliner la visite",
        Step::Release => "Retirer la visite à la personne chargée de la faire",
        Step::Schedule => "Fixer la date de visite",
        Step::Postpone => "Déplacer la visite",
        Step::RecordVisit => "Enregistrer la visite",
        Step::SendReport => "Envoyer le rapport provisoire",
        Step::Comment => "Répondre au rapport",
        Step::Finalise => "Rendre l’avis",
        Step::WaiveVisit => "Dispenser de visite",
        Step::PutOnAgenda => "Inscrire à la commission",
        Step::TakeOffAgenda => "Retirer de l’ordre du jour d’une commission annulée",
        Step::Grant => "Accorder",
        Step::GrantWithReserves => "Accorder sous réserve",
        Step::Adjourn => "Ajourner",
        Step::ResumeToCommittee => "Reprendre en commission",
        Step::ResumeToVisit => "Reprendre par une visite",
        Step::Refuse => "Refuser",
        Step::Withdraw => "Retirer la demande",
        Step::LodgeAppeal => "Former un recours",
        Step::Uphold => "Confirmer le refus",
        Step::Overturn => "Revenir sur le refus",
    }
}

/// What happens to a right.
#[must_use]
pub const fn right_step(step: RightStep) -> &'static str {
    match step {
        RightStep::Activate => "Ouvrir l’agrément, convention signée",
        RightStep::ActivateWithReserves => "Ouvrir l’agrément sous réserve, convention signée",
        RightStep::LiftReserves => "Lever les réserves",
        RightStep::Expire => "Constater l’échéance",
        RightStep::Replace => "Remplacer par un autre agrément",
    }
}

/// Who may sign a convention for the structure, as long as nobody did.
pub const STRUCTURE_SIGNS: &str = "signature attendue\u{202f}: signe ici la personne qui administre le compte de la structure, pour son représentant légal";
/// Who may sign it for the certifier.
pub const CERTIFIER_SIGNS: &str =
    "signature attendue\u{202f}: signe ici une personne responsable de la certification";

/// What leads to a convention, for whoever signs it.
pub const TO_SIGN: &str = "Signer la convention";
/// The same, for the others.
pub const TO_BE_SIGNED: &str = "Lire la convention, à signer par l’administration du compte";

/// Told of an agreement that another takes the place of.
pub const REPLACED: &str = "Remplacé par un autre agrément";

/// Why a period is refused as long as nobody says that it replaces the agreement in force.
#[must_use]
pub fn would_replace(number: &str, asked: Span, known: Span) -> String {
    let then = known.until.map(|last| {
        format!(
            " Faites-le commencer le {}, ou cochez le remplacement\u{202f}: la structure y perd {}.",
            french::date(add_days(last, 1)),
            french::length(asked.from.max(known.from), add_days(last, 1))
        )
    });
    format!(
        "L’agrément {number} court encore {known}. Le nouveau, {asked}, le recoupe.{}",
        then.unwrap_or_default()
    )
}

/// What the question before an act says of the agreement whose place another takes.
#[must_use]
pub fn makes_room(number: &str, known: Span, first: Date) -> String {
    let lost = known.until.map(|last| french::length(first.max(known.from), add_days(last, 1)));
    let lost = lost.map(|lost| format!("\u{202f}: {lost} de cet agrément sont perdus")).unwrap_or_default();
    format!(
        "L’agrément {number}, {known}, prend fin le {}, veille du début du nouveau{lost}.",
        french::date(add_days(first, -1))
    )
}

/// Beside the period of a decision: what the structure holds until when.
#[must_use]
pub fn followed(followed: &Followed) -> String {
    format!(
        "La structure a l’agrément {}, {}. Le nouveau commence le lendemain, sauf si vous choisissez de le remplacer.",
        followed.number, followed.span
    )
}

/// Who a message is for, as the confirmation of an act says it.
#[must_use]
pub const fn recipient(to: &Recipient) -> &'static str {
    match to {
        Recipient::Structure { .. } => "la structure",
        Recipient::RequestOfficer { .. } => "la personne qui instruit le dossier",
        Recipient::Managers => "l’équipe responsable de la certification",
        Recipient::Expert { .. } => "la personne chargée de la visite",
        Recipient::Committee { .. } => "la commission",
        Recipient::Candidate { .. } => "la personne candidate",
        Recipient::Enrolment { .. } => "la personne inscrite",
        Recipient::Account { .. } | Recipient::Address { .. } => "la personne concernée",
    }
}

/// Said before a visit is fixed on a half-day that its contrôleur does not give.
#[must_use]
pub fn beware(name: &str, said: &str) -> String {
    format!("attention\u{202f}: {name} {said}\u{202f};")
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::date;

    #[test]
    fn a_certification_bears_its_usual_name_wherever_it_is_named() {
        let usual = "CQP Salarié polyvalent";
        for (title, version, expected) in [
            ("Socle de compétences", "2025", "CQP Salarié polyvalent — Socle de compétences (version 2025)"),
            (
                "Certificat de qualification professionnelle Salarié polyvalent",
                "2013",
                "CQP Salarié polyvalent (version 2013)",
            ),
        ] {
            assert_eq!(certification([usual, title, version]), expected);
        }
    }

    #[test]
    fn a_whole_number_of_years_is_said_in_words() {
        let from = Some(date!(2024 - 01 - 18));
        assert_eq!(duration(from, Some(date!(2027 - 01 - 17))), "trois ans");
        assert!(duration(from, Some(date!(2026 - 06 - 30))).contains("2026"));
    }
}
