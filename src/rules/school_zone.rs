//! School zones: which holidays of schools a department follows.
//!
//! The mainland has three zones of academies since 2015; Corsica and each overseas academy decide their own dates.
//! Saint-Barthélemy and Saint-Martin follow the academy of Guadeloupe.
use time::{Date, Month};

/// Declares the zones with their stored word and their French name.
macro_rules! zones {
    ($($(#[$doc:meta])* $name:ident = $word:literal, $label:literal;)+) => {
        /// Whose school holidays apply.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum SchoolZone { $($(#[$doc])* $name,)+ }

        impl SchoolZone {
            /// Every zone.
            pub const ALL: &'static [Self] = &[$(Self::$name,)+];

            /// The stored word.
            #[must_use]
            pub const fn word(self) -> &'static str {
                match self { $(Self::$name => $word,)+ }
            }

            /// The French name.
            #[must_use]
            pub const fn label(self) -> &'static str {
                match self { $(Self::$name => $label,)+ }
            }
        }
    };
}

zones! {
    /// Besançon, Bordeaux, Clermont-Ferrand, Dijon, Grenoble, Limoges, Lyon, Poitiers.
    A = "a", "zone A";
    /// Aix-Marseille, Amiens, Lille, Nancy-Metz, Nantes, Nice, Normandie, Orléans-Tours, Reims, Rennes, Strasbourg.
    B = "b", "zone B";
    /// Créteil, Montpellier, Paris, Toulouse, Versailles.
    C = "c", "zone C";
    /// Corsica.
    Corse = "corse", "Corse";
    /// Guadeloupe, Saint-Barthélemy, Saint-Martin.
    Guadeloupe = "guadeloupe", "Guadeloupe";
    /// Martinique.
    Martinique = "martinique", "Martinique";
    /// Guyane.
    Guyane = "guyane", "Guyane";
    /// La Réunion.
    Reunion = "reunion", "La Réunion";
    /// Mayotte.
    Mayotte = "mayotte", "Mayotte";
    /// Saint-Pierre-et-Miquelon.
    Miquelon = "miquelon", "Saint-Pierre-et-Miquelon";
    /// Wallis-et-Futuna.
    Wallis = "wallis", "Wallis-et-Futuna";
    /// Polynésie française.
    Polynesie = "polynesie", "Polynésie française";
    /// Nouvelle-Calédonie.
    Caledonie = "caledonie", "Nouvelle-Calédonie";
}

const ZONE_A: [&str; 32] = [
    "01", "03", "07", "15", "16", "17", "19", "21", "23", "24", "25", "26", "33", "38", "39", "40", "42",
    "43", "47", "58", "63", "64", "69", "70", "71", "73", "74", "79", "86", "87", "89", "90",
];
const ZONE_C: [&str; 21] = [
    "09", "11", "12", "30", "31", "32", "34", "46", "48", "65", "66", "75", "77", "78", "81", "82", "91",
    "92", "93", "94", "95",
];

impl SchoolZone {
    /// The zone of a stored word, or of a name as a file writes it.
    #[must_use]
    pub fn of(word: &str) -> Option<Self> {
        let word = super::fold::fold(word);
        Self::ALL.iter().copied().find(|zone| zone.word() == word || super::fold::fold(zone.label()) == word)
    }

    /// The zone of a department or an overseas territory.
    #[must_use]
    pub fn of_department(code: &str) -> Option<Self> {
        let department = super::territory::department(code)?;
        Some(match department.code {
            "2A" | "2B" => Self::Corse,
            "971" | "977" | "978" => Self::Guadeloupe,
            "972" => Self::Martinique,
            "973" => Self::Guyane,
            "974" => Self::Reunion,
            "975" => Self::Miquelon,
            "976" => Self::Mayotte,
            "986" => Self::Wallis,
            "987" => Self::Polynesie,
            "988" => Self::Caledonie,
            code if ZONE_A.contains(&code) => Self::A,
            code if ZONE_C.contains(&code) => Self::C,
            _ => Self::B,
        })
    }
}

/// The school year of a day, by the year it begins in: from September to August.
#[must_use]
pub fn school_year(day: Date) -> i32 {
    if u8::from(day.month()) >= u8::from(Month::September) { day.year() } else { day.year() - 1 }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::territory::departments;
    use time::macros::date;

    #[test]
    fn each_department_has_the_zone_of_its_academy() {
        let count = |zone| {
            departments().iter().filter(|one| SchoolZone::of_department(one.code) == Some(zone)).count()
        };
        assert_eq!((count(SchoolZone::A), count(SchoolZone::B), count(SchoolZone::C)), (32, 41, 21));
        assert_eq!((count(SchoolZone::Corse), count(SchoolZone::Guadeloupe)), (2, 3));
        for (code, zone) in [
            ("58", SchoolZone::A),
            ("86", SchoolZone::A),
            ("62", SchoolZone::B),
            ("13", SchoolZone::B),
            ("67", SchoolZone::B),
            ("75", SchoolZone::C),
            ("34", SchoolZone::C),
            ("2a", SchoolZone::Corse),
            ("976", SchoolZone::Mayotte),
        ] {
            assert_eq!(SchoolZone::of_department(code), Some(zone), "{code}");
        }
        assert_eq!(SchoolZone::of_department("00"), None);
        assert!(departments().iter().all(|one| SchoolZone::of_department(one.code).is_some()));
    }

    #[test]
    fn a_zone_is_read_by_its_word_or_its_name() {
        for (word, zone) in
            [("a", SchoolZone::A), ("Zone B", SchoolZone::B), ("La Réunion", SchoolZone::Reunion)]
        {
            assert_eq!(SchoolZone::of(word), Some(zone), "{word}");
        }
        assert_eq!(SchoolZone::of("zone D"), None);
    }

    #[test]
    fn a_school_year_begins_in_september() {
        assert_eq!(school_year(date!(2025 - 08 - 31)), 2024);
        assert_eq!(school_year(date!(2025 - 09 - 01)), 2025);
        assert_eq!(school_year(date!(2026 - 02 - 07)), 2025);
    }
}
