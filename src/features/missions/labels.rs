//! French words of missions.

use entity::expense_claim::ClaimState;
use entity::expense_line::ExpenseKind;
use entity::habilitation::Duty;
use entity::mission::{self, MissionObject, MissionState};
use entity::mission_offer::{DeclineReason, OfferState};
use time::{Date, Duration, OffsetDateTime};

use super::input::Mode;
use super::queries::{Planned, Touched};
use super::standing::Freedom;
use super::state::{Step, can};
use crate::http::web::component::{Color, Status};
use crate::render::french;
use crate::rules::deadline;
use crate::rules::expenses::Excess;

/// Fault of a form.
pub const UNKNOWN_EXPERT: &str = "Cette personne n’est pas enregistrée";
/// Fault of a form.
pub const UNKNOWN_STRUCTURE: &str = "Cette structure n’est pas enregistrée";
/// Fault of a form.
pub const UNKNOWN_SITE: &str = "Ce site n’est pas de cette structure";
/// Fault of a form.
pub const UNKNOWN_CERTIFICATION: &str = "Cette certification n’existe pas";
/// Fault of a form.
pub const PLACE_WANTED: &str = "Sans structure, indiquez le lieu, ou «\u{202f}à distance\u{202f}»";
/// Fault of a form.
pub const IN_THE_PAST: &str = "Choisissez une date à venir";
/// Fault of a form.
pub const ANSWER_IN_THE_PAST: &str = "La réponse ne peut pas être attendue pour une date passée";
/// Refusal.
pub const ALREADY_STARTED: &str = "La date de cette mission est passée\u{202f}: annulez-la ou déplacez-la.";
/// Fault of a form.
pub const SCORE_WANTED: &str = "Choisissez une note de 1 à 5";
/// Refusal.
pub const NOT_DONE_YET: &str = "Une mission se note une fois qu’elle a eu lieu.";
/// Refusal.
pub const NOT_TODAY: &str = "Cette mission n’a pas lieu aujourd’hui.";
/// Fault of a form.
pub const WITHDRAWAL_WANTS_REASON: &str = "Dites pourquoi la mission est retirée";
/// Fault of a form.
pub const CANCELLATION_WANTS_CAUSE: &str = "Dites pourquoi la mission est annulée";
/// Fault of a form.
pub const MOVE_WANTS_REASON: &str = "Dites pourquoi la mission est déplacée";
/// Fault of a form.
pub const REPORT_WANTED: &str = "Écrivez le compte rendu";
/// Fault of a form.
pub const NOBODY_CHOSEN: &str = "Choisissez au moins une personne qui peut tenir la mission, vingt au plus";
/// Fault of a form.
pub const SOMEONE_TWICE: &str = "Une personne est nommée deux fois\u{202f}: gardez-la une seule fois";
/// Fault of a form.
pub const SAME_PERSON: &str = "Choisissez une autre personne que celle qui se désiste";
/// Fault of a form.
pub const HOURS_OUT_OF_BOUNDS: &str = "Indiquez un nombre d’heures entre 1 et 240";
/// Habilitated for something else.
pub const OTHER_CERTIFICATION: &str =
    "L’habilitation de cette personne ne porte pas sur cette certification.";
/// Habilitated elsewhere.
pub const OTHER_REGION: &str = "L’habilitation de cette personne ne couvre pas la région de la mission.";
/// Why a person receives a message.
pub const WHY_EXPERT: &str =
    "Vous recevez ce message parce que votre habilitation permet de vous confier cette mission.";
/// Why a person receives a message.
pub const WHY_HOLDER: &str = "Vous recevez ce message parce que vous avez tenu cette mission.";
/// Why a person receives a message.
pub const WHY_TEAM: &str = "Vous recevez ce message parce que vous suivez cette mission.";
/// Why a structure receives a message.
pub const WHY_STRUCTURE: &str =
    "Vous recevez ce message parce que cette mission a lieu dans votre structure.";

/// What a mission is for.
#[must_use]
pub const fn object(object: MissionObject) -> &'static str {
    match object {
        MissionObject::Jury => "Présidence de jury",
        MissionObject::Inspection => "Contrôle d’agrément",
        MissionObject::Support => "Appui pédagogique",
        MissionObject::Session => "Session de formation",
        MissionObject::Meeting => "Réunion de travail",
        MissionObject::Observation => "Observation",
    }
}

/// What a mission is for, as whoever has it reads it: to sit in a jury is not to preside it.
#[must_use]
pub fn object_of(mission: &mission::Model) -> &'static str {
    match (mission.object, mission.duty) {
        (MissionObject::Jury, Some(Duty::Mandataire)) => object(mission.object),
        (MissionObject::Jury, _) => "Participation à un jury",
        (other, _) => object(other),
    }
}

/// How people meet.
#[must_use]
pub const fn mode(mode: Mode) -> &'static str {
    match mode {
        Mode::OnSite => "Sur place",
        Mode::Remote => "À distance",
    }
}

/// Fault of a form.
pub const DEPARTMENT_WANTED: &str =
    "Indiquez le département du lieu, ou choisissez «\u{202f}À distance\u{202f}»";

/// What the knowledge gained on a mission serves, in the mission order.
#[must_use]
pub const fn purpose(object: MissionObject) -> &'static str {
    match object {
        MissionObject::Jury => "au jury",
        MissionObject::Inspection => "au contrôle",
        MissionObject::Support => "à l’appui",
        MissionObject::Session => "à la formation",
        MissionObject::Meeting => "à la réunion",
        MissionObject::Observation => "à l’observation",
    }
}

/// The habilitation needed: « de mandataire ».
#[must_use]
pub const fn of_duty(duty: Duty) -> &'static str {
    match duty {
        Duty::Mandataire => "de mandataire",
        Duty::Controleur => "de contrôle",
        Duty::Epsp => "de formation EPSP",
    }
}

/// In which quality someone is sent.
#[must_use]
pub const fn quality(duty: Option<Duty>) -> &'static str {
    match duty {
        Some(Duty::Mandataire) => "mandataire",
        Some(Duty::Controleur) => "contrôle d’agrément",
        Some(Duty::Epsp) => "formation EPSP",
        None => "intervention",
    }
}

/// The label of a state.
#[must_use]
pub const fn state(state: MissionState) -> Status {
    use MissionState as S;
    match state {
        S::Proposed => Status::new("Proposée", "envoi", Color::Ciel),
        S::Accepted => Status::new("Acceptée", "coche", Color::Pre),
        S::Declined => Status::new("Déclinée", "croix", Color::Ardoise),
        S::Expired => Status::new("Sans réponse", "horloge", Color::Ocre),
        S::Withdrawn => Status::new("Retirée", "croix", Color::Garance),
        S::InProgress => Status::new("En cours", "horloge", Color::Ciel),
        S::Done => Status::new("Réalisée", "coche", Color::Pre),
        S::ReportReceived => Status::new("Compte rendu reçu", "doc", Color::Pre),
        S::ExpensesClaimed => Status::new("Frais déposés", "euro", Color::Ciel),
        S::Settled => Status::new("Soldée", "euro", Color::Pre),
        S::Cancelled => Status::new("Annulée", "croix", Color::Garance),
    }
}

/// The label of an offer.
#[must_use]
pub const fn offer(state: OfferState) -> Status {
    use OfferState as S;
    match state {
        S::Waiting => Status::new("En attente", "horloge", Color::Ardoise),
        S::Sent => Status::new("Proposée", "envoi", Color::Ciel),
        S::Accepted => Status::new("Acceptée", "coche", Color::Pre),
        S::Declined => Status::new("Déclinée", "croix", Color::Ardoise),
        S::Expired => Status::new("Sans réponse", "horloge", Color::Ocre),
        S::Withdrawn => Status::new("Retirée", "croix", Color::Garance),
        S::DroppedOut => Status::new("Désistement", "croix", Color::Ocre),
    }
}

/// The name of a step, for the diagrams and the refusals.
#[must_use]
pub const fn step(step: Step) -> &'static str {
    match step {
        Step::Accept => "accepter",
        Step::Decline => "décliner",
        Step::Expire => "laisser passer le délai",
        Step::Withdraw => "retirer",
        Step::Offer => "proposer à une autre personne",
        Step::DropOut => "se désister",
        Step::Move => "déplacer",
        Step::Start => "commencer",
        Step::Finish => "terminer",
        Step::Reopen => "revenir sur la réalisation",
        Step::Report => "remettre le compte rendu",
        Step::Claim => "déposer les frais",
        Step::ReturnClaim => "renvoyer les frais",
        Step::Settle => "solder",
        Step::Cancel => "annuler",
    }
}

/// What may be done from a state that refused.
#[must_use]
pub fn wrong_state(from: MissionState) -> String {
    let possible: Vec<_> = Step::ALL.into_iter().filter(|one| can(from, *one)).map(step).collect();
    let stands = format!("L’état de la mission est «\u{202f}{}\u{202f}»", state(from).word);
    if possible.is_empty() {
        return format!("{stands}\u{202f}: plus rien ne peut y changer.");
    }
    format!("{stands}. Sont possibles\u{202f}: {}.", possible.join(", "))
}

/// A reason to decline.
#[must_use]
pub const fn decline_reason(reason: DeclineReason) -> &'static str {
    match reason {
        DeclineReason::Unavailable => "Je ne suis pas disponible à cette date",
        DeclineReason::TooFar => "C’est trop loin",
        DeclineReason::Tie => "J’ai un lien avec la structure ou une personne",
        DeclineReason::Workload => "J’ai déjà trop de missions",
        DeclineReason::Health => "J’ai un empêchement personnel",
        DeclineReason::Other => "Autre motif",
    }
}

/// The same, as somebody of the team says it of another person.
#[must_use]
pub const fn reason_of_other(reason: DeclineReason) -> &'static str {
    match reason {
        DeclineReason::Unavailable => "La personne n’est pas disponible à cette date",
        DeclineReason::TooFar => "C’est trop loin pour elle",
        DeclineReason::Tie => "Elle a un lien avec la structure ou une personne",
        DeclineReason::Workload => "Elle a déjà trop de missions",
        DeclineReason::Health => "Elle a un empêchement personnel",
        DeclineReason::Other => "Autre motif",
    }
}

/// The same, as the team reads it.
#[must_use]
pub fn refusal(reason: DeclineReason, note: &str) -> String {
    let word = match reason {
        DeclineReason::Unavailable => "indisponibilité à cette date",
        DeclineReason::TooFar => "éloignement",
        DeclineReason::Tie => "lien avec la structure ou une personne",
        DeclineReason::Workload => "trop de missions",
        DeclineReason::Health => "empêchement personnel",
        DeclineReason::Other => "autre motif",
    };
    if note.is_empty() { word.to_owned() } else { format!("{word}\u{202f}: {note}") }
}

/// Why an offer is taken back from somebody who is away.
pub const OFFER_IMPEDED: &str = "Votre absence est enregistrée pour cette période.";
/// Why a visit is taken back from somebody who is away.
pub const VISIT_IMPEDED: &str = "La personne chargée de la visite ne peut pas venir à cette date.";

/// What becomes of something planned when the person cannot come.
#[must_use]
pub const fn consequence(planned: Planned) -> &'static str {
    match planned {
        Planned::Held(_) => {
            "la date est libérée, la mission attend une autre personne et l’équipe a pour tâche de trouver quelqu’un"
        }
        Planned::Offered(_) => "la proposition prend fin, la mission attend une autre personne",
        Planned::Begun(_) => "déjà commencée, elle ne change pas de main et sa page dit quoi en faire",
        Planned::Visit(_) => {
            "la structure est prévenue et l’équipe a pour tâche de confier la visite à une autre personne, qui en fixera la date"
        }
        Planned::Meeting(_) => "l’absence à la réunion est notée",
    }
}

/// A line of the agenda and what becomes of it, without the mark that ends it.
#[must_use]
pub fn touched(one: &Touched) -> String {
    let day = french::date(deadline::day_in_zone(one.starts_at, &one.zone));
    let what = match one.planned {
        Planned::Visit(_) => format!("visite chez {}", one.title),
        _ => one.title.clone(),
    };
    format!("{day}, {what} ({})\u{202f}: {}", one.number, consequence(one.planned))
}

/// How an answer came, from its recorded word; the word itself when it has none.
#[must_use]
pub fn via(word: &str) -> &str {
    match word {
        "account" => "son compte",
        "link" => "le lien du message",
        other => other,
    }
}

/// Said of someone whose other mission is at the same hours, in another zone.
#[must_use]
pub fn overlapping(number: &str) -> String {
    format!("Cette personne tient déjà la mission {number}, aux mêmes heures.")
}

/// Stands for somebody whose name is beside.
pub const THIS_PERSON: &str = "Cette personne";

/// Said of somebody whose declared time contradicts a mission.
#[must_use]
pub fn away(name: &str, said: &str) -> String {
    format!("{name} {said}.")
}

/// Said of a travel that is too short.
#[must_use]
pub fn short_travel(number: &str, gap: Duration, needed: Duration) -> String {
    format!(
        "Trajet court\u{202f}: {} séparent cette mission de {number}, il faut compter environ {}.",
        lasting(gap),
        lasting(needed)
    )
}

/// Said of a travel that is too short between the mission and a visit.
#[must_use]
pub fn short_travel_visit(number: &str, gap: Duration, needed: Duration) -> String {
    format!(
        "Trajet court\u{202f}: {} séparent cette mission de la visite de la demande {number}, il faut compter environ {}.",
        lasting(gap),
        lasting(needed)
    )
}

/// "2 h 30", "45 min".
#[must_use]
pub fn lasting(duration: Duration) -> String {
    match (duration.whole_hours(), duration.whole_minutes() % 60) {
        (0, minutes) => format!("{minutes}\u{202f}min"),
        (hours, 0) => format!("{hours}\u{202f}h"),
        (hours, minutes) => format!("{hours}\u{202f}h\u{202f}{minutes:02}"),
    }
}

/// Said of someone who never held the duty.
#[must_use]
pub fn no_habilitation(duty: Duty) -> String {
    format!("Cette personne n’a pas d’habilitation {}.", of_duty(duty))
}

/// Said of someone who holds no habilitation, where any would do.
pub const NO_HABILITATION: &str = "Cette personne n’a pas d’habilitation.";

/// Said of someone whose habilitation is suspended.
#[must_use]
pub fn suspended(duty: Duty) -> String {
    format!("L’habilitation {} de cette personne est suspendue.", of_duty(duty))
}

/// Said of someone whose habilitation ends too soon.
#[must_use]
pub fn ends_before(duty: Duty, end: Date, day: Date) -> String {
    let eve = if end.next_day() == Some(day) { ", la veille de la mission" } else { "" };
    format!(
        "L’habilitation {} de cette personne se termine le {}{eve}\u{202f}: il manque une habilitation valable le {}.",
        of_duty(duty),
        french::date(end),
        french::date(day)
    )
}

/// Said of someone whose habilitation starts too late.
#[must_use]
pub fn begins_after(duty: Duty, start: Date) -> String {
    format!("L’habilitation {} de cette personne ne commence que le {}.", of_duty(duty), french::date(start))
}

/// A reason about somebody of a list.
#[must_use]
pub fn about(name: &str, reason: &str) -> String {
    format!("{name}\u{202f}: {reason}")
}

/// "mardi 3 mars 2026, de 9 h à 17 h, heure de Cayenne (13 h à Paris)".
#[must_use]
pub fn when(starts_at: OffsetDateTime, ends_at: OffsetDateTime, zone: &str) -> String {
    let local = |at: OffsetDateTime| deadline::local(at, zone).ok();
    let (Some(from), Some(until)) = (local(starts_at), local(ends_at)) else { return String::new() };
    let hours = french::local_and_paris(starts_at, zone);
    let end = french::time_of_day(until.time());
    let (start, rest) = match hours.split_once(',') {
        Some((start, rest)) => (start.to_owned(), format!(",{rest}")),
        None => (hours, String::new()),
    };
    if from.date() == until.date() {
        return format!("{}, de {start} à {end}{rest}", french::long_date(from.date()));
    }
    format!(
        "du {} à {start} au {} à {end}{rest}",
        french::long_date(from.date()),
        french::long_date(until.date())
    )
}

/// What someone declared of the half-days of a mission.
#[must_use]
pub const fn freedom(freedom: Freedom) -> &'static str {
    match freedom {
        Freedom::Free => "se dit disponible",
        Freedom::Unknown => "disponibilité non déclarée",
        Freedom::Taken => "se dit indisponible",
    }
}

/// Fault of a form.
pub const RECEIPT_WANTED: &str =
    "Choisissez le justificatif de cette dépense parmi ceux que vous avez déposés";
/// Fault of a form.
pub const RETURN_WANTS_REASON: &str = "Dites ce qui est à corriger";
/// Fault of a form.
pub const REOPEN_WANTS_REASON: &str = "Dites pourquoi la mission n’est pas réalisée";
/// Fault of a form.
pub const CORRECTION_WANTS_REASON: &str = "Dites pourquoi le paiement est corrigé";
/// Fault of a form.
pub const CORRECTION_WANTED: &str = "Indiquez la somme versée en plus, ou reprise, différente de zéro";
/// Fault of a form.
pub const TOO_MUCH_BACK: &str = "La somme reprise dépasse ce qui a été payé";
/// Fault of a form.
pub const RESUMES_UNKNOWN: &str = "Seule une mission annulée, que vous voyez, peut être reprise";
/// Fault of a form.
pub const EMPLOYER_WANTED: &str = "Indiquez le nom de l’employeur à qui payer";
/// Fault of a form.
pub const PAYMENT_WANTED: &str = "Indiquez la référence du paiement";
/// Fault of a form.
pub const PAYMENT_DAY_WANTED: &str = "Indiquez le jour du paiement, par exemple 31/12/2026";
/// Fault of a form.
pub const PAYMENT_IN_THE_FUTURE: &str = "Un paiement se note le jour où il est fait, ou après";
/// Fault of a form.
pub const NOTHING_CHOSEN: &str = "Choisissez au moins une mission à solder, deux cents au plus";
/// Fault of a form.
pub const NOTHING_OWED_WANTS_REASON: &str = "Dites pourquoi rien n’est à payer";
/// Fault of a form.
pub const FILE_WANTED: &str = "Choisissez un fichier";
/// Fault of a form.
pub const FILE_UNREAD: &str = "Ce fichier n’a pas pu être lu\u{202f}: choisissez-le de nouveau";

/// What an expense is.
#[must_use]
pub const fn expense(kind: ExpenseKind) -> &'static str {
    match kind {
        ExpenseKind::Mileage => "Kilomètres en voiture",
        ExpenseKind::Night => "Nuits",
        ExpenseKind::Meal => "Repas",
        ExpenseKind::Transport => "Train, avion, péage",
        ExpenseKind::Other => "Autre dépense",
    }
}

/// Where a claim stands.
#[must_use]
pub const fn claim(state: ClaimState) -> Status {
    match state {
        ClaimState::Submitted => Status::new("À vérifier", "horloge", Color::Ciel),
        ClaimState::Returned => Status::new("À corriger", "alerte", Color::Ocre),
        ClaimState::Certified => Status::new("Service fait", "coche", Color::Pre),
        ClaimState::Paid => Status::new("Payé", "euro", Color::Pre),
    }
}

/// The ceilings that a claim goes above.
#[must_use]
pub fn above(excesses: &[Excess]) -> String {
    let one = |excess: &Excess| {
        let what = match excess.kind {
            None => "le plafond de la mission",
            Some(ExpenseKind::Night) => "le plafond des nuits",
            Some(_) => "le plafond des repas",
        };
        format!(
            "{what} ({} pour {} demandés)",
            french::money_cents(excess.ceiling_cents),
            french::money_cents(excess.claimed_cents)
        )
    };
    let told: Vec<_> = excesses.iter().map(one).collect();
    format!("Écrivez pourquoi les frais dépassent {}", french::list(&told))
}
