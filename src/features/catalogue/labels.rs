//! French words of the catalogue. Terms and titles of its lists are in [`terms`], what is said once an act is done in
//! [`said`].

pub mod said;
pub mod terms;

use entity::enrolment::EnrolmentCause;
use entity::programme_price::{Payer, PriceUnit};
use entity::programme_version::{Sanction, Vat};
use entity::training_handbook::HandbookKind;
use time::{Date, Month, OffsetDateTime, Weekday};

use super::search::Sort;
use super::shelf::{Card, Entry, Mode, Sheet};
use crate::features::training::labels as training;
use crate::http::web::component::Choice;
use crate::render::french::{self, THIN};
use crate::rules::calendar::{day_number, month_name};
use crate::rules::territory;
use crate::rules::training::seats::Tally;

/// Title of the list.
pub const CATALOGUE: &str = "Formations et sessions";
/// Title of the form that comes back.
pub const NOT_SENT: &str = "Votre inscription n’est pas encore envoyée";
/// Title of the answer to somebody who has a seat.
pub const HELD: &str = "Votre place est gardée";
/// Title of the answer to somebody who waits.
pub const WAITING: &str = "Vous êtes en liste d’attente";
/// Title of the page of a link.
pub const ENROLMENT: &str = "Votre inscription";
/// Title of the page of a link that does nothing any more.
pub const LINK_OVER: &str = "Ce lien ne fonctionne plus";
/// Title of the question before an enrolment ends.
pub const CANCEL: &str = "Renoncer à cette inscription";
/// Title of the form of how a person is reached.
pub const CONTACT: &str = "Changer mes coordonnées";
/// Title of the form that comes back.
pub const CONTACT_NOT_SAVED: &str = "Vos coordonnées ne sont pas encore enregistrées";
/// Name of the calendar and of the feed.
pub const FEED: &str = "Sessions ouvertes aux inscriptions";
/// What the feed is about.
pub const FEED_ABOUT: &str = "Les sessions de formation ouvertes aux inscriptions, par date.";

/// Who may pay, in the public form.
#[must_use]
pub fn buyers() -> Vec<Choice> {
    vec![
        Choice::new("employer", "Mon employeur")
            .with_help("Sur son plan de développement des compétences, ou par son OPCO"),
        Choice::new("individual", "Moi-même").with_help(
            "Un contrat vous est proposé. Rien n’est à payer avant la fin de votre délai de rétractation",
        ),
    ]
}

/// The two answers to a question.
#[must_use]
pub fn yes_and_no() -> Vec<Choice> {
    vec![Choice::new("non", "Non"), Choice::new("oui", "Oui")]
}

/// The reasons of a withdrawal, to choose from.
#[must_use]
pub fn causes() -> Vec<Choice> {
    let choice =
        |cause: EnrolmentCause| Choice::new(cause.word(), crate::features::enrolments::labels::cause(cause));
    CAUSES.into_iter().map(choice).collect()
}

/// « 4 à 12 »; empty when nothing says how many.
#[must_use]
pub fn group(least: Option<i32>, most: Option<i32>) -> String {
    match (least, most) {
        (Some(least), Some(most)) => format!("{least} à {most}"),
        (None, Some(most)) => most.to_string(),
        _ => String::new(),
    }
}

/// What is given before one enrols.
#[must_use]
pub const fn handbook(kind: HandbookKind) -> &'static str {
    match kind {
        HandbookKind::Terms => "Conditions d’inscription",
        HandbookKind::HouseRules => "Règlement intérieur",
        HandbookKind::WelcomeBooklet => "Livret d’accueil",
    }
}

/// The filter of the sessions that have free seats.
pub const WITH_SEATS: &str = "Places libres seulement";

/// A way to follow a session.
#[must_use]
pub const fn mode(mode: Mode) -> &'static str {
    match mode {
        Mode::OnSite => "En présence",
        Mode::Remote => "À distance",
        Mode::Mixed => "En présence et à distance",
    }
}

/// An order.
#[must_use]
pub const fn sort(sort: Sort) -> &'static str {
    match sort {
        Sort::Date => "date",
        Sort::Theme => "thème",
        Sort::Region => "région",
    }
}

/// The days of a session, as the list shows them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct When {
    /// First day, large.
    pub day: String,
    /// Last day, when it is another of the same month.
    pub last: String,
    /// Month; the end of the period when it is another month.
    pub month: String,
    /// Days of the week.
    pub week: String,
}

/// The days of a session.
#[must_use]
pub fn when(card: &Card) -> When {
    let days: Vec<Date> = card.days().into_iter().collect();
    let (Some(first), Some(last)) = (days.first().copied(), days.last().copied()) else {
        return When { day: "–".to_owned(), ..When::default() };
    };
    let month = short_month(first.month());
    let (day, week) = (first.day().to_string(), week(&days));
    if first == last {
        return When { day, last: String::new(), month: month.to_owned(), week };
    }
    if (first.year(), first.month()) == (last.year(), last.month()) {
        return When { day, last: last.day().to_string(), month: month.to_owned(), week };
    }
    let end = format!("{month} au {} {}", day_number(last), short_month(last.month()));
    When { day, last: String::new(), month: end, week }
}

/// « mardi », « mar. et mer. », « lun. au ven. », « 4 jours ».
fn week(days: &[Date]) -> String {
    let short = |day: &Date| weekday(day.weekday(), true);
    let follow = days.windows(2).all(|pair| pair[0].next_day() == Some(pair[1]));
    match days {
        [] => String::new(),
        [only] => weekday(only.weekday(), false).to_owned(),
        [one, other] if follow => format!("{} et {}", short(one), short(other)),
        [first, .., last] if follow => format!("{} au {}", short(first), short(last)),
        more => french::plural(i64::try_from(more.len()).unwrap_or_default(), "jour", "jours"),
    }
}

const fn weekday(day: Weekday, short: bool) -> &'static str {
    match (day, short) {
        (Weekday::Monday, false) => "lundi",
        (Weekday::Tuesday, false) => "mardi",
        (Weekday::Wednesday, false) => "mercredi",
        (Weekday::Thursday, false) => "jeudi",
        (Weekday::Friday, false) => "vendredi",
        (Weekday::Saturday, false) => "samedi",
        (Weekday::Sunday, false) => "dimanche",
        (Weekday::Monday, true) => "lun.",
        (Weekday::Tuesday, true) => "mar.",
        (Weekday::Wednesday, true) => "mer.",
        (Weekday::Thursday, true) => "jeu.",
        (Weekday::Friday, true) => "ven.",
        (Weekday::Saturday, true) => "sam.",
        (Weekday::Sunday, true) => "dim.",
    }
}

fn short_month(month: Month) -> &'static str {
    match month {
        Month::January => "janv.",
        Month::February => "févr.",
        Month::July => "juil.",
        Month::September => "sept.",
        Month::October => "oct.",
        Month::November => "nov.",
        Month::December => "déc.",
        whole => month_name(whole),
    }
}

/// « Février », « Février 2027 » when it is not of this year.
#[must_use]
pub fn month(day: Date, today: Date) -> String {
    let name = capital(month_name(day.month()));
    if day.year() == today.year() { name } else { format!("{name} {}", day.year()) }
}

/// « Février 2027 ».
#[must_use]
pub fn whole_month(day: Date) -> String {
    format!("{} {}", capital(month_name(day.month())), day.year())
}

fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

/// « 23 sessions ouvertes de février à juillet 2026 », without the number.
#[must_use]
pub fn counted(entries: &[&Entry]) -> String {
    let days = entries.iter().filter_map(|entry| entry.session().starts_on);
    let (first, last) = (days.clone().min(), days.max());
    let open = if entries.len() < 2 { "session ouverte" } else { "sessions ouvertes" };
    let (Some(first), Some(last)) = (first, last) else { return open.to_owned() };
    let whole = |day: Date| format!("{} {}", month_name(day.month()), day.year());
    if (first.year(), first.month()) == (last.year(), last.month()) {
        return format!("{open} en {}", whole(first));
    }
    let start = if first.year() == last.year() { month_name(first.month()).to_owned() } else { whole(first) };
    let from = if start.starts_with(['a', 'o']) { format!("d’{start}") } else { format!("de {start}") };
    format!("{open} {from} à {}", whole(last))
}

/// « 1 jour, 7 h », « une demi-journée, 3 h 30 ».
#[must_use]
pub fn duration(days: usize, half_days: usize, minutes: i32) -> String {
    let long = match (days, half_days) {
        (_, 1) => "une demi-journée".to_owned(),
        (0, _) => String::new(),
        (days, _) => french::plural(i64::try_from(days).unwrap_or_default(), "jour", "jours"),
    };
    match (long.is_empty(), minutes > 0) {
        (true, _) => hours(minutes),
        (false, true) => format!("{long}, {}", hours(minutes)),
        (false, false) => long,
    }
}

/// « 7 h », « 12 h 30 ».
#[must_use]
pub fn hours(minutes: i32) -> String {
    match (minutes / 60, minutes % 60) {
        (hours, 0) => format!("{}{THIN}h", french::integer(hours.into())),
        (hours, left) => format!("{}{THIN}h{THIN}{left:02}", french::integer(hours.into())),
    }
}

/// The duration of a session.
#[must_use]
pub fn duration_of(card: &Card) -> String {
    duration(card.days().len(), card.slots.len(), card.session.duration_minutes)
}

/// « 210 € », « 1 250,50 € ».
#[must_use]
pub fn money(cents: i64) -> String {
    if cents % 100 == 0 {
        format!("{}{THIN}€", french::integer(cents / 100))
    } else {
        french::money_cents(cents)
    }
}

/// « 210 € nets de taxe », « 210 € hors taxe », « Sur devis ».
#[must_use]
pub fn price(cents: Option<i64>, vat: Vat) -> String {
    match (cents, vat) {
        (None, _) => "Sur devis".to_owned(),
        (Some(0), _) => "Gratuit".to_owned(),
        (Some(cents), Vat::Exempt) => format!("{} nets de taxe", money(cents)),
        (Some(cents), Vat::Standard) => format!("{} hors taxe", money(cents)),
    }
}

/// Who pays a price.
#[must_use]
pub const fn payer(payer: Payer) -> &'static str {
    match payer {
        Payer::Employer => "Employeur",
        Payer::Opco => "OPCO",
        Payer::Individual => "Particulier",
        Payer::Member => "Structure adhérente",
        Payer::Public => "Organisme public",
    }
}

/// What a price is for.
#[must_use]
pub const fn unit(unit: PriceUnit) -> &'static str {
    match unit {
        PriceUnit::Person => "par personne",
        PriceUnit::Group => "par groupe",
        PriceUnit::Day => "par jour",
        PriceUnit::Hour => "par heure",
    }
}

/// What ends a programme.
#[must_use]
pub const fn sanction(sanction: Sanction) -> &'static str {
    match sanction {
        Sanction::Attestation => "Attestation de fin de formation",
        Sanction::Certification => "Certification",
        Sanction::None => "Aucune",
    }
}

/// « Poitiers (86) », « À distance ».
#[must_use]
pub fn town(entry: &Entry) -> String {
    let session = entry.session();
    match (entry.mode(), session.commune.trim()) {
        (Mode::Remote, _) => mode(Mode::Remote).to_owned(),
        (_, "") => training::modality(session.modality).to_owned(),
        (_, commune) if session.department.is_empty() => commune.to_owned(),
        (_, commune) => format!("{commune} ({})", session.department),
    }
}

/// « Maison des associations, Poitiers (86) ».
#[must_use]
pub fn whole_place(entry: &Entry) -> String {
    let place = entry.session().place.trim();
    if entry.mode() == Mode::Remote || place.is_empty() {
        town(entry)
    } else {
        format!("{place}, {}", town(entry))
    }
}

/// « Vienne, Nouvelle-Aquitaine ».
#[must_use]
pub fn region(code: &str) -> String {
    territory::region(code).map_or_else(|| "Toutes régions".to_owned(), |region| region.name.to_owned())
}

/// « places libres sur 10 », « place libre sur 10 ».
#[must_use]
pub fn free(tally: Tally) -> String {
    let word = if tally.free() < 2 { "place libre" } else { "places libres" };
    format!("{word} sur {}", tally.seats)
}

/// « Liste d’attente : 3 personnes »; nothing when nobody waits.
#[must_use]
pub fn waiting(tally: Tally) -> String {
    match tally.waiting {
        0 => String::new(),
        count => {
            format!("Liste d’attente\u{202f}: {}", french::plural(count.into(), "personne", "personnes"))
        }
    }
}

/// « Il reste 4 places sur 10. », « Complet : votre rang serait le 4. »
#[must_use]
pub fn seats(tally: Tally) -> String {
    match tally.free() {
        0 => format!(
            "Session complète\u{202f}: en liste d’attente, votre rang serait le {}.",
            tally.waiting + 1
        ),
        1 => format!("Il reste 1 place sur {}.", tally.seats),
        free => format!("Il reste {free} places sur {}.", tally.seats),
    }
}

/// « Mardi 6 février 2026, de 9 h à 17 h », « Du 6 au 8 février 2026 ».
#[must_use]
pub fn when_whole(card: &Card) -> String {
    let session = &card.session;
    let (Some(first), Some(last)) = (session.starts_on, session.ends_on) else {
        return "Dates à préciser".to_owned();
    };
    if first != last {
        return capital(&french::date_range(first, last));
    }
    let day = capital(&french::long_date(first));
    match hours_of(card) {
        Some(hours) => format!("{day}, {hours}"),
        None => day,
    }
}

/// « de 9 h à 17 h », at the hour of the place.
fn hours_of(card: &Card) -> Option<String> {
    let (starts, ends) = (*card.session.starts_at?, *card.session.ends_at?);
    let zone = &card.session.zone;
    let local = |at: OffsetDateTime| crate::rules::deadline::local(at, zone).ok();
    let (from, until) = (local(starts)?, local(ends)?);
    let place = match french::local_and_paris(starts, zone).split_once(", ") {
        Some((_, named)) => format!(" ({})", named.split(" (").next().unwrap_or(named)),
        None => String::new(),
    };
    let (from, until) = (french::time_of_day(from.time()), french::time_of_day(until.time()));
    Some(format!("de {from} à {until}{place}"))
}

/// A half-day: « mardi 6 février 2026, de 9 h à 12 h 30 », with the hour of Paris where it is another.
#[must_use]
pub fn slot(slot: &entity::training_slot::Model) -> String {
    let day = french::long_date(slot.day);
    let until = crate::rules::deadline::local(*slot.ends_at, &slot.zone)
        .map_or_else(|_| String::new(), |at| french::time_of_day(at.time()));
    format!("{day}, de {} à {until}", french::local_and_paris(*slot.starts_at, &slot.zone))
}

/// The duration of a programme.
#[must_use]
pub fn duration_of_sheet(sheet: &Sheet) -> String {
    let half_days = usize::try_from(sheet.version.half_days.unwrap_or_default()).unwrap_or_default();
    duration(half_days.div_ceil(2), half_days, sheet.version.duration_minutes.unwrap_or_default())
}

/// The last day to enrol, or nothing.
#[must_use]
pub fn enrol_until(until: Option<Date>) -> String {
    until.map_or_else(String::new, |day| format!("Inscription possible jusqu’au {}", french::date(day)))
}

/// What the answer to a form says of the seat that is held.
#[must_use]
pub fn held_until(at: OffsetDateTime, zone: &str) -> String {
    crate::features::enrolments::labels::instant(at, zone)
}

/// What a client who gives up owes.
#[must_use]
pub fn fee(percent: u8, cents: i64) -> String {
    if cents == 0 {
        "Cette annulation est gratuite.".to_owned()
    } else {
        format!("Cette annulation coûte {percent}{THIN}% du prix, soit {}.", money(cents))
    }
}

/// The reasons that a person may give.
pub const CAUSES: [EnrolmentCause; 6] = [
    EnrolmentCause::Work,
    EnrolmentCause::Health,
    EnrolmentCause::Personal,
    EnrolmentCause::Employer,
    EnrolmentCause::Funding,
    EnrolmentCause::Other,
];

/// Title of the form that asks for another link.
pub const LOST: &str = "Recevoir un nouveau lien";
/// Title of the form of a withdrawal that comes back.
pub const NOT_CANCELLED: &str = "Votre inscription n’est pas encore annulée";

/// Fault of the form of a withdrawal.
pub const CAUSE_MISSING: &str = "Choisissez une raison";

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::date;

    #[test]
    fn days_are_told_as_people_say_them() {
        let told = |days: &[Date]| week(days);
        assert_eq!(told(&[date!(2024 - 02 - 06)]), "mardi");
        assert_eq!(told(&[date!(2024 - 02 - 13), date!(2024 - 02 - 14)]), "mar. et mer.");
        let three = [date!(2024 - 02 - 20), date!(2024 - 02 - 21), date!(2024 - 02 - 22)];
        assert_eq!(told(&three), "mar. au jeu.");
        assert_eq!(told(&[date!(2024 - 03 - 18), date!(2024 - 03 - 25)]), "2 jours");
    }

    #[test]
    fn durations_and_prices_are_short() {
        assert_eq!(duration(1, 2, 420), "1 jour, 7\u{202f}h");
        assert_eq!(duration(1, 1, 210), "une demi-journée, 3\u{202f}h\u{202f}30");
        assert_eq!(duration(0, 0, 750), "12\u{202f}h\u{202f}30");
        assert_eq!(price(Some(21_000), Vat::Exempt), "210\u{202f}€ nets de taxe");
        assert_eq!(price(None, Vat::Exempt), "Sur devis");
    }
}
