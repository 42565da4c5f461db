//! Departments, overseas territories and regions: names, time zones, holidays.
//!
//! A code is the INSEE one, as text (`01`, `2A`, `974`). The overseas territories that are no departments
//! (975, 977, 978, 986, 987, 988) stand in the same table, without a region.
mod departments;
mod prefectures;

use super::calendar::Calendar;
use departments::{DEPARTMENTS, REGIONS, ZONES};

/// The zone of the mainland, and of the certifier.
pub const PARIS: &str = "Europe/Paris";

/// A department, or an overseas territory.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Department {
    /// INSEE code.
    pub code: &'static str,
    /// French name.
    pub name: &'static str,
    /// INSEE code of its region; none for the territories that are no departments.
    pub region: Option<&'static str>,
    /// IANA time zone.
    pub zone: &'static str,
    /// Its public holidays.
    pub calendar: Calendar,
}

/// A region.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Region {
    /// INSEE code.
    pub code: &'static str,
    /// French name.
    pub name: &'static str,
    /// Three letters, for a tile of the map.
    pub tile: &'static str,
}

impl Department {
    /// Whether it lies outside of Europe.
    #[must_use]
    pub fn is_overseas(&self) -> bool {
        self.code.len() == 3
    }

    /// Its region.
    #[must_use]
    pub fn region(&self) -> Option<&'static Region> {
        region(self.region?)
    }
}

/// All departments and overseas territories, in the order of the official lists.
#[must_use]
pub fn departments() -> &'static [Department] {
    &DEPARTMENTS
}

/// All regions: the mainland and Corsica, then overseas.
#[must_use]
pub fn regions() -> &'static [Region] {
    &REGIONS
}

/// The department of a code, in any case (`2a`).
#[must_use]
pub fn department(code: &str) -> Option<&'static Department> {
    DEPARTMENTS.iter().find(|department| department.code.eq_ignore_ascii_case(code))
}

/// The public holidays of a department; those of the mainland when nobody knows its code.
#[must_use]
pub fn calendar(code: &str) -> Calendar {
    department(code).map_or(Calendar::Metropolitan, |place| place.calendar)
}

/// The region of an INSEE code.
#[must_use]
pub fn region(code: &str) -> Option<&'static Region> {
    REGIONS.iter().find(|region| region.code == code)
}

/// The department of a postal code, spaces ignored.
///
/// A guess, to be shown and corrected: some communes are served by the post office of the next department.
/// Saint-Barthélemy and Saint-Martin have kept postal codes of Guadeloupe.
#[must_use]
pub fn department_of_postal_code(text: &str) -> Option<&'static Department> {
    let postal: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    if postal.len() != 5 || !postal.bytes().all(|c| c.is_ascii_digit()) {
        return None;
    }
    match (&postal[..2], &postal[..3], postal.as_str()) {
        (_, _, "97133") => department("977"),
        (_, _, "97150") => department("978"),
        (_, "200" | "201", _) => department("2A"),
        (_, "202" | "206", _) => department("2B"),
        ("97" | "98", three, _) => department(three),
        (two, _, _) => department(two),
    }
}

/// Whether regions as they are stored, `27,52` or nothing for everywhere, hold one.
#[must_use]
pub fn covers(regions: &str, region: &str) -> bool {
    regions.is_empty() || regions.split(',').any(|code| code == region)
}

/// About how many kilometres, as the crow flies and to the nearest ten, part the chief towns of two departments; none within
/// one department, or when a code is no department.
#[must_use]
pub fn kilometres(from: &str, to: &str) -> Option<u32> {
    let (from, to) = (department(from)?, department(to)?);
    if from.code == to.code {
        return None;
    }
    let tens = (prefectures::kilometres(from.code, to.code)? / 10.0).round();
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "no two places of the Earth are further than 20 020 km"
    )]
    let tens = tens as u32;
    Some(tens * 10)
}

/// Whether a department code is an overseas one.
#[must_use]
pub fn is_overseas(code: &str) -> bool {
    department(code).is_some_and(Department::is_overseas)
}

/// The time zones of the Republic, for a choice: IANA name, and the place that people name its hour by.
#[must_use]
pub fn zones() -> &'static [(&'static str, &'static str)] {
    &ZONES
}

/// The place that people name the hour of a zone by: « heure de Mayotte ».
#[must_use]
pub fn zone_place(zone: &str) -> Option<&'static str> {
    ZONES.iter().find(|(name, _)| *name == zone).map(|(_, place)| *place)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn departments_are_parted_by_kilometres_overseas_too() {
        for (from, to, expected) in [
            ("58", "21", Some(150)),
            ("58", "62", Some(370)),
            ("75", "78", Some(20)),
            ("974", "976", Some(1410)),
            ("971", "972", Some(170)),
            ("2A", "13", Some(320)),
            ("62", "976", Some(8140)),
            ("987", "988", Some(4610)),
            ("58", "89", Some(100)),
            ("58", "58", None),
            ("58", "", None),
            ("99", "58", None),
        ] {
            assert_eq!(kilometres(from, to), expected, "{from} {to}");
            assert_eq!(kilometres(to, from), expected, "{to} {from}");
        }
    }

    #[test]
    fn every_department_is_somewhere_of_its_own() {
        let known = departments();
        for (rank, one) in known.iter().enumerate() {
            for other in &known[rank + 1..] {
                let apart = prefectures::kilometres(one.code, other.code);
                assert!(apart.is_some_and(|km| km > 5.0), "{} {}", one.code, other.code);
            }
        }
    }
    use crate::rules::deadline::is_zone;
    use std::collections::HashSet;

    #[test]
    fn there_are_101_departments_in_18_regions_and_6_other_territories() {
        let codes: HashSet<&str> = departments().iter().map(|department| department.code).collect();
        assert_eq!(codes.len(), 107);
        assert_eq!(departments().iter().filter(|department| department.region.is_some()).count(), 101);
        assert_eq!(departments().iter().filter(|department| department.is_overseas()).count(), 11);
        let sizes = [
            ("11", 8),
            ("24", 6),
            ("27", 8),
            ("28", 5),
            ("32", 5),
            ("44", 10),
            ("52", 5),
            ("53", 4),
            ("75", 12),
            ("76", 13),
            ("84", 12),
            ("93", 6),
            ("94", 2),
            ("01", 1),
            ("02", 1),
            ("03", 1),
            ("04", 1),
            ("06", 1),
        ];
        assert_eq!(regions().len(), sizes.len());
        for (code, size) in sizes {
            let region = region(code).unwrap();
            let members = departments().iter().filter(|department| department.region() == Some(region));
            assert_eq!(members.count(), size, "departments of {}", region.name);
        }
        let tiles: HashSet<&str> = regions().iter().map(|region| region.tile).collect();
        assert_eq!(tiles.len(), 18);
    }

    #[test]
    fn every_zone_exists_and_has_a_name() {
        for department in departments() {
            assert!(is_zone(department.zone), "{}", department.zone);
            assert!(zone_place(department.zone).is_some(), "{}", department.zone);
        }
        for (zone, _) in zones() {
            assert!(is_zone(zone), "{zone}");
        }
        assert_eq!(zone_place("Indian/Mayotte"), Some("Mayotte"));
        assert_eq!(zone_place("Europe/London"), None);
    }

    #[test]
    fn each_place_has_its_zone_and_holidays() {
        let cases = [
            ("75", "Paris", Some("11"), "Europe/Paris", Calendar::Metropolitan),
            ("2a", "Corse-du-Sud", Some("94"), "Europe/Paris", Calendar::Metropolitan),
            ("67", "Bas-Rhin", Some("44"), "Europe/Paris", Calendar::AlsaceMoselle),
            ("68", "Haut-Rhin", Some("44"), "Europe/Paris", Calendar::AlsaceMoselle),
            ("57", "Moselle", Some("44"), "Europe/Paris", Calendar::AlsaceMoselle),
            ("88", "Vosges", Some("44"), "Europe/Paris", Calendar::Metropolitan),
            ("21", "Côte-d’Or", Some("27"), "Europe/Paris", Calendar::Metropolitan),
            ("971", "Guadeloupe", Some("01"), "America/Guadeloupe", Calendar::Guadeloupe),
            ("972", "Martinique", Some("02"), "America/Martinique", Calendar::Martinique),
            ("973", "Guyane", Some("03"), "America/Cayenne", Calendar::Guyane),
            ("974", "La Réunion", Some("04"), "Indian/Reunion", Calendar::Reunion),
            ("976", "Mayotte", Some("06"), "Indian/Mayotte", Calendar::Mayotte),
            ("975", "Saint-Pierre-et-Miquelon", None, "America/Miquelon", Calendar::SaintPierreEtMiquelon),
            ("977", "Saint-Barthélemy", None, "America/St_Barthelemy", Calendar::SaintBarthelemy),
            ("978", "Saint-Martin", None, "America/Marigot", Calendar::SaintMartin),
            ("986", "Wallis-et-Futuna", None, "Pacific/Wallis", Calendar::WallisEtFutuna),
            ("987", "Polynésie française", None, "Pacific/Tahiti", Calendar::PolynesieFrancaise),
            ("988", "Nouvelle-Calédonie", None, "Pacific/Noumea", Calendar::NouvelleCaledonie),
        ];
        for (code, name, region, zone, calendar) in cases {
            let found = department(code).unwrap();
            assert_eq!(
                (found.name, found.region, found.zone, found.calendar),
                (name, region, zone, calendar)
            );
        }
        for unknown in ["", "20", "96", "00", "970", "984", "1"] {
            assert_eq!(department(unknown), None, "{unknown}");
        }
    }

    #[test]
    fn a_postal_code_gives_its_department() {
        let cases = [
            ("75011", Some("75")),
            ("01 000", Some("01")),
            ("20000", Some("2A")),
            ("20137", Some("2A")),
            ("20200", Some("2B")),
            ("20600", Some("2B")),
            ("20700", None),
            ("97110", Some("971")),
            ("97133", Some("977")),
            ("97150", Some("978")),
            ("97200", Some("972")),
            ("97300", Some("973")),
            ("97400", Some("974")),
            ("97500", Some("975")),
            ("97600", Some("976")),
            ("98600", Some("986")),
            ("98713", Some("987")),
            ("98800", Some("988")),
            ("98000", None),
            ("99000", None),
            ("7501", None),
            ("750111", None),
            ("75O11", None),
            ("é123", None),
        ];
        for (postal, code) in cases {
            assert_eq!(department_of_postal_code(postal).map(|found| found.code), code, "{postal}");
        }
        assert!(is_overseas("976"));
        assert!(!is_overseas("2A"));
        assert!(!is_overseas("999"));
    }
}
