//! French words of the sessions of juries.

use entity::availability_day::HalfDay;
use entity::candidate::CandidateState;
use entity::jury_incident::IncidentKind;
use entity::jury_member::{MemberState, Seat};
use entity::jury_session::{JuryMode, JuryState};
use time::{Date, OffsetDateTime};

use super::delays::{Delay, Late};
use super::state::{Event, Guard, can};
use super::wording;
use crate::features::candidates::labels as words_of_candidates;
use crate::features::candidates::state as files;
use crate::http::web::component::{Color, Status};
use crate::http::web::layout::Flash;
use crate::render::french;
use crate::rules::jury::quorum::Lack;

/// Name of the list.
pub const JURIES: &str = "Jurys";
/// Name of the form of the certifier.
pub const NEW_JURY: &str = "Nouveau jury";
/// Name of the form of a structure.
pub const ASK: &str = "Demander un jury";
/// Title of the summary of faults.
pub const NOT_RECORDED: &str = "Rien n’est enregistré";
/// Fault of a form.
pub const UNKNOWN_STRUCTURE: &str = "Choisissez une structure enregistrée";
/// Fault of a form.
pub const UNKNOWN_SITE: &str = "Ce site n’est pas de cette structure, ou il est fermé";
/// Fault of a form.
pub const UNKNOWN_VERSION: &str = "Choisissez une certification";
/// Fault of a form.
pub const UNKNOWN_CANDIDATE: &str = "Cette personne n’est pas inscrite pour cette certification";
/// Fault of a form.
pub const NOT_ADMITTED: &str = "Cette personne n’est pas admise à se présenter";
/// Fault of a form.
pub const NOBODY_LEFT: &str = "Un jury confirmé garde au moins un candidat";
/// Fault of a form.
pub const REASON_WANTED: &str = "Indiquez le motif";
/// Fault of a form.
pub const NO_SITE: &str = "Cette structure n’a pas de site où tenir le jury";
/// Fault of a form.
pub const REMOTE_NOT_ALLOWED: &str = "Le référentiel ne permet pas de tenir ce jury à distance";
/// Why missions move when a session is planned again.
pub const OTHER_DATE: &str = "Nouvelle date du jury";
/// Fault of a form.
pub const IN_THE_PAST: &str = "Choisissez une date à venir";

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

/// The name of an event, for the diagrams and the refusals.
#[must_use]
pub const fn event(event: Event) -> &'static str {
    match event {
        Event::Request => "demander",
        Event::Reject => "refuser",
        Event::Withdraw => "retirer la demande",
        Event::Plan => "planifier",
        Event::AssignPresident => "désigner la présidence",
        Event::AddMember => "ajouter un membre",
        Event::RemoveMember => "retirer un membre",
        Event::Confirm => "confirmer",
        Event::Convoke => "convoquer",
        Event::Postpone => "reporter",
        Event::Cancel => "annuler",
        Event::Open => "ouvrir",
        Event::NoQuorum => "constater la carence",
        Event::Abstain => "s’abstenir",
        Event::RecordIncident => "noter un incident",
        Event::Deliberate => "délibérer",
        Event::CloseDeliberation => "clore la délibération",
        Event::Sign => "signer",
        Event::ControlOk => "déclarer conforme",
        Event::ControlKo => "renvoyer à rectifier",
        Event::Rectify => "rectifier",
        Event::Validate => "valider",
        Event::TakeBack => "revenir sur la validation",
        Event::Notify => "notifier",
        Event::Reopen => "rouvrir après un recours",
    }
}

/// What may be done from a state that refused.
#[must_use]
pub fn wrong_state(from: Option<JuryState>) -> String {
    let Some(from) = from else { return "Ce jury n’existe pas encore.".to_owned() };
    let possible: Vec<_> = Event::ALL.into_iter().filter(|one| can(from, *one)).map(event).collect();
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

/// Said of a candidate who is expected elsewhere.
#[must_use]
pub fn expected_elsewhere(number: &str) -> String {
    format!("Cette personne passe déjà devant le jury {number}")
}

/// Said of too many candidates.
#[must_use]
pub fn too_many(most: usize) -> String {
    let most = i64::try_from(most).unwrap_or(i64::MAX);
    format!("Ce créneau accueille {} au plus", french::plural(most, "candidat", "candidats"))
}

/// Said of a room that is taken.
#[must_use]
pub fn room_taken(room: &str, day: &str, half: HalfDay, with: Option<&str>) -> String {
    let by = with.map_or_else(|| "par un autre jury".to_owned(), |number| format!("par le jury {number}"));
    format!("«\u{202f}{room}\u{202f}» est déjà prise {by}, le {day}, {}.", self::half(half).to_lowercase())
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

/// Title of the sheet of an incident, by its rank in the session.
#[must_use]
pub fn incident_sheet(rank: usize, withdrawn: bool) -> String {
    if withdrawn {
        format!("Fiche d’incident {rank}, retirée")
    } else {
        format!("Fiche d’incident {rank}")
    }
}

/// What follows an incident, on its sheet.
#[must_use]
pub const fn incident_follow(kind: IncidentKind, withdrawn: bool) -> &'static str {
    match (kind, withdrawn) {
        (_, true) => "L’incident ne figure pas au procès-verbal.",
        (IncidentKind::Fraud, false) => {
            "L’équipe certification est prévenue et entendra la personne. La décision du jury pour elle demande un motif."
        }
        (_, false) => "L’incident figure au procès-verbal.",
    }
}

/// Said once something is recorded.
#[must_use]
pub fn recorded() -> Flash {
    Flash::done("Enregistré.", "")
}

/// Said once a jury is asked for.
#[must_use]
pub fn requested(number: &str) -> Flash {
    Flash::done(
        "Demande envoyée.",
        format!("Elle porte le numéro {number}. L’équipe certification fixe la date et compose le jury."),
    )
}

/// Said once an act is done.
#[must_use]
pub fn done(event: Event) -> Flash {
    match event {
        Event::Reject => Flash::done("Demande refusée.", "La structure est prévenue."),
        Event::Withdraw => Flash::done(
            "Demande retirée.",
            "L’équipe certification est prévenue. Vous pouvez en faire une autre.",
        ),
        Event::Plan => Flash::done("Jury planifié.", "Désignez maintenant la présidence et les membres."),
        Event::Confirm => Flash::done("Jury confirmé.", "La structure et les membres ont la date."),
        Event::Convoke => {
            Flash::done("Candidats convoqués.", "Les convocations sont produites dans un instant.")
        }
        Event::Postpone => {
            Flash::done("Jury reporté.", "Vérifiez la salle et les membres, puis planifiez-le à nouveau.")
        }
        Event::Cancel => Flash::done("Jury annulé.", "Les candidats restent admis à se présenter."),
        _ => recorded(),
    }
}

/// A title of the page of a session.
#[must_use]
pub fn title(structure: &str) -> String {
    format!("Jury de {structure}")
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
pub fn candidate_state(stored: CandidateState) -> &'static str {
    let word = stored.word();
    let known = files::State::ALL.into_iter().find(|state| state.word() == word);
    known.map_or("", words_of_candidates::state_word)
}

/// « Membre proposé : Hélène Sauvagnac », in the history of a session.
#[must_use]
pub fn happened_to(name: &str, whom: &[&str]) -> String {
    if whom.is_empty() {
        return happened(name).to_owned();
    }
    format!("{}\u{202f}: {}", happened(name), whom.join(", "))
}

/// What happened, in the history of a session; the name of the event when it has no word.
#[must_use]
pub fn happened(name: &str) -> &str {
    match name {
        "jury.requested" => "Jury demandé",
        "jury.rejected" => "Demande refusée",
        "jury.withdrawn" => "Demande retirée par la structure",
        "jury.planned" => "Jury planifié",
        "jury.candidates_chosen" => "Candidats choisis",
        "jury.president_assigned" | "jury_session.president_designated" => "Présidence proposée",
        "jury.member_added" | "jury_session.member_added" => "Membre proposé",
        "jury.member_answered" => "Réponse d’un membre",
        "jury.member_removed" | "jury_session.member_removed" => "Membre retiré",
        "mission.accepted" => "Un membre a accepté",
        "mission.declined" => "Un membre a décliné",
        "mission.expired" => "Un membre n’a pas répondu à temps",
        "mission.dropped_out" => "Désistement d’un membre",
        "jury.confirmed" => "Jury confirmé",
        "jury.convoked" => "Candidats convoqués",
        "jury.files_sent" => "Dossiers signalés aux membres",
        "jury.postponed" => "Jury reporté",
        "jury.cancelled" => "Jury annulé",
        "jury.member_checked_in" => "Arrivée ou déclaration d’un membre",
        "jury.opened" => "Jury ouvert",
        "jury.presence_recorded" => "Présence d’un candidat notée",
        "jury.presence_corrected" => "Présence d’un candidat corrigée",
        "jury.results_entered" => "Résultats saisis",
        "jury.decided" => "Décision prise",
        "jury.no_quorum" => "Carence constatée",
        "jury.abstained" => "Abstention d’un membre",
        "jury.incident_recorded" => "Incident noté",
        "jury.incident_withdrawn" => "Incident retiré",
        "jury.deliberating" => "Délibération commencée",
        "jury.minutes_frozen" => "Procès-verbal établi",
        "jury.signature_given" => "Procès-verbal signé par un membre",
        "jury.minutes_signed" => "Procès-verbal signé par tous",
        "jury.minutes_checked" => "Procès-verbal conforme",
        "jury.minutes_sent_back" => "Procès-verbal renvoyé à rectifier",
        "jury.minutes_rectified" => "Procès-verbal rectifié",
        "jury.validated" => "Décisions validées",
        "jury.validation_taken_back" => "Validation reprise",
        "jury.closed" => "Résultats envoyés",
        "jury.reopened" => "Rouvert après un recours",
        "jury.code_sent" => "Code de signature envoyé",
        "jury.results_told" => "Décisions annoncées aux candidats",
        "jury.document_issued" => "Document produit",
        "document.downloaded" => "Document consulté",
        other => other,
    }
}
