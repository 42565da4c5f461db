//! Dates, delays and places as the mails and the documents of the agreement desk write them.

use entity::site;
use time::{Date, OffsetDateTime};

use crate::render::french;
use crate::rules::deadline;
use crate::rules::fold::fold;
use crate::rules::period::Period;
use crate::rules::territory::{PARIS, zone_place};
use crate::rules::visit_time::{Unfit, VisitHours};

/// "lundi 3 mars 2025 à 23 h 59, heure de Cayenne".
#[must_use]
pub fn instant(instant: OffsetDateTime, zone: &str) -> String {
    let day = deadline::day_in_zone(instant, zone);
    format!("{} à {}", french::long_date(day), french::local_and_paris(instant, zone))
}

/// "Heures de Guyane": said once above hours that are not those of Paris; nothing elsewhere.
#[must_use]
pub fn hours_of(zone: &str) -> Option<String> {
    let named = || french::hour_of(zone_place(zone).unwrap_or(zone)).replacen("heure", "Heures", 1);
    (zone != PARIS).then(named)
}

/// "3 mars 2025", in a zone.
#[must_use]
pub fn day(instant: OffsetDateTime, zone: &str) -> String {
    french::date(deadline::day_in_zone(instant, zone))
}

/// "mardi 18 mars 2025".
#[must_use]
pub fn long(date: Date) -> String {
    french::long_date(date)
}

/// Where the constant texts name the certification.
const OF_CERTIFICATION: &str = "{de la certification}";

/// "du CQP", or "de la certification" for one that is no CQP, from its title.
#[must_use]
pub fn of_certification(title: &str) -> &'static str {
    let is_cqp = ["Certificat de qualification professionnelle", "CQP "];
    if is_cqp.iter().any(|word| title.starts_with(word)) { "du CQP" } else { "de la certification" }
}

/// A constant text, said of a certification; of any of them when the title is empty.
#[must_use]
pub fn said_of(text: &str, title: &str) -> String {
    text.replace(OF_CERTIFICATION, of_certification(title))
}

/// "deux mois".
#[must_use]
pub fn months(count: u16) -> String {
    format!("{} mois", in_words(count))
}

/// "15 jours".
#[must_use]
pub fn days(count: u16) -> String {
    french::plural(i64::from(count), "jour", "jours")
}

/// "deux fois"; nothing for none.
#[must_use]
pub fn times(count: usize) -> Option<String> {
    match u16::try_from(count).unwrap_or(u16::MAX) {
        0 => None,
        1 => Some("une fois".to_owned()),
        several => Some(format!("{} fois", in_words(several))),
    }
}

fn in_words(count: u16) -> String {
    const WORDS: [&str; 13] = [
        "zéro", "un", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix", "onze",
        "douze",
    ];
    WORDS.get(usize::from(count)).map_or_else(|| count.to_string(), |word| (*word).to_owned())
}

/// "Site de l’Anse, 97300 Cayenne", one per site.
#[must_use]
pub fn sites(sites: &[site::Model]) -> Vec<String> {
    sites.iter().map(|site| format!("{}, {} {}", site.label, site.postal_code, site.commune)).collect()
}

/// "Site de l’Anse, 3 rue des Palétuviers, 97300 Cayenne".
#[must_use]
pub fn address_of(site: &site::Model) -> String {
    format!("{}, {}, {} {}", site.label, site.address, site.postal_code, site.commune)
}

/// The addresses of several sites, on one line.
#[must_use]
pub fn addresses(sites: &[&site::Model]) -> String {
    let each: Vec<_> = sites.iter().map(|site| address_of(site)).collect();
    each.join("\u{202f}; ")
}

/// What the time of somebody holds in the days to come: absences, then what they said free.
#[must_use]
pub fn time_ahead(absences: &[Period], free: usize) -> Vec<String> {
    let absences =
        absences.iter().map(|one| format!("Absence {}", french::date_range(one.from(), one.until())));
    let free = i64::try_from(free).unwrap_or_default();
    let free = match free {
        0 => "Aucune demi-journée déclarée libre".to_owned(),
        some => french::plural(some, "demi-journée déclarée libre", "demi-journées déclarées libres"),
    };
    absences.chain([free]).collect()
}

/// Why a visit may not begin then, and what to choose instead.
#[must_use]
pub fn visit_unfit(unfit: Unfit, day: Date, hours: VisitHours) -> String {
    let day = french::date(day);
    match unfit {
        Unfit::Sunday => {
            format!("Jour de la visite\u{202f}: le {day} est un dimanche. Choisissez un autre jour")
        }
        Unfit::Holiday(name) => format!(
            "Jour de la visite\u{202f}: le {day} est férié là où se trouve la structure ({name}). Choisissez un autre jour"
        ),
        Unfit::Hour => format!(
            "Heure de la visite\u{202f}: choisissez une heure entre {}\u{202f}h et {}\u{202f}h, à l’heure du lieu",
            hours.earliest, hours.latest
        ),
    }
}

/// The paragraphs of a text, one item each.
#[must_use]
pub fn items(text: &str) -> Vec<String> {
    text.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect()
}

/// Whether two texts name one person: accents, case, apostrophes, hyphens and the order of the names apart.
#[must_use]
pub fn is_same_name(one: &str, other: &str) -> bool {
    let joined = |name: &str| fold(name).replace(' ', "");
    let sorted = |name: &str| {
        let folded = fold(&name.replace(['\'', '’', '‘', 'ʼ'], ""));
        let mut words: Vec<_> = folded.split(' ').map(str::to_owned).collect();
        words.sort_unstable();
        words
    };
    joined(one) == joined(other) || sorted(one) == sorted(other)
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::date;

    #[test]
    fn the_days_to_come_tell_absences_then_what_is_free() {
        let away = Period::new(date!(2026 - 03 - 03), date!(2026 - 03 - 10)).unwrap();
        assert_eq!(
            time_ahead(&[away], 0),
            ["Absence du 3 au 10 mars 2026", "Aucune demi-journée déclarée libre"]
        );
        assert_eq!(time_ahead(&[], 1), ["1 demi-journée déclarée libre"]);
    }

    #[test]
    fn hours_name_their_zone_when_it_is_not_that_of_paris() {
        let cases = [
            ("Europe/Paris", None),
            ("America/Cayenne", Some("Heures de Guyane")),
            ("Indian/Mayotte", Some("Heures de Mayotte")),
        ];
        for (zone, said) in cases {
            assert_eq!(hours_of(zone).as_deref(), said);
        }
    }

    #[test]
    fn the_constant_texts_name_the_certification_by_its_kind() {
        for (title, said) in [
            ("Certificat de qualification professionnelle Salarié polyvalent", "du CQP"),
            ("CQP Encadrant pédagogique", "du CQP"),
            ("Socle de compétences transversales pour l’employabilité", "de la certification"),
            ("", "de la certification"),
        ] {
            assert_eq!(of_certification(title), said, "{title}");
            let text = said_of("Une personne référente {de la certification} est nommée.", title);
            assert_eq!(text, format!("Une personne référente {said} est nommée."));
        }
    }

    #[test]
    fn delays_are_written_in_words() {
        assert_eq!([months(1), months(6), months(18)], ["un mois", "six mois", "18 mois"]);
        assert_eq!([days(1), days(90)], ["1 jour", "90 jours"]);
        let said = [times(0), times(1), times(2)];
        assert_eq!(said.each_ref().map(Option::as_deref), [None, Some("une fois"), Some("deux fois")]);
    }

    #[test]
    fn a_name_is_the_same_whatever_its_accents_its_apostrophes_and_its_order() {
        for (typed, same) in [
            ("Ulysse N’Diaye", true),
            ("ulysse n'diaye", true),
            ("Ulysse NDIAYE", true),
            ("N’Diaye Ulysse", true),
            ("NDIAYE Ulysse", true),
            ("Ulyssé N Diaye", true),
            ("Toto Inconnu", false),
            ("Ulysse", false),
            ("", false),
        ] {
            assert_eq!(is_same_name("Ulysse N’Diaye", typed), same, "{typed}");
        }
    }
}
