//! French words of the time of experts.

use std::collections::BTreeMap;

use entity::absence::{self, AbsenceReason};
use entity::availability_day::HalfDay;
use entity::recurring_half_day;
use time::{Date, Weekday};

use super::engagements::{Clash, Named};
use super::load::Load;
use super::queries::weekday as weekday_of;
use super::school::SchoolHoliday;
use crate::http::web::layout::Flash;
use crate::render::french;
use crate::rules::calendar::{day_number, month_name, written};
use crate::rules::engagement::Slot;
use crate::rules::half_day::{Availability, Source, State};
use crate::rules::missions::{Distance, Reach};
use crate::rules::school_zone::SchoolZone;

/// Why the expert is written to.
pub const WHY_CHANGED: &str =
    "Vous recevez ce message parce que l’équipe a changé vos disponibilités à votre place.";
/// Why the expert is written to.
pub const WHY_ASKED: &str =
    "Vous recevez ce message parce que votre fiche d’intervenant est suivie par l’équipe certification.";

/// Title of the page.
pub const TITLE: &str = "Disponibilités";
/// Above the faults.
pub const NOT_RECORDED: &str = "Vos changements ne sont pas encore enregistrés";
/// Term of the margin.
pub const DECLARED: &str = "Dernière déclaration";
/// Nothing declared.
pub const NEVER: &str = "Aucune pour le moment";
/// Term of the margin.
pub const LIVES: &str = "Territoire";
/// Term of the margin.
pub const SCHOOL: &str = "Vacances scolaires";
/// No school holidays of this zone and month are known.
pub const SCHOOL_UNKNOWN: &str = "Calendrier non connu pour ce mois";
/// No date of school holidays is known where the person lives.
pub const TERRITORY_UNKNOWN: &str = "Dates de ce territoire à enregistrer par l’équipe";
/// No school zone.
pub const NO_ZONE: &str = "Sans objet";
/// Fault of a form.
pub const UNKNOWN_HALF_DAY: &str =
    "Une des demi-journées envoyées n’existe pas\u{202f}: rien n’est enregistré, ouvrez le mois à nouveau";
/// Fault of a form.
pub const MONTH_OVER: &str = "Ce mois est passé\u{202f}: ses demi-journées ne changent plus";

/// Columns of a file of school holidays, and their other names.
pub const ZONE_COLUMN: &[&str] = &["zone", "académie", "territoire", "zones"];
/// See [`ZONE_COLUMN`].
pub const NAME_COLUMN: &[&str] = &["vacances", "nom", "description", "période"];
/// See [`ZONE_COLUMN`].
pub const FROM_COLUMN: &[&str] = &["du", "début", "premier jour", "date de début", "starts_on"];
/// See [`ZONE_COLUMN`].
pub const UNTIL_COLUMN: &[&str] = &["au", "fin", "dernier jour", "date de fin", "ends_on"];
/// Fault of a line.
pub const DATE_WANTED: &str = "Indiquez une date, par exemple 19/12/2026";
/// Fault of a line.
pub const TOO_LONG: &str = "Ces vacances dureraient plus de quatre mois\u{202f}: vérifiez les deux dates";

/// Fault of a line: the zones that exist.
#[must_use]
pub fn unknown_zone() -> String {
    let known: Vec<_> = SchoolZone::ALL.iter().map(|zone| zone.label()).collect();
    format!("Cette zone n’est pas connue\u{202f}: indiquez {}", french::list(&known))
}

/// Fault of a line.
#[must_use]
pub fn overlaps(other: &SchoolHoliday) -> String {
    let days = french::date_range(other.period.from(), other.period.until());
    format!("Une autre ligne de cette zone, {days}, couvre déjà une partie de ces jours")
}

/// The name of a half of a day.
#[must_use]
pub const fn half(half: HalfDay) -> &'static str {
    match half {
        HalfDay::Morning => "Matin",
        HalfDay::Afternoon => "Après-midi",
    }
}

/// The name of a day of the week.
#[must_use]
pub const fn weekday(day: Weekday) -> &'static str {
    match day {
        Weekday::Monday => "lundi",
        Weekday::Tuesday => "mardi",
        Weekday::Wednesday => "mercredi",
        Weekday::Thursday => "jeudi",
        Weekday::Friday => "vendredi",
        Weekday::Saturday => "samedi",
        Weekday::Sunday => "dimanche",
    }
}

/// The reason of an absence.
#[must_use]
pub const fn reason(reason: AbsenceReason) -> &'static str {
    match reason {
        AbsenceReason::Leave => "Congés",
        AbsenceReason::Training => "Formation",
        AbsenceReason::Health => "Santé",
        AbsenceReason::Family => "Famille",
        AbsenceReason::Work => "Autre travail",
        AbsenceReason::Other => "Autre",
    }
}

/// « Novembre 2025 ».
#[must_use]
pub fn month(first: Date) -> String {
    capital(&format!("{} {}", month_name(first.month()), first.year()))
}

/// « lundi 3 novembre ».
#[must_use]
pub fn day(day: Date) -> String {
    let name = weekday(day.weekday());
    format!("{name} {} {}", day_number(day), month_name(day.month()))
}

/// « Lundi matin, une semaine sur deux, depuis le 6 octobre 2025 ».
#[must_use]
pub fn rhythm(row: &recurring_half_day::Model, today: Date) -> String {
    let half = match row.half_day {
        HalfDay::Morning => "matin",
        HalfDay::Afternoon => "après-midi",
    };
    let name = weekday(weekday_of(row.weekday));
    let every = if row.every_weeks == 2 { "une semaine sur deux" } else { "chaque semaine" };
    let days = match row.ends_on {
        Some(until) => french::date_range(row.starts_on, until),
        None if row.starts_on > today => format!("à partir du {}", written(row.starts_on)),
        None => format!("depuis le {}", written(row.starts_on)),
    };
    capital(&format!("{name} {half}, {every}, {days}"))
}

/// « Du 20 au 26 octobre 2025 ».
#[must_use]
pub fn absence(row: &absence::Model) -> String {
    capital(&french::date_range(row.starts_on, row.ends_on))
}

/// What a half-day is, in a word.
#[must_use]
pub const fn state(state: State) -> &'static str {
    match (state.availability, state.source) {
        (Availability::Available, _) => "disponible",
        (Availability::Unavailable, Source::Absence) => "absence",
        (Availability::Unavailable, Source::Holiday) => "jour férié",
        (Availability::Unavailable, _) => "indisponible",
        (Availability::Unknown, _) => "non renseigné",
    }
}

/// The mission, the visit or the session of a half-day.
#[must_use]
pub fn engagement(named: &Named) -> String {
    match named {
        Named::Mission(Some(number)) => format!("Mission {number}"),
        Named::Mission(None) => "Mission".to_owned(),
        Named::Visit(Some(number)) => format!("Visite {number}"),
        Named::Visit(None) => "Visite".to_owned(),
        Named::Session(Some(number)) => format!("Session {number}"),
        Named::Session(None) => "Session".to_owned(),
        Named::Meeting(number) => format!("Réunion {number}"),
    }
}

/// An engagement of both half-days of a day.
pub const WHOLE_DAY: &str = "journée entière";

/// What takes a half-day, by its title when it has one.
#[must_use]
pub fn engaged(named: &Named, title: Option<&str>) -> String {
    let said = title.unwrap_or(match named {
        Named::Mission(_) => "Mission",
        Named::Visit(_) => "Visite d’agrément",
        Named::Session(_) => "Session de formation",
        Named::Meeting(_) => "Réunion",
    });
    said.to_owned()
}

/// What stands after the name of somebody about half-days on which they said not to be free, one day after the other:
/// « a déclaré une absence le lundi 14 décembre 2026 ».
#[must_use]
pub fn not_free(found: &[(Slot, State)]) -> Vec<String> {
    let mut days: BTreeMap<Date, Vec<(HalfDay, State)>> = BTreeMap::new();
    for ((day, half), state) in found {
        days.entry(*day).or_default().push((*half, *state));
    }
    let said = |(day, halves): (Date, Vec<(HalfDay, State)>)| {
        let absent = halves.iter().any(|(_, state)| state.source == Source::Absence);
        let what = if absent { "a déclaré une absence" } else { "a dit ne pas être libre" };
        match halves.as_slice() {
            [(half, _)] => format!("{what} {}", on_half(day, *half)),
            _ => format!("{what} le {}", french::long_date(day)),
        }
    };
    days.into_iter().map(said).collect()
}

/// The same, about meetings that they said they come to on some of these half-days, each meeting once.
#[must_use]
pub fn coming(accepted: &[(Slot, String)], slots: &[Slot]) -> Vec<String> {
    let mut numbers: Vec<&str> = Vec::new();
    let mut said = Vec::new();
    for ((day, half), number) in accepted.iter().filter(|(slot, _)| slots.contains(slot)) {
        if !numbers.contains(&number.as_str()) {
            numbers.push(number);
            said.push(format!("a dit venir à la réunion {number} {}", on_half(*day, *half)));
        }
    }
    said
}

fn on_half(day: Date, half: HalfDay) -> String {
    let half = match half {
        HalfDay::Morning => "matin",
        HalfDay::Afternoon => "après-midi",
    };
    format!("le {} ({half})", french::long_date(day))
}

/// Said of someone who has already given that half-day.
#[must_use]
pub fn clash(clash: &Clash) -> String {
    let (day, half) = clash.slot;
    let when = on_half(day, half);
    match &clash.with {
        Some(Named::Mission(Some(number))) => {
            format!("Cette personne tient déjà la mission {number} {when}.")
        }
        Some(Named::Visit(Some(number))) => {
            format!("Cette personne fait déjà la visite de la demande {number} {when}.")
        }
        Some(Named::Session(Some(number))) => {
            format!("Cette personne anime déjà la session {number} {when}.")
        }
        Some(Named::Meeting(number)) => format!("Cette personne a dit venir à la réunion {number} {when}."),
        Some(Named::Mission(None) | Named::Visit(None) | Named::Session(None)) | None => {
            format!("Cette personne est déjà prise {when}.")
        }
    }
}

/// What a day with a mission or a visit is, for the little calendars.
pub const MISSION: &str = "mission";

/// What a whole day is, for the little calendars.
#[must_use]
pub fn whole_day(morning: State, afternoon: State) -> String {
    if state(morning) == state(afternoon) {
        return state(morning).to_owned();
    }
    format!("{} le matin, {} l’après-midi", state(morning), state(afternoon))
}

/// What the button of « comme le mois dernier » says.
#[must_use]
pub fn like_month_before(first: Date) -> String {
    let name = month_name(first.month());
    let of = if name.starts_with(['a', 'o']) { "d’" } else { "de " };
    format!("Reprendre le rythme {of}{name}")
}

/// Said once recorded.
#[must_use]
pub fn recorded(first: Date) -> Flash {
    Flash::done(format!("Disponibilités de {} enregistrées.", month(first).to_lowercase()), "")
}

/// Said after « comme le mois dernier ».
#[must_use]
pub fn repeated(count: usize) -> Flash {
    if count == 0 {
        let text = "Le mois précédent ne dit rien de plus pour les jours qui restent.";
        return Flash::done("Aucune demi-journée n’a changé.", text);
    }
    let count = i64::try_from(count).unwrap_or(i64::MAX);
    let changed = french::plural(count, "demi-journée reprise", "demi-journées reprises");
    Flash::done(format!("{changed} du mois précédent."), "Les absences et les jours fériés n’ont pas changé.")
}

/// Said once a change other than a month is recorded.
#[must_use]
pub fn changed() -> Flash {
    Flash::done("Changements enregistrés.", "")
}

/// Said once the expert is asked.
#[must_use]
pub fn asked() -> Flash {
    Flash::done("Message envoyé.", "La personne est invitée à déclarer ses disponibilités.")
}

/// Said once school holidays are loaded.
#[must_use]
pub fn loaded(count: usize) -> Flash {
    let count = i64::try_from(count).unwrap_or(i64::MAX);
    Flash::done(
        french::plural(count, "période de vacances chargée.", "périodes de vacances chargées."),
        "Elles remplacent celles des mêmes zones et des mêmes années scolaires.",
    )
}

/// Title of the page where the dates of a school year are typed.
pub const EDIT_SCHOOL_YEAR: &str = "Enregistrer les dates d’une année scolaire";
/// Above the faults of these dates.
pub const YEAR_NOT_KEPT: &str = "Les dates ne sont pas encore enregistrées";

/// « 2026-2027 ».
#[must_use]
pub fn year(year: i32) -> String {
    format!("{year}-{}", year + 1)
}

/// Said once the dates of a school year are typed.
#[must_use]
pub fn year_kept(count: usize) -> Flash {
    let count = i64::try_from(count).unwrap_or(i64::MAX);
    let told =
        if count == 0 { "Aucune date n’est plus enregistrée ici." } else { "Ces dates s’appliquent." };
    Flash::done(format!("{}.", french::plural(count, "période enregistrée", "périodes enregistrées")), told)
}

/// Title of the page of school holidays.
pub const SCHOOL_CALENDAR: &str = "Calendrier scolaire";
/// Above the faults of a file.
pub const FILE_REFUSED: &str = "Le fichier n’est pas encore chargé";
/// Fault of a form.
pub const LINES_WRONG: &str = "Des lignes sont à corriger, rien n’est chargé";
/// Fault of a form.
pub const FILE_WANTED: &str = "Choisissez un fichier CSV ou Excel";

/// « déclarées le 8 janvier 2024 ».
#[must_use]
pub fn declared_on(day: Date) -> String {
    format!("déclarées le {}", written(day))
}

/// Nothing was ever declared.
pub const NEVER_DECLARED: &str = "jamais déclarées";

/// How often a half-day comes back.
pub const PACES: [(&str, &str); 2] = [("1", "Chaque semaine"), ("2", "Une semaine sur deux")];

/// The name of a school zone, in the margin.
#[must_use]
pub fn school_zone(zone: SchoolZone) -> String {
    capital(zone.label())
}

/// Until when the calendar of a zone is known.
#[must_use]
pub fn known_until(zone: SchoolZone, last: Option<Date>) -> String {
    let extent = last.map_or_else(
        || "dates à enregistrer".to_owned(),
        |last| format!("dates connues jusqu’au {}", french::date(last)),
    );
    format!("{}\u{202f}: {extent}", school_zone(zone))
}

/// The school holidays of a month, in the margin.
#[must_use]
pub fn school_note(holidays: &[SchoolHoliday]) -> String {
    let one = |one: &SchoolHoliday| {
        format!("{}, {}", one.name, french::date_range(one.period.from(), one.period.until()))
    };
    let lines: Vec<_> = holidays.iter().map(one).collect();
    if lines.is_empty() { NO_SCHOOL_HOLIDAY.to_owned() } else { lines.join(". ") }
}

/// No school holidays in the month.
pub const NO_SCHOOL_HOLIDAY: &str = "Aucune ce mois-ci";

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

/// How far someone lives: « autre région, ≈ 210 km à vol d’oiseau ».
#[must_use]
pub fn distance(reach: Reach) -> String {
    let by_territory = match reach.distance {
        Distance::SameDepartment => "même département",
        Distance::SameRegion => "même région",
        Distance::OtherRegion if !reach.outside => "région où elle intervient",
        Distance::OtherRegion => "autre région",
        Distance::Overseas => "outre-mer ou traversée",
        Distance::NoPlace => "à distance",
    };
    match reach.km {
        Some(km) => format!("{by_territory}, {} à vol d’oiseau", about_km(km)),
        None => by_territory.to_owned(),
    }
}

/// Said of a place that is further than someone travels: « ≈ 210 km, au-delà de ses 100 km. »
#[must_use]
pub fn beyond(km: u32, most: i32) -> String {
    format!("{}, au-delà de ses {}\u{202f}km.", about_km(km), french::integer(most.into()))
}

fn about_km(km: u32) -> String {
    format!("≈\u{202f}{}\u{202f}km", french::integer(km.into()))
}

/// What a load is told beside.
pub const THE_MISSION: &str = "la mission";
/// What a load is told beside.
pub const THE_VISIT: &str = "la visite";

/// How busy someone is beside what they could be given, and what was counted.
#[must_use]
pub fn load(load: Load, beside: &str) -> String {
    let (behind, ahead) = counted(load);
    format!("{behind} sur douze mois avant {beside}{ahead}")
}

/// The same under a title that says over how long: « 2 missions, 1 mission à venir ».
#[must_use]
pub fn short_load(load: Load) -> String {
    let (behind, ahead) = counted(load);
    format!("{behind}{ahead}")
}

/// What is behind, then what is ahead after a comma.
fn counted(load: Load) -> (String, String) {
    let count = |count: usize, one: &str, many: &str| {
        let count = i64::try_from(count).unwrap_or(i64::MAX);
        (count > 0).then(|| french::plural(count, one, many))
    };
    let both = |missions: usize, visits: usize| -> Vec<String> {
        let parts = [count(missions, "mission", "missions"), count(visits, "visite", "visites")];
        parts.into_iter().flatten().collect()
    };
    let (behind, ahead) =
        (both(load.missions, load.visits), both(load.missions_to_come, load.visits_to_come));
    let behind = if behind.is_empty() { "aucun engagement".to_owned() } else { french::list(&behind) };
    let ahead = if ahead.is_empty() { String::new() } else { format!(", {} à venir", french::list(&ahead)) };
    (behind, ahead)
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::date;

    #[test]
    fn what_is_not_free_is_told_day_by_day() {
        let refused = |source| State { availability: Availability::Unavailable, source };
        let (monday, tuesday) = (date!(2026 - 12 - 14), date!(2026 - 12 - 15));
        let found = [
            ((monday, HalfDay::Morning), refused(Source::Absence)),
            ((monday, HalfDay::Afternoon), refused(Source::Absence)),
            ((tuesday, HalfDay::Morning), refused(Source::Recurring)),
        ];
        assert_eq!(
            not_free(&found),
            [
                "a déclaré une absence le lundi 14 décembre 2026",
                "a dit ne pas être libre le mardi 15 décembre 2026 (matin)",
            ]
        );
        assert_eq!(not_free(&[]), Vec::<String>::new());
    }

    #[test]
    fn a_meeting_is_told_once_and_on_the_half_days_asked_only() {
        let day = date!(2026 - 04 - 14);
        let accepted = [
            ((day, HalfDay::Morning), "REU-2026-0001".to_owned()),
            ((day, HalfDay::Afternoon), "REU-2026-0001".to_owned()),
        ];
        for (slots, expected) in [
            (vec![(day, HalfDay::Morning), (day, HalfDay::Afternoon)], 1),
            (vec![(day, HalfDay::Afternoon)], 1),
            (vec![(day.next_day().unwrap(), HalfDay::Morning)], 0),
        ] {
            let said = coming(&accepted, &slots);
            assert_eq!(said.len(), expected, "{slots:?}");
            assert!(said.iter().all(|one| one.contains("la réunion REU-2026-0001 le mardi 14 avril 2026")));
        }
    }
}
