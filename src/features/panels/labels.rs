//! French words of the composition of juries.

pub mod plan;

use entity::availability_day::HalfDay;
use entity::candidate_tie::CandidateTieKind;
use entity::college_seat::{self, College};
use entity::jury_member::{MemberState, Seat};
use time::Date;

use super::panel::Panel;
use crate::features::availability::school::SchoolHoliday;
use crate::http::web::component::{Color, Status};
use crate::http::web::layout::Flash;
use crate::render::french;
use crate::rules::jury::impartiality::{Finding, Reason};
use crate::rules::jury::quorum::Lack;

/// Beside the key of a person.
pub const UNKNOWN_EXPERT: &str = "Cette personne n’est pas enregistrée";
/// Why the mission of whoever gave a seat up is closed.
pub const GIVEN_ANEW: &str = "Le siège est proposé à une autre personne";
/// Beside a seat that is none.
pub const SEAT_WANTED: &str = "Choisissez un siège";
/// Somebody who has a seat already.
pub const ALREADY_SITS: &str = "Cette personne siège déjà dans ce jury.";
/// Above the faults.
pub const NOT_RECORDED: &str = "Les changements ne sont pas encore enregistrés";
/// Title of the calendar.
pub const PLANNING: &str = "Planning des jurys";
/// Title of the page of the colleges of a person.
pub const COLLEGES: &str = "Collèges";
/// Title of the composer.
pub const COMPOSE: &str = "Composer le jury";
/// Title of the page of the members.
pub const MEMBERS: &str = "Membres du jury";
/// Nothing was found.
pub const NO_TIE: &str = "Aucun lien connu";
/// In place of a date.
pub const NO_DATE: &str = "Dates à fixer";

/// A seat.
#[must_use]
pub const fn seat(seat: Seat) -> &'static str {
    match seat {
        Seat::President => "Présidence",
        Seat::Employers => "Collège employeurs",
        Seat::Employees => "Collège salariés",
        Seat::Other => "Autre professionnel",
        Seat::Observer => "Observation",
    }
}

/// A college.
#[must_use]
pub const fn college(college: College) -> &'static str {
    match college {
        College::Employers => "Employeurs",
        College::Employees => "Salariés",
        College::Other => "Autre professionnel",
    }
}

/// « Employeurs, directrice d’une structure, désignée par… ».
#[must_use]
pub fn college_seat(row: &college_seat::Model) -> String {
    format!("{}, {}", college(row.college), row.quality)
}

/// The days of a seat of a college.
#[must_use]
pub fn span(since: Date, until: Option<Date>) -> String {
    match until {
        Some(until) => format!("du {} au {}", french::date(since), french::date(until)),
        None => format!("depuis le {}", french::date(since)),
    }
}

/// Where the place of a member stands.
#[must_use]
pub const fn member(state: MemberState) -> Status {
    match state {
        MemberState::Proposed => Status::new("Réponse attendue", "horloge", Color::Ocre),
        MemberState::Accepted => Status::new("Acceptée", "coche", Color::Pre),
        MemberState::Declined => Status::new("Déclinée", "croix", Color::Ardoise),
        MemberState::Removed => Status::new("Retirée", "croix", Color::Ardoise),
    }
}

/// Every seat of that kind is taken.
#[must_use]
pub fn full(wanted: Seat) -> String {
    match wanted {
        Seat::President => {
            "Une personne est déjà désignée pour présider ce jury\u{202f}: retirez-la d’abord.".to_owned()
        }
        other => format!("Tous les sièges «\u{202f}{}\u{202f}» de ce jury sont pris.", seat(other)),
    }
}

/// Somebody who was offered another mission on the same half-day and has not answered.
#[must_use]
pub fn offered(number: &str) -> String {
    format!(
        "Une autre mission ({number}) lui est proposée sur la même demi-journée\u{202f}: réponse attendue."
    )
}

/// Nobody recorded that the person sits for the college of a seat.
#[must_use]
pub fn no_college(wanted: Seat) -> String {
    format!("Cette personne n’a pas de siège en cours ce jour-là pour «\u{202f}{}\u{202f}».", seat(wanted))
}

fn with_candidate(kind: CandidateTieKind, name: &str) -> String {
    use CandidateTieKind as K;
    match kind {
        K::Trained => format!("A formé {name}."),
        K::Supervised => format!("A encadré {name}."),
        K::Accompanied => format!("A accompagné {name}."),
        K::Assessed => format!("A évalué {name}."),
        K::Family => format!("Lien familial avec {name}."),
        K::Business => format!("Lien d’affaires avec {name}."),
        K::Dispute => format!("Litige avec {name}."),
    }
}

/// What a check found, in words; a person who stays apart from a candidate is told so.
#[must_use]
pub fn finding(panel: &Panel, found: &Finding) -> String {
    let said = match &found.reason {
        Reason::Structure(finding) => finding.sentence.clone(),
        Reason::Candidate(kind) => {
            let judged = panel.candidates.iter().find(|one| Some(one.id) == found.candidate);
            let name = judged.map_or("une personne candidate", |one| one.name.as_str());
            format!("{} Cette personne ne juge pas cette candidature.", with_candidate(*kind, name))
        }
        Reason::NotHabilitated => "L’habilitation n’est pas valide ce jour-là.".to_owned(),
        Reason::NotDeclared => "La déclaration d’intérêts n’est pas à jour.".to_owned(),
        Reason::Competitor(name) => format!("Sert {name}, une structure du même département."),
        Reason::NotSigned => "La déclaration d’impartialité de cette session n’est pas signée.".to_owned(),
    };
    format!("{} ({})", said, found.check.code())
}

/// What a quorum lacks, after « il manque ».
#[must_use]
pub fn lack(lack: Lack) -> String {
    match lack {
        Lack::President => "la présidence".to_owned(),
        Lack::Employers { present, wanted } => people((present, wanted), "du collège employeurs"),
        Lack::Employees { present, wanted } => people((present, wanted), "du collège salariés"),
        Lack::Total { present, wanted } => people((present, wanted), "ayant voix"),
    }
}

fn people((present, wanted): (usize, usize), what: &str) -> String {
    let count = i64::try_from(wanted.saturating_sub(present)).unwrap_or(i64::MAX);
    format!("{} {what}", french::plural(count, "personne", "personnes"))
}

/// What the mission of a seat is called.
#[must_use]
pub fn mission_title(wanted: Seat, certification: &str, commune: &str) -> String {
    match wanted {
        Seat::President => format!("Présidence du jury {certification}, {commune}"),
        Seat::Observer => format!("Observation du jury {certification}, {commune}"),
        other => format!("Jury {certification}, {commune} ({})", seat(other).to_lowercase()),
    }
}

/// The room, then the place, as on the page of the jury.
#[must_use]
pub fn place(place: &str, room: &str) -> String {
    match (place.is_empty(), room.is_empty()) {
        (_, true) => place.to_owned(),
        (true, false) => String::new(),
        (false, false) => format!("{room}, {place}"),
    }
}

/// What whoever sits should know.
#[must_use]
pub fn instructions(panel: &Panel) -> String {
    let count = i64::try_from(panel.candidates.len()).unwrap_or(i64::MAX);
    let expected = i64::from(panel.session.expected);
    let people = french::plural(count.max(expected), "personne candidate", "personnes candidates");
    format!("Jury {}, {people}.", panel.session.number)
}

/// Somebody was asked.
#[must_use]
pub fn asked(name: &str) -> Flash {
    Flash::done(format!("Proposition envoyée à {name}."), "Sa réponse s’affichera ici.")
}

/// Somebody does not sit any more.
#[must_use]
pub fn removed(name: &str) -> Flash {
    Flash::done(format!("{name} ne siège plus."), "La personne est prévenue et son agenda aussi.")
}

/// Recorded.
#[must_use]
pub fn recorded() -> Flash {
    Flash::done("C’est enregistré.", "")
}

/// Last day on which a president should be designated.
#[must_use]
pub fn designate_by(day: Date) -> String {
    format!("Présidence à désigner avant le {}", french::date(day))
}

/// « 28 personnes examinées, 3 affichées. »
#[must_use]
pub fn examined(all: usize, shown: usize) -> String {
    let number = |count: usize| i64::try_from(count).unwrap_or(i64::MAX);
    format!(
        "{}, {}.",
        french::plural(number(all), "personne examinée", "personnes examinées"),
        french::plural(number(shown), "affichée", "affichées")
    )
}

/// « J-5 », « J+2 » or « Aujourd’hui ».
#[must_use]
pub fn countdown(days: i64) -> String {
    match days {
        0 => "Aujourd’hui".to_owned(),
        days if days > 0 => format!("J-{days}"),
        days => format!("J+{}", -days),
    }
}

/// The rules of delays, above the calendar.
#[must_use]
pub fn delays(rules: &crate::rules::referential::JuryRules) -> String {
    format!(
        "Délais proposés\u{202f}: présidence désignée {} jours avant, membres {}, candidats convoqués {}, dossiers remis {}.",
        rules.president_days, rules.members_days, rules.candidates_days, rules.files_days
    )
}

/// In the margin.
pub const WHEN: &str = "Date";
/// In the margin.
pub const PLACE: &str = "Lieu";
/// In the margin.
pub const CERTIFICATION: &str = "Certification";
/// In the margin.
pub const CANDIDATES: &str = "Personnes candidates";
/// In the margin.
pub const QUORUM_LACKS: &str = "Il manque";
/// Nothing lacks.
pub const QUORUM_REACHED: &str = "Rien, si toutes les personnes sollicitées viennent";
/// In the margin: candidates whom too few members may judge.
pub const UNJUDGED: &str = "Quorum impossible pour";
/// In the margin: who may not sit any more.
pub const TO_REPLACE: &str = "Ne peut plus siéger";
/// A criterion.
pub const ENTITLED: &str = "Habilitation ou collège";
/// A criterion.
pub const TIME: &str = "Disponibilité";
/// A criterion.
pub const DISTANCE: &str = "Distance";
/// A criterion.
pub const ROTATION: &str = "Rotation";
/// A criterion.
pub const LOAD: &str = "Charge sur 12 mois";
/// A criterion.
pub const INDEPENDENCE: &str = "Indépendance";
/// No turn to leave to somebody else.
pub const NO_TURN: &str = "Limite de jurys de suite non atteinte";

/// Last day of an habilitation.
#[must_use]
pub fn until(day: &str) -> String {
    format!("Valide jusqu’au {day}")
}

/// The load of everybody looked at.
#[must_use]
pub fn mean(load: usize) -> String {
    format!("moyenne des personnes examinées\u{202f}: {load}")
}

/// Asked before a seat is taken back.
#[must_use]
pub fn ask_removal(name: &str, number: &str) -> String {
    format!("{name} ne siégera plus dans le jury {number}\u{202f}:")
}

/// What a removal does.
pub const REMOVAL_EFFECTS: [&str; 3] = [
    "la mission est retirée, ses demi-journées sont rendues\u{202f};",
    "la personne reçoit un message et son agenda est mis à jour\u{202f};",
    "le siège est à pourvoir.",
];
/// Question before a seat is taken back.
pub const REMOVE: &str = "Retirer cette personne du jury\u{202f}?";
/// Keeps the seat.
pub const KEEP: &str = "Garder";
/// Takes the seat back.
pub const TAKE_BACK: &str = "Retirer du jury";

/// « Février 2024 ».
#[must_use]
pub fn month(first: Date) -> String {
    crate::features::availability::labels::month(first)
}

/// Where the planning comes back to the month of today.
pub const TODAY: &str = "Aujourd’hui";

/// « Vacances scolaires : zone A (Vacances d’hiver, du 17 février au 3 mars 2024). », for those of a month.
#[must_use]
pub fn school(calendar: &[SchoolHoliday], first: Date, last: Date) -> String {
    let of_month = |one: &&SchoolHoliday| one.period.from() <= last && first <= one.period.until();
    let mut told: Vec<(String, Vec<&str>)> = Vec::new();
    for one in calendar.iter().filter(of_month) {
        let days = format!("{}, {}", one.name, french::date_range(one.period.from(), one.period.until()));
        match told.iter_mut().find(|(known, _)| *known == days) {
            Some((_, zones)) => zones.push(one.zone.label()),
            None => told.push((days, vec![one.zone.label()])),
        }
    }
    if told.is_empty() {
        return String::new();
    }
    let one = |(days, zones): &(String, Vec<&str>)| format!("{} ({days})", french::list(zones));
    format!("Vacances scolaires\u{202f}: {}.", told.iter().map(one).collect::<Vec<_>>().join("\u{202f}; "))
}

/// Two juries of one day too far from each other.
#[must_use]
pub fn clash(name: &str, day: Date, gap: time::Duration) -> String {
    let said = format!("{name} préside deux jurys éloignés l’un de l’autre le {}", french::long_date(day));
    if gap.is_negative() {
        return format!("{said}\u{202f}: le second commence avant la fin prévue du premier.");
    }
    format!("{said}. Entre la fin prévue du premier et le début du second\u{202f}: {}.", length(gap))
}

/// « 14 heures 15 minutes »: a length, not an hour of the day.
fn length(gap: time::Duration) -> String {
    let hours = french::plural(gap.whole_hours(), "heure", "heures");
    let minutes = french::plural(gap.whole_minutes() % 60, "minute", "minutes");
    match (gap.whole_hours(), gap.whole_minutes() % 60) {
        (0, _) => minutes,
        (_, 0) => hours,
        _ => format!("{hours} {minutes}"),
    }
}

/// « Souhaité : 11 nov. (matin), 14 nov. (après-midi) », the best first; that the date is to be fixed when nothing is wished.
#[must_use]
pub fn wished(wishes: &[(Date, HalfDay)], today: Date) -> String {
    let half = |half: HalfDay| match half {
        HalfDay::Morning => "matin",
        HalfDay::Afternoon => "après-midi",
    };
    let one =
        |(day, part): &(Date, HalfDay)| format!("{} ({})", french::short_date_from(*day, today), half(*part));
    if wishes.is_empty() {
        return NO_DATE.to_owned();
    }
    format!("Souhaité\u{202f}: {}", wishes.iter().map(one).collect::<Vec<_>>().join(", "))
}

/// What waits in the margin of the calendar.
#[must_use]
pub fn awaited(asked: bool, dated: bool) -> Status {
    match (asked, dated) {
        (true, _) => Status::new("Proposée", "envoi", Color::Ciel),
        (false, true) => Status::new("À affecter", "horloge", Color::Ocre),
        (false, false) => Status::new("Dates à fixer", "cercle", Color::Ardoise),
    }
}

/// Commune of a jury of the calendar, and what it waits for, which its colour tells too.
#[must_use]
pub fn beside(commune: &str, class: &str) -> String {
    match class {
        "conflit" => format!("{commune}, trajet trop court"),
        "propose" => format!("{commune}, présidence à désigner"),
        "attente" => format!("{commune}, réponse attendue"),
        _ => commune.to_owned(),
    }
}

/// Where a jury is given to somebody else.
#[must_use]
pub fn reassign(number: &str, structure: &str) -> String {
    format!("Réaffecter le jury {number} ({structure})")
}

/// « 6 candidats ».
#[must_use]
pub fn candidates(count: i32) -> String {
    french::plural(count.into(), "candidat", "candidats")
}
