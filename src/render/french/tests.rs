//! Dates, numbers and lists, as they are written in French.

use super::*;
use proptest::prelude::*;
use time::macros::{date, datetime, time};

/// With ordinary spaces, to read the expected texts below.
fn plain(text: &str) -> String {
    text.replace(THIN, " ")
}

#[test]
fn a_quality_takes_no_capital_after_a_name() {
    for (quality, said) in [
        ("Coprésidente", "Maud Exemple, coprésidente"),
        ("Éducatrice", "Maud Exemple, éducatrice"),
        ("directrice générale", "Maud Exemple, directrice générale"),
        ("DRH", "Maud Exemple, DRH"),
        ("", "Maud Exemple"),
    ] {
        assert_eq!(name_and_quality("Maud Exemple", quality), said);
    }
}

#[test]
fn a_text_is_cut_at_a_word() {
    for (text, most, said) in [
        ("Jury du CQP à Loudun", 40, "Jury du CQP à Loudun"),
        ("Jury du CQP à Loudun", 20, "Jury du CQP à Loudun"),
        ("Jury du CQP à Loudun", 19, "Jury du CQP à\u{a0}…"),
        ("Jury du CQP, à Loudun", 12, "Jury du CQP\u{a0}…"),
        ("Jury du CQP, à Loudun", 11, "Jury du\u{a0}…"),
        ("Visite\u{202f}: Loudun", 8, "Visite\u{a0}…"),
        ("Anticonstitutionnellement", 6, "Antico\u{a0}…"),
        ("", 6, ""),
    ] {
        assert_eq!(cut(text, most), said, "{text}, {most}");
    }
}

#[test]
fn dates_in_words() {
    assert_eq!(long_date(date!(2024 - 01 - 16)), "mardi 16 janvier 2024");
    assert_eq!(long_date(date!(2025 - 06 - 01)), "dimanche 1er juin 2025");
    assert_eq!(date(date!(2024 - 08 - 01)), "1er août 2024");
    let short: Vec<String> = (1..=12)
        .map(|month| short_date(Date::from_calendar_date(2024, Month::try_from(month).unwrap(), 16).unwrap()))
        .collect();
    assert_eq!(
        short.join(", "),
        "16 janv., 16 févr., 16 mars, 16 avr., 16 mai, 16 juin, 16 juil., 16 août, 16 sept., 16 oct., 16 nov., 16 déc."
    );
    assert_eq!(short_date(date!(2024 - 02 - 01)), "1er févr.");
}

#[test]
fn ranges_of_dates_say_the_month_and_the_year_once() {
    let cases = [
        (date!(2024 - 02 - 06), date!(2024 - 02 - 07), "du 6 au 7 février 2024"),
        (date!(2024 - 01 - 30), date!(2024 - 02 - 02), "du 30 janvier au 2 février 2024"),
        (date!(2023 - 12 - 30), date!(2024 - 01 - 01), "du 30 décembre 2023 au 1er janvier 2024"),
        (date!(2023 - 02 - 06), date!(2024 - 02 - 06), "du 6 février 2023 au 6 février 2024"),
        (date!(2024 - 02 - 06), date!(2024 - 02 - 06), "le 6 février 2024"),
    ];
    for (from, until, words) in cases {
        assert_eq!(date_range(from, until), words);
    }
}

#[test]
fn a_length_is_told_in_years_months_and_days() {
    let from = date!(2026 - 11 - 30);
    for (to, words) in [
        (date!(2026 - 11 - 30), "0 jour"),
        (date!(2026 - 12 - 01), "1 jour"),
        (date!(2027 - 02 - 28), "3 mois"),
        (date!(2027 - 03 - 18), "3 mois et 18 jours"),
        (date!(2028 - 12 - 10), "2 ans"),
        (date!(2029 - 01 - 30), "2 ans et 2 mois"),
    ] {
        assert_eq!(plain(&length(from, to)), words);
    }
}

#[test]
fn hours_here_and_in_paris() {
    assert_eq!(plain(&time_of_day(time!(09:30))), "9 h 30");
    assert_eq!(plain(&time_of_day(time!(09:00))), "9 h");
    assert_eq!(plain(&time_of_day(time!(00:05))), "0 h 05");
    assert_eq!(plain(&date_time(datetime!(2024-01-16 09:30))), "16 janvier 2024 à 9 h 30");
    let cases = [
        (datetime!(2024-01-16 06:00 UTC), "Indian/Mayotte", "9 h, heure de Mayotte (7 h à Paris)"),
        (datetime!(2024-07-16 06:00 UTC), "Indian/Mayotte", "9 h, heure de Mayotte (8 h à Paris)"),
        (datetime!(2024-01-16 08:00 UTC), "Europe/Paris", "9 h"),
        (datetime!(2024-01-15 22:00 UTC), "Pacific/Noumea", "9 h, heure de Nouméa (23 h la veille à Paris)"),
        (
            datetime!(2024-01-17 01:30 UTC),
            "America/Cayenne",
            "22 h 30, heure de Guyane (2 h 30 le lendemain à Paris)",
        ),
        (datetime!(2024-01-16 08:00 UTC), "America/New_York", "3 h, heure de New York (9 h à Paris)"),
        (datetime!(2024-01-16 08:00 UTC), "Nulle/Part", "9 h, heure de Paris"),
        (
            datetime!(2024-01-16 08:00 UTC),
            "Pacific/Gambier",
            "23 h, heure des Gambier (9 h le lendemain à Paris)",
        ),
    ];
    for (instant, zone, words) in cases {
        assert_eq!(plain(&local_and_paris(instant, zone)), words);
    }
}

#[test]
fn days_counted_from_today() {
    let today = date!(2024 - 01 - 16);
    let cases = [
        (date!(2024 - 01 - 16), "aujourd’hui"),
        (date!(2024 - 01 - 17), "demain"),
        (date!(2024 - 01 - 15), "hier"),
        (date!(2024 - 01 - 18), "dans 2 jours"),
        (date!(2024 - 01 - 13), "il y a 3 jours"),
        (date!(2024 - 04 - 15), "dans 90 jours"),
        (date!(2024 - 04 - 16), "dans 3 mois"),
        (date!(2025 - 01 - 10), "dans 1 an"),
        (date!(2026 - 05 - 10), "dans 2 ans et 4 mois"),
        (date!(2027 - 01 - 15), "dans 3 ans"),
        (date!(2020 - 01 - 16), "il y a 4 ans"),
    ];
    for (date, words) in cases {
        assert_eq!(plain(&relative_days(date, today)), words);
    }
}

#[test]
fn numbers_amounts_and_shares() {
    assert_eq!(integer(1250), "1\u{202f}250");
    assert_eq!(plain(&integer(-1_234_567)), "−1 234 567");
    assert_eq!(plain(&integer(i64::MIN)), "−9 223 372 036 854 775 808");
    for (cents, words) in [(125_050, "1 250,50 €"), (0, "0,00 €"), (5, "0,05 €"), (-1999, "−19,99 €")]
    {
        assert_eq!(plain(&money_cents(cents)), words);
    }
    for (part, whole, words) in [
        (96, 100, "96 %"),
        (1, 8, "12,5 %"),
        (2, 3, "66,7 %"),
        (0, 5, "0 %"),
        (5, 0, "–"),
        (30, 2, "1 500 %"),
    ] {
        assert_eq!(plain(&percent(part, whole)), words);
    }
}

#[test]
fn words_agree_with_their_number() {
    for (count, words) in
        [(0, "0 pièce"), (1, "1 pièce"), (2, "2 pièces"), (-1, "−1 pièce"), (1250, "1 250 pièces")]
    {
        assert_eq!(plain(&plural(count, "pièce", "pièces")), words);
    }
}

#[test]
fn lists_end_with_and() {
    assert_eq!(list::<&str>(&[]), "");
    assert_eq!(list(&["a"]), "a");
    assert_eq!(list(&["a", "b"]), "a et b");
    assert_eq!(list(&["a".to_owned(), "b".to_owned(), "c".to_owned()]), "a, b et c");
}

#[test]
fn sizes_of_files() {
    let cases = [
        (0, "0 octet"),
        (1, "1 octet"),
        (512, "512 octets"),
        (999, "999 octets"),
        (1000, "1 ko"),
        (1449, "1,4 ko"),
        (999_949, "999,9 ko"),
        (999_950, "1 Mo"),
        (2_400_000, "2,4 Mo"),
        (u64::MAX, "18,4 Eo"),
    ];
    for (octets, words) in cases {
        assert_eq!(plain(&file_size(octets)), words);
    }
}

proptest! {
    #[test]
    fn a_number_keeps_its_digits(number in any::<i64>()) {
        let digits: String = integer(number).chars().filter(char::is_ascii_digit).collect();
        prop_assert_eq!(digits, number.unsigned_abs().to_string());
    }
}
