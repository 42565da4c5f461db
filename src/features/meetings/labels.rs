//! French words of meetings.

pub mod link;

use entity::meeting::{self, MeetingKind, MeetingMode, MeetingState};
use entity::meeting_guest::{self, GuestAnswer};
use time::OffsetDateTime;

use super::documents::Paper;
use super::queries::Told;
use super::state::Step;
use crate::http::web::component::{Color, Status};
use crate::http::web::layout::Flash;
use crate::render::french;
use crate::rules::deadline::local;
use crate::rules::territory::PARIS;

/// Why a guest is written to.
pub const WHY_INVITED: &str =
    "Vous recevez ce message parce que votre habilitation vous fait participer aux réunions de travail.";

/// Why whoever does something is written to.
pub const WHY_OWNER: &str =
    "Vous recevez ce message parce qu’une réunion de travail vous a confié cette action.";

/// Title of the list.
pub const MEETINGS: &str = "Réunions";
/// Title of the form.
pub const NEW_MEETING: &str = "Prévoir une réunion";
/// Title of the form of a series.
pub const NEW_SERIES: &str = "Prévoir une série de réunions";
/// Above the faults.
pub const NOT_RECORDED: &str = "Les changements ne sont pas encore enregistrés";

/// What is not of the day looked at.
pub const OF_TODAY: &str = "L’état, la date, les personnes invitées, leurs réponses et le compte rendu sont ceux de la fin de ce jour, d’après le journal. Un lieu ou un ordre du jour changé depuis, que le journal n’a pas gardé, n’est pas montré.";
/// Above the fault of a day that cannot be shown.
pub const NOT_SHOWN: &str = "La situation de ce jour n’est pas affichée";
/// Beside it.
pub const NOT_THAT_DAY: &str =
    "Choisissez un jour plus récent\u{202f}: cette réunion n’était pas encore prévue.";

/// Beside a day of a series on which the same people already meet.
#[must_use]
pub fn already_planned(number: &str) -> String {
    format!("Ces personnes ont déjà une réunion ce jour-là\u{202f}: {number}")
}

/// Who is invited.
#[must_use]
pub const fn kind(kind: MeetingKind) -> &'static str {
    match kind {
        MeetingKind::Mandataires => "Mandataires",
        MeetingKind::Controleurs => "Contrôleuses et contrôleurs",
        MeetingKind::Formateurs => "Formatrices et formateurs EPSP",
        MeetingKind::Mixed => "Tous les métiers",
    }
}

/// What the meeting is called.
#[must_use]
pub const fn title(kind: MeetingKind) -> &'static str {
    match kind {
        MeetingKind::Mandataires => "Réunion de travail des mandataires",
        MeetingKind::Controleurs => "Réunion de travail des contrôleuses et contrôleurs",
        MeetingKind::Formateurs => "Réunion de travail des formatrices et formateurs EPSP",
        MeetingKind::Mixed => "Réunion de travail de tous les intervenants",
    }
}

/// Where people sit.
#[must_use]
pub const fn mode(mode: MeetingMode) -> &'static str {
    match mode {
        MeetingMode::Video => "Visioconférence",
        MeetingMode::OnSite => "Sur place",
    }
}

/// Where the meeting stands.
#[must_use]
pub const fn state(state: MeetingState) -> Status {
    match state {
        MeetingState::Planned => Status::new("Prévue", "cal", Color::Ardoise),
        MeetingState::Invited => Status::new("Invitations envoyées", "envoi", Color::Ciel),
        MeetingState::Held => Status::new("Compte rendu à publier", "horloge", Color::Ocre),
        MeetingState::MinutesPublished => Status::new("Compte rendu publié", "coche", Color::Pre),
        MeetingState::Cancelled => Status::new("Annulée", "croix", Color::Garance),
    }
}

/// What a step does.
#[must_use]
pub const fn step(step: Step) -> &'static str {
    match step {
        Step::Invite => "Envoyer les invitations",
        Step::Move => "Déplacer la réunion",
        Step::Cancel => "Annuler la réunion",
        Step::Hold => "Enregistrer les présences",
        Step::Publish => "Publier le compte rendu",
    }
}

/// What a guest answered, before attendance is known.
#[must_use]
pub const fn answer(answer: GuestAnswer) -> Status {
    match answer {
        GuestAnswer::None => Status::new("Sans réponse", "cercle", Color::Ardoise),
        GuestAnswer::Coming => Status::new("Sera là", "coche", Color::Pre),
        GuestAnswer::Away => Status::new("Ne viendra pas", "croix", Color::Prune),
    }
}

/// Where a guest stands: whether they were there once it is known, what they answered before.
#[must_use]
pub fn guest(state: MeetingState, guest: &meeting_guest::Model) -> Status {
    match guest.present {
        Some(present) => presence(present),
        None if state == MeetingState::Held => {
            Status::new("Présence à enregistrer", "cercle", Color::Ardoise)
        }
        None => answer(guest.answer),
    }
}

/// Whether a guest was there.
#[must_use]
pub const fn presence(present: bool) -> Status {
    if present {
        Status::new("Présence enregistrée", "coche", Color::Pre)
    } else {
        Status::new("Absence enregistrée", "croix", Color::Prune)
    }
}

/// « mardi 14 octobre 2025 à 5 h 30, heure de Guyane (10 h 30 à Paris) », for someone in a zone.
#[must_use]
pub fn when(at: OffsetDateTime, zone: &str) -> String {
    let day = local(at, zone).or_else(|_| local(at, PARIS)).map(|here| french::long_date(here.date()));
    format!("{} à {}", day.unwrap_or_default(), french::local_and_paris(at, zone))
}

/// The day alone.
#[must_use]
pub fn day(at: OffsetDateTime, zone: &str) -> String {
    local(at, zone).map(|here| french::date(here.date())).unwrap_or_default()
}

/// « 2 h », « 1 h 30 », « 45 min ».
#[must_use]
pub fn duration(minutes: i32) -> String {
    let thin = french::THIN;
    match (minutes / 60, minutes % 60) {
        (0, rest) => format!("{rest}{thin}min"),
        (hours, 0) => format!("{hours}{thin}h"),
        (hours, rest) => format!("{hours}{thin}h{thin}{rest:02}"),
    }
}

/// Where people go: the address of a video call stands on the page of the meeting alone.
#[must_use]
pub fn place(row: &meeting::Model) -> String {
    match row.mode {
        MeetingMode::Video => mode(row.mode).to_owned(),
        MeetingMode::OnSite => row.place.clone(),
    }
}

/// The description of the date in a calendar.
#[must_use]
pub fn calendar_description(row: &meeting::Model) -> String {
    format!("{} {}\n\n{}", title(row.kind), row.number, row.agenda)
}

/// Why a guest is no longer one.
pub const NO_LONGER_ENTITLED: &str = "Votre habilitation n’est pas valide à la nouvelle date.";

/// Said once planned.
#[must_use]
pub fn planned() -> Flash {
    Flash::done("Réunion prévue.", "Relisez-la, puis envoyez les invitations.")
}

/// Said once a series is planned.
#[must_use]
pub fn series_planned() -> Flash {
    Flash::done(
        "Quatre réunions prévues.",
        "Chacune a sa page\u{202f}: relisez-la, puis envoyez ses invitations.",
    )
}

/// Said once invited.
#[must_use]
pub fn invited(count: usize) -> Flash {
    let count = i64::try_from(count).unwrap_or(i64::MAX);
    let sent = french::plural(count, "invitation envoyée.", "invitations envoyées.");
    Flash::done(sent, "Chaque personne la reçoit à l’heure de son territoire.")
}

/// Said after another act.
#[must_use]
pub fn recorded() -> Flash {
    Flash::done("Changements enregistrés.", "")
}

/// Said to a guest, with what they already hold on the half-days of the meeting.
#[must_use]
pub fn answered(coming: bool, engaged: &[String]) -> Flash {
    if !coming {
        return Flash::done("Votre absence est notée.", "Le compte rendu vous sera envoyé.");
    }
    if engaged.is_empty() {
        return Flash::done(
            "Votre présence est notée.",
            "La date est déjà dans le message d’invitation, pour votre agenda.",
        );
    }
    Flash::done("Votre présence est notée.", also_engaged(engaged))
}

/// What a guest who comes already holds on the half-days of the meeting.
#[must_use]
pub fn also_engaged(engaged: &[String]) -> String {
    format!("Sur la même demi-journée, vous tenez déjà\u{202f}: {}.", engaged.join(", "))
}

/// Term of the margin.
pub const WHEN: &str = "Quand";
/// Term of the margin.
pub const HERE: &str = "Chez vous";
/// Term of the margin.
pub const LASTS: &str = "Durée";
/// Term of the margin.
pub const WHERE: &str = "Où";
/// Term of the margin.
pub const WHO: &str = "Participants";
/// Term of the margin.
pub const SPENT: &str = "Temps passé";
/// Fault of a form.
pub const FILE_WANTED: &str = "Choisissez un fichier";
/// Fault of a form.
pub const ANSWER_WANTED: &str = "Dites si vous serez là";

/// « 12 invités, 9 réponses positives ».
#[must_use]
pub fn counts(guests: usize, coming: usize, present: Option<usize>) -> String {
    let number = |count: usize| i64::try_from(count).unwrap_or(i64::MAX);
    let guests = french::plural(number(guests), "personne invitée", "personnes invitées");
    match present {
        Some(present) => {
            format!("{guests}, {}", french::plural(number(present), "présente", "présentes"))
        }
        None => format!("{guests}, {}", french::plural(number(coming), "annoncée", "annoncées")),
    }
}

/// Fault of a file.
pub const FILE_UNREAD: &str = "Ce fichier n’a pas pu être lu";

/// « Heure de Mayotte », of a choice.
#[must_use]
pub fn hour_of(place: &str) -> String {
    french::hour_of(place).replacen('h', "H", 1)
}

/// Who does it and until when, or the day it was done.
#[must_use]
pub fn task_note(row: &entity::meeting_action::Model) -> String {
    let until = french::date(row.due_on);
    match row.done_on {
        Some(day) => format!("{}, fait le {}", row.owner, french::date(day)),
        None => format!("{}, au plus tard le {until}", row.owner),
    }
}

/// Said once the minutes are published.
#[must_use]
pub fn published() -> Flash {
    Flash::done("Compte rendu publié.", "Il part à toutes les personnes invitées.")
}

/// Who signs the documents of meetings for the certifier.
pub const TEAM: &str = "équipe certification";

/// Title of a document.
#[must_use]
pub const fn document(paper: Paper) -> &'static str {
    match paper {
        Paper::Sheet => "Feuille d’émargement",
        Paper::Minutes => "Compte rendu de réunion",
    }
}

/// The button that makes it.
#[must_use]
pub const fn issue(paper: Paper) -> &'static str {
    match paper {
        Paper::Sheet => "Établir la feuille d’émargement",
        Paper::Minutes => "Établir le compte rendu en PDF",
    }
}

/// Said once it is made.
#[must_use]
pub fn issued() -> Flash {
    Flash::done("Document établi.", "Il est avec les documents de la réunion.")
}

/// The words of a confirmation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asked {
    /// The question, which is the title.
    pub question: &'static str,
    /// What it is about.
    pub intro: String,
    /// The button that keeps.
    pub keep: &'static str,
    /// The button that does.
    pub act: &'static str,
    /// Whether it takes something away.
    pub danger: bool,
}

fn asked_intro(row: &meeting::Model) -> String {
    let when = when(*row.starts_at, &row.zone);
    format!("{}, {}, {when}. À l’enregistrement\u{202f}:", title(row.kind), row.number)
}

/// Before a meeting is moved; the meeting as it was.
#[must_use]
pub fn asked_move(before: &meeting::Model) -> Asked {
    Asked {
        question: "Déplacer cette réunion\u{202f}?",
        intro: asked_intro(before),
        keep: "Garder la date",
        act: "Déplacer la réunion",
        danger: false,
    }
}

/// Before a meeting is cancelled.
#[must_use]
pub fn asked_cancellation(row: &meeting::Model) -> Asked {
    Asked {
        question: "Annuler cette réunion\u{202f}?",
        intro: asked_intro(row),
        keep: "Garder la réunion",
        act: "Annuler la réunion",
        danger: true,
    }
}

/// Everything that a move changes and everyone who is told.
#[must_use]
pub fn move_effects(after: &meeting::Model, told: &[Told]) -> Vec<String> {
    let when = when(*after.starts_at, &after.zone);
    let first = format!("la réunion a lieu {when}, {}\u{202f};", place(after));
    let groups = [
        ("meeting-moved", "leur agenda suit et leur réponse est à redonner"),
        ("meeting-invited", "habilitation valide à la nouvelle date, une invitation part"),
        ("meeting-cancelled", "habilitation non valide à la nouvelle date, la réunion quitte leur agenda"),
    ];
    effects(first, &groups, told)
}

/// Everything that a cancellation changes and everyone who is told.
#[must_use]
pub fn cancellation_effects(after: &meeting::Model, told: &[Told]) -> Vec<String> {
    let first = format!("la réunion passe à l’état «\u{202f}{}\u{202f}»\u{202f};", state(after.state).word);
    effects(first, &[("meeting-cancelled", "un message part et la réunion quitte leur agenda")], told)
}

fn effects(first: String, groups: &[(&str, &str)], told: &[Told]) -> Vec<String> {
    let mut effects = vec![first];
    for (template, what) in groups {
        let named = told.iter().filter(|one| one.template == *template);
        let names: Vec<&str> = named.map(|one| one.name.as_str()).collect();
        if !names.is_empty() {
            effects.push(format!("{}\u{202f}: {what}\u{202f};", names.join(", ")));
        }
    }
    if told.is_empty() {
        effects.push("personne n’est invité, personne n’est prévenu\u{202f};".to_owned());
    }
    effects.push("l’acte est inscrit au journal.".to_owned());
    effects
}
